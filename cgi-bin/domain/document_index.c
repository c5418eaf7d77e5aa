/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lists and search find: rows derived from the newest published version
 * (of what never was published: from its draft), in the transaction that
 * changes it.
 */
#include <string.h>

#include "domain/derived.h"
#include "domain/document_store.h"
#include "domain/fulltext.h"

enum {
	SQL_DROP_ROWS,
	SQL_ADD_ROWS,
	SQL_DROP_PEOPLE,
	SQL_ADD_PEOPLE,
	SQL_DROP_TEXT,
	SQL_DROP_HEAD,
	SQL_ADD_TEXT,
	SQL_ADD_HEAD,
	SQL_VERIFY_COUNT,
	SQL_VERIFY_MISSING,
	SQL_VERIFY_EXTRA,
	SQL_VERIFY_PEOPLE,
	SQL_VERIFY_TEXT,
	SQL_VERIFY_HEAD,
	SQL__MAX
};

/* clang-format off */
/* The version that counts. */
#define NEWEST \
	" FROM document a JOIN document_version v ON v.document = a.id" \
	" AND v.number = CASE a.version WHEN 0 THEN a.draft" \
	" ELSE a.version END"

#define ROW \
	"a.position, a.id, a.organisation, a.state, a.version, v.label," \
	" v.kind, v.language, v.sectors, v.measures, v.review_by_at"

/* The three kinds of circle that have a document in their lists. */
#define ROWS(which) \
	"SELECT c.id, " ROW NEWEST \
	" JOIN circle c ON c.kind = 'own'" \
	" AND c.organisation = a.organisation" which \
	" UNION SELECT k.circle, " ROW NEWEST \
	" JOIN document_version_circle k ON k.document_version = v.id" \
	" WHERE a.state <> 'draft'" which \
	" UNION SELECT 1, " ROW NEWEST \
	" WHERE a.state <> 'draft' AND v.label = 0" which

#define COLUMNS \
	"circle, position, document, organisation, state, version, label," \
	" kind, language, sectors, measures, review_by_at"
#define KEPT "SELECT " COLUMNS " FROM document_circle"

#define PEOPLE \
	"SELECT a.id, k.person" NEWEST \
	" JOIN document_version_person k ON k.document_version = v.id"
#define PEOPLE_KEPT "SELECT document, person FROM document_person"

#define SHOWN "SELECT position FROM document WHERE state <> 'draft'"
#define FOUND "SELECT rowid FROM document_fts"
#define FOUND_HEAD "SELECT rowid FROM document_head_fts"

static const char *const sql[SQL__MAX] = {
	[SQL_DROP_ROWS] = "DELETE FROM document_circle WHERE document = $1",
	[SQL_ADD_ROWS] =
	    "INSERT INTO document_circle (" COLUMNS ") "
	    ROWS(" AND a.id = $1"),
	[SQL_DROP_PEOPLE] = "DELETE FROM document_person WHERE document = $1",
	[SQL_ADD_PEOPLE] =
	    "INSERT INTO document_person (document, person) "
	    PEOPLE " WHERE a.id = $1",
	/* The declared pair of statements for full text (SQLite: FTS5). */
	[SQL_DROP_TEXT] = "DELETE FROM document_fts WHERE rowid = $1",
	[SQL_DROP_HEAD] = "DELETE FROM document_head_fts WHERE rowid = $1",
	[SQL_ADD_TEXT] =
	    "INSERT INTO document_fts (rowid, title, summary, body, reach)"
	    " VALUES ($1, $2, $3, $4, $5)",
	[SQL_ADD_HEAD] =
	    "INSERT INTO document_head_fts (rowid, title, summary, reach)"
	    " VALUES ($1, $2, $3, $4)",
	[SQL_VERIFY_COUNT] = "SELECT COUNT(*) FROM document",
	[SQL_VERIFY_MISSING] =
	    "SELECT COUNT(*) FROM (" ROWS("") " EXCEPT " KEPT ") AS lost",
	[SQL_VERIFY_EXTRA] =
	    "SELECT COUNT(*) FROM (" KEPT " EXCEPT SELECT * FROM ("
	    ROWS("") ") AS right_ones) AS extra",
	[SQL_VERIFY_PEOPLE] = DERIVED_DIFFERENCE(PEOPLE, PEOPLE_KEPT),
	[SQL_VERIFY_TEXT] = DERIVED_DIFFERENCE(SHOWN, FOUND),
	[SQL_VERIFY_HEAD] = DERIVED_DIFFERENCE(SHOWN, FOUND_HEAD),
};
/* clang-format on */

static const struct derived_check checks[] = {
	{ SQL_VERIFY_MISSING, "rows of lists are missing", false },
	{ SQL_VERIFY_EXTRA, "rows of lists should not be there", false },
	{ SQL_VERIFY_PEOPLE, "named persons differ", false },
	{ SQL_VERIFY_TEXT, "entries are not in the full text as they should be",
	    false },
	{ SQL_VERIFY_HEAD, "titles are not in the full text as they should be",
	    false },
	{ 0, NULL, false },
};

enum err
document_index_rows(struct ctx *ctx, int64_t document)
{
	static const int steps[] = { SQL_DROP_ROWS, SQL_ADD_ROWS,
		SQL_DROP_PEOPLE, SQL_ADD_PEOPLE, -1 };

	return derived_run(ctx, sql, steps, document);
}

enum err
document_index_drop(struct ctx *ctx, int64_t document)
{
	static const int steps[] = { SQL_DROP_ROWS, SQL_DROP_PEOPLE, -1 };

	return derived_run(ctx, sql, steps, document);
}

/* ---- full text -------------------------------------------------------- */

/* What is found of it: texts, and who may find them. */
struct entry {
	int64_t position;
	const char *title, *summary, *body, *reach;
};

static enum err
add_text(struct ctx *ctx, const struct entry *e)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_ADD_TEXT],
	    DB_ARGS(db_i(e->position), db_t(e->title), db_t(e->summary),
		db_t(e->body), db_t(e->reach)));
	if (rc != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_ADD_HEAD],
	    DB_ARGS(db_i(e->position), db_t(e->title), db_t(e->summary),
		db_t(e->reach)));
}

static enum err
drop_text(struct ctx *ctx, int64_t position)
{
	static const int steps[] = { SQL_DROP_TEXT, SQL_DROP_HEAD, -1 };

	return position != 0 ? derived_run(ctx, sql, steps, position) : ERR_OK;
}

enum err
document_index_text(struct ctx *ctx, const struct document *d,
    const struct document_place *place)
{
	bool is_shown = d->state != DOCUMENT_WITHDRAWN;
	struct entry e = { .position = place->to,
		.title = d->title,
		.summary = is_shown ? d->summary : "",
		.body = "" };
	char *text;
	bool is_cut;
	enum err rc;

	if ((rc = drop_text(ctx, place->from)) != ERR_OK ||
	    (rc = access_words_of(ctx, ACCESS_DOCUMENT, d->id, &e.reach)) !=
		ERR_OK)
		return rc;
	if (is_shown) {
		if ((rc = document_text(ctx, d, &text, &is_cut)) != ERR_OK)
			return rc;
		/* Whoever has its reference in a letter finds it by that. */
		e.body = arena_printf(
		    ctx->arena, "%s\n%s\n%s", text, d->ref, d->filename);
	}
	return add_text(ctx, &e);
}

enum err
document_index_merge(struct ctx *ctx, int64_t *pieces)
{
	int64_t of_heads = 0;
	enum err rc;

	rc = fulltext_merge(ctx, FULLTEXT_DOCUMENT, pieces);
	if (rc == ERR_OK)
		rc = fulltext_merge(ctx, FULLTEXT_DOCUMENT_HEAD, &of_heads);
	if (of_heads > *pieces)
		*pieces = of_heads;
	return rc;
}

/* ---- checking --------------------------------------------------------- */

enum err
document_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	enum err rc;

	*problem = NULL;
	rc = db_one_int(ctx->db, sql[SQL_VERIFY_COUNT], DB_NONE, checked);
	return rc == ERR_OK
	    ? derived_verify(ctx, sql, checks, "Documents", problem)
	    : rc;
}
