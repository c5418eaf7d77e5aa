/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing a CSAF 2.0 document as it is: one file, checked and taken in. */
#include "base/file.h"
#include "domain/csaf.h"
#include "page/routes.h"
#include "page/visit.h"

const struct field fields_import[] = {
	{ .name = "file",
	    .kind = FIELD_FILE,
	    .required = true,
	    .max = 2 * 1024 * 1024 }, /* larger ones: ententectl */
	{ .name = "circles", .kind = FIELD_LIST, .max = 60 },
	{ .name = "label", .kind = FIELD_CHOICE, .choices = tlp_words },
	{ .name = NULL },
};

/* What is wrong with the document, and where, above the form. */
static void
show_fault(struct visit *v, const struct csaf_fault *fault)
{
	struct node *row = node_row(node_at(v->root, "Form"), "Errors");
	const struct say say[] = {
		{ "place", fault->place, 0 },
		{ "detail", fault->detail, 0 },
		{ "line", NULL, fault->line },
		{ "column", NULL, fault->column },
		{ NULL, NULL, 0 },
	};

	node_set(row, "Field", "file");
	node_say(v->page, row, "Text",
	    arena_printf(
		v->req->arena, "Csaf.Fault.%s", csaf_reasons[fault->reason]),
	    say);
}

enum err
page_draft_import_form(struct visit *v)
{
	enum err rc;

	page_form_start(v, fields_import);
	if ((rc = page_circles(v)) != ERR_OK)
		return rc;
	page_form(v);
	if (v->again_data != NULL)
		show_fault(v, v->again_data);
	page_options(v, "label", "Tlp.Choice");
	page_section(v, "drafts");
	return page_send(v, "draft/import.cs");
}

static const char *const done_words[ADVISORY_IMPORT__MAX] = {
	[ADVISORY_IMPORT_CREATED] = "imported",
	[ADVISORY_IMPORT_REVISED] = "import-revised",
	[ADVISORY_IMPORT_SKIPPED] = "import-skipped",
};

/*
 * What it says when it is done: a name of a sector that led to none of ours
 * is never dropped silently.
 */
static const char *
done_word(const struct csaf_result *result)
{
	if (result->result == ADVISORY_IMPORT_CREATED &&
	    result->sectors.left_count > 0)
		return "imported-sectors";
	return done_words[result->result];
}

enum err
page_draft_import(struct visit *v)
{
	const char *const *circles = form_list(v->form, "circles");
	struct csaf_options options = { .label = -1 };
	struct csaf_result *result;
	const struct value *file = form_value(v->form, "file");
	struct buf bytes;
	enum err rc;

	if (circles != NULL && circles[0] != NULL)
		options.circles = circles;
	if (form_text(v->form, "label")[0] != '\0')
		options.label = (int)form_int(v->form, "label");
	result = arena_alloc(v->req->arena, sizeof(*result));
	buf_init(&bytes, file->file_bytes);
	if ((rc = file_read(file->file, &bytes)) == ERR_OK)
		rc = csaf_import(
		    &v->ctx, bytes.data, bytes.len, &options, result);
	buf_free(&bytes);
	if (rc == ERR_INVALID)
		v->again_data = &result->fault;
	if (rc != ERR_OK)
		return rc;
	return go_to(v, done_word(result), "/advisories/%s", result->ref);
}
