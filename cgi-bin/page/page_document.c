/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the library: the list, a document, who has read it. */
#include <string.h>

#include "domain/document_comment.h"
#include "domain/document_review.h"
#include "domain/sector.h"
#include "page/document_view.h"
#include "page/filter_view.h"
#include "page/page_document.h"
#include "page/reach_view.h"
#include "page/record_view.h"
#include "page/routes.h"

/* ---- the list -------------------------------------------------------- */

/* The last two are of those who write. */
static const char *const shows[] = { "all", "unread", "own", "used", "due",
	"drafts", NULL };

const struct field fields_document_list[] = {
	{ .name = "q", .kind = FIELD_LINE, .max = 200 },
	{ .name = "kind", .kind = FIELD_CHOICE, .choices = document_kinds },
	{ .name = "sector", .kind = FIELD_CHOICE, .choices = sector_words },
	{ .name = "measure", .kind = FIELD_CHOICE, .choices = measure_words },
	{ .name = "language",
	    .kind = FIELD_CHOICE,
	    .choices = document_languages },
	{ .name = "label", .kind = FIELD_CHOICE, .choices = tlp_words },
	{ .name = "show", .kind = FIELD_CHOICE, .choices = shows },
	{ .name = "before", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = "tier", .kind = FIELD_INT, .min = 0, .max = 100 },
	{ .name = NULL },
};

/* In the order of the form. */
static const struct filter_choice choices[] = {
	{ "show", "Document.Show", true },
	{ "kind", "Document.Kind", false },
	{ "sector", "Sector", false },
	{ "measure", "Measure.Short", false },
	{ "language", "Tongue", false },
	{ "label", "Tlp.Name", false },
	{ NULL, NULL, false },
};

static const struct filter narrowed = { PART_LIBRARY_FILTER,
	"part/document_filter.cs", choices };

static void
read_filter(struct visit *v, struct document_filter *filter)
{
	const char *show = form_text(v->form, "show");

	memset(filter, 0, sizeof(*filter));
	filter->sectors = filter_bit(v, "sector");
	filter->measures = filter_bit(v, "measure");
	filter->kind = filter_choice(v, "kind");
	filter->label = filter_choice(v, "label");
	if (filter_given(v, "language"))
		filter->language = form_text(v->form, "language");
	filter->before = form_int(v->form, "before");
	filter->tier = (int)form_int(v->form, "tier");
	if (v->ctx.actor.person == 0)
		return;
	filter->is_unread = strcmp(show, "unread") == 0;
	filter->is_own = strcmp(show, "own") == 0;
	filter->is_used = strcmp(show, "used") == 0;
	filter->is_due = strcmp(show, "due") == 0;
	filter->is_draft = strcmp(show, "drafts") == 0;
}

static void
show_next(struct visit *v, const struct document_list *list)
{
	const char *href;

	if (list->next == 0)
		return;
	href = filter_next(v, &narrowed, "/documents", list->next);
	if (filter_given(v, "q"))
		href = arena_printf(
		    v->req->arena, "%s&tier=%d", href, list->next_tier);
	node_set(v->root, "NextHref", href);
}

enum err
page_document_list(struct visit *v)
{
	struct document_filter filter;
	struct document_list list = { .rows = NULL };
	enum err rc;

	read_filter(v, &filter);
	if (filter_given(v, "q"))
		rc = document_search(
		    &v->ctx, form_text(v->form, "q"), &filter, &list);
	else
		rc = document_list(&v->ctx, &filter, &list);
	if (rc != ERR_OK && rc != ERR_INVALID)
		return rc; /* a query without a word finds nothing */
	if ((rc = filter_view(v, &narrowed)) != ERR_OK)
		return rc;
	rc = filter.is_draft ? document_view_drafts(v, "Documents", &list)
			     : document_view_rows(v, "Documents", &list);
	if (rc != ERR_OK)
		return rc;
	node_flag(v->root, "IsEmpty", list.count == 0);
	filter_found(v, list.count, list.next != 0);
	show_next(v, &list);
	page_section(v, "documents");
	return page_send(v, "document/list.cs");
}

/* ---- one ------------------------------------------------------------- */

const struct field fields_document_read[] = {
	/* The comment that is answered or changed. */
	{ .name = "reply", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = "change", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	/* Which comment is shown first. */
	{ .name = "talk", .kind = FIELD_INT, .min = 0, .max = INT64_MAX },
	/* The one that was just sent or changed. */
	{ .name = "said", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = NULL },
};

static enum err
note_reading(struct visit *v)
{
	const struct document_noted *noted = v->after_data;
	enum err rc = document_note(&v->ctx, noted->document, noted->is_file);

	/*
	 * A view of TLP:RED that cannot be noted does not happen; for the
	 * rest, reading goes on when the disk is full.
	 */
	return noted->document->label == TLP_RED ? rc : ERR_OK;
}

void
document_note_later(struct visit *v, const struct document *d, bool is_file)
{
	struct document_noted *noted;

	if (v->ctx.actor.person == 0 || v->req->is_head)
		return;
	noted = arena_alloc(v->req->arena, sizeof(*noted));
	noted->document = d;
	noted->is_file = is_file;
	v->after = note_reading;
	v->after_data = noted;
}

static void
show_may(struct visit *v, const struct document *d)
{
	struct node *may = node_at(v->root, "May");
	const bool is_own = document_is_own(&v->ctx, d);
	const bool may_write =
	    is_own && (v->ctx.actor.roles & ROLE_PUBLISHER) != 0;
	const bool may_discuss =
	    v->ctx.actor.person != 0 && document_may(d, DOCUMENT_DISCUSS);

	node_flag(may, "Comment", may_discuss);
	node_flag(may, "Use", may_discuss && !is_own);
	node_flag(may, "Review",
	    may_discuss && !is_own &&
		(v->ctx.actor.roles & ROLE_PUBLISHER) != 0);
	node_flag(may, "Edit", may_write && document_may(d, DOCUMENT_EDIT));
	node_flag(may, "Revise", may_write && document_may(d, DOCUMENT_REVISE));
	node_flag(
	    may, "Withdraw", may_write && document_may(d, DOCUMENT_WITHDRAW));
	node_flag(may, "SeeReadings", may_write && d->version > 0);
	node_flag(may, "Any", may_write);
}

static enum err
show(struct visit *v, const struct document *d)
{
	enum err rc;

	document_view(v, d);
	if ((rc = view_why(v, ACCESS_DOCUMENT, d->id, d->label)) != ERR_OK ||
	    (rc = document_view_versions(v, d)) != ERR_OK)
		return rc;
	page_section(v, "documents");
	return d->state == DOCUMENT_WITHDRAWN ? ERR_OK
					      : document_view_text(v, d);
}

/* For its contributor: how far it reaches. */
static enum err
show_reach(struct visit *v, const struct document *d)
{
	if (!document_is_own(&v->ctx, d) || d->state != DOCUMENT_PUBLISHED)
		return ERR_OK;
	return view_reach_sums(v, ACCESS_DOCUMENT, d->version_id);
}

/* What members say of it, and can say, is theirs alone. */
static enum err
show_talk(struct visit *v, const struct document *d)
{
	const struct document_place place = document_place(v);
	enum err rc;

	if (d->version == 0 || v->ctx.actor.person == 0)
		return ERR_OK;
	if ((rc = document_view_talk(v, d, &place)) != ERR_OK)
		return rc;
	return document_forms(v, d, &place);
}

enum err
page_document_read(struct visit *v)
{
	struct document *d;
	enum err rc;

	rc = document_load(&v->ctx, visit_param(v, 0), &d);
	if (rc != ERR_OK)
		return visit_hidden(v, rc);
	if ((rc = show(v, d)) != ERR_OK || (rc = show_reach(v, d)) != ERR_OK ||
	    (rc = record_view_history(v, d->ref)) != ERR_OK)
		return rc;
	show_may(v, d);
	if ((rc = show_talk(v, d)) != ERR_OK)
		return rc;
	/* A page that is fetched ahead may never be seen; of TLP:RED what
	   counts is that its text went out. */
	if (d->version > 0 && (!v->req->is_prefetch || d->label == TLP_RED))
		document_note_later(v, d, false);
	return page_send(v, "document/read.cs");
}

enum err
page_document_version(struct visit *v)
{
	struct document *d;
	enum err rc;

	if ((rc = document_at(v, &d)) != ERR_OK || (rc = show(v, d)) != ERR_OK)
		return rc;
	if (d->label == TLP_RED && d->version_published_at != 0)
		document_note_later(v, d, false);
	return page_send(v, "document/read.cs");
}

/* ---- who has read it ------------------------------------------------- */

static void
show_reading(struct visit *v, const struct reading_row *from)
{
	struct node *row = node_row(v->root, "Readings");

	node_set(row, "Organisation", from->organisation_name);
	node_set(row, "Person", from->person_name);
	node_flag(row, "IsOwn", from->is_own);
	page_count(v, row, "PeopleText", "Reach.People", from->people);
	if (from->downloads > 0)
		page_count(
		    v, row, "DownloadsText", "Reach.People", from->downloads);
	node_time(v->page, row, "First", from->first_at);
	node_time(v->page, row, "Downloaded", from->downloaded_at);
}

/* Beside the number of those who may: both without our own. */
static void
show_sums(struct visit *v, const struct reading_row *rows, size_t n)
{
	struct node *node = node_at(v->root, "Sums");
	int64_t people = 0, downloads = 0;

	for (size_t i = 0; i < n; i++) {
		people += rows[i].is_own ? 0 : rows[i].people;
		downloads += rows[i].is_own ? 0 : rows[i].downloads;
	}
	node_int(node, "Opened", people);
	node_int(node, "Downloaded", downloads);
}

enum err
page_document_readings(struct visit *v)
{
	struct reading_row *rows;
	struct document *d;
	size_t n;
	enum err rc;

	if ((rc = document_load(&v->ctx, visit_param(v, 0), &d)) != ERR_OK ||
	    (rc = document_readings(&v->ctx, d, &rows, &n)) != ERR_OK)
		return rc;
	document_view(v, d);
	if ((rc = show_reach(v, d)) != ERR_OK)
		return rc;
	show_sums(v, rows, n);
	for (size_t i = 0; i < n; i++)
		show_reading(v, &rows[i]);
	page_section(v, "documents");
	return page_send(v, "document/readings.cs");
}
