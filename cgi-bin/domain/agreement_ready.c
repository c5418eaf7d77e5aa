/* SPDX-License-Identifier: Apache-2.0 */
/* Is a draft fit to be proposed, and a version that is there to be signed? */
#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/agreement_draft.h"

enum sql {
	SQL_LACKS_CIRCLE,
	SQL_LACKS_REPLACED,
	SQL_CIRCLE_IS_HELD,
	SQL_NAME_IS_TAKEN,
	SQL_IS_SUSPENDED,
	SQL_LACKS_CHARTER,
	SQL_PREDECESSOR_END,
	SQL__MAX
};

/* clang-format off */
#define NOT_NAMED \
	" AND NOT EXISTS (SELECT 1 FROM agreement_version_party n" \
	" WHERE n.version = v.id AND n.organisation = p.organisation)" \
	" ORDER BY p.position LIMIT 1"

static const char *const sql[SQL__MAX] = {
	/* Who has the circle, suspended or not, has its items read by others. */
	[SQL_LACKS_CIRCLE] =
	    "SELECT o.name FROM agreement_version v"
	    " JOIN agreement_circle k ON k.circle = v.circle"
	    " JOIN agreement h ON h.id = k.agreement"
	    " AND " AGREEMENT_IS_OPEN("h", "$1")
	    " JOIN agreement_party p ON p.agreement = h.id"
	    " AND " AGREEMENT_STAYS("p", "h", "$1")
	    " JOIN organisation o ON o.id = p.organisation"
	    " WHERE v.id = $2" NOT_NAMED,
	[SQL_LACKS_REPLACED] =
	    "SELECT o.name FROM agreement_version v"
	    " JOIN agreement a ON a.id = v.agreement"
	    " JOIN agreement h ON h.id = a.replaces"
	    " JOIN agreement_party p ON p.agreement = h.id"
	    " AND " AGREEMENT_STAYS("p", "h", "$1")
	    " JOIN organisation o ON o.id = p.organisation"
	    " WHERE v.id = $2" NOT_NAMED,
	[SQL_CIRCLE_IS_HELD] =
	    "SELECT COUNT(*) FROM agreement_version v"
	    " JOIN agreement a ON a.id = v.agreement"
	    " WHERE (v.circle IS NULL OR a.replaces IS NOT NULL OR EXISTS ("
	    "SELECT 1 FROM agreement_circle k JOIN agreement h"
	    " ON h.id = k.agreement AND " AGREEMENT_IS_OPEN("h", "$1")
	    " WHERE k.circle = v.circle)) AND v.id = $2",
	/* Of others' circles nobody is told. */
	[SQL_NAME_IS_TAKEN] =
	    "SELECT COUNT(*) FROM circle c WHERE"
	    " (c.kind IN ('community', 'sector') AND c.ref = lower($1))"
	    " OR (c.kind = 'agreement' AND lower(c.name) = lower($1)"
	    " AND EXISTS (SELECT 1 FROM access_grant g"
	    " WHERE g.circle = c.id AND g.organisation = $2"
	    " AND " ACCESS_GRANT_VALID("g", "$3") "))",
	[SQL_IS_SUSPENDED] =
	    "SELECT o.name FROM agreement_version_party n"
	    " JOIN organisation o ON o.id = n.organisation"
	    " AND o.state = 'suspended' WHERE n.version = $1"
	    " ORDER BY n.position LIMIT 1",
	[SQL_LACKS_CHARTER] =
	    "SELECT o.name FROM agreement_version_party n"
	    " JOIN organisation o ON o.id = n.organisation"
	    " WHERE NOT " AGREEMENT_HAS_CHARTER("o.id", "$1")
	    " AND NOT ($2 = 1 AND " AGREEMENT_CHARTER_OFFERED("o.id") ")"
	    " AND n.version = $3 ORDER BY n.position LIMIT 1",
	[SQL_PREDECESSOR_END] =
	    "SELECT b.until_at FROM agreement a"
	    " JOIN agreement b ON b.id = a.replaces"
	    " WHERE a.id = $1 AND a.replaces_how = 'renewal'",
};
/* clang-format on */

/* A draft on its way to its parties. */
struct check {
	struct ctx *ctx;
	const struct agreement *a;
	const struct agreement_version *v;
	struct agreement_fault *fault; /* the first; the others hang on it */
};

/*
 * Notes what is wrong, and the check goes on: of each field the first.
 * Always ERR_OK, to end a step.
 */
static enum err
lacks(struct check *k, const char *field, const char *error, const char *who)
{
	struct agreement_fault *last = k->fault;

	if (last->field != NULL) {
		while (strcmp(last->field, field) != 0 && last->next != NULL)
			last = last->next;
		if (strcmp(last->field, field) == 0)
			return ERR_OK;
		last->next = arena_alloc(k->ctx->arena, sizeof(*last));
		last = last->next;
	}
	agreement_refuse(last, field, error, who);
	return ERR_OK;
}

/* One name, or NULL. */
static enum err
one_name(struct ctx *ctx, struct db_rows *rows, const char **name)
{
	*name = NULL;
	if (db_next(rows))
		*name = db_col_text(rows, 0, ctx->arena);
	return db_done(rows);
}

/* ---- what it says ------------------------------------------------------ */

static enum err
check_required(struct check *k)
{
	const struct agreement_terms *t = &k->v->terms;
	const struct {
		const char *field, *error;
		bool is_missing;
	} required[] = {
		{ "title", "Required", k->v->title[0] == '\0' },
		{ "text", "Required", k->v->text[0] == '\0' },
		{ "circle_name", "Required",
		    text_length(t->circle_name) < AGREEMENT_CIRCLE_NAME_MIN },
		{ "sectors", "Sectors",
		    t->sharing == SHARING_SECTOR && t->sectors == 0 },
	};

	for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++)
		if (required[i].is_missing)
			lacks(k, required[i].field, required[i].error, NULL);
	return ERR_OK;
}

/* Two circles of one name are taken for each other. */
static enum err
check_name(struct check *k)
{
	const struct agreement_terms *t = &k->v->terms;
	int64_t n;
	enum err rc;

	if (t->circle_ref != NULL)
		return ERR_OK;
	rc = db_one_int(k->ctx->db, sql[SQL_NAME_IS_TAKEN],
	    DB_ARGS(db_t(t->circle_name), db_i(k->ctx->actor.organisation),
		db_i(k->ctx->now_at)),
	    &n);
	if (rc == ERR_OK && n > 0)
		lacks(k, "circle_name", "Taken", NULL);
	return rc;
}

static enum err
check_times(struct check *k)
{
	const struct agreement_terms *t = &k->v->terms;
	int64_t before = 0;
	enum err rc;

	if (t->until_at == 0)
		return ERR_OK;
	if (t->until_at <= k->ctx->now_at)
		return lacks(k, "until_at", "Past", NULL);
	rc = db_one_int(k->ctx->db, sql[SQL_PREDECESSOR_END],
	    DB_ARGS(db_i(k->a->id)), &before);
	if (rc != ERR_OK && rc != ERR_NOT_FOUND)
		return rc;
	if (t->until_at <= t->from_at)
		lacks(k, "until_at", "Until", NULL);
	else if (t->until_at <= before)
		lacks(k, "until_at", "UntilRenewed", NULL);
	return ERR_OK;
}

/* ---- who is in it ------------------------------------------------------- */

static bool
names(const struct agreement_version *v, const char *ref)
{
	for (size_t i = 0; i < v->party_count; i++)
		if (strcmp(v->parties[i].ref, ref) == 0)
			return true;
	return false;
}

static enum err
check_parties(struct check *k)
{
	const char *who;
	enum err rc;

	if (k->v->party_count < 2)
		lacks(k, "parties", "Parties", NULL);
	if (!names(k->v, k->ctx->actor.organisation_ref))
		lacks(k, "parties", "PartyOwn", NULL);
	if (!names(k->v, k->a->organisation_ref))
		lacks(k, "parties", "PartyProposer", k->a->organisation_name);
	rc = one_name(k->ctx,
	    db_query(
		k->ctx->db, sql[SQL_IS_SUSPENDED], DB_ARGS(db_i(k->v->id))),
	    &who);
	if (rc == ERR_OK && who != NULL)
		lacks(k, "parties", "PartySuspended", who);
	return rc;
}

/* Of a single party that is wrong anyway nothing more is asked. */
static enum err
check_kinds(struct check *k)
{
	const struct agreement_named *p;
	unsigned kinds = 0;

	for (size_t i = 0; i < k->v->party_count; i++) {
		p = &k->v->parties[i];
		if (p->kind != ORG_OPERATOR && p->kind != ORG_INSTITUTION)
			return lacks(k, "parties", "PartyKind", p->name);
		kinds |= 1u << p->kind;
	}
	if (k->v->party_count > 1 && k->v->why_one_kind[0] == '\0' &&
	    kinds != (1u << ORG_OPERATOR | 1u << ORG_INSTITUTION))
		lacks(k, "why_one_kind", "OneKind", NULL);
	return ERR_OK;
}

enum err
agreement_version_charters(struct ctx *ctx, const struct agreement_version *v,
    bool may_wait, const char **who)
{
	return one_name(ctx,
	    db_query(ctx->db, sql[SQL_LACKS_CHARTER],
		DB_ARGS(db_i(ctx->now_at), db_i(may_wait), db_i(v->id))),
	    who);
}

static enum err
check_charters(struct check *k)
{
	const char *who;
	enum err rc = agreement_version_charters(k->ctx, k->v, true, &who);

	if (rc == ERR_OK && who != NULL)
		lacks(k, "parties", "PartyCharter", who);
	return rc;
}

enum err
agreement_version_complete(struct ctx *ctx, const struct agreement *a,
    const struct agreement_version *v, const char **error, const char **who)
{
	static const struct {
		int statement;
		const char *error;
	} lacks[] = {
		{ SQL_LACKS_CIRCLE, "PartyCircle" },
		{ SQL_LACKS_REPLACED, "PartyReplaced" },
	};
	int64_t held;
	enum err rc = ERR_OK;

	(void)a;
	*error = *who = NULL;
	for (size_t i = 0; rc == ERR_OK && *error == NULL && i < 2; i++) {
		rc = one_name(ctx,
		    db_query(ctx->db, sql[lacks[i].statement],
			DB_ARGS(db_i(ctx->now_at), db_i(v->id))),
		    who);
		if (rc == ERR_OK && *who != NULL)
			*error = lacks[i].error;
	}
	if (rc != ERR_OK || *error != NULL)
		return rc;
	/* Nobody is left who could let others in. */
	rc = db_one_int(ctx->db, sql[SQL_CIRCLE_IS_HELD],
	    DB_ARGS(db_i(ctx->now_at), db_i(v->id)), &held);
	if (rc == ERR_OK && held == 0)
		*error = "Circle";
	return rc;
}

static enum err
check_complete(struct check *k)
{
	const char *error, *who;
	enum err rc =
	    agreement_version_complete(k->ctx, k->a, k->v, &error, &who);

	if (rc == ERR_OK && error != NULL)
		lacks(k, who != NULL ? "parties" : "circle", error, who);
	return rc;
}

/* ---- what is new ------------------------------------------------------- */

/* The same again would make signatures void, and change nothing. */
static enum err
check_changed(struct check *k)
{
	struct agreement_version *current;
	enum err rc;

	if (k->a->version == 0)
		return ERR_OK;
	rc = agreement_version_read(k->ctx, k->a, k->a->version, 0, &current);
	if (rc == ERR_OK && agreement_differs(current, k->v) == 0)
		lacks(k, "text", "Same", NULL);
	return rc;
}

/* ---- all of it ---------------------------------------------------------- */

enum err
agreement_ready(struct ctx *ctx, const struct agreement *a,
    const struct agreement_version *v, struct agreement_fault *fault)
{
	static enum err (*const checks[])(struct check *) = { check_required,
		check_name, check_times, check_parties, check_kinds,
		check_charters, check_complete, check_changed };
	struct check k = { ctx, a, v, fault };
	enum err rc = ERR_OK;

	memset(fault, 0, sizeof(*fault));
	for (size_t i = 0;
	     rc == ERR_OK && i < sizeof(checks) / sizeof(checks[0]); i++)
		rc = checks[i](&k);
	return rc == ERR_OK && fault->field != NULL ? ERR_INVALID : rc;
}
