/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/extract.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

void
extract_init(struct extract *e)
{
	*e = (struct extract){ .is_cut = false };
	buf_init(&e->text, EXTRACT_MAX);
}

void
extract_free(struct extract *e)
{
	buf_free(&e->text);
}

void
extract_space(struct extract *e)
{
	e->has_gap = true;
}

void
extract_line(struct extract *e)
{
	e->has_line = true;
}

/* What is due before the next character; none at the very start. */
static void
add_due(struct extract *e)
{
	if (e->text.len > 0 && (e->has_line || e->has_gap))
		buf_addc(&e->text, e->has_line ? '\n' : ' ');
	e->has_line = e->has_gap = false;
}

static void
add_run(struct extract *e, const char *s, size_t len)
{
	add_due(e);
	/* The buffer takes all of a run or nothing: fill it to its end. */
	if (len > e->text.max - e->text.len) {
		len = e->text.max - e->text.len;
		while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--;
		e->is_full = true;
	}
	buf_add(&e->text, s, len);
	e->is_full = e->is_full || e->text.overflow;
	e->is_cut = e->is_cut || e->is_full;
}

static bool
is_space(utf8proc_int32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0xfeff ||
	    (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0x3000;
}

static bool
is_line(utf8proc_int32_t c)
{
	return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 ||
	    c == 0x2029;
}

static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7f;
}

/*
 * Length of the character at s when it is one of a text; else 0, and what it
 * stands for is due.
 */
static size_t
letter(struct extract *e, const char *s, size_t len, size_t *taken)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	*taken = 1;
	if (is_plain(*s))
		return 1;
	n = utf8proc_iterate(
	    (const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len, &c);
	if (n > 0)
		*taken = (size_t)n;
	if (n > 0 && is_line(c))
		e->has_line = true;
	else if (n <= 0 || is_space(c) || !text_ok(s, (size_t)n, TEXT_LINE))
		e->has_gap = true;
	else
		return (size_t)n;
	return 0;
}

bool
extract_add(struct extract *e, const char *s, size_t len)
{
	size_t i = 0, n, taken;

	while (i < len && !e->is_full) {
		if ((n = letter(e, s + i, len - i, &taken)) > 0) {
			while (i + n < len && is_plain(s[i + n]))
				n++;
			add_run(e, s + i, n);
			taken = n;
		}
		i += taken;
	}
	return !e->is_full;
}

/* The longest beginning of whole characters that fits. */
static size_t
cut_at(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max > 0 && ((unsigned char)s[max] & 0xc0) == 0x80)
		max--;
	return max;
}

void
extract_finish(struct extract *e)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n;
	size_t len;

	if (e->text.len == 0)
		return;
	n = utf8proc_map((const utf8proc_uint8_t *)e->text.data,
	    (utf8proc_ssize_t)e->text.len, &composed,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
	if (n < 0) { /* no memory for it: as it is */
		free(composed);
		return;
	}
	len = cut_at((char *)composed, (size_t)n, EXTRACT_MAX);
	e->is_cut = e->is_cut || len < (size_t)n;
	buf_reset(&e->text);
	buf_add(&e->text, composed, len);
	free(composed);
}
