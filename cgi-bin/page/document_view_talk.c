/* SPDX-License-Identifier: Apache-2.0 */
/* What members say of a document: who uses it, verdicts, comments. */
#include <string.h>

#include "domain/document_comment.h"
#include "domain/document_review.h"
#include "domain/document_use.h"
#include "page/document_view.h"

/* Bounds of one page, so that nobody can write it full for all others. */
enum { TALK_BYTES = 256 * 1024, OLD_REVIEWS = 20, REVIEWS = 200 };

/* ---- use ------------------------------------------------------------- */

static enum err
view_uses(struct visit *v, const struct document *d)
{
	struct node *node = node_at(v->root, "Use"), *row;
	struct document_use *uses;
	size_t n;
	enum err rc;

	if ((rc = document_uses(&v->ctx, d, &uses, &n)) != ERR_OK)
		return rc;
	page_count(v, node, "CountText", "Document.Uses", (int64_t)n);
	for (size_t i = 0; i < n; i++) {
		row = node_row(node, "Rows");
		node_set(row, "Organisation", uses[i].organisation_name);
		node_set(row, "OrganisationRef", uses[i].organisation_ref);
		node_time(v->page, row, "Since", uses[i].used_at);
		node_flag(row, "IsOwn", uses[i].is_own);
		if (uses[i].is_own)
			node_flag(node, "IsOurs", true);
	}
	return ERR_OK;
}

/* ---- reviews --------------------------------------------------------- */

static void
view_review(struct visit *v, const struct document_review *from)
{
	struct node *row = node_row(v->root, "Reviews");

	node_set(row, "Organisation", from->organisation_name);
	node_set(row, "OrganisationRef", from->organisation_ref);
	node_set(row, "Person", from->person_name);
	node_set(row, "VerdictWord", review_verdicts[from->verdict]);
	node_set(row, "Verdict",
	    page_word(v, "Document.Verdict", review_verdicts[from->verdict]));
	page_count(
	    v, row, "VersionText", "Document.VersionText", from->version);
	node_set(row, "Text", from->text[0] != '\0' ? from->text : NULL);
	node_time(v->page, row, "At", from->reviewed_at);
	node_flag(row, "IsOwn", from->is_own);
	node_flag(row, "IsOld", from->is_superseded);
}

static enum err
view_reviews(struct visit *v, const struct document *d)
{
	struct document_review *reviews;
	size_t n, old = 0, shown = 0;
	enum err rc;

	if ((rc = document_reviews(&v->ctx, d, &reviews, &n)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < n && shown < REVIEWS; i++) {
		if (reviews[i].is_superseded && ++old > OLD_REVIEWS)
			continue;
		view_review(v, &reviews[i]);
		shown++;
	}
	return ERR_OK;
}

/* ---- comments -------------------------------------------------------- */

static void
view_comment(struct visit *v, struct node *row, const struct document *d,
    const struct document_comment *from)
{
	node_int(row, "Number", from->id);
	node_set(row, "Person", from->person_name);
	node_set(row, "Organisation", from->organisation_name);
	node_set(row, "OrganisationRef", from->organisation_ref);
	node_set(row, "Text", from->text);
	node_time(v->page, row, "Written", from->written_at);
	node_time(v->page, row, "Edited", from->edited_at);
	node_flag(row, "MayEdit", from->may_edit);
	if (from->version != d->version)
		page_count(v, row, "VersionText", "Document.VersionText",
		    from->version);
}

/* What fits on a page, from one of them on: at least one, the next behind. */
static size_t
end_of(const struct document_comment *all, size_t n, size_t from)
{
	size_t bytes = 0, i = from;

	while (i < n && (i == from || bytes < TALK_BYTES))
		bytes += strlen(all[i++].text);
	return i;
}

/* Where the page starts: where it was asked to, or at a thread's beginning. */
static size_t
start_of(const struct document_comment *all, size_t n,
    const struct document_place *place)
{
	const int64_t wanted = place->reply != 0 ? place->reply
	    : place->change != 0		 ? place->change
						 : place->said;
	size_t i = 0;

	if (end_of(all, n, 0) == n)
		return 0;
	if (wanted == 0)
		return (uint64_t)place->from < n ? (size_t)place->from : 0;
	while (i < n && all[i].id != wanted)
		i++;
	while (i > 0 && (i == n || all[i].thread != 0))
		i--;
	return i;
}

/* Answers come right behind what they answer. */
static enum err
view_comments(struct visit *v, const struct document *d,
    const struct document_place *place)
{
	struct document_comment *all;
	struct node *thread = NULL, *row;
	size_t n, i, end;
	enum err rc;

	if ((rc = document_comments(&v->ctx, d, &all, &n)) != ERR_OK)
		return rc;
	i = start_of(all, n, place);
	node_flag(v->root, "HasEarlier", i > 0);
	for (end = end_of(all, n, i); i < end; i++) {
		if (all[i].thread == 0 || thread == NULL)
			row = thread = node_row(v->root, "Threads");
		else
			row = node_row(thread, "Answers");
		view_comment(v, row, d, &all[i]);
		node_flag(row, "IsSaid", all[i].id == place->said);
		/* Beside it, the notice is in sight. */
		if (all[i].id == place->said)
			node_flag(v->root, "IsNoticeBelow", true);
	}
	if (end < n)
		node_int(v->root, "NextTalk", (int64_t)end);
	return ERR_OK;
}

enum err
document_view_talk(struct visit *v, const struct document *d,
    const struct document_place *place)
{
	enum err rc;

	if ((rc = view_uses(v, d)) != ERR_OK ||
	    (rc = view_reviews(v, d)) != ERR_OK)
		return rc;
	return view_comments(v, d, place);
}
