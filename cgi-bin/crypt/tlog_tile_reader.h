/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hashes of a log's Merkle tree, read from its tiles (C2SP tlog-tiles).
 * A tile has those of one level in eight; the ones between are made here, each
 * once, and kept with the tile.
 */
#ifndef CRYPT_TLOG_TILE_READER_H
#define CRYPT_TLOG_TILE_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "crypt/merkle.h"
#include "crypt/tlog_tile.h"

enum { TLOG_TILES_KEPT = 12, TLOG_CROWNS = 512, TLOG_CROWN_NODES = 32 };

/*
 * Gives a tile's hashes: `width` × MERKLE_HASH bytes.  ERR_NOT_FOUND,
 * ERR_CORRUPT …, as it likes.
 */
struct tlog_tile_source {
	enum err (*read)(void *arg, const struct tlog_tile *, uint8_t *out);
	void *arg;
};

/* Node 1 is the root, 2n and 2n + 1 are below n, and leaf i is 256 + i. */
struct tlog_tile_tree {
	struct tlog_tile tile; /* width 0: none */
	uint64_t used;
	bool is_known[2 * TLOG_TILE_WIDTH];
	uint8_t node[2 * TLOG_TILE_WIDTH][MERKLE_HASH];
};

/* The upper half of a full one: with it, most of the work is done. */
struct tlog_tile_crown {
	struct tlog_tile tile;
	bool is_known[TLOG_CROWN_NODES];
	uint8_t node[TLOG_CROWN_NODES][MERKLE_HASH];
};

/*
 * A merkle_reader over tiles.  It keeps those that were used last, some
 * 200 KiB: proofs of leaves that stand together read few.  `size` is the
 * tree's, and may be set anew when the log has grown, as full tiles never
 * change; nothing beyond it is asked for.  ERR_INVALID: beyond it; else what
 * the source says.
 */
struct tlog_tile_reader {
	struct tlog_tile_source source;
	uint64_t size;
	uint64_t uses;
	struct tlog_tile_crown *crowns; /* of tiles that were left; or NULL */
	struct tlog_tile_tree kept[TLOG_TILES_KEPT];
};

/* Forgets what was kept, and has no crowns. */
void tlog_tile_reader_start(
    struct tlog_tile_reader *, const struct tlog_tile_source *, uint64_t size);

/*
 * From now on it keeps the upper half of tiles that it leaves, in these
 * TLOG_CROWNS, which are cleared and stay the caller's: some 600 KiB, for
 * whoever is asked for leaves from all over a log.
 */
void
tlog_tile_reader_crown(struct tlog_tile_reader *, struct tlog_tile_crown *);

struct merkle_reader tlog_tile_merkle(struct tlog_tile_reader *);

#endif
