/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many inclusion proofs in one tree, one after the other: the same answer as
 * merkle_includes() gives, for two hashes a proof where leaves stand together
 * instead of twice the height.
 *
 * What a proof that holds has shown are the hashes of all nodes on its way and
 * beside it.  The next proof goes up until it meets one of these: from there
 * its way is the same, and its hashes must be the same bytes.
 */
#ifndef CRYPT_MERKLE_TRAIL_H
#define CRYPT_MERKLE_TRAIL_H

#include "crypt/merkle.h"

/* A node on the way of the last proof that held, and the one beside it. */
struct merkle_step {
	bool is_known;
	uint64_t at, beside; /* their numbers at this height */
	uint8_t hash[MERKLE_HASH], beside_hash[MERKLE_HASH];
	size_t left; /* hashes of the proof from here up */
};

struct merkle_trail {
	struct merkle_point tree;
	struct merkle_step step[MERKLE_LEVELS + 1]; /* by height */
	/* Of the proof that held last, by how many hashes are left. */
	uint8_t hash[MERKLE_PROOF_MAX + 1][MERKLE_HASH];
};

void merkle_trail_start(struct merkle_trail *, const struct merkle_point *);

/* merkle_includes(), in any order of leaves; ascending is fast. */
bool merkle_trail_includes(struct merkle_trail *, const struct merkle_proof *,
    uint64_t index, const uint8_t leaf[MERKLE_HASH]);

#endif
