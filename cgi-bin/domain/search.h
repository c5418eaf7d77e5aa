/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What searches of full text share: the query, as its words and as the reach
 * of who asks, and how what was found is shown.  Which rows have the words,
 * and in which order, is each kind's own: advisory_search.c and
 * document_search.c alone include it.
 *
 * The words that a reader types become data of an FTS5 query, never its
 * syntax, and each hit passes the access rule before it counts.
 *
 * An index of prefixes would be as large as that of words, and a prefix
 * without one reads every word that has it.  So the last word is one only
 * where the whole words find nothing, on whatever page.
 */
#ifndef DOMAIN_SEARCH_H
#define DOMAIN_SEARCH_H

#include "domain/access.h"
#include "domain/hit.h"

/* A query: of whole words, or with the last as the beginning of one. */
struct search {
	struct hit_words *words;
	struct access_reach reach;
	const char *reach_words; /* access_words() */
	bool is_prefix;
};

/* Of whole words; ERR_INVALID: there is none in it. */
enum err search_start(struct ctx *, const char *query, struct search *);

/* Is the last word long enough to stand for those that begin with it? */
bool search_may_widen(const struct search *);

/* The words as an FTS5 query of these columns ("{title summary}") … */
char *search_match(struct arena *, const struct search *, const char *columns);
/* … or any query, of what is in the reach alone. */
char *search_within(struct arena *, const struct search *, const char *match);

/* hit_mark() of the whole text, or of what is around its first hit. */
char *search_mark(struct arena *, const struct search *, const char *text);
char *search_excerpt(struct arena *, const struct search *, const char *text);

#endif
