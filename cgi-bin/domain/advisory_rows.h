/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lists and search share of their SQL: how rows are filtered and which
 * columns they have.  advisory_list.c and search.c alone include it.
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

#define ROWS_VALUES(f, before)                                 \
	db_i(before), db_i((f)->since_at), db_i((f)->sectors), \
	    db_i((f)->label), db_i((f)->severity)

/* The circle r of the reach is the own organisation's. */
#define ROWS_CIRCLE_IS_OWN                                    \
	"(r.circle IN (SELECT own.id FROM circle own, reader" \
	" WHERE own.kind = 'own'"                             \
	" AND own.organisation = reader.organisation))"

/* The reader has not opened the newest revision of x. */
#define ROWS_IS_UNREAD                                            \
	"(x.state = 'published' AND EXISTS (SELECT 1 FROM reader" \
	" JOIN advisory b ON b.id = x.advisory"                   \
	" LEFT JOIN reading n ON n.person = reader.person"        \
	" AND n.advisory = b.id WHERE reader.person <> 0"         \
	" AND COALESCE(n.revision, 0) < b.revision))"

/* It asks for an answer, and the reader's organisation has given none. */
#define ROWS_IS_AWAITING                                           \
	"(x.answer_by_at IS NOT NULL AND x.state = 'published'"    \
	" AND NOT EXISTS (SELECT 1 FROM reader LEFT JOIN answer w" \
	" ON w.advisory = x.advisory"                              \
	" AND w.organisation = reader.organisation"                \
	" WHERE w.state IS NOT NULL"                               \
	" OR x.organisation = reader.organisation))"

#define ROWS_IS_OVERDUE "(x.answer_by_at < (SELECT reader.now_at FROM reader))"

/* What a list knows of a row before it has its columns. */
#define ROWS_KNOWN "position, advisory, label, severity, sectors, answer_by_at"
#define ROWS_KNOWN_OF(x, item) \
	x ".position, " item ", " x ".label, " x ".severity, " \
	x ".sectors, " x ".answer_by_at"

/*
 * Of a found row f.  What a list is filtered by is not read again from the
 * revision, where it stands behind the long texts; its publication is its
 * position, but for a few microseconds.  A withdrawn advisory is a notice
 * without a text for all but its source; nothing is unread for who is not
 * signed in.
 */
#define ROWS_COLUMNS                                                    \
	"f.position, a.ref, v.title, CASE WHEN a.state = 'withdrawn'"   \
	" AND a.organisation <> $2 THEN '' ELSE v.summary END,"         \
	" o.name, a.state, a.revision, f.label, f.severity, f.sectors," \
	" CASE a.state WHEN 'draft' THEN 0 ELSE f.position END,"        \
	" f.answer_by_at, $1 <> 0 AND a.state = 'published'"            \
	" AND COALESCE(n.revision, 0) < a.revision,"                    \
	" a.organisation = $2, w.state"

/*
 * Follows a CTE found of what is known; each row by a key of its own, in
 * whatever order: advisory_rows_take() sees to that.
 */
#define ROWS_SELECT(number)                                       \
	" SELECT " ROWS_COLUMNS " FROM found f"                   \
	" JOIN advisory a ON a.id = f.advisory"                   \
	" JOIN organisation o ON o.id = a.organisation"           \
	" JOIN advisory_revision v ON v.advisory = a.id"          \
	" AND v.number = " number                                 \
	" LEFT JOIN reading n ON n.person = $1"                   \
	" AND n.advisory = a.id"                                  \
	" LEFT JOIN answer w ON w.advisory = a.id"                \
	" AND w.organisation = $2"

/* clang-format on */

int advisory_rows_limit(const struct advisory_filter *);
int64_t advisory_rows_before(const struct advisory_filter *);
/*
 * Ends a query of the columns above, for one row more than the filter's
 * limit: that one says only that there is another page.
 */
enum err advisory_rows_take(struct ctx *, struct db_rows *,
    const struct advisory_filter *, struct advisory_list *);

#endif
