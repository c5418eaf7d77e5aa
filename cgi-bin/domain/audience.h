/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who will see it, and why, before it is published: the access rule read in
 * the other direction.
 */
#ifndef DOMAIN_AUDIENCE_H
#define DOMAIN_AUDIENCE_H

#include "domain/access.h"
#include "domain/ctx.h"
#include "domain/tlp.h"

struct audience_row {
	char *organisation_ref;
	char *organisation_name;
	char *country;
	enum org_kind kind;
	int64_t people;	   /* active people who would be able to read it */
	char *circle_ref;  /* the strongest of those that let them */
	char *circle_name; /* of kind agreement, else NULL */
	char *agreement_ref;
	char *agreement_title; /* NULL: on paper, its kind says it */
	bool is_own;	       /* the source itself */
};

struct audience {
	struct audience_row *rows; /* by organisation name, the own one first */
	size_t count;
	int64_t people;	       /* without the own organisation */
	int64_t organisations; /* likewise */
	bool is_public;	       /* TLP:CLEAR: the whole world */
};

/*
 * Of a revision of an advisory, or a version of a document, as it is now.
 * Empty means: not public, and nobody outside
 * the own organisation.  The caller has checked that the actor may see it.
 */
enum err
audience_of(struct ctx *, enum access_item, int64_t piece, struct audience **);
bool audience_is_empty(const struct audience *);
/* Whether it is not empty, for who asks nothing else. */
enum err
audience_is_there(struct ctx *, enum access_item, int64_t piece, bool *);

#endif
