/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of PDF (ISO 32000-1 §7.3.5), taken byte by byte: each may be written
 * in many ways, "/Launch" as "/#4caunch", and is compared as it is meant.
 * Only for pdf_active.c and pdf_dict.c.
 */
#ifndef SCAN_PDF_NAME_H
#define SCAN_PDF_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PDF_NAME = 24 }; /* bytes; what is longer is none of ours */

/* All zero before the first byte after the '/'. */
struct pdf_name {
	char text[PDF_NAME + 1];
	unsigned len;	  /* PDF_NAME + 1: none of ours */
	unsigned escaped; /* bytes of "#4c" so far */
	char digit;	  /* the first after '#' */
};

/* White space, or a delimiter: a name, a number or a word ends (§7.2.2). */
bool pdf_name_is_space(uint8_t);
bool pdf_name_is_end(uint8_t);

void pdf_name_add(struct pdf_name *, uint8_t);
/* After the last byte: the name, or "" when it is none of ours. */
const char *pdf_name_end(struct pdf_name *);

#endif
