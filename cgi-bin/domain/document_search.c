/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Full text of the library.  The newest few that have the words are looked at
 * first: there nearly every reader finds a page, or all there is.  For who
 * does not, the reach is part of the FTS5 query itself.  So what is hidden,
 * however much it is, costs next to no time.
 *
 * Ranking: whoever looks for "incident response" wants the guide of that name
 * before the minutes that mention it.  Scoring every hit (bm25) would cost
 * time by their number, so hits come in tiers by where the words stand, the
 * newest first in each, and only those of a page are read.  Titles and
 * summaries have an index of their own: whether a word stands there, the large
 * one knows only after all documents that have it anywhere.
 */
#include <string.h>

#include "domain/document_rows.h"
#include "domain/search.h"

enum {
	NEAR = 30,  /* rows that are looked at before the reach is asked … */
	SEEN = 6,   /* … and more while one of so many may be seen */
	WINDOWS = 8 /* of HIT_LOOK_BYTES, where an excerpt is looked for */
};

/* Where all words stand: those of a tier have them not in the one before. */
enum { TIER_TITLE, TIER_SUMMARY, TIER_BODY, TIER__MAX };

enum { SQL_HEADS, SQL_HITS, SQL_TEXTS, SQL__MAX };

/* clang-format off */
/*
 * Newest first by the index's own order, each hit as the circles that it is
 * addressed to have it: found when it is stepped to, so there is no limit.
 */
#define HITS_OF(fts) \
	"WITH " ACCESS_WHO \
	" SELECT x.position, x.document, x.version, x.circle, x.label" \
	" FROM " fts " f CROSS JOIN document a" \
	" CROSS JOIN document_circle x" \
	" WHERE f." fts " MATCH $4 AND f.rowid < $5 AND f.rowid >= $6" \
	" AND a.position = f.rowid AND x.document = a.id" \
	" AND " DOCUMENT_FILTER \
	" AND " ACCESS_MAY_DOCUMENT_UP_TO("4") \
	" ORDER BY f.rowid DESC"

static const char *const sql[SQL__MAX] = {
	[SQL_HEADS] = HITS_OF("document_head_fts"),
	[SQL_HITS] = HITS_OF("document_fts"),
	/* Of a row that was found by its words and the rule. */
	[SQL_TEXTS] =
	    "SELECT c0, c1, c2 FROM document_fts_content WHERE id = $1",
};
/* clang-format on */

/* Where the words of a tier stand, and in which index. */
static const struct {
	const char *columns;
	int statement;
} tiers[TIER__MAX] = {
	[TIER_TITLE] = { "{title}", SQL_HEADS },
	[TIER_SUMMARY] = { "{title summary}", SQL_HEADS },
	[TIER_BODY] = { "{title summary body}", SQL_HITS },
};

/* One statement: which rows, of which tier. */
struct step {
	const struct document_filter *filter;
	int tier;
	bool is_alone; /* the tiers before have none */
	bool by_reach; /* or by the words alone */
};

static const char *
match_of(struct arena *arena, const struct search *s, const struct step *t)
{
	const char *match = search_match(arena, s, tiers[t->tier].columns);

	if (t->tier != TIER_TITLE && !t->is_alone)
		match = arena_printf(arena, "(%s NOT %s)", match,
		    search_match(arena, s, tiers[t->tier - 1].columns));
	return t->by_reach ? search_within(arena, s, match) : match;
}

/* ---- finding ----------------------------------------------------------- */

/* A page being filled; rows of one document come one after the other. */
struct page {
	struct document_row *rows;
	int *tiers; /* of each row */
	size_t count, most;
	bool is_met;  /* some row was looked at, or an earlier page had some */
	bool is_rare; /* of the newest, this reader sees next to none */
};

static void
take(struct page *page, struct db_rows *rows, int tier)
{
	struct document_row *row = &page->rows[page->count];

	if (page->count > 0 && row[-1].position == db_col_int(rows, 0))
		return;
	memset(row, 0, sizeof(*row));
	row->position = db_col_int(rows, 0);
	row->id = db_col_int(rows, 1);
	row->version = (int)db_col_int(rows, 2);
	page->tiers[page->count++] = tier;
}

/*
 * By the words alone, some rows: *before is then where it came to, or 0 when
 * there is no more to find.  By the reach, too, all of them.
 */
static enum err
look_through(struct ctx *ctx, const struct search *s, const struct step *t,
    struct page *page, int64_t *before)
{
	struct db_rows *rows = db_query(ctx->db, sql[tiers[t->tier].statement],
	    DB_ARGS(ACCESS_READER(ctx), db_t(match_of(ctx->arena, s, t)),
		DOCUMENT_FILTER_VALUES(t->filter, t->filter->since_at)));
	const size_t had = page->count;
	size_t looked = 0;

	*before = 0;
	while (*before == 0 && page->count < page->most && db_next(rows)) {
		if (access_reach_has(&s->reach, db_col_int(rows, 3),
			(enum tlp)db_col_int(rows, 4)))
			take(page, rows, t->tier);
		page->is_met = true;
		/* This document may have more rows. */
		if (!t->by_reach && ++looked >= NEAR &&
		    looked > SEEN * (page->count - had))
			*before = db_col_int(rows, 0) + 1;
	}
	return db_done(rows);
}

static enum err
find_tier(struct ctx *ctx, const struct search *s,
    const struct document_filter *f, int tier, struct page *page)
{
	struct document_filter rest = *f;
	const bool is_alone = !page->is_met;
	const struct step near = { f, tier, is_alone, false },
			  far = { &rest, tier, is_alone, true };
	int64_t end;
	enum err rc;

	if (!page->is_rare) {
		rc = look_through(ctx, s, &near, page, &rest.before);
		if (rc != ERR_OK || rest.before == 0 ||
		    page->count == page->most)
			return rc;
		/* So it will be with the words' other places. */
		page->is_rare = true;
	}
	return look_through(ctx, s, &far, page, &end);
}

static enum err
find(struct ctx *ctx, const struct search *s, const struct document_filter *f,
    struct document_list *list)
{
	struct page page = { .most = (size_t)document_rows_limit(f) + 1,
		.is_met = f->before > 0 };
	struct document_filter from = *f;
	enum err rc = ERR_OK;

	memset(list, 0, sizeof(*list));
	page.rows = arena_array(ctx->arena, page.most, sizeof(*page.rows));
	page.tiers = arena_array(ctx->arena, page.most, sizeof(*page.tiers));
	for (int tier = f->tier < 0 ? 0 : f->tier;
	     rc == ERR_OK && tier < TIER__MAX && page.count < page.most;
	     tier++) {
		rc = find_tier(ctx, s, &from, tier, &page);
		from.before = 0;
	}
	list->rows = page.rows;
	list->count = page.count;
	if (page.count == page.most) {
		list->count--;
		list->next = page.rows[list->count - 1].position;
		list->next_tier = page.tiers[list->count - 1];
	}
	return rc;
}

/* ---- showing ----------------------------------------------------------- */

/* Where a text goes on that was looked at up to there: behind a space. */
static const char *
next_window(const char *text)
{
	size_t n = strnlen(text, HIT_LOOK_BYTES);

	if (text[n] == '\0')
		return NULL;
	while (n > 1 && text[n - 1] != ' ' && text[n - 1] != '\n')
		n--;
	return n > 1 ? text + n : NULL;
}

/*
 * Behind the text inside stand two lines that are found, and are nothing to
 * read: reference and name of the file (document_index.c).
 */
static const char *
without_lines(struct arena *arena, const char *text, int lines)
{
	size_t n = strnlen(text, HIT_LOOK_BYTES + 1);

	if (lines == 0 || n > HIT_LOOK_BYTES)
		return text;
	for (; lines > 0 && n > 0; n--)
		lines -= text[n - 1] == '\n';
	return arena_copy_n(arena, text, n);
}

static char *
excerpt(struct ctx *ctx, const struct search *s, const char *text, int lines)
{
	char *hit = NULL;

	for (int i = 0; hit == NULL && text != NULL && i < WINDOWS; i++) {
		hit = search_excerpt(
		    ctx->arena, s, without_lines(ctx->arena, text, lines));
		text = next_window(text);
	}
	return hit;
}

/* The words' place: in the summary, else in the text inside. */
static enum err
mark(struct ctx *ctx, const struct search *s, struct document_row *row)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_TEXTS], DB_ARGS(db_i(row->position)));

	if (db_next(rows)) {
		row->hit_title =
		    search_mark(ctx->arena, s, db_col_peek(rows, 0, NULL));
		row->hit_text = excerpt(ctx, s, db_col_peek(rows, 1, NULL), 0);
		if (row->hit_text == NULL)
			row->hit_text =
			    excerpt(ctx, s, db_col_peek(rows, 2, NULL), 2);
	}
	return db_done(rows);
}

static enum err
complete(struct ctx *ctx, const struct search *s, struct document_list *list)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < list->count; i++) {
		rc = document_row_fill(ctx, &list->rows[i]);
		if (rc == ERR_OK)
			rc = mark(ctx, s, &list->rows[i]);
	}
	return rc;
}

/* Do the whole words find something, on whatever page? */
static enum err
finds_any(struct ctx *ctx, const struct search *s,
    const struct document_filter *f, bool *any)
{
	struct document_filter first = *f;
	struct document_list list;
	enum err rc;

	first.before = 0;
	first.tier = 0;
	first.limit = 1;
	rc = find(ctx, s, &first, &list);
	*any = list.count > 0;
	return rc;
}

enum err
document_search(struct ctx *ctx, const char *query,
    const struct document_filter *f, struct document_list *list)
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
