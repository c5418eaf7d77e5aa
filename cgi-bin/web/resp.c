/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "crypt/token.h"
#include "web/resp.h"

enum { BODY_MAX = 16 * 1024 * 1024 };

static const char where[] = "resp";

/*
 * On every response.  Referrer-Policy is not no-referrer: with that, browsers
 * send "Origin: null" with our own forms.
 */
static const char always[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'"
    "\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), "
    "usb=(), publickey-credentials-create=(self), "
    "publickey-credentials-get=(self)\r\n"
    "Vary: Cookie, Accept-Language\r\n";

static const struct {
	int status;
	const char *phrase;
} phrases[] = {
	{ 200, "OK" },
	{ 201, "Created" },
	{ 202, "Accepted" },
	{ 204, "No Content" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" },
	{ 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
	{ 507, "Insufficient Storage" },
};

void
resp_init(struct resp *resp)
{
	memset(resp, 0, sizeof(*resp));
	buf_init(&resp->body, BODY_MAX);
	resp_reset(resp);
}

void
resp_reset(struct resp *resp)
{
	struct buf body = resp->body;

	memset(resp, 0, sizeof(*resp));
	resp->body = body;
	/* One huge page must not stay a worker's size for ever. */
	buf_rest(&resp->body, RESP_KEPT_BYTES);
	resp->status = 200;
	resp->type = "text/html; charset=utf-8";
}

void
resp_free(struct resp *resp)
{
	buf_free(&resp->body);
}

static enum err
refuse(const char *what)
{
	log_line(LOG_ERROR, where, "a %s that must not go out", what);
	return ERR_INTERNAL;
}

/* Bytes that may stand in a header's value, blanks apart. */
static bool
is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text <= ' ' || *text >= 0x7f)
			return false;
	return true;
}

enum err
resp_see_other(struct resp *resp, struct arena *arena, const char *path)
{
	/* "//host" and, to browsers, "/\host" lead to another site. */
	if (path == NULL || path[0] != '/' || path[1] == '/' ||
	    strchr(path, '\\') != NULL || !is_plain(path))
		return refuse("redirection");
	resp->status = 303;
	resp->location = arena_copy(arena, path);
	return ERR_OK;
}

struct cookie {
	const char *name, *value;
	long max_age_s;
};

static enum err
add_cookie(struct resp *resp, struct arena *arena, const struct cookie *c,
    const char *same_site)
{
	const char *name = c->name, *value = c->value, *age = "";

	if (resp->cookies == RESP_COOKIES || strncmp(name, "__Host-", 7) != 0 ||
	    name[7] == '\0' || !is_plain(name) ||
	    strpbrk(name, "()<>@,;:\\\"/[]?={}") != NULL || !is_plain(value) ||
	    strpbrk(value, "\",;\\") != NULL)
		return refuse("cookie");
	if (c->max_age_s >= 0)
		age = arena_printf(arena, "; Max-Age=%ld", c->max_age_s);
	resp->cookie[resp->cookies++] = arena_printf(arena,
	    "%s=%s; Path=/; Secure; HttpOnly; SameSite=%s%s", name, value,
	    same_site, age);
	return ERR_OK;
}

enum err
resp_cookie(struct resp *resp, struct arena *arena, const char *name,
    const char *value, long max_age_s)
{
	const struct cookie c = { name, value, max_age_s };

	return add_cookie(resp, arena, &c, "Lax");
}

enum err
resp_cookie_strict(struct resp *resp, struct arena *arena, const char *name,
    const char *value, long max_age_s)
{
	const struct cookie c = { name, value, max_age_s };

	return add_cookie(resp, arena, &c, "Strict");
}

enum err
resp_attachment(struct resp *resp, struct arena *arena, const char *filename)
{
	static const char attr_char[] = "!#$&+-.^_`|~"; /* RFC 8187 §3.2.1 */
	const size_t len = strlen(filename);
	char *ascii = arena_copy_n(arena, filename, len);

	if (len == 0 || len > 255)
		return refuse("file name");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)filename[i];

		if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
			return refuse("file name");
		if (c >= 0x80 || c == '"' || c == '%')
			ascii[i] = '_';
	}
	resp->disposition = arena_printf(arena,
	    "attachment; filename=\"%s\"; filename*=UTF-8''%s", ascii,
	    text_percent(arena, filename, attr_char));
	return ERR_OK;
}

/*
 * Is the tag one of the list?  Compared weakly, as RFC 9110 §13.1.2 asks: a
 * proxy that compresses makes it weak.  A tag of ours is hex in quotes, so
 * finding it is comparing it.
 */
static bool
is_known(const char *etag, const char *list)
{
	return list != NULL &&
	    (strcmp(list, "*") == 0 || strstr(list, etag) != NULL);
}

void
resp_settle(struct resp *resp, struct arena *arena, const char *if_none_match)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[2 * DIGEST_BYTES + 1];

	digest_sha256(resp->body.data, resp->body.len, digest);
	text_hex(digest, sizeof(digest), hex);
	resp->etag = arena_printf(arena, "\"%.32s-%s\"", hex,
	    resp->language != NULL ? resp->language : "");
	if (resp->status != 200 || !is_known(resp->etag, if_none_match))
		return;
	resp->status = 304;
	buf_reset(&resp->body);
}

static const char *
phrase(int status)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "Status";
}

/* False when the value could end the line. */
static bool
header(struct buf *out, const char *name, const char *value)
{
	if (value == NULL)
		return true;
	for (const char *c = value; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return false;
	buf_adds(out, name);
	buf_adds(out, ": ");
	buf_adds(out, value);
	buf_adds(out, "\r\n");
	return true;
}

/* What is set for somebody must not be kept for anybody. */
static const char *
cache_control(const struct resp *resp)
{
	if (resp->is_public && resp->cookies == 0 && !resp->clears_site_data)
		return "public, max-age=60";
	return "no-store";
}

static bool
write_headers(const struct resp *resp, struct buf *out)
{
	buf_addf(out, "Status: %d %s\r\n", resp->status, phrase(resp->status));
	if (!header(out, "Content-Type", resp->type) ||
	    !header(out, "Location", resp->location) ||
	    !header(out, "X-Accel-Redirect", resp->accel) ||
	    !header(out, "Content-Disposition", resp->disposition) ||
	    !header(out, "Content-Language", resp->language) ||
	    !header(out, "Allow", resp->allow) ||
	    !header(out, "ETag", resp->etag) ||
	    !header(out, "Cache-Control", cache_control(resp)))
		return false;
	for (int i = 0; i < resp->cookies; i++)
		if (!header(out, "Set-Cookie", resp->cookie[i]))
			return false;
	if (resp->retry_after_s > 0)
		buf_addf(out, "Retry-After: %d\r\n", resp->retry_after_s);
	/* Not "cookies": that takes those of the whole registrable domain. */
	if (resp->clears_site_data)
		header(out, "Clear-Site-Data", "\"cache\", \"storage\"");
	/* Of a 304 it would be the length of what is not sent. */
	if (resp->accel == NULL && resp->status != 304)
		buf_addf(out, "Content-Length: %zu\r\n", resp->body.len);
	buf_add(out, always, sizeof(always) - 1);
	buf_adds(out, "\r\n");
	return !out->overflow;
}

enum err
resp_headers(const struct resp *resp, struct buf *out)
{
	const size_t len = out->len;
	const bool overflow = out->overflow;

	if (write_headers(resp, out))
		return ERR_OK;
	out->len = len;
	out->overflow = overflow;
	if (out->data != NULL)
		out->data[len] = '\0';
	return refuse("header");
}
