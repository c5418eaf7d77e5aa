/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form sent twice is done once: each form carries a random key, and the
 * transaction that does the act notes the key with where it led.
 */
#ifndef DOMAIN_SUBMISSION_H
#define DOMAIN_SUBMISSION_H

#include "domain/ctx.h"

/*
 * Inside the act's transaction, first: ERR_REPEATED with *location when the
 * key was used by this person for this path (the forms of one page share
 * their key, so what is kept is SHA-256 of key, person and path);
 * ERR_MALFORMED when the key is not a token.
 */
enum err submission_check(
    struct ctx *, const char *key, const char *path, char **location);
/* … and last.  Keys are remembered for two days. */
enum err submission_note(
    struct ctx *, const char *key, const char *path, const char *location);

#endif
