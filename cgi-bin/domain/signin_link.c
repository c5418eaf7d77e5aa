/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/signin_link.h"

#include "domain/credential.h"

static const char purpose[] = "entente sign-in link";

enum { SQL_ADD, SQL_LOAD, SQL_USE, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_ADD] = "INSERT INTO signin_link (digest, person, expires_at)"
		    " VALUES ($1, $2, $3)",
	[SQL_LOAD] =
	    "SELECT person FROM signin_link"
	    " WHERE digest = $1 AND used_at IS NULL AND expires_at > $2",
	[SQL_USE] = "UPDATE signin_link SET used_at = $1"
		    " WHERE digest = $2 AND used_at IS NULL",
};

enum err
signin_link_new(
    struct ctx *ctx, int64_t person, int64_t expires_at, char token[TOKEN_TEXT])
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	token_new(token);
	if ((rc = token_digest(token, purpose, digest)) != ERR_OK ||
	    (rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->auth, sql[SQL_ADD],
	    DB_ARGS(
		db_b(digest, DIGEST_BYTES), db_i(person), db_i(expires_at)));
	return db_end(ctx->auth, rc);
}

enum err
signin_link_find(struct ctx *ctx, const char *token, struct person **person)
{
	uint8_t digest[DIGEST_BYTES];
	int64_t id = 0;
	enum err rc;

	*person = NULL;
	if (token_digest(token, purpose, digest) != ERR_OK)
		return ERR_NOT_FOUND;
	rc = db_one_int(ctx->auth, sql[SQL_LOAD],
	    DB_ARGS(db_b(digest, DIGEST_BYTES), db_i(ctx->now_at)), &id);
	if (rc == ERR_OK)
		rc = person_by_id(ctx, id, person);
	if (rc == ERR_OK && !credential_may_sign_in(*person))
		rc = ERR_NOT_FOUND;
	if (rc != ERR_OK)
		*person = NULL;
	return rc;
}

enum err
signin_link_use(struct ctx *ctx, const char *token, struct person **person)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	if ((rc = signin_link_find(ctx, token, person)) != ERR_OK)
		return rc;
	if ((rc = token_digest(token, purpose, digest)) != ERR_OK ||
	    (rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->auth, sql[SQL_USE],
	    DB_ARGS(db_i(ctx->now_at), db_b(digest, DIGEST_BYTES)));
	rc = db_end(ctx->auth, rc);
	return rc == ERR_STALE ? ERR_NOT_FOUND : rc;
}
