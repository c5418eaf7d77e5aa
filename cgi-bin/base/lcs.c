/* SPDX-License-Identifier: Apache-2.0 */
#include "base/lcs.h"

#include <string.h>

#include "base/arena.h"

enum { LEFT, RIGHT, SIDES };

/* One side without what the other has not. */
struct packed {
	uint32_t *ids;
	uint32_t *at; /* where each was in the whole side */
	int count;
	bool *is_common; /* of the whole side */
};

struct lcs {
	struct packed side[SIDES];
	uint32_t *seen[SIDES]; /* by id: the last call that saw it there */
	uint32_t call;
	/*
	 * How far a path has come on each diagonal, counted in elements of
	 * the left side: from the start, and from the end backwards.
	 */
	int32_t *reach[SIDES];
	long steps;
};

/* A part of both sides: elements from `at`, `n` of the left, `m` of the
   right. */
struct box {
	int at[SIDES];
	int n, m;
};

struct lcs *
lcs_new(struct arena *a, size_t max, size_t ids, long steps)
{
	struct lcs *l = arena_alloc(a, sizeof(*l));

	for (int s = 0; s < SIDES; s++) {
		l->side[s].ids = arena_array(a, max, sizeof(uint32_t));
		l->side[s].at = arena_array(a, max, sizeof(uint32_t));
		l->seen[s] = arena_array(a, ids, sizeof(uint32_t));
		/* Diagonals from -m-1 to n+1. */
		l->reach[s] = arena_array(a, 2 * max + 3, sizeof(int32_t));
	}
	l->steps = steps;
	return l;
}

long
lcs_left(const struct lcs *l)
{
	return l->steps;
}

static void
keep(struct lcs *l, int left, int right)
{
	l->side[LEFT].is_common[l->side[LEFT].at[left]] = true;
	l->side[RIGHT].is_common[l->side[RIGHT].at[right]] = true;
}

static bool
is_same(const struct lcs *l, int left, int right)
{
	return l->side[LEFT].ids[left] == l->side[RIGHT].ids[right];
}

/* Equal beginnings and ends are always part of a longest one. */
static void
trim(struct lcs *l, struct box *b)
{
	while (b->n > 0 && b->m > 0 && is_same(l, b->at[LEFT], b->at[RIGHT])) {
		keep(l, b->at[LEFT]++, b->at[RIGHT]++);
		b->n--;
		b->m--;
	}
	while (b->n > 0 && b->m > 0 &&
	    is_same(l, b->at[LEFT] + b->n - 1, b->at[RIGHT] + b->m - 1)) {
		b->n--;
		b->m--;
		keep(l, b->at[LEFT] + b->n, b->at[RIGHT] + b->m);
	}
}

/* From x and y on, forwards or from the end backwards: the new x. */
static int
slide(const struct lcs *l, const struct box *b, int x, int y, bool is_back)
{
	int left = is_back ? b->at[LEFT] + b->n - 1 : b->at[LEFT];
	int right = is_back ? b->at[RIGHT] + b->m - 1 : b->at[RIGHT];
	int way = is_back ? -1 : 1;

	while (x < b->n && y < b->m &&
	    is_same(l, left + way * x, right + way * y)) {
		x++;
		y++;
	}
	return x;
}

/*
 * All paths of one direction go on by one more difference, to `d`.  True when
 * one meets a path of the other direction: *middle is where.  A path backwards
 * on diagonal k is on delta - k for one forwards.
 */
static bool
advance(
    struct lcs *l, const struct box *b, int d, bool is_back, int middle[SIDES])
{
	int32_t *own = l->reach[is_back] + b->m + 1;
	const int32_t *other = l->reach[!is_back] + b->m + 1;
	int delta = b->n - b->m, far = is_back ? d : d - 1;
	int first = d > b->m ? d - 2 * b->m : -d;
	int last = d > b->n ? 2 * b->n - d : d;
	bool may_meet = (delta % 2 != 0) != is_back;

	for (int k = first; k <= last; k += 2) {
		bool is_down = k == -d || (k != d && own[k - 1] < own[k + 1]);
		int from = is_down ? own[k + 1] : own[k - 1] + 1;
		int x = slide(l, b, from, from - k, is_back), back = delta - k;

		own[k] = x;
		l->steps -= 1 + x - from;
		if (may_meet && back >= -far && back <= far &&
		    x + other[back] >= b->n) {
			middle[LEFT] = is_back ? b->n - x : x;
			middle[RIGHT] = is_back ? b->m - (x - k) : x - k;
			return true;
		}
	}
	return false;
}

/* A point on a shortest path; false when the work is used up. */
static bool
find_middle(struct lcs *l, const struct box *b, int middle[SIDES])
{
	l->reach[0][b->m + 2] = 0;
	l->reach[1][b->m + 2] = 0;
	for (int d = 0; l->steps >= 0; d++)
		if (advance(l, b, d, false, middle) ||
		    advance(l, b, d, true, middle))
			return true;
	return false;
}

/* Each half has half of the differences: the recursion is shallow. */
static void
mark(struct lcs *l, struct box b)
{
	int middle[SIDES];

	for (;;) {
		trim(l, &b);
		if (b.n == 0 || b.m == 0 || !find_middle(l, &b, middle))
			return;
		mark(l,
		    (struct box){ { b.at[LEFT], b.at[RIGHT] }, middle[LEFT],
			middle[RIGHT] });
		b.at[LEFT] += middle[LEFT];
		b.at[RIGHT] += middle[RIGHT];
		b.n -= middle[LEFT];
		b.m -= middle[RIGHT];
	}
}

static void
pack(struct lcs *l, int which, const struct lcs_side *side)
{
	struct packed *p = &l->side[which];

	p->count = 0;
	p->is_common = side->is_common;
	for (size_t i = 0; i < side->count; i++) {
		side->is_common[i] = false;
		if (l->seen[!which][side->ids[i]] != l->call)
			continue;
		p->ids[p->count] = side->ids[i];
		p->at[p->count++] = (uint32_t)i;
	}
}

void
lcs_mark(
    struct lcs *l, const struct lcs_side *left, const struct lcs_side *right)
{
	l->call++;
	for (size_t i = 0; i < left->count; i++)
		l->seen[LEFT][left->ids[i]] = l->call;
	for (size_t i = 0; i < right->count; i++)
		l->seen[RIGHT][right->ids[i]] = l->call;
	pack(l, LEFT, left);
	pack(l, RIGHT, right);
	mark(l,
	    (struct box){
		{ 0, 0 }, l->side[LEFT].count, l->side[RIGHT].count });
}
