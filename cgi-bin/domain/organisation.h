/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Organisations: admitted by the keeper, with the date of the charter that they
 * signed on paper, or offered it to be signed in the portal; the signature
 * writes their grants.  Suspended, which ends grants and sessions at that
 * instant.
 */
#ifndef DOMAIN_ORGANISATION_H
#define DOMAIN_ORGANISATION_H

#include "domain/ctx.h"

struct agreement_charter;

struct organisation {
	int64_t id;
	char *ref;
	char *name;
	enum org_kind kind;
	char *country; /* ISO 3166-1 alpha-2, upper case */
	int64_t sectors;
	bool is_suspended;
	int64_t admitted_at;
	int64_t suspended_at;	   /* 0 while admitted */
	int64_t people;		   /* active and invited ones */
	int64_t charter_signed_at; /* 0: has none (auditor, keeper), or has
				      not signed it yet */
	char *charter_ref;	   /* the last one offered, not withdrawn */
	bool is_charter_on_paper;
	int64_t charter_until_at; /* by term or by notice; 0: no end */
};

struct organisation_new {
	const char *name; /* cleaned, 2 to 120 characters */
	enum org_kind kind;
	const char *country;
	int64_t sectors;	   /* not 0 for an operator */
	int64_t charter_signed_at; /* on paper; 0: `charter` is offered */
	/* For operator, institution; else, and with a day, not looked at. */
	const struct agreement_charter *charter;
};

/*
 * Writes organisation, its own circle, charter, grants (community and each
 * of its sectors, up to TLP:AMBER+STRICT; auditors and the keeper get none)
 * and the record.  Where the charter is offered, grants come with the
 * signature (agreement_offer_charter()).  ERR_EXISTS: the name is taken, in
 * whatever case; ERR_INVALID: one of the fields is not as said above, or the
 * charter has neither day nor text.
 */
enum err
organisation_admit(struct ctx *, const struct organisation_new *, char **ref);

/*
 * Ends its grants and the sessions of its people, now.  Reinstating writes
 * new grants from now on, under the same charter and agreements.
 * ERR_NOT_FOUND; ERR_STATE: it is so already, or it is the actor's own;
 * ERR_INVALID: `why` is no text.
 */
enum err organisation_suspend(struct ctx *, const char *ref, const char *why);
enum err organisation_reinstate(struct ctx *, const char *ref);

enum err
organisation_load(struct ctx *, const char *ref, struct organisation **);
/* By name; all of them: there are hundreds, not more. */
enum err organisation_list(struct ctx *, struct organisation **, size_t *n);

#endif
