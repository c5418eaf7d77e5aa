/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing: asked for by one party, with the yes of each. */
#include <string.h>

#include "domain/agreement_list.h"
#include "domain/agreement_store.h"

enum sql {
	SQL_ASK,
	SQL_CLEAR_YES,
	SQL_YES,
	SQL_MISSING,
	SQL_PUBLISH,
	SQL_CLEAR_ASKED,
	SQL_UNPUBLISH,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_ASK] =
	    "UPDATE agreement SET asked_publication = $1, asked_extent = $2,"
	    " asked_by = $3, asked_at = $4 WHERE id = $5",
	[SQL_CLEAR_YES] =
	    "UPDATE agreement_party SET publishing_at = NULL"
	    " WHERE agreement = $1",
	[SQL_YES] =
	    "UPDATE agreement_party SET publishing_at = $1"
	    " WHERE agreement = $2 AND organisation = $3"
	    " AND publishing_at IS NULL",
	[SQL_MISSING] =
	    "SELECT COUNT(*) FROM agreement a"
	    " JOIN agreement_party p ON p.agreement = a.id"
	    " AND " AGREEMENT_STAYS("p", "a", "$1")
	    " WHERE a.id = $2 AND p.publishing_at IS NULL",
	[SQL_PUBLISH] =
	    "UPDATE agreement SET publication = asked_publication,"
	    " extent = asked_extent, published_at = CASE WHEN"
	    " (SELECT MAX(published_at) FROM agreement) >= $1"
	    " THEN (SELECT MAX(published_at) + 1 FROM agreement)"
	    " ELSE $1 END WHERE id = $2 AND asked_at IS NOT NULL",
	[SQL_CLEAR_ASKED] =
	    "UPDATE agreement SET asked_publication = NULL,"
	    " asked_extent = NULL, asked_by = NULL, asked_at = NULL"
	    " WHERE id = $1",
	[SQL_UNPUBLISH] =
	    "UPDATE agreement SET publication = 'none', extent = 'whole',"
	    " published_at = NULL WHERE id = $1"
	    " AND published_at IS NOT NULL",
};
/* clang-format on */

static enum err
open_to_publish(struct ctx *ctx, const char *ref, struct agreement **a)
{
	const struct agreement_demand demand = { AGREEMENT_PUBLISH,
		ROLE_SIGNATORY, -1 };

	return agreement_open(ctx, ref, &demand, a);
}

static enum err
append(struct ctx *ctx, enum record_kind kind, const struct agreement *a,
    enum agreement_publication to, enum agreement_extent extent)
{
	json_t *what = json_pack("{s:s, s:s}", "publication",
	    agreement_publications[to], "extent", agreement_extents[extent]);

	return agreement_record(ctx, kind, a, what);
}

static enum err
clear(struct ctx *ctx, const struct agreement *a)
{
	enum err rc;

	rc = db_exec(ctx->db, sql[SQL_CLEAR_YES], DB_ARGS(db_i(a->id)));
	if (rc == ERR_OK)
		rc = db_exec_one(
		    ctx->db, sql[SQL_CLEAR_ASKED], DB_ARGS(db_i(a->id)));
	return rc;
}

/* The own yes; with the last one it is published. */
static enum err
agree(struct ctx *ctx, const struct agreement *a, enum agreement_publication to,
    enum agreement_extent extent, bool *is_published)
{
	int64_t missing;
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_YES],
	    DB_ARGS(
		db_i(ctx->now_at), db_i(a->id), db_i(ctx->actor.organisation)));
	if (rc != ERR_OK)
		return rc == ERR_STALE ? ERR_STATE : rc;
	if ((rc = db_one_int(ctx->db, sql[SQL_MISSING],
		 DB_ARGS(db_i(ctx->now_at), db_i(a->id)), &missing)) != ERR_OK)
		return rc;
	*is_published = missing == 0;
	if (missing > 0)
		return ERR_OK;
	if ((rc = db_exec_one(ctx->db, sql[SQL_PUBLISH],
		 DB_ARGS(db_i(ctx->now_at), db_i(a->id)))) != ERR_OK ||
	    (rc = clear(ctx, a)) != ERR_OK)
		return rc;
	return append(ctx, RECORD_AGREEMENT_PUBLISHED, a, to, extent);
}

enum err
agreement_ask_publication(struct ctx *ctx, const char *ref,
    enum agreement_publication to, enum agreement_extent extent,
    bool *is_published)
{
	struct agreement *a;
	enum err rc;

	*is_published = false;
	if (to != PUBLICATION_COMMUNITY && to != PUBLICATION_EVERYBODY)
		return ERR_INVALID;
	if ((unsigned)extent >= EXTENT__MAX)
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_to_publish(ctx, ref, &a)) != ERR_OK)
		goto out;
	if (a->publication == to && a->extent == extent) {
		rc = ERR_STATE;
		goto out;
	}
	if ((rc = db_exec(ctx->db, sql[SQL_CLEAR_YES], DB_ARGS(db_i(a->id)))) !=
		ERR_OK ||
	    (rc = db_exec_one(ctx->db, sql[SQL_ASK],
		 DB_ARGS(db_t(agreement_publications[to]),
		     db_t(agreement_extents[extent]),
		     db_i(ctx->actor.organisation), db_i(ctx->now_at),
		     db_i(a->id)))) != ERR_OK ||
	    (rc = append(ctx, RECORD_AGREEMENT_PUBLICATION_ASKED, a, to,
		 extent)) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agree(ctx, a, to, extent, is_published);
out:
	return db_end(ctx->db, rc);
}

enum err
agreement_agree_publication(struct ctx *ctx, const char *ref,
    enum agreement_publication to, enum agreement_extent extent,
    bool *is_published)
{
	struct agreement *a;
	enum err rc;

	*is_published = false;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_to_publish(ctx, ref, &a)) != ERR_OK)
		goto out;
	if (a->asked == PUBLICATION_NONE) {
		rc = ERR_STATE;
		goto out;
	}
	if (a->asked != to || a->asked_extent != extent) {
		rc = ERR_STALE;
		goto out;
	}
	if ((rc = append(ctx, RECORD_AGREEMENT_PUBLICATION_AGREED, a, to,
		 extent)) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = agree(ctx, a, to, extent, is_published);
out:
	return db_end(ctx->db, rc);
}

enum err
agreement_refuse_publication(struct ctx *ctx, const char *ref)
{
	struct agreement *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_to_publish(ctx, ref, &a)) != ERR_OK)
		goto out;
	if (a->asked == PUBLICATION_NONE) {
		rc = ERR_STATE;
		goto out;
	}
	if ((rc = clear(ctx, a)) != ERR_OK ||
	    (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = append(ctx, RECORD_AGREEMENT_PUBLICATION_REFUSED, a, a->asked,
	    a->asked_extent);
out:
	return db_end(ctx->db, rc);
}

enum err
agreement_unpublish(struct ctx *ctx, const char *ref)
{
	struct agreement *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = open_to_publish(ctx, ref, &a)) != ERR_OK)
		goto out;
	rc = db_exec_one(ctx->db, sql[SQL_UNPUBLISH], DB_ARGS(db_i(a->id)));
	if (rc == ERR_STALE)
		rc = ERR_STATE;
	if (rc != ERR_OK || (rc = agreement_move(ctx, a->id)) != ERR_OK)
		goto out;
	rc = append(
	    ctx, RECORD_AGREEMENT_UNPUBLISHED, a, a->publication, a->extent);
out:
	return db_end(ctx->db, rc);
}
