/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who has read an item, as its source is told: by organisation, and person by
 * person where the source may know them, which is under TLP:RED and of its own
 * people.  What is noted of a reader, and when, is each kind's own:
 * advisory_reading.c and document_reading.c.
 */
#ifndef DOMAIN_READING_H
#define DOMAIN_READING_H

#include "domain/ctx.h"

struct reading_row {
	char *organisation_name;
	char *person_name; /* where the source may know them, else NULL */
	bool is_own;	   /* the source's own people */
	int64_t people;	   /* who opened it */
	int64_t first_at, last_at;
	int64_t downloads;     /* of a document: who of them had a file … */
	int64_t downloaded_at; /* … and the last time; 0 never */
};

/* clang-format off */

/*
 * For the domain.  The rows of an item a, whose noun is a literal, by its
 * readings n, in a table; `downloads` are two columns.  $1 is its label, $2
 * its id, $3 its source.
 */
#define READING_LIST(item, table, downloads) \
	"SELECT o.name, CASE WHEN " READING_IS_NAMED " THEN p.name END AS who," \
	" o.id = a.organisation, COUNT(*), MIN(n.first_at), MAX(n.last_at), " \
	downloads \
	" FROM " item " a JOIN " table " n ON n." item " = a.id" \
	" JOIN organisation o ON o.id = n.organisation" \
	" JOIN person p ON p.id = n.person" \
	" WHERE a.id = $2 AND a.organisation = $3" \
	" GROUP BY o.id, o.name, CASE WHEN " READING_IS_NAMED " THEN p.id END" \
	" ORDER BY o.name, who"
#define READING_IS_NAMED "$1 = 4 OR o.id = a.organisation"

/* clang-format on */

/* Takes all of a query of such columns, and ends it. */
enum err
reading_rows(struct ctx *, struct db_rows *, struct reading_row **, size_t *n);

#endif
