/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof that an entry is in a log, as a file that can be kept (C2SP
 * tlog-proof, v1): "*.tlog-proof".
 *
 *	c2sp.org/tlog-proof@v1
 *	[extra <base64>]
 *	index <decimal>
 *	<base64(hash)>, a line each, the leaf's sibling first
 *	<blank line>
 *	<checkpoint, signed>
 */
#ifndef CRYPT_TLOG_PROOF_H
#define CRYPT_TLOG_PROOF_H

#include "crypt/checkpoint.h"
#include "crypt/merkle.h"

enum {
	TLOG_PROOF_EXTRA_MAX = 4096, /* characters of base64 */
	TLOG_PROOF_MAX = NOTE_MAX + 16 * 1024
};

/* Points into the bytes it was read from. */
struct tlog_proof {
	bool has_extra;
	struct span extra; /* base64 */
	uint64_t index;
	struct merkle_proof path;
	struct span checkpoint; /* a signed note */
};

/* ERR_INVALID with the fault.  Nothing is verified. */
enum err
tlog_proof_parse(struct span bytes, struct tlog_proof *, struct tlog_fault *);

/*
 * Is the leaf of that hash in the log of that key, at the proof's index?
 * ERR_INVALID with the fault: what checkpoint_open() says (lines count from
 * the checkpoint's first), TLOG_INDEX, TLOG_PROOF.
 */
enum err tlog_proof_check(const struct tlog_proof *, const struct note_key *,
    const uint8_t leaf[MERKLE_HASH], struct tlog_fault *);

/* Adds the file; `extra` is not written. */
void tlog_proof_write(struct buf *, const struct tlog_proof *);

#endif
