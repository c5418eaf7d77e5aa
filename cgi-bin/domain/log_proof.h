/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The receipt of a record: a `.tlog-proof` (crypt/tlog_proof.h) that it is in
 * the log, for the newest checkpoint that is published, with the cosignatures
 * that are published with it.  Whoever asks has found the record by
 * domain/record_list.h: who may have it is not asked here.
 */
#ifndef DOMAIN_LOG_PROOF_H
#define DOMAIN_LOG_PROOF_H

#include "base/buf.h"
#include "crypt/merkle.h"
#include "domain/ctx.h"

/*
 * What a process that gives many keeps from one to the next: ctx->tiles.
 * NULL: no memory.
 */
struct log_tiles *log_tiles_new(const struct conf *);
void log_tiles_free(struct log_tiles *);

/*
 * Adds the file of record number `record` to the buffer, after it was
 * checked; its limit should be TLOG_PROOF_MAX.  ERR_NOT_FOUND: there is no
 * such record, or it is in no published checkpoint yet.  ERR_CORRUPT (logged):
 * the files do not prove what the database has; nothing is added then.
 */
enum err log_proof(struct ctx *, int64_t record, struct buf *);

/*
 * Records that the published checkpoint has; 0 before the first.  ERR_CORRUPT
 * (logged): it cannot be read.
 */
enum err log_proof_size(struct ctx *, int64_t *size);
/* What a checkpoint's bytes say; its signature is not verified. */
enum err log_proof_tree_of(const struct buf *, struct merkle_point *);

#endif
