/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/newest.h"

#include <string.h>

void
newest_start(struct ctx *ctx, int limit, struct newest *n)
{
	n->count = n->last = 0;
	n->most = (size_t)limit + 1;
	n->rows = arena_array(ctx->arena, n->most, sizeof(*n->rows));
}

/* Into its place, behind the one before; a full page loses its oldest. */
static void
insert(struct newest *n, const struct newest_row *row)
{
	struct newest_row *rows = n->rows;
	size_t i = n->last;

	while (i < n->count && rows[i].key > row->key)
		i++;
	n->last = i;
	if (i == n->most || (i < n->count && rows[i].key == row->key))
		return;
	if (n->count < n->most)
		n->count++;
	memmove(&rows[i + 1], &rows[i], (n->count - 1 - i) * sizeof(*rows));
	rows[i] = *row;
}

enum err
newest_add(struct newest *n, struct db_rows *rows)
{
	struct newest_row row;

	n->last = 0;
	while (db_next(rows)) {
		row.key = db_col_int(rows, 0);
		row.id = db_col_int(rows, 1);
		row.number = db_col_int(rows, 2);
		insert(n, &row);
	}
	return db_done(rows);
}

int64_t
newest_since(const struct newest *n, int64_t since)
{
	int64_t least;

	if (n->count < n->most)
		return since;
	least = n->rows[n->count - 1].key + 1;
	return least > since ? least : since;
}

int64_t
newest_end(struct newest *n)
{
	if (n->count < n->most)
		return 0;
	n->count--;
	return n->rows[n->count - 1].key;
}
