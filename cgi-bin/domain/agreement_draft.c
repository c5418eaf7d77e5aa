/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts: of a first version, of the next one, of a successor. */
#include "domain/agreement_draft.h"

#include <string.h>

#include "domain/counter.h"

enum { WRITERS = ROLE_PUBLISHER | ROLE_SIGNATORY };

enum sql {
	SQL_IS_MEMBER,
	SQL_DRAFTS,
	SQL_PROPOSALS,
	SQL_NEW,
	SQL_ADD,
	SQL_SAVE,
	SQL_SAVE_KIND,
	SQL_DROP_PARTIES,
	SQL_ADD_PARTY,
	SQL_COPY,
	SQL_COPY_PARTIES,
	SQL_OPEN_SUCCESSOR,
	SQL_OTHER_SUCCESSOR,
	SQL_DROP,
	SQL_DROP_AGREEMENT,
	SQL_WITHDRAW,
	SQL__MAX
};

/* Nobody audits: there is nothing to say of it. */
#define AUDIT_TERMS(in, fit)                                  \
	db_i((fit)->auditor != 0 ? (in)->audit_families : 0), \
	    db_at((fit)->auditor != 0 ? (in)->audit_from_at : 0)

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_IS_MEMBER] =
	    "SELECT COUNT(*) FROM organisation o WHERE o.state = 'admitted'"
	    " AND " AGREEMENT_HAS_CHARTER("o.id", "$1") " AND o.id = $2",
	[SQL_DRAFTS] =
	    "SELECT COUNT(*) FROM agreement_version v"
	    " JOIN agreement a ON a.id = v.agreement"
	    " AND a.state IN ('draft', 'proposed')"
	    " WHERE v.organisation = $1 AND v.number IS NULL",
	[SQL_PROPOSALS] =
	    "SELECT COUNT(*) FROM agreement WHERE organisation = $1"
	    " AND state = 'proposed' AND kind <> 'charter'",
	[SQL_NEW] =
	    "INSERT INTO agreement (ref, kind, organisation, state, on_paper,"
	    " version, position, created_at, replaces, replaces_how,"
	    " publication, extent) VALUES ($1, $2, $3, 'draft', 0, 0,"
	    " (SELECT COALESCE(MAX(position), 0) + 1 FROM agreement),"
	    " $4, $5, $6, 'none', 'whole') RETURNING id",
	[SQL_ADD] =
	    "INSERT INTO agreement_version (agreement, edit, organisation,"
	    " author, title, text, change, why_one_kind, circle, circle_name,"
	    " sectors, max_label, sharing, from_at, until_at, notice_days,"
	    " auditor, auditor_name, signing_order, saved_at, language,"
	    " audit_families, audit_from_at)"
	    " VALUES ($1, 1, $2, $3, $4, $5, $6, $7,"
	    " (SELECT id FROM circle WHERE ref = $8), $9, $10, $11, $12, $13,"
	    " $14, $15, $16, $17, $18, $19, $20, $21, $22) RETURNING id",
	[SQL_SAVE] =
	    "UPDATE agreement_version SET edit = edit + 1, author = $1,"
	    " title = $2, text = $3, change = $4, why_one_kind = $5,"
	    " circle = CASE WHEN $6 = 1 THEN circle ELSE"
	    " (SELECT id FROM circle WHERE ref = $7) END,"
	    " circle_name = CASE WHEN $6 = 1 THEN circle_name ELSE $8 END,"
	    " sectors = $9, max_label = $10, sharing = $11, from_at = $12,"
	    " until_at = $13, notice_days = $14, auditor = $15,"
	    " auditor_name = $16, signing_order = $17, saved_at = $18,"
	    " language = $19, audit_families = $20, audit_from_at = $21"
	    " WHERE agreement = $22 AND organisation = $23"
	    " AND number IS NULL AND edit = $24",
	[SQL_SAVE_KIND] =
	    "UPDATE agreement SET kind = $1 WHERE id = $2"
	    " AND state = 'draft' AND organisation = $3",
	[SQL_DROP_PARTIES] =
	    "DELETE FROM agreement_version_party WHERE version ="
	    " (SELECT id FROM agreement_version WHERE agreement = $1"
	    " AND organisation = $2 AND number IS NULL)",
	[SQL_ADD_PARTY] =
	    "INSERT INTO agreement_version_party (version, position,"
	    " organisation, name) SELECT id, CAST($1 AS INTEGER),"
	    " CAST($2 AS BIGINT), $3"
	    " FROM agreement_version WHERE agreement = $4"
	    " AND organisation = $5 AND number IS NULL",
	/* $4: how it follows; NULL: the next version of the same agreement. */
	[SQL_COPY] =
	    "INSERT INTO agreement_version (agreement, edit, organisation,"
	    " author, title, text, change, why_one_kind, circle, circle_name,"
	    " sectors, max_label, sharing, from_at, until_at, notice_days,"
	    " auditor, auditor_name, signing_order, saved_at, language,"
	    " audit_families, audit_from_at)"
	    " SELECT CAST($1 AS BIGINT), 1, CAST($2 AS BIGINT),"
	    " CAST($3 AS BIGINT), v.title, v.text, '',"
	    " v.why_one_kind, COALESCE(c.id, v.circle),"
	    " COALESCE(c.name, v.circle_name), v.sectors, v.max_label,"
	    " v.sharing, CASE $4 WHEN 'amendment' THEN NULL"
	    " WHEN 'renewal' THEN CASE WHEN a.until_at > $5 THEN a.until_at"
	    " END ELSE v.from_at END,"
	    " CASE $4 WHEN 'renewal' THEN NULL ELSE v.until_at END,"
	    " v.notice_days, v.auditor, v.auditor_name, v.signing_order, $5,"
	    " v.language, v.audit_families, v.audit_from_at FROM agreement a"
	    " JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " LEFT JOIN agreement_circle k ON k.agreement = a.id"
	    " LEFT JOIN circle c ON c.id = k.circle"
	    " WHERE a.id = $6",
	[SQL_COPY_PARTIES] =
	    "INSERT INTO agreement_version_party (version, position,"
	    " organisation, name)"
	    " SELECT d.id, p.position, o.id, o.name"
	    " FROM agreement a"
	    " JOIN agreement_party p ON p.agreement = a.id"
	    " AND " AGREEMENT_STAYS("p", "a", "$1")
	    " JOIN organisation o ON o.id = p.organisation"
	    " JOIN agreement_version d ON d.agreement = $2"
	    " AND d.organisation = $3 AND d.number IS NULL"
	    " WHERE a.id = $4",
	[SQL_OPEN_SUCCESSOR] =
	    "SELECT COUNT(*) FROM agreement WHERE replaces = $1"
	    " AND (state IN ('proposed', 'signed')"
	    " OR (state = 'draft' AND organisation = $2))",
	[SQL_OTHER_SUCCESSOR] =
	    "SELECT COUNT(*) FROM agreement a JOIN agreement b"
	    " ON b.replaces = a.replaces AND b.id <> a.id"
	    " AND b.state IN ('proposed', 'signed') WHERE a.id = $1",
	[SQL_DROP] =
	    "DELETE FROM agreement_version WHERE agreement = $1"
	    " AND organisation = $2 AND number IS NULL",
	[SQL_DROP_AGREEMENT] =
	    "DELETE FROM agreement WHERE id = $1 AND organisation = $2"
	    " AND state = 'draft'",
	[SQL_WITHDRAW] =
	    "UPDATE agreement SET state = 'withdrawn', withdrawn_at = $1,"
	    " withdrawn_why = $2 WHERE id = $3 AND state = 'proposed'"
	    " AND version = $4",
};
/* clang-format on */

bool
agreement_kind_is_open(const struct agreement *a)
{
	return a->state == AGREEMENT_DRAFT && a->successor == SUCCESSOR_NONE;
}

/* ---- keeping ---------------------------------------------------------- */

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static const char *
or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

static enum err
add_parties(struct ctx *ctx, int64_t agreement, const struct agreement_fit *fit)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_DROP_PARTIES],
	    DB_ARGS(db_i(agreement), db_i(ctx->actor.organisation)));
	for (size_t i = 0; rc == ERR_OK && i < fit->party_count; i++)
		rc = db_exec_one(ctx->db, sql[SQL_ADD_PARTY],
		    DB_ARGS(db_i((int64_t)i + 1),
			db_i(fit->parties[i].organisation),
			db_t(fit->parties[i].name), db_i(agreement),
			db_i(ctx->actor.organisation)));
	return rc;
}

static enum err
add_draft(struct ctx *ctx, int64_t agreement, const struct agreement_input *in,
    const struct agreement_fit *fit)
{
	int64_t id;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_ADD],
	    DB_ARGS(db_i(agreement), db_i(ctx->actor.organisation),
		db_id(ctx->actor.person), db_t(or_empty(in->title)),
		db_t(or_empty(in->text)), db_t(or_empty(in->change)),
		db_t(or_empty(in->why_one_kind)), db_t(fit->circle_ref),
		db_t(fit->circle_name), db_i(in->sectors), db_i(in->max_label),
		db_t(agreement_sharings[in->sharing]), db_at(in->from_at),
		db_at(in->until_at), db_i(in->notice_days), db_id(fit->auditor),
		db_t(fit->auditor_name), db_t(agreement_orders[in->order]),
		db_i(ctx->now_at), db_t(or_null(in->language)),
		AUDIT_TERMS(in, fit)),
	    &id);
	return rc == ERR_OK ? add_parties(ctx, agreement, fit) : rc;
}

static enum err
save_draft(struct ctx *ctx, int64_t agreement, int edit,
    const struct agreement_input *in, const struct agreement_fit *fit)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_SAVE],
	    DB_ARGS(db_id(ctx->actor.person), db_t(or_empty(in->title)),
		db_t(or_empty(in->text)), db_t(or_empty(in->change)),
		db_t(or_empty(in->why_one_kind)), db_i(fit->keeps_circle),
		db_t(fit->circle_ref), db_t(fit->circle_name),
		db_i(in->sectors), db_i(in->max_label),
		db_t(agreement_sharings[in->sharing]), db_at(in->from_at),
		db_at(in->until_at), db_i(in->notice_days), db_id(fit->auditor),
		db_t(fit->auditor_name), db_t(agreement_orders[in->order]),
		db_i(ctx->now_at), db_t(or_null(in->language)),
		AUDIT_TERMS(in, fit), db_i(agreement),
		db_i(ctx->actor.organisation), db_i(edit)));
	return rc == ERR_OK ? add_parties(ctx, agreement, fit) : rc;
}

static enum err
add_agreement(struct ctx *ctx, enum agreement_kind kind, int64_t replaces,
    enum agreement_successor how, char **ref, int64_t *id)
{
	const char *word =
	    how != SUCCESSOR_NONE ? agreement_successors[how] : NULL;
	enum err rc;

	if ((rc = counter_next(ctx, "AGR", ref)) != ERR_OK)
		return rc;
	rc = db_one_int(ctx->db, sql[SQL_NEW],
	    DB_ARGS(db_t(*ref), db_t(agreement_kinds[kind]),
		db_i(ctx->actor.organisation), db_i(ctx->now_at),
		db_id(replaces), db_t(word)),
	    id);
	return rc == ERR_OK ? agreement_move(ctx, *id) : rc;
}

/* Of those that `statement` counts the organisation has not `max` yet. */
static enum err
check_room(struct ctx *ctx, enum sql statement, int64_t max)
{
	int64_t n;
	enum err rc;

	rc = db_one_int(ctx->db, sql[statement],
	    DB_ARGS(db_i(ctx->actor.organisation)), &n);
	return rc == ERR_OK && n >= max ? ERR_QUOTA : rc;
}

enum err
agreement_may_create(struct ctx *ctx)
{
	int64_t is_member;
	enum err rc;

	if ((ctx->actor.roles & WRITERS) == 0)
		return ERR_FORBIDDEN;
	rc = db_one_int(ctx->db, sql[SQL_IS_MEMBER],
	    DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation)),
	    &is_member);
	if (rc != ERR_OK || is_member == 0)
		return rc != ERR_OK ? rc : ERR_CHARTER;
	return check_room(ctx, SQL_DRAFTS, AGREEMENT_DRAFTS_MAX);
}

enum err
agreement_create(struct ctx *ctx, const struct agreement_input *in, char **ref,
    struct agreement_fault *fault)
{
	struct agreement_fit fit;
	int64_t id;
	enum err rc;

	*ref = NULL;
	memset(fault, 0, sizeof(*fault));
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_may_create(ctx)) != ERR_OK)
		goto out;
	if ((rc = agreement_fit(ctx, NULL, in, &fit, fault)) != ERR_OK)
		goto out;
	if ((rc = add_agreement(ctx, in->kind, 0, SUCCESSOR_NONE, ref, &id)) !=
	    ERR_OK)
		goto out;
	rc = add_draft(ctx, id, in, &fit);
out:
	if (rc != ERR_OK)
		*ref = NULL;
	return db_end(ctx->db, rc);
}

static enum err
save_kind(struct ctx *ctx, const struct agreement *a, enum agreement_kind kind)
{
	if (!agreement_kind_is_open(a))
		return ERR_OK;
	return db_exec_one(ctx->db, sql[SQL_SAVE_KIND],
	    DB_ARGS(db_t(agreement_kinds[kind]), db_i(a->id),
		db_i(ctx->actor.organisation)));
}

enum err
agreement_save(struct ctx *ctx, const char *ref, int edit,
    const struct agreement_input *in, struct agreement_fault *fault)
{
	const struct agreement_demand demand = { AGREEMENT_EDIT, WRITERS, -1 };
	struct agreement_fit fit;
	struct agreement *a;
	enum err rc;

	memset(fault, 0, sizeof(*fault));
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	if (!a->has_draft) {
		rc = ERR_NOT_FOUND;
		goto out;
	}
	if ((rc = agreement_fit(ctx, a, in, &fit, fault)) != ERR_OK)
		goto out;
	if ((rc = save_draft(ctx, a->id, edit, in, &fit)) != ERR_OK)
		goto out;
	rc = save_kind(ctx, a, in->kind);
out:
	return db_end(ctx->db, rc);
}

/* ---- copies ----------------------------------------------------------- */

/* Of the version of `a` that counts, as a draft of the agreement `of`. */
static enum err
copy(struct ctx *ctx, const struct agreement *a, int64_t of,
    enum agreement_successor how)
{
	const char *word =
	    how != SUCCESSOR_NONE ? agreement_successors[how] : NULL;
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_COPY],
	    DB_ARGS(db_i(of), db_i(ctx->actor.organisation),
		db_id(ctx->actor.person), db_t(word), db_i(ctx->now_at),
		db_i(a->id)));
	if (rc != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_COPY_PARTIES],
	    DB_ARGS(db_i(ctx->now_at), db_i(of), db_i(ctx->actor.organisation),
		db_i(a->id)));
}

enum err
agreement_revise(struct ctx *ctx, const char *ref)
{
	const struct agreement_demand demand = { AGREEMENT_EDIT, WRITERS, -1 };
	struct agreement *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	if (a->has_draft || a->version == 0) {
		rc = ERR_STATE;
		goto out;
	}
	rc = check_room(ctx, SQL_DRAFTS, AGREEMENT_DRAFTS_MAX);
	if (rc == ERR_OK)
		rc = copy(ctx, a, a->id, SUCCESSOR_NONE);
out:
	return db_end(ctx->db, rc);
}

static enum err
follow(struct ctx *ctx, const char *ref, const struct agreement_demand *demand,
    enum agreement_successor how, char **successor)
{
	struct agreement *a;
	int64_t id, open;
	enum err rc;

	*successor = NULL;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, demand, &a)) != ERR_OK)
		goto out;
	if ((rc = db_one_int(ctx->db, sql[SQL_OPEN_SUCCESSOR],
		 DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation)), &open)) !=
	    ERR_OK)
		goto out;
	if (open > 0) {
		rc = ERR_STATE;
		goto out;
	}
	if ((rc = check_room(ctx, SQL_DRAFTS, AGREEMENT_DRAFTS_MAX)) !=
		ERR_OK ||
	    (rc = add_agreement(ctx, a->kind, a->id, how, successor, &id)) !=
		ERR_OK)
		goto out;
	rc = copy(ctx, a, id, how);
out:
	if (rc != ERR_OK)
		*successor = NULL;
	return db_end(ctx->db, rc);
}

enum err
agreement_amend(struct ctx *ctx, const char *ref, char **successor)
{
	const struct agreement_demand demand = { AGREEMENT_AMEND, WRITERS, -1 };

	return follow(ctx, ref, &demand, SUCCESSOR_AMENDMENT, successor);
}

enum err
agreement_renew(struct ctx *ctx, const char *ref, char **successor)
{
	const struct agreement_demand demand = { AGREEMENT_RENEW, WRITERS, -1 };

	return follow(ctx, ref, &demand, SUCCESSOR_RENEWAL, successor);
}

/* ---- the end of a draft ------------------------------------------------ */

static enum err
drop_draft(struct ctx *ctx, int64_t agreement)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_DROP_PARTIES],
	    DB_ARGS(db_i(agreement), db_i(ctx->actor.organisation)));
	if (rc != ERR_OK)
		return rc;
	return db_exec_one(ctx->db, sql[SQL_DROP],
	    DB_ARGS(db_i(agreement), db_i(ctx->actor.organisation)));
}

enum err
agreement_discard(struct ctx *ctx, const char *ref)
{
	struct agreement *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_find_own(ctx, ref, &a)) != ERR_OK)
		goto out;
	if (!a->has_draft && !a->has_left_draft) {
		rc = ERR_NOT_FOUND;
		goto out;
	}
	if ((ctx->actor.roles & WRITERS) == 0) {
		rc = ERR_FORBIDDEN;
		goto out;
	}
	if ((rc = drop_draft(ctx, a->id)) != ERR_OK)
		goto out;
	if (a->state == AGREEMENT_DRAFT)
		rc = db_exec_one(ctx->db, sql[SQL_DROP_AGREEMENT],
		    DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation)));
out:
	return db_end(ctx->db, rc);
}

/* Somebody else's successor came first, or may yet. */
static enum err
check_only_successor(struct ctx *ctx, const struct agreement *a)
{
	int64_t others;
	enum err rc;

	rc = db_one_int(
	    ctx->db, sql[SQL_OTHER_SUCCESSOR], DB_ARGS(db_i(a->id)), &others);
	return rc == ERR_OK && others > 0 ? ERR_STATE : rc;
}

static enum err
check_proposals(struct ctx *ctx, const struct agreement *a)
{
	return a->version > 0
	    ? ERR_OK
	    : check_room(ctx, SQL_PROPOSALS, AGREEMENT_PROPOSALS_MAX);
}

enum err
agreement_propose(struct ctx *ctx, const char *ref, int edit, int version,
    struct agreement_fault *fault)
{
	const struct agreement_demand demand = { AGREEMENT_PROPOSE, WRITERS,
		version };
	struct agreement_version *v;
	struct agreement *a;
	enum err rc;

	memset(fault, 0, sizeof(*fault));
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	if ((rc = agreement_version_read(
		 ctx, a, 0, ctx->actor.organisation, &v)) != ERR_OK)
		goto out;
	if (v->edit != edit || a->version >= AGREEMENT_VERSIONS_MAX) {
		rc = v->edit != edit ? ERR_STALE : ERR_TOO_MANY;
		goto out;
	}
	if ((rc = agreement_ready(ctx, a, v, fault)) != ERR_OK ||
	    (rc = check_only_successor(ctx, a)) != ERR_OK ||
	    (rc = check_proposals(ctx, a)) != ERR_OK ||
	    (rc = agreement_version_number(ctx, a, ctx->actor.organisation)) !=
		ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_PROPOSED, a, NULL);
out:
	return db_end(ctx->db, rc);
}

/* ---- withdrawing ------------------------------------------------------- */

/* Whose proposal it is; a charter is the keeper's offer. */
static bool
may_withdraw(const struct ctx *ctx, const struct agreement *a)
{
	if (a->kind == AGREEMENT_CHARTER)
		return ctx->actor.is_console ||
		    (ctx->actor.roles & ROLE_KEEPER) != 0;
	return a->is_own && (ctx->actor.roles & WRITERS) != 0;
}

enum err
agreement_withdraw(
    struct ctx *ctx, const char *ref, int version, const char *why)
{
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_check_why(why)) != ERR_OK)
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_load(ctx, ref, &a)) != ERR_OK)
		goto out;
	if (!may_withdraw(ctx, a)) {
		rc = a->is_party ? ERR_FORBIDDEN : ERR_NOT_FOUND;
		goto out;
	}
	if (!agreement_may(a, AGREEMENT_WITHDRAW) || a->version != version) {
		rc = a->version != version ? ERR_STALE : ERR_STATE;
		goto out;
	}
	if ((rc = db_exec_one(ctx->db, sql[SQL_WITHDRAW],
		 DB_ARGS(db_i(ctx->now_at), db_t(why), db_i(a->id),
		     db_i(version)))) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_WITHDRAWN, a, NULL);
out:
	return db_end(ctx->db, rc);
}
