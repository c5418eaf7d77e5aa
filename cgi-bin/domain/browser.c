/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/browser.h"

#include <string.h>

#include "base/clock.h"

static const char purpose[] = "entente known browser";

enum {
	SQL_FIND,
	SQL_TRY,
	SQL_TAKE_BACK,
	SQL_FORGIVE,
	SQL_MOVE,
	SQL_ADD,
	SQL_LIMIT,
	SQL_TIDY,
	SQL_FORGET,
	SQL__MAX
};

static const char *const sql[SQL__MAX] = {
	[SQL_FIND] = "SELECT COUNT(*) FROM browser"
		     " WHERE digest = $1 AND person = $2 AND failures < $3"
		     " AND seen_at > $4",
	[SQL_TRY] = "UPDATE browser SET failures = failures + 1"
		    " WHERE digest = $1 AND person = $2",
	[SQL_TAKE_BACK] = "UPDATE browser SET failures = failures - 1"
			  " WHERE digest = $1 AND person = $2",
	[SQL_FORGIVE] = "UPDATE browser SET failures = 0"
			" WHERE digest = $1 AND person = $2",
	[SQL_MOVE] = "UPDATE browser SET digest = $1 WHERE digest = $2",
	[SQL_ADD] = "INSERT INTO browser (digest, person, failures, seen_at)"
		    " VALUES ($1, $2, 0, $3)"
		    " ON CONFLICT (digest, person) DO UPDATE"
		    " SET failures = 0, seen_at = excluded.seen_at",
	[SQL_LIMIT] = "DELETE FROM browser WHERE person = $1"
		      " AND digest NOT IN (SELECT digest FROM browser"
		      " WHERE person = $1 ORDER BY seen_at DESC LIMIT $2)",
	[SQL_TIDY] = "DELETE FROM browser WHERE seen_at <= $1",
	[SQL_FORGET] = "DELETE FROM browser WHERE person = $1",
};

static int64_t
oldest(const struct ctx *ctx)
{
	return ctx->now_at - BROWSER_DAYS * CLOCK_DAY;
}

enum err
browser_find(
    struct ctx *ctx, const char *token, int64_t person, struct browser *b)
{
	int64_t n = 0;
	enum err rc;

	memset(b, 0, sizeof(*b));
	b->person = person;
	/* No token is looked for like one that nobody has. */
	if (token == NULL || token_digest(token, purpose, b->digest) != ERR_OK)
		memset(b->digest, 0, sizeof(b->digest));
	rc = db_one_int(ctx->auth, sql[SQL_FIND],
	    DB_ARGS(db_b(b->digest, DIGEST_BYTES), db_i(person),
		db_i(BROWSER_FAILURES), db_i(oldest(ctx))),
	    &n);
	b->is_known = rc == ERR_OK && n == 1;
	return rc;
}

static enum err
change(struct ctx *ctx, int which, const struct browser *b)
{
	return db_exec(ctx->auth, sql[which],
	    DB_ARGS(db_b(b->digest, DIGEST_BYTES), db_i(b->person)));
}

enum err
browser_try(struct ctx *ctx, const struct browser *b)
{
	return change(ctx, SQL_TRY, b);
}

enum err
browser_take_back(struct ctx *ctx, const struct browser *b)
{
	return change(ctx, SQL_TAKE_BACK, b);
}

enum err
browser_forgive(struct ctx *ctx, const struct browser *b)
{
	return change(ctx, SQL_FORGIVE, b);
}

/* The row of this person, the others' beside it, and no more than there may
   be. */
static enum err
keep(struct ctx *ctx, const char *old, int64_t person,
    const uint8_t digest[DIGEST_BYTES])
{
	uint8_t was[DIGEST_BYTES];
	enum err rc = ERR_OK;

	if (old != NULL && token_digest(old, purpose, was) == ERR_OK)
		rc = db_exec(ctx->auth, sql[SQL_MOVE],
		    DB_ARGS(
			db_b(digest, DIGEST_BYTES), db_b(was, DIGEST_BYTES)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->auth, sql[SQL_ADD],
		    DB_ARGS(db_b(digest, DIGEST_BYTES), db_i(person),
			db_i(ctx->now_at)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->auth, sql[SQL_LIMIT],
		    DB_ARGS(db_i(person), db_i(BROWSER_MOST)));
	if (rc == ERR_OK)
		rc = db_exec(
		    ctx->auth, sql[SQL_TIDY], DB_ARGS(db_i(oldest(ctx))));
	return rc;
}

enum err
browser_remember(
    struct ctx *ctx, const char *old, int64_t person, char token[TOKEN_TEXT])
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	token_new(token);
	if ((rc = token_digest(token, purpose, digest)) != ERR_OK ||
	    (rc = db_begin(ctx->auth)) != ERR_OK)
		goto out;
	rc = db_end(ctx->auth, keep(ctx, old, person, digest));
out:
	if (rc != ERR_OK)
		secret_wipe(token, TOKEN_TEXT);
	return rc;
}

enum err
browser_forget(struct ctx *ctx, int64_t person)
{
	enum err rc;

	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->auth, sql[SQL_FORGET], DB_ARGS(db_i(person)));
	return db_end(ctx->auth, rc);
}
