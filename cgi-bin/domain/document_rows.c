/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of lists of documents, completed once they are found. */
#include "domain/document_rows.h"

#include <string.h>

#include "base/text.h"

enum { LIMIT = 25, LIMIT_MAX = 100 };

enum { SQL_FILL, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	/*
	 * $1 the organisation, $2 the person.  A withdrawn document is a
	 * notice without a text for all but its contributor.
	 */
	[SQL_FILL] = "SELECT a.ref, v.title,"
		     " CASE WHEN a.state = 'withdrawn' AND a.organisation <> $1"
		     " THEN '' ELSE v.summary END, o.name, a.state, v.kind,"
		     " v.language, v.sectors, v.measures, v.label, v.format,"
		     " b.bytes, v.published_at, v.review_by_at,"
		     " (SELECT COUNT(*) FROM document_use u"
		     " WHERE u.document = a.id),"
		     " (SELECT COUNT(DISTINCT w.organisation)"
		     " FROM document_review w WHERE w.document = a.id"
		     " AND w.version = v.number AND w.verdict <> 'changes'"
		     " AND NOT EXISTS (SELECT 1 FROM document_review l"
		     " WHERE l.document = w.document AND l.id > w.id"
		     " AND l.organisation = w.organisation)),"
		     " a.organisation = $1,"
		     " $2 <> 0 AND a.state = 'published' AND a.version >"
		     " COALESCE((SELECT n.version FROM document_reading n"
		     " WHERE n.person = $2 AND n.document = a.id), 0)"
		     " FROM document a"
		     " JOIN organisation o ON o.id = a.organisation"
		     " JOIN document_version v ON v.document = a.id"
		     " AND v.number = $3 LEFT JOIN blob b ON b.id = v.blob"
		     " WHERE a.id = $4",
};

int
document_rows_limit(const struct document_filter *f)
{
	if (f->limit <= 0)
		return LIMIT;
	return f->limit > LIMIT_MAX ? LIMIT_MAX : f->limit;
}

int64_t
document_rows_before(const struct document_filter *f)
{
	return f->before > 0 ? f->before : INT64_MAX;
}

const char *
document_rows_kind(const struct document_filter *f)
{
	return f->kind >= 0 && f->kind < DOCUMENT_KIND__MAX
	    ? document_kinds[f->kind]
	    : "";
}

/* The tables know no other words. */
static int
index_of(const char *const *words, struct db_rows *rows, int column)
{
	int i = text_index(words, db_col_peek(rows, column, NULL));

	return i < 0 ? 0 : i;
}

static void
fill(struct arena *arena, struct db_rows *rows, struct document_row *row)
{
	row->ref = db_col_text(rows, 0, arena);
	row->title = db_col_text(rows, 1, arena);
	row->summary = db_col_text(rows, 2, arena);
	row->organisation_name = db_col_text(rows, 3, arena);
	row->state = (enum document_state)index_of(document_states, rows, 4);
	row->kind = (enum document_kind)index_of(document_kinds, rows, 5);
	row->language = db_col_text(rows, 6, arena);
	row->sectors = db_col_int(rows, 7);
	row->measures = db_col_int(rows, 8);
	row->label = (enum tlp)db_col_int(rows, 9);
	row->format = (enum format)index_of(format_words, rows, 10);
	row->bytes = db_col_int(rows, 11);
	row->published_at = db_col_int(rows, 12);
	row->review_by_at = db_col_int(rows, 13);
	row->uses = db_col_int(rows, 14);
	row->reviews = db_col_int(rows, 15);
	row->is_own = db_col_int(rows, 16) != 0;
	row->is_unread = db_col_int(rows, 17) != 0;
}

enum err
document_row_fill(struct ctx *ctx, struct document_row *row)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_FILL],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(ctx->actor.person),
		db_i(row->version), db_i(row->id)));
	bool is_found;
	enum err rc;

	if ((is_found = db_next(rows)))
		fill(ctx->arena, rows, row);
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

enum err
document_rows_end(struct ctx *ctx, enum err rc, struct newest *found,
    struct document_list *list)
{
	struct document_row *row;

	memset(list, 0, sizeof(*list));
	if (rc != ERR_OK)
		return rc;
	list->next = newest_end(found);
	list->count = found->count;
	list->rows =
	    arena_array(ctx->arena, found->count + 1, sizeof(*list->rows));
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++) {
		row = &list->rows[i];
		row->position = found->rows[i].key;
		row->id = found->rows[i].id;
		row->version = (int)found->rows[i].number;
		rc = document_row_fill(ctx, row);
	}
	return rc;
}
