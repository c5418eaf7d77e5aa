/* SPDX-License-Identifier: Apache-2.0 */
/* Reading advisories: the list, one of them, answers to it. */
#include <string.h>

#include "base/text.h"
#include "domain/sector.h"
#include "page/advisory_view.h"
#include "page/filter_view.h"
#include "page/reach_view.h"
#include "page/record_view.h"
#include "page/routes.h"

/* ---- the list -------------------------------------------------------- */

static const char *const shows[] = { "all", "unread", "awaiting", "overdue",
	"own", NULL };

const struct field fields_advisory_list[] = {
	{ .name = "q", .kind = FIELD_LINE, .max = 200 },
	{ .name = "sector", .kind = FIELD_CHOICE, .choices = sector_words },
	{ .name = "label", .kind = FIELD_CHOICE, .choices = tlp_words },
	{ .name = "severity", .kind = FIELD_CHOICE, .choices = severities },
	{ .name = "show", .kind = FIELD_CHOICE, .choices = shows },
	{ .name = "before", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = NULL },
};

static const struct filter_choice choices[] = {
	{ "sector", "Sector", false },
	{ "label", "Tlp.Name", false },
	{ "severity", "Severity", false },
	{ "show", "Advisory.Show", true },
	{ NULL, NULL, false },
};

static const struct filter narrowed = { PART_FILTER, "part/advisory_filter.cs",
	choices };

static void
read_filter(struct visit *v, struct advisory_filter *filter)
{
	const char *show = form_text(v->form, "show");

	memset(filter, 0, sizeof(*filter));
	filter->sectors = filter_bit(v, "sector");
	filter->label = filter_choice(v, "label");
	filter->severity = (int)form_int(v->form, "severity");
	filter->before = form_int(v->form, "before");
	if (v->ctx.actor.person == 0)
		return;
	filter->is_unread = strcmp(show, "unread") == 0;
	filter->is_awaiting = strcmp(show, "awaiting") == 0;
	filter->is_overdue = strcmp(show, "overdue") == 0;
	filter->is_own = strcmp(show, "own") == 0;
}

enum err
page_advisory_list(struct visit *v)
{
	struct advisory_filter filter;
	struct advisory_list list = { NULL, 0, 0 };
	enum err rc;

	read_filter(v, &filter);
	if (filter_given(v, "q"))
		rc = advisory_search(
		    &v->ctx, form_text(v->form, "q"), &filter, &list);
	else
		rc = advisory_list(&v->ctx, &filter, &list);
	if (rc != ERR_OK && rc != ERR_INVALID)
		return rc; /* a query without a word finds nothing */
	if ((rc = filter_view(v, &narrowed)) != ERR_OK ||
	    (rc = view_rows(v, "Advisories", &list)) != ERR_OK)
		return rc;
	node_flag(v->root, "IsEmpty", list.count == 0);
	filter_found(v, list.count, list.next != 0);
	if (list.next != 0)
		node_set(v->root, "NextHref",
		    filter_next(v, &narrowed, "/advisories", list.next));
	page_section(v, "advisories");
	return page_send(v, "advisory/list.cs");
}

/* ---- one ------------------------------------------------------------- */

static enum err
note_reading(struct visit *v)
{
	const struct advisory *a = v->after_data;
	enum err rc = advisory_note(&v->ctx, a);

	/*
	 * A view of TLP:RED that cannot be noted does not happen; for the
	 * rest, reading goes on when the disk is full.
	 */
	if (a->label == TLP_RED || rc == ERR_OK)
		return rc;
	return ERR_OK;
}

/* Once the answer is made; a HEAD shows nothing. */
static void
note_later(struct visit *v, struct advisory *a)
{
	if (v->ctx.actor.person == 0 || v->req->is_head)
		return;
	v->after = note_reading;
	v->after_data = a;
}

static void
show_may(struct visit *v, const struct advisory *a)
{
	struct node *may = node_at(v->root, "May");
	bool may_write;

	may_write = advisory_is_own(&v->ctx, a) &&
	    (v->ctx.actor.roles & ROLE_PUBLISHER) != 0;
	node_flag(may, "Answer",
	    v->ctx.actor.person != 0 && !advisory_is_own(&v->ctx, a) &&
		advisory_may(a, ADVISORY_ANSWER));
	node_flag(may, "Revise", may_write && advisory_may(a, ADVISORY_REVISE));
	node_flag(
	    may, "Withdraw", may_write && advisory_may(a, ADVISORY_WITHDRAW));
	node_flag(may, "Edit", may_write && advisory_may(a, ADVISORY_EDIT));
	node_flag(may, "SeeAnswers", may_write);
}

static enum err
show_own_answer(struct visit *v, const struct advisory *a)
{
	struct answer *mine = NULL, *history = NULL;
	size_t i, n = 0;
	enum err rc;

	if ((rc = answer_own(&v->ctx, a, &mine)) != ERR_OK)
		return rc;
	if (mine != NULL) {
		view_answer(v, node_at(v->root, "Mine"), mine);
		if ((rc = answer_history(&v->ctx, a, &history, &n)) != ERR_OK)
			return rc;
	}
	for (i = 1; i < n; i++) /* the first one is the present one */
		view_answer(v, node_row(v->root, "History"), &history[i]);
	if (page_form_start(v, fields_answer) && mine != NULL) {
		form_put(v->form, "state", answer_states[mine->state]);
		form_put(v->form, "comment", mine->comment);
		if (mine->done_by_at != 0)
			form_put_int(v->form, "done_by", mine->done_by_at);
	}
	page_form(v);
	page_options(v, "state", "Answer.State");
	return ERR_OK;
}

static enum err
show_totals(struct visit *v, const struct advisory *a)
{
	struct answer_totals *totals;
	struct node *row;
	size_t i, n;
	enum err rc;

	if ((rc = answer_totals(&v->ctx, a, &totals, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++) {
		row = node_row(v->root, "Totals");
		node_set(row, "Sector",
		    totals[i].sector < 0 ? NULL
					 : sector_title(v, totals[i].sector));
		node_int(row, "Organisations", totals[i].organisations);
		node_int(row, "Examining", totals[i].count[ANSWER_EXAMINING]);
		node_int(row, "Unaffected", totals[i].count[ANSWER_UNAFFECTED]);
		node_int(row, "Mitigating", totals[i].count[ANSWER_MITIGATING]);
		node_int(row, "Mitigated", totals[i].count[ANSWER_MITIGATED]);
		node_int(row, "Silent", totals[i].silent);
	}
	return ERR_OK;
}

/* How far it reaches, for its source. */
static enum err
show_reach(struct visit *v, const struct advisory *a)
{
	struct reading_row *readings;
	struct node *node = node_at(v->root, "Reach");
	size_t i, n;
	int64_t opened = 0;
	enum err rc;

	if ((rc = view_reach_sums(v, ACCESS_ADVISORY, a->revision_id)) !=
		ERR_OK ||
	    (rc = advisory_readings(&v->ctx, a, &readings, &n)) != ERR_OK)
		return rc;
	/* Beside the number of those who may: both without our own. */
	for (i = 0; i < n; i++)
		opened += readings[i].is_own ? 0 : readings[i].people;
	node_int(node, "Opened", opened);
	return ERR_OK;
}

static enum err
show_revisions(struct visit *v, const struct advisory *a)
{
	struct advisory_revision_row *rows;
	struct node *row;
	size_t i, n;
	enum err rc;

	if (a->revision < 2)
		return ERR_OK;
	if ((rc = advisory_revisions(&v->ctx, a->id, &rows, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++) {
		row = node_row(v->root, "Revisions");
		node_int(row, "Number", rows[i].number);
		node_time(v->page, row, "Published", rows[i].published_at);
		node_set(row, "Change",
		    rows[i].change[0] != '\0' ? rows[i].change : NULL);
		node_set(row, "Author", rows[i].author_name);
		if (rows[i].number != a->number)
			node_set(row, "Href",
			    arena_printf(v->req->arena,
				"/advisories/%s/revisions/%d", a->ref,
				rows[i].number));
	}
	return ERR_OK;
}

/* What an organisation may say or see of the answers. */
static enum err
show_answers(struct visit *v, const struct advisory *a)
{
	enum err rc;

	if (advisory_is_own(&v->ctx, a))
		return show_reach(v, a);
	if (v->ctx.actor.person == 0 || a->state != ADVISORY_PUBLISHED)
		return ERR_OK;
	if ((rc = show_own_answer(v, a)) != ERR_OK)
		return rc;
	return show_totals(v, a);
}

static enum err
show(struct visit *v, struct advisory *a)
{
	enum err rc;

	if ((rc = view_advisory(v, a)) != ERR_OK ||
	    (rc = view_why(v, ACCESS_ADVISORY, a->id, a->label)) != ERR_OK ||
	    (rc = show_revisions(v, a)) != ERR_OK)
		return rc;
	if (a->state != ADVISORY_WITHDRAWN && (rc = view_parts(v, a)) != ERR_OK)
		return rc;
	page_section(v, "advisories");
	return ERR_OK;
}

enum err
page_advisory_read(struct visit *v)
{
	struct advisory *a;
	enum err rc;

	rc = advisory_load(&v->ctx, visit_param(v, 0), &a);
	if (rc != ERR_OK)
		return visit_hidden(v, rc);
	if (a->state == ADVISORY_DRAFT)
		return go_to(v, NULL, "/drafts/%s/preview", a->ref);
	if ((rc = show(v, a)) != ERR_OK ||
	    (rc = show_answers(v, a)) != ERR_OK ||
	    (rc = record_view_history(v, a->ref)) != ERR_OK)
		return rc;
	show_may(v, a);
	/* A page that is fetched ahead may never be seen; of TLP:RED what
	   counts is that its text went out. */
	if (!v->req->is_prefetch || a->label == TLP_RED)
		note_later(v, a);
	return page_send(v, "advisory/read.cs");
}

enum err
page_advisory_revision(struct visit *v)
{
	struct advisory *a;
	int64_t number;
	enum err rc;

	if (!text_to_int(visit_param(v, 1), 1, 1000000, &number))
		return ERR_NOT_FOUND;
	rc =
	    advisory_load_revision(&v->ctx, visit_param(v, 0), (int)number, &a);
	if (rc != ERR_OK)
		return visit_hidden(v, rc);
	if ((rc = show(v, a)) != ERR_OK)
		return rc;
	if (a->label == TLP_RED)
		note_later(v, a);
	return page_send(v, "advisory/read.cs");
}

enum err
page_advisory_source(struct visit *v)
{
	struct advisory *a;
	enum err rc;

	rc = advisory_load(&v->ctx, visit_param(v, 0), &a);
	if (rc != ERR_OK)
		return visit_hidden(v, rc);
	if (a->source == 0 || a->state == ADVISORY_WITHDRAWN)
		return ERR_NOT_FOUND;
	if (a->label == TLP_RED)
		note_later(v, a);
	return page_send_blob(
	    v, a->source, NULL, arena_printf(v->req->arena, "%s.json", a->ref));
}
