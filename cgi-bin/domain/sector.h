/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sectors of NIS2 annexes I and II.  A set of them is a bit mask: bit n
 * is row n of the table here, in the database too, so rows are only appended.
 */
#ifndef DOMAIN_SECTOR_H
#define DOMAIN_SECTOR_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum { SECTOR_COUNT = 17 };

/* "energy", "financial-markets": in addresses, forms, catalogue keys. */
extern const char *const sector_words[SECTOR_COUNT + 1];

bool sector_from_word(const char *, int64_t *bit);

/* The words of a set, in the table's order: a new array. */
json_t *sector_list(int64_t sectors);

#endif
