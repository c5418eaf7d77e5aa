/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/submission.h"

#include <string.h>

#include "base/clock.h"
#include "crypt/token.h"

static const char purpose[] = "entente submission";

enum { KEPT_DAYS = 2 };

enum sql { SQL_FIND, SQL_INSERT, SQL_TIDY, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_FIND] = "SELECT location FROM submission"
		     " WHERE digest = $1 AND person = $2",
	[SQL_INSERT] = "INSERT INTO submission (digest, person, location,"
		       " done_at) VALUES ($1, $2, $3, $4)",
	[SQL_TIDY] = "DELETE FROM submission WHERE done_at < $1",
};

/* Forms of one page share their key: person and path tell them apart. */
static enum err
digest_of(struct ctx *ctx, const char *key, const char *path,
    uint8_t out[DIGEST_BYTES])
{
	uint8_t key_digest[DIGEST_BYTES];
	struct digest sum;
	enum err rc;

	if ((rc = token_digest(key, purpose, key_digest)) != ERR_OK)
		return rc;
	digest_start(&sum);
	digest_feed(&sum, key_digest, sizeof(key_digest));
	digest_feed(&sum, &ctx->actor.person, sizeof(ctx->actor.person));
	digest_feed(&sum, path, strlen(path));
	digest_finish(&sum, out);
	return ERR_OK;
}

enum err
submission_check(
    struct ctx *ctx, const char *key, const char *path, char **location)
{
	uint8_t digest[DIGEST_BYTES];
	struct db_rows *rows;
	enum err rc;

	*location = NULL;
	if ((rc = digest_of(ctx, key, path, digest)) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_FIND],
	    DB_ARGS(db_b(digest, sizeof(digest)), db_i(ctx->actor.person)));
	if (db_next(rows))
		*location = db_col_text(rows, 0, ctx->arena);
	rc = db_done(rows);
	return rc == ERR_OK && *location != NULL ? ERR_REPEATED : rc;
}

enum err
submission_note(
    struct ctx *ctx, const char *key, const char *path, const char *location)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	if ((rc = digest_of(ctx, key, path, digest)) != ERR_OK)
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->db, sql[SQL_INSERT],
	    DB_ARGS(db_b(digest, sizeof(digest)), db_i(ctx->actor.person),
		db_t(location), db_i(ctx->now_at)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->db, sql[SQL_TIDY],
		    DB_ARGS(db_i(ctx->now_at - KEPT_DAYS * CLOCK_DAY)));
	return db_end(ctx->db, rc);
}
