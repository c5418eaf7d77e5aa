/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/throttle.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/clock.h"
#include "crypt/token.h"

/* Tokens are kept in thousandths, so that slow refills lose nothing. */
enum { WHOLE = 1000, FORGET_AT_ONCE = 100 };

/*
 * An office behind one address signs in at nine o'clock: hence the wide
 * bucket of an address.  A person mistypes a few times.
 */
static const struct {
	const char *name;
	int burst;
	int refill_s; /* for one token */
} kinds[THROTTLE__MAX] = {
	[THROTTLE_ACCOUNT] = { "account", 10, 60 },
	[THROTTLE_ADDRESS] = { "address", 60, 1 },
	[THROTTLE_BROWSER] = { "browser", 10, 60 },
};

enum { SQL_LOAD, SQL_STORE, SQL_FORGET, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_LOAD] = "SELECT tokens, filled_at FROM throttle WHERE digest = $1",
	[SQL_STORE] =
	    "INSERT INTO throttle (digest, tokens, filled_at)"
	    " VALUES ($1, $2, $3)"
	    " ON CONFLICT (digest) DO UPDATE"
	    " SET tokens = excluded.tokens, filled_at = excluded.filled_at",
	[SQL_FORGET] =
	    "DELETE FROM throttle WHERE digest IN"
	    " (SELECT digest FROM throttle WHERE filled_at < $1 LIMIT $2)",
};

int
throttle_burst(enum throttle_kind kind)
{
	return kinds[kind].burst;
}

int
throttle_refill_s(enum throttle_kind kind)
{
	return kinds[kind].refill_s;
}

/* Time in which an empty bucket of this kind becomes full. */
static int64_t
full_us(enum throttle_kind kind)
{
	return kinds[kind].burst * kinds[kind].refill_s * CLOCK_S;
}

/* Who has one IPv6 address has its /64: 2^64 of them. */
static void
network_of(const char *address, char out[INET6_ADDRSTRLEN])
{
	struct in6_addr six;

	if (inet_pton(AF_INET6, address, &six) != 1) {
		out[0] = '\0';
		return;
	}
	memset(six.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &six, out, INET6_ADDRSTRLEN);
}

static void
digest_of(enum throttle_kind kind, const char *key, uint8_t out[DIGEST_BYTES])
{
	char network[INET6_ADDRSTRLEN] = "";
	struct digest d;

	if (kind == THROTTLE_ADDRESS)
		network_of(key, network);
	if (network[0] != '\0')
		key = network;
	digest_start(&d);
	digest_feed(&d, kinds[kind].name, strlen(kinds[kind].name) + 1);
	digest_feed(&d, key, strlen(key));
	digest_finish(&d, out);
}

/* What is in the bucket now, in thousandths. */
static enum err
level(struct ctx *ctx, enum throttle_kind kind,
    const uint8_t digest[DIGEST_BYTES], int64_t *tokens)
{
	struct db_rows *rows;
	const int64_t full = (int64_t)kinds[kind].burst * WHOLE;
	int64_t passed;

	*tokens = full;
	rows = db_query(
	    ctx->auth, sql[SQL_LOAD], DB_ARGS(db_b(digest, DIGEST_BYTES)));
	if (db_next(rows)) {
		passed = ctx->now_at - db_col_int(rows, 1);
		if (passed < 0)
			passed = 0; /* the clock was set back */
		if (passed < full_us(kind))
			*tokens = db_col_int(rows, 0) +
			    passed / (kinds[kind].refill_s * WHOLE);
		if (*tokens > full)
			*tokens = full;
	}
	return db_done(rows);
}

static enum err
store(struct ctx *ctx, const uint8_t digest[DIGEST_BYTES], int64_t tokens)
{
	return db_exec(ctx->auth, sql[SQL_STORE],
	    DB_ARGS(
		db_b(digest, DIGEST_BYTES), db_i(tokens), db_i(ctx->now_at)));
}

/*
 * Every bucket is full after the slowest kind's time; some of those are
 * dropped with each try, so that a flood of keys goes as it came.
 */
static enum err
forget(struct ctx *ctx)
{
	int64_t slowest = 0;

	for (enum throttle_kind k = 0; k < THROTTLE__MAX; k++)
		if (full_us(k) > slowest)
			slowest = full_us(k);
	return db_exec(ctx->auth, sql[SQL_FORGET],
	    DB_ARGS(db_i(ctx->now_at - slowest), db_i(FORGET_AT_ONCE)));
}

enum err
throttle_take(
    struct ctx *ctx, enum throttle_kind kind, const char *key, int *retry_s)
{
	uint8_t digest[DIGEST_BYTES];
	int64_t tokens, missing;
	enum err rc;

	*retry_s = 0;
	digest_of(kind, key, digest);
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	if ((rc = forget(ctx)) != ERR_OK ||
	    (rc = level(ctx, kind, digest, &tokens)) != ERR_OK)
		goto out;
	if (tokens < WHOLE) {
		missing = (WHOLE - tokens) * kinds[kind].refill_s;
		*retry_s = (int)((missing + WHOLE - 1) / WHOLE);
		rc = ERR_TOO_MANY;
		goto out;
	}
	rc = store(ctx, digest, tokens - WHOLE);
out:
	return db_end(ctx->auth, rc);
}

enum err
throttle_give(struct ctx *ctx, enum throttle_kind kind, const char *key)
{
	uint8_t digest[DIGEST_BYTES];
	int64_t tokens;
	enum err rc;

	digest_of(kind, key, digest);
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	if ((rc = level(ctx, kind, digest, &tokens)) == ERR_OK)
		rc = store(ctx, digest, tokens + WHOLE);
	return db_end(ctx->auth, rc);
}
