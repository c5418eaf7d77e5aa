/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/audience.h"

#include "domain/access.h"
#include "domain/list.h"

/* Asked of each kind of item, in its own tables. */
enum {
	SQL_LABEL,
	SQL_ROWS = SQL_LABEL + ACCESS_ITEM__MAX,
	SQL_ANY = SQL_ROWS + ACCESS_ITEM__MAX,
	SQL__MAX = SQL_ANY + ACCESS_ITEM__MAX
};

/* clang-format off */
#define LABEL(item, piece) "SELECT label FROM " item "_" piece " WHERE id = $1"

/*
 * `of` is the table of revisions, `piece` the noun in the tables of those it
 * is addressed to.
 */
#define READERS(item, of, piece) \
	"WITH " ACCESS_WHO ", item(id, piece, organisation, label) AS (" \
	" SELECT a.id, v.id, a.organisation, v.label" \
	" FROM " of " v JOIN " item " a ON a.id = v." item \
	" WHERE v.id = $4), " ACCESS_READERS_OF(piece)

/*
 * Several rows an organisation: the first says why.  An agreement between
 * others is theirs to tell of, as on a circle's page.
 */
#define ROWS(item, of, piece) \
	READERS(item, of, piece) \
	" SELECT o.id, o.ref, o.name, o.country, o.kind," \
	" (SELECT COUNT(*) FROM person p WHERE p.organisation = o.id" \
	" AND " ACCESS_PERSON_OF(piece) ")," \
	" c.ref, c.name, ag.ref, o.id = item.organisation, s.title," \
	" (o.id = $2 OR ag.publication = 'everybody' OR EXISTS (" \
	"SELECT 1 FROM agreement_party q WHERE q.agreement = ag.id" \
	" AND q.organisation = $2))" \
	" FROM item, readers" \
	" JOIN organisation o ON o.id = readers.organisation" \
	" JOIN circle c ON c.id = readers.circle" \
	" LEFT JOIN access_grant g ON g.id = readers.via" \
	" LEFT JOIN agreement ag ON ag.id = g.agreement" \
	" LEFT JOIN agreement_version s ON s.agreement = ag.id" \
	" AND s.number = ag.version" \
	" ORDER BY o.id <> item.organisation, o.ref, " ACCESS_STRONGEST

/* The first one is enough. */
#define ANY(item, of, piece) \
	READERS(item, of, piece) \
	" SELECT item.label = 0 OR EXISTS (SELECT 1 FROM readers" \
	" CROSS JOIN person p" \
	" WHERE readers.organisation <> item.organisation" \
	" AND p.organisation = readers.organisation" \
	" AND " ACCESS_PERSON_OF(piece) ") FROM item"

static const char *const sql[SQL__MAX] = {
	[SQL_LABEL + ACCESS_ADVISORY] = LABEL("advisory", "revision"),
	[SQL_LABEL + ACCESS_DOCUMENT] = LABEL("document", "version"),
	[SQL_ROWS + ACCESS_ADVISORY] =
	    ROWS("advisory", "advisory_revision", "revision"),
	[SQL_ROWS + ACCESS_DOCUMENT] =
	    ROWS("document", "document_version", "document_version"),
	[SQL_ANY + ACCESS_ADVISORY] =
	    ANY("advisory", "advisory_revision", "revision"),
	[SQL_ANY + ACCESS_DOCUMENT] =
	    ANY("document", "document_version", "document_version"),
};
/* clang-format on */

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
	row->is_own = db_col_int(rows, 9) != 0;
	if (db_col_int(rows, 11) == 0)
		return;
	row->agreement_ref = db_col_text(rows, 8, ctx->arena);
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
audience_of(struct ctx *ctx, enum access_item item, int64_t piece,
    struct audience **out)
{
	struct audience *a = arena_alloc(ctx->arena, sizeof(*a));
	struct db_rows *rows;
	int64_t label, last = 0;
	enum err rc;

	*out = NULL;
	if ((rc = db_one_int(ctx->db, sql[SQL_LABEL + item],
		 DB_ARGS(db_i(piece)), &label)) != ERR_OK)
		return rc;
	a->is_public = label == TLP_CLEAR;
	rows = db_query(ctx->db, sql[SQL_ROWS + item],
	    DB_ARGS(ACCESS_READER(ctx), db_i(piece)));
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

enum err
audience_is_there(
    struct ctx *ctx, enum access_item item, int64_t piece, bool *is)
{
	int64_t any;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_ANY + item],
	    DB_ARGS(ACCESS_READER(ctx), db_i(piece)), &any);
	*is = any != 0;
	return rc;
}

bool
audience_is_empty(const struct audience *a)
{
	return !a->is_public && a->people == 0;
}
