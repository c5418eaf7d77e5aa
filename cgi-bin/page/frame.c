/* SPDX-License-Identifier: Apache-2.0 */
/* What every page has around its own content. */
#include <string.h>

#include "domain/record.h"
#include "page/guard.h"
#include "page/visit.h"

static const struct {
	const char *section;
	const char *href;
	const char *key;
	unsigned who; /* 0: whoever is not signed in */
} entries[] = {
	{ "today", "/today", "Nav.Today", WHO_MEMBER },
	{ "advisories", "/advisories", "Nav.Advisories", WHO_ANYONE },
	{ "drafts", "/drafts", "Nav.Drafts", WHO_PUBLISHER },
	{ "documents", "/documents", "Nav.Library", WHO_ANYONE },
	{ "register", "/register", "Nav.Register", 0 },
	{ "agreements", "/agreements", "Nav.Agreements", WHO_MEMBER },
	{ "circles", "/circles", "Nav.Circles", WHO_MEMBER },
	{ "organisations", "/organisations", "Nav.Organisations", WHO_MEMBER },
	{ "people", "/people", "Nav.People", WHO_STEWARD | WHO_KEEPER },
	{ "records", "/records", "Nav.Records", WHO_MEMBER },
};

static bool
is_offered(const struct visit *v, unsigned who)
{
	return who == 0 ? v->ctx.actor.person == 0
			: guard_role(v, who) == ERR_OK;
}

static void
fill_nav(struct visit *v)
{
	struct node *row;
	size_t i;

	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		if (!is_offered(v, entries[i].who))
			continue;
		row = node_row(v->root, "Nav");
		node_set(row, "Href", entries[i].href);
		node_set(row, "Label",
		    lang_text(v->site->pages, v->lang, entries[i].key));
		node_flag(row, "Current",
		    v->section != NULL &&
			strcmp(v->section, entries[i].section) == 0);
	}
}

static const struct {
	unsigned role;
	const char *flag;
} flags[] = {
	{ ROLE_PUBLISHER, "IsPublisher" },
	{ ROLE_STEWARD, "IsSteward" },
	{ ROLE_SIGNATORY, "IsSignatory" },
	{ ROLE_AUDITOR, "IsAuditor" },
	{ ROLE_KEEPER, "IsKeeper" },
};

const char *
roles_text(struct visit *v, unsigned roles)
{
	const char *text = "";
	int i;

	/* "Reader" is only worth saying of somebody who is nothing else. */
	if ((roles & ~(unsigned)ROLE_READER) != 0)
		roles &= ~(unsigned)ROLE_READER;
	for (i = 0; i < ROLE_COUNT; i++)
		if ((roles & (1u << i)) != 0)
			text = arena_printf(v->req->arena, "%s%s%s", text,
			    text[0] == '\0' ? "" : ", ",
			    page_word(v, "Role", role_names[i]));
	return text;
}

static void
fill_user(struct visit *v)
{
	const struct actor *actor = &v->ctx.actor;
	struct node *user;
	size_t i;

	if (actor->person == 0)
		return;
	user = node_at(v->root, "User");
	node_set(user, "Name", actor->name);
	node_set(user, "Organisation", actor->organisation_name);
	node_set(user, "OrganisationRef", actor->organisation_ref);
	node_set(user, "Roles", roles_text(v, actor->roles));
	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		node_flag(
		    user, flags[i].flag, (actor->roles & flags[i].role) != 0);
}

/* The notice's words are a closed set: what the catalogue has below Done. */
static void
fill_notice(struct visit *v)
{
	const char *p;

	if (v->done == NULL || strlen(v->done) > 40)
		return;
	for (p = v->done; *p != '\0'; p++)
		if ((*p < 'a' || *p > 'z') && *p != '-')
			return;
	if (!lang_has(v->site->pages, v->lang,
		arena_printf(v->req->arena, "Done.%s", v->done)))
		return;
	node_set(v->root, "Notice", page_word(v, "Done", v->done));
}

/*
 * This page again in another language: with its search, and with where a
 * sign-in was to lead, as far as the form's field has room.
 */
static const char *
here(struct visit *v)
{
	const struct req *req = v->req;

	if (req->method != METHOD_GET || req->query[0] == '\0' ||
	    v->done != NULL ||
	    strlen(req->path) + strlen(req->query) + 2 > REQ_PATH_MAX)
		return visit_back(v);
	return arena_printf(req->arena, "%s?%s", req->path, req->query);
}

static void
fill_page(struct visit *v)
{
	struct node *page = node_at(v->root, "Page");
	char once[TOKEN_TEXT];
	enum lang other = v->lang == LANG_FR ? LANG_EN : LANG_FR;

	token_new(once);
	node_set(page, "Lang", lang_code(v->lang));
	node_set(page, "OtherLang", lang_code(other));
	node_set(page, "Path", here(v));
	node_set(page, "Csrf", v->csrf);
	node_set(page, "Once", once);
	node_set(page, "Portal", v->ctx.conf->portal_name);
}

/* Nobody is refused a page because its footer could not be counted. */
static void
fill_footer(struct visit *v)
{
	int64_t records;

	if (record_count(&v->ctx, &records) == ERR_OK)
		node_set(node_at(v->root, "Footer"), "Records",
		    lang_number(v->lang, v->req->arena, records));
}

enum err
page_send(struct visit *v, const char *template_name)
{
	fill_page(v);
	fill_user(v);
	fill_nav(v);
	fill_notice(v);
	fill_footer(v);
	return page_render(v->page, template_name, &v->resp->body);
}
