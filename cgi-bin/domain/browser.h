/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Browsers that have signed a person in before, known by a random token in a
 * cookie of which only a digest is kept, in auth.db.  Whoever tries passwords
 * on somebody's account from elsewhere empties the account's bucket and uses
 * up its failures, and cannot shut that person out: a browser that is known
 * has a bucket and a count of its own.
 *
 * It proves nothing: whoever comes by such a browser gives password and code
 * like anybody.  A browser has one token for all who use it; a token is
 * replaced each time that it has served.
 */
#ifndef DOMAIN_BROWSER_H
#define DOMAIN_BROWSER_H

#include "crypt/token.h"
#include "domain/ctx.h"

#define BROWSER_COOKIE "__Host-known"

enum {
	BROWSER_MOST = 5,      /* of a person; the one last seen goes first */
	BROWSER_FAILURES = 10, /* consecutive; then it is a stranger's */
	BROWSER_DAYS = 365     /* without a sign-in; then it is forgotten */
};

struct browser {
	bool is_known; /* as one of that person's */
	int64_t person;
	uint8_t digest[DIGEST_BYTES];
};

/*
 * Is this cookie's token (NULL allowed) one of the person's browsers?  Does
 * the same for a person who is not there (0).
 */
enum err
browser_find(struct ctx *, const char *token, int64_t person, struct browser *);

/*
 * Of one that is known: a try, counted before it is judged, in the caller's
 * transaction of auth.db; one that was right after all; a whole proof.
 */
enum err browser_try(struct ctx *, const struct browser *);
enum err browser_take_back(struct ctx *, const struct browser *);
enum err browser_forgive(struct ctx *, const struct browser *);

/*
 * The person has given a whole proof here: a new token for the cookie, in
 * place of `old` (NULL allowed), for everybody whom that one knew.
 */
enum err browser_remember(
    struct ctx *, const char *old, int64_t person, char token[TOKEN_TEXT]);

/* All of the person's: whoever has such a cookie is a stranger again. */
enum err browser_forget(struct ctx *, int64_t person);

#endif
