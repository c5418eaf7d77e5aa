/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lists and search share: how rows are filtered, what is known of one
 * that was found, and the merging of several circles' rows.  advisory_list.c,
 * advisory_rows.c and advisory_search.c alone include it.
 */
#ifndef DOMAIN_ADVISORY_ROWS_H
#define DOMAIN_ADVISORY_ROWS_H

#include "domain/advisory_store.h"

/* clang-format off */

/*
 * On a row x of advisory_circle: $5 before, $6 since, $7 sectors, $8 label,
 * $9 severity.  Drafts have a list of their own.
 */
#define ROWS_FILTER                                                   \
	"x.position < $5 AND x.position >= $6 AND x.state <> 'draft'" \
	" AND ($7 = 0 OR (x.sectors & $7) <> 0)"                      \
	" AND ($8 < 0 OR x.label = $8) AND x.severity >= $9"

#define ROWS_VALUES(f, since, before)                        \
	db_i(before), db_i(since), db_i((f)->sectors),       \
	    db_i((f)->label), db_i((f)->severity)

/* The reader has not opened the newest revision of x. */
#define ROWS_IS_UNREAD                                       \
	"($1 <> 0 AND x.state = 'published'"                 \
	" AND x.revision > COALESCE((SELECT n.revision"      \
	" FROM reading n WHERE n.person = $1"                \
	" AND n.advisory = x.advisory), 0))"

#define ROWS_IS_OVERDUE "(x.answer_by_at < $3)"

/*
 * What is known of a row x once it is found, without looking at the advisory
 * and its long texts: the columns of advisory_rows_add().
 */
#define ROWS_KNOWN                                         \
	"x.position, x.advisory, x.organisation, x.state, x.revision," \
	" x.label, x.severity, x.sectors, x.answer_by_at"

/* clang-format on */

int advisory_rows_limit(const struct advisory_filter *);
int64_t advisory_rows_before(const struct advisory_filter *);

/*
 * The newest of what several queries find, each once: one more than the
 * filter's limit, which says only that there is another page.
 */
struct rows_found {
	struct advisory_row *rows; /* newest first */
	size_t count, most;
	size_t last; /* where the last row went: queries come in order */
};
void advisory_rows_start(
    struct ctx *, const struct advisory_filter *, struct rows_found *);
/* Takes all of a query of ROWS_KNOWN, newest first, and ends it. */
enum err advisory_rows_add(struct rows_found *, struct db_rows *);
/*
 * The same of a query that has an advisory's rows of all circles, with
 * x.circle behind ROWS_KNOWN: an advisory counts when the reach has one of
 * its circles.  It ends with the last one wanted.
 */
enum err advisory_rows_add_reached(
    struct rows_found *, struct db_rows *, const struct access_reach *);
/* Older positions than this have no place any more; the filter's since. */
int64_t
advisory_rows_since(const struct rows_found *, const struct advisory_filter *);

/* What was found, as a list. */
void advisory_rows_end(struct rows_found *, struct advisory_list *);

#endif
