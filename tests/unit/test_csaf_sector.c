/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "base/arena.h"
#include "domain/csaf_sector.h"
#include "domain/sector.h"

/* Words of sector_words, and what is left over, with commas. */
static const struct {
	const char *text, *words, *left;
	bool is_multiple;
} rows[] = {
	{ "Critical Manufacturing", "manufacturing", "", false },
	{ " critical manufacturing\t ", "manufacturing", "", false },
	{ "Energy Sector", "energy", "", false },
	{ "Commercial Facilities Sector, Government Facilities Sector",
	    "public-administration", "Commercial Facilities", false },
	{ "Critical Manufacturing, Energy, Water and Wastewater Systems",
	    "energy,water,manufacturing", "", false },
	{ "Chemical, Energy, and Water and Wastewater",
	    "energy,water,chemicals", "", false },
	{ "Critical Manufacturing; Dams; Nuclear Reactors, Materials, and"
	  " Waste; Transportation Systems",
	    "energy,transport,water,manufacturing", "", false },
	{ "Nuclear Reactors, Materials and Waste", "energy", "", false },
	{ "Oil & Gas, Petrochemical, Life Sciences", "energy,health,chemicals",
	    "", false },
	{ "Multiple", "", "", true },
	{ "Multiple Sectors", "", "", true },
	{ "Multiple including Critical Manufacturing", "manufacturing", "",
	    true },
	{ "Communications, Emergency Services", "communications",
	    "Emergency Services", false },
	{ "Government Facilitates, Energy", "energy", "Government Facilitates",
	    false },
	{ "Energy Lasers", "", "Energy Lasers", false },
	{ "Energy and Lasers", "energy", "Lasers", false },
	{ "Lasers and Energy", "energy", "Lasers", false },
	{ "Lasers, Lasers, lasers, etc.", "", "Lasers,lasers", false },
	{ "Financial Services", "banking,financial-markets", "", false },
	{ "Government Facilities / Election Infrastructure",
	    "public-administration", "", false },
	{ "Énergie et transports", "energy,transport", "", false },
	{ "Eau potable, eaux usées", "water", "", false },
	{ "SANTÉ; Chimie", "health,chemicals", "", false },
	{ "", "", "", false },
	{ ", ;/ and , sector", "", "", false },
};

static void
join(char *out, size_t size, const char *word)
{
	size_t len = strlen(out);

	snprintf(out + len, size - len, "%s%s", len > 0 ? "," : "", word);
}

START_TEST(reads)
{
	struct arena *a = arena_new(16 << 20);
	struct csaf_sectors s = { 0 };
	char words[1000] = "", left[1000] = "";

	csaf_sector_read(a, rows[_i].text, &s);
	for (int i = 0; i < SECTOR_COUNT; i++)
		if ((s.bits >> i & 1) != 0)
			join(words, sizeof(words), sector_words[i]);
	for (size_t i = 0; i < s.left_count; i++)
		join(left, sizeof(left), s.left[i].name);
	ck_assert_str_eq(words, rows[_i].words);
	ck_assert_str_eq(left, rows[_i].left);
	ck_assert(s.is_multiple == rows[_i].is_multiple);
	arena_free(a);
}
END_TEST

START_TEST(known_and_unknown)
{
	struct arena *a = arena_new(16 << 20);
	struct csaf_sectors s = { 0 };

	csaf_sector_read(a, "Commercial Facilities, Lasers", &s);
	ck_assert_uint_eq(s.left_count, 2);
	ck_assert(s.left[0].is_known);
	ck_assert(!s.left[1].is_known);
	arena_free(a);
}
END_TEST

/* More names than are kept: said, not dropped. */
START_TEST(too_many)
{
	struct arena *a = arena_new(16 << 20);
	struct csaf_sectors s = { 0 };
	char text[4000] = "", name[20];

	for (int i = 0; i < CSAF_SECTOR_NAMES + 20; i++) {
		snprintf(name, sizeof(name), "Laser%d", i);
		join(text, sizeof(text), name);
	}
	csaf_sector_read(a, text, &s);
	ck_assert_uint_eq(s.left_count, CSAF_SECTOR_NAMES + 1);
	ck_assert_str_eq(s.left[CSAF_SECTOR_NAMES].name, "…");
	arena_free(a);
}
END_TEST

static const char *const titles[] = { "Critical infrastructure sectors",
	"CRITICAL INFRASTRUCTURE SECTORS",
	"Secteurs d’infrastructures critiques" };
static const char *const other_titles[] = { "", "Summary",
	"Critical infrastructure sectors of others" };

START_TEST(title_good)
{
	struct arena *a = arena_new(1 << 20);

	ck_assert(csaf_sector_title(a, titles[_i]));
	arena_free(a);
}
END_TEST

START_TEST(title_bad)
{
	struct arena *a = arena_new(1 << 20);

	ck_assert(!csaf_sector_title(a, other_titles[_i]));
	arena_free(a);
}
END_TEST

UNIT_MAIN("csaf_sector", UNIT_ROWS(reads, rows), UNIT(known_and_unknown),
    UNIT(too_many), UNIT_ROWS(title_good, titles),
    UNIT_ROWS(title_bad, other_titles))
