/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One key of a log hands over to the next: a signed note (crypt/note.h) by
 * both, so that who trusts the old one can trust the new one, and nobody but
 * the holder of both could make it.
 *
 *	entente-key-handover/1
 *	old <verifier key>
 *	new <verifier key, of the same name>
 *	size <the last that the old key signed>
 *	root <base64>
 */
#ifndef CRYPT_KEY_HANDOVER_H
#define CRYPT_KEY_HANDOVER_H

#include "base/buf.h"
#include "crypt/key_file.h"
#include "crypt/merkle.h"

struct key_handover {
	struct note_key old, new;
	struct merkle_point last;
};

/*
 * Adds the note.  ERR_INVALID: the keys are not two of one log; ERR_INTERNAL
 * (logged); ERR_TOO_LARGE.
 */
enum err key_handover_write(const struct key_file *old,
    const struct key_file *new, const struct merkle_point *, struct buf *);

/* A note that both keys have signed; ERR_INVALID with the fault. */
enum err
key_handover_read(struct span, struct key_handover *, struct tlog_fault *);

#endif
