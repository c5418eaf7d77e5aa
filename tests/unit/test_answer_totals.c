/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which sums may stand side by side.  The tests of what they count are in
 * test_answer.c.
 */
#include "world.h"

enum { MANY = 24 };

/* Sectors of the table: public administration, space, postal. */
#define P 256
#define S 512
#define M 1024
#define PS (P | S)
#define PSM (P | S | M)

static const struct {
	int64_t sectors[MANY];
	const char *told; /* P, S, M, and * for the whole */
} cases[] = {
	/* Disjoint, and everybody: the whole says nothing new. */
	{ { P, P, P, P, P, S, S, S, S, S }, "PS*" },
	/* P + S - whole would be the two who are in both. */
	{ { P, P, P, P, P, PS, PS, S, S, S, S, S }, "PS" },
	/* With five outside of both, every result has these or five more. */
	{ { P, P, P, P, P, PS, PS, S, S, S, S, S, M, M, M, M, M }, "PSM" },
	/* P - S would be four. */
	{ { P, P, PS, PS, PS, PS, PS, S, S }, "P" },
	/* S is in P, with five to spare. */
	{ { P, P, P, P, P, PS, PS, PS, PS, PS }, "PS*" },
	/* M = P + S - 2 PS: two in both again, by way of a third. */
	{ { P | M, P | M, P | M, P | M, P | M, PSM, PSM, S | M, S | M, S | M,
	      S | M, S | M },
	    "PS" },
};

static bool
is_told(const struct answer_totals *totals, size_t n, int sector)
{
	for (size_t i = 0; i < n; i++)
		if (totals[i].sector == sector)
			return true;
	return false;
}

START_TEST(side_by_side)
{
	const char *circles[] = { "public-administration", "space", "postal",
		NULL };
	struct answer_totals *totals;
	struct advisory_draft d;
	struct advisory *a;
	struct person *one = NULL;
	struct world w;
	int64_t all = 0;
	char *ref;
	size_t n;

	world_open(&w);
	for (int i = 0; i < MANY && cases[_i].sectors[i] != 0; i++)
		one = world_person(&w, arena_printf(w.f.arena, "Member %d", i),
		    ORG_OPERATOR, cases[_i].sectors[i], 0);
	d = world_draft(&w, "Asks", TLP_AMBER, NULL);
	d.circles = circles;
	/* A circle that nobody is in cannot be addressed. */
	for (int i = 0; i < MANY; i++)
		all |= cases[_i].sectors[i];
	if ((all & M) == 0)
		circles[2] = NULL;
	ref = world_create(&w, &d);
	fixture_ok(world_try_publish(&w, ref));
	fixture_as(&w.f, one);
	fixture_ok(advisory_load(&w.f.ctx, ref, &a));
	fixture_ok(answer_totals(&w.f.ctx, a, &totals, &n));
	ck_assert_uint_eq(n, strlen(cases[_i].told));
	ck_assert(
	    is_told(totals, n, 8) == (strchr(cases[_i].told, 'P') != NULL));
	ck_assert(
	    is_told(totals, n, 9) == (strchr(cases[_i].told, 'S') != NULL));
	ck_assert(
	    is_told(totals, n, 10) == (strchr(cases[_i].told, 'M') != NULL));
	ck_assert(
	    is_told(totals, n, -1) == (strchr(cases[_i].told, '*') != NULL));
	world_close(&w);
}
END_TEST

/* The source does not answer itself: with it they are five, but four who do. */
START_TEST(picture_beside_its_source)
{
	struct sector_picture p;
	struct world w;

	world_open(&w);
	for (int i = 0; i < 4; i++)
		world_person(&w, arena_printf(w.f.arena, "Member %d", i),
		    ORG_OPERATOR, P, 0);
	w.who[AUTHOR] =
	    world_person(&w, "Source", ORG_OPERATOR, P, ROLE_PUBLISHER);
	fixture_ok(sector_picture(&w.f.ctx, 8, 0, &p));
	ck_assert_int_eq(p.organisations, 5);
	ck_assert(p.has_totals);
	world_publish(&w, "Mine", TLP_AMBER, "public-administration");
	fixture_ok(sector_picture(&w.f.ctx, 8, 0, &p));
	ck_assert_int_eq(p.organisations, 5);
	ck_assert(!p.has_totals);
	world_person(&w, "Fifth", ORG_OPERATOR, P, 0);
	fixture_ok(sector_picture(&w.f.ctx, 8, 0, &p));
	ck_assert(p.has_totals);
	world_close(&w);
}
END_TEST

UNIT_MAIN("answer_totals", UNIT_ROWS(side_by_side, cases),
    UNIT(picture_beside_its_source))
