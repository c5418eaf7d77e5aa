/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Against the textbook's table of all prefixes, which is quadratic and plainly
 * right.
 */
#include "base/arena.h"
#include "base/lcs.h"
#include "unit.h"

enum { MAX = 40, IDS = 256, STEPS = 1 << 20, ARENA = 16 << 20 };

struct sequence {
	uint32_t ids[MAX];
	size_t count;
	bool is_common[MAX];
};

static uint32_t state;

/* xorshift (Marsaglia 2003): the same numbers in every run. */
static uint32_t
next(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

static size_t
longest(const struct sequence *a, const struct sequence *b)
{
	size_t table[MAX + 1][MAX + 1] = { { 0 } };

	for (size_t i = 1; i <= a->count; i++)
		for (size_t j = 1; j <= b->count; j++) {
			size_t up = table[i - 1][j], aside = table[i][j - 1];

			table[i][j] = up > aside ? up : aside;
			if (a->ids[i - 1] == b->ids[j - 1])
				table[i][j] = table[i - 1][j - 1] + 1;
		}
	return table[a->count][b->count];
}

/* Pairs in order are equal; how many there are. */
static size_t
common(const struct lcs_side *a, const struct lcs_side *b)
{
	size_t i = 0, j = 0, n = 0;

	for (;; i++, j++, n++) {
		while (i < a->count && !a->is_common[i])
			i++;
		while (j < b->count && !b->is_common[j])
			j++;
		if (i == a->count || j == b->count)
			break;
		ck_assert_uint_eq(a->ids[i], b->ids[j]);
	}
	ck_assert(i == a->count && j == b->count);
	return n;
}

static struct lcs_side
side(struct sequence *s)
{
	return (struct lcs_side){ s->ids, s->count, s->is_common };
}

static size_t
mark(struct lcs *l, struct sequence *a, struct sequence *b)
{
	struct lcs_side left = side(a), right = side(b);

	lcs_mark(l, &left, &right);
	return common(&left, &right);
}

static void
fill(struct sequence *s, uint32_t alphabet)
{
	s->count = next(MAX + 1);
	memset(s->is_common, true, sizeof(s->is_common));
	for (size_t i = 0; i < s->count; i++)
		s->ids[i] = next(alphabet);
}

static const uint32_t alphabets[] = { 1, 2, 3, 4, 8, 20, IDS };

START_TEST(is_longest)
{
	struct arena *a = arena_new(ARENA);
	struct lcs *l = lcs_new(a, MAX, IDS, 1 << 30);
	struct sequence left, right;

	state = 2463534242U + (uint32_t)_i;
	for (int round = 0; round < 4000; round++) {
		fill(&left, alphabets[_i]);
		fill(&right, alphabets[_i]);
		ck_assert_uint_eq(
		    mark(l, &left, &right), longest(&left, &right));
	}
	ck_assert_int_ge(lcs_left(l), 0);
	arena_free(a);
}
END_TEST

/* Any bound gives pairs that are equal, in order. */
START_TEST(stops_in_time)
{
	bool was_cut = false;

	state = 88675123;
	for (long steps = 0; steps < 200; steps++) {
		struct arena *a = arena_new(ARENA);
		struct lcs *l = lcs_new(a, MAX, IDS, steps);
		struct sequence left, right;

		fill(&left, 3);
		fill(&right, 3);
		ck_assert_uint_le(
		    mark(l, &left, &right), longest(&left, &right));
		was_cut |= lcs_left(l) < 0;
		arena_free(a);
	}
	ck_assert(was_cut);
}
END_TEST

enum { LARGE = 65536 };

/* Two long ones that share every number, and hardly any order. */
START_TEST(large_is_bounded)
{
	static uint32_t ids[2][LARGE];
	static bool marks[2][LARGE];
	struct arena *a = arena_new(ARENA);
	struct lcs *l = lcs_new(a, LARGE, IDS, 4 * STEPS);
	struct lcs_side left = { ids[0], LARGE, marks[0] };
	struct lcs_side right = { ids[1], LARGE, marks[1] };

	ck_assert_uint_le(arena_used(a), 32 * LARGE + 8 * IDS + 1024);
	state = 123456789;
	for (int i = 0; i < LARGE; i++) {
		ids[0][i] = next(IDS);
		ids[1][i] = next(IDS);
	}
	lcs_mark(l, &left, &right);
	common(&left, &right);
	ck_assert_int_lt(lcs_left(l), 0);
	arena_free(a);
}
END_TEST

/* Nothing shared, or all but one: no work to speak of. */
START_TEST(easy_is_cheap)
{
	static uint32_t ids[2][LARGE];
	static bool marks[2][LARGE];
	struct arena *a = arena_new(ARENA);
	struct lcs *l = lcs_new(a, LARGE, 2 * LARGE, 3 * LARGE);
	struct lcs_side left = { ids[0], LARGE, marks[0] };
	struct lcs_side right = { ids[1], LARGE, marks[1] };

	for (uint32_t i = 0; i < LARGE; i++) {
		ids[0][i] = i;
		ids[1][i] = LARGE + i;
	}
	lcs_mark(l, &left, &right);
	ck_assert_uint_eq(common(&left, &right), 0);
	memcpy(ids[1], ids[0], sizeof(ids[0]));
	ids[1][LARGE / 2] = 0;
	lcs_mark(l, &left, &right);
	ck_assert_uint_eq(common(&left, &right), LARGE - 1);
	ck_assert_int_ge(lcs_left(l), 0);
	arena_free(a);
}
END_TEST

UNIT_MAIN("lcs", UNIT_ROWS(is_longest, alphabets), UNIT(stops_in_time),
    UNIT(large_is_bounded), UNIT(easy_is_cheap))
