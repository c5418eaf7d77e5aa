/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text cut into its lines or its words, each with a number that stands for
 * its bytes: what base/diff.c compares.  Whatever the bytes, all of them are
 * in one cut.
 */
#ifndef BASE_CUTS_H
#define BASE_CUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { CUTS_SIDES = 2 };

struct cuts {
	const char *text; /* as given */
	uint32_t *start;  /* offsets; `count` of them, and the end */
	uint32_t *ids;	  /* from cuts_number() */
	bool *is_common;  /* for lcs_mark(); false at first */
	bool *is_blank;	  /* white space alone; a "\n" is no blank word */
	size_t count;
};

/* A line ends behind its "\n", the last one at the end of the text. */
void cuts_lines(struct arena *, struct cuts *, const char *, size_t len);

/*
 * A word is a run of letters and digits, of white space, or of the same sign
 * ("**", "---"), with the combining marks behind it; a "\n" is one of its own.
 * A byte that is not UTF-8 is a sign.
 */
void cuts_words(struct arena *, struct cuts *, const char *, size_t len);

/* Bytes of the i-th one. */
size_t cuts_length(const struct cuts *, size_t i);

/*
 * Gives both sides' cuts ids, equal where the bytes are equal; returns how
 * many different ones there are, at least 1: ids are below that.
 */
size_t cuts_number(struct arena *, struct cuts sides[CUTS_SIDES]);

#endif
