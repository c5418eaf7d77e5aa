/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/bundle_part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/jcs_read.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/token.h"
#include "domain/access.h"
#include "domain/agreement_store.h"
#include "domain/blob.h"
#include "domain/list.h"

static const char where[] = "bundle";

enum { PIECE_BYTES = 64 * 1024 };

enum {
	SQL_NAMING,
	SQL_BLOB,
	SQL_VERSION,
	SQL_SIGNATURES,
	SQL_KEY,
	SQL_MINISIG,
	SQL_CANONICAL,
	SQL__MAX
};

/* clang-format off */

/* The public circle has it: it is published, and TLP:CLEAR, now. */
#define IS_PUBLIC(item) \
	" EXISTS (SELECT 1 FROM " item " i JOIN " item "_circle c" \
	" ON c." item " = i.id AND c.circle = 1" \
	" WHERE i.ref = r.object AND c.state = 'published')"

/* The agreement a is whole for everybody, or for organisation $4. */
#define IS_IN_REGISTER \
	"(a.extent = 'whole' AND (a.publication = 'everybody'" \
	" OR (a.publication = 'community' AND EXISTS (" \
	"SELECT 1 FROM access_grant g WHERE g.circle = 2" \
	" AND g.organisation = $4 AND " ACCESS_GRANT_VALID("g", "$5") "))))"

static const char *const sql[SQL__MAX] = {
	/* Whether the record is the organisation's, and its item everybody's. */
	[SQL_NAMING] =
	    "SELECT r.id, r.kind, r.object, r.body, EXISTS ("
	    "SELECT 1 FROM record_concern x WHERE x.organisation = $1"
	    " AND x.record = r.id)," IS_PUBLIC("advisory") " OR"
	    IS_PUBLIC("document") " FROM bundle_record k"
	    " CROSS JOIN record r ON r.id = k.record WHERE k.bundle = $2"
	    " AND (r.kind LIKE 'agreement.%' OR r.kind LIKE 'document.%'"
	    " OR r.kind LIKE 'advisory.%') ORDER BY k.record",
	[SQL_BLOB] = "SELECT id FROM blob WHERE sha256 = $1",
	/*
	 * As pages show it (agreement.sight): what is negotiated to its
	 * parties; what is signed also to one that has left, to the auditor
	 * that it names, and to whom it is published.
	 */
	[SQL_VERSION] =
	    "SELECT v.id FROM agreement a JOIN agreement_version v"
	    " ON v.agreement = a.id AND v.number = CAST($1 AS BIGINT)"
	    " WHERE a.ref = $2 AND v.digest = $3"
	    " AND (EXISTS (SELECT 1 FROM agreement_party p"
	    " WHERE p.agreement = a.id AND p.organisation = $4"
	    " AND " AGREEMENT_STAYS("p", "a", "$5") ")"
	    " OR (a.state = 'signed' AND a.version = v.number"
	    " AND (v.auditor = $4 OR EXISTS (SELECT 1 FROM agreement_party p"
	    " WHERE p.agreement = a.id AND p.organisation = $4)"
	    " OR " IS_IN_REGISTER ")))",
	[SQL_SIGNATURES] =
	    "SELECT s.id, o.ref, k.id, k.number FROM agreement_signature s"
	    " JOIN organisation o ON o.id = s.organisation"
	    " JOIN signing_key k ON k.id = s.key"
	    " WHERE s.version = $1 AND s.way = 'minisign'",
	[SQL_KEY] = "SELECT public_key FROM signing_key WHERE id = $1",
	[SQL_MINISIG] = "SELECT minisig FROM agreement_signature WHERE id = $1",
	[SQL_CANONICAL] =
	    "SELECT a.id, a.ref, a.kind, a.version, v.number"
	    " FROM agreement_version v JOIN agreement a ON a.id = v.agreement"
	    " WHERE v.id = $1",
};
/* clang-format on */

/* ---- finding ----------------------------------------------------------- */

struct finder {
	struct ctx *ctx;
	int64_t organisation;
	struct bundle_parts *parts;
};

/* What a record's body names; an empty span is not there. */
struct named {
	struct span sha256, version, file, source, label;
};

static void
take_value(void *arg, const struct jcs_value *value)
{
	struct named *named = arg;
	const struct {
		const char *path;
		struct span *to;
	} fields[] = {
		{ "what.sha256", &named->sha256 },
		{ "what.version", &named->version },
		{ "what.file", &named->file },
		{ "what.source", &named->source },
		{ "what.label", &named->label },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(value->path, fields[i].path) == 0)
			*fields[i].to = value->text;
}

static enum err
add(struct finder *f, const struct tlog_name *n, enum bundle_part_kind kind,
    int64_t id)
{
	struct bundle_parts *parts = f->parts;
	char name[TAR_NAME];

	if (!tlog_name_write(n, name)) {
		log_line(
		    LOG_ERROR, where, "%s cannot be in an archive", n->ref);
		return ERR_INVALID;
	}
	parts->rows = list_room(
	    f->ctx->arena, parts->rows, parts->n, sizeof(*parts->rows));
	parts->rows[parts->n++] = (struct bundle_part){
		.name = arena_copy(f->ctx->arena, name),
		.kind = kind,
		.id = id,
	};
	return ERR_OK;
}

/*
 * A mandate is for records: what agreements say of auditors is that they do
 * not read what is exchanged.  So others than whom the record concerns have
 * what everybody may read, and may still: it may have been withdrawn, or have
 * got a higher label.  TLP:RED is for persons.
 */
static bool
may_have(const struct named *named, bool is_own, bool is_public)
{
	return is_own
	    ? !span_is(named->label, tlp_names[TLP_RED])
	    : is_public && span_is(named->label, tlp_names[TLP_CLEAR]);
}

/* A file or source, if it is kept. */
static enum err
add_content(struct finder *f, struct span sha256)
{
	struct tlog_name n = { .part = PART_CONTENT };
	int64_t id;
	enum err rc;

	if (!span_text(sha256, n.sha256, sizeof(n.sha256)))
		return ERR_OK;
	rc =
	    db_one_int(f->ctx->db, sql[SQL_BLOB], DB_ARGS(db_t(n.sha256)), &id);
	if (rc != ERR_OK)
		return rc == ERR_NOT_FOUND ? ERR_OK : rc;
	return add(f, &n, BUNDLE_CONTENT, id);
}

static bool
text_field(const char *text, char *out, size_t cap)
{
	return text != NULL && span_text(span_of(text), out, cap);
}

static enum err
add_signatures(struct finder *f, const struct tlog_name *version, int64_t id)
{
	struct db_rows *rows =
	    db_query(f->ctx->db, sql[SQL_SIGNATURES], DB_ARGS(db_i(id)));
	enum err rc = ERR_OK, done;

	while (rc == ERR_OK && db_next(rows)) {
		struct tlog_name s = *version, k = { .part = PART_KEY };
		const char *org = db_col_peek(rows, 1, NULL);

		s.is_signature = true;
		if (!text_field(org, s.organisation, sizeof(s.organisation)) ||
		    !text_field(org, k.organisation, sizeof(k.organisation)) ||
		    !text_field(
			db_col_peek(rows, 3, NULL), k.number, sizeof(k.number)))
			rc = ERR_CORRUPT;
		if (rc == ERR_OK)
			rc = add(f, &s, BUNDLE_SIGNATURE, db_col_int(rows, 0));
		if (rc == ERR_OK)
			rc = add(f, &k, BUNDLE_KEY, db_col_int(rows, 2));
	}
	done = db_done(rows);
	return rc != ERR_OK ? rc : done;
}

static int
nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c - 'a' + 10;
}

static bool
digest_of(struct span hex, uint8_t out[DIGEST_BYTES])
{
	if (hex.len != 2 * DIGEST_BYTES)
		return false;
	for (size_t i = 0; i < DIGEST_BYTES; i++)
		out[i] = (uint8_t)(nibble(hex.at[2 * i]) << 4 |
		    nibble(hex.at[2 * i + 1]));
	return true;
}

static enum err
add_version(struct finder *f, const struct named *named, const char *ref)
{
	struct tlog_name n = { .part = PART_AGREEMENT };
	uint8_t digest[DIGEST_BYTES];
	uint64_t number;
	int64_t id;
	enum err rc;

	if (!digest_of(named->sha256, digest) ||
	    !span_to_uint(named->version, INT32_MAX, &number) ||
	    !text_field(ref, n.ref, sizeof(n.ref)))
		return ERR_OK;
	n.version = (int)number;
	rc = db_one_int(f->ctx->db, sql[SQL_VERSION],
	    DB_ARGS(db_i((int64_t)number), db_t(ref),
		db_b(digest, sizeof(digest)), db_i(f->organisation),
		db_i(f->ctx->now_at)),
	    &id);
	if (rc != ERR_OK)
		return rc == ERR_NOT_FOUND ? ERR_OK : rc;
	rc = add(f, &n, BUNDLE_CANONICAL, id);
	return rc == ERR_OK ? add_signatures(f, &n, id) : rc;
}

static enum err
take_record(struct finder *f, struct db_rows *rows)
{
	struct named named = { .sha256 = { NULL, 0 } };
	const char *kind = db_col_peek(rows, 1, NULL);
	struct span body;
	enum err rc;

	body.at = db_col_peek(rows, 3, &body.len);
	if (body.at == NULL || !jcs_read(body, take_value, &named)) {
		log_line(LOG_ERROR, where, "record %lld is not canonical",
		    (long long)db_col_int(rows, 0));
		return ERR_CORRUPT;
	}
	if (text_starts(kind, "agreement."))
		return add_version(f, &named, db_col_peek(rows, 2, NULL));
	if (!may_have(
		&named, db_col_int(rows, 4) != 0, db_col_int(rows, 5) != 0))
		return ERR_OK;
	rc = add_content(f, named.file);
	return rc == ERR_OK ? add_content(f, named.source) : rc;
}

static int
in_order(const void *a, const void *b)
{
	const struct bundle_part *x = a, *y = b;

	return tlog_name_order(x->name, y->name);
}

/* Many records name one version. */
static void
sort(struct bundle_parts *parts)
{
	size_t n = 0;

	if (parts->n == 0)
		return;
	qsort(parts->rows, parts->n, sizeof(*parts->rows), in_order);
	for (size_t i = 1; i < parts->n; i++)
		if (in_order(&parts->rows[n], &parts->rows[i]) != 0)
			parts->rows[++n] = parts->rows[i];
	parts->n = n + 1;
}

enum err
bundle_parts_find(struct ctx *ctx, int64_t bundle, int64_t organisation,
    struct bundle_parts *parts)
{
	struct finder f = { ctx, organisation, parts };
	struct db_rows *rows;
	enum err rc = ERR_OK, done;

	memset(parts, 0, sizeof(*parts));
	rows = db_query(ctx->db, sql[SQL_NAMING],
	    DB_ARGS(db_i(organisation), db_i(bundle)));
	while (rc == ERR_OK && db_next(rows))
		rc = take_record(&f, rows);
	done = db_done(rows);
	sort(parts);
	return rc != ERR_OK ? rc : done;
}

/* ---- writing ----------------------------------------------------------- */

/* The one text of a row; ends the query. */
static enum err
load_text(struct ctx *ctx, struct db_rows *rows, char **text)
{
	enum err rc;

	*text = db_next(rows) ? db_col_text(rows, 0, ctx->arena) : NULL;
	rc = db_done(rows);
	return rc == ERR_OK && *text == NULL ? ERR_CORRUPT : rc;
}

static enum err
write_key(
    struct ctx *ctx, const struct bundle_part *part, struct tlog_bundle *to)
{
	struct minisig_fault fault;
	struct minisig_key key;
	struct buf file;
	char *text;
	enum err rc;

	if ((rc = load_text(ctx,
		 db_query(ctx->db, sql[SQL_KEY], DB_ARGS(db_i(part->id))),
		 &text)) != ERR_OK)
		return rc;
	if (minisig_key_parse(text, strlen(text), &key, &fault) != ERR_OK)
		return ERR_CORRUPT;
	buf_init(&file, MINISIG_KEY_FILE_MAX);
	minisig_key_write(&file, &key);
	rc = tlog_bundle_file(
	    to, part->name, (struct span){ file.data, file.len });
	buf_free(&file);
	return rc;
}

static enum err
write_signature(
    struct ctx *ctx, const struct bundle_part *part, struct tlog_bundle *to)
{
	char *text;
	enum err rc;

	rc = load_text(ctx,
	    db_query(ctx->db, sql[SQL_MINISIG], DB_ARGS(db_i(part->id))),
	    &text);
	return rc == ERR_OK ? tlog_bundle_file(to, part->name, span_of(text))
			    : rc;
}

static enum err
find_version(struct ctx *ctx, int64_t id, struct agreement *a, int *number)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_CANONICAL], DB_ARGS(db_i(id)));
	bool is_found = db_next(rows);
	enum err rc;

	memset(a, 0, sizeof(*a));
	if (is_found) {
		a->id = db_col_int(rows, 0);
		a->ref = db_col_text(rows, 1, ctx->arena);
		a->kind = (enum agreement_kind)agreement_word(
		    rows, 2, agreement_kinds, AGREEMENT_OTHER);
		a->version = (int)db_col_int(rows, 3);
		*number = (int)db_col_int(rows, 4);
	}
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_CORRUPT : rc;
}

static enum err
write_canonical(
    struct ctx *ctx, const struct bundle_part *part, struct tlog_bundle *to)
{
	struct agreement_version *v;
	struct agreement a;
	struct buf bytes;
	int number;
	enum err rc;

	if ((rc = find_version(ctx, part->id, &a, &number)) != ERR_OK ||
	    (rc = agreement_version_read(ctx, &a, number, 0, &v)) != ERR_OK)
		return rc;
	if ((rc = agreement_version_bytes(ctx, &a, v, &bytes)) == ERR_OK)
		rc = tlog_bundle_file(
		    to, part->name, (struct span){ bytes.data, bytes.len });
	buf_free(&bytes);
	return rc;
}

static enum err
write_pieces(int fd, struct tlog_bundle *to)
{
	char piece[PIECE_BYTES];
	enum err rc = ERR_OK;
	ssize_t n = 1;

	while (rc == ERR_OK && n != 0) {
		n = read(fd, piece, sizeof(piece));
		if (n == -1 && errno == EINTR)
			continue;
		rc = n == -1 ? file_error(where, "read")
			     : tlog_bundle_data(to, piece, (size_t)n);
	}
	return rc;
}

static enum err
write_content(
    struct ctx *ctx, const struct bundle_part *part, struct tlog_bundle *to)
{
	char *name, *type;
	struct stat st;
	enum err rc;
	int fd;

	if ((rc = blob_path(ctx, part->id, &name, &type)) != ERR_OK)
		return rc;
	fd = open(
	    arena_printf(ctx->arena, "%s/blobs/%s", ctx->conf->data_dir, name),
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		return file_error(where, name);
	rc = fstat(fd, &st) == -1
	    ? file_error(where, "fstat")
	    : tlog_bundle_begin(to, part->name, (uint64_t)st.st_size);
	if (rc == ERR_OK)
		rc = write_pieces(fd, to);
	close(fd);
	return rc;
}

enum err
bundle_part_write(
    struct ctx *ctx, const struct bundle_part *part, struct tlog_bundle *to)
{
	static enum err (*const writers[])(
	    struct ctx *, const struct bundle_part *, struct tlog_bundle *) = {
		[BUNDLE_KEY] = write_key,
		[BUNDLE_SIGNATURE] = write_signature,
		[BUNDLE_CANONICAL] = write_canonical,
		[BUNDLE_CONTENT] = write_content,
	};
	enum err rc = writers[part->kind](ctx, part, to);

	if (rc != ERR_OK)
		log_line(LOG_ERROR, where, "%s: %s", part->name, err_name(rc));
	return rc;
}
