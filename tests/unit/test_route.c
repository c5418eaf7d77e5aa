/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "web/route.h"

enum { A, B, C, D, E, F, G, NONE };

static const struct route routes[] = {
	[A] = { METHOD_GET, "/", 0, NULL, NULL, NULL },
	[B] = { METHOD_GET, "/advisories/{ref}", 0, NULL, NULL, NULL },
	[C] = { METHOD_GET, "/advisories/new", 0, NULL, NULL, NULL },
	[D] = { METHOD_POST, "/advisories/{ref}/publish", 0, NULL, NULL, NULL },
	[E] = { METHOD_POST, "/advisories/{ref}", 0, NULL, NULL, NULL },
	[F] = { METHOD_GET, "/circles/{a}/people/{b}", 0, NULL, NULL, NULL },
	[G] = { METHOD_GET, "/circles/mine/people/{b}", 0, NULL, NULL, NULL },
	{ METHOD_GET, NULL, 0, NULL, NULL, NULL },
};

static const struct {
	enum method method;
	const char *path;
	enum err rc;
	int row;
	const char *first, *second;
} cases[] = {
	{ METHOD_GET, "/", ERR_OK, A, NULL, NULL },
	{ METHOD_POST, "/", ERR_METHOD, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/ENT-2026_0042.x", ERR_OK, B,
	    "ENT-2026_0042.x", NULL },
	{ METHOD_GET, "/advisories/new", ERR_OK, C, NULL, NULL },
	{ METHOD_GET, "/advisories/news", ERR_OK, B, "news", NULL },
	/* The literal row has the path, with another method. */
	{ METHOD_POST, "/advisories/new", ERR_METHOD, NONE, NULL, NULL },
	{ METHOD_POST, "/advisories/x", ERR_OK, E, "x", NULL },
	{ METHOD_POST, "/advisories/x/publish", ERR_OK, D, "x", NULL },
	{ METHOD_GET, "/advisories/x/publish", ERR_METHOD, NONE, NULL, NULL },
	{ METHOD_GET, "/circles/3/people/7", ERR_OK, F, "3", "7" },
	{ METHOD_GET, "/circles/mine/people/7", ERR_OK, G, "7", NULL },
	{ METHOD_GET, "/advisories", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/x/", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/x/y", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisorie/x", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/Advisories/x", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/a b", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/a'b", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/\u00e9", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "/advisories/{ref}", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "", ERR_NOT_FOUND, NONE, NULL, NULL },
	{ METHOD_GET, "x", ERR_NOT_FOUND, NONE, NULL, NULL },
};

START_TEST(route_rows)
{
	struct arena *arena = arena_new(100000);
	struct route_match m;
	enum err rc;

	rc = route_find(arena, routes, cases[_i].method, cases[_i].path, &m);
	ck_assert_int_eq(rc, cases[_i].rc);
	if (rc == ERR_OK)
		ck_assert_ptr_eq(m.route, &routes[cases[_i].row]);
	else
		ck_assert_ptr_null(m.route);
	ck_assert_pstr_eq(m.param[0], cases[_i].first);
	ck_assert_pstr_eq(m.param[1], cases[_i].second);
	arena_free(arena);
}
END_TEST

START_TEST(route_long)
{
	struct arena *arena = arena_new(100000);
	struct route_match m;
	char path[200] = "/advisories/";

	memset(path + 12, 'x', ROUTE_PARAM_MAX + 1);
	ck_assert_int_eq(
	    route_find(arena, routes, METHOD_GET, path, &m), ERR_NOT_FOUND);
	path[12 + ROUTE_PARAM_MAX] = '\0';
	ck_assert_int_eq(
	    route_find(arena, routes, METHOD_GET, path, &m), ERR_OK);
	arena_free(arena);
}
END_TEST

UNIT_MAIN("route", UNIT_ROWS(route_rows, cases), UNIT(route_long))
