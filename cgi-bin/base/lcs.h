/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What two sequences of numbers have in common, in order: a longest common
 * subsequence, by Myers' algorithm in linear space ("An O(ND) Difference
 * Algorithm and Its Variations", 1986, §4b), with a bound on the work.
 *
 * Numbers that only one side has are left out before, so two sequences that
 * share nothing cost nothing.  Where the bound is reached, what is between
 * the elements known by then counts as not common: a right answer still, if
 * not a longest.  The same input always gives the same answer.
 */
#ifndef BASE_LCS_H
#define BASE_LCS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct lcs_side {
	const uint32_t *ids;
	size_t count;
	bool *is_common; /* out, `count` of them */
};

struct lcs;

/*
 * What calls of lcs_mark() share: sides of up to `max` elements each, ids
 * below `ids`, and `steps` of work for all calls together (a comparison or a
 * diagonal visited each).  Takes 32 bytes for each of `max`, 8 for each id.
 */
struct lcs *lcs_new(struct arena *, size_t max, size_t ids, long steps);

/* Marks on both sides the same number of elements, pairwise equal in order. */
void lcs_mark(
    struct lcs *, const struct lcs_side *left, const struct lcs_side *right);

/* Steps that are left; below 0 when the bound was reached. */
long lcs_left(const struct lcs *);

#endif
