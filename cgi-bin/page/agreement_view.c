/* SPDX-License-Identifier: Apache-2.0 */
#include "page/agreement_view.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/sector.h"
#include "page/family_view.h"
#include "web/part.h"

enum { NAMES_SHOWN = 3 };

const char *
agreement_view_title(
    struct visit *v, enum agreement_kind kind, const char *title)
{
	if (title != NULL && title[0] != '\0')
		return title;
	return kind == AGREEMENT_CHARTER
	    ? page_word(v, "Agreement.Kind", agreement_kinds[kind])
	    : lang_text(v->site->pages, v->lang, "Agreement.Untitled");
}

/* ---- pieces ----------------------------------------------------------- */

static void
set_word(struct visit *v, struct node *node, const char *name,
    const char *block, const char *word)
{
	node_set(node, name, page_word(v, block, word));
}

/* A text of users that may be empty: absent then. */
static void
set_filled(struct node *node, const char *name, const char *text)
{
	node_set(node, name, text != NULL && text[0] != '\0' ? text : NULL);
}

const char *
agreement_view_audit(struct visit *v, int64_t families)
{
	const char *text = family_titles(v, families);

	return text != NULL ? text
			    : page_word(v, "Agreement.None", "audit_families");
}

const char *
agreement_view_end(struct visit *v, int64_t until_at)
{
	if (until_at == 0)
		return NULL;
	if (until_at % CLOCK_DAY == 0)
		return lang_date(
		    v->site->pages, v->lang, v->req->arena, until_at - 1);
	return lang_time(v->site->pages, v->lang, v->req->arena, until_at);
}

/* A version that was proposed never changes: its markup is kept. */
static enum err
view_text(
    struct visit *v, struct node *node, const struct agreement_version *version)
{
	const struct part_key key = { PART_TERMS, (uint64_t)version->id, 0, 0 };

	if (version->text != NULL && version->text[0] != '\0')
		node_set(node, "Typed", version->text);
	return page_prose(
	    v, node, "Text", version->number > 0 ? &key : NULL, version->text);
}

void
agreement_view_terms(
    struct visit *v, struct node *node, const struct agreement_terms *t)
{
	set_filled(node, "Circle", t->circle_name);
	node_set(node, "CircleRef", t->circle_ref);
	node_flag(node, "IsNew", t->circle_ref == NULL);
	page_tlp(v, node, (int)t->max_label);
	page_sectors(v, node, "Sectors", t->sectors);
	node_set(node, "SharingWord", agreement_sharings[t->sharing]);
	set_word(v, node, "Sharing", "Agreement.Sharing",
	    agreement_sharings[t->sharing]);
	node_time(v->page, node, "From", t->from_at);
	node_time(
	    v->page, node, "Until", t->until_at == 0 ? 0 : t->until_at - 1);
	page_count(
	    v, node, "NoticeText", "Agreement.NoticeDays", t->notice_days);
	node_set(node, "Auditor", t->auditor_name);
	node_set(node, "AuditorRef", t->auditor_ref);
	if (t->auditor_ref != NULL)
		node_set(node, "AuditFamilies",
		    agreement_view_audit(v, t->audit_families));
	node_time(v->page, node, "AuditFrom", t->audit_from_at);
	node_set(node, "OrderWord", agreement_orders[t->order]);
	set_word(
	    v, node, "Order", "Agreement.Order", agreement_orders[t->order]);
}

/* ---- the way it goes --------------------------------------------------- */

static void
step(struct visit *v, const char *text, bool is_done, bool is_current)
{
	struct node *row = node_row(v->root, "Steps");

	node_set(row, "Text", text);
	node_flag(row, "IsDone", is_done && !is_current);
	node_flag(row, "IsCurrent", is_current);
}

static const char *
said(struct visit *v, const char *key, int64_t n, const char *when)
{
	const struct say say[] = {
		{ "n", NULL, n },
		{ "when", when != NULL ? when : "", 0 },
		{ NULL, NULL, 0 },
	};

	return lang_say(v->site->pages, v->lang, v->req->arena, key, say);
}

static size_t
signed_count(const struct agreement *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->party_count; i++)
		n += a->parties[i].signed_at != 0;
	return n;
}

static void
steps_to_signing(struct visit *v, const struct agreement *a)
{
	const size_t n = signed_count(a);
	const bool is_open = a->state == AGREEMENT_PROPOSED;
	const struct say say[] = {
		{ "n", NULL, (int64_t)n },
		{ "all", NULL, (int64_t)a->party_count },
		{ NULL, NULL, 0 },
	};

	step(v,
	    said(v,
		a->kind == AGREEMENT_CHARTER ? "Agreement.Step.Offered"
					     : "Agreement.Step.Drafted",
		0, NULL),
	    true, a->state == AGREEMENT_DRAFT);
	if (a->kind != AGREEMENT_CHARTER)
		step(v, said(v, "Agreement.Step.Negotiated", a->version, NULL),
		    a->version > 0, is_open && n == 0);
	if (a->state == AGREEMENT_WITHDRAWN)
		return;
	step(v,
	    lang_say(v->site->pages, v->lang, v->req->arena,
		"Agreement.Step.Signing", say),
	    a->signed_at != 0,
	    is_open && (n > 0 || a->kind == AGREEMENT_CHARTER));
}

static void
steps_of_force(struct visit *v, const struct agreement *a)
{
	struct pages *pages = v->site->pages;
	const int64_t from_at = a->from_at != 0 ? a->from_at
	    : a->current != NULL		? a->current->terms.from_at
						: 0;
	const int64_t until_at = a->from_at != 0 ? a->until_at
	    : a->current != NULL		 ? a->current->terms.until_at
						 : 0;
	const bool is_ended = a->state == AGREEMENT_ENDED;

	step(v,
	    from_at > v->ctx.now_at
		? said(v, "Agreement.Step.Begins", 0,
		      lang_date(pages, v->lang, v->req->arena, from_at))
		: said(v, "Agreement.Step.InForce", 0, NULL),
	    a->state == AGREEMENT_IN_FORCE || is_ended,
	    a->state == AGREEMENT_SIGNED || a->state == AGREEMENT_IN_FORCE);
	step(v,
	    until_at == 0
		? said(v, "Agreement.Step.NoEnd", 0, NULL)
		: said(v,
		      is_ended ? "Agreement.Step.Ended" : "Agreement.Step.Ends",
		      0, agreement_view_end(v, until_at)),
	    is_ended, is_ended);
}

static void
view_steps(struct visit *v, const struct agreement *a)
{
	if (a->is_on_paper)
		step(v,
		    said(v, "Agreement.Step.Paper", 0,
			lang_date(v->site->pages, v->lang, v->req->arena,
			    a->signed_at)),
		    true, false);
	else
		steps_to_signing(v, a);
	if (a->state == AGREEMENT_WITHDRAWN)
		step(v, said(v, "Agreement.Step.Withdrawn", 0, NULL), true,
		    true);
	else
		steps_of_force(v, a);
}

/* ---- the whole -------------------------------------------------------- */

static const char *const state_flags[AGREEMENT_STATE__MAX] = {
	[AGREEMENT_DRAFT] = "IsDraft",
	[AGREEMENT_PROPOSED] = "IsProposed",
	[AGREEMENT_WITHDRAWN] = "IsWithdrawn",
	[AGREEMENT_SIGNED] = "IsSigned",
	[AGREEMENT_IN_FORCE] = "IsInForce",
	[AGREEMENT_ENDED] = "IsEnded",
};

static void
view_kind(struct visit *v, struct node *node, const struct agreement *a)
{
	node_set(node, "Ref", a->ref);
	node_set(node, "Title",
	    agreement_view_title(
		v, a->kind, a->current != NULL ? a->current->title : NULL));
	if (a->current != NULL)
		node_set(node, "Lang", a->current->language);
	node_set(node, "Kind", agreement_kinds[a->kind]);
	set_word(
	    v, node, "KindWord", "Agreement.Kind", agreement_kinds[a->kind]);
	node_flag(node, "IsCharter", a->kind == AGREEMENT_CHARTER);
	node_set(node, "State", agreement_states[a->state]);
	set_word(v, node, "StateWord", "Agreement.State",
	    agreement_states[a->state]);
	node_flag(node, state_flags[a->state], true);
	node_flag(node, "IsOnPaper", a->is_on_paper);
	node_flag(node, "IsParty", a->is_party);
	node_flag(node, "IsOwn", a->is_own);
	node_set(node, "Organisation", a->organisation_name);
	node_set(node, "OrganisationRef", a->organisation_ref);
}

static void
view_course(struct visit *v, struct node *node, const struct agreement *a)
{
	node_time(v->page, node, "Proposed", a->proposed_at);
	node_time(v->page, node, "Signed", a->signed_at);
	node_time(v->page, node, "From", a->from_at);
	node_time(v->page, node, "Until", a->until_at);
	node_set(node, "UntilText", agreement_view_end(v, a->until_at));
	node_time(v->page, node, "Published", a->published_at);
	if (a->until_at != 0 && a->end != END_AGREED)
		node_set(node, "End",
		    said(v,
			arena_printf(v->req->arena, "Agreement.%s.%s",
			    a->state == AGREEMENT_ENDED ? "End" : "EndAhead",
			    agreement_ends[a->end]),
			0, agreement_view_end(v, a->until_at)));
	node_time(v->page, node, "Withdrawn", a->withdrawn_at);
	node_set(node, "WithdrawnWhy", a->withdrawn_why);
	node_set(node, "Replaces", a->replaces_ref);
	node_set(node, "ReplacedBy", a->replaced_by_ref);
	if (a->replaces_ref != NULL && a->successor != SUCCESSOR_NONE)
		set_word(v, node, "Follows", "Agreement.Follows",
		    agreement_successors[a->successor]);
}

static void
view_publication(struct visit *v, struct node *node, const struct agreement *a)
{
	if (a->publication == PUBLICATION_NONE)
		return;
	node_set(node, "Publication", agreement_publications[a->publication]);
	set_word(v, node, "PublicationWord", "Agreement.Publication",
	    agreement_publications[a->publication]);
	set_word(v, node, "PublicationTo", "Agreement.PublicationTo",
	    agreement_publications[a->publication]);
	node_set(node, "Extent", agreement_extents[a->extent]);
	set_word(v, node, "ExtentWord", "Agreement.Extent",
	    agreement_extents[a->extent]);
	node_flag(node, "IsTermsOnly",
	    a->sight == SIGHT_PUBLISHED && a->extent == EXTENT_TERMS);
}

static enum err
view_current(struct visit *v, struct node *node, const struct agreement *a)
{
	struct node *row;
	size_t i;

	for (i = 0; i < a->circle_count; i++) {
		row = node_row(node, "Circles");
		node_set(row, "Ref", a->circles[i].ref);
		node_set(row, "Name",
		    circle_title(v, a->circles[i].ref, a->circles[i].name));
	}
	if (a->current == NULL)
		return ERR_OK;
	node_int(node, "Version", a->version);
	page_count(v, node, "VersionText", "Agreement.VersionText", a->version);
	node_set(node, "Proposer", a->current->organisation_name);
	agreement_view_terms(v, node_at(node, "Terms"), &a->current->terms);
	page_digest(v, node, a->current->digest);
	return view_text(v, node, a->current);
}

/*
 * The label of the document itself, for its copy on paper: what is published
 * goes as far as it was published, the rest stays with those it names.
 */
static void
view_paper(struct visit *v, const struct agreement *a)
{
	const bool is_all =
	    a->sight == SIGHT_PUBLISHED || a->extent == EXTENT_WHOLE;
	enum tlp label = TLP_AMBER_STRICT;

	if (is_all && a->publication == PUBLICATION_EVERYBODY)
		label = TLP_CLEAR;
	else if (is_all && a->publication == PUBLICATION_COMMUNITY)
		label = TLP_GREEN;
	page_tlp(v, node_at(v->root, "Paper"), (int)label);
}

enum err
agreement_view(struct visit *v, const struct agreement *a)
{
	struct node *node = node_at(v->root, "Agreement");
	enum err rc;

	view_kind(v, node, a);
	view_course(v, node, a);
	view_publication(v, node, a);
	view_paper(v, a);
	if ((rc = view_current(v, node, a)) != ERR_OK)
		return rc;
	view_steps(v, a);
	return agreement_view_parties(v, a);
}

enum err
agreement_view_version(
    struct visit *v, struct node *node, const struct agreement_version *version)
{
	struct node *row;
	size_t i;

	node_int(node, "Number", version->number);
	node_flag(node, "IsCurrent", version->is_current);
	node_flag(node, "IsDraft", version->number == 0);
	node_int(node, "Edit", version->edit);
	set_filled(node, "Title", version->title);
	node_set(node, "Lang", version->language);
	set_filled(node, "Change", version->change);
	set_filled(node, "WhyOneKind", version->why_one_kind);
	node_set(node, "Organisation", version->organisation_name);
	node_set(node, "OrganisationRef", version->organisation_ref);
	node_set(node, "Author", version->author_name);
	node_time(v->page, node, "Proposed", version->proposed_at);
	node_time(v->page, node, "Saved", version->saved_at);
	page_digest(v, node, version->digest);
	for (i = 0; i < version->party_count; i++) {
		row = node_row(node, "Parties");
		node_set(row, "Name", version->parties[i].name);
		node_set(row, "Ref", version->parties[i].ref);
		set_word(v, row, "Kind", "Kind",
		    org_kind_names[version->parties[i].kind]);
	}
	agreement_view_terms(v, node_at(node, "Terms"), &version->terms);
	return view_text(v, node, version);
}
