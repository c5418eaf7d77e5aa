/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A worker's start and end: configuration, databases under their
 * authorizers, catalogues and templates parsed once.  What is wrong is said
 * at start, in one sentence, and the worker does not serve.
 */
#ifndef PAGE_SITE_H
#define PAGE_SITE_H

#include "page/visit.h"

struct site_options {
	const char *program; /* "portal", "login" */
	const struct route *routes;
	const char *const *templates;
	const struct db_right *portal_rights;
	const struct db_right *auth_rights; /* NULL: auth.db is not opened */
};

enum err site_open(const struct site_options *, struct site *);
void site_close(struct site *);

/* The whole of a worker's main(): opens, serves until SIGTERM, closes. */
int site_main(const struct site_options *);

#endif
