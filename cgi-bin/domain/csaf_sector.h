/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of sectors as documents have them, in free text ("Critical
 * Manufacturing, Energy, and Water and Wastewater Systems"), to the sectors
 * of NIS2.  American names (the sixteen sectors of PPD-21), those of NIS2,
 * and ours, in English and French.
 */
#ifndef DOMAIN_CSAF_SECTOR_H
#define DOMAIN_CSAF_SECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { CSAF_SECTOR_NAMES = 64 }; /* that a document may have left over */

/* A name that led to no sector of ours. */
struct csaf_sector_name {
	const char *name; /* as it stands in the document, one line */
	bool is_known;	  /* a sector that NIS2 does not have */
};

struct csaf_sectors {
	int64_t bits;
	bool is_multiple;	       /* says "Multiple sectors" or the like */
	struct csaf_sector_name *left; /* in order; none twice */
	size_t left_count;
};

/* Is this the title of the note that names the sectors? */
bool csaf_sector_title(struct arena *, const char *title);

/* Adds what a clean text names; at most CSAF_SECTOR_NAMES are left over,
   what is beyond them makes one more name, "…". */
void csaf_sector_read(struct arena *, const char *text, struct csaf_sectors *);

#endif
