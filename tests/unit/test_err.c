/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"
#include "unit.h"

START_TEST(every_code_has_a_name_of_its_own)
{
	for (int i = 0; i < ERR__MAX; i++) {
		ck_assert_str_ne(err_name((enum err)i), "unknown");
		for (int j = 0; j < i; j++)
			ck_assert_str_ne(
			    err_name((enum err)i), err_name((enum err)j));
	}
}
END_TEST

START_TEST(names_are_stable)
{
	ck_assert_str_eq(err_name(ERR_OK), "ok");
	ck_assert_str_eq(err_name(ERR_NOT_FOUND), "not_found");
	ck_assert_str_eq(err_name(ERR_TOO_LARGE), "too_large");
	ck_assert_str_eq(err_name(ERR_INTERNAL), "internal");
}
END_TEST

START_TEST(out_of_range_is_unknown)
{
	ck_assert_str_eq(err_name(ERR__MAX), "unknown");
	ck_assert_str_eq(err_name((enum err)4711), "unknown");
	ck_assert_str_eq(err_name((enum err) - 1), "unknown");
}
END_TEST

UNIT_MAIN("err", UNIT(every_code_has_a_name_of_its_own), UNIT(names_are_stable),
    UNIT(out_of_range_is_unknown))
