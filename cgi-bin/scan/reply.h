/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What entente-scan answers, as bytes: 20 bytes of head (magic "ENSC", then
 * version, fault, what, named, cut, a zero; lengths of found, where and text
 * as big-endian 16, 16, 32 bits; two zeros), then found, where and text.
 * Whoever reads it believes nothing: the child has read hostile bytes, and
 * may say what these made it say.
 */
#ifndef SCAN_REPLY_H
#define SCAN_REPLY_H

#include "base/buf.h"
#include "scan/extract.h"
#include "scan/verdict.h"

enum {
	REPLY_HEAD = 20,
	REPLY_MAX = REPLY_HEAD + VERDICT_FOUND + VERDICT_WHERE + EXTRACT_MAX
};

/* Appends the whole reply; the buffer wants room for REPLY_MAX. */
void reply_write(
    struct buf *, const struct verdict *, const char *text, size_t text_len);

/*
 * True when the bytes are one whole reply, each field within its range, and
 * its texts are plain UTF-8 without NUL, control or bidirectional characters
 * (the text itself may have newlines).  *text points into the bytes.  On
 * false the verdict is VERDICT_UNREADABLE and the text empty.
 */
bool reply_read(const void *, size_t len, struct verdict *, const char **text,
    size_t *text_len);

#endif
