/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every kind of advisory (label × circle × state) × every kind of reader,
 * over HTTP, against the access rule as it is written here a second time:
 * reading, lists, search, downloads, answers, and that what is hidden looks
 * like what is not there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suites.h"

/* ---- kinds of advisory ------------------------------------------------- */

enum label { CLEAR, GREEN, AMBER, AMBER_STRICT, RED, LABELS };
enum circle { COMMUNITY = 1, ENERGY_CIRCLE = 2, WATER_CIRCLE = 4 };
enum state { DRAFT, PUBLISHED, WITHDRAWN, STATES };

static const char *const label_words[LABELS] = { "clear", "green", "amber",
	"amber-strict", "red" };
static const struct {
	enum circle circle;
	const char *ref;
} circles[] = {
	{ COMMUNITY, "community" },
	{ ENERGY_CIRCLE, "energy" },
	{ WATER_CIRCLE, "water" },
};
enum { CIRCLES = 3, ITEMS = LABELS * CIRCLES * STATES };

/* All of the CSIRT. */
static struct item {
	enum label label;
	enum circle circle;
	enum state state;
	bool has_source;
	char *ref;
	char *title; /* with a word that no other one has */
	char *word;  /* that word */
	char *text;  /* a word of its text alone */
} items[ITEMS];

/* ---- kinds of reader ---------------------------------------------------- */

static struct client *transport, *both, *unnamed, *colleague, *editor,
    *ministry;

static const struct reader {
	const char *name;
	enum who who;
	struct client *const *client; /* instead of who */
	unsigned circles;	      /* that the charter opened */
	bool is_own, is_named, is_publisher, is_member;
	bool has_red; /* an agreement that goes up to TLP:RED */
} readers[] = {
	{ "visitor", VISITOR, NULL, 0, .is_member = false },
	{ "disabled", DISABLED, NULL, 0, .is_member = false },
	{ "suspended", SUSPENDED, NULL, 0, .is_member = false },
	{ "energy", READER, NULL, COMMUNITY | ENERGY_CIRCLE, .is_named = true,
	    .is_member = true },
	{ "energy steward", STEWARD, NULL, COMMUNITY | ENERGY_CIRCLE,
	    .is_member = true },
	{ "water", STEWARD_FRESH, NULL, COMMUNITY | WATER_CIRCLE,
	    .is_member = true },
	{ "transport", VISITOR, &transport, COMMUNITY, .is_member = true },
	{ "water and energy, to red", VISITOR, &both,
	    COMMUNITY | ENERGY_CIRCLE | WATER_CIRCLE, .is_named = true,
	    .is_member = true, .has_red = true },
	{ "likewise, not named", VISITOR, &unnamed,
	    COMMUNITY | ENERGY_CIRCLE | WATER_CIRCLE, .is_member = true,
	    .has_red = true },
	{ "institution", SIGNATORY, NULL, COMMUNITY, .is_member = true },
	{ "publisher of another", VISITOR, &ministry, COMMUNITY,
	    .is_publisher = true, .is_member = true },
	{ "auditor", AUDITOR, NULL, 0, .is_member = true },
	{ "keeper", KEEPER, NULL, 0, .is_member = true },
	{ "author", PUBLISHER, NULL, 0, .is_own = true, .is_named = true,
	    .is_publisher = true, .is_member = true },
	{ "named colleague", VISITOR, &colleague, 0, .is_own = true,
	    .is_named = true, .is_member = true },
	{ "other colleague", VISITOR, &editor, 0, .is_own = true,
	    .is_publisher = true, .is_member = true },
};

static struct client *
client_of(const struct reader *r)
{
	return r->client != NULL ? *r->client : world.as[r->who];
}

/* ---- the rule ------------------------------------------------------------ */

/*
 * DESIGN §2: it is published and TLP:CLEAR, or the own organisation's, or a
 * grant covers one of its circles up to its label; the charter's go up to
 * TLP:AMBER+STRICT.  TLP:RED also needs the person by name.
 */
static bool
may_read(const struct reader *r, const struct item *i)
{
	if (i->label == RED && !r->is_named)
		return false;
	if (r->is_own)
		return true;
	if (i->state == DRAFT)
		return false;
	if (i->label == CLEAR)
		return true;
	if (i->label == RED && !r->has_red)
		return false;
	return (r->circles & i->circle) != 0;
}

/* ---- making them ---------------------------------------------------------- */

static char *
segment(const struct answer *a, const char *before)
{
	const char *location = answer_location(a);

	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	ck_assert(strncmp(location, before, strlen(before)) == 0);
	location += strlen(before);
	return strndup(location, strcspn(location, "/?"));
}

/*
 * It names a reader whose agreements go up to TLP:RED, one whose agreements
 * do not, and a colleague; its author is named by the portal.
 */
static char *
make_red(const struct item *i, const char *circle)
{
	return segment(
	    client_post(world.as[PUBLISHER], "/drafts/new",
		FIELDS("title", i->title, "summary", "A summary.", "happened",
		    i->text, "severity", "low", "label", "red", "circles",
		    circle, "named",
		    textf("aline.dubois@csirt.example\n%s\n%s",
			"remi.chevalier@hydro-alpine.example",
			email_of(READER)))),
	    "/drafts/");
}

static char *
make_plain(const struct item *i, const char *circle)
{
	return segment(client_post(world.as[PUBLISHER], "/drafts/new",
			   FIELDS("title", i->title, "summary", "A summary.",
			       "happened", i->text, "severity", "low", "label",
			       label_words[i->label], "circles", circle)),
	    "/drafts/");
}

static char *
make_document(const struct item *i, const char *circle)
{
	char *document = csaf_document(i->word, i->title, i->text);
	return segment(
	    client_upload(world.as[PUBLISHER], "/drafts/import",
		FIELDS("label", label_words[i->label], "circles", circle),
		"document.json", document, strlen(document)),
	    "/advisories/");
}

static void
withdraw(const struct item *i)
{
	const struct answer *a;

	a = client_post(world.as[PUBLISHER],
	    textf("/advisories/%s/withdraw", i->ref),
	    FIELDS("why", "It is withdrawn."));
	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
}

/* What has a source comes as a document; of TLP:RED the form names people. */
static void
make(struct item *i, const char *circle)
{
	const int n = (int)(i - items);

	i->word = textf("zq%dx%03d", (int)getpid(), n);
	i->text = textf("yw%dx%03d", (int)getpid(), n);
	i->title = textf("Access %s", i->word);
	i->has_source = i->label != RED && i->state != DRAFT;
	if (i->has_source)
		i->ref = make_document(i, circle);
	else if (i->label == RED)
		i->ref = make_red(i, circle);
	else
		i->ref = make_plain(i, circle);
	if (i->state != DRAFT && !i->has_source)
		publish(world.as[PUBLISHER], i->ref);
	if (i->state == WITHDRAWN)
		withdraw(i);
}

/* Charters end below TLP:RED: as a further agreement would have it. */
static void
open_red(void)
{
	store("UPDATE access_grant SET max_label = 4 WHERE organisation ="
	      " (SELECT id FROM organisation WHERE name = ?)",
	    "Hydro Alpine");
}

void
access_open(void)
{
	struct item *i = items;
	struct account a;
	enum label label;
	enum state state;
	int c;

	open_red();

	for (label = 0; label < LABELS; label++) {
		for (c = 0; c < CIRCLES; c++) {
			for (state = 0; state < STATES; state++, i++) {
				i->label = label;
				i->circle = circles[c].circle;
				i->state = state;
				make(i, circles[c].ref);
			}
		}
	}
	transport = signed_in("anne.schmit@luxtram.example");
	both = signed_in("remi.chevalier@hydro-alpine.example");
	unnamed = join("Hydro Alpine", "reader", &a);
	colleague = signed_in("aline.dubois@csirt.example");
	editor = signed_in("claire.martin@csirt.example");
	ministry = signed_in("camille.roux@transition.example");
}

static int
item_count(void)
{
	return ITEMS;
}

/* "red, circle 2, withdrawn, for energy" */
static const char *
about(const struct item *i, const struct reader *r)
{
	static const char *const states[STATES] = { "draft", "published",
		"withdrawn" };

	return textf("%s %s, circle %d, for %s", states[i->state],
	    label_words[i->label], i->circle, r->name);
}

/* ---- reading ---------------------------------------------------------------- */

static int
hidden_status(const struct reader *r)
{
	return r->is_member ? 404 : 303;
}

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
		ck_assert_str_eq(answer_location(a),
		    textf("/drafts/%s/preview", i->ref));
		return;
	}
	expect_status(a, 200, "%s", about(i, r));
	ck_assert_msg(answer_has(a, i->word), "no title: %s", about(i, r));
	/* A withdrawn one is a notice: no text on the page. */
	ck_assert_msg(answer_has(a, i->text) == (i->state == PUBLISHED),
	    "text: %s", about(i, r));
	ck_assert(answer_has(a, "class=\"why\""));
	if (i->state == WITHDRAWN)
		ck_assert(answer_has(a, "It is withdrawn."));
}

START_TEST(reading)
{
	const struct item *i = &items[_i];
	char *path = textf("/advisories/%s", i->ref);
	char *old = textf("/advisories/%s/revisions/1", i->ref);
	int n;

	for (n = 0; n < ROWS(readers); n++) {
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

	for (n = 0; n < ROWS(readers); n++) {
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

	for (n = 0; n < ROWS(readers); n++) {
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

	for (n = 0; n < ROWS(readers); n++) {
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
expect_listed(const struct reader *r, const char *page, const char *what,
    int label)
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
			ck_assert_msg(!answer_has(a, i->ref) &&
				!answer_has(a, i->word),
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

	for (n = 0; n < ROWS(readers); n++) {
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

/* ---- drafts --------------------------------------------------------------------- */

START_TEST(drafts)
{
	static const char *const ends[] = { "", "/preview", "/publish" };
	const struct item *i = &items[STATES * _i + DRAFT];
	int n, e, want;

	for (n = 0; n < ROWS(readers); n++) {
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
			ck_assert_str_eq(plain_head(a, i->ref),
			    plain_head(b, missing));
			ck_assert_str_eq(html_plain(a, (const char *[]){
							   i->ref, NULL }),
			    html_plain(b, (const char *[]){ missing, NULL }));
		}
		break; /* one of them is enough: `reading` has seen all */
	}
}
END_TEST

const struct suite_test tests_access[] = {
	TEST_COUNTED(reading, item_count),
	TEST_COUNTED(downloading, item_count),
	TEST_COUNTED(seeing_answers, item_count),
	TEST_COUNTED(searching, item_count),
	TEST_TIMES(drafts, ITEMS / STATES),
	TEST_ROWS(lists, readers),
	TEST_ROWS(other_pages, readers),
	TEST(searching_for_the_rule),
	TEST_ROWS(hidden_is_as_missing, readers),
	TEST_COUNTED(answering, item_count),
	TESTS_END,
};
