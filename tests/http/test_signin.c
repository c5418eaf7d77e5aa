/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in: what it tells, codes, recovery codes, invitations, links. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"

static const struct answer *
try_password(struct client *c, const char *email, const char *password)
{
	struct html_form *form =
	    html_form(client_get(c, "/sign-in"), "/sign-in");

	ck_assert_ptr_nonnull(form);
	html_set(form, "email", email);
	html_set(form, "password", password);
	return html_send(c, form);
}

/* … and a code, in a client that has none of it yet. */
static const struct answer *
try_code(struct client *c, const struct account *account, const char *code)
{
	const struct answer *a =
	    try_password(c, account->email, account->password);
	struct html_form *form;

	expect_status(a, 303, "the password of %s", account->email);
	form = html_form(client_get(c, "/sign-in/code"), "/sign-in/code");
	ck_assert_ptr_nonnull(form);
	html_set(form, "code", code);
	return html_send(c, form);
}

/* ---- nothing is told ---------------------------------------------------- */

static void
suspend_by_console(const char *name)
{
	console("org", "suspend", organisation_ref(name), "--why", "A test.");
}

/*
 * An unknown address, a wrong password, somebody who was invited and has not
 * joined, who is disabled, whose organisation is suspended: one answer.
 */
START_TEST(one_answer_for_all)
{
	struct account known, disabled, suspended;
	char invited[WORLD_TEXT];
	char *name = make_organisation("waste");
	const struct answer *a, *b;
	size_t i;

	client_free(join(ENERGY, "reader", &known));
	client_free(join(ENERGY, "reader", &disabled));
	client_free(join(name, "reader", &suspended));
	free(invite(ENERGY, "reader", invited));
	console("person", "disable", disabled.email);
	suspend_by_console(name);

	const struct {
		const char *email, *password;
	} tries[] = {
		{ known.email, "not the password" },
		{ invited, "not the password" },
		{ disabled.email, disabled.password },
		{ suspended.email, suspended.password },
		{ "a@b.example", "not the password" },
	};
	a = try_password(
	    client_new(), "nobody@signin.example", "not it at all");
	expect_status(a, 400, "unknown");
	ck_assert(
	    answer_has(a, "The e-mail address or the password is not right."));
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		b = try_password(
		    client_new(), tries[i].email, tries[i].password);
		expect_status(b, 400, "try %zu", i);
		ck_assert_str_eq(
		    html_plain(b, (const char *[]){ tries[i].email, NULL }),
		    html_plain(
			a, (const char *[]){ "nobody@signin.example", NULL }));
	}
}
END_TEST

/* The address is compared without regard to case; the password is exact. */
START_TEST(what_is_compared)
{
	struct account a;
	char *email, *p;

	client_free(join(ENERGY, "reader", &a));
	email = strdup(a.email);
	for (p = email; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	expect_status(try_password(client_new(), email, a.password), 303,
	    "capitals in the address");
	a.password[0] = (char)toupper((unsigned char)a.password[0]);
	expect_status(try_password(client_new(), a.email, a.password), 400,
	    "a capital in the password");
}
END_TEST

/* ---- codes ---------------------------------------------------------------- */

START_TEST(a_code_works_once)
{
	struct account a;
	char code[8];

	client_free(join(ENERGY, "reader", &a));
	totp_code(&a, code);
	expect_status(try_code(client_new(), &a, code), 303, "first");
	expect_status(try_code(client_new(), &a, code), 400, "again");
	ck_assert(answer_has(try_code(client_new(), &a, code),
	    "This code is not right, or was used already."));
	totp_code(&a, code);
	expect_status(try_code(client_new(), &a, code), 303, "the next");
}
END_TEST

/* Guessing: a few tries, then the password again. */
START_TEST(codes_cannot_be_guessed)
{
	struct client *c = client_new();
	const struct answer *a;
	struct html_form *form;
	struct account account;
	int n;

	client_free(join(ENERGY, "reader", &account));
	expect_status(
	    try_password(c, account.email, account.password), 303, "password");
	for (n = 0; n < 20; n++) {
		a = client_get(c, "/sign-in/code");
		if (a->status == 303)
			break;
		ck_assert_ptr_nonnull(form = html_form(a, "/sign-in/code"));
		html_set(form, "code", textf("%06d", n));
		a = html_send(c, form);
		if (a->status == 303)
			break;
		expect_status(a, 400, "guess %d", n);
	}
	ck_assert_int_le(n, 5);
	ck_assert_str_eq(answer_location(a), "/sign-in?again=1");
	expect_status(client_get(c, "/today"), 303, "not in");
	ck_assert(
	    answer_has(client_get(c, "/sign-in?again=1"), "role=\"status\""));
}
END_TEST

/* The password alone lets nobody in. */
START_TEST(a_password_is_half)
{
	struct client *c = client_new();
	struct account a;

	client_free(join(ENERGY, "reader", &a));
	expect_status(try_password(c, a.email, a.password), 303, "password");
	expect_status(client_get(c, "/today"), 303, "today");
	expect_status(client_get(c, "/account"), 303, "account");
	ck_assert_ptr_null(client_cookie(c, "__Host-sid"));
	/* In another browser there is nothing to go on with. */
	ck_assert_str_eq(
	    answer_location(client_get(client_new(), "/sign-in/code")),
	    "/sign-in?again=1");
}
END_TEST

START_TEST(recovery_codes_work_once)
{
	struct account a;
	char *loose;
	int i;

	client_free(join(ENERGY, "reader", &a));
	expect_status(try_code(client_new(), &a, a.codes[0]), 303, "first");
	expect_status(try_code(client_new(), &a, a.codes[0]), 400, "again");
	/* As people write them down. */
	loose = textf(" %s ", a.codes[1]);
	for (i = 0; loose[i] != '\0'; i++)
		loose[i] = loose[i] == '-'
		    ? ' '
		    : (char)toupper((unsigned char)loose[i]);
	expect_status(try_code(client_new(), &a, loose), 303, "loosely");
	expect_status(try_code(client_new(), &a, a.codes[1]), 400, "again");
	expect_status(
	    try_code(client_new(), &a, "aaaa-aaaa-aaaa"), 400, "none of them");
}
END_TEST

/* ---- why one is there ------------------------------------------------------- */

static const struct answer *
led_from(const char *path)
{
	struct client *c = client_new();
	const struct answer *a = client_get(c, path);

	expect_status(a, 303, "%s", path);
	return client_get(c, answer_location(a));
}

/* The same words for what is there and for what is not. */
START_TEST(why_one_is_there)
{
	static const char why[] = "Sign in to go on to the page you asked for.";
	char *ref = make_published("Asked for", "green", "community");
	char *there = textf("/advisories/%s", ref);
	const char *missing = "/advisories/ENT-1999-0001";
	const struct answer *a = led_from(there), *b = led_from(missing);

	ck_assert(answer_has(a, why));
	ck_assert_str_eq(html_plain(a, (const char *[]){ there, NULL }),
	    html_plain(b, (const char *[]){ missing, NULL }));
	ck_assert(!answer_has(client_get(client_new(), "/sign-in"), why));
	/* Where a page of another site was named, nothing was asked for. */
	ck_assert(!answer_has(
	    client_get(client_new(), "/sign-in?to=//evil.example"), why));
}
END_TEST

/* ---- somebody else tries ---------------------------------------------------- */

static void
sign_out(struct client *c)
{
	struct html_form *form =
	    html_form(client_get(c, "/today"), "/sign-out");

	ck_assert_ptr_nonnull(form);
	expect_status(html_send(c, form), 303, "out");
}

/* Passwords tried from elsewhere until there is no more room for one. */
static void
try_until_refused(const char *email)
{
	struct client *stranger = client_new();
	const struct answer *a = NULL;

	for (int n = 0; n < 30; n++) {
		a = try_password(stranger, email, "not the password");
		if (a->status == 429)
			break;
		expect_status(a, 400, "try %d", n);
	}
	expect_status(a, 429, "tries");
	client_free(stranger);
}

/* Whoever keeps the account's bucket empty, or locks it, shuts nobody out of a
   browser that they have signed in from. */
START_TEST(nobody_is_shut_out)
{
	struct account account;
	struct client *c = join(ENERGY, "reader", &account);
	char *known = client_cookie(c, "__Host-known");

	ck_assert_ptr_nonnull(known);
	sign_out(c);
	ck_assert_str_eq(client_cookie(c, "__Host-known"), known);
	try_until_refused(account.email);
	expect_status(sign_in(client_new(), &account), 429, "from elsewhere");
	expect_status(sign_in(c, &account), 303, "a known browser");
	/* The token has served: the next one is another. */
	ck_assert_str_ne(client_cookie(c, "__Host-known"), known);
	store_auth("UPDATE credential SET failures = 100", NULL);
	store_auth("DELETE FROM throttle", NULL);
	sign_out(c);
	expect_status(sign_in(client_new(), &account), 400, "locked elsewhere");
	expect_status(sign_in(c, &account), 303, "locked, and known");
	/* … and open to others again, now that the owner was here. */
	expect_status(sign_in(client_new(), &account), 303, "not locked");
	store_auth("UPDATE credential SET failures = 0", NULL);
}
END_TEST

/* Out everywhere: no browser is known any more, whatever it sends. */
START_TEST(known_no_more)
{
	struct account account;
	struct client *c = join(ENERGY, "reader", &account);
	char *known = client_cookie(c, "__Host-known");
	const struct answer *a;

	a = client_post(c, "/account/sessions/end", NO_FIELDS);
	expect_status(a, 303, "out everywhere");
	ck_assert_ptr_null(client_cookie(c, "__Host-known"));
	try_until_refused(account.email);
	c->cookie = textf("__Host-known=%s", known);
	expect_status(sign_in(c, &account), 429, "with the old cookie");
}
END_TEST

/* It is no key to anybody else's account, and tells nothing about them. */
START_TEST(known_to_one)
{
	struct account account, other;
	struct client *c = join(ENERGY, "reader", &account);
	const struct answer *a, *b;

	client_free(join(ENERGY, "reader", &other));
	sign_out(c);
	try_until_refused(other.email);
	try_until_refused("nobody@signin.example");
	a = try_password(c, other.email, other.password);
	b = try_password(c, "nobody@signin.example", other.password);
	expect_status(a, 429, "somebody else's");
	expect_status(b, 429, "nobody's");
	ck_assert_ptr_null(answer_header(a, "Set-Cookie", 0));
	ck_assert_ptr_null(answer_header(b, "Set-Cookie", 0));
	expect_status(
	    try_password(c, account.email, account.password), 303, "one's own");
}
END_TEST

/* ---- invitations ------------------------------------------------------------ */

/* The link that a page shows, as its path. */
static char *
shown_link(const struct answer *a)
{
	const char *p = strstr(a->body, "/invitation/");

	ck_assert_msg(p != NULL, "no link: %s", answer_gist(a));
	return strndup(p, strcspn(p, "<\" \n"));
}

static const struct answer *
invite_over_http(struct client *c, const char *email, const char *language)
{
	struct html_form *form =
	    html_form(client_get(c, "/people/new"), "/people/new");

	ck_assert_ptr_nonnull(form);
	html_set(form, "name", "Ada Example");
	html_set(form, "email", email);
	html_set(form, "language", language);
	return html_send(c, form);
}

START_TEST(an_invitation)
{
	struct account account = { .email = "" };
	const struct answer *a;
	struct client *c;
	char *link, *ref;
	int64_t before = records();

	snprintf(account.email, sizeof(account.email), "%s@signin.example",
	    unique("ada"));
	a = invite_over_http(world.as[STEWARD_FRESH], account.email, "en");
	expect_status(a, 200, "invited");
	ck_assert_int_eq(records(), before + 1);
	link = shown_link(a);
	/* Shown this once, with the mail that carries it. */
	ck_assert_int_eq(answer_count(a, link), 2);
	ref = stored_text(
	    "SELECT ref FROM person WHERE email = ?", account.email);
	a = client_get(world.as[STEWARD_FRESH], textf("/people/%s", ref));
	ck_assert(!answer_has(a, link));
	ck_assert(answer_has(a, "state-invited"));
	c = join_by(link, &account);
	ck_assert_int_eq(records(), before + 2);
	expect_status(client_get(c, "/today"), 200, "is in");
	ck_assert(answer_has(client_get(c, "/account"), account.email));
	a = client_get(world.as[STEWARD_FRESH], textf("/people/%s", ref));
	ck_assert(answer_has(a, "state-active"));
	/* Used up. */
	expect_status(client_get(client_new(), link), 404, "again");
	expect_status(client_post(client_new(), link,
			  FIELDS("password", "seven drab kettles hum at dusk")),
	    404, "again");
	expect_status(sign_in(client_new(), &account), 303, "signs in");
}
END_TEST

/* Steps in between that are wrong, or come from somebody else. */
START_TEST(steps_of_an_invitation)
{
	char email[WORLD_TEXT];
	char *link = invite(ENERGY, "reader", email);
	char *factor = textf("%s/factor", link);
	struct client *c = client_new();
	const struct answer *a;
	struct html_form *form;

	form = html_form(client_get(c, link), link);
	ck_assert_ptr_nonnull(form);
	html_set(form, "password", "seven drab kettles hum at dusk");
	expect_status(html_send(c, form), 303, "password");
	a = client_get(c, factor);
	expect_status(a, 200, "factor");
	ck_assert(answer_has(a, "<svg"));
	ck_assert_ptr_nonnull(form = html_form(a, factor));
	html_set(form, "code", "000000");
	a = html_send(c, form);
	expect_status(a, 400, "a wrong code");
	ck_assert(answer_has(a, "This code is not right."));
	/* The same secret again: the device has it already. */
	ck_assert(answer_has(a, "class=\"secret\""));
	ck_assert_ptr_null(client_cookie(c, "__Host-sid"));
	/* Another browser has not given the password. */
	ck_assert_str_eq(
	    answer_location(client_get(client_new(), factor)), link);
	ck_assert_int_eq(
	    stored_int("SELECT COUNT(*) FROM person WHERE email = ?"
		       " AND state = 'invited'",
		email),
	    1);
}
END_TEST

START_TEST(invitations_end)
{
	char email[WORLD_TEXT];
	char *first = invite(WATER, "reader", email), *second, *ref;
	const struct answer *a;

	ref = stored_text("SELECT ref FROM person WHERE email = ?", email);
	/* Invited again: the first link is gone. */
	a = client_post(world.as[STEWARD_FRESH],
	    textf("/people/%s/invite", ref), NO_FIELDS);
	expect_status(a, 200, "invited again");
	second = shown_link(a);
	expect_status(client_get(client_new(), first), 404, "the first");
	expect_status(client_get(client_new(), second), 200, "the second");
	/* Too late. */
	store("UPDATE invitation SET expires_at = created_at + 1"
	      " WHERE person = (SELECT id FROM person WHERE email = ?)",
	    email);
	expect_status(client_get(client_new(), second), 404, "too late");
	/* Disabled before they came. */
	a = client_post(world.as[STEWARD_FRESH],
	    textf("/people/%s/invite", ref), NO_FIELDS);
	second = shown_link(a);
	expect_status(client_post(world.as[STEWARD_FRESH],
			  textf("/people/%s/disable", ref), NO_FIELDS),
	    303, "disabled");
	expect_status(client_get(client_new(), second), 404, "disabled");
}
END_TEST

/* The mail is in the language of who is invited, not of who invites. */
START_TEST(a_mail_in_their_language)
{
	const struct answer *fr, *en;

	fr = invite_over_http(world.as[STEWARD_FRESH],
	    textf("%s@signin.example", unique("fr")), "fr");
	en = invite_over_http(world.as[STEWARD_FRESH],
	    textf("%s@signin.example", unique("en")), "en");
	ck_assert(answer_has(fr, "Bonjour"));
	ck_assert(!answer_has(en, "Bonjour"));
	ck_assert(answer_has(fr, "<html lang=\"en\">"));
}
END_TEST

/* ---- links -------------------------------------------------------------------- */

START_TEST(a_link_works_once)
{
	const char *email = "sarah.colin@telecom-atlantique.example";
	const char *link = console("person", "link", email);
	const char *path = strstr(link, "/sign-in/link/");
	struct client *c = client_new();
	struct html_form *form;

	/* Looking does not use it up: mail scanners look. */
	expect_status(client_get(c, path), 200, "first look");
	ck_assert_ptr_null(client_cookie(c, "__Host-sid"));
	form = html_form(client_get(c, path), path);
	ck_assert_ptr_nonnull(form);
	expect_status(html_send(c, form), 303, "used");
	expect_status(client_get(c, "/today"), 200, "is in");
	expect_status(client_get(client_new(), path), 404, "again");
	expect_status(client_post(client_new(), path, NO_FIELDS), 404, "again");
	/* Never fresh. */
	ck_assert_str_eq(answer_location(client_get(c, "/account/password")),
	    "/account/prove?to=/account/password");
}
END_TEST

const struct suite_test tests_signin[] = {
	TEST(one_answer_for_all),
	TEST(what_is_compared),
	TEST(a_code_works_once),
	TEST(codes_cannot_be_guessed),
	TEST(a_password_is_half),
	TEST(recovery_codes_work_once),
	TEST(why_one_is_there),
	TEST(nobody_is_shut_out),
	TEST(known_no_more),
	TEST(known_to_one),
	TEST(an_invitation),
	TEST(steps_of_an_invitation),
	TEST(invitations_end),
	TEST(a_mail_in_their_language),
	TEST(a_link_works_once),
	TESTS_END,
};
