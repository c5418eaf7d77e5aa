/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files below blobs/ that no row names: what an act left that was rolled
 * back, or a worker that was killed while it kept one.  They harm nobody but
 * take room.  For ententectl.
 */
#ifndef DOMAIN_BLOB_ORPHAN_H
#define DOMAIN_BLOB_ORPHAN_H

#include "domain/ctx.h"

struct blob_orphans {
	int64_t count;
	int64_t bytes;
};

/* Those last written before a moment: an act may be keeping a newer one. */
enum err
blob_orphans_find(struct ctx *, int64_t before_at, struct blob_orphans *);
/*
 * Removes them.  Each is asked about again and removed under the writers'
 * lock, so that no act keeps it meanwhile.  Not inside of db_begin().
 */
enum err
blob_orphans_remove(struct ctx *, int64_t before_at, struct blob_orphans *);

#endif
