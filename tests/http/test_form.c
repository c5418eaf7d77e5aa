/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is typed wrongly: too long, too short, missing, of another type, not
 * one of the choices.  The form comes again, with a message beside the field,
 * a summary that links to it, and all that was typed; nothing is changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matrix.h"
#include "suites.h"

/* Words in braces are those of matrix.tsv; "@160" is that many letters. */
static const struct wrong {
	enum who who;
	const char *word;   /* for {…} in path and action */
	const char *page;   /* that has the form */
	const char *action; /* that it is sent to */
	const char *fields; /* what is typed, instead of what it holds */
	const char *field;  /* that gets the message … */
	const char *message;
} wrongs[] = {
	/* a draft */
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=&summary=Kept.&label=green&circles=community", "title",
	    "Fill in this field." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=@201&summary=Kept.&circles=community", "title",
	    "Use at most 200 characters." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&summary=@2001&circles=community", "summary",
	    "Use at most 2" },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&happened=@20001&circles=community", "happened",
	    "Use at most 20" },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&severity=dreadful&circles=community", "severity",
	    "Choose one of the possibilities offered." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&severity=&circles=community", "severity",
	    "Choose one." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&label=purple&circles=community", "label",
	    "Choose one of the possibilities offered." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&sectors=energy&sectors=stars",
	    "sectors", "Choose one of the possibilities offered." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=moon", "circles",
	    "Nothing is known by this name." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&answer_by=2026-02-30", "answer_by",
	    "Type a date that exists, as year, month and day." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&answer_by=soon", "answer_by",
	    "Type a date that exists, as year, month and day." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&answer_by=2020-01-01", "answer_by",
	    "This day has passed." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&cves=CVE-1", "cves",
	    "Write each identifier as CVE-2026-12345, one a line." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&label=green&named=a@b.example",
	    "named", "People are named under TLP:RED only." },
	{ PUBLISHER, NULL, "/drafts/new", "/drafts/new",
	    "title=Kept&circles=community&label=red&named=a@b.example", "named",
	    "One of these addresses belongs to nobody" },
	{ PUBLISHER, "draft", "/drafts/{draft}", "/drafts/{draft}",
	    "title=&summary=Kept.", "title", "Fill in this field." },
	{ PUBLISHER, "green", "/advisories/{green}/withdraw",
	    "/advisories/{green}/withdraw", "why=", "why",
	    "Fill in this field." },
	{ PUBLISHER, "green", "/advisories/{green}/withdraw",
	    "/advisories/{green}/withdraw", "why=@2001", "why",
	    "Use at most 2" },
	/* an answer */
	{ READER, "green", "/advisories/{green}", "/advisories/{green}/answer",
	    "comment=Kept.", "state", "Choose one." },
	{ READER, "green", "/advisories/{green}", "/advisories/{green}/answer",
	    "state=bored&comment=Kept.", "state",
	    "Choose one of the possibilities offered." },
	{ READER, "green", "/advisories/{green}", "/advisories/{green}/answer",
	    "state=examining&comment=@2001", "comment", "Use at most 2" },
	{ READER, "green", "/advisories/{green}", "/advisories/{green}/answer",
	    "state=examining&comment=Kept.&done_by=31/12/2026", "done_by",
	    "Type a date that exists, as year, month and day." },
	/* organisations */
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=X&kind=operator&country=BE&sectors=water"
	    "&charter_signed=2026-01-05&charter=paper",
	    "name", "Use at least 2 characters." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=Kept&kind=club&country=BE&sectors=water"
	    "&charter_signed=2026-01-05&charter=paper",
	    "kind", "Choose one of the possibilities offered." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=Kept&kind=operator&country=XX&sectors=water"
	    "&charter_signed=2026-01-05&charter=paper",
	    "country", "Choose one of the possibilities offered." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=Kept&kind=operator&country=BE&charter_signed=2026-01-05&"
	    "charter=paper",
	    "sectors", "An operator has at least one sector." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=Kept&kind=institution&country=BE&charter=paper",
	    "charter_signed", "Give the day on which the charter was signed." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=Kept&kind=institution&country=BE&charter_signed=2199-01-01"
	    "&charter=paper",
	    "charter_signed", "This day has not come yet." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=Kept&kind=institution&country=BE&charter=here"
	    "&charter_signed=2026-01-05",
	    "charter", "You have given the day of a signature on paper." },
	{ KEEPER_FRESH, NULL, "/organisations/new", "/organisations/new",
	    "name=national csirt&kind=institution&country=BE"
	    "&charter_signed=2026-01-05&charter=paper",
	    "name", "This is taken already." },
	{ KEEPER_FRESH, "organisation", "/organisations/{organisation}/suspend",
	    "/organisations/{organisation}/suspend", "why=", "why",
	    "Fill in this field." },
	/* people */
	{ STEWARD_FRESH, NULL, "/people/new", "/people/new",
	    "name=&email=kept@input.example", "name", "Fill in this field." },
	{ STEWARD_FRESH, NULL, "/people/new", "/people/new",
	    "name=Kept&email=kept@", "email", "Type an e-mail address" },
	{ STEWARD_FRESH, NULL, "/people/new", "/people/new",
	    "name=Kept&email=Eva.Maes@infrastructure.example", "email",
	    "This is taken already." },
	{ STEWARD_FRESH, NULL, "/people/new", "/people/new",
	    "name=Kept&email=kept@input.example&language=de", "language",
	    "Choose one of the possibilities offered." },
	{ STEWARD_FRESH, NULL, "/people/new", "/people/new",
	    "name=Kept&email=kept@input.example&roles=king", "roles",
	    "Choose one of the possibilities offered." },
	{ STEWARD_FRESH, NULL, "/people/new", "/people/new",
	    "name=Kept&email=kept@input.example&roles=keeper", "roles",
	    "People of this kind of organisation cannot" },
	{ STEWARD_FRESH, "person", "/people/{person}", "/people/{person}/roles",
	    "roles=auditor", "roles",
	    "People of this kind of organisation cannot" },
	/* signing in */
	{ VISITOR, NULL, "/sign-in", "/sign-in",
	    "email=&password=a password that is typed", "email",
	    "Fill in this field." },
	{ VISITOR, NULL, "/sign-in", "/sign-in",
	    "email=nobody&password=a password that is typed", "email",
	    "Type an e-mail address" },
	{ VISITOR, NULL, "/sign-in", "/sign-in",
	    "email=kept@input.example&password=", "password",
	    "Fill in this field." },
	{ VISITOR, NULL, "/sign-in", "/sign-in",
	    "email=kept@input.example&password=@1100", "password",
	    "Use at most 1" },
	{ VISITOR, "invitation", "/invitation/{invitation}",
	    "/invitation/{invitation}", "password=", "password",
	    "Fill in this field." },
	{ VISITOR, "invitation", "/invitation/{invitation}",
	    "/invitation/{invitation}", "password=qweRTY 12", "password",
	    "Use at least 12 characters." },
	{ VISITOR, "invitation", "/invitation/{invitation}",
	    "/invitation/{invitation}", "password=password123456", "password",
	    "This password is in lists of known passwords." },
	{ VISITOR, "invitation", "/invitation/{invitation}",
	    "/invitation/{invitation}", "password=réseau nord énergie",
	    "password", "Too much of this password is your name" },
	{ KEEPER_FRESH, NULL, "/account/password", "/account/password",
	    "password=short", "password", "Use at least 12 characters." },
	{ KEEPER_FRESH, NULL, "/account/prove", "/account/prove",
	    "password=&code=123456", "password", "Fill in this field." },
	{ KEEPER_FRESH, NULL, "/account/prove", "/account/prove",
	    "password=a password that is typed&code=", "code",
	    "Fill in this field." },
};

/* "a=b&c=d" into the form; a value "@160" is that many letters. */
static void
type_in(struct html_form *form, const char *fields)
{
	char *copy = strdup(fields), *pair, *name, *value;
	const char *seen[32];
	int n = 0, i;

	while ((pair = strsep(&copy, "&")) != NULL) {
		name = strsep(&pair, "=");
		value = pair;
		if (value[0] == '@') {
			const size_t len = strtoul(value + 1, NULL, 10);

			value = malloc(len + 1);
			ck_assert_ptr_nonnull(value);
			memset(value, 'x', len);
			value[len] = '\0';
		}
		for (i = 0; i < n && strcmp(seen[i], name) != 0;)
			i++;
		if (i == n)
			html_set(form, name, value);
		else
			html_add(form, name, value);
		seen[n++] = name;
	}
}

static bool
is_secret(const char *name)
{
	return strcmp(name, "password") == 0 || strcmp(name, "code") == 0;
}

/* All that was typed stands in the form again, but for secrets. */
static void
expect_kept(
    const struct answer *a, const struct html_form *sent, const struct wrong *w)
{
	const struct html_form *again = html_form(a, sent->action);
	size_t i;

	ck_assert_msg(again != NULL, "no form again: %s", answer_gist(a));
	for (i = 0; i < sent->count; i++) {
		const char *name = sent->field[i].name;
		const char *value = sent->field[i].value;

		if (strcmp(name, "csrf") == 0 || strcmp(name, "once") == 0)
			continue;
		if (is_secret(name)) {
			ck_assert_msg(value[0] == '\0' || strlen(value) < 12 ||
				!answer_has(a, value),
			    "%s: a secret is shown again", w->page);
			continue;
		}
		if (value[0] == '\0')
			continue;
		/* A choice that is none cannot be shown as chosen. */
		if (strcmp(name, w->field) == 0 &&
		    strstr(w->message, "possibilities") != NULL)
			continue;
		if (strcmp(value, "moon") == 0 ||
		    strcmp(value, "keeper") == 0 ||
		    strcmp(value, "auditor") == 0)
			continue;
		ck_assert_msg(html_has(again, name, value),
		    "%s: %s=%.60s is lost", w->fields, name, value);
	}
}

static void
expect_message(const struct answer *a, const struct wrong *w)
{
	const char *summary = strstr(a->body, "class=\"errors\""), *beside;

	ck_assert_msg(
	    summary != NULL, "%s: no summary: %s", w->fields, answer_gist(a));
	ck_assert(strstr(summary, textf("<a href=\"#%s\">", w->field)) != NULL);
	ck_assert_msg(strstr(summary, w->message) != NULL, "%s: %s", w->fields,
	    answer_gist(a));
	ck_assert_msg(answer_has(a, textf("id=\"%s\"", w->field)),
	    "the summary's link leads nowhere: %s", w->field);
	beside = strstr(a->body, textf("id=\"%s-error\"", w->field));
	ck_assert_msg(
	    beside != NULL, "no message beside the field: %s", w->fields);
	ck_assert_msg(
	    strstr(beside, w->message) != NULL, "beside: %s", w->fields);
}

START_TEST(the_form_again)
{
	const struct wrong *w = &wrongs[_i];
	struct matrix_row row = { .word = { NULL } };
	struct client *c = w->who == VISITOR ? client_new() : world.as[w->who];
	struct html_form *form;
	const struct answer *a;
	char *before;

	if (w->word != NULL) {
		row.word[0] = strdup(w->word);
		matrix_make(&row);
	}
	a = client_get(c, matrix_fill(&row, w->page));
	expect_status(a, 200, "%s", w->page);
	form = html_form(a, matrix_fill(&row, w->action));
	ck_assert_msg(form != NULL, "no form %s", w->action);
	type_in(form, w->fields);
	before = stored_state();
	a = html_send(c, form);
	expect_status(a, 400, "%s", w->fields);
	expect_discreet(a, w->fields);
	expect_message(a, w);
	expect_kept(a, form, w);
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

const struct suite_test tests_form[] = {
	TEST_ROWS(the_form_again, wrongs),
	TESTS_END,
};
