/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of an office document are, and what the elements in them
 * mean for its text.  Only for office.c.
 */
#ifndef SCAN_OFFICE_PARTS_H
#define SCAN_OFFICE_PARTS_H

#include <stddef.h>

#include "scan/format.h"
#include "scan/markup.h"
#include "scan/verdict.h"

enum { OFFICE_PARTS_MAX = 1024 }; /* sheets and the like */

struct office_part {
	char *name;
	int dialect;  /* which elements it has; 0: no text */
	bool is_main; /* without it there is no document */
	bool is_seen;
};

/* Where the reader of a part is; `to` of office_parts_ask(). */
struct office_place {
	int dialect;
	bool is_text; /* the cell's value is text, not a number */
};

struct office_parts {
	enum format format; /* FORMAT_NONE: another kind */
	char media[VERDICT_FOUND];
	bool has_macros;
	bool is_encrypted;
	char object[VERDICT_WHERE]; /* one of another program, or "" */
	struct office_part *part;
	size_t n;
};

/* For markup: [Content_Types].xml, META-INF/manifest.xml; `to` is the parts. */
enum markup_act office_parts_types(void *to, const char *, const char **);
enum markup_act office_parts_manifest(void *to, const char *, const char **);

/* By the entry `mimetype` of OpenDocument (part 2, §3.3). */
void office_parts_odf(struct office_parts *, const char *mimetype);

/* The part that is this entry, or NULL. */
struct office_part *office_parts_find(struct office_parts *, const char *name);

/* For markup: what an element of a part means. */
enum markup_act office_parts_ask(void *to, const char *, const char **);

/* False when a part that the document cannot be without was not seen. */
bool office_parts_complete(const struct office_parts *);

void office_parts_free(struct office_parts *);

#endif
