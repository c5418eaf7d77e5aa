/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random tokens and what is kept of them, and every comparison of secrets.
 */
#ifndef CRYPT_TOKEN_H
#define CRYPT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	TOKEN_BYTES = 32,
	TOKEN_TEXT = 44, /* base64url without padding, and a NUL */
	DIGEST_BYTES = 32,
	DIGEST_TEXT = 65 /* hex and a NUL */
};

/* libsodium's start; call first in every main().  ERR_INTERNAL. */
enum err crypt_start(void);

void random_bytes(void *, size_t);

/* A new token as text. */
void token_new(char out[TOKEN_TEXT]);

/*
 * What is stored of a token: BLAKE2b-256 of its bytes, keyed by `purpose` (a
 * literal), so that a token of one kind never passes as another.
 * ERR_MALFORMED when the text is not a token.
 */
enum err
token_digest(const char *text, const char *purpose, uint8_t out[DIGEST_BYTES]);

/*
 * The anti-forgery token of a session: derived from the session's token, so
 * nothing is stored.  Same errors as token_digest().
 */
enum err csrf_token(const char *session_token, char out[TOKEN_TEXT]);

/* Constant time in the contents; the lengths are not secret. */
bool secret_equal(const void *, size_t, const void *, size_t);
bool secret_equal_text(const char *, const char *);
void secret_wipe(void *, size_t);

/* SHA-256, and its lower-case hex. */
void digest_sha256(const void *, size_t, uint8_t out[DIGEST_BYTES]);
void digest_hex(const uint8_t in[DIGEST_BYTES], char out[DIGEST_TEXT]);

/* A SHA-256 fed piece by piece. */
struct digest {
	uint64_t state[16]; /* room for crypto_hash_sha256_state */
};
void digest_start(struct digest *);
void digest_feed(struct digest *, const void *, size_t);
void digest_finish(struct digest *, uint8_t out[DIGEST_BYTES]);

/* base64url without padding, of up to `cap` bytes; false when not right. */
bool base64url_decode(const char *, uint8_t *out, size_t cap, size_t *len);

#endif
