/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles of records: asked for, waited for, taken.  A bundle is of the
 * organisation whose person asked; who takes it must be one who may read all
 * of it, and that it was taken is a record, which is there before the file
 * goes out.
 */
#include <string.h>

#include "base/clock.h"
#include "domain/bundle.h"
#include "domain/record_scope.h"
#include "page/document_view.h"
#include "page/family_view.h"
#include "page/routes.h"
#include "page/visit.h"

const struct field fields_bundle[] = {
	{ .name = "families", .kind = FIELD_SET, .choices = record_families },
	{ .name = "organisation", .kind = FIELD_LINE, .max = 40 },
	{ .name = "object", .kind = FIELD_LINE, .max = BUNDLE_OBJECT_MAX },
	{ .name = "since", .kind = FIELD_DATE },
	{ .name = "through", .kind = FIELD_DATE }, /* the last day */
	{ .name = NULL },
};

const struct field fields_bundle_list[] = {
	{ .name = "before", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = NULL },
};

/* ---- one as people read it --------------------------------------------- */

static void
show(struct visit *v, struct node *node, const struct bundle *b)
{
	struct arena *arena = v->req->arena;

	node_set(node, "Ref", b->ref);
	node_set(node, "StateWord", bundle_states[b->state]);
	node_set(node, "State",
	    page_word(v, "Bundle.State", bundle_states[b->state]));
	node_flag(node, "IsOpen", b->state <= BUNDLE_MAKING);
	node_flag(node, "IsReady", b->state == BUNDLE_READY);
	if (b->trouble[0] != '\0')
		node_set(node, "Trouble",
		    page_word(v, "Bundle.Trouble", b->trouble));
	if (b->state == BUNDLE_EXPIRED)
		page_count(
		    v, node, "Trouble", "Bundle.Expired", BUNDLE_KEPT_DAYS);
	node_set(node, "Person", b->person_name);
	node_int(node, "Done", b->done);
	node_int(node, "Of", b->records);
	page_count(v, node, "Records", "Bundle.Records", b->records);
	node_set(node, "Families", family_titles(v, b->families));
	node_set(node, "About", b->about_name);
	node_set(node, "Object", b->object[0] != '\0' ? b->object : NULL);
	node_time(v->page, node, "From", b->from_at);
	node_time(v->page, node, "Until", page_last(b->until_at));
	node_time(v->page, node, "Asked", b->asked_at);
	if (b->state == BUNDLE_READY) {
		node_time(v->page, node, "Ready", b->ready_at);
		node_set(node, "Bytes", document_view_size(v, b->bytes));
		node_set(node, "LogSize", lang_number(v->lang, arena, b->size));
		page_digest(v, node, b->sha256);
	}
}

/* ---- reading ----------------------------------------------------------- */

enum err
page_bundle_list(struct visit *v)
{
	const int64_t before = form_int(v->form, "before");
	struct bundle_list list;
	enum err rc;

	if ((rc = bundle_list(&v->ctx, before, &list)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < list.count; i++)
		show(v, node_row(v->root, "Bundles"), &list.rows[i]);
	node_flag(v->root, "IsPaged", before != 0);
	if (list.next != 0)
		node_set(v->root, "NextHref",
		    arena_printf(v->req->arena, "/bundles?before=%lld",
			(long long)list.next));
	page_section(v, "records");
	return page_send(v, "bundle/list.cs");
}

enum err
page_bundle_read(struct visit *v)
{
	struct bundle *b;
	enum err rc, may;

	if ((rc = bundle_load(&v->ctx, visit_param(v, 0), &b)) != ERR_OK)
		return rc;
	show(v, node_at(v->root, "Bundle"), b);
	/* It reads on by itself while it is made. */
	node_flag(
	    node_at(v->root, "Page"), "HasProgress", b->state <= BUNDLE_MAKING);
	if (b->state == BUNDLE_READY) {
		may = bundle_may_take(&v->ctx, b);
		if (may != ERR_OK && may != ERR_FORBIDDEN)
			return may;
		node_flag(v->root, "May.Take", may == ERR_OK);
	}
	page_section(v, "records");
	return page_send(v, "bundle/read.cs");
}

/* ---- taking ------------------------------------------------------------ */

/* Without a record it does not go out. */
static enum err
note_taken(struct visit *v)
{
	return bundle_note_taken(&v->ctx, v->after_data);
}

enum err
page_bundle_file(struct visit *v)
{
	struct bundle *b;
	enum err rc;

	if ((rc = bundle_load(&v->ctx, visit_param(v, 0), &b)) != ERR_OK)
		return rc;
	if (b->state != BUNDLE_READY)
		return ERR_NOT_FOUND;
	if ((rc = bundle_may_take(&v->ctx, b)) != ERR_OK)
		return rc;
	if (!v->req->is_head) {
		v->after = note_taken;
		v->after_data = b;
	}
	return page_send_blob(v, b->blob, "application/x-tar",
	    arena_printf(v->req->arena, "entente-%s.tar", b->ref));
}

/* ---- asking ------------------------------------------------------------ */

/* Those whose records the actor may read, each once. */
static enum err
show_organisations(struct visit *v)
{
	struct record_scope *scopes;
	size_t n;
	enum err rc;

	if ((rc = record_scopes(&v->ctx, &scopes, &n)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (strcmp(scopes[k].organisation_ref,
			   scopes[i].organisation_ref) != 0)
			k++;
		if (k == i)
			page_option(v, "organisation",
			    scopes[i].organisation_ref,
			    scopes[i].organisation_name);
	}
	node_flag(v->root, "HasMandate", n > 1);
	return ERR_OK;
}

enum err
page_bundle_new(struct visit *v)
{
	enum err rc;

	page_form(v);
	page_options(v, "families", "Bundle.Family");
	if ((rc = show_organisations(v)) != ERR_OK)
		return rc;
	page_section(v, "records");
	return page_send(v, "bundle/new.cs");
}

/* Under the field that it is about. */
static enum err
refuse(struct visit *v, enum err rc)
{
	static const struct {
		enum err rc;
		const char *field, *error;
	} rows[] = {
		{ ERR_NOT_FOUND, "families", "NoRecords" },
		{ ERR_TOO_LARGE, "families", "ManyRecords" },
		{ ERR_TOO_MANY, "families", "OpenBundles" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].rc == rc) {
			form_refuse(v->form, rows[i].field, rows[i].error);
			return ERR_INVALID;
		}
	return rc;
}

enum err
page_bundle_ask(struct visit *v)
{
	const int64_t through = form_int(v->form, "through");
	const struct bundle_filter filter = {
		.families = form_int(v->form, "families"),
		.organisation = form_text(v->form, "organisation"),
		.object = form_text(v->form, "object"),
		.from_at = form_int(v->form, "since"),
		.until_at = through == 0 ? 0 : through + CLOCK_DAY,
	};
	char *ref;
	enum err rc;

	if (filter.until_at != 0 && filter.until_at <= filter.from_at) {
		form_refuse(v->form, "through", "Through");
		return ERR_INVALID;
	}
	if ((rc = bundle_ask(&v->ctx, &filter, &ref)) != ERR_OK)
		return refuse(v, rc);
	return go_to(v, "bundle-asked", "/bundles/%s", ref);
}
