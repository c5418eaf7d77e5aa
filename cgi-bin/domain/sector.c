/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/sector.h"

#include <stddef.h>

#include "base/text.h"

/* Rows are only appended: a row's number is a bit in the database. */
const char *const sector_words[SECTOR_COUNT + 1] = {
	"energy",
	"transport",
	"communications",
	"water",
	"banking",
	"financial-markets",
	"health",
	"ict-services",
	"public-administration",
	"space",
	"postal",
	"waste",
	"chemicals",
	"food",
	"manufacturing",
	"digital-providers",
	"research",
	NULL,
};

bool
sector_from_word(const char *word, int64_t *bit)
{
	int row = text_index(sector_words, word);

	*bit = row >= 0 ? (int64_t)1 << row : 0;
	return row >= 0;
}

json_t *
sector_list(int64_t sectors)
{
	json_t *list = json_array();

	for (int i = 0; i < SECTOR_COUNT; i++)
		if ((sectors >> i & 1) != 0)
			json_array_append_new(
			    list, json_string(sector_words[i]));
	return list;
}
