/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreements of three, of the CSIRT (which proposes), the ministry and an
 * operator in energy, audited by the Court of Audit, until a day of this
 * century: made over HTTP, in each state that a test may ask for.
 */
#ifndef HTTP_TRIO_H
#define HTTP_TRIO_H

#include "client.h"

/* Their signatories; the first one is a publisher, too. */
enum trio { TRIO_CSIRT, TRIO_MINISTRY, TRIO_ENERGY, TRIO__MAX };
extern const char *const trio_emails[TRIO__MAX];
extern const char *const trio_names[TRIO__MAX]; /* of the organisations */

/* A session of that signatory with a fresh proof; anybody's by e-mail. */
struct client *trio_fresh(enum trio);
struct client *trio_fresh_as(const char *email);

/* Each gives the ref. */
char *trio_draft(void);
char *trio_proposed(void);
char *trio_in_force(void);
char *trio_ending(void);    /* the ministry has said yes to ending it */
char *trio_suspended(void); /* the ministry has suspended the CSIRT */
char *trio_asked(void);	    /* the CSIRT has asked to publish it whole */
char *trio_published(void);

/* In the portal; the answer is a 303. */
const struct answer *trio_sign(struct client *, const char *ref);
/* The draft as it stands, proposed by its own form. */
void trio_propose(struct client *, const char *ref);

/* A draft of the next version, with another title. */
void trio_revise(struct client *, const char *ref);

/* "/agreements/AGR-2026-0007/sign" */
char *trio_path(const char *ref, const char *act);
/* The ref in an answer's Location; ends the test when it leads nowhere. */
char *trio_ref(const struct answer *);

#endif
