/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Acts that end an agreement, follow it, or change how a party stands.  Each
 * has a page before it that says what it does, and who loses what.
 */
#include <string.h>

#include "page/agreement_view.h"
#include "page/routes.h"

#define FIELD_VERSION                                                   \
	{                                                               \
		.name = "version", .kind = FIELD_INT, .required = true, \
		.min = 1, .max = AGREEMENT_VERSIONS_MAX                 \
	}

const struct field fields_agreement_act[] = {
	FIELD_VERSION,
	{ .name = NULL },
};

const struct field fields_agreement_why[] = {
	FIELD_VERSION,
	{ .name = "why",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = AGREEMENT_WHY_MAX },
	{ .name = NULL },
};

/* ---- the page before -------------------------------------------------- */

struct ask {
	const char *word; /* of the address, and below Agreement.Act */
	enum agreement_act act;
	const struct field *fields;
	bool is_danger;
};

/* What its page says beside the words that it always says. */
struct said {
	const char *key;   /* of the lead, below Agreement.ActLead */
	const char *party; /* who is meant: a name, or NULL */
	int64_t when_at;
	bool shows_loss;
	const char *loss_of; /* a party's ref; NULL: of all */
};

static const struct ask asks[] = {
	{ "withdraw", AGREEMENT_WITHDRAW, fields_agreement_why, true },
	{ "decline", AGREEMENT_DECLINE, fields_agreement_why, false },
	{ "amend", AGREEMENT_AMEND, fields_agreement_act, false },
	{ "renew", AGREEMENT_RENEW, fields_agreement_act, false },
	{ "notice", AGREEMENT_NOTICE, fields_agreement_why, true },
	{ "terminate", AGREEMENT_TERMINATE, fields_agreement_act, true },
	{ "suspend", AGREEMENT_SUSPEND, fields_agreement_why, true },
	{ "resume", AGREEMENT_SUSPEND, fields_agreement_act, false },
};
enum { WITHDRAW, DECLINE, AMEND, RENEW, NOTICE, TERMINATE, SUSPEND, RESUME };

/* As agreement_withdraw() has it: no form for what would be refused. */
static bool
is_proposer(const struct visit *v, const struct agreement *a)
{
	return a->kind == AGREEMENT_CHARTER
	    ? (v->ctx.actor.roles & ROLE_KEEPER) != 0
	    : a->is_own;
}

static enum err
load(struct visit *v, const struct ask *ask, struct agreement **a)
{
	enum err rc = agreement_load(&v->ctx, visit_param(v, 0), a);

	if (rc != ERR_OK)
		return rc;
	/* The keeper withdraws a charter that it offered, and is no party. */
	if (!(*a)->is_party &&
	    !(ask->act == AGREEMENT_WITHDRAW &&
		(*a)->kind == AGREEMENT_CHARTER))
		return ERR_NOT_FOUND;
	if (ask->act == AGREEMENT_WITHDRAW && !is_proposer(v, *a))
		return ERR_FORBIDDEN;
	return agreement_allows(*a, ask->act);
}

static void
show_words(struct visit *v, const struct ask *ask, const struct said *said)
{
	struct node *node = node_at(v->root, "Act");
	const struct say say[] = {
		{ "party", said->party != NULL ? said->party : "", 0 },
		{ "when",
		    said->when_at == 0 ? ""
				       : agreement_view_end(v, said->when_at),
		    0 },
		{ NULL, NULL, 0 },
	};

	node_set(node, "Word", ask->word);
	node_set(node, "Title", page_word(v, "Agreement.ActTitle", ask->word));
	node_set(node, "Now", page_word(v, "Agreement.ActNow", ask->word));
	node_say(v->page, node, "Lead",
	    arena_printf(v->req->arena, "Agreement.ActLead.%s", said->key),
	    say);
	node_flag(node, "IsDanger", ask->is_danger);
	node_flag(node, "HasWhy", ask->fields == fields_agreement_why);
}

static enum err
show(struct visit *v, const struct ask *ask, const struct agreement *a,
    const struct said *said)
{
	enum err rc;

	if (!page_form_start(v, ask->fields))
		node_flag(v->root, "IsStale",
		    form_int(v->form, "version") != a->version);
	page_form(v);
	node_int(v->root, "Form.version.Value", a->version);
	show_words(v, ask, said);
	node_set(v->root, "Act.Path",
	    v->req->path); /* its own, whether GET or POST */
	if ((rc = agreement_view(v, a)) != ERR_OK)
		return rc;
	node_flag(v->root, "HasLoss", said->shows_loss);
	if (said->shows_loss &&
	    (rc = agreement_view_loss(v, a, said->loss_of)) != ERR_OK)
		return rc;
	page_section(v, "agreements");
	return page_send(v, "agreement/act.cs");
}

static enum err
ask_plainly(struct visit *v, const struct ask *ask)
{
	const struct said said = { .key = ask->word };
	struct agreement *a;
	enum err rc = load(v, ask, &a);

	return rc == ERR_OK ? show(v, ask, a, &said) : rc;
}

static const struct agreement_party *
party_of(const struct agreement *a, const char *ref)
{
	for (size_t i = 0; i < a->party_count; i++)
		if (strcmp(a->parties[i].ref, ref) == 0)
			return &a->parties[i];
	return NULL;
}

/* ---- withdrawing ------------------------------------------------------ */

enum err
page_agreement_withdraw_ask(struct visit *v)
{
	return ask_plainly(v, &asks[WITHDRAW]);
}

enum err
page_agreement_withdraw(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_withdraw(&v->ctx, ref, (int)form_int(v->form, "version"),
	    form_text(v->form, "why"));
	return rc != ERR_OK
	    ? rc
	    : go_to(v, "agreement-withdrawn", "/agreements/%s", ref);
}

/* ---- declining -------------------------------------------------------- */

enum err
page_agreement_decline_ask(struct visit *v)
{
	const struct said said = { .key = "decline" };
	const struct agreement_party *own;
	struct agreement *a;
	enum err rc;

	if ((rc = load(v, &asks[DECLINE], &a)) != ERR_OK)
		return rc;
	own = party_of(a, v->ctx.actor.organisation_ref);
	if (own == NULL || own->signed_at != 0 || own->declined_at != 0)
		return ERR_STATE;
	return show(v, &asks[DECLINE], a, &said);
}

enum err
page_agreement_decline(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_decline(&v->ctx, ref, (int)form_int(v->form, "version"),
	    form_text(v->form, "why"));
	return rc != ERR_OK ? rc : go_to(v, "declined", "/agreements/%s", ref);
}

/* ---- what follows it --------------------------------------------------- */

enum err
page_agreement_amend_ask(struct visit *v)
{
	return ask_plainly(v, &asks[AMEND]);
}

enum err
page_agreement_amend(struct visit *v)
{
	char *next;
	enum err rc = agreement_amend(&v->ctx, visit_param(v, 0), &next);

	return rc != ERR_OK ? rc
			    : go_to(v, "drafted", "/agreements/%s/edit", next);
}

enum err
page_agreement_renew_ask(struct visit *v)
{
	return ask_plainly(v, &asks[RENEW]);
}

enum err
page_agreement_renew(struct visit *v)
{
	char *next;
	enum err rc = agreement_renew(&v->ctx, visit_param(v, 0), &next);

	return rc != ERR_OK ? rc
			    : go_to(v, "drafted", "/agreements/%s/edit", next);
}

/* ---- ending ------------------------------------------------------------ */

enum err
page_agreement_notice_ask(struct visit *v)
{
	struct said said = { .key = "notice", .shows_loss = true };
	struct agreement *a;
	bool is_for_all;
	enum err rc;

	if ((rc = load(v, &asks[NOTICE], &a)) != ERR_OK ||
	    (rc = agreement_notice_effect(
		 &v->ctx, a->ref, &said.when_at, &is_for_all)) != ERR_OK)
		return rc;
	if (is_for_all)
		said.key = "notice_all";
	else
		said.loss_of = v->ctx.actor.organisation_ref;
	/* The notice is longer than what is left of it anyway. */
	if (a->until_at != 0 && said.when_at == a->until_at) {
		said.key = "notice_nothing";
		said.shows_loss = false;
	}
	return show(v, &asks[NOTICE], a, &said);
}

enum err
page_agreement_notice(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	int64_t leaves_at;
	bool is_for_all;
	enum err rc;

	rc = agreement_notice(&v->ctx, ref, (int)form_int(v->form, "version"),
	    form_text(v->form, "why"), &leaves_at, &is_for_all);
	return rc != ERR_OK ? rc
			    : go_to(v, is_for_all ? "notice-all" : "notice",
				  "/agreements/%s", ref);
}

/* Parties whose yes is missing; ours is counted as given. */
static bool
is_last_yes(const struct agreement *a, int64_t now_at)
{
	for (size_t i = 0; i < a->party_count; i++) {
		const struct agreement_party *p = &a->parties[i];

		if (!p->is_own && p->ending_at == 0 &&
		    !p->is_organisation_suspended &&
		    (p->leaves_at == 0 || p->leaves_at > now_at))
			return false;
	}
	return true;
}

enum err
page_agreement_terminate_ask(struct visit *v)
{
	struct said said = { .key = "terminate", .shows_loss = true };
	struct agreement *a;
	enum err rc = load(v, &asks[TERMINATE], &a);

	if (rc != ERR_OK)
		return rc;
	if (is_last_yes(a, v->ctx.now_at))
		said.key = "terminate_last";
	return show(v, &asks[TERMINATE], a, &said);
}

enum err
page_agreement_terminate(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	bool is_last;
	enum err rc;

	rc = agreement_terminate(
	    &v->ctx, ref, (int)form_int(v->form, "version"), &is_last);
	return rc != ERR_OK ? rc
			    : go_to(v, is_last ? "terminated" : "ending-agreed",
				  "/agreements/%s", ref);
}

enum err
page_agreement_keep(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_keep(&v->ctx, ref, (int)form_int(v->form, "version"));
	return rc != ERR_OK ? rc : go_to(v, "kept", "/agreements/%s", ref);
}

/* ---- a party ----------------------------------------------------------- */

static enum err
ask_about_party(struct visit *v, const struct ask *ask, bool is_suspended)
{
	struct said said = { .key = ask->word };
	const struct agreement_party *party;
	struct agreement *a;
	enum err rc;

	if ((rc = load(v, ask, &a)) != ERR_OK)
		return rc;
	if ((party = party_of(a, visit_param(v, 1))) == NULL)
		return ERR_NOT_FOUND;
	if (is_suspended ? party->suspended_at == 0
			 : !agreement_may_suspend(party))
		return ERR_STATE;
	said.party = party->name;
	said.shows_loss = !is_suspended;
	said.loss_of = party->ref;
	return show(v, ask, a, &said);
}

enum err
page_agreement_suspend_ask(struct visit *v)
{
	return ask_about_party(v, &asks[SUSPEND], false);
}

enum err
page_agreement_suspend(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_suspend(&v->ctx, ref, (int)form_int(v->form, "version"),
	    visit_param(v, 1), form_text(v->form, "why"));
	return rc != ERR_OK
	    ? rc
	    : go_to(v, "party-suspended", "/agreements/%s", ref);
}

enum err
page_agreement_resume_ask(struct visit *v)
{
	return ask_about_party(v, &asks[RESUME], true);
}

enum err
page_agreement_resume(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = agreement_resume(
	    &v->ctx, ref, (int)form_int(v->form, "version"), visit_param(v, 1));
	return rc != ERR_OK ? rc
			    : go_to(v, "party-resumed", "/agreements/%s", ref);
}
