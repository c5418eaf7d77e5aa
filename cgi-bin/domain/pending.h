/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is half done while a person proves who they are: the password was
 * right and the code is awaited; an invitation has its password and awaits
 * the first code of its new factor; a new factor awaits its first code.
 * Kept in auth.db under the digest of a token, for minutes, with few tries.
 */
#ifndef DOMAIN_PENDING_H
#define DOMAIN_PENDING_H

#include "crypt/password.h"
#include "crypt/token.h"
#include "crypt/totp.h"
#include "domain/ctx.h"

#define PENDING_COOKIE "__Host-pre"

enum { PENDING_TRIES = 5 };

enum pending_kind {
	PENDING_CODE,	/* sign-in: after the password */
	PENDING_ENROL,	/* invitation: password and secret are chosen */
	PENDING_FACTOR, /* change of factor: the secret is chosen */
	PENDING__MAX
};

/* Holds secrets: the caller wipes it (pending_wipe). */
struct pending {
	enum pending_kind kind;
	int64_t person;
	char password[PASSWORD_HASH]; /* hash; "" unless ENROL */
	uint8_t totp[TOTP_SECRET];    /* zeros of kind CODE */
};

/* How long a kind is kept, in seconds: also the cookie's. */
int pending_s(enum pending_kind);

/* Keeps it under a new token. */
enum err
pending_new(struct ctx *, const struct pending *, char token[TOKEN_TEXT]);

/*
 * The secret of a factor that the holder of this session's token is
 * enrolling: the same one until it is used, tried too often or too old, so
 * that a page that is loaded twice shows one QR code.
 */
enum err pending_factor(
    struct ctx *, const char *session_token, int64_t person, struct pending *);

/* ERR_NOT_FOUND: no such token (NULL allowed), too old, tried too often. */
enum err pending_find(
    struct ctx *, enum pending_kind, const char *token, struct pending *);

/*
 * As pending_find(), and counts a try, committed before anything is judged:
 * call before a code is compared, outside of a transaction.
 */
enum err pending_try(
    struct ctx *, enum pending_kind, const char *token, struct pending *);

/*
 * It has led to its end, and is found no more: but whose it was is kept for as
 * long, so that whoever sends the last form again can be told.  Harmless when
 * it is gone.  pending_whose(): ERR_NOT_FOUND as above, but for tries.
 */
enum err pending_done(struct ctx *, enum pending_kind, const char *token);
enum err pending_whose(
    struct ctx *, enum pending_kind, const char *token, int64_t *person);

/* Removes it; harmless when it is gone. */
enum err pending_end(struct ctx *, enum pending_kind, const char *token);

void pending_wipe(struct pending *);

#endif
