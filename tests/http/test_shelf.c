/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every kind of document (label × circle × state), all of the CSIRT, every
 * kind of reader, over HTTP, against the access rule of access.c: its page,
 * its file, its versions, comparing them, lists and search, what is said.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access.h"
#include "library.h"
#include "shelf.h"
#include "suites.h"

static struct item shelf[ITEMS];

/* ---- making them ---------------------------------------------------------- */

static const struct {
	enum circle circle;
	const char *ref;
} circles[] = {
	{ COMMUNITY, "community" },
	{ ENERGY_CIRCLE, "energy" },
	{ WATER_CIRCLE, "water" },
};

/* As access.c names people: one whose agreements go up to TLP:RED, … */
static const char *
named(const struct item *i)
{
	return i->label == RED
	    ? textf("aline.dubois@csirt.example\n%s\n%s",
		  "remi.chevalier@hydro-alpine.example", email_of(READER))
	    : "";
}

static void
make(struct item *i, const char *circle)
{
	const int n = (int)(i - shelf);
	struct library_file file;

	i->word = textf("zd%dx%03d", (int)getpid(), n);
	i->text = textf("yd%dx%03d", (int)getpid(), n);
	i->title = textf("Shelf %s", i->word);
	file = library_text(textf("Dans le texte : %s.\n", i->text));
	i->ref = library_ref(library_send(world.as[PUBLISHER],
	    LIBRARY_FORM("title", i->title, "label", label_words[i->label],
		"circles", circle, "named", named(i)),
	    &file));
	if (i->state != DRAFT)
		library_publish(world.as[PUBLISHER], i->ref);
	if (i->state == WITHDRAWN)
		expect_status(client_post(world.as[PUBLISHER],
				  library_path(i->ref, "withdraw"),
				  FIELDS("why", "It is withdrawn.")),
		    303, "withdraw");
}

void
shelf_open(void)
{
	static bool is_open;
	struct item *i = shelf;

	if (is_open)
		return;
	is_open = true;
	access_open();
	for (int label = 0; label < LABELS; label++)
		for (int c = 0; c < CIRCLES; c++)
			for (int state = 0; state < STATES; state++, i++) {
				i->label = (enum label)label;
				i->circle = circles[c].circle;
				i->state = (enum state)state;
				make(i, circles[c].ref);
			}
}

/* ---- reading -------------------------------------------------------------- */

static void
is_hidden(const struct reader *r, const struct item *i, const char *end)
{
	const char *path = library_path(i->ref, end);
	const struct answer *a = client_get(client_of(r), path);

	expect_status(a, hidden_status(r), "%s %s", path, about(i, r));
	ck_assert_msg(!answer_has(a, i->word) && !answer_has(a, i->text),
	    "%s is told: %s", path, about(i, r));
	if (!r->is_member)
		ck_assert_str_eq(
		    answer_location(a), textf("/sign-in?to=%s", path));
}

static void
is_shown(const struct reader *r, const struct item *i)
{
	const struct answer *a =
	    client_get(client_of(r), library_path(i->ref, ""));

	expect_status(a, 200, "%s", about(i, r));
	ck_assert_msg(answer_has(a, i->word), "no title: %s", about(i, r));
	/* A withdrawn one is a notice: no text on the page. */
	ck_assert_msg(answer_has(a, i->text) == (i->state != WITHDRAWN),
	    "text: %s", about(i, r));
	ck_assert_msg(answer_has(a, "class=\"why\"") == (i->state != WITHDRAWN),
	    "why: %s", about(i, r));
	if (i->state == WITHDRAWN)
		ck_assert(answer_has(a, "It is withdrawn."));
}

static void
has_file(const struct reader *r, const struct item *i, const char *end)
{
	const struct answer *a =
	    client_get(client_of(r), library_path(i->ref, end));

	if (i->state == WITHDRAWN) {
		expect_status(a, 404, "%s %s", end, about(i, r));
		ck_assert(!answer_has(a, i->text));
		return;
	}
	expect_status(a, 200, "%s %s", end, about(i, r));
	ck_assert_str_eq(a->body, textf("Dans le texte : %s.\n", i->text));
}

START_TEST(reading)
{
	static const char *const ends[] = { "", "file", "versions/1",
		"versions/1/file", "compare", "versions/2", "readings" };
	const struct item *i = &shelf[_i];

	for (int n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];

		if (may_read(r, i)) {
			is_shown(r, i);
			has_file(r, i, "file");
			has_file(r, i, "versions/1/file");
			continue;
		}
		for (int e = 0; e < ROWS(ends) - 1; e++)
			is_hidden(r, i, ends[e]);
	}
}
END_TEST

/* Of TLP:RED each view is kept: the page, an earlier one, the file. */
START_TEST(red_is_noted)
{
	static const char had[] =
	    "SELECT COUNT(*) FROM document_red_view n JOIN document d"
	    " ON d.id = n.document WHERE d.ref = ?";
	static const char *const ends[] = { "", "file", "versions/1",
		"versions/1/file", "compare" };
	const struct item *i = &shelf[STATES * CIRCLES * RED + PUBLISHED];
	const struct reader *r = &readers[7];
	int64_t before = stored_int(had, i->ref);

	ck_assert(i->label == RED && r->has_red && may_read(r, i));
	for (int e = 0; e < ROWS(ends); e++) {
		client_head(client_of(r), library_path(i->ref, ends[e]));
		ck_assert_int_eq(stored_int(had, i->ref), before);
		client_get(client_of(r), library_path(i->ref, ends[e]));
		ck_assert_msg(stored_int(had, i->ref) == ++before,
		    "not noted: %s", ends[e]);
	}
	client_get(client_of(r), textf("/documents?q=%s", i->word));
	ck_assert_int_eq(stored_int(had, i->ref), before);
}
END_TEST

/* Who has read it is its contributor's, and of publishers there. */
START_TEST(seeing_readers)
{
	const struct item *i = &shelf[_i];

	for (int n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		const struct answer *a =
		    client_get(client_of(r), library_path(i->ref, "readings"));
		int want = r->is_own && may_read(r, i) ? 200 : 404;

		if (!r->is_member)
			want = 303;
		else if (!r->is_publisher)
			want = 403;
		expect_status(a, want, "%s", about(i, r));
		if (want != 200)
			ck_assert(!answer_has(a, i->word));
	}
}
END_TEST

START_TEST(drafts)
{
	static const char *const ends[] = { "edit", "publish", "discard" };
	const struct item *i = &shelf[STATES * _i + DRAFT];

	for (int n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		int want = r->is_own && may_read(r, i) ? 200 : 404;

		if (!r->is_member)
			want = 303;
		else if (!r->is_publisher)
			want = 403;
		for (int e = 0; e < ROWS(ends); e++) {
			const struct answer *a = client_get(
			    client_of(r), library_path(i->ref, ends[e]));

			expect_status(a, want, "%s", about(i, r));
			if (want != 200)
				ck_assert(!answer_has(a, i->word));
		}
	}
}
END_TEST

/* ---- finding -------------------------------------------------------------- */

/*
 * A draft has a list of its own; of what is withdrawn the title is found, and
 * no word of its text.
 */
START_TEST(searching)
{
	const struct item *i = &shelf[_i];

	for (int n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		const bool may = may_read(r, i);
		const struct {
			const char *word;
			bool is_found;
		} asked[] = { { i->word, may && i->state != DRAFT },
			{ i->text, may && i->state == PUBLISHED } };

		for (int w = 0; w < ROWS(asked); w++) {
			const struct answer *a = client_get(client_of(r),
			    textf("/documents?q=%s", asked[w].word));

			expect_status(a, 200, "%s", about(i, r));
			ck_assert_msg(
			    answer_has(a, i->ref) == asked[w].is_found,
			    "%s %sfound: %s", asked[w].word,
			    asked[w].is_found ? "not " : "", about(i, r));
		}
	}
}
END_TEST

/* All that the pages of a list have, one after the other. */
static char *
whole_list(struct client *c, const char *path)
{
	char *all = strdup("");
	const struct answer *a;
	const char *next;
	int pages = 0;

	do {
		a = client_get(c, path);
		expect_status(a, 200, "%s", path);
		all = textf("%s%s", all, a->body);
		next = strstr(a->body, "rel=\"next\" href=\"");
		if (next != NULL) {
			next += strlen("rel=\"next\" href=\"");
			path = html_text(next, strcspn(next, "\""));
		}
	} while (next != NULL && ++pages < 20);
	ck_assert_int_lt(pages, 20);
	return all;
}

static int
times(const char *page, const char *ref)
{
	const char *link = textf("href=\"/documents/%s\"", ref);
	int n = 0;

	for (; (page = strstr(page, link)) != NULL; page++)
		n++;
	return n;
}

/* By pages, each row once; the same by a search that has all. */
START_TEST(listing)
{
	const struct reader *r = &readers[_i];
	char *list = whole_list(client_of(r), "/documents");
	char *found = whole_list(client_of(r), "/documents?q=shelf+texte");

	for (int n = 0; n < ITEMS; n++) {
		const struct item *i = &shelf[n];
		const bool may = may_read(r, i);

		ck_assert_msg(
		    times(found, i->ref) == (may && i->state == PUBLISHED),
		    "found %d times: %s", times(found, i->ref), about(i, r));
		if (!may || i->state == PUBLISHED)
			ck_assert_msg(times(list, i->ref) == (may ? 1 : 0),
			    "%d times: %s", times(list, i->ref), about(i, r));
	}
}
END_TEST

/* ---- saying --------------------------------------------------------------- */

/* For whoever may read it and is signed in, while it is published. */
START_TEST(saying)
{
	static const struct {
		const char *end, *field, *value;
	} acts[] = {
		{ "comments", "comment", "Well said." },
		{ "use", "used", "1" },
	};
	const struct item *i = &shelf[_i];

	for (int n = 0; n < READERS; n++) {
		const struct reader *r = &readers[n];
		int want = i->state == PUBLISHED ? 303 : 409;

		if (!r->is_member)
			want = 403;
		else if (!may_read(r, i))
			want = 404;
		for (int e = 0; e < ROWS(acts); e++)
			expect_status(client_post(client_of(r),
					  library_path(i->ref, acts[e].end),
					  FIELDS(acts[e].field, acts[e].value)),
			    want, "%s %s", acts[e].end, about(i, r));
	}
}
END_TEST

const struct suite_test tests_shelf[] = {
	TEST_TIMES(reading, ITEMS),
	TEST(red_is_noted),
	TEST_TIMES(seeing_readers, ITEMS),
	TEST_TIMES(drafts, ITEMS / STATES),
	TEST_TIMES(searching, ITEMS),
	TEST_TIMES(listing, READERS),
	TEST_TIMES(saying, ITEMS),
	TESTS_END,
};
