/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Canonical JSON (RFC 8785) read without a library and without a tree: is it
 * the one canonical text, and what are the values in it?  For who checks
 * records and must not need more than this.  What jcs_write() writes it
 * takes; numbers are integers up to 2^53-1, as there.
 */
#ifndef BASE_JCS_READ_H
#define BASE_JCS_READ_H

#include <stdbool.h>

#include "base/span.h"

enum { JCS_DEPTH = 32, JCS_PATH = 256 };

enum jcs_type { JCS_STRING, JCS_NUMBER, JCS_TRUE, JCS_FALSE, JCS_NULL };

struct jcs_value {
	/* "what.parties[].ref": names by '.', "[]" for any place in an array;
	   a name is as it is written, with its escapes. */
	const char *path;
	enum jcs_type type;
	/* As it is written: of a string what stands between the quotes, with
	   its escapes, of which there is only one way to write each. */
	struct span text;
};

/*
 * True when the bytes are one value in canonical form, nested no deeper than
 * JCS_DEPTH, with paths shorter than JCS_PATH.  `visit`, which may be NULL,
 * is called for each value that is neither object nor array, in order, also
 * before it turns out that the text is not right.
 */
bool jcs_read(
    struct span, void (*visit)(void *arg, const struct jcs_value *), void *arg);

#endif
