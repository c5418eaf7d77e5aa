/* SPDX-License-Identifier: Apache-2.0 */
/* The short way must give the answer of the long one, for true and false. */
#include "crypt/merkle_trail.h"
#include "tree.h"
#include "unit.h"

enum { MOST = 130 };

static void
same(struct merkle_trail *t, const struct merkle_proof *proof, uint64_t index,
    const uint8_t *leaf)
{
	ck_assert_int_eq(merkle_trail_includes(t, proof, index, leaf),
	    merkle_includes(proof, index, t->tree.size, leaf, t->tree.root));
}

/* True ones, ascending by a step, or in any order. */
START_TEST(true_ones)
{
	static struct merkle_trail t;
	struct merkle_proof proof;

	tree_grow();
	for (uint64_t size = 1; size <= MOST; size += size < 40 ? 1 : 9)
		for (uint64_t step = 1; step <= 7; step += 2) {
			struct merkle_point tree = tree_at(size);

			merkle_trail_start(&t, &tree);
			for (uint64_t i = 0; i < 2 * size; i++) {
				uint64_t at = i * step % size;

				merkle_inclusion(
				    &tree_reader, at, size, &proof);
				ck_assert(merkle_trail_includes(
				    &t, &proof, at, tree_leaves[at]));
			}
		}
}
END_TEST

/* After each true one: every false one of its neighbours, and none sticks. */
START_TEST(false_ones)
{
	static const uint64_t sizes[] = { 1, 2, 3, 5, 8, 13, 21, 31 };
	static struct merkle_trail t;
	struct merkle_proof proof, bad;

	tree_grow();
	for (int s = 0; s < UNIT_COUNT(sizes); s++) {
		uint64_t size = sizes[s];
		struct merkle_point tree = tree_at(size);

		merkle_trail_start(&t, &tree);
		for (uint64_t i = 0; i < size; i++) {
			merkle_inclusion(&tree_reader, i, size, &proof);
			for (size_t bit = 0; bit < proof.n * 256; bit += 11) {
				bad = proof;
				bad.hash[bit / 256][bit / 8 % 32] ^=
				    (uint8_t)(1 << bit % 8);
				same(&t, &bad, i, tree_leaves[i]);
			}
			bad = proof;
			for (bad.n = 0; bad.n <= MERKLE_PROOF_MAX; bad.n++)
				if (bad.n != proof.n)
					same(&t, &bad, i, tree_leaves[i]);
			for (uint64_t other = 0; other <= size; other++) {
				if (other == i)
					continue;
				same(&t, &proof, other, tree_leaves[i]);
				same(&t, &proof, i, tree_leaves[other]);
			}
			ck_assert(merkle_trail_includes(
			    &t, &proof, i, tree_leaves[i]));
			same(&t, &proof, i, tree_leaves[(i + 1) % MOST]);
		}
	}
}
END_TEST

/* A root that is not the tree's: nothing holds, nothing is remembered. */
START_TEST(false_root)
{
	static struct merkle_trail t;
	struct merkle_point tree;
	struct merkle_proof proof;

	tree_grow();
	tree = tree_at(9);
	tree.root[0] ^= 1;
	merkle_trail_start(&t, &tree);
	for (uint64_t i = 0; i < 9; i++) {
		merkle_inclusion(&tree_reader, i, 9, &proof);
		ck_assert(
		    !merkle_trail_includes(&t, &proof, i, tree_leaves[i]));
	}
}
END_TEST

UNIT_MAIN("merkle_trail", UNIT(true_ones), UNIT(false_ones), UNIT(false_root))
