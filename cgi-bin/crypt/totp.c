/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <liboath/oath.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/token.h"
#include "crypt/totp.h"

enum { STEP_S = 30, DIGITS = 6, WINDOW = 1 };

static const char where[] = "totp";

/*
 * Crockford's alphabet: what looks like another character is not in it, and
 * recovery_clean() takes the look-alikes for what was meant.
 */
static const char alphabet[33] = "0123456789abcdefghjkmnpqrstvwxyz";

void
totp_secret_new(uint8_t out[TOTP_SECRET])
{
	random_bytes(out, TOTP_SECRET);
}

void
totp_base32(const uint8_t secret[TOTP_SECRET], char out[TOTP_BASE32])
{
	static const char base32[33] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned acc = 0, bits = 0;
	size_t n = 0;

	/* 20 bytes are 32 characters exactly: no padding (RFC 4648 §6). */
	for (size_t i = 0; i < TOTP_SECRET; i++) {
		acc = (acc << 8 | secret[i]) & 0xfff;
		for (bits += 8; bits >= 5; bits -= 5)
			out[n++] = base32[acc >> (bits - 5) & 31];
	}
	out[n] = '\0';
}

/* Six digits; the spaces that authenticator apps show are let through. */
static bool
code_digits(const char *code, char out[DIGITS + 1])
{
	size_t n = 0;

	for (; *code != '\0'; code++) {
		if (*code == ' ')
			continue;
		if (!isdigit((unsigned char)*code) || n == DIGITS)
			return false;
		out[n++] = *code;
	}
	out[n] = '\0';
	return n == DIGITS;
}

static bool
code_at(const uint8_t secret[TOTP_SECRET], int64_t step, char out[DIGITS + 1])
{
	int rc = oath_hotp_generate((const char *)secret, TOTP_SECRET,
	    (uint64_t)step, DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, out);

	if (rc != OATH_OK)
		log_line(LOG_ERROR, where, "liboath: %s", oath_strerror(rc));
	return rc == OATH_OK;
}

bool
totp_verify(const uint8_t secret[TOTP_SECRET], const char *code, int64_t at,
    int64_t used_step, int64_t *step)
{
	int64_t now = at / (STEP_S * CLOCK_S);
	char given[DIGITS + 1], right[DIGITS + 1];
	bool is_right = false;

	*step = 0;
	if (code == NULL || at < 0 || !code_digits(code, given))
		return false;
	for (int64_t s = now - WINDOW; s <= now + WINDOW; s++) {
		if (s < 0 || s <= used_step || is_right)
			continue;
		if (code_at(secret, s, right) &&
		    secret_equal(given, DIGITS, right, DIGITS)) {
			is_right = true;
			*step = s;
		}
	}
	secret_wipe(right, sizeof(right));
	return is_right;
}

char *
totp_uri(struct arena *arena, const uint8_t secret[TOTP_SECRET],
    const char *issuer, const char *account)
{
	static const char unreserved[] = "-._~"; /* RFC 3986 §2.3 */
	char base32[TOTP_BASE32];
	char *uri;
	char *from = text_percent(arena, issuer, unreserved);

	totp_base32(secret, base32);
	uri = arena_printf(arena,
	    "otpauth://totp/%s:%s?secret=%s&issuer=%s"
	    "&algorithm=SHA1&digits=%d&period=%d",
	    from, text_percent(arena, account, unreserved), base32, from,
	    DIGITS, STEP_S);
	secret_wipe(base32, sizeof(base32));
	return uri;
}

void
recovery_new(char out[RECOVERY_TEXT])
{
	uint8_t bytes[12]; /* five bits of each */
	size_t n = 0;

	random_bytes(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		if (i == 4 || i == 8)
			out[n++] = '-';
		out[n++] = alphabet[bytes[i] & 31];
	}
	out[n] = '\0';
	secret_wipe(bytes, sizeof(bytes));
}

char *
recovery_clean(struct arena *arena, const char *text)
{
	char *out = arena_copy(arena, text);
	size_t n = 0;

	if (out == NULL)
		return NULL;
	for (; *text != '\0'; text++) {
		char c = (char)tolower((unsigned char)*text);

		if (c == ' ' || c == '-')
			continue;
		if (c == 'o')
			c = '0';
		else if (c == 'i' || c == 'l')
			c = '1';
		out[n++] = c;
	}
	out[n] = '\0';
	return out;
}
