/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was found of a document, as codes: the page makes the sentence of
 * them, in the reader's language.  Only the first fault is told.
 */
#ifndef SCAN_VERDICT_H
#define SCAN_VERDICT_H

#include <stdbool.h>

#include "scan/format.h"

enum verdict_fault {
	VERDICT_GOOD,
	VERDICT_UNKNOWN,    /* the name's ending is none of those taken */
	VERDICT_EMPTY,	    /* no byte in it, or no file in the archive */
	VERDICT_MISMATCH,   /* the name says `named`, the content is `found` */
	VERDICT_FORBIDDEN,  /* holds `what` */
	VERDICT_TOO_LARGE,  /* too much of `what` inside */
	VERDICT_ENCRYPTED,  /* cannot be read without a password */
	VERDICT_BROKEN,	    /* is not well-formed; `what` may say more */
	VERDICT_LIMIT,	    /* takes more time or memory than a document may */
	VERDICT_UNREADABLE, /* nothing is known: who looked at it died */
	VERDICT_INFECTED,   /* the antivirus daemon says so: `where` names it */
	VERDICT_UNASKED,    /* the antivirus daemon could not be asked */
	VERDICT__MAX
};

enum verdict_what {
	VERDICT_WHAT_NONE,

	/* forbidden */
	VERDICT_NAME,	   /* a name with control or bidirectional characters */
	VERDICT_PATH,	   /* a name with "..": it leaves its folder */
	VERDICT_ABSOLUTE,  /* a name from the root, or of a drive */
	VERDICT_LINK,	   /* a symbolic or hard link */
	VERDICT_DEVICE,	   /* neither a file nor a folder nor a link */
	VERDICT_DUPLICATE, /* two parts of one name */
	VERDICT_ARCHIVE,   /* an archive inside an archive */
	VERDICT_TYPE,	   /* a file of a type that is not taken */
	VERDICT_MACRO,	   /* programs inside an office document */
	VERDICT_ACTIVE,	   /* what does or fetches something when it is read */
	VERDICT_DTD,	   /* a document type: entities of its own */

	/* too large */
	VERDICT_ENTRIES, /* files in an archive */
	VERDICT_BYTES,	 /* bytes when unpacked */
	VERDICT_RATIO,	 /* bytes, for those that they were packed into */
	VERDICT_PIXELS,	 /* the picture */
	VERDICT_DEPTH,	 /* elements inside elements */

	/* broken */
	VERDICT_ENCODING, /* neither UTF-8 nor UTF-16 with its mark */
	VERDICT_CONTROL,  /* control characters: this is no text */

	VERDICT_WHAT__MAX
};

enum { VERDICT_FOUND = 100, VERDICT_WHERE = 256 }; /* bytes, with the NUL */

struct verdict {
	enum verdict_fault fault;
	enum verdict_what what;
	enum format named;	   /* by the ending of the name */
	bool is_cut;		   /* there is, or may be, more text */
	char found[VERDICT_FOUND]; /* media type of the content, or "" */
	char where[VERDICT_WHERE]; /* the part or file inside, or "" */
};

/* "good", "unknown" …; "none", "name" …: for keys of a catalogue; end NULL. */
extern const char *const verdict_faults[VERDICT__MAX + 1];
extern const char *const verdict_whats[VERDICT_WHAT__MAX + 1];

/*
 * Sets the fault unless there is one already; `where` may be NULL.  What is
 * no plain text in it becomes '?', and what is too long loses its end.
 * Always false, so that a check may end with it.
 */
bool verdict_refuse(
    struct verdict *, enum verdict_fault, enum verdict_what, const char *where);

/* Puts the name of a file in front of `where`: "a.zip" "b" is "a.zip/b". */
void verdict_within(struct verdict *, const char *name);

void verdict_found(struct verdict *, const char *media);

#endif
