/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/plain.h"
#include "unit.h"

#define ROW(bytes) bytes, sizeof(bytes) - 1

static const struct {
	const char *bytes;
	size_t len;
	const char *text;
} good[] = {
	{ ROW("h\xc3\xa9llo\tworld\r\nline\f"), "h\xc3\xa9llo world\nline" },
	{ ROW("\xef\xbb\xbfmark"), "mark" },
	{ ROW("\xff\xfeh\0\xe9\0\n\0x\0"), "h\xc3\xa9\nx" },
	{ ROW("\xfe\xff\0h\0\xe9\0\n\0x"), "h\xc3\xa9\nx" },
	{ ROW("\xff\xfe\x3d\xd8\x12\xdd"), "\xf0\x9f\x94\x92" },
	{ ROW("\xff\xfe"), "" },
	{ ROW("a\xe2\x80\xae"
	      "b"),
	    "a b" },
};

START_TEST(reads)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract e;

	extract_init(&e);
	ck_assert(
	    plain_read((const uint8_t *)good[_i].bytes, good[_i].len, &e, &v));
	ck_assert_int_eq(v.fault, VERDICT_GOOD);
	ck_assert_str_eq(e.text.data != NULL ? e.text.data : "", good[_i].text);
	extract_free(&e);
}
END_TEST

static const struct {
	const char *bytes;
	size_t len;
	enum verdict_what what;
} bad[] = {
	{ ROW("caf\xe9 noir"), VERDICT_ENCODING }, /* Latin-1 */
	{ ROW("\xc0\x80"), VERDICT_ENCODING },
	{ ROW("\xed\xa0\x80"), VERDICT_ENCODING },
	{ ROW("cut \xc3"), VERDICT_ENCODING }, { ROW("a\0b"), VERDICT_CONTROL },
	{ ROW("a\x1b[2Jb"), VERDICT_CONTROL },
	{ ROW("a\x7f"), VERDICT_CONTROL },
	{ ROW("\xff\xfe\0\0"), VERDICT_CONTROL },
	{ ROW("\xff\xfe\x1b\0"), VERDICT_CONTROL },
	{ ROW("\xff\xfeh"), VERDICT_ENCODING },
	{ ROW("\xff\xfe\x3d\xd8"), VERDICT_ENCODING },
	{ ROW("\xff\xfe\x3d\xd8h\0"), VERDICT_ENCODING },
	{ ROW("\xff\xfe\x12\xdd"), VERDICT_ENCODING },
	{ ROW("h\0e\0l\0l\0o\0"), VERDICT_CONTROL }, /* UTF-16 unmarked */
};

START_TEST(refuses)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract e;

	extract_init(&e);
	ck_assert(
	    !plain_read((const uint8_t *)bad[_i].bytes, bad[_i].len, &e, &v));
	ck_assert_int_eq(v.fault, VERDICT_BROKEN);
	ck_assert_int_eq(v.what, bad[_i].what);
	extract_free(&e);
}
END_TEST

/* What is wrong behind the limit of the text is wrong all the same. */
START_TEST(checks_to_the_end)
{
	size_t len = EXTRACT_MAX + 100;
	struct verdict v = { .fault = VERDICT_GOOD };
	uint8_t *s = malloc(len);
	struct extract e;

	ck_assert_ptr_nonnull(s);
	memset(s, 'x', len);
	extract_init(&e);
	ck_assert(plain_read(s, len, &e, &v));
	ck_assert(e.is_cut);
	ck_assert_uint_eq(e.text.len, EXTRACT_MAX);
	s[len - 1] = 0;
	ck_assert(!plain_read(s, len, &e, &v));
	extract_free(&e);
	free(s);
}
END_TEST

UNIT_MAIN("plain", UNIT_ROWS(reads, good), UNIT_ROWS(refuses, bad),
    UNIT(checks_to_the_end))
