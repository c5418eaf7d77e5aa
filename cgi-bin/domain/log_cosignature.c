/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_cosignature.h"

#include "domain/log_witness_list.h"

enum { SQL_LINES, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/*
	 * Where the list of witnesses has changed there may be more: a note
	 * with all of them could be read by nobody, nor by the next start.
	 */
	[SQL_LINES] =
	    "SELECT line FROM (SELECT witness, line FROM log_cosignature"
	    " WHERE size = $1 ORDER BY cosigned_at DESC, witness LIMIT $2)"
	    " AS newest ORDER BY witness",
};
/* clang-format on */

enum err
log_cosignature_lines(struct ctx *ctx, uint64_t size, struct buf *out)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_LINES],
	    DB_ARGS(db_i((int64_t)size), db_i(LOG_WITNESSES)));

	while (db_next(rows))
		buf_adds(out, db_col_peek(rows, 0, NULL));
	return db_done(rows);
}
