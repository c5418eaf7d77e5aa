/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/agreement_list.h"

#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/agreement_store.h"
#include "domain/list.h"

const char *const agreement_groups[GROUP__MAX + 1] = {
	[GROUP_ALL] = "all",
	[GROUP_DRAFTS] = "drafts",
	[GROUP_PROPOSED] = "proposed",
	[GROUP_IN_FORCE] = "in-force",
	[GROUP_ENDED] = "ended",
};

enum { LIMIT = 25, LIMIT_MAX = 100 };

enum sql { SQL_OWN, SQL_REGISTER, SQL_TEXTS, SQL_NAMES, SQL__MAX };

/* clang-format off */

/*
 * The version that counts; of what never was proposed, the draft of the own
 * organisation, $1.  Found by its key: an OR would have SQLite read more.
 */
#define VERSION \
	"CASE WHEN a.version > 0 THEN" \
	" (SELECT n.id FROM agreement_version n" \
	" WHERE n.agreement = a.id AND n.number = a.version) ELSE" \
	" (SELECT n.id FROM agreement_version n WHERE n.agreement = a.id" \
	" AND n.number IS NULL AND n.organisation = $1) END"

#define HAS_DRAFT \
	"(a.state IN ('draft', 'proposed')" \
	" AND EXISTS (SELECT 1 FROM agreement_version d" \
	" WHERE d.agreement = a.id AND d.number IS NULL" \
	" AND d.organisation = $1))"

/* kind or '', sectors or 0, ref of a party or '', group, now. */
#define FILTER(kind, sectors, party, group, now) \
	"(" kind " = '' OR a.kind = " kind ")" \
	" AND (" sectors " = 0 OR EXISTS (SELECT 1 FROM agreement_version v" \
	" WHERE v.id = " VERSION " AND (v.sectors & " sectors ") <> 0))" \
	" AND (" party " = '' OR EXISTS (SELECT 1 FROM agreement_party f" \
	" JOIN organisation fo ON fo.id = f.organisation" \
	" WHERE f.agreement = a.id AND fo.ref = " party "))" \
	" AND (" group " = 'all' OR CASE " group \
	" WHEN 'drafts' THEN " HAS_DRAFT \
	" WHEN 'proposed' THEN a.state = 'proposed'" \
	" WHEN 'in-force' THEN " AGREEMENT_IS_OPEN("a", now) \
	" ELSE a.state = 'withdrawn' OR (a.state = 'signed'" \
	" AND a.until_at IS NOT NULL AND a.until_at <= " now ") END)"

/*
 * Only what is shown gets its columns; in no order, see take().  Signatures
 * are counted while they are missing.
 */
#define SHOWN \
	" SELECT a.position, a.id, a.version, a.state, a.from_at, a.until_at," \
	" a.publication, a.extent, a.published_at, a.on_paper," \
	" a.organisation = $1," \
	" CASE WHEN a.state = 'signed' THEN 0 ELSE (SELECT COUNT(*)" \
	" FROM agreement_signature s WHERE s.version = " VERSION ") END," \
	" a.state <> 'signed' AND EXISTS (SELECT 1 FROM agreement_signature s" \
	" WHERE s.version = " VERSION " AND s.organisation = $1)," \
	" " HAS_DRAFT \
	" FROM found CROSS JOIN agreement a ON a.id = found.id"

static const char *const sql[SQL__MAX] = {
	/*
	 * From the own ones outwards: what is others' costs nothing.  Each is
	 * in one of the three: who proposed it is a party once it did.
	 */
	[SQL_OWN] =
	    "WITH mine(id) AS ("
	    " SELECT p.agreement FROM agreement_party p"
	    " WHERE p.organisation = $1"
	    " UNION ALL SELECT b.id FROM agreement b"
	    " WHERE b.organisation = $1 AND b.state = 'draft'"
	    " UNION ALL SELECT w.agreement FROM agreement_version w"
	    " JOIN agreement b ON b.id = w.agreement AND b.state = 'signed'"
	    " AND w.number = b.version WHERE w.auditor = $1"
	    " AND NOT EXISTS (SELECT 1 FROM agreement_party p"
	    " WHERE p.agreement = b.id AND p.organisation = $1)),"
	    " found(id, at) AS (SELECT a.id, a.position"
	    " FROM mine CROSS JOIN agreement a ON a.id = mine.id"
	    " WHERE " FILTER("$2", "$3", "$4", "$5", "$6")
	    " AND a.position < $7 ORDER BY a.position DESC LIMIT $8)" SHOWN,
	[SQL_REGISTER] =
	    "WITH found(id, at) AS (SELECT a.id, a.published_at"
	    " FROM agreement a WHERE a.published_at IS NOT NULL"
	    " AND (a.publication = 'everybody' OR EXISTS ("
	    "SELECT 1 FROM access_grant g WHERE g.circle = 2"
	    " AND g.organisation = $1 AND " ACCESS_GRANT_VALID("g", "$2")
	    " AND $3 = 0)) AND " FILTER("$4", "$5", "$6", "$7", "$2")
	    " AND a.published_at < $8"
	    " ORDER BY a.published_at DESC LIMIT $9)" SHOWN,
	[SQL_TEXTS] =
	    "SELECT a.ref, COALESCE(v.title, ''), a.kind, o.name, a.signed_at,"
	    " v.id, v.language, " AGREEMENT_TERMS " FROM agreement a"
	    " JOIN organisation o ON o.id = a.organisation"
	    " LEFT JOIN agreement_version v ON v.id = " VERSION
	    AGREEMENT_TERMS_FROM " WHERE a.id = $2",
	[SQL_NAMES] =
	    "SELECT name, organisation FROM agreement_version_party"
	    " WHERE version = $1 ORDER BY position",
};
/* clang-format on */

enum { FIRST_TERM = 7 };

/* ---- texts -------------------------------------------------------------- */

/*
 * As the version says; on paper it is who proposed it.  What is signed was
 * signed by each of them: nobody has to count.
 */
static enum err
name_parties(struct ctx *ctx, int64_t version, struct agreement_row *row)
{
	const bool is_signed =
	    row->state >= AGREEMENT_SIGNED && !row->is_on_paper;
	bool is_among = false;
	char **names = NULL;
	struct db_rows *rows;
	size_t n = 0;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_NAMES], DB_ARGS(db_i(version)));
	while (db_next(rows)) {
		names = list_room(ctx->arena, names, n, sizeof(*names));
		names[n++] = db_col_text(rows, 0, ctx->arena);
		if (db_col_int(rows, 1) == ctx->actor.organisation)
			is_among = true;
	}
	rc = db_done(rows);
	if (row->is_on_paper) {
		names = list_room(ctx->arena, names, 0, sizeof(*names));
		names[n++] = row->organisation_name;
	}
	names = list_room(ctx->arena, names, n, sizeof(*names));
	names[n] = NULL;
	row->parties = names;
	row->party_count = n;
	if (is_signed && !row->is_register) {
		row->signatures = (int64_t)n;
		row->has_signed = is_among;
	}
	return rc;
}

enum err
agreement_row_texts(struct ctx *ctx, struct agreement_row *row)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_TEXTS],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(row->id)));
	int64_t version = 0;
	bool is_there;
	enum err rc;

	if ((is_there = db_next(rows))) {
		row->ref = db_col_text(rows, 0, ctx->arena);
		row->title = db_col_text(rows, 1, ctx->arena);
		row->kind = (enum agreement_kind)agreement_word(
		    rows, 2, agreement_kinds, AGREEMENT_OTHER);
		row->organisation_name = db_col_text(rows, 3, ctx->arena);
		row->signed_at = db_col_int(rows, 4);
		version = db_col_int(rows, 5);
		row->language = db_col_text(rows, 6, ctx->arena);
		agreement_terms_fill(ctx, rows, FIRST_TERM, &row->terms);
	}
	rc = db_done(rows);
	if (rc == ERR_OK && !is_there)
		rc = ERR_NOT_FOUND;
	return rc == ERR_OK ? name_parties(ctx, version, row) : rc;
}

static enum err
all_texts(struct ctx *ctx, enum err rc, struct agreement_list *list)
{
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = agreement_row_texts(ctx, &list->rows[i]);
	return rc;
}

/* ---- rows --------------------------------------------------------------- */

/* The register tells nothing of the talks, and goes by publication. */
static void
narrow(struct agreement_row *row)
{
	row->is_register = true;
	row->position = row->moved_at = row->published_at;
	row->signatures = 0;
	row->has_signed = row->has_draft = false;
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct agreement_row *row)
{
	row->position = row->moved_at = db_col_int(rows, 0);
	row->id = db_col_int(rows, 1);
	row->version = (int)db_col_int(rows, 2);
	row->from_at = db_col_int(rows, 4);
	row->until_at = db_col_int(rows, 5);
	row->state = agreement_state_of(db_col_peek(rows, 3, NULL),
	    row->from_at, row->until_at, ctx->now_at);
	row->publication = (enum agreement_publication)agreement_word(
	    rows, 6, agreement_publications, PUBLICATION_NONE);
	row->extent = (enum agreement_extent)agreement_word(
	    rows, 7, agreement_extents, EXTENT_WHOLE);
	row->published_at = db_col_int(rows, 8);
	row->is_on_paper = db_col_int(rows, 9) != 0;
	row->is_own = db_col_int(rows, 10) != 0;
	row->signatures = db_col_int(rows, 11);
	row->has_signed = db_col_int(rows, 12) != 0;
	row->has_draft = db_col_int(rows, 13) != 0;
}

static int
limit_of(const struct agreement_filter *f)
{
	if (f->limit <= 0)
		return LIMIT;
	return f->limit > LIMIT_MAX ? LIMIT_MAX : f->limit;
}

static int
by_position(const void *a, const void *b)
{
	const struct agreement_row *x = a, *y = b;

	return (x->position < y->position) - (x->position > y->position);
}

/*
 * Ends the query, which asked for one row more than the page has.  The engine
 * would sort a few rows of many columns by writing each of them anew.
 */
static enum err
take(struct ctx *ctx, struct db_rows *rows, int limit, bool is_register,
    struct agreement_list *list)
{
	struct agreement_row *row;
	enum err rc;

	while (db_next(rows)) {
		list->rows = list_room(
		    ctx->arena, list->rows, list->count, sizeof(*list->rows));
		row = &list->rows[list->count++];
		fill(ctx, rows, row);
		if (is_register)
			narrow(row);
	}
	rc = db_done(rows);
	if (list->count > 1)
		qsort(
		    list->rows, list->count, sizeof(*list->rows), by_position);
	if (list->count > (size_t)limit) {
		list->count = (size_t)limit;
		list->next = list->rows[limit - 1].position;
	}
	return rc;
}

static const char *
kind_of(const struct agreement_filter *f)
{
	return f->kind >= 0 && f->kind < AGREEMENT_KIND__MAX
	    ? agreement_kinds[f->kind]
	    : "";
}

static const char *
party_of(const struct agreement_filter *f)
{
	return f->organisation != NULL ? f->organisation : "";
}

static int64_t
before_of(const struct agreement_filter *f)
{
	return f->before > 0 ? f->before : INT64_MAX;
}

enum err
agreement_list_found(struct ctx *ctx, const struct agreement_filter *f,
    struct agreement_list *list)
{
	int limit = limit_of(f);

	memset(list, 0, sizeof(*list));
	if (ctx->actor.organisation == 0)
		return ERR_OK;
	return take(ctx,
	    db_query(ctx->db, sql[SQL_OWN],
		DB_ARGS(db_i(ctx->actor.organisation), db_t(kind_of(f)),
		    db_i(f->sectors), db_t(party_of(f)),
		    db_t(agreement_groups[f->group]), db_i(ctx->now_at),
		    db_i(before_of(f)), db_i(limit + 1))),
	    limit, false, list);
}

enum err
agreement_list(struct ctx *ctx, const struct agreement_filter *f,
    struct agreement_list *list)
{
	return all_texts(ctx, agreement_list_found(ctx, f, list), list);
}

enum err
agreement_register_found(struct ctx *ctx, const struct agreement_filter *f,
    bool is_public, struct agreement_list *list)
{
	enum agreement_group group =
	    f->group == GROUP_IN_FORCE || f->group == GROUP_ENDED ? f->group
								  : GROUP_ALL;
	int limit = limit_of(f);

	memset(list, 0, sizeof(*list));
	return take(ctx,
	    db_query(ctx->db, sql[SQL_REGISTER],
		DB_ARGS(db_i(ctx->actor.organisation), db_i(ctx->now_at),
		    db_i(is_public), db_t(kind_of(f)), db_i(f->sectors),
		    db_t(party_of(f)), db_t(agreement_groups[group]),
		    db_i(before_of(f)), db_i(limit + 1))),
	    limit, true, list);
}

enum err
agreement_register(struct ctx *ctx, const struct agreement_filter *f,
    bool is_public, struct agreement_list *list)
{
	return all_texts(
	    ctx, agreement_register_found(ctx, f, is_public, list), list);
}
