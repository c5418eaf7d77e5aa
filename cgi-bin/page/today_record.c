/* SPDX-License-Identifier: Apache-2.0 */
#include "page/today_record.h"

#include <string.h>

#include "domain/record_scope.h"

/* The first of an agreement's scopes stands for it. */
static bool
is_first(const struct record_scope *scopes, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (scopes[k].agreement_ref != NULL &&
		    strcmp(scopes[k].agreement_ref, scopes[i].agreement_ref) ==
			0)
			return false;
	return true;
}

static void
show_mandate(
    struct visit *v, const struct record_scope *scopes, size_t i, size_t n)
{
	struct node *row = node_row(v->root, "Mandates");
	const char *ref = scopes[i].agreement_ref, *names;

	names = scopes[i].organisation_name;
	for (size_t k = i + 1; k < n; k++)
		if (strcmp(scopes[k].agreement_ref, ref) == 0)
			names = arena_printf(v->req->arena, "%s, %s", names,
			    scopes[k].organisation_name);
	node_set(row, "Ref", ref);
	node_set(row, "Title", scopes[i].agreement_title);
	node_set(row, "Organisations", names);
}

enum err
today_records(struct visit *v)
{
	struct record_scope *scopes;
	size_t n;
	enum err rc;

	if ((v->ctx.actor.roles & ROLE_AUDITOR) == 0)
		return ERR_OK;
	if ((rc = record_scopes(&v->ctx, &scopes, &n)) != ERR_OK)
		return rc;
	/* The first is the own organisation's. */
	for (size_t i = 1; i < n; i++)
		if (is_first(scopes, i))
			show_mandate(v, scopes, i, n);
	return ERR_OK;
}
