/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Merkle tree of a transparency log (RFC 6962 §2.1): hashes of leaves and
 * nodes, the root of a stream of leaves, proofs made from stored hashes, and
 * proofs checked.  Not here: where hashes are stored (crypt/tlog_tile.h), and
 * who signs a root (crypt/checkpoint.h).
 *
 *	leaf	SHA-256(0x00 ‖ entry)
 *	node	SHA-256(0x01 ‖ left ‖ right); split at the largest power of
 *		two smaller than the number of leaves
 *	no leaf	SHA-256("")
 *
 * Nothing here allocates; all of it takes memory by the height of the tree.
 */
#ifndef CRYPT_MERKLE_H
#define CRYPT_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	MERKLE_HASH = 32,
	MERKLE_LEVELS = 63,
	/* Of one size of at most MERKLE_SIZE_MAX, and one more (RFC 9162
	   §2.1.4.1: a consistency proof may have ceil(log2(size)) + 1). */
	MERKLE_PROOF_MAX = 64
};
#define MERKLE_SIZE_MAX ((uint64_t)INT64_MAX)

void merkle_leaf(const void *entry, size_t len, uint8_t out[MERKLE_HASH]);
void merkle_node(const uint8_t left[MERKLE_HASH],
    const uint8_t right[MERKLE_HASH], uint8_t out[MERKLE_HASH]);
void merkle_empty(uint8_t out[MERKLE_HASH]);

/* ---- the root of a stream -------------------------------------------- */

/* The complete subtrees so far, the largest first: one for each bit of size. */
struct merkle {
	uint64_t size;
	uint8_t peak[MERKLE_LEVELS][MERKLE_HASH]; /* by height */
};

void merkle_start(struct merkle *);

/* Takes the hash of the next leaf; at MERKLE_SIZE_MAX it takes no more. */
void merkle_add(struct merkle *, const uint8_t leaf[MERKLE_HASH]);

/*
 * What merkle_add() just completed: the height of the highest subtree that
 * ends with leaf number `size`, 0 for the leaf alone.  All subtrees from
 * height 0 to this one end here.
 */
int merkle_height(uint64_t size);

void merkle_root(const struct merkle *, uint8_t out[MERKLE_HASH]);

/* ---- proofs from stored hashes --------------------------------------- */

/*
 * Gives the hash of the complete subtree of height `level` that is number
 * `index` at its height: of 2^level leaves, from number index · 2^level on.
 * Asked only for such as are complete within the size that was named.
 */
struct merkle_reader {
	enum err (*read)(
	    void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH]);
	void *arg;
};

struct merkle_proof {
	size_t n;
	uint8_t hash[MERKLE_PROOF_MAX][MERKLE_HASH];
};

/*
 * All three: ERR_INVALID when the sizes are not such; else what the reader
 * says.  The result is all zero after an error.
 */
enum err merkle_root_of(
    const struct merkle_reader *, uint64_t size, uint8_t out[MERKLE_HASH]);

/* RFC 6962 §2.1.1; the leaf's sibling first.  index < size. */
enum err merkle_inclusion(const struct merkle_reader *, uint64_t index,
    uint64_t size, struct merkle_proof *);

/*
 * RFC 6962 §2.1.2; old <= size.  It is empty from size 0, which all trees
 * extend, and between equal sizes.
 */
enum err merkle_consistency(const struct merkle_reader *, uint64_t old,
    uint64_t size, struct merkle_proof *);

/* ---- proofs checked -------------------------------------------------- */

/* RFC 9162 §2.1.3.2 (the same hashes, an algorithm without recursion). */
bool merkle_includes(const struct merkle_proof *, uint64_t index, uint64_t size,
    const uint8_t leaf[MERKLE_HASH], const uint8_t root[MERKLE_HASH]);

struct merkle_point {
	uint64_t size;
	uint8_t root[MERKLE_HASH];
};

/*
 * RFC 9162 §2.1.4.2: is the tree of `now` one that extends that of `old`?
 * Size 0 has the root of no leaf, and no proof.
 */
bool merkle_extends(const struct merkle_proof *, const struct merkle_point *old,
    const struct merkle_point *now);

#endif
