/* SPDX-License-Identifier: Apache-2.0 */
/* The circles of the reader's organisation, and which agreement opened them. */
#include <string.h>

#include "domain/circle.h"
#include "page/routes.h"
#include "page/visit.h"

/* What people call it: of what is on paper, its kind's name. */
static const char *
agreement_name(struct visit *v, const char *kind, const char *title)
{
	return title != NULL ? title : page_word(v, "Agreement.Kind", kind);
}

/* ---- the list -------------------------------------------------------- */

static void
show_grant(struct visit *v, const struct circle_grant *g)
{
	struct node *row = node_row(v->root, "Grants");

	node_set(row, "Ref", g->circle.ref);
	node_set(row, "Name", circle_title(v, g->circle.ref, g->circle.name));
	node_set(row, "AgreementRef", g->agreement_ref);
	node_set(row, "Agreement",
	    agreement_name(v, g->agreement_kind, g->agreement_title));
	node_time(v->page, row, "Signed", g->signed_at);
	node_time(v->page, row, "From", g->from_at);
	node_time(v->page, row, "Until", page_last(g->until_at));
	page_count(v, row, "OrganisationsText", "Circle.Organisations",
	    g->organisations);
	page_tlp(v, row, (int)g->max_label);
}

enum err
page_circle_list(struct visit *v)
{
	struct circle_grant *grants;
	size_t i, n;
	enum err rc;

	if ((rc = circle_granted(&v->ctx, &grants, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show_grant(v, &grants[i]);
	page_section(v, "circles");
	return page_send(v, "circle/list.cs");
}

/* ---- one circle ------------------------------------------------------ */

static void
show_opening(struct visit *v, const struct circle_opening *o)
{
	struct node *row = node_row(v->root, "Openings");

	node_set(row, "Organisation", o->organisation_name);
	node_set(row, "OrganisationRef", o->organisation_ref);
	node_flag(row, "IsOwn", o->is_own);
	if (o->agreement_ref != NULL)
		node_set(row, "Agreement",
		    agreement_name(v, o->agreement_kind, o->agreement_title));
	node_set(row, "AgreementRef", o->agreement_ref);
	node_time(v->page, row, "From", o->from_at);
	node_time(v->page, row, "Until", page_last(o->until_at));
	page_tlp(v, row, (int)o->max_label);
}

enum err
page_circle_read(struct visit *v)
{
	struct node *node = node_at(v->root, "Circle");
	struct circle_opening *openings;
	struct circle circle;
	size_t i, n, organisations = 0;
	enum err rc;

	rc = circle_load(&v->ctx, visit_param(v, 0), &circle);
	if (rc != ERR_OK ||
	    (rc = circle_openings(&v->ctx, circle.ref, &openings, &n)) !=
		ERR_OK)
		return rc;
	for (i = 0; i < n; i++) {
		show_opening(v, &openings[i]);
		/* One row a grant, those of an organisation together. */
		organisations += i == 0 ||
		    strcmp(openings[i].organisation_ref,
			openings[i - 1].organisation_ref) != 0;
	}
	node_set(node, "Ref", circle.ref);
	node_set(node, "Name", circle_title(v, circle.ref, circle.name));
	node_flag(node, "IsOfAgreement", circle.kind == CIRCLE_AGREEMENT);
	page_count(v, node, "OrganisationsText", "Circle.Organisations",
	    (int64_t)organisations);
	page_section(v, "circles");
	return page_send(v, "circle/read.cs");
}
