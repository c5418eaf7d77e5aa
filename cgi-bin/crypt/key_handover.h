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
 *
 * Read and verified here; made by crypt/key_handover_sign.h.
 */
#ifndef CRYPT_KEY_HANDOVER_H
#define CRYPT_KEY_HANDOVER_H

#include "base/buf.h"
#include "crypt/merkle.h"
#include "crypt/note.h"

struct key_handover {
	struct note_key old, new;
	struct merkle_point last;
};

/* Two keys of one log, the only ones that a hand-over is between. */
bool key_handover_ok(const struct note_key *old, const struct note_key *new);

/* Adds the text that both sign. */
void key_handover_text(struct buf *, const struct note_key *old,
    const struct note_key *new, const struct merkle_point *);

/* A note that both keys have signed; ERR_INVALID with the fault. */
enum err
key_handover_read(struct span, struct key_handover *, struct tlog_fault *);

#endif
