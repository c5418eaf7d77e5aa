/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8 (RFC 3629), one character at a time, without a library: what the log
 * and the checks of texts need in every program.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The character at `p`, of which `len` bytes are there: how many bytes it
 * has, 1 to 4.  -1 when they are none: cut, overlong, a surrogate, or above
 * U+10FFFF; *c is then -1.
 */
int utf8_decode(const void *p, size_t len, int32_t *c);

#endif
