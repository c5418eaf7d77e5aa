/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every kind of advisory × every kind of reader, over HTTP, against the
 * access rule: reading, downloads, answers, drafts.  test_find.c does lists
 * and search.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "suites.h"

/* ---- reading ---------------------------------------------------------------- */

static void
read_hidden(const struct reader *r, const struct item *i, const char *path)
{
	const struct answer *a = client_get(client_of(r), path);

	expect_status(a, hidden_status(r), "%s %s", path, about(i, r));
	ck_assert_msg(!answer_has(a, i->word) && !answer_has(a, i->text),
	    "%s is told: %s", path, about(i, r));
	if (!r->is_member)
		ck_assert_str_eq(
		    answer_location(a), textf("/sign-in?to=%s", path));
}

static void
read_shown(const struct reader *r, const struct item *i, const char *path)
{
	const struct answer *a = client_get(client_of(r), path);

	if (i->state == DRAFT) {
		expect_status(a, 303, "%s", about(i, r));
		ck_assert_str_eq(
		    answer_location(a), textf("/drafts/%s/preview", i->ref));
		return;
	}
	expect_status(a, 200, "%s", about(i, r));
	ck_assert_msg(answer_has(a, i->word), "no title: %s", about(i, r));
	/* A withdrawn one is a notice: no text on the page. */
	ck_assert_msg(answer_has(a, i->text) == (i->state == PUBLISHED),
	    "text: %s", about(i, r));
	if (i->state == PUBLISHED)
		ck_assert(answer_has(a, "class=\"why\""));
	else
		ck_assert(answer_has(a, "It is withdrawn."));
}

START_TEST(reading)
{
	const struct item *i = &items[_i];
	char *path = textf("/advisories/%s", i->ref);
	char *old = textf("/advisories/%s/revisions/1", i->ref);
	int n;

	for (n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];

		if (!may_read(r, i)) {
			read_hidden(r, i, path);
			read_hidden(r, i, old);
		} else {
			read_shown(r, i, path);
		}
		if (may_read(r, i) && i->state == PUBLISHED)
			expect_status(client_get(client_of(r), old), 200,
			    "%s %s", old, about(i, r));
	}
}
END_TEST

START_TEST(downloading)
{
	const struct item *i = &items[_i];
	char *path = textf("/advisories/%s/source", i->ref);
	int n;

	for (n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		const struct answer *a;

		if (!may_read(r, i)) {
			read_hidden(r, i, path);
			continue;
		}
		a = client_get(client_of(r), path);
		if (i->state == PUBLISHED && i->has_source) {
			expect_status(a, 200, "%s", about(i, r));
			ck_assert(answer_has(a, i->text));
			ck_assert_int_eq(a->body[0], '{');
		} else {
			expect_status(a, 404, "%s", about(i, r));
			ck_assert(!answer_has(a, i->text));
		}
	}
}
END_TEST

/* The table of answers is its source's, and of publishers there. */
START_TEST(seeing_answers)
{
	const struct item *i = &items[_i];
	char *path = textf("/advisories/%s/answers", i->ref);
	int n, want;

	for (n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		const struct answer *a = client_get(client_of(r), path);

		if (!r->is_member)
			want = 303;
		else if (!r->is_publisher)
			want = 403;
		else
			want = r->is_own && may_read(r, i) ? 200 : 404;
		expect_status(a, want, "%s", about(i, r));
		if (want != 200)
			ck_assert(!answer_has(a, i->word));
	}
}
END_TEST

/* Answering is for who may read it, is signed in, and is not its source. */
START_TEST(answering)
{
	const struct item *i = &items[_i];
	char *path = textf("/advisories/%s/answer", i->ref);
	int n, want;

	for (n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		const int64_t before = records();

		if (!r->is_member)
			want = 403;
		else if (!may_read(r, i))
			want = 404;
		else
			want = r->is_own || i->state != PUBLISHED ? 409 : 303;
		expect_status(client_post(client_of(r), path,
				  FIELDS("state", "unaffected")),
		    want, "%s", about(i, r));
		ck_assert_int_eq(records(), before + (want == 303));
	}
}
END_TEST

/* ---- drafts --------------------------------------------------------------------- */

START_TEST(drafts)
{
	static const char *const ends[] = { "", "/preview", "/publish" };
	const struct item *i = &items[STATES * _i + DRAFT];
	int n, e, want;

	for (n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];

		for (e = 0; e < ROWS(ends); e++) {
			const struct answer *a = client_get(client_of(r),
			    textf("/drafts/%s%s", i->ref, ends[e]));

			if (!r->is_member)
				want = 303;
			else if (!r->is_publisher)
				want = 403;
			else
				want = r->is_own && may_read(r, i) ? 200 : 404;
			expect_status(a, want, "%s", about(i, r));
			if (want != 200)
				ck_assert(!answer_has(a, i->word));
		}
	}
}
END_TEST

const struct suite_test tests_access[] = {
	TEST_COUNTED(reading, item_count),
	TEST_COUNTED(downloading, item_count),
	TEST_COUNTED(seeing_answers, item_count),
	TEST_TIMES(drafts, ITEMS / STATES),
	TEST_COUNTED(answering, item_count),
	TESTS_END,
};
