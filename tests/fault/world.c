/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small partnership in an empty portal, by the domain's own functions: a
 * source with writers and a steward, operators that answer, a keeper, and a
 * fresh session for each.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "clients.h"
#include "domain/advisory.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/session.h"

enum { OPERATORS = 4, ADVISORIES = 12 };

static char *
admit(struct ctx *ctx, const char *name, enum org_kind kind, int64_t sectors)
{
	const struct organisation_new new = {
		.name = name,
		.kind = kind,
		.country = "FR",
		.sectors = sectors,
		.charter_signed_at =
		    kind == ORG_KEEPER ? 0 : clock_day(ctx->now_at - CLOCK_DAY),
	};
	char *ref;

	must_ok(organisation_admit(ctx, &new, &ref), name);
	return ref;
}

/* Active and signed in, with a proof of a moment ago. */
static struct person *
join(struct ctx *ctx, FILE *out, const char *organisation, const char *name,
    unsigned roles)
{
	char token[TOKEN_TEXT], csrf[TOKEN_TEXT], email[NAME_BYTES + 20];
	const struct person_new new = {
		.name = name, .email = email, .language = "en", .roles = roles
	};
	struct person *p;
	char *ref, *invitation;

	snprintf(email, sizeof(email), "%s@fault.example", name);
	must_ok(
	    person_invite(ctx, organisation, &new, &ref, &invitation), email);
	must_ok(invitation_use(ctx, invitation), email);
	must_ok(person_by_email(ctx, email, &p), email);
	must_ok(
	    session_start(ctx, p->id, ctx->now_at, "127.0.0.1", "fault", token),
	    email);
	must_ok(csrf_token(token, csrf), email);
	fprintf(out, "%s %s %s %s\n", name, token, csrf, organisation);
	return p;
}

static void
publish(struct ctx *ctx, const struct person *p, int number)
{
	static const char *const circles[] = { "energy", NULL };
	static const char *const named[] = { NULL };
	const struct advisory_draft draft = {
		.title = "Valves open by themselves",
		.summary = "Some valves open when nobody asked them to.",
		.happened = "A *controller* takes commands of anybody.",
		.todo = "- Take it off the network",
		.severity = SEVERITY_HIGH,
		.label = number % 3 == 0 ? TLP_CLEAR : TLP_AMBER,
		.sectors = 1,
		.answer_by_at = ctx->now_at + 3 * CLOCK_DAY,
		.circles = circles,
		.named = named,
	};
	const struct actor console = ctx->actor;
	struct fault fault;
	struct advisory *a;
	char *ref;

	act_as(ctx, p);
	must_ok(advisory_create(ctx, &draft, &ref, &fault), "a draft");
	must_ok(advisory_load_draft(ctx, ref, &a), ref);
	must_ok(advisory_publish(ctx, ref, a->edit, &fault), ref);
	ctx->actor = console;
}

static void
fill(struct ctx *ctx, FILE *out)
{
	const char *source =
	    admit(ctx, "Computer Emergency Team", ORG_INSTITUTION, 0);
	char name[NAME_BYTES];
	struct person *writer;

	writer = join(ctx, out, source, "writer1", ROLE_PUBLISHER);
	join(ctx, out, source, "writer2", ROLE_PUBLISHER);
	join(ctx, out, source, "steward", ROLE_STEWARD);
	for (int i = 1; i <= OPERATORS; i++) {
		snprintf(name, sizeof(name), "Grid %d", i);
		const char *grid = admit(ctx, name, ORG_OPERATOR, 1);

		snprintf(name, sizeof(name), "reader%d", i);
		join(ctx, out, grid, name, 0);
	}
	join(ctx, out, admit(ctx, "Keeper", ORG_KEEPER, 0), "keeper",
	    ROLE_KEEPER);
	for (int i = 0; i < ADVISORIES; i++)
		publish(ctx, writer, i);
}

int
world_main(int argc, char **argv)
{
	struct ctx ctx;
	FILE *out = fopen(argv[0], "w");

	(void)argc;
	must(out != NULL, "the people's file cannot be written");
	portal_open(&ctx);
	fill(&ctx, out);
	portal_close(&ctx);
	must(fclose(out) == 0, "the people's file cannot be written");
	return EXIT_SUCCESS;
}

/* Sessions last seen so long ago that the next page notes it. */
int
age_main(int argc, char **argv)
{
	static const char *const sql[] = {
		"UPDATE session SET seen_at = seen_at - $1",
	};
	struct ctx ctx;

	(void)argc;
	(void)argv;
	portal_open(&ctx);
	must_ok(db_begin(ctx.db), "the database");
	must_ok(db_end(ctx.db,
		    db_exec(ctx.db, sql[0], DB_ARGS(db_i(5 * CLOCK_MINUTE)))),
	    "the sessions");
	portal_close(&ctx);
	return EXIT_SUCCESS;
}
