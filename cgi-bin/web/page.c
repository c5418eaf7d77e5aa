/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "web/pages.h"

/* A page's data; an arena that outgrows this ends the process. */
enum { PAGE_MAX_BYTES = 64 * 1024 * 1024 };

static const char where[] = "page";

struct page {
	struct pages *pages;
	enum lang lang;
	struct arena *arena; /* holds this struct, too */
	struct node *root;
	enum err failed;
};

static enum err
catalogue_load(struct pages *pages, enum lang lang)
{
	char name[sizeof("lang/xx.hdf")];
	char *text;
	enum err rc;

	snprintf(name, sizeof(name), "lang/%.2s.hdf", lang_code(lang));
	if ((rc = template_load(pages, name, &text)) != ERR_OK)
		return rc;
	rc = template_check(hdf_init(&pages->catalogue[lang]), name);
	if (rc == ERR_OK)
		rc = template_check(
		    hdf_read_string(pages->catalogue[lang], text), name);
	free(text);
	if (rc != ERR_OK)
		return rc;
	pages->words[lang] = hdf_get_obj(pages->catalogue[lang], "Lang");
	if (pages->words[lang] != NULL)
		return catalogue_fill(&pages->texts[lang], pages->words[lang]);
	log_line(LOG_ERROR, where, "%s has no node Lang", name);
	return ERR_INTERNAL;
}

enum err
pages_new(const char *template_dir, struct pages **out)
{
	struct pages *pages;
	enum err rc = ERR_OK;

	*out = NULL;
	if ((pages = calloc(1, sizeof(*pages))) == NULL ||
	    (pages->dir = strdup(template_dir)) == NULL) {
		free(pages);
		return ERR_MEMORY;
	}
	for (int i = 0; i < LANG__MAX && rc == ERR_OK; i++)
		rc = catalogue_load(pages, (enum lang)i);
	if (rc != ERR_OK) {
		pages_free(pages);
		return rc;
	}
	*out = pages;
	return ERR_OK;
}

enum err
pages_text(struct pages *pages, struct arena *arena, const char *name,
    const char **text)
{
	char *loaded;
	enum err rc = template_load(pages, name, &loaded);

	*text = NULL;
	if (rc == ERR_OK)
		*text = arena_copy(arena, loaded);
	free(loaded);
	return rc;
}

enum err
pages_warm(struct pages *pages, const char *const *names)
{
	struct template *t;
	enum err rc = ERR_OK;

	for (; *names != NULL && rc == ERR_OK; names++)
		rc = template_find(pages, *names, &t);
	return rc;
}

void
pages_free(struct pages *pages)
{
	if (pages == NULL)
		return;
	templates_free(pages);
	for (int i = 0; i < LANG__MAX; i++) {
		catalogue_free(&pages->texts[i]);
		if (pages->catalogue[i] != NULL)
			hdf_destroy(&pages->catalogue[i]);
	}
	if (pages->spare != NULL)
		arena_free(pages->spare);
	free(pages->dir);
	free(pages);
}

static struct node *
node_make(struct page *page, HDF *top, const char *name, size_t len)
{
	struct node *n = arena_alloc(page->arena, sizeof(*n));

	n->page = page;
	n->hdf.top = top != NULL ? top : &n->hdf;
	/* The library compares as many bytes as name_len says. */
	n->hdf.name = (char *)(uintptr_t)name;
	n->hdf.name_len = (int)len;
	return n;
}

/*
 * The top of a tree.  Its first child is the catalogue, where it is found at
 * once: as global_hdf it would be looked for after all of the page's data.
 */
static struct node *
root_make(struct page *page)
{
	struct node *root = node_make(page, NULL, NULL, 0);
	HDF *words = arena_alloc(page->arena, sizeof(*words));

	*words = *page->pages->words[page->lang];
	words->top = &root->hdf;
	words->next = words->last_hp = words->last_hs = NULL;
	root->hdf.child = root->hdf.last_child = words;
	return root;
}

struct page *
page_new(struct pages *pages, enum lang lang)
{
	struct arena *arena = pages->spare;
	struct page *page;

	pages->spare = NULL;
	if (arena == NULL)
		arena = arena_new(PAGE_MAX_BYTES);
	page = arena_alloc(arena, sizeof(*page));
	page->pages = pages;
	page->lang = lang;
	page->arena = arena;
	page->root = root_make(page);
	return page;
}

void
page_free(struct page *page)
{
	struct arena *arena;
	struct pages *pages;

	if (page == NULL)
		return;
	arena = page->arena;
	pages = page->pages;
	if (pages->spare != NULL) {
		arena_free(arena);
		return;
	}
	arena_reset(arena);
	pages->spare = arena;
}

struct node *
page_root(struct page *page)
{
	return page->root;
}

struct node *
page_part(struct page *page)
{
	return root_make(page);
}

static struct node *
child_add(struct node *parent, const char *name, size_t len)
{
	HDF *up = &parent->hdf;
	struct node *n = node_make(parent->page, up->top, name, len);

	if (up->child == NULL)
		up->child = &n->hdf;
	else
		up->last_child->next = &n->hdf;
	up->last_child = &n->hdf;
	/* Data named Lang would hide the whole catalogue from the page. */
	if (up == up->top && len == 4 && memcmp(name, "Lang", 4) == 0) {
		log_line(LOG_ERROR, where, "data may not be named Lang");
		parent->page->failed = ERR_INTERNAL;
	}
	return n;
}

/* NULL when there is none. */
static struct node *
child(struct node *parent, const char *name, size_t len)
{
	HDF *h = parent->hdf.child;

	/* The first below a top is the catalogue, which is no node of ours. */
	if (h != NULL && parent->hdf.top == &parent->hdf)
		h = h->next;
	for (; h != NULL; h = h->next)
		if ((size_t)h->name_len == len && h->name[0] == name[0] &&
		    memcmp(h->name, name, len) == 0)
			return (struct node *)(void *)h;
	return NULL;
}

/* Down a dotted path; NULL when it ends, unless what is missing is made. */
static struct node *
walk(struct node *node, const char *path, bool makes)
{
	struct node *below;
	size_t len;

	for (;; path += len + 1) {
		len = strcspn(path, ".");
		if (len == 0) {
			log_line(LOG_ERROR, where, "a node without a name");
			node->page->failed = ERR_INTERNAL;
			return node;
		}
		below = child(node, path, len);
		if (below == NULL && !makes)
			return NULL;
		if (below == NULL)
			below = child_add(node, path, len);
		node = below;
		if (path[len] == '\0')
			return node;
	}
}

struct node *
node_at(struct node *node, const char *path)
{
	return walk(node, path, true);
}

struct node *
node_row(struct node *node, const char *name)
{
	struct node *list = node_at(node, name);
	char index[TEXT_INT];
	size_t len = text_from_int(list->rows++, index);

	/* Rows have no other names than these, so none is looked for. */
	return child_add(
	    list, arena_copy_n(node->page->arena, index, len), len);
}

static void
value_set(struct node *node, const char *name, char *value)
{
	/* What is absent needs no node. */
	struct node *n = walk(node, name, value != NULL);

	if (n != NULL)
		n->hdf.value = value;
}

void
node_set(struct node *node, const char *name, const char *text)
{
	value_set(node, name, arena_copy(node->page->arena, text));
}

void
node_int(struct node *node, const char *name, int64_t number)
{
	char text[TEXT_INT];
	size_t len = text_from_int(number, text);

	value_set(node, name, arena_copy_n(node->page->arena, text, len));
}

void
node_flag(struct node *node, const char *name, bool is_set)
{
	static char one[] = "1";

	value_set(node, name, is_set ? one : NULL);
}

void
node_html(
    struct page *page, struct node *node, const char *name, const char *markup)
{
	size_t len;
	char *value;

	if (markup == NULL) {
		value_set(node, name, NULL);
		return;
	}
	len = strlen(markup);
	value = arena_alloc(page->arena, MARKER_BYTES + len + 1);
	memcpy(value, template_marker(), MARKER_BYTES);
	memcpy(value + MARKER_BYTES, markup, len + 1);
	value_set(node, name, value);
}

void
node_say(struct page *page, struct node *node, const char *name,
    const char *key, const struct say *says)
{
	value_set(node, name,
	    lang_say(page->pages, page->lang, page->arena, key, says));
}

void
node_time(struct page *page, struct node *node, const char *name, int64_t at)
{
	static const char clock[] = ", 09:12\u00a0UTC"; /* as lang_time() */
	struct node *n;
	char *text, iso[CLOCK_TEXT];

	if (at == 0)
		return;
	n = node_at(node, name);
	clock_rfc3339(at, iso);
	text = lang_time(page->pages, page->lang, page->arena, at);
	value_set(n, "Text", text);
	value_set(n, "Date",
	    arena_copy_n(
		page->arena, text, strlen(text) - (sizeof(clock) - 1)));
	node_set(n, "Iso", iso);
}

static NEOERR *
emit(void *out, char *text)
{
	buf_adds(out, text);
	return STATUS_OK;
}

static void
take_back(struct buf *out, size_t len, bool overflow)
{
	out->len = len;
	out->overflow = overflow;
	if (out->data != NULL)
		out->data[len] = '\0';
}

enum err
page_render_part(struct node *root, const char *name, struct buf *out)
{
	struct template *t;
	CSPARSE *cs;
	const size_t len = out->len;
	const bool overflow = out->overflow;
	enum err rc = root->page->failed;

	if (rc != ERR_OK ||
	    (rc = template_find(root->page->pages, name, &t)) != ERR_OK)
		return rc;
	cs = template_parser(root->page->pages, t);
	cs->hdf = &root->hdf;
	rc = template_check(cs_render(cs, out, emit), name);
	/* A render that failed half way leaves locals that are gone. */
	cs->locals = NULL;
	cs->hdf = NULL;
	if (rc == ERR_OK && out->overflow) {
		log_line(LOG_ERROR, where, "%s: the page is too large", name);
		rc = ERR_INTERNAL;
	}
	if (rc != ERR_OK)
		take_back(out, len, overflow);
	return rc;
}

enum err
page_render(struct page *page, const char *name, struct buf *out)
{
	return page_render_part(page->root, name, out);
}
