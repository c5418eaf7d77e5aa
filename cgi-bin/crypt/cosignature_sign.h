/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cosigning a checkpoint (crypt/cosignature.h), for a witness.  That it
 * extends what the witness signed before is for the caller to know.
 */
#ifndef CRYPT_COSIGNATURE_SIGN_H
#define CRYPT_COSIGNATURE_SIGN_H

#include "crypt/cosignature.h"
#include "crypt/note_sign.h"

/*
 * `body` is the checkpoint's text with its final LF.  Checked before it is
 * given away; ERR_INVALID as note_sign(), ERR_TOO_LARGE.
 */
enum err
cosignature_sign(struct span body, uint64_t time_s, const struct note_key *,
    const uint8_t secret[NOTE_SECRET], uint8_t out[COSIGNATURE_BLOB]);

#endif
