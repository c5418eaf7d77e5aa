/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collects the text inside a document for finding it: UTF-8 in form NFKC
 * (so that a ligature in a PDF is found by its letters), white space folded,
 * without control, bidirectional or unassigned-for-ever characters, and
 * bounded.  What does not fit is left out, and that is told.
 */
#ifndef SCAN_EXTRACT_H
#define SCAN_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { EXTRACT_MAX = 1024 * 1024 };

struct extract {
	struct buf text;
	bool is_cut;   /* there is, or may be, more text than this */
	bool is_full;  /* the limit is reached */
	bool has_gap;  /* a space, or a new line, is due before */
	bool has_line; /* the next character */
};

void extract_init(struct extract *);
void extract_free(struct extract *); /* harmless when done twice */

/*
 * Whole characters; what is not UTF-8 becomes a space.  False once the limit
 * is reached: nothing more is needed.
 */
bool extract_add(struct extract *, const char *, size_t len);
void extract_space(struct extract *);
void extract_line(struct extract *);

/* Brings it into NFKC and cuts it; nothing is added after this. */
void extract_finish(struct extract *);

#endif
