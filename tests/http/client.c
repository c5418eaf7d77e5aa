/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <unistd.h>

#include "html.h"

enum { BODY_MOST = 64 * 1024 * 1024, WAIT_S = 40 };

static const char *the_base, *the_ca_file;
static int addresses; /* handed out */

void
client_start(const char *base, const char *ca_file)
{
	the_base = base;
	the_ca_file = ca_file;
}

char *
textf(const char *format, ...)
{
	char *text = NULL;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vasprintf(&text, format, ap);
	va_end(ap);
	if (n == -1)
		abort();
	return text;
}

/* ---- one transfer ----------------------------------------------------- */

struct text {
	char *data;
	size_t len;
};

static size_t
take(char *bytes, size_t size, size_t n, void *into)
{
	struct text *text = into;
	char *grown;

	n *= size;
	if (text->len + n > BODY_MOST)
		return 0;
	grown = realloc(text->data, text->len + n + 1);
	if (grown == NULL)
		return 0;
	memcpy(grown + text->len, bytes, n);
	text->data = grown;
	text->len += n;
	grown[text->len] = '\0';
	return n;
}

static void
next_address(struct client *c)
{
	/* Tests run each in a process of its own. */
	const int pid = (int)getpid();

	snprintf(c->address, sizeof(c->address), "127.%d.%d.%d",
	    10 + (pid >> 8 & 127), pid & 255, 1 + addresses++ % 250);
}

struct client *
client_new(void)
{
	struct client *c = calloc(1, sizeof(*c));

	ck_assert_ptr_nonnull(c);
	ck_assert_ptr_nonnull(c->curl = curl_easy_init());
	c->base = the_base;
	c->site = "same-origin";
	c->origin = the_base;
	next_address(c);
	curl_easy_setopt(c->curl, CURLOPT_COOKIEFILE, "");
	return c;
}

struct client *
client_copy(const struct client *from)
{
	struct client *c = client_new();
	struct curl_slist *list = NULL, *p;

	c->site = from->site;
	c->origin = from->origin;
	c->language = from->language;
	memcpy(c->csrf, from->csrf, sizeof(c->csrf));
	curl_easy_getinfo(from->curl, CURLINFO_COOKIELIST, &list);
	for (p = list; p != NULL; p = p->next)
		curl_easy_setopt(c->curl, CURLOPT_COOKIELIST, p->data);
	curl_slist_free_all(list);
	return c;
}

void
client_free(struct client *c)
{
	if (c == NULL)
		return;
	curl_easy_cleanup(c->curl);
	free(c);
}

void
client_forget(struct client *c)
{
	curl_easy_setopt(c->curl, CURLOPT_COOKIELIST, "ALL");
	c->csrf[0] = '\0';
}

char *
client_cookie(const struct client *c, const char *name)
{
	struct curl_slist *list = NULL, *p;
	char *value = NULL;

	curl_easy_getinfo(c->curl, CURLINFO_COOKIELIST, &list);
	for (p = list; p != NULL && value == NULL; p = p->next) {
		/* Netscape format: seven fields, tab between them. */
		char *line = strdup(p->data), *rest = line, *field[7];
		int n = 0;

		while (n < 7 && (field[n] = strsep(&rest, "\t")) != NULL)
			n++;
		/* One that was removed has no value any more. */
		if (n == 7 && strcmp(field[5], name) == 0 && *field[6] != '\0')
			value = strdup(field[6]);
		free(line);
	}
	curl_slist_free_all(list);
	return value;
}

static void
add_header(struct curl_slist **list, const char *name, const char *value)
{
	char *line;

	if (value == NULL)
		return;
	line = textf("%s: %s", name, value);
	*list = curl_slist_append(*list, line);
	free(line);
}

static struct curl_slist *
headers_of(const struct client *c, const char *method, const char *type)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	add_header(&list, "Accept-Language", c->language);
	if (strcmp(method, "POST") == 0) {
		add_header(&list, "Sec-Fetch-Site", c->site);
		add_header(&list, "Origin", c->origin);
		list = type == NULL ? curl_slist_append(list, "Content-Type:")
				    : list;
		add_header(&list, "Content-Type", type);
	}
	if (c->header != NULL)
		list = curl_slist_append(list, c->header);
	return list;
}

static void
set_options(struct client *c, const char *url, const struct curl_slist *headers)
{
	CURL *h = c->curl;

	curl_easy_setopt(h, CURLOPT_URL, url);
	curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(h, CURLOPT_COOKIE, c->cookie);
	curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(h, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)WAIT_S);
	curl_easy_setopt(h, CURLOPT_INTERFACE, c->address);
	curl_easy_setopt(h, CURLOPT_IPRESOLVE, (long)CURL_IPRESOLVE_V4);
	curl_easy_setopt(h, CURLOPT_PROXY, "");
	curl_easy_setopt(h, CURLOPT_CAINFO, the_ca_file);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, take);
	/* As a browser: one that is asked compressed answers is tested apart. */
	curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, NULL);
}

static void
set_method(CURL *h, const char *method, const void *body, size_t len)
{
	curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(h, CURLOPT_HTTPGET, 1L);
	curl_easy_setopt(h, CURLOPT_NOBODY, 0L);
	if (strcmp(method, "HEAD") == 0)
		curl_easy_setopt(h, CURLOPT_NOBODY, 1L);
	if (body != NULL || strcmp(method, "POST") == 0) {
		curl_easy_setopt(h, CURLOPT_POST, 1L);
		curl_easy_setopt(
		    h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
		curl_easy_setopt(
		    h, CURLOPT_POSTFIELDS, body != NULL ? body : "");
	}
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
	    strcmp(method, "POST") != 0)
		curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, method);
}

/* A new session has another anti-forgery token. */
static void
forget_token(struct client *c, const struct answer *a)
{
	if (strstr(a->head, "__Host-sid=") != NULL ||
	    strstr(a->head, "__Host-visit=") != NULL)
		c->csrf[0] = '\0';
}

static const struct answer *
transfer(struct client *c, const char *url, struct curl_slist *headers)
{
	struct text head = { NULL, 0 }, body = { NULL, 0 };
	struct answer *a = calloc(1, sizeof(*a));
	long status = 0;
	CURLcode code;

	set_options(c, url, headers);
	curl_easy_setopt(c->curl, CURLOPT_HEADERDATA, &head);
	curl_easy_setopt(c->curl, CURLOPT_WRITEDATA, &body);
	code = curl_easy_perform(c->curl);
	if (code == CURLE_OK)
		curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
	else if (code != CURLE_GOT_NOTHING && code != CURLE_RECV_ERROR &&
	    code != CURLE_SEND_ERROR)
		ck_abort_msg("%s: %s", url, curl_easy_strerror(code));
	curl_easy_getinfo(c->curl, CURLINFO_TOTAL_TIME, &a->seconds);
	curl_slist_free_all(headers);
	a->status = (int)status;
	a->head = head.data != NULL ? head.data : strdup("");
	a->body = body.data != NULL ? body.data : strdup("");
	a->len = body.len;
	forget_token(c, a);
	return a;
}

const struct answer *
client_send(struct client *c, const char *method, const char *path,
    const char *type, const void *body, size_t len)
{
	set_method(c->curl, method, body, len);
	return transfer(
	    c, textf("%s%s", c->base, path), headers_of(c, method, type));
}

const struct answer *
client_get(struct client *c, const char *path)
{
	return client_send(c, "GET", path, NULL, NULL, 0);
}

const struct answer *
client_head(struct client *c, const char *path)
{
	return client_send(c, "HEAD", path, NULL, NULL, 0);
}

/* ---- forms ------------------------------------------------------------ */

void
client_once(char out[CLIENT_TOKEN])
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned char bytes[33] = { 0 };
	size_t i, o = 0;

	ck_assert_int_eq(getrandom(bytes, 32, 0), 32);
	for (i = 0; i < 33; i += 3) {
		const unsigned n = (unsigned)bytes[i] << 16 |
		    (unsigned)bytes[i + 1] << 8 | bytes[i + 2];

		out[o++] = letters[n >> 18];
		out[o++] = letters[n >> 12 & 63];
		out[o++] = letters[n >> 6 & 63];
		out[o++] = letters[n & 63];
	}
	out[CLIENT_TOKEN - 1] = '\0'; /* 32 bytes are 43 characters */
}

const char *
client_csrf(struct client *c)
{
	const struct answer *a;
	const char *csrf;

	if (c->csrf[0] != '\0')
		return c->csrf;
	/* The page of what is not there has the frame's forms for everybody. */
	a = client_get(c, "/not-there");
	csrf = html_value(a->body, "csrf");
	ck_assert_msg(csrf != NULL, "no csrf in a page: %d", a->status);
	ck_assert_uint_lt(strlen(csrf), sizeof(c->csrf));
	memcpy(c->csrf, csrf, strlen(csrf) + 1);
	return c->csrf;
}

static void
append(char **text, const char *more)
{
	const size_t len = strlen(*text), n = strlen(more);

	*text = realloc(*text, len + n + 1);
	ck_assert_ptr_nonnull(*text);
	memcpy(*text + len, more, n + 1);
}

char *
client_encode(const char *const *fields)
{
	char *text = strdup("");

	for (; *fields != NULL; fields++) {
		char *part = curl_easy_escape(NULL, *fields, 0);

		append(&text, part);
		curl_free(part);
		ck_assert_ptr_nonnull(*++fields);
		part = curl_easy_escape(NULL, *fields, 0);
		append(&text, "=");
		append(&text, part);
		curl_free(part);
		if (fields[1] != NULL)
			append(&text, "&");
	}
	return text;
}

const struct answer *
client_post_raw(struct client *c, const char *path, const char *const *fields)
{
	char *body = client_encode(fields);
	const struct answer *a = client_send(c, "POST", path,
	    "application/x-www-form-urlencoded", body, strlen(body));

	free(body);
	return a;
}

const struct answer *
client_post(struct client *c, const char *path, const char *const *fields)
{
	char once[CLIENT_TOKEN];
	const struct answer *a;
	const char **all;
	size_t n = 0;

	while (fields[n] != NULL)
		n++;
	client_once(once);
	all = calloc(n + 5, sizeof(*all));
	ck_assert_ptr_nonnull(all);
	all[0] = "csrf";
	all[1] = client_csrf(c);
	all[2] = "once";
	all[3] = once;
	memcpy(all + 4, fields, n * sizeof(*all));
	a = client_post_raw(c, path, all);
	free(all);
	return a;
}

static void
add_part(curl_mime *mime, const char *name, const char *value)
{
	curl_mimepart *part = curl_mime_addpart(mime);

	curl_mime_name(part, name);
	curl_mime_data(part, value, CURL_ZERO_TERMINATED);
}

const struct answer *
client_upload(struct client *c, const char *path, const char *const *fields,
    const char *filename, const void *bytes, size_t len)
{
	curl_mime *mime = curl_mime_init(c->curl);
	char once[CLIENT_TOKEN];
	const struct answer *a;
	struct curl_slist *headers;

	client_once(once);
	add_part(mime, "csrf", client_csrf(c));
	add_part(mime, "once", once);
	for (; *fields != NULL; fields += 2)
		add_part(mime, fields[0], fields[1]);
	if (filename != NULL) {
		curl_mimepart *part = curl_mime_addpart(mime);

		curl_mime_name(part, "file");
		curl_mime_filename(part, filename);
		curl_mime_type(part, "application/json");
		curl_mime_data(part, bytes, len);
	}
	headers = curl_slist_append(NULL, "Expect:");
	add_header(&headers, "Sec-Fetch-Site", c->site);
	add_header(&headers, "Origin", c->origin);
	curl_easy_setopt(c->curl, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(c->curl, CURLOPT_MIMEPOST, mime);
	a = transfer(c, textf("%s%s", c->base, path), headers);
	curl_easy_setopt(c->curl, CURLOPT_MIMEPOST, NULL);
	curl_mime_free(mime);
	return a;
}

/* ---- what came back --------------------------------------------------- */

char *
answer_header(const struct answer *a, const char *name, int n)
{
	const size_t len = strlen(name);
	const char *line = a->head, *end;

	for (; (end = strstr(line, "\r\n")) != NULL; line = end + 2) {
		const char *value;

		if (strncasecmp(line, name, len) != 0 || line[len] != ':' ||
		    n-- > 0)
			continue;
		value = line + len + 1;
		value += strspn(value, " ");
		return strndup(value, (size_t)(end - value));
	}
	return NULL;
}

const char *
answer_location(const struct answer *a)
{
	const char *location = answer_header(a, "Location", 0);

	return location != NULL ? location : "";
}

bool
answer_has(const struct answer *a, const char *text)
{
	return memmem(a->body, a->len, text, strlen(text)) != NULL;
}

int
answer_count(const struct answer *a, const char *text)
{
	const char *p = a->body;
	int n = 0;

	while ((p = strstr(p, text)) != NULL) {
		p += strlen(text);
		n++;
	}
	return n;
}

/* What stands between two marks, "" when it is not there. */
static char *
between(const char *text, const char *from, const char *to)
{
	const char *start = strstr(text, from), *end;

	if (start == NULL || (end = strstr(start, to)) == NULL)
		return strdup("");
	start += strlen(from);
	return strndup(start, (size_t)(end - start));
}

char *
answer_gist(const struct answer *a)
{
	return textf("%d %s \"%s\" %s", a->status, answer_location(a),
	    between(a->body, "<h1>", "</h1>"),
	    between(a->body, "role=\"alert\"", "</div>"));
}
