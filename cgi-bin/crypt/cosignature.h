/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A witness's signature of a checkpoint (C2SP tlog-cosignature, v1): that it
 * saw this checkpoint at that time, and none that contradicts it.  Signing is
 * crypt/cosignature_sign.h.
 *
 *	signed	"cosignature/v1\n" "time <unix seconds>\n" <checkpoint body>
 *	blob	time[8, big-endian] ‖ signature[64]
 */
#ifndef CRYPT_COSIGNATURE_H
#define CRYPT_COSIGNATURE_H

#include "crypt/note.h"

enum { COSIGNATURE_BLOB = 8 + NOTE_SIGNATURE };

/*
 * Has the witness of that key (type NOTE_COSIGNATURE) signed this note's
 * text?  *time_s is when, Unix seconds, else 0.  TLOG_UNSIGNED, TLOG_WRONG as
 * note_check() says; TLOG_TIME: it holds for a time beyond what can be, or for
 * none.  The latest counts where there are several.
 */
enum tlog_reason cosignature_check(
    const struct note *, const struct note_key *, int64_t *time_s);

/* The bytes that are signed.  The buffer's limit holds. */
void cosignature_message(struct buf *, uint64_t time_s, struct span body);

#endif
