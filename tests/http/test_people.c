/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who looks after whom: the keeper's first steward, a steward's resets and
 * addresses, one's own name; and forms of these that come twice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"

static char *
person_ref(const char *email)
{
	return stored_text("SELECT ref FROM person WHERE email = ?", email);
}

/* The link that a page shows, as its path. */
static char *
shown_link(const struct answer *a)
{
	const char *p = strstr(a->body, "/invitation/");

	ck_assert_msg(p != NULL, "no link: %s", answer_gist(a));
	return strndup(p, strcspn(p, "<\" \n"));
}

static struct html_form *
open_form(struct client *c, const char *path, const char *action)
{
	struct html_form *form = html_form(client_get(c, path), action);

	ck_assert_msg(form != NULL, "no form %s at %s", action, path);
	return form;
}

/* ---- the keeper invites first stewards -------------------------------------- */

static const struct answer *
invite_as_keeper(const char *organisation, const char *email, const char *role)
{
	return client_post(world.as[KEEPER_FRESH], "/people/new",
	    FIELDS("organisation", organisation, "name", "First Steward",
		"email", email, "language", "en", "roles", role));
}

START_TEST(the_first_steward)
{
	char *name = make_organisation("waste"), *ref = organisation_ref(name);
	char *path = textf("/people/new?organisation=%s", ref);
	struct account first = { .email = "" };
	const struct answer *a;
	struct html_form *form;

	/* The form has the role already; another one is refused. */
	form = open_form(world.as[KEEPER_FRESH], path, "/people/new");
	ck_assert(html_has(form, "roles", "steward"));
	snprintf(first.email, sizeof(first.email), "%s@people.example",
	    unique("first"));
	a = invite_as_keeper(ref, first.email, "publisher");
	expect_status(a, 400, "no steward");
	ck_assert(answer_has(a, "The keeper invites the first steward"));
	a = invite_as_keeper(ref, first.email, "steward");
	expect_status(a, 200, "the first steward");
	/* Until somebody has joined there may be another. */
	expect_status(
	    invite_as_keeper(
		ref, textf("%s@people.example", unique("second")), "steward"),
	    200, "another one");
	client_free(join_by(shown_link(a), &first));

	a = client_get(world.as[KEEPER_FRESH], path);
	expect_status(a, 200, "the form");
	ck_assert_ptr_null(html_form(a, "/people/new"));
	ck_assert(answer_has(a, "It has a steward, who invites its people."));
	a = client_get(
	    world.as[KEEPER_FRESH], textf("/people?organisation=%s", ref));
	ck_assert(!answer_has(a, "href=\"/people/new"));
	a = invite_as_keeper(
	    ref, textf("%s@people.example", unique("third")), "steward");
	expect_status(a, 400, "there is a steward");
	ck_assert(answer_has(a, "It has a steward, who invites its people."));
}
END_TEST

/* ---- reset ------------------------------------------------------------------ */

START_TEST(a_reset)
{
	struct account old, new;
	struct client *c = join(WATER, "reader", &old), *again;
	char *ref = person_ref(old.email), *link;
	char *path = textf("/people/%s/reset", ref);
	const int64_t before = records();
	const struct answer *a;
	struct html_form *form;

	form = open_form(world.as[STEWARD_FRESH], path, path);
	a = html_send(world.as[STEWARD_FRESH], form);
	expect_status(a, 200, "reset");
	link = shown_link(a);
	ck_assert(answer_has(a, "Your account has been reset"));
	ck_assert_int_eq(records(), before + 2);
	/* Sent twice it is done once. */
	a = html_send(world.as[STEWARD_FRESH], form);
	expect_status(a, 303, "again");
	ck_assert_int_eq(records(), before + 2);
	a = client_get(world.as[STEWARD_FRESH], answer_location(a));
	expect_status(a, 303, "nothing to reset");
	ck_assert_str_eq(answer_location(a), textf("/people/%s", ref));

	expect_status(client_get(c, "/circles"), 303, "the old session");
	expect_status(client_post(client_new(), "/sign-in",
			  FIELDS("email", old.email, "password", old.password)),
	    400, "the old password");
	new = old;
	again = join_by(link, &new);
	expect_status(client_get(again, "/circles"), 200, "has joined again");
	ck_assert_str_ne(new.totp, old.totp);
	/* Of what there was before nothing is left. */
	ck_assert_int_eq(
	    stored_int("SELECT COUNT(*) FROM person WHERE email = ?"
		       " AND state = 'active'",
		old.email),
	    1);
	c = client_new();
	expect_status(client_post(c, "/sign-in",
			  FIELDS("email", new.email, "password", new.password)),
	    303, "the password");
	expect_status(
	    client_post(c, "/sign-in/code", FIELDS("code", old.codes[0])), 400,
	    "an old recovery code");
	expect_status(
	    client_post(c, "/sign-in/code", FIELDS("code", new.codes[0])), 303,
	    "a new one");
}
END_TEST

/* The keeper resets stewards, and nobody else of other organisations. */
START_TEST(whom_the_keeper_resets)
{
	struct account reader, steward;
	struct client *keeper = world.as[KEEPER_FRESH];
	char *path;

	client_free(join(WATER, "reader", &reader));
	client_free(join(WATER, "steward", &steward));
	path = textf("/people/%s", person_ref(reader.email));
	ck_assert(!answer_has(client_get(keeper, path), "/reset\""));
	ck_assert(!answer_has(client_get(keeper, path), "/email\""));
	expect_status(client_post(keeper, textf("%s/reset", path), NO_FIELDS),
	    403, "a reader");
	path = textf("/people/%s", person_ref(steward.email));
	ck_assert(answer_has(client_get(keeper, path), "/reset\""));
	expect_status(client_post(keeper, textf("%s/reset", path), NO_FIELDS),
	    200, "a steward");
	/* Nobody themselves. */
	path = textf("/people/%s", person_ref(email_of(STEWARD_FRESH)));
	expect_status(client_post(world.as[STEWARD_FRESH],
			  textf("%s/reset", path), NO_FIELDS),
	    403, "oneself");
}
END_TEST

/* ---- address and name ------------------------------------------------------- */

START_TEST(another_address)
{
	struct account account;
	struct client *c = join(WATER, "reader", &account);
	char *path = textf("/people/%s/email", person_ref(account.email));
	struct client *steward = world.as[STEWARD_FRESH];
	const int64_t before = records();
	struct html_form *form = open_form(steward, path, path);
	const struct answer *a;

	ck_assert_str_eq(html_get(form, "email"), account.email);
	html_set(form, "email", email_of(KEEPER));
	a = html_send(steward, form);
	expect_status(a, 400, "somebody else's");
	ck_assert(answer_has(a, "This is taken already."));
	form = open_form(steward, path, path);
	snprintf(account.email, sizeof(account.email), "%s@people.example",
	    unique("moved"));
	html_set(form, "email", account.email);
	expect_status(html_send(steward, form), 303, "changed");
	ck_assert_int_eq(records(), before + 1);
	ck_assert_int_eq(stored_int("SELECT COUNT(*) FROM record WHERE"
				    " instr(CAST(body AS TEXT), ?) > 0",
			     account.email),
	    0);
	ck_assert(answer_has(client_get(c, "/account"), account.email));
	expect_status(sign_in(client_new(), &account), 303, "by the new one");
}
END_TEST

START_TEST(another_name)
{
	struct account account;
	struct client *c = join(WATER, "reader", &account);
	const int64_t before = records();
	struct html_form *form = open_form(c, "/account/name", "/account/name");

	html_set(form, "name", "X");
	expect_status(html_send(c, form), 400, "too short");
	form = open_form(c, "/account/name", "/account/name");
	html_set(form, "name", "Zoé <Example>");
	expect_status(html_send(c, form), 303, "changed");
	ck_assert_int_eq(records(), before + 1);
	ck_assert(answer_has(
	    client_get(c, "/account"), "<dd>Zoé &lt;Example&gt;</dd>"));
	/* It is what others see: password and code come first. */
	c = signed_in(account.email);
	ck_assert_str_eq(answer_location(client_get(c, "/account/name")),
	    "/account/prove?to=/account/name");
}
END_TEST

/* ---- forms that come twice -------------------------------------------------- */

/* The last form of an invitation, from a browser that has the answer of the
   first, and from one that had it cut off. */
START_TEST(joined_twice)
{
	char email[WORLD_TEXT], code[8];
	char *link = invite(ENERGY, "reader", email), *factor;
	struct account account = { .email = "" };
	struct client *c = client_new(), *cut;
	const struct answer *a;
	struct html_form *form;
	const char *p;
	size_t n = 0;
	int64_t before;

	factor = textf("%s/factor", link);
	form = open_form(c, link, link);
	html_set(form, "password", "seven drab kettles hum at dusk");
	expect_status(html_send(c, form), 303, "the password");
	a = client_get(c, factor);
	p = strstr(a->body, "class=\"secret\"");
	for (p = strchr(p, '>') + 1; *p != '<'; p++)
		if (*p != ' ')
			account.totp[n++] = *p;
	ck_assert_ptr_nonnull(form = html_form(a, factor));
	snprintf(account.email, sizeof(account.email), "%s", email);
	totp_code(&account, code);
	html_set(form, "code", code);
	cut = client_copy(c);
	a = html_send(c, form);
	expect_status(a, 200, "joined");
	ck_assert_int_eq(answer_count(a, "<li><code>"), 10);
	before = records();

	a = html_send(cut, form);
	expect_status(a, 200, "again, cut off");
	ck_assert(answer_has(a, "You have joined already"));
	ck_assert(answer_has(a, "href=\"/sign-in?to=/account\""));
	ck_assert_int_eq(answer_count(a, "<li><code>"), 0);
	ck_assert_ptr_null(client_cookie(cut, "__Host-sid"));
	a = client_post(c, factor, FIELDS("code", code));
	expect_status(a, 200, "again, inside");
	ck_assert(answer_has(a, "You have joined already"));
	ck_assert(answer_has(a, "href=\"/account\""));
	expect_status(client_get(c, link), 200, "called back");
	ck_assert_int_eq(records(), before);
	/* The codes that were shown are still the right ones. */
	ck_assert_int_eq(stored_int("SELECT COUNT(*) FROM record WHERE kind ="
				    " 'person.credential' AND object ="
				    " (SELECT ref FROM person WHERE email = ?)",
			     email),
	    0);
	/* Nobody else is told anything. */
	expect_status(client_get(client_new(), link), 404, "a stranger");
	expect_status(client_get(world.as[READER], link), 404, "a member");
}
END_TEST

START_TEST(codes_twice)
{
	struct account account;
	struct client *c = join(ENERGY, "reader", &account), *other;
	struct html_form *form = open_form(c, "/account", "/account/codes");
	const struct answer *a = html_send(c, form);
	const int64_t before = records();
	const char *p;
	char code[24] = "";

	expect_status(a, 200, "new codes");
	ck_assert_ptr_nonnull(p = strstr(a->body, "<li><code>"));
	p += strlen("<li><code>");
	memcpy(code, p, strcspn(p, "<"));
	a = html_send(c, form);
	expect_status(a, 200, "the same form");
	ck_assert_int_eq(answer_count(a, "<li><code>"), 0);
	ck_assert(answer_has(a, "The codes were shown once"));
	ck_assert_int_eq(records(), before);
	other = client_new();
	expect_status(
	    client_post(other, "/sign-in",
		FIELDS("email", account.email, "password", account.password)),
	    303, "password");
	expect_status(client_post(other, "/sign-in/code", FIELDS("code", code)),
	    303, "the first are the right ones");
	/* Another form makes others. */
	form = html_form(a, "/account/codes");
	ck_assert_ptr_nonnull(form);
	a = html_send(c, form);
	ck_assert_int_eq(answer_count(a, "<li><code>"), 10);
}
END_TEST

const struct suite_test tests_people[] = {
	TEST(the_first_steward),
	TEST(a_reset),
	TEST(whom_the_keeper_resets),
	TEST(another_address),
	TEST(another_name),
	TEST(joined_twice),
	TEST(codes_twice),
	TESTS_END,
};
