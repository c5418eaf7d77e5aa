/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <sodium.h>

#include "base/log.h"
#include "crypt/token.h"

static const char where[] = "token";

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct digest),
    "struct digest has no room for libsodium's state");
_Static_assert(crypto_hash_sha256_BYTES == DIGEST_BYTES, "SHA-256");

enum err
crypt_start(void)
{
	if (sodium_init() < 0) {
		log_line(LOG_ERROR, where, "libsodium does not start");
		return ERR_INTERNAL;
	}
	return ERR_OK;
}

void
random_bytes(void *out, size_t len)
{
	randombytes_buf(out, len);
}

static void
base64url(const uint8_t in[TOKEN_BYTES], char out[TOKEN_TEXT])
{
	sodium_bin2base64(out, TOKEN_TEXT, in, TOKEN_BYTES,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
token_new(char out[TOKEN_TEXT])
{
	uint8_t bytes[TOKEN_BYTES];

	random_bytes(bytes, sizeof(bytes));
	base64url(bytes, out);
	secret_wipe(bytes, sizeof(bytes));
}

/*
 * libsodium 1.0.18 takes each character with the eighth bit set for '_': one
 * token would have many texts.
 */
static bool
is_ascii(const char *text)
{
	unsigned char bits = 0;

	for (; *text != '\0'; text++)
		bits |= (unsigned char)*text;
	return bits < 0x80;
}

bool
base64url_decode(const char *text, uint8_t *out, size_t cap, size_t *len)
{
	*len = 0;
	return text != NULL && is_ascii(text) &&
	    sodium_base642bin(out, cap, text, strlen(text), NULL, len, NULL,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
}

enum err
token_digest(const char *text, const char *purpose, uint8_t out[DIGEST_BYTES])
{
	uint8_t bytes[TOKEN_BYTES], key[DIGEST_BYTES];
	size_t len;
	bool is_token;

	memset(out, 0, DIGEST_BYTES);
	is_token = base64url_decode(text, bytes, sizeof(bytes), &len) &&
	    len == TOKEN_BYTES;
	if (is_token) {
		/* The purpose is hashed so that a name of any length keys. */
		crypto_generichash(key, sizeof(key),
		    (const unsigned char *)purpose, strlen(purpose), NULL, 0);
		crypto_generichash(
		    out, DIGEST_BYTES, bytes, sizeof(bytes), key, sizeof(key));
	}
	secret_wipe(bytes, sizeof(bytes));
	return is_token ? ERR_OK : ERR_MALFORMED;
}

enum err
csrf_token(const char *session_token, char out[TOKEN_TEXT])
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	memset(out, 0, TOKEN_TEXT);
	if ((rc = token_digest(session_token, "entente csrf", digest)) ==
	    ERR_OK)
		base64url(digest, out);
	secret_wipe(digest, sizeof(digest));
	return rc;
}

bool
secret_equal(const void *a, size_t a_len, const void *b, size_t b_len)
{
	return a_len == b_len && sodium_memcmp(a, b, a_len) == 0;
}

bool
secret_equal_text(const char *a, const char *b)
{
	return a != NULL && b != NULL &&
	    secret_equal(a, strlen(a), b, strlen(b));
}

void
secret_wipe(void *p, size_t len)
{
	sodium_memzero(p, len);
}

void
digest_sha256(const void *data, size_t len, uint8_t out[DIGEST_BYTES])
{
	crypto_hash_sha256(out, data, len);
}

void
digest_hex(const uint8_t in[DIGEST_BYTES], char out[DIGEST_TEXT])
{
	sodium_bin2hex(out, DIGEST_TEXT, in, DIGEST_BYTES);
}

void
digest_start(struct digest *d)
{
	crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)d);
}

void
digest_feed(struct digest *d, const void *data, size_t len)
{
	crypto_hash_sha256_update(
	    (crypto_hash_sha256_state *)(void *)d, data, len);
}

void
digest_finish(struct digest *d, uint8_t out[DIGEST_BYTES])
{
	crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)d, out);
}
