/* SPDX-License-Identifier: Apache-2.0 */
/* Percent-encoding (RFC 3986 §2.1) of paths, queries and forms. */
#ifndef WEB_PERCENT_H
#define WEB_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * `len` bytes decoded, '+' to space when `is_form`.  The result ends in NUL,
 * its length is in *out_len.  ERR_MALFORMED: a broken escape, or a NUL.
 */
enum err percent_decode(struct arena *, const char *, size_t len, bool is_form,
    char **out, size_t *out_len);

/* For a value in a query: all but RFC 3986's unreserved and '/' become %XX. */
char *percent_encode(struct arena *, const char *);

#endif
