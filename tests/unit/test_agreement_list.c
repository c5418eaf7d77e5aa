/* SPDX-License-Identifier: Apache-2.0 */
/* Lists, the register, publishing, and what "Today" asks for. */
#include "domain/agreement_list.h"

#include "pact.h"

enum { BOTH = 1 << GRID | 1 << CERT, THREE = BOTH | 1 << WATER };

static struct agreement_fault fault;
static bool is_published;

/* The refs of a list, their years left out, joined by spaces. */
static const char *
refs(struct pact *p, const struct agreement_list *list)
{
	char *text = arena_copy(p->f.arena, "");

	for (size_t i = 0; i < list->count; i++)
		text = arena_printf(p->f.arena, "%s%s%s", text,
		    i > 0 ? " " : "", list->rows[i].ref + strlen("AGR-2026-"));
	return text;
}

static const char *
own(struct pact *p, struct agreement_filter f)
{
	struct agreement_list list;

	fixture_ok(agreement_list(&p->f.ctx, &f, &list));
	return refs(p, &list);
}

static const char *
listed(struct pact *p, struct agreement_filter f, bool is_public)
{
	struct agreement_list list;

	fixture_ok(agreement_register(&p->f.ctx, &f, is_public, &list));
	return refs(p, &list);
}

#define OF(...) ((struct agreement_filter){ .kind = -1, __VA_ARGS__ })

/* ---- the own ones ------------------------------------------------------ */

START_TEST(own_by_group)
{
	struct agreement_input in;
	struct agreement_list list;
	struct agreement_filter f = OF(.group = GROUP_ALL);
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	pact_draft(&p, GRID, &in); /* 0006 */
	in.kind = AGREEMENT_AUDIT;
	in.auditor = "court";
	in.sectors = 8;
	ref = pact_force_input(&p, GRID, BOTH, &in); /* 0007 */
	ref = pact_propose(&p, CERT, THREE);	     /* 0008 */
	ref = pact_propose(&p, CERT, THREE);	     /* 0009 */
	fixture_ok(agreement_withdraw(pact_as(&p, CERT), ref, 1, "no"));
	pact_propose(&p, CERT, 1 << CERT | 1 << BANK); /* 0010 */
	pact_as(&p, GRID);
	/* The own charter, on paper, is the oldest. */
	ck_assert_str_eq(
	    own(&p, OF(.group = GROUP_ALL)), "0009 0008 0007 0006 0001");
	ck_assert_str_eq(own(&p, OF(.group = GROUP_DRAFTS)), "0006");
	ck_assert_str_eq(own(&p, OF(.group = GROUP_PROPOSED)), "0008");
	ck_assert_str_eq(own(&p, OF(.group = GROUP_IN_FORCE)), "0007 0001");
	ck_assert_str_eq(own(&p, OF(.group = GROUP_ENDED)), "0009");
	f.kind = AGREEMENT_AUDIT;
	ck_assert_str_eq(own(&p, f), "0007");
	ck_assert_str_eq(own(&p, OF(.sectors = 8 | 2)), "0007");
	ck_assert_str_eq(own(&p, OF(.organisation = "water")), "0009 0008");
	ck_assert_str_eq(own(&p, OF(.organisation = "bank")), "");
	pact_as(&p, CERT);
	ck_assert_str_eq(
	    own(&p, OF(.group = GROUP_ALL)), "0010 0009 0008 0007 0002");
	pact_other(&p, COURT);
	ck_assert_str_eq(own(&p, OF(.group = GROUP_ALL)), "0007");
	pact_other(&p, VISITOR);
	ck_assert_str_eq(own(&p, OF(.group = GROUP_ALL)), "");
	pact_as(&p, GRID);
	f = OF(.group = GROUP_ALL);
	fixture_ok(agreement_list(&p.f.ctx, &f, &list));
	ck_assert_int_eq((int)list.rows[1].party_count, 3);
	ck_assert_str_eq(list.rows[1].parties[2], "Water");
	ck_assert_ptr_null(list.rows[1].parties[3]);
	ck_assert_int_eq(list.rows[2].signatures, 2);
	ck_assert(list.rows[2].has_signed && list.rows[3].has_draft);
	ck_assert_str_eq(list.rows[3].title, "Exchange on the grid");
	ck_assert_str_eq(list.rows[4].title, "");
	ck_assert(list.rows[4].is_on_paper);
	ck_assert_str_eq(list.rows[4].parties[0], "Grid");
	pact_close(&p);
}
END_TEST

/* Another organisation's draft of the next version is its own. */
START_TEST(drafts_of_others)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_ok(agreement_revise(pact_as(&p, CERT), ref));
	ck_assert_str_eq(own(&p, OF(.group = GROUP_DRAFTS)), "0006");
	ck_assert(pact_load(&p, CERT, ref)->has_draft);
	pact_as(&p, GRID);
	ck_assert_str_eq(own(&p, OF(.group = GROUP_DRAFTS)), "");
	ck_assert(!pact_load(&p, GRID, ref)->has_draft);
	pact_close(&p);
}
END_TEST

START_TEST(page_by_page)
{
	struct agreement_filter f = OF(.limit = 2);
	struct agreement_list list;
	struct pact p;

	pact_open(&p);
	for (int i = 0; i < 4; i++)
		pact_propose(&p, GRID, BOTH);
	pact_as(&p, GRID);
	fixture_ok(agreement_list(&p.f.ctx, &f, &list));
	ck_assert_str_eq(refs(&p, &list), "0009 0008");
	f.before = list.next;
	fixture_ok(agreement_list(&p.f.ctx, &f, &list));
	ck_assert_str_eq(refs(&p, &list), "0007 0006");
	f.before = list.next;
	fixture_ok(agreement_list(&p.f.ctx, &f, &list));
	ck_assert_str_eq(refs(&p, &list), "0001");
	ck_assert_int_eq(list.next, 0);
	pact_close(&p);
}
END_TEST

/* ---- publishing -------------------------------------------------------- */

static void
publish(struct pact *p, const char *ref, enum agreement_publication to,
    enum agreement_extent extent)
{
	fixture_ok(agreement_ask_publication(
	    pact_as(p, GRID), ref, to, extent, &is_published));
	fixture_ok(agreement_agree_publication(
	    pact_as(p, CERT), ref, to, extent, &is_published));
	ck_assert(is_published);
}

START_TEST(the_register)
{
	struct agreement_filter f = OF(.limit = 1);
	struct agreement_list list;
	struct pact p;
	char *a, *b;

	pact_open(&p);
	a = pact_force(&p, GRID, BOTH);
	b = pact_force(&p, GRID, BOTH);
	pact_force(&p, GRID, BOTH);
	publish(&p, b, PUBLICATION_EVERYBODY, EXTENT_WHOLE);
	publish(&p, a, PUBLICATION_COMMUNITY, EXTENT_TERMS);
	pact_as(&p, BANK);
	ck_assert_str_eq(
	    listed(&p, OF(.group = GROUP_ALL), false), "0006 0007");
	ck_assert_str_eq(listed(&p, OF(.group = GROUP_ALL), true), "0007");
	pact_other(&p, VISITOR);
	ck_assert_str_eq(listed(&p, OF(.group = GROUP_ALL), false), "0007");
	pact_other(&p, KEEPER);
	ck_assert_str_eq(listed(&p, OF(.group = GROUP_ALL), false), "0007");
	pact_as(&p, BANK);
	ck_assert_str_eq(
	    listed(&p, OF(.organisation = "cert"), false), "0006 0007");
	ck_assert_str_eq(listed(&p, OF(.organisation = "water"), false), "");
	ck_assert_str_eq(listed(&p, OF(.sectors = 2), false), "");
	ck_assert_str_eq(listed(&p, OF(.group = GROUP_ENDED), false), "");
	ck_assert_str_eq(
	    listed(&p, OF(.group = GROUP_DRAFTS), false), "0006 0007");
	fixture_ok(agreement_register(&p.f.ctx, &f, false, &list));
	ck_assert_str_eq(refs(&p, &list), "0006");
	ck_assert_int_eq(list.rows[0].signatures, 0);
	f.before = list.next;
	fixture_ok(agreement_register(&p.f.ctx, &f, false, &list));
	ck_assert_str_eq(refs(&p, &list), "0007");
	ck_assert_int_eq(list.next, 0);
	pact_close(&p);
}
END_TEST

START_TEST(published_by_all)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_err(agreement_ask_publication(pact_as(&p, GRID), ref,
			PUBLICATION_NONE, EXTENT_WHOLE, &is_published),
	    ERR_INVALID);
	fixture_err(agreement_ask_publication(pact_other(&p, READER), ref,
			PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published),
	    ERR_FORBIDDEN);
	fixture_err(agreement_ask_publication(pact_as(&p, BANK), ref,
			PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published),
	    ERR_NOT_FOUND);
	fixture_ok(agreement_ask_publication(pact_as(&p, GRID), ref,
	    PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published));
	fixture_ok(agreement_agree_publication(pact_as(&p, CERT), ref,
	    PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published));
	ck_assert(!is_published);
	fixture_err(agreement_agree_publication(pact_as(&p, CERT), ref,
			PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published),
	    ERR_STATE);
	/* Something else is asked: a yes to the first is no yes to it. */
	fixture_ok(agreement_ask_publication(pact_as(&p, GRID), ref,
	    PUBLICATION_EVERYBODY, EXTENT_WHOLE, &is_published));
	fixture_err(agreement_agree_publication(pact_as(&p, WATER), ref,
			PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published),
	    ERR_STALE);
	fixture_ok(agreement_agree_publication(pact_as(&p, WATER), ref,
	    PUBLICATION_EVERYBODY, EXTENT_WHOLE, &is_published));
	ck_assert(!is_published);
	fixture_ok(agreement_refuse_publication(pact_as(&p, CERT), ref));
	fixture_err(
	    agreement_refuse_publication(pact_as(&p, CERT), ref), ERR_STATE);
	fixture_err(agreement_agree_publication(pact_as(&p, CERT), ref,
			PUBLICATION_EVERYBODY, EXTENT_WHOLE, &is_published),
	    ERR_STATE);
	fixture_err(agreement_unpublish(pact_as(&p, CERT), ref), ERR_STATE);
	ck_assert_int_eq(
	    pact_load(&p, GRID, ref)->publication, PUBLICATION_NONE);
	pact_close(&p);
}
END_TEST

START_TEST(published_so_already)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_err(agreement_ask_publication(pact_as(&p, GRID), ref,
			PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published),
	    ERR_STATE);
	pact_sign(&p, ref, GRID);
	pact_sign(&p, ref, CERT);
	publish(&p, ref, PUBLICATION_EVERYBODY, EXTENT_TERMS);
	fixture_err(agreement_ask_publication(pact_as(&p, GRID), ref,
			PUBLICATION_EVERYBODY, EXTENT_TERMS, &is_published),
	    ERR_STATE);
	fixture_ok(agreement_unpublish(pact_as(&p, CERT), ref));
	fixture_err(agreement_unpublish(pact_as(&p, CERT), ref), ERR_STATE);
	pact_other(&p, VISITOR);
	ck_assert_str_eq(listed(&p, OF(.group = GROUP_ALL), false), "");
	pact_close(&p);
}
END_TEST

/* ---- today ------------------------------------------------------------- */

/* "ref:wait" of what waits, joined by spaces. */
static const char *
waits(struct pact *p, enum member m)
{
	struct agreement_waiting *all;
	char *text = arena_copy(p->f.arena, "");
	size_t n;

	fixture_ok(agreement_awaiting(pact_as(p, m), &all, &n));
	for (size_t i = 0; i < n; i++)
		text = arena_printf(p->f.arena, "%s%s%s:%s", text,
		    i > 0 ? " " : "", all[i].ref + strlen("AGR-2026-"),
		    agreement_waits[all[i].wait]);
	return text;
}

START_TEST(what_waits)
{
	struct agreement_input in;
	struct pact p;
	bool is_last;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, THREE);
	in.order = ORDER_SEQUENCE;
	ref = pact_propose_input(&p, CERT, &in);
	ck_assert_str_eq(waits(&p, GRID), "0006:signature");
	ck_assert_str_eq(waits(&p, CERT), "");
	ck_assert_str_eq(waits(&p, BANK), "");
	pact_sign(&p, ref, GRID);
	ck_assert_str_eq(waits(&p, GRID), "");
	ck_assert_str_eq(waits(&p, CERT), "0006:signature");
	pact_sign(&p, ref, CERT);
	pact_sign(&p, ref, WATER);
	ck_assert_str_eq(waits(&p, WATER), "");
	fixture_ok(agreement_ask_publication(pact_as(&p, GRID), ref,
	    PUBLICATION_COMMUNITY, EXTENT_WHOLE, &is_published));
	fixture_ok(agreement_terminate(pact_as(&p, WATER), ref, 1, &is_last));
	ck_assert_str_eq(waits(&p, CERT), "0006:publishing 0006:ending");
	ck_assert_str_eq(waits(&p, GRID), "0006:ending");
	ck_assert_str_eq(waits(&p, WATER), "0006:publishing");
	pact_close(&p);
}
END_TEST

static const struct {
	int left; /* days to the end */
	int days; /* that is said; 0: nothing yet */
} reminders[] = { { 91, 0 }, { 90, 90 }, { 31, 90 }, { 30, 30 }, { 8, 30 },
	{ 7, 7 }, { 1, 7 }, { 0, 0 } };

START_TEST(what_ends)
{
	struct agreement_ending *all;
	struct agreement_input in;
	struct pact p;
	char *ref;
	size_t n;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.until_at = p.f.ctx.now_at + 200 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, BOTH, &in);
	pact_as(&p, CERT);
	p.f.ctx.now_at = in.until_at - reminders[_i].left * CLOCK_DAY;
	fixture_ok(agreement_ending(&p.f.ctx, &all, &n));
	ck_assert_int_eq((int)n, reminders[_i].days != 0);
	if (n > 0) {
		ck_assert_str_eq(all[0].ref, ref);
		ck_assert_int_eq(all[0].days, reminders[_i].days);
		ck_assert_int_eq(all[0].ends_at, in.until_at);
		ck_assert(!all[0].is_notice);
	}
	fixture_as(&p.f, p.who[BANK]);
	fixture_ok(agreement_ending(&p.f.ctx, &all, &n));
	ck_assert_int_eq((int)n, 0);
	pact_close(&p);
}
END_TEST

/* By notice; and not any more once a successor is signed. */
START_TEST(ends_otherwise)
{
	struct agreement_ending *all;
	struct agreement_input in;
	struct pact p;
	int64_t leaves_at;
	bool is_for_all;
	char *ref, *next;
	size_t n;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_notice(
	    pact_as(&p, WATER), ref, 1, "x", &leaves_at, &is_for_all));
	fixture_ok(agreement_ending(pact_as(&p, WATER), &all, &n));
	ck_assert_int_eq((int)n, 1);
	ck_assert(all[0].is_notice);
	ck_assert_int_eq(all[0].ends_at, leaves_at);
	fixture_ok(agreement_ending(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq((int)n, 0);
	in = pact_input(&p, BOTH);
	in.until_at = p.f.ctx.now_at + 20 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, BOTH, &in);
	fixture_ok(agreement_renew(pact_as(&p, GRID), ref, &next));
	fixture_ok(pact_try(&p, GRID, next, &fault));
	fixture_ok(agreement_ending(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq((int)n, 1);
	ck_assert_str_eq(all[0].successor, next);
	pact_sign(&p, next, GRID);
	pact_sign(&p, next, CERT);
	fixture_ok(agreement_ending(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq((int)n, 0);
	pact_close(&p);
}
END_TEST

/* ---- circles ----------------------------------------------------------- */

START_TEST(who_has_a_circle)
{
	struct agreement_input in;
	struct circle_opening *all;
	struct circle c;
	struct pact p;
	size_t n;

	pact_open(&p);
	pact_force(&p, GRID, BOTH);
	in = pact_input(&p, THREE);
	in.circle = "agr-2026-0006";
	in.max_label = TLP_GREEN;
	in.until_at = p.f.ctx.now_at + 100 * CLOCK_DAY;
	pact_force_input(&p, GRID, THREE, &in);
	fixture_ok(
	    circle_openings(pact_as(&p, WATER), "agr-2026-0006", &all, &n));
	ck_assert_int_eq((int)n, 5);
	/* By name: cert by two, grid by two, water by the second. */
	ck_assert_str_eq(all[0].organisation_ref, "cert");
	ck_assert_ptr_null(all[0].agreement_ref);
	ck_assert_int_eq(all[0].max_label, TLP_AMBER);
	ck_assert_str_eq(all[1].agreement_ref, "AGR-2026-0007");
	ck_assert_int_eq(all[1].until_at, in.until_at);
	ck_assert(all[4].is_own);
	fixture_ok(
	    circle_openings(pact_as(&p, GRID), "agr-2026-0006", &all, &n));
	ck_assert_str_eq(all[0].agreement_ref, "AGR-2026-0006");
	ck_assert_str_eq(all[0].agreement_title, "Exchange on the grid");
	fixture_err(
	    circle_load(pact_as(&p, BANK), "agr-2026-0006", &c), ERR_NOT_FOUND);
	fixture_err(
	    circle_openings(pact_as(&p, BANK), "agr-2026-0006", &all, &n),
	    ERR_NOT_FOUND);
	fixture_ok(circle_load(pact_as(&p, BANK), "community", &c));
	ck_assert_int_eq(c.kind, CIRCLE_COMMUNITY);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("agreement list", UNIT(own_by_group), UNIT(drafts_of_others),
    UNIT(page_by_page), UNIT(the_register), UNIT(published_by_all),
    UNIT(published_so_already), UNIT(what_waits),
    UNIT_ROWS(what_ends, reminders), UNIT(ends_otherwise),
    UNIT(who_has_a_circle))
