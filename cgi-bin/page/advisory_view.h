/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Advisories as page data: a row of a list, the whole of one, the reason why
 * the reader may have it.  For every page that shows advisories.
 */
#ifndef PAGE_ADVISORY_VIEW_H
#define PAGE_ADVISORY_VIEW_H

#include "domain/access.h"
#include "domain/advisory.h"
#include "domain/answer.h"
#include "page/visit.h"

/*
 * The rows of a list as markup `name`, absent when it is empty.  Texts are
 * asked for where a row was not shown before.
 */
enum err view_rows(struct visit *, const char *name, struct advisory_list *);
/* Rows <name>.N of a list of drafts, for draft_row() of frame/macros.cs. */
enum err view_drafts(struct visit *, const char *name, struct advisory_list *);

/* Advisory.*: what the contract of advisory/read.cs names. */
enum err view_advisory(struct visit *, const struct advisory *);

/* Document: markup of its structured document, and .Has; absent without. */
enum err view_parts(struct visit *, const struct advisory *);

/* One answer: .State .StateWord .Comment .DoneBy .Answered .Person */
void view_answer(struct visit *, struct node *, const struct answer *);

#endif
