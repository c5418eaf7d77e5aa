/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing notes (crypt/note.h), for who has the key.  No program that only
 * verifies links this.
 */
#ifndef CRYPT_NOTE_SIGN_H
#define CRYPT_NOTE_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "crypt/note.h"

enum { NOTE_SECRET = 64 }; /* libsodium's: seed ‖ public key */

/*
 * The signature of a text by an Ed25519 key, checked by `key` before it is
 * given away.  ERR_INVALID: the text does not end with LF, or the two keys do
 * not belong together; the signature is zero then.
 */
enum err note_sign(struct span text, const struct note_key *key,
    const uint8_t secret[NOTE_SECRET], uint8_t out[NOTE_SIGNATURE]);

#endif
