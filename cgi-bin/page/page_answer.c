/* SPDX-License-Identifier: Apache-2.0 */
/* Answers to advisories: giving one, and the source's table of them. */
#include "page/advisory_view.h"
#include "page/routes.h"

const struct field fields_answer[] = {
	{ .name = "state",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = answer_states },
	{ .name = "comment", .kind = FIELD_PROSE, .max = ANSWER_COMMENT_MAX },
	{ .name = "done_by", .kind = FIELD_DATE },
	{ .name = NULL },
};

enum err
page_advisory_answer(struct visit *v)
{
	struct advisory *a;
	enum err rc;

	rc = advisory_load(&v->ctx, visit_param(v, 0), &a);
	if (rc != ERR_OK)
		return rc;
	rc = answer_give(&v->ctx, a,
	    (enum answer_state)form_int(v->form, "state"),
	    form_text(v->form, "comment"), form_int(v->form, "done_by"));
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "answered", "/advisories/%s", a->ref);
}

static void
show_row(struct visit *v, const struct answer_row *from)
{
	struct node *row = node_row(v->root, "Answers");

	node_set(row, "Organisation", from->organisation_name);
	node_set(row, "OrganisationRef", from->organisation_ref);
	node_set(row, "Country", from->country);
	node_int(row, "Readers", from->readers);
	node_time(v->page, row, "Opened", from->first_at);
	node_flag(row, "IsPresent", from->is_present);
	node_flag(row, "MayRead", from->may_read);
	if (from->answer != NULL)
		view_answer(v, row, from->answer);
}

/* The sums over all organisations, for the table's head. */
static void
show_sums(struct visit *v, const struct answer_row *rows, size_t n)
{
	struct node *sums = node_at(v->root, "Sums");
	int64_t count[ANSWER__MAX] = { 0 }, silent = 0, opened = 0;
	size_t i;
	int state;

	for (i = 0; i < n; i++) {
		opened += rows[i].first_at != 0;
		if (rows[i].answer != NULL)
			count[rows[i].answer->state]++;
		else
			silent++;
	}
	for (state = 0; state < ANSWER__MAX; state++) {
		struct node *row = node_row(sums, "States");

		node_set(row, "StateWord", answer_states[state]);
		node_set(row, "State",
		    page_word(v, "Answer.State", answer_states[state]));
		node_int(row, "Count", count[state]);
	}
	node_int(sums, "Organisations", (int64_t)n);
	node_int(sums, "Silent", silent);
	node_int(sums, "Opened", opened);
}

static enum err
show_red_views(struct visit *v, const struct advisory *a)
{
	struct reading_row *rows;
	struct node *row;
	size_t i, n;
	enum err rc;

	if (a->label != TLP_RED)
		return ERR_OK;
	if ((rc = advisory_red_views(&v->ctx, a, &rows, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++) {
		row = node_row(v->root, "RedViews");
		node_set(row, "Person", rows[i].person_name);
		node_set(row, "Organisation", rows[i].organisation_name);
		node_time(v->page, row, "Viewed", rows[i].last_at);
	}
	return ERR_OK;
}

enum err
page_advisory_answers(struct visit *v)
{
	struct advisory *a;
	struct answer_row *rows;
	size_t i, n;
	enum err rc;

	rc = advisory_load(&v->ctx, visit_param(v, 0), &a);
	if (rc != ERR_OK)
		return rc;
	if ((rc = answer_table(&v->ctx, a, &rows, &n)) != ERR_OK ||
	    (rc = view_advisory(v, a)) != ERR_OK ||
	    (rc = show_red_views(v, a)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show_row(v, &rows[i]);
	show_sums(v, rows, n);
	page_section(v, "advisories");
	return page_send(v, "advisory/answers.cs");
}
