/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What members say about a document of the library: threads of one level, in
 * plain text.  An act asks the access rule first (document_load()) and is one
 * transaction; no record is made of it.
 *
 * What is said of a version may quote it: who may not read that version is
 * shown neither the comment nor the answers to it, also where a later one is
 * open to more readers.  Only members see comments, and of a withdrawn
 * document only its contributor does.
 */
#ifndef DOMAIN_DOCUMENT_COMMENT_H
#define DOMAIN_DOCUMENT_COMMENT_H

#include "domain/document.h"

enum {
	COMMENTS_MAX = 1000,
	COMMENTS_OWN_MAX = 250, /* of one organisation */
	COMMENT_MAX = 4000,	/* characters */
	COMMENT_EDIT_S = 600	/* how long its author may change a comment */
};

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
 * begins one and that the actor sees (ERR_NOT_FOUND otherwise).  ERR_INVALID:
 * empty, too long or no plain text.  ERR_STATE: not published.  ERR_TOO_MANY:
 * COMMENTS_MAX have been written, or COMMENTS_OWN_MAX by the actor's
 * organisation.  ERR_FORBIDDEN: not a member.
 */
enum err document_comment_add(struct ctx *, const char *ref, int64_t thread,
    const char *text, int64_t *id);
/* One's own, within COMMENT_EDIT_S; later ERR_STATE, others' ERR_NOT_FOUND. */
enum err document_comment_edit(
    struct ctx *, const char *ref, int64_t id, const char *text);

#endif
