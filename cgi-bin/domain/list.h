/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a query gathered in the arena, without counting them first:
 *
 *	while (db_next(rows)) {
 *		all = list_room(ctx->arena, all, n, sizeof(*all));
 *		fill(ctx, rows, &all[n++]);
 *	}
 */
#ifndef DOMAIN_LIST_H
#define DOMAIN_LIST_H

#include <string.h>

#include "base/arena.h"

enum { LIST_START = 32 }; /* a power of two */

/*
 * The array with room for one row after its first n: itself, or a copy twice
 * as large.  Begin with NULL and 0, and add one row a call.
 */
static inline void *
list_room(struct arena *arena, void *rows, size_t n, size_t size)
{
	void *more;

	if (n > 0 && (n < LIST_START || (n & (n - 1)) != 0))
		return rows;
	more = arena_array(arena, n == 0 ? LIST_START : 2 * n, size);
	if (n > 0)
		memcpy(more, rows, n * size);
	return more;
}

#endif
