/* SPDX-License-Identifier: Apache-2.0 */
/* How a sector is doing, in sums that tell of nobody. */
#include <string.h>

#include "domain/answer_store.h"
#include "domain/sector.h"

enum { SQL_PICTURE, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/*
	 * Per advisory x that counts: who could answer, and who did.  An
	 * advisory that asks for nothing has no silence; whoever lost the
	 * grant is no longer counted, nor is the answer.
	 */
	[SQL_PICTURE] =
	    "WITH " ACCESS_WHO ","
	    " members(organisation, max_label) AS ("
	    " SELECT o.id, MAX(g.max_label) FROM circle c"
	    " JOIN access_grant g ON g.circle = c.id"
	    " JOIN organisation o ON o.id = g.organisation"
	    " AND o.state = 'admitted'"
	    " AND o.kind IN ('operator', 'institution'), reader"
	    " WHERE c.kind = 'sector' AND c.ref = $4 AND " ACCESS_VALID
	    " GROUP BY o.id),"
	    " items(advisory, label, asks) AS ("
	    " SELECT x.advisory, x.label, x.answer_by_at IS NOT NULL"
	    " FROM circle c JOIN advisory_circle x ON x.circle = c.id"
	    " WHERE c.kind = 'sector' AND c.ref = $4 AND x.position >= $5"
	    " AND x.state = 'published' AND x.label < 4),"
	    " sizes(label, organisations) AS ("
	    " SELECT l.label, (SELECT COUNT(*) FROM members m"
	    " WHERE m.max_label >= l.label)"
	    " FROM (SELECT DISTINCT label FROM items) l),"
	    " given(asks, state, pairs) AS (SELECT i.asks, w.state, COUNT(*)"
	    " FROM items i JOIN answer w ON w.advisory = i.advisory"
	    " JOIN members m ON m.organisation = w.organisation"
	    " AND m.max_label >= i.label GROUP BY i.asks, w.state)"
	    " SELECT (SELECT COUNT(*) FROM items),"
	    " (SELECT COUNT(*) FROM members),"
	    " COALESCE((SELECT SUM(pairs) FROM given"
	    " WHERE state IN ('mitigated', 'unaffected')), 0),"
	    " COALESCE((SELECT SUM(pairs) FROM given"
	    " WHERE state IN ('examining', 'mitigating')), 0),"
	    " COALESCE((SELECT SUM(z.organisations) FROM items i"
	    " JOIN sizes z ON z.label = i.label WHERE i.asks = 1), 0)"
	    " - COALESCE((SELECT COUNT(*) FROM items i"
	    " JOIN advisory a ON a.id = i.advisory"
	    " JOIN members m ON m.organisation = a.organisation"
	    " AND m.max_label >= i.label WHERE i.asks = 1), 0)"
	    " - COALESCE((SELECT SUM(pairs) FROM given WHERE asks = 1), 0),"
	    /* Who publishes here does not answer itself. */
	    " (SELECT COUNT(*) FROM members m WHERE NOT EXISTS ("
	    "SELECT 1 FROM items i JOIN advisory a ON a.id = i.advisory"
	    " WHERE a.organisation = m.organisation))",
};
/* clang-format on */

enum err
sector_picture(
    struct ctx *ctx, int sector, int64_t since_at, struct sector_picture *out)
{
	struct db_rows *rows;

	memset(out, 0, sizeof(*out));
	out->sector = sector;
	if (sector < 0 || sector >= SECTOR_COUNT)
		return ERR_NOT_FOUND;
	rows = db_query(ctx->db, sql[SQL_PICTURE],
	    DB_ARGS(ACCESS_READER(ctx), db_t(sector_words[sector]),
		db_i(since_at)));
	if (db_next(rows)) {
		out->advisories = db_col_int(rows, 0);
		out->organisations = db_col_int(rows, 1);
		out->has_totals = db_col_int(rows, 5) >= ANSWER_TOTALS_FROM;
	}
	if (out->has_totals) {
		out->done = db_col_int(rows, 2);
		out->going = db_col_int(rows, 3);
		out->silent = db_col_int(rows, 4);
	}
	return db_done(rows);
}
