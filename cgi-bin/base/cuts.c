/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cuts.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

/* ---- cutting -------------------------------------------------------- */

enum sort { SORT_WORD, SORT_SIGN, SORT_SPACE, SORT_NEWLINE, SORT_MARK };

static enum sort
sort_of(utf8proc_int32_t c)
{
	const char *category = utf8proc_category_string(c);

	if (category[0] == 'L' || category[0] == 'N')
		return SORT_WORD;
	if (category[0] == 'M' || strcmp(category, "Cf") == 0)
		return SORT_MARK;
	return category[0] == 'Z' ? SORT_SPACE : SORT_SIGN;
}

/* The length of the character at s; a byte that is none is a sign. */
static size_t
character(const char *s, size_t len, enum sort *sort)
{
	utf8proc_int32_t c = (unsigned char)*s;
	utf8proc_ssize_t n = 1;

	if (c == '\n')
		*sort = SORT_NEWLINE;
	else if (c == ' ' || (c >= '\t' && c <= '\r'))
		*sort = SORT_SPACE;
	else if (c < 0x80)
		*sort = sort_of(c);
	else if ((n = utf8proc_iterate((const utf8proc_uint8_t *)s,
		      len < 4 ? (utf8proc_ssize_t)len : 4, &c)) > 0)
		*sort = sort_of(c);
	else
		*sort = SORT_SIGN;
	return n > 0 ? (size_t)n : 1;
}

/* Letters and digits; white space; or one sign and its like: "**", "---". */
static size_t
word(const char *s, size_t len, bool *is_blank)
{
	enum sort first, sort;
	size_t n = character(s, len, &first), at = n, m;

	*is_blank = first == SORT_SPACE;
	for (; at < len && first != SORT_NEWLINE; at += m) {
		m = character(s + at, len - at, &sort);
		if (sort == SORT_MARK || (sort == first && sort != SORT_SIGN))
			continue;
		if (sort != first || m != n || memcmp(s, s + at, n) != 0)
			break;
	}
	return at;
}

static size_t
line(const char *s, size_t len, bool *is_blank)
{
	const char *end = memchr(s, '\n', len);
	size_t n = end != NULL ? (size_t)(end - s) + 1 : len;
	enum sort sort;

	*is_blank = true;
	for (size_t at = 0; at < n && *is_blank;) {
		at += character(s + at, n - at, &sort);
		*is_blank = sort == SORT_SPACE || sort == SORT_NEWLINE;
	}
	return n;
}

/* `next` is word() or line(). */
static void
cut(struct arena *a, struct cuts *c, const char *text, size_t len,
    size_t (*next)(const char *, size_t, bool *))
{
	size_t count = 0, at;
	bool is_blank;

	for (at = 0; at < len; count++)
		at += next(text + at, len - at, &is_blank);
	c->text = text;
	c->start = arena_array(a, count + 1, sizeof(c->start[0]));
	c->ids = arena_array(a, count, sizeof(c->ids[0]));
	c->is_common = arena_array(a, count, sizeof(c->is_common[0]));
	c->is_blank = arena_array(a, count, sizeof(c->is_blank[0]));
	c->count = count;
	for (size_t i = at = 0; i < count; i++) {
		c->start[i] = (uint32_t)at;
		at += next(text + at, len - at, &c->is_blank[i]);
	}
	c->start[count] = (uint32_t)at;
}

void
cuts_lines(struct arena *a, struct cuts *c, const char *text, size_t len)
{
	cut(a, c, text, len, line);
}

void
cuts_words(struct arena *a, struct cuts *c, const char *text, size_t len)
{
	cut(a, c, text, len, word);
}

size_t
cuts_length(const struct cuts *c, size_t i)
{
	return c->start[i + 1] - c->start[i];
}

/* ---- numbering ------------------------------------------------------ */

struct name {
	uint32_t hash;
	uint32_t len;
	const char *text;
	uint32_t *id;
};

/* FNV-1a: it makes sorting fast, and nothing depends on it. */
static uint32_t
hash(const char *s, size_t len)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619U;
	return h;
}

static int
compare_names(const void *x, const void *y)
{
	const struct name *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->text, b->text, a->len);
}

size_t
cuts_number(struct arena *a, struct cuts sides[CUTS_SIDES])
{
	size_t total = sides[0].count + sides[1].count, n = 0, ids = 0;
	struct name *names = arena_array(a, total, sizeof(*names));

	for (int s = 0; s < CUTS_SIDES; s++)
		for (size_t i = 0; i < sides[s].count; i++, n++) {
			names[n].text = sides[s].text + sides[s].start[i];
			names[n].len = (uint32_t)cuts_length(&sides[s], i);
			names[n].hash = hash(names[n].text, names[n].len);
			names[n].id = &sides[s].ids[i];
		}
	qsort(names, total, sizeof(*names), compare_names);
	for (size_t i = 0; i < total; i++) {
		if (i > 0 && compare_names(&names[i - 1], &names[i]) != 0)
			ids++;
		*names[i].id = (uint32_t)ids;
	}
	return ids + 1;
}
