/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time-based one-time passwords (RFC 6238: SHA-1, 30 s, 6 digits) by
 * liboath, and recovery codes.
 */
#ifndef CRYPT_TOTP_H
#define CRYPT_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
	TOTP_SECRET = 20,
	TOTP_BASE32 = 33, /* text of a secret and a NUL */
	RECOVERY_CODES = 10,
	RECOVERY_TEXT = 20 /* "xxxx-xxxx-xxxx" and a NUL, with room */
};

void totp_secret_new(uint8_t out[TOTP_SECRET]);
void totp_base32(const uint8_t secret[TOTP_SECRET], char out[TOTP_BASE32]);

/*
 * Six digits (spaces between them are let through), the step of `at` or one
 * beside it, and a step later than `used_step`: a code works once.  *step is
 * the one that matched.
 */
bool totp_verify(const uint8_t secret[TOTP_SECRET], const char *code,
    int64_t at, int64_t used_step, int64_t *step);

/* otpauth://totp/… (Key URI format) for a QR code. */
char *totp_uri(struct arena *, const uint8_t secret[TOTP_SECRET],
    const char *issuer, const char *account);

/* 60 bits each, from an alphabet without look-alikes. */
void recovery_new(char out[RECOVERY_TEXT]);
/*
 * Lower case, spaces and dashes dropped, look-alikes (o, i, l) taken for what
 * they stand for: the form that is hashed.  NULL gives NULL.
 */
char *recovery_clean(struct arena *, const char *);

#endif
