/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/circle.h"

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/list.h"

enum sql { SQL_GRANTED, SQL_HELD, SQL_ADDRESSABLE, SQL__MAX };

#define CIRCLE "c.id, c.ref, c.kind, c.name"

/* Community first, then sectors in the table's order, then agreements. */
#define IN_ORDER                                        \
	" ORDER BY CASE c.kind WHEN 'community' THEN 0" \
	" WHEN 'sector' THEN 1 ELSE 2 END, c.sector, c.ref"

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_GRANTED] =
	    "SELECT " CIRCLE ", g.max_label, a.ref, a.kind, a.signed_at,"
	    " g.from_at, g.until_at,"
	    " (SELECT COUNT(DISTINCT h.organisation) FROM access_grant h"
	    " WHERE h.circle = c.id AND " ACCESS_GRANT_VALID("h", "$1") ")"
	    " FROM access_grant g"
	    " JOIN circle c ON c.id = g.circle"
	    " JOIN agreement a ON a.id = g.agreement"
	    " WHERE " ACCESS_GRANT_VALID("g", "$1")
	    " AND g.organisation = $2" IN_ORDER ", a.id",
	[SQL_HELD] =
	    "SELECT " CIRCLE " FROM circle c WHERE c.id IN ("
	    "SELECT g.circle FROM access_grant g"
	    " WHERE " ACCESS_GRANT_VALID("g", "$1")
	    " AND g.organisation = $2)" IN_ORDER,
	[SQL_ADDRESSABLE] =
	    "SELECT " CIRCLE " FROM circle c WHERE EXISTS ("
	    "SELECT 1 FROM access_grant g WHERE g.circle = c.id"
	    " AND " ACCESS_GRANT_VALID("g", "$1")
	    " AND (g.organisation = $2"
	    " OR ($3 = 1 AND c.kind IN ('community', 'sector'))))" IN_ORDER,
};
/* clang-format on */

static const char *const kinds[CIRCLE_KIND__MAX + 1] = {
	[CIRCLE_PUBLIC] = "public",
	[CIRCLE_COMMUNITY] = "community",
	[CIRCLE_SECTOR] = "sector",
	[CIRCLE_AGREEMENT] = "agreement",
	[CIRCLE_OWN] = "own",
};

/* The columns of CIRCLE.  The CHECK of the table knows the same kinds. */
static void
fill(struct ctx *ctx, struct db_rows *rows, struct circle *c)
{
	int kind = text_index(kinds, db_col_peek(rows, 2, NULL));

	c->id = db_col_int(rows, 0);
	c->ref = db_col_text(rows, 1, ctx->arena);
	c->name = db_col_text(rows, 3, ctx->arena);
	c->kind = kind >= 0 ? (enum circle_kind)kind : CIRCLE_OWN;
}

static void
fill_grant(struct ctx *ctx, struct db_rows *rows, struct circle_grant *g)
{
	fill(ctx, rows, &g->circle);
	g->max_label = (enum tlp)db_col_int(rows, 4);
	g->agreement_ref = db_col_text(rows, 5, ctx->arena);
	g->agreement_kind = db_col_text(rows, 6, ctx->arena);
	g->signed_at = db_col_int(rows, 7);
	g->from_at = db_col_int(rows, 8);
	g->until_at = db_col_int(rows, 9);
	g->organisations = db_col_int(rows, 10);
}

enum err
circle_granted(struct ctx *ctx, struct circle_grant **grants, size_t *n)
{
	struct db_rows *rows;
	struct circle_grant *all = NULL;

	*n = 0;
	rows = db_query(ctx->db, sql[SQL_GRANTED],
	    DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill_grant(ctx, rows, &all[(*n)++]);
	}
	*grants = all;
	return db_done(rows);
}

/* Ends a query of the columns of CIRCLE. */
static enum err
take(struct ctx *ctx, struct db_rows *rows, struct circle **circles, size_t *n)
{
	struct circle *all = NULL;

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx, rows, &all[(*n)++]);
	}
	*circles = all;
	return db_done(rows);
}

enum err
circle_held(struct ctx *ctx, struct circle **circles, size_t *n)
{
	return take(ctx,
	    db_query(ctx->db, sql[SQL_HELD],
		DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation))),
	    circles, n);
}

enum err
circle_addressable(struct ctx *ctx, struct circle **circles, size_t *n)
{
	bool is_institution = ctx->actor.organisation != 0 &&
	    ctx->actor.organisation_kind == ORG_INSTITUTION;

	return take(ctx,
	    db_query(ctx->db, sql[SQL_ADDRESSABLE],
		DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation),
		    db_i(is_institution))),
	    circles, n);
}

const struct circle *
circle_find(const struct circle *circles, size_t n, const char *ref)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(circles[i].ref, ref) == 0)
			return &circles[i];
	return NULL;
}
