/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML by expat, in pieces as they are unpacked: the text of some elements
 * goes to a collector.  No document type is taken, hence no entity but the
 * five of XML, and nothing outside is ever referred to.
 */
#ifndef SCAN_MARKUP_H
#define SCAN_MARKUP_H

#include <stddef.h>
#include <stdint.h>

#include "scan/extract.h"
#include "scan/verdict.h"

enum {
	MARKUP_DEPTH = 512,	   /* elements inside elements */
	MARKUP_TOKEN = 1024 * 1024 /* bytes, of one tag or comment */
};

enum markup_act {
	MARKUP_PASS, /* nothing of its own */
	MARKUP_LINE, /* a new line begins */
	MARKUP_SPACE,
	MARKUP_TEXT, /* characters in it, and in what is in it, are text */
	MARKUP_SKIP  /* nothing in it counts */
};

struct markup;

/* All that is pointed to must live as long as the parser. */
struct markup_options {
	/* What an element means, by its name without namespace. */
	enum markup_act (*ask)(
	    void *to, const char *element, const char **attributes);
	void *to;
	struct extract *text;
	struct verdict *verdict;
	const char *where; /* the part's name, for the verdict */
};

/* NULL: no memory. */
struct markup *markup_new(const struct markup_options *);
void markup_free(struct markup *); /* NULL is harmless */

/*
 * False when it need not go on: there is text enough (the verdict is good),
 * or VERDICT_BROKEN, VERDICT_FORBIDDEN with VERDICT_DTD, VERDICT_TOO_LARGE
 * with VERDICT_DEPTH, or with VERDICT_BYTES where one tag or comment is.
 */
bool markup_feed(struct markup *, const uint8_t *, size_t len);
/* After the last piece: that it was whole. */
bool markup_end(struct markup *);

/* An attribute's value by its name without namespace, or NULL. */
const char *markup_attribute(const char **attributes, const char *name);
/* Is this the attribute of that name, in whatever namespace? */
bool markup_is_called(const char *attribute, const char *name);

#endif
