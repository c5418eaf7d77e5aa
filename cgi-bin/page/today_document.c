/* SPDX-License-Identifier: Apache-2.0 */
#include "page/today_document.h"

#include "domain/document_today.h"
#include "page/document_view.h"

enum { ROWS = 5 }; /* of each list on the page */

static enum err
show_news(struct visit *v)
{
	struct document_list list;
	enum err rc;

	if ((rc = document_news(&v->ctx, ROWS, &list)) != ERR_OK)
		return rc;
	node_flag(v->root, "ShelfMore", list.next != 0);
	return document_view_rows(v, "Shelf", &list);
}

static void
show_due(struct visit *v, const struct document_due_row *d)
{
	struct node *row = node_row(v->root, "Dues");
	const struct say say[] = {
		{ "organisation", d->organisation_name, 0 },
		{ NULL, NULL, 0 },
	};
	const bool is_review = d->why == DOCUMENT_DUE_REVIEW;
	const bool is_over = is_review && d->review_by_at < v->ctx.now_at;
	const char *key = "Today.Due.changes";

	if (is_review)
		key = is_over ? "Today.Due.overdue" : "Today.Due.review";
	node_set(row, "Ref", d->ref);
	node_set(row, "Title", d->title);
	node_say(v->page, row, "Text", key, say);
	node_time(
	    v->page, row, "At", is_review ? d->review_by_at : d->asked_at);
	node_flag(row, "IsUrgent", is_over);
}

static enum err
show_dues(struct visit *v)
{
	struct document_due_row *all;
	size_t i, n;
	enum err rc;

	if ((v->ctx.actor.roles & ROLE_PUBLISHER) == 0)
		return ERR_OK;
	if ((rc = document_dues(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	node_flag(v->root, "DuesMore", n > ROWS);
	for (i = 0; i < n && i < ROWS; i++)
		show_due(v, &all[i]);
	return ERR_OK;
}

enum err
today_documents(struct visit *v)
{
	enum err rc;

	rc = show_news(v);
	return rc == ERR_OK ? show_dues(v) : rc;
}
