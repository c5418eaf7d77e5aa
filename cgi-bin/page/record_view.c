/* SPDX-License-Identifier: Apache-2.0 */
#include "page/record_view.h"

#include "domain/advisory.h"
#include "domain/agreement.h"
#include "domain/document.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/record_detail.h"
#include "page/agreement_view.h"
#include "page/guard.h"
#include "web/percent.h"

const char *
record_view_kind(struct visit *v, const char *kind)
{
	if (record_family_of(kind) == RECORD_FAMILY__MAX)
		return kind;
	return page_word(v, "Record.Kind", kind);
}

/* ---- what a record is about ---------------------------------------------- */

static enum err
advisory_title(struct visit *v, const char *ref, const char **title)
{
	struct advisory *a;
	enum err rc = advisory_load(&v->ctx, ref, &a);

	if (rc == ERR_OK)
		*title = a->title;
	return rc;
}

static enum err
document_title(struct visit *v, const char *ref, const char **title)
{
	struct document *d;
	enum err rc = document_load(&v->ctx, ref, &d);

	if (rc == ERR_OK)
		*title = d->title;
	return rc;
}

static enum err
agreement_title(struct visit *v, const char *ref, const char **title)
{
	struct agreement *a;
	enum err rc = agreement_load(&v->ctx, ref, &a);

	if (rc == ERR_OK)
		*title = agreement_view_title(
		    v, a->kind, a->current != NULL ? a->current->title : NULL);
	return rc;
}

static enum err
organisation_title(struct visit *v, const char *ref, const char **title)
{
	struct organisation *o;
	enum err rc = organisation_load(&v->ctx, ref, &o);

	if (rc == ERR_OK)
		*title = o->name;
	return rc;
}

/* Their page is there for those who look after them. */
static enum err
person_title(struct visit *v, const char *ref, const char **title)
{
	struct person *p;
	enum err rc;

	if (guard_role(v, WHO_STEWARD | WHO_KEEPER) != ERR_OK)
		return ERR_NOT_FOUND;
	if ((rc = person_load(&v->ctx, ref, &p)) == ERR_OK)
		*title = p->name;
	return rc;
}

static const struct {
	const char *path;
	enum err (*title)(struct visit *, const char *ref, const char **);
} objects[RECORD_FAMILY__MAX] = {
	[RECORD_OF_ORGANISATION] = { "/organisations", organisation_title },
	[RECORD_OF_PERSON] = { "/people", person_title },
	[RECORD_OF_ADVISORY] = { "/advisories", advisory_title },
	[RECORD_OF_DOCUMENT] = { "/documents", document_title },
	[RECORD_OF_AGREEMENT] = { "/agreements", agreement_title },
	[RECORD_OF_KEY] = { "/organisations", organisation_title },
};

enum err
record_view_object(
    struct visit *v, struct node *node, const struct record_row *row)
{
	const enum record_family family = record_family_of(row->kind);
	const char *title = NULL;
	enum err rc;

	if (family == RECORD_FAMILY__MAX || objects[family].title == NULL)
		return ERR_OK;
	rc = objects[family].title(v, row->object, &title);
	if (rc == ERR_NOT_FOUND || rc == ERR_FORBIDDEN)
		return ERR_OK;
	if (rc != ERR_OK)
		return rc;
	node_set(node, "Title", title);
	node_set(node, "Href",
	    arena_printf(v->req->arena, "%s/%s", objects[family].path,
		percent_encode(v->req->arena, row->object)));
	return ERR_OK;
}

enum err
record_view_history(struct visit *v, const char *ref)
{
	const struct record_filter filter = { .object = ref, .limit = 1 };
	struct record_list list;
	enum err rc;

	if (v->ctx.actor.person == 0)
		return ERR_OK;
	rc = record_list(&v->ctx, &filter, &list);
	if (rc == ERR_OK && list.count > 0)
		node_set(node_at(v->root, "Records"), "Href",
		    arena_printf(v->req->arena, "/records?object=%s",
			percent_encode(v->req->arena, ref)));
	return rc;
}
