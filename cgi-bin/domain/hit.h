/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of a search, and where a text has them.  Words are cut and
 * compared as the full text index does it (FTS5's unicode61 without
 * diacritics): letters and numbers make words, anything else stands between
 * them, neither case nor accents count.  Where the two differ by a rare
 * character, a row is found and a word in it not marked, no more.
 *
 * Marking is done here and not by FTS5, whose snippet() reads each text
 * whole, twice: for 25 long documents that takes longer than the search.
 */
#ifndef DOMAIN_HIT_H
#define DOMAIN_HIT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct hit_words;

enum {
	HIT_WORDS_MAX = 24,	   /* of a query; the rest is not looked at */
	HIT_PHRASE_WORDS = 8,	   /* of a phrase; likewise */
	HIT_STEPS = 1000000,	   /* words compared in all: see below */
	HIT_LOOK_BYTES = 16 * 1024 /* how far into a text hits are looked for */
};

/*
 * What a reader typed, cut at white space into phrases (a CVE identifier is
 * one of three words).  NULL when there is no word in it.  The query is
 * UTF-8.
 *
 * A text can be such that nearly all of a phrase is at each of its words.
 * After HIT_STEPS nothing is found any more: rows of a page stand without
 * their hits then.
 */
struct hit_words *hit_words_new(struct arena *, const char *query);

/* Characters of the very last word. */
size_t hit_words_last(const struct hit_words *);

/*
 * As an FTS5 query: each phrase in quotes, joined by AND, the last as the
 * beginning of a word if asked for.  Nothing in it is syntax, as words hold
 * letters and numbers alone.
 */
char *hit_words_match(struct arena *, const struct hit_words *, bool is_prefix);

/*
 * The text with each hit between U+0002 and U+0003: the whole of it, or,
 * with `words` not 0, about so many from shortly before the first hit on,
 * with an ellipsis where it is cut, as one line.  NULL without a hit.
 */
char *hit_mark(struct arena *, const struct hit_words *, const char *text,
    size_t words, bool is_prefix);

/*
 * Has a document, of these texts (NULL-ended), every phrase, each within one
 * of them?  All of it is looked at.
 */
bool
hit_all(const struct hit_words *, const char *const *texts, bool is_prefix);

#endif
