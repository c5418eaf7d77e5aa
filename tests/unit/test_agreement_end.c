/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/agreement_end.h"

#include "domain/advisory.h"

#include "pact.h"

enum { BOTH = 1 << GRID | 1 << CERT, THREE = BOTH | 1 << WATER };

#define CIRCLE "agr-2026-0006"

static struct agreement_fault fault;
static int64_t leaves_at;
static bool is_for_all;

/* Who has the circle now, as letters. */
static void
has(struct pact *p, const char *expected)
{
	static const char letters[] = "GCWBA";
	char got[MEMBER__MAX + 1];
	size_t n = 0;

	for (int m = 0; m < MEMBER__MAX; m++)
		if (pact_reach(p, (enum member)m, CIRCLE) >= 0)
			got[n++] = letters[m];
	got[n] = '\0';
	ck_assert_str_eq(got, expected);
	pact_verify(p);
}

/* ---- notice ------------------------------------------------------------ */

START_TEST(notice_of_one_of_two)
{
	struct agreement *a;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(agreement_notice_effect(
	    pact_as(&p, CERT), ref, &leaves_at, &is_for_all));
	ck_assert(is_for_all);
	ck_assert_int_eq(leaves_at, p.f.ctx.now_at + 30 * CLOCK_DAY);
	fixture_ok(agreement_notice(
	    &p.f.ctx, ref, 1, "enough", &leaves_at, &is_for_all));
	ck_assert(is_for_all);
	has(&p, "GC");
	a = pact_load(&p, GRID, ref);
	ck_assert_int_eq(a->until_at, leaves_at);
	ck_assert_int_eq(a->end, END_NOTICE);
	ck_assert_str_eq(a->parties[1].notice_why, "enough");
	p.f.ctx.now_at = leaves_at - 1;
	has(&p, "GC");
	p.f.ctx.now_at = leaves_at;
	has(&p, "");
	ck_assert_int_eq(pact_load(&p, GRID, ref)->state, AGREEMENT_ENDED);
	pact_close(&p);
}
END_TEST

START_TEST(notice_of_one_of_three)
{
	struct agreement *a;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_notice(
	    pact_as(&p, WATER), ref, 1, "enough", &leaves_at, &is_for_all));
	ck_assert(!is_for_all);
	fixture_err(agreement_notice(pact_as(&p, WATER), ref, 1, "again",
			&leaves_at, &is_for_all),
	    ERR_STATE);
	leaves_at = pact_load(&p, GRID, ref)->parties[2].leaves_at;
	p.f.ctx.now_at = leaves_at;
	has(&p, "GC");
	a = pact_load(&p, GRID, ref);
	ck_assert_int_eq(a->state, AGREEMENT_IN_FORCE);
	ck_assert_int_eq(a->until_at, 0);
	/* Then there are two, and one who leaves ends it. */
	fixture_ok(agreement_notice(
	    pact_as(&p, GRID), ref, 1, "enough", &leaves_at, &is_for_all));
	ck_assert(is_for_all);
	p.f.ctx.now_at = leaves_at;
	has(&p, "");
	pact_close(&p);
}
END_TEST

/* Not later than the end that was agreed. */
START_TEST(notice_before_the_end)
{
	struct agreement_input in;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, THREE);
	in.until_at = p.f.ctx.now_at + 10 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, THREE, &in);
	fixture_ok(agreement_notice(
	    pact_as(&p, WATER), ref, 1, "enough", &leaves_at, &is_for_all));
	ck_assert_int_eq(leaves_at, in.until_at);
	p.f.ctx.now_at = in.until_at - 1;
	has(&p, "GCW");
	p.f.ctx.now_at = in.until_at;
	has(&p, "");
	/* Whoever stayed to the end is a party of what has ended. */
	ck_assert(pact_load(&p, WATER, ref)->is_party);
	pact_close(&p);
}
END_TEST

START_TEST(notice_refused)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_err(agreement_notice(pact_as(&p, GRID), ref, 1, "x", &leaves_at,
			&is_for_all),
	    ERR_STATE);
	pact_sign(&p, ref, GRID);
	pact_sign(&p, ref, CERT);
	fixture_err(agreement_notice(
			pact_as(&p, GRID), ref, 1, "", &leaves_at, &is_for_all),
	    ERR_INVALID);
	fixture_err(agreement_notice(pact_as(&p, GRID), ref, 2, "x", &leaves_at,
			&is_for_all),
	    ERR_STALE);
	fixture_err(agreement_notice(pact_other(&p, READER), ref, 1, "x",
			&leaves_at, &is_for_all),
	    ERR_FORBIDDEN);
	fixture_err(agreement_notice(pact_as(&p, BANK), ref, 1, "x", &leaves_at,
			&is_for_all),
	    ERR_NOT_FOUND);
	/* What is on paper ends on paper. */
	fixture_err(
	    agreement_notice(pact_as(&p, GRID), p.org[GRID]->charter_ref, 0,
		"x", &leaves_at, &is_for_all),
	    ERR_STATE);
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* ---- by all ------------------------------------------------------------ */

START_TEST(terminated_by_all)
{
	struct pact p;
	bool is_last;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_terminate(pact_as(&p, GRID), ref, 1, &is_last));
	ck_assert(!is_last);
	fixture_err(agreement_terminate(pact_as(&p, GRID), ref, 1, &is_last),
	    ERR_STATE);
	fixture_ok(agreement_keep(pact_as(&p, GRID), ref, 1));
	fixture_err(agreement_keep(pact_as(&p, GRID), ref, 1), ERR_STATE);
	fixture_ok(agreement_terminate(pact_as(&p, CERT), ref, 1, &is_last));
	fixture_ok(agreement_terminate(pact_as(&p, WATER), ref, 1, &is_last));
	ck_assert(!is_last);
	has(&p, "GCW");
	fixture_ok(agreement_terminate(pact_as(&p, GRID), ref, 1, &is_last));
	ck_assert(is_last);
	has(&p, "");
	ck_assert_int_eq(pact_load(&p, GRID, ref)->state, AGREEMENT_ENDED);
	ck_assert_int_eq(pact_load(&p, GRID, ref)->end, END_TERMINATED);
	pact_close(&p);
}
END_TEST

/* Nobody ends it alone by suspending the others, who still answer. */
START_TEST(terminated_with_the_suspended)
{
	struct agreement_waiting *waiting;
	struct pact p;
	bool is_last;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(
	    agreement_suspend(pact_as(&p, GRID), ref, 1, "water", "why"));
	fixture_ok(agreement_suspend(pact_as(&p, GRID), ref, 1, "cert", "why"));
	fixture_ok(agreement_terminate(pact_as(&p, GRID), ref, 1, &is_last));
	ck_assert(!is_last);
	has(&p, "G");
	fixture_ok(agreement_awaiting(pact_as(&p, WATER), &waiting, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(waiting[0].wait, WAIT_ENDING);
	fixture_ok(agreement_terminate(pact_as(&p, WATER), ref, 1, &is_last));
	ck_assert(!is_last);
	fixture_ok(agreement_keep(pact_as(&p, WATER), ref, 1));
	fixture_ok(agreement_terminate(pact_as(&p, CERT), ref, 1, &is_last));
	ck_assert(!is_last);
	fixture_ok(agreement_terminate(pact_as(&p, WATER), ref, 1, &is_last));
	ck_assert(is_last);
	has(&p, "");
	pact_close(&p);
}
END_TEST

/* Whom the keeper suspended cannot answer, and holds nobody back. */
START_TEST(terminated_without_whom_the_keeper_suspended)
{
	struct pact p;
	bool is_last;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_console(&p.f);
	fixture_ok(organisation_suspend(&p.f.ctx, "water", "why"));
	fixture_ok(agreement_terminate(pact_as(&p, GRID), ref, 1, &is_last));
	ck_assert(!is_last);
	fixture_ok(agreement_terminate(pact_as(&p, CERT), ref, 1, &is_last));
	ck_assert(is_last);
	pact_close(&p);
}
END_TEST

/* ---- suspending a party ------------------------------------------------ */

START_TEST(suspended_and_resumed)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "water", "leak"));
	has(&p, "GC");
	ck_assert_int_eq(pact_reach(&p, WATER, "water"), TLP_AMBER_STRICT);
	fixture_err(
	    agreement_suspend(pact_as(&p, GRID), ref, 1, "water", "leak"),
	    ERR_STATE);
	/* Not lifted by itself, and no revenge. */
	fixture_err(agreement_resume(pact_as(&p, WATER), ref, 1, "water"),
	    ERR_FORBIDDEN);
	fixture_err(agreement_suspend(pact_as(&p, WATER), ref, 1, "cert", "so"),
	    ERR_STATE);
	fixture_ok(agreement_resume(pact_as(&p, GRID), ref, 1, "water"));
	has(&p, "GCW");
	fixture_err(
	    agreement_resume(pact_as(&p, GRID), ref, 1, "water"), ERR_STATE);
	fixture_err(agreement_suspend(pact_as(&p, GRID), ref, 1, "bank", "x"),
	    ERR_NOT_FOUND);
	fixture_err(agreement_suspend(pact_as(&p, BANK), ref, 1, "grid", "x"),
	    ERR_NOT_FOUND);
	fixture_err(
	    agreement_suspend(pact_other(&p, KEEPER), ref, 1, "grid", "x"),
	    ERR_NOT_FOUND);
	fixture_err(
	    agreement_suspend(pact_other(&p, STEWARD), ref, 1, "cert", "x"),
	    ERR_FORBIDDEN);
	fixture_ok(
	    agreement_suspend(pact_as(&p, WATER), ref, 1, "water", "me"));
	has(&p, "GC");
	fixture_ok(agreement_resume(pact_as(&p, WATER), ref, 1, "water"));
	has(&p, "GCW");
	/* Having done it itself keeps nobody else from it. */
	fixture_ok(
	    agreement_suspend(pact_as(&p, WATER), ref, 1, "water", "me"));
	fixture_err(agreement_suspend(pact_as(&p, WATER), ref, 1, "water", "x"),
	    ERR_STATE);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "water", "leak"));
	ck_assert_str_eq(
	    pact_load(&p, CERT, ref)->parties[2].suspended_why, "leak");
	fixture_err(agreement_resume(pact_as(&p, WATER), ref, 1, "water"),
	    ERR_FORBIDDEN);
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* A resumed party leaves when its notice says so. */
START_TEST(resumed_under_notice)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_notice(
	    pact_as(&p, WATER), ref, 1, "enough", &leaves_at, &is_for_all));
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "water", "leak"));
	fixture_ok(agreement_resume(pact_as(&p, CERT), ref, 1, "water"));
	has(&p, "GCW");
	/* The keeper, too, closes and opens what the agreement says. */
	fixture_console(&p.f);
	fixture_ok(organisation_suspend(&p.f.ctx, "water", "x"));
	has(&p, "GC");
	fixture_console(&p.f);
	fixture_later(&p.f, CLOCK_S);
	fixture_ok(organisation_reinstate(&p.f.ctx, "water"));
	has(&p, "GCW");
	p.f.ctx.now_at = leaves_at;
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* ---- successors -------------------------------------------------------- */

static void
sign_both(struct pact *p, const char *ref)
{
	pact_sign(p, ref, GRID);
	ck_assert(pact_sign(p, ref, CERT));
}

START_TEST(replaced_at_that_instant)
{
	struct agreement_version *v;
	struct agreement_input in;
	struct agreement *a;
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(agreement_amend(pact_as(&p, CERT), ref, &next));
	fixture_ok(agreement_load_draft(&p.f.ctx, next, &v));
	in = pact_input(&p, BOTH);
	in.max_label = TLP_RED;
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit, &in, &fault));
	fixture_ok(pact_try(&p, CERT, next, &fault));
	pact_sign(&p, next, GRID);
	ck_assert_int_eq(pact_reach(&p, GRID, CIRCLE), TLP_AMBER);
	ck_assert(pact_sign(&p, next, CERT));
	ck_assert_int_eq(pact_reach(&p, GRID, CIRCLE), TLP_RED);
	a = pact_load(&p, GRID, ref);
	ck_assert_int_eq(a->state, AGREEMENT_ENDED);
	ck_assert_int_eq(a->end, END_REPLACED);
	ck_assert_str_eq(a->replaced_by_ref, next);
	ck_assert(!agreement_may(a, AGREEMENT_AMEND));
	ck_assert_int_eq(
	    fixture_int(
		&p.f, "SELECT COUNT(*) FROM circle WHERE kind = 'agreement'"),
	    1);
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* Signing what replaces it does not give back what the others took. */
START_TEST(suspended_in_the_next)
{
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(agreement_amend(pact_as(&p, GRID), ref, &next));
	fixture_ok(pact_try(&p, GRID, next, &fault));
	pact_sign(&p, next, CERT);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "grid", "leak"));
	has(&p, "C");
	ck_assert(pact_sign(&p, next, GRID));
	has(&p, "C");
	ck_assert_str_eq(
	    pact_load(&p, CERT, next)->parties[0].suspended_why, "leak");
	fixture_err(agreement_resume(pact_as(&p, GRID), next, 1, "grid"),
	    ERR_FORBIDDEN);
	fixture_ok(agreement_resume(pact_as(&p, CERT), next, 1, "grid"));
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* Nor does signing another agreement that opens the same circle. */
START_TEST(suspended_in_the_circle)
{
	struct agreement_input in;
	struct pact p;
	char *ref, *other;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	in = pact_input(&p, THREE | 1 << BANK);
	in.circle = pact_load(&p, GRID, ref)->circles[0].ref;
	other = pact_propose_input(&p, GRID, &in);
	pact_sign(&p, other, GRID);
	pact_sign(&p, other, CERT);
	pact_sign(&p, other, BANK);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "water", "leak"));
	has(&p, "GC");
	ck_assert(pact_sign(&p, other, WATER));
	has(&p, "GCB");
	ck_assert_str_eq(
	    pact_load(&p, CERT, other)->parties[2].suspended_why, "leak");
	fixture_err(agreement_resume(pact_as(&p, WATER), other, 1, "water"),
	    ERR_FORBIDDEN);
	fixture_ok(agreement_resume(pact_as(&p, GRID), other, 1, "water"));
	has(&p, "GCWB");
	pact_close(&p);
}
END_TEST

static char *
renewal(struct pact *p, const char *ref)
{
	struct agreement_version *v;
	char *next;

	fixture_ok(agreement_renew(pact_as(p, GRID), ref, &next));
	fixture_ok(agreement_load_draft(&p->f.ctx, next, &v));
	fixture_ok(agreement_propose(&p->f.ctx, next, v->edit, 0, &fault));
	sign_both(p, next);
	return next;
}

/* Signed already, it begins with the standing that its predecessor ends with. */
START_TEST(suspended_before_the_next_begins)
{
	struct agreement_input in;
	struct pact p;
	char *ref, *next;
	int64_t end;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.until_at = end = p.f.ctx.now_at + 10 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, BOTH, &in);
	next = renewal(&p, ref);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "grid", "leak"));
	p.f.ctx.now_at = end;
	has(&p, "C");
	ck_assert_str_eq(
	    pact_load(&p, CERT, next)->parties[0].suspended_why, "leak");
	fixture_ok(agreement_resume(pact_as(&p, CERT), next, 1, "grid"));
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* What is lifted is lifted there, too, unless it was another suspension. */
START_TEST(resumed_before_the_next_begins)
{
	struct agreement_input in;
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.until_at = p.f.ctx.now_at + 10 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, BOTH, &in);
	next = renewal(&p, ref);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "grid", "leak"));
	fixture_ok(agreement_resume(pact_as(&p, CERT), ref, 1, "grid"));
	ck_assert_int_eq(pact_load(&p, CERT, next)->parties[0].suspended_at, 0);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), next, 1, "grid", "later"));
	has(&p, "GC");
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "grid", "leak"));
	fixture_ok(agreement_resume(pact_as(&p, CERT), ref, 1, "grid"));
	has(&p, "GC");
	p.f.ctx.now_at = in.until_at;
	has(&p, "C");
	ck_assert_str_eq(
	    pact_load(&p, CERT, next)->parties[0].suspended_why, "later");
	pact_close(&p);
}
END_TEST

/* No gap and no overlap where a renewal begins. */
START_TEST(renewed_without_a_gap)
{
	struct agreement_input in;
	struct pact p;
	char *ref, *next;
	int64_t end;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.until_at = end = p.f.ctx.now_at + 10 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, BOTH, &in);
	next = renewal(&p, ref);
	ck_assert_int_eq(pact_load(&p, GRID, next)->state, AGREEMENT_SIGNED);
	p.f.ctx.now_at = end - 1;
	has(&p, "GC");
	p.f.ctx.now_at = end;
	has(&p, "GC");
	ck_assert_int_eq(pact_load(&p, GRID, ref)->end, END_AGREED);
	pact_close(&p);
}
END_TEST

/* An ended one is renewed by all who stayed to its end. */
START_TEST(renewed_after_the_end)
{
	struct agreement_version *v;
	struct agreement_input in;
	struct pact p;
	bool is_last;
	char *ref, *next;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(agreement_terminate(pact_as(&p, GRID), ref, 1, &is_last));
	fixture_ok(agreement_terminate(pact_as(&p, CERT), ref, 1, &is_last));
	has(&p, "");
	fixture_err(agreement_amend(pact_as(&p, GRID), ref, &next), ERR_STATE);
	fixture_ok(agreement_renew(pact_as(&p, GRID), ref, &next));
	fixture_ok(agreement_load_draft(&p.f.ctx, next, &v));
	in = pact_input(&p, 1 << GRID | 1 << WATER);
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit, &in, &fault));
	fixture_err(pact_try(&p, GRID, next, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "PartyReplaced");
	in = pact_input(&p, BOTH);
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit + 1, &in, &fault));
	fixture_ok(pact_try(&p, GRID, next, &fault));
	sign_both(&p, next);
	has(&p, "GC");
	pact_close(&p);
}
END_TEST

/* ---- who loses what ---------------------------------------------------- */

static void
advise(struct pact *p, enum member m, const char *first, const char *second,
    enum tlp label)
{
	const char *const circles[] = { first, second, NULL };
	const char *const nobody[] = { NULL };
	struct advisory_draft d = { .title = "It happened",
		.summary = "In short",
		.happened = "At length",
		.todo = "Do this",
		.label = label,
		.circles = circles,
		.named = nobody };
	struct fault why;
	char *ref;

	fixture_ok(advisory_create(pact_as(p, m), &d, &ref, &why));
	fixture_ok(advisory_publish(&p->f.ctx, ref, 1, &why));
}

/* Advisories and documents of its circle are lost alike. */
START_TEST(loss_of_documents)
{
	struct agreement_loss *l;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	advise(&p, CERT, CIRCLE, NULL, TLP_AMBER);
	pact_document(&p, CERT, CIRCLE, TLP_AMBER);
	pact_document(&p, GRID, CIRCLE, TLP_AMBER);
	pact_document(&p, CERT, CIRCLE, TLP_CLEAR);
	fixture_ok(agreement_loss(pact_as(&p, GRID), ref, NULL, &l));
	ck_assert_int_eq(l->rows[0].items, 2);
	ck_assert_int_eq(l->rows[1].items, 1);
	ck_assert_int_eq(l->rows[2].items, 3);
	pact_close(&p);
}
END_TEST

/* Whoever is not named does not learn by counts that there is something. */
START_TEST(loss_of_what_is_hidden)
{
	struct agreement_input in;
	struct agreement_loss *l;
	struct advisory_draft d;
	struct pact p;
	const char *circles[] = { CIRCLE, NULL };
	const char *named[3] = { NULL };
	struct fault why;
	char *ref, *red;

	pact_open(&p);
	in = pact_input(&p, THREE);
	in.max_label = TLP_RED;
	ref = pact_force_input(&p, GRID, THREE, &in);
	named[0] = p.who[CERT]->email;
	named[1] = p.who[WATER]->email;
	d = (struct advisory_draft){ .title = "Red",
		.summary = "s",
		.happened = "x",
		.todo = "y",
		.label = TLP_RED,
		.circles = circles,
		.named = named };
	fixture_ok(advisory_create(pact_as(&p, CERT), &d, &red, &why));
	fixture_ok(advisory_publish(&p.f.ctx, red, 1, &why));
	fixture_ok(agreement_loss(pact_as(&p, CERT), ref, NULL, &l));
	ck_assert_int_eq(l->rows[2].items, 1);
	fixture_ok(agreement_loss(pact_as(&p, WATER), ref, NULL, &l));
	ck_assert_int_eq(l->rows[2].items, 1);
	fixture_ok(agreement_loss(pact_as(&p, GRID), ref, NULL, &l));
	ck_assert_int_eq(l->rows[2].items, 0);
	pact_close(&p);
}
END_TEST

START_TEST(loss)
{
	struct agreement_loss *l;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	/* Lost to all but its source; then what others may read anyway. */
	advise(&p, CERT, CIRCLE, NULL, TLP_AMBER);
	advise(&p, CERT, CIRCLE, NULL, TLP_GREEN);
	advise(&p, CERT, CIRCLE, "community", TLP_GREEN);
	advise(&p, CERT, CIRCLE, "energy", TLP_GREEN);
	advise(&p, GRID, CIRCLE, NULL, TLP_CLEAR);
	fixture_ok(agreement_loss(pact_as(&p, GRID), ref, NULL, &l));
	ck_assert_int_eq((int)l->count, 3);
	ck_assert_int_eq((int)l->circle_count, 1);
	ck_assert_str_eq(l->circles[0].ref, CIRCLE);
	ck_assert_str_eq(l->rows[0].organisation_ref, "grid");
	ck_assert(l->rows[0].is_own);
	ck_assert_int_eq(l->rows[0].people, 3);
	ck_assert_int_eq(l->rows[0].items, 2); /* it has energy */
	ck_assert_int_eq(l->rows[1].items, 0);
	ck_assert_int_eq(l->rows[2].items, 3);
	ck_assert_int_eq(l->people, 5);
	fixture_ok(agreement_loss(pact_as(&p, GRID), ref, "water", &l));
	ck_assert_int_eq((int)l->count, 1);
	fixture_err(
	    agreement_loss(pact_as(&p, BANK), ref, NULL, &l), ERR_NOT_FOUND);
	/* Who has no access now loses none. */
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "water", "leak"));
	fixture_ok(agreement_loss(pact_as(&p, GRID), ref, NULL, &l));
	ck_assert_int_eq((int)l->count, 2);
	pact_close(&p);
}
END_TEST

/* ---- what was done ----------------------------------------------------- */

START_TEST(history_and_news)
{
	struct agreement_event *all;
	struct pact p;
	int64_t start;
	char *ref;
	size_t n;

	pact_open(&p);
	start = p.f.ctx.now_at;
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(
	    agreement_suspend(pact_as(&p, CERT), ref, 1, "grid", "leak"));
	fixture_ok(agreement_history(pact_as(&p, GRID), ref, &all, &n));
	ck_assert_int_eq((int)n, 5);
	ck_assert_str_eq(all[0].kind, "agreement.party-suspended");
	ck_assert_str_eq(all[0].party_name, "Grid");
	ck_assert_str_eq(all[0].organisation_name, "Cert");
	ck_assert_str_eq(all[1].kind, "agreement.in-force");
	ck_assert_str_eq(all[2].kind, "agreement.signed");
	ck_assert_str_eq(all[4].kind, "agreement.proposed");
	ck_assert_int_eq(all[4].version, 1);
	fixture_err(
	    agreement_history(pact_as(&p, BANK), ref, &all, &n), ERR_NOT_FOUND);
	/* News is what others did. */
	fixture_ok(agreement_news(pact_as(&p, GRID), start, &all, &n));
	ck_assert_int_eq((int)n, 3);
	ck_assert_str_eq(all[0].agreement_ref, ref);
	ck_assert_str_eq(all[0].agreement_title, "Exchange on the grid");
	fixture_ok(agreement_news(pact_as(&p, CERT), start, &all, &n));
	ck_assert_int_eq((int)n, 2);
	fixture_ok(agreement_news(pact_as(&p, BANK), start, &all, &n));
	ck_assert_int_eq((int)n, 0);
	fixture_ok(agreement_news(pact_as(&p, GRID), p.f.ctx.now_at, &all, &n));
	ck_assert_int_eq((int)n, 0);
	fixture_ok(agreement_news(pact_other(&p, VISITOR), 0, &all, &n));
	ck_assert_int_eq((int)n, 0);
	pact_close(&p);
}
END_TEST

/* What is asked for and taken back again does not fill a page. */
START_TEST(history_without_end)
{
	struct agreement_event *all;
	struct pact p;
	bool is_published;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	for (int i = 0; i < 501; i++) {
		fixture_ok(agreement_ask_publication(pact_as(&p, GRID), ref,
		    PUBLICATION_EVERYBODY, EXTENT_WHOLE, &is_published));
		fixture_ok(agreement_refuse_publication(&p.f.ctx, ref));
	}
	fixture_ok(agreement_history(&p.f.ctx, ref, &all, &n));
	ck_assert_uint_eq(n, 1000);
	ck_assert_str_eq(all[0].kind, "agreement.publication-refused");
	pact_close(&p);
}
END_TEST

UNIT_MAIN("agreement end", UNIT(notice_of_one_of_two),
    UNIT(notice_of_one_of_three), UNIT(notice_before_the_end),
    UNIT(notice_refused), UNIT(terminated_by_all),
    UNIT(terminated_with_the_suspended),
    UNIT(terminated_without_whom_the_keeper_suspended),
    UNIT(suspended_and_resumed), UNIT(resumed_under_notice),
    UNIT(replaced_at_that_instant), UNIT(suspended_in_the_next),
    UNIT(suspended_in_the_circle), UNIT(suspended_before_the_next_begins),
    UNIT(resumed_before_the_next_begins), UNIT(renewed_without_a_gap),
    UNIT(renewed_after_the_end), UNIT(loss), UNIT(loss_of_what_is_hidden),
    UNIT(loss_of_documents), UNIT(history_and_news), UNIT(history_without_end))
