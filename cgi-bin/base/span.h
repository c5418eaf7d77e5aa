/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A piece of somebody's bytes, taken apart line by line without a copy: for
 * small text formats that are strict about every byte.  What it points to
 * must live on.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *at;
	size_t len;
};

struct span span_of(const char *);

/*
 * Takes the first line off `rest`, without its LF.  False when there is none,
 * or its LF is missing; nothing is taken then.
 */
bool span_line(struct span *rest, struct span *line);

/* Takes all before the first `c`, and it, off `rest`; false: there is none. */
bool span_until(struct span *rest, char c, struct span *before);

/* Takes the prefix off; false: it does not begin so, and stays. */
bool span_skip(struct span *, const char *prefix);

bool span_is(struct span, const char *);

/* Decimal digits, the whole span; no sign, no leading zero; at most `max`. */
bool span_to_uint(struct span, uint64_t max, uint64_t *);

/*
 * The span and a NUL, where it fits into `cap` and holds no NUL itself; else
 * false, and the text is empty.
 */
bool span_text(struct span, char *out, size_t cap);

#endif
