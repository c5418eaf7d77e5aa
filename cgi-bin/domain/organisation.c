/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/organisation.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/agreement_store.h"
#include "domain/list.h"
#include "domain/record.h"
#include "domain/sector.h"

enum {
	NAME_MIN = 2, /* characters */
	NAME_MAX = 120,
	NAME_BYTES = 4 * NAME_MAX,
	COUNTRY_BYTES = 2
};

enum sql {
	SQL_NAMES,
	SQL_REF_TAKEN,
	SQL_INSERT,
	SQL_INSERT_CIRCLE,
	SQL_SET_STATE,
	SQL_END_GRANTS,
	SQL_END_SESSIONS,
	SQL_BY_REF,
	SQL_LIST,
	SQL__MAX
};

#define ORGANISATION                                                         \
	"SELECT o.id, o.ref, o.name, o.kind, o.country, o.sectors, o.state," \
	" o.admitted_at, o.suspended_at,"                                    \
	" (SELECT COUNT(*) FROM person p WHERE p.organisation = o.id"        \
	" AND p.state <> 'disabled'),"                                       \
	" a.signed_at, a.ref, a.on_paper, a.until_at"                        \
	" FROM organisation o LEFT JOIN agreement a"                         \
	" ON a.id = (SELECT MAX(h.id) FROM agreement h"                      \
	" WHERE h.organisation = o.id AND h.kind = 'charter'"                \
	" AND h.state <> 'withdrawn')"

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_NAMES] = "SELECT name FROM organisation",
	[SQL_REF_TAKEN] = "SELECT COUNT(*) FROM organisation WHERE ref = $1",
	[SQL_INSERT] =
	    "INSERT INTO organisation (ref, name, kind, country, sectors,"
	    " state, admitted_at)"
	    " VALUES ($1, $2, $3, $4, $5, 'admitted', $6) RETURNING id",
	[SQL_INSERT_CIRCLE] = "INSERT INTO circle (ref, kind, organisation)"
			      " VALUES ($1, 'own', $2)",
	[SQL_SET_STATE] =
	    "UPDATE organisation SET state = $1, suspended_at = $2"
	    " WHERE id = $3 AND state <> $1",
	[SQL_END_GRANTS] = "UPDATE access_grant SET ended_at = $1"
			   " WHERE organisation = $2"
			   " AND (until_at IS NULL OR until_at > $1)"
			   " AND (ended_at IS NULL OR ended_at > $1)",
	[SQL_END_SESSIONS] = "DELETE FROM session WHERE person IN"
			     " (SELECT id FROM person WHERE organisation = $1)",
	[SQL_BY_REF] = ORGANISATION " WHERE o.ref = $1",
	/* A ref is the name without accents: the order of a dictionary. */
	[SQL_LIST] = ORGANISATION " ORDER BY o.ref",
};
/* clang-format on */

/* ---- loading --------------------------------------------------------- */

static enum org_kind
kind_of(struct db_rows *rows, int column)
{
	enum org_kind kind = ORG_OPERATOR;

	/* The CHECK of the table knows the same kinds. */
	org_kind_from_name(db_col_peek(rows, column, NULL), &kind);
	return kind;
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct organisation *o)
{
	o->id = db_col_int(rows, 0);
	o->ref = db_col_text(rows, 1, ctx->arena);
	o->name = db_col_text(rows, 2, ctx->arena);
	o->kind = kind_of(rows, 3);
	o->country = db_col_text(rows, 4, ctx->arena);
	o->sectors = db_col_int(rows, 5);
	o->is_suspended = strcmp(db_col_peek(rows, 6, NULL), "suspended") == 0;
	o->admitted_at = db_col_int(rows, 7);
	o->suspended_at = db_col_int(rows, 8);
	o->people = db_col_int(rows, 9);
	o->charter_signed_at = db_col_int(rows, 10);
	o->charter_ref = db_col_text(rows, 11, ctx->arena);
	o->is_charter_on_paper = db_col_int(rows, 12) != 0;
	o->charter_until_at = db_col_int(rows, 13);
}

enum err
organisation_load(struct ctx *ctx, const char *ref, struct organisation **o)
{
	struct db_rows *rows;
	enum err rc;

	*o = NULL;
	rows = db_query(ctx->db, sql[SQL_BY_REF], DB_ARGS(db_t(ref)));
	if (db_next(rows)) {
		*o = arena_alloc(ctx->arena, sizeof(**o));
		fill(ctx, rows, *o);
	}
	rc = db_done(rows);
	return rc == ERR_OK && *o == NULL ? ERR_NOT_FOUND : rc;
}

enum err
organisation_list(struct ctx *ctx, struct organisation **all, size_t *n)
{
	struct organisation *list = NULL;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(ctx->db, sql[SQL_LIST], DB_NONE);
	while (db_next(rows)) {
		list = list_room(ctx->arena, list, *n, sizeof(*list));
		fill(ctx, rows, &list[(*n)++]);
	}
	*all = list;
	return db_done(rows);
}

/* ---- admitting ------------------------------------------------------- */

static bool
has_charter(enum org_kind kind)
{
	return kind == ORG_OPERATOR || kind == ORG_INSTITUTION;
}

static bool
name_ok(const char *name)
{
	size_t len = name != NULL ? strlen(name) : 0;

	return len > 0 && len <= NAME_BYTES && text_ok(name, len, TEXT_LINE) &&
	    text_length(name) >= NAME_MIN && text_length(name) <= NAME_MAX;
}

static bool
country_ok(const char *c)
{
	return c != NULL && strlen(c) == COUNTRY_BYTES &&
	    strspn(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == COUNTRY_BYTES;
}

static bool
is_valid(const struct ctx *ctx, const struct organisation_new *new)
{
	const int64_t sectors = ((int64_t)1 << SECTOR_COUNT) - 1;

	if ((unsigned)new->kind >= ORG_KIND__MAX || !name_ok(new->name) ||
	    !country_ok(new->country))
		return false;
	if ((new->sectors & ~sectors) != 0 ||
	    (new->kind == ORG_OPERATOR &&new->sectors == 0))
		return false;
	if (!has_charter(new->kind))
		return true;
	return new->charter_signed_at == 0 ? new->charter != NULL
					   : new->charter_signed_at > 0 &&
		new->charter_signed_at <= ctx->now_at;
}

/*
 * "Grid" and "GRID" are one name: whoever comes second would pass for the
 * first.  There are hundreds of names, not more.
 */
static enum err
name_is_free(struct ctx *ctx, const char *name)
{
	const char *folded = text_fold(ctx->arena, name);
	bool is_taken = false;
	struct db_rows *rows;
	const char *other;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_NAMES], DB_NONE);
	while (!is_taken && db_next(rows)) {
		other = text_fold(ctx->arena, db_col_peek(rows, 0, NULL));
		is_taken = other != NULL && strcmp(other, folded) == 0;
	}
	rc = db_done(rows);
	return rc == ERR_OK && is_taken ? ERR_EXISTS : rc;
}

/* A slug of the name; never "new", which is a page of its own. */
static enum err
make_ref(struct ctx *ctx, const char *name, char **ref)
{
	const char *slug = text_slug(ctx->arena, name);
	int64_t taken = 1;
	enum err rc = ERR_OK;

	if (slug[0] == '\0')
		slug = "organisation";
	*ref = arena_copy(ctx->arena, slug);
	for (int n = 2; rc == ERR_OK; n++) {
		rc = db_one_int(
		    ctx->db, sql[SQL_REF_TAKEN], DB_ARGS(db_t(*ref)), &taken);
		if (taken == 0 && strcmp(*ref, "new") != 0)
			break;
		*ref = arena_printf(ctx->arena, "%s-%d", slug, n);
	}
	return rc;
}

static enum err
insert(struct ctx *ctx, const struct organisation_new *new, const char *ref,
    int64_t *id)
{
	const char *circle = arena_printf(ctx->arena, "own-%s", ref);
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_INSERT],
	    DB_ARGS(db_t(ref), db_t(new->name), db_t(org_kind_names[new->kind]),
		db_t(new->country), db_i(new->sectors), db_i(ctx->now_at)),
	    id);
	if (rc != ERR_OK)
		return rc;
	return db_exec(
	    ctx->db, sql[SQL_INSERT_CIRCLE], DB_ARGS(db_t(circle), db_i(*id)));
}

static enum err
record_admitted(struct ctx *ctx, const struct organisation_new *new,
    const char *ref, const char *charter)
{
	json_t *what = json_object();
	char day[CLOCK_TEXT];

	json_object_set_new(what, "name", json_string(new->name));
	json_object_set_new(
	    what, "kind", json_string(org_kind_names[new->kind]));
	json_object_set_new(what, "country", json_string(new->country));
	json_object_set_new(what, "sectors", sector_list(new->sectors));
	if (charter != NULL)
		json_object_set_new(what, "charter", json_string(charter));
	if (charter != NULL && new->charter_signed_at != 0) {
		clock_date(new->charter_signed_at, day);
		json_object_set_new(what, "signed", json_string(day));
	}
	return record_append(ctx, RECORD_ORGANISATION_ADMITTED, ref, what);
}

static enum err
admit_on_paper(struct ctx *ctx, const struct organisation_new *new,
    const char *ref, int64_t id)
{
	char *charter;
	enum err rc;

	rc = agreement_paper_charter(ctx, id, new->charter_signed_at, &charter);
	return rc == ERR_OK ? record_admitted(ctx, new, ref, charter) : rc;
}

/* The offer is a record of its own, and comes after the admission's. */
static enum err
admit_with_offer(
    struct ctx *ctx, const struct organisation_new *new, const char *ref)
{
	char *charter;
	enum err rc;

	if ((rc = record_admitted(ctx, new, ref, NULL)) != ERR_OK)
		return rc;
	return agreement_offer_charter(ctx, ref, new->charter, &charter);
}

enum err
organisation_admit(
    struct ctx *ctx, const struct organisation_new *new, char **ref)
{
	int64_t id = 0;
	enum err rc;

	*ref = NULL;
	if (!is_valid(ctx, new))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = name_is_free(ctx, new->name)) != ERR_OK)
		goto out;
	if ((rc = make_ref(ctx, new->name, ref)) != ERR_OK)
		goto out;
	if ((rc = insert(ctx, new, *ref, &id)) != ERR_OK)
		goto out;
	if (!has_charter(new->kind))
		rc = record_admitted(ctx, new, *ref, NULL);
	else if (new->charter_signed_at != 0)
		rc = admit_on_paper(ctx, new, *ref, id);
	else
		rc = admit_with_offer(ctx, new, *ref);
out:
	if (rc != ERR_OK)
		*ref = NULL;
	return db_end(ctx->db, rc);
}

/* ---- suspending ------------------------------------------------------ */

/* ERR_STATE when it is in that state already. */
static enum err
set_state(struct ctx *ctx, int64_t id, const char *state, int64_t suspended_at)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_SET_STATE],
	    DB_ARGS(db_t(state), db_at(suspended_at), db_i(id)));
	return rc == ERR_STALE ? ERR_STATE : rc;
}

/*
 * Access closes with this commit: grants are evaluated when somebody reads,
 * and nobody of them is signed in any more.
 */
static enum err
close_access(struct ctx *ctx, int64_t id)
{
	enum err rc;

	if ((rc = db_exec(ctx->db, sql[SQL_END_GRANTS],
		 DB_ARGS(db_i(ctx->now_at), db_i(id)))) != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_END_SESSIONS], DB_ARGS(db_i(id)));
}

enum err
organisation_suspend(struct ctx *ctx, const char *ref, const char *why)
{
	struct organisation *o;
	json_t *what;
	enum err rc;

	if (why == NULL || !text_ok(why, strlen(why), TEXT_PROSE))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = organisation_load(ctx, ref, &o)) != ERR_OK)
		goto out;
	/* Nobody would be left to take it back. */
	if (o->id == ctx->actor.organisation) {
		rc = ERR_STATE;
		goto out;
	}
	if ((rc = set_state(ctx, o->id, "suspended", ctx->now_at)) != ERR_OK)
		goto out;
	if ((rc = close_access(ctx, o->id)) != ERR_OK)
		goto out;
	what = json_object();
	json_object_set_new(what, "why", json_string(why));
	rc = record_append(ctx, RECORD_ORGANISATION_SUSPENDED, ref, what);
out:
	return db_end(ctx->db, rc);
}

enum err
organisation_reinstate(struct ctx *ctx, const char *ref)
{
	struct organisation *o;
	json_t *what;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = organisation_load(ctx, ref, &o)) != ERR_OK)
		goto out;
	if ((rc = set_state(ctx, o->id, "admitted", 0)) != ERR_OK)
		goto out;
	/* All that its agreements say; its charter is one of them. */
	if ((rc = agreement_grant_organisation(ctx, o->id)) != ERR_OK)
		goto out;
	what = json_object();
	if (o->charter_ref != NULL)
		json_object_set_new(
		    what, "charter", json_string(o->charter_ref));
	rc = record_append(ctx, RECORD_ORGANISATION_REINSTATED, ref, what);
out:
	return db_end(ctx->db, rc);
}
