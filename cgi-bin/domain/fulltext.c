/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/fulltext.h"

enum { MERGE_PAGES = 250 /* of the index, in one transaction: about 10 ms */ };

enum {
	SQL_MERGE,
	SQL_PAGES = SQL_MERGE + FULLTEXT__MAX,
	SQL_PIECES = SQL_PAGES + FULLTEXT__MAX,
	SQL__MAX = SQL_PIECES + FULLTEXT__MAX
};

#define MERGE(fts) "INSERT INTO " fts " (" fts ", rank) VALUES ('merge', $1)"
#define PAGES(fts) "SELECT COUNT(*) FROM " fts "_data"
#define PIECES(fts) "SELECT COUNT(DISTINCT segid) FROM " fts "_idx"

static const char *const sql[SQL__MAX] = {
	[SQL_MERGE + FULLTEXT_ADVISORY] = MERGE("advisory_fts"),
	[SQL_MERGE + FULLTEXT_DOCUMENT] = MERGE("document_fts"),
	[SQL_MERGE + FULLTEXT_DOCUMENT_HEAD] = MERGE("document_head_fts"),
	[SQL_PAGES + FULLTEXT_ADVISORY] = PAGES("advisory_fts"),
	[SQL_PAGES + FULLTEXT_DOCUMENT] = PAGES("document_fts"),
	[SQL_PAGES + FULLTEXT_DOCUMENT_HEAD] = PAGES("document_head_fts"),
	[SQL_PIECES + FULLTEXT_ADVISORY] = PIECES("advisory_fts"),
	[SQL_PIECES + FULLTEXT_DOCUMENT] = PIECES("document_fts"),
	[SQL_PIECES + FULLTEXT_DOCUMENT_HEAD] = PIECES("document_head_fts"),
};

static enum err
merge_some(struct ctx *ctx, enum fulltext which, int64_t pages)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	return db_end(ctx->db,
	    db_exec(ctx->db, sql[SQL_MERGE + which], DB_ARGS(db_i(pages))));
}

enum err
fulltext_merge(struct ctx *ctx, enum fulltext which, int64_t *pieces)
{
	int64_t steps;
	enum err rc;

	*pieces = 0;
	rc = db_one_int(ctx->db, sql[SQL_PAGES + which], DB_NONE, &steps);
	/* Below 0 it begins: all pieces are to become one. */
	if (rc == ERR_OK)
		rc = merge_some(ctx, which, -MERGE_PAGES);
	for (steps = steps / MERGE_PAGES + 1; rc == ERR_OK; steps--) {
		rc = db_one_int(
		    ctx->db, sql[SQL_PIECES + which], DB_NONE, pieces);
		if (rc != ERR_OK || *pieces <= 1 || steps == 0)
			break;
		rc = merge_some(ctx, which, MERGE_PAGES);
	}
	return rc;
}
