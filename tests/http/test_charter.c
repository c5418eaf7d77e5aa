/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Admission and the charter: on paper, or offered and signed here, which opens
 * access at that instant; and what pages say of why.
 */
#include <stdio.h>
#include <string.h>

#include "pact.h"
#include "suites.h"

static char *
led_to(const struct answer *a)
{
	static const char start[] = "/organisations/";
	const char *ref = answer_location(a);

	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	ck_assert_int_eq(strncmp(ref, start, sizeof(start) - 1), 0);
	ref += sizeof(start) - 1;
	return strndup(ref, strcspn(ref, "?"));
}

static int64_t
grants(const char *ref)
{
	return stored_int(
	    "SELECT COUNT(*) FROM access_grant g JOIN organisation o"
	    " ON o.id = g.organisation WHERE o.ref = ?",
	    ref);
}

static char *
charter_of(const char *ref)
{
	return stored_text("SELECT a.ref FROM agreement a JOIN organisation o"
			   " ON o.id = a.organisation WHERE o.ref = ?"
			   " AND a.kind = 'charter'",
	    ref);
}

static char *
admit(const char *name, const char *language)
{
	struct client *keeper = world.as[KEEPER_FRESH];
	struct html_form *form = html_form(
	    client_get(keeper, "/organisations/new"), "/organisations/new");

	ck_assert_ptr_nonnull(form);
	ck_assert_str_eq(html_get(form, "charter"), "here");
	html_set(form, "name", name);
	html_set(form, "kind", "operator");
	html_set(form, "country", "BE");
	html_add(form, "sectors", "waste");
	html_set(form, "charter_language", language);
	return led_to(html_send(keeper, form));
}

START_TEST(signed_here)
{
	char *name = unique("Signs here"), *ref = admit(name, "en"), *charter;
	char *page = textf("/organisations/%s", ref), *path;
	struct account account;
	struct client *c = join(name, "steward,signatory", &account);
	struct html_form *form;
	const struct answer *a;

	charter = charter_of(ref);
	ck_assert_int_eq(grants(ref), 0);
	ck_assert(answer_has(
	    client_get(world.as[READER], page), "offered, not signed yet"));
	ck_assert(!answer_has(client_get(world.as[READER], page), charter));
	a = client_get(world.as[KEEPER_FRESH], page);
	ck_assert(answer_has(a, textf("href=\"/agreements/%s\"", charter)));
	ck_assert(!answer_has(a, "/charter\""));
	/* Before the signature: what is public, and why not more. */
	a = client_get(c, "/access");
	ck_assert(answer_has(a, "No agreement opens a circle"));
	ck_assert(answer_has(client_get(c, "/today"), charter));
	expect_status(client_get(c, "/circles/waste"), 404, "not open yet");
	a = client_get(c, "/agreements/new?kind=exchange");
	expect_status(a, 403, "no agreements before");
	ck_assert(answer_has(a, "Your organisation has no charter in force"));
	path = textf("/agreements/%s/sign", charter);
	form = html_form(client_get(c, path), path);
	ck_assert_ptr_nonnull(form);
	html_set(form, "agree", "1");
	expect_status(html_send(c, form), 303, "signed");
	/* After it: the community and its sector, and the reason. */
	ck_assert_int_eq(grants(ref), 2);
	a = client_get(c, "/access");
	ck_assert(!answer_has(a, "No agreement opens a circle"));
	ck_assert(answer_has(a, textf("href=\"/agreements/%s\"", charter)));
	ck_assert(answer_has(a, "href=\"/circles/waste\""));
	a = client_get(c, "/circles/waste");
	expect_status(a, 200, "open");
	ck_assert(answer_has(a, name));
	ck_assert(answer_has(a, charter));
	expect_status(client_get(c, "/circles/energy"), 404, "another sector");
	a = client_get(world.as[READER], page);
	ck_assert(answer_has(a, "signed on"));
	ck_assert(!answer_has(a, "on paper"));
}
END_TEST

static const struct {
	const char *charter, *signed_on, *says;
	int status;
} choices[] = {
	{ "paper", "2026-01-05", NULL, 303 },
	{ "paper", "", "Give the day on which the charter was signed.", 400 },
	{ "paper", "2126-01-05", "This day has not come yet.", 400 },
	{ "", "2026-01-05", NULL, 303 },
	{ "", "", "Choose one.", 400 },
	{ "here", "", NULL, 303 },
	{ "nowhere", "", "Choose one of the possibilities", 400 },
};

START_TEST(chosen)
{
	const bool is_paper = choices[_i].signed_on[0] != '\0';
	const struct answer *a;
	char *ref;

	a = client_post(world.as[KEEPER_FRESH], "/organisations/new",
	    FIELDS("name", unique("Chosen"), "kind", "operator", "country",
		"BE", "sectors", "waste", "charter", choices[_i].charter,
		"charter_language", "fr", "charter_signed",
		choices[_i].signed_on));
	expect_status(a, choices[_i].status, "row %d", _i);
	if (choices[_i].says != NULL) {
		ck_assert_msg(
		    answer_has(a, choices[_i].says), "%s", answer_gist(a));
		return;
	}
	ref = led_to(a);
	ck_assert_int_eq(grants(ref), is_paper ? 2 : 0);
	a = client_get(world.as[READER], textf("/organisations/%s", ref));
	ck_assert_int_eq(answer_has(a, "on paper"), is_paper);
	/* In the language that was chosen. */
	if (!is_paper)
		ck_assert_str_eq(
		    stored_text("SELECT v.title FROM agreement_version v"
				" JOIN agreement a ON a.id = v.agreement"
				" WHERE a.ref = ?",
			charter_of(ref)),
		    "Charte du partenariat");
}
END_TEST

/* Of who has none in force: offered once, by the keeper alone. */
START_TEST(offered)
{
	struct client *keeper = world.as[KEEPER_FRESH];
	char *ref = admit(unique("Offered"), "en"), *path;
	const struct answer *a;
	struct html_form *form;

	path = textf("/organisations/%s/charter", ref);
	expect_status(client_get(keeper, path), 409, "offered already");
	store("UPDATE agreement SET state = 'withdrawn' WHERE ref = ?",
	    charter_of(ref));
	a = client_get(keeper, textf("/organisations/%s", ref));
	ck_assert(answer_has(a, textf("href=\"%s\"", path)));
	ck_assert(answer_has(a, "has signed none"));
	ck_assert(!answer_has(
	    client_get(world.as[READER], textf("/organisations/%s", ref)),
	    path));
	form = html_form(client_get(keeper, path), path);
	ck_assert_ptr_nonnull(form);
	html_set(form, "charter_language", "fr");
	a = html_send(keeper, form);
	expect_status(a, 303, "offered");
	ck_assert(strstr(answer_location(a), "done=charter-offered") != NULL);
	expect_status(
	    client_post(keeper, path, FIELDS("charter_language", "fr")), 409,
	    "twice");
	expect_status(client_post(keeper,
			  textf("/organisations/%s/charter",
			      organisation_ref("Court of Audit")),
			  FIELDS("charter_language", "fr")),
	    409, "an auditor has none");
}
END_TEST

/* ---- why and who ------------------------------------------------------- */

/* What opens a circle is said by title and ref wherever it matters. */
START_TEST(said_why)
{
	char *title = unique("Opens a circle"), *ref = pact_make(title);
	char *link = textf("<a href=\"/agreements/%s\">%s</a>", ref, title);
	char *circle = stored_text(
	    "SELECT c.ref FROM circle c JOIN agreement_circle k"
	    " ON k.circle = c.id JOIN agreement a ON a.id = k.agreement"
	    " WHERE a.ref = ?",
	    ref);
	char *path = textf("/circles/%s", circle), *draft;
	struct client *c = world.as[PUBLISHER];
	const struct answer *a;

	ck_assert(answer_has(client_get(c, "/circles"), link));
	ck_assert(answer_has(client_get(c, "/access"), link));
	a = client_get(c, path);
	expect_status(a, 200, "the circle");
	ck_assert_int_eq(answer_count(a, link), 2);
	ck_assert(answer_has(a, ENERGY));
	/* Who has it not is not even told that there is one. */
	expect_status(client_get(world.as[STEWARD], path), 404, "outside");
	draft = make_draft(unique("For the circle"), "green", circle);
	a = client_get(c, textf("/drafts/%s/publish", draft));
	ck_assert_int_eq(answer_count(a, link), 1);
	publish(c, draft);
	a = client_get(signed_in(PACT_ENERGY), textf("/advisories/%s", draft));
	expect_status(a, 200, "read by the other party");
	ck_assert(answer_has(a, title));
	ck_assert(answer_has(a, textf("href=\"/agreements/%s\"", ref)));
	expect_status(
	    client_get(world.as[STEWARD], textf("/advisories/%s", draft)), 404,
	    "outside");
}
END_TEST

/* Today: what waits for a signature, and what happened since. */
START_TEST(said_today)
{
	char *title = unique("Awaited"), *ref = pact_propose(title);
	char *link = textf("href=\"/agreements/%s\"", ref);
	struct client *c = signed_in(PACT_CSIRT);

	ck_assert(answer_has(client_get(c, "/today"), link));
	ck_assert(!answer_has(client_get(world.as[SIGNATORY], "/today"), link));
	pact_sign(PACT_CSIRT, ref);
	pact_sign(PACT_ENERGY, ref);
	ck_assert(answer_has(client_get(c, "/today"), title));
	/* It ends in ten days: reminders, for signatories of its parties. */
	store("UPDATE agreement SET until_at = (unixepoch() + 10 * 86400)"
	      " * 1000000 WHERE ref = ?",
	    ref);
	ck_assert(answer_has(client_get(c, "/today"), "in 10 days"));
	ck_assert(!answer_has(
	    client_get(world.as[SIGNATORY], "/today"), "in 10 days"));
	ck_assert(!answer_has(
	    client_get(world.as[PUBLISHER], "/today"), "in 10 days"));
}
END_TEST

const struct suite_test tests_charter[] = {
	TEST(signed_here),
	TEST_ROWS(chosen, choices),
	TEST(offered),
	TEST(said_why),
	TEST(said_today),
	TESTS_END,
};
