/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of pages that a worker has made before: markup that is the same
 * whenever its key is the same, such as the row of a list for one revision of
 * an advisory.  A key holds all that the markup depends on.  Whether somebody
 * may see it is never asked here: who asks for a part has found its subject
 * by the access rule in the same request.
 *
 * A bounded store: what is not used goes first.
 */
#ifndef WEB_PART_H
#define WEB_PART_H

#include <stddef.h>
#include <stdint.h>

struct parts;

enum part_kind {
	PART_ROW = 1,  /* of a list of advisories */
	PART_FRAME,    /* the same, without title and summary */
	PART_FILTER,   /* the choices of a list's filter */
	PART_PROSE,    /* Markdown of a published revision */
	PART_DOCUMENT, /* the structured document of one */
	/* Of the library: */
	PART_LIBRARY_ROW,
	PART_LIBRARY_FRAME, /* the same, without title and summary */
	PART_LIBRARY_FILTER,
	PART_LIBRARY_TEXT, /* Markdown of a version's file */
	PART_CIRCLE,	   /* a circle's name among others */
	PART_AGREEMENT,	   /* a row of a list of agreements */
	PART_REGISTER,	   /* the same of the register */
	PART_TERMS,	   /* Markdown of a version of an agreement */
	PART_TODAY	   /* what an organisation's agreements say today */
};

/* All of it is compared; what is not needed is 0. */
struct part_key {
	uint64_t kind;	/* enum part_kind */
	uint64_t id;	/* of the subject */
	uint64_t state; /* all else that the markup shows, as bits */
	uint64_t at;	/* a time that it shows */
};

enum {
	PARTS_BYTES = 1536 * 1024, /* of all markup that is kept */
	PART_BYTES = 48 * 1024	   /* larger ones are not */
};

/* NULL: no memory.  parts_free(NULL) is harmless. */
struct parts *parts_new(void);
void parts_free(struct parts *);

/* Valid until the next parts_keep(); NULL: it is not there. */
const char *parts_find(struct parts *, const struct part_key *, size_t *len);
/* Copies `markup`.  Without memory for it, it is not kept. */
void parts_keep(
    struct parts *, const struct part_key *, const char *markup, size_t len);

#endif
