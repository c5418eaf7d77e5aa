/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of plain text: UTF-8, with or without its mark, or UTF-16 with it.
 * Other encodings are refused, since nobody can tell them apart for sure, and
 * a document that reads wrong is worse than one to be saved once more.
 */
#ifndef SCAN_PLAIN_H
#define SCAN_PLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "scan/extract.h"
#include "scan/verdict.h"

/*
 * VERDICT_BROKEN with VERDICT_ENCODING, or with VERDICT_CONTROL where there
 * is NUL or another control character than tab, newline (LF, CR) and form
 * feed.  All of it is checked, also where the text is cut.
 */
bool
plain_read(const uint8_t *, size_t len, struct extract *, struct verdict *);

#endif
