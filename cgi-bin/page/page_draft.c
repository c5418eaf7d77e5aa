/* SPDX-License-Identifier: Apache-2.0 */
/* Writing advisories: drafts, their preview, publishing, withdrawing. */
#include "base/clock.h"
#include "domain/sector.h"
#include "page/advisory_view.h"
#include "page/draft_view.h"
#include "page/reach_view.h"
#include "page/routes.h"

const struct field fields_draft[] = {
	{ .name = "title",
	    .kind = FIELD_LINE,
	    .required = true,
	    .max = ADVISORY_TITLE_MAX },
	{ .name = "summary", .kind = FIELD_PROSE, .max = ADVISORY_SUMMARY_MAX },
	{ .name = "happened", .kind = FIELD_PROSE, .max = ADVISORY_TEXT_MAX },
	{ .name = "todo", .kind = FIELD_PROSE, .max = ADVISORY_TEXT_MAX },
	{ .name = "products", .kind = FIELD_PROSE, .max = ADVISORY_LINES_MAX },
	{ .name = "cves", .kind = FIELD_PROSE, .max = ADVISORY_LINES_MAX },
	{ .name = "severity",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = severities },
	{ .name = "label",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = tlp_words },
	{ .name = "sectors", .kind = FIELD_SET, .choices = sector_words },
	{ .name = "circles", .kind = FIELD_LIST, .max = 60 },
	{ .name = "named", .kind = FIELD_PROSE, .max = 4000 },
	{ .name = "answer_by", .kind = FIELD_DATE },
	{ .name = "change", .kind = FIELD_PROSE, .max = ADVISORY_CHANGE_MAX },
	{ .name = "edit", .kind = FIELD_INT, .min = 0, .max = 1000000 },
	{ .name = NULL },
};

const struct field fields_draft_check[] = {
	{ .name = "check", .kind = FIELD_FLAG },
	{ .name = NULL },
};

const struct field fields_draft_publish[] = {
	{ .name = "edit",
	    .kind = FIELD_INT,
	    .required = true,
	    .min = 0,
	    .max = 1000000 },
	{ .name = NULL },
};

const struct field fields_withdraw[] = {
	{ .name = "why",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = ADVISORY_WHY_MAX },
	{ .name = NULL },
};

/* ---- lists ----------------------------------------------------------- */

enum err
page_draft_list(struct visit *v)
{
	struct advisory_filter filter = { .label = -1, .is_draft = true };
	struct advisory_list list;
	enum err rc;

	filter.before = form_int(v->form, "before");
	if ((rc = advisory_list(&v->ctx, &filter, &list)) != ERR_OK ||
	    (rc = view_drafts(v, "Advisories", &list)) != ERR_OK)
		return rc;
	node_flag(v->root, "IsEmpty", list.count == 0);
	if (list.next != 0)
		node_set(v->root, "NextHref",
		    arena_printf(v->req->arena, "/drafts?before=%lld",
			(long long)list.next));
	page_section(v, "drafts");
	return page_send(v, "draft/list.cs");
}

/* ---- the form -------------------------------------------------------- */

static void
draft_from_form(struct visit *v, struct advisory_draft *d)
{
	int64_t answer_by = form_int(v->form, "answer_by");

	d->title = form_text(v->form, "title");
	d->summary = form_text(v->form, "summary");
	d->happened = form_text(v->form, "happened");
	d->todo = form_text(v->form, "todo");
	d->products = form_text(v->form, "products");
	d->cves = form_text(v->form, "cves");
	d->severity = (enum severity)form_int(v->form, "severity");
	d->label = (enum tlp)form_int(v->form, "label");
	d->sectors = form_int(v->form, "sectors");
	/* A day is asked for: until its end. */
	d->answer_by_at = answer_by == 0 ? 0 : answer_by + CLOCK_DAY - 1;
	d->change = form_text(v->form, "change");
	d->circles = form_list(v->form, "circles");
	d->named = page_form_lines(v, "named");
}

static void
form_from_draft(struct form *form, const struct advisory *a)
{
	form_put(form, "title", a->title);
	form_put(form, "summary", a->summary);
	form_put(form, "happened", a->happened);
	form_put(form, "todo", a->todo);
	form_put(form, "products", a->products);
	form_put(form, "cves", a->cves);
	form_put(form, "severity", severities[a->severity]);
	form_put(form, "label", tlp_words[a->label]);
	page_form_put_lines(form, "named", a->named);
	form_put(form, "change", a->change);
	form_put_int(form, "edit", a->edit);
	if (a->answer_by_at != 0)
		form_put_int(form, "answer_by", a->answer_by_at);
	form_put_set(form, "sectors", a->sectors);
	form_put_list(form, "circles",
	    circle_refs(form->arena, a->circles, a->circle_count));
}

/*
 * Of a form whose fields are not what they should be, what is wrong beyond
 * that, too: whoever mends it mends all at once.
 */
static enum err
show_all_wrong(struct visit *v, int number)
{
	struct fault fault = { .field = NULL };
	struct advisory_draft draft;
	enum err rc;

	if (form_is_right(v->form))
		return ERR_OK;
	draft_from_form(v, &draft);
	rc = advisory_fits(&v->ctx, &draft, number, &fault);
	return draft_view_wanting(v, rc, &fault);
}

static enum err
show_form(struct visit *v)
{
	enum err rc;

	if ((rc = page_circles(v)) != ERR_OK)
		return rc;
	page_form(v);
	/* Which drafts need them, domain/draft_check.c knows. */
	node_flag(node_at(v->root, "Form.circles"), "IsOptional", false);
	node_flag(node_at(v->root, "Form.change"), "IsOptional", false);
	page_options(v, "severity", "Severity");
	page_options(v, "label", "Tlp.Choice");
	page_options(v, "sectors", "Sector");
	page_section(v, "drafts");
	return page_send(v, "draft/edit.cs");
}

enum err
page_draft_new(struct visit *v)
{
	enum err rc;

	if (page_form_start(v, fields_draft)) {
		form_put(v->form, "label", tlp_words[TLP_AMBER]);
		form_put(v->form, "severity", severities[SEVERITY_NONE]);
	} else if ((rc = show_all_wrong(v, 1)) != ERR_OK) {
		return rc;
	}
	node_flag(v->root, "IsNew", true);
	return show_form(v);
}

static void
show_draft(struct visit *v, const struct advisory *a)
{
	struct node *node = node_at(v->root, "Draft");

	node_set(node, "Ref", a->ref);
	node_set(node, "Title", a->title);
	node_int(node, "Edit", a->edit);
	node_int(node, "Number", a->number);
	node_flag(node, "IsRevision", a->number > 1);
	node_flag(node, "IsFirst", a->revision == 0);
	node_time(v->page, node, "Saved", a->saved_at);
	page_tlp(v, node, (int)a->label);
}

static enum err
load_draft(struct visit *v, struct advisory **a)
{
	enum err rc = advisory_load_draft(&v->ctx, visit_param(v, 0), a);

	if (rc == ERR_OK)
		show_draft(v, *a);
	return rc;
}

static void
show_conflict(struct visit *v, const struct advisory *a)
{
	static const char *const unsaid[] = { "severity", "label", "sectors",
		"circles", "named", "answer_by", "edit", NULL };
	const struct draft_saved saved = { a->author_name, a->organisation_name,
		a->saved_at, a->edit };
	struct form *theirs = form_new(v->req->arena, fields_draft);

	form_from_draft(theirs, a);
	draft_view_conflict(v, &saved, theirs, unsaid);
}

/* The stored draft; `checks`: with what it lacks to be published. */
static enum err
fill_form(struct visit *v, const struct advisory *a, bool checks)
{
	struct fault fault = { .field = NULL };
	enum err rc;

	form_from_draft(v->form, a);
	if (!checks)
		return ERR_OK;
	rc = advisory_ready(&v->ctx, a, &fault);
	return draft_view_wanting(v, rc, &fault);
}

enum err
page_draft_edit(struct visit *v)
{
	const bool checks =
	    !v->form->is_submitted && form_flag(v->form, "check");
	struct advisory *a;
	enum err rc;

	if ((rc = load_draft(v, &a)) != ERR_OK)
		return rc;
	if (page_form_start(v, fields_draft))
		rc = fill_form(v, a, checks);
	else if ((rc = show_all_wrong(v, a->number)) == ERR_OK &&
	    form_int(v->form, "edit") != a->edit)
		show_conflict(v, a);
	return rc == ERR_OK ? show_form(v) : rc;
}

enum err
page_draft_create(struct visit *v)
{
	struct advisory_draft draft;
	struct fault fault = { .field = NULL };
	char *ref;
	enum err rc;

	draft_from_form(v, &draft);
	rc = advisory_create(&v->ctx, &draft, &ref, &fault);
	if (rc != ERR_OK)
		return page_refuse(v, rc, &fault);
	return go_to(v, "saved", "/drafts/%s/preview", ref);
}

enum err
page_draft_save(struct visit *v)
{
	struct advisory_draft draft;
	struct fault fault = { .field = NULL };
	const char *ref = visit_param(v, 0);
	enum err rc;

	draft_from_form(v, &draft);
	rc = advisory_save(
	    &v->ctx, ref, (int)form_int(v->form, "edit"), &draft, &fault);
	if (rc != ERR_OK)
		return page_refuse(v, rc, &fault);
	return go_to(v, "saved", "/drafts/%s/preview", ref);
}

enum err
page_draft_preview(struct visit *v)
{
	struct advisory *a;
	enum err rc;

	if ((rc = load_draft(v, &a)) != ERR_OK)
		return rc;
	if ((rc = view_advisory(v, a)) != ERR_OK ||
	    (rc = view_parts(v, a)) != ERR_OK)
		return rc;
	page_section(v, "drafts");
	return page_send(v, "draft/preview.cs");
}

/* ---- publishing ------------------------------------------------------ */

enum err
page_draft_reach(struct visit *v)
{
	struct fault fault = { .field = NULL };
	struct advisory *a;
	enum err rc;

	if ((rc = load_draft(v, &a)) != ERR_OK)
		return rc;
	rc = advisory_ready(&v->ctx, a, &fault);
	if ((rc = draft_view_missing(v, rc, &fault)) != ERR_OK)
		return rc;
	node_flag(node_at(v->root, "Draft"), "IsStale",
	    v->form->is_submitted && form_int(v->form, "edit") != a->edit);
	if ((rc = view_advisory(v, a)) != ERR_OK ||
	    (rc = view_reach(v, ACCESS_ADVISORY, a->revision_id)) != ERR_OK)
		return rc;
	page_section(v, "drafts");
	return page_send(v, "draft/publish.cs");
}

enum err
page_draft_publish(struct visit *v)
{
	struct fault fault; /* the page says what is missing */
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = advisory_publish(
	    &v->ctx, ref, (int)form_int(v->form, "edit"), &fault);
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "published", "/advisories/%s", ref);
}

enum err
page_draft_discard_ask(struct visit *v)
{
	struct advisory *a;
	enum err rc;

	if ((rc = load_draft(v, &a)) != ERR_OK)
		return rc;
	node_set(node_at(v->root, "Draft"), "Author", a->author_name);
	page_section(v, "drafts");
	return page_send(v, "draft/discard.cs");
}

enum err
page_draft_discard(struct visit *v)
{
	enum err rc = advisory_discard(&v->ctx, visit_param(v, 0));

	return rc != ERR_OK ? rc : go_to(v, "discarded", "/drafts");
}

enum err
page_draft_revise(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct advisory *a;
	enum err rc = advisory_revise(&v->ctx, ref);

	/* Somebody has begun already: theirs is the draft to go on with. */
	if (rc == ERR_STATE && advisory_load_draft(&v->ctx, ref, &a) == ERR_OK)
		rc = ERR_OK;
	return rc != ERR_OK ? rc : go_to(v, NULL, "/drafts/%s", ref);
}

/* ---- withdrawing ----------------------------------------------------- */

enum err
page_draft_withdraw_ask(struct visit *v)
{
	struct advisory *a;
	enum err rc;

	rc = advisory_own(&v->ctx, visit_param(v, 0), ADVISORY_WITHDRAW, &a);
	if (rc != ERR_OK)
		return rc;
	page_form_start(v, fields_withdraw);
	page_form(v);
	if ((rc = view_advisory(v, a)) != ERR_OK ||
	    (rc = view_reach(v, ACCESS_ADVISORY, a->revision_id)) != ERR_OK)
		return rc;
	page_section(v, "advisories");
	return page_send(v, "draft/withdraw.cs");
}

enum err
page_draft_withdraw(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = advisory_withdraw(&v->ctx, ref, form_text(v->form, "why"));
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "withdrawn", "/advisories/%s", ref);
}
