/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for an organisation, and what ends soon: asked for when read. */
#include <string.h>

#include "base/clock.h"
#include "domain/agreement_list.h"
#include "domain/agreement_store.h"
#include "domain/list.h"

const char *const agreement_waits[WAIT__MAX + 1] = { "signature", "ending",
	"publishing", NULL };

static const int reminders[] = { 7, 30, 90 }; /* days before the end */
enum { AWAITING_MAX = 1000 };
enum { REMINDERS = sizeof(reminders) / sizeof(reminders[0]) };

enum sql { SQL_MOVED, SQL_AWAITING, SQL_ENDING, SQL__MAX };

/* clang-format off */
#define OF_MINE \
	" FROM mine m LEFT JOIN agreement_version v ON v.agreement = m.id" \
	" AND v.number = m.version"

static const char *const sql[SQL__MAX] = {
	[SQL_MOVED] = "SELECT COALESCE(MAX(position), 0) FROM agreement",
	/*
	 * The own ones in which anything can wait are few, and are looked for
	 * once; what waits in them is three questions.
	 */
	[SQL_AWAITING] =
	    "WITH mine AS MATERIALIZED ("
	    "SELECT a.id AS id, a.ref AS ref, a.kind AS kind,"
	    " a.state AS state, a.version AS version,"
	    " a.until_at AS until_at, a.asked_at AS asked_at,"
	    " a.asked_by AS asked_by, p.position AS position,"
	    " p.ending_at AS ending_at, p.leaves_at AS leaves_at,"
	    " p.publishing_at AS publishing_at,"
	    " p.declined_at AS declined_at"
	    " FROM agreement_party p CROSS JOIN agreement a"
	    " WHERE a.id = p.agreement AND p.organisation = $1"
	    " AND (a.state = 'proposed' OR a.asked_at IS NOT NULL"
	    " OR (" AGREEMENT_IS_OPEN("a", "$2") " AND EXISTS ("
	    "SELECT 1 FROM agreement_party e WHERE e.agreement = a.id"
	    " AND e.ending_at IS NOT NULL))))"
	    " SELECT m.ref, v.title, m.kind, 0 AS wait,"
	    " CASE WHEN v.author IS NULL THEN NULL ELSE w.name END,"
	    " v.proposed_at AS since" OF_MINE
	    " JOIN organisation w ON w.id = v.organisation"
	    " WHERE m.state = 'proposed' AND m.declined_at IS NULL"
	    " AND NOT EXISTS (SELECT 1 FROM agreement_signature s"
	    " WHERE s.version = v.id AND s.organisation = $1)"
	    " AND (v.signing_order = 'free' OR NOT EXISTS ("
	    "SELECT 1 FROM agreement_version_party b WHERE b.version = v.id"
	    " AND b.position < m.position AND NOT EXISTS ("
	    "SELECT 1 FROM agreement_signature s WHERE s.version = v.id"
	    " AND s.organisation = b.organisation)))"
	    " UNION ALL SELECT m.ref, v.title, m.kind, 1, w.name,"
	    " q.ending_at" OF_MINE
	    " JOIN agreement_party q ON q.agreement = m.id"
	    " AND q.ending_at = (SELECT MIN(e.ending_at)"
	    " FROM agreement_party e WHERE e.agreement = m.id)"
	    " AND q.position = (SELECT MIN(e.position)"
	    " FROM agreement_party e WHERE e.agreement = m.id"
	    " AND e.ending_at = q.ending_at)"
	    " JOIN organisation w ON w.id = q.organisation"
	    " WHERE m.ending_at IS NULL"
	    " AND (m.leaves_at IS NULL OR m.leaves_at > $2)"
	    " AND " AGREEMENT_IS_OPEN("m", "$2")
	    " UNION ALL SELECT m.ref, v.title, m.kind, 2, w.name,"
	    " m.asked_at" OF_MINE
	    " JOIN organisation w ON w.id = m.asked_by"
	    " WHERE m.asked_at IS NOT NULL AND m.publishing_at IS NULL"
	    " AND " AGREEMENT_STAYS("m", "m", "$2")
	    " ORDER BY since, wait LIMIT $3",
	[SQL_ENDING] =
	    "SELECT mine.ref, mine.title, mine.kind, mine.ends_at,"
	    " mine.by_notice, (SELECT n.ref FROM agreement n"
	    " WHERE n.replaces = mine.id AND n.state = 'proposed')"
	    " FROM (SELECT a.id AS id, a.ref AS ref, v.title AS title,"
	    " a.kind AS kind, " AGREEMENT_ENDS("p", "a") " AS ends_at,"
	    " (p.notice_at IS NOT NULL OR COALESCE(a.end_cause, '') ="
	    " 'notice') AS by_notice"
	    " FROM agreement_party p JOIN agreement a ON a.id = p.agreement"
	    " LEFT JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " WHERE p.organisation = $1 AND " AGREEMENT_IS_OPEN("a", "$2")
	    " AND NOT EXISTS (SELECT 1 FROM agreement n"
	    " WHERE n.replaces = a.id AND n.state = 'signed')) AS mine"
	    " WHERE mine.ends_at > $2 AND mine.ends_at <= $3"
	    " ORDER BY mine.ends_at, mine.ref",
};
/* clang-format on */

enum err
agreement_moved(struct ctx *ctx, int64_t *at)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_MOVED], DB_NONE);

	*at = db_next(rows) ? db_col_int(rows, 0) : 0;
	return db_done(rows);
}

enum err
agreement_awaiting(
    struct ctx *ctx, struct agreement_waiting **waiting, size_t *n)
{
	struct agreement_waiting *all = NULL, *w;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(ctx->db, sql[SQL_AWAITING],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(ctx->now_at),
		db_i(AWAITING_MAX)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		w = &all[(*n)++];
		w->ref = db_col_text(rows, 0, ctx->arena);
		w->title = db_col_text(rows, 1, ctx->arena);
		w->kind = (enum agreement_kind)agreement_word(
		    rows, 2, agreement_kinds, AGREEMENT_OTHER);
		w->wait = (enum agreement_wait)db_col_int(rows, 3);
		w->organisation_name = db_col_text(rows, 4, ctx->arena);
		w->since_at = db_col_int(rows, 5);
	}
	*waiting = all;
	return db_done(rows);
}

/* The shortest that is not shorter than what is left. */
static int
reminder_of(int64_t left)
{
	for (size_t i = 0; i < REMINDERS; i++)
		if (left <= reminders[i] * CLOCK_DAY)
			return reminders[i];
	return reminders[REMINDERS - 1];
}

enum err
agreement_ending(struct ctx *ctx, struct agreement_ending **ending, size_t *n)
{
	const int64_t horizon =
	    ctx->now_at + reminders[REMINDERS - 1] * CLOCK_DAY;
	struct agreement_ending *all = NULL, *e;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(ctx->db, sql[SQL_ENDING],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(ctx->now_at),
		db_i(horizon)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		e = &all[(*n)++];
		e->ref = db_col_text(rows, 0, ctx->arena);
		e->title = db_col_text(rows, 1, ctx->arena);
		e->kind = (enum agreement_kind)agreement_word(
		    rows, 2, agreement_kinds, AGREEMENT_OTHER);
		e->ends_at = db_col_int(rows, 3);
		e->is_notice = db_col_int(rows, 4) != 0;
		e->successor = db_col_text(rows, 5, ctx->arena);
		e->days = reminder_of(e->ends_at - ctx->now_at);
	}
	*ending = all;
	return db_done(rows);
}
