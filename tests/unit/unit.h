/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every unit test program shares: a table of tests in place of a main(),
 * and a scratch directory that goes away.
 *
 *	START_TEST(names_bad)
 *	{
 *		ck_assert(!name_ok(bad[_i]));
 *	}
 *	END_TEST
 *
 *	UNIT_MAIN("name", UNIT(names_good), UNIT_ROWS(names_bad, bad))
 *
 * UNIT() runs a test once, UNIT_ROWS() once per row of an array with _i as
 * the index, UNIT_SIGNAL() and UNIT_EXIT() expect the test to end its process.
 * Tests run each in a process of its own; CK_FORK=no runs all in one, for a
 * debugger; CK_RUN_CASE and CK_VERBOSITY are Check's own.
 */
#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct unit_case {
	const TTest *test;
	int rows;   /* how often it runs, _i from 0 */
	int signal; /* that must end it, 0 for none */
	int exit_status;
};

#define UNIT_COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define UNIT(t)              \
	{                    \
		(t), 1, 0, 0 \
	}
#define UNIT_ROWS(t, a)                  \
	{                                \
		(t), UNIT_COUNT(a), 0, 0 \
	}
#define UNIT_SIGNAL(t, signo)      \
	{                          \
		(t), 1, (signo), 0 \
	}
#define UNIT_EXIT(t, status)        \
	{                           \
		(t), 1, 0, (status) \
	}

enum { UNIT_TIMEOUT_S = 60, UNIT_PATH = 512 };

static inline int
unit_run(const char *name, const struct unit_case *cases, int n)
{
	Suite *suite = suite_create(name);
	TCase *group = tcase_create(name);
	SRunner *runner;
	int failed;

	tcase_set_timeout(group, UNIT_TIMEOUT_S);
	for (int i = 0; i < n; i++)
		_tcase_add_test(group, cases[i].test, cases[i].signal,
		    cases[i].exit_status, 0, cases[i].rows);
	suite_add_tcase(suite, group);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define UNIT_MAIN(name, ...)                                               \
	int main(void)                                                     \
	{                                                                  \
		const struct unit_case unit_cases[] = { __VA_ARGS__ };     \
		return unit_run(name, unit_cases, UNIT_COUNT(unit_cases)); \
	}

/* Writes "dir/name" to a buffer of UNIT_PATH bytes. */
static inline void
unit_path(char *out, const char *dir, const char *name)
{
	int n = snprintf(out, UNIT_PATH, "%s/%s", dir, name);

	ck_assert_int_gt(n, 0);
	ck_assert_int_lt(n, UNIT_PATH);
}

/* Makes a new empty directory and writes its name. */
static inline void
unit_scratch(char out[UNIT_PATH])
{
	const char *tmp = getenv("TMPDIR");

	unit_path(out, tmp != NULL ? tmp : "/tmp", "entente-unit-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(out));
}

static inline int
unit_remove_one(
    const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	(void)st;
	(void)flag;
	(void)walk;
	return remove(path);
}

static inline void
unit_remove(const char *dir)
{
	nftw(dir, unit_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Writes the file dir/name; its whole name goes to `out` unless NULL. */
static inline void
unit_file(const char *dir, const char *name, const char *text, char *out)
{
	char path[UNIT_PATH];
	FILE *f;

	unit_path(path, dir, name);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
	if (out != NULL)
		memcpy(out, path, UNIT_PATH);
}

#endif
