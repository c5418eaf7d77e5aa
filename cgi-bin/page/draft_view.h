/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the forms of drafts share, of advisories, documents and agreements:
 * two who write at once, and what is still missing.  Templates show them by
 * frame/reach.cs.
 */
#ifndef PAGE_DRAFT_VIEW_H
#define PAGE_DRAFT_VIEW_H

#include "domain/fault.h"
#include "page/visit.h"

/* Who saved a draft last, and which edit of it that was. */
struct draft_saved {
	const char *author_name; /* NULL: no person */
	const char *organisation_name;
	int64_t saved_at;
	int edit;
};

/*
 * Somebody saved since v->form was made: what is theirs is shown beside what
 * was typed, and the form now goes on from their edit.  `theirs` is a form of
 * the same fields with what was saved; `unsaid` are those that are not
 * compared, NULL-ended.  Conflict.{Person,Saved,Fields.N.{Label,Theirs}}
 */
void draft_view_conflict(struct visit *, const struct draft_saved *,
    struct form *theirs, const char *const *unsaid);

/*
 * What still has to be written before a draft can be published, which
 * advisory_ready() and document_ready() say: Draft.{IsIncomplete,
 * Faults.N.{Field,Label,Text}}.
 */
enum err
draft_view_missing(struct visit *, enum err ready, const struct fault *);
/* The same beside the fields of the draft's form. */
enum err
draft_view_wanting(struct visit *, enum err ready, const struct fault *);

#endif
