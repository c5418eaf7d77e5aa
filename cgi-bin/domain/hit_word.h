/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What hit.c and hit_word.c share: how words are cut out of a text, and those
 * of a query.  hit.h has what others use.
 */
#ifndef DOMAIN_HIT_WORD_H
#define DOMAIN_HIT_WORD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "domain/hit.h"

enum {
	HIT_FOLDED_BYTES = 128, /* longer words are not compared */
	HIT_PAIRS = 128 * 128	/* of ASCII */
};

/* A word of the query, as typed and as compared. */
struct hit_word {
	const char *raw;
	size_t raw_len;
	char *folded;
	size_t len;
	bool is_first; /* of its phrase */
};

struct hit_words {
	/* The one after the last is_first. */
	struct hit_word words[HIT_WORDS_MAX + 1];
	size_t count;
	size_t last_chars;
	/* Bytes that a phrase may begin with: most words of a text do not. */
	bool may_begin[256];
	/*
	 * Each phrase begins with a word of so many ASCII letters at least, and
	 * these are the pairs of letters in such words, as bits.  Where a text
	 * has another pair, no phrase has begun since the word's length before:
	 * what is no ASCII takes as many bytes as it has letters when folded.
	 */
	size_t shortest;
	int *steps; /* that are left */
	unsigned char pairs[HIT_PAIRS / CHAR_BIT];
};

/* Most of a text is decided here. */
static inline bool
hit_is_ascii_word(char c)
{
	/* clang-format off */
	static const bool is[256] = {
		['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	};
	/* clang-format on */

	return is[(unsigned char)c];
}

static inline bool
hit_is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static inline size_t
hit_pair(char first, char second)
{
	return (size_t)(unsigned char)first << 7 | (unsigned char)second;
}

/* The length of the word character at s, or 0. */
size_t hit_word_char(const char *s, const char *end, bool is_inside);

/* Finds the next word at or after *s: where it starts, and its length. */
size_t hit_word_next(const char **s, const char *end);

/* Lower case without accents; its length, or 0 when it is too long. */
size_t hit_word_fold(const char *s, size_t len, char out[HIT_FOLDED_BYTES]);

#endif
