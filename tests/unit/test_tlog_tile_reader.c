/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs made from tiles alone, and what a reader of tiles keeps. */
#include "crypt/tlog_tile_reader.h"
#include "unit.h"

enum { MOST = 66000 };

/* Every complete subtree at the heights of tiles. */
static uint8_t (*level0)[MERKLE_HASH], (*level1)[MERKLE_HASH];
static uint8_t level2[1][MERKLE_HASH];
static uint64_t tree_size;
static int reads;

static void
fill(void)
{
	struct merkle m, one;

	level0 = calloc(MOST, MERKLE_HASH);
	level1 = calloc(MOST / 256 + 1, MERKLE_HASH);
	merkle_start(&m);
	merkle_start(&one);
	for (uint64_t i = 0; i < MOST; i++) {
		merkle_leaf(&i, sizeof(i), level0[i]);
		merkle_add(&m, level0[i]);
		merkle_add(&one, level0[i]);
		if (m.size % 256 == 0) {
			merkle_root(&one, level1[i / 256]);
			merkle_start(&one);
		}
		if (m.size == 65536)
			merkle_root(&m, level2[0]);
	}
}

static enum err
read_tile(void *arg, const struct tlog_tile *tile, uint8_t *out)
{
	uint8_t(*from)[MERKLE_HASH] = tile->level == 0 ? level0
	    : tile->level == 1			       ? level1
						       : level2;
	struct tlog_tile same;

	(void)arg;
	reads++;
	/* It asks for tiles as a tree of this size has them. */
	ck_assert(tlog_tile_at(tile->level, tile->number, tree_size, &same));
	ck_assert_int_eq(same.width, tile->width);
	memcpy(out, from[tile->number * 256], (size_t)tile->width * 32);
	return ERR_OK;
}

static const struct tlog_tile_source source = { read_tile, NULL };
static const uint64_t sizes[] = { 1, 2, 255, 256, 257, 511, 600, 65535, 65536,
	65537, 66000 };

START_TEST(proofs_from_tiles)
{
	struct tlog_tile_reader *r = malloc(sizeof(*r));
	uint64_t size = tree_size = sizes[_i];
	struct merkle_point old = { 0 }, now = { .size = size };
	struct merkle_proof proof;
	struct merkle_reader m;
	struct merkle naive;
	uint8_t root[MERKLE_HASH];

	fill();
	merkle_start(&naive);
	tlog_tile_reader_start(r, &source, size);
	m = tlog_tile_merkle(r);
	ck_assert_int_eq(merkle_root_of(&m, size, now.root), ERR_OK);
	for (uint64_t i = 0; i < size; i++) {
		merkle_add(&naive, level0[i]);
		if (i % 509 != 0 && i + 2 < size)
			continue;
		ck_assert_int_eq(merkle_inclusion(&m, i, size, &proof), ERR_OK);
		ck_assert(
		    merkle_includes(&proof, i, size, level0[i], now.root));
		old.size = i + 1;
		merkle_root(&naive, old.root);
		ck_assert_int_eq(
		    merkle_consistency(&m, i + 1, size, &proof), ERR_OK);
		ck_assert(merkle_extends(&proof, &old, &now));
	}
	merkle_root(&naive, root);
	ck_assert_mem_eq(root, now.root, MERKLE_HASH);
	free(level0);
	free(level1);
	free(r);
}
END_TEST

/* Proofs one after the other read each tile once. */
START_TEST(tiles_are_kept)
{
	struct tlog_tile_reader *r = malloc(sizeof(*r));
	struct merkle_proof proof;
	struct merkle_reader m;
	uint8_t hash[MERKLE_HASH];

	fill();
	tree_size = 1024;
	tlog_tile_reader_start(r, &source, tree_size);
	m = tlog_tile_merkle(r);
	reads = 0;
	for (uint64_t i = 0; i < tree_size; i++)
		ck_assert_int_eq(
		    merkle_inclusion(&m, i, tree_size, &proof), ERR_OK);
	ck_assert_int_eq(reads, 5);
	/* Beyond the tree, or not complete within it. */
	ck_assert_int_eq(m.read(m.arg, 0, 1024, hash), ERR_INVALID);
	ck_assert_int_eq(m.read(m.arg, 11, 0, hash), ERR_INVALID);
	ck_assert_int_eq(m.read(m.arg, 63, 0, hash), ERR_INVALID);
	ck_assert_int_eq(m.read(m.arg, 10, 0, hash), ERR_OK);
	free(level0);
	free(level1);
	free(r);
}
END_TEST

/* A proof of that leaf, from tiles, holds. */
static void
proves(struct tlog_tile_reader *r, uint64_t index)
{
	const struct merkle_reader m = tlog_tile_merkle(r);
	uint8_t root[MERKLE_HASH];
	struct merkle_proof proof;

	ck_assert_int_eq(merkle_root_of(&m, r->size, root), ERR_OK);
	ck_assert_int_eq(merkle_inclusion(&m, index, r->size, &proof), ERR_OK);
	ck_assert(merkle_includes(&proof, index, r->size, level0[index], root));
}

/* With more tiles than are kept, in a log that grows, with crowns or not. */
START_TEST(all_over_a_log_that_grows)
{
	struct tlog_tile_crown *crowns = calloc(TLOG_CROWNS, sizeof(*crowns));
	struct tlog_tile_reader *r = malloc(sizeof(*r));
	int first;

	fill();
	tlog_tile_reader_start(r, &source, 0);
	if (_i == 1)
		tlog_tile_reader_crown(r, crowns);
	for (tree_size = 12345; tree_size <= MOST; tree_size += 12345) {
		r->size = tree_size;
		for (uint64_t i = 0; i < tree_size; i += 199)
			proves(r, i);
		for (uint64_t i = 7; i < tree_size; i += 499)
			proves(r, i);
		proves(r, tree_size - 1);
	}
	/* Most of it is known then, and no tile is taken for another. */
	ck_assert_int_eq(crowns[17].tile.width, _i == 1 ? 256 : 0);
	first = reads;
	for (uint64_t i = 0; i < 5; i++)
		proves(r, i);
	ck_assert_int_le(reads - first, 2);
	free(level0);
	free(level1);
	free(crowns);
	free(r);
}
END_TEST

/* A tile that could not be read is asked for again. */
static bool is_lost;

static enum err
read_or_not(void *arg, const struct tlog_tile *tile, uint8_t *out)
{
	return is_lost ? ERR_NOT_FOUND : read_tile(arg, tile, out);
}

START_TEST(a_lost_tile_is_not_kept)
{
	static const struct tlog_tile_source losing = { read_or_not, NULL };
	struct tlog_tile_reader *r = malloc(sizeof(*r));
	const struct merkle_reader m = tlog_tile_merkle(r);
	struct merkle_proof proof;

	fill();
	tree_size = 700;
	tlog_tile_reader_start(r, &losing, tree_size);
	is_lost = true;
	ck_assert_int_eq(
	    merkle_inclusion(&m, 5, tree_size, &proof), ERR_NOT_FOUND);
	is_lost = false;
	proves(r, 5);
	is_lost = true;
	proves(r, 5);
	free(level0);
	free(level1);
	free(r);
}
END_TEST

static const int both[] = { 0, 1 };

UNIT_MAIN("tlog_tile_reader", UNIT_ROWS(proofs_from_tiles, sizes),
    UNIT(tiles_are_kept), UNIT_ROWS(all_over_a_log_that_grows, both),
    UNIT(a_lost_tile_is_not_kept))
