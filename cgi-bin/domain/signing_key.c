/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/signing_key.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/list.h"
#include "domain/record.h"

/* One of these brings a key, the other one confirms it. */
enum { BOTH = ROLE_STEWARD | ROLE_SIGNATORY };

const char *const signing_key_states[SIGNING_KEY_STATE__MAX + 1] = { "proposed",
	"active", "revoked", NULL };

enum sql {
	SQL_COUNT,
	SQL_TAKEN,
	SQL_ADD,
	SQL_LIST,
	SQL_CONFIRM,
	SQL_REVOKE,
	SQL_ACTIVE,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_COUNT] = "SELECT COUNT(*) FROM signing_key WHERE organisation = $1",
	/*
	 * The number stands before the key, unsigned and free to choose: with
	 * another one it is the same key.  Behind it begin 14 characters.
	 */
	[SQL_TAKEN] =
	    "SELECT COUNT(*) FROM signing_key WHERE (organisation = $1"
	    " AND number = $2) OR (SUBSTR(public_key, 15) = SUBSTR($3, 15)"
	    " AND revoked_at IS NULL)",
	[SQL_ADD] =
	    "INSERT INTO signing_key (organisation, number, public_key,"
	    " proposed_by, proposed_as, proposed_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6)",
	[SQL_LIST] =
	    "SELECT k.id, k.number, k.public_key, k.proposed_by,"
	    " k.proposed_as, p.name, k.proposed_at, c.name, k.confirmed_at,"
	    " r.name, k.revoked_at FROM signing_key k"
	    " JOIN person p ON p.id = k.proposed_by"
	    " LEFT JOIN person c ON c.id = k.confirmed_by"
	    " LEFT JOIN person r ON r.id = k.revoked_by"
	    " WHERE k.organisation = $1 ORDER BY k.id DESC",
	[SQL_CONFIRM] =
	    "UPDATE signing_key SET confirmed_by = $1, confirmed_at = $2"
	    " WHERE organisation = $3 AND number = $4"
	    " AND confirmed_at IS NULL AND revoked_at IS NULL",
	[SQL_REVOKE] =
	    "UPDATE signing_key SET revoked_by = $1, revoked_at = $2"
	    " WHERE organisation = $3 AND number = $4"
	    " AND revoked_at IS NULL",
	[SQL_ACTIVE] =
	    "SELECT id, public_key FROM signing_key WHERE organisation = $1"
	    " AND number = $2 AND confirmed_at IS NOT NULL"
	    " AND revoked_at IS NULL",
};
/* clang-format on */

/* ---- reading ---------------------------------------------------------- */

/* Two persons, one of each role; who has both may stand for either. */
static bool
may_confirm(const struct ctx *ctx, int64_t proposed_by, unsigned proposed_as)
{
	unsigned roles = ctx->actor.roles;

	if (proposed_by == ctx->actor.person)
		return false;
	return ((proposed_as & ROLE_STEWARD) != 0 &&
		   (roles & ROLE_SIGNATORY) != 0) ||
	    ((proposed_as & ROLE_SIGNATORY) != 0 &&
		(roles & ROLE_STEWARD) != 0);
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct signing_key *k)
{
	k->id = db_col_int(rows, 0);
	k->number = db_col_text(rows, 1, ctx->arena);
	k->public_key = db_col_text(rows, 2, ctx->arena);
	k->proposed_by = db_col_text(rows, 5, ctx->arena);
	k->proposed_at = db_col_int(rows, 6);
	k->confirmed_by = db_col_text(rows, 7, ctx->arena);
	k->confirmed_at = db_col_int(rows, 8);
	k->revoked_by = db_col_text(rows, 9, ctx->arena);
	k->revoked_at = db_col_int(rows, 10);
	if (k->revoked_at != 0)
		k->state = SIGNING_KEY_REVOKED;
	else if (k->confirmed_at != 0)
		k->state = SIGNING_KEY_ACTIVE;
	else
		k->state = SIGNING_KEY_PROPOSED;
	k->may_confirm = k->state == SIGNING_KEY_PROPOSED &&
	    may_confirm(
		ctx, db_col_int(rows, 3), (unsigned)db_col_int(rows, 4));
}

enum err
signing_key_list(struct ctx *ctx, struct signing_key **keys, size_t *n)
{
	struct signing_key *all = NULL;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(
	    ctx->db, sql[SQL_LIST], DB_ARGS(db_i(ctx->actor.organisation)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx, rows, &all[(*n)++]);
	}
	*keys = all;
	return db_done(rows);
}

enum err
signing_key_waiting(struct ctx *ctx, int64_t *waiting)
{
	struct signing_key *all;
	size_t n;
	enum err rc;

	*waiting = 0;
	if ((rc = signing_key_list(ctx, &all, &n)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		*waiting += all[i].may_confirm ? 1 : 0;
	return ERR_OK;
}

static enum err
find(struct ctx *ctx, const char *number, struct signing_key **key)
{
	struct signing_key *all;
	size_t n;
	enum err rc;

	*key = NULL;
	if ((rc = signing_key_list(ctx, &all, &n)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].number, number) == 0)
			*key = &all[i];
	return *key != NULL ? ERR_OK : ERR_NOT_FOUND;
}

enum err
signing_key_active(struct ctx *ctx, int64_t organisation, const char *number,
    int64_t *id, struct minisig_key *key)
{
	struct minisig_fault fault;
	char *text = NULL;
	struct db_rows *rows;
	enum err rc;

	*id = 0;
	memset(key, 0, sizeof(*key));
	rows = db_query(ctx->db, sql[SQL_ACTIVE],
	    DB_ARGS(db_i(organisation), db_t(number)));
	if (db_next(rows)) {
		*id = db_col_int(rows, 0);
		text = db_col_text(rows, 1, ctx->arena);
	}
	if ((rc = db_done(rows)) != ERR_OK)
		return rc;
	if (text == NULL)
		return ERR_NOT_FOUND;
	rc = minisig_key_parse(text, strlen(text), key, &fault);
	return rc == ERR_INVALID ? ERR_CORRUPT : rc;
}

/* ---- acts ------------------------------------------------------------- */

/*
 * The whole key: by its number alone, which is free to choose, the log would
 * let another one take its place.
 */
static enum err
append(struct ctx *ctx, enum record_kind kind, const char *number,
    const char *public_key)
{
	json_t *what =
	    json_pack("{s:s, s:s}", "number", number, "key", public_key);

	return record_append(ctx, kind, ctx->actor.organisation_ref, what);
}

/* Read by who signs it; an agreement's bytes begin with a brace. */
static char *
text_of(struct ctx *ctx, const char *number, int64_t at)
{
	char day[CLOCK_TEXT];

	clock_date(at, day);
	return arena_printf(ctx->arena,
	    "Entente: a signing key is brought.\n"
	    "\n"
	    "Organisation: %s\n"
	    "Reference: %s\n"
	    "Key: %s\n"
	    "Date: %s\n"
	    "\n"
	    "Whoever signs this text with this key says that it is this\n"
	    "organisation's, and that it will sign its agreements.\n",
	    ctx->actor.organisation_name, ctx->actor.organisation_ref, number,
	    day);
}

/* There is room, and nobody has it. */
static enum err
check_new(struct ctx *ctx, const char *number, const char *text)
{
	int64_t n;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_COUNT],
	    DB_ARGS(db_i(ctx->actor.organisation)), &n);
	if (rc != ERR_OK || n >= SIGNING_KEYS_MAX)
		return rc != ERR_OK ? rc : ERR_TOO_MANY;
	rc = db_one_int(ctx->db, sql[SQL_TAKEN],
	    DB_ARGS(db_i(ctx->actor.organisation), db_t(number), db_t(text)),
	    &n);
	return rc == ERR_OK && n > 0 ? ERR_EXISTS : rc;
}

enum err
signing_key_text(struct ctx *ctx, const char *number, char **text)
{
	static const char digits[] = "0123456789ABCDEF";

	*text = NULL;
	if ((ctx->actor.roles & BOTH) == 0)
		return ERR_FORBIDDEN;
	if (strlen(number) != MINISIG_NUMBER_TEXT - 1 ||
	    strspn(number, digits) != strlen(number))
		return ERR_NOT_FOUND;
	*text = text_of(ctx, number, ctx->now_at);
	return ERR_OK;
}

/* A key that may be proposed. */
static enum err
check_key(struct ctx *ctx, const void *file, size_t len,
    struct minisig_key *key, struct signing_key_offer *offer,
    struct minisig_fault *fault)
{
	char text[MINISIG_KEY_TEXT], shown[MINISIG_NUMBER_TEXT];
	enum err rc;

	memset(offer, 0, sizeof(*offer));
	memset(fault, 0, sizeof(*fault));
	if ((ctx->actor.roles & BOTH) == 0)
		return ERR_FORBIDDEN;
	if ((rc = minisig_key_parse(file, len, key, fault)) != ERR_OK)
		return rc;
	minisig_key_text(key, text);
	minisig_number_text(key->number, shown);
	if ((rc = check_new(ctx, shown, text)) != ERR_OK)
		return rc;
	offer->number = arena_copy(ctx->arena, shown);
	offer->public_key = arena_copy(ctx->arena, text);
	return ERR_OK;
}

enum err
signing_key_offer(struct ctx *ctx, const void *file, size_t len,
    struct signing_key_offer *offer, struct minisig_fault *fault)
{
	struct minisig_key key;
	enum err rc;

	rc = check_key(ctx, file, len, &key, offer, fault);
	if (rc == ERR_OK)
		offer->text = text_of(ctx, offer->number, ctx->now_at);
	return rc;
}

/* Signed by the key, on one of the last days. */
static enum err
check_proof(struct ctx *ctx, const struct signing_key_proof *proof,
    const struct minisig_key *key, const char *number,
    struct minisig_fault *fault)
{
	struct minisig *sig;
	const char *text;
	enum err rc;

	rc = minisig_parse(
	    ctx->arena, proof->minisig, proof->minisig_len, &sig, fault);
	if (rc != ERR_OK)
		return rc;
	for (int d = 0; d <= SIGNING_KEY_PROOF_DAYS; d++) {
		text = text_of(ctx, number, ctx->now_at - d * CLOCK_DAY);
		rc = minisig_verify(sig, key, text, strlen(text), fault);
		if (fault->reason != MINISIG_WRONG)
			break;
	}
	return rc;
}

enum err
signing_key_propose(struct ctx *ctx, const struct signing_key_proof *proof,
    char **number, bool *is_proof, struct minisig_fault *fault)
{
	struct signing_key_offer offer;
	struct minisig_key key;
	enum err rc;

	*number = NULL;
	*is_proof = false;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = check_key(ctx, proof->key, proof->key_len, &key, &offer,
		 fault)) != ERR_OK)
		goto out;
	*is_proof = true;
	if ((rc = check_proof(ctx, proof, &key, offer.number, fault)) !=
		ERR_OK ||
	    (rc = db_exec(ctx->db, sql[SQL_ADD],
		 DB_ARGS(db_i(ctx->actor.organisation), db_t(offer.number),
		     db_t(offer.public_key), db_i(ctx->actor.person),
		     db_i(ctx->actor.roles & BOTH), db_i(ctx->now_at)))) !=
		ERR_OK)
		goto out;
	rc = append(
	    ctx, RECORD_SIGNING_KEY_PROPOSED, offer.number, offer.public_key);
	*number = offer.number;
out:
	if (rc != ERR_OK)
		*number = NULL;
	return db_end(ctx->db, rc);
}

enum err
signing_key_confirm(struct ctx *ctx, const char *number)
{
	struct signing_key *key;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = find(ctx, number, &key)) != ERR_OK)
		goto out;
	if (key->state != SIGNING_KEY_PROPOSED || !key->may_confirm) {
		rc = key->state != SIGNING_KEY_PROPOSED ? ERR_STATE
							: ERR_FORBIDDEN;
		goto out;
	}
	if ((rc = db_exec_one(ctx->db, sql[SQL_CONFIRM],
		 DB_ARGS(db_i(ctx->actor.person), db_i(ctx->now_at),
		     db_i(ctx->actor.organisation), db_t(number)))) != ERR_OK)
		goto out;
	rc = append(ctx, RECORD_SIGNING_KEY_CONFIRMED, number, key->public_key);
out:
	return db_end(ctx->db, rc);
}

enum err
signing_key_revoke(struct ctx *ctx, const char *number)
{
	struct signing_key *key;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = find(ctx, number, &key)) != ERR_OK)
		goto out;
	if ((ctx->actor.roles & BOTH) == 0 ||
	    key->state == SIGNING_KEY_REVOKED) {
		rc = key->state == SIGNING_KEY_REVOKED ? ERR_STATE
						       : ERR_FORBIDDEN;
		goto out;
	}
	if ((rc = db_exec_one(ctx->db, sql[SQL_REVOKE],
		 DB_ARGS(db_i(ctx->actor.person), db_i(ctx->now_at),
		     db_i(ctx->actor.organisation), db_t(number)))) != ERR_OK)
		goto out;
	rc = append(ctx, RECORD_SIGNING_KEY_REVOKED, number, key->public_key);
out:
	return db_end(ctx->db, rc);
}
