/* SPDX-License-Identifier: Apache-2.0 */
/* How the parties of an agreement stand: who has signed, who says no. */
#include "page/agreement_view.h"

static void
standing(struct visit *v, struct node *row, const char *key, bool is_bad,
    const struct say *say)
{
	struct node *line = node_row(row, "Standing");

	node_say(v->page, line, "Text", key, say);
	node_flag(line, "IsBad", is_bad);
}

static void
view_standing(struct visit *v, struct node *row,
    const struct agreement_party *p, bool has_ended)
{
	const bool has_left =
	    p->leaves_at != 0 && p->leaves_at <= v->ctx.now_at;
	const struct say say[] = {
		{ "by", p->suspended_by, 0 },
		{ "why",
		    p->suspended_at != 0 ? p->suspended_why : p->notice_why,
		    0 },
		{ "when",
		    p->leaves_at != 0 ? agreement_view_end(v, p->leaves_at)
				      : "",
		    0 },
		{ NULL, NULL, 0 },
	};
	const struct say declined[] = {
		{ "why", p->declined_why, 0 },
		{ NULL, NULL, 0 },
	};
	const struct say notice[] = {
		{ "why", p->notice_why, 0 },
		say[2],
		{ NULL, NULL, 0 },
	};

	if (p->declined_at != 0)
		standing(v, row, "Agreement.Standing.Declined", true, declined);
	node_flag(row, "HasLeft", has_left);
	node_flag(row, "IsSuspended", p->suspended_at != 0);
	node_flag(row, "MaySuspend", agreement_may_suspend(p));
	if (p->is_organisation_suspended)
		standing(v, row, "Agreement.Standing.Organisation", true, say);
	if (p->suspended_at != 0)
		standing(v, row, "Agreement.Standing.Suspended", true, say);
	/* What was to come does not, once all of it has ended. */
	if (has_left || (p->leaves_at != 0 && !has_ended))
		standing(v, row,
		    has_left ? "Agreement.Standing.Left"
			     : "Agreement.Standing.Notice",
		    true, notice);
	if (p->ending_at != 0 && !has_ended)
		standing(v, row, "Agreement.Standing.Ending", false, say);
	if (p->publishing_at != 0)
		standing(v, row, "Agreement.Standing.Publishing", false, say);
}

/* Of the terms alone there is nothing to check a signature against. */
const char *
agreement_view_file(struct visit *v, const struct agreement *a,
    const struct agreement_signature *s)
{
	if (a->sight == SIGHT_PUBLISHED &&
	    (s->way != WAY_MINISIGN || a->extent != EXTENT_WHOLE))
		return NULL;
	return arena_printf(v->req->arena,
	    "/agreements/%s/signatures/%s?version=%d", a->ref,
	    s->organisation_ref, s->version);
}

static void
view_signature(struct visit *v, struct node *row, const struct agreement *a,
    const struct agreement_signature *s)
{
	const struct say say[] = {
		{ "key", s->key_number, 0 },
		{ "person", s->person_name, 0 },
		{ NULL, NULL, 0 },
	};

	/* Others than the parties are not told who signed. */
	node_say(v->page, row, "Way",
	    arena_printf(v->req->arena, "Agreement.%s.%s",
		s->person_name != NULL ? "Way" : "WayUnnamed",
		agreement_ways[s->way]),
	    say);
	node_set(row, "Person", s->person_name);
	node_set(row, "KeyNumber", s->key_number);
	node_flag(row, "IsKeyRevoked", s->is_key_revoked);
	node_set(row, "File", agreement_view_file(v, a, s));
}

/* Said above all else: as it is, the agreement cannot come into force. */
static void
view_declined(struct visit *v, const struct agreement_party *p)
{
	struct node *row;

	if (p->declined_at == 0)
		return;
	row = node_row(v->root, "Declined");
	node_set(row, "Name", p->name);
	node_set(row, "Why", p->declined_why);
	node_time(v->page, row, "At", p->declined_at);
}

/* So that nobody finds it out from a list of parties alone. */
static void
view_coming(
    struct visit *v, const struct agreement *a, const struct agreement_party *p)
{
	const bool leaves = p->leaves_at > v->ctx.now_at;
	const bool asks = p->ending_at != 0;
	const struct say say[] = {
		{ "organisation", p->name, 0 },
		{ "when", leaves ? agreement_view_end(v, p->leaves_at) : "",
		    0 },
		{ NULL, NULL, 0 },
	};
	struct node *row;

	if (!agreement_may(a, AGREEMENT_TERMINATE))
		return;
	if (leaves) {
		row = node_row(v->root, "Coming");
		node_say(v->page, row, "Text", "Agreement.Coming.Leaves", say);
	}
	if (asks) {
		row = node_row(v->root, "Coming");
		node_say(v->page, row, "Text", "Agreement.Coming.Ends", say);
		node_flag(row, "IsAsked", true);
	}
}

static void
view_void(struct visit *v, const struct agreement *a,
    const struct agreement_party *p, int version)
{
	struct node *node = node_at(v->root, "Void");
	const struct say say[] = { { "n", NULL, version }, { NULL, NULL, 0 } };

	if (version == 0 || !p->is_own || p->signed_at != 0 ||
	    a->state != AGREEMENT_PROPOSED)
		return;
	node_int(node, "Version", version);
	node_say(v->page, node, "Text", "Agreement.OwnIsVoid", say);
}

static void
view_party(struct visit *v, const struct agreement *a,
    const struct agreement_party *p, const struct agreement_signature *s)
{
	struct node *row = node_row(v->root, "Parties");
	const bool is_open = a->state == AGREEMENT_PROPOSED;

	node_set(row, "Name", p->name);
	node_set(row, "Ref", p->ref);
	node_set(row, "Country", p->country);
	node_set(row, "Kind", page_word(v, "Kind", org_kind_names[p->kind]));
	node_int(row, "Position", p->position);
	node_flag(row, "IsOwn", p->is_own);
	node_flag(row, "HasSigned", p->signed_at != 0);
	node_time(v->page, row, "Signed", p->signed_at);
	node_flag(row, "IsAwaited",
	    is_open && p->signed_at == 0 && p->declined_at == 0);
	node_flag(row, "MaySign", p->may_sign);
	view_declined(v, p);
	if (s != NULL)
		view_signature(v, row, a, s);
	view_standing(v, row, p, a->state == AGREEMENT_ENDED);
	view_coming(v, a, p);
}

enum err
agreement_view_parties(struct visit *v, const struct agreement *a)
{
	struct agreement_signature *all = NULL;
	size_t i, j, n = 0;
	enum err rc;

	if (!a->is_on_paper && a->state != AGREEMENT_DRAFT &&
	    (rc = agreement_signatures(&v->ctx, a->ref, &all, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < a->party_count; i++) {
		const struct agreement_party *p = &a->parties[i];
		const struct agreement_signature *s = NULL;
		int before = 0;

		for (j = 0; j < n; j++) {
			if (all[j].organisation != p->organisation)
				continue;
			if (all[j].version == a->version)
				s = &all[j];
			else if (all[j].version > before)
				before = all[j].version;
		}
		view_party(v, a, p, s);
		view_void(v, a, p, before);
	}
	return ERR_OK;
}
