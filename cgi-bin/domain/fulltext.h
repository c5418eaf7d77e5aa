/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Upkeep of the full text indexes.  A search reads each piece of one, and
 * writing leaves many: they are merged into one, a little in each
 * transaction, so that who writes waits for none of it.
 */
#ifndef DOMAIN_FULLTEXT_H
#define DOMAIN_FULLTEXT_H

#include "domain/ctx.h"

enum fulltext {
	FULLTEXT_ADVISORY,
	FULLTEXT_DOCUMENT,
	FULLTEXT_DOCUMENT_HEAD,
	FULLTEXT__MAX
};

/* *pieces is what is left: more than one when somebody wrote meanwhile. */
enum err fulltext_merge(struct ctx *, enum fulltext, int64_t *pieces);

#endif
