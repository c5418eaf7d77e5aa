/* SPDX-License-Identifier: Apache-2.0 */
/* What Today says of the library: asked for when it is read. */
#include "domain/document_today.h"

#include <string.h>

#include "base/clock.h"
#include "domain/document_rows.h"
#include "domain/list.h"
#include "domain/subscription.h"

enum { DUES_MAX = 50 };

enum { SQL_NEWS, SQL_REVIEWS, SQL_CHANGES, SQL__MAX };

/* clang-format off */
/*
 * The own organisation's published documents x, by its circle's list, as far
 * as the reader may read them.
 */
#define OWN \
	" FROM reader CROSS JOIN circle own CROSS JOIN document_circle x" \
	" CROSS JOIN document a CROSS JOIN document_version v" \
	" WHERE own.kind = 'own' AND own.organisation = reader.organisation" \
	" AND x.circle = own.id AND x.state = 'published'" \
	" AND a.id = x.document" \
	" AND v.document = x.document AND v.number = x.version" \
	" AND " ACCESS_MAY_DOCUMENT_UP_TO("4")

static const char *const sql[SQL__MAX] = {
	/*
	 * Of one circle, with the highest label that it carries here.  What
	 * is for all sectors is for each.
	 */
	[SQL_NEWS] =
	    "WITH " ACCESS_WHO
	    " SELECT x.position, x.document, x.version FROM document_circle x"
	    " WHERE x.circle = $4 AND x.position >= $5"
	    " AND x.state = 'published' AND x.organisation <> $2"
	    " AND (($6 <> 0 AND (x.sectors = 0 OR (x.sectors & $6) <> 0))"
	    " OR (x.measures & $7) <> 0)"
	    " AND x.version > COALESCE((SELECT n.version"
	    " FROM document_reading n WHERE n.person = $1"
	    " AND n.document = x.document), 0)"
	    " AND " ACCESS_MAY_DOCUMENT_UP_TO("$8")
	    " ORDER BY x.position DESC LIMIT $9",
	[SQL_REVIEWS] =
	    "WITH " ACCESS_WHO
	    " SELECT a.ref, v.title, 0, x.review_by_at, NULL" OWN
	    " AND x.review_by_at < $4 ORDER BY x.review_by_at, a.ref LIMIT $5",
	/* From the few that ask, to the documents that they ask it of. */
	[SQL_CHANGES] =
	    "WITH " ACCESS_WHO
	    " SELECT a.ref, v.title, 1, w.reviewed_at, o.name"
	    " FROM reader CROSS JOIN circle own"
	    " CROSS JOIN document_review w CROSS JOIN document_circle x"
	    " CROSS JOIN document a CROSS JOIN document_version v"
	    " CROSS JOIN organisation o"
	    " WHERE own.kind = 'own' AND own.organisation = reader.organisation"
	    " AND w.contributor = own.organisation AND w.verdict = 'changes'"
	    " AND NOT EXISTS (SELECT 1 FROM document_review n"
	    " WHERE n.document = w.document"
	    " AND n.organisation = w.organisation AND n.id > w.id)"
	    " AND x.document = w.document AND x.circle = own.id"
	    " AND x.state = 'published' AND x.version = w.version"
	    " AND a.id = x.document"
	    " AND v.document = x.document AND v.number = x.version"
	    " AND o.id = w.organisation"
	    " AND " ACCESS_MAY_DOCUMENT_UP_TO("4")
	    " ORDER BY w.id DESC LIMIT $4",
};
/* clang-format on */

/* ---- news -------------------------------------------------------------- */

static enum err
find_in(struct ctx *ctx, const struct subscription *s,
    const struct access_circle *circle, struct newest *found)
{
	const int64_t since_at =
	    newest_since(found, ctx->now_at - DOCUMENT_NEWS_DAYS * CLOCK_DAY);

	return newest_add(found,
	    db_query(ctx->db, sql[SQL_NEWS],
		DB_ARGS(ACCESS_READER(ctx), db_i(circle->id), db_i(since_at),
		    db_i(s->sectors), db_i(s->measures),
		    db_i(circle->max_label), db_i((int64_t)found->most))));
}

enum err
document_news(struct ctx *ctx, int limit, struct document_list *list)
{
	struct newest found;
	struct access_reach reach;
	struct subscription s;
	enum err rc;

	memset(list, 0, sizeof(*list));
	if ((rc = subscription_load(ctx, &s)) != ERR_OK ||
	    (s.sectors == 0 && s.measures == 0))
		return rc;
	newest_start(ctx, limit, &found);
	if ((rc = access_reach(ctx, &reach)) != ERR_OK)
		return rc;
	for (size_t i = 0; rc == ERR_OK && i < reach.count; i++)
		rc = find_in(ctx, &s, &reach.circles[i], &found);
	return document_rows_end(ctx, rc, &found, list);
}

/* ---- due --------------------------------------------------------------- */

struct dues {
	struct document_due_row *rows;
	size_t n;
};

static void
fill(struct arena *arena, struct db_rows *rows, struct document_due_row *row)
{
	const int64_t at = db_col_int(rows, 3);

	row->ref = db_col_text(rows, 0, arena);
	row->title = db_col_text(rows, 1, arena);
	row->why = (enum document_due)db_col_int(rows, 2);
	if (row->why == DOCUMENT_DUE_REVIEW)
		row->review_by_at = at;
	else
		row->asked_at = at;
	row->organisation_name = db_col_text(rows, 4, arena);
}

/* Ends the query. */
static enum err
take(struct ctx *ctx, struct db_rows *rows, struct dues *to)
{
	while (db_next(rows)) {
		to->rows =
		    list_room(ctx->arena, to->rows, to->n, sizeof(*to->rows));
		fill(ctx->arena, rows, &to->rows[to->n++]);
	}
	return db_done(rows);
}

enum err
document_dues(struct ctx *ctx, struct document_due_row **out, size_t *n)
{
	const int64_t horizon = ctx->now_at + DOCUMENT_DUE_DAYS * CLOCK_DAY;
	struct dues all = { .n = 0 };
	enum err rc = ERR_OK;

	if (ctx->actor.organisation != 0)
		rc = take(ctx,
		    db_query(ctx->db, sql[SQL_REVIEWS],
			DB_ARGS(
			    ACCESS_READER(ctx), db_i(horizon), db_i(DUES_MAX))),
		    &all);
	if (rc == ERR_OK && ctx->actor.organisation != 0)
		rc = take(ctx,
		    db_query(ctx->db, sql[SQL_CHANGES],
			DB_ARGS(ACCESS_READER(ctx), db_i(DUES_MAX))),
		    &all);
	*out = all.rows;
	*n = all.n;
	return rc;
}
