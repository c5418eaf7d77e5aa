/* SPDX-License-Identifier: Apache-2.0 */
/* What needs no library; the rest of text.h is text_unicode.c. */
#include "base/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

static bool
is_noncharacter(int32_t c)
{
	return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static bool
is_bidi_control(int32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	    c == 0x061c;
}

/* They say anything, and nobody sees it. */
static bool
is_tag(int32_t c)
{
	return c >= 0xe0000 && c <= 0xe007f;
}

static bool
may_stand(int32_t c, enum text_kind kind)
{
	if (c == '\n' || c == '\r' || c == '\t')
		return kind == TEXT_PROSE;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return false;
	return !is_noncharacter(c) && !is_bidi_control(c) && !is_tag(c);
}

bool
text_ok(const char *s, size_t len, enum text_kind kind)
{
	int32_t c;
	int n;

	for (; len > 0; s += n, len -= (size_t)n) {
		n = 1;
		if (*s >= ' ' && *s <= '~')
			continue; /* most of a text is ASCII that may stand */
		if ((n = utf8_decode(s, len, &c)) < 0 || !may_stand(c, kind))
			return false;
	}
	return true;
}

bool
text_is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

size_t
text_length(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool
decimal(const char *s, bool is_negative, int64_t *out)
{
	int64_t value = 0;

	if (*s == '\0' || (*s == '0' && (s[1] != '\0' || is_negative)))
		return false;
	for (; *s != '\0'; s++) {
		int digit = *s - '0';

		if (digit < 0 || digit > 9 ||
		    __builtin_mul_overflow(value, (int64_t)10, &value) ||
		    __builtin_add_overflow(
			value, is_negative ? -digit : digit, &value))
			return false;
	}
	*out = value;
	return true;
}

bool
text_to_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
	bool is_negative = min < 0 && *s == '-';
	int64_t value;

	*out = 0;
	if (!decimal(s + is_negative, is_negative, &value) || value < min ||
	    value > max)
		return false;
	*out = value;
	return true;
}

bool
text_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

int
text_index(const char *const *words, const char *word)
{
	for (int i = 0; word != NULL && words[i] != NULL; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

void
text_hex(const void *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *from = bytes;

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[from[i] >> 4];
		*out++ = digits[from[i] & 15];
	}
	*out = '\0';
}

size_t
text_from_int(int64_t number, char out[TEXT_INT])
{
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	char digits[TEXT_INT];
	size_t count = 0, len = 0;

	do {
		digits[count++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		out[len++] = '-';
	while (count > 0)
		out[len++] = digits[--count];
	out[len] = '\0';
	return len;
}

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

char *
text_percent(struct arena *a, const char *s, const char *also)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_array(a, strlen(s) + 1, 3);
	char *p = out;

	for (; *s != '\0'; s++) {
		if (is_letter_or_digit(*s) || strchr(also, *s) != NULL) {
			*p++ = *s;
			continue;
		}
		*p++ = '%';
		*p++ = digits[(unsigned char)*s >> 4];
		*p++ = digits[(unsigned char)*s & 15];
	}
	*p = '\0';
	return out;
}
