/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both languages, everywhere: by Accept-Language, by the visitor's choice,
 * by the person's; no key of the catalogue as text, no empty place, and the
 * same page in both.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matrix.h"
#include "suites.h"

enum { BLOCKS = 80 };

static void
expect_language(const struct answer *a, const char *code, const char *what)
{
	ck_assert_msg(answer_has(a, textf("<html lang=\"%s\">", code)),
	    "%s is not in %s: %s", what, code, answer_gist(a));
	ck_assert_str_eq(answer_header(a, "Content-Language", 0), code);
}

/* ---- whose choice -------------------------------------------------------- */

static const struct {
	const char *accept, *code;
} accepts[] = {
	{ NULL, "en" },
	{ "", "en" },
	{ "fr", "fr" },
	{ "fr-CA", "fr" },
	{ "en", "en" },
	{ "de", "en" },
	{ "de, fr;q=0.5", "fr" },
	{ "fr;q=0.5, en;q=0.8", "en" },
	{ "en;q=0.5, fr;q=0.8", "fr" },
	{ "fr;q=0, en", "en" },
	{ "*", "en" },
	{ "FR-fr", "fr" },
	{ ";;;,,,=", "en" },
	{ "fr;q=banana", "en" },
};

START_TEST(by_accept_language)
{
	struct client *c = client_new();

	c->language = accepts[_i].accept;
	expect_language(client_get(c, "/"), accepts[_i].code, "front page");
	expect_language(
	    client_get(c, "/sign-in"), accepts[_i].code, "signing in");
	expect_language(
	    client_get(c, "/nothing"), accepts[_i].code, "a failure");
}
END_TEST

static const struct answer *
choose(struct client *c, const char *path, const char *language)
{
	struct html_form *form = html_form(client_get(c, path), "/language");
	const struct answer *a;

	ck_assert_ptr_nonnull(form);
	/* The button names the other one. */
	ck_assert_str_eq(html_get(form, "language"), language);
	a = html_send(c, form);
	expect_status(a, 303, "%s", language);
	ck_assert_str_eq(answer_location(a), path);
	return a;
}

START_TEST(by_a_visitors_choice)
{
	struct client *c = client_new();
	const struct answer *a;

	c->language = "en";
	a = choose(c, "/advisories", "fr");
	ck_assert(strstr(a->head, "__Host-lang=fr") != NULL);
	expect_language(client_get(c, "/"), "fr", "after the choice");
	(void)choose(c, "/sign-in", "en");
	c->language = "fr";
	expect_language(client_get(c, "/"), "en", "after the second choice");
}
END_TEST

/* The person's own is kept, and holds in every browser. */
START_TEST(by_a_persons_choice)
{
	struct account account;
	struct client *c = join(ENERGY, "reader", &account), *other;

	c->language = "de, fr;q=0.9";
	expect_language(client_get(c, "/today"), "en", "as invited");
	(void)choose(c, "/today", "fr");
	expect_language(client_get(c, "/today"), "fr", "as chosen");
	other = signed_in(account.email);
	other->language = "en";
	expect_language(client_get(other, "/today"), "fr", "elsewhere");
	(void)choose(c, "/circles", "en");
	expect_language(client_get(other, "/today"), "en", "at once");
}
END_TEST

/* ---- what pages say ---------------------------------------------------------- */

static char *blocks[BLOCKS];

/* The catalogue's top-level blocks: "Advisory", "Today". */
static void
read_blocks(void)
{
	FILE *f = fopen("templates/lang/en.hdf", "r");
	char line[1024];
	int n = 0;

	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f) != NULL && n < BLOCKS - 1) {
		const size_t len = strspn(line,
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

		if (isupper((unsigned char)line[0]) &&
		    strcmp(line + len, " {\n") == 0)
			blocks[n++] = strndup(line, len);
	}
	fclose(f);
	ck_assert_int_gt(n, 10);
}

/* A template writes nothing for a text that the catalogue lacks. */
static void
expect_no_empty(const struct answer *a, const char *what)
{
	static const char *const elements[] = { "a", "button", "h1", "h2", "h3",
		"label", "legend", "th", "dt", "summary" };
	size_t i;

	for (i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
		const char *mark = textf("></%s>", elements[i]), *p = a->body;

		for (; (p = strstr(p, mark)) != NULL; p++) {
			const char *tag = p;

			while (tag > a->body && *tag != '<')
				tag--;
			ck_assert_msg(strncmp(tag + 1, elements[i],
					  strlen(elements[i])) != 0,
			    "%s has an empty <%s>", what, elements[i]);
		}
	}
}

/* "Advisory.Title" where a text should stand; and "{n}" that nobody filled. */
static void
expect_no_keys(const struct answer *a, const char *what)
{
	const char *p;
	int n;

	for (n = 0; blocks[n] != NULL; n++) {
		const size_t len = strlen(blocks[n]);

		for (p = a->body; (p = strstr(p, blocks[n])) != NULL; p += len)
			ck_assert_msg(p[len] != '.' ||
				!isalpha((unsigned char)p[len + 1]) ||
				(p > a->body && isalnum((unsigned char)p[-1])),
			    "%s shows a key: %.60s", what, p);
	}
	for (p = a->body; (p = strchr(p, '{')) != NULL; p++)
		ck_assert_msg(!islower((unsigned char)p[1]) ||
			p[1 + strcspn(p + 1, " }<\n")] != '}',
		    "%s has an empty place: %.40s", what, p);
	ck_assert_msg(!answer_has(a, "Lang."), "%s: Lang.", what);
	expect_no_empty(a, what);
}

/* The same elements in both: neither language has less. */
static void
expect_same_page(
    const struct answer *en, const struct answer *fr, const char *what)
{
	static const char *const elements[] = { "<form", "<input", "<h1", "<h2",
		"<h3", "<label", "<button", "<a ", "<li", "<option",
		"<textarea", "<section", "<p" };
	size_t i;

	for (i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		ck_assert_msg(answer_count(en, elements[i]) ==
			answer_count(fr, elements[i]),
		    "%s has %d of %s in English, %d in French", what,
		    answer_count(en, elements[i]), elements[i],
		    answer_count(fr, elements[i]));
}

static void
expect_translated(
    const struct answer *en, const struct answer *fr, const char *what)
{
	static const char *const english[] = { ">Sign in<", ">Sign out<",
		">Advisories<", "Skip to the content", ">Your account<" };
	static const char *const french[] = { "Se connecter", "déconnecter",
		"Aller au contenu" };
	size_t i;

	for (i = 0; i < sizeof(english) / sizeof(english[0]); i++)
		ck_assert_msg(!answer_has(fr, english[i]),
		    "%s says %s in French", what, english[i]);
	for (i = 0; i < sizeof(french) / sizeof(french[0]); i++)
		ck_assert_msg(!answer_has(en, french[i]),
		    "%s says %s in English", what, french[i]);
	ck_assert_str_ne(html_plain(en, NULL), html_plain(fr, NULL));
}

static void
set_language(struct client *c, const char *language)
{
	expect_status(client_post(c, "/language",
			  FIELDS("language", language, "to", "/")),
	    303, "%s", language);
}

/* Each kind of page, once as who gets it. */
START_TEST(every_page_in_both)
{
	struct matrix_row *row = matrix_get_row(_i);
	const struct answer *a[2];
	struct client *c;
	enum who who = 0;
	char *path;

	/* Somebody whose page it is; a visitor when it is anybody's. */
	while (who < WHO__MAX && strcmp(row->want[who], "200") != 0)
		who++;
	if (who == WHO__MAX || !matrix_is_page(row))
		return;
	read_blocks();
	matrix_make(row);
	path = matrix_path(row);
	c = matrix_client(row, who);
	set_language(c, "en");
	a[0] = client_get(c, path);
	set_language(c, "fr");
	a[1] = client_get(c, path);
	set_language(c, "en");
	expect_language(a[0], "en", path);
	expect_language(a[1], "fr", path);
	expect_no_keys(a[0], path);
	expect_no_keys(a[1], path);
	expect_same_page(a[0], a[1], path);
	expect_translated(a[0], a[1], path);
}
END_TEST

/* Failures and forms with messages are pages, too. */
START_TEST(failures_in_both)
{
	static const struct {
		const char *path, *fields, *en, *fr;
	} cases[] = {
		{ "/nothing", NULL, "This page is not there", "Cette page" },
		{ "/drafts", NULL, "Your role does not allow this",
		    "Votre rôle" },
		{ "/today?x=1", NULL, "could not be understood", "requête" },
		{ "/sign-out", NULL, "cannot be done at this address", "" },
	};
	struct client *c = client_copy(world.as[READER]);
	size_t i;

	read_blocks();
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct answer *en, *fr;

		set_language(c, "en");
		en = client_get(c, cases[i].path);
		set_language(c, "fr");
		fr = client_get(c, cases[i].path);
		set_language(c, "en");
		expect_language(en, "en", cases[i].path);
		expect_language(fr, "fr", cases[i].path);
		ck_assert_msg(
		    answer_has(en, cases[i].en), "%s", answer_gist(en));
		ck_assert_msg(
		    answer_has(fr, cases[i].fr), "%s", answer_gist(fr));
		expect_no_keys(en, cases[i].path);
		expect_no_keys(fr, cases[i].path);
		expect_same_page(en, fr, cases[i].path);
	}
}
END_TEST

START_TEST(messages_in_both)
{
	struct client *c = client_new();
	const struct answer *a;

	read_blocks();
	c->language = "fr";
	a = client_post(c, "/sign-in", FIELDS("email", "x", "password", ""));
	expect_status(a, 400, "a form");
	expect_language(a, "fr", "a form");
	expect_no_keys(a, "a form");
	ck_assert(!answer_has(a, "Fill in this field."));
	ck_assert_int_gt(answer_count(a, "-error\""), 1);
}
END_TEST

/* Of all dates of a page: the text within <time>. */
static void
expect_months(const struct answer *a, const char *const *never)
{
	const char *p = a->body;
	int n = 0;

	while ((p = strstr(p, "<time ")) != NULL) {
		char *text = strndup(p,
		    strcspn(strchr(p, '>'), "<") +
			(size_t)(strchr(p, '>') - p));
		size_t i;

		for (i = 0; never[i] != NULL; i++)
			ck_assert_msg(strstr(text, never[i]) == NULL,
			    "%s in %s", never[i], text);
		free(text);
		p++;
		n++;
	}
	ck_assert_int_gt(n, 0);
}

/* The month is the language's, the label is never translated. */
START_TEST(dates_and_labels)
{
	static const char *const english[] = { "January", "February", "March",
		"April", "May ", "June", "July", "August", "September",
		"October", "November", "December", NULL };
	static const char *const french[] = { "janvier", "février", "mars",
		"avril", "mai", "juin", "juillet", "août", "septembre",
		"octobre", "novembre", "décembre", NULL };
	struct client *c = client_copy(world.as[READER]);
	const struct answer *en, *fr;

	set_language(c, "en");
	en = client_get(c, "/advisories");
	set_language(c, "fr");
	fr = client_get(c, "/advisories");
	set_language(c, "en");
	expect_months(en, french);
	expect_months(fr, english);
	ck_assert_int_gt(answer_count(fr, "TLP:"), 0);
	ck_assert_int_eq(answer_count(fr, "TLP:"), answer_count(en, "TLP:"));
}
END_TEST

/* Each notice that an act leads to, and nothing for a word that is none. */
START_TEST(notices)
{
	static const char *const words[] = { "answered", "saved", "discarded",
		"published", "withdrawn", "admitted", "suspended", "reinstated",
		"roles", "disabled", "enabled", "signed-out", "password",
		"name", "email", "factor", "session-ended", "imported",
		"import-revised", "import-skipped", "commented", "drafted",
		"proposed", "signed", "signed-last", "agreement-withdrawn",
		"notice", "notice-all", "terminated", "ending-agreed", "kept",
		"party-suspended", "party-resumed", "publication-asked",
		"publication-agreed", "publication-refused",
		"agreement-published", "unpublished" };
	static const char *const others[] = { "nothing", "Title", "..", "<b>",
		"answered.x", "" };
	struct client *c = world.as[READER];
	size_t i;

	read_blocks();
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct answer *a =
		    client_get(c, textf("/advisories?done=%s", words[i]));

		expect_status(a, 200, "%s", words[i]);
		ck_assert_msg(
		    answer_has(a, "<div class=\"notice\" role=\"status\">"),
		    "no notice of %s", words[i]);
		expect_no_keys(a, words[i]);
	}
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		char *word = curl_easy_escape(NULL, others[i], 0);
		const struct answer *a =
		    client_get(c, textf("/advisories?done=%s", word));

		expect_status(a, 200, "%s", others[i]);
		ck_assert(!answer_has(a, "class=\"notice\""));
		curl_free(word);
	}
}
END_TEST

const struct suite_test tests_language[] = {
	TEST_ROWS(by_accept_language, accepts),
	TEST(by_a_visitors_choice),
	TEST(by_a_persons_choice),
	TEST_COUNTED(every_page_in_both, matrix_get_count),
	TEST(failures_in_both),
	TEST(messages_in_both),
	TEST(dates_and_labels),
	TEST(notices),
	TESTS_END,
};
