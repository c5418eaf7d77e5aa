/* SPDX-License-Identifier: Apache-2.0 */
/* Names and widths of tiles, and the entries in them. */
#include "crypt/tlog_tile.h"
#include "unit.h"

/* ---- names ----------------------------------------------------------- */

static const struct {
	struct tlog_tile tile;
	const char *path;
} names[] = {
	{ { 0, 0, 256 }, "tile/0/000" },
	{ { 0, 0, 1 }, "tile/0/000.p/1" },
	{ { 7, 999, 255 }, "tile/7/999.p/255" },
	{ { 1, 1000, 256 }, "tile/1/x001/000" },
	{ { 0, 1234067, 256 }, "tile/0/x001/x234/067" },
	{ { 0, 1234067, 8 }, "tile/0/x001/x234/067.p/8" },
	{ { TLOG_TILE_ENTRIES, 273, 112 }, "tile/entries/273.p/112" },
	{ { TLOG_TILE_ENTRIES, UINT64_C(36028797018963967), 255 },
	    "tile/entries/x036/x028/x797/x018/x963/967.p/255" },
};

START_TEST(names_both_ways)
{
	struct tlog_tile tile;
	char path[TLOG_TILE_PATH];

	tlog_tile_path(&names[_i].tile, path);
	ck_assert_str_eq(path, names[_i].path);
	ck_assert(tlog_tile_parse(span_of(path), &tile));
	ck_assert_int_eq(tile.level, names[_i].tile.level);
	ck_assert_uint_eq(tile.number, names[_i].tile.number);
	ck_assert_int_eq(tile.width, names[_i].tile.width);
}
END_TEST

static const char *const bad[] = { "", "tile/", "tile/0", "tile/0/", "tile/0/0",
	"tile/0/00", "tile/0/0000", "tile/00/000", "tile/8/000", "tile/-1/000",
	"tile/0/x000/000", "tile/0/x000/001", "tile/0/001/000",
	"tile/0/x001/x000", "tile/0/x001000", "tile/0/000.p", "tile/0/000.p/",
	"tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
	"tile/0/000.p/1/", "tile/0/000/", "/tile/0/000", "tile/0/../000",
	"tile/entries", "tile/entries/", "tile/entry/000", "tile/0/ab0",
	"tile/0/x999/x999/x999/x999/x999/x999/x999/999" };

START_TEST(names_bad)
{
	struct tlog_tile tile;

	ck_assert_msg(!tlog_tile_parse(span_of(bad[_i]), &tile), "%s", bad[_i]);
}
END_TEST

/* ---- widths ---------------------------------------------------------- */

static const struct {
	uint64_t size;
	int level;
	uint64_t full;
	int partial;
} widths[] = {
	{ 0, 0, 0, 0 },
	{ 1, 0, 0, 1 },
	{ 255, 0, 0, 255 },
	{ 256, 0, 1, 0 },
	{ 256, 1, 0, 1 },
	{ 257, 0, 1, 1 },
	{ 65535, 1, 0, 255 },
	{ 65536, 1, 1, 0 },
	{ 65536, 2, 0, 1 },
	{ 70000, 0, 273, 112 },
	{ 70000, TLOG_TILE_ENTRIES, 273, 112 },
	{ 70000, 1, 1, 17 },
	{ 70000, 2, 0, 1 },
	{ 70000, 3, 0, 0 },
	{ MERKLE_SIZE_MAX, 7, 0, 127 },
};

START_TEST(widths_by_the_row)
{
	uint64_t size = widths[_i].size, full = widths[_i].full;
	int level = widths[_i].level, partial = widths[_i].partial;
	struct tlog_tile tile;

	ck_assert_uint_eq(tlog_tile_full(level, size), full);
	ck_assert_int_eq(tlog_tile_partial(level, size), partial);
	if (full > 0) {
		ck_assert(tlog_tile_at(level, full - 1, size, &tile));
		ck_assert_int_eq(tile.width, TLOG_TILE_WIDTH);
	}
	ck_assert_int_eq(tlog_tile_at(level, full, size, &tile), partial > 0);
	ck_assert_int_eq(tile.width, partial);
	ck_assert(!tlog_tile_at(level, full + 1, size, &tile));
	ck_assert(!tlog_tile_at(TLOG_TILE_LEVELS, 0, size, &tile));
	ck_assert(!tlog_tile_at(-2, 0, size, &tile));
}
END_TEST

/* ---- entries --------------------------------------------------------- */

START_TEST(entries_both_ways)
{
	static char large[TLOG_ENTRY_MAX + 1];
	struct span rest, entry;
	struct buf b;

	buf_init(&b, 1 << 20);
	ck_assert(tlog_entry_add(&b, "ab", 2));
	ck_assert(tlog_entry_add(&b, "", 0));
	ck_assert(tlog_entry_add(&b, large, TLOG_ENTRY_MAX));
	ck_assert(!tlog_entry_add(&b, large, TLOG_ENTRY_MAX + 1));
	ck_assert_mem_eq(b.data, "\0\2ab\0\0\xff\xff", 8);
	rest = (struct span){ b.data, b.len };
	ck_assert(tlog_entry_next(&rest, &entry));
	ck_assert(span_is(entry, "ab"));
	ck_assert(tlog_entry_next(&rest, &entry));
	ck_assert_uint_eq(entry.len, 0);
	ck_assert(tlog_entry_next(&rest, &entry));
	ck_assert_uint_eq(entry.len, TLOG_ENTRY_MAX);
	ck_assert(!tlog_entry_next(&rest, &entry));
	ck_assert_uint_eq(rest.len, 0);
	for (size_t len = 1; len < 4; len++) {
		rest = (struct span){ b.data, len };
		ck_assert(!tlog_entry_next(&rest, &entry));
	}
	buf_free(&b);
}
END_TEST

UNIT_MAIN("tlog_tile", UNIT_ROWS(names_both_ways, names),
    UNIT_ROWS(names_bad, bad), UNIT_ROWS(widths_by_the_row, widths),
    UNIT(entries_both_ways))
