/* SPDX-License-Identifier: Apache-2.0 */
/* What organisations say that they did: giving it, and what the source sees. */
#include "domain/answer_store.h"

#include <string.h>

#include "base/text.h"
#include "domain/list.h"
#include "domain/record.h"

enum { HISTORY_MAX = 200 };

enum {
	SQL_GIVE,
	SQL_KEEP,
	SQL_UNASK,
	SQL_OWN,
	SQL_HISTORY,
	SQL_TABLE,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_GIVE] =
	    "INSERT INTO answer (advisory, organisation, state, comment,"
	    " done_by_at, revision, person, answered_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	    " ON CONFLICT (advisory, organisation) DO UPDATE SET"
	    " state = excluded.state, comment = excluded.comment,"
	    " done_by_at = excluded.done_by_at,"
	    " revision = excluded.revision, person = excluded.person,"
	    " answered_at = excluded.answered_at",
	[SQL_KEEP] =
	    "INSERT INTO answer_history (advisory, organisation, state,"
	    " comment, done_by_at, revision, person, answered_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	[SQL_UNASK] =
	    "DELETE FROM advisory_asked"
	    " WHERE advisory = $1 AND organisation = $2",
	[SQL_OWN] =
	    "SELECT w.state, w.comment, w.done_by_at, w.revision, p.name,"
	    " w.answered_at FROM answer w JOIN person p ON p.id = w.person"
	    " WHERE w.advisory = $1 AND w.organisation = $2",
	[SQL_HISTORY] =
	    "SELECT w.state, w.comment, w.done_by_at, w.revision, p.name,"
	    " w.answered_at FROM answer_history w"
	    " JOIN person p ON p.id = w.person"
	    " WHERE w.advisory = $1 AND w.organisation = $2"
	    " ORDER BY w.id DESC LIMIT $3",
	/*
	 * Those whom a circle brings it, and whoever else has opened or
	 * answered it: of TLP:CLEAR the world may, and of those who have lost
	 * their access the answer stays.
	 */
	[SQL_TABLE] =
	    "WITH " ACCESS_WHO ", " ANSWER_ITEM ", " ACCESS_READERS ","
	    " able(organisation) AS (SELECT DISTINCT r.organisation"
	    " FROM item, readers r WHERE item.label < 4 OR EXISTS ("
	    "SELECT 1 FROM person p WHERE p.organisation = r.organisation"
	    " AND " ACCESS_PERSON ")),"
	    " shown(organisation) AS (SELECT r.organisation FROM readers r"
	    " WHERE r.via <> 0"
	    " AND r.organisation IN (SELECT organisation FROM able)"
	    " UNION SELECT w.organisation FROM item JOIN answer w"
	    " ON w.advisory = item.id"
	    " UNION SELECT n.organisation FROM item JOIN reading n"
	    " ON n.advisory = item.id)"
	    " SELECT w.state, w.comment, w.done_by_at, w.revision, p.name,"
	    " w.answered_at, o.ref, o.name, o.country, o.sectors,"
	    " (SELECT COUNT(*) FROM reading n WHERE n.advisory ="
	    " item.id AND n.organisation = o.id),"
	    " (SELECT MIN(n.first_at) FROM reading n WHERE n.advisory ="
	    " item.id AND n.organisation = o.id),"
	    " EXISTS (SELECT 1 FROM reading n JOIN advisory a"
	    " ON a.id = n.advisory WHERE n.advisory = item.id"
	    " AND n.organisation = o.id AND n.revision >= a.revision),"
	    " o.id IN (SELECT organisation FROM able)"
	    " FROM item, shown s JOIN organisation o ON o.id = s.organisation"
	    " LEFT JOIN answer w ON w.advisory = item.id"
	    " AND w.organisation = o.id"
	    " LEFT JOIN person p ON p.id = w.person"
	    " WHERE o.id <> item.organisation"
	    " AND item.organisation = $2 ORDER BY o.ref",
};
/* clang-format on */

const char *const answer_states[ANSWER__MAX + 1] = {
	[ANSWER_EXAMINING] = "examining",
	[ANSWER_UNAFFECTED] = "unaffected",
	[ANSWER_MITIGATING] = "mitigating",
	[ANSWER_MITIGATED] = "mitigated",
};

bool
answer_state_from_word(const char *word, enum answer_state *state)
{
	for (int s = 0; word != NULL && s < ANSWER__MAX; s++) {
		if (strcmp(answer_states[s], word) == 0) {
			*state = (enum answer_state)s;
			return true;
		}
	}
	return false;
}

/* ---- giving one ------------------------------------------------------- */

struct given {
	int64_t advisory;
	const char *state;
	const char *comment;
	int64_t done_by_at;
	int revision;
};

static enum err
put(struct ctx *ctx, const char *statement, const struct given *g)
{
	return db_exec(ctx->db, statement,
	    DB_ARGS(db_i(g->advisory), db_i(ctx->actor.organisation),
		db_t(g->state), db_t(g->comment), db_at(g->done_by_at),
		db_i(g->revision), db_i(ctx->actor.person), db_i(ctx->now_at)));
}

static enum err
give(struct ctx *ctx, const char *ref, const struct given *g)
{
	json_t *what;
	enum err rc;

	if ((rc = put(ctx, sql[SQL_GIVE], g)) != ERR_OK ||
	    (rc = put(ctx, sql[SQL_KEEP], g)) != ERR_OK ||
	    (rc = db_exec(ctx->db, sql[SQL_UNASK],
		 DB_ARGS(db_i(g->advisory), db_i(ctx->actor.organisation)))) !=
		ERR_OK)
		return rc;
	what =
	    json_pack("{s:s, s:i}", "state", g->state, "revision", g->revision);
	return record_append(ctx, RECORD_ADVISORY_ANSWERED, ref, what);
}

enum err
answer_give(struct ctx *ctx, const struct advisory *loaded,
    enum answer_state state, const char *comment, int64_t done_by_at)
{
	struct advisory *a;
	struct given g = { .done_by_at = done_by_at };
	enum err rc;

	if (ctx->actor.person == 0 || ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if (comment == NULL)
		comment = "";
	g.comment =
	    text_clean(ctx->arena, comment, strlen(comment), TEXT_PROSE);
	if ((unsigned)state >= ANSWER__MAX || g.comment == NULL ||
	    text_length(g.comment) > ANSWER_COMMENT_MAX)
		return ERR_INVALID;
	g.state = answer_states[state];
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	/* Access may have ended since the page was loaded. */
	if ((rc = advisory_load(ctx, loaded->ref, &a)) != ERR_OK)
		goto out;
	if (!advisory_may(a, ADVISORY_ANSWER) || advisory_is_own(ctx, a)) {
		rc = ERR_STATE;
		goto out;
	}
	g.advisory = a->id;
	g.revision = a->revision;
	rc = give(ctx, a->ref, &g);
out:
	return db_end(ctx->db, rc);
}

/* ---- the own ones ----------------------------------------------------- */

/* The first six columns of each query. */
static void
fill(struct arena *arena, struct db_rows *rows, struct answer *w)
{
	answer_state_from_word(db_col_peek(rows, 0, NULL), &w->state);
	w->comment = db_col_text(rows, 1, arena);
	w->done_by_at = db_col_int(rows, 2);
	w->revision = (int)db_col_int(rows, 3);
	w->person_name = db_col_text(rows, 4, arena);
	w->answered_at = db_col_int(rows, 5);
}

enum err
answer_own(struct ctx *ctx, const struct advisory *a, struct answer **out)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_OWN],
	    DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation)));

	*out = NULL;
	if (db_next(rows)) {
		*out = arena_alloc(ctx->arena, sizeof(**out));
		fill(ctx->arena, rows, *out);
	}
	return db_done(rows);
}

enum err
answer_history(
    struct ctx *ctx, const struct advisory *a, struct answer **out, size_t *n)
{
	struct answer *all = NULL;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_HISTORY],
	    DB_ARGS(
		db_i(a->id), db_i(ctx->actor.organisation), db_i(HISTORY_MAX)));

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx->arena, rows, &all[(*n)++]);
	}
	*out = all;
	return db_done(rows);
}

/* ---- what the source sees --------------------------------------------- */

static void
fill_row(struct arena *arena, struct db_rows *rows, struct answer_row *row)
{
	if (!db_col_is_null(rows, 0)) {
		row->answer = arena_alloc(arena, sizeof(*row->answer));
		fill(arena, rows, row->answer);
	}
	row->organisation_ref = db_col_text(rows, 6, arena);
	row->organisation_name = db_col_text(rows, 7, arena);
	row->country = db_col_text(rows, 8, arena);
	row->sectors = db_col_int(rows, 9);
	row->readers = db_col_int(rows, 10);
	row->first_at = db_col_int(rows, 11);
	row->is_present = db_col_int(rows, 12) != 0;
	row->may_read = db_col_int(rows, 13) != 0;
}

enum err
answer_table(struct ctx *ctx, const struct advisory *a, struct answer_row **out,
    size_t *n)
{
	struct answer_row *all = NULL;
	struct db_rows *rows;

	*out = NULL;
	*n = 0;
	if (!advisory_is_own(ctx, a))
		return ERR_NOT_FOUND;
	rows = db_query(
	    ctx->db, sql[SQL_TABLE], DB_ARGS(ACCESS_READER(ctx), db_i(a->id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill_row(ctx->arena, rows, &all[(*n)++]);
	}
	*out = all;
	return db_done(rows);
}
