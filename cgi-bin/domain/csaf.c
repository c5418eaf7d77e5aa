/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/csaf.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/csaf_read.h"

/*
 * What the products field holds: enough for a search to find it by name.  A
 * document with more has them all in its parts.
 */
enum { PRODUCTS_BYTES = 64 * 1024, IDS_MAX = 2000000, ID_CHARS = 200 };

/* ---- tracking --------------------------------------------------------- */

/* Version 0 and 0.x.y, and what precedes a release, are drafts (§6.1.20). */
static bool
is_released(const char *version)
{
	bool is_zero =
	    *version == '0' && (version[1] == '\0' || version[1] == '.');

	return !is_zero && version[strcspn(version, "-+")] != '-';
}

static void
version(struct csaf_reader *r, const json_t *tracking,
    struct advisory_imported *out)
{
	static const char *const states[] = { "draft", "final", "interim",
		NULL };
	const char *status, *v;

	status = csaf_word(r, tracking, "status", CSAF_MUST, states);
	if (csaf_is_ok(r) && strcmp(status, "draft") == 0)
		csaf_refuse(r, CSAF_DRAFT, "status", status);
	v = csaf_line(r, tracking, "version", CSAF_MUST);
	if (csaf_is_ok(r) && !csaf_version_ok(v))
		csaf_refuse(r, CSAF_VALUE, "version", v);
	else if (csaf_is_ok(r) && !is_released(v))
		csaf_refuse(r, CSAF_DRAFT, "version", v);
	out->foreign_version = v;
}

static void
tracking(struct csaf_reader *r, const json_t *document,
    struct advisory_imported *out)
{
	const json_t *object = csaf_object(r, document, "tracking", CSAF_MUST);
	size_t was = csaf_enter(r, "tracking");

	out->foreign_id = csaf_line(r, object, "id", CSAF_MUST);
	if (csaf_is_ok(r) && text_length(out->foreign_id) > ID_CHARS)
		csaf_refuse(r, CSAF_LONG, "id", "200");
	version(r, object, out);
	out->published_at =
	    csaf_time(r, object, "current_release_date", CSAF_MUST);
	out->first_published_at =
	    csaf_time(r, object, "initial_release_date", CSAF_MUST);
	csaf_leave(r, was);
}

static void
history(struct csaf_reader *r, const json_t *document,
    struct advisory_imported *out)
{
	size_t was = csaf_enter(r, "tracking");

	csaf_history_read(r, json_object_get(document, "tracking"),
	    out->foreign_version, &out->draft.change);
	out->draft.change =
	    text_excerpt(r->arena, out->draft.change, ADVISORY_CHANGE_MAX);
	csaf_leave(r, was);
}

/* ---- the rest of the head --------------------------------------------- */

/*
 * CSAF 2.0 has no word for AMBER+STRICT; its text may say it, as documents
 * that come from a portal like this one do.
 */
static enum tlp
strictest(const json_t *distribution, enum tlp label)
{
	const char *text =
	    json_string_value(json_object_get(distribution, "text"));

	if (label == TLP_AMBER && text != NULL &&
	    strcasestr(text, "AMBER+STRICT") != NULL)
		return TLP_AMBER_STRICT;
	return label;
}

static void
label(struct csaf_reader *r, const json_t *document, struct csaf *out)
{
	const json_t *distribution, *tlp;
	size_t was = csaf_enter(r, "distribution");
	const char *word;

	distribution = json_object_get(document, "distribution");
	tlp = csaf_object(r, distribution, "tlp", CSAF_MAY);
	csaf_enter(r, "tlp");
	word = csaf_line(r, tlp, "label", tlp == NULL ? CSAF_MAY : CSAF_MUST);
	out->has_label = *word != '\0';
	if (out->has_label && !tlp_from_text(word, &out->document.draft.label))
		csaf_refuse(r, CSAF_VALUE, "label", word);
	out->document.draft.label =
	    strictest(distribution, out->document.draft.label);
	csaf_leave(r, was);
}

static void
publisher(struct csaf_reader *r, const json_t *document)
{
	static const char *const categories[] = { "coordinator", "discoverer",
		"other", "translator", "user", "vendor", NULL };
	const json_t *object = csaf_object(r, document, "publisher", CSAF_MUST);
	size_t was = csaf_enter(r, "publisher");

	csaf_word(r, object, "category", CSAF_MUST, categories);
	csaf_line(r, object, "name", CSAF_MUST);
	csaf_line(r, object, "namespace", CSAF_MUST);
	csaf_leave(r, was);
}

static void
head(struct csaf_reader *r, const json_t *document, struct csaf *out)
{
	const char *edition, *title;

	edition = csaf_line(r, document, "csaf_version", CSAF_MUST);
	if (csaf_is_ok(r) && strcmp(edition, "2.0") != 0)
		csaf_refuse(r, CSAF_EDITION, "csaf_version", edition);
	csaf_line(r, document, "category", CSAF_MUST);
	title = csaf_line(r, document, "title", CSAF_MUST);
	out->document.draft.title =
	    text_excerpt(r->arena, title, ADVISORY_TITLE_MAX);
	publisher(r, document);
	tracking(r, document, &out->document);
	label(r, document, out);
}

/* ---- what follows from the parts -------------------------------------- */

/* The first note of a category: of the document or a vulnerability. */
static const char *
note_text(const struct csaf_reader *r, const char *category, int depth)
{
	const struct advisory_part *p = r->parts;

	for (size_t i = 0; i < r->part_count; i++, p++)
		if (p->depth == depth && strcmp(p->kind, "note") == 0 &&
		    strcmp(p->name, category) == 0)
			return p->text;
	return "";
}

/*
 * What lists show.  A general note comes last: in practice it often is a
 * disclaimer.
 */
static const char *
summary(struct csaf_reader *r, const char *title)
{
	static const struct {
		const char *category;
		int depth;
	} order[] = { { "summary", 0 }, { "description", 0 }, { "details", 0 },
		{ "summary", 1 }, { "description", 1 }, { "general", 0 } };
	const char *text = "";

	for (size_t i = 0;
	     i < sizeof(order) / sizeof(order[0]) && *text == '\0'; i++)
		text = note_text(r, order[i].category, order[i].depth);
	return text_excerpt(
	    r->arena, *text == '\0' ? title : text, CSAF_SUMMARY_CHARS);
}

static void
sectors(struct csaf_reader *r, struct csaf_sectors *out)
{
	const struct advisory_part *p = r->parts;

	for (size_t i = 0; i < r->part_count; i++, p++)
		if (p->depth == 0 && strcmp(p->kind, "note") == 0 &&
		    csaf_sector_title(r->arena, p->title))
			csaf_sector_read(r->arena, p->text, out);
}

/* Without scores: the words that vendors use for the whole document. */
static enum severity
aggregate_severity(struct csaf_reader *r, const json_t *document)
{
	static const struct {
		const char *word;
		enum severity is;
	} words[] = { { "low", SEVERITY_LOW }, { "moderate", SEVERITY_MEDIUM },
		{ "medium", SEVERITY_MEDIUM }, { "important", SEVERITY_HIGH },
		{ "high", SEVERITY_HIGH }, { "critical", SEVERITY_CRITICAL } };
	const json_t *object;
	const char *text;

	object = csaf_object(r, document, "aggregate_severity", CSAF_MAY);
	text = csaf_line(r, object, "text", CSAF_MAY);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(text, words[i].word) == 0)
			return words[i].is;
	return SEVERITY_NONE;
}

static enum severity
severity(
    struct csaf_reader *r, const json_t *document, const struct csaf_sum *sum)
{
	if (sum->severity_v3 >= 0)
		return (enum severity)sum->severity_v3;
	if (sum->severity_v2 >= 0)
		return (enum severity)sum->severity_v2;
	return aggregate_severity(r, document);
}

/* In order of their first appearance: jansson keeps it. */
static const char *
cve_lines(struct csaf_reader *r, json_t *cves)
{
	const char *id, *text;
	json_t *unused;
	struct buf b;

	buf_init(&b, CSAF_TEXT_MAX);
	json_object_foreach(cves, id, unused)
	    buf_addf(&b, "%s%s", b.len > 0 ? "\n" : "", id);
	text = arena_copy_n(r->arena, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
	return text;
}

/* ---- the whole -------------------------------------------------------- */

static void
read_root(struct csaf_reader *r, const json_t *root, struct csaf *out)
{
	struct csaf_sum sum = { NULL, -1, -1 };
	struct advisory_draft *draft = &out->document.draft;
	const json_t *document;
	size_t was;

	document = csaf_object(r, root, "document", CSAF_MUST);
	was = csaf_enter(r, "document");
	head(r, document, out);
	csaf_notes_read(r, document, 0);
	csaf_leave(r, was);
	csaf_products_read(r, root);
	csaf_vulnerabilities_read(r, root, &sum);
	was = csaf_enter(r, "document");
	csaf_references_read(r, document, 0);
	csaf_acknowledgements_read(r, document, 0);
	history(r, document, &out->document);
	draft->severity = severity(r, document, &sum);
	csaf_leave(r, was);
	if (csaf_is_ok(r)) {
		draft->summary = summary(r, draft->title);
		draft->products = csaf_products_text(r, PRODUCTS_BYTES);
		draft->cves = cve_lines(r, sum.cves);
		sectors(r, &out->sectors);
		draft->sectors = out->sectors.bits;
	}
	json_decref(sum.cves);
}

/* The parser's words, in the place of a detail. */
static void
json_fault(struct arena *a, const json_error_t *error, struct csaf_fault *fault)
{
	const char *text = error->text;

	fault->reason = CSAF_JSON;
	fault->line = error->line > 0 ? error->line : 1;
	fault->column = error->column > 0 ? error->column : 1;
	if (text_ok(text, strlen(text), TEXT_LINE))
		fault->detail = text_excerpt(a, text, 120);
}

static json_t *
load(struct arena *a, const char *bytes, size_t len, struct csaf_fault *fault)
{
	json_error_t error;
	json_t *root;

	if (len == 0 || len > CSAF_BYTES_MAX) {
		fault->reason = CSAF_SIZE;
		return NULL;
	}
	if (!csaf_scan(bytes, len, fault))
		return NULL;
	root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL)
		json_fault(a, &error, fault);
	return root;
}

enum err
csaf_parse(struct arena *a, const void *bytes, size_t len, struct csaf **out,
    struct csaf_fault *fault)
{
	struct csaf_reader *r = arena_alloc(a, sizeof(*r));
	json_t *root;

	*out = arena_alloc(a, sizeof(**out));
	*fault = (struct csaf_fault){ CSAF_OK, 0, 0, "", "" };
	r->arena = a;
	r->fault = fault;
	r->text_left = CSAF_TEXT_MAX;
	r->ids_left = IDS_MAX;
	r->names_left = CSAF_NAMES_MAX;
	if ((root = load(a, bytes, len, fault)) == NULL)
		return ERR_INVALID;
	if (json_is_object(root))
		read_root(r, root, *out);
	else
		csaf_refuse(r, CSAF_TYPE, NULL, "object");
	csaf_products_free(&r->products);
	json_decref(root);
	if (!csaf_is_ok(r)) {
		csaf_locate(bytes, len, fault);
		return ERR_INVALID;
	}
	(*out)->document.parts = r->parts;
	(*out)->document.part_count = r->part_count;
	return ERR_OK;
}
