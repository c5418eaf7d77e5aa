/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How people prove who they are: a password and a second factor (TOTP, or a
 * recovery code), kept in auth.db.  Only login.fcgi and ententectl have it.
 *
 * Whoever cannot sign in gets ERR_INVALID after the same work, whatever the
 * reason: an e-mail address that is not known, a wrong password, a person who
 * is disabled or has not joined, an organisation that is suspended, an
 * account that is locked.  A browser that knows the person has a bucket and a
 * count of failures of its own (browser.h).  Passkeys will be one more way to
 * prove the second factor: they have their table and belong into
 * credential_code()'s place.
 *
 * What changes a credential writes both databases, the portal's lock taken
 * first: the record and the end of other sessions are rolled back when the
 * change fails.  Nothing here hashes while it holds a lock.
 */
#ifndef DOMAIN_CREDENTIAL_H
#define DOMAIN_CREDENTIAL_H

#include "crypt/password.h"
#include "crypt/token.h"
#include "crypt/totp.h"
#include "domain/browser.h"
#include "domain/ctx.h"
#include "domain/person.h"

enum {
	/* Consecutive failures that an account takes from browsers that do not
	   know the person; then it is locked for these until somebody signs in
	   from one that does, or credential_unlock().  With what the known
	   ones take (browser.h) they are a hundred, which is as many as NIST
	   SP 800-63B-4 §3.2.2 allows. */
	CREDENTIAL_FAILURES = 100 - BROWSER_MOST * BROWSER_FAILURES
};

/* ---- proving ---------------------------------------------------------- */

struct credential_try {
	const char *email;
	const char *password;
	const char *address; /* the client's IP address */
	const char *browser; /* what its BROWSER_COOKIE holds; NULL none */
	/* Results: */
	struct person *person; /* who it is, on ERR_OK; else NULL */
	int hashes;	       /* Argon2id runs: exactly one whenever a password
				  was judged, one more to bring an older hash
				  of a right password up to date */
	int retry_s;	       /* ERR_TOO_MANY: seconds until the next try */
};

/*
 * The first step.  ERR_OK, ERR_INVALID, ERR_TOO_MANY (nothing was hashed),
 * ERR_MEMORY.  Outside of any transaction.
 */
enum err credential_password(struct ctx *, struct credential_try *);

/*
 * The second step, for a person whose password was right: six digits of the
 * authenticator, or a recovery code.  Success forgets the failures.
 * ERR_INVALID.  `address` and `browser` as above.
 */
enum err credential_code(struct ctx *, const struct person *, const char *code,
    const char *address, const char *browser);

/* Active, of an organisation that is not suspended.  NULL is false. */
bool credential_may_sign_in(const struct person *);

/* ---- what is known of somebody's credential --------------------------- */

struct credential {
	bool exists;
	bool is_locked;
	int codes_left; /* recovery codes not used yet */
	int64_t changed_at;
};

/* A person who has none gives ERR_OK and exists false. */
enum err credential_load(struct ctx *, int64_t person, struct credential *);

/* ---- changing --------------------------------------------------------- */

/* Recovery codes as they are shown, once.  The caller wipes them. */
struct credential_codes {
	char code[RECOVERY_CODES][RECOVERY_TEXT];
};

/*
 * The first credential of an invited person, hash and secret as enrolled;
 * `step` is that of the code which proved the secret.  auth.db alone: the
 * caller uses up the invitation in the same breath, and a second enrolment
 * replaces an earlier one that was broken off.  Of a credential that there
 * was before nothing stays: links, known browsers, sign-ins half done.
 * Nests.
 */
enum err credential_enrol(struct ctx *, int64_t person, const char *hash,
    const uint8_t totp[TOTP_SECRET], int64_t step, struct credential_codes *);

/*
 * The actor's own, with the record.  Password and factor end the actor's
 * sessions but `session`, and no browser is known any more; new recovery
 * codes replace the old ones.  Freshness
 * of the proof is the guard's matter; the password was judged before.
 */
enum err
credential_change_password(struct ctx *, const char *password, int64_t session);
enum err credential_change_factor(struct ctx *, const uint8_t totp[TOTP_SECRET],
    int64_t step, int64_t session);
enum err credential_change_codes(struct ctx *, struct credential_codes *);

/* ---- for ententectl --------------------------------------------------- */

/* Forgets the failures of a locked account, with the record. */
enum err credential_unlock(struct ctx *, const struct person *);

/*
 * Removes password, factor, codes, links, known browsers and what is half
 * done, ends all sessions, with the record.  An active person is invited again
 * after it: person_invite_again() makes the link.
 */
enum err credential_reset(struct ctx *, const struct person *);

#endif
