/* SPDX-License-Identifier: Apache-2.0 */
/* Records that the reader may read: a list, one, its bytes, its receipt. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypt/tlog_proof.h"
#include "domain/log_proof.h"
#include "page/filter_view.h"
#include "page/record_details_view.h"
#include "page/record_view.h"
#include "page/routes.h"
#include "web/percent.h"

enum { REF_MAX = 60 };

const struct field fields_record_list[] = {
	{ .name = "family", .kind = FIELD_CHOICE, .choices = record_families },
	{ .name = "organisation", .kind = FIELD_LINE, .max = REF_MAX },
	{ .name = "object", .kind = FIELD_LINE, .max = REF_MAX },
	{ .name = "from", .kind = FIELD_DATE },
	{ .name = "until", .kind = FIELD_DATE },
	{ .name = "before", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = NULL },
};

static const char *const filters[] = { "family", "organisation", "object",
	"from", "until", NULL };

/* ---- the list -------------------------------------------------------- */

static void
read_filter(struct visit *v, struct record_filter *f)
{
	memset(f, 0, sizeof(*f));
	f->families = filter_bit(v, "family");
	f->organisation = form_text(v->form, "organisation");
	f->object = form_text(v->form, "object");
	f->from_at = form_int(v->form, "from");
	/* The day that is named is in it. */
	if (filter_given(v, "until"))
		f->until_at = form_int(v->form, "until") + CLOCK_DAY;
	f->before = form_int(v->form, "before");
}

/* The own organisation, and those of mandates, each once. */
static enum err
show_organisations(struct visit *v)
{
	struct record_scope *scopes;
	size_t i, j, n;
	enum err rc = record_scopes(&v->ctx, &scopes, &n);

	for (i = 0; rc == ERR_OK && i < n; i++) {
		for (j = 0; j < i; j++)
			if (scopes[j].organisation == scopes[i].organisation)
				break;
		if (j == i)
			page_option(v, "organisation",
			    scopes[i].organisation_ref,
			    scopes[i].organisation_name);
	}
	node_flag(v->root, "HasMandate", rc == ERR_OK && n > 1);
	return rc;
}

static void
show_row(struct visit *v, struct node *node, const struct record_row *row)
{
	node_set(node, "Number",
	    arena_printf(v->req->arena, "%lld", (long long)row->id));
	node_set(node, "Kind", record_view_kind(v, row->kind));
	node_set(node, "KindName", row->kind);
	node_set(node, "Actor",
	    row->actor_name != NULL ? row->actor_name
				    : page_word(v, "Record", "Console"));
	node_set(node, "Organisation", row->organisation_name);
	node_set(node, "OrganisationRef", row->organisation_ref);
	node_set(node, "Object", row->object);
	node_time(v->page, node, "At", row->recorded_at);
}

/*
 * The same choices where a bundle is asked for.  There an organisation is
 * whom records concern, too, and both days are in it.
 */
static const char *
bundle_href(struct visit *v)
{
	static const struct {
		const char *field, *there;
	} rows[] = {
		{ "family", "families" },
		{ "organisation", "organisation" },
		{ "object", "object" },
		{ "from", "since" },
		{ "until", "through" },
	};
	struct arena *arena = v->req->arena;
	const char *query = "", *text;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = form_text(v->form, rows[i].field);
		if (text[0] != '\0')
			query = arena_printf(arena, "%s%c%s=%s", query,
			    query[0] == '\0' ? '?' : '&', rows[i].there,
			    percent_encode(arena, text));
	}
	return arena_printf(arena, "/bundles/new%s", query);
}

enum err
page_record_list(struct visit *v)
{
	struct record_filter f;
	struct record_list list;
	enum err rc;

	read_filter(v, &f);
	if ((rc = record_list(&v->ctx, &f, &list)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < list.count; i++)
		show_row(v, node_row(v->root, "Rows"), &list.rows[i]);
	page_form(v);
	page_options(v, "family", "Record.Family");
	if ((rc = show_organisations(v)) != ERR_OK)
		return rc;
	node_set(v->root, "BundleHref", bundle_href(v));
	node_flag(v->root, "HasFilter", page_kept(v, filters)[0] != '\0');
	node_flag(v->root, "IsPaged", f.before != 0);
	if (list.next != 0)
		node_set(v->root, "NextHref",
		    arena_printf(v->req->arena, "/records?before=%lld%s",
			(long long)list.next, page_kept(v, filters)));
	page_section(v, "records");
	return page_send(v, "record/list.cs");
}

/* ---- one -------------------------------------------------------------- */

static enum err
load(struct visit *v, struct record **record)
{
	int64_t id;

	if (!text_to_int(visit_param(v, 0), 1, INT64_MAX - 1, &id))
		return ERR_NOT_FOUND;
	return record_load(&v->ctx, id, record);
}

static enum err
show_log(struct visit *v, struct node *node, const struct record *record)
{
	int64_t size;
	enum err rc = log_proof_size(&v->ctx, &size);

	node_set(node, "Leaf",
	    arena_printf(v->req->arena, "%lld", (long long)record->row.id - 1));
	node_flag(node, "IsPublished", record->row.id <= size);
	node_set(node, "Size", lang_number(v->lang, v->req->arena, size));
	return rc;
}

enum err
page_record_read(struct visit *v)
{
	struct node *node = node_at(v->root, "Record");
	struct record *record;
	enum err rc;

	if ((rc = load(v, &record)) != ERR_OK)
		return rc;
	show_row(v, node, &record->row);
	page_digest(v, node, record->row.digest);
	node_set(node, "Body", record->body);
	node_set(node, "AgreementRef", record->agreement_ref);
	node_set(node, "AgreementTitle", record->agreement_title);
	if ((rc = record_details_view(v, record)) != ERR_OK ||
	    (rc = show_log(v, node, record)) != ERR_OK ||
	    (rc = record_view_object(
		 v, node_at(v->root, "Object"), &record->row)) != ERR_OK ||
	    (rc = record_view_history(v, record->row.object)) != ERR_OK)
		return rc;
	page_section(v, "records");
	return page_send(v, "record/read.cs");
}

/* ---- files ----------------------------------------------------------- */

static const char *
file_name(struct visit *v, const struct record *record, const char *extension)
{
	return arena_printf(v->req->arena, "record-%lld.%s",
	    (long long)record->row.id, extension);
}

/* Exactly the bytes whose digest is in the log. */
enum err
page_record_json(struct visit *v)
{
	struct record *record;
	enum err rc;

	if ((rc = load(v, &record)) != ERR_OK)
		return rc;
	return page_send_bytes(v, record->body, record->body_len,
	    "application/json", file_name(v, record, "json"));
}

enum err
page_record_proof(struct visit *v)
{
	struct record *record;
	enum err rc;

	if ((rc = load(v, &record)) != ERR_OK)
		return rc;
	buf_reset(&v->resp->body);
	rc = log_proof(&v->ctx, record->row.id, &v->resp->body);
	if (rc != ERR_OK)
		return rc;
	v->resp->type = "text/plain; charset=utf-8";
	return resp_attachment(
	    v->resp, v->req->arena, file_name(v, record, "tlog-proof"));
}
