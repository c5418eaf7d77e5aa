/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of organisations, and the keeper's acts on it. */
#include "domain/organisation.h"

#include "domain/sector.h"
#include "page/routes.h"
#include "page/visit.h"

static const char *const countries[] = { "AT", "BE", "BG", "CA", "CH", "CY",
	"CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE",
	"IS", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE",
	"SI", "SK", "UA", "US", NULL };

const struct field fields_organisation[] = {
	{ .name = "name",
	    .kind = FIELD_LINE,
	    .required = true,
	    .min = 2,
	    .max = 120 },
	{ .name = "kind",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = org_kind_names },
	{ .name = "country",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = countries },
	{ .name = "sectors", .kind = FIELD_SET, .choices = sector_words },
	{ .name = "charter_signed", .kind = FIELD_DATE },
	{ .name = NULL },
};

const struct field fields_suspend[] = {
	{ .name = "why", .kind = FIELD_PROSE, .required = true, .max = 1000 },
	{ .name = NULL },
};

static const char *
word(struct visit *v, const char *block, const char *key)
{
	return lang_text(v->site->pages, v->lang,
	    arena_printf(v->req->arena, "%s.%s", block, key));
}

static void
show(struct visit *v, struct node *node, const struct organisation *o)
{
	const struct say people[] = {
		{ "n", NULL, o->people },
		{ NULL, NULL, 0 },
	};

	node_set(node, "Ref", o->ref);
	node_set(node, "Name", o->name);
	node_set(node, "KindWord", org_kind_names[o->kind]);
	node_set(node, "Kind", word(v, "Kind", org_kind_names[o->kind]));
	node_set(node, "Country", o->country);
	node_set(node, "CountryName", word(v, "Country", o->country));
	node_flag(node, "IsSuspended", o->is_suspended);
	page_sectors(v, node, "Sectors", o->sectors);
	node_say(v->page, node, "PeopleText", "Organisation.People", people);
	node_time(v->page, node, "Admitted", o->admitted_at);
	node_time(v->page, node, "Suspended", o->suspended_at);
	node_set(node, "CharterRef", o->charter_ref);
	node_time(v->page, node, "CharterSigned", o->charter_signed_at);
}

static bool
is_keeper(const struct visit *v)
{
	return (v->ctx.actor.roles & ROLE_KEEPER) != 0;
}

enum err
page_organisation_list(struct visit *v)
{
	struct organisation *rows;
	size_t i, n;
	enum err rc;

	if ((rc = organisation_list(&v->ctx, &rows, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show(v, node_row(v->root, "Organisations"), &rows[i]);
	const struct say count[] = {
		{ "n", NULL, (int64_t)n },
		{ NULL, NULL, 0 },
	};
	node_say(v->page, v->root, "CountText", "Organisation.Count", count);
	node_flag(node_at(v->root, "May"), "Admit", is_keeper(v));
	page_section(v, "organisations");
	return page_send(v, "organisation/list.cs");
}

enum err
page_organisation_read(struct visit *v)
{
	struct organisation *o;
	struct node *may = node_at(v->root, "May");
	enum err rc;

	rc = organisation_load(&v->ctx, visit_param(v, 0), &o);
	if (rc != ERR_OK)
		return rc;
	show(v, node_at(v->root, "Organisation"), o);
	node_flag(may, "Suspend",
	    is_keeper(v) && !o->is_suspended &&
		o->id != v->ctx.actor.organisation);
	node_flag(may, "Reinstate", is_keeper(v) && o->is_suspended);
	node_flag(may, "SeePeople",
	    is_keeper(v) ||
		(o->id == v->ctx.actor.organisation &&
		    (v->ctx.actor.roles & ROLE_STEWARD) != 0));
	page_section(v, "organisations");
	return page_send(v, "organisation/read.cs");
}

/* ---- admitting ------------------------------------------------------- */

enum err
page_organisation_new(struct visit *v)
{
	if (!v->form->is_submitted)
		v->form = form_new(v->req->arena, fields_organisation);
	page_form(v);
	page_options(v, "kind", "Kind");
	page_options(v, "country", "Country");
	page_options(v, "sectors", "Sector");
	page_section(v, "organisations");
	return page_send(v, "organisation/new.cs");
}

/* What depends on the kind: sectors and a charter. */
static bool
is_complete(struct visit *v, enum org_kind kind)
{
	if (kind == ORG_OPERATOR && form_int(v->form, "sectors") == 0)
		form_refuse(v->form, "sectors", "Required");
	if ((kind == ORG_OPERATOR || kind == ORG_INSTITUTION) &&
	    form_int(v->form, "charter_signed") == 0)
		form_refuse(v->form, "charter_signed", "Required");
	if (form_int(v->form, "charter_signed") > v->ctx.now_at)
		form_refuse(v->form, "charter_signed", "Future");
	return form_is_right(v->form);
}

enum err
page_organisation_admit(struct visit *v)
{
	const struct organisation_new o = {
		.name = form_text(v->form, "name"),
		.kind = (enum org_kind)form_int(v->form, "kind"),
		.country = form_text(v->form, "country"),
		.sectors = form_int(v->form, "sectors"),
		.charter_signed_at = form_int(v->form, "charter_signed"),
	};
	char *ref;
	enum err rc;

	if (!is_complete(v, o.kind))
		return ERR_INVALID;
	rc = organisation_admit(&v->ctx, &o, &ref);
	if (rc == ERR_EXISTS) {
		form_refuse(v->form, "name", "Exists");
		return ERR_INVALID;
	}
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "admitted", "/organisations/%s", ref);
}

/* ---- suspending ------------------------------------------------------ */

enum err
page_organisation_suspend_ask(struct visit *v)
{
	struct organisation *o;
	struct node *row;
	enum err rc;

	rc = organisation_load(&v->ctx, visit_param(v, 0), &o);
	if (rc != ERR_OK)
		return rc;
	if (o->is_suspended || o->id == v->ctx.actor.organisation)
		return ERR_STATE;
	if (!v->form->is_submitted)
		v->form = form_new(v->req->arena, fields_suspend);
	page_form(v);
	show(v, node_at(v->root, "Organisation"), o);
	const struct say say[] = {
		{ "n", NULL, o->people },
		{ "organisation", o->name, 0 },
		{ NULL, NULL, 0 },
	};
	row = node_row(v->root, "Loss");
	node_say(v->page, row, "Text", "Organisation.LossPeople", say);
	row = node_row(v->root, "Loss");
	node_say(v->page, row, "Text", "Organisation.LossGrants", say);
	page_section(v, "organisations");
	return page_send(v, "organisation/suspend.cs");
}

enum err
page_organisation_suspend(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = organisation_suspend(&v->ctx, ref, form_text(v->form, "why"));
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "suspended", "/organisations/%s", ref);
}

enum err
page_organisation_reinstate(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc = organisation_reinstate(&v->ctx, ref);

	if (rc != ERR_OK)
		return rc;
	return go_to(v, "reinstated", "/organisations/%s", ref);
}
