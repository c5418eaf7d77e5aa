/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a transparency log lies in static files (C2SP tlog-tiles): names,
 * widths and entries.  Not here: who writes the files, and the hashes of the
 * Merkle tree read from them (crypt/tlog_tile_reader.h).
 *
 *	tile/<L>/<N>[.p/<W>]	256 hashes of height 8 L, or W of them
 *	tile/entries/<N>[.p/<W>]	the entries of 256 leaves, each behind
 *				its length in two bytes, big-endian
 *
 * N is in groups of three digits, all but the last with an x before it:
 * 1234067 is x001/x234/067.  There is no empty tile, and none that is both
 * partial and full.
 */
#ifndef CRYPT_TLOG_TILE_H
#define CRYPT_TLOG_TILE_H

#include "base/buf.h"
#include "base/span.h"
#include "crypt/merkle.h"

enum {
	TLOG_TILE_HEIGHT = 8,
	TLOG_TILE_WIDTH = 1 << TLOG_TILE_HEIGHT,
	TLOG_TILE_BYTES = TLOG_TILE_WIDTH * MERKLE_HASH,
	TLOG_TILE_LEVELS = 8,	/* of a tree of MERKLE_SIZE_MAX leaves */
	TLOG_TILE_ENTRIES = -1, /* in place of a level */
	TLOG_TILE_PATH = 64,
	TLOG_ENTRY_MAX = 65535
};

struct tlog_tile {
	int level; /* or TLOG_TILE_ENTRIES */
	uint64_t number;
	int width; /* 1 to TLOG_TILE_WIDTH */
};

/* Full tiles of that level (or of entries) in a tree of that size. */
uint64_t tlog_tile_full(int level, uint64_t size);

/* The width of the partial tile behind them; 0: there is none. */
int tlog_tile_partial(int level, uint64_t size);

/* Tile number `number` as that tree has it; false: it has none. */
bool
tlog_tile_at(int level, uint64_t number, uint64_t size, struct tlog_tile *);

/* "tile/0/x001/x234/067.p/8": what stands behind the log's prefix. */
void tlog_tile_path(const struct tlog_tile *, char out[TLOG_TILE_PATH]);

/* The other way; false for what is not exactly a name of the above. */
bool tlog_tile_parse(struct span path, struct tlog_tile *);

/* ---- entries --------------------------------------------------------- */

/* Adds one to a tile of entries; false: too long, or the buffer is full. */
bool tlog_entry_add(struct buf *, const void *, size_t len);

/* Takes one off; false at the end, or when it is cut. */
bool tlog_entry_next(struct span *rest, struct span *entry);

#endif
