/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/addressing.h"

#include <string.h>

#include "domain/list.h"

/* Some are asked of each kind of item, in its own tables. */
enum {
	SQL_CIRCLES,
	SQL_NAMED = SQL_CIRCLES + ACCESS_ITEM__MAX,
	SQL_PERSON = SQL_NAMED + ACCESS_ITEM__MAX,
	SQL__MAX
};

/* clang-format off */
/* Kinds are in the order of enum circle_kind. */
#define CIRCLES(piece) \
	"WITH " ACCESS_REACH \
	" SELECT c.id, c.ref, c.name, CASE c.kind WHEN 'public' THEN 0" \
	" WHEN 'community' THEN 1 WHEN 'sector' THEN 2" \
	" WHEN 'agreement' THEN 3 ELSE 4 END AS kind" \
	" FROM " piece "_circle k" \
	" JOIN circle c ON c.id = k.circle WHERE k." piece " = $4" \
	" AND ($5 = 1 OR c.kind <> 'agreement'" \
	" OR c.id IN (SELECT r.circle FROM reach r))" \
	" ORDER BY kind, c.sector, c.ref"

#define NAMED(piece) \
	"SELECT p.email FROM " piece "_person k" \
	" JOIN person p ON p.id = k.person WHERE k." piece " = $1" \
	" ORDER BY p.email_folded"

static const char *const sql[SQL__MAX] = {
	[SQL_CIRCLES + ACCESS_ADVISORY] = CIRCLES("revision"),
	[SQL_CIRCLES + ACCESS_DOCUMENT] = CIRCLES("document_version"),
	[SQL_NAMED + ACCESS_ADVISORY] = NAMED("revision"),
	[SQL_NAMED + ACCESS_DOCUMENT] = NAMED("document_version"),
	[SQL_PERSON] =
	    "SELECT id FROM person"
	    " WHERE email_folded = $1 AND state = 'active'",
};
/* clang-format on */

static void
add_once(struct arena *arena, int64_t **ids, size_t *n, int64_t id)
{
	for (size_t i = 0; i < *n; i++)
		if ((*ids)[i] == id)
			return;
	*ids = list_room(arena, *ids, *n, sizeof(**ids));
	(*ids)[(*n)++] = id;
}

static enum err
check_circles(struct ctx *ctx, const char *const *refs, struct addressed *to,
    struct fault *fault)
{
	struct circle found;
	enum err rc = ERR_OK;

	for (; rc == ERR_OK && refs != NULL && *refs != NULL; refs++) {
		rc = circle_may_address(ctx, *refs, &found);
		if (rc == ERR_OK) {
			add_once(ctx->arena, &to->circles, &to->circle_count,
			    found.id);
		} else if (rc == ERR_NOT_FOUND) {
			fault_add(ctx->arena, fault, "circles", "Unknown");
			rc = ERR_OK;
		}
	}
	return rc;
}

static enum err
check_person(struct ctx *ctx, const char *email, struct addressed *to,
    struct fault *fault)
{
	const char *folded = text_fold(ctx->arena, email);
	int64_t id;
	enum err rc;

	if (folded == NULL) {
		fault_add(ctx->arena, fault, "named", "NotText");
		return ERR_OK;
	}
	rc = db_one_int(ctx->db, sql[SQL_PERSON], DB_ARGS(db_t(folded)), &id);
	if (rc == ERR_OK)
		add_once(ctx->arena, &to->people, &to->people_count, id);
	if (rc != ERR_NOT_FOUND)
		return rc;
	fault_add(ctx->arena, fault, "named", "NamedUnknown");
	return ERR_OK;
}

static enum err
check_people(struct ctx *ctx, const char *const *emails, struct addressed *to,
    struct fault *fault)
{
	enum err rc = ERR_OK;

	for (; rc == ERR_OK && emails != NULL && *emails != NULL; emails++)
		rc = check_person(ctx, *emails, to, fault);
	if (rc == ERR_OK && ctx->actor.person != 0)
		add_once(ctx->arena, &to->people, &to->people_count,
		    ctx->actor.person);
	return rc;
}

enum err
addressing_check(struct ctx *ctx, const struct addressing *a,
    struct addressed *to, struct fault *fault)
{
	enum err rc;

	memset(to, 0, sizeof(*to));
	if ((rc = check_circles(ctx, a->circles, to, fault)) != ERR_OK)
		return rc;
	if ((unsigned)a->label >= TLP__MAX)
		fault_add(ctx->arena, fault, "label", "Wrong");
	else if (a->label == TLP_RED)
		rc = check_people(ctx, a->named, to, fault);
	else if (a->named != NULL && *a->named != NULL)
		fault_add(ctx->arena, fault, "named", "NamedOnly");
	return rc;
}

void
addressing_complete(struct arena *arena, enum tlp label,
    const struct addressed *to, struct fault *fault)
{
	if (to->circle_count == 0 && label != TLP_CLEAR)
		fault_add(arena, fault, "circles", "Circles");
	if (to->people_count == 0 && label == TLP_RED)
		fault_add(arena, fault, "named", "Named");
}

/* ---- what is stored --------------------------------------------------- */

enum err
addressing_circles(struct ctx *ctx, enum access_item item, int64_t piece,
    bool is_own, struct circle **out, size_t *n)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_CIRCLES + item],
	    DB_ARGS(ACCESS_READER(ctx), db_i(piece), db_i(is_own)));
	struct circle *all = NULL, *c;

	*n = 0;
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		c = &all[(*n)++];
		c->id = db_col_int(rows, 0);
		c->ref = db_col_text(rows, 1, ctx->arena);
		c->name = db_col_text(rows, 2, ctx->arena);
		c->kind = (enum circle_kind)db_col_int(rows, 3);
	}
	*out = all;
	return db_done(rows);
}

enum err
addressing_named(
    struct ctx *ctx, enum access_item item, int64_t piece, char ***named)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_NAMED + item], DB_ARGS(db_i(piece)));
	char **all = NULL;
	size_t n = 0;

	while (db_next(rows)) {
		all = list_room(ctx->arena, all, n, sizeof(*all));
		all[n++] = db_col_text(rows, 0, ctx->arena);
	}
	all = list_room(ctx->arena, all, n, sizeof(*all));
	all[n] = NULL;
	*named = all;
	return db_done(rows);
}
