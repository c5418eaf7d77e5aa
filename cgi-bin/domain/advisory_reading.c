/* SPDX-License-Identifier: Apache-2.0 */
/* Who has opened an advisory. */
#include "domain/advisory_store.h"
#include "domain/reading.h"

enum { VIEWS_MAX = 200 };

enum { SQL_IS_NOTED, SQL_NOTE, SQL_VIEW, SQL_LIST, SQL_VIEWS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_IS_NOTED] = "SELECT COUNT(*) FROM reading"
			 " WHERE person = $1 AND advisory = $2"
			 " AND revision >= $3",
	[SQL_NOTE] = "INSERT INTO reading (person, advisory, organisation,"
		     " revision, first_at, last_at)"
		     " VALUES ($1, $2, $3, $4, $5, $5)"
		     " ON CONFLICT (person, advisory) DO UPDATE SET"
		     " revision = excluded.revision,"
		     " last_at = excluded.last_at"
		     " WHERE reading.revision < excluded.revision",
	[SQL_VIEW] = "INSERT INTO red_view (advisory, person, viewed_at)"
		     " VALUES ($1, $2, $3)",
	[SQL_LIST] = READING_LIST("advisory", "reading", "0, NULL"),
	[SQL_VIEWS] = "SELECT o.name, p.name, 0, 1, s.viewed_at, s.viewed_at,"
		      " 0, NULL FROM advisory a"
		      " JOIN red_view s ON s.advisory = a.id"
		      " JOIN person p ON p.id = s.person"
		      " JOIN organisation o ON o.id = p.organisation"
		      " WHERE a.id = $1 AND a.organisation = $2"
		      " ORDER BY s.viewed_at DESC, s.id DESC LIMIT $3",
};

static enum err
is_noted(struct ctx *ctx, const struct advisory *a, bool *is)
{
	int64_t n;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_IS_NOTED],
	    DB_ARGS(db_i(ctx->actor.person), db_i(a->id), db_i(a->number)), &n);
	*is = n > 0;
	return rc;
}

enum err
advisory_reading_keep(struct ctx *ctx, int64_t advisory, int number)
{
	return db_exec(ctx->db, sql[SQL_NOTE],
	    DB_ARGS(db_i(ctx->actor.person), db_i(advisory),
		db_i(ctx->actor.organisation), db_i(number),
		db_i(ctx->now_at)));
}

enum err
advisory_note(struct ctx *ctx, const struct advisory *a)
{
	bool is_red = a->label == TLP_RED, is = true;
	enum err rc;

	/* Nobody's readings are kept, nor those of what is being written. */
	if (ctx->actor.person == 0 || a->revision_published_at == 0)
		return ERR_OK;
	if ((rc = is_noted(ctx, a, &is)) != ERR_OK || (is && !is_red))
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if (is_red)
		rc = db_exec(ctx->db, sql[SQL_VIEW],
		    DB_ARGS(db_i(a->id), db_i(ctx->actor.person),
			db_i(ctx->now_at)));
	if (rc == ERR_OK && !is)
		rc = advisory_reading_keep(ctx, a->id, a->number);
	return db_end(ctx->db, rc);
}

enum err
advisory_readings(struct ctx *ctx, const struct advisory *a,
    struct reading_row **out, size_t *n)
{
	*out = NULL;
	*n = 0;
	if (!advisory_is_own(ctx, a))
		return ERR_NOT_FOUND;
	return reading_rows(ctx,
	    db_query(ctx->db, sql[SQL_LIST],
		DB_ARGS(db_i(a->label), db_i(a->id),
		    db_i(ctx->actor.organisation))),
	    out, n);
}

enum err
advisory_red_views(struct ctx *ctx, const struct advisory *a,
    struct reading_row **out, size_t *n)
{
	*out = NULL;
	*n = 0;
	if (!advisory_is_own(ctx, a))
		return ERR_NOT_FOUND;
	return reading_rows(ctx,
	    db_query(ctx->db, sql[SQL_VIEWS],
		DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation),
		    db_i(VIEWS_MAX))),
	    out, n);
}
