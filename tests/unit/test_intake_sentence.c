/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of a document that is refused: a sentence for whatever may be
 * found, in both languages; and how its size is written.
 */
#include "unit.h"

#include <string.h>

#include "page/document_view.h"
#include "page/intake.h"

static struct site site;
static struct req req;
static struct visit visit = { .site = &site, .req = &req };

static void
open_visit(void)
{
	ck_assert_int_eq(pages_new("templates", &site.pages), ERR_OK);
	req.arena = arena_new(1 << 20);
}

static const char *
sentence(enum lang lang, const struct verdict *verdict)
{
	visit.lang = lang;
	return intake_sentence(&visit, verdict);
}

/* ---- every one ----------------------------------------------------------- */

/* Nothing is left to be filled in, and it is no key of the catalogue. */
static void
is_sentence(const char *text, const char *where)
{
	const size_t len = text != NULL ? strlen(text) : 0;

	ck_assert_uint_gt(len, 20);
	ck_assert_msg(text[len - 1] == '.', "%s", text);
	ck_assert_msg(strpbrk(text, "{}") == NULL, "%s", text);
	ck_assert_msg(strstr(text, "Intake") == NULL, "%s", text);
	ck_assert_msg(strstr(text, where) != NULL, "%s", text);
}

static const char faults[VERDICT__MAX]; /* as many as there are */

START_TEST(each_has_one)
{
	const enum verdict_fault fault = (enum verdict_fault)_i;
	struct verdict v = { .fault = fault, .named = FORMAT_ODT };

	open_visit();
	if (fault == VERDICT_GOOD) {
		ck_assert_ptr_null(sentence(LANG_EN, &v));
		return;
	}
	for (int what = 0; what < VERDICT_WHAT__MAX; what++)
		for (int lang = 0; lang < LANG__MAX; lang++) {
			v.what = (enum verdict_what)what;
			v.where[0] = '\0';
			is_sentence(sentence((enum lang)lang, &v), "");
			verdict_within(&v, "a.zip/b");
			is_sentence(sentence((enum lang)lang, &v), "a.zip/b");
		}
}
END_TEST

/* ---- some of them --------------------------------------------------------- */

static const struct {
	struct verdict verdict;
	const char *en, *fr;
} said[] = {
	{ { VERDICT_MISMATCH, VERDICT_WHAT_NONE, FORMAT_PDF, false, "image/png",
	      "" },
	    "The ending of its name says PDF, but what stands in it is "
	    "PNG picture.",
	    "La terminaison de son nom dit PDF, mais ce qui y figure est "
	    "image PNG." },
	{ { VERDICT_MISMATCH, VERDICT_WHAT_NONE, FORMAT_DOCX, false,
	      "application/x-dosexec", "" },
	    "The ending of its name says Word document (DOCX), but what "
	    "stands in it is application/x-dosexec.",
	    "La terminaison de son nom dit document Word (DOCX), mais ce "
	    "qui y figure est application/x-dosexec." },
	{ { VERDICT_FORBIDDEN, VERDICT_LINK, FORMAT_ZIP, false, "", "a/b" },
	    "It holds a link to another file: “a/b”.",
	    "Il contient un lien vers un autre fichier\u202f: "
	    "«\u202fa/b\u202f»." },
	{ { VERDICT_INFECTED, VERDICT_WHAT_NONE, FORMAT_TXT, false, "",
	      "Eicar-Signature" },
	    "The antivirus program says that it is harmful: "
	    "“Eicar-Signature”.",
	    "L’antivirus dit qu’il est nuisible\u202f: "
	    "«\u202fEicar-Signature\u202f»." },
};

START_TEST(some)
{
	open_visit();
	ck_assert_str_eq(sentence(LANG_EN, &said[_i].verdict), said[_i].en);
	ck_assert_str_eq(sentence(LANG_FR, &said[_i].verdict), said[_i].fr);
}
END_TEST

/* ---- sizes ----------------------------------------------------------------- */

static const struct {
	int64_t bytes;
	const char *en, *fr;
} sizes[] = {
	{ 0, "0 bytes", "0\u202foctet" },
	{ 1, "1 byte", "1\u202foctet" },
	{ 1023, "1,023 bytes", "1\u202f023\u202foctets" },
	{ 1024, "1 kB", "1\u202fko" },
	{ 1536, "1.5 kB", "1,5\u202fko" },
	{ 200000, "195 kB", "195\u202fko" },
	{ 1048063, "1,023 kB", "1\u202f023\u202fko" },
	{ 1048064, "1 MB", "1\u202fMo" },
	{ 2516582, "2.4 MB", "2,4\u202fMo" },
	{ 64 * 1024 * 1024, "64 MB", "64\u202fMo" },
};

START_TEST(size)
{
	open_visit();
	visit.lang = LANG_EN;
	ck_assert_str_eq(
	    document_view_size(&visit, sizes[_i].bytes), sizes[_i].en);
	visit.lang = LANG_FR;
	ck_assert_str_eq(
	    document_view_size(&visit, sizes[_i].bytes), sizes[_i].fr);
}
END_TEST

UNIT_MAIN("intake_sentence", UNIT_ROWS(each_has_one, faults),
    UNIT_ROWS(some, said), UNIT_ROWS(size, sizes))
