/* SPDX-License-Identifier: Apache-2.0 */
/* What an advisory is, and reading it. */
#include "domain/advisory.h"

#include "domain/advisory_store.h"
#include "domain/list.h"

enum {
	SQL_NEWEST,
	SQL_DRAFT,
	SQL_REVISION,
	SQL_STORED,
	SQL_REVISIONS,
	SQL_PARTS,
	SQL_PARTS_STORED,
	SQL__MAX
};

/* clang-format off */
#define COLUMNS \
	" SELECT a.id, a.ref, a.organisation, o.ref, o.name, a.state," \
	" a.revision, a.draft, a.created_at, a.published_at," \
	" a.withdrawn_at, a.withdrawn_why, a.foreign_id, v.id, v.number," \
	" v.edit, v.title, v.severity, v.label, v.sectors, v.answer_by_at," \
	" p.name, v.saved_at, v.published_at, v.summary, v.happened," \
	" v.todo, v.products, v.cves, v.change, v.foreign_version, v.source" \
	" FROM reader CROSS JOIN advisory a" \
	" JOIN organisation o ON o.id = a.organisation" \
	" JOIN advisory_revision v ON v.advisory = a.id" \
	" LEFT JOIN person p ON p.id = v.author"

/* Somebody may read the newest: THE rule, on the rows of lists. */
#define MAY_NEWEST \
	" EXISTS (SELECT 1 FROM advisory_circle x CROSS JOIN reach r" \
	" WHERE x.advisory = a.id AND r.circle = x.circle" \
	" AND " ACCESS_MAY ")"

#define IS_OWN "a.organisation = reader.organisation"

static const char *const sql[SQL__MAX] = {
	/* What never was published has a row of its own circle alone. */
	[SQL_NEWEST] =
	    "WITH " ACCESS_REACH_TO("advisory",
		"(SELECT id FROM advisory WHERE ref = $4)")
	    COLUMNS " WHERE a.ref = $4 AND v.number ="
	    " CASE a.revision WHEN 0 THEN a.draft ELSE a.revision END"
	    " AND" MAY_NEWEST,
	[SQL_DRAFT] =
	    "WITH " ACCESS_REACH COLUMNS
	    " WHERE a.ref = $4 AND " IS_OWN " AND v.number = a.draft AND "
	    ACCESS_MAY_REVISION,
	[SQL_REVISION] =
	    "WITH " ACCESS_REACH COLUMNS
	    " WHERE a.ref = $4 AND v.number = $5"
	    " AND v.published_at IS NOT NULL AND" MAY_NEWEST
	    " AND " ACCESS_MAY_REVISION,
	/* For the act itself: no person of the owner may have been named. */
	[SQL_STORED] =
	    "WITH " ACCESS_WHO COLUMNS
	    " WHERE " IS_OWN " AND v.id = $4",
	[SQL_REVISIONS] =
	    "WITH " ACCESS_REACH
	    " SELECT v.number, v.published_at,"
	    " CASE WHEN a.state = 'withdrawn' AND NOT " IS_OWN
	    " THEN '' ELSE v.change END, p.name"
	    " FROM reader CROSS JOIN advisory a"
	    " JOIN advisory_revision v ON v.advisory = a.id"
	    " LEFT JOIN person p ON p.id = v.author"
	    " WHERE a.id = $4 AND v.published_at IS NOT NULL"
	    " AND" MAY_NEWEST " AND " ACCESS_MAY_REVISION
	    " ORDER BY v.number DESC",
	[SQL_PARTS] =
	    "WITH " ACCESS_REACH
	    " SELECT t.kind, t.depth, t.name, t.title, t.text, t.url"
	    " FROM reader CROSS JOIN advisory_revision v"
	    " JOIN advisory a ON a.id = v.advisory"
	    " JOIN advisory_part t ON t.revision = v.id"
	    " WHERE v.id = $4 AND (" IS_OWN
	    " OR (a.state = 'published' AND v.published_at IS NOT NULL))"
	    " AND" MAY_NEWEST " AND " ACCESS_MAY_REVISION
	    " ORDER BY t.position",
	[SQL_PARTS_STORED] =
	    "SELECT t.kind, t.depth, t.name, t.title, t.text, t.url"
	    " FROM advisory_part t WHERE t.revision = $1"
	    " ORDER BY t.position",
};
/* clang-format on */

const char *const advisory_states[ADVISORY_STATE__MAX + 1] = {
	[ADVISORY_DRAFT] = "draft",
	[ADVISORY_PUBLISHED] = "published",
	[ADVISORY_WITHDRAWN] = "withdrawn",
};

const char *const severities[SEVERITY__MAX + 1] = {
	[SEVERITY_NONE] = "none",
	[SEVERITY_LOW] = "low",
	[SEVERITY_MEDIUM] = "medium",
	[SEVERITY_HIGH] = "high",
	[SEVERITY_CRITICAL] = "critical",
};

bool
advisory_is_own(const struct ctx *ctx, const struct advisory *a)
{
	return a->organisation != 0 &&
	    a->organisation == ctx->actor.organisation;
}

bool
advisory_may(const struct advisory *a, enum advisory_act act)
{
	bool has_draft = a->draft != 0 && a->state != ADVISORY_WITHDRAWN;

	switch (act) {
	case ADVISORY_EDIT:
	case ADVISORY_PUBLISH:
		return has_draft;
	case ADVISORY_DISCARD:
		return a->draft != 0;
	case ADVISORY_REVISE:
		return a->state == ADVISORY_PUBLISHED && a->draft == 0;
	case ADVISORY_WITHDRAW:
	case ADVISORY_ANSWER:
		return a->state == ADVISORY_PUBLISHED;
	case ADVISORY_ACT__MAX:
		break;
	}
	return false;
}

enum advisory_state
advisory_state_of(const char *word)
{
	int s = ADVISORY_DRAFT;

	while (s < ADVISORY_STATE__MAX - 1 &&
	    strcmp(advisory_states[s], word) != 0)
		s++;
	return (enum advisory_state)s;
}

/* ---- one advisory ----------------------------------------------------- */

static void
fill_item(struct arena *arena, struct db_rows *rows, struct advisory *a)
{
	a->id = db_col_int(rows, 0);
	a->ref = db_col_text(rows, 1, arena);
	a->organisation = db_col_int(rows, 2);
	a->organisation_ref = db_col_text(rows, 3, arena);
	a->organisation_name = db_col_text(rows, 4, arena);
	a->state = advisory_state_of(db_col_peek(rows, 5, NULL));
	a->revision = (int)db_col_int(rows, 6);
	a->draft = (int)db_col_int(rows, 7);
	a->created_at = db_col_int(rows, 8);
	a->published_at = db_col_int(rows, 9);
	a->withdrawn_at = db_col_int(rows, 10);
	a->withdrawn_why = db_col_text(rows, 11, arena);
	a->foreign_id = db_col_text(rows, 12, arena);
	a->revision_id = db_col_int(rows, 13);
	a->number = (int)db_col_int(rows, 14);
	a->edit = (int)db_col_int(rows, 15);
	a->title = db_col_text(rows, 16, arena);
	a->severity = (enum severity)db_col_int(rows, 17);
	a->label = (enum tlp)db_col_int(rows, 18);
	a->sectors = db_col_int(rows, 19);
	a->answer_by_at = db_col_int(rows, 20);
	a->author_name = db_col_text(rows, 21, arena);
	a->saved_at = db_col_int(rows, 22);
	a->revision_published_at = db_col_int(rows, 23);
}

/*
 * After withdrawal the texts are the source's alone.  They are not even
 * copied for anybody else, so that no page can show them by mistake.
 */
static void
fill_texts(struct arena *arena, struct db_rows *rows, struct advisory *a,
    bool is_shown)
{
	char **const texts[] = { &a->summary, &a->happened, &a->todo,
		&a->products, &a->cves, &a->change };

	for (int i = 0; i < 6; i++)
		*texts[i] = is_shown ? db_col_text(rows, 24 + i, arena)
				     : arena_copy(arena, "");
	if (!is_shown)
		return;
	a->foreign_version = db_col_text(rows, 30, arena);
	a->source = db_col_int(rows, 31);
	a->has_source = a->source != 0;
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct advisory *a)
{
	fill_item(ctx->arena, rows, a);
	fill_texts(ctx->arena, rows, a,
	    a->state != ADVISORY_WITHDRAWN || advisory_is_own(ctx, a));
}

/* Whom it is addressed to, as far as the actor may know. */
static enum err
add_addressing(struct ctx *ctx, struct advisory *a)
{
	const bool is_own = advisory_is_own(ctx, a);
	enum err rc;

	a->named = arena_array(ctx->arena, 1, sizeof(*a->named));
	rc = addressing_circles(ctx, ACCESS_ADVISORY, a->revision_id, is_own,
	    &a->circles, &a->circle_count);
	if (rc == ERR_OK && is_own && a->label == TLP_RED)
		rc = addressing_named(
		    ctx, ACCESS_ADVISORY, a->revision_id, &a->named);
	return rc;
}

/* Ends the query. */
static enum err
load(struct ctx *ctx, struct db_rows *rows, struct advisory **out)
{
	struct advisory *a = NULL;
	enum err rc;

	*out = NULL;
	if (db_next(rows)) {
		a = arena_alloc(ctx->arena, sizeof(*a));
		fill(ctx, rows, a);
	}
	rc = db_done(rows);
	if (rc == ERR_OK && a == NULL)
		rc = ERR_NOT_FOUND;
	if (rc == ERR_OK)
		rc = add_addressing(ctx, a);
	if (rc == ERR_OK)
		*out = a;
	return rc;
}

enum err
advisory_load(struct ctx *ctx, const char *ref, struct advisory **a)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_NEWEST],
		DB_ARGS(ACCESS_READER(ctx), db_t(ref))),
	    a);
}

enum err
advisory_load_draft(struct ctx *ctx, const char *ref, struct advisory **a)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_DRAFT],
		DB_ARGS(ACCESS_READER(ctx), db_t(ref))),
	    a);
}

enum err
advisory_load_revision(
    struct ctx *ctx, const char *ref, int number, struct advisory **a)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_REVISION],
		DB_ARGS(ACCESS_READER(ctx), db_t(ref), db_i(number))),
	    a);
}

enum err
advisory_load_stored(struct ctx *ctx, int64_t revision, struct advisory **a)
{
	return load(ctx,
	    db_query(ctx->db, sql[SQL_STORED],
		DB_ARGS(ACCESS_READER(ctx), db_i(revision))),
	    a);
}

/* ---- what belongs to one ---------------------------------------------- */

enum err
advisory_revisions(struct ctx *ctx, int64_t advisory,
    struct advisory_revision_row **out, size_t *n)
{
	struct advisory_revision_row *all = NULL, *row;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_REVISIONS],
	    DB_ARGS(ACCESS_READER(ctx), db_i(advisory)));

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		row = &all[(*n)++];
		row->number = (int)db_col_int(rows, 0);
		row->published_at = db_col_int(rows, 1);
		row->change = db_col_text(rows, 2, ctx->arena);
		row->author_name = db_col_text(rows, 3, ctx->arena);
	}
	*out = all;
	return db_done(rows);
}

static enum err
load_parts(struct ctx *ctx, struct db_rows *rows, struct advisory_part **out,
    size_t *n)
{
	struct advisory_part *all = NULL, *part;

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		part = &all[(*n)++];
		part->kind = db_col_text(rows, 0, ctx->arena);
		part->depth = (int)db_col_int(rows, 1);
		part->name = db_col_text(rows, 2, ctx->arena);
		part->title = db_col_text(rows, 3, ctx->arena);
		part->text = db_col_text(rows, 4, ctx->arena);
		part->url = db_col_text(rows, 5, ctx->arena);
	}
	*out = all;
	return db_done(rows);
}

enum err
advisory_parts(
    struct ctx *ctx, int64_t revision, struct advisory_part **out, size_t *n)
{
	return load_parts(ctx,
	    db_query(ctx->db, sql[SQL_PARTS],
		DB_ARGS(ACCESS_READER(ctx), db_i(revision))),
	    out, n);
}

enum err
advisory_parts_stored(
    struct ctx *ctx, int64_t revision, struct advisory_part **out, size_t *n)
{
	return load_parts(ctx,
	    db_query(ctx->db, sql[SQL_PARTS_STORED], DB_ARGS(db_i(revision))),
	    out, n);
}
