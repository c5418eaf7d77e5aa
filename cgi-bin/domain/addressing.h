/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom an item that is being written is addressed to: what was typed, and
 * the rows that it means.  Advisories and documents share it.
 */
#ifndef DOMAIN_ADDRESSING_H
#define DOMAIN_ADDRESSING_H

#include "domain/access.h"
#include "domain/circle.h"
#include "domain/ctx.h"
#include "domain/fault.h"
#include "domain/tlp.h"

struct addressing {
	enum tlp label;
	const char *const *circles; /* refs, NULL-ended; NULL: none */
	const char *const *named;   /* e-mails likewise, TLP:RED only */
};

struct addressed {
	int64_t *circles; /* ids, each once */
	size_t circle_count;
	int64_t *people; /* ids, each once */
	size_t people_count;
};

/*
 * Circles follow circle_addressable().  Who writes a TLP:RED item has read
 * it, and is always named.  Faults of "label", "circles" and "named" are
 * noted: Wrong, Unknown; NotText NamedUnknown NamedOnly.
 */
enum err addressing_check(struct ctx *, const struct addressing *,
    struct addressed *, struct fault *);

/*
 * Of a revision or version that is stored: the circles as its reader may know
 * them (that an agreement between others exists is theirs to tell; the owner
 * sees all), and, for the owner, the e-mails of named persons, NULL-ended.
 */
enum err addressing_circles(struct ctx *, enum access_item, int64_t piece,
    bool is_own, struct circle **, size_t *n);
enum err
addressing_named(struct ctx *, enum access_item, int64_t piece, char ***named);

/* What an item that is to be read must have: Circles, Named. */
void addressing_complete(
    struct arena *, enum tlp label, const struct addressed *, struct fault *);

#endif
