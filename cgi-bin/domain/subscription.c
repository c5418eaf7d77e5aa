/* SPDX-License-Identifier: Apache-2.0 */
/* Which sectors and measures a person wants to hear of. */
#include "domain/subscription.h"

#include "domain/document.h"
#include "domain/sector.h"

enum { SQL_LOAD, SQL_SET, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_LOAD] =
	    "SELECT sectors, measures FROM subscription WHERE person = $1",
	[SQL_SET] = "INSERT INTO subscription (person, sectors, measures)"
		    " VALUES ($1, $2, $3) ON CONFLICT (person) DO UPDATE SET"
		    " sectors = excluded.sectors,"
		    " measures = excluded.measures",
};

enum err
subscription_load(struct ctx *ctx, struct subscription *out)
{
	struct db_rows *rows;

	out->sectors = out->measures = 0;
	if (ctx->actor.person == 0)
		return ERR_OK;
	rows =
	    db_query(ctx->db, sql[SQL_LOAD], DB_ARGS(db_i(ctx->actor.person)));
	if (db_next(rows)) {
		out->sectors = db_col_int(rows, 0);
		out->measures = db_col_int(rows, 1);
	}
	return db_done(rows);
}

static bool
is_within(int64_t mask, int bits)
{
	return (mask & ~(((int64_t)1 << bits) - 1)) == 0;
}

enum err
subscription_set(struct ctx *ctx, const struct subscription *s)
{
	enum err rc;

	if (ctx->actor.person == 0)
		return ERR_FORBIDDEN;
	if (!is_within(s->sectors, SECTOR_COUNT) ||
	    !is_within(s->measures, MEASURE_COUNT))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->db, sql[SQL_SET],
	    DB_ARGS(
		db_i(ctx->actor.person), db_i(s->sectors), db_i(s->measures)));
	return db_end(ctx->db, rc);
}
