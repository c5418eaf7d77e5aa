/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "web/percent.h"
#include "web/req.h"

enum { HOST_MAX = 255, SHORT_MAX = 300, AGENT_MAX = 200, ADDRESS_MAX = 64 };

static const char *
variable(char **envp, const char *name)
{
	const size_t len = strlen(name);

	for (; *envp != NULL; envp++)
		if (strncmp(*envp, name, len) == 0 && (*envp)[len] == '=')
			return *envp + len + 1;
	return NULL;
}

static bool
is_visible(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < 0x20 || *text > 0x7e)
			return false;
	return true;
}

/* A header that is kept as it is: absent, or short and printable. */
static enum err
short_header(struct req *req, char **envp, const char *name, const char **out)
{
	const char *text = variable(envp, name);

	*out = NULL;
	if (text == NULL || *text == '\0')
		return ERR_OK;
	if (strlen(text) > SHORT_MAX || !is_visible(text))
		return ERR_MALFORMED;
	*out = arena_copy(req->arena, text);
	return ERR_OK;
}

static enum err
read_method(struct req *req, char **envp)
{
	static const struct {
		const char *name;
		enum method method;
		bool is_head;
	} methods[] = { { "GET", METHOD_GET, false },
		{ "POST", METHOD_POST, false }, { "HEAD", METHOD_GET, true } };
	const char *name = variable(envp, "REQUEST_METHOD");

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (name != NULL && strcmp(name, methods[i].name) == 0) {
			req->method = methods[i].method;
			req->is_head = methods[i].is_head;
			return ERR_OK;
		}
	}
	return ERR_METHOD;
}

/* No empty segment, "." or "..": a path has one spelling (RFC 3986 §6.2). */
static bool
segments_fit(const char *path)
{
	while (*path == '/') {
		size_t len = strcspn(++path, "/");

		if ((len == 0 && *path == '/') ||
		    (len == 1 && path[0] == '.') ||
		    (len == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		path += len;
	}
	return true;
}

static enum err
read_path(struct req *req, char **envp)
{
	const char *raw = variable(envp, "REQUEST_URI");
	char *path;
	size_t len, n;
	enum err rc;

	if (raw == NULL || *raw != '/')
		return ERR_MALFORMED;
	if ((len = strcspn(raw, "?")) > REQ_PATH_MAX)
		return ERR_TOO_LARGE;
	for (size_t i = 0; i < len; i++) {
		if (raw[i] <= ' ' || raw[i] > '~' ||
		    strchr("\"#<>\\^`{|}", raw[i]) != NULL)
			return ERR_MALFORMED;
		/* An encoded slash would make two paths of one. */
		if (strncasecmp(raw + i, "%2f", 3) == 0)
			return ERR_MALFORMED;
	}
	rc = percent_decode(req->arena, raw, len, false, &path, &n);
	if (rc != ERR_OK)
		return rc;
	if (!text_ok(path, n, TEXT_LINE) || !segments_fit(path))
		return ERR_MALFORMED;
	req->path = path;
	return ERR_OK;
}

static enum err
read_query(struct req *req, char **envp)
{
	const char *query = variable(envp, "QUERY_STRING");
	size_t len;

	if (query == NULL)
		return ERR_OK;
	if ((len = strlen(query)) > REQ_QUERY_MAX)
		return ERR_TOO_LARGE;
	if (!text_ok(query, len, TEXT_LINE))
		return ERR_MALFORMED;
	req->query = arena_copy_n(req->arena, query, len);
	return ERR_OK;
}

/* reg-name, IPv4 or bracketed IPv6, and a port (RFC 3986 §3.2.2). */
static bool
host_fits(const char *host)
{
	size_t n;

	if (strlen(host) > HOST_MAX)
		return false;
	if (*host == '[') {
		n = strspn(++host, "0123456789abcdefABCDEF:.");
		if (n < 2 || host[n] != ']')
			return false;
		n++;
	} else {
		n = strspn(host,
		    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "0123456789.-");
		if (n == 0)
			return false;
	}
	host += n;
	if (*host == '\0')
		return true;
	n = strspn(host + 1, "0123456789");
	return *host == ':' && n >= 1 && n <= 5 && host[1 + n] == '\0';
}

static enum err
read_host(struct req *req, char **envp)
{
	const char *https = variable(envp, "HTTPS");
	const char *host = variable(envp, "HTTP_HOST");
	char *origin;

	req->is_tls = https != NULL && strcmp(https, "on") == 0;
	if (host == NULL || !host_fits(host))
		return ERR_MALFORMED;
	origin = arena_printf(
	    req->arena, "%s://%s", req->is_tls ? "https" : "http", host);
	for (char *c = origin; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	req->origin_of_us = origin;
	return ERR_OK;
}

static enum err
read_client(struct req *req, char **envp)
{
	const char *address = variable(envp, "REMOTE_ADDR");
	const char *agent = variable(envp, "HTTP_USER_AGENT");
	char *text;

	if (address != NULL && strlen(address) <= ADDRESS_MAX &&
	    is_visible(address))
		req->address = arena_copy(req->arena, address);
	if (agent == NULL)
		return ERR_OK;
	text = arena_copy_n(req->arena, agent, strnlen(agent, AGENT_MAX));
	for (char *c = text; *c != '\0'; c++)
		if (*c < 0x20 || *c > 0x7e)
			*c = '?';
	req->user_agent = text;
	return ERR_OK;
}

static enum err
read_accept_language(struct req *req, char **envp)
{
	return short_header(
	    req, envp, "HTTP_ACCEPT_LANGUAGE", &req->accept_language);
}

static enum err
read_origin(struct req *req, char **envp)
{
	return short_header(req, envp, "HTTP_ORIGIN", &req->origin);
}

static enum err
read_fetch(struct req *req, char **envp)
{
	const char *purpose = variable(envp, "HTTP_SEC_PURPOSE");

	if (purpose == NULL)
		purpose = variable(envp, "HTTP_PURPOSE");
	req->is_prefetch = purpose != NULL &&
	    (text_starts(purpose, "prefetch") ||
		text_starts(purpose, "prerender"));
	return short_header(req, envp, "HTTP_SEC_FETCH_SITE", &req->fetch_site);
}

/* A client that has too much of it gets the whole answer. */
static enum err
read_known(struct req *req, char **envp)
{
	(void)short_header(
	    req, envp, "HTTP_IF_NONE_MATCH", &req->if_none_match);
	return ERR_OK;
}

/*
 * Pair by pair: what another program on the same host has set, in a form of
 * its own, must not cost our visitors their pages.
 */
static enum err
read_cookies(struct req *req, char **envp)
{
	const char *text = variable(envp, "HTTP_COOKIE");
	struct pair *pairs, *one;
	size_t n = 0, len;

	if (text == NULL || *text == '\0')
		return ERR_OK;
	if (strlen(text) > REQ_COOKIE_MAX)
		return ERR_TOO_LARGE;
	pairs = arena_array(req->arena, REQ_COOKIES_MAX + 1, sizeof(*pairs));
	for (; *text != '\0'; text += len + (text[len] != '\0')) {
		text += strspn(text, " ");
		len = strcspn(text, ";");
		if (cookie_parse(req->arena,
			arena_copy_n(req->arena, text, len), &one) != ERR_OK ||
		    one->name == NULL)
			continue;
		if (n == REQ_COOKIES_MAX)
			return ERR_TOO_LARGE;
		pairs[n++] = *one;
	}
	req->cookies = pairs;
	return ERR_OK;
}

static enum err
read_body(struct req *req, char **envp)
{
	const char *text = variable(envp, "CONTENT_LENGTH");
	int64_t length = 0;

	if (text != NULL && *text != '\0' &&
	    !text_to_int(text, 0, INT64_MAX, &length))
		return ERR_MALFORMED;
	if (length != 0 && req->method != METHOD_POST)
		return ERR_MALFORMED;
	req->body.length = (uint64_t)length;
	return short_header(req, envp, "CONTENT_TYPE", &req->content_type);
}

enum err
req_parse(
    struct arena *arena, char **envp, const struct body *body, struct req *req)
{
	static enum err (*const steps[])(struct req *, char **) = { read_host,
		read_client, read_method, read_path, read_query,
		read_accept_language, read_origin, read_fetch, read_known,
		read_cookies, read_body };
	static const struct pair none;
	enum err first = ERR_OK, rc;

	memset(req, 0, sizeof(*req));
	req->arena = arena;
	req->path = "/";
	req->query = req->origin_of_us = req->address = req->user_agent = "";
	req->cookies = &none;
	req->body = *body;
	req->body.length = 0;
	/* All of them even after an error: an error page needs what it can
	   get, its language for one. */
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if ((rc = steps[i](req, envp)) != ERR_OK && first == ERR_OK)
			first = rc;
	return first;
}

const char *
req_cookie(const struct req *req, const char *name)
{
	const char *value = NULL;

	for (const struct pair *p = req->cookies; p->name != NULL; p++) {
		if (strcmp(p->name, name) != 0)
			continue;
		if (value != NULL)
			return NULL;
		value = p->value;
	}
	return value;
}

/* RFC 9110 §5.6.2. */
static size_t
token_length(const char *text)
{
	return strspn(text,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "!#$%&'*+-.^_`|~");
}

/* RFC 6265 §4.1.1, cookie-octet. */
static size_t
octets_length(const char *text)
{
	size_t n = 0;

	while (text[n] > ' ' && text[n] < 0x7f &&
	    strchr("\",;\\", text[n]) == NULL)
		n++;
	return n;
}

/* One "name=value"; returns what follows, NULL when it is not one. */
static const char *
cookie_pair(struct arena *arena, const char *text, struct pair *out)
{
	size_t name = token_length(text), value;
	bool is_quoted;

	if (name == 0 || text[name] != '=')
		return NULL;
	out->name = arena_copy_n(arena, text, name);
	text += name + 1;
	is_quoted = *text == '"';
	text += is_quoted;
	value = octets_length(text);
	out->value = arena_copy_n(arena, text, value);
	text += value;
	if (is_quoted && *text++ != '"')
		return NULL;
	return text;
}

enum err
cookie_parse(struct arena *arena, const char *text, struct pair **out)
{
	struct pair *pairs;
	size_t n = 0;

	*out = NULL;
	pairs = arena_array(arena, REQ_COOKIES_MAX + 1, sizeof(*pairs));
	while (*text != '\0') {
		if (n == REQ_COOKIES_MAX)
			return ERR_TOO_LARGE;
		text = cookie_pair(arena, text, &pairs[n++]);
		if (text == NULL)
			return ERR_MALFORMED;
		if (*text == '\0')
			break;
		if (text[0] != ';' || text[1] != ' ' || text[2] == '\0')
			return ERR_MALFORMED;
		text += 2;
	}
	pairs[n].name = NULL;
	*out = pairs;
	return ERR_OK;
}

enum err
req_body(struct req *req, size_t max, char **out, size_t *len)
{
	const struct body *body = &req->body;
	size_t got = 0;
	long n;

	if (body->length > max)
		return ERR_TOO_LARGE;
	*len = (size_t)body->length;
	*out = arena_alloc(req->arena, *len + 1);
	(*out)[*len] = '\0';
	while (got < *len) {
		n = body->read(body->from, *out + got, *len - got);
		if (n <= 0)
			return ERR_MALFORMED;
		got += (size_t)n;
	}
	return ERR_OK;
}
