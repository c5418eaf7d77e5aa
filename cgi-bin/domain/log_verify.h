/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the published log the database's?  All of it is computed again from the
 * records: for ententectl check.
 */
#ifndef DOMAIN_LOG_VERIFY_H
#define DOMAIN_LOG_VERIFY_H

#include "domain/ctx.h"

/*
 * Compares each tile of the published checkpoint, the checkpoint's signature
 * and root, and the root of each checkpoint that was noted before it.  Where
 * the log has no folder yet, as after a restore, the roots alone.
 * *problem is NULL or one sentence about the first thing that is wrong, with
 * ERR_OK; *checked is how many records are in the log.  Must not be called
 * inside of db_read(): the log may be newer than that moment.
 */
enum err log_verify(struct ctx *, int64_t *checked, char **problem);

#endif
