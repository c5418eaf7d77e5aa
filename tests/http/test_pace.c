/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often one address may ask for pages: what it is told beyond that, whom
 * and what that spares, and that pages come again.  The portal of all tests is
 * too generous for that, so this one is slower.
 */
#include <stdlib.h>
#include <time.h>

#include "stack.h"
#include "suites.h"

enum { BURST = 4, MANY = 500, PATIENCE_S = 30 };

static const char *const settings[] = { "PAGE_RATE=1r/s", "PAGE_BURST=4",
	NULL };

/* Asks until it is refused: the answer, and in *taken how many were not. */
static const struct answer *
ask_too_much(struct client *c, const char *path, int status, int *taken)
{
	const struct answer *a = NULL;

	for (*taken = 0; *taken < MANY; ++*taken) {
		a = client_get(c, path);
		if (a->status == 429)
			return a;
		expect_status(a, status, "%s, time %d", path, *taken);
	}
	ck_abort_msg("%d times %s, and no limit", MANY, path);
}

/* Busy, so as not to wait longer than it takes. */
static int
refusals_until_page(struct client *c, const char *path)
{
	const time_t until = time(NULL) + PATIENCE_S;
	const struct answer *a;
	int n;

	for (n = 0; (a = client_get(c, path))->status == 429; n++)
		ck_assert_msg(
		    time(NULL) < until, "no page after %d refusals", n);
	expect_status(a, 200, "%s, after the limit", path);
	return n;
}

static void
expect_plain_words(const struct answer *a)
{
	static const char *const words[] = { "<h1>Too many",
		"Nothing was changed", "Wait a few seconds", "wait a minute",
		"lang=\"fr\"", "Trop de", "Attendez quelques secondes",
		"attendez une minute" };
	char *cache = answer_header(a, "Cache-Control", 0);

	expect_too_many_for(a, "2"); /* one page comes back each second */
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		ck_assert_msg(answer_has(a, words[i]), "lacks \"%s\": %s",
		    words[i], a->body);
	ck_assert_msg(!answer_has(a, "nginx"), "%s", a->body);
	ck_assert_ptr_nonnull(cache);
	ck_assert_str_eq(cache, "no-store");
}

/* Pages alone are counted, and each address for itself. */
static void
expect_others_spared(struct client *c)
{
	static const char *const free_of_limit[] = { "/static/entente.css",
		"/static/error/error.css", "/robots.txt", "/sign-in" };

	for (size_t i = 0; i < sizeof(free_of_limit) / sizeof(char *); i++)
		expect_status(client_get(c, free_of_limit[i]), 200, "%s",
		    free_of_limit[i]);
	expect_status(client_get(client_new(), "/"), 200, "another address");
	expect_status(client_get(c, "/"), 429, "the same one");
}

START_TEST(nginx_limits_pages)
{
	struct client *c;
	struct stack stack;
	int taken;

	stack_open(&stack, "pace-pages", settings);
	c = client_new();
	expect_plain_words(ask_too_much(c, "/", 200, &taken));
	ck_assert_int_gt(taken, BURST);
	expect_others_spared(c);
	ck_assert_int_gt(refusals_until_page(c, "/"), 0);
	/* Of what it may ask at once it has all again after a while only. */
	ask_too_much(c, "/", 200, &taken);
	ck_assert_int_le(taken, BURST);
	stack_close(&stack);
}
END_TEST

/* Wherever the portal answers: what does not exist, and what is sent. */
START_TEST(every_page_counts)
{
	const struct answer *a = NULL;
	struct client *c;
	struct stack stack;
	int taken;

	stack_open(&stack, "pace-all", settings);
	ask_too_much(client_new(), "/nowhere", 404, &taken);
	ck_assert_int_gt(taken, BURST);
	c = client_new();
	for (taken = 0; taken < MANY; taken++) {
		a = client_post_raw(c, "/drafts/import", NO_FIELDS);
		if (a->status == 429)
			break;
	}
	ck_assert_int_gt(taken, BURST);
	ck_assert_int_lt(taken, MANY);
	expect_plain_words(a);
	expect_status(client_get(c, "/"), 429, "one count for both");
	stack_close(&stack);
}
END_TEST

const struct suite_test tests_pace[] = {
	TEST(nginx_limits_pages),
	TEST(every_page_counts),
	TESTS_END,
};
