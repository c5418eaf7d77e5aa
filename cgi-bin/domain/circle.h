/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Circles: the groups of readers that items are addressed to, and which
 * agreement opened each of them to an organisation.
 */
#ifndef DOMAIN_CIRCLE_H
#define DOMAIN_CIRCLE_H

#include "domain/ctx.h"
#include "domain/tlp.h"

enum circle_kind {
	CIRCLE_PUBLIC,
	CIRCLE_COMMUNITY,
	CIRCLE_SECTOR,
	CIRCLE_AGREEMENT,
	CIRCLE_OWN,
	CIRCLE_KIND__MAX
};

enum { CIRCLE_PUBLIC_ID = 1 }; /* from the first migration on */

struct circle {
	int64_t id;
	char *ref; /* "energy"; the catalogue's "Circle.energy" */
	enum circle_kind kind;
	char *name; /* of kind agreement, else NULL */
};

/* A circle that the actor's organisation may read now, and why. */
struct circle_grant {
	struct circle circle;
	enum tlp max_label;
	char *agreement_ref;
	char *agreement_kind;  /* "charter" */
	char *agreement_title; /* NULL: on paper, its kind says it */
	int64_t signed_at;
	int64_t from_at;
	int64_t until_at;      /* by term or by notice; 0: no end */
	int64_t organisations; /* that have it now */
};

/* Valid grants of the actor's organisation, community first. */
enum err circle_granted(struct ctx *, struct circle_grant **, size_t *n);

/* One that the actor's organisation has now; else ERR_NOT_FOUND. */
enum err circle_load(struct ctx *, const char *ref, struct circle *);

/* Who has a circle now, by which agreement. */
struct circle_opening {
	char *organisation_ref, *organisation_name;
	bool is_own;
	enum tlp max_label;
	/* NULL where the actor's organisation is no party of it, and it is not
	   published to everybody: */
	char *agreement_ref, *agreement_kind;
	char *agreement_title; /* NULL also: on paper */
	int64_t from_at;
	int64_t until_at; /* by term or by notice; 0: no end */
};
/*
 * Of a circle that the actor's organisation has now (else ERR_NOT_FOUND), by
 * name; one row a grant.
 */
enum err circle_openings(
    struct ctx *, const char *ref, struct circle_opening **, size_t *n);

/* One of the actor's reach, by its id; what it says of one never changes. */
enum err circle_by_id(struct ctx *, int64_t id, struct circle *);

/*
 * What the actor may address an item to: the circles that the actor's
 * organisation has a grant for; an institution also the community and every
 * sector that any organisation has a grant for.  The parties of an agreement
 * are nobody else's business.
 */
enum err circle_addressable(struct ctx *, struct circle **, size_t *n);
/* One of them; ERR_NOT_FOUND: it is not. */
enum err circle_may_address(struct ctx *, const char *ref, struct circle *);

/* For the domain: four columns from this one, id, ref, kind, name. */
void circle_fill(struct ctx *, struct db_rows *, int column, struct circle *);

/* Their refs, NULL-ended: as a form or a draft names circles. */
const char **circle_refs(struct arena *, const struct circle *, size_t n);

/* The one of them with this ref, or NULL. */
const struct circle *
circle_find(const struct circle *, size_t n, const char *ref);

#endif
