/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of lists as markup that is kept (web/part.h).  Of a search, the markup
 * without title and summary is, and these are put in with their hits marked.
 */
#ifndef PAGE_ROW_VIEW_H
#define PAGE_ROW_VIEW_H

#include "page/visit.h"
#include "web/part.h"

struct row_view {
	struct part_key key;	   /* kind 0: not kept */
	const char *template_name; /* with the places Title and Summary */
	enum err (*fill)(struct visit *, struct node *, void *item);
	void *item;
	bool is_found;		     /* the two texts stand for the item's: */
	const char *title, *summary; /* hits between U+0002 and U+0003 */
};

/* Adds the row to v->site->rows, which view_rows_end() makes a node of. */
enum err row_view(struct visit *, const struct row_view *);

void row_view_start(struct visit *);
/* As markup `name`, absent without a row. */
void row_view_end(struct visit *, const char *name);

#endif
