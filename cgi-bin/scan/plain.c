/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/plain.h"

#include <string.h>
#include <utf8proc.h>

static bool
is_control(utf8proc_int32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r') ||
	    c == 0x7f;
}

static bool
refuse(struct verdict *v, enum verdict_what what)
{
	return verdict_refuse(v, VERDICT_BROKEN, what, NULL);
}

static bool
read_utf8(const uint8_t *s, size_t len, struct extract *e, struct verdict *v)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (size_t i = 0; i < len; i += (size_t)n) {
		n = utf8proc_iterate(s + i, (utf8proc_ssize_t)(len - i), &c);
		if (n <= 0)
			return refuse(v, VERDICT_ENCODING);
		if (is_control(c))
			return refuse(v, VERDICT_CONTROL);
	}
	extract_add(e, (const char *)s, len);
	return true;
}

/* ---- UTF-16 (RFC 2781) ------------------------------------------------ */

static utf8proc_int32_t
unit(const uint8_t *s, bool is_big)
{
	return is_big ? s[0] << 8 | s[1] : s[1] << 8 | s[0];
}

/* The character at s; bytes taken, 0 when there is none. */
static size_t
character(const uint8_t *s, size_t len, bool is_big, utf8proc_int32_t *c)
{
	utf8proc_int32_t low;

	if (len < 2)
		return 0;
	*c = unit(s, is_big);
	if (*c < 0xd800 || *c > 0xdfff)
		return 2;
	if (*c > 0xdbff || len < 4)
		return 0;
	low = unit(s + 2, is_big);
	if (low < 0xdc00 || low > 0xdfff)
		return 0;
	*c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
	return 4;
}

static bool
read_utf16(const uint8_t *s, size_t len, struct extract *e, struct verdict *v)
{
	bool is_big = s[0] == 0xfe;
	utf8proc_uint8_t utf8[4];
	utf8proc_int32_t c;
	size_t n;

	for (size_t i = 2; i < len; i += n) {
		if ((n = character(s + i, len - i, is_big, &c)) == 0)
			return refuse(v, VERDICT_ENCODING);
		if (is_control(c))
			return refuse(v, VERDICT_CONTROL);
		extract_add(e, (const char *)utf8,
		    (size_t)utf8proc_encode_char(c, utf8));
	}
	return true;
}

bool
plain_read(const uint8_t *s, size_t len, struct extract *e, struct verdict *v)
{
	if (len >= 2 &&
	    (memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0))
		return read_utf16(s, len, e, v);
	return read_utf8(s, len, e, v);
}
