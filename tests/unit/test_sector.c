/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "domain/sector.h"

/* The database has the bits: a word's never changes. */
static const struct {
	const char *word;
	int64_t bit; /* 0: no sector */
} words[] = {
	{ "energy", 1 },
	{ "transport", 2 },
	{ "communications", 4 },
	{ "water", 8 },
	{ "public-administration", 256 },
	{ "research", 65536 },
	{ "Energy", 0 },
	{ "energ", 0 },
	{ "post", 0 },
	{ "", 0 },
	{ NULL, 0 },
};

START_TEST(from_word)
{
	int64_t bit = -1;

	ck_assert(
	    sector_from_word(words[_i].word, &bit) == (words[_i].bit != 0));
	ck_assert_int_eq(bit, words[_i].bit);
}
END_TEST

START_TEST(table_is_whole)
{
	int n = 0;

	while (sector_words[n] != NULL)
		n++;
	ck_assert_int_eq(n, SECTOR_COUNT);
}
END_TEST

UNIT_MAIN("sector", UNIT_ROWS(from_word, words), UNIT(table_is_whole))
