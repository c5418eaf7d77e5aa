/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Today says of the library: new documents that a person has subscribed
 * to, and what a contributor should look at.  Asked for when it is read, so
 * that no job has to run.
 */
#ifndef DOMAIN_DOCUMENT_TODAY_H
#define DOMAIN_DOCUMENT_TODAY_H

#include "domain/document.h"

enum { DOCUMENT_NEWS_DAYS = 30, DOCUMENT_DUE_DAYS = 30 };

/*
 * Documents of the last DOCUMENT_NEWS_DAYS whose newest version the person has
 * not opened, for a sector (or for all) or helping with a measure that they
 * subscribed to; not the own organisation's.  Without a subscription nothing
 * is asked.
 */
enum err document_news(struct ctx *, int limit, struct document_list *);

enum document_due {
	DOCUMENT_DUE_REVIEW,  /* the review-by date is near or over */
	DOCUMENT_DUE_CHANGES, /* somebody asks for changes of the newest */
	DOCUMENT_DUE__MAX
};
struct document_due_row {
	char *ref, *title;
	enum document_due why;
	int64_t review_by_at;	 /* of DUE_REVIEW */
	char *organisation_name; /* of DUE_CHANGES: who asks */
	int64_t asked_at;	 /* … and when */
};
/*
 * Of the own organisation's published documents, for its publishers: the most
 * urgent dates first, then who asks for changes, newest first.
 */
enum err document_dues(struct ctx *, struct document_due_row **, size_t *n);

#endif
