/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The backup file: a tar that standard tools read, with these members, in
 * this order, and nothing else:
 *
 *	entente-backup.json	{"format":1,"made":"…","portal":1,"auth":1}
 *	portal.db, auth.db	copies by SQLite's online backup
 *	blobs/ab/ab…		documents, named by their SHA-256
 *	SHA256SUMS		of all of the above, for `sha256sum -c`
 *
 * The file is compressed by gzip when its name ends in ".gz".
 */
#ifndef PROG_CTL_TAR_H
#define PROG_CTL_TAR_H

#include <stdbool.h>
#include <stddef.h>

#define TAR_ABOUT "entente-backup.json"
#define TAR_SUMS "SHA256SUMS"

enum {
	TAR_FORMAT = 1,
	TAR_NAME = 80, /* bytes of a member's name, the NUL included */
	TAR_PIECE = 64 * 1024
};

/* "blobs/ab/ab…": 64 lower-case hex digits in the folder of the first two. */
bool tar_is_blob(const char *name);

/* Any member's name but that of the sums. */
bool tar_is_content(const char *name);

#endif
