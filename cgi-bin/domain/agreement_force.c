/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Force: the grants that an agreement writes and closes.  They are all there
 * is to access; nothing else is told.
 */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/advisory.h"
#include "domain/agreement_store.h"

enum sql {
	SQL_MOVE,
	SQL_PARTIES,
	SQL_GRANT_ALL,
	SQL_GRANT_ORGANISATION,
	SQL_GRANT_PARTY,
	SQL_CLOSE_ALL,
	SQL_CLOSE_PARTY,
	SQL_END,
	SQL_OPENS_CHARTER,
	SQL_OPENS_CIRCLE,
	SQL_NEW_CIRCLE,
	SQL_OPENS_NEW,
	SQL_SIGN,
	SQL_PREDECESSOR,
	SQL_SUSPENDED_IN_CIRCLE,
	SQL_SUSPEND,
	SQL_STAY_SUSPENDED,
	SQL__MAX
};

/* clang-format off */
/*
 * What the agreements say is open from now on.  A grant that ended in the
 * microsecond in which it began is opened again.
 */
#define GRANT(which) \
	"INSERT INTO access_grant (agreement, organisation, circle," \
	" max_label, from_at, until_at)" \
	" SELECT a.id, p.organisation, k.circle, k.max_label," \
	" CASE WHEN a.from_at > $1 THEN a.from_at" \
	" ELSE CAST($1 AS BIGINT) END, " AGREEMENT_ENDS("p", "a") \
	" FROM agreement a" \
	" JOIN agreement_party p ON p.agreement = a.id" \
	" AND p.suspended_at IS NULL" \
	" AND (p.leaves_at IS NULL OR p.leaves_at > $1)" \
	" JOIN organisation o ON o.id = p.organisation" \
	" AND o.state = 'admitted'" \
	" JOIN agreement_circle k ON k.agreement = a.id" \
	" WHERE " AGREEMENT_IS_OPEN("a", "$1") which \
	" ON CONFLICT (agreement, organisation, circle, from_at)" \
	" DO UPDATE SET max_label = excluded.max_label," \
	" until_at = excluded.until_at, ended_at = NULL"

#define CLOSE \
	"UPDATE access_grant SET ended_at = $1 WHERE agreement = $2" \
	" AND (until_at IS NULL OR until_at > $1)" \
	" AND (ended_at IS NULL OR ended_at > $1)"

static const char *const sql[SQL__MAX] = {
	[SQL_MOVE] =
	    "UPDATE agreement SET position = CASE WHEN"
	    " (SELECT MAX(position) FROM agreement) >= $1"
	    " THEN (SELECT MAX(position) + 1 FROM agreement)"
	    " ELSE $1 END WHERE id = $2",
	[SQL_PARTIES] =
	    "SELECT organisation FROM agreement_party WHERE agreement = $1",
	[SQL_GRANT_ALL] = GRANT(" AND a.id = $2"),
	[SQL_GRANT_ORGANISATION] = GRANT(" AND p.organisation = $2"),
	[SQL_GRANT_PARTY] = GRANT(" AND a.id = $2 AND p.organisation = $3"),
	[SQL_CLOSE_ALL] = CLOSE,
	[SQL_CLOSE_PARTY] = CLOSE " AND organisation = $3",
	[SQL_END] =
	    "UPDATE agreement SET until_at = $1, end_cause = $2"
	    " WHERE id = $3 AND state = 'signed'"
	    " AND (until_at IS NULL OR until_at > $1)",
	[SQL_OPENS_CHARTER] =
	    "INSERT INTO agreement_circle (agreement, circle, max_label)"
	    " SELECT a.id, c.id, CAST($1 AS INTEGER) FROM agreement a"
	    " JOIN organisation o ON o.id = a.organisation"
	    " JOIN circle c ON c.kind = 'community'"
	    " OR (c.kind = 'sector' AND (c.sector & o.sectors) <> 0)"
	    " WHERE a.id = $2",
	[SQL_OPENS_CIRCLE] =
	    "INSERT INTO agreement_circle (agreement, circle, max_label)"
	    " SELECT v.agreement, v.circle, v.max_label"
	    " FROM agreement_version v WHERE v.id = $1",
	[SQL_NEW_CIRCLE] =
	    "INSERT INTO circle (ref, kind, name)"
	    " VALUES ($1, 'agreement', $2) RETURNING id",
	[SQL_OPENS_NEW] =
	    "INSERT INTO agreement_circle (agreement, circle, max_label)"
	    " VALUES ($1, $2, $3)",
	[SQL_SIGN] =
	    "UPDATE agreement SET state = 'signed', signed_at = $1,"
	    " from_at = $2, until_at = $3"
	    " WHERE id = $4 AND state = 'proposed' AND version = $5",
	[SQL_PREDECESSOR] =
	    "SELECT b.id, b.ref FROM agreement a"
	    " JOIN agreement b ON b.id = a.replaces WHERE a.id = $1",
	[SQL_SUSPENDED_IN_CIRCLE] =
	    "SELECT b.organisation, b.suspended_at, b.suspended_by,"
	    " b.suspended_why FROM agreement_circle n"
	    " JOIN agreement_circle k ON k.circle = n.circle"
	    " JOIN agreement h ON h.id = k.agreement"
	    " AND " AGREEMENT_IS_OPEN("h", "$1")
	    " JOIN agreement_party b ON b.agreement = h.id"
	    " AND b.suspended_by <> b.organisation"
	    " AND " AGREEMENT_STAYS("b", "h", "$1")
	    " JOIN agreement_party p ON p.agreement = n.agreement"
	    " AND p.organisation = b.organisation"
	    " WHERE n.agreement = $2 AND h.id <> $2"
	    " ORDER BY b.suspended_at",
	[SQL_SUSPEND] =
	    "UPDATE agreement_party SET suspended_at = $1, suspended_by = $2,"
	    " suspended_why = $3 WHERE agreement = $4 AND organisation = $5",
	[SQL_STAY_SUSPENDED] =
	    "UPDATE agreement_party SET suspended_at = b.suspended_at,"
	    " suspended_by = b.suspended_by, suspended_why = b.suspended_why"
	    " FROM agreement_party b WHERE agreement_party.agreement = $1"
	    " AND b.organisation = agreement_party.organisation"
	    " AND b.agreement = $2 AND b.suspended_at IS NOT NULL",
};
/* clang-format on */

enum err
agreement_move(struct ctx *ctx, int64_t agreement)
{
	return db_exec_one(ctx->db, sql[SQL_MOVE],
	    DB_ARGS(db_i(ctx->now_at), db_i(agreement)));
}

/*
 * What a mandate goes by (record_scope.h): whoever may not see how an
 * agreement comes into force may not see it talked about.  Charters are no
 * secret.
 */
static void
set_label(const struct agreement *a, json_t *what)
{
	if (a->kind != AGREEMENT_CHARTER)
		json_object_set_new(what, "label",
		    json_string(tlp_names[a->current->terms.max_label]));
}

enum err
agreement_record(struct ctx *ctx, enum record_kind kind,
    const struct agreement *a, json_t *what)
{
	if (what == NULL)
		what = json_object();
	if (a->current != NULL) {
		json_object_set_new(
		    what, "version", json_integer(a->current->number));
		json_object_set_new(
		    what, "sha256", json_string(a->current->digest));
		set_label(a, what);
	}
	return record_append(ctx, kind, a->ref, what);
}

/* ---- grants ------------------------------------------------------------ */

enum err
agreement_grant_party(struct ctx *ctx, int64_t agreement, int64_t organisation)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_GRANT_PARTY],
	    DB_ARGS(db_i(ctx->now_at), db_i(agreement), db_i(organisation)));
	return rc == ERR_OK ? advisory_index_asked(ctx, organisation) : rc;
}

enum err
agreement_grant_organisation(struct ctx *ctx, int64_t organisation)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_GRANT_ORGANISATION],
	    DB_ARGS(db_i(ctx->now_at), db_i(organisation)));
	return rc == ERR_OK ? advisory_index_asked(ctx, organisation) : rc;
}

enum err
agreement_grant_all(struct ctx *ctx, int64_t agreement)
{
	struct db_rows *rows;
	enum err rc, asked = ERR_OK;

	if ((rc = db_exec(ctx->db, sql[SQL_GRANT_ALL],
		 DB_ARGS(db_i(ctx->now_at), db_i(agreement)))) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_PARTIES], DB_ARGS(db_i(agreement)));
	while (asked == ERR_OK && db_next(rows))
		asked = advisory_index_asked(ctx, db_col_int(rows, 0));
	rc = db_done(rows);
	return asked != ERR_OK ? asked : rc;
}

enum err
agreement_close_all(struct ctx *ctx, int64_t agreement, int64_t at)
{
	return db_exec(
	    ctx->db, sql[SQL_CLOSE_ALL], DB_ARGS(db_i(at), db_i(agreement)));
}

enum err
agreement_close_party(
    struct ctx *ctx, int64_t agreement, int64_t organisation, int64_t at)
{
	return db_exec(ctx->db, sql[SQL_CLOSE_PARTY],
	    DB_ARGS(db_i(at), db_i(agreement), db_i(organisation)));
}

enum err
agreement_end_at(
    struct ctx *ctx, int64_t agreement, int64_t at, enum agreement_end cause)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_END],
	    DB_ARGS(db_i(at), db_t(agreement_ends[cause]), db_i(agreement)));
	return rc == ERR_OK ? agreement_close_all(ctx, agreement, at) : rc;
}

/* ---- the last signature ------------------------------------------------ */

/* Its reference is the agreement's, "agr-2026-0007". */
static enum err
open_new_circle(struct ctx *ctx, const struct agreement *a)
{
	const struct agreement_terms *t = &a->current->terms;
	char *ref = arena_copy(ctx->arena, a->ref);
	int64_t id;
	enum err rc;

	for (char *c = ref; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	rc = db_one_int(ctx->db, sql[SQL_NEW_CIRCLE],
	    DB_ARGS(db_t(ref), db_t(t->circle_name)), &id);
	if (rc != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_OPENS_NEW],
	    DB_ARGS(db_i(a->id), db_i(id), db_i(t->max_label)));
}

static enum err
open_circles(struct ctx *ctx, const struct agreement *a)
{
	const struct agreement_terms *t = &a->current->terms;

	if (a->kind == AGREEMENT_CHARTER)
		return db_exec(ctx->db, sql[SQL_OPENS_CHARTER],
		    DB_ARGS(db_i(t->max_label), db_i(a->id)));
	if (t->circle_ref == NULL)
		return open_new_circle(ctx, a);
	return db_exec_one(
	    ctx->db, sql[SQL_OPENS_CIRCLE], DB_ARGS(db_i(a->current->id)));
}

/*
 * Who is suspended where the same circle is open stays so: others may have
 * signed before they suspended it, and its own signature must not give it back
 * what they took.  Any of them resumes it, if that is what they meant.  Of two
 * suspensions it is the later one.  The charter opens what is nobody's own.
 */
static enum err
stay_suspended(struct ctx *ctx, const struct agreement *a)
{
	struct db_rows *rows;
	enum err rc = ERR_OK, done;

	if (a->kind == AGREEMENT_CHARTER)
		return ERR_OK;
	rows = db_query(ctx->db, sql[SQL_SUSPENDED_IN_CIRCLE],
	    DB_ARGS(db_i(ctx->now_at), db_i(a->id)));
	while (rc == ERR_OK && db_next(rows))
		rc = db_exec(ctx->db, sql[SQL_SUSPEND],
		    DB_ARGS(db_i(db_col_int(rows, 1)),
			db_i(db_col_int(rows, 2)),
			db_t(db_col_text(rows, 3, ctx->arena)), db_i(a->id),
			db_i(db_col_int(rows, 0))));
	done = db_done(rows);
	return rc != ERR_OK ? rc : done;
}

/*
 * The one that it replaces ends where it begins: no gap, no overlap.  Who was
 * suspended there stays so, as above.
 */
static enum err
replace(struct ctx *ctx, const struct agreement *a, int64_t from_at)
{
	struct db_rows *rows;
	json_t *what;
	char *ref = NULL;
	int64_t id = 0;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_PREDECESSOR], DB_ARGS(db_i(a->id)));
	if (db_next(rows)) {
		id = db_col_int(rows, 0);
		ref = db_col_text(rows, 1, ctx->arena);
	}
	if ((rc = db_done(rows)) != ERR_OK || id == 0)
		return rc;
	if ((rc = agreement_end_at(ctx, id, from_at, END_REPLACED)) != ERR_OK ||
	    (rc = db_exec(ctx->db, sql[SQL_STAY_SUSPENDED],
		 DB_ARGS(db_i(a->id), db_i(id)))) != ERR_OK ||
	    (rc = agreement_move(ctx, id)) != ERR_OK)
		return rc;
	what = json_pack("{s:s}", "by", a->ref);
	return record_append(ctx, RECORD_AGREEMENT_REPLACED, ref, what);
}

static void
set_time(json_t *what, const char *key, int64_t at)
{
	char text[CLOCK_TEXT];

	clock_rfc3339_us(at, text);
	json_object_set_new(
	    what, key, at != 0 ? json_string(text) : json_null());
}

static enum err
record_force(struct ctx *ctx, const struct agreement *a, int64_t from_at)
{
	const struct agreement_terms *t = &a->current->terms;
	json_t *what = json_object(), *parties = json_array();

	for (size_t i = 0; i < a->party_count; i++)
		json_array_append_new(parties, json_string(a->parties[i].ref));
	json_object_set_new(what, "parties", parties);
	set_time(what, "from", from_at);
	set_time(what, "until", t->until_at);
	return agreement_record(ctx, RECORD_AGREEMENT_IN_FORCE, a, what);
}

enum err
agreement_force(struct ctx *ctx, const struct agreement *a)
{
	const struct agreement_terms *t = &a->current->terms;
	int64_t from_at = t->from_at > ctx->now_at ? t->from_at : ctx->now_at;
	enum err rc;

	if ((rc = open_circles(ctx, a)) != ERR_OK)
		return rc;
	if ((rc = db_exec_one(ctx->db, sql[SQL_SIGN],
		 DB_ARGS(db_i(ctx->now_at), db_i(from_at), db_at(t->until_at),
		     db_i(a->id), db_i(a->version)))) != ERR_OK)
		return rc;
	if ((rc = stay_suspended(ctx, a)) != ERR_OK ||
	    (rc = replace(ctx, a, from_at)) != ERR_OK ||
	    (rc = agreement_grant_all(ctx, a->id)) != ERR_OK)
		return rc;
	return record_force(ctx, a, from_at);
}
