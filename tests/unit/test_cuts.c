/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/cuts.h"
#include "unit.h"

enum { ARENA = 1 << 20 };

static const struct {
	const char *text, *expected; /* cuts between '|', blank ones in () */
} words[] = {
	{ "", "" },
	{ "one", "one" },
	{ "one two", "one|( )|two" },
	{ "one  two.\n", "one|(  )|two|.|\n" },
	{ "\n\n", "\n|\n" },
	{ " \t\n ", "( \t)|\n|( )" },
	{ "l'énergie d’Oslo", "l|'|énergie|( )|d|’|Oslo" },
	{ "2026-03-02", "2026|-|03|-|02" },
	{ "**bold** ---", "**|bold|**|( )|---" },
	{ "?!?", "?|!|?" },
	{ "e\xcc\x81t", "e\xcc\x81t" },
	{ ".\xcc\x81.", ".\xcc\x81." },
	{ " \xcc\x81 x", "( \xcc\x81 )|x" },
	{ "\n\xcc\x81x", "\n|\xcc\x81|x" },
	{ "10\xc2\xa0 %", "10|(\xc2\xa0 )|%" },
	{ "a\xc2\xad"
	  "b",
	    "a\xc2\xad"
	    "b" },
	{ "電力 網", "電力|( )|網" },
	{ "€€$", "€€|$" },
	{ "a\xff\xff\xc3", "a|\xff\xff|\xc3" },
	{ "\xe2\x82", "\xe2|\x82" },
	{ "\r\n", "(\r)|\n" },
};

static const struct {
	const char *text, *expected;
} lines[] = {
	{ "", "" },
	{ "one", "one" },
	{ "one\n", "one\n" },
	{ "one\ntwo", "one\n|two" },
	{ "\n\n", "(\n)|(\n)" },
	{ " \t\r\n\xc2\xa0\n\xe2\x80\xa8",
	    "( \t\r\n)|(\xc2\xa0\n)|(\xe2\x80\xa8)" },
	{ "a\rb\n", "a\rb\n" },
	{ "\xff\n", "\xff\n" },
};

static void
check(const struct cuts *c, size_t len, const char *expected)
{
	struct buf out;

	ck_assert_uint_eq(c->start[c->count], len);
	buf_init(&out, ARENA);
	for (size_t i = 0; i < c->count; i++) {
		ck_assert_uint_gt(cuts_length(c, i), 0);
		ck_assert(!c->is_common[i]);
		buf_adds(&out, i > 0 ? "|" : "");
		buf_adds(&out, c->is_blank[i] ? "(" : "");
		buf_add(&out, c->text + c->start[i], cuts_length(c, i));
		buf_adds(&out, c->is_blank[i] ? ")" : "");
	}
	ck_assert_str_eq(out.data != NULL ? out.data : "", expected);
	buf_free(&out);
}

START_TEST(cut_words)
{
	struct arena *a = arena_new(ARENA);
	struct cuts c;

	cuts_words(a, &c, words[_i].text, strlen(words[_i].text));
	check(&c, strlen(words[_i].text), words[_i].expected);
	arena_free(a);
}
END_TEST

START_TEST(cut_lines)
{
	struct arena *a = arena_new(ARENA);
	struct cuts c;

	cuts_lines(a, &c, lines[_i].text, strlen(lines[_i].text));
	check(&c, strlen(lines[_i].text), lines[_i].expected);
	arena_free(a);
}
END_TEST

START_TEST(numbers)
{
	static const char *const texts[] = { "to be or not to be",
		"or TO be, be" };
	struct arena *a = arena_new(ARENA);
	struct cuts c[CUTS_SIDES];
	size_t n;

	for (int s = 0; s < CUTS_SIDES; s++)
		cuts_words(a, &c[s], texts[s], strlen(texts[s]));
	n = cuts_number(a, c);
	ck_assert_uint_eq(n, 7); /* to be or not TO , and the space */
	for (size_t i = 0; i < c[0].count; i++)
		for (size_t j = 0; j < c[1].count; j++)
			ck_assert_int_eq(c[0].ids[i] == c[1].ids[j],
			    cuts_length(&c[0], i) == cuts_length(&c[1], j) &&
				memcmp(c[0].text + c[0].start[i],
				    c[1].text + c[1].start[j],
				    cuts_length(&c[0], i)) == 0);
	for (size_t i = 0; i < c[0].count; i++)
		ck_assert_uint_lt(c[0].ids[i], n);
	c[0].count = c[1].count = 0;
	ck_assert_uint_eq(cuts_number(a, c), 1);
	arena_free(a);
}
END_TEST

UNIT_MAIN("cuts", UNIT_ROWS(cut_words, words), UNIT_ROWS(cut_lines, lines),
    UNIT(numbers))
