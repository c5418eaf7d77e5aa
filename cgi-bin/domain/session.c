/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/session.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/list.h"

enum { AGENT_CHARS = 200, ADDRESS_CHARS = 64 };

/* Changing it signs everybody out. */
static const char purpose[] = "entente session";

enum sql {
	SQL_SEEN_PERSON,
	SQL_TIDY,
	SQL_INSERT,
	SQL_RESUME,
	SQL_SEEN,
	SQL_PROVE,
	SQL_END,
	SQL_END_ALL,
	SQL_LIST,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_SEEN_PERSON] =
	    "UPDATE person SET seen_at = $1"
	    " WHERE id = $2 AND state = 'active' AND EXISTS ("
	    "SELECT 1 FROM organisation o WHERE o.id = person.organisation"
	    " AND o.state = 'admitted')",
	[SQL_TIDY] =
	    "DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2",
	[SQL_INSERT] =
	    "INSERT INTO session (digest, person, created_at, seen_at,"
	    " proved_at, expires_at, address, user_agent)"
	    " VALUES ($1, $2, $3, $3, $4, $5, $6, $7)",
	/* One index, two keys: every page of everybody begins with this. */
	[SQL_RESUME] =
	    "SELECT s.id, s.created_at, s.seen_at, s.proved_at,"
	    " s.expires_at, p.id, p.ref, p.name, p.roles, p.language,"
	    " o.id, o.ref, o.name, o.kind, o.sectors"
	    " FROM session s JOIN person p ON p.id = s.person"
	    " JOIN organisation o ON o.id = p.organisation"
	    " WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3"
	    " AND p.state = 'active' AND o.state = 'admitted'",
	[SQL_SEEN] =
	    "UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1",
	[SQL_PROVE] =
	    "UPDATE session SET digest = $1, proved_at = $2, seen_at = $2"
	    " WHERE id = $3 AND person = $4 AND expires_at > $2",
	[SQL_END] = "DELETE FROM session WHERE id = $1 AND person = $2",
	[SQL_END_ALL] = "DELETE FROM session WHERE person = $1 AND id <> $2",
	[SQL_LIST] =
	    "SELECT id, created_at, seen_at, proved_at, expires_at, address,"
	    " user_agent FROM session"
	    " WHERE person = $1 AND expires_at > $2 AND seen_at > $3"
	    " ORDER BY seen_at DESC, id DESC",
};
/* clang-format on */

/* A session that was not seen since has idled too long. */
static int64_t
idle_since(const struct ctx *ctx)
{
	return ctx->now_at - ctx->conf->session_idle_s * CLOCK_S;
}

/* ---- starting -------------------------------------------------------- */

/* What a browser says of itself is shown to its owner and to nobody else. */
static const char *
told(struct ctx *ctx, const char *text, size_t chars)
{
	if (text == NULL || !text_ok(text, strlen(text), TEXT_LINE))
		return "";
	return text_excerpt(ctx->arena, text, chars);
}

static enum err
insert(struct ctx *ctx, int64_t person, int64_t proved_at, const char *address,
    const char *agent, const char *token)
{
	int64_t end_at = ctx->now_at + ctx->conf->session_max_s * CLOCK_S;
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	if ((rc = token_digest(token, purpose, digest)) != ERR_OK)
		return rc;
	return db_exec(ctx->db, sql[SQL_INSERT],
	    DB_ARGS(db_b(digest, sizeof(digest)), db_i(person),
		db_i(ctx->now_at), db_i(proved_at), db_i(end_at),
		db_t(told(ctx, address, ADDRESS_CHARS)),
		db_t(told(ctx, agent, AGENT_CHARS))));
}

enum err
session_start(struct ctx *ctx, int64_t person, int64_t proved_at,
    const char *address, const char *user_agent, char token[TOKEN_TEXT])
{
	enum err rc;

	memset(token, 0, TOKEN_TEXT);
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->db, sql[SQL_SEEN_PERSON],
	    DB_ARGS(db_i(ctx->now_at), db_i(person)));
	if (rc == ERR_STALE)
		rc = ERR_NOT_FOUND;
	if (rc != ERR_OK)
		goto out;
	if ((rc = db_exec(ctx->db, sql[SQL_TIDY],
		 DB_ARGS(db_i(ctx->now_at), db_i(idle_since(ctx))))) != ERR_OK)
		goto out;
	token_new(token);
	rc = insert(ctx, person, proved_at, address, user_agent, token);
out:
	if ((rc = db_end(ctx->db, rc)) != ERR_OK)
		secret_wipe(token, TOKEN_TEXT);
	return rc;
}

/* ---- resuming -------------------------------------------------------- */

static void
fill_actor(struct ctx *ctx, struct db_rows *rows, struct actor *a)
{
	a->person = db_col_int(rows, 5);
	a->ref = db_col_text(rows, 6, ctx->arena);
	a->name = db_col_text(rows, 7, ctx->arena);
	a->roles = (unsigned)db_col_int(rows, 8);
	a->language = db_col_text(rows, 9, ctx->arena);
	a->organisation = db_col_int(rows, 10);
	a->organisation_ref = db_col_text(rows, 11, ctx->arena);
	a->organisation_name = db_col_text(rows, 12, ctx->arena);
	org_kind_from_name(db_col_peek(rows, 13, NULL), &a->organisation_kind);
	a->sectors = db_col_int(rows, 14);
}

static void
fill(struct db_rows *rows, struct session *s)
{
	s->id = db_col_int(rows, 0);
	s->created_at = db_col_int(rows, 1);
	s->seen_at = db_col_int(rows, 2);
	s->proved_at = db_col_int(rows, 3);
	s->expires_at = db_col_int(rows, 4);
}

void
session_seen(struct ctx *ctx, struct session *s)
{
	enum err rc;

	if (s->id == 0 || ctx->now_at - s->seen_at < CLOCK_MINUTE ||
	    db_begin(ctx->db) != ERR_OK)
		return;
	rc = db_exec(
	    ctx->db, sql[SQL_SEEN], DB_ARGS(db_i(ctx->now_at), db_i(s->id)));
	if (db_end(ctx->db, rc) == ERR_OK)
		s->seen_at = ctx->now_at;
}

enum err
session_resume(struct ctx *ctx, const char *token, struct session *s)
{
	uint8_t digest[DIGEST_BYTES];
	struct db_rows *rows;
	enum err rc;

	memset(s, 0, sizeof(*s));
	memset(&ctx->actor, 0, sizeof(ctx->actor));
	if (token_digest(token, purpose, digest) != ERR_OK)
		return ERR_NOT_FOUND;
	rows = db_query(ctx->db, sql[SQL_RESUME],
	    DB_ARGS(db_b(digest, sizeof(digest)), db_i(ctx->now_at),
		db_i(idle_since(ctx))));
	if (db_next(rows)) {
		fill(rows, s);
		fill_actor(ctx, rows, &ctx->actor);
		s->is_this = true;
	}
	if ((rc = db_done(rows)) != ERR_OK) {
		memset(s, 0, sizeof(*s));
		memset(&ctx->actor, 0, sizeof(ctx->actor));
		return rc;
	}
	return s->id == 0 ? ERR_NOT_FOUND : ERR_OK;
}

/* ---- own ones -------------------------------------------------------- */

enum err
session_prove(struct ctx *ctx, int64_t session, char token[TOKEN_TEXT])
{
	uint8_t digest[DIGEST_BYTES];
	enum err rc;

	token_new(token);
	if ((rc = token_digest(token, purpose, digest)) != ERR_OK)
		return rc;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		goto out;
	rc = db_exec_one(ctx->db, sql[SQL_PROVE],
	    DB_ARGS(db_b(digest, sizeof(digest)), db_i(ctx->now_at),
		db_i(session), db_i(ctx->actor.person)));
	rc = db_end(ctx->db, rc == ERR_STALE ? ERR_NOT_FOUND : rc);
out:
	if (rc != ERR_OK)
		secret_wipe(token, TOKEN_TEXT);
	return rc;
}

enum err
session_end(struct ctx *ctx, int64_t session)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->db, sql[SQL_END],
	    DB_ARGS(db_i(session), db_i(ctx->actor.person)));
	return db_end(ctx->db, rc == ERR_STALE ? ERR_NOT_FOUND : rc);
}

enum err
session_end_all(struct ctx *ctx, int64_t person, int64_t but)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec(
	    ctx->db, sql[SQL_END_ALL], DB_ARGS(db_i(person), db_i(but)));
	return db_end(ctx->db, rc);
}

enum err
session_list(struct ctx *ctx, int64_t but, struct session **all, size_t *n)
{
	struct session *list = NULL;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(ctx->db, sql[SQL_LIST],
	    DB_ARGS(db_i(ctx->actor.person), db_i(ctx->now_at),
		db_i(idle_since(ctx))));
	while (db_next(rows)) {
		list = list_room(ctx->arena, list, *n, sizeof(*list));
		fill(rows, &list[*n]);
		list[*n].address = db_col_text(rows, 5, ctx->arena);
		list[*n].user_agent = db_col_text(rows, 6, ctx->arena);
		list[*n].is_this = list[*n].id == but;
		++*n;
	}
	*all = list;
	return db_done(rows);
}
