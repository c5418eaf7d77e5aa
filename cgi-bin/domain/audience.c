/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/audience.h"

#include "domain/access.h"
#include "domain/list.h"

enum { SQL_LABEL, SQL_ROWS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_LABEL] = "SELECT label FROM advisory_revision WHERE id = $1",
	/* Several rows an organisation: the first says why. */
	[SQL_ROWS] =
	    "WITH " ACCESS_WHO
	    ", item(advisory, revision, organisation, label) AS ("
	    " SELECT a.id, v.id, a.organisation, v.label"
	    " FROM advisory_revision v JOIN advisory a ON a.id = v.advisory"
	    " WHERE v.id = $4), " ACCESS_READERS
	    " SELECT o.id, o.ref, o.name, o.country, o.kind,"
	    " (SELECT COUNT(*) FROM person p WHERE p.organisation = o.id"
	    " AND " ACCESS_PERSON "),"
	    " c.ref, c.name, ag.ref, o.id = item.organisation, s.title"
	    " FROM item, readers"
	    " JOIN organisation o ON o.id = readers.organisation"
	    " JOIN circle c ON c.id = readers.circle"
	    " LEFT JOIN access_grant g ON g.id = readers.via"
	    " LEFT JOIN agreement ag ON ag.id = g.agreement"
	    " LEFT JOIN agreement_version s ON s.agreement = ag.id"
	    " AND s.number = ag.version"
	    " ORDER BY o.id <> item.organisation, o.ref,"
	    " " ACCESS_STRONGEST,
};

static void
fill_row(struct ctx *ctx, struct db_rows *rows, struct audience_row *row)
{
	row->organisation_ref = db_col_text(rows, 1, ctx->arena);
	row->organisation_name = db_col_text(rows, 2, ctx->arena);
	row->country = db_col_text(rows, 3, ctx->arena);
	org_kind_from_name(db_col_peek(rows, 4, NULL), &row->kind);
	row->people = db_col_int(rows, 5);
	row->circle_ref = db_col_text(rows, 6, ctx->arena);
	row->circle_name = db_col_text(rows, 7, ctx->arena);
	row->agreement_ref = db_col_text(rows, 8, ctx->arena);
	row->is_own = db_col_int(rows, 9) != 0;
	row->agreement_title = db_col_text(rows, 10, ctx->arena);
}

static void
count_row(struct audience *a, const struct audience_row *row)
{
	if (row->is_own || row->people == 0)
		return;
	a->people += row->people;
	a->organisations++;
}

enum err
audience_of(struct ctx *ctx, int64_t revision, struct audience **out)
{
	struct audience *a = arena_alloc(ctx->arena, sizeof(*a));
	struct db_rows *rows;
	int64_t label, last = 0;
	enum err rc;

	*out = NULL;
	if ((rc = db_one_int(ctx->db, sql[SQL_LABEL], DB_ARGS(db_i(revision)),
		 &label)) != ERR_OK)
		return rc;
	a->is_public = label == TLP_CLEAR;
	rows = db_query(ctx->db, sql[SQL_ROWS],
	    DB_ARGS(ACCESS_READER(ctx), db_i(revision)));
	while (db_next(rows)) {
		if (db_col_int(rows, 0) == last)
			continue;
		last = db_col_int(rows, 0);
		/* Where nobody is named, TLP:RED does not arrive. */
		if (label == TLP_RED && db_col_int(rows, 5) == 0)
			continue;
		a->rows =
		    list_room(ctx->arena, a->rows, a->count, sizeof(*a->rows));
		fill_row(ctx, rows, &a->rows[a->count]);
		count_row(a, &a->rows[a->count++]);
	}
	if ((rc = db_done(rows)) == ERR_OK)
		*out = a;
	return rc;
}

bool
audience_is_empty(const struct audience *a)
{
	return !a->is_public && a->people == 0;
}
