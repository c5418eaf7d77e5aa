/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of a document: their files, two beside each other. */
#include <string.h>

#include "base/text.h"
#include "page/compare_view.h"
#include "page/document_view.h"
#include "page/page_document.h"
#include "page/routes.h"

enum { VERSIONS_MAX = 1000000 };

const struct field fields_document_compare[] = {
	{ .name = "from", .kind = FIELD_INT, .min = 1, .max = VERSIONS_MAX },
	{ .name = "to", .kind = FIELD_INT, .min = 1, .max = VERSIONS_MAX },
	{ .name = NULL },
};

enum err
document_at(struct visit *v, struct document **d)
{
	const char *ref = visit_param(v, 0);
	int64_t number;
	enum err rc;

	if (!text_to_int(visit_param(v, 1), 1, VERSIONS_MAX, &number))
		return ERR_NOT_FOUND;
	rc = document_load_version(&v->ctx, ref, (int)number, d);
	if (rc == ERR_NOT_FOUND && v->ctx.actor.person != 0) {
		rc = document_load_draft(&v->ctx, ref, d);
		if (rc == ERR_OK && (*d)->number != (int)number)
			rc = ERR_NOT_FOUND;
	}
	return visit_hidden(v, rc);
}

/* ---- files ----------------------------------------------------------- */

/*
 * Of the type that its format has, whatever whoever brought the same bytes
 * first called them; never shown in place.
 */
static enum err
send_file(struct visit *v, const struct document *d)
{
	/* A withdrawn one is a notice, for its contributor too. */
	if (d->blob == 0 || d->state == DOCUMENT_WITHDRAWN)
		return ERR_NOT_FOUND;
	if (d->version_published_at != 0)
		document_note_later(v, d, true);
	return page_send_blob(v, d->blob, format_media(d->format), d->filename);
}

enum err
page_document_file(struct visit *v)
{
	struct document *d;
	enum err rc;

	rc = document_load(&v->ctx, visit_param(v, 0), &d);
	return rc != ERR_OK ? visit_hidden(v, rc) : send_file(v, d);
}

enum err
page_document_version_file(struct visit *v)
{
	struct document *d;
	enum err rc = document_at(v, &d);

	return rc != ERR_OK ? rc : send_file(v, d);
}

/* ---- two of them ----------------------------------------------------- */

static const char *
kind_text(struct visit *v, const struct document *d)
{
	return page_word(v, "Document.Kind", document_kinds[d->kind]);
}

static const char *
language_text(struct visit *v, const struct document *d)
{
	return document_view_language(v, d->language);
}

static const char *
label_text(struct visit *v, const struct document *d)
{
	(void)v;
	return tlp_names[d->label];
}

static const char *
none(struct visit *v, const char *text)
{
	return text != NULL && text[0] != '\0'
	    ? text
	    : page_word(v, "Document", "None");
}

static const char *
summary_text(struct visit *v, const struct document *d)
{
	return none(v, d->summary);
}

static const char *
sectors_text(struct visit *v, const struct document *d)
{
	return d->sectors == 0 ? page_word(v, "Document", "AllSectors")
			       : sector_titles(v, d->sectors);
}

static const char *
measures_text(struct visit *v, const struct document *d)
{
	return none(v, measure_titles(v, d->measures));
}

static const char *
review_text(struct visit *v, const struct document *d)
{
	return none(v,
	    d->review_by_at == 0 ? NULL
				 : lang_date(v->site->pages, v->lang,
				       v->req->arena, d->review_by_at));
}

static const char *
file_text(struct visit *v, const struct document *d)
{
	if (d->blob == 0)
		return none(v, NULL);
	return arena_printf(v->req->arena, "%s (%s, %s)", d->filename,
	    document_view_format(v, d->format),
	    document_view_size(v, d->bytes));
}

static const struct {
	const char *name; /* of Form.Label */
	const char *(*text)(struct visit *, const struct document *);
} facts[] = {
	{ "summary", summary_text },
	{ "kind", kind_text },
	{ "language", language_text },
	{ "sectors", sectors_text },
	{ "measures", measures_text },
	{ "label", label_text },
	{ "review_by", review_text },
	{ "file", file_text },
};

/* Do they differ? */
static bool
compare_facts(struct visit *v, struct node *node, const struct document *left,
    const struct document *right)
{
	bool differs = strcmp(left->title, right->title) != 0;
	const char *one, *two;
	struct node *row;

	if (differs) {
		node_set(node, "TitleLeft", left->title);
		node_set(node, "TitleRight", right->title);
	}
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		one = facts[i].text(v, left);
		two = facts[i].text(v, right);
		if (strcmp(one, two) == 0)
			continue;
		differs = true;
		row = node_row(node, "Terms");
		node_set(
		    row, "Name", page_word(v, "Form.Label", facts[i].name));
		node_set(row, "Left", one);
		node_set(row, "Right", two);
	}
	return differs;
}

/* Of kinds whose text is all there is; said where that cannot be. */
static enum err
compare_files(struct visit *v, struct node *node, const struct document *left,
    const struct document *right)
{
	char *one, *two;
	bool is_cut, is_cut_too;
	enum err rc;

	if (left->blob == right->blob) {
		node_flag(node, "IsFileSame", true);
		return ERR_OK;
	}
	if (!document_is_comparable(left) || !document_is_comparable(right)) {
		node_flag(node, "IsNoText", true);
		return ERR_OK;
	}
	if ((rc = document_text(&v->ctx, left, &one, &is_cut)) != ERR_OK ||
	    (rc = document_text(&v->ctx, right, &two, &is_cut_too)) != ERR_OK)
		return rc;
	node_flag(node, "IsTextSame", strcmp(one, two) == 0);
	if (strcmp(one, two) == 0)
		return ERR_OK;
	if (!is_cut && !is_cut_too)
		rc = view_compare(v, node, one, two);
	node_flag(
	    node, "IsTooLong", rc == ERR_TOO_LARGE || is_cut || is_cut_too);
	return rc == ERR_TOO_LARGE ? ERR_OK : rc;
}

/* Numbers to choose two of: of those that the reader may have. */
static enum err
show_numbers(struct visit *v, const struct document *d)
{
	struct document_version_row *rows;
	size_t i, n;
	enum err rc = document_versions(&v->ctx, d->id, &rows, &n);

	for (i = n; rc == ERR_OK && i-- > 0;)
		node_int(
		    node_row(v->root, "Numbers"), "Number", rows[i].number);
	return rc;
}

static enum err
load_two(struct visit *v, struct document **left, struct document **right)
{
	const char *ref = visit_param(v, 0);
	int from = (int)form_int(v->form, "from");
	int to = (int)form_int(v->form, "to");
	enum err rc;

	/* Unasked: what the newest one has changed. */
	if (to == 0) {
		if ((rc = document_load(&v->ctx, ref, right)) != ERR_OK)
			return rc;
		to = (*right)->version;
	}
	if (from == 0)
		from = to > 1 ? to - 1 : to;
	if ((rc = document_load_version(&v->ctx, ref, to, right)) != ERR_OK)
		return rc;
	return document_load_version(&v->ctx, ref, from, left);
}

enum err
page_document_compare(struct visit *v)
{
	struct node *node = node_at(v->root, "Compare");
	struct document *left, *right;
	enum err rc;

	if ((rc = load_two(v, &left, &right)) != ERR_OK)
		return visit_hidden(v, rc);
	if (right->state == DOCUMENT_WITHDRAWN)
		return ERR_NOT_FOUND;
	document_view(v, right);
	node_int(node, "Left", left->number);
	node_int(node, "Right", right->number);
	node_flag(node, "IsSame",
	    !compare_facts(v, node, left, right) && left->blob == right->blob);
	if ((rc = compare_files(v, node, left, right)) != ERR_OK ||
	    (rc = show_numbers(v, right)) != ERR_OK)
		return rc;
	if (left->label == TLP_RED || right->label == TLP_RED)
		document_note_later(
		    v, left->label == TLP_RED ? left : right, false);
	page_section(v, "documents");
	return page_send(v, "document/compare.cs");
}
