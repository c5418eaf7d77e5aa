/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As much of HTML as a browser needs to send a form of ours back: our pages
 * quote every attribute.  Results are malloc'ed and kept.
 */
#ifndef HTTP_HTML_H
#define HTTP_HTML_H

#include "client.h"

enum { HTML_FIELDS = 120 };

struct html_form {
	char *action;
	size_t count;
	struct {
		char *name, *value;
	} field[HTML_FIELDS];
};

/* Text with & entities resolved. */
char *html_text(const char *, size_t len);

/* The value of the first <input> of that name; NULL when there is none. */
const char *html_value(const char *page, const char *name);

/*
 * The form that posts to `action`, with all that it holds: hidden fields,
 * texts, what is checked and selected.  NULL when the page has none.
 */
struct html_form *html_form(const struct answer *, const char *action);

/* Instead of what it holds (NULL: nothing), or one more of that name. */
void html_set(struct html_form *, const char *name, const char *value);
void html_add(struct html_form *, const char *name, const char *value);
const char *html_get(const struct html_form *, const char *name);
bool html_has(const struct html_form *, const char *name, const char *value);

/* Sends it. */
const struct answer *html_send(struct client *, const struct html_form *);

/*
 * The page without what is new in each answer: csrf and once, and each of
 * `words` (NULL-ended), become '#'.
 */
char *html_plain(const struct answer *, const char *const *words);

#endif
