/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/verdict.h"
#include "unit.h"

START_TEST(first_fault_stays)
{
	struct verdict v = { .fault = VERDICT_GOOD };

	ck_assert(!verdict_refuse(&v, VERDICT_FORBIDDEN, VERDICT_LINK, "a"));
	ck_assert(!verdict_refuse(&v, VERDICT_BROKEN, VERDICT_WHAT_NONE, "b"));
	ck_assert_int_eq(v.fault, VERDICT_FORBIDDEN);
	ck_assert_int_eq(v.what, VERDICT_LINK);
	ck_assert_str_eq(v.where, "a");
}
END_TEST

static const struct {
	const char *from, *to;
} wheres[] = {
	{ "", "" },
	{ "word/document.xml", "word/document.xml" },
	{ "r\xc3\xa9sum\xc3\xa9", "r\xc3\xa9sum\xc3\xa9" },
	{ "r\x82sum\x82", "r?sum?" },
	{ "a\nb\x1b[2J", "a?b?[2J" },
	{ "a\xe2\x80\xaegnp.exe", "a?gnp.exe" },
	{ "\xc3", "?" },
};

START_TEST(where_is_plain)
{
	struct verdict v = { .fault = VERDICT_GOOD };

	verdict_refuse(&v, VERDICT_BROKEN, VERDICT_WHAT_NONE, wheres[_i].from);
	ck_assert_str_eq(v.where, wheres[_i].to);
	verdict_found(&v, wheres[_i].from);
	ck_assert_str_eq(v.found, wheres[_i].to);
}
END_TEST

/* Cut between characters, never within one. */
START_TEST(where_is_bounded)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	char name[1001];

	for (int i = 0; i < 500; i++)
		memcpy(name + 2 * i, "\xc3\xa9", 2);
	name[1000] = '\0';
	verdict_refuse(&v, VERDICT_BROKEN, VERDICT_WHAT_NONE, name);
	ck_assert_uint_gt(strlen(v.where), VERDICT_WHERE - 6);
	ck_assert_uint_eq(strlen(v.where) % 2, 0);
	verdict_within(&v, name);
	ck_assert_uint_lt(strlen(v.where), VERDICT_WHERE);
	ck_assert_uint_eq(strlen(v.where) % 2, 0);
}
END_TEST

START_TEST(within)
{
	struct verdict v = { .fault = VERDICT_GOOD };

	verdict_within(&v, "a.zip");
	ck_assert_str_eq(v.where, "a.zip");
	verdict_refuse(&v, VERDICT_BROKEN, VERDICT_WHAT_NONE, "b.xml");
	verdict_within(&v, "a.docx");
	ck_assert_str_eq(v.where, "a.docx/b.xml");
}
END_TEST

START_TEST(words)
{
	for (int i = 0; i < VERDICT__MAX; i++)
		ck_assert_ptr_nonnull(verdict_faults[i]);
	for (int i = 0; i < VERDICT_WHAT__MAX; i++)
		ck_assert_ptr_nonnull(verdict_whats[i]);
	ck_assert_ptr_null(verdict_faults[VERDICT__MAX]);
	ck_assert_ptr_null(verdict_whats[VERDICT_WHAT__MAX]);
}
END_TEST

UNIT_MAIN("verdict", UNIT(first_fault_stays), UNIT_ROWS(where_is_plain, wheres),
    UNIT(where_is_bounded), UNIT(within), UNIT(words))
