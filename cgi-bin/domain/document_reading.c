/* SPDX-License-Identifier: Apache-2.0 */
/* Who has opened a document, and who had its file. */
#include "domain/document_store.h"
#include "domain/reading.h"

enum { SQL_IS_NOTED, SQL_OPENED, SQL_DOWNLOADED, SQL_VIEW, SQL_LIST, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_IS_NOTED] = "SELECT COUNT(*) FROM document_reading"
			 " WHERE person = $1 AND document = $2"
			 " AND version >= $3",
	[SQL_OPENED] = "INSERT INTO document_reading (person, document,"
		       " organisation, version, first_at, last_at, downloaded)"
		       " VALUES ($1, $2, $3, $4, $5, $5, 0)"
		       " ON CONFLICT (person, document) DO UPDATE SET"
		       " version = excluded.version,"
		       " last_at = excluded.last_at"
		       " WHERE document_reading.version < excluded.version",
	[SQL_DOWNLOADED] = "UPDATE document_reading SET downloaded_at = $1,"
			   " downloaded = CASE WHEN downloaded > $2"
			   " THEN downloaded ELSE $2 END"
			   " WHERE person = $3 AND document = $4",
	[SQL_VIEW] = "INSERT INTO document_red_view"
		     " (document, person, is_file, viewed_at)"
		     " VALUES ($1, $2, $3, $4)",
	[SQL_LIST] = READING_LIST("document", "document_reading",
	    "SUM(CASE WHEN n.downloaded > 0 THEN 1 ELSE 0 END),"
	    " MAX(n.downloaded_at)"),
};

enum err
document_reading_keep(struct ctx *ctx, int64_t document, int number)
{
	return db_exec(ctx->db, sql[SQL_OPENED],
	    DB_ARGS(db_i(ctx->actor.person), db_i(document),
		db_i(ctx->actor.organisation), db_i(number),
		db_i(ctx->now_at)));
}

static enum err
note(struct ctx *ctx, const struct document *d, bool is_file)
{
	enum err rc = ERR_OK;

	if (d->label == TLP_RED)
		rc = db_exec(ctx->db, sql[SQL_VIEW],
		    DB_ARGS(db_i(d->id), db_i(ctx->actor.person), db_i(is_file),
			db_i(ctx->now_at)));
	if (rc == ERR_OK)
		rc = document_reading_keep(ctx, d->id, d->number);
	if (rc == ERR_OK && is_file)
		rc = db_exec(ctx->db, sql[SQL_DOWNLOADED],
		    DB_ARGS(db_i(ctx->now_at), db_i(d->number),
			db_i(ctx->actor.person), db_i(d->id)));
	return rc;
}

/* A page that was opened before costs no transaction. */
enum err
document_note(struct ctx *ctx, const struct document *d, bool is_file)
{
	int64_t noted = 0;
	enum err rc;

	/* Nobody's readings are kept, nor those of what is being written. */
	if (ctx->actor.person == 0 || d->version_published_at == 0)
		return ERR_OK;
	rc = db_one_int(ctx->db, sql[SQL_IS_NOTED],
	    DB_ARGS(db_i(ctx->actor.person), db_i(d->id), db_i(d->number)),
	    &noted);
	if (rc != ERR_OK || (noted > 0 && !is_file && d->label != TLP_RED))
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	return db_end(ctx->db, note(ctx, d, is_file));
}

enum err
document_readings(struct ctx *ctx, const struct document *d,
    struct reading_row **out, size_t *n)
{
	*out = NULL;
	*n = 0;
	if (!document_is_own(ctx, d))
		return ERR_NOT_FOUND;
	return reading_rows(ctx,
	    db_query(ctx->db, sql[SQL_LIST],
		DB_ARGS(db_i(d->label), db_i(d->id),
		    db_i(ctx->actor.organisation))),
	    out, n);
}
