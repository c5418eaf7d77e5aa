/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/record.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/jcs.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/token.h"
#include "domain/tlp.h"

enum {
	SALT_BYTES = 16,
	SALT_TEXT = 2 * SALT_BYTES + 1,
	BODY_BYTES = 64 * 1024
};

static const char where[] = "record";
static const char format[] = "entente-record/1";

static const char *const names[RECORD__MAX] = {
	[RECORD_ORGANISATION_ADMITTED] = "organisation.admitted",
	[RECORD_ORGANISATION_SUSPENDED] = "organisation.suspended",
	[RECORD_ORGANISATION_REINSTATED] = "organisation.reinstated",
	[RECORD_PERSON_INVITED] = "person.invited",
	[RECORD_PERSON_JOINED] = "person.joined",
	[RECORD_PERSON_ROLES] = "person.roles",
	[RECORD_PERSON_DISABLED] = "person.disabled",
	[RECORD_PERSON_ENABLED] = "person.enabled",
	[RECORD_PERSON_CREDENTIAL] = "person.credential",
	[RECORD_PERSON_EMAIL] = "person.email",
	[RECORD_PERSON_NAME] = "person.name",
	[RECORD_ADVISORY_PUBLISHED] = "advisory.published",
	[RECORD_ADVISORY_REVISED] = "advisory.revised",
	[RECORD_ADVISORY_WITHDRAWN] = "advisory.withdrawn",
	[RECORD_ADVISORY_ANSWERED] = "advisory.answered",
	[RECORD_DOCUMENT_PUBLISHED] = "document.published",
	[RECORD_DOCUMENT_REVISED] = "document.revised",
	[RECORD_DOCUMENT_WITHDRAWN] = "document.withdrawn",
	[RECORD_DOCUMENT_USED] = "document.used",
	[RECORD_DOCUMENT_UNUSED] = "document.unused",
	[RECORD_DOCUMENT_REVIEWED] = "document.reviewed",
	[RECORD_AGREEMENT_PROPOSED] = "agreement.proposed",
	[RECORD_AGREEMENT_WITHDRAWN] = "agreement.withdrawn",
	[RECORD_AGREEMENT_SIGNED] = "agreement.signed",
	[RECORD_AGREEMENT_DECLINED] = "agreement.declined",
	[RECORD_AGREEMENT_IN_FORCE] = "agreement.in-force",
	[RECORD_AGREEMENT_REPLACED] = "agreement.replaced",
	[RECORD_AGREEMENT_NOTICE] = "agreement.notice",
	[RECORD_AGREEMENT_ENDING_AGREED] = "agreement.ending-agreed",
	[RECORD_AGREEMENT_ENDING_TAKEN_BACK] = "agreement.ending-taken-back",
	[RECORD_AGREEMENT_TERMINATED] = "agreement.terminated",
	[RECORD_AGREEMENT_PARTY_SUSPENDED] = "agreement.party-suspended",
	[RECORD_AGREEMENT_PARTY_RESUMED] = "agreement.party-resumed",
	[RECORD_AGREEMENT_PUBLICATION_ASKED] = "agreement.publication-asked",
	[RECORD_AGREEMENT_PUBLICATION_AGREED] = "agreement.publication-agreed",
	[RECORD_AGREEMENT_PUBLICATION_REFUSED] =
	    "agreement.publication-refused",
	[RECORD_AGREEMENT_PUBLISHED] = "agreement.published",
	[RECORD_AGREEMENT_UNPUBLISHED] = "agreement.unpublished",
	[RECORD_SIGNING_KEY_PROPOSED] = "signing-key.proposed",
	[RECORD_SIGNING_KEY_CONFIRMED] = "signing-key.confirmed",
	[RECORD_SIGNING_KEY_REVOKED] = "signing-key.revoked",
	[RECORD_BUNDLE_ASKED] = "bundle.asked",
	[RECORD_BUNDLE_DOWNLOADED] = "bundle.downloaded",
	[RECORD_LOG_KEY_ROTATED] = "log.key-rotated",
};

const char *const record_families[RECORD_FAMILY__MAX + 1] = { "organisation",
	"person", "advisory", "document", "agreement", "signing-key", "bundle",
	"log" };

enum sql {
	SQL_APPEND,
	SQL_COUNT,
	SQL_ALL,
	SQL_CONCERN, /* and one for each family more */
	SQL__MAX = SQL_CONCERN + RECORD_FAMILY__MAX
};

/*
 * $1 the record, $2 when, $3 its family, $4 the label it says, $5 what was
 * acted on, $6 the actor's organisation: that one, and those of the query
 * `others`, each once.  One a family, so that a program needs the tables of
 * those alone that it records.
 */
#define CONCERN(label, others)                                            \
	"INSERT INTO record_concern (record, recorded_at, family, label," \
	" organisation) SELECT $1, $2, $3, " label ", c.id FROM (" others \
	" UNION SELECT id FROM organisation WHERE id = $6) AS c"

/* The label of the item with that ref, as its own organisation has it. */
#define LABEL_OF(item)                                      \
	"COALESCE($4, (SELECT MAX(x.label) FROM " item " a" \
	" JOIN " item "_circle x ON x." item " = a.id"      \
	" WHERE a.ref = $5))"

#define OWNER_OF(item) "SELECT organisation AS id FROM " item " WHERE ref = $5"
/* For who acted alone; the placeholders come in their order all the same. */
#define NOBODY_ELSE "SELECT id FROM organisation WHERE id = 0 AND ref = $5"

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_APPEND] =
	    "INSERT INTO record (id, recorded_at, kind, actor, organisation,"
	    " object, body, digest)"
	    " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM record),"
	    " $1, $2, $3, $4, $5, $6, $7) RETURNING id",
	/* There is no gap, so the last number is how many there are. */
	[SQL_COUNT] = "SELECT COALESCE(MAX(id), 0) FROM record",
	[SQL_ALL] =
	    "SELECT r.id, r.digest, r.body, r.kind, r.object, r.recorded_at,"
	    " p.ref, o.ref FROM record r"
	    " LEFT JOIN person p ON p.id = r.actor"
	    " LEFT JOIN organisation o ON o.id = r.organisation"
	    " ORDER BY r.id",
	[SQL_CONCERN + RECORD_OF_ORGANISATION] =
	    CONCERN("$4", "SELECT id FROM organisation WHERE ref = $5"),
	[SQL_CONCERN + RECORD_OF_PERSON] = CONCERN("$4", OWNER_OF("person")),
	[SQL_CONCERN + RECORD_OF_ADVISORY] =
	    CONCERN(LABEL_OF("advisory"), OWNER_OF("advisory")),
	[SQL_CONCERN + RECORD_OF_DOCUMENT] =
	    CONCERN(LABEL_OF("document"), OWNER_OF("document")),
	[SQL_CONCERN + RECORD_OF_AGREEMENT] =
	    CONCERN("$4",
		"SELECT p.organisation AS id FROM agreement a"
		" JOIN agreement_party p ON p.agreement = a.id"
		" WHERE a.ref = $5"),
	[SQL_CONCERN + RECORD_OF_KEY] = CONCERN("$4", NOBODY_ELSE),
	/* Whoever is concerned by what an auditor asks for and takes. */
	[SQL_CONCERN + RECORD_OF_BUNDLE] =
	    CONCERN("$4",
		"SELECT x.organisation AS id FROM bundle b"
		" JOIN bundle_record k ON k.bundle = b.id"
		" JOIN record_concern x ON x.record = k.record"
		" WHERE b.ref = $5"),
	[SQL_CONCERN + RECORD_OF_LOG] = CONCERN("$4", NOBODY_ELSE),
};
/* clang-format on */

const char *
record_kind_name(enum record_kind kind)
{
	return (unsigned)kind < RECORD__MAX ? names[kind] : "unknown";
}

/* ---- appending ------------------------------------------------------- */

static const char *
actor_text(const struct actor *a)
{
	return a->is_console ? "console" : a->ref;
}

static void
salt_new(char out[SALT_TEXT])
{
	uint8_t bytes[SALT_BYTES];

	random_bytes(bytes, sizeof(bytes));
	text_hex(bytes, sizeof(bytes), out);
}

static json_t *
text_or_null(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

/* Takes `what`; NULL when there is no memory or a text is not UTF-8. */
static json_t *
compose(
    struct ctx *ctx, enum record_kind kind, const char *object, json_t *what)
{
	char at[CLOCK_TEXT], salt[SALT_TEXT];
	json_t *r = json_object();
	int failed = 0;

	clock_rfc3339_us(ctx->now_at, at);
	salt_new(salt);
	failed |= json_object_set_new(r, "format", json_string(format));
	failed |= json_object_set_new(r, "kind", json_string(names[kind]));
	failed |= json_object_set_new(r, "at", json_string(at));
	failed |= json_object_set_new(
	    r, "actor", json_string(actor_text(&ctx->actor)));
	failed |= json_object_set_new(
	    r, "organisation", text_or_null(ctx->actor.organisation_ref));
	failed |= json_object_set_new(r, "object", json_string(object));
	failed |=
	    json_object_set_new(r, "what", what != NULL ? what : json_object());
	failed |= json_object_set_new(r, "salt", json_string(salt));
	if (failed == 0)
		return r;
	json_decref(r);
	return NULL;
}

/* The table of kinds has no name of another family. */
static enum record_family
family_of(enum record_kind kind)
{
	int f = 0;

	while (f < RECORD_FAMILY__MAX - 1 &&
	    (!text_starts(names[kind], record_families[f]) ||
		names[kind][strlen(record_families[f])] != '.'))
		f++;
	return (enum record_family)f;
}

/* What the record itself says of a label, else nothing. */
static struct db_value
label_of(const json_t *record)
{
	const json_t *what = json_object_get(record, "what");
	const char *name = json_string_value(json_object_get(what, "label"));
	enum tlp label;

	return name != NULL && tlp_from_text(name, &label) ? db_i(label)
							   : db_null();
}

static enum err
store(struct ctx *ctx, enum record_kind kind, const char *object,
    const json_t *record, const struct buf *body)
{
	uint8_t digest[DIGEST_BYTES];
	int64_t id;
	enum err rc;

	digest_sha256(body->data, body->len, digest);
	rc = db_one_int(ctx->db, sql[SQL_APPEND],
	    DB_ARGS(db_i(ctx->now_at), db_t(names[kind]),
		db_id(ctx->actor.person), db_id(ctx->actor.organisation),
		db_t(object), db_b(body->data, body->len),
		db_b(digest, sizeof(digest))),
	    &id);
	if (rc != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_CONCERN + family_of(kind)],
	    DB_ARGS(db_i(id), db_i(ctx->now_at), db_i(family_of(kind)),
		label_of(record), db_t(object),
		db_id(ctx->actor.organisation)));
}

enum err
record_append(
    struct ctx *ctx, enum record_kind kind, const char *object, json_t *what)
{
	enum err rc = ERR_INTERNAL;
	json_t *record = NULL;
	struct buf body;

	buf_init(&body, BODY_BYTES);
	if ((unsigned)kind >= RECORD__MAX || object == NULL ||
	    !db_in_write(ctx->db) || actor_text(&ctx->actor) == NULL) {
		log_line(LOG_ERROR, where,
		    "%s: outside of a transaction, or nobody acts",
		    record_kind_name(kind));
		json_decref(what);
		goto out;
	}
	if ((record = compose(ctx, kind, object, what)) == NULL) {
		log_line(
		    LOG_ERROR, where, "%s: cannot be composed", names[kind]);
		goto out;
	}
	if ((rc = jcs_write(record, &body)) != ERR_OK) {
		log_line(
		    LOG_ERROR, where, "%s: no canonical form", names[kind]);
		rc = ERR_INTERNAL;
		goto out;
	}
	rc = store(ctx, kind, object, record, &body);
out:
	json_decref(record);
	buf_free(&body);
	return rc;
}

enum err
record_content(json_t *content, size_t max, char hex[DIGEST_TEXT])
{
	uint8_t digest[DIGEST_BYTES];
	struct buf text;
	enum err rc = ERR_INTERNAL;

	buf_init(&text, max);
	if (content != NULL)
		rc = jcs_write(content, &text);
	if (rc == ERR_OK) {
		digest_sha256(text.data, text.len, digest);
		digest_hex(digest, hex);
	} else {
		log_line(LOG_ERROR, where, "content without a canonical form");
		rc = ERR_INTERNAL;
	}
	json_decref(content);
	buf_free(&text);
	return rc;
}

enum err
record_count(struct ctx *ctx, int64_t *count)
{
	return db_one_int(ctx->db, sql[SQL_COUNT], DB_NONE, count);
}

/* ---- checking -------------------------------------------------------- */

static bool
digest_holds(struct db_rows *rows)
{
	uint8_t digest[DIGEST_BYTES];
	const char *kept, *body;
	size_t kept_len, len;

	kept = db_col_peek(rows, 1, &kept_len);
	body = db_col_peek(rows, 2, &len);
	if (body == NULL || kept == NULL)
		return false;
	digest_sha256(body, len, digest);
	return secret_equal(digest, sizeof(digest), kept, kept_len);
}

/* Is a text of the body what its column says?  NULL stands for null. */
static bool
says(const json_t *body, const char *key, struct db_rows *rows, int column,
    const char *when_null)
{
	const char *said = json_string_value(json_object_get(body, key));
	const char *kept = when_null;

	if (!db_col_is_null(rows, column))
		kept = db_col_peek(rows, column, NULL);
	if (said == NULL || kept == NULL)
		return said == kept;
	return strcmp(said, kept) == 0;
}

/*
 * The columns are there for queries; the body is what was recorded.  Someone
 * who changes a column and not the body would mislead every list.
 */
static bool
columns_agree(struct db_rows *rows)
{
	const char *bytes, *at;
	json_t *body;
	size_t len;
	int64_t told = -1;
	bool agrees;

	bytes = db_col_peek(rows, 2, &len);
	if ((body = json_loadb(bytes, len, 0, NULL)) == NULL)
		return false;
	at = json_string_value(json_object_get(body, "at"));
	agrees = at != NULL && clock_parse(at, &told) &&
	    told == db_col_int(rows, 5) && says(body, "kind", rows, 3, NULL) &&
	    says(body, "object", rows, 4, NULL) &&
	    says(body, "actor", rows, 6, "console") &&
	    says(body, "organisation", rows, 7, NULL);
	json_decref(body);
	return agrees;
}

static char *
look(struct ctx *ctx, struct db_rows *rows, int64_t expected)
{
	int64_t id = db_col_int(rows, 0);

	if (id != expected)
		return arena_printf(
		    ctx->arena, "record %lld is missing", (long long)expected);
	if (!digest_holds(rows))
		return arena_printf(ctx->arena,
		    "record %lld is not what its digest says", (long long)id);
	if (!columns_agree(rows))
		return arena_printf(ctx->arena,
		    "record %lld stands under other names than it says",
		    (long long)id);
	return NULL;
}

enum err
record_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	struct db_rows *rows;

	*checked = 0;
	*problem = NULL;
	rows = db_query(ctx->db, sql[SQL_ALL], DB_NONE);
	while (*problem == NULL && db_next(rows)) {
		*problem = look(ctx, rows, *checked + 1);
		if (*problem == NULL)
			++*checked;
	}
	return db_done(rows);
}
