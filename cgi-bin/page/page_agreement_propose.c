/* SPDX-License-Identifier: Apache-2.0 */
/* A draft as its parties will see it, proposed to them or dropped. */
#include "page/agreement_compare.h"
#include "page/agreement_view.h"
#include "page/routes.h"

enum { WRITERS = ROLE_PUBLISHER | ROLE_SIGNATORY };

const struct field fields_agreement_propose[] = {
	{ .name = "edit",
	    .kind = FIELD_INT,
	    .required = true,
	    .min = 0,
	    .max = 1000000 },
	{ .name = "version",
	    .kind = FIELD_INT,
	    .min = 0,
	    .max = AGREEMENT_VERSIONS_MAX },
	{ .name = NULL },
};

/* The agreement, and the own organisation's draft of its next version. */
static enum err
load(struct visit *v, struct agreement **a, struct agreement_version **draft)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	if ((rc = agreement_load(&v->ctx, ref, a)) == ERR_OK)
		rc = agreement_load_draft(&v->ctx, ref, draft);
	return rc;
}

static void
show_head(struct visit *v, const struct agreement *a,
    const struct agreement_version *draft)
{
	struct node *node = node_at(v->root, "Draft");

	node_set(node, "Ref", a->ref);
	node_set(node, "Heading",
	    draft->title[0] != '\0'
		? draft->title
		: lang_text(v->site->pages, v->lang, "Agreement.Untitled"));
	node_set(node, "KindWord",
	    page_word(v, "Agreement.Kind", agreement_kinds[a->kind]));
	node_int(node, "Version", a->version);
	node_int(node, "Next", a->version + 1);
	node_flag(node, "IsFirst", a->version == 0);
	node_set(node, "Replaces", a->replaces_ref);
	if (a->replaces_ref != NULL && a->successor != SUCCESSOR_NONE)
		node_set(node, "Follows",
		    page_word(v, "Agreement.Follows",
			agreement_successors[a->successor]));
}

/* What is still to be written: said before one proposes it, too. */
static enum err
show_missing(struct visit *v, const struct agreement *a,
    const struct agreement_version *draft)
{
	struct agreement_fault fault, *f = &fault;
	enum err rc = agreement_ready(&v->ctx, a, draft, &fault);

	for (; rc == ERR_INVALID && f != NULL; f = f->next) {
		const struct say say[] = {
			{ "who", f->who != NULL ? f->who : "", 0 },
			{ NULL, NULL, 0 },
		};
		struct node *row = node_row(v->root, "Faults");

		node_set(row, "Field", f->field);
		node_set(row, "Label", page_word(v, "Form.Label", f->field));
		node_say(v->page, row, "Text",
		    arena_printf(
			v->req->arena, "Form.Error.Agreement.%s", f->error),
		    say);
	}
	node_flag(v->root, "IsTried", v->form->is_submitted);
	return rc == ERR_INVALID ? ERR_OK : rc;
}

/* Signatures that proposing another version makes void. */
static void
show_void(struct visit *v, const struct agreement *a)
{
	int64_t n = 0;

	for (size_t i = 0; i < a->party_count; i++)
		n += a->state == AGREEMENT_PROPOSED &&
		    a->parties[i].signed_at != 0;
	if (n > 0)
		page_count(v, v->root, "VoidText", "Agreement.WillVoid", n);
}

/* Colleagues who write none read it; what came too late stays to be read. */
static bool
show_may(struct visit *v, const struct agreement *a)
{
	struct node *may = node_at(v->root, "May");
	const bool writes = (v->ctx.actor.roles & WRITERS) != 0;

	node_flag(may, "Write", writes && a->has_draft);
	node_flag(may, "Discard", writes);
	node_flag(v->root, "IsLeft", a->has_left_draft);
	return writes && a->has_draft;
}

enum err
page_agreement_preview(struct visit *v)
{
	struct agreement *a;
	struct agreement_version *draft;
	enum err rc;

	if ((rc = load(v, &a, &draft)) != ERR_OK)
		return rc;
	show_head(v, a, draft);
	rc = agreement_view_version(v, node_at(v->root, "Version"), draft);
	if (rc == ERR_OK && a->current != NULL)
		rc = agreement_compare(v, a->current, draft);
	if (rc == ERR_OK && show_may(v, a))
		rc = show_missing(v, a, draft);
	if (rc != ERR_OK)
		return rc;
	show_void(v, a);
	node_flag(v->root, "IsStale",
	    v->form->is_submitted &&
		(form_int(v->form, "edit") != draft->edit ||
		    form_int(v->form, "version") != a->version));
	page_section(v, "agreements");
	return page_send(v, "agreement/propose.cs");
}

enum err
page_agreement_propose(struct visit *v)
{
	struct agreement_fault fault;
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_propose(&v->ctx, ref, (int)form_int(v->form, "edit"),
	    (int)form_int(v->form, "version"), &fault);
	return rc != ERR_OK ? rc : go_to(v, "proposed", "/agreements/%s", ref);
}

enum err
page_agreement_revise(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct agreement_version *draft;
	enum err rc = agreement_revise(&v->ctx, ref);

	/* Somebody of ours has begun already: theirs is the one to go on. */
	if (rc == ERR_STATE &&
	    agreement_load_draft(&v->ctx, ref, &draft) == ERR_OK)
		rc = ERR_OK;
	return rc != ERR_OK ? rc : go_to(v, NULL, "/agreements/%s/edit", ref);
}

enum err
page_agreement_discard_ask(struct visit *v)
{
	struct agreement *a;
	struct agreement_version *draft;
	enum err rc;

	if ((rc = load(v, &a, &draft)) != ERR_OK)
		return rc;
	show_head(v, a, draft);
	node_set(node_at(v->root, "Draft"), "Author", draft->author_name);
	node_time(v->page, node_at(v->root, "Draft"), "Saved", draft->saved_at);
	page_section(v, "agreements");
	return page_send(v, "agreement/discard.cs");
}

/* A first draft goes whole; of a later one the agreement stays. */
enum err
page_agreement_discard(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_load(&v->ctx, ref, &a)) != ERR_OK ||
	    (rc = agreement_discard(&v->ctx, ref)) != ERR_OK)
		return rc;
	if (a->version == 0)
		return go_to(v, "discarded", "/agreements");
	return go_to(v, "discarded", "/agreements/%s", ref);
}
