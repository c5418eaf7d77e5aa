/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages: data in a tree, a template, HTML out.  Everything of ClearSilver is
 * behind this header.
 *
 * A template file defines two macros, title() and body(); the frame
 * (templates/frame/page.cs) is what is rendered, and calls them, so no page
 * can forget the frame.  Each template, and the frame, is parsed once per
 * process.
 * `var` escapes for HTML everywhere (Config.VarEscapeMode).  The two escaping
 * functions registered are url() for href values and html() for markup that
 * node_html() put there: any other value given to html() comes out escaped.
 *
 * Names of nodes are literals of ours, never made of data: text of users is
 * only ever a value.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum lang { LANG_EN, LANG_FR, LANG__MAX };

struct pages; /* one per process: parsed templates, catalogues */
struct page;  /* one per request: the data tree */
struct node;  /* a place in the tree */

/*
 * Reads lang/en.hdf and lang/fr.hdf; templates are parsed at first use, or
 * all at once by pages_warm() (names end with NULL), which a worker calls at
 * start so that a broken template stops it there.
 */
enum err pages_new(const char *template_dir, struct pages **);
enum err pages_warm(struct pages *, const char *const *templates);
void pages_free(struct pages *);

/*
 * A text file of the template folder as it stands ("agreement/start/…"), in
 * the arena.  ERR_INTERNAL: it is not there, or not of that folder (logged).
 */
enum err
pages_text(struct pages *, struct arena *, const char *name, const char **text);

/* "en", "fr": of addresses, forms and the database. */
extern const char *const lang_codes[LANG__MAX + 1];
const char *lang_code(enum lang);
/* By RFC 9110 §12.5.4 weights; LANG_EN when nothing fits.  NULL allowed. */
enum lang lang_accepted(const char *accept_language);
bool lang_from_code(const char *, enum lang *);

/* The catalogue's text for "Advisory.Publish"; the key itself if missing
   (and a log line). */
const char *lang_text(struct pages *, enum lang, const char *key);

/* The same for key `block`.`word`, without putting it together; of a missing
   one, the word. */
const char *
lang_word(struct pages *, enum lang, const char *block, const char *word);

/* Is there such a key? */
bool lang_has(struct pages *, enum lang, const char *key);

struct page *page_new(struct pages *, enum lang);
void page_free(struct page *);

struct node *page_root(struct page *);
/*
 * The node at a dotted path below; made when missing.  All names are literals,
 * or live as long as the page: they are not copied.
 */
struct node *node_at(struct node *, const char *path);
/* A new row at the end of list `name`: name.0, name.1 … */
struct node *node_row(struct node *, const char *name);

/* Errors (no memory) are kept and come out of page_render(). */
void node_set(struct node *, const char *name, const char *text); /* NULL: no
								     node */
void node_int(struct node *, const char *name, int64_t);
void node_flag(struct node *, const char *name, bool); /* "1", or absent */
/* Markup that is safe by its making (cmark, our own SVG, our own parts). */
void node_html(struct page *, struct node *, const char *name, const char *);

/*
 * A sentence of the catalogue with {name} places, filled with text; plural
 * forms are chosen by the number given for `n`: the key's children "One" and
 * "Other" (French: 0 and 1 are One).  E.g.
 *	node_say(page, node, "Count", "Reach.People", (struct say[]) {
 *	    { "n", NULL, 37 }, { "where", name, 0 }, { NULL } });
 * The result is plain text, escaped by the template as any other.
 */
struct say {
	const char *name;
	const char *text; /* NULL: the number */
	int64_t number;
};
void node_say(struct page *, struct node *, const char *name, const char *key,
    const struct say *);
/* The same as text in the arena. */
char *lang_say(struct pages *, enum lang, struct arena *, const char *key,
    const struct say *);

/*
 * A time for people and machines: Name.Text ("22 November 2026, 09:12 UTC",
 * "22 novembre 2026, 09:12 UTC"), Name.Date ("22 November 2026"), Name.Iso.
 * 0 sets nothing.
 */
void node_time(struct page *, struct node *, const char *name, int64_t at);
char *lang_time(struct pages *, enum lang, struct arena *, int64_t at);
char *lang_date(struct pages *, enum lang, struct arena *, int64_t at);

/*
 * Renders `name` ("advisory/read.cs") into the buffer inside the frame; for
 * names below "mail/" without a frame and without HTML escaping (plain
 * text).  The buffer is untouched on an error.
 */
enum err page_render(struct page *, const char *name, struct buf *out);

/*
 * A part of a page by itself, "part/advisory_row.cs", so that its markup can
 * be kept (web/part.h): page_part() gives it a tree of its own beside the
 * page's, with the catalogue; page_render_part() adds the markup to the
 * buffer.
 */
struct node *page_part(struct page *);
enum err page_render_part(struct node *part, const char *name, struct buf *out);

/* A decimal number for people: "12,481", "12 481" (U+202F). */
char *lang_number(enum lang, struct arena *, int64_t);

#endif
