/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the signer does with a message: the rules, without process, socket or
 * sandbox.  Its memory is one checkpoint, the last that it signed: a signed
 * note in a file, so that it can tell its own from anybody's.
 *
 * It signs a checkpoint only when that extends the last one, as a proof
 * shows; the new one is kept (file and folder flushed) before the answer
 * leaves.  (A proof binds the roots; how many leaves the last part of the new
 * tree has, it does not tell.  A wrong size has no proof to go on from.)  It
 * never signs two roots for one size.  Asked the same again, it
 * answers the same: Ed25519 has no chance in it.
 */
#ifndef CRYPT_SIGNER_CORE_H
#define CRYPT_SIGNER_CORE_H

#include "crypt/key_file.h"
#include "crypt/signer_message.h"
#include "crypt/signer_witness.h"

struct signer {
	const struct key_file *log, *bundle;
	struct merkle_point last;
	int folder;		       /* where the state lies, open */
	const char *file;	       /* its name there */
	struct signer_witness witness; /* of other logs; all zero: of none */
};

/*
 * The state that a file holds: ERR_NOT_FOUND, or ERR_CORRUPT when it is not a
 * checkpoint signed by the log's key (logged).  A signer without a state must
 * not start: whoever removes it would make it sign anything.
 */
enum err signer_load(struct signer *);

/*
 * Keeps a signed checkpoint of that point as the state, whatever was there:
 * for a new log, and after another key took over.  ERR_FULL, ERR_INTERNAL
 * (logged), in which case *s is as before.
 */
enum err signer_keep(struct signer *, const struct merkle_point *);

/*
 * Answers a request of those kinds (bits 1 << enum signer_kind) that the peer
 * may ask.  False: it was none of them, and nothing may be answered.
 */
enum { SIGNER_ALL = (1 << SIGNER_KIND__MAX) - 2 };
bool signer_answer(struct signer *, unsigned kinds,
    const uint8_t request[SIGNER_REQUEST], uint8_t answer[SIGNER_ANSWER]);

#endif
