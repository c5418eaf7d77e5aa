/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/format.h"
#include "unit.h"

static const struct {
	const char *name;
	enum format format;
} names[] = {
	{ "a.pdf", FORMAT_PDF },
	{ "a.PDF", FORMAT_PDF },
	{ "résumé.v2.odt", FORMAT_ODT },
	{ "a.docx", FORMAT_DOCX },
	{ "a.xlsx", FORMAT_XLSX },
	{ "a.ods", FORMAT_ODS },
	{ "a.txt", FORMAT_TXT },
	{ "README.md", FORMAT_MARKDOWN },
	{ "a.markdown", FORMAT_MARKDOWN },
	{ "a.csv", FORMAT_CSV },
	{ "a.png", FORMAT_PNG },
	{ "a.jpg", FORMAT_JPEG },
	{ "a.JPEG", FORMAT_JPEG },
	{ "a.zip", FORMAT_ZIP },
	{ "a.pdf.exe", FORMAT_NONE },
	{ "a.pdf ", FORMAT_NONE },
	{ "a.pdf.", FORMAT_NONE },
	{ "a.docm", FORMAT_NONE },
	{ ".pdf", FORMAT_NONE },
	{ "dir/.pdf", FORMAT_NONE },
	{ "pdf", FORMAT_NONE },
	{ "a.", FORMAT_NONE },
	{ "", FORMAT_NONE },
};

START_TEST(by_name)
{
	ck_assert_int_eq(format_of_name(names[_i].name), names[_i].format);
}
END_TEST

START_TEST(by_media)
{
	for (int f = FORMAT_NONE + 1; f < FORMAT__MAX; f++) {
		ck_assert_int_eq(
		    format_of_media(format_media((enum format)f)), f);
		ck_assert_ptr_nonnull(format_words[f]);
	}
	ck_assert_ptr_null(format_words[FORMAT__MAX]);
	ck_assert_int_eq(format_of_media("application/pdfx"), FORMAT_NONE);
	ck_assert_int_eq(
	    format_of_media("application/octet-stream"), FORMAT_NONE);
	ck_assert_str_eq(
	    format_media((enum format)99), "application/octet-stream");
}
END_TEST

UNIT_MAIN("format", UNIT_ROWS(by_name, names), UNIT(by_media))
