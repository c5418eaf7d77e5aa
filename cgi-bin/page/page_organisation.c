/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of organisations, and the keeper's acts on it. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/organisation.h"
#include "domain/sector.h"
#include "page/agreement_start.h"
#include "page/record_view.h"
#include "page/routes.h"
#include "page/visit.h"
#include "web/markdown.h"

static const char *const countries[] = { "AL", "AT", "BE", "BG", "CA", "CH",
	"CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
	"IE", "IS", "IT", "LT", "LU", "LV", "MD", "ME", "MK", "MT", "NL", "NO",
	"PL", "PT", "RO", "SE", "SI", "SK", "TR", "UA", "US", NULL };

/* How an organisation signs its charter. */
enum charter_way { CHARTER_HERE, CHARTER_PAPER };
static const char *const charter_ways[] = { "here", "paper", NULL };

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
	{ .name = "charter", .kind = FIELD_CHOICE, .choices = charter_ways },
	{ .name = "charter_language",
	    .kind = FIELD_CHOICE,
	    .choices = lang_codes },
	{ .name = "charter_signed", .kind = FIELD_DATE },
	{ .name = NULL },
};

const struct field fields_charter[] = {
	{ .name = "charter_language",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = lang_codes },
	{ .name = NULL },
};

const struct field fields_suspend[] = {
	{ .name = "why", .kind = FIELD_PROSE, .required = true, .max = 1000 },
	{ .name = NULL },
};

static bool
is_keeper(const struct visit *v)
{
	return (v->ctx.actor.roles & ROLE_KEEPER) != 0;
}

/* An operator or institution has one, the others have none. */
static bool
needs_charter(enum org_kind kind)
{
	return kind == ORG_OPERATOR || kind == ORG_INSTITUTION;
}

static bool
has_ended(const struct visit *v, const struct organisation *o)
{
	return o->charter_until_at != 0 && o->charter_until_at <= v->ctx.now_at;
}

/* Its page is there for its own people and for the keeper. */
static void
show_charter(struct visit *v, struct node *node, const struct organisation *o)
{
	node_flag(node, "NeedsCharter", needs_charter(o->kind));
	node_set(node, "CharterRef", o->charter_ref);
	node_flag(node, "MayReadCharter",
	    o->charter_ref != NULL &&
		(is_keeper(v) || o->id == v->ctx.actor.organisation));
	node_flag(node, "IsCharterOnPaper", o->is_charter_on_paper);
	node_flag(node, "IsCharterEnded", has_ended(v, o));
	node_time(v->page, node, "CharterSigned", o->charter_signed_at);
	node_time(
	    v->page, node, "CharterUntil", page_last(o->charter_until_at));
}

static void
show(struct visit *v, struct node *node, const struct organisation *o)
{
	node_set(node, "Ref", o->ref);
	node_set(node, "Name", o->name);
	node_set(node, "Kind", page_word(v, "Kind", org_kind_names[o->kind]));
	node_set(node, "Country", o->country);
	node_set(node, "CountryName", page_word(v, "Country", o->country));
	node_flag(node, "IsSuspended", o->is_suspended);
	page_sectors(v, node, "Sectors", o->sectors);
	page_count(v, node, "PeopleText", "Organisation.People", o->people);
	node_time(v->page, node, "Admitted", o->admitted_at);
	node_time(v->page, node, "Suspended", o->suspended_at);
	show_charter(v, node, o);
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
	page_count(v, v->root, "CountText", "Organisation.Count", (int64_t)n);
	node_flag(node_at(v->root, "May"), "Admit", is_keeper(v));
	page_section(v, "organisations");
	return page_send(v, "organisation/list.cs");
}

static bool
may_offer(const struct visit *v, const struct organisation *o)
{
	return is_keeper(v) && needs_charter(o->kind) && !o->is_suspended &&
	    (o->charter_ref == NULL || has_ended(v, o));
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
	node_flag(may, "InviteFirst",
	    is_keeper(v) && !o->is_suspended && o->people == 0);
	node_flag(may, "OfferCharter", may_offer(v, o));
	node_flag(may, "SeeKeys",
	    o->id == v->ctx.actor.organisation &&
		(v->ctx.actor.roles & (ROLE_STEWARD | ROLE_SIGNATORY)) != 0);
	node_flag(may, "SeePeople",
	    is_keeper(v) ||
		(o->id == v->ctx.actor.organisation &&
		    (v->ctx.actor.roles & ROLE_STEWARD) != 0));
	if ((rc = record_view_history(v, o->ref)) != ERR_OK)
		return rc;
	page_section(v, "organisations");
	return page_send(v, "organisation/read.cs");
}

/* ---- admitting ------------------------------------------------------- */

struct country {
	const char *code, *name, *sort;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct country *)a)->sort,
	    ((const struct country *)b)->sort);
}

/* In the order of their names, which each language has its own of. */
static void
country_options(struct visit *v)
{
	enum { COUNTRIES = sizeof(countries) / sizeof(countries[0]) - 1 };
	struct country all[COUNTRIES];
	size_t i;

	for (i = 0; i < COUNTRIES; i++) {
		all[i].code = countries[i];
		all[i].name = page_word(v, "Country", countries[i]);
		all[i].sort = text_slug(v->req->arena, all[i].name);
	}
	qsort(all, COUNTRIES, sizeof(all[0]), by_name);
	for (i = 0; i < COUNTRIES; i++)
		page_option(v, "country", all[i].code, all[i].name);
}

/* The charter's text in each language, for whoever is about to offer it. */
static enum err
show_texts(struct visit *v)
{
	struct agreement_start start;
	struct node *row;
	char *html;
	enum err rc;
	int lang;

	for (lang = 0; lang < LANG__MAX; lang++) {
		if ((rc = agreement_start(v->site->pages, v->req->arena,
			 (enum lang)lang, AGREEMENT_CHARTER, &start)) !=
			ERR_OK ||
		    (rc = markdown_html(v->req->arena, start.text, &html)) !=
			ERR_OK)
			return rc;
		row = node_row(v->root, "Charters");
		node_set(row, "Lang", lang_code((enum lang)lang));
		node_set(row, "Title", start.title);
		node_html(v->page, row, "Text", html);
	}
	return ERR_OK;
}

enum err
page_organisation_new(struct visit *v)
{
	enum err rc;

	if (page_form_start(v, fields_organisation)) {
		form_put(v->form, "charter", charter_ways[CHARTER_HERE]);
		form_put(v->form, "charter_language", lang_code(v->lang));
	}
	if ((rc = show_texts(v)) != ERR_OK)
		return rc;
	page_form(v);
	page_options(v, "kind", "Kind");
	country_options(v);
	page_options(v, "sectors", "Sector");
	page_options(v, "charter", "Organisation.CharterWay");
	page_options(v, "charter_language", "Language");
	page_section(v, "organisations");
	return page_send(v, "organisation/new.cs");
}

/* A day alone says paper, too. */
static bool
is_on_paper(struct visit *v)
{
	return form_text(v->form, "charter")[0] != '\0'
	    ? form_int(v->form, "charter") == CHARTER_PAPER
	    : form_int(v->form, "charter_signed") != 0;
}

/* What depends on the kind: sectors and a charter. */
static bool
is_complete(struct visit *v, enum org_kind kind)
{
	if (kind == ORG_OPERATOR && form_int(v->form, "sectors") == 0)
		form_refuse(v->form, "sectors", "Sectors");
	if (form_int(v->form, "charter_signed") > v->ctx.now_at)
		form_refuse(v->form, "charter_signed", "Future");
	if (!needs_charter(kind))
		return form_is_right(v->form);
	if (form_text(v->form, "charter")[0] == '\0' && !is_on_paper(v))
		form_refuse(v->form, "charter", "ChooseOne");
	else if (is_on_paper(v) && form_int(v->form, "charter_signed") == 0)
		form_refuse(v->form, "charter_signed", "Charter");
	else if (!is_on_paper(v) && form_int(v->form, "charter_signed") != 0)
		form_refuse(v->form, "charter", "CharterDay");
	return form_is_right(v->form);
}

/* In the language of those who will sign it. */
static enum err
charter_text(struct visit *v, struct agreement_charter *charter)
{
	const char *code = form_text(v->form, "charter_language");
	struct agreement_start start;
	enum lang lang = v->lang;
	enum err rc;

	(void)lang_from_code(code, &lang);
	rc = agreement_start(
	    v->site->pages, v->req->arena, lang, AGREEMENT_CHARTER, &start);
	charter->title = start.title;
	charter->language = lang_code(lang);
	charter->text = start.text;
	charter->notice_days = AGREEMENT_START_CHARTER_NOTICE;
	return rc;
}

enum err
page_organisation_admit(struct visit *v)
{
	struct agreement_charter charter;
	struct organisation_new o = {
		.name = form_text(v->form, "name"),
		.kind = (enum org_kind)form_int(v->form, "kind"),
		.country = form_text(v->form, "country"),
		.sectors = form_int(v->form, "sectors"),
		.charter = &charter,
	};
	char *ref;
	enum err rc;

	if (!is_complete(v, o.kind))
		return ERR_INVALID;
	if (is_on_paper(v))
		o.charter_signed_at = form_int(v->form, "charter_signed");
	if ((rc = charter_text(v, &charter)) != ERR_OK)
		return rc;
	rc = organisation_admit(&v->ctx, &o, &ref);
	if (rc == ERR_EXISTS) {
		form_refuse(v->form, "name", "Exists");
		return ERR_INVALID;
	}
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "admitted", "/organisations/%s", ref);
}

/* ---- offering the charter --------------------------------------------- */

enum err
page_organisation_charter_form(struct visit *v)
{
	struct organisation *o;
	enum err rc;

	rc = organisation_load(&v->ctx, visit_param(v, 0), &o);
	if (rc != ERR_OK)
		return rc;
	if (!may_offer(v, o))
		return ERR_STATE;
	if (page_form_start(v, fields_charter))
		form_put(v->form, "charter_language", lang_code(v->lang));
	if ((rc = show_texts(v)) != ERR_OK)
		return rc;
	page_form(v);
	page_options(v, "charter_language", "Language");
	show(v, node_at(v->root, "Organisation"), o);
	page_section(v, "organisations");
	return page_send(v, "organisation/charter.cs");
}

enum err
page_organisation_charter(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct agreement_charter charter;
	char *agreement;
	enum err rc;

	if ((rc = charter_text(v, &charter)) != ERR_OK)
		return rc;
	rc = agreement_offer_charter(&v->ctx, ref, &charter, &agreement);
	if (rc == ERR_INVALID) /* no text of ours is: a kind without charter */
		return ERR_STATE;
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "charter-offered", "/organisations/%s", ref);
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
	page_form_start(v, fields_suspend);
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
