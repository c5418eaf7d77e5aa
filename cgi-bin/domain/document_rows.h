/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lists and search of documents share: how rows are filtered, and how
 * those that were found are completed.  document_list.c, document_rows.c,
 * document_search.c and document_today.c alone include it.
 */
#ifndef DOMAIN_DOCUMENT_ROWS_H
#define DOMAIN_DOCUMENT_ROWS_H

#include "domain/document_store.h"
#include "domain/newest.h"

/* clang-format off */

/*
 * On a row x of document_circle: $5 before, $6 since, $7 sectors, $8
 * measures, $9 kind, $10 language, $11 label, $12 own, $13 unread, $14 used.
 * What is for all sectors is for each.  Drafts have a list of their own.
 */
#define DOCUMENT_FILTER                                               \
	"x.position < $5 AND x.position >= $6 AND x.state <> 'draft'" \
	" AND ($7 = 0 OR x.sectors = 0 OR (x.sectors & $7) <> 0)"     \
	" AND ($8 = 0 OR (x.measures & $8) <> 0)"                     \
	" AND ($9 = '' OR x.kind = $9) AND ($10 = '' OR x.language = $10)" \
	" AND ($11 < 0 OR x.label = $11)"                             \
	" AND ($12 = 0 OR x.organisation = $2)"                       \
	" AND ($13 = 0 OR ($1 <> 0 AND x.state = 'published'"         \
	" AND x.version > COALESCE((SELECT n.version"                 \
	" FROM document_reading n WHERE n.person = $1"                \
	" AND n.document = x.document), 0)))"                         \
	" AND ($14 = 0 OR EXISTS (SELECT 1 FROM document_use u"       \
	" WHERE u.document = x.document AND u.organisation = $2))"

#define DOCUMENT_FILTER_VALUES(f, since)                              \
	db_i(document_rows_before(f)), db_i(since), db_i((f)->sectors), \
	    db_i((f)->measures), db_t(document_rows_kind(f)),         \
	    db_t((f)->language != NULL ? (f)->language : ""),         \
	    db_i((f)->label), db_i((f)->is_own), db_i((f)->is_unread), \
	    db_i((f)->is_used)

/* clang-format on */

int document_rows_limit(const struct document_filter *);
int64_t document_rows_before(const struct document_filter *);
const char *document_rows_kind(const struct document_filter *);

/*
 * A row that was found by its id and the rule, with position, id and version
 * (of a list of drafts: the one written) set: all the rest of it.
 */
enum err document_row_fill(struct ctx *, struct document_row *);
/* What was found, by document and version, as a list of whole rows. */
enum err document_rows_end(
    struct ctx *, enum err rc, struct newest *, struct document_list *);

#endif
