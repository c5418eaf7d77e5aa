/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of advisories.  They start from the reader's reach: of each circle
 * the newest few by its own key, merged, each once.  What the circles asked
 * so far have given bounds the next one, so most are asked for next to
 * nothing.  A list costs the same among a thousand and a hundred thousand,
 * and nothing for what is hidden.
 */
#include "domain/access.h"
#include "domain/advisory_rows.h"

enum { SQL_CIRCLE, SQL_AWAITING, SQL_DRAFTS, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/* Of one circle, with the highest label that it carries here. */
	[SQL_CIRCLE] =
	    "WITH " ACCESS_WHO
	    " SELECT " ROWS_KNOWN " FROM advisory_circle x"
	    " WHERE x.circle = $4 AND " ROWS_FILTER
	    " AND " ACCESS_MAY_UP_TO("$10")
	    " AND ($11 = 0 OR " ROWS_IS_UNREAD ")"
	    " ORDER BY x.position DESC LIMIT $12",
	/*
	 * What is unanswered has an index of its own, in the order of lists.
	 * Only who was addressed is asked: not the world.
	 */
	[SQL_AWAITING] =
	    "WITH " ACCESS_WHO
	    " SELECT " ROWS_KNOWN ", x.circle"
	    " FROM advisory_asked q CROSS JOIN advisory_circle x"
	    " WHERE q.organisation = $2 AND x.advisory = q.advisory"
	    " AND q.position < $4 AND x.circle <> 1 AND " ROWS_FILTER
	    " AND " ACCESS_MAY_UP_TO("4")
	    " AND ($10 = 0 OR " ROWS_IS_UNREAD ")"
	    " AND ($11 = 0 OR " ROWS_IS_OVERDUE ")"
	    " ORDER BY q.position DESC",
	/*
	 * What the own organisation is writing.  A draft of a revision goes by
	 * its own label and names; it is where its advisory is.
	 */
	[SQL_DRAFTS] =
	    "WITH " ACCESS_REACH
	    " SELECT a.position, a.id, a.organisation, a.state, v.number,"
	    " v.label, v.severity, v.sectors, v.answer_by_at FROM reader"
	    " JOIN advisory a ON a.organisation = reader.organisation"
	    " AND a.draft IS NOT NULL AND a.state <> 'withdrawn'"
	    " JOIN advisory_revision v ON v.advisory = a.id"
	    " AND v.number = a.draft"
	    " WHERE a.position < $4 AND " ACCESS_MAY_REVISION
	    " ORDER BY a.position DESC LIMIT $5",
};
/* clang-format on */

static enum err
find_drafts(
    struct ctx *ctx, const struct advisory_filter *f, struct rows_found *found)
{
	return advisory_rows_add(found,
	    db_query(ctx->db, sql[SQL_DRAFTS],
		DB_ARGS(ACCESS_READER(ctx), db_i(advisory_rows_before(f)),
		    db_i((int64_t)found->most))));
}

/* The filter's, or asked for now. */
static enum err
reach_of(struct ctx *ctx, const struct advisory_filter *f,
    struct access_reach *reach)
{
	if (f->reach == NULL)
		return access_reach_newest(ctx, reach);
	*reach = *f->reach;
	return ERR_OK;
}

static enum err
find_awaiting(
    struct ctx *ctx, const struct advisory_filter *f, struct rows_found *found)
{
	const int64_t before = advisory_rows_before(f);
	struct access_reach reach;
	enum err rc;

	/* The source itself is not asked. */
	if (f->is_own)
		return ERR_OK;
	if ((rc = reach_of(ctx, f, &reach)) != ERR_OK)
		return rc;
	return advisory_rows_add_reached(found,
	    db_query(ctx->db, sql[SQL_AWAITING],
		DB_ARGS(ACCESS_READER(ctx), db_i(before),
		    ROWS_VALUES(f, f->since_at, before), db_i(f->is_unread),
		    db_i(f->is_overdue))),
	    &reach);
}

static enum err
find_in(struct ctx *ctx, const struct advisory_filter *f,
    const struct access_circle *circle, struct rows_found *found)
{
	const int64_t since_at = advisory_rows_since(found, f);

	if (circle->newest < since_at || circle->newest == 0)
		return ERR_OK;
	return advisory_rows_add(found,
	    db_query(ctx->db, sql[SQL_CIRCLE],
		DB_ARGS(ACCESS_READER(ctx), db_i(circle->id),
		    ROWS_VALUES(f, since_at, advisory_rows_before(f)),
		    db_i(circle->max_label), db_i(f->is_unread),
		    db_i((int64_t)found->most))));
}

static enum err
find_published(
    struct ctx *ctx, const struct advisory_filter *f, struct rows_found *found)
{
	struct access_reach reach;
	enum err rc;

	rc = reach_of(ctx, f, &reach);
	for (size_t i = 0; rc == ERR_OK && i < reach.count; i++)
		if (!f->is_own || reach.circles[i].id == reach.own)
			rc = find_in(ctx, f, &reach.circles[i], found);
	return rc;
}

enum err
advisory_find(struct ctx *ctx, const struct advisory_filter *f,
    struct advisory_list *list)
{
	struct rows_found found;
	enum err rc;

	advisory_rows_start(ctx, f, &found);
	if (f->is_draft)
		rc = find_drafts(ctx, f, &found);
	else if (f->is_awaiting || f->is_overdue)
		rc = find_awaiting(ctx, f, &found);
	else
		rc = find_published(ctx, f, &found);
	advisory_rows_end(&found, list);
	return rc;
}

enum err
advisory_list(struct ctx *ctx, const struct advisory_filter *f,
    struct advisory_list *list)
{
	enum err rc;

	rc = advisory_find(ctx, f, list);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = advisory_row_settle(ctx, &list->rows[i]);
	return rc;
}
