/* SPDX-License-Identifier: Apache-2.0 */
/* URLs are in test_page.c, where they come out. */
#include "unit.h"

#include "web/escape.h"

static const struct {
	const char *in, *out;
} texts[] = {
	{ "", "" },
	{ "abc", "abc" },
	{ "&<>\"'", "&amp;&lt;&gt;&quot;&#39;" },
	{ "a\u00e9\001b", "a\u00e9\001b" },
};

START_TEST(escape_texts)
{
	char out[100];

	ck_assert_uint_eq(
	    escape_html_length(texts[_i].in), strlen(texts[_i].out));
	ck_assert_ptr_eq(
	    escape_html(texts[_i].in, out), out + strlen(texts[_i].out));
	ck_assert_str_eq(out, texts[_i].out);
}
END_TEST

static const struct {
	const char *bytes;
	bool is_utf8;
} utf8[] = {
	{ "", true },
	{ "a\n\001", true },
	{ "\xc3\xa9", true },
	{ "\xf0\x9f\x98\x80", true },
	{ "\xf4\x8f\xbf\xbf", true },
	{ "\xe2\x80\xae", true },
	{ "\x80", false },
	{ "\xc3", false },
	{ "a\xc3"
	  "b",
	    false },
	{ "\xc0\xaf", false },
	{ "\xe0\x80\xaf", false },
	{ "\xed\xa0\x80", false },
	{ "\xf4\x90\x80\x80", false },
	{ "\xff", false },
};

START_TEST(escape_utf8)
{
	ck_assert_int_eq(escape_is_utf8(utf8[_i].bytes, strlen(utf8[_i].bytes)),
	    utf8[_i].is_utf8);
}
END_TEST

UNIT_MAIN(
    "escape", UNIT_ROWS(escape_texts, texts), UNIT_ROWS(escape_utf8, utf8))
