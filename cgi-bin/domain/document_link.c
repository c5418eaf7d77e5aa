/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a document points to, and its translations: as far as the reader may
 * read them.  That something else exists is its own contributor's to tell.
 */
#include "domain/document_store.h"
#include "domain/list.h"

enum { SQL_RELATED, SQL_TRANSLATION_OF, SQL_TRANSLATIONS, SQL__MAX };

/* clang-format off */
/* The other document a, by its newest version n. */
#define LINK(of) \
	"WITH " ACCESS_REACH \
	" SELECT a.ref, n.title, n.language FROM reader CROSS JOIN " of \
	" JOIN document_version n ON n.document = a.id" \
	" AND n.number = a.version"

static const char *const sql[SQL__MAX] = {
	[SQL_RELATED] =
	    LINK("document_version_related k JOIN document a"
		 " ON a.id = k.document AND a.state = 'published'")
	    " WHERE k.document_version = $4 AND " DOCUMENT_MAY_NEWEST
	    " ORDER BY n.title, a.ref",
	[SQL_TRANSLATION_OF] =
	    LINK("document_version v JOIN document a"
		 " ON a.id = v.translation_of AND a.state = 'published'")
	    " WHERE v.id = $4 AND " DOCUMENT_MAY_NEWEST,
	[SQL_TRANSLATIONS] =
	    LINK("document a")
	    " WHERE n.translation_of = $4 AND a.state = 'published'"
	    " AND " DOCUMENT_MAY_NEWEST
	    " ORDER BY n.language, n.title, a.ref",
};
/* clang-format on */

static enum err
links(struct ctx *ctx, int statement, int64_t id, struct document_link **out,
    size_t *n)
{
	struct document_link *all = NULL, *link;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(
	    ctx->db, sql[statement], DB_ARGS(ACCESS_READER(ctx), db_i(id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		link = &all[(*n)++];
		link->ref = db_col_text(rows, 0, ctx->arena);
		link->title = db_col_text(rows, 1, ctx->arena);
		link->language = db_col_text(rows, 2, ctx->arena);
	}
	*out = all;
	return db_done(rows);
}

enum err
document_links(struct ctx *ctx, struct document *d)
{
	size_t one;
	enum err rc;

	rc = links(ctx, SQL_TRANSLATIONS, d->id, &d->translations,
	    &d->translation_count);
	if (rc != ERR_OK ||
	    (d->state == DOCUMENT_WITHDRAWN && !document_is_own(ctx, d)))
		return rc;
	rc = links(
	    ctx, SQL_RELATED, d->version_id, &d->related, &d->related_count);
	if (rc == ERR_OK)
		rc = links(ctx, SQL_TRANSLATION_OF, d->version_id,
		    &d->translation_of, &one);
	return rc;
}
