/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents of the library, contributed over HTTP by the CSIRT, with a file
 * of plain text; each gives the ref.
 */
#ifndef HTTP_LIBRARY_H
#define HTTP_LIBRARY_H

#include "client.h"

/* A file that is handed in. */
struct library_file {
	const char *name;
	const void *bytes;
	size_t len;
};

/* "a.txt" with that text. */
struct library_file library_text(const char *text);

/* What each form must have, and more of it: names and values in turn. */
#define LIBRARY_FORM(...)                                                  \
	FIELDS("kind", "guide", "language", "fr", "summary", "A summary.", \
	    __VA_ARGS__)

/* By anybody: the answer of the form. */
const struct answer *library_send(
    struct client *, const char *const *fields, const struct library_file *);
/* The ref in an answer's Location; ends the test when it leads elsewhere. */
char *library_ref(const struct answer *);
/* "/documents/DOC-2026-0007/edit"; `end` may be "". */
char *library_path(const char *ref, const char *end);

char *library_draft(const char *title, const char *label, const char *circle);
void library_publish(struct client *, const char *ref);
char *
library_published(const char *title, const char *label, const char *circle);
/* Of the ministry: published to the community under TLP:GREEN, or a draft. */
char *library_theirs(void);
char *library_theirs_draft(void);

/* Files on their way in: none may lie there between requests. */
int library_waiting(void);

#endif
