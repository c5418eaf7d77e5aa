/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Canonical JSON (RFC 8785) of a jansson value: keys sorted by UTF-16 code
 * units, no white space, the shortest escapes.  Only what records need:
 * objects, arrays, strings, integers up to 2^53-1, booleans, null.  A real
 * or a larger integer is ERR_INTERNAL: numbers that another program could
 * read differently have no place in a record.
 */
#ifndef BASE_JCS_H
#define BASE_JCS_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Appends to the buffer.  ERR_TOO_LARGE when it does not fit, ERR_INTERNAL
 * also for a text that is not UTF-8 or values nested deeper than 32.  After
 * an error the buffer holds a beginning, to be thrown away.
 */
enum err jcs_write(const json_t *, struct buf *);

#endif
