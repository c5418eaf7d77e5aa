/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "unit.h"

#define BYTES(s) s, sizeof(s) - 1

static const struct {
	const char *s;
	size_t len;
	bool line, prose;
} oks[] = {
	{ BYTES(""), true, true }, { BYTES("Plain."), true, true },
	{ BYTES("Électricité €uro 電力 \xf0\x9f\x94\x92"), true, true },
	{ BYTES("two\nlines"), false, true },
	{ BYTES("two\r\nlines"), false, true },
	{ BYTES("a\ttab"), false, true }, { BYTES("nul\0here"), false, false },
	{ BYTES("\x1b[0m"), false, false }, { BYTES("\v"), false, false },
	{ BYTES("\x7f"), false, false },
	{ BYTES("\xc2\x85"), false, false }, /* NEL, a C1 control */
	{ BYTES("\xc2\x9f"), false, false }, { BYTES("\xc2\xa0"), true, true },
	{ BYTES("\xff"), false, false }, { BYTES("\x80"), false, false },
	{ BYTES("\xc3"), false, false }, /* cut short */
	{ BYTES("\xe2\x82"), false, false },
	{ BYTES("\xf0\x9f\x94"), false, false },
	{ BYTES("\xc0\xaf"), false, false }, /* overlong */
	{ BYTES("\xc1\xbf"), false, false },
	{ BYTES("\xe0\x80\xaf"), false, false },
	{ BYTES("\xf0\x80\x80\xaf"), false, false },
	{ BYTES("\xed\xa0\x80"), false, false }, /* a surrogate */
	{ BYTES("\xed\xbf\xbf"), false, false },
	{ BYTES("\xed\x9f\xbf"), true, true },
	{ BYTES("\xf4\x90\x80\x80"), false, false }, /* beyond U+10FFFF */
	{ BYTES("\xf5\x80\x80\x80"), false, false },
	{ BYTES("\xef\xbf\xbe"), false, false }, /* noncharacters */
	{ BYTES("\xef\xbf\xbf"), false, false },
	{ BYTES("\xef\xb7\x90"), false, false },
	{ BYTES("\xf0\x9f\xbf\xbe"), false, false },
	{ BYTES("\xf4\x8f\xbf\xbf"), false, false },
	{ BYTES("\xf4\x8f\xbf\xbd"), true, true },
	{ BYTES("\xef\xbf\xbd"), true, true },		 /* U+FFFD */
	{ BYTES("a\xe2\x80\xaetxt.exe"), false, false }, /* RLO */
	{ BYTES("\xe2\x80\xaa"), false, false },
	{ BYTES("\xe2\x81\xa6"), false, false },
	{ BYTES("\xe2\x81\xa9"), false, false },
	{ BYTES("\xe2\x80\x8f"), true, true },	     /* RLM: a mark only */
	{ BYTES("\xd8\x9c"), false, false },	     /* ALM */
	{ BYTES("\xf3\xa0\x81\x81"), false, false }, /* a tag */
	{ BYTES("\xf3\xa0\x84\x80"), true, true },   /* U+E0100 */
};

START_TEST(ok)
{
	ck_assert_int_eq(
	    text_ok(oks[_i].s, oks[_i].len, TEXT_LINE), oks[_i].line);
	ck_assert_int_eq(
	    text_ok(oks[_i].s, oks[_i].len, TEXT_PROSE), oks[_i].prose);
}
END_TEST

static const struct {
	enum text_kind kind;
	const char *s, *expected; /* NULL: refused */
} cleans[] = {
	/* Nobody would see it. */
	{ TEXT_LINE, "\u200b\u200d\ufeff", "" },
	{ TEXT_PROSE, "\u00ad \u0301\n", "" },
	{ TEXT_LINE, "\u200bx", "\u200bx" },
	{ TEXT_LINE, "", "" },
	{ TEXT_LINE, "   ", "" },
	{ TEXT_LINE, "  two   words ", "two words" },
	{ TEXT_LINE, "\xc2\xa0 name \xe3\x80\x80", "name" },
	{ TEXT_LINE, "prix\xc2\xa0: 3", "prix\xc2\xa0: 3" },
	{ TEXT_LINE, "a \xc2\xa0 b", "a b" },
	{ TEXT_LINE,
	    "a\xe2\x80\x83"
	    "b",
	    "a b" },
	{ TEXT_LINE,
	    "a\xe2\x80\xa8"
	    "b",
	    "a b" },
	{ TEXT_LINE, "e\xcc\x81lan", "\xc3\xa9lan" },
	{ TEXT_LINE, "\xe2\x84\xab", "\xc3\x85" },     /* ANGSTROM SIGN */
	{ TEXT_LINE, "\xef\xac\x81", "\xef\xac\x81" }, /* NFC keeps fi */
	{ TEXT_LINE, "a\nb", NULL },
	{ TEXT_LINE, "\xff", NULL },
	{ TEXT_PROSE, "a\r\nb\rc\nd", "a\nb\nc\nd" },
	{ TEXT_PROSE, "\r\n\r\n", "" },
	{ TEXT_PROSE, " \n a  b \n\n c \t\n", "a  b \n\n c" },
	{ TEXT_PROSE, "a\r\n\r\nb", "a\n\nb" },
	{ TEXT_PROSE, "e\xcc\x81\r\n", "\xc3\xa9" },
	{ TEXT_PROSE, "a\vb", NULL },
};

START_TEST(clean)
{
	struct arena *a = arena_new(1 << 20);
	char *out =
	    text_clean(a, cleans[_i].s, strlen(cleans[_i].s), cleans[_i].kind);

	if (cleans[_i].expected == NULL) {
		ck_assert_ptr_null(out);
	} else {
		ck_assert_str_eq(out, cleans[_i].expected);
		ck_assert_str_eq(
		    text_clean(a, out, strlen(out), cleans[_i].kind),
		    cleans[_i].expected);
	}
	arena_free(a);
}
END_TEST

START_TEST(clean_stops_at_its_length)
{
	struct arena *a = arena_new(1 << 20);

	ck_assert_str_eq(text_clean(a, "abc\xff", 3, TEXT_LINE), "abc");
	ck_assert_str_eq(text_clean(a, "\xc3\xa9\xff", 2, TEXT_LINE), "é");
	ck_assert_ptr_null(text_clean(a, "\xc3\xa9", 1, TEXT_LINE));
	ck_assert_str_eq(text_clean(a, NULL, 0, TEXT_LINE), "");
	arena_free(a);
}
END_TEST

/* A text of the largest size that a form takes must not cost seconds. */
START_TEST(clean_is_linear)
{
	size_t len = 2 << 20;
	struct arena *a = arena_new(16 * len);
	char *s = arena_alloc(a, len + 1), *out;

	for (size_t i = 0; i < len; i++)
		s[i] = i % 2 ? 'x' : ' ';
	out = text_clean(a, s, len, TEXT_LINE);
	ck_assert_uint_eq(strlen(out), len - 1);
	memset(s, ' ', len);
	ck_assert_str_eq(text_clean(a, s, len, TEXT_PROSE), "");
	arena_free(a);
}
END_TEST

static const struct {
	const char *a, *b;
	bool same;
} folds[] = {
	{ "Alice@Example.ORG", "alice@example.org", true },
	{ "STRASSE", "straße", true },
	{ "\xc3\x89lise", "e\xcc\x81LISE", true },
	{ "ΑΣ", "ας", true },
	{ "alice", "alíce", false },
	{ "", "", true },
};

START_TEST(fold)
{
	struct arena *a = arena_new(1 << 20);
	char *x = text_fold(a, folds[_i].a);

	ck_assert_int_eq(
	    strcmp(x, text_fold(a, folds[_i].b)) == 0, folds[_i].same);
	ck_assert_str_eq(text_fold(a, x), x);
	ck_assert_ptr_null(text_fold(a, "\xff"));
	arena_free(a);
}
END_TEST

START_TEST(length)
{
	ck_assert_uint_eq(text_length(""), 0);
	ck_assert_uint_eq(text_length("abc"), 3);
	ck_assert_uint_eq(text_length("é€\xf0\x9f\x94\x92"), 3);
}
END_TEST

static const struct {
	const char *s;
	size_t max;
	const char *expected;
} excerpts[] = {
	{ "", 10, "" },
	{ "short", 5, "short" },
	{ " two \n lines ", 20, "two lines" },
	{ "one two three", 13, "one two three" },
	{ "one two three", 12, "one two…" },
	{ "one two three", 9, "one two…" },
	{ "one two three", 8, "one two…" },
	{ "one two three", 7, "one…" },
	{ "one two three", 3, "on…" },
	{ "unbreakable", 5, "unbr…" },
	{ "écoutées", 4, "éco…" },
	{ "xe\xcc\x81z", 3, "x…" },
	{ "word", 1, "…" },
	{ "word", 0, "" },
};

START_TEST(excerpt)
{
	struct arena *a = arena_new(1 << 20);
	char *out = text_excerpt(a, excerpts[_i].s, excerpts[_i].max);

	ck_assert_str_eq(out, excerpts[_i].expected);
	ck_assert_uint_le(text_length(out), excerpts[_i].max);
	arena_free(a);
}
END_TEST

static const struct {
	const char *s;
	int64_t min, max;
	bool ok;
	int64_t value;
} ints[] = {
	{ "0", 0, 10, true, 0 },
	{ "10", 0, 10, true, 10 },
	{ "11", 0, 10, false, 0 },
	{ "4", 5, 10, false, 0 },
	{ "-5", -5, 5, true, -5 },
	{ "-6", -5, 5, false, 0 },
	{ "-5", 0, 5, false, 0 },
	{ "-0", -5, 5, false, 0 },
	{ "+5", -5, 5, false, 0 },
	{ "05", 0, 10, false, 0 },
	{ "", 0, 10, false, 0 },
	{ "-", -5, 10, false, 0 },
	{ "--5", -5, 10, false, 0 },
	{ " 5", 0, 10, false, 0 },
	{ "5 ", 0, 10, false, 0 },
	{ "5x", 0, 10, false, 0 },
	{ "0x5", 0, 10, false, 0 },
	{ "\xd9\xa5", 0, 10, false, 0 }, /* ARABIC-INDIC FIVE */
	{ "9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX },
	{ "-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN },
	{ "9223372036854775808", INT64_MIN, INT64_MAX, false, 0 },
	{ "-9223372036854775809", INT64_MIN, INT64_MAX, false, 0 },
	{ "99999999999999999999999", 0, INT64_MAX, false, 0 },
};

START_TEST(to_int)
{
	int64_t value = 4711;

	ck_assert_int_eq(
	    text_to_int(ints[_i].s, ints[_i].min, ints[_i].max, &value),
	    ints[_i].ok);
	ck_assert_int_eq(value, ints[_i].value);
}
END_TEST

static const struct {
	const char *s, *expected;
} slugs[] = {
	{ "Energy", "energy" },
	{ "L'énergie  d’Île-de-France!", "l-energie-d-ile-de-france" },
	{ "Œuvre & Straße", "oeuvre-strasse" },
	{ "--a--", "a" },
	{ "電力", "" },
	{ "", "" },
	{ "ISO 27001", "iso-27001" },
	{ "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12",
	    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff" },
	{ "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffff g",
	    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffff" },
	{ "\xff", "" },
};

START_TEST(slug)
{
	struct arena *a = arena_new(1 << 20);

	ck_assert_str_eq(text_slug(a, slugs[_i].s), slugs[_i].expected);
	arena_free(a);
}
END_TEST

START_TEST(starts)
{
	ck_assert(text_starts("https://x", "https://"));
	ck_assert(text_starts("x", ""));
	ck_assert(!text_starts("http", "https"));
	ck_assert(!text_starts("", "x"));
}
END_TEST

START_TEST(index_of_a_word)
{
	static const char *const words[] = { "one", "two", "", NULL };

	ck_assert_int_eq(text_index(words, "one"), 0);
	ck_assert_int_eq(text_index(words, "two"), 1);
	ck_assert_int_eq(text_index(words, ""), 2);
	ck_assert_int_eq(text_index(words, "tw"), -1);
	ck_assert_int_eq(text_index(words, "twoo"), -1);
	ck_assert_int_eq(text_index(words, NULL), -1);
}
END_TEST

START_TEST(hex)
{
	char out[9];

	text_hex("\x00\x0f\xf0\xff", 4, out);
	ck_assert_str_eq(out, "000ff0ff");
	text_hex("", 0, out);
	ck_assert_str_eq(out, "");
}
END_TEST

static const struct {
	int64_t number;
	const char *expected;
} numbers[] = {
	{ 0, "0" },
	{ 7, "7" },
	{ -7, "-7" },
	{ 1200, "1200" },
	{ INT64_MAX, "9223372036854775807" },
	{ INT64_MIN, "-9223372036854775808" },
};

START_TEST(from_int)
{
	char out[TEXT_INT];

	ck_assert_uint_eq(text_from_int(numbers[_i].number, out),
	    strlen(numbers[_i].expected));
	ck_assert_str_eq(out, numbers[_i].expected);
}
END_TEST

START_TEST(percent)
{
	struct arena *a = arena_new(1 << 20);

	ck_assert_str_eq(text_percent(a, "aZ09", ""), "aZ09");
	ck_assert_str_eq(text_percent(a, "a/b-c", "-"), "a%2Fb-c");
	ck_assert_str_eq(text_percent(a, "\u00e9 %", ""), "%C3%A9%20%25");
	ck_assert_str_eq(text_percent(a, "", "-"), "");
	arena_free(a);
}
END_TEST

UNIT_MAIN("text", UNIT_ROWS(ok, oks), UNIT_ROWS(clean, cleans),
    UNIT(clean_stops_at_its_length), UNIT(clean_is_linear),
    UNIT_ROWS(fold, folds), UNIT(length), UNIT_ROWS(excerpt, excerpts),
    UNIT_ROWS(to_int, ints), UNIT_ROWS(slug, slugs), UNIT(starts),
    UNIT(index_of_a_word), UNIT(hex), UNIT_ROWS(from_int, numbers),
    UNIT(percent))
