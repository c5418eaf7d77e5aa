/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/hit_word.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

static bool
is_letter_or_number(int32_t c)
{
	static const bool is[32] = {
		[UTF8PROC_CATEGORY_LU] = true,
		[UTF8PROC_CATEGORY_LL] = true,
		[UTF8PROC_CATEGORY_LT] = true,
		[UTF8PROC_CATEGORY_LM] = true,
		[UTF8PROC_CATEGORY_LO] = true,
		[UTF8PROC_CATEGORY_ND] = true,
		[UTF8PROC_CATEGORY_NL] = true,
		[UTF8PROC_CATEGORY_NO] = true,
		[UTF8PROC_CATEGORY_CO] = true,
	};

	return is[utf8proc_category(c) & 31];
}

size_t
hit_word_char(const char *s, const char *end, bool is_inside)
{
	const unsigned char byte = (unsigned char)*s;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (byte < 0x80)
		return hit_is_ascii_word(*s);
	n = utf8proc_iterate((const utf8proc_uint8_t *)s, end - s, &c);
	if (n <= 0)
		return 0;
	/* A combining accent belongs to the letter before it. */
	if (is_inside && c >= 0x300 && c <= 0x36f)
		return (size_t)n;
	return is_letter_or_number(c) ? (size_t)n : 0;
}

size_t
hit_word_next(const char **s, const char *end)
{
	const char *p = *s;
	size_t n = 1;

	/* Plain bytes need no call: most of a text is that. */
	while (p < end && !hit_is_ascii_word(*p) &&
	    ((unsigned char)*p < 0x80 || hit_is_continuation(*p) ||
		!hit_word_char(p, end, false)))
		p++;
	*s = p;
	while (n > 0) {
		while (p < end && hit_is_ascii_word(*p))
			p++;
		if (p == end || (unsigned char)*p < 0x80)
			break;
		n = hit_word_char(p, end, p > *s);
		p += n;
	}
	return (size_t)(p - *s);
}

size_t
hit_word_fold(const char *s, size_t len, char out[HIT_FOLDED_BYTES])
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n;

	if (len >= HIT_FOLDED_BYTES)
		return 0;
	if (text_is_ascii(s, len)) {
		for (size_t i = 0; i < len; i++)
			out[i] = s[i] >= 'A' && s[i] <= 'Z'
			    ? (char)(s[i] | 0x20)
			    : s[i];
		return len;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len,
	    &folded,
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_STRIPMARK);
	if (n > 0 && n < HIT_FOLDED_BYTES)
		memcpy(out, folded, (size_t)n);
	else
		n = 0;
	free(folded);
	return (size_t)n;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

static size_t
count_chars(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += !hit_is_continuation(s[i]);
	return n;
}

/* In upper case and lower. */
static void
add_pair(struct hit_words *w, char first, char second)
{
	const char firsts[] = { first, upper(first) };
	const char seconds[] = { second, upper(second) };
	size_t pair;

	for (int i = 0; i < 4; i++) {
		pair = hit_pair(firsts[i / 2], seconds[i % 2]);
		w->pairs[pair / CHAR_BIT] |=
		    (unsigned char)(1U << pair % CHAR_BIT);
	}
}

/* The first word of a phrase. */
static void
add_beginning(struct hit_words *w, const struct hit_word *word)
{
	size_t len = text_is_ascii(word->folded, word->len) ? word->len : 0;

	if (word->len > 0) {
		w->may_begin[(unsigned char)*word->folded] = true;
		w->may_begin[(unsigned char)(*word->folded ^ 0x20)] = true;
	}
	if (len < w->shortest)
		w->shortest = len;
	for (size_t i = 1; i < len; i++)
		add_pair(w, word->folded[i - 1], word->folded[i]);
}

static void
add_word(struct arena *arena, struct hit_words *w, const char *s, size_t len,
    bool is_first)
{
	struct hit_word *word = &w->words[w->count++];
	char folded[HIT_FOLDED_BYTES];

	word->raw = arena_copy_n(arena, s, len);
	word->raw_len = len;
	word->len = hit_word_fold(s, len, folded);
	word->folded = arena_copy_n(arena, folded, word->len);
	word->is_first = is_first;
	w->last_chars = count_chars(s, len);
	if (is_first)
		add_beginning(w, word);
}

/* As many of its words as there is room for. */
static void
add_phrase(
    struct arena *arena, struct hit_words *w, const char *s, const char *end)
{
	size_t len;

	for (int n = 0; n < HIT_PHRASE_WORDS && w->count < HIT_WORDS_MAX; n++) {
		if ((len = hit_word_next(&s, end)) == 0)
			return;
		add_word(arena, w, s, len, n == 0);
		s += len;
	}
}

struct hit_words *
hit_words_new(struct arena *arena, const char *query)
{
	static const char spaces[] = " \t\r\n\v\f";
	struct hit_words *w = arena_alloc(arena, sizeof(*w));
	const char *end;

	w->steps = arena_alloc(arena, sizeof(*w->steps));
	*w->steps = HIT_STEPS;
	w->shortest = HIT_FOLDED_BYTES;
	while (*query != '\0' && w->count < HIT_WORDS_MAX) {
		query += strspn(query, spaces);
		end = query + strcspn(query, spaces);
		add_phrase(arena, w, query, end);
		query = end;
	}
	w->words[w->count].is_first = true;
	/* These may be folded to any letter. */
	memset(w->may_begin + 0x80, true, 0x80);
	return w->count > 0 ? w : NULL;
}

size_t
hit_words_last(const struct hit_words *w)
{
	return w->last_chars;
}

char *
hit_words_match(struct arena *arena, const struct hit_words *w, bool is_prefix)
{
	struct buf out;
	char *text;

	buf_init(&out, SIZE_MAX / 2);
	for (size_t i = 0; i < w->count; i++) {
		if (w->words[i].is_first)
			buf_adds(&out, i == 0 ? "\"" : "\" AND \"");
		else
			buf_addc(&out, ' ');
		buf_add(&out, w->words[i].raw, w->words[i].raw_len);
	}
	buf_adds(&out, is_prefix ? "\" *" : "\"");
	text = arena_copy_n(arena, out.data, out.len);
	buf_free(&out);
	return text;
}
