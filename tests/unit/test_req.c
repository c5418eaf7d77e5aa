/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "web/req.h"

enum { VARS = 16 };

static struct arena *arena;
static const struct body no_body;

/* A good request with one variable put in place of its own, or added. */
static enum err
parse(const char *extra, struct req *req)
{
	static const char *const good[] = { "REQUEST_METHOD=GET",
		"REQUEST_URI=/advisories/1?q=a", "QUERY_STRING=q=a",
		"HTTP_HOST=Portal.Example:8443", "HTTPS=on",
		"REMOTE_ADDR=192.0.2.7", NULL };
	char *env[VARS] = { 0 };
	int n = 0;

	arena = arena_new(1024 * 1024);
	if (extra != NULL)
		env[n++] = arena_copy(arena, extra);
	for (int i = 0; good[i] != NULL; i++)
		env[n++] = arena_copy(arena, good[i]);
	return req_parse(arena, env, &no_body, req);
}

START_TEST(req_good)
{
	struct req req;

	ck_assert_int_eq(parse(NULL, &req), ERR_OK);
	ck_assert_int_eq(req.method, METHOD_GET);
	ck_assert(!req.is_head);
	ck_assert(req.is_tls);
	ck_assert_str_eq(req.path, "/advisories/1");
	ck_assert_str_eq(req.query, "q=a");
	ck_assert_str_eq(req.origin_of_us, "https://portal.example:8443");
	ck_assert_str_eq(req.address, "192.0.2.7");
	ck_assert_str_eq(req.user_agent, "");
	ck_assert_ptr_null(req.origin);
	ck_assert_ptr_null(req.fetch_site);
	ck_assert_ptr_null(req.accept_language);
	ck_assert_ptr_null(req.content_type);
	ck_assert_ptr_null(req.cookies[0].name);
	ck_assert_uint_eq(req.body.length, 0);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *uri, *path;
} paths[] = {
	{ "/", "/" },
	{ "/?", "/" },
	{ "/a/b", "/a/b" },
	{ "/a/", "/a/" },
	{ "/%61%7e", "/a~" },
	{ "/caf%C3%A9", "/caf\u00e9" },
	{ "/a%2eb", "/a.b" },
	{ "/...", "/..." },
	{ "/a%3Fb?c", "/a?b" },
	{ "/a?x=../..//", "/a" },
};

START_TEST(req_paths)
{
	struct req req;
	char extra[200];

	snprintf(extra, sizeof(extra), "REQUEST_URI=%s", paths[_i].uri);
	ck_assert_int_eq(parse(extra, &req), ERR_OK);
	ck_assert_str_eq(req.path, paths[_i].path);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *extra;
	enum err rc;
} bad[] = {
	{ "REQUEST_URI=", ERR_MALFORMED },
	{ "REQUEST_URI=a", ERR_MALFORMED },
	{ "REQUEST_URI=*", ERR_MALFORMED },
	{ "REQUEST_URI=http://x/", ERR_MALFORMED },
	{ "REQUEST_URI=//", ERR_MALFORMED },
	{ "REQUEST_URI=/a//b", ERR_MALFORMED },
	{ "REQUEST_URI=/a//", ERR_MALFORMED },
	{ "REQUEST_URI=/.", ERR_MALFORMED },
	{ "REQUEST_URI=/..", ERR_MALFORMED },
	{ "REQUEST_URI=/a/../b", ERR_MALFORMED },
	{ "REQUEST_URI=/a/./b", ERR_MALFORMED },
	{ "REQUEST_URI=/%2e%2e/b", ERR_MALFORMED },
	{ "REQUEST_URI=/a/%2E", ERR_MALFORMED },
	{ "REQUEST_URI=/a%2Fb", ERR_MALFORMED },
	{ "REQUEST_URI=/a%2fb", ERR_MALFORMED },
	{ "REQUEST_URI=/a%00", ERR_MALFORMED },
	{ "REQUEST_URI=/a%0a", ERR_MALFORMED },
	{ "REQUEST_URI=/a%7f", ERR_MALFORMED },
	{ "REQUEST_URI=/a%", ERR_MALFORMED },
	{ "REQUEST_URI=/a%4", ERR_MALFORMED },
	{ "REQUEST_URI=/a%4g", ERR_MALFORMED },
	{ "REQUEST_URI=/%ff", ERR_MALFORMED },
	{ "REQUEST_URI=/%c0%af", ERR_MALFORMED },
	{ "REQUEST_URI=/%ed%a0%80", ERR_MALFORMED },
	{ "REQUEST_URI=/%e2%80%ae", ERR_MALFORMED },
	{ "REQUEST_URI=/a b", ERR_MALFORMED },
	{ "REQUEST_URI=/a\\b", ERR_MALFORMED },
	{ "REQUEST_URI=/caf\xc3\xa9", ERR_MALFORMED },
	{ "REQUEST_URI=/a#b", ERR_MALFORMED },
	{ "REQUEST_URI=/<b>", ERR_MALFORMED },
	{ "REQUEST_METHOD=PUT", ERR_METHOD },
	{ "REQUEST_METHOD=get", ERR_METHOD },
	{ "REQUEST_METHOD=", ERR_METHOD },
	{ "REQUEST_METHOD=TRACE", ERR_METHOD },
	{ "QUERY_STRING=a\nb", ERR_MALFORMED },
	{ "QUERY_STRING=\xff", ERR_MALFORMED },
	{ "HTTP_HOST=", ERR_MALFORMED },
	{ "HTTP_HOST=a b", ERR_MALFORMED },
	{ "HTTP_HOST=a/b", ERR_MALFORMED },
	{ "HTTP_HOST=a@b", ERR_MALFORMED },
	{ "HTTP_HOST=a:", ERR_MALFORMED },
	{ "HTTP_HOST=a:8x", ERR_MALFORMED },
	{ "HTTP_HOST=a:123456", ERR_MALFORMED },
	{ "HTTP_HOST=:80", ERR_MALFORMED },
	{ "HTTP_HOST=[::1", ERR_MALFORMED },
	{ "HTTP_HOST=[]", ERR_MALFORMED },
	{ "HTTP_HOST=a,b", ERR_MALFORMED },
	{ "CONTENT_LENGTH=5", ERR_MALFORMED }, /* of a GET */
	{ "CONTENT_LENGTH=-1", ERR_MALFORMED },
	{ "CONTENT_LENGTH=+1", ERR_MALFORMED },
	{ "CONTENT_LENGTH=01", ERR_MALFORMED },
	{ "CONTENT_LENGTH=1 ", ERR_MALFORMED },
	{ "CONTENT_LENGTH=0x1", ERR_MALFORMED },
	{ "CONTENT_LENGTH=99999999999999999999", ERR_MALFORMED },
	{ "HTTP_ORIGIN=http://a\r\nX: y", ERR_MALFORMED },
	{ "HTTP_ACCEPT_LANGUAGE=\x01", ERR_MALFORMED },
	{ "CONTENT_TYPE=\xc3\xa9", ERR_MALFORMED },
};

START_TEST(req_bad)
{
	struct req req;

	ck_assert_int_eq(parse(bad[_i].extra, &req), bad[_i].rc);
	/* Still fit for an error page. */
	ck_assert_ptr_nonnull(req.path);
	ck_assert_int_eq(req.path[0], '/');
	ck_assert_ptr_nonnull(req.query);
	ck_assert_ptr_nonnull(req.cookies);
	ck_assert_ptr_nonnull(req.origin_of_us);
	ck_assert_ptr_eq(req.arena, arena);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *name;
	int max;
} sizes[] = {
	{ "REQUEST_URI=/", REQ_PATH_MAX - 1 },
	{ "QUERY_STRING=", REQ_QUERY_MAX },
	{ "HTTP_COOKIE=a=", REQ_COOKIE_MAX - 2 },
};

START_TEST(req_sizes)
{
	struct req req;
	char extra[5000];
	int len = (int)strlen(sizes[_i].name);

	for (int more = 0; more <= 1; more++) {
		memset(extra, 'x', sizeof(extra));
		memcpy(extra, sizes[_i].name, (size_t)len);
		extra[len + sizes[_i].max + more] = '\0';
		ck_assert_int_eq(
		    parse(extra, &req), more ? ERR_TOO_LARGE : ERR_OK);
		arena_free(arena);
	}
}
END_TEST

START_TEST(req_headers)
{
	struct req req;
	char agent[400] = "HTTP_USER_AGENT=a\xc3\xa9\n";

	memset(agent + 20, 'x', 300);
	ck_assert_int_eq(parse(agent, &req), ERR_OK);
	ck_assert_uint_eq(strlen(req.user_agent), 200);
	ck_assert_int_eq(strncmp(req.user_agent, "a???x", 5), 0);
	arena_free(arena);
	ck_assert_int_eq(parse("REQUEST_METHOD=HEAD", &req), ERR_OK);
	ck_assert(req.is_head);
	ck_assert_int_eq(req.method, METHOD_GET);
	arena_free(arena);
	ck_assert_int_eq(parse("HTTPS=", &req), ERR_OK);
	ck_assert(!req.is_tls);
	ck_assert_str_eq(req.origin_of_us, "http://portal.example:8443");
	arena_free(arena);
	ck_assert_int_eq(parse("HTTP_HOST=[::1]:80", &req), ERR_OK);
	ck_assert_str_eq(req.origin_of_us, "https://[::1]:80");
	arena_free(arena);
	ck_assert_int_eq(
	    parse("HTTP_SEC_PURPOSE=prefetch;prerender", &req), ERR_OK);
	ck_assert(req.is_prefetch);
	arena_free(arena);
	ck_assert_int_eq(
	    parse("HTTP_SEC_FETCH_SITE=same-origin", &req), ERR_OK);
	ck_assert_str_eq(req.fetch_site, "same-origin");
	ck_assert(!req.is_prefetch);
	arena_free(arena);
	ck_assert_int_eq(
	    parse("HTTP_IF_NONE_MATCH=\"a\", W/\"b\"", &req), ERR_OK);
	ck_assert_str_eq(req.if_none_match, "\"a\", W/\"b\"");
	arena_free(arena);
	/* Too much of it is as none. */
	memcpy(agent, "HTTP_IF_NONE_MATCH=\"", 20);
	ck_assert_int_eq(parse(agent, &req), ERR_OK);
	arena_free(arena);
	/* A name that only starts like another is not that. */
	ck_assert_int_eq(parse("HTTP_ORIGINAL=x", &req), ERR_OK);
	ck_assert_ptr_null(req.origin);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *text;
	int count; /* -1 is ERR_MALFORMED */
	const char *first;
} cookies[] = {
	{ "", 0, NULL },
	{ "a=b", 1, "b" },
	{ "a=b; c=d", 2, "b" },
	{ "a=", 1, "" },
	{ "a=\"b\"", 1, "b" },
	{ "a=\"\"", 1, "" },
	{ "a=b=c", 1, "b=c" },
	{ "__Host-sid=AA-_; b=1", 2, "AA-_" },
	{ "a", -1, NULL },
	{ "=b", -1, NULL },
	{ "a=b;c=d", -1, NULL },
	{ "a=b; ", -1, NULL },
	{ "a=b;", -1, NULL },
	{ "a=b,c", -1, NULL },
	{ "a=b c", -1, NULL },
	{ "a=\"b", -1, NULL },
	{ "a=b\"", -1, NULL },
	{ "a=\"b\"c", -1, NULL },
	{ "a b=c", -1, NULL },
	{ "a=\\", -1, NULL },
	{ "a=\x7f", -1, NULL },
	{ "a=\xc3\xa9", -1, NULL },
	{ " a=b", -1, NULL },
	{ "a=b; ; c=d", -1, NULL },
};

START_TEST(cookies_parse)
{
	struct pair *pairs;
	int n = 0;
	enum err rc;

	arena = arena_new(100000);
	rc = cookie_parse(arena, cookies[_i].text, &pairs);
	if (cookies[_i].count < 0) {
		ck_assert_int_eq(rc, ERR_MALFORMED);
		ck_assert_ptr_null(pairs);
	} else {
		ck_assert_int_eq(rc, ERR_OK);
		while (pairs[n].name != NULL)
			n++;
		ck_assert_int_eq(n, cookies[_i].count);
		ck_assert_pstr_eq(pairs[0].value, cookies[_i].first);
	}
	arena_free(arena);
}
END_TEST

START_TEST(cookies_many)
{
	char text[REQ_COOKIES_MAX * 5 + 10] = "";
	struct pair *pairs;
	struct req req;
	size_t n = 0;

	arena = arena_new(100000);
	for (int i = 0; i < REQ_COOKIES_MAX; i++)
		n += (size_t)snprintf(
		    text + n, sizeof(text) - n, "%sa=1", i ? "; " : "");
	ck_assert_int_eq(cookie_parse(arena, text, &pairs), ERR_OK);
	snprintf(text + n, sizeof(text) - n, "; b=2");
	ck_assert_int_eq(cookie_parse(arena, text, &pairs), ERR_TOO_LARGE);
	arena_free(arena);

	ck_assert_int_eq(parse("HTTP_COOKIE=a=1; b=2; a=3", &req), ERR_OK);
	ck_assert_ptr_null(req_cookie(&req, "a"));
	ck_assert_str_eq(req_cookie(&req, "b"), "2");
	ck_assert_ptr_null(req_cookie(&req, "c"));
	arena_free(arena);
}
END_TEST

/* Another program's cookies on the same host must not hide ours. */
START_TEST(cookies_strange)
{
	struct req req;

	ck_assert_int_eq(
	    parse("HTTP_COOKIE=prefs={\"a\":1}; a; =x; b=2; c=\"", &req),
	    ERR_OK);
	ck_assert_str_eq(req_cookie(&req, "b"), "2");
	ck_assert_ptr_null(req_cookie(&req, "prefs"));
	ck_assert_ptr_null(req.cookies[1].name);
	arena_free(arena);
}
END_TEST

UNIT_MAIN("req", UNIT(req_good), UNIT_ROWS(req_paths, paths),
    UNIT_ROWS(req_bad, bad), UNIT_ROWS(req_sizes, sizes), UNIT(req_headers),
    UNIT_ROWS(cookies_parse, cookies), UNIT(cookies_many),
    UNIT(cookies_strange))
