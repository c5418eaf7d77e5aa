/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files kept by content: <data_dir>/blobs/<first two>/<sha256>, written to a
 * temporary name, fsynced, renamed, the folder fsynced; then the row.
 */
#ifndef DOMAIN_BLOB_H
#define DOMAIN_BLOB_H

#include "crypt/token.h"
#include "domain/ctx.h"

/*
 * Inside a transaction (else ERR_INTERNAL).  The same bytes twice are one
 * blob, of the first one's media type.  A file that is there but not as long
 * as it should be is written anew.
 */
enum err blob_keep(struct ctx *, const void *, size_t len,
    const char *media_type, int64_t *id);

/*
 * The same of an uploaded file, however large: measured before the
 * transaction that keeps it, so that nobody waits for its bytes.
 */
struct blob_file {
	const char *path; /* a temporary file of data_dir/tmp */
	char sha256[DIGEST_TEXT];
	size_t bytes;
};
/*
 * Reads the whole of `path`, which the result keeps, and flushes it to the
 * disk.  ERR_INTERNAL (logged) when it cannot be read, ERR_FULL no space.
 */
enum err blob_measure(const char *path, struct blob_file *);
/*
 * As blob_keep(): moves the file to its place, or leaves it where it is when
 * its bytes are kept already.
 */
enum err blob_keep_file(struct ctx *, const struct blob_file *,
    const char *media_type, int64_t *id);

/* Path below blobs/ ("ab/ab12…") for X-Accel-Redirect /blobs/…. */
enum err blob_path(struct ctx *, int64_t id, char **path, char **media_type);
/* Re-reads all: for ententectl check.  Answers as record_verify() does. */
enum err blob_verify(struct ctx *, int64_t *checked, char **problem);

#endif
