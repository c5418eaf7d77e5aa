/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "shelf.h"
#include "suites.h"

enum { TIMEOUT_S = 240 };

/* clang-format off */
static const struct {
	const char *name;
	const struct suite_test *tests;
	void (*open)(void); /* before its tests, once; or NULL */
} suites[] = {
	{ "matrix", tests_matrix, NULL },
	{ "access", tests_access, access_open },
	{ "find", tests_find, access_open },
	{ "form", tests_form, NULL },
	{ "input", tests_input, NULL },
	{ "draft", tests_draft, NULL },
	{ "flood", tests_flood, NULL },
	{ "pace", tests_pace, NULL },
	{ "signin", tests_signin, NULL },
	{ "session", tests_session, NULL },
	{ "people", tests_people, NULL },
	{ "agreement", tests_agreement, NULL },
	{ "register", tests_register, NULL },
	{ "signing_key", tests_signing_key, NULL },
	{ "charter", tests_charter, NULL },
	{ "hostile", tests_hostile, NULL },
	{ "header", tests_header, NULL },
	{ "language", tests_language, NULL },
	{ "conflict", tests_conflict, NULL },
	{ "library", tests_library, NULL },
	{ "today", tests_today, NULL },
	{ "shelf", tests_shelf, shelf_open },
	{ "bundle", tests_bundle, NULL },
	{ "records", tests_records, NULL },
	{ "witness", tests_witness, NULL },
	{ "log", tests_log, NULL }, /* the last: reads what the others left */
};
/* clang-format on */

void
expect_(const struct answer *a, int want, int line, const char *format, ...)
{
	char what[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(what, sizeof(what), format, ap);
	va_end(ap);
	ck_assert_msg(a->status == want, "line %d, %s: not %d but %s", line,
	    what, want, answer_gist(a));
}

void
expect_discreet(const struct answer *a, const char *what)
{
	/* The words of a page of ours, and none of these. */
	static const char *const words[] = { "/cgi-bin", "/templates",
		"/schema", "portal.db", "auth.db", "SELECT ", "INSERT INTO",
		"UPDATE ", "sqlite", "SQLite", "Traceback", "errno", "ERR_",
		"0x7f", ".c:", ".cs:", "libentente", "assert" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		ck_assert_msg(!answer_has(a, words[i]), "%s: %d says \"%s\"",
		    what, a->status, words[i]);
	ck_assert_msg(
	    !answer_has(a, world.run_dir), "%s: says the directory", what);
}

void
expect_too_many(const struct answer *a)
{
	char *retry = answer_header(a, "Retry-After", 0);

	expect_status(a, 429, "a flood");
	ck_assert_msg(retry != NULL, "429 without Retry-After");
	ck_assert_int_gt(strtol(retry, NULL, 10), 0);
	ck_assert_int_le(strtol(retry, NULL, 10), 3600);
	ck_assert(answer_has(a, "<h1>"));
	expect_discreet(a, "429");
}

void
expect_too_many_for(const struct answer *a, const char *seconds)
{
	expect_too_many(a);
	ck_assert_str_eq(answer_header(a, "Retry-After", 0), seconds);
}

/* Once, in the process that tests are forked from. */
static void
open_world(void)
{
	static bool is_open;

	if (!is_open)
		world_open();
	is_open = true;
}

static Suite *
suite_of(const char *name, const struct suite_test *tests, void (*open)(void))
{
	Suite *suite = suite_create(name);
	TCase *group = tcase_create(name);

	tcase_set_timeout(group, TIMEOUT_S);
	tcase_add_unchecked_fixture(group, open_world, NULL);
	if (open != NULL)
		tcase_add_unchecked_fixture(group, open, NULL);
	for (; tests->test != NULL; tests++)
		tcase_add_loop_test(group, *tests->test, 0,
		    tests->count != NULL ? tests->count() : tests->rows);
	suite_add_tcase(suite, group);
	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(NULL);
	size_t i;
	int failed;

	for (i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		srunner_add_suite(runner,
		    suite_of(suites[i].name, suites[i].tests, suites[i].open));
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
