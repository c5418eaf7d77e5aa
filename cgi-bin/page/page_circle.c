/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader's organisation may read, and which agreement opened it. */
#include "domain/circle.h"
#include "page/routes.h"
#include "page/visit.h"

static void
show_grant(struct visit *v, const struct circle_grant *g)
{
	struct node *row = node_row(v->root, "Grants");

	node_set(row, "Ref", g->circle.ref);
	node_set(row, "Name", circle_title(v, g->circle.ref, g->circle.name));
	node_set(row, "AgreementRef", g->agreement_ref);
	node_set(row, "Agreement",
	    page_word(v, "Agreement.Kind", g->agreement_kind));
	node_time(v->page, row, "Signed", g->signed_at);
	node_time(v->page, row, "From", g->from_at);
	node_time(v->page, row, "Until", g->until_at);
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
