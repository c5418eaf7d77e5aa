/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Full text of advisories.  The newest few that have the words are looked at
 * first: there nearly every reader finds a page, or all there is.  Who does
 * not, and may see few at all, has these looked through; for who may see many,
 * the reach is part of the FTS5 query itself.  So what is hidden, however much
 * it is, costs next to no time.
 */
#include <string.h>

#include "domain/advisory_rows.h"
#include "domain/search.h"

enum {
	NEAR = 16, /* hits that are looked at first … */
	SEEN = 4,  /* … and more while one of so many may be seen */
	FEW = 100  /* that somebody may see: looked through one by one */
};

enum { SQL_HITS, SQL_HIT, SQL_TEXTS, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/*
	 * Newest first by the index's own order: a row's id is its position.
	 * Each is found when it is stepped to, so there is no limit.
	 */
	[SQL_HITS] =
	    "SELECT rowid FROM advisory_fts WHERE advisory_fts MATCH $1"
	    " AND rowid < $2 AND rowid >= $3 ORDER BY rowid DESC",
	/*
	 * A hit as the circles that it is addressed to have it: one of them
	 * must be in the reach, with a label not below.
	 */
	[SQL_HIT] =
	    "WITH " ACCESS_WHO
	    " SELECT " ROWS_KNOWN ", x.circle"
	    " FROM advisory a CROSS JOIN advisory_circle x"
	    " WHERE a.position = $4 AND x.advisory = a.id"
	    " AND " ROWS_FILTER " AND " ACCESS_MAY_UP_TO("4")
	    " AND ($10 = 0 OR a.organisation = $2)"
	    " AND ($11 = 0 OR " ROWS_IS_UNREAD ")"
	    " AND ($12 = 0 OR (x.circle <> 1 AND EXISTS ("
	    "SELECT 1 FROM advisory_asked q WHERE q.advisory = a.id"
	    " AND q.organisation = $2)))"
	    " AND ($13 = 0 OR " ROWS_IS_OVERDUE ")",
	/* Of a row that was found by its words and the rule. */
	[SQL_TEXTS] =
	    "SELECT c0, c1, c2 FROM advisory_fts_content WHERE id = $1",
};
/* clang-format on */

static char *
words_of(struct arena *arena, const struct search *s)
{
	return search_match(arena, s, "{title summary body}");
}

/*
 * The texts that were found, and the words' place: in the summary, else in
 * the body.  A withdrawn advisory has its title alone here.
 */
static enum err
mark(struct ctx *ctx, const struct search *s, struct advisory_row *row)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_TEXTS], DB_ARGS(db_i(row->position)));

	if (db_next(rows)) {
		row->title = db_col_text(rows, 0, ctx->arena);
		row->summary = db_col_text(rows, 1, ctx->arena);
		row->hit_title = search_mark(ctx->arena, s, row->title);
		row->hit_text = search_excerpt(ctx->arena, s, row->summary);
		if (row->hit_text == NULL)
			row->hit_text = search_excerpt(
			    ctx->arena, s, db_col_peek(rows, 2, NULL));
	}
	return db_done(rows);
}

/* Takes the hit at a position if the reader may see it. */
static enum err
look_at(struct ctx *ctx, const struct search *s,
    const struct advisory_filter *f, int64_t position, struct rows_found *found)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_HIT],
	    DB_ARGS(ACCESS_READER(ctx), db_i(position),
		ROWS_VALUES(f, f->since_at, advisory_rows_before(f)),
		db_i(f->is_own), db_i(f->is_unread),
		db_i(f->is_awaiting || f->is_overdue), db_i(f->is_overdue)));

	return advisory_rows_add_reached(found, rows, &s->reach);
}

/* One way of looking for a page, or for the rest of one. */
struct pass {
	const char *match;
	bool is_bounded; /* by NEAR and SEEN */
	int64_t before;	 /* where to go on; 0: nothing is left */
};

/* Too little of what was looked at is for the reader. */
static bool
is_hopeless(const struct pass *pass, int n, const struct rows_found *found)
{
	return pass->is_bounded && n >= NEAR && found->count * SEEN < (size_t)n;
}

/* What matches, until the page is full or too little of it may be seen. */
static enum err
find_match(struct ctx *ctx, const struct search *s,
    const struct advisory_filter *f, struct pass *pass,
    struct rows_found *found)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_HITS],
	    DB_ARGS(db_t(pass->match), db_i(pass->before), db_i(f->since_at)));
	enum err rc = ERR_OK, ended;
	int n = 0;

	while (rc == ERR_OK && found->count < found->most &&
	    !is_hopeless(pass, n, found)) {
		pass->before = 0;
		if (!db_next(rows))
			break;
		pass->before = db_col_int(rows, 0);
		rc = look_at(ctx, s, f, pass->before, found);
		n++;
	}
	ended = db_done(rows);
	return rc != ERR_OK ? rc : ended;
}

static enum err
has_words(struct ctx *ctx, const struct search *s,
    const struct advisory_row *row, bool *has)
{
	const char *texts[4] = { NULL };
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_TEXTS], DB_ARGS(db_i(row->position)));

	*has = false;
	if (db_next(rows)) {
		for (int i = 0; i < 3; i++)
			texts[i] = db_col_peek(rows, i, NULL);
		*has = hit_all(s->words, texts, s->is_prefix);
	}
	return db_done(rows);
}

/* Looks through all that the filter leaves below, where that is few. */
static enum err
look_through(struct ctx *ctx, const struct search *s,
    const struct advisory_filter *f, struct pass *pass,
    struct rows_found *found)
{
	struct advisory_filter all = *f;
	struct advisory_list list;
	enum err rc;
	bool has;

	all.limit = FEW;
	all.reach = &s->reach;
	all.before = pass->before;
	rc = advisory_find(ctx, &all, &list);
	if (rc != ERR_OK || list.next != 0)
		return rc;
	pass->before = 0;
	for (size_t i = 0; rc == ERR_OK && i < list.count; i++) {
		if (found->count == found->most)
			break;
		rc = has_words(ctx, s, &list.rows[i], &has);
		if (rc == ERR_OK && has)
			found->rows[found->count++] = list.rows[i];
	}
	return rc;
}

static bool
is_wanting(enum err rc, const struct pass *pass, const struct rows_found *found)
{
	return rc == ERR_OK && pass->before != 0 && found->count < found->most;
}

static enum err
find(struct ctx *ctx, const struct search *s, const struct advisory_filter *f,
    struct advisory_list *list)
{
	struct pass pass = { words_of(ctx->arena, s), true,
		advisory_rows_before(f) };
	struct rows_found found;
	enum err rc;

	advisory_rows_start(ctx, f, &found);
	rc = find_match(ctx, s, f, &pass, &found);
	if (is_wanting(rc, &pass, &found))
		rc = look_through(ctx, s, f, &pass, &found);
	if (is_wanting(rc, &pass, &found)) {
		pass.match = search_within(ctx->arena, s, pass.match);
		pass.is_bounded = false;
		rc = find_match(ctx, s, f, &pass, &found);
	}
	advisory_rows_end(&found, list);
	return rc;
}

/* The rows with the texts that were found, and the words in them. */
static enum err
complete(struct ctx *ctx, const struct search *s, struct advisory_list *list)
{
	struct advisory_row *row;
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < list->count; i++) {
		row = &list->rows[i];
		if ((rc = advisory_row_settle(ctx, row)) == ERR_OK)
			rc = mark(ctx, s, row);
	}
	return rc;
}

/* Do the whole words find something, on whatever page? */
static enum err
finds_any(struct ctx *ctx, const struct search *s,
    const struct advisory_filter *f, bool *any)
{
	struct advisory_filter first = *f;
	struct advisory_list list;
	enum err rc;

	first.before = 0;
	first.limit = 1;
	rc = find(ctx, s, &first, &list);
	*any = list.count > 0;
	return rc;
}

enum err
advisory_search(struct ctx *ctx, const char *query,
    const struct advisory_filter *f, struct advisory_list *list)
{
	struct search s;
	bool any = false;
	enum err rc;

	memset(list, 0, sizeof(*list));
	if ((rc = search_start(ctx, query, &s)) != ERR_OK)
		return rc;
	if (f->is_draft)
		return ERR_OK; /* what is unpublished is not indexed */
	if ((rc = find(ctx, &s, f, list)) != ERR_OK)
		return rc;
	if (list->count == 0 && search_may_widen(&s)) {
		if (f->before > 0)
			rc = finds_any(ctx, &s, f, &any);
		s.is_prefix = true;
		if (rc == ERR_OK && !any)
			rc = find(ctx, &s, f, list);
	}
	return rc == ERR_OK ? complete(ctx, &s, list) : rc;
}
