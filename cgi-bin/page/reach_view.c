/* SPDX-License-Identifier: Apache-2.0 */
#include "page/reach_view.h"

#include "domain/audience.h"

/* ---- why ------------------------------------------------------------- */

static const char *const why_keys[ACCESS_WHY__MAX] = {
	[ACCESS_PUBLIC] = "Why.Public",
	[ACCESS_OWN] = "Why.Own",
	[ACCESS_GRANT] = "Why.Grant",
};

static const char *
agreement_name(struct visit *v, const struct access_reason *why)
{
	if (why->agreement_title != NULL)
		return why->agreement_title;
	return why->agreement_kind == NULL
	    ? NULL
	    : page_word(v, "Agreement.Kind", why->agreement_kind);
}

static void
show_why(struct visit *v, struct node *node, const struct access_reason *why)
{
	const char *circle = why->circle_ref == NULL
	    ? NULL
	    : circle_title(v, why->circle_ref, why->circle_name);
	const char *date =
	    lang_date(v->site->pages, v->lang, v->req->arena, why->signed_at);
	const struct say say[] = {
		{ "organisation", v->ctx.actor.organisation_name, 0 },
		{ "agreement", agreement_name(v, why), 0 },
		{ "circle", circle, 0 },
		{ "label", tlp_names[why->max_label], 0 },
		{ "date", date, 0 },
		{ NULL, NULL, 0 },
	};

	node_say(v->page, node, "Text", why_keys[why->why], say);
	if (why->is_named)
		node_say(v->page, node, "Named", "Why.Named", say);
}

enum err
view_why(struct visit *v, enum access_item item, int64_t id, enum tlp label)
{
	struct access_reason why;
	struct node *node;
	enum err rc;

	if ((rc = access_reason(&v->ctx, item, id, &why)) != ERR_OK)
		return rc;
	node = node_at(v->root, "Why");
	show_why(v, node, &why);
	node_set(node, "AgreementRef", why.agreement_ref);
	node_set(node, "Share", page_word(v, "Tlp.Share", tlp_words[label]));
	return ERR_OK;
}

/* ---- who ------------------------------------------------------------- */

static void
show_sums(struct visit *v, struct node *node, const struct audience *audience)
{
	const struct say say[] = {
		{ "n", NULL, audience->people },
		{ "organisations", NULL, audience->organisations },
		{ NULL, NULL, 0 },
	};

	node_say(v->page, node, "Sentence", "Reach.Sentence", say);
	node_say(v->page, node, "Text", "Reach.Text", say);
	node_flag(node, "IsPublic", audience->is_public);
	node_flag(node, "IsEmpty", audience_is_empty(audience));
	node_int(node, "People", audience->people);
	node_int(node, "Organisations", audience->organisations);
}

static void
show_row(struct visit *v, struct node *reach, const struct audience_row *from)
{
	struct node *row = node_row(reach, "Rows");

	node_set(row, "Organisation", from->organisation_name);
	node_set(row, "OrganisationRef", from->organisation_ref);
	node_set(row, "Country", from->country);
	node_set(row, "Kind", page_word(v, "Kind", org_kind_names[from->kind]));
	page_count(v, row, "PeopleText", "Reach.People", from->people);
	node_flag(row, "IsOwn", from->is_own);
	if (!from->is_own)
		node_set(row, "Why",
		    circle_title(v, from->circle_ref, from->circle_name));
	node_set(row, "AgreementRef", from->agreement_ref);
	/* Of a charter the kind says enough. */
	if (from->circle_name != NULL)
		node_set(row, "Agreement", from->agreement_title);
}

enum err
view_reach_sums(struct visit *v, enum access_item item, int64_t piece)
{
	struct audience *audience;
	enum err rc;

	if ((rc = audience_of(&v->ctx, item, piece, &audience)) == ERR_OK)
		show_sums(v, node_at(v->root, "Reach"), audience);
	return rc;
}

enum err
view_reach(struct visit *v, enum access_item item, int64_t piece)
{
	struct node *reach = node_at(v->root, "Reach");
	struct audience *audience;
	enum err rc;

	if ((rc = audience_of(&v->ctx, item, piece, &audience)) != ERR_OK)
		return rc;
	show_sums(v, reach, audience);
	for (size_t i = 0; i < audience->count; i++)
		show_row(v, reach, &audience->rows[i]);
	return ERR_OK;
}
