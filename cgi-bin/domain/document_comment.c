/* SPDX-License-Identifier: Apache-2.0 */
/* What members say about a document: threads of one level. */
#include "domain/document_comment.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/document_seen.h"
#include "domain/list.h"

enum {
	SQL_LIST,
	SQL_COUNT,
	SQL_IS_THREAD,
	SQL_ADD,
	SQL_OWN,
	SQL_EDIT,
	SQL__MAX
};

/* clang-format off */
/* A comment c, and the one that it answers, are about what the reader sees. */
#define IS_SEEN \
	"c.version IN (SELECT number FROM seen)" \
	" AND (c.thread IS NULL OR EXISTS (SELECT 1 FROM document_comment t" \
	" WHERE t.id = c.thread AND t.version IN (SELECT number FROM seen)))"

static const char *const sql[SQL__MAX] = {
	[SQL_LIST] =
	    "WITH " DOCUMENT_SEEN
	    " SELECT c.id, c.thread, c.version, p.name, o.name, o.ref, c.text,"
	    " c.written_at, c.edited_at,"
	    " c.person = $1 AND c.organisation = $2 AND c.written_at > $5"
	    " FROM document_comment c JOIN person p ON p.id = c.person"
	    " JOIN organisation o ON o.id = c.organisation"
	    " WHERE c.document = $4 AND " IS_SEEN
	    " ORDER BY COALESCE(c.thread, c.id), c.id",
	[SQL_COUNT] =
	    "SELECT COUNT(*) >= $1 OR COALESCE(SUM(organisation = $2), 0) >= $3"
	    " FROM document_comment WHERE document = $4",
	[SQL_IS_THREAD] =
	    "WITH " DOCUMENT_SEEN
	    " SELECT c.id FROM document_comment c"
	    " WHERE c.id = $5 AND c.document = $4 AND c.thread IS NULL"
	    " AND " IS_SEEN,
	[SQL_ADD] =
	    "INSERT INTO document_comment (document, version, thread, person,"
	    " organisation, text, written_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
	[SQL_OWN] =
	    "SELECT written_at FROM document_comment WHERE id = $1"
	    " AND document = $2 AND person = $3 AND organisation = $4",
	[SQL_EDIT] =
	    "UPDATE document_comment SET text = $1, edited_at = $2"
	    " WHERE id = $3 AND document = $4 AND person = $5"
	    " AND organisation = $6",
};
/* clang-format on */

/* Comments written after this moment may still be changed. */
static int64_t
editable_since(const struct ctx *ctx)
{
	return ctx->now_at - COMMENT_EDIT_S * CLOCK_S;
}

/* ---- reading ----------------------------------------------------------- */

static void
fill(struct arena *arena, struct db_rows *rows, struct document_comment *c)
{
	c->id = db_col_int(rows, 0);
	c->thread = db_col_int(rows, 1);
	c->version = (int)db_col_int(rows, 2);
	c->person_name = db_col_text(rows, 3, arena);
	c->organisation_name = db_col_text(rows, 4, arena);
	c->organisation_ref = db_col_text(rows, 5, arena);
	c->text = db_col_text(rows, 6, arena);
	c->written_at = db_col_int(rows, 7);
	c->edited_at = db_col_int(rows, 8);
	c->may_edit = db_col_int(rows, 9) != 0;
}

enum err
document_comments(struct ctx *ctx, const struct document *d,
    struct document_comment **out, size_t *n)
{
	struct document_comment *all = NULL;
	struct db_rows *rows;

	*out = NULL;
	*n = 0;
	if (ctx->actor.organisation == 0)
		return ERR_OK;
	rows = db_query(ctx->db, sql[SQL_LIST],
	    DB_ARGS(
		ACCESS_READER(ctx), db_i(d->id), db_i(editable_since(ctx))));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx->arena, rows, &all[(*n)++]);
	}
	*out = all;
	return db_done(rows);
}

/* ---- writing ----------------------------------------------------------- */

/* As it is kept; NULL: empty, too long or no plain text. */
static char *
clean(struct ctx *ctx, const char *text)
{
	char *clean;

	if (text == NULL)
		return NULL;
	clean = text_clean(ctx->arena, text, strlen(text), TEXT_PROSE);
	if (clean == NULL || clean[0] == '\0' ||
	    text_length(clean) > COMMENT_MAX)
		return NULL;
	return clean;
}

static enum err
open_document(struct ctx *ctx, const char *ref, struct document **d)
{
	enum err rc;

	rc = document_load(ctx, ref, d);
	if (rc == ERR_OK && !document_may(*d, DOCUMENT_DISCUSS))
		return ERR_STATE;
	return rc;
}

/*
 * There is room for one more, also after those of the own organisation, so
 * that none ends what all others say; and what it answers begins a thread.
 */
static enum err
check_place(struct ctx *ctx, const struct document *d, int64_t thread)
{
	int64_t is_full, found;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_COUNT],
	    DB_ARGS(db_i(COMMENTS_MAX), db_i(ctx->actor.organisation),
		db_i(COMMENTS_OWN_MAX), db_i(d->id)),
	    &is_full);
	if (rc != ERR_OK)
		return rc;
	if (is_full != 0)
		return ERR_TOO_MANY;
	if (thread == 0)
		return ERR_OK;
	return db_one_int(ctx->db, sql[SQL_IS_THREAD],
	    DB_ARGS(ACCESS_READER(ctx), db_i(d->id), db_i(thread)), &found);
}

enum err
document_comment_add(struct ctx *ctx, const char *ref, int64_t thread,
    const char *text, int64_t *id)
{
	struct document *d;
	enum err rc;

	*id = 0;
	if (ctx->actor.person == 0 || ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((text = clean(ctx, text)) == NULL)
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_document(ctx, ref, &d)) != ERR_OK ||
	    (rc = check_place(ctx, d, thread)) != ERR_OK)
		goto out;
	rc = db_one_int(ctx->db, sql[SQL_ADD],
	    DB_ARGS(db_i(d->id), db_i(d->version), db_id(thread),
		db_i(ctx->actor.person), db_i(ctx->actor.organisation),
		db_t(text), db_i(ctx->now_at)),
	    id);
out:
	return db_end(ctx->db, rc);
}

static enum err
edit(struct ctx *ctx, const struct document *d, int64_t id, const char *text)
{
	const struct db_value person = db_i(ctx->actor.person);
	const struct db_value organisation = db_i(ctx->actor.organisation);
	int64_t written_at;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_OWN],
	    DB_ARGS(db_i(id), db_i(d->id), person, organisation), &written_at);
	if (rc != ERR_OK)
		return rc;
	if (written_at <= editable_since(ctx))
		return ERR_STATE;
	return db_exec_one(ctx->db, sql[SQL_EDIT],
	    DB_ARGS(db_t(text), db_i(ctx->now_at), db_i(id), db_i(d->id),
		person, organisation));
}

enum err
document_comment_edit(
    struct ctx *ctx, const char *ref, int64_t id, const char *text)
{
	struct document *d;
	enum err rc;

	if (ctx->actor.person == 0 || ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((text = clean(ctx, text)) == NULL)
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_document(ctx, ref, &d)) == ERR_OK)
		rc = edit(ctx, d, id, text);
	return db_end(ctx->db, rc);
}
