/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drafts that are not complete yet, what is said about them before they are
 * published, and throwing one away.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "suites.h"

/* "/drafts/ENT-2026-0042/preview?done=saved": the draft's path. */
static char *
path_of(const struct answer *a)
{
	const char *location = answer_location(a);

	expect_status(a, 303, "saved");
	ck_assert(strncmp(location, "/drafts/", 8) == 0);
	return strndup(location, 8 + strcspn(location + 8, "/?"));
}

static char *
make_bare(void)
{
	return path_of(client_post(world.as[PUBLISHER], "/drafts/new",
	    FIELDS(
		"title", unique("Bare"), "severity", "low", "label", "green")));
}

static void
expect_beside(const struct answer *a, const char *field, const char *message)
{
	const char *beside = strstr(a->body, textf("id=\"%s-error\"", field));

	ck_assert_msg(beside != NULL, "no message beside %s", field);
	ck_assert_msg(strncmp(strstr(beside, "</span> ") + 8, message,
			  strlen(message)) == 0,
	    "%s: %.200s", field, beside);
}

/* Saved without circle and texts; asked for all of them to be published. */
START_TEST(not_complete)
{
	static const struct {
		const char *field, *message;
	} asked[] = {
		{ "summary", "Fill in this field." },
		{ "happened", "Say what happened, or what to do." },
		{ "circles", "Choose at least one circle." },
	};
	struct client *c = world.as[PUBLISHER];
	char *path = make_bare(), *publish = textf("%s/publish", path);
	const struct answer *a, *again;
	int64_t before = records();
	size_t i;

	a = client_get(c, publish);
	expect_status(a, 200, "before publishing");
	ck_assert_ptr_null(html_form(a, publish));
	again = client_post(c, publish, FIELDS("edit", "1"));
	expect_status(again, 400, "published all the same");
	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		const char *link =
		    textf("href=\"%s?check=1#%s\"", path, asked[i].field);

		ck_assert_msg(answer_has(a, link), "no %s", link);
		ck_assert_msg(answer_has(again, link), "no %s", link);
	}
	ck_assert_int_eq(records(), before);

	a = client_get(c, textf("%s?check=1", path));
	expect_status(a, 200, "the form");
	for (i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		expect_beside(a, asked[i].field, asked[i].message);
	/* Whoever goes on writing is not nagged. */
	a = client_get(c, path);
	ck_assert(!answer_has(a, "class=\"errors\""));
}
END_TEST

/* What is wrong in several fields is said at once. */
START_TEST(all_at_once)
{
	const struct answer *a = client_post(world.as[PUBLISHER], "/drafts/new",
	    FIELDS("title", "Several", "severity", "low", "label", "green",
		"cves", "CVE-1", "answer_by", "2020-01-01", "circles", "moon",
		"named", "a@b.example"));

	expect_status(a, 400, "several");
	expect_beside(a, "cves", "Write each identifier");
	expect_beside(a, "answer_by", "This day has passed.");
	expect_beside(a, "circles", "Nothing is known by this name.");
	expect_beside(a, "named", "People are named under TLP:RED only.");
}
END_TEST

/* Also beside what no field of that kind can hold, and in one that is there. */
START_TEST(all_at_once_whatever_it_is)
{
	struct client *c = world.as[PUBLISHER];
	char *path = make_bare();
	const struct answer *a;

	for (int i = 0; i < 2; i++) {
		a = client_post(c, i == 0 ? "/drafts/new" : path,
		    FIELDS("title", "", "severity", "low", "label", "green",
			"answer_by", "someday", "cves", "CVE-1", "circles",
			"moon", i == 0 ? NULL : "edit", "1"));
		expect_status(a, 400, "types and more");
		expect_beside(a, "title", "Fill in this field.");
		expect_beside(a, "answer_by", "Type a date");
		expect_beside(a, "cves", "Write each identifier");
		expect_beside(a, "circles", "Nothing is known by this name.");
	}
}
END_TEST

/* A revision is saved without its change, and not published so. */
START_TEST(a_revision_without_change)
{
	struct client *c = world.as[PUBLISHER];
	char *ref = make_published("To be revised", "green", "community");
	char *path = textf("/drafts/%s", ref);
	struct html_form *form;
	const struct answer *a;

	expect_status(
	    client_post(c, textf("/advisories/%s/revise", ref), NO_FIELDS), 303,
	    "revise");
	form = html_form(client_get(c, path), path);
	ck_assert_ptr_nonnull(form);
	html_set(form, "title", "Revised");
	expect_status(html_send(c, form), 303, "saved");
	a = client_post(c, textf("%s/publish", path), FIELDS("edit", "2"));
	expect_status(a, 400, "without its change");
	a = client_get(c, textf("%s?check=1", path));
	expect_beside(a, "change", "Say what has changed");
	form = html_form(a, path);
	ck_assert_ptr_nonnull(form);
	html_set(form, "change", "The title.");
	expect_status(html_send(c, form), 303, "saved again");
	expect_status(
	    client_post(c, textf("%s/publish", path), FIELDS("edit", "3")), 303,
	    "published");
}
END_TEST

/* The form takes as much as the domain does. */
START_TEST(as_long_as_may_be)
{
	struct client *c = world.as[PUBLISHER];
	char *path = make_bare(), *text = malloc(2001);
	struct html_form *form = html_form(client_get(c, path), path);

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', 2000);
	text[2000] = '\0';
	ck_assert_ptr_nonnull(form);
	html_set(form, "summary", text);
	expect_status(html_send(c, form), 303, "a long summary");
	ck_assert_int_eq(
	    stored_int("SELECT length(v.summary) FROM advisory_revision v"
		       " JOIN advisory a ON a.id = v.advisory"
		       " WHERE a.ref = ?",
		path + strlen("/drafts/")),
	    2000);
}
END_TEST

START_TEST(discarding_asks)
{
	struct client *c = world.as[PUBLISHER];
	char *path = make_bare(), *discard = textf("%s/discard", path);
	const struct answer *a = client_get(c, path);
	struct html_form *form;

	ck_assert_ptr_null(html_form(a, discard));
	ck_assert(answer_has(a, textf("href=\"%s\"", discard)));
	a = client_get(c, discard);
	expect_status(a, 200, "asked");
	ck_assert(answer_has(a, "Bare"));
	ck_assert(answer_has(a, "is lost"));
	expect_status(client_get(c, path), 200, "still there");
	ck_assert_ptr_nonnull(form = html_form(a, discard));
	a = html_send(c, form);
	expect_status(a, 303, "discarded");
	expect_status(client_get(c, path), 404, "gone");
	/* Sent twice it is done once. */
	a = html_send(c, form);
	expect_status(a, 303, "again");
	ck_assert_str_eq(answer_location(a), "/drafts?done=discarded");
}
END_TEST

const struct suite_test tests_draft[] = {
	TEST(not_complete),
	TEST(all_at_once),
	TEST(all_at_once_whatever_it_is),
	TEST(a_revision_without_change),
	TEST(as_long_as_may_be),
	TEST(discarding_asks),
	TESTS_END,
};
