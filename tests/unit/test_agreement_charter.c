/* SPDX-License-Identifier: Apache-2.0 */
/* The charter as an agreement: offered, signed, left, offered again. */
#include "domain/access.h"

#include "pact.h"

static const struct agreement_charter charter = { "Charter", "We **join**.",
	"en", 30 };

static char *
admit(struct pact *p, const struct agreement_charter *c, enum err expected)
{
	struct organisation_new new = { .name = "Rail",
		.kind = ORG_OPERATOR,
		.country = "BE",
		.sectors = 2,
		.charter = c };
	char *ref = NULL;

	fixture_console(&p->f);
	fixture_err(organisation_admit(&p->f.ctx, &new, &ref), expected);
	return ref;
}

/* How many circles it has, its own and the public one left out. */
static int
circles(struct pact *p, const struct person *who)
{
	struct circle_grant *all;
	size_t n;

	fixture_as(&p->f, who);
	fixture_ok(circle_granted(&p->f.ctx, &all, &n));
	return (int)n;
}

static bool
sign(struct pact *p, const struct person *who, const char *ref)
{
	struct agreement_refusal refusal;
	struct agreement_signing s;
	struct agreement *a;
	bool is_last;

	fixture_as(&p->f, who);
	fixture_ok(agreement_load(&p->f.ctx, ref, &a));
	s = (struct agreement_signing){ .version = 1,
		.digest = a->current->digest };
	fixture_ok(agreement_sign(&p->f.ctx, ref, &s, &is_last, &refusal));
	return is_last;
}

START_TEST(signed_in_the_portal)
{
	struct circle_grant *grants;
	struct organisation *o;
	struct person *anna;
	struct agreement *a;
	struct pact p;
	int64_t signed_at;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = admit(&p, &charter, ERR_OK);
	anna = fixture_person(&p.f, ref, "Anna", ROLE_SIGNATORY);
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	ck_assert_int_eq(o->charter_signed_at, 0);
	ck_assert_ptr_nonnull(o->charter_ref);
	ck_assert_int_eq(circles(&p, anna), 0);
	fixture_ok(agreement_load(&p.f.ctx, o->charter_ref, &a));
	ck_assert_int_eq(a->state, AGREEMENT_PROPOSED);
	ck_assert_str_eq(a->current->text, "We **join**.");
	ck_assert_int_eq(a->current->terms.sectors, 2);
	ck_assert(agreement_may(a, AGREEMENT_SIGN));
	ck_assert(sign(&p, anna, o->charter_ref));
	fixture_ok(circle_granted(&p.f.ctx, &grants, &n));
	ck_assert_int_eq((int)n, 2);
	ck_assert_str_eq(grants[0].circle.ref, "community");
	ck_assert_str_eq(grants[1].circle.ref, "transport");
	ck_assert_int_eq(grants[1].max_label, TLP_AMBER_STRICT);
	ck_assert_str_eq(grants[1].agreement_title, "Charter");
	pact_verify(&p);
	/* The keeper sees it, others do not. */
	fixture_ok(agreement_load(pact_other(&p, KEEPER), o->charter_ref, &a));
	ck_assert_int_eq(a->sight, SIGHT_AUDITOR);
	signed_at = a->signed_at;
	fixture_err(agreement_load(pact_as(&p, GRID), o->charter_ref, &a),
	    ERR_NOT_FOUND);
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	ck_assert_int_ne(signed_at, 0);
	ck_assert_int_eq(o->charter_signed_at, signed_at);
	pact_close(&p);
}
END_TEST

START_TEST(suspended_and_back)
{
	struct organisation *o;
	struct person *anna;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = admit(&p, &charter, ERR_OK);
	anna = fixture_person(&p.f, ref, "Anna", ROLE_SIGNATORY);
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	/* Reinstated without a signed charter: nothing opens. */
	fixture_console(&p.f);
	fixture_ok(organisation_suspend(&p.f.ctx, ref, "x"));
	fixture_ok(organisation_reinstate(&p.f.ctx, ref));
	ck_assert_int_eq(circles(&p, anna), 0);
	sign(&p, anna, o->charter_ref);
	ck_assert_int_eq(circles(&p, anna), 2);
	fixture_console(&p.f);
	fixture_ok(organisation_suspend(&p.f.ctx, ref, "x"));
	ck_assert_int_eq(circles(&p, anna), 0);
	fixture_console(&p.f);
	fixture_ok(organisation_reinstate(&p.f.ctx, ref));
	ck_assert_int_eq(circles(&p, anna), 2);
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

START_TEST(left_and_offered_again)
{
	struct organisation *o;
	struct person *anna;
	int64_t leaves_at;
	bool is_for_all, is_last;
	struct pact p;
	char *ref, *again;

	pact_open(&p);
	ref = admit(&p, &charter, ERR_OK);
	anna = fixture_person(&p.f, ref, "Anna", ROLE_SIGNATORY);
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	fixture_console(&p.f);
	fixture_err(agreement_offer_charter(&p.f.ctx, ref, &charter, &again),
	    ERR_STATE);
	sign(&p, anna, o->charter_ref);
	fixture_console(&p.f);
	fixture_err(agreement_offer_charter(&p.f.ctx, ref, &charter, &again),
	    ERR_STATE);
	fixture_as(&p.f, anna);
	fixture_err(agreement_terminate(&p.f.ctx, o->charter_ref, 1, &is_last),
	    ERR_STATE);
	fixture_ok(agreement_notice(
	    &p.f.ctx, o->charter_ref, 1, "We leave.", &leaves_at, &is_for_all));
	ck_assert(is_for_all);
	ck_assert_int_eq(leaves_at, p.f.ctx.now_at + 30 * CLOCK_DAY);
	ck_assert_int_eq(circles(&p, anna), 2);
	p.f.ctx.now_at = leaves_at;
	ck_assert_int_eq(circles(&p, anna), 0);
	fixture_console(&p.f);
	fixture_ok(agreement_offer_charter(&p.f.ctx, ref, &charter, &again));
	ck_assert_str_ne(again, o->charter_ref);
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	ck_assert_str_eq(o->charter_ref, again);
	ck_assert_int_eq(o->charter_signed_at, 0);
	sign(&p, anna, again);
	ck_assert_int_eq(circles(&p, anna), 2);
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

START_TEST(offer_taken_back)
{
	struct organisation *o;
	struct person *anna;
	struct pact p;
	char *ref, *again;

	pact_open(&p);
	ref = admit(&p, &charter, ERR_OK);
	anna =
	    fixture_person(&p.f, ref, "Anna", ROLE_SIGNATORY | ROLE_PUBLISHER);
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	fixture_as(&p.f, anna);
	fixture_err(agreement_withdraw(&p.f.ctx, o->charter_ref, 1, "x"),
	    ERR_FORBIDDEN);
	fixture_err(agreement_revise(&p.f.ctx, o->charter_ref), ERR_STATE);
	fixture_ok(agreement_withdraw(
	    pact_other(&p, KEEPER), o->charter_ref, 1, "A mistake."));
	fixture_ok(organisation_load(&p.f.ctx, ref, &o));
	ck_assert_ptr_null(o->charter_ref);
	fixture_ok(agreement_offer_charter(
	    pact_other(&p, KEEPER), ref, &charter, &again));
	ck_assert(sign(&p, anna, again));
	pact_close(&p);
}
END_TEST

static const struct {
	struct agreement_charter charter;
	enum err rc;
} offers[] = {
	{ { "Charter", "Text", NULL, 0 }, ERR_OK },
	{ { NULL, "Text", NULL, 30 }, ERR_INVALID },
	{ { "", "Text", NULL, 30 }, ERR_INVALID },
	{ { "Charter", NULL, NULL, 30 }, ERR_INVALID },
	{ { "Charter", "", NULL, 30 }, ERR_INVALID },
	{ { "Two\nlines", "Text", NULL, 30 }, ERR_INVALID },
	{ { "Charter", "Text", NULL, -1 }, ERR_INVALID },
	{ { "Charter", "Text", NULL, AGREEMENT_NOTICE_MAX + 1 }, ERR_INVALID },
	{ { "Charter", "Text", "fr", 30 }, ERR_OK },
	{ { "Charter", "Text", "tlh", 30 }, ERR_INVALID },
};

START_TEST(offers_judged)
{
	struct pact p;

	pact_open(&p);
	admit(&p, &offers[_i].charter, offers[_i].rc);
	ck_assert_int_eq(
	    fixture_int(
		&p.f, "SELECT COUNT(*) FROM organisation WHERE ref = 'rail'"),
	    offers[_i].rc == ERR_OK);
	pact_close(&p);
}
END_TEST

START_TEST(offered_to_whom)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	fixture_err(
	    agreement_offer_charter(pact_as(&p, GRID), "grid", &charter, &ref),
	    ERR_FORBIDDEN);
	fixture_console(&p.f);
	fixture_err(agreement_offer_charter(&p.f.ctx, "court", &charter, &ref),
	    ERR_INVALID);
	/* On paper is in force, too. */
	fixture_err(agreement_offer_charter(&p.f.ctx, "grid", &charter, &ref),
	    ERR_STATE);
	fixture_err(agreement_offer_charter(&p.f.ctx, "nobody", &charter, &ref),
	    ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

/* ---- what needs one ---------------------------------------------------- */

/* Another member, its charter offered; GRID proposes something to it. */
struct rail {
	struct pact p;
	struct person *anna;
	char *ref, *charter;
	const char *parties[3];
};

static struct agreement_fault fault;

static void
rail_open(struct rail *r)
{
	struct organisation *o;

	pact_open(&r->p);
	r->ref = admit(&r->p, &charter, ERR_OK);
	r->anna = fixture_person(
	    &r->p.f, r->ref, "Anna", ROLE_PUBLISHER | ROLE_SIGNATORY);
	fixture_ok(organisation_load(&r->p.f.ctx, r->ref, &o));
	r->charter = o->charter_ref;
	r->parties[0] = r->p.org[GRID]->ref;
	r->parties[1] = r->ref;
	r->parties[2] = NULL;
}

static struct ctx *
as_anna(struct rail *r)
{
	fixture_as(&r->p.f, r->anna);
	fixture_later(&r->p.f, CLOCK_S);
	return &r->p.f.ctx;
}

static void
leave(struct rail *r)
{
	int64_t leaves_at;
	bool is_for_all;

	fixture_ok(agreement_notice(
	    as_anna(r), r->charter, 1, "We leave.", &leaves_at, &is_for_all));
	r->p.f.ctx.now_at = leaves_at;
}

static enum err
try_sign(struct ctx *ctx, const char *ref, struct agreement_refusal *refusal)
{
	struct agreement_signing s;
	struct agreement *a;
	bool is_last;

	fixture_ok(agreement_load(ctx, ref, &a));
	s = (struct agreement_signing){ .version = a->version,
		.digest = a->current->digest };
	return agreement_sign(ctx, ref, &s, &is_last, refusal);
}

/* Named while one is offered to it; it signs when that is in force. */
START_TEST(signs_after_its_charter)
{
	struct agreement_refusal refusal;
	struct agreement_input in;
	struct agreement *a;
	struct rail r;
	char *ref, *own;

	rail_open(&r);
	in = pact_input(&r.p, 0);
	in.parties = r.parties;
	ref = pact_propose_input(&r.p, GRID, &in);
	pact_sign(&r.p, ref, GRID);
	fixture_err(try_sign(as_anna(&r), ref, &refusal), ERR_CHARTER);
	fixture_err(agreement_revise(as_anna(&r), ref), ERR_CHARTER);
	fixture_err(
	    agreement_create(as_anna(&r), &in, &own, &fault), ERR_CHARTER);
	fixture_err(agreement_may_create(&r.p.f.ctx), ERR_CHARTER);
	fixture_ok(agreement_load(&r.p.f.ctx, ref, &a));
	fixture_err(agreement_allows(a, AGREEMENT_SIGN), ERR_CHARTER);
	fixture_ok(agreement_allows(a, AGREEMENT_COMMENT));
	sign(&r.p, r.anna, r.charter);
	fixture_ok(try_sign(as_anna(&r), ref, &refusal));
	ck_assert_int_eq(pact_load(&r.p, GRID, ref)->state, AGREEMENT_IN_FORCE);
	pact_verify(&r.p);
	pact_close(&r.p);
}
END_TEST

/* Its charter has ended: neither follows what is in force, nor is named. */
START_TEST(left_and_named)
{
	struct agreement_refusal refusal;
	struct agreement_version *v;
	struct agreement_input in;
	struct rail r;
	char *ref, *next, *again;

	rail_open(&r);
	sign(&r.p, r.anna, r.charter);
	in = pact_input(&r.p, 0);
	in.parties = r.parties;
	ref = pact_propose_input(&r.p, GRID, &in);
	pact_sign(&r.p, ref, GRID);
	fixture_ok(try_sign(as_anna(&r), ref, &refusal));
	fixture_ok(agreement_create(as_anna(&r), &in, &next, &fault));
	leave(&r);
	fixture_err(agreement_amend(as_anna(&r), ref, &again), ERR_CHARTER);
	fixture_err(agreement_renew(as_anna(&r), ref, &again), ERR_CHARTER);
	fixture_ok(agreement_load_draft(as_anna(&r), next, &v));
	fixture_err(agreement_propose(as_anna(&r), next, v->edit, 0, &fault),
	    ERR_CHARTER);
	fixture_ok(agreement_amend(pact_as(&r.p, GRID), ref, &next));
	fixture_err(pact_try(&r.p, GRID, next, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.field, "parties");
	ck_assert_str_eq(fault.error, "PartyCharter");
	ck_assert_str_eq(fault.who, "Rail");
	/* What is in force stays so, and is left as others leave. */
	ck_assert_int_eq(circles(&r.p, r.anna), 1);
	fixture_console(&r.p.f);
	fixture_ok(
	    agreement_offer_charter(&r.p.f.ctx, r.ref, &charter, &again));
	fixture_ok(pact_try(&r.p, GRID, next, &fault));
	pact_close(&r.p);
}
END_TEST

/* It signed first, and left: the last signature opens nothing to it. */
START_TEST(left_before_the_last_signature)
{
	struct agreement_refusal refusal;
	struct agreement_input in;
	struct rail r;
	char *ref, *again;

	rail_open(&r);
	sign(&r.p, r.anna, r.charter);
	in = pact_input(&r.p, 0);
	in.parties = r.parties;
	ref = pact_propose_input(&r.p, GRID, &in);
	fixture_ok(try_sign(as_anna(&r), ref, &refusal));
	leave(&r);
	fixture_err(try_sign(pact_as(&r.p, GRID), ref, &refusal), ERR_INVALID);
	ck_assert_str_eq(refusal.error, "Charter");
	ck_assert_str_eq(refusal.who, "Rail");
	fixture_console(&r.p.f);
	fixture_ok(
	    agreement_offer_charter(&r.p.f.ctx, r.ref, &charter, &again));
	fixture_err(try_sign(pact_as(&r.p, GRID), ref, &refusal), ERR_INVALID);
	sign(&r.p, r.anna, again);
	fixture_ok(try_sign(pact_as(&r.p, GRID), ref, &refusal));
	pact_verify(&r.p);
	pact_close(&r.p);
}
END_TEST

UNIT_MAIN("agreement charter", UNIT(signs_after_its_charter),
    UNIT(left_and_named), UNIT(left_before_the_last_signature),
    UNIT(signed_in_the_portal), UNIT(suspended_and_back),
    UNIT(left_and_offered_again), UNIT(offer_taken_back),
    UNIT_ROWS(offers_judged, offers), UNIT(offered_to_whom))
