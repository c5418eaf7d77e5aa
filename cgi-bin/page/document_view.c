/* SPDX-License-Identifier: Apache-2.0 */
#include "page/document_view.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "page/row_view.h"
#include "web/markdown.h"

enum {
	EXCERPT = 240, /* characters */
	SOON_DAYS = 30,
	TEXT_SHOWN = 60 * 1024 /* bytes of a file's text on its page */
};

/* ---- words ----------------------------------------------------------- */

const char *
document_view_format(struct visit *v, enum format format)
{
	return page_word(v, "Document.Format", format_words[format]);
}

const char *
document_view_language(struct visit *v, const char *code)
{
	return page_word(v, "Tongue", code);
}

/* One digit behind the point below 100, where it is not 0. */
static const char *
with_tenth(struct visit *v, int64_t bytes, int64_t unit)
{
	const int64_t tenths = (bytes * 10 + unit / 2) / unit;

	if (tenths % 10 == 0 || tenths >= 1000)
		return lang_number(v->lang, v->req->arena, tenths / 10);
	return arena_printf(v->req->arena, "%d%s%d", (int)(tenths / 10),
	    page_word(v, "Common", "Decimal"), (int)(tenths % 10));
}

const char *
document_view_size(struct visit *v, int64_t bytes)
{
	enum { KIB = 1024, MIB = 1024 * 1024 };
	struct say say[] = { { "n", NULL, bytes }, { NULL, NULL, 0 } };
	const char *key = "Document.Size.bytes";

	/* What would round to 1,024 kB is 1 MB. */
	if (bytes >= MIB - KIB / 2) {
		key = "Document.Size.mb";
		say[0].text = with_tenth(v, bytes, MIB);
	} else if (bytes >= KIB) {
		key = "Document.Size.kb";
		say[0].text = with_tenth(v, bytes, KIB);
	}
	return lang_say(v->site->pages, v->lang, v->req->arena, key, say);
}

const char *
measure_titles(struct visit *v, int64_t measures)
{
	const char *text = NULL, *name;

	for (int i = 0; i < MEASURE_COUNT; i++) {
		if ((measures >> i & 1) == 0)
			continue;
		name = page_word(v, "Measure.Short", measure_words[i]);
		text = text == NULL
		    ? name
		    : arena_printf(v->req->arena, "%s, %s", text, name);
	}
	return text;
}

/* ---- rows ------------------------------------------------------------ */

enum due { DUE_NOT, DUE_SOON, DUE_NOW };

/* Of the own ones: when it has to be looked at again. */
static enum due
due_of(const struct visit *v, const struct document_row *d)
{
	if (!d->is_own || d->review_by_at == 0 ||
	    d->review_by_at > v->ctx.now_at + SOON_DAYS * CLOCK_DAY)
		return DUE_NOT;
	return d->review_by_at < v->ctx.now_at ? DUE_NOW : DUE_SOON;
}

static void
fill_counts(struct visit *v, struct node *row, const struct document_row *d)
{
	if (d->uses > 0)
		page_count(v, row, "UsesText", "Document.Uses", d->uses);
	if (d->reviews > 0)
		page_count(
		    v, row, "ReviewsText", "Document.ReviewedBy", d->reviews);
}

static enum err
fill_row(struct visit *v, struct node *row, void *item)
{
	const struct document_row *d = item;

	node_set(row, "Ref", d->ref);
	node_set(row, "Title", d->title);
	node_set(
	    row, "Summary", text_excerpt(v->req->arena, d->summary, EXCERPT));
	node_set(row, "Speech", d->language);
	node_set(row, "LanguageName", document_view_language(v, d->language));
	node_set(row, "Kind",
	    page_word(v, "Document.Kind", document_kinds[d->kind]));
	page_tlp(v, row, (int)d->label);
	node_flag(row, "IsUnread", d->is_unread);
	node_flag(row, "IsDraft", d->state == DOCUMENT_DRAFT);
	node_flag(row, "IsWithdrawn", d->state == DOCUMENT_WITHDRAWN);
	node_set(row, "Organisation", d->organisation_name);
	node_set(row, "SectorNames", sector_titles(v, d->sectors));
	if (d->format != FORMAT_NONE) {
		node_set(row, "Format", document_view_format(v, d->format));
		node_set(row, "Size", document_view_size(v, d->bytes));
	}
	node_time(v->page, row, "Published", d->published_at);
	fill_counts(v, row, d);
	if (due_of(v, d) != DUE_NOT)
		node_time(v->page, row, "ReviewBy", d->review_by_at);
	node_flag(row, "IsReviewDue", due_of(v, d) == DUE_NOW);
	return ERR_OK;
}

static enum err
fill_draft(struct visit *v, struct node *row, void *item)
{
	node_flag(row, "IsWritten", true);
	return fill_row(v, row, item);
}

/* All that fill_row() goes by; of a version that no longer changes. */
static struct part_key
row_key(const struct visit *v, const struct document_row *d, bool is_found)
{
	uint64_t state = (uint64_t)d->version & 0xfffff;

	state = state << 18 | ((uint64_t)d->uses & 0x3ffff);
	state = state << 18 | ((uint64_t)d->reviews & 0x3ffff);
	state = state << 2 | (uint64_t)d->state;
	state = state << 2 | (uint64_t)v->lang;
	state = state << 2 | (uint64_t)due_of(v, d);
	state = state << 1 | d->is_unread;
	state = state << 1 | d->is_own;
	return (
	    struct part_key){ is_found ? PART_LIBRARY_FRAME : PART_LIBRARY_ROW,
		(uint64_t)d->id, state, 0 };
}

static enum err
add_row(struct visit *v, struct document_row *d)
{
	struct row_view row = { .template_name = "part/document_row.cs",
		.fill = fill_row,
		.item = d,
		.is_found = d->hit_title != NULL || d->hit_text != NULL,
		.title = d->hit_title != NULL ? d->hit_title : d->title,
		.summary = d->hit_text };

	if (row.is_found && row.summary == NULL)
		row.summary = text_excerpt(v->req->arena, d->summary, EXCERPT);
	if (d->state != DOCUMENT_DRAFT)
		row.key = row_key(v, d, row.is_found);
	return row_view(v, &row);
}

static enum err
add_draft(struct visit *v, struct document_row *d)
{
	const struct row_view row = { .template_name = "part/document_row.cs",
		.fill = fill_draft,
		.item = d };

	return row_view(v, &row);
}

static enum err
add_all(struct visit *v, const char *name, struct document_list *list,
    enum err (*add)(struct visit *, struct document_row *))
{
	enum err rc = ERR_OK;

	row_view_start(v);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = add(v, &list->rows[i]);
	if (rc == ERR_OK)
		row_view_end(v, name);
	return rc;
}

enum err
document_view_rows(
    struct visit *v, const char *name, struct document_list *list)
{
	return add_all(v, name, list, add_row);
}

enum err
document_view_drafts(
    struct visit *v, const char *name, struct document_list *list)
{
	return add_all(v, name, list, add_draft);
}

/* ---- one ------------------------------------------------------------- */

static void
view_measures(struct visit *v, struct node *node, int64_t measures)
{
	struct node *row;

	for (int i = 0; i < MEASURE_COUNT; i++) {
		if ((measures >> i & 1) == 0)
			continue;
		row = node_row(node, "Measures");
		node_set(row, "Word", measure_words[i]);
		node_set(row, "Name",
		    page_word(v, "Measure.Short", measure_words[i]));
	}
}

static void
view_circles(struct visit *v, struct node *node, const struct document *d)
{
	struct node *row;

	for (size_t i = 0; i < d->circle_count; i++) {
		if (d->circles[i].kind == CIRCLE_OWN)
			continue;
		row = node_row(node, "Circles");
		node_set(row, "Ref", d->circles[i].ref);
		node_set(row, "Name",
		    circle_title(v, d->circles[i].ref, d->circles[i].name));
	}
}

static void
view_link(struct visit *v, struct node *node, const struct document_link *link)
{
	node_set(node, "Ref", link->ref);
	node_set(node, "Title", link->title);
	node_set(node, "Speech", link->language);
	node_set(
	    node, "LanguageName", document_view_language(v, link->language));
}

static void
view_links(struct visit *v, struct node *node, const struct document *d)
{
	for (size_t i = 0; i < d->related_count; i++)
		view_link(v, node_row(node, "Related"), &d->related[i]);
	if (d->translation_of != NULL)
		view_link(v, node_at(node, "TranslationOf"), d->translation_of);
	for (size_t i = 0; i < d->translation_count; i++)
		view_link(
		    v, node_row(node, "Translations"), &d->translations[i]);
}

static const char *
file_href(struct visit *v, const struct document *d)
{
	if (d->number == d->version || d->version == 0)
		return arena_printf(
		    v->req->arena, "/documents/%s/file", d->ref);
	return arena_printf(
	    v->req->arena, "/documents/%s/versions/%d/file", d->ref, d->number);
}

static void
view_file(struct visit *v, struct node *node, const struct document *d)
{
	if (d->blob == 0)
		return;
	node_flag(node, "HasFile", true);
	node_set(node, "FileHref", file_href(v, d));
	node_set(node, "Filename", d->filename);
	node_set(node, "Format", document_view_format(v, d->format));
	node_set(node, "Size", document_view_size(v, d->bytes));
	page_digest(v, node, d->sha256);
}

static const char *
filled(const char *text)
{
	return text == NULL || text[0] == '\0' ? NULL : text;
}

static void
view_version(struct visit *v, struct node *node, const struct document *d)
{
	const bool is_draft = d->version_published_at == 0;

	node_int(node, "Number", d->number);
	if (d->number > 1)
		page_count(
		    v, node, "VersionText", "Document.VersionText", d->number);
	node_int(node, "Edit", d->edit);
	node_flag(node, "IsDraft", is_draft);
	node_flag(node, "IsFirstDraft", is_draft && d->version == 0);
	node_flag(node, "IsOld",
	    !is_draft && d->number < d->version &&
		d->state == DOCUMENT_PUBLISHED);
	node_set(node, "Note", filled(d->note));
	node_set(node, "Author", d->author_name);
	node_time(v->page, node, "Saved", d->saved_at);
	node_time(v->page, node, "Published", d->version_published_at);
	if (d->number > 1)
		node_time(v->page, node, "FirstPublished", d->published_at);
}

static void
view_facts(struct visit *v, struct node *node, const struct document *d)
{
	node_set(node, "Ref", d->ref);
	node_set(node, "Title", filled(d->title));
	node_set(node, "Summary", filled(d->summary));
	node_set(node, "Speech", d->language);
	node_set(node, "LanguageName", document_view_language(v, d->language));
	node_set(node, "Kind",
	    page_word(v, "Document.Kind", document_kinds[d->kind]));
	node_set(node, "Organisation", d->organisation_name);
	node_set(node, "OrganisationRef", d->organisation_ref);
	node_flag(node, "IsWithdrawn", d->state == DOCUMENT_WITHDRAWN);
	node_time(v->page, node, "Withdrawn", d->withdrawn_at);
	node_set(node, "WithdrawnWhy", d->withdrawn_why);
	node_time(v->page, node, "ReviewBy", d->review_by_at);
	node_flag(node, "IsReviewDue",
	    d->review_by_at != 0 && d->review_by_at < v->ctx.now_at);
}

void
document_view(struct visit *v, const struct document *d)
{
	struct node *node = node_at(v->root, "Document");

	view_facts(v, node, d);
	view_version(v, node, d);
	page_tlp(v, node, (int)d->label);
	page_sectors(v, node, "Sectors", d->sectors);
	view_measures(v, node, d->measures);
	view_circles(v, node, d);
	view_links(v, node, d);
	view_file(v, node, d);
}

/* ---- its text -------------------------------------------------------- */

/* Cut at the end of a line, where there is one. */
static const char *
beginning(struct visit *v, const char *text, bool *is_cut)
{
	size_t len = strlen(text), end;

	if (len <= TEXT_SHOWN)
		return text;
	*is_cut = true;
	for (end = TEXT_SHOWN; end > 0 && text[end] != '\n'; end--)
		;
	/* One line of many thousand letters: not within one of them. */
	for (end = end > 0 ? end : TEXT_SHOWN;
	     end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80; end--)
		;
	return arena_copy_n(v->req->arena, text, end);
}

/* The file of a published version never changes: its markup is kept. */
static enum err
view_markdown(struct visit *v, struct node *node, const struct document *d,
    const char *text)
{
	const struct part_key key = { PART_LIBRARY_TEXT,
		(uint64_t)d->version_id, 0, 0 };

	return page_prose(
	    v, node, "Html", d->version_published_at != 0 ? &key : NULL, text);
}

enum err
document_view_text(struct visit *v, const struct document *d)
{
	struct node *node = node_at(v->root, "Document");
	const char *shown;
	char *text;
	bool is_cut;
	enum err rc;

	if (d->blob == 0 ||
	    (d->format != FORMAT_TXT && d->format != FORMAT_MARKDOWN))
		return ERR_OK;
	if ((rc = document_text(&v->ctx, d, &text, &is_cut)) != ERR_OK)
		return rc;
	shown = beginning(v, text, &is_cut);
	node_flag(node, "IsTextCut", is_cut);
	if (shown[0] == '\0')
		return ERR_OK;
	if (d->format == FORMAT_MARKDOWN)
		return view_markdown(v, node, d, shown);
	node_set(node, "Text", shown);
	return ERR_OK;
}

/* ---- its versions ---------------------------------------------------- */

static void
view_version_row(struct visit *v, const struct document *d,
    const struct document_version_row *from, int before)
{
	struct node *row = node_row(v->root, "Versions");
	struct arena *arena = v->req->arena;

	node_int(row, "Number", from->number);
	node_time(v->page, row, "Published", from->published_at);
	node_set(row, "Note", filled(from->note));
	node_set(row, "Author", from->author_name);
	node_flag(row, "IsShown", from->number == d->number);
	node_set(row, "Href",
	    from->number == d->version
		? arena_printf(arena, "/documents/%s", d->ref)
		: arena_printf(arena, "/documents/%s/versions/%d", d->ref,
		      from->number));
	if (before > 0)
		node_set(row, "CompareHref",
		    arena_printf(arena, "/documents/%s/compare?from=%d&to=%d",
			d->ref, before, from->number));
	if (from->format == FORMAT_NONE)
		return;
	node_set(row, "Format", document_view_format(v, from->format));
	node_set(row, "Size", document_view_size(v, from->bytes));
	node_set(row, "FileHref",
	    arena_printf(
		arena, "/documents/%s/versions/%d/file", d->ref, from->number));
}

enum err
document_view_versions(struct visit *v, const struct document *d)
{
	struct document_version_row *rows;
	size_t n;
	enum err rc;

	rc = document_versions(&v->ctx, d->id, &rows, &n);
	if (rc != ERR_OK || n < 2)
		return rc;
	for (size_t i = 0; i < n; i++)
		view_version_row(
		    v, d, &rows[i], i + 1 < n ? rows[i + 1].number : 0);
	return ERR_OK;
}
