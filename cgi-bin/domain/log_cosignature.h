/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What witnesses have said of a checkpoint, as the lines that go behind its
 * note.  Kept by domain/log_witness.h.
 */
#ifndef DOMAIN_LOG_COSIGNATURE_H
#define DOMAIN_LOG_COSIGNATURE_H

#include "base/buf.h"
#include "domain/ctx.h"

/*
 * Adds those of that size, by the witness's name: the newest LOG_WITNESSES, as
 * a note with the log's own line has room for.  The buffer's limit holds.
 */
enum err log_cosignature_lines(struct ctx *, uint64_t size, struct buf *);

#endif
