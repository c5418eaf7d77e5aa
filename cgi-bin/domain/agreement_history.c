/* SPDX-License-Identifier: Apache-2.0 */
/* What was done with agreements, told by their records. */
#include <string.h>

#include "domain/agreement_end.h"
#include "domain/agreement_store.h"
#include "domain/list.h"
#include "domain/organisation.h"

enum { NEWS_MAX = 50, HISTORY_MAX = 1000 };

enum sql { SQL_HISTORY, SQL_NEWS, SQL__MAX };

/* clang-format off */
#define EVENT \
	"SELECT r.kind, r.recorded_at, o.name, p.name, r.body, a.ref, v.title" \
	" FROM record r JOIN agreement a ON a.ref = r.object" \
	" LEFT JOIN organisation o ON o.id = r.organisation" \
	" LEFT JOIN person p ON p.id = r.actor" \
	" LEFT JOIN agreement_version v ON v.agreement = a.id" \
	" AND v.number = a.version"

static const char *const sql[SQL__MAX] = {
	[SQL_HISTORY] = EVENT " WHERE r.object = $1"
	    " ORDER BY r.id DESC LIMIT $2",
	/*
	 * From the own agreements outwards, as long as it was a party.  Each
	 * act moves its agreement: one that stands below has no news.
	 */
	[SQL_NEWS] =
	    "SELECT r.kind, r.recorded_at, o.name, p.name, r.body, a.ref,"
	    " v.title FROM agreement_party m"
	    " CROSS JOIN agreement a ON a.id = m.agreement"
	    " CROSS JOIN record r ON r.object = a.ref"
	    " LEFT JOIN organisation o ON o.id = r.organisation"
	    " LEFT JOIN person p ON p.id = r.actor"
	    " LEFT JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " WHERE m.organisation = $1 AND a.position >= $2"
	    " AND r.recorded_at >= $2"
	    " AND (m.leaves_at IS NULL OR m.leaves_at > r.recorded_at)"
	    " AND (r.organisation IS NULL OR r.organisation <> $1)"
	    " ORDER BY r.id DESC LIMIT $3",
};
/* clang-format on */

/*
 * What follows a key of the body, or NULL.  The body is canonical JSON, in
 * which a quote inside of a string is escaped: "version": is that key and
 * nothing else, and our records have it once.  Parsing all of each record
 * took a sixth of an agreement's page.
 */
static const char *
value_of(const char *body, size_t len, const char *key)
{
	const char *found = memmem(body, len, key, strlen(key));

	return found != NULL ? found + strlen(key) : NULL;
}

/* What the columns do not say stands in the body. */
static void
read_body(struct ctx *ctx, struct db_rows *rows, struct agreement_event *e,
    char **party)
{
	const char *body, *value, *end;
	size_t len;

	if ((body = db_col_peek(rows, 4, &len)) == NULL)
		return;
	end = body + len;
	value = value_of(body, len, "\"version\":");
	for (; value != NULL && value < end && *value >= '0' && *value <= '9' &&
	     e->version < AGREEMENT_VERSIONS_MAX;
	     value++)
		e->version = 10 * e->version + (*value - '0');
	/* A ref, which has nothing to escape. */
	value = value_of(body, len, "\"party\":\"");
	if (value != NULL)
		end = memchr(value, '"', (size_t)(end - value));
	if (value != NULL && end != NULL)
		*party = arena_copy_n(ctx->arena, value, (size_t)(end - value));
}

static enum err
name_party(struct ctx *ctx, const char *ref, char **name)
{
	struct organisation *o;
	enum err rc;

	if (ref == NULL)
		return ERR_OK;
	if ((rc = organisation_load(ctx, ref, &o)) == ERR_OK)
		*name = o->name;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* Ends the query. */
static enum err
take(struct ctx *ctx, struct db_rows *rows, struct agreement_event **events,
    size_t *n)
{
	struct agreement_event *all = NULL, *e;
	enum err rc = ERR_OK, done;
	char *party;

	while (rc == ERR_OK && db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		e = &all[(*n)++];
		party = NULL;
		e->kind = db_col_text(rows, 0, ctx->arena);
		e->at = db_col_int(rows, 1);
		e->organisation_name = db_col_text(rows, 2, ctx->arena);
		e->person_name = db_col_text(rows, 3, ctx->arena);
		e->agreement_ref = db_col_text(rows, 5, ctx->arena);
		e->agreement_title = db_col_text(rows, 6, ctx->arena);
		read_body(ctx, rows, e, &party);
		rc = name_party(ctx, party, &e->party_name);
	}
	done = db_done(rows);
	*events = all;
	return rc != ERR_OK ? rc : done;
}

enum err
agreement_history(struct ctx *ctx, const char *ref,
    struct agreement_event **events, size_t *n)
{
	struct agreement *a;
	enum err rc;

	*events = NULL;
	*n = 0;
	if ((rc = agreement_find_own(ctx, ref, &a)) != ERR_OK)
		return rc;
	return take(ctx,
	    db_query(ctx->db, sql[SQL_HISTORY],
		DB_ARGS(db_t(ref), db_i(HISTORY_MAX))),
	    events, n);
}

enum err
agreement_news(struct ctx *ctx, int64_t since_at,
    struct agreement_event **events, size_t *n)
{
	*events = NULL;
	*n = 0;
	if (ctx->actor.organisation == 0)
		return ERR_OK;
	return take(ctx,
	    db_query(ctx->db, sql[SQL_NEWS],
		DB_ARGS(db_i(ctx->actor.organisation), db_i(since_at),
		    db_i(NEWS_MAX))),
	    events, n);
}
