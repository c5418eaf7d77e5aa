/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The newest of what several queries find, each once: a page of a list that
 * comes from many circles, or many organisations.  A query's rows come newest
 * first, by a key that grows with time and names one thing.
 */
#ifndef DOMAIN_NEWEST_H
#define DOMAIN_NEWEST_H

#include "domain/ctx.h"

struct newest_row {
	int64_t key;
	int64_t id, number; /* what else the query said, as its user likes */
};

struct newest {
	struct newest_row *rows; /* newest first */
	size_t count, most;
	size_t last; /* where the last row went */
};

/* Keeps one more than a page of `limit`: it says that there is another. */
void newest_start(struct ctx *, int limit, struct newest *);

/* Takes all of a query of key, id, number, and ends it. */
enum err newest_add(struct newest *, struct db_rows *);

/* Older keys than this have no place any more; `since` of the filter. */
int64_t newest_since(const struct newest *, int64_t since);

/* Drops the row too many; the key of the next page, or 0. */
int64_t newest_end(struct newest *);

#endif
