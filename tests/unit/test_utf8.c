/* SPDX-License-Identifier: Apache-2.0 */
#include <utf8proc.h>

#include "base/utf8.h"
#include "unit.h"

static void
check(const unsigned char *p, size_t len)
{
	utf8proc_int32_t theirs;
	utf8proc_ssize_t n =
	    utf8proc_iterate(p, (utf8proc_ssize_t)len, &theirs);
	int32_t ours;
	int rc = utf8_decode(p, len, &ours);

	ck_assert_int_eq(rc, n > 0 ? (int)n : -1);
	ck_assert_int_eq(ours, n > 0 ? theirs : -1);
}

/* Every two bytes, with every kind of byte behind them; and what is cut. */
START_TEST(like_utf8proc)
{
	static const unsigned char behind[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f,
		0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff };
	unsigned char b[4];

	for (int two = 0; two < 0x10000; two++)
		for (size_t i = 0; i < sizeof(behind) * sizeof(behind); i++) {
			b[0] = (unsigned char)(two >> 8);
			b[1] = (unsigned char)two;
			b[2] = behind[i / sizeof(behind)];
			b[3] = behind[i % sizeof(behind)];
			check(b, i % 5);
		}
}
END_TEST

static const struct {
	const char *bytes;
	int n;
	int32_t c;
} rows[] = {
	{ "A", 1, 'A' },
	{ "\xc3\xa9", 2, 0xe9 },
	{ "\xe2\x80\x94", 3, 0x2014 },
	{ "\xf0\x9f\x94\x92", 4, 0x1f512 },
	{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	{ "\xf4\x90\x80\x80", -1, -1 },
	{ "\xed\xa0\x80", -1, -1 },
	{ "\xc0\x80", -1, -1 },
	{ "\xe0\x9f\xbf", -1, -1 },
	{ "\x80", -1, -1 },
	{ "\xe2\x80", -1, -1 },
	{ "", -1, -1 },
};

START_TEST(by_the_row)
{
	int32_t c;

	ck_assert_int_eq(
	    utf8_decode(rows[_i].bytes, strlen(rows[_i].bytes), &c),
	    rows[_i].n);
	ck_assert_int_eq(c, rows[_i].c);
}
END_TEST

UNIT_MAIN("utf8", UNIT(like_utf8proc), UNIT_ROWS(by_the_row, rows))
