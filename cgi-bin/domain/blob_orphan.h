/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is kept below blobs/ and nobody needs: files that no row names, which
 * an act left that was rolled back, or a worker that was killed while it kept
 * one; and rows that nothing refers to, of drafts that were thrown away.
 * They harm nobody but take room.  For ententectl.
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

/*
 * Forgets the rows, with the text inside, that were made before a moment and
 * nothing refers to: their files have no row any more then.
 */
enum err blob_forget_unused(struct ctx *, int64_t before_at, int64_t *n);

#endif
