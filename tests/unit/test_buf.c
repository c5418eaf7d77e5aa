/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "base/buf.h"
#include "unit.h"

START_TEST(adds_and_terminates)
{
	struct buf b;

	buf_init(&b, 1000);
	ck_assert_ptr_null(b.data);
	buf_adds(&b, "a");
	buf_addc(&b, 'b');
	buf_add(&b, "c\0d", 3);
	buf_addf(&b, "%d", 42);
	ck_assert_uint_eq(b.len, 7);
	ck_assert_mem_eq(b.data, "abc\0d42", 8);
	ck_assert(!b.overflow);
	buf_reset(&b);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_str_eq(b.data, "");
	buf_free(&b);
	ck_assert_ptr_null(b.data);
	buf_free(&b);
}
END_TEST

START_TEST(nothing_is_a_string_too)
{
	struct buf b;

	buf_init(&b, 10);
	buf_add(&b, NULL, 0);
	ck_assert_str_eq(b.data, "");
	buf_free(&b);
}
END_TEST

static const struct {
	size_t max, first, second;
	bool overflow;
} limits[] = {
	{ 0, 0, 0, false },
	{ 0, 0, 1, true },
	{ 10, 4, 6, false },
	{ 10, 4, 7, true },
	{ 10, 11, 0, true },
	{ 100000, 300, 99700, false },
	{ 100000, 300, 99701, true },
};

START_TEST(limit_is_exact)
{
	static const char bytes[100001];
	struct buf b;
	size_t fits;

	buf_init(&b, limits[_i].max);
	buf_add(&b, bytes, limits[_i].first);
	fits = b.len;
	buf_add(&b, bytes, limits[_i].second);
	ck_assert_int_eq(b.overflow, limits[_i].overflow);
	if (b.overflow)
		ck_assert_uint_eq(b.len, fits);
	else
		ck_assert_uint_eq(b.len, limits[_i].max);
	buf_free(&b);
}
END_TEST

START_TEST(format_at_the_limit)
{
	struct buf b;

	buf_init(&b, 5);
	buf_addf(&b, "%s", "12345");
	ck_assert_str_eq(b.data, "12345");
	ck_assert(!b.overflow);
	buf_reset(&b);
	buf_addf(&b, "%s", "123456");
	ck_assert(b.overflow);
	ck_assert_str_eq(b.data, "");
	buf_free(&b);
}
END_TEST

START_TEST(no_hole_after_overflow)
{
	struct buf b;

	buf_init(&b, 4);
	buf_adds(&b, "<a ");
	buf_adds(&b, "href=\"");
	buf_adds(&b, ">");
	ck_assert(b.overflow);
	ck_assert_str_eq(b.data, "<a ");
	buf_reset(&b);
	ck_assert(!b.overflow);
	buf_adds(&b, "new");
	ck_assert_str_eq(b.data, "new");
	buf_free(&b);
}
END_TEST

START_TEST(huge_limits_do_not_wrap)
{
	struct buf b;

	buf_init(&b, SIZE_MAX);
	buf_adds(&b, "x");
	buf_add(&b, "y", SIZE_MAX - 1);
	ck_assert(b.overflow);
	ck_assert_str_eq(b.data, "x");
	buf_free(&b);
}
END_TEST

START_TEST(rests)
{
	struct buf b;

	buf_init(&b, 100000);
	buf_adds(&b, "short");
	buf_rest(&b, 1000);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_uint_gt(b.cap, 0);
	ck_assert_str_eq(b.data, "");
	for (int i = 0; i < 2000; i++)
		buf_addc(&b, 'x');
	buf_rest(&b, 1000);
	ck_assert_uint_eq(b.cap, 0);
	ck_assert_uint_eq(b.max, 100000);
	buf_adds(&b, "again");
	ck_assert_str_eq(b.data, "again");
	buf_free(&b);
}
END_TEST

UNIT_MAIN("buf", UNIT(rests), UNIT(adds_and_terminates),
    UNIT(nothing_is_a_string_too), UNIT_ROWS(limit_is_exact, limits),
    UNIT(format_at_the_limit), UNIT(no_hole_after_overflow),
    UNIT(huge_limits_do_not_wrap))
