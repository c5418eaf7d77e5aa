/* SPDX-License-Identifier: Apache-2.0 */
/* Which organisations say that they use a document. */
#include "domain/document_use.h"

#include "domain/document_seen.h"
#include "domain/list.h"
#include "domain/record.h"

enum { SQL_LIST, SQL_USE, SQL_UNUSE, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_LIST] =
	    "WITH " DOCUMENT_SEEN
	    " SELECT o.ref, o.name, u.used_at, o.id = $2"
	    " FROM document_use u JOIN organisation o ON o.id = u.organisation"
	    " WHERE u.document = $4 AND EXISTS (SELECT 1 FROM seen)"
	    " ORDER BY o.name, o.ref",
	[SQL_USE] =
	    "INSERT INTO document_use (document, organisation, person, used_at)"
	    " VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (document, organisation) DO NOTHING",
	[SQL_UNUSE] =
	    "DELETE FROM document_use WHERE document = $1 AND organisation = $2",
};
/* clang-format on */

enum err
document_uses(struct ctx *ctx, const struct document *d,
    struct document_use **out, size_t *n)
{
	struct document_use *all = NULL, *u;
	struct db_rows *rows;

	*out = NULL;
	*n = 0;
	if (ctx->actor.organisation == 0)
		return ERR_OK;
	rows = db_query(
	    ctx->db, sql[SQL_LIST], DB_ARGS(ACCESS_READER(ctx), db_i(d->id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		u = &all[(*n)++];
		u->organisation_ref = db_col_text(rows, 0, ctx->arena);
		u->organisation_name = db_col_text(rows, 1, ctx->arena);
		u->used_at = db_col_int(rows, 2);
		u->is_own = db_col_int(rows, 3) != 0;
	}
	*out = all;
	return db_done(rows);
}

static enum err
put(struct ctx *ctx, const struct document *d, bool is_used)
{
	const struct db_value organisation = db_i(ctx->actor.organisation);

	if (!is_used)
		return db_exec(ctx->db, sql[SQL_UNUSE],
		    DB_ARGS(db_i(d->id), organisation));
	return db_exec(ctx->db, sql[SQL_USE],
	    DB_ARGS(db_i(d->id), organisation, db_i(ctx->actor.person),
		db_i(ctx->now_at)));
}

enum err
document_use_set(struct ctx *ctx, const char *ref, bool is_used)
{
	struct document *d;
	enum err rc;

	if (ctx->actor.person == 0 || ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = document_load(ctx, ref, &d)) != ERR_OK)
		goto out;
	if (!document_may(d, DOCUMENT_DISCUSS)) {
		rc = ERR_STATE;
		goto out;
	}
	rc = put(ctx, d, is_used);
	if (rc == ERR_OK && db_changes(ctx->db) > 0)
		rc = record_append(ctx,
		    is_used ? RECORD_DOCUMENT_USED : RECORD_DOCUMENT_UNUSED,
		    d->ref, json_pack("{s:i}", "version", d->version));
out:
	return db_end(ctx->db, rc);
}
