/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/sector.h"

#include <stddef.h>
#include <string.h>

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
	*bit = 0;
	for (int i = 0; word != NULL && i < SECTOR_COUNT; i++) {
		if (strcmp(sector_words[i], word) == 0)
			*bit = (int64_t)1 << i;
	}
	return *bit != 0;
}
