/* SPDX-License-Identifier: Apache-2.0 */
/* Normal forms, white space and letters, which the tables of utf8proc know. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/utf8.h"

enum { SLUG_BYTES = 60, NO_BREAK_SPACE = 0xa0, NARROW_NO_BREAK_SPACE = 0x202f };

static bool
is_space(int32_t c)
{
	utf8proc_category_t kind;

	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	kind = utf8proc_category(c);
	return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
	    kind == UTF8PROC_CATEGORY_ZP;
}

/* NULL when the bytes are not UTF-8, or the library found no memory. */
static char *
map(struct arena *a, const char *s, size_t len, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n;
	char *out;

	n = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len,
	    &mapped, options);
	if (n < 0) {
		log_line(LOG_DEBUG, "text", "%s", utf8proc_errmsg(n));
		return NULL;
	}
	out = arena_copy_n(a, mapped, (size_t)n);
	free(mapped);
	return out;
}

/* CRLF and CR to LF, in place. */
static void
unify_lines(char *s)
{
	char *out = s;

	for (; *s != '\0'; s++) {
		if (*s == '\r') {
			*out++ = '\n';
			if (s[1] == '\n')
				s++;
		} else {
			*out++ = *s;
		}
	}
	*out = '\0';
}

/* The length of the white space character at s, 0 when there is none. */
static size_t
space_at(const char *s, int32_t *c)
{
	int n;

	if ((unsigned char)*s < 0x80) {
		*c = *s;
		return is_space(*c) ? 1 : 0;
	}
	n = utf8_decode(s, strnlen(s, 4), c);
	return n > 0 && is_space(*c) ? (size_t)n : 0;
}

/*
 * The length of the white space at the start; *only is its character when it
 * is a single one, else 0.
 */
static size_t
space_run(const char *s, int32_t *only)
{
	size_t run = 0, n;
	int count = 0;
	int32_t c;

	*only = 0;
	while ((n = space_at(s + run, &c)) > 0) {
		*only = ++count == 1 ? c : 0;
		run += n;
	}
	return run;
}

/* Most bytes are: a list looks at all of its texts. */
static inline bool
is_graph(char c)
{
	return c > ' ' && c < 0x7f;
}

/*
 * White space folded to one space, in place.  A no-break space that stands
 * alone stays: French puts one before its colon.
 */
static void
fold_spaces(char *s)
{
	char *out = s;
	int32_t only;
	size_t run;

	while (*s != '\0') {
		if (is_graph(*s) || (*s == ' ' && is_graph(s[1])) ||
		    (run = space_run(s, &only)) == 0) {
			*out++ = *s++;
		} else if (only == NO_BREAK_SPACE ||
		    only == NARROW_NO_BREAK_SPACE) {
			memmove(out, s, run);
			out += run;
			s += run;
		} else {
			*out++ = ' ';
			s += run;
		}
	}
	*out = '\0';
}

/* Backwards from the end, by whole characters. */
static char *
trim(char *s)
{
	size_t end, start;
	int32_t c;

	s += space_run(s, &c);
	for (end = strlen(s); end > 0; end = start) {
		start = end - 1;
		while (start > 0 && ((unsigned char)s[start] & 0xc0) == 0x80)
			start--;
		if (space_at(s + start, &c) != end - start)
			break;
	}
	s[end] = '\0';
	return s;
}

/* Something that is seen: not marks, spaces and formats alone. */
static bool
is_seen(const char *s)
{
	static const bool is_hidden[32] = {
		[UTF8PROC_CATEGORY_CN] = true,
		[UTF8PROC_CATEGORY_CC] = true,
		[UTF8PROC_CATEGORY_CF] = true,
		[UTF8PROC_CATEGORY_MN] = true,
		[UTF8PROC_CATEGORY_ME] = true,
		[UTF8PROC_CATEGORY_ZS] = true,
		[UTF8PROC_CATEGORY_ZL] = true,
		[UTF8PROC_CATEGORY_ZP] = true,
	};
	const size_t len = strlen(s);
	int32_t c;
	int n;

	for (size_t pos = 0; pos < len; pos += (size_t)n)
		if ((n = utf8_decode(s + pos, len - pos, &c)) < 0 ||
		    !is_hidden[utf8proc_category(c) & 31])
			return n > 0;
	return false;
}

char *
text_clean(struct arena *a, const char *s, size_t len, enum text_kind kind)
{
	char *out;

	if (!text_ok(s, len, kind))
		return NULL;
	if (text_is_ascii(s, len))
		out = arena_copy_n(a, len == 0 ? "" : s, len);
	else
		out = map(a, s, len, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (out == NULL)
		return NULL;
	out = trim(out);
	if (!is_seen(out))
		*out = '\0';
	if (kind == TEXT_LINE)
		fold_spaces(out);
	else
		unify_lines(out);
	return out;
}

char *
text_fold(struct arena *a, const char *s)
{
	return map(a, s, strlen(s),
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

/*
 * Where a text of more than `max` characters is cut to at most that many:
 * before a white space if there is one, else within the word, but never
 * between a letter and its combining marks.
 */
static size_t
cut_at(const char *s, size_t max)
{
	size_t len = strlen(s), pos = 0, word = 0, letter = 0, count = 0;
	int32_t c, before = 0;
	int n;

	for (; pos < len; pos += (size_t)n, before = c) {
		if ((n = utf8_decode(s + pos, len - pos, &c)) < 0)
			break;
		if (is_space(c))
			word = pos;
		/* Of two ASCII characters, CR LF alone is one letter. */
		if (pos == 0 || (before < 0x80 && c < 0x80) ||
		    utf8proc_grapheme_break(before, c))
			letter = pos;
		if (count++ == max)
			break;
	}
	return word > 0 ? word : letter;
}

char *
text_excerpt(struct arena *a, const char *s, size_t max)
{
	char *line = trim(arena_copy(a, s));

	fold_spaces(line);
	if (text_length(line) <= max)
		return line;
	if (max == 0)
		return arena_copy(a, "");
	line[cut_at(line, max - 1)] = '\0';
	return arena_printf(a, "%s…", line);
}

/* Letters of European names that have no decomposition. */
static const struct {
	int32_t letter;
	const char *ascii;
} spelled[] = {
	{ 0x00e6, "ae" },
	{ 0x00f0, "d" },
	{ 0x00f8, "o" },
	{ 0x00fe, "th" },
	{ 0x0111, "d" },
	{ 0x0127, "h" },
	{ 0x0131, "i" },
	{ 0x0142, "l" },
	{ 0x0153, "oe" },
};

/* The letters and digits that a character is in a slug, "" for none. */
static const char *
slug_letters(int32_t c, char one[2])
{
	one[0] = one[1] = '\0';
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		one[0] = (char)c;
	for (size_t i = 0; i < sizeof(spelled) / sizeof(spelled[0]); i++)
		if (spelled[i].letter == c)
			return spelled[i].ascii;
	return one;
}

char *
text_slug(struct arena *a, const char *s)
{
	char *flat, one[2], *out = arena_alloc(a, SLUG_BYTES + 1);
	size_t len, add, used = 0;
	bool gap = false;
	int32_t c;
	int n;

	flat = map(a, s, strlen(s),
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
		UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
	if (flat == NULL)
		return out;
	len = strlen(flat);
	for (; len > 0 && (n = utf8_decode(flat, len, &c)) > 0;
	     flat += n, len -= (size_t)n) {
		const char *letters = slug_letters(c, one);

		if ((add = strlen(letters)) == 0) {
			gap = used > 0;
			continue;
		}
		if (used + gap + add > SLUG_BYTES)
			break;
		if (gap)
			out[used++] = '-';
		memcpy(out + used, letters, add);
		used += add;
		gap = false;
	}
	return out;
}
