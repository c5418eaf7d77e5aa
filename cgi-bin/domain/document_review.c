/* SPDX-License-Identifier: Apache-2.0 */
/* What other organisations find of a version of a document. */
#include "domain/document_review.h"

#include <string.h>

#include "base/text.h"
#include "crypt/token.h"
#include "domain/document_seen.h"
#include "domain/list.h"
#include "domain/record.h"

enum { REVIEWS_MAX = 500 }; /* that a page shows */

enum { SQL_LIST, SQL_COUNT, SQL_GIVE, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/* Those that count first: nobody pushes another's out by many. */
	[SQL_LIST] =
	    "WITH " DOCUMENT_SEEN
	    " SELECT o.ref, o.name, p.name, w.verdict, w.version, w.text,"
	    " w.reviewed_at, o.id = $2, w.version <> a.version"
	    " OR EXISTS (SELECT 1 FROM document_review n"
	    " WHERE n.document = w.document"
	    " AND n.organisation = w.organisation AND n.id > w.id)"
	    " AS is_superseded"
	    " FROM document a JOIN document_review w ON w.document = a.id"
	    " JOIN organisation o ON o.id = w.organisation"
	    " JOIN person p ON p.id = w.person"
	    " WHERE a.id = $4 AND w.version IN (SELECT number FROM seen)"
	    " ORDER BY is_superseded, w.id DESC LIMIT $5",
	[SQL_COUNT] =
	    "SELECT COUNT(*) FROM document_review WHERE document = $1"
	    " AND organisation = $2 AND version = $3",
	[SQL_GIVE] =
	    "INSERT INTO document_review (document, contributor, version,"
	    " organisation, person, verdict, text, reviewed_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
};
/* clang-format on */

const char *const review_verdicts[REVIEW__MAX + 1] = {
	[REVIEW_REVIEWED] = "reviewed",
	[REVIEW_RESERVATIONS] = "reservations",
	[REVIEW_CHANGES] = "changes",
};

/* ---- reading ----------------------------------------------------------- */

static void
fill(struct arena *arena, struct db_rows *rows, struct document_review *r)
{
	/* The table knows no other word. */
	int verdict = text_index(review_verdicts, db_col_peek(rows, 3, NULL));

	r->organisation_ref = db_col_text(rows, 0, arena);
	r->organisation_name = db_col_text(rows, 1, arena);
	r->person_name = db_col_text(rows, 2, arena);
	r->verdict = (enum verdict_word)verdict;
	r->version = (int)db_col_int(rows, 4);
	r->text = db_col_text(rows, 5, arena);
	r->reviewed_at = db_col_int(rows, 6);
	r->is_own = db_col_int(rows, 7) != 0;
	r->is_superseded = db_col_int(rows, 8) != 0;
}

enum err
document_reviews(struct ctx *ctx, const struct document *d,
    struct document_review **out, size_t *n)
{
	struct document_review *all = NULL;
	struct db_rows *rows;

	*out = NULL;
	*n = 0;
	if (ctx->actor.organisation == 0)
		return ERR_OK;
	rows = db_query(ctx->db, sql[SQL_LIST],
	    DB_ARGS(ACCESS_READER(ctx), db_i(d->id), db_i(REVIEWS_MAX)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx->arena, rows, &all[(*n)++]);
	}
	*out = all;
	return db_done(rows);
}

/* ---- giving one -------------------------------------------------------- */

/* As it is kept; NULL: too long, no plain text, or missing. */
static char *
clean(struct ctx *ctx, enum verdict_word verdict, const char *text)
{
	char *clean;

	if (text == NULL)
		text = "";
	clean = text_clean(ctx->arena, text, strlen(text), TEXT_PROSE);
	if (clean == NULL || text_length(clean) > REVIEW_MAX ||
	    (clean[0] == '\0' && verdict != REVIEW_REVIEWED))
		return NULL;
	return clean;
}

static enum err
check(struct ctx *ctx, const struct document *d, int number)
{
	if (document_is_own(ctx, d))
		return ERR_FORBIDDEN;
	if (!document_may(d, DOCUMENT_DISCUSS))
		return ERR_STATE;
	return number == d->version ? ERR_OK : ERR_STALE;
}

static enum err
check_room(struct ctx *ctx, const struct document *d)
{
	int64_t n;
	enum err rc = db_one_int(ctx->db, sql[SQL_COUNT],
	    DB_ARGS(
		db_i(d->id), db_i(ctx->actor.organisation), db_i(d->version)),
	    &n);

	return rc == ERR_OK && n >= REVIEWS_OWN_MAX ? ERR_TOO_MANY : rc;
}

static enum err
give(struct ctx *ctx, const struct document *d, enum verdict_word verdict,
    const char *text)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_TEXT];
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_GIVE],
	    DB_ARGS(db_i(d->id), db_i(d->organisation), db_i(d->version),
		db_i(ctx->actor.organisation), db_i(ctx->actor.person),
		db_t(review_verdicts[verdict]), db_t(text), db_i(ctx->now_at)));
	if (rc != ERR_OK)
		return rc;
	digest_sha256(text, strlen(text), digest);
	digest_hex(digest, hex);
	return record_append(ctx, RECORD_DOCUMENT_REVIEWED, d->ref,
	    json_pack("{s:i, s:s, s:s}", "version", d->version, "verdict",
		review_verdicts[verdict], "sha256", hex));
}

enum err
document_review_give(struct ctx *ctx, const char *ref, int number,
    enum verdict_word verdict, const char *text)
{
	struct document *d;
	enum err rc;

	if (ctx->actor.person == 0 || ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((unsigned)verdict >= REVIEW__MAX ||
	    (text = clean(ctx, verdict, text)) == NULL)
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = document_load(ctx, ref, &d)) == ERR_OK &&
	    (rc = check(ctx, d, number)) == ERR_OK &&
	    (rc = check_room(ctx, d)) == ERR_OK)
		rc = give(ctx, d, verdict, text);
	return db_end(ctx->db, rc);
}
