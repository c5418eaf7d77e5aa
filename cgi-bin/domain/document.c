/* SPDX-License-Identifier: Apache-2.0 */
/* What a document is, and reading it. */
#include "domain/document.h"

#include "base/text.h"
#include "domain/document_store.h"
#include "domain/list.h"

enum {
	SQL_NEWEST,
	SQL_DRAFT,
	SQL_VERSION,
	SQL_STORED,
	SQL_FIND,
	SQL_VERSIONS,
	SQL_TEXT,
	SQL__MAX
};

/* clang-format off */
#define COLUMNS \
	" SELECT a.id, a.ref, a.organisation, o.ref, o.name, a.state," \
	" a.version, a.draft, a.created_at, a.published_at," \
	" a.withdrawn_at, a.withdrawn_why, v.id, v.number, v.edit, v.title," \
	" v.kind, v.language, v.sectors, v.measures, v.label," \
	" v.review_by_at, p.name, v.saved_at, v.published_at, v.summary," \
	" v.note, v.blob, b.bytes, b.sha256, v.format, v.filename" \
	" FROM reader CROSS JOIN document a" \
	" JOIN organisation o ON o.id = a.organisation" \
	" JOIN document_version v ON v.document = a.id" \
	" LEFT JOIN blob b ON b.id = v.blob" \
	" LEFT JOIN person p ON p.id = v.author"

#define IS_OWN "a.organisation = reader.organisation"

static const char *const sql[SQL__MAX] = {
	/* What never was published has a row of its own circle alone. */
	[SQL_NEWEST] =
	    "WITH " ACCESS_REACH_TO("document",
		"(SELECT id FROM document WHERE ref = $4)") COLUMNS
	    " WHERE a.ref = $4 AND v.number ="
	    " CASE a.version WHEN 0 THEN a.draft ELSE a.version END"
	    " AND " DOCUMENT_MAY_NEWEST,
	[SQL_DRAFT] =
	    "WITH " ACCESS_REACH COLUMNS
	    " WHERE a.ref = $4 AND " IS_OWN " AND v.number = a.draft AND "
	    ACCESS_MAY_VERSION,
	[SQL_VERSION] =
	    "WITH " ACCESS_REACH COLUMNS
	    " WHERE a.ref = $4 AND v.number = $5"
	    " AND v.published_at IS NOT NULL AND " DOCUMENT_MAY_NEWEST
	    " AND " ACCESS_MAY_VERSION,
	/* For the act itself: no person of the owner may have been named. */
	[SQL_STORED] =
	    "WITH " ACCESS_WHO COLUMNS
	    " WHERE " IS_OWN " AND v.id = $4",
	[SQL_FIND] =
	    "WITH " ACCESS_REACH_TO("document",
		"(SELECT id FROM document WHERE ref = $4)")
	    " SELECT a.id FROM reader CROSS JOIN document a"
	    " WHERE a.ref = $4 AND a.state <> 'withdrawn'"
	    " AND " DOCUMENT_MAY_NEWEST,
	[SQL_VERSIONS] =
	    "WITH " ACCESS_REACH
	    " SELECT v.number, v.published_at, v.note, p.name, v.filename,"
	    " v.format, b.bytes"
	    " FROM reader CROSS JOIN document a"
	    " JOIN document_version v ON v.document = a.id"
	    " LEFT JOIN blob b ON b.id = v.blob"
	    " LEFT JOIN person p ON p.id = v.author"
	    " WHERE a.id = $4 AND v.published_at IS NOT NULL"
	    " AND (a.state = 'published' OR " IS_OWN ")"
	    " AND " DOCUMENT_MAY_NEWEST " AND " ACCESS_MAY_VERSION
	    " ORDER BY v.number DESC",
	[SQL_TEXT] =
	    "SELECT text, is_cut FROM document_text"
	    " WHERE blob = $1 AND format = $2",
};
/* clang-format on */

const char *const document_states[DOCUMENT_STATE__MAX + 1] = {
	[DOCUMENT_DRAFT] = "draft",
	[DOCUMENT_PUBLISHED] = "published",
	[DOCUMENT_WITHDRAWN] = "withdrawn",
};

const char *const document_kinds[DOCUMENT_KIND__MAX + 1] = {
	[DOCUMENT_GUIDE] = "guide",
	[DOCUMENT_CHECKLIST] = "checklist",
	[DOCUMENT_PROCEDURE] = "procedure",
	[DOCUMENT_LESSON] = "lesson",
	[DOCUMENT_EXERCISE] = "exercise",
	[DOCUMENT_POLICY] = "policy",
};

const char *const measure_words[MEASURE_COUNT + 1] = { "a", "b", "c", "d", "e",
	"f", "g", "h", "i", "j" };

const char *const document_languages[] = { "en", "fr", "bg", "cs", "da", "de",
	"el", "es", "et", "fi", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt",
	"nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk", NULL };

bool
document_is_own(const struct ctx *ctx, const struct document *d)
{
	return d->organisation != 0 &&
	    d->organisation == ctx->actor.organisation;
}

bool
document_may(const struct document *d, enum document_act act)
{
	bool has_draft = d->draft != 0 && d->state != DOCUMENT_WITHDRAWN;

	switch (act) {
	case DOCUMENT_EDIT:
	case DOCUMENT_PUBLISH:
		return has_draft;
	case DOCUMENT_DISCARD:
		return d->draft != 0;
	case DOCUMENT_REVISE:
		return d->state == DOCUMENT_PUBLISHED && d->draft == 0;
	case DOCUMENT_WITHDRAW:
	case DOCUMENT_DISCUSS:
		return d->state == DOCUMENT_PUBLISHED;
	case DOCUMENT_ACT__MAX:
		break;
	}
	return false;
}

bool
document_is_comparable(const struct document *d)
{
	return d->blob != 0 &&
	    (d->format == FORMAT_TXT || d->format == FORMAT_MARKDOWN ||
		d->format == FORMAT_CSV);
}

/* ---- one document ----------------------------------------------------- */

/* The table knows no other word. */
static int
index_of(const char *const *words, struct db_rows *rows, int column)
{
	int i = text_index(words, db_col_peek(rows, column, NULL));

	return i < 0 ? 0 : i;
}

static void
fill_item(struct arena *arena, struct db_rows *rows, struct document *d)
{
	d->id = db_col_int(rows, 0);
	d->ref = db_col_text(rows, 1, arena);
	d->organisation = db_col_int(rows, 2);
	d->organisation_ref = db_col_text(rows, 3, arena);
	d->organisation_name = db_col_text(rows, 4, arena);
	d->state = (enum document_state)index_of(document_states, rows, 5);
	d->version = (int)db_col_int(rows, 6);
	d->draft = (int)db_col_int(rows, 7);
	d->created_at = db_col_int(rows, 8);
	d->published_at = db_col_int(rows, 9);
	d->withdrawn_at = db_col_int(rows, 10);
	d->withdrawn_why = db_col_text(rows, 11, arena);
}

static void
fill_version(struct arena *arena, struct db_rows *rows, struct document *d)
{
	d->version_id = db_col_int(rows, 12);
	d->number = (int)db_col_int(rows, 13);
	d->edit = (int)db_col_int(rows, 14);
	d->title = db_col_text(rows, 15, arena);
	d->kind = (enum document_kind)index_of(document_kinds, rows, 16);
	d->language = db_col_text(rows, 17, arena);
	d->sectors = db_col_int(rows, 18);
	d->measures = db_col_int(rows, 19);
	d->label = (enum tlp)db_col_int(rows, 20);
	d->review_by_at = db_col_int(rows, 21);
	d->author_name = db_col_text(rows, 22, arena);
	d->saved_at = db_col_int(rows, 23);
	d->version_published_at = db_col_int(rows, 24);
}

/*
 * After withdrawal text and file are the contributor's alone.  They are not
 * even copied for anybody else, so that no page can show them by mistake.
 */
static void
fill_content(struct arena *arena, struct db_rows *rows, struct document *d,
    bool is_shown)
{
	d->summary = d->note = d->filename = arena_copy(arena, "");
	d->format = FORMAT_NONE;
	if (!is_shown)
		return;
	d->summary = db_col_text(rows, 25, arena);
	d->note = db_col_text(rows, 26, arena);
	d->blob = db_col_int(rows, 27);
	d->bytes = db_col_int(rows, 28);
	d->sha256 = db_col_text(rows, 29, arena);
	d->format = (enum format)index_of(format_words, rows, 30);
	d->filename = db_col_text(rows, 31, arena);
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct document *d)
{
	fill_item(ctx->arena, rows, d);
	fill_version(ctx->arena, rows, d);
	fill_content(ctx->arena, rows, d,
	    d->state != DOCUMENT_WITHDRAWN || document_is_own(ctx, d));
}

/* Whom it is addressed to, as far as the actor may know. */
static enum err
add_addressing(struct ctx *ctx, struct document *d)
{
	const bool is_own = document_is_own(ctx, d);
	enum err rc;

	d->named = arena_array(ctx->arena, 1, sizeof(*d->named));
	rc = addressing_circles(ctx, ACCESS_DOCUMENT, d->version_id, is_own,
	    &d->circles, &d->circle_count);
	if (rc == ERR_OK && is_own && d->label == TLP_RED)
		rc = addressing_named(
		    ctx, ACCESS_DOCUMENT, d->version_id, &d->named);
	return rc;
}

/* Ends the query. */
static enum err
load(struct ctx *ctx, struct db_rows *rows, struct document **out)
{
	struct document *d = NULL;
	enum err rc;

	*out = NULL;
	if (db_next(rows)) {
		d = arena_alloc(ctx->arena, sizeof(*d));
		fill(ctx, rows, d);
	}
	rc = db_done(rows);
	if (rc == ERR_OK && d == NULL)
		rc = ERR_NOT_FOUND;
	if (rc == ERR_OK)
		rc = add_addressing(ctx, d);
	if (rc == ERR_OK)
		rc = document_links(ctx, d);
	if (rc == ERR_OK)
		*out = d;
	return rc;
}

enum err
document_load(struct ctx *ctx, const char *ref, struct document **d)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_NEWEST],
		DB_ARGS(ACCESS_READER(ctx), db_t(ref))),
	    d);
}

enum err
document_load_draft(struct ctx *ctx, const char *ref, struct document **d)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_DRAFT],
		DB_ARGS(ACCESS_READER(ctx), db_t(ref))),
	    d);
}

enum err
document_load_version(
    struct ctx *ctx, const char *ref, int number, struct document **d)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_VERSION],
		DB_ARGS(ACCESS_READER(ctx), db_t(ref), db_i(number))),
	    d);
}

enum err
document_load_stored(struct ctx *ctx, int64_t version, struct document **d)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_STORED],
		DB_ARGS(ACCESS_READER(ctx), db_i(version))),
	    d);
}

enum err
document_find(struct ctx *ctx, const char *ref, int64_t *id)
{
	return db_one_int(
	    ctx->db, sql[SQL_FIND], DB_ARGS(ACCESS_READER(ctx), db_t(ref)), id);
}

/* ---- what belongs to one ---------------------------------------------- */

enum err
document_versions(struct ctx *ctx, int64_t document,
    struct document_version_row **out, size_t *n)
{
	struct document_version_row *all = NULL, *row;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_VERSIONS],
	    DB_ARGS(ACCESS_READER(ctx), db_i(document)));

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		row = &all[(*n)++];
		row->number = (int)db_col_int(rows, 0);
		row->published_at = db_col_int(rows, 1);
		row->note = db_col_text(rows, 2, ctx->arena);
		row->author_name = db_col_text(rows, 3, ctx->arena);
		row->filename = db_col_text(rows, 4, ctx->arena);
		row->format = (enum format)index_of(format_words, rows, 5);
		row->bytes = db_col_int(rows, 6);
	}
	*out = all;
	return db_done(rows);
}

enum err
document_text(
    struct ctx *ctx, const struct document *d, char **text, bool *is_cut)
{
	struct db_rows *rows;

	*text = arena_copy(ctx->arena, "");
	*is_cut = false;
	rows = db_query(ctx->db, sql[SQL_TEXT],
	    DB_ARGS(db_i(d->blob), db_t(format_words[d->format])));
	if (db_next(rows)) {
		*text = db_col_text(rows, 0, ctx->arena);
		*is_cut = db_col_int(rows, 1) != 0;
	}
	return db_done(rows);
}
