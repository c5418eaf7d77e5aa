/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What members say of a document of the library to each other: comments,
 * "we use this", peer reviews; and what a person wants to hear of.  Each act
 * asks the access rule first (document_load()), is one transaction, and the
 * consequential ones (use, review) append a record.
 */
#ifndef DOMAIN_DOCUMENT_EXCHANGE_H
#define DOMAIN_DOCUMENT_EXCHANGE_H

#include "domain/document.h"

enum {
	COMMENT_MAX = 4000, /* characters */
	REVIEW_MAX = 4000,
	COMMENT_EDIT_S = 600 /* how long its author may change a comment */
};

/* ---- comments: threads of one level ----------------------------------- */

struct document_comment {
	int64_t id;
	int64_t thread; /* the comment it answers; 0: begins one */
	int version;	/* the newest when it was written */
	char *person_name, *organisation_name, *organisation_ref;
	char *text;
	int64_t written_at, edited_at; /* 0: never */
	bool may_edit; /* the actor wrote it, less than COMMENT_EDIT_S ago */
};
/* Threads oldest first, each followed by its answers, oldest first. */
enum err document_comments(struct ctx *, const struct document *,
    struct document_comment **, size_t *n);
/*
 * `thread` 0 begins one; else it answers a comment of this document that
 * begins one (ERR_NOT_FOUND otherwise).  ERR_INVALID: empty, too long or no
 * plain text.  ERR_STATE: not published.
 */
enum err document_comment_add(struct ctx *, const char *ref, int64_t thread,
    const char *text, int64_t *id);
/* One's own, within COMMENT_EDIT_S; later ERR_STATE, others' ERR_NOT_FOUND. */
enum err document_comment_edit(
    struct ctx *, const char *ref, int64_t id, const char *text);

/* ---- use --------------------------------------------------------------- */

struct document_use {
	char *organisation_ref, *organisation_name;
	int64_t used_at;
	bool is_own;
};
enum err document_uses(
    struct ctx *, const struct document *, struct document_use **, size_t *n);
/* The actor's organisation uses it, or no longer.  Twice is harmless. */
enum err document_use_set(struct ctx *, const char *ref, bool is_used);

/* ---- reviews ----------------------------------------------------------- */

enum verdict_word {
	REVIEW_REVIEWED,
	REVIEW_RESERVATIONS,
	REVIEW_CHANGES,
	REVIEW__MAX
};
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
/* Newest first. */
enum err document_reviews(struct ctx *, const struct document *,
    struct document_review **, size_t *n);
/*
 * A verdict on the version `number`, which must be the newest (ERR_STALE);
 * never by the contributor's own organisation (ERR_FORBIDDEN).  Text may be
 * empty of REVIEW_REVIEWED alone (ERR_INVALID).
 */
enum err document_review_give(struct ctx *, const char *ref, int number,
    enum verdict_word, const char *text);

/* ---- Today ------------------------------------------------------------- */

struct subscription {
	int64_t sectors, measures;
};
enum err subscription_load(struct ctx *, struct subscription *);
enum err subscription_set(struct ctx *, const struct subscription *);

/*
 * Documents of the last 30 days that the person has not opened, of a sector
 * or a measure that they subscribed to; not the own organisation's.
 */
enum err document_news(struct ctx *, int limit, struct document_list *);

/* What a contributor should look at: for its publishers. */
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
};
enum err document_dues(struct ctx *, struct document_due_row **, size_t *n);

#endif
