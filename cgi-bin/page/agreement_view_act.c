/* SPDX-License-Identifier: Apache-2.0 */
/* What an act takes away, and what was done. */
#include <string.h>

#include "base/text.h"
#include "page/agreement_view.h"

/* ---- loss -------------------------------------------------------------- */

static const char *
counted(struct visit *v, const char *key, int64_t n)
{
	const struct say say[] = { { "n", NULL, n }, { NULL, NULL, 0 } };

	return lang_say(v->site->pages, v->lang, v->req->arena, key, say);
}

static void
view_loss_row(struct visit *v, const struct agreement_loss_row *from)
{
	struct node *row = node_row(node_at(v->root, "Loss"), "Rows");

	node_set(row, "Organisation", from->organisation_name);
	node_set(row, "OrganisationRef", from->organisation_ref);
	node_flag(row, "IsOwn", from->is_own);
	page_count(v, row, "PeopleText", "Reach.People", from->people);
	page_count(v, row, "ItemsText",
	    from->items == 0 ? "Agreement.LossItems.None"
			     : "Agreement.LossItems",
	    from->items);
	node_time(v->page, row, "Until", page_last(from->has_until_at));
}

static const char *
name_of(const struct agreement *a, const char *ref)
{
	for (size_t i = 0; i < a->party_count; i++)
		if (strcmp(a->parties[i].ref, ref) == 0)
			return a->parties[i].name;
	return ref;
}

/* Of all who have access now, or of one party, when the others keep theirs. */
static void
say_loss(struct visit *v, const struct agreement *a, const char *party,
    const struct agreement_loss *loss)
{
	static const char *const keys[2][2] = {
		{ "Agreement.Loss.None", "Agreement.Loss.Some" },
		{ "Agreement.Loss.NotOne", "Agreement.Loss.One" },
	};
	const struct say say[] = {
		{ "who", party != NULL ? name_of(a, party) : "", 0 },
		{ "people", counted(v, "Reach.People", loss->people), 0 },
		{ "organisations",
		    counted(v, "Circle.Organisations", (int64_t)loss->count),
		    0 },
		{ NULL, NULL, 0 },
	};

	node_say(v->page, node_at(v->root, "Loss"), "Sentence",
	    keys[party != NULL][loss->count > 0], say);
}

enum err
agreement_view_loss(
    struct visit *v, const struct agreement *a, const char *party)
{
	struct node *node = node_at(v->root, "Loss"), *row;
	struct agreement_loss *loss;
	enum err rc;
	size_t i;

	if ((rc = agreement_loss(&v->ctx, a->ref, party, &loss)) != ERR_OK)
		return rc;
	say_loss(v, a, party, loss);
	node_int(node, "People", loss->people);
	node_flag(node, "IsEmpty", loss->count == 0);
	for (i = 0; i < loss->circle_count; i++) {
		row = node_row(node, "Circles");
		node_set(row, "Name",
		    circle_title(
			v, loss->circles[i].ref, loss->circles[i].name));
	}
	for (i = 0; i < loss->count; i++)
		view_loss_row(v, &loss->rows[i]);
	return ERR_OK;
}

/* ---- history ----------------------------------------------------------- */

void
agreement_view_events(struct visit *v, struct node *node, const char *name,
    const struct agreement_event *events, size_t n)
{
	static const char prefix[] = "agreement.";
	const char *word, *who;
	struct node *row;

	for (size_t i = 0; i < n; i++) {
		const struct agreement_event *e = &events[i];

		word = text_starts(e->kind, prefix)
		    ? e->kind + sizeof(prefix) - 1
		    : e->kind;
		who = e->organisation_name != NULL
		    ? e->organisation_name
		    : lang_text(v->site->pages, v->lang, "Agreement.Console");
		const struct say say[] = {
			{ "n", NULL, e->version },
			{ "organisation", who, 0 },
			{ "party", e->party_name != NULL ? e->party_name : "",
			    0 },
			{ NULL, NULL, 0 },
		};

		row = node_row(node, name);
		node_say(v->page, row, "Text",
		    arena_printf(v->req->arena, "Agreement.Event.%s", word),
		    say);
		node_time(v->page, row, "At", e->at);
		node_set(row, "Person", e->person_name);
		if (e->version != 0)
			node_int(row, "Version", e->version);
		node_set(row, "Ref", e->agreement_ref);
		node_set(row, "Title", e->agreement_title);
	}
}
