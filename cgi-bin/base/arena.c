/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/*
 * Under AddressSanitizer what is not handed out is poisoned, so that a piece
 * used after arena_reset() or past its end is found.
 */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
#endif

enum {
	ALIGN = alignof(max_align_t),
	FIRST_BYTES = 64 * 1024,
	EXIT_SOFTWARE = 70 /* sysexits.h */
};

struct block {
	struct block *next; /* the one before in time */
	size_t cap;
	size_t used;
	alignas(ALIGN) unsigned char bytes[];
};

struct arena {
	struct block *newest; /* pieces come from here */
	size_t used;
	size_t max;
};

/* Of the process, as its end is. */
static void (*before_end)(void *state);
static void *before_end_state;

void
arena_before_end(void (*call)(void *state), void *state)
{
	before_end = call;
	before_end_state = state;
}

static _Noreturn void
give_up(const char *why, size_t size)
{
	void (*call)(void *) = before_end;

	log_line(LOG_ERROR, "arena", "%s, asked for %zu bytes", why, size);
	before_end = NULL;
	if (call != NULL)
		call(before_end_state);
	_exit(EXIT_SOFTWARE);
}

static struct block *
block_new(size_t cap, struct block *next)
{
	struct block *b;
	size_t size;

	if (__builtin_add_overflow(sizeof(*b), cap, &size))
		give_up("size overflow", cap);
	if ((b = malloc(size)) == NULL)
		give_up("no memory", size);
	b->next = next;
	b->cap = cap;
	b->used = 0;
	HIDE(b->bytes, cap);
	return b;
}

struct arena *
arena_new(size_t max_bytes)
{
	struct arena *a;

	if ((a = malloc(sizeof(*a))) == NULL)
		give_up("no memory", sizeof(*a));
	a->newest = block_new(FIRST_BYTES, NULL);
	a->used = 0;
	a->max = max_bytes;
	return a;
}

/* Frees all blocks but the first one, which is the last in the list. */
static void
drop_later(struct arena *a)
{
	struct block *b;

	while ((b = a->newest)->next != NULL) {
		a->newest = b->next;
		SHOW(b->bytes, b->cap);
		free(b);
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	drop_later(a);
	SHOW(a->newest->bytes, a->newest->cap);
	free(a->newest);
	free(a);
}

void
arena_reset(struct arena *a)
{
	drop_later(a);
	HIDE(a->newest->bytes, a->newest->cap);
	a->newest->used = 0;
	a->used = 0;
}

/* Blocks double, so that a large page costs few of them. */
static void
grow(struct arena *a, size_t size)
{
	size_t cap = a->newest->cap * 2;

	if (cap > a->max)
		cap = a->max;
	if (cap < size)
		cap = size;
	a->newest = block_new(cap, a->newest);
}

/* `room` is the size with what alignment adds; not zeroed. */
static void *
take(struct arena *a, size_t size)
{
	void *piece;
	size_t room;

	if (__builtin_add_overflow(size, (size_t)ALIGN - 1, &room))
		give_up("size overflow", size);
	room &= ~(size_t)(ALIGN - 1);
	if (room == 0)
		room = ALIGN;
	if (room > a->max - a->used)
		give_up("over the limit", size);
	if (room > a->newest->cap - a->newest->used)
		grow(a, room);
	piece = a->newest->bytes + a->newest->used;
	SHOW(piece, size);
	a->newest->used += room;
	a->used += room;
	return piece;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		give_up("size overflow", n);
	return arena_alloc(a, total);
}

char *
arena_copy(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_copy_n(a, s, strlen(s));
}

char *
arena_copy_n(struct arena *a, const void *bytes, size_t len)
{
	size_t size;
	char *out;

	if (bytes == NULL)
		return NULL;
	if (__builtin_add_overflow(len, 1, &size))
		give_up("size overflow", len);
	out = take(a, size);
	memcpy(out, bytes, len);
	out[len] = '\0';
	return out;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	char text[256]; /* most are shorter, and formatted once */
	va_list ap;
	char *out;
	int len;

	va_start(ap, format);
	len = vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (len < 0)
		give_up("format", 0);
	out = take(a, (size_t)len + 1);
	if ((size_t)len < sizeof(text))
		return memcpy(out, text, (size_t)len + 1);
	va_start(ap, format);
	vsnprintf(out, (size_t)len + 1, format, ap);
	va_end(ap);
	return out;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
