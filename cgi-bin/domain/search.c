/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Full text.  The words that a reader types become data of an FTS5 query,
 * never its syntax, and each row found passes the access rule in the same
 * statement.  The newest few that have the words are looked at first: there
 * nearly every reader finds a page, or all there is.  For who does not, the
 * reach is part of the FTS5 query itself, so that what is hidden, however
 * much it is, costs no more time than those few.
 *
 * An index of prefixes would be as large as that of words, and a prefix
 * without one reads every word that has it.  So the last word is one only
 * where the whole words find nothing.
 */
#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/advisory_rows.h"
#include "domain/hit.h"

enum {
	PREFIX_CHARS = 3, /* shorter ones stand for too many words */
	EXCERPT_WORDS = 30,
	NEAR = 64 /* looked at first */
};

enum { SQL_NEAR, SQL_SEARCH, SQL_ANY, SQL_BODY, SQL__MAX };

/* clang-format off */
/*
 * Newest first by the index's own order: a row's id is its position.  What
 * is known of a row stands in its own organisation's circle, always.
 */
#define FOUND                                                             \
	" FROM advisory_fts t CROSS JOIN reader"                          \
	" JOIN advisory a ON a.position = t.rowid"                        \
	" JOIN circle own ON own.kind = 'own'"                            \
	" AND own.organisation = a.organisation"                          \
	" JOIN advisory_circle y ON y.circle = own.id"                    \
	" AND y.position = t.rowid"                                       \
	" WHERE advisory_fts MATCH $4 AND t.rowid < $5 AND t.rowid >= $6" \
	" AND EXISTS (SELECT 1 FROM reach r"                              \
	" JOIN advisory_circle x ON x.circle = r.circle"                  \
	" AND x.position = t.rowid WHERE " ACCESS_MAY " AND " ROWS_FILTER \
	" AND ($10 = 0 OR a.organisation = reader.organisation)"          \
	" AND ($11 = 0 OR " ROWS_IS_UNREAD ")"                            \
	" AND ($12 = 0 OR (r.circle <> 1 AND " ROWS_IS_AWAITING "))"      \
	" AND ($13 = 0 OR " ROWS_IS_OVERDUE "))"                          \
	" ORDER BY t.rowid DESC"

static const char *const sql[SQL__MAX] = {
	[SQL_NEAR] =
	    "SELECT rowid FROM advisory_fts WHERE advisory_fts MATCH $1"
	    " AND rowid < $2 AND rowid >= $3 ORDER BY rowid DESC LIMIT $4",
	[SQL_SEARCH] =
	    "WITH " ACCESS_REACH ", found(" ROWS_KNOWN ") AS ("
	    " SELECT " ROWS_KNOWN_OF("y", "y.advisory") FOUND " LIMIT $14)"
	    ROWS_SELECT("a.revision"),
	[SQL_ANY] = "WITH " ACCESS_REACH " SELECT 1" FOUND " LIMIT 1",
	/* Of a row that was found by its words and the rule. */
	[SQL_BODY] = "SELECT body FROM advisory_fts WHERE rowid = $1",
};
/* clang-format on */

#define VALUES(ctx, match, f, before)                            \
	ACCESS_READER(ctx), db_t(match), ROWS_VALUES(f, before), \
	    db_i((f)->is_own), db_i((f)->is_unread),             \
	    db_i((f)->is_awaiting || (f)->is_overdue), db_i((f)->is_overdue)

/* A query: of whole words, or with the last as the beginning of one. */
struct search {
	struct hit_words *words;
	const char *reach; /* access_words() */
	bool is_prefix;
};

static char *
words_of(struct arena *arena, const struct search *s)
{
	return arena_printf(arena, "{title summary body} : (%s)",
	    hit_words_match(arena, s->words, s->is_prefix));
}

static char *
match_of(struct arena *arena, const struct search *s)
{
	return arena_printf(
	    arena, "%s AND reach : (%s)", words_of(arena, s), s->reach);
}

/* The words' place: in the summary, else in the body. */
static enum err
mark(struct ctx *ctx, const struct search *s, struct advisory_row *row)
{
	struct db_rows *rows;

	row->hit_title =
	    hit_mark(ctx->arena, s->words, row->title, 0, s->is_prefix);
	row->hit_text = hit_mark(
	    ctx->arena, s->words, row->summary, EXCERPT_WORDS, s->is_prefix);
	if (row->hit_text != NULL)
		return ERR_OK;
	rows = db_query(ctx->db, sql[SQL_BODY], DB_ARGS(db_i(row->position)));
	if (db_next(rows))
		row->hit_text = hit_mark(ctx->arena, s->words,
		    db_col_peek(rows, 0, NULL), EXCERPT_WORDS, s->is_prefix);
	return db_done(rows);
}

static enum err
find_match(struct ctx *ctx, const char *match, const struct advisory_filter *f,
    struct advisory_list *list)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_SEARCH],
	    DB_ARGS(VALUES(ctx, match, f, advisory_rows_before(f)),
		db_i(advisory_rows_limit(f) + 1)));

	return advisory_rows_take(ctx, rows, f, list);
}

/* Moves f->since_at to the last of the newest few; *n is how many there are. */
static enum err
near(struct ctx *ctx, const char *match, struct advisory_filter *f, int *n)
{
	int64_t last = f->since_at;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_NEAR],
	    DB_ARGS(db_t(match), db_i(advisory_rows_before(f)),
		db_i(f->since_at), db_i(NEAR)));

	for (*n = 0; db_next(rows); ++*n)
		last = db_col_int(rows, 0);
	f->since_at = last;
	return db_done(rows);
}

static enum err
find(struct ctx *ctx, const struct search *s, const struct advisory_filter *f,
    struct advisory_list *list)
{
	const char *words = words_of(ctx->arena, s);
	struct advisory_filter few = *f;
	enum err rc;
	int n;

	rc = near(ctx, words, &few, &n);
	if (rc == ERR_OK && n > 0)
		rc = find_match(ctx, words, &few, list);
	if (rc == ERR_OK && n == NEAR && list->next == 0)
		rc = find_match(ctx, match_of(ctx->arena, s), f, list);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = mark(ctx, s, &list->rows[i]);
	return rc;
}

/* Do the whole words find something, on whatever page? */
static enum err
finds_any(struct ctx *ctx, const struct search *s,
    const struct advisory_filter *f, bool *any)
{
	char *match = match_of(ctx->arena, s);
	struct db_rows *rows = db_query(
	    ctx->db, sql[SQL_ANY], DB_ARGS(VALUES(ctx, match, f, INT64_MAX)));

	*any = db_next(rows);
	return db_done(rows);
}

enum err
advisory_search(struct ctx *ctx, const char *query,
    const struct advisory_filter *f, struct advisory_list *list)
{
	struct search s = { NULL, NULL, false };
	char *reach;
	bool any = false;
	enum err rc;

	memset(list, 0, sizeof(*list));
	if (query == NULL || !text_ok(query, strlen(query), TEXT_PROSE) ||
	    (s.words = hit_words_new(ctx->arena, query)) == NULL)
		return ERR_INVALID;
	if (f->is_draft)
		return ERR_OK; /* what is unpublished is not indexed */
	if ((rc = access_words(ctx, &reach)) != ERR_OK)
		return rc;
	s.reach = reach;
	rc = find(ctx, &s, f, list);
	if (rc != ERR_OK || list->count > 0 ||
	    hit_words_last(s.words) < PREFIX_CHARS)
		return rc;
	if (f->before > 0)
		rc = finds_any(ctx, &s, f, &any);
	s.is_prefix = true;
	return rc == ERR_OK && !any ? find(ctx, &s, f, list) : rc;
}
