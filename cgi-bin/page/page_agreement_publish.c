/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing an agreement: asked for by one party, agreed to by all. */
#include "page/agreement_view.h"
#include "page/routes.h"

const struct field fields_agreement_publish[] = {
	{ .name = "publication",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = agreement_publications },
	{ .name = "extent",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = agreement_extents },
	{ .name = NULL },
};

static void
show_asked(struct visit *v, const struct agreement *a)
{
	struct node *node = node_at(v->root, "Asked"), *row;
	bool is_agreed = false;

	if (a->asked == PUBLICATION_NONE)
		return;
	node_set(node, "Publication", agreement_publications[a->asked]);
	node_set(node, "Extent", agreement_extents[a->asked_extent]);
	node_set(node, "ExtentWord",
	    page_word(
		v, "Agreement.Extent", agreement_extents[a->asked_extent]));
	node_set(node, "By", a->asked_by);
	node_time(v->page, node, "At", a->asked_at);
	for (size_t i = 0; i < a->party_count; i++) {
		const struct agreement_party *p = &a->parties[i];

		if (p->leaves_at != 0 && p->leaves_at <= v->ctx.now_at)
			continue;
		row = node_row(node, "Parties");
		node_set(row, "Name", p->name);
		node_flag(row, "HasAgreed", p->publishing_at != 0);
		is_agreed |= p->is_own && p->publishing_at != 0;
	}
	node_flag(node, "IsAgreed", is_agreed);
}

/*
 * As little as can be asked for, unless more is asked for, or there, already:
 * what is wider is chosen, never left standing.
 */
static void
show_form(struct visit *v, const struct agreement *a)
{
	enum agreement_publication publication = PUBLICATION_COMMUNITY;
	enum agreement_extent extent = EXTENT_TERMS;

	if (a->asked != PUBLICATION_NONE) {
		publication = a->asked;
		extent = a->asked_extent;
	} else if (a->publication != PUBLICATION_NONE) {
		publication = a->publication;
		extent = a->extent;
	}
	if (page_form_start(v, fields_agreement_publish)) {
		form_put(v->form, "publication",
		    agreement_publications[publication]);
		form_put(v->form, "extent", agreement_extents[extent]);
	}
	page_form(v);
	/* None is not asked for: it is taken back. */
	for (int i = PUBLICATION_COMMUNITY; i < PUBLICATION__MAX; i++)
		page_option(v, "publication", agreement_publications[i],
		    page_word(v, "Agreement.PublicationChoice",
			agreement_publications[i]));
	page_options(v, "extent", "Agreement.ExtentChoice");
}

enum err
page_agreement_publish_ask(struct visit *v)
{
	struct agreement *a;
	enum err rc;

	rc = agreement_load(&v->ctx, visit_param(v, 0), &a);
	if (rc != ERR_OK)
		return rc;
	if (!a->is_party)
		return ERR_NOT_FOUND;
	if (!agreement_may(a, AGREEMENT_PUBLISH))
		return ERR_STATE;
	node_flag(v->root, "IsStale", v->form->is_submitted);
	show_form(v, a);
	show_asked(v, a);
	if ((rc = agreement_view(v, a)) != ERR_OK)
		return rc;
	page_section(v, "agreements");
	return page_send(v, "agreement/publish.cs");
}

static enum err
done(struct visit *v, enum err rc, bool is_published, const char *word)
{
	if (rc != ERR_OK)
		return rc;
	return go_to(v, is_published ? "agreement-published" : word,
	    "/agreements/%s", visit_param(v, 0));
}

static enum agreement_publication
publication_of(struct visit *v)
{
	return (enum agreement_publication)form_int(v->form, "publication");
}

static enum agreement_extent
extent_of(struct visit *v)
{
	return (enum agreement_extent)form_int(v->form, "extent");
}

enum err
page_agreement_publish(struct visit *v)
{
	bool is_published = false;
	enum err rc;

	if (publication_of(v) == PUBLICATION_NONE) {
		form_refuse(v->form, "publication", "Choice");
		return ERR_INVALID;
	}
	rc = agreement_ask_publication(&v->ctx, visit_param(v, 0),
	    publication_of(v), extent_of(v), &is_published);
	return done(v, rc, is_published, "publication-asked");
}

enum err
page_agreement_publish_agree(struct visit *v)
{
	bool is_published = false;
	enum err rc;

	rc = agreement_agree_publication(&v->ctx, visit_param(v, 0),
	    publication_of(v), extent_of(v), &is_published);
	return done(v, rc, is_published, "publication-agreed");
}

enum err
page_agreement_publish_refuse(struct visit *v)
{
	return done(v, agreement_refuse_publication(&v->ctx, visit_param(v, 0)),
	    false, "publication-refused");
}

enum err
page_agreement_unpublish(struct visit *v)
{
	return done(v, agreement_unpublish(&v->ctx, visit_param(v, 0)), false,
	    "unpublished");
}
