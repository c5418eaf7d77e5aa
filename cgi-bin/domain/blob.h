/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files kept by content: <data_dir>/blobs/<first two>/<sha256>, written to a
 * temporary name, fsynced, renamed, the folder fsynced; then the row.
 */
#ifndef DOMAIN_BLOB_H
#define DOMAIN_BLOB_H

#include "domain/ctx.h"

/*
 * Inside a transaction (else ERR_INTERNAL).  The same bytes twice are one
 * blob, of the first one's media type.  A file that is there but not as long
 * as it should be is written anew.
 */
enum err blob_keep(struct ctx *, const void *, size_t len,
    const char *media_type, int64_t *id);
/* Path below blobs/ ("ab/ab12…") for X-Accel-Redirect /blobs/…. */
enum err blob_path(struct ctx *, int64_t id, char **path, char **media_type);
/* Re-reads all: for ententectl check.  Answers as record_verify() does. */
enum err blob_verify(struct ctx *, int64_t *checked, char **problem);

#endif
