/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Peer review: a verdict of another organisation on one version of a document
 * of the library.  One transaction each, with its record.  Who may not read
 * the version is not shown what was found of it; only members are.
 */
#ifndef DOMAIN_DOCUMENT_REVIEW_H
#define DOMAIN_DOCUMENT_REVIEW_H

#include "domain/document.h"

enum {
	REVIEW_MAX = 4000,   /* characters */
	REVIEWS_OWN_MAX = 20 /* that an organisation gives of one version */
};

enum verdict_word {
	REVIEW_REVIEWED,
	REVIEW_RESERVATIONS,
	REVIEW_CHANGES,
	REVIEW__MAX
};
/* "reviewed" "reservations" "changes", NULL. */
extern const char *const review_verdicts[REVIEW__MAX + 1];

struct document_review {
	char *organisation_ref, *organisation_name, *person_name;
	enum verdict_word verdict;
	int version;
	char *text;
	int64_t reviewed_at;
	bool is_own;	    /* the actor's organisation gave it */
	bool is_superseded; /* of an older version, or it gave a newer one */
};
/* Those that count, then those that are superseded; newest first. */
enum err document_reviews(struct ctx *, const struct document *,
    struct document_review **, size_t *n);

/*
 * A verdict on the version `number`, which must be the newest (ERR_STALE);
 * never by the contributor's own organisation, nor by who is no member
 * (ERR_FORBIDDEN).  Text may be empty of REVIEW_REVIEWED alone (ERR_INVALID,
 * as for one that is too long or no plain text).  ERR_STATE: not published.
 * ERR_TOO_MANY: the organisation gave REVIEWS_OWN_MAX of this version.
 */
enum err document_review_give(struct ctx *, const char *ref, int number,
    enum verdict_word, const char *text);

#endif
