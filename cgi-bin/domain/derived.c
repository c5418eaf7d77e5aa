/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/derived.h"

enum err
derived_run(
    struct ctx *ctx, const char *const *sql, const int *steps, int64_t id)
{
	enum err rc = ERR_OK;

	for (; rc == ERR_OK && *steps >= 0; steps++)
		rc = db_exec(ctx->db, sql[*steps], DB_ARGS(db_i(id)));
	return rc;
}

enum err
derived_verify(struct ctx *ctx, const char *const *sql,
    const struct derived_check *check, const char *noun, char **problem)
{
	const struct db_value now = db_i(ctx->now_at);
	int64_t n = 0;
	enum err rc = ERR_OK;

	*problem = NULL;
	for (; rc == ERR_OK && *problem == NULL && check->what != NULL;
	     check++) {
		rc = db_one_int(ctx->db, sql[check->statement], &now,
		    check->has_now ? 1 : 0, &n);
		if (rc == ERR_OK && n > 0)
			*problem = arena_printf(ctx->arena, "%s: %lld %s.",
			    noun, (long long)n, check->what);
	}
	return rc;
}
