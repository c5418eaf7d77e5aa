/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/counter.h"

#include "base/clock.h"

enum { SQL_NEXT, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_NEXT] =
	    "INSERT INTO counter (name, year, last) VALUES ($1, $2, 1)"
	    " ON CONFLICT (name, year) DO UPDATE SET last = counter.last + 1"
	    " RETURNING last",
};

enum err
counter_next(struct ctx *ctx, const char *kind, char **ref)
{
	struct clock_parts now;
	int64_t number;
	enum err rc;

	*ref = NULL;
	clock_split(ctx->now_at, &now);
	rc = db_one_int(ctx->db, sql[SQL_NEXT],
	    DB_ARGS(db_t(kind), db_i(now.year)), &number);
	if (rc == ERR_OK)
		*ref = arena_printf(ctx->arena, "%s-%04d-%04lld", kind,
		    now.year, (long long)number);
	return rc;
}
