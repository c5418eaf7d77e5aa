/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "scan/extract.h"
#include "unit.h"

static const struct {
	const char *from, *to;
} texts[] = {
	{ "", "" },
	{ "  \n\t ", "" },
	{ "one two", "one two" },
	{ "  one \t two  ", "one two" },
	{ "one\r\n\r\ntwo\fthree", "one\ntwo\nthree" },
	{ "one \n two", "one\ntwo" },
	{ "a\xc2\xa0"
	  "b\xe2\x80\xafg",
	    "a b g" },
	{ "re\xcc\x81silience", "r\xc3\xa9silience" }, /* composed */
	{ "\xef\xac\x81nir", "finir" },		       /* a ligature */
	{ "a\x01\x7f"
	  "b",
	    "a b" },
	{ "a\xe2\x80\xae"
	  "b\xe2\x81\xa6"
	  "c",
	    "a b c" },
	{ "a\xff"
	  "b\xc3",
	    "a b" },
	{ "\xef\xbb\xbf"
	  "mark",
	    "mark" },
	{ "\xf0\x9f\x94\x92 lock", "\xf0\x9f\x94\x92 lock" },
};

START_TEST(folded)
{
	struct extract e;

	extract_init(&e);
	ck_assert(extract_add(&e, texts[_i].from, strlen(texts[_i].from)));
	extract_finish(&e);
	ck_assert_str_eq(e.text.data != NULL ? e.text.data : "", texts[_i].to);
	ck_assert(!e.is_cut && !e.is_full);
	extract_free(&e);
	extract_free(&e);
}
END_TEST

START_TEST(gaps)
{
	struct extract e;

	extract_init(&e);
	extract_line(&e);
	extract_add(&e, "a", 1);
	extract_space(&e);
	extract_add(&e, "b", 1);
	extract_space(&e);
	extract_line(&e);
	extract_add(&e, "c", 1);
	extract_add(&e, "d", 1);
	extract_line(&e);
	extract_finish(&e);
	ck_assert_str_eq(e.text.data, "a b\ncd");
	extract_free(&e);
}
END_TEST

/* Whole characters up to the limit, and no more after it. */
START_TEST(bounded)
{
	struct extract e;
	char piece[999];
	bool goes_on = true;
	int n = 0;

	for (int i = 0; i < 333; i++)
		memcpy(piece + 3 * i, "\xe2\x82\xac", 3);
	extract_init(&e);
	while (goes_on && n++ < 2000)
		goes_on = extract_add(&e, piece, sizeof(piece));
	ck_assert(!goes_on && e.is_full && e.is_cut);
	ck_assert_uint_le(e.text.len, EXTRACT_MAX);
	ck_assert_uint_gt(e.text.len, EXTRACT_MAX - 4);
	ck_assert(!extract_add(&e, "x", 1));
	extract_finish(&e);
	ck_assert(text_ok(e.text.data, e.text.len, TEXT_PROSE));
	ck_assert_uint_le(e.text.len, EXTRACT_MAX);
	extract_free(&e);
}
END_TEST

/* U+FDFA is 3 bytes, and 33 in form NFKC. */
START_TEST(bounded_when_it_grows)
{
	struct extract e;

	extract_init(&e);
	for (int i = 0; i < 100000; i++)
		extract_add(&e, "\xef\xb7\xba", 3);
	ck_assert(!e.is_cut);
	extract_finish(&e);
	ck_assert(e.is_cut);
	ck_assert_uint_le(e.text.len, EXTRACT_MAX);
	ck_assert_uint_gt(e.text.len, EXTRACT_MAX - 4);
	ck_assert(text_ok(e.text.data, e.text.len, TEXT_PROSE));
	extract_free(&e);
}
END_TEST

UNIT_MAIN("extract", UNIT_ROWS(folded, texts), UNIT(gaps), UNIT(bounded),
    UNIT(bounded_when_it_grows))
