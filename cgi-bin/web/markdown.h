/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Markdown to HTML by cmark-gfm (tables, autolinks, strikethrough): raw HTML
 * and dangerous links dropped, images turned into links, headings moved down
 * so that they fit below the page's h2, links with rel="noreferrer".
 */
#ifndef WEB_MARKDOWN_H
#define WEB_MARKDOWN_H

#include "base/arena.h"
#include "base/err.h"

enum { MARKDOWN_MAX = 64 * 1024 }; /* bytes; cmark has quadratic cases */

/* ERR_TOO_LARGE, ERR_MEMORY.  Empty text gives "". */
enum err markdown_html(struct arena *, const char *text, char **html);

#endif
