/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

/* Of each length: how the first byte begins, and the least character. */
static const struct {
	unsigned char mask, is;
	int32_t least;
} shapes[] = {
	{ 0x80, 0x00, 0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

enum { SHAPES = sizeof(shapes) / sizeof(shapes[0]) };

/* Of a character that begins so, 1 to 4; 0: none does. */
static int
length_of(unsigned char first)
{
	for (int n = 0; n < SHAPES; n++)
		if ((first & shapes[n].mask) == shapes[n].is)
			return n + 1;
	return 0;
}

int
utf8_decode(const void *bytes, size_t len, int32_t *c)
{
	const unsigned char *p = bytes;
	int32_t value;
	int n;

	*c = -1;
	n = len > 0 ? length_of(p[0]) : 0;
	if (n == 0 || (size_t)n > len)
		return -1;
	value = p[0] & (unsigned char)~shapes[n - 1].mask;
	for (int i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < shapes[n - 1].least || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return -1;
	*c = value;
	return n;
}
