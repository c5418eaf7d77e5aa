/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A person at a browser, without the browser: a cookie jar (libcurl's own,
 * so that Secure, __Host- and Path are judged by somebody else's code), GET
 * and POST, and what Sec-Fetch-Site and Origin say.  Each client comes from
 * an address of its own in 127.0.0.0/8, so that limits by address do not mix.
 *
 * Answers are kept until the process ends: tests are short.
 */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

enum { CLIENT_TOKEN = 44, CLIENT_ADDRESS = 24 };

struct answer {
	int status; /* 0: the connection was closed without an answer */
	char *head; /* header lines of the answer, CRLF between them */
	char *body; /* ends with NUL; may hold others */
	size_t len;
	double seconds;
};

struct client {
	CURL *curl;
	const char *base; /* "http://localhost:8080" */
	char address[CLIENT_ADDRESS];
	const char *site;	 /* Sec-Fetch-Site of a POST; NULL sends none */
	const char *origin;	 /* Origin of a POST; NULL sends none */
	const char *language;	 /* Accept-Language; NULL sends none */
	const char *cookie;	 /* besides the jar's; NULL none */
	const char *header;	 /* one more header line; NULL none */
	char csrf[CLIENT_TOKEN]; /* of the present session; "" not read yet */
};

/* The base of clients that are made from now on, and TLS's certificate. */
void client_start(const char *base, const char *ca_file);

struct client *client_new(void);
/* Another browser with the same cookies, from another address. */
struct client *client_copy(const struct client *);
void client_free(struct client *);

/* A cookie's value; NULL when the jar has none.  malloc'ed. */
char *client_cookie(const struct client *, const char *name);
void client_forget(struct client *);

const struct answer *client_get(struct client *, const char *path);
const struct answer *client_head(struct client *, const char *path);

/* Names and values in turn: FIELDS("state", "examining") */
#define FIELDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_FIELDS ((const char *const[]){ NULL })

/*
 * A form with its two hidden fields right: the session's csrf, read from a
 * page when it is not known, and a fresh once-key.
 */
const struct answer *
client_post(struct client *, const char *path, const char *const *fields);

/* Exactly these fields, tokens included or not. */
const struct answer *
client_post_raw(struct client *, const char *path, const char *const *fields);

/* Any method, type (NULL none) and bytes. */
const struct answer *client_send(struct client *, const char *method,
    const char *path, const char *type, const void *body, size_t len);

/*
 * multipart/form-data with the tokens, the fields, and one file of that name
 * in the field "file" (NULL none).
 */
const struct answer *
client_upload(struct client *, const char *path, const char *const *fields,
    const char *filename, const void *bytes, size_t len);

/* Reads a page when c->csrf is not known. */
const char *client_csrf(struct client *);
void client_once(char out[CLIENT_TOKEN]);

/* The names and values as application/x-www-form-urlencoded.  malloc'ed. */
char *client_encode(const char *const *fields);

/* Printed into new memory. */
char *textf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- what came back --------------------------------------------------- */

/* A header's value, the n-th from 0; NULL when there is none.  malloc'ed. */
char *answer_header(const struct answer *, const char *name, int n);
/* Location, "" when there is none. */
const char *answer_location(const struct answer *);
bool answer_has(const struct answer *, const char *text);
/* The page's heading and errors, for messages.  malloc'ed. */
char *answer_gist(const struct answer *);
/* How often the text stands in the body. */
int answer_count(const struct answer *, const char *text);

#endif
