/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A structured document as page data: the flat parts of domain/csaf.h, put
 * under the sections and vulnerabilities that they belong to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/csaf.h"
#include "page/advisory_view.h"
#include "web/part.h"

/* Where the parts that come next go: the document, or a vulnerability. */
struct section {
	struct visit *v;
	struct node *document;
	struct node *vulnerability; /* NULL before the first one */
	double worst;		    /* CVSS base score of that one so far */
};

static struct node *
owner(const struct section *s, const struct advisory_part *part)
{
	return part->depth > 0 && s->vulnerability != NULL ? s->vulnerability
							   : s->document;
}

static void
set_some(struct node *node, const char *name, const char *text)
{
	node_set(node, name, text[0] != '\0' ? text : NULL);
}

static void
view_note(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(owner(s, part), "Notes");

	node_set(row, "Word", part->name);
	node_set(row, "Category", page_word(s->v, "Csaf.Note", part->name));
	set_some(row, "Title", part->title);
	set_some(row, "Text", part->text);
}

static void
view_product(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(s->document, "Products");

	node_int(row, "Depth", part->depth);
	node_set(row, "Word", part->name);
	node_set(row, "Category", page_word(s->v, "Csaf.Product", part->name));
	set_some(row, "Title", part->title);
	set_some(row, "Text", part->text);
}

static void
view_vulnerability(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(s->document, "Vulnerabilities");

	set_some(row, "Id", part->name);
	set_some(row, "Title", part->title);
	set_some(row, "Cwe", part->text);
	s->vulnerability = row;
	s->worst = 0;
}

/* A score's words: "7.5", "HIGH". */
static void
set_score(
    struct visit *v, struct node *node, const char *score, const char *severity)
{
	node_set(node, "Score", score);
	for (int i = SEVERITY_LOW; severity != NULL && i < SEVERITY__MAX; i++)
		if (strcasecmp(severity, severities[i]) == 0)
			page_severity(v, node, i);
}

/* "3.1 7.5 HIGH" */
static void
view_score(struct section *s, const struct advisory_part *part)
{
	struct node *of = owner(s, part), *row = node_row(of, "Scores");
	const char *p = part->title;
	char *word[3] = { NULL, NULL, NULL };
	double score;
	size_t n;

	for (int i = 0; i < 3 && *p != '\0'; i++) {
		n = strcspn(p, " ");
		word[i] = arena_copy_n(s->v->req->arena, p, n);
		p += n + strspn(p + n, " ");
	}
	node_set(row, "Version", word[0]);
	set_some(row, "Vector", part->name);
	set_score(s->v, row, word[1], word[2]);
	page_lines(s->v, row, "Products", "Name", part->text);
	score = word[1] != NULL ? strtod(word[1], NULL) : 0;
	if (of != s->vulnerability || score <= s->worst)
		return;
	s->worst = score;
	set_score(s->v, node_at(of, "Worst"), word[1], word[2]);
}

static void
view_status(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(owner(s, part), "Statuses");

	node_set(row, "Word", part->name);
	node_set(row, "Status", page_word(s->v, "Csaf.Status", part->name));
	set_some(row, "Count", part->title);
	page_lines(s->v, row, "Products", "Name", part->text);
}

/* "vendor_fix restart_system 2021-01-26T00:00:00Z" */
static void
view_remediation(struct section *s, const struct advisory_part *part)
{
	struct visit *v = s->v;
	struct node *row = node_row(owner(s, part), "Remediations");
	const char *p = part->name;
	char *word;
	int64_t at;
	size_t n;

	n = strcspn(p, " ");
	word = arena_copy_n(v->req->arena, p, n);
	node_set(row, "Word", word);
	node_set(row, "Category", page_word(v, "Csaf.Remediation", word));
	while (*(p += n + strspn(p + n, " ")) != '\0') {
		n = strcspn(p, " ");
		word = arena_copy_n(v->req->arena, p, n);
		if (text_starts(word, "restart_"))
			node_set(row, "Restart",
			    page_word(
				v, "Csaf.Restart", word + strlen("restart_")));
		else if (clock_parse(word, &at))
			node_time(v->page, row, "Date", at);
	}
	set_some(row, "Text", part->text);
	set_some(row, "Url", part->url);
	page_lines(v, row, "Products", "Name", part->title);
}

static void
view_reference(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(owner(s, part), "References");

	node_set(row, "Word", part->name);
	set_some(row, "Title", part->title);
	set_some(row, "Url", part->url);
	set_some(row, "Text", part->text);
}

static void
view_acknowledgement(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(owner(s, part), "Acknowledgements");

	set_some(row, "Names", part->name);
	set_some(row, "Organisation", part->title);
	set_some(row, "Text", part->text);
	set_some(row, "Url", part->url);
}

static void
view_history(struct section *s, const struct advisory_part *part)
{
	struct node *row = node_row(s->document, "History");
	int64_t at;

	node_set(row, "Version", part->name);
	if (clock_parse(part->title, &at))
		node_time(s->v->page, row, "Date", at);
	set_some(row, "Summary", part->text);
}

static const struct {
	const char *kind;
	void (*view)(struct section *, const struct advisory_part *);
} kinds[] = {
	{ "note", view_note },
	{ "product", view_product },
	{ "vulnerability", view_vulnerability },
	{ "score", view_score },
	{ "status", view_status },
	{ "remediation", view_remediation },
	{ "reference", view_reference },
	{ "acknowledgement", view_acknowledgement },
	{ "history", view_history },
};

static enum err
make_document(struct visit *v, const struct advisory_part *parts, size_t n,
    struct buf *out)
{
	struct node *page = page_part(v->page);
	struct section s = { .v = v, .document = node_at(page, "Document") };

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
			if (strcmp(parts[i].kind, kinds[k].kind) == 0)
				kinds[k].view(&s, &parts[i]);
	buf_reset(out);
	return page_render_part(page, "part/csaf.cs", out);
}

/* NULL without an error: it has no parts. */
static enum err
find_document(struct visit *v, const struct advisory *a, const char **markup)
{
	const struct part_key key = { PART_DOCUMENT, (uint64_t)a->revision_id,
		(uint64_t)v->lang, 0 };
	const bool is_kept = a->revision_published_at != 0;
	struct buf *out = &v->site->scratch;
	struct advisory_part *parts;
	size_t n, len;
	enum err rc;

	*markup = is_kept ? parts_find(v->site->parts, &key, &len) : NULL;
	if (*markup != NULL)
		return ERR_OK;
	rc = advisory_parts(&v->ctx, a->revision_id, &parts, &n);
	if (rc != ERR_OK || n == 0 ||
	    (rc = make_document(v, parts, n, out)) != ERR_OK)
		return rc;
	if (is_kept)
		parts_keep(v->site->parts, &key, out->data, out->len);
	*markup = out->data;
	return ERR_OK;
}

/* The advisory was loaded for this reader; its parts never change. */
enum err
view_parts(struct visit *v, const struct advisory *a)
{
	const char *markup;
	enum err rc;

	if (a->foreign_id == NULL)
		return ERR_OK; /* only what was imported has any */
	rc = find_document(v, a, &markup);
	if (rc != ERR_OK || markup == NULL)
		return rc;
	node_html(v->page, v->root, "Document", markup);
	node_flag(node_at(v->root, "Document"), "Has", true);
	return ERR_OK;
}
