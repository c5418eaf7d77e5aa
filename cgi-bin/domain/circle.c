/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/circle.h"

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/list.h"

enum sql {
	SQL_GRANTED,
	SQL_LOAD,
	SQL_OPENINGS,
	SQL_BY_ID,
	SQL_ADDRESSABLE,
	SQL_MAY_ADDRESS,
	SQL__MAX
};

#define CIRCLE "c.id, c.ref, c.kind, c.name"

/* When the grant g is over: by term, or before by notice. */
#define GRANT_ENDS                                                 \
	"CASE WHEN g.ended_at IS NOT NULL AND (g.until_at IS NULL" \
	" OR g.ended_at < g.until_at) THEN g.ended_at ELSE g.until_at END"

/* Community first, then sectors in the table's order, then agreements. */
#define IN_ORDER                                        \
	" ORDER BY CASE c.kind WHEN 'community' THEN 0" \
	" WHEN 'sector' THEN 1 ELSE 2 END, c.sector, c.ref"

/* clang-format off */

/* An item to c: $1 now, $2 the organisation, $3 is it an institution. */
#define MAY_ADDRESS \
	"EXISTS (SELECT 1 FROM access_grant g WHERE g.circle = c.id" \
	" AND " ACCESS_GRANT_VALID("g", "$1") \
	" AND (g.organisation = $2" \
	" OR ($3 = 1 AND c.kind IN ('community', 'sector'))))"

static const char *const sql[SQL__MAX] = {
	[SQL_GRANTED] =
	    "SELECT " CIRCLE ", g.max_label, a.ref, a.kind, a.signed_at,"
	    " g.from_at, " GRANT_ENDS ", v.title,"
	    " (SELECT COUNT(DISTINCT h.organisation) FROM access_grant h"
	    " WHERE h.circle = c.id AND " ACCESS_GRANT_VALID("h", "$1") ")"
	    " FROM access_grant g"
	    " JOIN circle c ON c.id = g.circle"
	    " JOIN agreement a ON a.id = g.agreement"
	    " LEFT JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " WHERE " ACCESS_GRANT_VALID("g", "$1")
	    " AND g.organisation = $2" IN_ORDER ", a.id",
	[SQL_LOAD] =
	    "SELECT " CIRCLE " FROM circle c WHERE EXISTS ("
	    "SELECT 1 FROM access_grant g WHERE g.circle = c.id"
	    " AND " ACCESS_GRANT_VALID("g", "$1")
	    " AND g.organisation = $2) AND c.ref = $3",
	[SQL_OPENINGS] =
	    "SELECT o.ref, o.name, o.id = $1, g.max_label, a.ref, a.kind,"
	    " v.title, g.from_at, " GRANT_ENDS ","
	    " (o.id = $1 OR a.publication = 'everybody' OR EXISTS ("
	    "SELECT 1 FROM agreement_party p WHERE p.agreement = a.id"
	    " AND p.organisation = $1))"
	    " FROM access_grant g"
	    " JOIN agreement a ON a.id = g.agreement"
	    " JOIN organisation o ON o.id = g.organisation"
	    " LEFT JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " WHERE " ACCESS_GRANT_VALID("g", "$2") " AND g.circle = $3"
	    " ORDER BY o.ref, a.id",
	[SQL_BY_ID] = "SELECT " CIRCLE " FROM circle c WHERE c.id = $1",
	[SQL_ADDRESSABLE] =
	    "SELECT " CIRCLE " FROM circle c WHERE " MAY_ADDRESS IN_ORDER,
	[SQL_MAY_ADDRESS] =
	    "SELECT " CIRCLE " FROM circle c WHERE " MAY_ADDRESS
	    " AND c.ref = $4",
};
/* clang-format on */

static const char *const kinds[CIRCLE_KIND__MAX + 1] = {
	[CIRCLE_PUBLIC] = "public",
	[CIRCLE_COMMUNITY] = "community",
	[CIRCLE_SECTOR] = "sector",
	[CIRCLE_AGREEMENT] = "agreement",
	[CIRCLE_OWN] = "own",
};

/* The CHECK of the table knows the same kinds. */
void
circle_fill(struct ctx *ctx, struct db_rows *rows, int column, struct circle *c)
{
	int kind = text_index(kinds, db_col_peek(rows, column + 2, NULL));

	c->id = db_col_int(rows, column);
	c->ref = db_col_text(rows, column + 1, ctx->arena);
	c->name = db_col_text(rows, column + 3, ctx->arena);
	c->kind = kind >= 0 ? (enum circle_kind)kind : CIRCLE_OWN;
}

static void
fill_grant(struct ctx *ctx, struct db_rows *rows, struct circle_grant *g)
{
	circle_fill(ctx, rows, 0, &g->circle);
	g->max_label = (enum tlp)db_col_int(rows, 4);
	g->agreement_ref = db_col_text(rows, 5, ctx->arena);
	g->agreement_kind = db_col_text(rows, 6, ctx->arena);
	g->signed_at = db_col_int(rows, 7);
	g->from_at = db_col_int(rows, 8);
	g->until_at = db_col_int(rows, 9);
	g->agreement_title = db_col_text(rows, 10, ctx->arena);
	g->organisations = db_col_int(rows, 11);
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

/* Ends a query of one circle. */
static enum err
take_one(struct ctx *ctx, struct db_rows *rows, struct circle *c)
{
	bool is_found;
	enum err rc;

	memset(c, 0, sizeof(*c));
	if ((is_found = db_next(rows)))
		circle_fill(ctx, rows, 0, c);
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

enum err
circle_load(struct ctx *ctx, const char *ref, struct circle *c)
{
	return take_one(ctx,
	    db_query(ctx->db, sql[SQL_LOAD],
		DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation),
		    db_t(ref))),
	    c);
}

enum err
circle_by_id(struct ctx *ctx, int64_t id, struct circle *c)
{
	return take_one(
	    ctx, db_query(ctx->db, sql[SQL_BY_ID], DB_ARGS(db_i(id))), c);
}

static void
fill_opening(struct ctx *ctx, struct db_rows *rows, struct circle_opening *o)
{
	o->organisation_ref = db_col_text(rows, 0, ctx->arena);
	o->organisation_name = db_col_text(rows, 1, ctx->arena);
	o->is_own = db_col_int(rows, 2) != 0;
	o->max_label = (enum tlp)db_col_int(rows, 3);
	o->from_at = db_col_int(rows, 7);
	o->until_at = db_col_int(rows, 8);
	/* An agreement between others is theirs to tell of. */
	if (db_col_int(rows, 9) == 0)
		return;
	o->agreement_ref = db_col_text(rows, 4, ctx->arena);
	o->agreement_kind = db_col_text(rows, 5, ctx->arena);
	o->agreement_title = db_col_text(rows, 6, ctx->arena);
}

enum err
circle_openings(struct ctx *ctx, const char *ref,
    struct circle_opening **openings, size_t *n)
{
	struct circle_opening *all = NULL;
	struct circle c;
	struct db_rows *rows;
	enum err rc;

	*openings = NULL;
	*n = 0;
	if ((rc = circle_load(ctx, ref, &c)) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_OPENINGS],
	    DB_ARGS(
		db_i(ctx->actor.organisation), db_i(ctx->now_at), db_i(c.id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill_opening(ctx, rows, &all[(*n)++]);
	}
	*openings = all;
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
		circle_fill(ctx, rows, 0, &all[(*n)++]);
	}
	*circles = all;
	return db_done(rows);
}

static bool
is_institution(const struct ctx *ctx)
{
	return ctx->actor.organisation != 0 &&
	    ctx->actor.organisation_kind == ORG_INSTITUTION;
}

enum err
circle_addressable(struct ctx *ctx, struct circle **circles, size_t *n)
{
	return take(ctx,
	    db_query(ctx->db, sql[SQL_ADDRESSABLE],
		DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation),
		    db_i(is_institution(ctx)))),
	    circles, n);
}

enum err
circle_may_address(struct ctx *ctx, const char *ref, struct circle *c)
{
	return take_one(ctx,
	    db_query(ctx->db, sql[SQL_MAY_ADDRESS],
		DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation),
		    db_i(is_institution(ctx)), db_t(ref))),
	    c);
}

const char **
circle_refs(struct arena *arena, const struct circle *circles, size_t n)
{
	const char **refs = arena_array(arena, n + 1, sizeof(*refs));

	for (size_t i = 0; i < n; i++)
		refs[i] = circles[i].ref;
	return refs;
}

const struct circle *
circle_find(const struct circle *circles, size_t n, const char *ref)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(circles[i].ref, ref) == 0)
			return &circles[i];
	return NULL;
}
