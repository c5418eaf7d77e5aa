/* SPDX-License-Identifier: Apache-2.0 */
/* How an agreement ends, and how a party stands in it. */
#include "domain/agreement_end.h"

#include <string.h>

#include "base/clock.h"
#include "domain/agreement_store.h"

enum sql {
	SQL_NOTICE,
	SQL_ENDING,
	SQL_KEEP,
	SQL_SUSPEND,
	SQL_RESUME,
	SQL_SUSPENDED_BY,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_NOTICE] =
	    "UPDATE agreement_party SET notice_at = $1, notice_why = $2,"
	    " leaves_at = $3 WHERE agreement = $4 AND organisation = $5"
	    " AND notice_at IS NULL",
	[SQL_ENDING] =
	    "UPDATE agreement_party SET ending_at = $1"
	    " WHERE agreement = $2 AND organisation = $3"
	    " AND ending_at IS NULL",
	[SQL_KEEP] =
	    "UPDATE agreement_party SET ending_at = NULL"
	    " WHERE agreement = $1 AND organisation = $2"
	    " AND ending_at IS NOT NULL",
	[SQL_SUSPEND] =
	    "UPDATE agreement_party SET suspended_at = $1, suspended_by = $2,"
	    " suspended_why = $3 WHERE agreement = $4 AND organisation = $5"
	    " AND (suspended_at IS NULL OR (suspended_by = organisation"
	    " AND organisation <> $2))",
	[SQL_RESUME] =
	    "UPDATE agreement_party SET suspended_at = NULL,"
	    " suspended_by = NULL, suspended_why = NULL"
	    " WHERE agreement = $1 AND organisation = $2"
	    " AND suspended_at IS NOT NULL",
	[SQL_SUSPENDED_BY] =
	    "SELECT suspended_by FROM agreement_party"
	    " WHERE agreement = $1 AND organisation = $2",
};
/* clang-format on */

static bool
has_left(const struct ctx *ctx, const struct agreement_party *p)
{
	return p->leaves_at != 0 && p->leaves_at <= ctx->now_at;
}

/* A row that is not as it was thought has been done already. */
static enum err
once(enum err rc)
{
	return rc == ERR_STALE ? ERR_STATE : rc;
}

/* ---- notice ----------------------------------------------------------- */

struct notice {
	int64_t leaves_at;
	bool is_for_all; /* from then on, or from the last who leaves */
	int64_t ends_at;
};

/* Fewer than two would stay: it is over with the last who leaves. */
static void
foresee(struct ctx *ctx, const struct agreement *a, struct notice *n)
{
	int64_t days = a->current->terms.notice_days;
	size_t staying = 0;

	n->leaves_at = ctx->now_at + days * CLOCK_DAY;
	if (a->until_at != 0 && n->leaves_at > a->until_at)
		n->leaves_at = a->until_at;
	n->ends_at = n->leaves_at;
	for (size_t i = 0; i < a->party_count; i++) {
		const struct agreement_party *p = &a->parties[i];

		if (p->is_own)
			continue;
		if (p->leaves_at == 0)
			staying++;
		else if (p->leaves_at > n->ends_at)
			n->ends_at = p->leaves_at;
	}
	n->is_for_all = staying < 2;
}

static enum err
open_for_notice(struct ctx *ctx, const char *ref, int version,
    struct agreement **a, struct notice *n)
{
	const struct agreement_demand demand = { AGREEMENT_NOTICE,
		ROLE_SIGNATORY, version };
	struct agreement_party *own;
	enum err rc;

	if ((rc = agreement_open(ctx, ref, &demand, a)) != ERR_OK)
		return rc;
	if ((own = agreement_own_party(*a)) == NULL || own->notice_at != 0)
		return ERR_STATE;
	foresee(ctx, *a, n);
	return ERR_OK;
}

enum err
agreement_notice_effect(
    struct ctx *ctx, const char *ref, int64_t *leaves_at, bool *is_for_all)
{
	struct notice n = { .leaves_at = 0 };
	struct agreement *a;
	enum err rc;

	rc = open_for_notice(ctx, ref, -1, &a, &n);
	*leaves_at = n.leaves_at;
	*is_for_all = n.is_for_all;
	return rc;
}

static enum err
leave(struct ctx *ctx, const struct agreement *a, const struct notice *n)
{
	enum err rc;

	rc = agreement_close_party(
	    ctx, a->id, ctx->actor.organisation, n->leaves_at);
	if (rc == ERR_OK && n->is_for_all)
		rc = agreement_end_at(ctx, a->id, n->ends_at, END_NOTICE);
	return rc;
}

static json_t *
notice_json(const struct notice *n)
{
	char at[CLOCK_TEXT];

	clock_rfc3339_us(n->leaves_at, at);
	return json_pack(
	    "{s:s, s:b}", "leaves", at, "for_all", (int)n->is_for_all);
}

enum err
agreement_notice(struct ctx *ctx, const char *ref, int version, const char *why,
    int64_t *leaves_at, bool *is_for_all)
{
	struct notice n = { .leaves_at = 0 };
	struct agreement *a;
	enum err rc;

	*leaves_at = 0;
	*is_for_all = false;
	if ((rc = agreement_check_why(why)) != ERR_OK)
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_for_notice(ctx, ref, version, &a, &n)) != ERR_OK)
		goto out;
	if ((rc = once(db_exec_one(ctx->db, sql[SQL_NOTICE],
		 DB_ARGS(db_i(ctx->now_at), db_t(why), db_i(n.leaves_at),
		     db_i(a->id), db_i(ctx->actor.organisation))))) != ERR_OK ||
	    (rc = leave(ctx, a, &n)) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_NOTICE, a, notice_json(&n));
	*leaves_at = n.leaves_at;
	*is_for_all = n.is_for_all;
out:
	return db_end(ctx->db, rc);
}

/* ---- ending at once ---------------------------------------------------- */

/* Everybody but `but` who must agree has. */
static bool
all_agree(const struct ctx *ctx, const struct agreement *a, int64_t but)
{
	for (size_t i = 0; i < a->party_count; i++) {
		const struct agreement_party *p = &a->parties[i];

		if (p->organisation != but && !has_left(ctx, p) &&
		    !p->is_organisation_suspended && p->ending_at == 0)
			return false;
	}
	return true;
}

enum err
agreement_terminate(
    struct ctx *ctx, const char *ref, int version, bool *is_last)
{
	const struct agreement_demand demand = { AGREEMENT_TERMINATE,
		ROLE_SIGNATORY, version };
	struct agreement *a;
	bool all = false;
	enum err rc;

	*is_last = false;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	if ((rc = once(db_exec_one(ctx->db, sql[SQL_ENDING],
		 DB_ARGS(db_i(ctx->now_at), db_i(a->id),
		     db_i(ctx->actor.organisation))))) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_ENDING_AGREED, a, NULL);
	all = all_agree(ctx, a, ctx->actor.organisation);
	if (rc != ERR_OK || !all)
		goto out;
	if ((rc = agreement_end_at(ctx, a->id, ctx->now_at, END_TERMINATED)) !=
	    ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_TERMINATED, a, NULL);
out:
	rc = db_end(ctx->db, rc);
	*is_last = rc == ERR_OK && all;
	return rc;
}

enum err
agreement_keep(struct ctx *ctx, const char *ref, int version)
{
	const struct agreement_demand demand = { AGREEMENT_TERMINATE,
		ROLE_SIGNATORY, version };
	struct agreement *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	if ((rc = once(db_exec_one(ctx->db, sql[SQL_KEEP],
		 DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation))))) !=
		ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_ENDING_TAKEN_BACK, a, NULL);
out:
	return db_end(ctx->db, rc);
}

/* ---- suspending a party ------------------------------------------------ */

/* The party meant, by an actor that is not suspended unless it is itself. */
static enum err
open_for_standing(struct ctx *ctx, const char *ref, int version,
    const char *party, struct agreement **a, struct agreement_party **p)
{
	const struct agreement_demand demand = { AGREEMENT_SUSPEND,
		ROLE_SIGNATORY, version };
	struct agreement_party *own;
	enum err rc;

	*p = NULL;
	if ((rc = agreement_open(ctx, ref, &demand, a)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < (*a)->party_count; i++)
		if (strcmp((*a)->parties[i].ref, party) == 0)
			*p = &(*a)->parties[i];
	own = agreement_own_party(*a);
	if (own == NULL || *p == NULL || has_left(ctx, *p))
		return ERR_NOT_FOUND;
	return own != *p && own->suspended_at != 0 ? ERR_STATE : ERR_OK;
}

static enum err
record_party(struct ctx *ctx, enum record_kind kind, const struct agreement *a,
    const struct agreement_party *p)
{
	json_t *what = json_pack("{s:s}", "party", p->ref);

	return agreement_record(ctx, kind, a, what);
}

static enum err
suspend(struct ctx *ctx, const struct agreement *a,
    const struct agreement_party *p, const char *why)
{
	enum err rc;

	if ((rc = once(db_exec_one(ctx->db, sql[SQL_SUSPEND],
		 DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation),
		     db_t(why), db_i(a->id), db_i(p->organisation))))) !=
		ERR_OK ||
	    (rc = agreement_close_party(
		 ctx, a->id, p->organisation, ctx->now_at)) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		return rc;
	return record_party(ctx, RECORD_AGREEMENT_PARTY_SUSPENDED, a, p);
}

static enum err
resume(
    struct ctx *ctx, const struct agreement *a, const struct agreement_party *p)
{
	enum err rc;

	if ((rc = once(db_exec_one(ctx->db, sql[SQL_RESUME],
		 DB_ARGS(db_i(a->id), db_i(p->organisation))))) != ERR_OK ||
	    (rc = agreement_grant_party(ctx, a->id, p->organisation)) !=
		ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		return rc;
	return record_party(ctx, RECORD_AGREEMENT_PARTY_RESUMED, a, p);
}

/*
 * The same in what has been signed to follow `a` and begins later, and in what
 * follows that, wherever who acts could do it.  `was` is how the party stood in
 * `a`: another suspension than that one is not lifted.  `why` NULL: resumes.
 */
static enum err
carry_on(struct ctx *ctx, const struct agreement *a,
    const struct agreement_party *was, const char *why)
{
	struct agreement *next;
	struct agreement_party *p;
	enum err rc;

	for (; a->replaced_by_ref != NULL; a = next) {
		rc = open_for_standing(
		    ctx, a->replaced_by_ref, -1, was->ref, &next, &p);
		if (next == NULL)
			return rc == ERR_NOT_FOUND ? ERR_OK : rc;
		if (rc == ERR_STATE || rc == ERR_NOT_FOUND)
			continue;
		if (rc == ERR_OK && why != NULL && agreement_may_suspend(p))
			rc = suspend(ctx, next, p, why);
		if (rc == ERR_OK && why == NULL && p->suspended_at != 0 &&
		    p->suspended_at == was->suspended_at)
			rc = resume(ctx, next, p);
		if (rc != ERR_OK)
			return rc;
	}
	return ERR_OK;
}

enum err
agreement_suspend(struct ctx *ctx, const char *ref, int version,
    const char *party, const char *why)
{
	struct agreement_party *p;
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_check_why(why)) != ERR_OK)
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_for_standing(ctx, ref, version, party, &a, &p)) !=
		ERR_OK ||
	    (rc = suspend(ctx, a, p, why)) != ERR_OK)
		goto out;
	rc = carry_on(ctx, a, p, why);
out:
	return db_end(ctx->db, rc);
}

/* Nobody lifts what others have put on it. */
static enum err
check_resume(
    struct ctx *ctx, const struct agreement *a, const struct agreement_party *p)
{
	int64_t by;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_SUSPENDED_BY],
	    DB_ARGS(db_i(a->id), db_i(p->organisation)), &by);
	if (rc == ERR_OK && p->suspended_at == 0)
		return ERR_STATE;
	if (rc == ERR_OK && p->is_own && by != p->organisation)
		return ERR_FORBIDDEN;
	return rc;
}

enum err
agreement_resume(
    struct ctx *ctx, const char *ref, int version, const char *party)
{
	struct agreement_party *p;
	struct agreement *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_for_standing(ctx, ref, version, party, &a, &p)) !=
		ERR_OK ||
	    (rc = check_resume(ctx, a, p)) != ERR_OK ||
	    (rc = resume(ctx, a, p)) != ERR_OK)
		goto out;
	rc = carry_on(ctx, a, p, NULL);
out:
	return db_end(ctx->db, rc);
}
