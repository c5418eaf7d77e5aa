/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A partnership that makes agreements, for their tests: five organisations
 * with a signatory each, an auditor, a keeper, somebody outside.
 *
 *	struct pact p;
 *
 *	pact_open(&p);
 *	ref = pact_propose(&p, GRID, PACT_THREE);
 *	pact_sign(&p, ref, GRID);
 *	…
 *	pact_close(&p);
 */
#ifndef UNIT_PACT_H
#define UNIT_PACT_H

#include "document_file.h"
#include "fixture.h"

#include "domain/agreement.h"
#include "domain/agreement_end.h"
#include "domain/agreement_list.h"
#include "domain/agreement_sign.h"

enum member {
	GRID,	/* operator, energy */
	CERT,	/* institution */
	WATER,	/* operator, water */
	BANK,	/* operator, banking */
	AGENCY, /* institution */
	MEMBER__MAX
};

#define PACT_CIRCLE "Grid exchange"

enum other { STEWARD, READER, COURT, KEEPER, VISITOR, OTHER__MAX };

struct pact {
	struct fixture f;
	struct person *who[MEMBER__MAX];  /* signatories and publishers */
	struct person *other[OTHER__MAX]; /* STEWARD, READER are of GRID */
	struct organisation *org[MEMBER__MAX];
	int64_t acts, moved_at; /* when it was looked at last */
	int drafts;
};

static const char *const pact_names[MEMBER__MAX] = { "Grid", "Cert", "Water",
	"Bank", "Agency" };

static inline void
pact_open(struct pact *p)
{
	static const enum org_kind kinds[MEMBER__MAX] = { ORG_OPERATOR,
		ORG_INSTITUTION, ORG_OPERATOR, ORG_OPERATOR, ORG_INSTITUTION };
	static const int64_t sectors[MEMBER__MAX] = { 1, 0, 8, 16, 0 };
	struct organisation *o;

	memset(p, 0, sizeof(*p));
	fixture_open(&p->f);
	for (int m = 0; m < MEMBER__MAX; m++) {
		p->org[m] = fixture_organisation(
		    &p->f, pact_names[m], kinds[m], sectors[m]);
		p->who[m] = fixture_person(&p->f, p->org[m]->ref, pact_names[m],
		    ROLE_PUBLISHER | ROLE_SIGNATORY);
	}
	p->other[STEWARD] =
	    fixture_person(&p->f, p->org[GRID]->ref, "Stew", ROLE_STEWARD);
	p->other[READER] = fixture_person(&p->f, p->org[GRID]->ref, "Rea", 0);
	o = fixture_organisation(&p->f, "Court", ORG_AUDITOR, 0);
	p->other[COURT] = fixture_person(&p->f, o->ref, "Court", ROLE_AUDITOR);
	o = fixture_organisation(&p->f, "House", ORG_KEEPER, 0);
	p->other[KEEPER] = fixture_person(&p->f, o->ref, "House", ROLE_KEEPER);
	fixture_as(&p->f, p->who[GRID]);
}

/* Whatever was done since then that is on record moved its agreement. */
static inline void
pact_moves(struct pact *p)
{
	struct db_rows *rows = db_query(p->f.ctx.db,
	    "SELECT COUNT(*) FROM record WHERE kind LIKE 'agreement.%'",
	    DB_NONE);
	int64_t acts, moved_at;

	ck_assert(db_next(rows));
	acts = db_col_int(rows, 0);
	fixture_ok(db_done(rows));
	fixture_ok(agreement_moved(&p->f.ctx, &moved_at));
	ck_assert(acts == p->acts || moved_at > p->moved_at);
	p->acts = acts;
	p->moved_at = moved_at;
}

static inline void
pact_close(struct pact *p)
{
	pact_moves(p);
	fixture_close(&p->f);
}

/* A moment later, as a member. */
static inline struct ctx *
pact_as(struct pact *p, enum member m)
{
	pact_moves(p);
	fixture_as(&p->f, p->who[m]);
	fixture_later(&p->f, CLOCK_S);
	return &p->f.ctx;
}

static inline struct ctx *
pact_other(struct pact *p, enum other o)
{
	pact_moves(p);
	if (p->other[o] == NULL)
		fixture_nobody(&p->f);
	else
		fixture_as(&p->f, p->other[o]);
	fixture_later(&p->f, CLOCK_S);
	return &p->f.ctx;
}

/* The parties are the set bits of `members`, in order. */
static inline struct agreement_input
pact_input(struct pact *p, unsigned members)
{
	const char **refs =
	    arena_array(p->f.arena, MEMBER__MAX + 1, sizeof(*refs));
	size_t n = 0;

	for (int m = 0; m < MEMBER__MAX; m++)
		if ((members >> m & 1) != 0)
			refs[n++] = p->org[m]->ref;
	return (struct agreement_input){
		.kind = AGREEMENT_EXCHANGE,
		.title = "Exchange on the grid",
		.text = "# Purpose\n\nWe tell each other.",
		.change = "",
		.why_one_kind = "Both are what they are.",
		.circle_name = PACT_CIRCLE,
		.sectors = 1,
		.max_label = TLP_AMBER,
		.sharing = SHARING_PERMISSION,
		.notice_days = 30,
		.parties = refs,
	};
}

/* A draft of that member. */
static inline char *
pact_draft(struct pact *p, enum member m, const struct agreement_input *in)
{
	struct agreement_input own = *in;
	struct agreement_fault fault;
	char *ref = NULL;
	enum err rc;

	/* No two circles of one name. */
	if (p->drafts++ > 0 && text_starts(in->circle_name, PACT_CIRCLE))
		own.circle_name =
		    arena_printf(p->f.arena, PACT_CIRCLE " %d", p->drafts);
	rc = agreement_create(pact_as(p, m), &own, &ref, &fault);
	ck_assert_msg(
	    rc == ERR_OK, "%s: %s %s", err_name(rc), fault.field, fault.error);
	return ref;
}

/* The draft of that member is proposed, whatever version counts. */
static inline enum err
pact_try(struct pact *p, enum member m, const char *ref,
    struct agreement_fault *fault)
{
	struct agreement_version *v;
	struct agreement *a;

	fixture_ok(agreement_load_draft(pact_as(p, m), ref, &v));
	fixture_ok(agreement_load(&p->f.ctx, ref, &a));
	return agreement_propose(&p->f.ctx, ref, v->edit, a->version, fault);
}

/* A member's draft of the next version of one between both; it is another. */
static inline void
pact_revise(struct pact *p, enum member m, const char *ref)
{
	struct agreement_input in = pact_input(p, 1 << GRID | 1 << CERT);
	struct agreement_version *v;
	struct agreement_fault fault;

	fixture_ok(agreement_revise(pact_as(p, m), ref));
	fixture_ok(agreement_load_draft(&p->f.ctx, ref, &v));
	in.title = arena_printf(p->f.arena, "%s, anew", v->title);
	fixture_ok(agreement_save(&p->f.ctx, ref, v->edit, &in, &fault));
}

static inline char *
pact_propose_input(
    struct pact *p, enum member m, const struct agreement_input *in)
{
	char *ref = pact_draft(p, m, in);
	struct agreement_fault fault;
	enum err rc = pact_try(p, m, ref, &fault);

	ck_assert_msg(
	    rc == ERR_OK, "%s: %s %s", err_name(rc), fault.field, fault.error);
	return ref;
}

static inline char *
pact_propose(struct pact *p, enum member m, unsigned members)
{
	struct agreement_input in = pact_input(p, members);

	return pact_propose_input(p, m, &in);
}

static inline struct agreement *
pact_load(struct pact *p, enum member m, const char *ref)
{
	struct agreement *a = NULL;

	fixture_ok(agreement_load(pact_as(p, m), ref, &a));
	return a;
}

static inline enum err
pact_try_sign(struct pact *p, const char *ref, enum member m, bool *is_last)
{
	struct agreement *a = pact_load(p, m, ref);
	struct agreement_refusal refusal;
	struct agreement_signing s = { .version = a->version,
		.digest = a->current->digest };

	return agreement_sign(&p->f.ctx, ref, &s, is_last, &refusal);
}

static inline bool
pact_sign(struct pact *p, const char *ref, enum member m)
{
	bool is_last;

	fixture_ok(pact_try_sign(p, ref, m, &is_last));
	return is_last;
}

/* Proposed by the first and signed by all. */
static inline char *
pact_force_input(struct pact *p, enum member m, unsigned members,
    const struct agreement_input *in)
{
	char *ref = pact_propose_input(p, m, in);
	bool is_last = false;

	for (int i = 0; i < MEMBER__MAX; i++)
		if ((members >> i & 1) != 0)
			is_last = pact_sign(p, ref, (enum member)i);
	ck_assert(is_last);
	return ref;
}

static inline char *
pact_force(struct pact *p, enum member m, unsigned members)
{
	struct agreement_input in = pact_input(p, members);

	return pact_force_input(p, m, members, &in);
}

/* An audit agreement of GRID and CERT: the court may look, up to GREEN. */
static inline char *
pact_mandate(struct pact *p, int64_t until_at)
{
	struct agreement_input in = pact_input(p, 1 << GRID | 1 << CERT);

	in.kind = AGREEMENT_AUDIT;
	in.auditor = p->other[COURT]->organisation_ref;
	in.max_label = TLP_GREEN;
	in.until_at = until_at;
	return pact_force_input(p, GRID, 1 << GRID | 1 << CERT, &in);
}

/* A document of a member to a circle, with a file, published. */
static inline char *
pact_document(struct pact *p, enum member m, const char *circle, enum tlp label)
{
	const char *circles[] = { circle, NULL };
	struct document_draft d = { .title = "Instruction",
		.summary = "In short",
		.language = "en",
		.label = label,
		.circles = circles };
	struct fault why;
	char *ref;

	fixture_ok(document_create(pact_as(p, m), &d,
	    document_file_of(&p->f, "a.txt", "At length"), &ref, &why));
	fixture_ok(document_publish(&p->f.ctx, ref, 1, &why));
	return ref;
}

/* The highest label that a member has a circle for now; -1: has it not. */
static inline int
pact_reach(struct pact *p, enum member m, const char *circle)
{
	struct circle_grant *all;
	int max = -1;
	size_t n;

	fixture_as(&p->f, p->who[m]);
	fixture_ok(circle_granted(&p->f.ctx, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].circle.ref, circle) == 0 &&
		    (int)all[i].max_label > max)
			max = (int)all[i].max_label;
	return max;
}

/* Grants are what the agreements say, and digests hold. */
static inline void
pact_verify(struct pact *p)
{
	char *problem = NULL;
	int64_t n;

	fixture_ok(agreement_verify(&p->f.ctx, &n, &problem));
	ck_assert_msg(problem == NULL, "%s", problem);
}

#endif
