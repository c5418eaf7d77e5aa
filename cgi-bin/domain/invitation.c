/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "crypt/token.h"
#include "domain/person.h"
#include "domain/record.h"

/* Changing it ends every invitation that is under way. */
static const char purpose[] = "entente invitation";

enum sql {
	SQL_INSERT,
	SQL_END,
	SQL_FIND,
	SQL_USED,
	SQL_USE,
	SQL_ACTIVATE,
	SQL__MAX
};

static const char *const sql[SQL__MAX] = {
	[SQL_INSERT] =
	    "INSERT INTO invitation (digest, person, created_by, created_at,"
	    " expires_at) VALUES ($1, $2, $3, $4, $5)",
	[SQL_END] = "UPDATE invitation SET expires_at = $1"
		    " WHERE person = $2 AND used_at IS NULL"
		    " AND expires_at > $1",
	[SQL_FIND] = "SELECT i.person, i.expires_at FROM invitation i"
		     " JOIN person p ON p.id = i.person"
		     " JOIN organisation o ON o.id = p.organisation"
		     " WHERE i.digest = $1 AND i.used_at IS NULL"
		     " AND i.expires_at > $2"
		     " AND p.state = 'invited' AND o.state = 'admitted'",
	[SQL_USED] = "SELECT person FROM invitation"
		     " WHERE digest = $1 AND used_at IS NOT NULL",
	[SQL_USE] = "UPDATE invitation SET used_at = $1"
		    " WHERE digest = $2 AND used_at IS NULL",
	[SQL_ACTIVATE] = "UPDATE person SET state = 'active'"
			 " WHERE id = $1 AND state = 'invited'",
};

enum err
invitation_end_all(struct ctx *ctx, int64_t person)
{
	return db_exec(
	    ctx->db, sql[SQL_END], DB_ARGS(db_i(ctx->now_at), db_i(person)));
}

enum err
invitation_make(struct ctx *ctx, int64_t person, char **token)
{
	uint8_t digest[DIGEST_BYTES];
	char text[TOKEN_TEXT];
	enum err rc;

	*token = NULL;
	if ((rc = invitation_end_all(ctx, person)) != ERR_OK)
		return rc;
	token_new(text);
	if ((rc = token_digest(text, purpose, digest)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->db, sql[SQL_INSERT],
	    DB_ARGS(db_b(digest, sizeof(digest)), db_i(person),
		db_id(ctx->actor.person), db_i(ctx->now_at),
		db_i(ctx->now_at + ctx->conf->invitation_s * CLOCK_S)));
	if (rc == ERR_OK)
		*token = arena_copy(ctx->arena, text);
	secret_wipe(text, sizeof(text));
	return rc;
}

static enum err
find(struct ctx *ctx, const uint8_t digest[DIGEST_BYTES], struct person **p,
    int64_t *expires_at)
{
	struct db_rows *rows;
	int64_t id = 0;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_FIND],
	    DB_ARGS(db_b(digest, DIGEST_BYTES), db_i(ctx->now_at)));
	if (db_next(rows)) {
		id = db_col_int(rows, 0);
		*expires_at = db_col_int(rows, 1);
	}
	if ((rc = db_done(rows)) != ERR_OK)
		return rc;
	return id != 0 ? person_by_id(ctx, id, p) : ERR_NOT_FOUND;
}

enum err
invitation_find(
    struct ctx *ctx, const char *token, struct person **p, int64_t *expires_at)
{
	uint8_t digest[DIGEST_BYTES];

	*p = NULL;
	*expires_at = 0;
	if (token_digest(token, purpose, digest) != ERR_OK)
		return ERR_NOT_FOUND;
	return find(ctx, digest, p, expires_at);
}

enum err
invitation_used(struct ctx *ctx, const char *token, int64_t *person)
{
	uint8_t digest[DIGEST_BYTES];

	*person = 0;
	if (token_digest(token, purpose, digest) != ERR_OK)
		return ERR_NOT_FOUND;
	return db_one_int(ctx->db, sql[SQL_USED],
	    DB_ARGS(db_b(digest, sizeof(digest))), person);
}

/* Nobody is signed in yet, or the console makes a demonstration: who joins
   is who acts, unless it is the console. */
static enum err
record_joined(struct ctx *ctx, const struct person *p)
{
	struct ctx joining = *ctx;
	json_t *what = json_object();

	if (!ctx->actor.is_console) {
		joining.actor = (struct actor){ .person = p->id,
			.ref = p->ref,
			.organisation = p->organisation,
			.organisation_ref = p->organisation_ref };
	}
	json_object_set_new(
	    what, "organisation", json_string(p->organisation_ref));
	return record_append(&joining, RECORD_PERSON_JOINED, p->ref, what);
}

enum err
invitation_use(struct ctx *ctx, const char *token)
{
	uint8_t digest[DIGEST_BYTES];
	struct person *p = NULL;
	int64_t expires_at;
	enum err rc;

	if (token_digest(token, purpose, digest) != ERR_OK)
		return ERR_NOT_FOUND;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = find(ctx, digest, &p, &expires_at)) != ERR_OK)
		goto out;
	if ((rc = db_exec_one(ctx->db, sql[SQL_USE],
		 DB_ARGS(db_i(ctx->now_at), db_b(digest, sizeof(digest))))) !=
	    ERR_OK)
		goto out;
	if ((rc = db_exec_one(
		 ctx->db, sql[SQL_ACTIVATE], DB_ARGS(db_i(p->id)))) != ERR_OK)
		goto out;
	rc = record_joined(ctx, p);
out:
	return db_end(ctx->db, rc);
}
