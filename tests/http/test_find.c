/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same advisories and readers: what lists, search and other pages tell,
 * and that what is hidden looks like what is not there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "suites.h"

/* ---- lists and search --------------------------------------------------------- */

/* All pages of a list, one after another. */
static char *
all_pages(struct client *c, const char *first)
{
	char *all = strdup(""), *path = strdup(first);
	int pages = 0;

	while (path != NULL) {
		const struct answer *a = client_get(c, path);
		const char *next;

		expect_status(a, 200, "%s", path);
		ck_assert_int_lt(pages++, 60);
		all = textf("%s%s", all, a->body);
		next = strstr(a->body, "rel=\"next\" href=\"");
		path = NULL;
		if (next != NULL) {
			next += strlen("rel=\"next\" href=\"");
			path = html_text(next, strcspn(next, "\""));
		}
	}
	return all;
}

static void
expect_listed(
    const struct reader *r, const char *page, const char *what, int label)
{
	const struct item *i;

	for (i = items; i < items + ITEMS; i++) {
		char *href = textf("href=\"/advisories/%s\"", i->ref);
		const bool is = strstr(page, href) != NULL;
		const bool want = may_read(r, i) && i->state != DRAFT &&
		    (label < 0 || (int)i->label == label);

		ck_assert_msg(is == want, "%s: %s %s", what,
		    is ? "listed" : "not listed", about(i, r));
		ck_assert_msg((strstr(page, i->word) != NULL) == want,
		    "%s: the title of %s", what, about(i, r));
		ck_assert_msg(strstr(page, i->text) == NULL || want,
		    "%s: the text of %s", what, about(i, r));
		free(href);
	}
}

START_TEST(lists)
{
	const struct reader *r = &readers[_i];
	int label;

	expect_listed(r, all_pages(client_of(r), "/advisories"), "list", -1);
	for (label = 0; label < LABELS; label++)
		expect_listed(r,
		    all_pages(client_of(r),
			textf("/advisories?label=%s", label_words[label])),
		    label_words[label], label);
}
END_TEST

/* No other page tells of what is hidden, or of a text that was withdrawn. */
START_TEST(other_pages)
{
	static const char *const paths[] = { "/", "/today", "/circles",
		"/organisations", "/drafts", "/advisories?show=unread",
		"/advisories?show=awaiting", "/advisories?show=own" };
	const struct reader *r = &readers[_i];
	size_t p;

	for (p = 0; p < sizeof(paths) / sizeof(paths[0]); p++) {
		const struct answer *a = client_get(client_of(r), paths[p]);
		const struct item *i;

		for (i = items; i < items + ITEMS; i++) {
			if (may_read(r, i))
				continue;
			ck_assert_msg(
			    !answer_has(a, i->ref) && !answer_has(a, i->word),
			    "%s tells of %s", paths[p], about(i, r));
		}
	}
}
END_TEST

static const struct answer *
search(const struct reader *r, const char *word)
{
	const struct answer *a =
	    client_get(client_of(r), textf("/advisories?q=%s", word));

	expect_status(a, 200, "search of %s", r->name);
	return a;
}

START_TEST(searching)
{
	const struct item *i = &items[_i];
	char *href = textf("href=\"/advisories/%s\"", i->ref);
	int n;

	for (n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		const bool want = may_read(r, i) && i->state != DRAFT;

		ck_assert_msg(answer_has(search(r, i->word), href) == want,
		    "search for the title: %s", about(i, r));
		/* Of what is withdrawn, others do not learn what it said. */
		if (i->state == PUBLISHED || !want)
			ck_assert_msg(
			    answer_has(search(r, i->text), href) == want,
			    "search for the text: %s", about(i, r));
		else if (!r->is_own)
			ck_assert_msg(!answer_has(search(r, i->text), href),
			    "search for the text: %s", about(i, r));
	}
}
END_TEST

/* A word of the access rule's own index is no word for searching. */
START_TEST(searching_for_the_rule)
{
	static const char *const words[] = { "c2l3", "c1l0", "c2l2",
		"reach%3Ac2l3", "reach:*", "\"", "a\" OR reach:c2l3", "*",
		"NEAR(a b)", "-a", "a%20AND%20NOT%20b", "(" };
	const struct reader *r = &readers[3];
	size_t w;

	for (w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
		char *q = curl_easy_escape(NULL, words[w], 0);
		const struct answer *a = search(r, q);
		const struct item *i;

		expect_discreet(a, words[w]);
		for (i = items; i < items + ITEMS; i++)
			ck_assert_msg(!answer_has(a, i->ref), "\"%s\" finds %s",
			    words[w], about(i, r));
		curl_free(q);
	}
}
END_TEST

/* ---- hidden is missing -------------------------------------------------------------- */

static char *
plain_head(const struct answer *a, const char *ref)
{
	static const char *const left_out[] = { "Date: ", "Set-Cookie: " };
	char *head = strdup(""), *copy = strdup(a->head), *line, *at;

	while ((line = strsep(&copy, "\n")) != NULL) {
		if (strncmp(line, left_out[0], strlen(left_out[0])) == 0 ||
		    strncmp(line, left_out[1], strlen(left_out[1])) == 0)
			continue;
		if ((at = strstr(line, ref)) != NULL)
			memset(at, '#', strlen(ref));
		head = textf("%s%s\n", head, line);
	}
	return head;
}

/* Alike to the byte, but for the tokens and the address itself. */
START_TEST(hidden_is_as_missing)
{
	static const char *const ends[] = { "", "/source", "/answers",
		"/revisions/1" };
	const struct reader *r = &readers[_i];
	const char *missing = "ENT-1999-0001";
	const struct item *i;
	int e;

	for (i = items; i < items + ITEMS; i++) {
		if (may_read(r, i) || strlen(i->ref) != strlen(missing))
			continue;
		for (e = 0; e < ROWS(ends); e++) {
			const struct answer *a, *b;

			a = client_get(client_of(r),
			    textf("/advisories/%s%s", i->ref, ends[e]));
			b = client_get(client_of(r),
			    textf("/advisories/%s%s", missing, ends[e]));
			ck_assert_str_eq(
			    plain_head(a, i->ref), plain_head(b, missing));
			ck_assert_str_eq(
			    html_plain(a, (const char *[]){ i->ref, NULL }),
			    html_plain(b, (const char *[]){ missing, NULL }));
		}
		break; /* one of them is enough: `reading` has seen all */
	}
}
END_TEST

const struct suite_test tests_find[] = {
	TEST_TIMES(lists, READERS),
	TEST_TIMES(other_pages, READERS),
	TEST_COUNTED(searching, item_count),
	TEST(searching_for_the_rule),
	TEST_TIMES(hidden_is_as_missing, READERS),
	TESTS_END,
};
