/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The register of published agreements: for everybody, and for members also
 * what is published to the community.
 */
#include <string.h>

#include "domain/sector.h"
#include "page/agreement_view.h"
#include "page/filter_view.h"
#include "page/routes.h"

/* Those of enum agreement_group that the register knows. */
enum { SHOW_ALL, SHOW_IN_FORCE, SHOW_ENDED };
static const char *const shows[] = { "all", "in-force", "ended", NULL };
static const enum agreement_group groups[] = {
	[SHOW_ALL] = GROUP_ALL,
	[SHOW_IN_FORCE] = GROUP_IN_FORCE,
	[SHOW_ENDED] = GROUP_ENDED,
};

const struct field fields_register[] = {
	{ .name = "show", .kind = FIELD_CHOICE, .choices = shows },
	{ .name = "kind", .kind = FIELD_CHOICE, .choices = agreement_kinds },
	{ .name = "sector", .kind = FIELD_CHOICE, .choices = sector_words },
	{ .name = "before", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = NULL },
};

/* ---- the list -------------------------------------------------------- */

static void
read_filter(struct visit *v, struct agreement_filter *filter)
{
	memset(filter, 0, sizeof(*filter));
	filter->group = groups[form_int(v->form, "show")];
	filter->kind = filter_choice(v, "kind");
	filter->sectors = filter_bit(v, "sector");
	filter->before = form_int(v->form, "before");
}

/* The present query with another key. */
static const char *
next_href(struct visit *v, int64_t before)
{
	static const char *const kept[] = { "show", "kind", "sector", NULL };

	return arena_printf(v->req->arena, "/register?before=%lld%s",
	    (long long)before, page_kept(v, kept));
}

/* Of the navigation: members have their own agreements there. */
static const char *
section_of(const struct visit *v)
{
	return v->ctx.actor.person != 0 ? "agreements" : "register";
}

/* Its feed, for programs that look for one in the head of a page. */
static void
show_feed(struct visit *v)
{
	node_set(node_at(v->root, "Page"), "Feed", "/register.atom");
}

enum err
page_register_list(struct visit *v)
{
	struct agreement_filter filter;
	struct agreement_list list;
	enum err rc;

	read_filter(v, &filter);
	rc = agreement_register_found(&v->ctx, &filter, false, &list);
	if (rc == ERR_OK)
		rc = agreement_view_rows(v, "Agreements", &list);
	if (rc != ERR_OK)
		return rc;
	page_form(v);
	page_options(v, "show", "Register.Show");
	page_options(v, "kind", "Agreement.Kind");
	page_options(v, "sector", "Sector");
	node_flag(v->root, "IsEmpty", list.count == 0);
	node_flag(v->root, "IsPaged", filter.before != 0);
	node_flag(v->root, "HasFilter",
	    filter.group != GROUP_ALL || filter.kind >= 0 ||
		filter.sectors != 0);
	if (list.next != 0)
		node_set(v->root, "NextHref", next_href(v, list.next));
	show_feed(v);
	page_section(v, section_of(v));
	return page_send(v, "register/list.cs");
}

/* ---- one ------------------------------------------------------------- */

static enum err
load(struct visit *v, struct agreement **a)
{
	enum err rc = agreement_load(&v->ctx, visit_param(v, 0), a);

	if (rc == ERR_OK && (*a)->publication == PUBLICATION_NONE)
		rc = ERR_NOT_FOUND;
	/* Who signs in may see it, or is told then. */
	return rc == ERR_NOT_FOUND && v->session.id == 0 ? ERR_SIGN_IN : rc;
}

/*
 * As everybody sees it, also for its parties, who see more of it elsewhere:
 * so that the page is what they have agreed to publish.
 */
static enum err
view_as_published(struct visit *v)
{
	const struct actor self = v->ctx.actor;
	struct agreement *a;
	enum err rc;

	memset(&v->ctx.actor, 0, sizeof(v->ctx.actor));
	if ((rc = load(v, &a)) == ERR_OK)
		rc = agreement_view(v, a);
	v->ctx.actor = self;
	return rc;
}

enum err
page_register_read(struct visit *v)
{
	struct agreement *a;
	enum err rc;

	if ((rc = load(v, &a)) != ERR_OK)
		return rc;
	if (a->publication == PUBLICATION_EVERYBODY)
		rc = view_as_published(v);
	else if (a->sight != SIGHT_PUBLISHED)
		return go_to(v, NULL, "/agreements/%s", a->ref);
	else
		rc = agreement_view(v, a);
	if (rc != ERR_OK)
		return rc;
	node_flag(v->root, "IsInsider", a->sight != SIGHT_PUBLISHED);
	show_feed(v);
	page_section(v, section_of(v));
	return page_send(v, "register/read.cs");
}

/* ---- files ----------------------------------------------------------- */

/* The bytes that were signed, where the whole is published. */
enum err
page_register_canonical(struct visit *v)
{
	struct agreement *a;
	char *bytes;
	size_t len;
	enum err rc;

	if ((rc = load(v, &a)) != ERR_OK)
		return rc;
	if (a->extent != EXTENT_WHOLE)
		return ERR_NOT_FOUND;
	rc = agreement_canonical(&v->ctx, a->ref, a->version, &bytes, &len);
	if (rc != ERR_OK)
		return rc;
	return page_send_bytes(v, bytes, len, "application/json",
	    arena_printf(v->req->arena, "%s-v%d.json", a->ref, a->version));
}

/* A signature by minisign; what was signed in the portal is for parties. */
enum err
page_register_signature(struct visit *v)
{
	const char *who = visit_param(v, 1);
	struct agreement_file file;
	struct agreement *a;
	enum err rc;

	if ((rc = load(v, &a)) != ERR_OK)
		return rc;
	rc = agreement_signature_file(&v->ctx, a->ref, a->version, who, &file);
	if (rc != ERR_OK)
		return rc;
	if (file.way != WAY_MINISIGN)
		return ERR_NOT_FOUND;
	return page_send_bytes(v, file.bytes, file.len,
	    "application/octet-stream",
	    arena_printf(v->req->arena, "%s-v%d.json.%s.minisig", a->ref,
		a->version, who));
}
