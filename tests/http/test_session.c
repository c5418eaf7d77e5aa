/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions: the cookie, signing out, what ends them at once; proving again,
 * another password, another factor.
 */
#include <stdlib.h>
#include <string.h>

#include "suites.h"

static void
expect_in(struct client *c, const char *what)
{
	expect_status(client_get(c, "/circles"), 200, "%s", what);
}

static void
expect_out(struct client *c, const char *what)
{
	const struct answer *a = client_get(c, "/circles");

	expect_status(a, 303, "%s", what);
	ck_assert_str_eq(answer_location(a), "/sign-in?to=/circles");
}

/* ---- the cookie ----------------------------------------------------------- */

/* The whole line that sets it; NULL when the answer does not. */
static char *
set_cookie(const struct answer *a, const char *name)
{
	char *value;
	int n;

	for (n = 0; (value = answer_header(a, "Set-Cookie", n)) != NULL; n++)
		if (strncmp(value, name, strlen(name)) == 0 &&
		    value[strlen(name)] == '=')
			return value;
	return NULL;
}

START_TEST(the_cookie)
{
	static const char *const attributes[] = { "; Path=/", "; Secure",
		"; HttpOnly", "; SameSite=Lax" };
	struct account account;
	struct client *c = client_new();
	const struct answer *a;
	char *cookie;
	size_t i;

	client_free(join(ENERGY, "reader", &account));
	a = sign_in(c, &account);
	expect_status(a, 303, "signed in");
	cookie = set_cookie(a, "__Host-sid");
	ck_assert_ptr_nonnull(cookie);
	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		ck_assert_msg(strstr(cookie, attributes[i]) != NULL, "%s in %s",
		    attributes[i], cookie);
	ck_assert(strcasestr(cookie, "domain") == NULL);
	ck_assert(strcasestr(cookie, "max-age") == NULL);
	ck_assert(strcasestr(cookie, "expires") == NULL);
	ck_assert_uint_eq(
	    strcspn(strchr(cookie, '=') + 1, ";"), CLIENT_TOKEN - 1);
	/* The half-way cookie goes, the visitor's is no key to anything. */
	cookie = set_cookie(a, "__Host-pre");
	ck_assert_ptr_nonnull(cookie);
	ck_assert(strstr(cookie, "Max-Age=0") != NULL);
	/* What is stored is no token. */
	ck_assert_int_eq(
	    stored_int(
		"SELECT COUNT(*) FROM session"
		" WHERE CAST (digest AS TEXT) = ? OR length(digest) <> 32",
		client_cookie(c, "__Host-sid")),
	    0);
}
END_TEST

/* The one by which a browser is known stays, for its own site alone. */
START_TEST(the_known_cookie)
{
	static const char *const attributes[] = { "; Path=/", "; Secure",
		"; HttpOnly", "; SameSite=Strict", "; Max-Age=31536000" };
	struct account account;
	struct client *c = client_new();
	const struct answer *a;
	char *cookie;
	size_t i;

	client_free(join(ENERGY, "reader", &account));
	a = client_get(c, "/sign-in");
	ck_assert_ptr_null(set_cookie(a, "__Host-known"));
	a = sign_in(c, &account);
	cookie = set_cookie(a, "__Host-known");
	ck_assert_ptr_nonnull(cookie);
	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		ck_assert_msg(strstr(cookie, attributes[i]) != NULL, "%s in %s",
		    attributes[i], cookie);
	ck_assert(strcasestr(cookie, "domain") == NULL);
	ck_assert_uint_eq(
	    strcspn(strchr(cookie, '=') + 1, ";"), CLIENT_TOKEN - 1);
	ck_assert_str_ne(
	    client_cookie(c, "__Host-known"), client_cookie(c, "__Host-sid"));
}
END_TEST

/* A token that somebody planted is not taken over; each sign-in has its own. */
START_TEST(no_fixation)
{
	char planted[CLIENT_TOKEN];
	struct account account;
	struct client *c = join(ENERGY, "reader", &account);
	char *first = client_cookie(c, "__Host-sid"), *second;

	client_once(planted);
	client_forget(c);
	c->cookie = textf("__Host-sid=%s", planted);
	expect_out(c, "a planted token");
	c->cookie = NULL;
	(void)sign_in(c, &account);
	second = client_cookie(c, "__Host-sid");
	ck_assert_ptr_nonnull(second);
	ck_assert_str_ne(second, planted);
	ck_assert_str_ne(second, first);
	client_forget(c);
	c->cookie = textf("__Host-sid=%s", planted);
	expect_out(c, "the planted token afterwards");
	/* Twice in one request, or bent: it counts as none. */
	c->cookie = textf("__Host-sid=%s; __Host-sid=%s", second, planted);
	expect_out(c, "two tokens");
	c->cookie = textf("__Host-sid=%s", second + 1);
	expect_out(c, "a bent token");
	c->cookie = textf("__Host-sid=%s", second);
	expect_in(c, "the token");
}
END_TEST

/* ---- signing out ------------------------------------------------------------ */

START_TEST(signing_out)
{
	struct client *c = signed_in("wout.aerts@brabantfibre.example"), *copy;
	const struct answer *a;
	struct html_form *form;
	char *cookie;

	copy = client_copy(c);
	form = html_form(client_get(c, "/today"), "/sign-out");
	ck_assert_ptr_nonnull(form);
	a = html_send(c, form);
	expect_status(a, 303, "out");
	ck_assert_ptr_nonnull(answer_header(a, "Clear-Site-Data", 0));
	cookie = set_cookie(a, "__Host-sid");
	ck_assert_ptr_nonnull(cookie);
	ck_assert(strstr(cookie, "Max-Age=0") != NULL);
	ck_assert_ptr_null(client_cookie(c, "__Host-sid"));
	expect_out(c, "signed out");
	expect_out(copy, "with the old token");
	ck_assert(answer_has(
	    client_get(c, answer_location(a)), "You are signed out."));
}
END_TEST

START_TEST(signing_out_everywhere)
{
	const char *email = "bastien.faure@noeuds-dorsales.example";
	struct client *here = signed_in(email), *there = signed_in(email);
	struct client *other = signed_in("wout.aerts@brabantfibre.example");
	struct html_form *form;

	expect_in(there, "before");
	form = html_form(client_get(here, "/account"), "/account/sessions/end");
	ck_assert_ptr_nonnull(form);
	expect_status(html_send(here, form), 303, "everywhere");
	expect_out(here, "here");
	expect_out(there, "there");
	expect_in(other, "somebody else");
}
END_TEST

/* The list of one's sessions, and ending one of them; never another's. */
START_TEST(ending_one_session)
{
	const char *email = "femke.desmet@portscheldt.example";
	struct client *here = signed_in(email), *there;
	char *id, *path;
	const struct answer *a;

	there = signed_in(email);
	id = stored_text("SELECT MAX(id) FROM session", NULL);
	path = textf("/account/sessions/%s/end", id);
	a = client_get(here, "/account");
	ck_assert_ptr_nonnull(html_form(a, path));
	expect_status(
	    client_post(world.as[READER], path, NO_FIELDS), 404, "another's");
	expect_in(there, "still");
	expect_status(html_send(here, html_form(a, path)), 303, "ended");
	expect_out(there, "ended");
	expect_in(here, "the one that ended it");
}
END_TEST

/* Idle too long, or too old: out. */
START_TEST(sessions_grow_old)
{
	const char *email = "olivier.renard@aeroports-meuse.example";
	struct client *idle = signed_in(email);

	expect_in(idle, "at first");
	store("UPDATE session SET seen_at = seen_at - 1801000000"
	      " WHERE person = (SELECT id FROM person WHERE email = ?)",
	    email);
	expect_out(idle, "idle for half an hour");
	idle = signed_in(email);
	store("UPDATE session SET expires_at = created_at + 1"
	      " WHERE person = (SELECT id FROM person WHERE email = ?)",
	    email);
	expect_out(idle, "too old");
}
END_TEST

/* ---- proving it again ----------------------------------------------------------- */

static const struct answer *
prove(struct client *c, const char *path, struct account *account)
{
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, "/account/prove");
	char code[8];

	ck_assert_msg(form != NULL, "%s", answer_gist(a));
	totp_code(account, code);
	html_set(form, "password", account->password);
	html_set(form, "code", code);
	return html_send(c, form);
}

/* Not fresh, with something typed: the page shows it, and the way. */
static void
expect_asked(struct client *c)
{
	const struct answer *a = client_post(
	    c, "/organisations/new", FIELDS("name", "A typed name"));

	expect_status(a, 403, "not fresh");
	ck_assert(
	    answer_has(a, "href=\"/account/prove?to=/organisations/new\""));
	ck_assert(answer_has(a, "A typed name"));
}

static void
expect_done(struct client *c)
{
	expect_status(
	    client_post(c, "/organisations/new",
		FIELDS("name", unique("Proved"), "kind", "operator", "country",
		    "BE", "sectors", "waste", "charter_signed", "2026-01-05")),
	    303, "fresh");
}

START_TEST(proving_again)
{
	struct account account;
	struct client *c, *before;
	const struct answer *a;
	char *first;

	client_free(join(SECRETARIAT, "keeper", &account));
	c = signed_in(account.email);
	before = client_copy(c);
	first = client_cookie(c, "__Host-sid");
	expect_asked(c);
	/* A wrong proof changes nothing. */
	expect_status(
	    client_post(c, "/account/prove",
		FIELDS("password", "not it at all", "code", "123456")),
	    400, "wrong");
	ck_assert_str_eq(client_cookie(c, "__Host-sid"), first);
	a = prove(c, "/account/prove?to=/organisations/new", &account);
	expect_status(a, 303, "proved");
	ck_assert_str_eq(answer_location(a), "/organisations/new");
	/* Another token from now on; the old one is worth nothing. */
	ck_assert_str_ne(client_cookie(c, "__Host-sid"), first);
	expect_out(before, "with the token from before");
	expect_done(c);
	/* For ten minutes. */
	store("UPDATE session SET proved_at = proved_at - 601000000"
	      " WHERE person = (SELECT id FROM person WHERE email = ?)",
	    account.email);
	expect_asked(c);
}
END_TEST

START_TEST(another_password)
{
	static const char new_one[] = "nine loud gates swing in april";
	struct account account;
	struct client *c = join(ENERGY, "reader", &account), *other;
	const int64_t before = records();
	struct html_form *form;
	char *old = strdup(account.password);

	other = signed_in(account.email);
	form =
	    html_form(client_get(c, "/account/password"), "/account/password");
	ck_assert_ptr_nonnull(form);
	html_set(form, "password", new_one);
	expect_status(html_send(c, form), 303, "changed");
	ck_assert_int_eq(records(), before + 1);
	expect_in(c, "who changed it");
	expect_out(other, "another session");
	expect_status(client_post(client_new(), "/sign-in",
			  FIELDS("email", account.email, "password", old)),
	    400, "the old one");
	expect_status(client_post(client_new(), "/sign-in",
			  FIELDS("email", account.email, "password", new_one)),
	    303, "the new one");
}
END_TEST

/* The secret that a page shows. */
static void
read_secret(const struct answer *a, struct account *account)
{
	const char *p = strstr(a->body, "class=\"secret\"");
	size_t n = 0;

	ck_assert_ptr_nonnull(p);
	for (p = strchr(p, '>') + 1; *p != '<'; p++)
		if (*p != ' ' && n + 1 < sizeof(account->totp))
			account->totp[n++] = *p;
	account->totp[n] = '\0';
}

START_TEST(another_factor)
{
	struct account account, old;
	struct client *c = join(ENERGY, "reader", &account), *other;
	const struct answer *a;
	struct html_form *form;
	char code[8];

	old = account;
	other = signed_in(account.email);
	a = client_get(c, "/account/factor");
	read_secret(a, &account);
	ck_assert_str_ne(account.totp, old.totp);
	ck_assert_ptr_nonnull(form = html_form(a, "/account/factor"));
	html_set(form, "code", "000000");
	expect_status(html_send(c, form), 400, "a wrong code");
	totp_code(&account, code);
	form = html_form(client_get(c, "/account/factor"), "/account/factor");
	html_set(form, "code", code);
	expect_status(html_send(c, form), 303, "the right code");
	expect_in(c, "who changed it");
	expect_out(other, "another session");
	expect_status(sign_in(client_new(), &old), 400, "the old secret");
	expect_status(sign_in(client_new(), &account), 303, "the new one");
}
END_TEST

START_TEST(new_recovery_codes)
{
	struct account account;
	struct client *c = join(ENERGY, "reader", &account),
		      *one = client_new();
	const struct answer *a;
	struct html_form *form;

	form = html_form(client_get(c, "/account"), "/account/codes");
	ck_assert_ptr_nonnull(form);
	a = html_send(c, form);
	expect_status(a, 200, "new codes");
	ck_assert_int_eq(answer_count(a, "<li><code>"), 10);
	ck_assert(!answer_has(a, account.codes[0]));
	expect_status(
	    client_post(one, "/sign-in",
		FIELDS("email", account.email, "password", account.password)),
	    303, "password");
	expect_status(
	    client_post(one, "/sign-in/code", FIELDS("code", account.codes[0])),
	    400, "an old one");
}
END_TEST

/* ---- ended by others --------------------------------------------------------------- */

static char *
person_ref(const char *email)
{
	return stored_text("SELECT ref FROM person WHERE email = ?", email);
}

/* Disabling ends the session at that instant; enabling does not revive it. */
START_TEST(disabling_a_person)
{
	struct account account;
	struct client *c = join(WATER, "reader", &account);
	char *path = textf("/people/%s", person_ref(account.email));

	expect_in(c, "before");
	expect_status(client_post(world.as[STEWARD_FRESH],
			  textf("%s/disable", path), NO_FIELDS),
	    303, "disabled");
	expect_out(c, "disabled");
	expect_status(
	    client_post(client_new(), "/sign-in",
		FIELDS("email", account.email, "password", account.password)),
	    400, "signing in");
	expect_status(client_post(world.as[STEWARD_FRESH],
			  textf("%s/enable", path), NO_FIELDS),
	    303, "enabled");
	expect_out(c, "enabled, with the old session");
	expect_status(sign_in(client_new(), &account), 303, "signs in again");
}
END_TEST

/* What a role allowed ends with it. */
START_TEST(changing_roles)
{
	struct account account;
	struct client *c = join(WATER, "publisher", &account);
	char *path = textf("/people/%s/roles", person_ref(account.email));

	expect_status(client_get(c, "/drafts"), 200, "as publisher");
	expect_status(client_post(world.as[STEWARD_FRESH], path,
			  FIELDS("roles", "signatory")),
	    303, "roles");
	expect_out(c, "with other roles");
	expect_status(client_get(signed_in(account.email), "/drafts"), 403,
	    "no longer a publisher");
}
END_TEST

/* Nobody disables themselves, the last steward, or a keeper from below. */
START_TEST(who_cannot_be_disabled)
{
	static const char *const acts[] = { "disable", "roles" };
	const int64_t before = records();
	char *self = person_ref(email_of(STEWARD_FRESH));
	char *keeper = person_ref(email_of(KEEPER));
	size_t i;

	for (i = 0; i < 2; i++) {
		expect_status(
		    client_post(world.as[STEWARD_FRESH],
			textf("/people/%s/%s", self, acts[i]), NO_FIELDS),
		    403, "oneself: %s", acts[i]);
		expect_status(
		    client_post(world.as[STEWARD_FRESH],
			textf("/people/%s/%s", keeper, acts[i]), NO_FIELDS),
		    404, "a keeper: %s", acts[i]);
	}
	ck_assert_int_eq(records(), before);
	expect_in(world.as[KEEPER], "the keeper");
}
END_TEST

/* Suspending an organisation: out, and nothing can be read; then in again. */
START_TEST(suspending_an_organisation)
{
	char *name = make_organisation("energy");
	char *path = textf("/organisations/%s", organisation_ref(name));
	char *item = textf(
	    "/advisories/%s", make_published("Suspended", "amber", "energy"));
	char *clear = textf("/advisories/%s",
	    make_published("Suspended, public", "clear", "energy"));
	struct account account;
	struct client *c = join(name, "reader", &account);

	expect_status(client_get(c, item), 200, "before");
	expect_status(
	    client_post(world.as[KEEPER_FRESH], textf("%s/suspend", path),
		FIELDS("why", "The charter was broken.")),
	    303, "suspended");
	expect_out(c, "suspended");
	expect_status(client_get(c, item), 303, "an item");
	expect_status(client_get(c, textf("%s/source", item)), 303, "source");
	ck_assert(!answer_has(client_get(c, "/advisories"), "Suspended<"));
	expect_status(client_get(c, clear), 200, "what the world may read");
	expect_status(
	    client_post(client_new(), "/sign-in",
		FIELDS("email", account.email, "password", account.password)),
	    400, "signing in");
	expect_status(client_post(world.as[KEEPER_FRESH],
			  textf("%s/reinstate", path), NO_FIELDS),
	    303, "reinstated");
	expect_out(c, "reinstated, with the old session");
	c = signed_in_fresh(&account);
	expect_status(client_get(c, item), 200, "reinstated");
}
END_TEST

/* A grant that ends closes at that instant, for whoever is in. */
START_TEST(ending_a_grant)
{
	char *name = make_organisation("energy");
	char *ref = make_published("A grant", "green", "energy");
	char *item = textf("/advisories/%s", ref);
	struct account account;
	struct client *c = join(name, "reader", &account);

	expect_status(client_get(c, item), 200, "before");
	store("UPDATE access_grant SET ended_at = 1 WHERE organisation ="
	      " (SELECT id FROM organisation WHERE name = ?)",
	    name);
	/* What it rests on ends, too, or ententectl check misses it. */
	store("UPDATE agreement SET until_at = from_at + 1"
	      " WHERE kind = 'charter' AND organisation ="
	      " (SELECT id FROM organisation WHERE name = ?)",
	    name);
	expect_status(client_get(c, item), 404, "after");
	ck_assert(!answer_has(client_get(c, "/advisories"), ref));
	ck_assert(!answer_has(client_get(c, "/today"), ref));
	ck_assert(!answer_has(client_get(c, "/advisories?q=grant"), ref));
}
END_TEST

const struct suite_test tests_session[] = {
	TEST(the_cookie),
	TEST(the_known_cookie),
	TEST(no_fixation),
	TEST(signing_out),
	TEST(signing_out_everywhere),
	TEST(ending_one_session),
	TEST(sessions_grow_old),
	TEST(proving_again),
	TEST(another_password),
	TEST(another_factor),
	TEST(new_recovery_codes),
	TEST(disabling_a_person),
	TEST(changing_roles),
	TEST(who_cannot_be_disabled),
	TEST(suspending_an_organisation),
	TEST(ending_a_grant),
	TESTS_END,
};
