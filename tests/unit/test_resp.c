/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "web/resp.h"

static struct arena *arena;
static struct resp resp;

static void
start(void)
{
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
	arena = arena_new(100000);
	resp_init(&resp);
}

static void
end(void)
{
	resp_free(&resp);
	arena_free(arena);
}

static char *
headers(void)
{
	struct buf out;
	char *text;

	buf_init(&out, 10000);
	ck_assert_int_eq(resp_headers(&resp, &out), ERR_OK);
	text = arena_copy(arena, out.data);
	buf_free(&out);
	return text;
}

START_TEST(resp_plain)
{
	start();
	buf_adds(&resp.body, "12345");
	ck_assert_str_eq(headers(),
	    "Status: 200 OK\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Cache-Control: no-store\r\n"
	    "Content-Length: 5\r\n"
	    "Content-Security-Policy: default-src 'none'; script-src 'self'; "
	    "style-src 'self'; img-src 'self' data:; font-src 'self'; "
	    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
	    "base-uri 'none'; object-src 'none'; "
	    "require-trusted-types-for 'script'\r\n"
	    "X-Content-Type-Options: nosniff\r\n"
	    "Referrer-Policy: same-origin\r\n"
	    "Cross-Origin-Opener-Policy: same-origin\r\n"
	    "Cross-Origin-Resource-Policy: same-origin\r\n"
	    "Permissions-Policy: accelerometer=(), camera=(), "
	    "display-capture=(), geolocation=(), gyroscope=(), "
	    "microphone=(), midi=(), payment=(), usb=(), "
	    "publickey-credentials-create=(self), "
	    "publickey-credentials-get=(self)\r\n"
	    "Vary: Cookie, Accept-Language\r\n"
	    "\r\n");
	end();
}
END_TEST

START_TEST(resp_all)
{
	const char *text;

	start();
	resp.status = 429;
	resp.language = "fr";
	resp.retry_after_s = 30;
	resp.clears_site_data = true;
	resp.accel = "/blobs/ab/abcd";
	ck_assert_int_eq(
	    resp_cookie(&resp, arena, "__Host-sid", "AA-_", -1), ERR_OK);
	ck_assert_int_eq(
	    resp_cookie(&resp, arena, "__Host-lang", "", 0), ERR_OK);
	ck_assert_int_eq(
	    resp_cookie_strict(&resp, arena, "__Host-known", "B", 60), ERR_OK);
	text = headers();
	ck_assert_ptr_nonnull(
	    strstr(text, "Status: 429 Too Many Requests\r\n"));
	ck_assert_ptr_nonnull(strstr(text, "\r\nContent-Language: fr\r\n"));
	ck_assert_ptr_nonnull(strstr(text, "\r\nRetry-After: 30\r\n"));
	ck_assert_ptr_nonnull(
	    strstr(text, "\r\nClear-Site-Data: \"cache\", \"storage\"\r\n"));
	ck_assert_ptr_nonnull(
	    strstr(text, "\r\nX-Accel-Redirect: /blobs/ab/abcd\r\n"));
	ck_assert_ptr_null(strstr(text, "Content-Length"));
	ck_assert_ptr_nonnull(strstr(text,
	    "\r\nSet-Cookie: __Host-sid=AA-_; Path=/; Secure; HttpOnly; "
	    "SameSite=Lax\r\n"
	    "Set-Cookie: __Host-lang=; Path=/; Secure; HttpOnly; "
	    "SameSite=Lax; Max-Age=0\r\n"
	    "Set-Cookie: __Host-known=B; Path=/; Secure; HttpOnly; "
	    "SameSite=Strict; Max-Age=60\r\n"));
	/* Nothing of it is left for the next request. */
	buf_adds(&resp.body, "secret");
	resp_reset(&resp);
	text = headers();
	ck_assert_ptr_null(strstr(text, "Set-Cookie"));
	ck_assert_ptr_null(strstr(text, "X-Accel"));
	ck_assert_ptr_nonnull(strstr(text, "Content-Length: 0\r\n"));
	ck_assert_uint_eq(resp.body.len, 0);
	end();
}
END_TEST

START_TEST(resp_public)
{
	start();
	resp.is_public = true;
	ck_assert_ptr_nonnull(
	    strstr(headers(), "Cache-Control: public, max-age=60\r\n"));
	resp_cookie(&resp, arena, "__Host-sid", "x", -1);
	ck_assert_ptr_nonnull(strstr(headers(), "Cache-Control: no-store\r\n"));
	end();
}
END_TEST

/* If-None-Match, % is the tag that the answer has. */
static const struct {
	const char *known;
	int status;
} known[] = {
	{ NULL, 200 },
	{ "%", 304 },
	{ "W/%", 304 },
	{ "\"a\", %, \"b\"", 304 },
	{ "*", 304 },
	{ "\"a\"", 200 },
	{ "", 200 },
};

START_TEST(resp_known)
{
	const char *mark, *list = known[_i].known, *text;
	char *etag;

	start();
	resp.language = "fr";
	buf_adds(&resp.body, "a feed");
	resp_settle(&resp, arena, NULL);
	etag = arena_copy(arena, resp.etag);
	ck_assert_int_eq(resp.status, 200);
	ck_assert_ptr_nonnull(strstr(headers(), "\r\nETag: \""));
	if (list != NULL && (mark = strchr(list, '%')) != NULL)
		list = arena_printf(arena, "%.*s%s%s", (int)(mark - list), list,
		    etag, mark + 1);
	resp_settle(&resp, arena, list);
	ck_assert_str_eq(resp.etag, etag);
	ck_assert_int_eq(resp.status, known[_i].status);
	text = headers();
	ck_assert_int_eq(
	    strstr(text, "Content-Length") == NULL, resp.status == 304);
	ck_assert_uint_eq(resp.body.len, resp.status == 304 ? 0 : 6);
	/* Another text, or language, has another tag; a failure has no 304. */
	buf_reset(&resp.body);
	buf_adds(&resp.body, "a fees");
	resp.status = 503;
	resp_settle(&resp, arena, "*");
	ck_assert_int_eq(resp.status, 503);
	ck_assert_str_ne(resp.etag, etag);
	buf_reset(&resp.body);
	buf_adds(&resp.body, "a feed");
	resp.language = "en";
	resp_settle(&resp, arena, NULL);
	ck_assert_str_ne(resp.etag, etag);
	end();
}
END_TEST

static const struct {
	const char *path;
	enum err rc;
} paths[] = {
	{ "/", ERR_OK },
	{ "/advisories/1?a=b%20c#d", ERR_OK },
	{ "", ERR_INTERNAL },
	{ NULL, ERR_INTERNAL },
	{ "advisories", ERR_INTERNAL },
	{ "//evil.example", ERR_INTERNAL },
	{ "/\\evil.example", ERR_INTERNAL },
	{ "/a\\b", ERR_INTERNAL },
	{ "https://evil.example", ERR_INTERNAL },
	{ "/a\r\nSet-Cookie: x=y", ERR_INTERNAL },
	{ "/a b", ERR_INTERNAL },
	{ "/\t/evil.example", ERR_INTERNAL },
	{ "/\xc3\xa9", ERR_INTERNAL },
};

START_TEST(resp_redirects)
{
	start();
	ck_assert_int_eq(
	    resp_see_other(&resp, arena, paths[_i].path), paths[_i].rc);
	ck_assert_int_eq(resp.status, paths[_i].rc == ERR_OK ? 303 : 200);
	ck_assert_pstr_eq(
	    resp.location, paths[_i].rc == ERR_OK ? paths[_i].path : NULL);
	end();
}
END_TEST

static const struct {
	const char *name, *value;
	enum err rc;
} cookies[] = {
	{ "__Host-sid", "abc", ERR_OK },
	{ "__Host-sid", "", ERR_OK },
	{ "sid", "abc", ERR_INTERNAL },
	{ "__Host-", "abc", ERR_INTERNAL },
	{ "__Host-a b", "abc", ERR_INTERNAL },
	{ "__Host-a;", "abc", ERR_INTERNAL },
	{ "__Host-a=", "abc", ERR_INTERNAL },
	{ "__Host-a", "a;b", ERR_INTERNAL },
	{ "__Host-a", "a,b", ERR_INTERNAL },
	{ "__Host-a", "a b", ERR_INTERNAL },
	{ "__Host-a", "a\r\nX: y", ERR_INTERNAL },
	{ "__Host-a", "\xc3\xa9", ERR_INTERNAL },
	{ "__Host-a", "\"a\"", ERR_INTERNAL },
};

START_TEST(resp_cookies)
{
	start();
	ck_assert_int_eq(
	    resp_cookie(&resp, arena, cookies[_i].name, cookies[_i].value, -1),
	    cookies[_i].rc);
	ck_assert_int_eq(resp.cookies, cookies[_i].rc == ERR_OK);
	resp.cookies = RESP_COOKIES;
	ck_assert_int_eq(
	    resp_cookie(&resp, arena, "__Host-a", "b", -1), ERR_INTERNAL);
	end();
}
END_TEST

static const struct {
	const char *name, *disposition; /* NULL is refused */
} files[] = {
	{ "plan.pdf",
	    "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf" },
	{ "\u00e9t\u00e9 100%.pdf",
	    "attachment; filename=\"__t__ 100_.pdf\"; "
	    "filename*=UTF-8''%C3%A9t%C3%A9%20100%25.pdf" },
	{ "a\"b;c'.txt",
	    "attachment; filename=\"a_b;c'.txt\"; "
	    "filename*=UTF-8''a%22b%3Bc%27.txt" },
	{ "", NULL },
	{ "../x", NULL },
	{ "a\\b", NULL },
	{ "a\r\nb", NULL },
	{ "a\x7f", NULL },
};

START_TEST(resp_files)
{
	start();
	ck_assert_int_eq(resp_attachment(&resp, arena, files[_i].name),
	    files[_i].disposition != NULL ? ERR_OK : ERR_INTERNAL);
	ck_assert_pstr_eq(resp.disposition, files[_i].disposition);
	end();
}
END_TEST

/* A field of struct resp that was set past the functions above. */
static const size_t fields[] = { offsetof(struct resp, type),
	offsetof(struct resp, location), offsetof(struct resp, accel),
	offsetof(struct resp, disposition), offsetof(struct resp, language),
	offsetof(struct resp, etag), offsetof(struct resp, cookie) };

START_TEST(resp_split)
{
	static const char *const splits[] = { "a\r\nX-Evil: 1", "a\nb", "a\rb",
		"a\x7f", "\001" };
	struct buf out;

	for (size_t i = 0; i < 5; i++) {
		start();
		resp.cookies = 1;
		memcpy((unsigned char *)&resp + fields[_i], &splits[i],
		    sizeof(splits[i]));
		buf_init(&out, 10000);
		buf_adds(&out, "^");
		ck_assert_int_eq(resp_headers(&resp, &out), ERR_INTERNAL);
		ck_assert_str_eq(out.data, "^");
		buf_free(&out);
		end();
	}
}
END_TEST

UNIT_MAIN("resp", UNIT(resp_plain), UNIT(resp_all), UNIT(resp_public),
    UNIT_ROWS(resp_known, known), UNIT_ROWS(resp_redirects, paths),
    UNIT_ROWS(resp_cookies, cookies), UNIT_ROWS(resp_files, files),
    UNIT_ROWS(resp_split, fields))
