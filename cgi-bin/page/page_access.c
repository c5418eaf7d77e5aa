/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader may read, and why: the access rule for one person. */
#include "domain/circle.h"
#include "page/routes.h"
#include "page/visit.h"

static struct node *
show_way(struct visit *v, const char *key, enum tlp max_label)
{
	const struct say say[] = {
		{ "organisation", v->ctx.actor.organisation_name, 0 },
		{ NULL, NULL, 0 },
	};
	struct node *row = node_row(v->root, "Ways");

	node_say(v->page, row, "What",
	    arena_printf(v->req->arena, "Access.%s", key), say);
	node_say(v->page, row, "Why",
	    arena_printf(v->req->arena, "Access.%sWhy", key), say);
	page_tlp(v, row, (int)max_label);
	return row;
}

static void
show_grant(struct visit *v, const struct circle_grant *g)
{
	const struct say say[] = {
		{ "circle", circle_title(v, g->circle.ref, g->circle.name), 0 },
		{ NULL, NULL, 0 },
	};
	struct node *row = node_row(v->root, "Ways");

	node_say(v->page, row, "What", "Access.Circle", say);
	node_set(row, "CircleRef", g->circle.ref);
	node_set(row, "Agreement",
	    g->agreement_title != NULL
		? g->agreement_title
		: page_word(v, "Agreement.Kind", g->agreement_kind));
	node_set(row, "AgreementRef", g->agreement_ref);
	node_time(v->page, row, "Signed", g->signed_at);
	node_time(v->page, row, "Until", page_last(g->until_at));
	page_tlp(v, row, (int)g->max_label);
}

enum err
page_access(struct visit *v)
{
	struct circle_grant *grants;
	size_t i, n;
	enum err rc;

	if ((rc = circle_granted(&v->ctx, &grants, &n)) != ERR_OK)
		return rc;
	show_way(v, "Public", TLP_CLEAR);
	show_way(v, "Own", TLP_RED);
	for (i = 0; i < n; i++)
		show_grant(v, &grants[i]);
	node_flag(v->root, "HasGrants", n > 0);
	return page_send(v, "access.cs");
}
