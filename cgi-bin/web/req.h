/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One HTTP request, copied out of FastCGI into the request's arena and
 * checked: what is over-long, malformed, not UTF-8 or holds a control
 * character never gets past here.
 */
#ifndef WEB_REQ_H
#define WEB_REQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum method { METHOD_GET, METHOD_POST, METHOD__MAX }; /* HEAD is a GET */

struct pair {
	const char *name;
	const char *value;
};

/* Where bytes of a body come from: FastCGI, or a buffer in tests. */
struct body {
	/* Up to `size` bytes; 0 at the end, -1 on a broken connection. */
	long (*read)(void *from, void *into, size_t size);
	void *from;
	uint64_t length; /* CONTENT_LENGTH */
};

enum {
	REQ_PATH_MAX = 512,
	REQ_QUERY_MAX = 4096,
	REQ_COOKIE_MAX = 4096,
	REQ_COOKIES_MAX = 32,
	REQ_FORM_MAX = 512 * 1024, /* bytes of an urlencoded body */
	REQ_FIELDS_MAX = 256	   /* fields in a query or body */
};

struct req {
	struct arena *arena;
	enum method method;
	bool is_head;
	const char *path;	  /* decoded, "/" first, no "//", "." or ".." */
	const char *query;	  /* raw, "" when there is none */
	const char *origin_of_us; /* scheme://host of this request */
	bool is_tls;
	const char *address;	/* the client's, as nginx saw it */
	const char *user_agent; /* cut at 200 characters, printable */
	const char *accept_language;
	const char *origin; /* Origin, Sec-Fetch-Site: NULL if absent */
	const char *fetch_site;
	const char *if_none_match; /* likewise */
	bool is_prefetch;	   /* Sec-Purpose or Purpose: prefetch */
	const char *content_type;
	const struct pair *cookies; /* ends with name NULL */
	struct body body;
	int64_t file_max; /* bytes of an uploaded file, besides what its
			     field says; 0: that alone */
};

/*
 * From CGI variables, an array of "NAME=value" that ends with NULL (as
 * FCGX_Request.envp).  ERR_MALFORMED, ERR_TOO_LARGE (path, query, cookies),
 * ERR_METHOD (not GET, HEAD, POST).  On an error *req still has whatever
 * could be read, enough for an error page.
 */
enum err
req_parse(struct arena *, char **envp, const struct body *, struct req *);

/*
 * The whole body, which is exactly as long as it says: ERR_MALFORMED when it
 * is not, ERR_TOO_LARGE over `max` bytes.  A NUL stands behind it.
 */
enum err req_body(struct req *, size_t max, char **out, size_t *len);

/* NULL when there is none.  A cookie sent twice counts as absent. */
const char *req_cookie(const struct req *, const char *name);

/*
 * Parses "a=b; c=d" (RFC 6265 §4.2.1) into pairs that end with name NULL;
 * values in double quotes lose them; what is not well-formed is refused.
 */
enum err cookie_parse(struct arena *, const char *, struct pair **);

#endif
