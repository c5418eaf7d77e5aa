/* SPDX-License-Identifier: Apache-2.0 */
/* Charters: offered and signed in the portal, or brought on paper. */
#include <string.h>

#include "base/text.h"
#include "domain/agreement_store.h"
#include "domain/counter.h"
#include "domain/organisation.h"

enum sql {
	SQL_PAPER,
	SQL_PAPER_CIRCLES,
	SQL_PARTY,
	SQL_OFFER,
	SQL_VERSION,
	SQL_VERSION_PARTY,
	SQL_OPEN,
	SQL__MAX
};

/* clang-format off */
#define NEXT_POSITION "(SELECT COALESCE(MAX(position), 0) + 1 FROM agreement)"

static const char *const sql[SQL__MAX] = {
	[SQL_PAPER] =
	    "INSERT INTO agreement (ref, kind, organisation, state, on_paper,"
	    " version, position, created_at, signed_at, from_at, publication,"
	    " extent) VALUES ($1, 'charter', $2, 'signed', 1, 0,"
	    " " NEXT_POSITION ", $3, $4, $3, 'none', 'whole') RETURNING id",
	/* Up to TLP:AMBER+STRICT. */
	[SQL_PAPER_CIRCLES] =
	    "INSERT INTO agreement_circle (agreement, circle, max_label)"
	    " SELECT a.id, c.id, 3 FROM agreement a"
	    " JOIN organisation o ON o.id = a.organisation"
	    " JOIN circle c ON c.kind = 'community'"
	    " OR (c.kind = 'sector' AND (c.sector & o.sectors) <> 0)"
	    " WHERE a.id = $1",
	[SQL_PARTY] =
	    "INSERT INTO agreement_party (agreement, organisation, position)"
	    " VALUES ($1, $2, 1)",
	[SQL_OFFER] =
	    "INSERT INTO agreement (ref, kind, organisation, state, on_paper,"
	    " version, position, created_at, publication, extent)"
	    " VALUES ($1, 'charter', $2, 'draft', 0, 0, " NEXT_POSITION ","
	    " $3, 'none', 'whole') RETURNING id",
	[SQL_VERSION] =
	    "INSERT INTO agreement_version (agreement, edit, organisation,"
	    " author, title, text, change, why_one_kind, circle_name, sectors,"
	    " max_label, sharing, notice_days, signing_order, saved_at,"
	    " language)"
	    " SELECT CAST($1 AS BIGINT), 1, CAST($2 AS BIGINT),"
	    " CAST($3 AS BIGINT), $4, $5, '', '', '', o.sectors, 3, 'never',"
	    " CAST($6 AS INTEGER), 'free', CAST($7 AS BIGINT), $8"
	    " FROM organisation o WHERE o.id = $9 RETURNING id",
	[SQL_VERSION_PARTY] =
	    "INSERT INTO agreement_version_party (version, position,"
	    " organisation, name) VALUES ($1, 1, $2, $3)",
	[SQL_OPEN] =
	    "SELECT COUNT(*) FROM agreement a WHERE a.kind = 'charter'"
	    " AND (a.state = 'proposed' OR " AGREEMENT_IS_OPEN("a", "$1") ")"
	    " AND a.organisation = $2",
};
/* clang-format on */

enum err
agreement_paper_charter(
    struct ctx *ctx, int64_t organisation, int64_t signed_at, char **ref)
{
	int64_t id;
	enum err rc;

	if ((rc = counter_next(ctx, "AGR", ref)) != ERR_OK)
		return rc;
	if ((rc = db_one_int(ctx->db, sql[SQL_PAPER],
		 DB_ARGS(db_t(*ref), db_i(organisation), db_i(ctx->now_at),
		     db_i(signed_at)),
		 &id)) != ERR_OK)
		return rc;
	if ((rc = db_exec(ctx->db, sql[SQL_PARTY],
		 DB_ARGS(db_i(id), db_i(organisation)))) != ERR_OK ||
	    (rc = db_exec(ctx->db, sql[SQL_PAPER_CIRCLES],
		 DB_ARGS(db_i(id)))) != ERR_OK ||
	    (rc = agreement_move(ctx, id)) != ERR_OK)
		return rc;
	return agreement_grant_all(ctx, id);
}

/* ---- offering ---------------------------------------------------------- */

static bool
text_is_right(const char *text, enum text_kind kind, size_t max)
{
	size_t len = text != NULL ? strlen(text) : 0;

	return len > 0 && text_ok(text, len, kind) && text_length(text) <= max;
}

static bool
charter_ok(const struct agreement_charter *c)
{
	return c != NULL &&
	    (c->language == NULL ||
		text_index(agreement_languages, c->language) >= 0) &&
	    text_is_right(c->title, TEXT_LINE, AGREEMENT_TITLE_MAX) &&
	    text_is_right(c->text, TEXT_PROSE, AGREEMENT_TEXT_MAX) &&
	    c->notice_days >= 0 && c->notice_days <= AGREEMENT_NOTICE_MAX;
}

static enum err
check_organisation(struct ctx *ctx, const struct organisation *o)
{
	int64_t open;
	enum err rc;

	if (o->kind != ORG_OPERATOR && o->kind != ORG_INSTITUTION)
		return ERR_INVALID;
	if (o->is_suspended)
		return ERR_STATE;
	rc = db_one_int(ctx->db, sql[SQL_OPEN],
	    DB_ARGS(db_i(ctx->now_at), db_i(o->id)), &open);
	return rc == ERR_OK && open > 0 ? ERR_STATE : rc;
}

/* The keeper's organisation; the console has none. */
static int64_t
writer(const struct ctx *ctx, const struct organisation *o)
{
	return ctx->actor.organisation != 0 ? ctx->actor.organisation : o->id;
}

static enum err
insert(struct ctx *ctx, const struct organisation *o,
    const struct agreement_charter *c, struct agreement *a)
{
	int64_t version;
	enum err rc;

	if ((rc = counter_next(ctx, "AGR", &a->ref)) != ERR_OK)
		return rc;
	if ((rc = db_one_int(ctx->db, sql[SQL_OFFER],
		 DB_ARGS(db_t(a->ref), db_i(o->id), db_i(ctx->now_at)),
		 &a->id)) != ERR_OK)
		return rc;
	if ((rc = db_one_int(ctx->db, sql[SQL_VERSION],
		 DB_ARGS(db_i(a->id), db_i(writer(ctx, o)),
		     db_id(ctx->actor.person), db_t(c->title), db_t(c->text),
		     db_i(c->notice_days), db_i(ctx->now_at), db_t(c->language),
		     db_i(o->id)),
		 &version)) != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_VERSION_PARTY],
	    DB_ARGS(db_i(version), db_i(o->id), db_t(o->name)));
}

enum err
agreement_offer_charter(struct ctx *ctx, const char *organisation,
    const struct agreement_charter *charter, char **ref)
{
	struct agreement a = { .kind = AGREEMENT_CHARTER };
	struct organisation *o;
	enum err rc;

	*ref = NULL;
	if (!ctx->actor.is_console && (ctx->actor.roles & ROLE_KEEPER) == 0)
		return ERR_FORBIDDEN;
	if (!charter_ok(charter))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = organisation_load(ctx, organisation, &o)) != ERR_OK ||
	    (rc = check_organisation(ctx, o)) != ERR_OK ||
	    (rc = insert(ctx, o, charter, &a)) != ERR_OK ||
	    (rc = agreement_version_number(ctx, &a, writer(ctx, o))) !=
		ERR_OK ||
	    (rc = agreement_move(ctx, a.id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_PROPOSED, &a, NULL);
	*ref = a.ref;
out:
	if (rc != ERR_OK)
		*ref = NULL;
	return db_end(ctx->db, rc);
}
