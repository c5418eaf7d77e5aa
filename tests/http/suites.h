/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The suites, one a file test_<name>.c: a table of tests in place of calls.
 * CK_RUN_SUITE=name runs one of them.
 */
#ifndef HTTP_SUITES_H
#define HTTP_SUITES_H

#include <check.h>

#include "client.h"
#include "html.h"
#include "world.h"

struct suite_test {
	const TTest *const *test;
	int rows;	    /* how often it runs, _i from 0; 0: */
	int (*count)(void); /* … says this */
};

#define TEST(t)               \
	{                     \
		&(t), 1, NULL \
	}
#define ROWS(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define TEST_ROWS(t, a)             \
	{                           \
		&(t), ROWS(a), NULL \
	}
#define TEST_TIMES(t, n)        \
	{                       \
		&(t), (n), NULL \
	}
#define TEST_COUNTED(t, f)   \
	{                    \
		&(t), 0, (f) \
	}
#define TESTS_END             \
	{                     \
		NULL, 0, NULL \
	}

extern const struct suite_test tests_matrix[];
extern const struct suite_test tests_access[];
extern const struct suite_test tests_find[];
extern const struct suite_test tests_form[];
extern const struct suite_test tests_input[];
extern const struct suite_test tests_flood[];
extern const struct suite_test tests_pace[];
extern const struct suite_test tests_draft[];
extern const struct suite_test tests_signin[];
extern const struct suite_test tests_session[];
extern const struct suite_test tests_people[];
extern const struct suite_test tests_agreement[];
extern const struct suite_test tests_register[];
extern const struct suite_test tests_signing_key[];
extern const struct suite_test tests_charter[];
extern const struct suite_test tests_hostile[];
extern const struct suite_test tests_header[];
extern const struct suite_test tests_language[];
extern const struct suite_test tests_conflict[];
extern const struct suite_test tests_library[];
extern const struct suite_test tests_today[];
extern const struct suite_test tests_shelf[];
extern const struct suite_test tests_bundle[];
extern const struct suite_test tests_records[];
extern const struct suite_test tests_witness[];
extern const struct suite_test tests_log[];

/* "403 of /x as reader": for messages. */
#define expect_status(a, want, ...) expect_(a, want, __LINE__, __VA_ARGS__)
void expect_(const struct answer *, int want, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* No path of ours, no SQL, no stack, no name of a source file. */
void expect_discreet(const struct answer *, const char *what);

/* 429 as a page, with a Retry-After that one can wait for. */
void expect_too_many(const struct answer *);
/* … of so many seconds, as nginx says it. */
void expect_too_many_for(const struct answer *, const char *seconds);

#endif
