/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of documents.  They start from the reader's reach: of each circle the
 * newest few by its own key, merged, each once; see advisory_list.c.
 */
#include "base/clock.h"
#include "domain/document_rows.h"

enum { DUE_DAYS = 30 };

enum { SQL_CIRCLE, SQL_DRAFTS, SQL_DUE, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/* Of one circle, with the highest label that it carries here. */
	[SQL_CIRCLE] =
	    "WITH " ACCESS_WHO
	    " SELECT x.position, x.document, x.version FROM document_circle x"
	    " WHERE x.circle = $4 AND " DOCUMENT_FILTER
	    " AND " ACCESS_MAY_DOCUMENT_UP_TO("$15")
	    " ORDER BY x.position DESC LIMIT $16",
	/* A draft of a version goes by its own label and names. */
	[SQL_DRAFTS] =
	    "WITH " ACCESS_REACH
	    " SELECT a.position, a.id, v.number FROM reader"
	    " JOIN document a ON a.organisation = reader.organisation"
	    " AND a.draft IS NOT NULL AND a.state <> 'withdrawn'"
	    " JOIN document_version v ON v.document = a.id"
	    " AND v.number = a.draft"
	    " WHERE a.position < $4 AND " ACCESS_MAY_VERSION
	    " ORDER BY a.position DESC LIMIT $5",
	/* Of the own ones, those to look at again before a moment. */
	[SQL_DUE] =
	    "WITH " ACCESS_WHO
	    " SELECT x.position, x.document, x.version FROM reader"
	    " JOIN circle own ON own.kind = 'own'"
	    " AND own.organisation = reader.organisation"
	    " JOIN document_circle x ON x.circle = own.id"
	    " WHERE x.position < $4 AND x.state = 'published'"
	    " AND x.review_by_at < $5 AND " ACCESS_MAY_DOCUMENT_UP_TO("4")
	    " ORDER BY x.position DESC LIMIT $6",
};
/* clang-format on */

static enum err
find_in(struct ctx *ctx, const struct document_filter *f,
    const struct access_circle *circle, struct newest *found)
{
	return newest_add(found,
	    db_query(ctx->db, sql[SQL_CIRCLE],
		DB_ARGS(ACCESS_READER(ctx), db_i(circle->id),
		    DOCUMENT_FILTER_VALUES(f, newest_since(found, f->since_at)),
		    db_i(circle->max_label), db_i((int64_t)found->most))));
}

static enum err
find_published(
    struct ctx *ctx, const struct document_filter *f, struct newest *found)
{
	struct access_reach reach;
	enum err rc;

	rc = access_reach(ctx, &reach);
	for (size_t i = 0; rc == ERR_OK && i < reach.count; i++)
		if (!f->is_own || reach.circles[i].id == reach.own)
			rc = find_in(ctx, f, &reach.circles[i], found);
	return rc;
}

static enum err
find(struct ctx *ctx, const struct document_filter *f, struct newest *found)
{
	const int64_t before = document_rows_before(f);

	if (f->is_draft)
		return newest_add(found,
		    db_query(ctx->db, sql[SQL_DRAFTS],
			DB_ARGS(ACCESS_READER(ctx), db_i(before),
			    db_i((int64_t)found->most))));
	if (f->is_due)
		return newest_add(found,
		    db_query(ctx->db, sql[SQL_DUE],
			DB_ARGS(ACCESS_READER(ctx), db_i(before),
			    db_i(ctx->now_at + DUE_DAYS * CLOCK_DAY),
			    db_i((int64_t)found->most))));
	return find_published(ctx, f, found);
}

enum err
document_list(struct ctx *ctx, const struct document_filter *f,
    struct document_list *list)
{
	struct newest found;
	enum err rc;

	newest_start(ctx, document_rows_limit(f), &found);
	rc = find(ctx, f, &found);
	return document_rows_end(ctx, rc, &found, list);
}
