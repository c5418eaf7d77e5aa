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
view_standing(
    struct visit *v, struct node *row, const struct agreement_party *p)
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
	if (p->is_organisation_suspended)
		standing(v, row, "Agreement.Standing.Organisation", true, say);
	if (p->suspended_at != 0)
		standing(v, row, "Agreement.Standing.Suspended", true, say);
	if (p->leaves_at != 0)
		standing(v, row,
		    has_left ? "Agreement.Standing.Left"
			     : "Agreement.Standing.Notice",
		    true, notice);
	if (p->ending_at != 0)
		standing(v, row, "Agreement.Standing.Ending", false, say);
	if (p->publishing_at != 0)
		standing(v, row, "Agreement.Standing.Publishing", false, say);
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
	/* Of the terms alone there is nothing to check a signature against. */
	if (a->sight != SIGHT_PUBLISHED ||
	    (s->way == WAY_MINISIGN && a->extent == EXTENT_WHOLE))
		node_set(row, "File",
		    arena_printf(v->req->arena,
			"/agreements/%s/signatures/%s?version=%d", a->ref,
			s->organisation_ref, s->version));
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
	view_standing(v, row, p);
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
		const struct agreement_signature *s = NULL;

		for (j = 0; j < n; j++)
			if (all[j].version == a->version &&
			    all[j].organisation == a->parties[i].organisation)
				s = &all[j];
		view_party(v, a, &a->parties[i], s);
	}
	return ERR_OK;
}
