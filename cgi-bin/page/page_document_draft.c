/* SPDX-License-Identifier: Apache-2.0 */
/* Contributing to the library: a draft, its file, publishing, withdrawing. */
#include <string.h>

#include "base/clock.h"
#include "domain/sector.h"
#include "page/document_view.h"
#include "page/draft_view.h"
#include "page/intake.h"
#include "page/reach_view.h"
#include "page/routes.h"

/* Of a file: what document_max_mib may be at most, which says the rest. */
#define FILE_MAX ((int64_t)1024 * 1024 * 1024)

const struct field fields_document[] = {
	{ .name = "title",
	    .kind = FIELD_LINE,
	    .required = true,
	    .max = DOCUMENT_TITLE_MAX },
	{ .name = "summary", .kind = FIELD_PROSE, .max = DOCUMENT_SUMMARY_MAX },
	{ .name = "file", .kind = FIELD_FILE, .max = FILE_MAX },
	{ .name = "note", .kind = FIELD_PROSE, .max = DOCUMENT_NOTE_MAX },
	{ .name = "kind",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = document_kinds },
	{ .name = "language",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = document_languages },
	{ .name = "sectors", .kind = FIELD_SET, .choices = sector_words },
	{ .name = "measures", .kind = FIELD_SET, .choices = measure_words },
	{ .name = "label",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = tlp_words },
	{ .name = "circles", .kind = FIELD_LIST, .max = 60 },
	{ .name = "named", .kind = FIELD_PROSE, .max = 4000 },
	{ .name = "review_by", .kind = FIELD_DATE },
	{ .name = "related", .kind = FIELD_PROSE, .max = 1000 },
	{ .name = "translation_of", .kind = FIELD_LINE, .max = 40 },
	{ .name = "edit", .kind = FIELD_INT, .min = 0, .max = 1000000 },
	{ .name = NULL },
};

/* ---- the form -------------------------------------------------------- */

static void
draft_from_form(struct visit *v, struct document_draft *d)
{
	const int64_t review_by = form_int(v->form, "review_by");

	d->title = form_text(v->form, "title");
	d->summary = form_text(v->form, "summary");
	d->note = form_text(v->form, "note");
	d->kind = (enum document_kind)form_int(v->form, "kind");
	d->language = form_text(v->form, "language");
	d->sectors = form_int(v->form, "sectors");
	d->measures = form_int(v->form, "measures");
	d->label = (enum tlp)form_int(v->form, "label");
	/* A day is asked for: until its end. */
	d->review_by_at = review_by == 0 ? 0 : review_by + CLOCK_DAY - 1;
	d->circles = form_list(v->form, "circles");
	d->named = page_form_lines(v, "named");
	d->related = form_text(v->form, "related");
	d->translation_of = form_text(v->form, "translation_of");
}

static const char *
related_text(struct arena *arena, const struct document *d)
{
	const char *text = "";

	for (size_t i = 0; i < d->related_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : "\n",
		    d->related[i].ref);
	return text;
}

static void
form_from_draft(struct form *form, const struct document *d)
{
	form_put(form, "title", d->title);
	form_put(form, "summary", d->summary);
	form_put(form, "note", d->note);
	form_put(form, "kind", document_kinds[d->kind]);
	form_put(form, "language", d->language);
	form_put_set(form, "sectors", d->sectors);
	form_put_set(form, "measures", d->measures);
	form_put(form, "label", tlp_words[d->label]);
	page_form_put_lines(form, "named", d->named);
	if (d->review_by_at != 0)
		form_put_int(form, "review_by", d->review_by_at);
	form_put(form, "related", related_text(form->arena, d));
	if (d->translation_of != NULL)
		form_put(form, "translation_of", d->translation_of->ref);
	form_put_int(form, "edit", d->edit);
	form_put_list(form, "circles",
	    circle_refs(form->arena, d->circles, d->circle_count));
}

/*
 * What was found in a file that was refused, beside its field; and that a
 * browser never keeps a file: it must be chosen again.
 */
static void
show_file(struct visit *v)
{
	struct node *node = node_at(v->root, "Upload");

	node_set(node, "Max", document_view_size(v, intake_max(v)));
	node_set(node, "MaxBytes",
	    arena_printf(v->req->arena, "%lld", (long long)intake_max(v)));
	/* Its places are for static/upload.js to fill. */
	node_say(v->page, node, "Sending", "Upload.Sending",
	    (const struct say[]){
		{ "done", "%1", 0 }, { "all", "%2", 0 }, { NULL, NULL, 0 } });
	if (v->intake != NULL)
		page_error(v, "file", intake_sentence(v, &v->intake->verdict));
	node_flag(node, "IsAgain",
	    v->form->is_submitted && form_value(v->form, "file")->is_given);
}

static enum err
show_form(struct visit *v)
{
	static const struct {
		const char *field, *words;
	} options[] = { { "kind", "Document.Kind" }, { "language", "Tongue" },
		{ "sectors", "Sector" }, { "measures", "Measure.Long" },
		{ "label", "Tlp.Choice" } };
	/* Which documents need them, domain/document_check.c knows. */
	static const char *const needed[] = { "summary", "file", "circles",
		"note" };
	struct node *form = node_at(v->root, "Form");
	enum err rc;

	if ((rc = page_circles(v)) != ERR_OK)
		return rc;
	page_form(v);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		node_flag(node_at(form, needed[i]), "IsOptional", false);
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		page_options(v, options[i].field, options[i].words);
	show_file(v);
	node_flag(node_at(v->root, "Page"), "HasUpload", true);
	page_section(v, "documents");
	return page_send(v, "document/edit.cs");
}

enum err
page_document_new(struct visit *v)
{
	if (page_form_start(v, fields_document)) {
		form_put(v->form, "label", tlp_words[TLP_GREEN]);
		form_put(v->form, "language", lang_code(v->lang));
	}
	node_flag(v->root, "IsNew", true);
	return show_form(v);
}

/* How many is too many, of documents that are not chosen but typed. */
static enum err
refuse(struct visit *v, enum err rc, struct fault *fault)
{
	for (struct fault *f = fault; rc == ERR_INVALID && f != NULL;
	     f = f->next)
		if (f->field != NULL && strcmp(f->field, "related") == 0 &&
		    strcmp(f->error, "TooMany") == 0)
			f->error = "Related";
	return page_refuse(v, rc, fault);
}

/* ---- one that is there ----------------------------------------------- */

static enum err
load_draft(struct visit *v, struct document **d)
{
	enum err rc = document_load_draft(&v->ctx, visit_param(v, 0), d);

	if (rc == ERR_OK)
		document_view(v, *d);
	return rc;
}

static void
show_conflict(struct visit *v, const struct document *d)
{
	static const char *const unsaid[] = { "file", "kind", "language",
		"sectors", "measures", "label", "circles", "named", "review_by",
		"translation_of", "edit", NULL };
	const struct draft_saved saved = { d->author_name, d->organisation_name,
		d->saved_at, d->edit };
	struct form *theirs = form_new(v->req->arena, fields_document);

	form_from_draft(theirs, d);
	draft_view_conflict(v, &saved, theirs, unsaid);
}

/* The stored draft; `checks`: with what it lacks to be published. */
static enum err
fill_form(struct visit *v, const struct document *d, bool checks)
{
	struct fault fault = { .field = NULL };
	enum err rc;

	form_from_draft(v->form, d);
	if (!checks)
		return ERR_OK;
	rc = document_ready(&v->ctx, d, &fault);
	return draft_view_wanting(v, rc, &fault);
}

enum err
page_document_edit(struct visit *v)
{
	const bool checks =
	    !v->form->is_submitted && form_flag(v->form, "check");
	struct document *d;
	enum err rc;

	if ((rc = load_draft(v, &d)) != ERR_OK)
		return rc;
	if (page_form_start(v, fields_document))
		rc = fill_form(v, d, checks);
	else if (form_int(v->form, "edit") != d->edit)
		show_conflict(v, d);
	return rc == ERR_OK ? show_form(v) : rc;
}

/* ---- saving ---------------------------------------------------------- */

static const struct document_file *
file_of(const struct visit *v)
{
	return v->intake != NULL && v->intake->is_taken ? &v->intake->file
							: NULL;
}

enum err
page_document_create(struct visit *v)
{
	struct fault fault = { .field = NULL };
	struct document_draft draft;
	char *ref;
	enum err rc;

	draft_from_form(v, &draft);
	rc = document_create(&v->ctx, &draft, file_of(v), &ref, &fault);
	if (rc != ERR_OK)
		return refuse(v, rc, &fault);
	return go_to(v, "saved", "/documents/%s/publish", ref);
}

enum err
page_document_save(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct fault fault = { .field = NULL };
	struct document_draft draft;
	enum err rc;

	draft_from_form(v, &draft);
	rc = document_save(&v->ctx, ref, (int)form_int(v->form, "edit"), &draft,
	    file_of(v), &fault);
	if (rc != ERR_OK)
		return refuse(v, rc, &fault);
	return go_to(v, "saved", "/documents/%s/publish", ref);
}

/* ---- publishing ------------------------------------------------------ */

enum err
page_document_reach(struct visit *v)
{
	struct fault fault = { .field = NULL };
	struct document *d;
	enum err rc;

	if ((rc = load_draft(v, &d)) != ERR_OK)
		return rc;
	rc = document_ready(&v->ctx, d, &fault);
	if ((rc = draft_view_missing(v, rc, &fault)) != ERR_OK ||
	    (rc = view_reach(v, ACCESS_DOCUMENT, d->version_id)) != ERR_OK)
		return rc;
	node_flag(node_at(v->root, "Draft"), "IsStale",
	    v->form->is_submitted && form_int(v->form, "edit") != d->edit);
	page_section(v, "documents");
	return page_send(v, "document/publish.cs");
}

enum err
page_document_publish(struct visit *v)
{
	struct fault fault; /* the page says what is missing */
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = document_publish(
	    &v->ctx, ref, (int)form_int(v->form, "edit"), &fault);
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "document-published", "/documents/%s", ref);
}

enum err
page_document_revise(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct document *d;
	enum err rc = document_revise(&v->ctx, ref);

	/* Somebody has begun already: theirs is the draft to go on with. */
	if (rc == ERR_STATE && document_load_draft(&v->ctx, ref, &d) == ERR_OK)
		rc = ERR_OK;
	return rc != ERR_OK ? rc : go_to(v, NULL, "/documents/%s/edit", ref);
}

enum err
page_document_discard_ask(struct visit *v)
{
	struct document *d;
	enum err rc;

	if ((rc = load_draft(v, &d)) != ERR_OK)
		return rc;
	page_section(v, "documents");
	return page_send(v, "document/discard.cs");
}

enum err
page_document_discard(struct visit *v)
{
	enum err rc = document_discard(&v->ctx, visit_param(v, 0));

	return rc != ERR_OK ? rc
			    : go_to(v, "discarded", "/documents?show=drafts");
}

/* ---- withdrawing ----------------------------------------------------- */

enum err
page_document_withdraw_ask(struct visit *v)
{
	struct document *d;
	enum err rc;

	rc = document_own(&v->ctx, visit_param(v, 0), DOCUMENT_WITHDRAW, &d);
	if (rc != ERR_OK)
		return rc;
	page_form_start(v, fields_withdraw);
	page_form(v);
	document_view(v, d);
	if ((rc = view_reach_sums(v, ACCESS_DOCUMENT, d->version_id)) != ERR_OK)
		return rc;
	page_section(v, "documents");
	return page_send(v, "document/withdraw.cs");
}

enum err
page_document_withdraw(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = document_withdraw(&v->ctx, ref, form_text(v->form, "why"));
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "document-withdrawn", "/documents/%s", ref);
}
