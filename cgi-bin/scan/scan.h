/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asks entente-scan about an uploaded document: runs it as a child, reads its
 * bounded answer, believes nothing in it, and ends it when its time is over.
 * This is all that a worker needs of this floor, beside clamd.h.
 */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include <stddef.h>

#include "base/err.h"
#include "scan/verdict.h"

struct arena;

enum { SCAN_WALL_S = 25 };

struct scan_result {
	struct verdict verdict;
	const char
	    *text; /* UTF-8, NFKC, at most EXTRACT_MAX bytes; never NULL */
	size_t text_len;
};

/*
 * `program` is the path of entente-scan, `fd` the document, a regular file
 * open for reading (its offset is anywhere afterwards, and its name is not
 * needed), `name` the one that the uploader gave it.  What comes back lives
 * in the arena, which needs room for the text.  Descriptors 0, 1 and 2 must
 * be open, and SIGCHLD not ignored.
 *
 * ERR_OK with a verdict: VERDICT_LIMIT when the time was over,
 * VERDICT_UNREADABLE when the child ended in any way but with a whole answer.
 * ERR_INTERNAL (logged) when it could not be started.
 */
enum err scan_file(const char *program, int fd, const char *name,
    struct arena *, struct scan_result *);

/* The same with another limit of time; for tests, above all. */
enum err scan_file_within(struct arena *, const char *program, int fd,
    const char *name, int wall_ms, struct scan_result *);

#endif
