/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/merkle_trail.h"

#include <string.h>

void
merkle_trail_start(struct merkle_trail *t, const struct merkle_point *tree)
{
	memset(t, 0, sizeof(*t));
	t->tree = *tree;
}

/* The way up: node `at` of the height, whose last node is `last`. */
struct way {
	uint64_t at, last;
	int height;
	uint8_t hash[MERKLE_HASH];
};

/* The last node of a height has, when even, no sibling: it goes up as it is. */
static void
pass_alone(struct way *w)
{
	while (w->at == w->last && (w->at & 1) == 0 && w->at != 0) {
		w->at >>= 1;
		w->last >>= 1;
		w->height++;
	}
}

static bool
is_left_next(const struct way *w)
{
	return (w->at & 1) != 0;
}

static void
go_up(struct way *w, const uint8_t beside[MERKLE_HASH])
{
	if (is_left_next(w))
		merkle_node(beside, w->hash, w->hash);
	else
		merkle_node(w->hash, beside, w->hash);
	w->at >>= 1;
	w->last >>= 1;
	w->height++;
}

static struct merkle_step
step_of(const struct way *w, const uint8_t beside[MERKLE_HASH], size_t left)
{
	struct merkle_step s = {
		.is_known = true, .at = w->at, .beside = w->at ^ 1, .left = left
	};

	memcpy(s.hash, w->hash, MERKLE_HASH);
	memcpy(s.beside_hash, beside, MERKLE_HASH);
	return s;
}

/* Are the proof's hashes from `i` on those of the last one from there up? */
static bool
same_from(const struct merkle_trail *t, const struct merkle_proof *proof,
    size_t i, size_t left)
{
	if (proof->n - i != left)
		return false;
	for (; left > 0; i++, left--)
		if (memcmp(proof->hash[i], t->hash[left], MERKLE_HASH) != 0)
			return false;
	return true;
}

/* A node that is known: it is so, or the proof is false. */
static bool
holds_from(const struct merkle_trail *t, const struct merkle_proof *proof,
    size_t i, const struct way *w)
{
	const struct merkle_step *s = &t->step[w->height];

	if (w->at == s->at)
		return memcmp(w->hash, s->hash, MERKLE_HASH) == 0 &&
		    same_from(t, proof, i, s->left);
	return memcmp(w->hash, s->beside_hash, MERKLE_HASH) == 0 &&
	    i < proof->n && memcmp(proof->hash[i], s->hash, MERKLE_HASH) == 0 &&
	    s->left > 0 && same_from(t, proof, i + 1, s->left - 1);
}

static bool
is_known(const struct merkle_trail *t, const struct way *w)
{
	const struct merkle_step *s = &t->step[w->height];

	return s->is_known && (w->at == s->at || w->at == s->beside);
}

/* Keeps the way of a proof that holds, up to where it met the last one. */
static void
keep(struct merkle_trail *t, const struct merkle_proof *proof,
    const struct merkle_step *steps, int height)
{
	size_t kept = t->step[height].left;
	bool met = t->step[height].is_known;

	for (int h = 0; h < height; h++)
		t->step[h] = steps[h];
	if (steps[height].is_known)
		t->step[height] = steps[height];
	for (size_t i = 0; i < proof->n; i++)
		if (!met || proof->n - i >= kept)
			memcpy(
			    t->hash[proof->n - i], proof->hash[i], MERKLE_HASH);
}

bool
merkle_trail_includes(struct merkle_trail *t, const struct merkle_proof *proof,
    uint64_t index, const uint8_t leaf[MERKLE_HASH])
{
	struct merkle_step steps[MERKLE_LEVELS + 1] = { 0 };
	struct way w = { .at = index, .last = t->tree.size - 1 };
	size_t i = 0;

	if (index >= t->tree.size || proof->n > MERKLE_PROOF_MAX)
		return false;
	memcpy(w.hash, leaf, MERKLE_HASH);
	for (;; i++) {
		pass_alone(&w);
		if (is_known(t, &w)) {
			if (!holds_from(t, proof, i, &w))
				return false;
			break;
		}
		if (w.last == 0 || i == proof->n)
			break;
		steps[w.height] = step_of(&w, proof->hash[i], proof->n - i);
		go_up(&w, proof->hash[i]);
	}
	if (!is_known(t, &w) &&
	    (w.last != 0 || i != proof->n ||
		memcmp(w.hash, t->tree.root, MERKLE_HASH) != 0))
		return false;
	if (is_known(t, &w) && i < proof->n)
		steps[w.height] = step_of(&w, proof->hash[i], proof->n - i);
	keep(t, proof, steps, w.height);
	return true;
}
