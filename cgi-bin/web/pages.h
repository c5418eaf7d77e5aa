/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What page.c, template.c and lang.c share: ClearSilver's types.  Nothing
 * else includes this.
 */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include <ClearSilver.h>

#include "web/page.h"

struct template
{
	struct template *next;
	char *name;
	CSPARSE *cs;
	HDF *boot; /* what the parser saw: the escape mode */
	/*
	 * Of a page, what its frame calls: the macros title() and body(), and
	 * what stands outside of macros.
	 */
	CSTREE *title, *body, outside;
};

/*
 * The frame of pages.  Parsed once; where it includes Page.Body stand empty
 * macros, whose trees are those of the page that is being rendered.  Its
 * macros up to there are every page's, which are parsed on top of them.
 */
struct frame {
	struct template *parsed; /* NULL: not yet */
	CS_MACRO *shared;	 /* the last defined before Page.Body */
	CS_MACRO *title, *body, *outside;
};

/* The texts of a language (catalogue.c), of which the tree is the owner. */
struct catalogue {
	struct catalogue_text {
		char *key; /* "Severity.high"; NULL: an empty slot */
		const char *text;
	} * texts;
	size_t size; /* slots: a power of two */
};

/* Of all below Lang. */
enum err catalogue_fill(struct catalogue *, HDF *words);
void catalogue_free(struct catalogue *);
/* Of key `block`.`word`, or of `word` when `block` is NULL; NULL: none. */
const char *
catalogue_find(const struct catalogue *, const char *block, const char *word);

struct pages {
	char *dir;
	HDF *catalogue[LANG__MAX]; /* root: has one node, Lang */
	HDF *words[LANG__MAX];	   /* that node */
	struct catalogue texts[LANG__MAX];
	struct template *templates;
	struct frame frame;
	struct arena *spare; /* of the last page, for the next one */
};

/*
 * A node of ours begins with the library's, so that one is the other.  They
 * are made in the page's arena, never by the library, which costs three
 * allocations a node; it only ever reads them.
 */
struct node {
	HDF hdf;
	struct page *page;
	unsigned rows;
};

/* Starts a value that html() lets through; random in each process. */
enum { MARKER_BYTES = 40 };
const char *template_marker(void);

/* The parsed template, parsed now if this is the first use. */
enum err template_find(struct pages *, const char *name, struct template **);
/*
 * What renders it: its own parser, or the frame's, which is then set to it.
 */
CSPARSE *template_parser(struct pages *, struct template *);
/* All that were parsed. */
void templates_free(struct pages *);

/* The file's text, malloc'ed; refuses names out of the template folder. */
enum err template_load(struct pages *, const char *name, char **text);

/* Logs and forgets; ERR_OK for no error. */
enum err template_check(NEOERR *, const char *what);

#endif
