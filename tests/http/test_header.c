/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers of pages, of nginx's own answers, of downloads and static files;
 * HEAD, hosts, TLS; and that looking at pages changes nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matrix.h"
#include "suites.h"

static const struct {
	const char *name, *value;
} always[] = {
	{ "Content-Security-Policy",
	    "default-src 'none'; script-src 'self'; style-src 'self'; "
	    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
	    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
	    "object-src 'none'; require-trusted-types-for 'script'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Cache-Control", "no-store" },
	{ "Content-Type", "text/html; charset=utf-8" },
	{ "Server", "nginx" },
};

static void
expect_header(const struct answer *a, const char *name, const char *value,
    const char *what)
{
	char *is = answer_header(a, name, 0);

	ck_assert_msg(is != NULL, "%s: no %s", what, name);
	ck_assert_msg(strcmp(is, value) == 0, "%s: %s is %s", what, name, is);
	ck_assert_msg(
	    answer_header(a, name, 1) == NULL, "%s: two of %s", what, name);
	free(is);
}

static void
expect_page_headers(const struct answer *a, const char *what)
{
	char *vary = textf(
	    "%s, %s", answer_header(a, "Vary", 0), answer_header(a, "Vary", 1));
	size_t i;

	for (i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		expect_header(a, always[i].name, always[i].value, what);
	ck_assert_msg(strstr(vary, "Cookie") != NULL &&
		strstr(vary, "Accept-Language") != NULL,
	    "%s: %s", what, vary);
	ck_assert_ptr_nonnull(answer_header(a, "Permissions-Policy", 0));
	ck_assert_ptr_nonnull(answer_header(a, "Content-Language", 0));
	ck_assert_ptr_null(answer_header(a, "X-Accel-Redirect", 0));
	ck_assert_ptr_null(answer_header(a, "Strict-Transport-Security", 0));
}

/* Nothing that the policy would stop, or that needs more than it allows. */
static void
expect_markup(const struct answer *a, const char *what)
{
	static const char *const never[] = { " style=", "<style",
		" onclick=", " onload=", " onsubmit=", " onerror=",
		"javascript:", "<script>", "http-equiv", "<iframe", "<base",
		"<?cs" };
	size_t i;

	for (i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		ck_assert_msg(
		    !answer_has(a, never[i]), "%s has %s", what, never[i]);
	ck_assert_msg(strncmp(a->body + strspn(a->body, "\n"),
			  "<!doctype html>", 15) == 0,
	    "%s begins with %.40s", what, a->body);
	ck_assert_int_eq(answer_count(a, "<h1"), 1);
	ck_assert_int_eq(answer_count(a, "<main"), 1);
	ck_assert_int_eq(answer_count(a, "<title>"), 1);
	ck_assert(answer_has(a, "</html>"));
	ck_assert_msg(!answer_has(a, "<title> ·"), "%s has no title", what);
}

/* Every page, as each of those who get it. */
START_TEST(every_page)
{
	struct matrix_row *row = matrix_get_row(_i);
	const struct answer *a;
	struct client *c;
	char *before, *path;
	enum who who;

	matrix_make(row);
	path = matrix_path(row);
	for (who = 0; who < WHO__MAX; who++) {
		if (strcmp(row->want[who], "200") != 0 || !matrix_is_page(row))
			continue;
		c = matrix_client(row, who);
		before = stored_state();
		a = client_get(c, path);
		expect_status(a, 200, "%s as %s", path, who_names[who]);
		expect_page_headers(a, path);
		expect_markup(a, path);
		/* Names of things, never of what they are made of. */
		expect_discreet(a, path);
		/* Looking is free. */
		ck_assert_str_eq(stored_state(), before);
	}
}
END_TEST

START_TEST(pages_of_failure)
{
	static const struct {
		enum who who;
		int status;
		const char *path;
	} failures[] = { { VISITOR, 404, "/nothing" },
		{ READER, 404, "/nothing" },
		{ READER, 404, "/advisories/ENT-1999-0001" },
		{ READER, 403, "/drafts" }, { READER, 405, "/sign-out" },
		{ VISITOR, 405, "/language" }, { READER, 400, "/today?x=1" },
		{ VISITOR, 400, "/advisories?before=x" },
		{ READER, 404, "/account/nothing" },
		{ VISITOR, 404, "/sign-in/nothing" } };
	size_t i;

	for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		const struct answer *a =
		    client_get(world.as[failures[i].who], failures[i].path);

		expect_status(a, failures[i].status, "%s", failures[i].path);
		expect_page_headers(a, failures[i].path);
		expect_markup(a, failures[i].path);
	}
}
END_TEST

/* Where a redirection goes; it is kept by nobody. */
START_TEST(redirections)
{
	const struct answer *a = client_get(world.as[VISITOR], "/today");

	expect_status(a, 303, "to sign-in");
	expect_header(a, "Cache-Control", "no-store", "303");
	expect_header(a, "Content-Security-Policy", always[0].value, "303");
	expect_header(a, "Location", "/sign-in?to=/today", "303");
}
END_TEST

/* ---- nginx's own ----------------------------------------------------------- */

static void
expect_nginx_page(const struct answer *a, int status)
{
	char *policy = answer_header(a, "Content-Security-Policy", 0);

	expect_status(a, status, "nginx's page");
	expect_header(a, "X-Content-Type-Options", "nosniff", "nginx");
	expect_header(a, "Cache-Control", "no-store", "nginx");
	expect_header(a, "Server", "nginx", "nginx");
	ck_assert_ptr_nonnull(policy);
	ck_assert(strstr(policy, "default-src 'none'") != NULL);
	ck_assert(strstr(policy, "frame-ancestors 'none'") != NULL);
	/* Ours, in both languages; not the one that names its version. */
	ck_assert(!answer_has(a, "<center>"));
	ck_assert(answer_has(a, "lang=\"fr\""));
	ck_assert(answer_has(a, "<h1"));
	ck_assert_ptr_null(answer_header(a, "Set-Cookie", 0));
}

START_TEST(nginx_pages)
{
	struct client *c = client_new();
	char *body = malloc(100 * 1024);
	const struct answer *a;

	ck_assert_ptr_nonnull(body);
	memset(body, 'a', 100 * 1024);
	expect_nginx_page(client_get(c, "/static/nothing.css"), 404);
	a = client_get(c, "/static/"); /* no list of what is there */
	expect_nginx_page(a, a->status == 403 ? 403 : 404);
	expect_nginx_page(client_get(c, "/error/404.html"), 404);
	expect_nginx_page(
	    client_send(c, "POST", "/sign-in",
		"application/x-www-form-urlencoded", body, 100 * 1024),
	    413);
	expect_nginx_page(client_send(c, "TRACE", "/", NULL, NULL, 0), 405);
}
END_TEST

START_TEST(static_files)
{
	static const char *const files[] = { "/static/entente.css",
		"/static/entente.js", "/static/upload.js", "/static/bundle.js",
		"/static/print.css", "/static/favicon.svg" };
	static const char *const types[] = { "text/css", "javascript",
		"javascript", "javascript", "text/css", "image/svg+xml" };
	struct client *c = client_new();
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const struct answer *a = client_get(c, files[i]);

		expect_status(a, 200, "%s", files[i]);
		expect_header(a, "X-Content-Type-Options", "nosniff", files[i]);
		ck_assert_msg(strstr(answer_header(a, "Content-Type", 0),
				  types[i]) != NULL,
		    "%s", files[i]);
		ck_assert_ptr_nonnull(answer_header(a, "ETag", 0));
		ck_assert(strstr(answer_header(a, "Cache-Control", 0),
			      "public") != NULL);
		ck_assert_ptr_null(answer_header(a, "Set-Cookie", 0));
		ck_assert_uint_gt(a->len, 0);
	}
	expect_header(client_get(c, "/static/entente.css?v=1"), "Cache-Control",
	    "public, max-age=31536000, immutable", "?v=");
	expect_status(client_get(c, "/robots.txt"), 200, "robots.txt");
}
END_TEST

/* What an auditor fetches of the log: keys may change, so none is immutable. */
START_TEST(log_files)
{
	static const struct {
		const char *path, *cache;
	} files[] = {
		{ "/log/checkpoint", "public, max-age=2" },
		{ "/log/log-key.txt", "public, max-age=300" },
		{ "/log/bundle-key.pub", "public, max-age=300" },
	};
	struct client *c = client_new();
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const struct answer *a = client_get(c, files[i].path);

		expect_status(a, 200, "%s", files[i].path);
		expect_header(
		    a, "Cache-Control", files[i].cache, files[i].path);
		expect_header(a, "Content-Type", "text/plain; charset=utf-8",
		    files[i].path);
	}
}
END_TEST

/* All that a page refers to is there. */
START_TEST(what_pages_refer_to)
{
	static const char *const marks[] = { " src=\"/", " href=\"/static/" };
	const struct answer *page = client_get(world.as[READER], "/today");
	size_t i;

	for (i = 0; i < 2; i++) {
		const char *p = page->body;

		while ((p = strstr(p, marks[i])) != NULL) {
			p = strchr(p, '"') + 1;
			expect_status(client_get(world.as[READER],
					  html_text(p, strcspn(p, "\"?"))),
			    200, "%.40s", p);
		}
	}
}
END_TEST

/* ---- downloads ----------------------------------------------------------------- */

START_TEST(a_download)
{
	char *id = unique("header");
	char *document = csaf_document(id, "A download", "Its bytes.");
	char *ref = make_imported(id, "A download", "clear", "energy"), *is;
	struct client *c = client_new();
	const struct answer *a;

	/* make_imported() has another text: the very same bytes. */
	document = csaf_document(id, "A download", "A text of it.");
	a = client_get(c, textf("/advisories/%s/source", ref));
	expect_status(a, 200, "download");
	ck_assert_str_eq(a->body, document);
	expect_header(a, "X-Content-Type-Options", "nosniff", "download");
	expect_header(a, "Content-Disposition",
	    textf("attachment; filename=\"%s.json\"; "
		  "filename*=UTF-8''%s.json",
		ref, ref),
	    "download");
	expect_header(
	    a, "Content-Length", textf("%zu", strlen(document)), "download");
	ck_assert_ptr_null(answer_header(a, "X-Accel-Redirect", 0));
	ck_assert(strstr(answer_header(a, "Content-Security-Policy", 0),
		      "sandbox") != NULL ||
	    strstr(a->head, "Content-Security-Policy: sandbox") != NULL);
	is = answer_header(a, "Content-Type", 0);
	ck_assert(strstr(is, "html") == NULL);
	/* Members' files are kept by nobody. */
	is = answer_header(a, "Cache-Control", 0);
	ck_assert_msg(is != NULL && strstr(is, "no-store") != NULL, "%s", is);
}
END_TEST

/* A blob's own address is nobody's. */
START_TEST(no_way_around_the_guard)
{
	char *sha = stored_text("SELECT sha256 FROM blob LIMIT 1", NULL);
	struct client *c = world.as[PUBLISHER];
	const char *const paths[] = { textf("/blobs/%.2s/%s", sha, sha),
		"/blobs/", "/blobs/../portal.db", "/data/portal.db",
		"/blobs/..%2fportal.db", "/static/../../run/accounts.txt",
		"/static/..%2f..%2fMakefile", "/static../Makefile",
		"/error/../Makefile" };
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct answer *a = client_get(c, paths[i]);

		ck_assert_msg(a->status == 404 || a->status == 400, "%s: %s",
		    paths[i], answer_gist(a));
		ck_assert(!answer_has(a, "SQLite format"));
		ck_assert(!answer_has(a, "csaf_version"));
		ck_assert(!answer_has(a, "ententectl"));
	}
}
END_TEST

/* ---- HEAD, prefetch, hosts, TLS --------------------------------------------------- */

START_TEST(head_is_get_without_body)
{
	static const char *const paths[] = { "/", "/advisories", "/nothing",
		"/static/entente.css", "/sign-in" };
	struct client *c = world.as[VISITOR];
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct answer *get = client_get(c, paths[i]);
		const struct answer *head = client_head(c, paths[i]);

		ck_assert_int_eq(head->status, get->status);
		ck_assert_uint_eq(head->len, 0);
		ck_assert_str_eq(answer_header(head, "Content-Type", 0),
		    answer_header(get, "Content-Type", 0));
		ck_assert_str_eq(answer_header(head, "Cache-Control", 0),
		    answer_header(get, "Cache-Control", 0));
	}
}
END_TEST

static int64_t
readings(const char *ref)
{
	return stored_int("SELECT COUNT(*) FROM reading r JOIN advisory a"
			  " ON a.id = r.advisory WHERE a.ref = ?",
	    ref);
}

/* Whoever has not seen it is not said to have read it. */
START_TEST(only_a_look_is_a_reading)
{
	char *ref = make_published("A reading", "green", "energy");
	char *path = textf("/advisories/%s", ref);
	struct client *c = client_copy(world.as[READER]);
	const int64_t own = readings(ref);

	expect_status(client_head(c, path), 200, "HEAD");
	c->header = "Sec-Purpose: prefetch;prerender";
	expect_status(client_get(c, path), 200, "prefetch");
	c->header = "Purpose: prefetch";
	expect_status(client_get(c, path), 200, "prefetch");
	ck_assert_int_eq(readings(ref), own);
	ck_assert(answer_has(client_get(c, "/advisories?show=unread"), ref));
	c->header = NULL;
	expect_status(client_get(c, path), 200, "a look");
	expect_status(client_get(c, path), 200, "another");
	ck_assert_int_eq(readings(ref), own + 1);
	ck_assert(!answer_has(client_get(c, "/advisories?show=unread"), ref));
}
END_TEST

/* Nobody is answered who asks for another name. */
START_TEST(unknown_hosts)
{
	static const char *const hosts[] = { "evil.example", "localhost.evil",
		"127.0.0.2", "" };
	struct client *c = client_new();
	size_t i;

	for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		c->header = textf("Host: %s", hosts[i]);
		if (hosts[i][0] == '\0')
			c->header = "Host;";
		ck_assert_msg(client_get(c, "/")->status == 0 ||
			client_get(c, "/")->status == 400,
		    "%s is answered", c->header);
	}
	c->header = "Host: localhost";
	expect_status(client_get(c, "/"), 200, "our own");
	/* What is forwarded by nobody says nothing. */
	c->header = "X-Forwarded-Host: evil.example";
	ck_assert(!answer_has(client_get(c, "/"), "evil.example"));
}
END_TEST

/* An invitation's link has an origin that the configuration names. */
START_TEST(links_are_ours)
{
	struct client *c = client_copy(world.as[STEWARD_FRESH]);
	const struct answer *a;

	c->header = "X-Forwarded-Host: evil.example";
	a = client_post(c, "/people/new",
	    FIELDS("name", "Ada Example", "email",
		textf("%s@header.example", unique("ada")), "language", "en"));
	expect_status(a, 200, "invited");
	ck_assert(answer_has(a, textf("%s/invitation/", world.http)));
	ck_assert(!answer_has(a, "evil.example"));
}
END_TEST

START_TEST(tls)
{
	struct client *c = client_new();
	struct account account;
	const struct answer *a;
	char *hsts;

	client_free(join(ENERGY, "reader", &account));
	c->base = c->origin = world.https;
	a = client_get(c, "/");
	expect_status(a, 200, "over TLS");
	hsts = answer_header(a, "Strict-Transport-Security", 0);
	ck_assert_ptr_nonnull(hsts);
	ck_assert_int_eq(strncmp(hsts, "max-age=", 8), 0);
	a = sign_in(c, &account);
	expect_status(a, 303, "signing in over TLS");
	expect_status(client_get(c, "/today"), 200, "inside");
	expect_header(client_get(c, "/static/entente.css"),
	    "Strict-Transport-Security", hsts, "static");
	/* A form of the other scheme's page is another origin's. */
	c->origin = "https://localhost";
	expect_status(
	    client_post(c, "/language", FIELDS("language", "en", "to", "/")),
	    403, "another port");
}
END_TEST

/* ---- compression ----------------------------------------------------------------- */

/* Not for a page that another site asked for (BREACH). */
START_TEST(compression)
{
	struct client *c = client_copy(world.as[READER]);
	const struct answer *a;

	c->header = "Accept-Encoding: gzip";
	a = client_get(c, "/advisories");
	expect_header(a, "Content-Encoding", "gzip", "asked for");
	ck_assert_int_eq((unsigned char)a->body[0], 0x1f);
	c->header = "Accept-Encoding: gzip\r\nSec-Fetch-Site: cross-site";
	a = client_get(c, "/advisories");
	expect_status(a, 200, "from another site");
	ck_assert_ptr_null(answer_header(a, "Content-Encoding", 0));
	ck_assert(answer_has(a, "<!doctype html>"));
}
END_TEST

const struct suite_test tests_header[] = {
	TEST_COUNTED(every_page, matrix_get_count),
	TEST(pages_of_failure),
	TEST(redirections),
	TEST(nginx_pages),
	TEST(static_files),
	TEST(log_files),
	TEST(what_pages_refer_to),
	TEST(a_download),
	TEST(no_way_around_the_guard),
	TEST(head_is_get_without_body),
	TEST(only_a_look_is_a_reading),
	TEST(unknown_hosts),
	TEST(links_are_ours),
	TEST(tls),
	TEST(compression),
	TESTS_END,
};
