/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Passwords: Argon2id by libsodium (64 MiB).  Only login.fcgi and ententectl
 * call this: the number of login workers bounds the memory.
 */
#ifndef CRYPT_PASSWORD_H
#define CRYPT_PASSWORD_H

#include <stdbool.h>

#include "base/err.h"

enum {
	PASSWORD_MIN = 12,   /* characters; a second factor is required */
	PASSWORD_MAX = 1024, /* bytes */
	PASSWORD_HASH = 128  /* crypto_pwhash_STRBYTES */
};

enum err password_hash(const char *password, char out[PASSWORD_HASH]);

/*
 * `hash` NULL spends the same time on a dummy and is false: an unknown
 * e-mail must not be told apart.  ERR_MEMORY is not "wrong".
 */
enum err
password_verify(const char *hash, const char *password, bool *is_right);
bool password_needs_rehash(const char *hash);

/*
 * ERR_OK, or ERR_INVALID with *why one of "TooShort", "TooLong", "Common",
 * "Context": common passwords, and any of the context words (name, e-mail,
 * organisation, portal; NULL-ended) making most of it.
 */
enum err password_judge(
    const char *password, const char *const *context, const char **why);

#endif
