/* SPDX-License-Identifier: Apache-2.0 */
/*
 * THE rule of who may read records, for lists, pages, proofs and bundles
 * alike.  A member reads what concerns its own organisation; of what concerns
 * persons, only who looks after them or binds the organisation.  An auditor
 * reads beside that what its mandates cover: of each party of an agreement in
 * force that names the auditor, the records of the families, since the
 * moment, up to the label that the agreement's terms say.  Evaluated when
 * somebody reads, as everything is.
 */
#ifndef DOMAIN_RECORD_SCOPE_H
#define DOMAIN_RECORD_SCOPE_H

#include "domain/ctx.h"
#include "domain/record.h"
#include "domain/tlp.h"

/* Records of one organisation that the actor may read. */
struct record_scope {
	int64_t organisation;
	char *organisation_ref, *organisation_name;
	int64_t families; /* bit mask of enum record_family; 0 all */
	enum tlp max_label;
	int64_t from_at;
	/* Of a mandate, else NULL: */
	char *agreement_ref, *agreement_title;
};

/* The own organisation's first; nobody who is signed in has none. */
enum err record_scopes(struct ctx *, struct record_scope **, size_t *n);

/* clang-format off */

/*
 * On a row x of record_concern: $1 organisation, $2 from, $3 until, $4
 * families of the scope, $5 its label, $6 families asked for, $7 before, $8
 * the least record.
 */
#define RECORD_SCOPE                                                     \
	"x.organisation = $1 AND x.recorded_at >= $2"                    \
	" AND ($3 = 0 OR x.recorded_at < $3)"                            \
	" AND ($4 = 0 OR ($4 >> x.family) & 1 = 1)"                      \
	" AND (x.label IS NULL OR x.label <= $5)"                        \
	" AND ($6 = 0 OR ($6 >> x.family) & 1 = 1)"                      \
	" AND x.record < $7 AND x.record >= $8"

/* The eight values; `f` is a struct record_filter. */
#define RECORD_SCOPE_VALUES(s, f, least)                                 \
	db_i((s)->organisation),                                         \
	    db_i((f)->from_at > (s)->from_at ? (f)->from_at              \
					     : (s)->from_at),            \
	    db_i((f)->until_at), db_i((s)->families),                    \
	    db_i((s)->max_label), db_i((f)->families),                   \
	    db_i((f)->before > 0 ? (f)->before : INT64_MAX), db_i(least)

/* clang-format on */

#endif
