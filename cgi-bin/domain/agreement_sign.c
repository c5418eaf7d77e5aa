/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/agreement_sign.h"

#include <string.h>

#include "crypt/token.h"
#include "domain/agreement_store.h"
#include "domain/list.h"
#include "domain/signing_key.h"

const char *const agreement_ways[WAY__MAX + 1] = { "portal", "minisign",
	"passkey", "paper", NULL };

enum sql {
	SQL_SIGN,
	SQL_DECLINE,
	SQL_UNDECLINE,
	SQL_LIST,
	SQL_FILE,
	SQL_RECORD,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_SIGN] =
	    "INSERT INTO agreement_signature (version, organisation, person,"
	    " way, digest, minisig, key, signed_at)"
	    " SELECT v.id, CAST($1 AS BIGINT), CAST($2 AS BIGINT), $3,"
	    " v.digest, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT)"
	    " FROM agreement_version v WHERE v.id = $7",
	[SQL_DECLINE] =
	    "UPDATE agreement_party SET declined_at = $1, declined_why = $2"
	    " WHERE agreement = $3 AND organisation = $4"
	    " AND declined_at IS NULL",
	[SQL_UNDECLINE] =
	    "UPDATE agreement_party SET declined_at = NULL,"
	    " declined_why = NULL WHERE agreement = $1 AND organisation = $2",
	[SQL_LIST] =
	    "SELECT v.number, o.id, o.ref, n.name, p.name, s.way, k.number,"
	    " k.public_key, k.revoked_at, s.signed_at"
	    " FROM agreement_version v"
	    " JOIN agreement_signature s ON s.version = v.id"
	    " JOIN organisation o ON o.id = s.organisation"
	    " JOIN agreement_version_party n ON n.version = v.id"
	    " AND n.organisation = o.id"
	    " JOIN person p ON p.id = s.person"
	    " LEFT JOIN signing_key k ON k.id = s.key"
	    " WHERE v.agreement = $1 AND ($2 = 0 OR v.number = $2)"
	    " ORDER BY s.id",
	[SQL_FILE] =
	    "SELECT s.way, s.minisig, s.signed_at, s.person"
	    " FROM agreement_version v"
	    " JOIN agreement_signature s ON s.version = v.id"
	    " JOIN organisation o ON o.id = s.organisation"
	    " WHERE v.agreement = $1 AND v.number = $2 AND o.ref = $3",
	[SQL_RECORD] =
	    "SELECT body FROM record WHERE object = $1 AND kind = $2"
	    " AND recorded_at = $3 AND actor = $4 ORDER BY id LIMIT 1",
};
/* clang-format on */

/* A signature under way. */
struct signing {
	struct agreement *a;
	struct agreement_party *party;
	const struct agreement_signing *given;
	struct agreement_refusal *refusal;
	int64_t key; /* minisign's, else 0 */
};

static enum err
refuse(struct signing *s, const char *error, const char *who)
{
	s->refusal->error = error;
	s->refusal->who = who;
	return ERR_INVALID;
}

/* ---- may it be signed? ------------------------------------------------- */

static enum err
check_turn(struct ctx *ctx, struct signing *s)
{
	(void)ctx;
	if ((s->party = agreement_own_party(s->a)) == NULL)
		return ERR_NOT_FOUND;
	if (s->given->digest == NULL ||
	    strcmp(s->given->digest, s->a->current->digest) != 0)
		return ERR_STALE;
	if (s->party->signed_at != 0)
		return ERR_REPEATED;
	if (!s->party->may_sign || s->party->is_organisation_suspended)
		return ERR_FORBIDDEN;
	return ERR_OK;
}

static bool
is_last_of(const struct signing *s)
{
	for (size_t i = 0; i < s->a->party_count; i++)
		if (&s->a->parties[i] != s->party &&
		    s->a->parties[i].signed_at == 0)
			return false;
	return true;
}

/* With the last signature every party has its grant. */
static enum err
check_charters(struct ctx *ctx, struct signing *s)
{
	const char *who;
	enum err rc;

	if (s->a->kind == AGREEMENT_CHARTER || !is_last_of(s))
		return ERR_OK;
	rc = agreement_version_charters(ctx, s->a->current, false, &who);
	return rc == ERR_OK && who != NULL ? refuse(s, "Charter", who) : rc;
}

/* What was right when it was proposed may have gone since. */
static enum err
check_still_right(struct ctx *ctx, struct signing *s)
{
	const struct agreement_version *v = s->a->current;
	const char *error, *who;
	enum err rc;

	if (v->terms.until_at != 0 && v->terms.until_at <= ctx->now_at)
		return refuse(s, "Past", NULL);
	rc = agreement_version_complete(ctx, s->a, v, &error, &who);
	if (rc != ERR_OK || error == NULL)
		return rc;
	if (strcmp(error, "PartyReplaced") == 0)
		return refuse(s, "Replaced", who);
	return refuse(s, "Circle", who);
}

static enum err
check_minisig(struct ctx *ctx, struct signing *s)
{
	const struct agreement_signing *given = s->given;
	char number[MINISIG_NUMBER_TEXT];
	struct minisig_key key;
	struct minisig *sig;
	char *bytes;
	size_t len;
	enum err rc;

	/* Whatever the way, nobody signs what the rows do not say. */
	if ((rc = agreement_canonical(
		 ctx, s->a->ref, s->a->version, &bytes, &len)) != ERR_OK)
		return rc;
	if (given->minisig == NULL)
		return ERR_OK;
	if ((rc = minisig_parse(ctx->arena, given->minisig, given->minisig_len,
		 &sig, &s->refusal->minisig)) != ERR_OK)
		return rc;
	minisig_number_text(sig->number, number);
	rc = signing_key_active(
	    ctx, s->party->organisation, number, &s->key, &key);
	if (rc == ERR_NOT_FOUND)
		return refuse(s, "NoKey", NULL);
	if (rc != ERR_OK)
		return rc;
	return minisig_verify(sig, &key, bytes, len, &s->refusal->minisig);
}

/* ---- signing ----------------------------------------------------------- */

static enum err
keep(struct ctx *ctx, const struct signing *s)
{
	const struct agreement_signing *given = s->given;
	enum agreement_way way =
	    given->minisig != NULL ? WAY_MINISIGN : WAY_PORTAL;
	char *file =
	    arena_copy_n(ctx->arena, given->minisig, given->minisig_len);
	json_t *what;
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_SIGN],
	    DB_ARGS(db_i(s->party->organisation), db_i(ctx->actor.person),
		db_t(agreement_ways[way]), db_t(file), db_id(s->key),
		db_i(ctx->now_at), db_i(s->a->current->id)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->db, sql[SQL_UNDECLINE],
		    DB_ARGS(db_i(s->a->id), db_i(s->party->organisation)));
	if (rc != ERR_OK)
		return rc;
	what = json_pack("{s:s}", "way", agreement_ways[way]);
	return agreement_record(ctx, RECORD_AGREEMENT_SIGNED, s->a, what);
}

enum err
agreement_sign(struct ctx *ctx, const char *ref,
    const struct agreement_signing *given, bool *is_last,
    struct agreement_refusal *refusal)
{
	const struct agreement_demand demand = { AGREEMENT_SIGN, ROLE_SIGNATORY,
		given->version };
	struct signing s = { .given = given, .refusal = refusal };
	bool all = false;
	enum err rc;

	*is_last = false;
	memset(refusal, 0, sizeof(*refusal));
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &s.a)) != ERR_OK ||
	    (rc = check_turn(ctx, &s)) != ERR_OK ||
	    (rc = check_still_right(ctx, &s)) != ERR_OK ||
	    (rc = check_charters(ctx, &s)) != ERR_OK ||
	    (rc = check_minisig(ctx, &s)) != ERR_OK ||
	    (rc = keep(ctx, &s)) != ERR_OK ||
	    (rc = agreement_move(ctx, s.a->id)) != ERR_OK)
		goto out;
	all = is_last_of(&s);
	if (all)
		rc = agreement_force(ctx, s.a);
out:
	rc = db_end(ctx->db, rc);
	*is_last = rc == ERR_OK && all;
	return rc;
}

/* ---- declining --------------------------------------------------------- */

enum err
agreement_decline(
    struct ctx *ctx, const char *ref, int version, const char *why)
{
	const struct agreement_demand demand = { AGREEMENT_DECLINE,
		ROLE_SIGNATORY, version };
	const struct agreement_party *own;
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_check_why(why)) != ERR_OK)
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = agreement_open(ctx, ref, &demand, &a)) != ERR_OK)
		goto out;
	own = agreement_own_party(a);
	if (own == NULL || own->signed_at != 0 || own->declined_at != 0) {
		rc = own == NULL ? ERR_NOT_FOUND : ERR_STATE;
		goto out;
	}
	if ((rc = db_exec_one(ctx->db, sql[SQL_DECLINE],
		 DB_ARGS(db_i(ctx->now_at), db_t(why), db_i(a->id),
		     db_i(own->organisation)))) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agreement_record(ctx, RECORD_AGREEMENT_DECLINED, a, NULL);
out:
	return db_end(ctx->db, rc);
}

/* ---- what was signed --------------------------------------------------- */

static void
fill(struct ctx *ctx, struct db_rows *rows, const struct agreement *a,
    struct agreement_signature *s)
{
	s->version = (int)db_col_int(rows, 0);
	s->organisation = db_col_int(rows, 1);
	s->organisation_ref = db_col_text(rows, 2, ctx->arena);
	s->organisation_name = db_col_text(rows, 3, ctx->arena);
	if (a->sight != SIGHT_PUBLISHED)
		s->person_name = db_col_text(rows, 4, ctx->arena);
	s->way = (enum agreement_way)agreement_word(
	    rows, 5, agreement_ways, WAY_PORTAL);
	s->key_number = db_col_text(rows, 6, ctx->arena);
	s->public_key = db_col_text(rows, 7, ctx->arena);
	s->is_key_revoked = !db_col_is_null(rows, 8);
	s->signed_at = db_col_int(rows, 9);
	s->is_void = s->version != a->version;
}

enum err
agreement_signatures(struct ctx *ctx, const char *ref,
    struct agreement_signature **signatures, size_t *n)
{
	struct agreement_signature *all = NULL;
	struct db_rows *rows;
	struct agreement *a;
	enum err rc;

	*signatures = NULL;
	*n = 0;
	if ((rc = agreement_find(ctx, ref, &a)) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_LIST],
	    DB_ARGS(db_i(a->id), db_i(a->is_party ? 0 : a->version)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx, rows, a, &all[(*n)++]);
	}
	*signatures = all;
	return db_done(rows);
}

/* The record of the act, as it was appended with the signature. */
static enum err
record_of(struct ctx *ctx, const char *ref, int64_t signed_at, int64_t person,
    struct agreement_file *file)
{
	struct db_rows *rows;
	const char *body;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_RECORD],
	    DB_ARGS(db_t(ref), db_t(record_kind_name(RECORD_AGREEMENT_SIGNED)),
		db_i(signed_at), db_i(person)));
	if (db_next(rows)) {
		body = db_col_peek(rows, 0, &file->len);
		file->bytes = arena_copy_n(ctx->arena, body, file->len);
	}
	rc = db_done(rows);
	return rc == ERR_OK && file->bytes == NULL ? ERR_CORRUPT : rc;
}

/* With the terms alone there is nothing to check it against. */
static bool
may_have_file(const struct agreement *a, int version)
{
	if (a->is_party)
		return true;
	return version == a->version &&
	    (a->sight != SIGHT_PUBLISHED || a->extent != EXTENT_TERMS);
}

enum err
agreement_signature_file(struct ctx *ctx, const char *ref, int version,
    const char *organisation, struct agreement_file *file)
{
	int64_t signed_at = 0, person = 0;
	struct agreement *a;
	struct db_rows *rows;
	enum err rc;

	memset(file, 0, sizeof(*file));
	if ((rc = agreement_find(ctx, ref, &a)) != ERR_OK)
		return rc;
	if (!may_have_file(a, version))
		return ERR_NOT_FOUND;
	rows = db_query(ctx->db, sql[SQL_FILE],
	    DB_ARGS(db_i(a->id), db_i(version), db_t(organisation)));
	if (db_next(rows)) {
		file->way = (enum agreement_way)agreement_word(
		    rows, 0, agreement_ways, WAY_PORTAL);
		file->bytes = db_col_text(rows, 1, ctx->arena);
		signed_at = db_col_int(rows, 2);
		person = db_col_int(rows, 3);
	}
	if ((rc = db_done(rows)) != ERR_OK)
		return rc;
	if (file->bytes != NULL)
		file->len = strlen(file->bytes);
	else if (person == 0 || a->sight == SIGHT_PUBLISHED)
		rc = ERR_NOT_FOUND;
	else
		rc = record_of(ctx, ref, signed_at, person, file);
	return rc;
}
