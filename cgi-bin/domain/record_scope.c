/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/record_scope.h"

#include <string.h>

#include "domain/agreement_store.h"
#include "domain/list.h"

enum { SQL_MANDATES, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/* Each party that an agreement in force lets the auditor look at. */
	[SQL_MANDATES] =
	    "SELECT p.organisation, o.ref, o.name, v.audit_families,"
	    " v.max_label, COALESCE(v.audit_from_at, a.from_at), a.ref, v.title"
	    " FROM agreement_version v JOIN agreement a ON a.id = v.agreement"
	    " AND a.version = v.number"
	    " JOIN agreement_party p ON p.agreement = a.id"
	    " JOIN organisation o ON o.id = p.organisation"
	    " JOIN organisation me ON me.id = v.auditor"
	    " AND me.state = 'admitted'"
	    " WHERE v.auditor = $1 AND a.from_at <= $2"
	    " AND " AGREEMENT_IS_OPEN("a", "$2")
	    " AND " AGREEMENT_STAYS("p", "a", "$2")
	    " ORDER BY o.name, a.ref",
};
/* clang-format on */

/* Who looks after people, or binds the organisation. */
enum { ALL_FAMILIES = ROLE_STEWARD | ROLE_SIGNATORY | ROLE_KEEPER };

static void
fill_own(const struct actor *a, struct record_scope *s)
{
	const int64_t all = ((int64_t)1 << RECORD_FAMILY__MAX) - 1;

	memset(s, 0, sizeof(*s));
	s->organisation = a->organisation;
	s->max_label = TLP_RED;
	if ((a->roles & ALL_FAMILIES) == 0)
		s->families = all & ~((int64_t)1 << RECORD_OF_PERSON);
}

static void
fill_mandate(struct ctx *ctx, struct db_rows *rows, struct record_scope *s)
{
	s->organisation = db_col_int(rows, 0);
	s->organisation_ref = db_col_text(rows, 1, ctx->arena);
	s->organisation_name = db_col_text(rows, 2, ctx->arena);
	s->families = db_col_int(rows, 3);
	s->max_label = (enum tlp)db_col_int(rows, 4);
	s->from_at = db_col_int(rows, 5);
	s->agreement_ref = db_col_text(rows, 6, ctx->arena);
	s->agreement_title = db_col_text(rows, 7, ctx->arena);
}

enum err
record_scopes(struct ctx *ctx, struct record_scope **out, size_t *n)
{
	struct record_scope *all = NULL;
	struct db_rows *rows;

	*out = NULL;
	*n = 0;
	if (ctx->actor.organisation == 0)
		return ERR_OK;
	all = list_room(ctx->arena, all, *n, sizeof(*all));
	fill_own(&ctx->actor, &all[0]);
	all[0].organisation_ref =
	    arena_copy(ctx->arena, ctx->actor.organisation_ref);
	all[0].organisation_name =
	    arena_copy(ctx->arena, ctx->actor.organisation_name);
	*n = 1;
	*out = all;
	if ((ctx->actor.roles & ROLE_AUDITOR) == 0)
		return ERR_OK;
	rows = db_query(ctx->db, sql[SQL_MANDATES],
	    DB_ARGS(db_i(ctx->actor.organisation), db_i(ctx->now_at)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill_mandate(ctx, rows, &all[(*n)++]);
	}
	*out = all;
	return db_done(rows);
}
