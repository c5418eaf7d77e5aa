/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of an agreement as they are kept, and what is said about them. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "crypt/token.h"
#include "domain/agreement_store.h"
#include "domain/list.h"

enum sql {
	SQL_READ,
	SQL_READ_DRAFT,
	SQL_PARTIES,
	SQL_ROWS,
	SQL_REPLACES,
	SQL_COMMENT,
	SQL_COMMENT_COUNT,
	SQL_COMMENTS,
	SQL_NAMES,
	SQL_AUDITOR_NAME,
	SQL_NUMBER,
	SQL_COUNTS,
	SQL_DROP_STANDING,
	SQL_ADD_STANDING,
	SQL__MAX
};

/* clang-format off */
#define VERSION \
	"SELECT v.id, v.number, v.edit, v.title, v.text, v.change," \
	" v.why_one_kind, w.ref, w.name, p.name, v.saved_at, v.proposed_at," \
	" v.digest, v.language, " AGREEMENT_TERMS " FROM agreement_version v" \
	" JOIN organisation w ON w.id = v.organisation" \
	" LEFT JOIN person p ON p.id = v.author" \
	AGREEMENT_TERMS_FROM

static const char *const sql[SQL__MAX] = {
	[SQL_READ] = VERSION " WHERE v.agreement = $1 AND v.number = $2",
	[SQL_READ_DRAFT] = VERSION " WHERE v.agreement = $1"
			   " AND v.number IS NULL AND v.organisation = $2",
	[SQL_PARTIES] =
	    "SELECT o.id, o.ref, n.name, o.kind FROM agreement_version_party n"
	    " JOIN organisation o ON o.id = n.organisation"
	    " WHERE n.version = $1 ORDER BY n.position",
	[SQL_ROWS] =
	    "SELECT v.number, v.title, v.change, o.name, p.name,"
	    " v.proposed_at, (SELECT COUNT(*) FROM agreement_signature s"
	    " WHERE s.version = v.id)"
	    " FROM agreement_version v"
	    " JOIN organisation o ON o.id = v.organisation"
	    " LEFT JOIN person p ON p.id = v.author"
	    " WHERE v.agreement = $1 AND v.number IS NOT NULL"
	    " ORDER BY v.number DESC",
	[SQL_REPLACES] =
	    "SELECT b.ref FROM agreement a"
	    " JOIN agreement b ON b.id = a.replaces WHERE a.id = $1",
	[SQL_COMMENT] =
	    "INSERT INTO agreement_comment (agreement, version, organisation,"
	    " person, text, written_at) VALUES ($1, $2, $3, $4, $5, $6)",
	[SQL_COMMENT_COUNT] =
	    "SELECT COUNT(*), COALESCE(SUM(LENGTH(text)), 0),"
	    " COALESCE(SUM(CASE WHEN organisation = $1 THEN LENGTH(text)"
	    " ELSE 0 END), 0)"
	    " FROM agreement_comment WHERE agreement = $2",
	[SQL_COMMENTS] =
	    "SELECT c.id, c.version, o.name, p.name, c.organisation, c.text,"
	    " c.written_at FROM agreement_comment c"
	    " JOIN organisation o ON o.id = c.organisation"
	    " JOIN person p ON p.id = c.person"
	    " WHERE c.agreement = $1 ORDER BY c.id",
	[SQL_NAMES] =
	    "UPDATE agreement_version_party SET name ="
	    " (SELECT o.name FROM organisation o"
	    " WHERE o.id = agreement_version_party.organisation)"
	    " WHERE version = $1",
	[SQL_AUDITOR_NAME] =
	    "UPDATE agreement_version SET auditor_name ="
	    " (SELECT o.name FROM organisation o"
	    " WHERE o.id = agreement_version.auditor)"
	    " WHERE id = $1 AND number IS NULL",
	[SQL_NUMBER] =
	    "UPDATE agreement_version SET number = $1, digest = $2,"
	    " proposed_at = $3, author = $4"
	    " WHERE id = $5 AND number IS NULL",
	[SQL_COUNTS] =
	    "UPDATE agreement SET version = $1, state = 'proposed',"
	    " proposed_at = COALESCE(proposed_at, $2)"
	    " WHERE id = $3 AND version = $4"
	    " AND state IN ('draft', 'proposed')",
	[SQL_DROP_STANDING] = "DELETE FROM agreement_party WHERE agreement = $1",
	[SQL_ADD_STANDING] =
	    "INSERT INTO agreement_party (agreement, organisation, position)"
	    " SELECT v.agreement, n.organisation, n.position"
	    " FROM agreement_version v"
	    " JOIN agreement_version_party n ON n.version = v.id"
	    " WHERE v.id = $1",
};
/* clang-format on */

/* ---- one version ------------------------------------------------------ */

enum { FIRST_TERM = 14 };

static void
fill(struct ctx *ctx, struct db_rows *rows, const struct agreement *a,
    struct agreement_version *v)
{
	const char *digest;
	size_t len;

	v->id = db_col_int(rows, 0);
	v->number = (int)db_col_int(rows, 1);
	v->edit = (int)db_col_int(rows, 2);
	v->is_current = v->number != 0 && v->number == a->version;
	v->title = db_col_text(rows, 3, ctx->arena);
	v->text = db_col_text(rows, 4, ctx->arena);
	v->change = db_col_text(rows, 5, ctx->arena);
	v->why_one_kind = db_col_text(rows, 6, ctx->arena);
	v->organisation_ref = db_col_text(rows, 7, ctx->arena);
	v->organisation_name = db_col_text(rows, 8, ctx->arena);
	v->author_name = db_col_text(rows, 9, ctx->arena);
	v->saved_at = db_col_int(rows, 10);
	v->proposed_at = db_col_int(rows, 11);
	v->language = db_col_text(rows, 13, ctx->arena);
	digest = db_col_peek(rows, 12, &len);
	if (len == DIGEST_BYTES)
		text_hex(digest, len, v->digest);
	agreement_terms_fill(ctx, rows, FIRST_TERM, &v->terms);
}

static enum err
read_parties(struct ctx *ctx, struct agreement_version *v)
{
	struct agreement_named *all = NULL, *one;
	struct db_rows *rows;

	rows = db_query(ctx->db, sql[SQL_PARTIES], DB_ARGS(db_i(v->id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, v->party_count, sizeof(*all));
		one = &all[v->party_count++];
		one->organisation = db_col_int(rows, 0);
		one->ref = db_col_text(rows, 1, ctx->arena);
		one->name = db_col_text(rows, 2, ctx->arena);
		org_kind_from_name(db_col_peek(rows, 3, NULL), &one->kind);
	}
	v->parties = all;
	return db_done(rows);
}

enum err
agreement_version_read(struct ctx *ctx, const struct agreement *a, int number,
    int64_t organisation, struct agreement_version **out)
{
	struct agreement_version *v = arena_alloc(ctx->arena, sizeof(*v));
	struct db_rows *rows;
	bool is_found;
	enum err rc;

	*out = NULL;
	rows = number != 0 ? db_query(ctx->db, sql[SQL_READ],
				 DB_ARGS(db_i(a->id), db_i(number)))
			   : db_query(ctx->db, sql[SQL_READ_DRAFT],
				 DB_ARGS(db_i(a->id), db_i(organisation)));
	if ((is_found = db_next(rows)))
		fill(ctx, rows, a, v);
	if ((rc = db_done(rows)) != ERR_OK)
		return rc;
	if (!is_found)
		return ERR_NOT_FOUND;
	*out = v;
	return read_parties(ctx, v);
}

enum err
agreement_replaced_ref(struct ctx *ctx, int64_t agreement, char **ref)
{
	struct db_rows *rows;

	*ref = NULL;
	rows = db_query(ctx->db, sql[SQL_REPLACES], DB_ARGS(db_i(agreement)));
	if (db_next(rows))
		*ref = db_col_text(rows, 0, ctx->arena);
	return db_done(rows);
}

enum err
agreement_load_draft(
    struct ctx *ctx, const char *ref, struct agreement_version **v)
{
	struct agreement *a;
	enum err rc;

	*v = NULL;
	if ((rc = agreement_find_own(ctx, ref, &a)) != ERR_OK)
		return rc;
	return agreement_version_read(ctx, a, 0, ctx->actor.organisation, v);
}

enum err
agreement_load_version(
    struct ctx *ctx, const char *ref, int number, struct agreement_version **v)
{
	struct agreement *a;
	enum err rc;

	*v = NULL;
	if ((rc = agreement_load(ctx, ref, &a)) != ERR_OK)
		return rc;
	if (a->current != NULL && number == a->version)
		*v = a->current;
	else if (number > 0 && a->is_party)
		rc = agreement_version_read(ctx, a, number, 0, v);
	else
		rc = ERR_NOT_FOUND;
	return rc;
}

enum err
agreement_versions(struct ctx *ctx, const char *ref,
    struct agreement_version_row **versions, size_t *n)
{
	struct agreement_version_row *all = NULL, *row;
	struct db_rows *rows;
	struct agreement *a;
	enum err rc;

	*versions = NULL;
	*n = 0;
	if ((rc = agreement_find_own(ctx, ref, &a)) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_ROWS], DB_ARGS(db_i(a->id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		row = &all[(*n)++];
		row->number = (int)db_col_int(rows, 0);
		row->title = db_col_text(rows, 1, ctx->arena);
		row->change = db_col_text(rows, 2, ctx->arena);
		row->organisation_name = db_col_text(rows, 3, ctx->arena);
		row->author_name = db_col_text(rows, 4, ctx->arena);
		row->proposed_at = db_col_int(rows, 5);
		row->signatures = db_col_int(rows, 6);
		row->is_current = row->number == a->version;
	}
	*versions = all;
	return db_done(rows);
}

/* ---- a draft becomes the version that counts --------------------------- */

/* Names as they are now: they are signed. */
static enum err
set_names(struct ctx *ctx, int64_t draft)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_NAMES], DB_ARGS(db_i(draft)));
	if (rc == ERR_OK)
		rc = db_exec(
		    ctx->db, sql[SQL_AUDITOR_NAME], DB_ARGS(db_i(draft)));
	return rc;
}

static enum err
set_standing(struct ctx *ctx, int64_t agreement, int64_t version)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_DROP_STANDING], DB_ARGS(db_i(agreement)));
	if (rc == ERR_OK)
		rc = db_exec(
		    ctx->db, sql[SQL_ADD_STANDING], DB_ARGS(db_i(version)));
	return rc;
}

/* The digest is of the bytes that the rows give from now on. */
static enum err
set_number(struct ctx *ctx, const struct agreement *a,
    struct agreement_version *v, int number)
{
	uint8_t digest[DIGEST_BYTES];
	struct buf bytes;
	enum err rc;

	v->number = number;
	rc = agreement_version_bytes(ctx, a, v, &bytes);
	if (rc == ERR_OK) {
		digest_sha256(bytes.data, bytes.len, digest);
		text_hex(digest, sizeof(digest), v->digest);
		rc = db_exec_one(ctx->db, sql[SQL_NUMBER],
		    DB_ARGS(db_i(number), db_b(digest, sizeof(digest)),
			db_i(ctx->now_at), db_id(ctx->actor.person),
			db_i(v->id)));
	}
	buf_free(&bytes);
	return rc;
}

enum err
agreement_version_number(
    struct ctx *ctx, struct agreement *a, int64_t organisation)
{
	struct agreement_version *v;
	enum err rc;

	if ((rc = agreement_version_read(ctx, a, 0, organisation, &v)) !=
		ERR_OK ||
	    (rc = set_names(ctx, v->id)) != ERR_OK ||
	    (rc = agreement_version_read(ctx, a, 0, organisation, &v)) !=
		ERR_OK ||
	    (rc = set_number(ctx, a, v, a->version + 1)) != ERR_OK ||
	    (rc = set_standing(ctx, a->id, v->id)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->db, sql[SQL_COUNTS],
	    DB_ARGS(db_i(v->number), db_i(ctx->now_at), db_i(a->id),
		db_i(a->version)));
	a->version = v->number;
	a->current = v;
	return rc;
}

/* ---- comments --------------------------------------------------------- */

static bool
comment_ok(const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	return len > 0 && text_ok(text, len, TEXT_PROSE) &&
	    text_length(text) <= AGREEMENT_COMMENT_MAX;
}

/* Is there room for one more, of so many characters? */
static enum err
check_room(struct ctx *ctx, int64_t agreement, const char *text)
{
	const int64_t length = (int64_t)text_length(text);
	struct db_rows *rows;
	bool is_full = false;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_COMMENT_COUNT],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(agreement)));
	if (db_next(rows))
		is_full = db_col_int(rows, 0) >= AGREEMENT_COMMENTS_MAX ||
		    db_col_int(rows, 1) + length > AGREEMENT_TALK_MAX ||
		    db_col_int(rows, 2) + length > AGREEMENT_TALK_OWN_MAX;
	rc = db_done(rows);
	return rc == ERR_OK && is_full ? ERR_TOO_MANY : rc;
}

enum err
agreement_comment(
    struct ctx *ctx, const char *ref, int version, const char *text)
{
	const struct agreement_demand demand = { AGREEMENT_COMMENT, 0,
		version };
	struct agreement *a;
	enum err rc;

	if (!comment_ok(text))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	if ((rc = check_room(ctx, a->id, text)) != ERR_OK)
		goto out;
	if ((rc = db_exec(ctx->db, sql[SQL_COMMENT],
		 DB_ARGS(db_i(a->id), db_i(version),
		     db_i(ctx->actor.organisation), db_i(ctx->actor.person),
		     db_t(text), db_i(ctx->now_at)))) != ERR_OK)
		goto out;
	rc = agreement_move(ctx, a->id);
out:
	return db_end(ctx->db, rc);
}

enum err
agreement_comments(struct ctx *ctx, const char *ref,
    struct agreement_comment **comments, size_t *n)
{
	struct agreement_comment *all = NULL, *c;
	struct db_rows *rows;
	struct agreement *a;
	enum err rc;

	*comments = NULL;
	*n = 0;
	if ((rc = agreement_find_own(ctx, ref, &a)) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_COMMENTS], DB_ARGS(db_i(a->id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		c = &all[(*n)++];
		c->id = db_col_int(rows, 0);
		c->version = (int)db_col_int(rows, 1);
		c->organisation_name = db_col_text(rows, 2, ctx->arena);
		c->person_name = db_col_text(rows, 3, ctx->arena);
		c->is_own = db_col_int(rows, 4) == ctx->actor.organisation;
		c->text = db_col_text(rows, 5, ctx->arena);
		c->written_at = db_col_int(rows, 6);
	}
	*comments = all;
	return db_done(rows);
}
