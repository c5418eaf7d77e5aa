/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/addressing.h"

#include <string.h>

#include "domain/circle.h"
#include "domain/list.h"

enum { SQL_PERSON, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_PERSON] = "SELECT id FROM person"
		       " WHERE email_folded = $1 AND state = 'active'",
};

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
