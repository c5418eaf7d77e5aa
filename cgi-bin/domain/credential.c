/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/credential.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "domain/record.h"
#include "domain/session.h"
#include "domain/throttle.h"

static const char where[] = "credential";

enum {
	SQL_LOAD,
	SQL_COUNT_FAILURE,
	SQL_PASSWORD_RIGHT,
	SQL_STEP,
	SQL_FORGIVE,
	SQL_CODE_USE,
	SQL_CODES_LEFT,
	SQL_CODE_ADD,
	SQL_STORE,
	SQL_SET_PASSWORD,
	SQL_SET_TOTP,
	SQL_END_CODES,
	SQL_END_PENDING,
	SQL_END_SIGNINS,
	SQL_SPEND_LINKS,
	SQL_END_LINKS,
	SQL_END_PASSKEYS,
	SQL_END,
	SQL__MAX
};

static const char *const sql[SQL__MAX] = {
	[SQL_LOAD] = "SELECT password, totp, totp_step, failures, changed_at"
		     " FROM credential WHERE person = $1",
	[SQL_COUNT_FAILURE] =
	    "UPDATE credential SET failures = failures + 1 WHERE person = $1",
	/* One step back: the password's own count, not those of codes. */
	[SQL_PASSWORD_RIGHT] =
	    "UPDATE credential SET failures = failures - $1,"
	    " password = COALESCE($2, password) WHERE person = $3",
	[SQL_STEP] = "UPDATE credential SET totp_step = $1"
		     " WHERE person = $2 AND totp_step < $1",
	[SQL_FORGIVE] = "UPDATE credential SET failures = 0 WHERE person = $1",
	[SQL_CODE_USE] =
	    "UPDATE recovery_code SET used_at = $1"
	    " WHERE digest = $2 AND person = $3 AND used_at IS NULL",
	[SQL_CODES_LEFT] = "SELECT COUNT(*) FROM recovery_code"
			   " WHERE person = $1 AND used_at IS NULL",
	[SQL_CODE_ADD] =
	    "INSERT INTO recovery_code (digest, person) VALUES ($1, $2)",
	[SQL_STORE] =
	    "INSERT INTO credential"
	    " (person, password, totp, totp_step, failures, changed_at)"
	    " VALUES ($1, $2, $3, $4, 0, $5)"
	    " ON CONFLICT (person) DO UPDATE SET password = excluded.password,"
	    " totp = excluded.totp, totp_step = excluded.totp_step,"
	    " failures = 0, changed_at = excluded.changed_at",
	[SQL_SET_PASSWORD] =
	    "UPDATE credential SET password = $1, changed_at = $2"
	    " WHERE person = $3",
	[SQL_SET_TOTP] =
	    "UPDATE credential SET totp = $1, totp_step = $2, changed_at = $3"
	    " WHERE person = $4",
	[SQL_END_CODES] = "DELETE FROM recovery_code WHERE person = $1",
	[SQL_END_PENDING] = "DELETE FROM pending WHERE person = $1",
	[SQL_END_SIGNINS] =
	    "DELETE FROM pending WHERE person = $1 AND kind <> 'enrol'",
	[SQL_SPEND_LINKS] = "UPDATE signin_link SET used_at = $1"
			    " WHERE person = $2 AND used_at IS NULL",
	[SQL_END_LINKS] = "DELETE FROM signin_link WHERE person = $1",
	[SQL_END_PASSKEYS] = "DELETE FROM passkey WHERE person = $1",
	[SQL_END] = "DELETE FROM credential WHERE person = $1",
};

/* ---- a credential, on the stack and wiped ------------------------------ */

struct secret {
	bool exists;
	bool has_totp;
	char hash[PASSWORD_HASH]; /* "" when there is none */
	uint8_t totp[TOTP_SECRET];
	int64_t step;
	int64_t failures;
	int64_t changed_at;
};

static enum err
secret_row(struct db_rows *rows, struct secret *s)
{
	const char *bytes;
	size_t len;

	s->exists = true;
	bytes = db_col_peek(rows, 0, &len);
	if (bytes == NULL || len >= sizeof(s->hash))
		return ERR_CORRUPT;
	memcpy(s->hash, bytes, len);
	s->has_totp = !db_col_is_null(rows, 1);
	bytes = db_col_peek(rows, 1, &len);
	if (s->has_totp && (bytes == NULL || len != TOTP_SECRET))
		return ERR_CORRUPT;
	if (s->has_totp)
		memcpy(s->totp, bytes, len);
	s->step = db_col_int(rows, 2);
	s->failures = db_col_int(rows, 3);
	s->changed_at = db_col_int(rows, 4);
	return ERR_OK;
}

/* Somebody who has none is all zero, and no error. */
static enum err
secret_load(struct ctx *ctx, int64_t person, struct secret *s)
{
	struct db_rows *rows;
	enum err rc = ERR_OK, done;

	memset(s, 0, sizeof(*s));
	rows = db_query(ctx->auth, sql[SQL_LOAD], DB_ARGS(db_i(person)));
	if (db_next(rows))
		rc = secret_row(rows, s);
	done = db_done(rows);
	if (rc == ERR_CORRUPT)
		log_line(LOG_ERROR, where, "person %lld: not as written",
		    (long long)person);
	return rc != ERR_OK ? rc : done;
}

bool
credential_may_sign_in(const struct person *person)
{
	return person != NULL && person->state == PERSON_ACTIVE &&
	    !person->is_organisation_suspended;
}

/* ---- one try ------------------------------------------------------------ */

struct trial {
	int64_t person; /* 0: the address is not known */
	struct browser from;
	struct secret secret;
};

/*
 * Failures are counted before a try is judged: fifty tries at the same
 * moment are fifty, and a wrong answer leaves nothing more to write than one
 * for an address that is not known.
 */
static enum err
count(struct ctx *ctx, struct trial *r)
{
	enum err rc;

	if (r->from.is_known)
		rc = browser_try(ctx, &r->from);
	else
		rc = db_exec(ctx->auth, sql[SQL_COUNT_FAILURE],
		    DB_ARGS(db_i(r->person)));
	return rc == ERR_OK ? secret_load(ctx, r->person, &r->secret) : rc;
}

/* A browser that knows the person is a stranger before it could be locked. */
static bool
is_locked(const struct trial *r)
{
	return !r->from.is_known && r->secret.failures > CREDENTIAL_FAILURES;
}

/* What a try costs from: the account's bucket, or that of the browser. */
static enum throttle_kind
bucket_of(
    struct ctx *ctx, const struct trial *r, const char *email, const char **key)
{
	char hex[DIGEST_TEXT];

	*key = email;
	if (!r->from.is_known)
		return THROTTLE_ACCOUNT;
	digest_hex(r->from.digest, hex);
	*key = arena_printf(ctx->arena, "%lld:%s", (long long)r->person, hex);
	return THROTTLE_BROWSER;
}

/* ---- the password ------------------------------------------------------ */

/*
 * All that is done before the hash, in one transaction that always writes
 * (the buckets), so that its commit costs the same for everybody.
 */
static enum err
admit(struct ctx *ctx, struct credential_try *t, struct trial *r)
{
	const char *email = text_fold(ctx->arena, t->email);
	enum throttle_kind kind;
	const char *key;
	enum err rc;

	if (email == NULL)
		return ERR_MALFORMED;
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = browser_find(ctx, t->browser, r->person, &r->from);
	kind = bucket_of(ctx, r, email, &key);
	if (rc == ERR_OK)
		rc = throttle_take(
		    ctx, THROTTLE_ADDRESS, t->address, &t->retry_s);
	if (rc == ERR_OK)
		rc = throttle_take(ctx, kind, key, &t->retry_s);
	if (rc == ERR_OK)
		rc = count(ctx, r);
	return db_end(ctx->auth, rc);
}

/* After a right password: takes the count back, renews an older hash. */
static enum err
settle(struct ctx *ctx, struct credential_try *t, const struct trial *r)
{
	char renewed[PASSWORD_HASH] = "";
	enum err rc = ERR_OK;

	if (password_needs_rehash(r->secret.hash)) {
		rc = password_hash(t->password, renewed);
		t->hashes++;
	}
	if (rc == ERR_OK && (rc = db_begin(ctx->auth)) == ERR_OK) {
		if (r->from.is_known)
			rc = browser_take_back(ctx, &r->from);
		if (rc == ERR_OK)
			rc = db_exec_one(ctx->auth, sql[SQL_PASSWORD_RIGHT],
			    DB_ARGS(db_i(r->from.is_known ? 0 : 1),
				db_t(renewed[0] != '\0' ? renewed : NULL),
				db_i(r->person)));
		rc = db_end(ctx->auth, rc);
	}
	secret_wipe(renewed, sizeof(renewed));
	return rc;
}

enum err
credential_password(struct ctx *ctx, struct credential_try *t)
{
	struct person *person = NULL;
	struct trial r;
	bool is_right = false;
	enum err rc;

	t->person = NULL;
	t->hashes = t->retry_s = 0;
	memset(&r, 0, sizeof(r));
	rc = person_by_email(ctx, t->email, &person);
	if (rc == ERR_NOT_FOUND)
		person = NULL;
	else if (rc != ERR_OK)
		return rc;
	r.person = person != NULL ? person->id : 0;
	if ((rc = admit(ctx, t, &r)) != ERR_OK)
		goto out;

	/* The one hash.  Only what follows it tells people apart. */
	rc = password_verify(r.secret.hash[0] != '\0' ? r.secret.hash : NULL,
	    t->password, &is_right);
	t->hashes++;

	if (rc != ERR_OK)
		goto out;
	if (!is_right || !credential_may_sign_in(person) || is_locked(&r)) {
		rc = ERR_INVALID;
		goto out;
	}
	if ((rc = settle(ctx, t, &r)) == ERR_OK)
		t->person = person;
out:
	secret_wipe(&r, sizeof(r));
	return rc;
}

/* ---- the code ---------------------------------------------------------- */

static void
code_digest(struct ctx *ctx, int64_t person, const char *code,
    uint8_t out[DIGEST_BYTES])
{
	const char *text = arena_printf(ctx->arena, "recovery:%lld:%s",
	    (long long)person, recovery_clean(ctx->arena, code));

	digest_sha256(text, strlen(text), out);
}

static enum err
spend_recovery(
    struct ctx *ctx, int64_t person, const char *code, bool *is_right)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	code_digest(ctx, person, code, digest);
	rc = db_exec(ctx->auth, sql[SQL_CODE_USE],
	    DB_ARGS(
		db_i(ctx->now_at), db_b(digest, DIGEST_BYTES), db_i(person)));
	*is_right = rc == ERR_OK && db_changes(ctx->auth) == 1;
	return rc;
}

static enum err
spend(struct ctx *ctx, int64_t person, const struct secret *s, const char *code,
    bool *is_right)
{
	int64_t step;

	if (!s->has_totp ||
	    !totp_verify(s->totp, code, ctx->now_at, s->step, &step))
		return spend_recovery(ctx, person, code, is_right);
	*is_right = true;
	return db_exec_one(
	    ctx->auth, sql[SQL_STEP], DB_ARGS(db_i(step), db_i(person)));
}

/* Both steps are done: what they cost is given back. */
static enum err
welcome(struct ctx *ctx, const struct trial *r, const struct person *person,
    const char *address)
{
	const char *email = text_fold(ctx->arena, person->email), *key;
	enum throttle_kind kind = bucket_of(ctx, r, email, &key);
	enum err rc;

	rc = db_exec_one(ctx->auth, sql[SQL_FORGIVE], DB_ARGS(db_i(r->person)));
	if (rc == ERR_OK && r->from.is_known)
		rc = browser_forgive(ctx, &r->from);
	if (rc == ERR_OK)
		rc = throttle_give(ctx, THROTTLE_ADDRESS, address);
	if (rc == ERR_OK && key != NULL)
		rc = throttle_give(ctx, kind, key);
	return rc;
}

enum err
credential_code(struct ctx *ctx, const struct person *person, const char *code,
    const char *address, const char *browser)
{
	struct trial r;
	bool is_right = false;
	enum err rc;

	memset(&r, 0, sizeof(r));
	r.person = person->id;
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	rc = browser_find(ctx, browser, r.person, &r.from);
	if (rc == ERR_OK)
		rc = count(ctx, &r);
	if (rc == ERR_OK && r.secret.exists && credential_may_sign_in(person) &&
	    !is_locked(&r))
		rc = spend(ctx, r.person, &r.secret, code, &is_right);
	if (rc == ERR_OK && is_right)
		rc = welcome(ctx, &r, person, address);
	secret_wipe(&r, sizeof(r));
	/* A wrong code is committed too: its failure counts. */
	rc = db_end(ctx->auth, rc);
	return rc == ERR_OK && !is_right ? ERR_INVALID : rc;
}

/* ---- what is known ----------------------------------------------------- */

enum err
credential_load(struct ctx *ctx, int64_t person, struct credential *out)
{
	struct secret s;
	int64_t left = 0;
	enum err rc;

	memset(out, 0, sizeof(*out));
	if ((rc = secret_load(ctx, person, &s)) == ERR_OK)
		rc = db_one_int(ctx->auth, sql[SQL_CODES_LEFT],
		    DB_ARGS(db_i(person)), &left);
	if (rc == ERR_OK) {
		out->exists = s.exists;
		/* The next try would be one too many. */
		out->is_locked = s.failures >= CREDENTIAL_FAILURES;
		out->codes_left = (int)left;
		out->changed_at = s.changed_at;
	}
	secret_wipe(&s, sizeof(s));
	return rc;
}

/* ---- changing ---------------------------------------------------------- */

static enum err
codes_new(struct ctx *ctx, int64_t person, struct credential_codes *codes)
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	rc = db_exec(ctx->auth, sql[SQL_END_CODES], DB_ARGS(db_i(person)));
	for (int i = 0; rc == ERR_OK && i < RECOVERY_CODES; i++) {
		recovery_new(codes->code[i]);
		code_digest(ctx, person, codes->code[i], digest);
		rc = db_exec(ctx->auth, sql[SQL_CODE_ADD],
		    DB_ARGS(db_b(digest, DIGEST_BYTES), db_i(person)));
	}
	return rc;
}

static enum err
store(struct ctx *ctx, int64_t person, const char *hash,
    const uint8_t totp[TOTP_SECRET], int64_t step)
{
	return db_exec(ctx->auth, sql[SQL_STORE],
	    DB_ARGS(db_i(person), db_t(hash), db_b(totp, TOTP_SECRET),
		db_i(step), db_i(ctx->now_at)));
}

enum err
credential_enrol(struct ctx *ctx, int64_t person, const char *hash,
    const uint8_t totp[TOTP_SECRET], int64_t step,
    struct credential_codes *codes)
{
	enum err rc;

	memset(codes, 0, sizeof(*codes));
	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	if ((rc = store(ctx, person, hash, totp, step)) == ERR_OK)
		rc = codes_new(ctx, person, codes);
	if (rc == ERR_OK)
		rc = browser_forget(ctx, person);
	if (rc == ERR_OK)
		rc = db_exec(
		    ctx->auth, sql[SQL_END_SIGNINS], DB_ARGS(db_i(person)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->auth, sql[SQL_SPEND_LINKS],
		    DB_ARGS(db_i(ctx->now_at), db_i(person)));
	return db_end(ctx->auth, rc);
}

/* What is to become of a credential; what is NULL stays. */
struct change {
	const char *what; /* the record's word */
	int64_t person;
	const char *ref;
	const char *hash;
	const uint8_t *totp;
	int64_t step;
	struct credential_codes *codes;
	bool forgives;
	bool removes;
};

static enum err
remove_all(struct ctx *ctx, int64_t person)
{
	static const int steps[] = { SQL_END_CODES, SQL_END_PENDING,
		SQL_END_LINKS, SQL_END_PASSKEYS, SQL_END };
	enum err rc = browser_forget(ctx, person);

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (rc == ERR_OK)
			rc = db_exec(
			    ctx->auth, sql[steps[i]], DB_ARGS(db_i(person)));
	return rc;
}

static enum err
change_auth(struct ctx *ctx, const struct change *c)
{
	enum err rc;

	if ((rc = db_begin(ctx->auth)) != ERR_OK)
		return rc;
	if (c->hash != NULL)
		rc = db_exec_one(ctx->auth, sql[SQL_SET_PASSWORD],
		    DB_ARGS(db_t(c->hash), db_i(ctx->now_at), db_i(c->person)));
	if (rc == ERR_OK && c->totp != NULL)
		rc = db_exec_one(ctx->auth, sql[SQL_SET_TOTP],
		    DB_ARGS(db_b(c->totp, TOTP_SECRET), db_i(c->step),
			db_i(ctx->now_at), db_i(c->person)));
	/* Whoever has given the old password waits for a code in vain. */
	if (rc == ERR_OK && (c->hash != NULL || c->totp != NULL))
		rc = db_exec(
		    ctx->auth, sql[SQL_END_PENDING], DB_ARGS(db_i(c->person)));
	if (rc == ERR_OK && (c->hash != NULL || c->totp != NULL))
		rc = browser_forget(ctx, c->person);
	if (rc == ERR_OK && c->codes != NULL)
		rc = codes_new(ctx, c->person, c->codes);
	if (rc == ERR_OK && c->forgives)
		rc = db_exec_one(
		    ctx->auth, sql[SQL_FORGIVE], DB_ARGS(db_i(c->person)));
	if (rc == ERR_OK && c->removes)
		rc = remove_all(ctx, c->person);
	return db_end(ctx->auth, rc);
}

/*
 * The record and the ended sessions wait, uncommitted, until the change in
 * auth.db is safe: if that fails, neither happened.  Whoever takes both locks
 * takes the portal's first.  `but`: the session that stays, -1 ends none.
 */
static enum err
change(struct ctx *ctx, const struct change *c, int64_t but)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	/* Without a credential only an invitation leads in. */
	if (c->removes)
		rc = person_unjoin(ctx, c->person);
	else if (but >= 0)
		rc = session_end_all(ctx, c->person, but);
	if (rc == ERR_OK)
		rc = record_append(ctx, RECORD_PERSON_CREDENTIAL, c->ref,
		    json_pack("{s:s}", "what", c->what));
	if (rc == ERR_OK)
		rc = change_auth(ctx, c);
	return db_end(ctx->db, rc);
}

enum err
credential_change_password(
    struct ctx *ctx, const char *password, int64_t session)
{
	char hash[PASSWORD_HASH];
	const struct change c = { .what = "password",
		.person = ctx->actor.person,
		.ref = ctx->actor.ref,
		.hash = hash };
	enum err rc;

	if ((rc = password_hash(password, hash)) == ERR_OK)
		rc = change(ctx, &c, session);
	secret_wipe(hash, sizeof(hash));
	return rc;
}

enum err
credential_change_factor(struct ctx *ctx, const uint8_t totp[TOTP_SECRET],
    int64_t step, int64_t session)
{
	const struct change c = { .what = "factor",
		.person = ctx->actor.person,
		.ref = ctx->actor.ref,
		.totp = totp,
		.step = step };

	return change(ctx, &c, session);
}

enum err
credential_change_codes(struct ctx *ctx, struct credential_codes *codes)
{
	const struct change c = { .what = "recovery codes",
		.person = ctx->actor.person,
		.ref = ctx->actor.ref,
		.codes = codes };

	memset(codes, 0, sizeof(*codes));
	return change(ctx, &c, -1);
}

/* ---- for ententectl ---------------------------------------------------- */

enum err
credential_unlock(struct ctx *ctx, const struct person *person)
{
	const struct change c = { .what = "unlocked",
		.person = person->id,
		.ref = person->ref,
		.forgives = true };

	return change(ctx, &c, -1);
}

enum err
credential_reset(struct ctx *ctx, const struct person *person)
{
	const struct change c = { .what = "reset",
		.person = person->id,
		.ref = person->ref,
		.removes = true };

	return change(ctx, &c, -1);
}
