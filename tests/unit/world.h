/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small partnership for the tests of advisories: one source and a reader
 * of each kind that the access rule tells apart.
 */
#ifndef UNIT_WORLD_H
#define UNIT_WORLD_H

#include "fixture.h"

#include "domain/advisory.h"
#include "domain/answer.h"
#include "domain/audience.h"

enum reader {
	AUTHOR,	   /* of the source, and named where names count */
	COLLEAGUE, /* of the source, never named */
	ENERGY,	   /* a sector member */
	WATER,	   /* of another sector */
	MEMBER,	   /* of the community alone */
	NAMED,	   /* of a party to the pact, up to TLP:RED, and named */
	PARTY,	   /* of the same party, not named */
	LOW,	   /* of a party that has the pact up to TLP:GREEN */
	SUSPENDED, /* an energy operator was suspended */
	LATER,	   /* an energy operator whose grants start tomorrow */
	ENDED,	   /* … ended yesterday */
	KEEPER,
	AUDITOR,
	VISITOR, /* nobody is signed in */
	READER__MAX
};

struct world {
	struct fixture f;
	struct person *who[READER__MAX]; /* NULL: the visitor */
	int made;
};

static inline struct person *
world_person(struct world *w, const char *name, enum org_kind kind,
    int64_t sectors, unsigned roles)
{
	struct organisation *o =
	    fixture_organisation(&w->f, name, kind, sectors);

	return fixture_person(&w->f, o->ref, name, roles);
}

/* Lets an organisation into the pact, by its charter for want of another. */
static inline void
world_grant(
    struct world *w, const char *circle, int64_t organisation, enum tlp max)
{
	fixture_ok(db_exec(w->f.ctx.db,
	    "INSERT INTO access_grant (agreement, organisation, circle,"
	    " max_label, from_at) SELECT ag.id, ag.organisation, c.id, $1, $2"
	    " FROM agreement ag, circle c WHERE ag.organisation = $3"
	    " AND c.ref = $4",
	    DB_ARGS(db_i(max), db_i(w->f.ctx.now_at - CLOCK_DAY),
		db_i(organisation), db_t(circle))));
	ck_assert_int_eq(db_changes(w->f.ctx.db), 1);
}

static inline void
world_as(struct world *w, enum reader r)
{
	if (w->who[r] == NULL)
		fixture_nobody(&w->f);
	else
		fixture_as(&w->f, w->who[r]);
}

static inline void
world_people(struct world *w)
{
	struct person **who = w->who;

	who[AUTHOR] = world_person(
	    w, "Computer Emergency Team", ORG_INSTITUTION, 0, ROLE_PUBLISHER);
	who[COLLEAGUE] = fixture_person(
	    &w->f, who[AUTHOR]->organisation_ref, "Colleague", ROLE_PUBLISHER);
	who[ENERGY] = world_person(w, "Grid", ORG_OPERATOR, 1, 0);
	who[WATER] = world_person(w, "Waterworks", ORG_OPERATOR, 8, 0);
	who[MEMBER] = world_person(w, "Ministry", ORG_INSTITUTION, 0, 0);
	who[NAMED] = world_person(w, "Ally", ORG_INSTITUTION, 0, 0);
	who[PARTY] =
	    fixture_person(&w->f, who[NAMED]->organisation_ref, "Party", 0);
	who[LOW] = world_person(w, "Lower Ally", ORG_INSTITUTION, 0, 0);
	who[SUSPENDED] = world_person(w, "Dark Grid", ORG_OPERATOR, 1, 0);
	who[LATER] = world_person(w, "Later Grid", ORG_OPERATOR, 1, 0);
	who[ENDED] = world_person(w, "Former Grid", ORG_OPERATOR, 1, 0);
	who[KEEPER] = world_person(w, "Keeper", ORG_KEEPER, 0, ROLE_KEEPER);
	who[AUDITOR] = world_person(w, "Court", ORG_AUDITOR, 0, ROLE_AUDITOR);
}

static inline void
world_open(struct world *w)
{
	struct ctx *ctx = &w->f.ctx;

	memset(w, 0, sizeof(*w));
	fixture_open(&w->f);
	world_people(w);
	fixture_ok(db_begin(ctx->db));
	fixture_run(&w->f,
	    "INSERT INTO circle (ref, kind, name)"
	    " VALUES ('pact', 'agreement', 'The pact')");
	world_grant(w, "pact", w->who[AUTHOR]->organisation, TLP_RED);
	world_grant(w, "pact", w->who[NAMED]->organisation, TLP_RED);
	world_grant(w, "pact", w->who[LOW]->organisation, TLP_GREEN);
	/* An institution may address sectors; of agreements, its own. */
	fixture_ok(db_exec(ctx->db,
	    "UPDATE access_grant SET from_at = $1 WHERE organisation = $2",
	    DB_ARGS(db_i(ctx->now_at + CLOCK_DAY),
		db_i(w->who[LATER]->organisation))));
	fixture_ok(db_exec(ctx->db,
	    "UPDATE access_grant SET from_at = $1, until_at = $2"
	    " WHERE organisation = $3",
	    DB_ARGS(db_i(ctx->now_at - 2 * CLOCK_DAY), db_i(ctx->now_at),
		db_i(w->who[ENDED]->organisation))));
	fixture_ok(db_end(ctx->db, ERR_OK));
	fixture_ok(organisation_suspend(
	    ctx, w->who[SUSPENDED]->organisation_ref, "test"));
	world_as(w, AUTHOR);
}

static inline void
world_close(struct world *w)
{
	fixture_close(&w->f);
}

/* ---- advisories ------------------------------------------------------- */

/* A right one of this label to one circle (NULL: none); RED names NAMED. */
static inline struct advisory_draft
world_draft(
    struct world *w, const char *title, enum tlp label, const char *circle)
{
	const char **refs = arena_array(w->f.arena, 2, sizeof(*refs));
	const char **named = arena_array(w->f.arena, 2, sizeof(*named));

	refs[0] = circle;
	if (label == TLP_RED)
		named[0] = w->who[NAMED]->email;
	return (struct advisory_draft){
		.title = title,
		.summary = "A summary of it",
		.happened = "What happened here",
		.todo = "What to do",
		.products = "Gateway 4.0",
		.cves = "CVE-2026-12345",
		.severity = SEVERITY_HIGH,
		.label = label,
		.sectors = 1,
		.change = "What changed",
		.circles = refs,
		.named = named,
	};
}

/* Written by AUTHOR, who acts from then on; a moment later each. */
static inline char *
world_create(struct world *w, const struct advisory_draft *draft)
{
	struct fault fault;
	char *ref = NULL;
	enum err rc;

	world_as(w, AUTHOR);
	fixture_later(&w->f, CLOCK_S);
	rc = advisory_create(&w->f.ctx, draft, &ref, &fault);
	ck_assert_msg(
	    rc == ERR_OK, "%s: %s %s", err_name(rc), fault.field, fault.error);
	return ref;
}

static inline enum err
world_try_publish(struct world *w, const char *ref)
{
	struct fault fault;
	struct advisory *a;

	world_as(w, AUTHOR);
	fixture_later(&w->f, CLOCK_S);
	fixture_ok(advisory_load_draft(&w->f.ctx, ref, &a));
	return advisory_publish(&w->f.ctx, ref, a->edit, &fault);
}

static inline char *
world_publish(
    struct world *w, const char *title, enum tlp label, const char *circle)
{
	struct advisory_draft d = world_draft(w, title, label, circle);
	char *ref = world_create(w, &d);

	fixture_ok(world_try_publish(w, ref));
	return ref;
}

static inline struct advisory *
world_load(struct world *w, enum reader r, const char *ref)
{
	struct advisory *a = NULL;
	enum err rc;

	world_as(w, r);
	rc = advisory_load(&w->f.ctx, ref, &a);
	ck_assert_msg(rc == ERR_OK || rc == ERR_NOT_FOUND, "%s", err_name(rc));
	return rc == ERR_OK ? a : NULL;
}

/* Whether a list has it. */
/* A list whose rows have all three parts. */
static inline void
world_list(struct world *w, const struct advisory_filter *f,
    struct advisory_list *list)
{
	fixture_ok(advisory_list(&w->f.ctx, f, list));
	for (size_t i = 0; i < list->count; i++)
		fixture_ok(advisory_row_texts(&w->f.ctx, &list->rows[i]));
}

static inline bool
world_has(const struct advisory_list *list, const char *ref)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->rows[i].ref, ref) == 0)
			return true;
	return false;
}

/* Everything that is derived is as it would be made anew. */
static inline void
world_verify(struct world *w)
{
	char *problem = NULL;
	int64_t n;

	fixture_ok(advisory_verify(&w->f.ctx, &n, &problem));
	ck_assert_msg(problem == NULL, "%s", problem);
}

#endif
