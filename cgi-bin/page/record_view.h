/* SPDX-License-Identifier: Apache-2.0 */
/* Records on pages: what they are called, what they lead to. */
#ifndef PAGE_RECORD_VIEW_H
#define PAGE_RECORD_VIEW_H

#include "domain/record_list.h"
#include "page/visit.h"

/* "Advisory published"; of a kind that is not ours, its name. */
const char *record_view_kind(struct visit *, const char *kind);

/*
 * .Href and .Title of what a record is about, when the reader may see it;
 * else nothing.
 */
enum err
record_view_object(struct visit *, struct node *, const struct record_row *);

/*
 * Records.Href on the page of an object: its history as records, for whoever
 * may read any of them.
 */
enum err record_view_history(struct visit *, const char *ref);

#endif
