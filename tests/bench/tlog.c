/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For the benchmark of records and their log, in the portal that ENTENTE_CONF
 * names:
 *
 *	tlog append COUNT EACH	appends that many records, EACH of them in
 *				one transaction; prints how long it took
 *	tlog taken COUNT	appends them in one; prints how long it took
 *				from its commit until a checkpoint has them
 *	tlog reader EMAIL	somebody whom all of them concern
 *
 * in microseconds.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/record.h"
#include "portal.h"

enum {
	ARENA_BYTES = 16 * 1024 * 1024,
	COUNT_MAX = 10000000,
	LOOK_MS = 5,
	PATIENCE_S = 120
};

enum { SQL_ORGANISATION, SQL_BEHIND, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_ORGANISATION] = "SELECT ref FROM organisation ORDER BY id LIMIT 1",
	[SQL_BEHIND] = "SELECT (SELECT MAX(id) FROM record)"
		       " - (SELECT COALESCE(MAX(size), 0)"
		       " FROM log_checkpoint)",
};

/* Whom the records are about: they are in its list, too. */
static enum err
find_object(struct ctx *ctx, const char **object)
{
	static const struct organisation_new new = {
		.name = "Benchmark", .kind = ORG_AUDITOR, .country = "LU"
	};
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_ORGANISATION], DB_NONE);
	char *ref = NULL;
	enum err rc;

	if (db_next(rows))
		ref = db_col_text(rows, 0, ctx->arena);
	if ((rc = db_done(rows)) == ERR_OK && ref == NULL)
		rc = organisation_admit(ctx, &new, &ref);
	*object = ref;
	return rc;
}

static enum err
append(struct ctx *ctx, const char *object, int64_t count)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	for (int64_t i = 0; rc == ERR_OK && i < count; i++) {
		ctx->now_at++;
		rc = record_append(ctx, RECORD_ORGANISATION_REINSTATED, object,
		    json_pack("{s:I}", "number", (json_int_t)i));
	}
	return db_end(ctx->db, rc);
}

static enum err
append_all(struct ctx *ctx, int64_t count, int64_t each)
{
	struct arena *kept = ctx->arena, *arena = arena_new(ARENA_BYTES);
	const char *object;
	int64_t begin;
	enum err rc;

	if ((rc = find_object(ctx, &object)) != ERR_OK)
		return rc;
	ctx->arena = arena;
	begin = clock_steady();
	for (int64_t i = 0; rc == ERR_OK && i < count; i += each) {
		rc = append(ctx, object, count - i < each ? count - i : each);
		arena_reset(arena);
	}
	printf("%lld\n", (long long)(clock_steady() - begin));
	ctx->arena = kept;
	arena_free(arena);
	return rc;
}

static enum err
wait_until_taken(struct ctx *ctx)
{
	const int64_t begin = clock_steady();
	int64_t behind = 1;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && behind > 0) {
		poll(NULL, 0, LOOK_MS);
		rc = db_one_int(ctx->db, sql[SQL_BEHIND], DB_NONE, &behind);
		if (clock_steady() - begin > PATIENCE_S * CLOCK_S)
			rc = ERR_BUSY;
	}
	printf("%lld\n", (long long)(clock_steady() - begin));
	return rc;
}

static enum err
taken(struct ctx *ctx, int64_t count)
{
	const char *object;
	enum err rc;

	if ((rc = find_object(ctx, &object)) != ERR_OK ||
	    (rc = append(ctx, object, count)) != ERR_OK)
		return rc;
	return wait_until_taken(ctx);
}

static enum err
add_reader(struct ctx *ctx, const char *email)
{
	const struct person_new new = { .name = "Reader",
		.email = email,
		.roles = ROLE_AUDITOR,
		.language = "en" };
	const char *organisation;
	char *ref, *token;
	enum err rc;

	if ((rc = find_object(ctx, &organisation)) != ERR_OK ||
	    (rc = person_invite(ctx, organisation, &new, &ref, &token)) !=
		ERR_OK)
		return rc;
	return invitation_use(ctx, token);
}

int
main(int argc, char **argv)
{
	struct ctx ctx = { .actor.is_console = true };
	struct conf *conf = NULL;
	int64_t count = 0, each = 1;
	bool is_append = argc == 4 && strcmp(argv[1], "append") == 0;
	bool is_reader = argc == 3 && strcmp(argv[1], "reader") == 0;
	enum err rc;

	if (!is_reader &&
	    ((!is_append && !(argc == 3 && strcmp(argv[1], "taken") == 0)) ||
		!text_to_int(argv[2], 1, COUNT_MAX, &count) ||
		(is_append && !text_to_int(argv[3], 1, COUNT_MAX, &each)))) {
		fputs("usage: tlog append COUNT EACH | taken COUNT"
		      " | reader EMAIL\n",
		    stderr);
		return 2;
	}
	log_open("tlog", LOG_WARNING);
	ctx.now_at = clock_now();
	ctx.arena = arena_new(ARENA_BYTES);
	if ((rc = portal_open(&ctx, &conf)) == ERR_OK)
		rc = is_reader	? add_reader(&ctx, argv[2])
		    : is_append ? append_all(&ctx, count, each)
				: taken(&ctx, count);
	if (rc != ERR_OK)
		fprintf(stderr, "tlog: %s\n", err_name(rc));
	portal_close(&ctx, conf);
	arena_free(ctx.arena);
	return rc == ERR_OK ? 0 : 1;
}
