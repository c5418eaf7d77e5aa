/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every route × every kind of person, against matrix.tsv; that no route is
 * missing there; and what a POST needs besides the right person: its token,
 * and that it comes from our own pages.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matrix.h"
#include "page/routes.h"
#include "suites.h"

/* ---- the walk ----------------------------------------------------------- */

/* `*` in what is wanted stands for one segment. */
static bool
fits(const char *want, const char *is)
{
	for (; *want != '\0'; want++) {
		if (*want == '*') {
			if (*is == '\0' || *is == '/')
				return false;
			is += strcspn(is, "/?");
		} else if (*want != *is++) {
			return false;
		}
	}
	return *is == '\0';
}

static char *
wanted_location(const struct matrix_row *row, const char *want)
{
	char *text;

	if (strcmp(want, "in") == 0)
		return textf("/sign-in?to=%s", matrix_path(row));
	text = matrix_fill(row, strchr(want, ':') + 1);
	if (strncmp(want, "prove:", 6) == 0)
		return textf("/account/prove?to=%s%s", text,
		    strcmp(row->method, "POST") == 0 ? "%3Fdone%3Dproved" : "");
	return text;
}

/* A 403 that says what to do first. */
static bool
is_asked(const struct matrix_row *row, const char *want, const struct answer *a)
{
	char *way = textf("href=\"/account/prove?to=%s\"",
	    matrix_fill(row, strchr(want, ':') + 1));

	return a->status == 403 && answer_has(a, way);
}

static int
wanted_status(const char *want)
{
	return isdigit((unsigned char)*want) ? (int)strtol(want, NULL, 10)
					     : 303;
}

/* NULL, or what is wrong. */
static char *
judge(const struct matrix_row *row, enum who who, const struct answer *a)
{
	const char *want = row->want[who], *location = "";
	const int status = wanted_status(want);

	if (strncmp(want, "ask:", 4) == 0 && is_asked(row, want, a))
		return NULL;
	if (status == 303)
		location = wanted_location(row, want);
	if (a->status == status && fits(location, answer_location(a)))
		return NULL;
	return textf("\n  %s: %d %s instead of %s %s", who_names[who],
	    a->status, answer_location(a), want, location);
}

static struct client *
who_asks(const struct matrix_row *row, enum who who)
{
	if (row->is_own_person)
		return somebody_else(who);
	if (row->is_own_fresh)
		return matrix_client(row, who);
	return row->is_own_session ? another(who) : world.as[who];
}

START_TEST(every_route_and_person)
{
	struct matrix_row *row = matrix_row(_i);
	char *faults = strdup(""), *fault;
	enum who who;

	matrix_make(row);
	for (who = 0; who < WHO__MAX; who++) {
		const struct answer *a = matrix_ask(row, who_asks(row, who));

		expect_discreet(a, row->path);
		if ((fault = judge(row, who, a)) != NULL)
			faults = textf("%s%s", faults, fault);
		if (a->status < 400 && matrix_is_let_in(row->want[who]))
			matrix_make_again(row);
	}
	ck_assert_msg(faults[0] == '\0', "matrix.tsv:%d: %s %s%s", row->line,
	    row->method, row->path, faults);
}
END_TEST

/* ---- nothing is left out -------------------------------------------------- */

static const char *const methods[METHOD__MAX] = {
	[METHOD_GET] = "GET", [METHOD_POST] = "POST"
};

/* A row for it, and one where somebody is let in. */
static void
find_row(const struct route *route)
{
	const int n = matrix_count();
	bool is_there = false, is_let_in = false;
	int i;

	for (i = 0; i < n; i++) {
		const struct matrix_row *row = matrix_row(i);
		enum who who;

		if (strcmp(row->path, route->pattern) != 0 ||
		    strcmp(row->method, methods[route->method]) != 0)
			continue;
		is_there = true;
		for (who = 0; who < WHO__MAX; who++)
			is_let_in |= matrix_is_let_in(row->want[who]);
	}
	ck_assert_msg(is_there, "matrix.tsv lacks %s %s",
	    methods[route->method], route->pattern);
	ck_assert_msg(is_let_in, "matrix.tsv lets nobody in: %s %s",
	    methods[route->method], route->pattern);
}

static bool
has_route(const struct route *routes, const char *method, const char *pattern)
{
	for (; routes->pattern != NULL; routes++)
		if (strcmp(routes->pattern, pattern) == 0 &&
		    strcmp(methods[routes->method], method) == 0)
			return true;
	return false;
}

START_TEST(every_route_is_in_the_matrix)
{
	const struct route *r;

	for (r = portal_routes; r->pattern != NULL; r++)
		find_row(r);
	for (r = login_routes; r->pattern != NULL; r++)
		find_row(r);
}
END_TEST

START_TEST(every_row_is_a_route)
{
	const struct matrix_row *row = matrix_row(_i);

	ck_assert_msg(has_route(portal_routes, row->method, row->path) ||
		has_route(login_routes, row->method, row->path),
	    "matrix.tsv:%d: there is no %s %s", row->line, row->method,
	    row->path);
}
END_TEST

/* ---- what a POST needs ----------------------------------------------------- */

/* The first kind of person that the row lets in. */
static bool
who_is_let_in(const struct matrix_row *row, enum who *who)
{
	for (*who = 0; *who < WHO__MAX; (*who)++)
		if (matrix_is_let_in(row->want[*who]))
			return true;
	return false;
}

enum token { RIGHT, WRONG, OF_ANOTHER, NONE };

static const struct {
	enum token token;
	const char *site;
	const char *origin;
} refused[] = {
	{ WRONG, "same-origin", NULL },
	{ OF_ANOTHER, "same-origin", NULL },
	{ NONE, "same-origin", NULL },
	{ WRONG, NULL, NULL },
	{ RIGHT, "cross-site", NULL },
	{ RIGHT, "same-site", NULL },
	{ RIGHT, "none", NULL },
	{ RIGHT, "same-origin", "https://evil.example" },
	{ RIGHT, NULL, "null" },
	{ RIGHT, NULL, "http://localhost" },
};

static void
set_token(struct client *c, enum token token)
{
	char other[CLIENT_TOKEN];

	(void)client_csrf(c);
	switch (token) {
	case RIGHT:
		return;
	case WRONG:
		client_once(other);
		break;
	case OF_ANOTHER:
		memcpy(other, client_csrf(world.as[STEWARD]), CLIENT_TOKEN);
		if (strcmp(other, c->csrf) == 0)
			memcpy(
			    other, client_csrf(world.as[KEEPER]), CLIENT_TOKEN);
		break;
	case NONE:
		/* A token of no letters: client_post() would read one. */
		memcpy(other, " ", 2);
		break;
	}
	memcpy(c->csrf, other, CLIENT_TOKEN);
}

START_TEST(post_needs_token_and_site)
{
	struct matrix_row *row = matrix_post_row(_i);
	struct client *c, *asks;
	char *before, *after, *fault;
	enum who who;
	size_t i;

	ck_assert(who_is_let_in(row, &who));
	matrix_make(row);
	asks = who_asks(row, who);
	(void)client_csrf(asks);
	before = stored_state();
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		c = client_copy(asks);
		set_token(c, refused[i].token);
		c->site = refused[i].site;
		c->origin = refused[i].origin;
		expect_status(
		    matrix_ask(row, c), 403, "%s, refusal %zu", row->path, i);
		client_free(c);
	}
	after = stored_state();
	ck_assert_str_eq(after, before);
	/* A browser that says neither where it comes from is let in. */
	c = client_copy(asks);
	c->site = c->origin = NULL;
	fault = judge(row, who, matrix_ask(row, c));
	ck_assert_msg(
	    fault == NULL, "%s, no Sec-Fetch-Site: %s", row->path, fault);
}
END_TEST

/* 405, and what is taken instead (RFC 9110 §15.5.6). */
static void
expect_method(const struct answer *a, const char *allow, const char *what)
{
	char *is = answer_header(a, "Allow", 0);

	expect_status(a, 405, "%s", what);
	ck_assert_msg(is != NULL, "%s: 405 without Allow", what);
	ck_assert_msg(strstr(is, allow) != NULL, "%s: Allow: %s", what, is);
	expect_discreet(a, what);
}

static bool
any_route(const char *method, const char *pattern)
{
	return has_route(portal_routes, method, pattern) ||
	    has_route(login_routes, method, pattern);
}

START_TEST(other_methods_are_refused)
{
	static const char *const others[] = { "PUT", "DELETE", "PATCH",
		"OPTIONS", "TRACE" };
	struct matrix_row *row = matrix_row(_i);
	char *before, *after, *path;
	enum who who;
	size_t i;

	if (!who_is_let_in(row, &who))
		who = PUBLISHER;
	matrix_make(row);
	path = matrix_path(row);
	before = stored_state();
	if (!any_route("GET", row->path)) {
		expect_method(client_get(world.as[who], path), "POST", path);
		expect_method(
		    client_get(world.as[VISITOR], path), "POST", path);
		expect_status(
		    client_head(world.as[who], path), 405, "%s", path);
	}
	if (!any_route("POST", row->path))
		expect_method(
		    client_post(world.as[who], path, NO_FIELDS), "GET", path);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		expect_status(
		    client_send(world.as[who], others[i], path, NULL, NULL, 0),
		    405, "%s %s", others[i], path);
	after = stored_state();
	ck_assert_str_eq(after, before);
}
END_TEST

const struct suite_test tests_matrix[] = {
	TEST(every_route_is_in_the_matrix),
	TEST_COUNTED(every_row_is_a_route, matrix_count),
	TEST_COUNTED(every_route_and_person, matrix_count),
	TEST_COUNTED(post_needs_token_and_site, matrix_post_count),
	TEST_COUNTED(other_methods_are_refused, matrix_count),
	TESTS_END,
};
