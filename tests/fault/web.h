/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Just enough of a browser to load the portal fast: one request a
 * connection, and the cookies and hidden fields made from the session's
 * token, so that a page need not be read before a form is sent.
 *
 * An answer lives until the next request of the process.
 */
#ifndef FAULT_WEB_H
#define FAULT_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "crypt/token.h"

enum { WEB_COOKIE = 400, WEB_PATH = 300 };

struct web_answer {
	int status; /* 0: no whole answer came */
	const char *head;
	const char *body;
	size_t len;
};

/* Who asks: a session's token, or a visitor's. */
struct web {
	bool is_visitor;
	char token[TOKEN_TEXT];
	char more[WEB_COOKIE]; /* other cookies, "" or "a=b" */
};

/* The port, and how many addresses of 127/8 requests come from (0: one). */
void web_start(int port, int addresses);
void web_visitor(struct web *);
void web_member(struct web *, const char *token);

void web_get(const struct web *, const char *path, struct web_answer *);

/* Names and values in turn, NULL ends; csrf and once are added. */
#define FIELDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_FIELDS ((const char *const[]){ NULL })

/*
 * Sent again, with the same once-key, while no answer comes or 502, 503, 504
 * does; *doubts counts these (NULL: sent once).
 */
void web_post(const struct web *, const char *path, const char *const *fields,
    int *doubts, struct web_answer *);

/* One file in the field "file". */
void web_upload(const struct web *, const char *path, const void *bytes,
    size_t len, struct web_answer *);

/* The cookie that an answer sets, "" for none. */
void web_cookie(
    const struct web_answer *, const char *name, char out[], size_t size);

/* Up to `end`, of what follows the first `start` in the body or head. */
bool web_between(const struct web_answer *, const char *start, char end,
    char out[], size_t size);

#endif
