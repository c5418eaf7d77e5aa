/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of lists: merged while they are found, completed once they are. */
#include "domain/advisory_rows.h"

#include <string.h>

enum { LIMIT = 25, LIMIT_MAX = 100 };

/* Columns of ROWS_KNOWN, and of what follows it. */
enum { LABEL = 5, CIRCLE = 9 };

enum { SQL_SETTLE, SQL_TEXTS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	/* $1 the person, $2 the organisation. */
	[SQL_SETTLE] = "SELECT (SELECT n.revision FROM reading n"
		       " WHERE n.person = $1 AND n.advisory = $2),"
		       " (SELECT w.state FROM answer w"
		       " WHERE w.advisory = $2 AND w.organisation = $3)",
	/*
	 * A withdrawn advisory is a notice without a text for all but its
	 * source.
	 */
	[SQL_TEXTS] = "SELECT a.ref, v.title,"
		      " CASE WHEN a.state = 'withdrawn'"
		      " AND a.organisation <> $1 THEN '' ELSE v.summary END,"
		      " o.name FROM advisory a"
		      " JOIN organisation o ON o.id = a.organisation"
		      " JOIN advisory_revision v ON v.advisory = a.id"
		      " AND v.number = $2"
		      " WHERE a.id = $3",
};

int
advisory_rows_limit(const struct advisory_filter *f)
{
	if (f->limit <= 0)
		return LIMIT;
	return f->limit > LIMIT_MAX ? LIMIT_MAX : f->limit;
}

int64_t
advisory_rows_before(const struct advisory_filter *f)
{
	return f->before > 0 ? f->before : INT64_MAX;
}

/* ---- merging ---------------------------------------------------------- */

void
advisory_rows_start(
    struct ctx *ctx, const struct advisory_filter *f, struct rows_found *found)
{
	found->count = found->last = 0;
	found->most = (size_t)advisory_rows_limit(f) + 1;
	found->rows =
	    arena_array(ctx->arena, found->most, sizeof(*found->rows));
}

int64_t
advisory_rows_since(
    const struct rows_found *found, const struct advisory_filter *f)
{
	int64_t least;

	if (found->count < found->most)
		return f->since_at;
	least = found->rows[found->count - 1].position + 1;
	return least > f->since_at ? least : f->since_at;
}

/*
 * The place of a position, or NULL when it has none: it is there already, or
 * older than all of a full page.  A query's rows come newest first, so each
 * goes behind the one before.
 */
static struct advisory_row *
place_for(struct rows_found *found, int64_t position)
{
	struct advisory_row *rows = found->rows;
	size_t i = found->last;

	while (i < found->count && rows[i].position > position)
		i++;
	found->last = i;
	if (i == found->most ||
	    (i < found->count && rows[i].position == position))
		return NULL;
	if (found->count < found->most)
		found->count++;
	memmove(&rows[i + 1], &rows[i], (found->count - 1 - i) * sizeof(*rows));
	memset(&rows[i], 0, sizeof(*rows));
	return &rows[i];
}

static void
fill(struct db_rows *rows, struct advisory_row *row, int64_t position)
{
	row->position = position;
	row->id = db_col_int(rows, 1);
	row->organisation = db_col_int(rows, 2);
	row->state = advisory_state_of(db_col_peek(rows, 3, NULL));
	row->revision = (int)db_col_int(rows, 4);
	row->label = (enum tlp)db_col_int(rows, LABEL);
	row->severity = (enum severity)db_col_int(rows, 6);
	row->sectors = db_col_int(rows, 7);
	row->answer_by_at = db_col_int(rows, 8);
	/* A place in lists is its publication, but for a few microseconds. */
	if (row->state != ADVISORY_DRAFT)
		row->published_at = position;
}

static void
push(struct rows_found *found, struct db_rows *rows)
{
	const int64_t position = db_col_int(rows, 0);
	struct advisory_row *row = place_for(found, position);

	if (row != NULL)
		fill(rows, row, position);
}

enum err
advisory_rows_add(struct rows_found *found, struct db_rows *rows)
{
	found->last = 0;
	while (db_next(rows))
		push(found, rows);
	return db_done(rows);
}

enum err
advisory_rows_add_reached(struct rows_found *found, struct db_rows *rows,
    const struct access_reach *reach)
{
	found->last = 0;
	while (found->count < found->most && db_next(rows))
		if (access_reach_has(reach, db_col_int(rows, CIRCLE),
			(enum tlp)db_col_int(rows, LABEL)))
			push(found, rows);
	return db_done(rows);
}

void
advisory_rows_end(struct rows_found *found, struct advisory_list *list)
{
	list->rows = found->rows;
	list->count = found->count;
	list->next = 0;
	if (list->count == found->most) {
		list->count--;
		list->next = list->rows[list->count - 1].position;
	}
}

/* ---- completing -------------------------------------------------------- */

enum err
advisory_row_settle(struct ctx *ctx, struct advisory_row *row)
{
	const int64_t person = ctx->actor.person;
	const int64_t organisation = ctx->actor.organisation;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_SETTLE],
	    DB_ARGS(db_i(person), db_i(row->id), db_i(organisation)));

	row->is_own = organisation != 0 && row->organisation == organisation;
	if (db_next(rows)) {
		row->is_unread = person != 0 &&
		    row->state == ADVISORY_PUBLISHED &&
		    db_col_int(rows, 0) < row->revision;
		row->answer = db_col_text(rows, 1, ctx->arena);
	}
	return db_done(rows);
}

enum err
advisory_row_texts(struct ctx *ctx, struct advisory_row *row)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_TEXTS],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(row->revision),
		db_i(row->id)));
	bool is_there = db_next(rows);
	enum err rc;

	if (is_there) {
		row->ref = db_col_text(rows, 0, ctx->arena);
		row->title = db_col_text(rows, 1, ctx->arena);
		row->summary = db_col_text(rows, 2, ctx->arena);
		row->organisation_name = db_col_text(rows, 3, ctx->arena);
	}
	rc = db_done(rows);
	return rc == ERR_OK && !is_there ? ERR_NOT_FOUND : rc;
}
