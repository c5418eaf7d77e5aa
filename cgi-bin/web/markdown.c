/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

#include "base/log.h"
#include "web/escape.h"
#include "web/markdown.h"
#include "web/markdown_cost.h"

enum {
	HEADING_DOWN = 2,
	HEADING_MAX = 6,
	/* More than any text that people write: see markdown_cost.h. */
	HTML_MAX = 1024 * 1024
};

static const char where[] = "markdown";

/* Validated UTF-8; unsafe links, and HTML, are off unless asked for. */
static const int options = CMARK_OPT_VALIDATE_UTF8;

/* Beyond what is written for people a text does without. */
static const struct markdown_cost most = {
	.cells = 20000,
	.ats = 500,
	.links = 1000,
	.closings = 100,
	.depth = 1000,
	.nesting = 2000000,
	.expansion = 16000000,
};

/* Looking for what has no sign of being there costs a tenth of it all. */
static bool
may_link(const struct markdown_cost *c)
{
	return c->ats + c->links > 0 && c->ats <= most.ats &&
	    c->links <= most.links && c->closings <= most.closings;
}

static bool
attach(cmark_parser *parser, const struct markdown_cost *c)
{
	const struct {
		const char *name;
		bool is_on;
	} extensions[] = { { "table", c->cells <= most.cells },
		{ "autolink", may_link(c) }, { "strikethrough", true } };

	cmark_gfm_core_extensions_ensure_registered();
	for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]);
	     i++) {
		cmark_syntax_extension *e =
		    cmark_find_syntax_extension(extensions[i].name);

		if (e == NULL ||
		    (extensions[i].is_on &&
			!cmark_parser_attach_syntax_extension(parser, e)))
			return false;
	}
	return true;
}

/* The node's children take its place. */
static void
unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_insert_before(node, child);
	cmark_node_free(node);
}

static void
append_text(cmark_node *parent, const char *text)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_literal(node, text);
	cmark_node_append_child(parent, node);
}

/*
 * HTML is shown as it was typed.  People write <host> for what the reader
 * puts in its place: a sentence that lost it would say something else, and
 * nobody would notice.
 */
static void
html_to_text(cmark_node *html)
{
	const bool is_block =
	    cmark_node_get_type(html) == CMARK_NODE_HTML_BLOCK;
	cmark_node *text =
	    cmark_node_new(is_block ? CMARK_NODE_PARAGRAPH : CMARK_NODE_TEXT);

	if (is_block)
		append_text(text, cmark_node_get_literal(html));
	else
		cmark_node_set_literal(text, cmark_node_get_literal(html));
	cmark_node_insert_before(html, text);
	cmark_node_free(html);
}

/* No picture is fetched for a reader; a link in its place leaves the choice. */
static void
image_to_link(cmark_node *image)
{
	cmark_node *link = cmark_node_new(CMARK_NODE_LINK), *child;

	cmark_node_set_url(link, cmark_node_get_url(image));
	while ((child = cmark_node_first_child(image)) != NULL)
		cmark_node_append_child(link, child);
	if (cmark_node_first_child(link) == NULL)
		append_text(link, cmark_node_get_url(image));
	cmark_node_insert_before(image, link);
	cmark_node_free(image);
	if (!escape_url_fits(cmark_node_get_url(link)))
		unwrap(link);
}

/*
 * The highest heading that a text uses comes right below the page's h2,
 * whichever it is: nobody who listens misses a level that was never there.
 */
static int
highest_heading(cmark_node *document)
{
	int highest = HEADING_MAX;

	for (cmark_node *node = cmark_node_first_child(document); node != NULL;
	     node = cmark_node_next(node))
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
		    cmark_node_get_heading_level(node) < highest)
			highest = cmark_node_get_heading_level(node);
	return highest;
}

/*
 * Called when the walk leaves a node, so that it may go.  `is_linked`: it lies
 * in a link, or in a picture that becomes one.
 */
static void
tame(cmark_node *node, int highest, bool is_linked)
{
	const cmark_node_type type = cmark_node_get_type(node);
	int level;

	if (type == CMARK_NODE_HEADING) {
		level = cmark_node_get_heading_level(node) - highest + 1 +
		    HEADING_DOWN;
		level = level > HEADING_DOWN ? level : HEADING_DOWN + 1;
		cmark_node_set_heading_level(
		    node, level < HEADING_MAX ? level : HEADING_MAX);
	} else if (type == CMARK_NODE_HTML_BLOCK ||
	    type == CMARK_NODE_HTML_INLINE) {
		html_to_text(node);
	} else if (type == CMARK_NODE_IMAGE) {
		if (is_linked) /* links do not nest */
			unwrap(node);
		else
			image_to_link(node);
	} else if (type == CMARK_NODE_LINK &&
	    !escape_url_fits(cmark_node_get_url(node))) {
		unwrap(node);
	}
}

static void
walk(cmark_node *document)
{
	const int highest = highest_heading(document);
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;
	int links = 0; /* that the node lies in */

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		const bool is_link =
		    type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;

		if (is_link)
			links += event == CMARK_EVENT_ENTER ? 1 : -1;
		/* Leaves are entered only. */
		if (event == CMARK_EVENT_EXIT ||
		    type == CMARK_NODE_HTML_BLOCK ||
		    type == CMARK_NODE_HTML_INLINE)
			tame(node, highest, links > 0);
	}
	cmark_iter_free(iter);
}

/*
 * The renderer has no way to say rel.  "<a " in its output is always an
 * anchor of its own: '<' in text and in attributes comes out as an entity.
 */
static char *
add_rel(struct arena *arena, const char *html)
{
	static const char anchor[] = "<a ", rel[] = "rel=\"noreferrer\" ";
	size_t n = 0, len = strlen(html);
	const char *at = html, *found;
	char *out;

	for (; (at = strstr(at, anchor)) != NULL; at += sizeof(anchor) - 1)
		n++;
	out = arena_alloc(arena, len + n * (sizeof(rel) - 1) + 1);
	for (n = 0, at = html; (found = strstr(at, anchor)) != NULL;) {
		found += sizeof(anchor) - 1;
		memcpy(out + n, at, (size_t)(found - at));
		n += (size_t)(found - at);
		memcpy(out + n, rel, sizeof(rel) - 1);
		n += sizeof(rel) - 1;
		at = found;
	}
	memcpy(out + n, at, strlen(at) + 1);
	return out;
}

/* ---- the whole -------------------------------------------------------- */

static char *
render(cmark_node *document, cmark_llist *extensions)
{
	char *raw = NULL;

	if (document != NULL)
		raw = cmark_render_html(document, options, extensions);
	if (document != NULL)
		cmark_node_free(document);
	return raw;
}

static char *
formatted(const char *text, const struct markdown_cost *cost)
{
	cmark_parser *parser = cmark_parser_new(options);
	cmark_node *document = NULL;
	char *raw;

	if (parser == NULL)
		return NULL;
	if (attach(parser, cost)) {
		cmark_parser_feed(parser, text, strlen(text));
		document = cmark_parser_finish(parser);
	}
	if (document != NULL)
		walk(document);
	raw = render(document, cmark_parser_get_syntax_extensions(parser));
	cmark_parser_free(parser);
	return raw;
}

/* All of it, letter by letter, without its form. */
static char *
as_typed(const char *text)
{
	cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
	cmark_node *block = cmark_node_new(CMARK_NODE_CODE_BLOCK);

	cmark_node_set_literal(block, text);
	cmark_node_append_child(document, block);
	return render(document, NULL);
}

static bool
is_too_costly(const struct markdown_cost *c)
{
	return c->depth > most.depth || c->nesting > most.nesting ||
	    c->expansion > most.expansion;
}

enum err
markdown_html(struct arena *arena, const char *text, char **html)
{
	struct markdown_cost cost;
	bool is_plain;
	char *raw;

	*html = NULL;
	if (strlen(text) > MARKDOWN_MAX)
		return ERR_TOO_LARGE;
	markdown_cost_of(text, &cost);
	is_plain = is_too_costly(&cost);
	raw = is_plain ? as_typed(text) : formatted(text, &cost);
	if (!is_plain && raw != NULL && strlen(raw) > HTML_MAX) {
		free(raw);
		raw = as_typed(text);
	}
	if (raw == NULL) {
		log_line(LOG_ERROR, where, "cmark made nothing of a text");
		return ERR_MEMORY;
	}
	*html = add_rel(arena, raw);
	free(raw);
	return ERR_OK;
}
