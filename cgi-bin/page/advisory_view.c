/* SPDX-License-Identifier: Apache-2.0 */
#include "page/advisory_view.h"

#include <string.h>

#include "base/text.h"
#include "page/row_view.h"
#include "web/markdown.h"

enum { EXCERPT = 240 }; /* characters */

/* ---- rows ------------------------------------------------------------ */

static bool
is_found(const struct advisory_row *a)
{
	return a->hit_title != NULL || a->hit_text != NULL;
}

/* The reader's organisation was asked, or has answered all the same. */
static bool
is_asked(const struct visit *v, const struct advisory_row *a)
{
	return v->ctx.actor.person != 0 && !a->is_own &&
	    (a->answer != NULL || a->answer_by_at != 0);
}

static bool
is_due(const struct visit *v, const struct advisory_row *a)
{
	return a->answer_by_at != 0 && a->answer_by_at < v->ctx.now_at;
}

static void
view_texts(struct visit *v, struct node *row, const struct advisory_row *a)
{
	node_set(row, "Ref", a->ref);
	node_set(row, "Title", a->title);
	node_set(
	    row, "Summary", text_excerpt(v->req->arena, a->summary, EXCERPT));
	node_set(row, "SectorNames", sector_titles(v, a->sectors));
	node_flag(row, "IsDraft", a->state == ADVISORY_DRAFT);
	page_severity(v, row, (int)a->severity);
	page_tlp(v, row, (int)a->label);
}

static void
view_row(struct visit *v, struct node *row, const struct advisory_row *a)
{
	view_texts(v, row, a);
	node_flag(row, "IsUnread", a->is_unread);
	node_flag(row, "HasState", a->state != ADVISORY_PUBLISHED);
	node_set(row, "Organisation", a->organisation_name);
	node_time(v->page, row, "Published", a->published_at);
	if (is_asked(v, a)) {
		node_flag(row, "IsAsked", true);
		node_flag(row, "IsDue", is_due(v, a));
		node_time(v->page, row, "AnswerBy", a->answer_by_at);
		if (a->answer != NULL)
			node_set(row, "Answer",
			    page_word(v, "Answer.State", a->answer));
	}
}

/* All that view_row() goes by. */
static struct part_key
row_key(const struct visit *v, const struct advisory_row *a)
{
	const bool asked = is_asked(v, a);
	uint64_t state = (uint64_t)a->revision;

	state = state << 2 | (uint64_t)a->state;
	state = state << 2 | (uint64_t)v->lang;
	state = state << 1 | a->is_unread;
	state = state << 1 | a->is_own;
	state = state << 1 | asked;
	state = state << 1 | (asked && is_due(v, a));
	state = state << 3 |
	    (asked && a->answer != NULL
		    ? 1 + (uint64_t)text_index(answer_states, a->answer)
		    : 0);
	return (struct part_key){ is_found(a) ? PART_FRAME : PART_ROW,
		(uint64_t)a->id, state, 0 };
}

static enum err
fill_row(struct visit *v, struct node *row, void *item)
{
	struct advisory_row *a = item;
	enum err rc;

	if (a->ref == NULL && (rc = advisory_row_texts(&v->ctx, a)) != ERR_OK)
		return rc;
	view_row(v, row, a);
	return ERR_OK;
}

static enum err
add_row(struct visit *v, struct advisory_row *a)
{
	struct row_view row = { row_key(v, a), "part/advisory_row.cs", fill_row,
		a, is_found(a), a->hit_title, a->hit_text };

	if (row.is_found && row.title == NULL)
		row.title = a->title;
	if (row.is_found && row.summary == NULL)
		row.summary = text_excerpt(v->req->arena, a->summary, EXCERPT);
	return row_view(v, &row);
}

enum err
view_rows(struct visit *v, const char *name, struct advisory_list *list)
{
	enum err rc = ERR_OK;

	row_view_start(v);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = add_row(v, &list->rows[i]);
	if (rc == ERR_OK)
		row_view_end(v, name);
	return rc;
}

enum err
view_drafts(struct visit *v, const char *name, struct advisory_list *list)
{
	struct advisory_row *a;
	enum err rc;

	for (size_t i = 0; i < list->count; i++) {
		a = &list->rows[i];
		if ((rc = advisory_row_texts(&v->ctx, a)) != ERR_OK)
			return rc;
		view_texts(v, node_row(v->root, name), a);
	}
	return ERR_OK;
}

/* ---- one ------------------------------------------------------------- */

/* A text of a published revision never changes: its markup is kept. */
static enum err
view_markdown(struct visit *v, struct node *node, const char *name,
    const struct advisory *a, const char *text)
{
	const struct part_key key = { PART_PROSE, (uint64_t)a->revision_id,
		(unsigned char)name[0], 0 };

	return page_prose(
	    v, node, name, a->revision_published_at != 0 ? &key : NULL, text);
}

static void
view_circles(struct visit *v, struct node *node, const struct advisory *a)
{
	struct node *row;
	size_t i;

	for (i = 0; i < a->circle_count; i++) {
		if (a->circles[i].kind == CIRCLE_OWN)
			continue;
		row = node_row(node, "Circles");
		node_set(row, "Ref", a->circles[i].ref);
		node_set(row, "Name",
		    circle_title(v, a->circles[i].ref, a->circles[i].name));
	}
}

static void
view_head(struct visit *v, struct node *node, const struct advisory *a)
{
	node_set(node, "Ref", a->ref);
	node_set(node, "Title", a->title);
	node_set(node, "Summary", a->summary);
	node_set(node, "Organisation", a->organisation_name);
	node_set(node, "OrganisationRef", a->organisation_ref);
	node_int(node, "Revision", a->number);
	node_flag(node, "IsOldRevision",
	    a->number < a->revision && a->state != ADVISORY_DRAFT);
	if (a->number > 1)
		page_count(v, node, "RevisionText", "Advisory.RevisionText",
		    a->number);
	node_set(node, "Change", a->change[0] != '\0' ? a->change : NULL);
	node_set(node, "Author", a->author_name);
	node_time(v->page, node, "Published", a->revision_published_at);
	node_time(v->page, node, "FirstPublished", a->published_at);
	node_flag(node, "IsWithdrawn", a->state == ADVISORY_WITHDRAWN);
	node_time(v->page, node, "Withdrawn", a->withdrawn_at);
	node_set(node, "WithdrawnWhy", a->withdrawn_why);
	node_set(node, "ForeignId", a->foreign_id);
	node_flag(node, "HasSource", a->has_source);
	node_time(v->page, node, "AnswerBy", a->answer_by_at);
	node_flag(node, "IsDue",
	    a->answer_by_at != 0 && a->answer_by_at < v->ctx.now_at);
}

enum err
view_advisory(struct visit *v, const struct advisory *a)
{
	struct node *node = node_at(v->root, "Advisory");
	enum err rc;

	view_head(v, node, a);
	page_tlp(v, node, (int)a->label);
	page_severity(v, node, (int)a->severity);
	page_sectors(v, node, "Sectors", a->sectors);
	view_circles(v, node, a);
	page_lines(v, node, "Products", "Name", a->products);
	page_lines(v, node, "Cves", "Id", a->cves);
	rc = view_markdown(v, node, "Happened", a, a->happened);
	if (rc != ERR_OK)
		return rc;
	return view_markdown(v, node, "Todo", a, a->todo);
}

/* ---- answers --------------------------------------------------------- */

void
view_answer(struct visit *v, struct node *node, const struct answer *answer)
{
	node_set(node, "StateWord", answer_states[answer->state]);
	node_set(node, "State",
	    page_word(v, "Answer.State", answer_states[answer->state]));
	node_set(node, "Comment",
	    answer->comment[0] != '\0' ? answer->comment : NULL);
	node_time(v->page, node, "DoneBy", answer->done_by_at);
	node_time(v->page, node, "Answered", answer->answered_at);
	node_set(node, "Person", answer->person_name);
}

/* ---- lists ----------------------------------------------------------- */
