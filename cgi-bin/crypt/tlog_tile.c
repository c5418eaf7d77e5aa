/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_tile.h"

#include <stdio.h>
#include <string.h>

static const char prefix[] = "tile/";
static const char entries[] = "entries/";

/* ---- widths ---------------------------------------------------------- */

/* Of the tree's leaves, or hashes of the level: how many there are. */
static uint64_t
hashes_at(int level, uint64_t size)
{
	return level <= 0 ? size : size >> (TLOG_TILE_HEIGHT * level);
}

uint64_t
tlog_tile_full(int level, uint64_t size)
{
	return hashes_at(level, size) / TLOG_TILE_WIDTH;
}

int
tlog_tile_partial(int level, uint64_t size)
{
	return (int)(hashes_at(level, size) % TLOG_TILE_WIDTH);
}

bool
tlog_tile_at(int level, uint64_t number, uint64_t size, struct tlog_tile *tile)
{
	uint64_t full;

	*tile = (struct tlog_tile){ .level = level, .number = number };
	if (level < TLOG_TILE_ENTRIES || level >= TLOG_TILE_LEVELS ||
	    size > MERKLE_SIZE_MAX)
		return false;
	full = tlog_tile_full(level, size);
	if (number < full)
		tile->width = TLOG_TILE_WIDTH;
	else if (number == full)
		tile->width = tlog_tile_partial(level, size);
	return tile->width > 0;
}

/* ---- names ----------------------------------------------------------- */

/* The groups of three digits, from the last to the first. */
static size_t
put_number(uint64_t number, char *out, size_t cap)
{
	char groups[8][4];
	size_t n = 0, len = 0;

	do {
		snprintf(groups[n++], sizeof(groups[0]), "%03u",
		    (unsigned)(number % 1000));
		number /= 1000;
	} while (number > 0);
	while (n-- > 0)
		len += (size_t)snprintf(out + len, cap - len, "%s%s%s",
		    n > 0 ? "x" : "", groups[n], n > 0 ? "/" : "");
	return len;
}

void
tlog_tile_path(const struct tlog_tile *tile, char out[TLOG_TILE_PATH])
{
	size_t len;

	if (tile->level == TLOG_TILE_ENTRIES)
		len = (size_t)snprintf(
		    out, TLOG_TILE_PATH, "%s%s", prefix, entries);
	else
		len = (size_t)snprintf(
		    out, TLOG_TILE_PATH, "%s%d/", prefix, tile->level);
	len += put_number(tile->number, out + len, TLOG_TILE_PATH - len);
	if (tile->width < TLOG_TILE_WIDTH)
		snprintf(out + len, TLOG_TILE_PATH - len, ".p/%d", tile->width);
}

static bool
take_digits(struct span *s, uint64_t *number)
{
	if (s->len < 3)
		return false;
	for (int i = 0; i < 3; i++) {
		if (s->at[i] < '0' || s->at[i] > '9')
			return false;
		if (__builtin_mul_overflow(*number, (uint64_t)10, number) ||
		    __builtin_add_overflow(
			*number, (uint64_t)(s->at[i] - '0'), number))
			return false;
	}
	s->at += 3;
	s->len -= 3;
	return true;
}

static bool
take_number(struct span *s, uint64_t *number)
{
	*number = 0;
	while (span_skip(s, "x"))
		if (!take_digits(s, number) || !span_skip(s, "/"))
			return false;
	return take_digits(s, number);
}

static bool
take_level(struct span *s, int *level)
{
	struct span digits;
	uint64_t value;

	*level = TLOG_TILE_ENTRIES;
	if (span_skip(s, entries))
		return true;
	if (!span_until(s, '/', &digits) ||
	    !span_to_uint(digits, TLOG_TILE_LEVELS - 1, &value))
		return false;
	*level = (int)value;
	return true;
}

/* Whatever reads as a name is one only if it is written the same. */
bool
tlog_tile_parse(struct span path, struct tlog_tile *tile)
{
	uint64_t width = TLOG_TILE_WIDTH;
	char again[TLOG_TILE_PATH];
	struct span s = path;

	memset(tile, 0, sizeof(*tile));
	if (s.len >= TLOG_TILE_PATH || !span_skip(&s, prefix) ||
	    !take_level(&s, &tile->level) || !take_number(&s, &tile->number))
		return false;
	if (span_skip(&s, ".p/")) {
		if (!span_to_uint(s, TLOG_TILE_WIDTH - 1, &width) || width == 0)
			return false;
		s.len = 0;
	}
	tile->width = (int)width;
	tlog_tile_path(tile, again);
	return s.len == 0 && span_is(path, again);
}

/* ---- entries --------------------------------------------------------- */

bool
tlog_entry_add(struct buf *out, const void *entry, size_t len)
{
	if (len > TLOG_ENTRY_MAX)
		return false;
	buf_addc(out, (char)(len >> 8));
	buf_addc(out, (char)(len & 0xff));
	buf_add(out, entry, len);
	return !out->overflow;
}

bool
tlog_entry_next(struct span *rest, struct span *entry)
{
	const unsigned char *p = (const unsigned char *)rest->at;
	size_t len;

	*entry = (struct span){ NULL, 0 };
	if (rest->len < 2)
		return false;
	len = (size_t)p[0] << 8 | p[1];
	if (len > rest->len - 2)
		return false;
	*entry = (struct span){ rest->at + 2, len };
	rest->at += 2 + len;
	rest->len -= 2 + len;
	return true;
}
