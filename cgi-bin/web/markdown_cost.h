/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a text would cost cmark-gfm (0.29.0.gfm.6), whose work and output can
 * grow with the square of a text: counted in one pass each, and never less
 * than it is.  What is too much is markdown.c's to say.
 */
#ifndef WEB_MARKDOWN_COST_H
#define WEB_MARKDOWN_COST_H

#include <stddef.h>

struct markdown_cost {
	/* A row is filled up to the width of its table's head: cells. */
	size_t cells;
	/* For each the search for addresses goes through the text again. */
	size_t ats;
	size_t links; /* "www." and "://", likewise */
	/* ')' of one word, for each of which a link is counted through. */
	size_t closings;
	/* How deep lists and quotes may lie in each other, … */
	size_t depth;
	/* … and that for each line, which is looked for in all of them. */
	size_t nesting;
	/* Definitions of links, if each '[' were a use of the longest. */
	size_t expansion;
};

void markdown_cost_of(const char *text, struct markdown_cost *);

#endif
