/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing byte buffer with an upper bound, on the heap, so that one can be
 * kept and reused over requests.  Always NUL-terminated after the last byte.
 * An addition that does not fit (or finds no memory) adds nothing and sets
 * `overflow`, after which nothing is added any more: what is there is a
 * beginning without holes.  Check it once, at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *data; /* NULL until the first addition */
	size_t len; /* without the NUL */
	size_t cap;
	size_t max; /* bytes, without the NUL */
	bool overflow;
};

void buf_init(struct buf *, size_t max);
void buf_free(struct buf *); /* harmless on an empty or freed buffer */
void buf_reset(struct buf *);
/* The same, and gives back memory of more than `kept` bytes. */
void buf_rest(struct buf *, size_t kept);
void buf_add(struct buf *, const void *, size_t len);
void buf_addc(struct buf *, char);
void buf_adds(struct buf *, const char *);
void buf_addf(struct buf *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
