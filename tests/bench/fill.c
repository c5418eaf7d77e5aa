/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fill COUNT DOCUMENTS: a partnership with COUNT advisories, so many
 * documents and 300 agreements over five years, made by the same domain
 * functions as people's acts, each at its own time, into the empty portal that
 * ENTENTE_CONF names.
 *
 * wide@bench.example is a reader of an operator with four sectors, and may
 * see five of six advisories and four of five documents; its organisation is
 * a party of sixty agreements.  narrow@bench.example's may see fifty of each,
 * whatever the counts are.  Who publishes is pN.oM@bench.example.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/advisory.h"
#include "domain/answer.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/sector.h"
#include "pact.h"
#include "portal.h"
#include "shelf.h"
#include "text.h"

enum {
	YEARS_DAYS = 5 * 365,
	PEOPLE = 3, /* of each organisation */
	NARROW_SEES = 50,
	AT_ONCE = 500, /* advisories a transaction */
	ASKS_EVERY = 33,
	ASKED = 6, /* organisations that answer each of those */
	REVISED_EVERY = 33,
	WITHDRAWN_EVERY = 100,
	BACK = 16, /* how far back a revision reaches */
	DRAFTS = 4,
	AGREEMENTS = 300,
	TALKS = 290, /* the one that is much talked about comes before it */
	MEMBERS_MAX = 64,
	ARENA_BYTES = 64 * 1024 * 1024
};

#define ENERGY 1
#define TRANSPORT 2
#define COMMUNICATIONS 4
#define WATER 8
#define HEALTH 64
#define POSTAL 1024

/* Organisations, so many of each kind. */
static const struct {
	const char *name;
	enum org_kind kind;
	int64_t sectors;
	int count;
} groups[] = {
	{ "Institution", ORG_INSTITUTION, ENERGY | WATER, 4 },
	{ "Power", ORG_OPERATOR, ENERGY, 10 },
	{ "Rail", ORG_OPERATOR, TRANSPORT, 8 },
	{ "Telecom", ORG_OPERATOR, COMMUNICATIONS, 8 },
	{ "Water", ORG_OPERATOR, WATER, 7 },
	{ "Hospital", ORG_OPERATOR, HEALTH, 7 },
	{ "Wide", ORG_OPERATOR, ENERGY | TRANSPORT | COMMUNICATIONS | WATER,
	    1 },
	{ "Narrow", ORG_OPERATOR, POSTAL, 1 },
};
enum { INSTITUTIONS = 4 };

/* Whom an advisory is for, in the shares of a hundred. */
static const struct {
	unsigned share;
	int64_t sectors;
	const char *circles[3];
} audiences[] = {
	{ 25, ENERGY, { "energy", NULL } },
	{ 20, TRANSPORT, { "transport", NULL } },
	{ 20, COMMUNICATIONS, { "communications", NULL } },
	{ 15, WATER, { "water", NULL } },
	{ 15, HEALTH, { "health", NULL } },
	{ 5, ENERGY | WATER, { "energy", "water", NULL } },
};

struct fill {
	struct ctx ctx;
	struct arena *arena; /* of one advisory; ctx.arena but at the start */
	struct chance chance;
	struct actor members[MEMBERS_MAX]; /* one of each organisation */
	struct actor signatories[MEMBERS_MAX];
	int64_t sectors[MEMBERS_MAX];
	int member_count;
	int wide, narrow;
	int64_t start_at, end_at;
	int64_t count, document_count;
	struct {
		char ref[32];
		int author;
	} back[BACK];
};

/* ---- organisations and people ---------------------------------------- */

static void
act_as_console(struct fill *f)
{
	memset(&f->ctx.actor, 0, sizeof(f->ctx.actor));
	f->ctx.actor.is_console = true;
}

static void
act_as(struct fill *f, int member)
{
	f->ctx.actor = f->members[member];
}

static enum err
add_person(struct fill *f, const char *organisation,
    const struct person_new *new, struct person **p)
{
	char *ref, *token;
	enum err rc;

	if ((rc = person_invite(&f->ctx, organisation, new, &ref, &token)) !=
		ERR_OK ||
	    (rc = invitation_use(&f->ctx, token)) != ERR_OK)
		return rc;
	return person_by_email(&f->ctx, new->email, p);
}

static struct actor
actor_of(const struct person *p, int64_t sectors)
{
	return (struct actor){ .person = p->id,
		.organisation = p->organisation,
		.roles = p->roles,
		.name = p->name,
		.ref = p->ref,
		.organisation_ref = p->organisation_ref,
		.organisation_name = p->organisation_name,
		.organisation_kind = p->organisation_kind,
		.sectors = sectors,
		.language = p->language };
}

static const char *
address_of(struct fill *f, const char *ref, size_t group, int i)
{
	if (i == 0 && groups[group].count == 1)
		return arena_printf(f->ctx.arena, "%s@bench.example", ref);
	return arena_printf(
	    f->ctx.arena, "p%d.o%d@bench.example", i, f->member_count);
}

static unsigned
roles_of(size_t group, int i)
{
	if (i == 0 && groups[group].kind == ORG_INSTITUTION)
		return ROLE_PUBLISHER;
	return i == 1 ? ROLE_SIGNATORY : 0;
}

/* The first one of an organisation acts for it, the second one signs. */
static enum err
add_people(struct fill *f, const char *ref, size_t group, int64_t sectors)
{
	struct person_new new = { .language = "en" };
	const int member = f->member_count;
	struct person *p;
	enum err rc = ERR_OK;

	for (int i = 0; rc == ERR_OK && i < PEOPLE; i++) {
		new.name =
		    arena_printf(f->ctx.arena, "Person %d of %s", i + 1, ref);
		new.email = address_of(f, ref, group, i);
		new.roles = roles_of(group, i);
		if ((rc = add_person(f, ref, &new, &p)) != ERR_OK)
			return rc;
		if (i < 2)
			(i == 0 ? f->members : f->signatories)[member] =
			    actor_of(p, sectors);
	}
	f->sectors[f->member_count++] = sectors;
	return rc;
}

static enum err
add_organisation(struct fill *f, size_t group, int number)
{
	struct organisation_new new = {
		.name = groups[group].count == 1
		    ? groups[group].name
		    : arena_printf(f->ctx.arena, "%s %d", groups[group].name,
			  number + 1),
		.kind = groups[group].kind,
		.country = "LU",
		.sectors = groups[group].sectors,
		.charter_signed_at = clock_day(f->start_at) - 20 * CLOCK_DAY,
	};
	char *ref;
	enum err rc;

	rc = organisation_admit(&f->ctx, &new, &ref);
	return rc == ERR_OK ? add_people(f, ref, group, new.sectors) : rc;
}

static enum err
add_organisations(struct fill *f)
{
	const size_t n = sizeof(groups) / sizeof(groups[0]);
	enum err rc;

	act_as_console(f);
	f->ctx.now_at = f->start_at - 10 * CLOCK_DAY;
	if ((rc = db_begin(f->ctx.db)) != ERR_OK)
		return rc;
	for (size_t g = 0; g < n; g++)
		for (int i = 0; rc == ERR_OK && i < groups[g].count; i++)
			rc = add_organisation(f, g, i);
	f->wide = f->member_count - 2;
	f->narrow = f->member_count - 1;
	return db_end(f->ctx.db, rc);
}

/* ---- advisories ------------------------------------------------------ */

static int64_t
time_of(const struct fill *f, int64_t i)
{
	return f->start_at +
	    (int64_t)((double)(f->end_at - f->start_at) * (double)i /
		(double)f->count);
}

/* Which of the fifty that everybody, or narrow's sector, may see; or -1. */
static int64_t
narrow_number(int64_t i, int64_t count)
{
	const int64_t k = i * NARROW_SEES / count;

	return (i + 1) * NARROW_SEES / count > k ? k : -1;
}

static void
address_narrow(int64_t k, struct advisory_draft *d)
{
	static const char *const community[] = { "community", NULL };
	static const char *const postal[] = { "postal", NULL };

	d->circles = k % 5 < 2 ? community : postal;
	d->sectors = k % 5 < 2 ? 0 : POSTAL;
	d->label = k % 5 == 0 ? TLP_CLEAR : k % 5 < 4 ? TLP_GREEN : TLP_AMBER;
}

static void
address(struct fill *f, struct advisory_draft *d)
{
	unsigned of = chance(&f->chance, 100), label;
	size_t i = 0;

	while (of >= audiences[i].share)
		of -= audiences[i++].share;
	d->circles = audiences[i].circles;
	d->sectors = audiences[i].sectors;
	label = chance(&f->chance, 100);
	d->label = label < 45 ? TLP_GREEN
	    : label < 80      ? TLP_AMBER
			      : TLP_AMBER_STRICT;
}

static enum err
told(enum err rc, const char *act, const struct fault *fault)
{
	if (rc != ERR_OK)
		fprintf(stderr, "fill: %s: %s %s %s\n", act, err_name(rc),
		    fault->field != NULL ? fault->field : "",
		    fault->error != NULL ? fault->error : "");
	return rc;
}

static enum err
publish(struct fill *f, const char *ref)
{
	struct fault fault = { .field = NULL };
	struct advisory *a;
	enum err rc;

	if ((rc = advisory_load_draft(&f->ctx, ref, &a)) == ERR_OK)
		rc = advisory_publish(&f->ctx, ref, a->edit, &fault);
	return told(rc, "publish", &fault);
}

static enum err
revise(struct fill *f, int64_t i)
{
	const int slot = (int)((i + 1) % BACK); /* the oldest one */
	const char *ref = f->back[slot].ref;
	struct advisory_draft d = { .circles = NULL };
	struct fault fault = { .field = NULL };
	struct advisory *a;
	const char **refs;
	enum err rc;

	if (*ref == '\0')
		return ERR_OK;
	act_as(f, f->back[slot].author);
	if ((rc = advisory_load(&f->ctx, ref, &a)) == ERR_OK &&
	    !advisory_may(a, ADVISORY_REVISE))
		return ERR_OK; /* withdrawn since */
	if (rc == ERR_OK)
		rc = advisory_revise(&f->ctx, ref);
	if (rc == ERR_OK)
		rc = advisory_load_draft(&f->ctx, ref, &a);
	if (rc != ERR_OK)
		return told(rc, "revise", &fault);
	text_fill(f->ctx.arena, &f->chance, i, &d);
	d.title = a->title;
	d.cves = a->cves;
	d.label = a->label;
	d.sectors = a->sectors;
	d.change = "The list of affected versions is longer.";
	refs = arena_array(f->ctx.arena, a->circle_count + 1, sizeof(*refs));
	for (size_t c = 0; c < a->circle_count; c++)
		refs[c] = a->circles[c].ref;
	d.circles = refs;
	rc = advisory_save(&f->ctx, ref, a->edit, &d, &fault);
	return rc == ERR_OK ? publish(f, ref) : told(rc, "save", &fault);
}

static enum err
withdraw(struct fill *f, int64_t i)
{
	const int slot = (int)((i + 5) % BACK);
	const struct fault none = { .field = NULL };

	if (f->back[slot].ref[0] == '\0')
		return ERR_OK;
	act_as(f, f->back[slot].author);
	return told(advisory_withdraw(&f->ctx, f->back[slot].ref,
			"It was the same matter as an earlier one."),
	    "withdraw", &none);
}

/* ---- readers --------------------------------------------------------- */

static enum err
answer(struct fill *f, const char *ref, int member)
{
	struct advisory *a;
	enum err rc;

	act_as(f, member);
	rc = advisory_load(&f->ctx, ref, &a);
	if (rc == ERR_NOT_FOUND)
		return ERR_OK; /* not theirs */
	if (rc == ERR_OK)
		rc = advisory_note(&f->ctx, a);
	if (rc == ERR_OK)
		rc = answer_give(&f->ctx, a,
		    (enum answer_state)chance(&f->chance, ANSWER__MAX),
		    chance(&f->chance, 3) == 0
			? "Two sites have it; the update is planned."
			: "",
		    0);
	return rc;
}

/* All but the newest of what asks for an answer is answered. */
static enum err
answers(struct fill *f, const char *ref, int64_t age_us)
{
	enum err rc = ERR_OK;

	for (int k = 0; rc == ERR_OK && k < ASKED; k++)
		rc = answer(f, ref,
		    INSTITUTIONS +
			(int)chance(
			    &f->chance, (unsigned)(f->wide - INSTITUTIONS)));
	if (rc == ERR_OK &&
	    (age_us > 7 * CLOCK_DAY || chance(&f->chance, 3) == 0))
		rc = answer(f, ref, f->wide);
	return rc;
}

/* A reader opens most of what is new, and has opened some of what was. */
static enum err
read_it(struct fill *f, const char *ref, int member, int64_t age_us)
{
	const unsigned percent = age_us > 365 * CLOCK_DAY ? 10
	    : age_us > 2 * CLOCK_DAY			  ? 70
							  : 30;
	struct advisory *a;
	enum err rc;

	if (chance(&f->chance, 100) >= percent)
		return ERR_OK;
	act_as(f, member);
	rc = advisory_load(&f->ctx, ref, &a);
	if (rc == ERR_NOT_FOUND)
		return ERR_OK;
	return rc == ERR_OK ? advisory_note(&f->ctx, a) : rc;
}

/* ---- agreements ------------------------------------------------------ */

/* Every so many advisories one, until there are as many as there shall be. */
static enum err
agreements(struct fill *f, int64_t i)
{
	const struct pact p = { .ctx = &f->ctx,
		.chance = &f->chance,
		.signatories = f->signatories,
		.institutions = INSTITUTIONS,
		.others = f->wide - INSTITUTIONS,
		.wide = f->wide };
	enum err rc = ERR_OK;

	for (int64_t k = i * AGREEMENTS / f->count;
	     rc == ERR_OK && k < (i + 1) * AGREEMENTS / f->count; k++) {
		if (k == TALKS)
			rc = pact_add_talks(&p);
		if (rc == ERR_OK)
			rc = pact_add(&p, (int)k);
	}
	return rc;
}

/* ---- the library ----------------------------------------------------- */

static enum err
documents(struct fill *f, int64_t i)
{
	const struct shelf s = { .ctx = &f->ctx,
		.chance = &f->chance,
		.institutions = f->members,
		.institution_count = INSTITUTIONS };
	const int64_t n = f->document_count;
	enum err rc = ERR_OK;

	for (int64_t k = i * n / f->count;
	     rc == ERR_OK && k < (i + 1) * n / f->count; k++)
		rc = shelf_add(&s, k, narrow_number(k, n));
	return rc;
}

/* ---- all of it ------------------------------------------------------- */

static enum err
new_advisory(struct fill *f, int64_t i, int author, char **ref)
{
	struct advisory_draft d = { .change = NULL };
	struct fault fault = { .field = NULL };
	const int64_t k = narrow_number(i, f->count);
	enum err rc;

	text_fill(f->ctx.arena, &f->chance, i, &d);
	if (k >= 0)
		address_narrow(k, &d);
	else
		address(f, &d);
	if (i % ASKS_EVERY == 0 || (k >= 0 && k % 7 == 0))
		d.answer_by_at = clock_day(f->ctx.now_at) + 11 * CLOCK_DAY - 1;
	act_as(f, author);
	rc = told(advisory_create(&f->ctx, &d, ref, &fault), "create", &fault);
	return rc == ERR_OK ? publish(f, *ref) : rc;
}

static enum err
add_advisory(struct fill *f, int64_t i)
{
	const int author = (int)chance(&f->chance, INSTITUTIONS);
	const bool asks = i % ASKS_EVERY == 0;
	int64_t age_us;
	char *ref;
	enum err rc;

	f->ctx.now_at = time_of(f, i);
	age_us = f->end_at - f->ctx.now_at;
	if ((rc = new_advisory(f, i, author, &ref)) != ERR_OK)
		return rc;
	snprintf(f->back[i % BACK].ref, sizeof(f->back[0].ref), "%s", ref);
	f->back[i % BACK].author = author;
	f->ctx.now_at += CLOCK_S;
	if (asks)
		rc = answers(f, ref, age_us);
	if (rc == ERR_OK)
		rc = read_it(f, ref, f->wide, age_us);
	if (rc == ERR_OK && narrow_number(i, f->count) >= 0)
		rc = read_it(f, ref, f->narrow, age_us);
	if (rc == ERR_OK && i % REVISED_EVERY == REVISED_EVERY / 2)
		rc = revise(f, i);
	if (rc == ERR_OK && i % WITHDRAWN_EVERY == WITHDRAWN_EVERY / 2)
		rc = withdraw(f, i);
	if (rc == ERR_OK)
		rc = documents(f, i);
	return rc == ERR_OK ? agreements(f, i) : rc;
}

static enum err
add_some(struct fill *f, int64_t *i)
{
	enum err rc;

	if ((rc = db_begin(f->ctx.db)) != ERR_OK)
		return rc;
	do {
		rc = add_advisory(f, *i);
		arena_reset(f->arena);
	} while (rc == ERR_OK && ++*i < f->count && *i % AT_ONCE != 0);
	return db_end(f->ctx.db, rc);
}

static enum err
add_drafts(struct fill *f)
{
	struct advisory_draft d = { .change = NULL };
	struct fault fault = { .field = NULL };
	char *ref;
	enum err rc = ERR_OK;

	act_as(f, 0);
	for (int i = 0; rc == ERR_OK && i < DRAFTS; i++) {
		text_fill(f->ctx.arena, &f->chance, f->count + i, &d);
		address(f, &d);
		rc = told(advisory_create(&f->ctx, &d, &ref, &fault), "draft",
		    &fault);
	}
	return rc;
}

static enum err
fill(struct fill *f)
{
	struct arena *people;
	enum err rc;
	int64_t i = 0;

	f->end_at = clock_now() - CLOCK_MINUTE;
	f->start_at = f->end_at - YEARS_DAYS * CLOCK_DAY;
	people = f->ctx.arena = arena_new(ARENA_BYTES);
	f->arena = arena_new(ARENA_BYTES);
	rc = add_organisations(f);
	f->ctx.arena = f->arena;
	while (rc == ERR_OK && i < f->count)
		rc = add_some(f, &i);
	if (rc == ERR_OK)
		rc = add_drafts(f);
	arena_free(f->arena);
	arena_free(people);
	return rc;
}

int
main(int argc, char **argv)
{
	static struct fill f = { .chance = { UINT64_C(0x9e3779b97f4a7c15) } };
	struct conf *conf = NULL;
	enum err rc;

	if (argc != 3 ||
	    !text_to_int(argv[1], NARROW_SEES, 10000000, &f.count) ||
	    !text_to_int(argv[2], 0, 1000000, &f.document_count)) {
		fprintf(stderr, "usage: fill COUNT (%d or more) DOCUMENTS\n",
		    (int)NARROW_SEES);
		return 2;
	}
	log_open("fill", LOG_WARNING);
	rc = portal_open(&f.ctx, &conf);
	if (rc == ERR_OK)
		rc = fill(&f);
	if (rc != ERR_OK)
		fprintf(stderr, "fill: %s\n", err_name(rc));
	portal_close(&f.ctx, conf);
	return rc == ERR_OK ? 0 : 1;
}
