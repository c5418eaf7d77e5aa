/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of advisories.  They start from the reader's reach: of each circle
 * the newest few by its own key, merged, each once, and only the rows that
 * are shown get their columns.  So a list costs the same among a thousand
 * and a hundred thousand, and nothing for what is hidden.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/advisory_rows.h"
#include "domain/list.h"

enum {
	SQL_LIST,
	SQL_AWAITING,
	SQL_DRAFTS,
	SQL_COUNT,
	SQL_COUNT_AWAITING,
	SQL_COUNT_DRAFTS,
	SQL_WINDOW,
	SQL_NEAR,
	SQL__MAX
};

/* How many of the newest of all are looked at first, of a page's rows. */
enum { WINDOW = 2 };

/* clang-format off */

/* The newest of each circle: $4 own, then ROWS_FILTER's, $10, then $11. */
#define FOUND \
	" SELECT DISTINCT " ROWS_KNOWN_OF("y", "y.advisory") \
	" FROM reach r" \
	" JOIN advisory_circle y ON y.circle = r.circle" \
	" AND ($4 = 0 OR " ROWS_CIRCLE_IS_OWN ")" \
	" AND y.position IN (SELECT x.position FROM advisory_circle x" \
	" WHERE x.circle = r.circle AND " ACCESS_MAY \
	" AND " ROWS_FILTER \
	" AND ($10 = 0 OR " ROWS_IS_UNREAD ")" \
	" ORDER BY x.position DESC LIMIT $11)" \
	" ORDER BY y.position DESC LIMIT $11"

/* The same where the filter's since leaves few of each. */
#define FOUND_NEAR \
	" SELECT DISTINCT " ROWS_KNOWN_OF("x", "x.advisory") \
	" FROM reach r CROSS JOIN advisory_circle x" \
	" WHERE x.circle = r.circle AND ($4 = 0 OR " ROWS_CIRCLE_IS_OWN ")" \
	" AND " ACCESS_MAY " AND " ROWS_FILTER \
	" AND ($10 = 0 OR " ROWS_IS_UNREAD ")" \
	" ORDER BY x.position DESC LIMIT $11"

/*
 * What is unanswered has an index of its own.  Only who was addressed is
 * asked: not the world, and not the source itself.  CROSS JOIN begins with
 * that index, in its order, and so ends with the last row that is wanted.
 */
#define FOUND_AWAITING \
	" SELECT DISTINCT q.position, x.advisory, x.label, x.severity," \
	" x.sectors, x.answer_by_at" \
	" FROM reader CROSS JOIN advisory_asked q" \
	" CROSS JOIN advisory_circle x CROSS JOIN reach r" \
	" WHERE $4 = 0 AND q.organisation = reader.organisation" \
	" AND q.position < $5 AND x.advisory = q.advisory" \
	" AND r.circle = x.circle AND r.circle <> 1" \
	" AND NOT " ROWS_CIRCLE_IS_OWN " AND " ACCESS_MAY \
	" AND " ROWS_FILTER \
	" AND ($10 = 0 OR " ROWS_IS_UNREAD ")" \
	" AND ($11 = 0 OR " ROWS_IS_OVERDUE ")" \
	" AND " ROWS_IS_AWAITING \
	" ORDER BY q.position DESC LIMIT $12"

/*
 * What the own organisation is writing.  A draft of a revision goes by its
 * own label and names; it is where its advisory is.
 */
#define FOUND_DRAFTS                                                \
	" SELECT a.position, a.id, v.label, v.severity, v.sectors," \
	" v.answer_by_at FROM reader"                               \
	" JOIN advisory a ON a.organisation = reader.organisation"  \
	" AND a.draft IS NOT NULL AND a.state <> 'withdrawn'"       \
	" JOIN advisory_revision v ON v.advisory = a.id"            \
	" AND v.number = a.draft"                                   \
	" WHERE a.position < $4 AND " ACCESS_MAY_REVISION           \
	" ORDER BY a.position DESC LIMIT $5"

#define LISTED(found) \
	"WITH " ACCESS_REACH ", found(" ROWS_KNOWN ") AS (" found ")"
#define COUNTED(found) \
	"WITH " ACCESS_REACH " SELECT COUNT(*) FROM (" found ") AS found"

static const char *const sql[SQL__MAX] = {
	[SQL_LIST] = LISTED(FOUND) ROWS_SELECT("a.revision"),
	[SQL_AWAITING] = LISTED(FOUND_AWAITING) ROWS_SELECT("a.revision"),
	[SQL_DRAFTS] = LISTED(FOUND_DRAFTS) ROWS_SELECT("a.draft"),
	[SQL_COUNT] = COUNTED(FOUND),
	[SQL_COUNT_AWAITING] = COUNTED(FOUND_AWAITING),
	[SQL_COUNT_DRAFTS] = COUNTED(FOUND_DRAFTS),
	[SQL_NEAR] = LISTED(FOUND_NEAR) ROWS_SELECT("a.revision"),
	[SQL_WINDOW] =
	    "SELECT position FROM advisory WHERE position < $1"
	    " ORDER BY position DESC LIMIT 1 OFFSET $2",
};
/* clang-format on */

int
advisory_rows_limit(const struct advisory_filter *f)
{
	if (f->limit <= 0)
		return 25;
	return f->limit > 100 ? 100 : f->limit;
}

int64_t
advisory_rows_before(const struct advisory_filter *f)
{
	return f->before > 0 ? f->before : INT64_MAX;
}

static void
fill(struct arena *arena, struct db_rows *rows, struct advisory_row *row)
{
	row->position = db_col_int(rows, 0);
	row->ref = db_col_text(rows, 1, arena);
	row->title = db_col_text(rows, 2, arena);
	row->summary = db_col_text(rows, 3, arena);
	row->organisation_name = db_col_text(rows, 4, arena);
	row->state = advisory_state_of(db_col_peek(rows, 5, NULL));
	row->revision = (int)db_col_int(rows, 6);
	row->label = (enum tlp)db_col_int(rows, 7);
	row->severity = (enum severity)db_col_int(rows, 8);
	row->sectors = db_col_int(rows, 9);
	row->published_at = db_col_int(rows, 10);
	row->answer_by_at = db_col_int(rows, 11);
	row->is_unread = db_col_int(rows, 12) != 0;
	row->is_own = db_col_int(rows, 13) != 0;
	row->answer = db_col_text(rows, 14, arena);
}

/* Newest first. */
static int
by_position(const void *a, const void *b)
{
	const struct advisory_row *x = a, *y = b;

	return (x->position < y->position) - (x->position > y->position);
}

enum err
advisory_rows_take(struct ctx *ctx, struct db_rows *rows,
    const struct advisory_filter *f, struct advisory_list *list)
{
	const size_t limit = (size_t)advisory_rows_limit(f);

	memset(list, 0, sizeof(*list));
	list->rows = arena_array(ctx->arena, limit + 1, sizeof(*list->rows));
	while (list->count <= limit && db_next(rows))
		fill(ctx->arena, rows, &list->rows[list->count++]);
	qsort(list->rows, list->count, sizeof(*list->rows), by_position);
	if (list->count > limit) {
		list->count = limit;
		list->next = list->rows[limit - 1].position;
	}
	return db_done(rows);
}

/* Starts the query of a filter, or of how many it finds. */
static struct db_rows *
query(struct ctx *ctx, const struct advisory_filter *f, bool is_count,
    int64_t limit)
{
	const int64_t before = advisory_rows_before(f);

	if (f->is_draft)
		return db_query(ctx->db,
		    sql[is_count ? SQL_COUNT_DRAFTS : SQL_DRAFTS],
		    DB_ARGS(ACCESS_READER(ctx), db_i(before), db_i(limit)));
	if (f->is_awaiting || f->is_overdue)
		return db_query(ctx->db,
		    sql[is_count ? SQL_COUNT_AWAITING : SQL_AWAITING],
		    DB_ARGS(ACCESS_READER(ctx), db_i(f->is_own),
			ROWS_VALUES(f, before), db_i(f->is_unread),
			db_i(f->is_overdue), db_i(limit)));
	return db_query(ctx->db, sql[is_count ? SQL_COUNT : SQL_LIST],
	    DB_ARGS(ACCESS_READER(ctx), db_i(f->is_own), ROWS_VALUES(f, before),
		db_i(f->is_unread), db_i(limit)));
}

static enum err
load(struct ctx *ctx, const struct advisory_filter *f,
    struct advisory_list *list)
{
	return advisory_rows_take(
	    ctx, query(ctx, f, false, advisory_rows_limit(f) + 1), f, list);
}

/* The same of a few at most, out of which no circle needs a limit. */
static enum err
load_near(struct ctx *ctx, const struct advisory_filter *f,
    struct advisory_list *list)
{
	return advisory_rows_take(ctx,
	    db_query(ctx->db, sql[SQL_NEAR],
		DB_ARGS(ACCESS_READER(ctx), db_i(f->is_own),
		    ROWS_VALUES(f, advisory_rows_before(f)), db_i(f->is_unread),
		    db_i(advisory_rows_limit(f) + 1))),
	    f, list);
}

/* Where the newest of all begin, before the filter's key; else its since. */
static enum err
window(struct ctx *ctx, const struct advisory_filter *f, int64_t *since_at)
{
	int64_t at;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_WINDOW],
	    DB_ARGS(db_i(advisory_rows_before(f)),
		db_i((advisory_rows_limit(f) + 1) * WINDOW)),
	    &at);
	*since_at = rc == ERR_OK && at > f->since_at ? at : f->since_at;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/*
 * Who may see most of what there is finds a page among the newest of all,
 * without a page of each circle being merged.  Who does not pays little for
 * having looked there.
 */
enum err
advisory_list(struct ctx *ctx, const struct advisory_filter *f,
    struct advisory_list *list)
{
	struct advisory_filter near = *f;
	enum err rc;

	if (f->is_draft || f->is_awaiting || f->is_overdue)
		return load(ctx, f, list);
	if ((rc = window(ctx, f, &near.since_at)) != ERR_OK)
		return rc;
	if (near.since_at > f->since_at &&
	    ((rc = load_near(ctx, &near, list)) != ERR_OK || list->next != 0))
		return rc;
	return load(ctx, f, list);
}

enum err
advisory_count(
    struct ctx *ctx, const struct advisory_filter *f, int most, int64_t *count)
{
	struct db_rows *rows = query(ctx, f, true, most);

	*count = db_next(rows) ? db_col_int(rows, 0) : 0;
	return db_done(rows);
}
