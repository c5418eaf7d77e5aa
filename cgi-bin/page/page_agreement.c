/* SPDX-License-Identifier: Apache-2.0 */
/* The own organisation's agreements, one of them, and talking about it. */
#include <string.h>

#include "page/agreement_view.h"
#include "page/record_view.h"
#include "page/routes.h"

enum { WRITERS = ROLE_PUBLISHER | ROLE_SIGNATORY };

const struct field fields_agreement_list[] = {
	{ .name = "show", .kind = FIELD_CHOICE, .choices = agreement_groups },
	{ .name = "before", .kind = FIELD_INT, .min = 0, .max = INT64_MAX },
	{ .name = NULL },
};

const struct field fields_agreement_comment[] = {
	{ .name = "comment",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = AGREEMENT_COMMENT_MAX },
	{ .name = "version",
	    .kind = FIELD_INT,
	    .required = true,
	    .min = 1,
	    .max = AGREEMENT_VERSIONS_MAX },
	{ .name = NULL },
};

/* ---- the list --------------------------------------------------------- */

static const char *
list_href(struct visit *v, int group, int64_t before)
{
	if (before == 0)
		return arena_printf(v->req->arena, "/agreements?show=%s",
		    agreement_groups[group]);
	return arena_printf(v->req->arena, "/agreements?show=%s&before=%lld",
	    agreement_groups[group], (long long)before);
}

static void
show_groups(struct visit *v, enum agreement_group present)
{
	struct node *row;

	for (int i = 0; i < GROUP__MAX; i++) {
		/* Who writes none has no drafts to look for. */
		if (i == GROUP_DRAFTS && (v->ctx.actor.roles & WRITERS) == 0)
			continue;
		row = node_row(v->root, "Groups");
		node_set(row, "Href",
		    i == GROUP_ALL ? "/agreements" : list_href(v, i, 0));
		node_set(row, "Label",
		    page_word(v, "Agreement.Group", agreement_groups[i]));
		node_flag(row, "Current", i == (int)present);
	}
}

enum err
page_agreement_list(struct visit *v)
{
	struct agreement_filter filter = { .kind = -1 };
	struct agreement_list list;
	enum err rc;

	filter.group = (enum agreement_group)form_int(v->form, "show");
	filter.before = form_int(v->form, "before");
	if ((rc = agreement_list_found(&v->ctx, &filter, &list)) != ERR_OK ||
	    (rc = agreement_view_rows(v, "Agreements", &list)) != ERR_OK)
		return rc;
	show_groups(v, filter.group);
	node_flag(v->root, "IsEmpty", list.count == 0);
	node_flag(v->root, "IsAll", filter.group == GROUP_ALL);
	node_flag(v->root, "May.Write", (v->ctx.actor.roles & WRITERS) != 0);
	if (list.next != 0)
		node_set(v->root, "NextHref",
		    list_href(v, (int)filter.group, list.next));
	page_section(v, "agreements");
	return page_send(v, "agreement/list.cs");
}

/* ---- what may be done -------------------------------------------------- */

static const struct agreement_party *
own_party(const struct agreement *a)
{
	for (size_t i = 0; i < a->party_count; i++)
		if (a->parties[i].is_own)
			return &a->parties[i];
	return NULL;
}

static bool
allow(struct node *may, const char *name, bool is_allowed)
{
	node_flag(may, name, is_allowed);
	return is_allowed;
}

static bool
is_ready(const struct agreement *a, enum agreement_act act)
{
	return agreement_allows(a, act) == ERR_OK;
}

/* What it could do if it had a charter in force. */
static bool
needs_charter(const struct agreement *a)
{
	for (int act = 0; act < AGREEMENT_ACT__MAX; act++)
		if (agreement_allows(a, (enum agreement_act)act) == ERR_CHARTER)
			return true;
	return false;
}

/* Writing: publishers and signatories.  True: there is something to do. */
static bool
show_writing(struct visit *v, struct node *may, const struct agreement *a)
{
	const bool writes = (v->ctx.actor.roles & WRITERS) != 0;
	const bool follows = writes && a->replaced_by_ref == NULL;
	bool any;

	any = allow(
	    may, "Edit", writes && a->has_draft && is_ready(a, AGREEMENT_EDIT));
	any |= allow(may, "Revise",
	    writes && !a->has_draft && a->state == AGREEMENT_PROPOSED &&
		is_ready(a, AGREEMENT_EDIT));
	any |= allow(may, "LeftDraft", writes && a->has_left_draft);
	any |= allow(may, "Amend", follows && is_ready(a, AGREEMENT_AMEND));
	any |= allow(may, "Renew",
	    follows && a->until_at != 0 && is_ready(a, AGREEMENT_RENEW));
	return any;
}

static void
show_signing(struct visit *v, struct node *may, const struct agreement *a,
    const struct agreement_party *own)
{
	const bool signs = (v->ctx.actor.roles & ROLE_SIGNATORY) != 0;
	const bool is_open = is_ready(a, AGREEMENT_SIGN);

	if (own->signed_at != 0 || !agreement_may(a, AGREEMENT_SIGN))
		return;
	node_flag(may, "Sign", is_open && signs && own->may_sign);
	node_flag(may, "AskSignatory", is_open && !signs && own->may_sign);
	node_flag(may, "SignLater", is_open && !own->may_sign);
	node_flag(v->root, "HasDeclined", own->declined_at != 0);
	node_flag(may, "Decline", signs && own->declined_at == 0);
}

/* Binding the organisation: signatories.  True as above. */
static bool
show_binding(struct visit *v, struct node *may, const struct agreement *a,
    const struct agreement_party *own)
{
	const bool signs = (v->ctx.actor.roles & ROLE_SIGNATORY) != 0;
	const bool may_end = signs && agreement_may(a, AGREEMENT_TERMINATE);
	const bool may_publish = signs && agreement_may(a, AGREEMENT_PUBLISH);
	bool any;

	any = allow(may, "Notice",
	    signs && own->notice_at == 0 && agreement_may(a, AGREEMENT_NOTICE));
	any |= allow(may, "Terminate", may_end && own->ending_at == 0);
	any |= allow(may, "Keep", may_end && own->ending_at != 0);
	any |= allow(may, "Publish", may_publish);
	node_flag(may, "AnswerPublishing",
	    may_publish && a->asked != PUBLICATION_NONE &&
		own->publishing_at == 0);
	node_flag(may, "Suspend", signs && agreement_may(a, AGREEMENT_SUSPEND));
	return any;
}

static void
show_may(struct visit *v, const struct agreement *a)
{
	struct node *may = node_at(v->root, "May");
	const struct agreement_party *own = own_party(a);
	const unsigned roles = v->ctx.actor.roles;
	const bool is_ours = a->kind == AGREEMENT_CHARTER
	    ? (roles & ROLE_KEEPER) != 0
	    : a->is_own && (roles & WRITERS) != 0;
	bool any;

	any = allow(
	    may, "Withdraw", is_ours && agreement_may(a, AGREEMENT_WITHDRAW));
	node_flag(may, "Canonical",
	    a->current != NULL && a->current->digest[0] != '\0');
	if (a->is_party) {
		node_flag(may, "Comment", agreement_may(a, AGREEMENT_COMMENT));
		node_flag(may, "NeedsCharter", needs_charter(a));
		any |= show_writing(v, may, a);
		if (own != NULL) {
			show_signing(v, may, a, own);
			any |= show_binding(v, may, a, own);
		}
	}
	node_flag(may, "Any", any);
}

/* ---- one --------------------------------------------------------------- */

static enum err
show_versions(struct visit *v, const struct agreement *a)
{
	struct agreement_version_row *rows;
	struct node *row;
	size_t i, n;
	enum err rc;

	rc = agreement_versions(&v->ctx, a->ref, &rows, &n);
	for (i = 0; rc == ERR_OK && i < n; i++) {
		row = node_row(v->root, "Versions");
		node_int(row, "Number", rows[i].number);
		node_set(row, "Change",
		    rows[i].change != NULL && rows[i].change[0] != '\0'
			? rows[i].change
			: NULL);
		node_set(row, "Organisation", rows[i].organisation_name);
		node_set(row, "Author", rows[i].author_name);
		node_time(v->page, row, "Proposed", rows[i].proposed_at);
		node_flag(row, "IsCurrent", rows[i].is_current);
		if (rows[i].number > 1)
			node_int(row, "Before", rows[i].number - 1);
		if (!rows[i].is_current && rows[i].signatures > 0)
			page_count(v, row, "VoidText", "Agreement.VoidText",
			    rows[i].signatures);
	}
	return rc;
}

static enum err
show_comments(struct visit *v, const struct agreement *a)
{
	struct agreement_comment *all;
	struct node *row = NULL;
	size_t i, n;
	enum err rc;

	rc = agreement_comments(&v->ctx, a->ref, &all, &n);
	for (i = 0; rc == ERR_OK && i < n; i++) {
		row = node_row(v->root, "Comments");
		node_set(row, "Organisation", all[i].organisation_name);
		node_set(row, "Person", all[i].person_name);
		node_set(row, "Text", all[i].text);
		node_time(v->page, row, "Written", all[i].written_at);
		node_int(row, "Version", all[i].version);
		node_flag(row, "IsOwn", all[i].is_own);
		node_flag(row, "IsOld", all[i].version != a->version);
	}
	/* The last one is the one that was sent: the notice stands in it. */
	if (rc == ERR_OK && n > 0 && v->done != NULL &&
	    strcmp(v->done, "commented") == 0) {
		node_flag(row, "IsSaid", true);
		node_flag(v->root, "IsNoticeBelow", true);
	}
	return rc;
}

/*
 * A version that was proposed while a comment was written: it is shown, with
 * what was typed, and goes to that version when it is sent again.
 */
static void
show_comment_form(struct visit *v, const struct agreement *a)
{
	if (!page_form_start(v, fields_agreement_comment))
		node_flag(v->root, "IsStale",
		    form_int(v->form, "version") != a->version);
	page_form(v);
	node_int(node_at(v->root, "Form.version"), "Value", a->version);
}

static enum err
show_history(struct visit *v, const struct agreement *a)
{
	struct agreement_event *events;
	size_t n;
	enum err rc;

	rc = agreement_history(&v->ctx, a->ref, &events, &n);
	if (rc == ERR_OK)
		agreement_view_events(v, v->root, "Events", events, n);
	return rc;
}

/* What parties see of each other. */
static enum err
show_talks(struct visit *v, const struct agreement *a)
{
	enum err rc;

	if (!a->is_party || a->is_on_paper)
		return ERR_OK;
	if ((rc = show_versions(v, a)) != ERR_OK ||
	    (rc = show_comments(v, a)) != ERR_OK)
		return rc;
	show_comment_form(v, a);
	return show_history(v, a);
}

/* Whose turn it is before ours. */
static void
show_turn(struct visit *v, const struct agreement *a)
{
	struct say say[] = { { "organisation", NULL, 0 }, { NULL, NULL, 0 } };

	for (size_t i = 0; i < a->party_count; i++)
		if (a->parties[i].may_sign && !a->parties[i].is_own)
			say[0].text = a->parties[i].name;
	if (say[0].text != NULL)
		node_say(v->page, node_at(v->root, "Turn"), "Text",
		    "Agreement.SignLater", say);
}

enum err
page_agreement_read(struct visit *v)
{
	struct agreement *a;
	enum err rc;

	rc = agreement_load(&v->ctx, visit_param(v, 0), &a);
	if (rc != ERR_OK)
		return rc;
	if (a->state == AGREEMENT_DRAFT)
		return (v->ctx.actor.roles & WRITERS) != 0
		    ? go_to(v, NULL, "/agreements/%s/propose", a->ref)
		    : page_agreement_preview(v);
	if ((rc = agreement_view(v, a)) != ERR_OK ||
	    (rc = show_talks(v, a)) != ERR_OK ||
	    (rc = record_view_history(v, a->ref)) != ERR_OK)
		return rc;
	show_may(v, a);
	show_turn(v, a);
	page_section(v, "agreements");
	return page_send(v, "agreement/read.cs");
}

/* ---- talking ------------------------------------------------------------ */

enum err
page_agreement_comment(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_comment(&v->ctx, ref, (int)form_int(v->form, "version"),
	    form_text(v->form, "comment"));
	if (rc != ERR_OK)
		return rc;
	return go_to(v, NULL, "/agreements/%s?done=commented#said", ref);
}
