/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a ZIP archive in memory by libarchive, entry by entry, and refuses
 * what must not be in one.  Nothing is ever written, and no name is used for
 * anything but to compare and to tell.
 *
 * Refused: names that leave their folder, or start at the root or a drive,
 * or have control or bidirectional characters; links and devices; encrypted
 * entries; more entries, bytes or bytes for those packed than the limits; a
 * folder of contents and entries that disagree; checksums that do not fit.
 * A name that is not UTF-8 passes, since archives of old have them so.
 */
#ifndef SCAN_UNPACK_H
#define SCAN_UNPACK_H

#include <stddef.h>
#include <stdint.h>

#include "scan/verdict.h"

enum {
	UNPACK_ENTRIES = 4096, /* files and folders, in all archives */
	UNPACK_BYTES = 256 * 1024 * 1024,
	/*
	 * Deflate makes at most 1,032 of 1; office XML and logs 10 to 50.
	 * What is small in all never counts as a bomb.
	 */
	UNPACK_RATIO = 200,
	UNPACK_RATIO_FROM = 1024 * 1024,
	UNPACK_DEPTH = 1 /* archives inside the uploaded one */
};

/* What is left; archives inside one another share it. */
struct unpack_budget {
	uint64_t bytes;
	unsigned entries;
	unsigned depth;
};

#define UNPACK_BUDGET                                             \
	{                                                         \
		.bytes = UNPACK_BYTES, .entries = UNPACK_ENTRIES, \
		.depth = UNPACK_DEPTH                             \
	}

/*
 * Called for each file (not for folders).  False ends the reading; who says
 * it has said why in the verdict, or has enough.
 */
struct unpack_visitor {
	void *to;
	/* Files that are not wanted are read only if `reads_all`. */
	bool (*open)(void *to, const char *name, bool *is_wanted);
	bool (*data)(void *to, const uint8_t *, size_t);
	bool (*close)(void *to, const char *name);
	bool reads_all;
};

/* True when every entry was visited and nothing was refused. */
bool unpack_all(const uint8_t *, size_t len, struct unpack_budget *,
    const struct unpack_visitor *, struct verdict *);

/* A ZIP archive with something in it begins so ("PK\3\4"). */
bool unpack_is_zip(const uint8_t *, size_t len);

#endif
