/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "web/percent.h"

static const struct {
	const char *in;
	bool is_form;
	const char *out; /* NULL is refused */
} percents[] = {
	{ "", false, "" },
	{ "a+b", false, "a+b" },
	{ "a+b", true, "a b" },
	{ "%2B%2b", true, "++" },
	{ "%41%20", false, "A " },
	{ "100%", false, NULL },
	{ "%4", false, NULL },
	{ "%zz", false, NULL },
	{ "% 4", false, NULL },
	{ "%-1", false, NULL },
	{ "%00", false, NULL },
	{ "%0", false, NULL },
	{ "%u0041", false, NULL },
};

START_TEST(decode)
{
	const char *in = percents[_i].in;
	char *out;
	size_t len;
	struct arena *arena = arena_new(100000);
	enum err rc;

	rc = percent_decode(
	    arena, in, strlen(in), percents[_i].is_form, &out, &len);
	ck_assert_int_eq(rc, percents[_i].out ? ERR_OK : ERR_MALFORMED);
	ck_assert_pstr_eq(out, percents[_i].out);
	ck_assert_uint_eq(len, out != NULL ? strlen(out) : 0);
	ck_assert_int_eq(
	    percent_decode(arena, "a\0b", 3, true, &out, &len), ERR_MALFORMED);
	arena_free(arena);
}
END_TEST

START_TEST(encode)
{
	struct arena *arena = arena_new(100000);

	ck_assert_str_eq(percent_encode(arena, "a-._~/b"), "a-._~/b");
	ck_assert_str_eq(percent_encode(arena, "a b&c=\u00e9%\""),
	    "a%20b%26c%3D%C3%A9%25%22");
	ck_assert_str_eq(percent_encode(arena, ""), "");
	arena_free(arena);
}
END_TEST

UNIT_MAIN("percent", UNIT_ROWS(decode, percents), UNIT(encode))
