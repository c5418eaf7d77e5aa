/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a document share with each other, and with none else. */
#ifndef PAGE_PAGE_DOCUMENT_H
#define PAGE_PAGE_DOCUMENT_H

#include "page/document_view.h"
#include "page/visit.h"

struct document_noted {
	const struct document *document;
	bool is_file;
};

/*
 * Notes, once the answer is made, that its page was opened or its file had;
 * of nobody and of a HEAD, which shows nothing, not.
 */
void document_note_later(struct visit *, const struct document *, bool is_file);

/*
 * The version of …/{ref}/versions/{number}, also one that the own
 * organisation is writing.
 */
enum err document_at(struct visit *, struct document **);

/* Where the query, or the form that was sent, wants to be. */
struct document_place document_place(struct visit *);
/* The forms on its page: a comment in that place, a review. */
enum err document_forms(
    struct visit *, const struct document *, const struct document_place *);

#endif
