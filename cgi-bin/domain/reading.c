/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/reading.h"

#include "domain/list.h"

enum err
reading_rows(
    struct ctx *ctx, struct db_rows *rows, struct reading_row **out, size_t *n)
{
	struct reading_row *all = NULL, *row;

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		row = &all[(*n)++];
		row->organisation_name = db_col_text(rows, 0, ctx->arena);
		row->person_name = db_col_text(rows, 1, ctx->arena);
		row->is_own = db_col_int(rows, 2) != 0;
		row->people = db_col_int(rows, 3);
		row->first_at = db_col_int(rows, 4);
		row->last_at = db_col_int(rows, 5);
		row->downloads = db_col_int(rows, 6);
		row->downloaded_at = db_col_int(rows, 7);
	}
	*out = all;
	return db_done(rows);
}
