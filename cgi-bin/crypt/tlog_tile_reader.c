/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_tile_reader.h"

#include <string.h>

void
tlog_tile_reader_start(struct tlog_tile_reader *r,
    const struct tlog_tile_source *source, uint64_t size)
{
	r->source = *source;
	r->size = size;
	r->uses = 0;
	r->crowns = NULL;
	for (int i = 0; i < TLOG_TILES_KEPT; i++) {
		r->kept[i].tile.width = 0;
		r->kept[i].used = 0;
	}
}

/* ---- crowns ---------------------------------------------------------- */

void
tlog_tile_reader_crown(
    struct tlog_tile_reader *r, struct tlog_tile_crown *crowns)
{
	/* Only what was written to takes memory. */
	for (int i = 0; i < TLOG_CROWNS; i++)
		if (crowns[i].tile.width != 0)
			crowns[i].tile.width = 0;
	r->crowns = crowns;
}

static bool
is_same(const struct tlog_tile *a, const struct tlog_tile *b)
{
	return a->width == b->width && a->level == b->level &&
	    a->number == b->number;
}

static struct tlog_tile_crown *
crown_of(struct tlog_tile_reader *r, const struct tlog_tile *tile)
{
	if (r->crowns == NULL || tile->width < TLOG_TILE_WIDTH)
		return NULL;
	return &r->crowns[tile->number % TLOG_CROWNS];
}

static void
keep_crown(struct tlog_tile_reader *r, const struct tlog_tile_tree *t)
{
	struct tlog_tile_crown *crown = crown_of(r, &t->tile);

	if (crown == NULL)
		return;
	crown->tile = t->tile;
	memcpy(crown->is_known, t->is_known, sizeof(crown->is_known));
	memcpy(crown->node, t->node, sizeof(crown->node));
}

static void
take_crown(struct tlog_tile_reader *r, struct tlog_tile_tree *t)
{
	const struct tlog_tile_crown *crown = crown_of(r, &t->tile);

	if (crown == NULL || !is_same(&crown->tile, &t->tile))
		return;
	memcpy(t->is_known, crown->is_known, sizeof(crown->is_known));
	memcpy(t->node, crown->node, sizeof(crown->node));
}

/* ---- tiles ----------------------------------------------------------- */

/* It is there, or it takes the place of what was not used for longest. */
static struct tlog_tile_tree *
place_of(struct tlog_tile_reader *r, const struct tlog_tile *tile)
{
	struct tlog_tile_tree *oldest = &r->kept[0], *t;

	for (t = r->kept; t < r->kept + TLOG_TILES_KEPT; t++) {
		if (is_same(&t->tile, tile))
			return t;
		if (t->used < oldest->used)
			oldest = t;
	}
	keep_crown(r, oldest);
	oldest->tile.width = 0;
	return oldest;
}

static enum err
load(struct tlog_tile_reader *r, int level, uint64_t number,
    struct tlog_tile_tree **tree)
{
	struct tlog_tile_tree *t;
	struct tlog_tile tile;
	enum err rc;

	if (!tlog_tile_at(level, number, r->size, &tile))
		return ERR_INVALID;
	*tree = t = place_of(r, &tile);
	t->used = ++r->uses;
	if (t->tile.width > 0)
		return ERR_OK;
	rc = r->source.read(r->source.arg, &tile, t->node[TLOG_TILE_WIDTH]);
	if (rc != ERR_OK)
		return rc;
	memset(t->is_known, false, TLOG_TILE_WIDTH);
	memset(t->is_known + TLOG_TILE_WIDTH, true, (size_t)tile.width);
	t->tile = tile;
	take_crown(r, t);
	return ERR_OK;
}

/* Of a subtree that is complete within the tile: it is eight high at most. */
static const uint8_t *
node_of(struct tlog_tile_tree *t, size_t node)
{
	const uint8_t *left, *right;

	if (!t->is_known[node]) {
		left = node_of(t, 2 * node);
		right = node_of(t, 2 * node + 1);
		merkle_node(left, right, t->node[node]);
		t->is_known[node] = true;
	}
	return t->node[node];
}

static enum err
read_hash(void *arg, int height, uint64_t index, uint8_t out[MERKLE_HASH])
{
	struct tlog_tile_reader *r = arg;
	int level = height / TLOG_TILE_HEIGHT;
	int inside = height % TLOG_TILE_HEIGHT;
	uint64_t first = index << inside;
	size_t at = (size_t)(first % TLOG_TILE_WIDTH);
	struct tlog_tile_tree *t;
	enum err rc;

	if (level >= TLOG_TILE_LEVELS ||
	    (first << (TLOG_TILE_HEIGHT * level)) >= r->size)
		return ERR_INVALID;
	rc = load(r, level, first / TLOG_TILE_WIDTH, &t);
	if (rc != ERR_OK)
		return rc;
	if (at + ((size_t)1 << inside) > (size_t)t->tile.width)
		return ERR_INVALID;
	memcpy(out, node_of(t, (TLOG_TILE_WIDTH + at) >> inside), MERKLE_HASH);
	return ERR_OK;
}

struct merkle_reader
tlog_tile_merkle(struct tlog_tile_reader *r)
{
	return (struct merkle_reader){ .read = read_hash, .arg = r };
}
