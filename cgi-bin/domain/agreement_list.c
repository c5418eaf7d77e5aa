/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/agreement_list.h"

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

enum sql { SQL_OWN, SQL_REGISTER, SQL_NAMES, SQL__MAX };

/* clang-format off */

/*
 * The version that counts; of what never was proposed, the draft of the own
 * organisation, $1.
 */
#define VERSION \
	" LEFT JOIN agreement_version v ON v.agreement = a.id" \
	" AND ((v.number IS NOT NULL AND v.number = a.version)" \
	" OR (a.version = 0 AND v.number IS NULL" \
	" AND v.organisation = $1))"

#define HAS_DRAFT \
	"EXISTS (SELECT 1 FROM agreement_version d WHERE d.agreement = a.id" \
	" AND d.number IS NULL AND d.organisation = $1)" \
	" AND a.state IN ('draft', 'proposed')"

/* $2 kind or '', $3 sectors or 0, $4 ref of a party or '', $5 group, $6 now. */
#define FILTER \
	"($2 = '' OR a.kind = $2)" \
	" AND ($3 = 0 OR (v.sectors & $3) <> 0)" \
	" AND ($4 = '' OR EXISTS (SELECT 1 FROM agreement_party f" \
	" JOIN organisation fo ON fo.id = f.organisation" \
	" WHERE f.agreement = a.id AND fo.ref = $4))" \
	" AND CASE $5 WHEN 'drafts' THEN " HAS_DRAFT \
	" WHEN 'proposed' THEN a.state = 'proposed'" \
	" WHEN 'in-force' THEN " AGREEMENT_IS_OPEN("a", "$6") \
	" WHEN 'ended' THEN a.state = 'withdrawn' OR (a.state = 'signed'" \
	" AND a.until_at IS NOT NULL AND a.until_at <= $6)" \
	" ELSE a.state = a.state END"

/* Only what is shown gets its columns. */
#define SHOWN \
	" SELECT a.position, a.ref, COALESCE(v.title, ''), a.kind, a.state," \
	" o.name, v.id, a.version, a.signed_at, a.from_at, a.until_at," \
	" a.publication, a.extent, a.published_at, a.on_paper," \
	" a.organisation = $1," \
	" (SELECT COUNT(*) FROM agreement_signature s WHERE s.version = v.id)," \
	" EXISTS (SELECT 1 FROM agreement_signature s WHERE s.version = v.id" \
	" AND s.organisation = $1), " HAS_DRAFT ", " AGREEMENT_TERMS \
	" FROM found CROSS JOIN agreement a ON a.id = found.id" \
	" JOIN organisation o ON o.id = a.organisation" VERSION \
	AGREEMENT_TERMS_FROM " ORDER BY found.at DESC"

static const char *const sql[SQL__MAX] = {
	/* From the own ones outwards: what is others' costs nothing. */
	[SQL_OWN] =
	    "WITH mine(id) AS ("
	    " SELECT p.agreement FROM agreement_party p"
	    " WHERE p.organisation = $1"
	    " UNION SELECT b.id FROM agreement b WHERE b.organisation = $1"
	    " UNION SELECT w.agreement FROM agreement_version w"
	    " JOIN agreement b ON b.id = w.agreement AND b.state = 'signed'"
	    " AND w.number = b.version WHERE w.auditor = $1),"
	    " found(id, at) AS (SELECT a.id, a.position"
	    " FROM mine CROSS JOIN agreement a ON a.id = mine.id" VERSION
	    " WHERE " FILTER
	    " AND a.position < $7 ORDER BY a.position DESC LIMIT $8)" SHOWN,
	[SQL_REGISTER] =
	    "WITH found(id, at) AS (SELECT a.id, a.published_at"
	    " FROM agreement a" VERSION
	    " WHERE a.published_at IS NOT NULL AND " FILTER
	    " AND a.published_at < $7 AND (a.publication = 'everybody'"
	    " OR ($8 = 0 AND EXISTS (SELECT 1 FROM access_grant g"
	    " WHERE g.circle = 2 AND g.organisation = $1"
	    " AND " ACCESS_GRANT_VALID("g", "$6") ")))"
	    " ORDER BY a.published_at DESC LIMIT $9)" SHOWN,
	[SQL_NAMES] =
	    "SELECT name FROM agreement_version_party WHERE version = $1"
	    " ORDER BY position",
};
/* clang-format on */

enum { FIRST_TERM = 19 };

static void
fill_own(struct db_rows *rows, struct agreement_row *row)
{
	row->is_on_paper = db_col_int(rows, 14) != 0;
	row->is_own = db_col_int(rows, 15) != 0;
	row->signatures = db_col_int(rows, 16);
	row->has_signed = db_col_int(rows, 17) != 0;
	row->has_draft = db_col_int(rows, 18) != 0;
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct agreement_row *row)
{
	row->position = db_col_int(rows, 0);
	row->moved_at = row->position;
	row->ref = db_col_text(rows, 1, ctx->arena);
	row->title = db_col_text(rows, 2, ctx->arena);
	row->kind = (enum agreement_kind)agreement_word(
	    rows, 3, agreement_kinds, AGREEMENT_OTHER);
	row->organisation_name = db_col_text(rows, 5, ctx->arena);
	row->version = (int)db_col_int(rows, 7);
	row->signed_at = db_col_int(rows, 8);
	row->from_at = db_col_int(rows, 9);
	row->until_at = db_col_int(rows, 10);
	row->state = agreement_state_of(db_col_peek(rows, 4, NULL),
	    row->from_at, row->until_at, ctx->now_at);
	row->publication = (enum agreement_publication)agreement_word(
	    rows, 11, agreement_publications, PUBLICATION_NONE);
	row->extent = (enum agreement_extent)agreement_word(
	    rows, 12, agreement_extents, EXTENT_WHOLE);
	row->published_at = db_col_int(rows, 13);
	fill_own(rows, row);
	agreement_terms_fill(ctx, rows, FIRST_TERM, &row->terms);
}

/* As the version says; on paper it is who proposed it. */
static enum err
name_parties(struct ctx *ctx, int64_t version, struct agreement_row *row)
{
	char **names = NULL;
	struct db_rows *rows;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_NAMES], DB_ARGS(db_i(version)));
	while (db_next(rows)) {
		names = list_room(
		    ctx->arena, names, row->party_count, sizeof(*names));
		names[row->party_count++] = db_col_text(rows, 0, ctx->arena);
	}
	rc = db_done(rows);
	if (row->is_on_paper) {
		names = list_room(ctx->arena, names, 0, sizeof(*names));
		names[row->party_count++] = row->organisation_name;
	}
	names = list_room(ctx->arena, names, row->party_count, sizeof(*names));
	names[row->party_count] = NULL;
	row->parties = names;
	return rc;
}

static int
limit_of(const struct agreement_filter *f)
{
	if (f->limit <= 0)
		return LIMIT;
	return f->limit > LIMIT_MAX ? LIMIT_MAX : f->limit;
}

/* Ends the query, which asked for one row more than the page has. */
static enum err
take(struct ctx *ctx, struct db_rows *rows, int limit,
    struct agreement_list *list)
{
	enum err rc = ERR_OK, done;
	struct agreement_row *row;
	bool is_more = false;

	while (rc == ERR_OK && !is_more && db_next(rows)) {
		if ((is_more = list->count == (size_t)limit))
			break;
		list->rows = list_room(
		    ctx->arena, list->rows, list->count, sizeof(*list->rows));
		row = &list->rows[list->count++];
		fill(ctx, rows, row);
		rc = name_parties(ctx, db_col_int(rows, 6), row);
	}
	done = db_done(rows);
	if (is_more)
		list->next = list->rows[list->count - 1].position;
	return rc != ERR_OK ? rc : done;
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
agreement_list(struct ctx *ctx, const struct agreement_filter *f,
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
	    limit, list);
}

/* The register tells nothing of the talks, and goes by publication. */
static void
narrow(struct agreement_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct agreement_row *row = &list->rows[i];

		row->position = row->moved_at = row->published_at;
		row->signatures = 0;
		row->has_signed = row->has_draft = false;
	}
}

enum err
agreement_register(struct ctx *ctx, const struct agreement_filter *f,
    bool is_public, struct agreement_list *list)
{
	enum agreement_group group =
	    f->group == GROUP_IN_FORCE || f->group == GROUP_ENDED ? f->group
								  : GROUP_ALL;
	int limit = limit_of(f);
	enum err rc;

	memset(list, 0, sizeof(*list));
	rc = take(ctx,
	    db_query(ctx->db, sql[SQL_REGISTER],
		DB_ARGS(db_i(ctx->actor.organisation), db_t(kind_of(f)),
		    db_i(f->sectors), db_t(party_of(f)),
		    db_t(agreement_groups[group]), db_i(ctx->now_at),
		    db_i(before_of(f)), db_i(is_public), db_i(limit + 1))),
	    limit, list);
	narrow(list);
	if (list->next != 0)
		list->next = list->rows[list->count - 1].position;
	return rc;
}
