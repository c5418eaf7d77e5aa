/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/pending.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"

enum { FORGET_AT_ONCE = 100 };

/* `purpose` keys the digest: a token of one kind is none of another. */
static const struct {
	const char *word;
	const char *purpose;
	int keep_s;
} kinds[PENDING__MAX] = {
	[PENDING_CODE] = { "code", "entente pending code", 600 },
	[PENDING_ENROL] = { "enrol", "entente pending enrol", 1800 },
	[PENDING_FACTOR] = { "factor", "entente pending factor", 1800 },
};

enum {
	SQL_ADD,
	SQL_LOAD,
	SQL_TRY,
	SQL_DONE,
	SQL_WHOSE,
	SQL_END,
	SQL_FORGET,
	SQL__MAX
};

static const char *const sql[SQL__MAX] = {
	[SQL_ADD] = "INSERT INTO pending"
		    " (digest, kind, person, password, totp, tries, expires_at)"
		    " VALUES ($1, $2, $3, $4, $5, 0, $6)",
	[SQL_LOAD] = "SELECT person, password, totp FROM pending"
		     " WHERE digest = $1 AND kind = $2 AND expires_at > $3"
		     " AND tries < $4",
	[SQL_TRY] = "UPDATE pending SET tries = tries + 1 WHERE digest = $1",
	[SQL_DONE] = "UPDATE pending SET password = NULL, totp = NULL,"
		     " tries = $1 WHERE digest = $2 AND kind = $3",
	[SQL_WHOSE] = "SELECT person FROM pending"
		      " WHERE digest = $1 AND kind = $2 AND expires_at > $3",
	[SQL_END] = "DELETE FROM pending WHERE digest = $1 AND kind = $2",
	[SQL_FORGET] =
	    "DELETE FROM pending WHERE digest IN"
	    " (SELECT digest FROM pending WHERE expires_at <= $1 LIMIT $2)",
};

int
pending_s(enum pending_kind kind)
{
	return kinds[kind].keep_s;
}

void
pending_wipe(struct pending *p)
{
	secret_wipe(p, sizeof(*p));
}

static enum err
digest_of(
    enum pending_kind kind, const char *token, uint8_t digest[DIGEST_BYTES])
{
	if (token == NULL ||
	    token_digest(token, kinds[kind].purpose, digest) != ERR_OK)
		return ERR_NOT_FOUND;
	return ERR_OK;
}

static enum err
add(struct ctx *ctx, const struct pending *p,
    const uint8_t digest[DIGEST_BYTES])
{
	const bool has_totp = p->kind != PENDING_CODE;
	enum err rc;

	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->auth, sql[SQL_FORGET],
	    DB_ARGS(db_i(ctx->now_at), db_i(FORGET_AT_ONCE)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->auth, sql[SQL_ADD],
		    DB_ARGS(db_b(digest, DIGEST_BYTES),
			db_t(kinds[p->kind].word), db_i(p->person),
			db_t(p->password[0] != '\0' ? p->password : NULL),
			has_totp ? db_b(p->totp, TOTP_SECRET) : db_null(),
			db_i(ctx->now_at + kinds[p->kind].keep_s * CLOCK_S)));
	return db_end(ctx->auth, rc);
}

enum err
pending_new(struct ctx *ctx, const struct pending *p, char token[TOKEN_TEXT])
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	token_new(token);
	rc = digest_of(p->kind, token, digest);
	return rc == ERR_OK ? add(ctx, p, digest) : ERR_INTERNAL;
}

/* Straight into the caller's struct: secrets are never in an arena. */
static enum err
row(struct db_rows *rows, struct pending *p)
{
	const char *bytes;
	size_t len;

	p->person = db_col_int(rows, 0);
	bytes = db_col_peek(rows, 1, &len);
	if (bytes != NULL && len >= sizeof(p->password))
		return ERR_CORRUPT;
	if (bytes != NULL)
		memcpy(p->password, bytes, len);
	bytes = db_col_peek(rows, 2, &len);
	if (bytes != NULL && len != TOTP_SECRET)
		return ERR_CORRUPT;
	if (bytes != NULL)
		memcpy(p->totp, bytes, len);
	return ERR_OK;
}

static enum err
load(struct ctx *ctx, const uint8_t digest[DIGEST_BYTES], struct pending *p)
{
	struct db_rows *rows;
	enum err rc = ERR_NOT_FOUND, done;

	rows = db_query(ctx->auth, sql[SQL_LOAD],
	    DB_ARGS(db_b(digest, DIGEST_BYTES), db_t(kinds[p->kind].word),
		db_i(ctx->now_at), db_i(PENDING_TRIES)));
	if (db_next(rows))
		rc = row(rows, p);
	if ((done = db_done(rows)) != ERR_OK)
		rc = done;
	if (rc == ERR_CORRUPT)
		log_line(LOG_ERROR, "pending", "a row is not as written");
	return rc;
}

static void
start(struct pending *p, enum pending_kind kind)
{
	memset(p, 0, sizeof(*p));
	p->kind = kind;
}

enum err
pending_find(struct ctx *ctx, enum pending_kind kind, const char *token,
    struct pending *p)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	start(p, kind);
	if ((rc = digest_of(kind, token, digest)) != ERR_OK)
		return rc;
	return load(ctx, digest, p);
}

enum err
pending_try(struct ctx *ctx, enum pending_kind kind, const char *token,
    struct pending *p)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	start(p, kind);
	if ((rc = digest_of(kind, token, digest)) != ERR_OK ||
	    (rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	if ((rc = load(ctx, digest, p)) == ERR_OK)
		rc = db_exec_one(ctx->auth, sql[SQL_TRY],
		    DB_ARGS(db_b(digest, DIGEST_BYTES)));
	return db_end(ctx->auth, rc);
}

enum err
pending_factor(struct ctx *ctx, const char *session_token, int64_t person,
    struct pending *p)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	start(p, PENDING_FACTOR);
	if ((rc = digest_of(p->kind, session_token, digest)) != ERR_OK ||
	    (rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	if ((rc = load(ctx, digest, p)) != ERR_NOT_FOUND)
		goto out;
	p->person = person;
	totp_secret_new(p->totp);
	/* One that was tried too often still has the key: it makes room. */
	rc = db_exec(ctx->auth, sql[SQL_END],
	    DB_ARGS(db_b(digest, DIGEST_BYTES), db_t(kinds[p->kind].word)));
	if (rc == ERR_OK)
		rc = add(ctx, p, digest);
out:
	return db_end(ctx->auth, rc);
}

enum err
pending_end(struct ctx *ctx, enum pending_kind kind, const char *token)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	if (digest_of(kind, token, digest) != ERR_OK)
		return ERR_OK;
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->auth, sql[SQL_END],
	    DB_ARGS(db_b(digest, DIGEST_BYTES), db_t(kinds[kind].word)));
	return db_end(ctx->auth, rc);
}

enum err
pending_done(struct ctx *ctx, enum pending_kind kind, const char *token)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	if (digest_of(kind, token, digest) != ERR_OK)
		return ERR_OK;
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->auth, sql[SQL_DONE],
	    DB_ARGS(db_i(PENDING_TRIES), db_b(digest, DIGEST_BYTES),
		db_t(kinds[kind].word)));
	return db_end(ctx->auth, rc);
}

enum err
pending_whose(
    struct ctx *ctx, enum pending_kind kind, const char *token, int64_t *person)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	*person = 0;
	if ((rc = digest_of(kind, token, digest)) != ERR_OK)
		return rc;
	return db_one_int(ctx->auth, sql[SQL_WHOSE],
	    DB_ARGS(db_b(digest, DIGEST_BYTES), db_t(kinds[kind].word),
		db_i(ctx->now_at)),
	    person);
}
