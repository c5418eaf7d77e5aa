/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of an office document acts, or fetches something, when somebody reads
 * it: objects and files of other programs, controls, add-ins, and parts that
 * lie elsewhere.  Entry by entry, by names, first bytes and relationships
 * (ECMA-376 part 2, §9.3).  Only for office.c.
 *
 * Not here: macros and the list of types, which office.c and office_parts.h
 * know; nor what stands in the text itself, such as fields that fetch.
 */
#ifndef SCAN_OFFICE_ACTIVE_H
#define SCAN_OFFICE_ACTIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan/extract.h"
#include "scan/markup.h"
#include "scan/verdict.h"

/* All relationships of a document; a sheet may have 65,530 links. */
enum { OFFICE_ACTIVE_RELATIONS = 32 * 1024 * 1024 };

enum { OFFICE_ACTIVE_HEAD = 4 };

struct office_active {
	char found[VERDICT_WHERE]; /* the first entry that acts, or "" */

	/* The entry being read. */
	char name[VERDICT_WHERE];
	uint8_t head[OFFICE_ACTIVE_HEAD];
	size_t head_len;
	struct markup *markup; /* when it holds relationships */

	size_t relations; /* bytes of them so far */
	struct extract *text;
	struct verdict *verdict;
};

/* All zero, but `text` (to which nothing is added) and `verdict`. */
void office_active_free(struct office_active *);

/*
 * Each entry, its bytes in pieces, its end.  What acts is told in `found`
 * alone, since it is not known yet what the archive is.  False with
 * VERDICT_BROKEN, VERDICT_FORBIDDEN with VERDICT_DTD, VERDICT_TOO_LARGE or
 * VERDICT_LIMIT, where relationships cannot be read.
 */
bool office_active_open(struct office_active *, const char *name);
bool office_active_data(struct office_active *, const uint8_t *, size_t);
bool office_active_close(struct office_active *);

/* Is there a folder of this name above the entry?  In any case of letters. */
bool office_active_below(const char *name, const char *folder);

/* A document that a chart may hold, by its name; else FORMAT_NONE. */
enum format office_active_table(const char *name);

#endif
