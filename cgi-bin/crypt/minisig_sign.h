/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making minisign's signatures (crypt/minisig.h), for who has the key.  No
 * program that only verifies links this.
 */
#ifndef CRYPT_MINISIG_SIGN_H
#define CRYPT_MINISIG_SIGN_H

#include "crypt/minisig.h"

enum { MINISIG_SECRET_KEY = 64 }; /* libsodium's: seed ‖ public key */

/*
 * Signs a prehash (minisig_prehash()) and the trusted comment, and checks both
 * with `key` before they are given away.  The result is "ED" with no
 * untrusted comment; its trusted comment is the one given.  ERR_INVALID: the
 * comment is not one, or the keys do not belong together.
 */
enum err minisig_sign(const struct minisig_key *key,
    const uint8_t secret[MINISIG_SECRET_KEY],
    const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *);

#endif
