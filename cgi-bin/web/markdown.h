/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markdown to HTML by cmark-gfm (tables, autolinks, strikethrough): raw HTML
 * shown as text, dangerous links dropped, images turned into links, headings
 * moved so that the highest comes right below the page's h2, links with
 * rel="noreferrer".
 */
#ifndef WEB_MARKDOWN_H
#define WEB_MARKDOWN_H

#include "base/arena.h"
#include "base/err.h"

/* Bytes: room for an advisory's 20,000 characters of any script. */
enum { MARKDOWN_MAX = 80 * 1024 };

/*
 * ERR_TOO_LARGE, ERR_MEMORY.  Empty text gives "".  cmark has costly cases
 * (markdown_cost.h): a text with many thousand table cells is shown without
 * its tables, one with hundreds of addresses without links that were not
 * marked as such, and one that nests or repeats without end as it was typed.
 */
enum err markdown_html(struct arena *, const char *text, char **html);

#endif
