/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The route table's row and how a path finds one.  The rows of each program
 * are in page/routes.c; this file knows nothing of what they mean.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "base/err.h"
#include "web/form.h"
#include "web/req.h"

struct visit; /* of the page floor */
typedef enum err route_handler(struct visit *);

enum { ROUTE_PARAMS = 2, ROUTE_PARAM_MAX = 80 };

struct route {
	enum method method;
	const char *pattern;	    /* "/advisories/{ref}/publish" */
	unsigned who;		    /* bits of page/guard.h */
	const struct field *fields; /* query of a GET, body of a POST; NULL
					allows none */
	route_handler *handle;
	route_handler *again; /* POST: shows the form again when it is
					ERR_INVALID or ERR_STALE; may be NULL */
};

struct route_match {
	const struct route *route;
	const char *param[ROUTE_PARAMS]; /* in the pattern's order */
};

/*
 * Rows end with pattern NULL.  "{x}" takes one segment of letters, digits,
 * '-', '_' and '.', not empty, at most ROUTE_PARAM_MAX bytes.  ERR_NOT_FOUND
 * no row has the path; ERR_METHOD a row has it with another method.  A
 * literal segment wins over a parameter.
 */
enum err route_find(struct arena *, const struct route *, enum method,
    const char *path, struct route_match *);

#endif
