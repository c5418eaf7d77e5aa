/* SPDX-License-Identifier: Apache-2.0 */
/* The texts to start from: they are there, whole, and equal in clauses. */
#include "unit.h"

#include "base/text.h"
#include "page/agreement_start.h"
#include "web/markdown.h"

enum { SCRATCH = 4 * 1024 * 1024 };

static struct arena *arena;

static struct agreement_start
load(struct pages *pages, enum lang lang, enum agreement_kind kind)
{
	struct agreement_start start;

	ck_assert_int_eq(
	    agreement_start(pages, arena, lang, kind, &start), ERR_OK);
	return start;
}

/* As a draft keeps it: nothing of it would be changed or refused. */
static void
expect_fit(const char *text, enum text_kind kind, size_t max)
{
	char *clean = text_clean(arena, text, strlen(text), kind);
	size_t len = strlen(text);

	ck_assert_ptr_nonnull(clean);
	/* The file's last newline is no part of a text. */
	while (kind == TEXT_PROSE && len > 0 && text[len - 1] == '\n')
		len--;
	ck_assert_uint_eq(strlen(clean), len);
	ck_assert_int_eq(memcmp(clean, text, len), 0);
	ck_assert_uint_le(text_length(clean), max);
}

/* "1. 1.1 1.2 2. …": the numbers that lines start with. */
static char *
clauses_of(const char *text)
{
	char *numbers = arena_copy(arena, "");
	size_t n;

	for (; *text != '\0'; text += n + (text[n] != '\0')) {
		n = strcspn(text, "\n");
		if (text_starts(text, "# "))
			numbers = arena_printf(arena, "%s\n%.*s", numbers,
			    (int)strcspn(text + 2, " "), text + 2);
		else if (*text >= '1' && *text <= '9')
			numbers = arena_printf(arena, "%s %.*s", numbers,
			    (int)strcspn(text, " "), text);
	}
	return numbers;
}

static size_t
words_in(const char *text)
{
	size_t n = 0;

	while (*(text += strspn(text, " \n")) != '\0') {
		text += strcspn(text, " \n");
		n++;
	}
	return n;
}

static const enum agreement_kind kinds[] = { AGREEMENT_CHARTER,
	AGREEMENT_EXCHANGE, AGREEMENT_SECTOR, AGREEMENT_MUTUAL_AID,
	AGREEMENT_AUDIT };

START_TEST(starts_are_whole)
{
	/* Of the partnership's rules none may be forgotten in either. */
	static const char *const said[] = { "Traffic Light Protocol",
		"minisign" };
	struct pages *pages;
	char *html;

	arena = arena_new(SCRATCH);
	ck_assert_int_eq(pages_new("templates", &pages), ERR_OK);
	for (int lang = 0; lang < LANG__MAX; lang++) {
		struct agreement_start start =
		    load(pages, (enum lang)lang, kinds[_i]);

		expect_fit(start.title, TEXT_LINE, AGREEMENT_TITLE_MAX);
		expect_fit(start.text, TEXT_PROSE, AGREEMENT_TEXT_MAX);
		ck_assert_int_ne(start.text[0], '#');
		ck_assert_uint_ge(words_in(start.text), 500);
		for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
			ck_assert_msg(strstr(start.text, said[i]) != NULL,
			    "%s: %s", start.title, said[i]);
		/* Nothing that is to be filled in is left in it. */
		ck_assert_ptr_null(strpbrk(start.text, "[]{}<>_"));
		ck_assert_int_eq(
		    markdown_html(arena, start.text, &html), ERR_OK);
		ck_assert_ptr_nonnull(strstr(html, "1. "));
	}
	pages_free(pages);
	arena_free(arena);
}
END_TEST

START_TEST(starts_are_equal)
{
	struct agreement_start en, fr;
	struct pages *pages;
	char *clauses;

	arena = arena_new(SCRATCH);
	ck_assert_int_eq(pages_new("templates", &pages), ERR_OK);
	en = load(pages, LANG_EN, kinds[_i]);
	fr = load(pages, LANG_FR, kinds[_i]);
	clauses = clauses_of(en.text);
	ck_assert_str_eq(clauses, clauses_of(fr.text));
	ck_assert_ptr_nonnull(strstr(clauses, "\n1. 1.1 1.2"));
	ck_assert_str_ne(en.title, fr.title);
	ck_assert_str_ne(en.text, fr.text);
	pages_free(pages);
	arena_free(arena);
}
END_TEST

/* Other agreements start empty; a broken installation says so. */
START_TEST(starts_that_are_not)
{
	char dir[UNIT_PATH], sub[UNIT_PATH];
	struct agreement_start start;
	struct pages *pages;

	arena = arena_new(SCRATCH);
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
	unit_scratch(dir);
	unit_path(sub, dir, "lang");
	ck_assert_int_eq(mkdir(sub, 0700), 0);
	unit_file(sub, "en.hdf", "Lang {\n A = a\n}\n", NULL);
	unit_file(sub, "fr.hdf", "Lang {\n A = a\n}\n", NULL);
	unit_path(sub, dir, "agreement");
	ck_assert_int_eq(mkdir(sub, 0700), 0);
	unit_path(sub, dir, "agreement/start");
	ck_assert_int_eq(mkdir(sub, 0700), 0);
	unit_file(sub, "audit.en.md", "No title\n\nText", NULL);
	unit_file(sub, "sector.en.md", "# Title alone", NULL);
	unit_file(sub, "exchange.en.md", "# Title\n\nText\n", NULL);
	ck_assert_int_eq(pages_new(dir, &pages), ERR_OK);
	ck_assert_int_eq(
	    agreement_start(pages, arena, LANG_EN, AGREEMENT_OTHER, &start),
	    ERR_NOT_FOUND);
	ck_assert_str_eq(start.title, "");
	ck_assert_str_eq(start.text, "");
	ck_assert_int_eq(
	    agreement_start(pages, arena, LANG_EN, AGREEMENT_AUDIT, &start),
	    ERR_INTERNAL);
	ck_assert_int_eq(
	    agreement_start(pages, arena, LANG_EN, AGREEMENT_SECTOR, &start),
	    ERR_INTERNAL);
	ck_assert_int_eq(
	    agreement_start(pages, arena, LANG_FR, AGREEMENT_EXCHANGE, &start),
	    ERR_INTERNAL);
	start = load(pages, LANG_EN, AGREEMENT_EXCHANGE);
	ck_assert_str_eq(start.title, "Title");
	ck_assert_str_eq(start.text, "Text\n");
	pages_free(pages);
	unit_remove(dir);
	arena_free(arena);
}
END_TEST

UNIT_MAIN("agreement_start", UNIT_ROWS(starts_are_whole, kinds),
    UNIT_ROWS(starts_are_equal, kinds), UNIT(starts_that_are_not))
