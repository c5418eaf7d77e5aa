/* SPDX-License-Identifier: Apache-2.0 */
/* What members say of a document to each other: comments, use, reviews. */
#include "base/text.h"
#include "domain/document_comment.h"
#include "domain/document_review.h"
#include "domain/document_use.h"
#include "page/document_view.h"
#include "page/page_document.h"
#include "page/routes.h"

const struct field fields_document_comment[] = {
	{ .name = "comment",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = COMMENT_MAX },
	{ .name = "thread", .kind = FIELD_INT, .min = 0, .max = INT64_MAX },
	{ .name = NULL },
};

const struct field fields_document_comment_edit[] = {
	{ .name = "comment",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = COMMENT_MAX },
	{ .name = NULL },
};

const struct field fields_document_use[] = {
	{ .name = "used", .kind = FIELD_FLAG },
	{ .name = NULL },
};

const struct field fields_document_review[] = {
	{ .name = "number",
	    .kind = FIELD_INT,
	    .required = true,
	    .min = 1,
	    .max = 1000000 },
	{ .name = "verdict",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = review_verdicts },
	{ .name = "review", .kind = FIELD_PROSE, .max = REVIEW_MAX },
	{ .name = NULL },
};

/* ---- forms ----------------------------------------------------------- */

/* Was this form sent, so that it comes again with what was typed? */
static bool
was_sent(const struct visit *v, const struct field *fields)
{
	return v->form->is_submitted && v->match.route->fields == fields;
}

struct document_place
document_place(struct visit *v)
{
	struct document_place at = { 0, 0, 0, 0 };

	if (was_sent(v, fields_document_comment))
		at.reply = form_int(v->form, "thread");
	else if (was_sent(v, fields_document_comment_edit))
		(void)text_to_int(visit_param(v, 1), 1, INT64_MAX, &at.change);
	else if (!v->form->is_submitted &&
	    v->match.route->fields == fields_document_read) {
		at.reply = form_int(v->form, "reply");
		at.change = form_int(v->form, "change");
		at.from = form_int(v->form, "talk");
		at.said = form_int(v->form, "said");
	}
	return at;
}

/* The text of the comment that is to be changed; NULL: it may not be. */
static enum err
text_of(struct visit *v, const struct document *d, int64_t id, char **text)
{
	struct document_comment *all;
	size_t n;
	enum err rc;

	*text = NULL;
	rc = document_comments(&v->ctx, d, &all, &n);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		if (all[i].id == id && all[i].may_edit)
			*text = all[i].text;
	return rc;
}

static enum err
comment_form(
    struct visit *v, const struct document *d, const struct document_place *at)
{
	struct node *node = node_at(v->root, "Place");
	char *text = NULL;
	enum err rc = ERR_OK;

	if (at->change != 0)
		rc = text_of(v, d, at->change, &text);
	if (text != NULL)
		node_int(node, "Change", at->change);
	else if (at->reply != 0)
		node_int(node, "Reply", at->reply);
	if (was_sent(v, fields_document_comment) ||
	    was_sent(v, fields_document_comment_edit)) {
		page_form(v);
		return rc;
	}
	v->form = form_new(v->req->arena, fields_document_comment);
	form_put(v->form, "comment", text);
	page_form(v);
	return rc;
}

static void
review_form(struct visit *v, const struct document *d)
{
	if (!was_sent(v, fields_document_review))
		v->form = form_new(v->req->arena, fields_document_review);
	else
		node_flag(v->root, "IsStale",
		    form_int(v->form, "number") != d->version);
	form_put_int(v->form, "number", d->version);
	page_form(v);
	/* Which verdicts need it, its hint says. */
	node_flag(node_at(v->root, "Form.review"), "IsOptional", false);
	page_options(v, "verdict", "Document.Verdict");
}

enum err
document_forms(struct visit *v, const struct document *d,
    const struct document_place *place)
{
	struct form *sent = v->form;
	enum err rc = comment_form(v, d, place);

	v->form = sent;
	if (rc == ERR_OK)
		review_form(v, d);
	v->form = sent;
	return rc;
}

/* ---- acts ------------------------------------------------------------ */

/* Back to the comment, where the notice stands, not to the top of the page. */
static enum err
go_to_comment(struct visit *v, const char *ref, const char *done, int64_t id)
{
	return go_to(v, NULL, "/documents/%s?done=%s&said=%lld#comment-%lld",
	    ref, done, (long long)id, (long long)id);
}

enum err
page_document_comment(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	int64_t id;
	enum err rc;

	rc = document_comment_add(&v->ctx, ref, form_int(v->form, "thread"),
	    form_text(v->form, "comment"), &id);
	if (rc != ERR_OK)
		return rc;
	return go_to_comment(v, ref, "comment-added", id);
}

enum err
page_document_comment_edit(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	int64_t id;
	enum err rc;

	if (!text_to_int(visit_param(v, 1), 1, INT64_MAX, &id))
		return ERR_NOT_FOUND;
	rc = document_comment_edit(
	    &v->ctx, ref, id, form_text(v->form, "comment"));
	if (rc != ERR_OK)
		return rc;
	return go_to_comment(v, ref, "comment-changed", id);
}

enum err
page_document_use(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	const bool is_used = form_flag(v->form, "used");
	enum err rc = document_use_set(&v->ctx, ref, is_used);

	if (rc != ERR_OK)
		return rc;
	return go_to(v, is_used ? "used" : "unused", "/documents/%s", ref);
}

enum err
page_document_review(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	const enum verdict_word verdict =
	    (enum verdict_word)form_int(v->form, "verdict");
	enum err rc;

	/* Whoever has reservations says which. */
	if (verdict != REVIEW_REVIEWED &&
	    form_text(v->form, "review")[0] == '\0') {
		form_refuse(v->form, "review", "Reservations");
		return ERR_INVALID;
	}
	rc =
	    document_review_give(&v->ctx, ref, (int)form_int(v->form, "number"),
		verdict, form_text(v->form, "review"));
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "reviewed", "/documents/%s", ref);
}
