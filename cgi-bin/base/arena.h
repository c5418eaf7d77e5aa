/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that lives as long as one request (or one command): allocated piece
 * by piece, given back all at once.
 *
 * Allocation never returns NULL.  Every input has a size limit, so an arena
 * that grows past its own limit is a fault of ours or a machine without
 * memory; the process then logs and ends with status 70 (EX_SOFTWARE).  A
 * worker's open transaction rolls back, its supervisor starts another one,
 * and one request is lost: better than a page made of half the data.
 *
 * It does not go on by longjmp(): statements, trees of ClearSilver, jansson
 * and cmark, files and buffers of the frames above would stay behind, and what
 * was half changed in them.  Who asked is told by arena_before_end().
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/*
 * What is called once before the process ends so, with its `state`; NULL:
 * nothing.  It may allocate from no arena.
 */
void arena_before_end(void (*call)(void *state), void *state);

/* `max_bytes`: what all pieces together may take. */
struct arena *arena_new(size_t max_bytes);
void arena_free(struct arena *);

/* Forgets all pieces; keeps the first block for the next request. */
void arena_reset(struct arena *);

/* Zeroed, aligned for any type.  n * size is checked for overflow. */
void *arena_alloc(struct arena *, size_t size);
void *arena_array(struct arena *, size_t n, size_t size);

/* Copies end in NUL.  A NULL string gives NULL. */
char *arena_copy(struct arena *, const char *);
char *arena_copy_n(struct arena *, const void *, size_t len);
char *arena_printf(struct arena *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *);

#endif
