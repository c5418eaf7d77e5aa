/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small log whose hashes are at hand, for the tests of what is made of them:
 * leaf i is the hash of i as eight bytes.
 *
 *	tree_grow();
 *	merkle_inclusion(&tree_reader, …)
 *	tree_at(size)
 */
#ifndef UNIT_TREE_H
#define UNIT_TREE_H

#include "crypt/merkle.h"

enum { TREE_MOST = 600 };

static uint8_t tree_leaves[TREE_MOST][MERKLE_HASH];

static inline enum err
tree_read(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	struct merkle m;

	(void)arg;
	merkle_start(&m);
	for (uint64_t i = index << level; i < (index + 1) << level; i++)
		merkle_add(&m, tree_leaves[i]);
	merkle_root(&m, out);
	return ERR_OK;
}

static const struct merkle_reader tree_reader = { .read = tree_read };

static inline void
tree_grow(void)
{
	for (uint64_t i = 0; i < TREE_MOST; i++)
		merkle_leaf(&i, sizeof(i), tree_leaves[i]);
}

static inline struct merkle_point
tree_at(uint64_t size)
{
	struct merkle_point tree = { .size = size };

	merkle_root_of(&tree_reader, size, tree.root);
	return tree;
}

#endif
