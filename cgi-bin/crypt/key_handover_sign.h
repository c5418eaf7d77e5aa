/* SPDX-License-Identifier: Apache-2.0 */
/* Making a hand-over (crypt/key_handover.h): for who holds both keys. */
#ifndef CRYPT_KEY_HANDOVER_SIGN_H
#define CRYPT_KEY_HANDOVER_SIGN_H

#include "crypt/key_file.h"
#include "crypt/key_handover.h"

/*
 * Adds the note.  ERR_INVALID: the keys are not two of one log; ERR_INTERNAL
 * (logged); ERR_TOO_LARGE.
 */
enum err key_handover_write(const struct key_file *old,
    const struct key_file *new, const struct merkle_point *, struct buf *);

#endif
