/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Against a second implementation, which is the RFC's definitions word by
 * word: recursive, over all leaves, without a thought of speed.
 */
#include "crypt/merkle.h"
#include "crypt/token.h"
#include "unit.h"

enum { LEAVES = 1025, SMALL = 70 };

static uint8_t leaves[LEAVES][MERKLE_HASH];
static uint64_t asked_within; /* the reader is asked for nothing beyond */

/* ---- the second implementation --------------------------------------- */

static uint64_t
naive_split(uint64_t n)
{
	uint64_t k = 1;

	while (2 * k < n)
		k *= 2;
	return k;
}

static void
naive_root(uint64_t from, uint64_t to, uint8_t out[MERKLE_HASH])
{
	uint8_t node[1 + 2 * MERKLE_HASH] = { 1 };
	uint64_t k;

	if (to == from) {
		digest_sha256("", 0, out);
	} else if (to - from == 1) {
		memcpy(out, leaves[from], MERKLE_HASH);
	} else {
		k = naive_split(to - from);
		naive_root(from, from + k, node + 1);
		naive_root(from + k, to, node + 1 + MERKLE_HASH);
		digest_sha256(node, sizeof(node), out);
	}
}

static void
naive_path(uint64_t m, uint64_t from, uint64_t to, struct merkle_proof *p)
{
	uint64_t k;

	if (to - from <= 1)
		return;
	k = naive_split(to - from);
	if (m < k) {
		naive_path(m, from, from + k, p);
		naive_root(from + k, to, p->hash[p->n++]);
	} else {
		naive_path(m - k, from + k, to, p);
		naive_root(from, from + k, p->hash[p->n++]);
	}
}

static void
naive_subproof(uint64_t m, uint64_t from, uint64_t to, bool is_whole,
    struct merkle_proof *p)
{
	uint64_t k;

	if (m == to - from) {
		if (!is_whole)
			naive_root(from, to, p->hash[p->n++]);
		return;
	}
	k = naive_split(to - from);
	if (m <= k) {
		naive_subproof(m, from, from + k, is_whole, p);
		naive_root(from + k, to, p->hash[p->n++]);
	} else {
		naive_subproof(m - k, from + k, to, false, p);
		naive_root(from, from + k, p->hash[p->n++]);
	}
}

/* ---- what is stored: every complete subtree, as tiles have them ------- */

static uint8_t stored[12][LEAVES][MERKLE_HASH];

static void
make_leaves(void)
{
	for (uint64_t i = 0; i < LEAVES; i++) {
		merkle_leaf(&i, sizeof(i), leaves[i]);
		memcpy(stored[0][i], leaves[i], MERKLE_HASH);
	}
	for (int level = 1; level < 12; level++)
		for (uint64_t i = 0; (i + 1) << level <= LEAVES; i++)
			merkle_node(stored[level - 1][2 * i],
			    stored[level - 1][2 * i + 1], stored[level][i]);
}

static enum err
read_stored(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	(void)arg;
	ck_assert_int_lt(level, 12);
	ck_assert_uint_le((index + 1) << level, asked_within);
	memcpy(out, stored[level][index], MERKLE_HASH);
	return ERR_OK;
}

static const struct merkle_reader reader = { .read = read_stored };

static struct merkle_point
point(uint64_t size)
{
	struct merkle_point p = { .size = size };

	naive_root(0, size, p.root);
	return p;
}

static void
same_proof(const struct merkle_proof *a, const struct merkle_proof *b)
{
	ck_assert_uint_eq(a->n, b->n);
	ck_assert_mem_eq(a->hash, b->hash, a->n * MERKLE_HASH);
}

/* ---- roots ----------------------------------------------------------- */

/* The leaves and roots that implementations of Certificate Transparency
   compare themselves by. */
static const struct {
	const char *leaf;
	size_t len;
	const char *root;
} known[] = {
	{ "", 0,
	    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01"
	    "d" },
	{ "\0", 1,
	    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c12"
	    "5" },
	{ "\x10", 1,
	    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e7"
	    "7" },
	{ "\x20\x21", 2,
	    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b"
	    "7" },
	{ "\x30\x31", 2,
	    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d"
	    "4" },
	{ "@ABC", 4,
	    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087e"
	    "f" },
	{ "PQRSTUVW", 8,
	    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8"
	    "c" },
	{ "`abcdefghijklmno", 16,
	    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff460432"
	    "8" },
};

START_TEST(roots_known)
{
	uint8_t hash[MERKLE_HASH];
	char hex[DIGEST_TEXT];
	struct merkle m;

	merkle_start(&m);
	merkle_root(&m, hash);
	digest_hex(hash, hex);
	ck_assert_str_eq(hex,
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for (int i = 0; i < UNIT_COUNT(known); i++) {
		merkle_leaf(known[i].leaf, known[i].len, hash);
		merkle_add(&m, hash);
		merkle_root(&m, hash);
		digest_hex(hash, hex);
		ck_assert_str_eq(hex, known[i].root);
	}
}
END_TEST

START_TEST(roots_to_1025)
{
	uint8_t streamed[MERKLE_HASH], naive[MERKLE_HASH], read[MERKLE_HASH];
	struct merkle m;

	make_leaves();
	merkle_start(&m);
	for (uint64_t size = 0;; size++) {
		asked_within = size;
		naive_root(0, size, naive);
		merkle_root(&m, streamed);
		ck_assert_mem_eq(streamed, naive, MERKLE_HASH);
		ck_assert_int_eq(merkle_root_of(&reader, size, read), ERR_OK);
		ck_assert_mem_eq(read, naive, MERKLE_HASH);
		if (size == LEAVES)
			break;
		merkle_add(&m, leaves[size]);
	}
}
END_TEST

/* ---- proofs ---------------------------------------------------------- */

static void
check_inclusion(uint64_t index, const struct merkle_point *tree)
{
	struct merkle_proof made, naive = { 0 };

	asked_within = tree->size;
	ck_assert_int_eq(
	    merkle_inclusion(&reader, index, tree->size, &made), ERR_OK);
	naive_path(index, 0, tree->size, &naive);
	same_proof(&made, &naive);
	ck_assert(merkle_includes(
	    &made, index, tree->size, leaves[index], tree->root));
}

static void
check_consistency(
    const struct merkle_point *old, const struct merkle_point *now)
{
	struct merkle_proof made, naive = { 0 };

	asked_within = now->size;
	ck_assert_int_eq(
	    merkle_consistency(&reader, old->size, now->size, &made), ERR_OK);
	if (old->size > 0)
		naive_subproof(old->size, 0, now->size, true, &naive);
	same_proof(&made, &naive);
	ck_assert(merkle_extends(&made, old, now));
}

START_TEST(proofs_of_small_trees)
{
	struct merkle_point points[SMALL + 1];

	make_leaves();
	for (uint64_t size = 0; size <= SMALL; size++) {
		points[size] = point(size);
		for (uint64_t i = 0; i < size; i++)
			check_inclusion(i, &points[size]);
		for (uint64_t old = 0; old <= size; old++)
			check_consistency(&points[old], &points[size]);
	}
}
END_TEST

static const uint64_t sizes[] = { 71, 127, 128, 129, 200, 255, 256, 257, 300,
	511, 512, 513, 700, 767, 768, 769, 1000, 1023, 1024, 1025 };

START_TEST(proofs_of_larger_trees)
{
	struct merkle_point now, old;

	make_leaves();
	now = point(sizes[_i]);
	for (uint64_t i = 0; i < now.size; i += i % 7 + 1)
		check_inclusion(i, &now);
	check_inclusion(now.size - 1, &now);
	for (int i = 0; i <= _i; i++) {
		old = point(sizes[i]);
		check_consistency(&old, &now);
		old = point(sizes[i] / 3);
		check_consistency(&old, &now);
	}
}
END_TEST

/* ---- what does not hold ---------------------------------------------- */

static void
inclusion_is_tight(uint64_t index, const struct merkle_point *tree)
{
	struct merkle_proof proof, bad;
	const uint8_t *leaf = leaves[index];

	asked_within = tree->size;
	merkle_inclusion(&reader, index, tree->size, &proof);
	for (uint64_t other = 0; other <= tree->size + 2; other++)
		ck_assert_int_eq(merkle_includes(&proof, other, tree->size,
				     leaf, tree->root),
		    other == index);
	for (size_t bit = 0; bit < proof.n * MERKLE_HASH * 8; bit += 5) {
		bad = proof;
		bad.hash[bit / 256][bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!merkle_includes(
		    &bad, index, tree->size, leaf, tree->root));
	}
	bad = proof;
	for (bad.n = 0; bad.n <= MERKLE_PROOF_MAX; bad.n++)
		ck_assert_int_eq(
		    merkle_includes(&bad, index, tree->size, leaf, tree->root),
		    bad.n == proof.n);
	bad.n = SIZE_MAX;
	ck_assert(!merkle_includes(&bad, index, tree->size, leaf, tree->root));
	ck_assert(!merkle_includes(&proof, index, tree->size,
	    leaves[(index + 1) % LEAVES], tree->root));
	ck_assert(!merkle_includes(&proof, index, tree->size, leaf, leaf) ||
	    tree->size == 1);
}

static void
consistency_is_tight(
    const struct merkle_point *old, const struct merkle_point *now)
{
	struct merkle_point other;
	struct merkle_proof proof, bad;

	asked_within = now->size;
	merkle_consistency(&reader, old->size, now->size, &proof);
	for (size_t bit = 0; bit < proof.n * MERKLE_HASH * 8; bit += 5) {
		bad = proof;
		bad.hash[bit / 256][bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!merkle_extends(&bad, old, now));
	}
	bad = proof;
	for (bad.n = 0; bad.n <= MERKLE_PROOF_MAX; bad.n++)
		ck_assert_int_eq(
		    merkle_extends(&bad, old, now), bad.n == proof.n);
	bad.n = SIZE_MAX;
	ck_assert(!merkle_extends(&bad, old, now));
	ck_assert_int_eq(
	    merkle_extends(&proof, now, old), old->size == now->size);
	for (size_t bit = 0; bit < MERKLE_HASH * 8; bit++) {
		other = *old;
		other.root[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!merkle_extends(&proof, &other, now));
		if (old->size == 0)
			continue;
		other = *now;
		other.root[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!merkle_extends(&proof, old, &other));
	}
	/* A size that needs a longer way. */
	other = *now;
	other.size = 4 * now->size + 3;
	if (old->size > 0)
		ck_assert(!merkle_extends(&proof, old, &other));
}

START_TEST(false_proofs)
{
	static const uint64_t trees[] = { 0, 1, 2, 3, 4, 5, 7, 8, 13, 16, 21,
		64 };
	struct merkle_point old, now;

	make_leaves();
	for (int t = 0; t < UNIT_COUNT(trees); t++) {
		now = point(trees[t]);
		for (uint64_t i = 0; i < now.size; i += 1 + i / 8)
			inclusion_is_tight(i, &now);
		for (int o = 0; o <= t; o++) {
			old = point(trees[o]);
			consistency_is_tight(&old, &now);
		}
	}
}
END_TEST

static enum err
read_nothing(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	(void)arg, (void)level, (void)index;
	memset(out, 0xff, MERKLE_HASH);
	return ERR_NOT_FOUND;
}

START_TEST(wrong_questions)
{
	static const struct merkle_reader nothing = { .read = read_nothing };
	static const struct merkle_proof none;
	static const uint8_t zero[MERKLE_HASH];
	struct merkle_proof proof;
	uint8_t root[MERKLE_HASH];

	ck_assert_int_eq(merkle_inclusion(&nothing, 0, 0, &proof), ERR_INVALID);
	ck_assert_int_eq(merkle_inclusion(&nothing, 4, 4, &proof), ERR_INVALID);
	ck_assert_int_eq(
	    merkle_inclusion(&nothing, 1, UINT64_MAX, &proof), ERR_INVALID);
	ck_assert_int_eq(
	    merkle_consistency(&nothing, 5, 4, &proof), ERR_INVALID);
	ck_assert_int_eq(
	    merkle_root_of(&nothing, UINT64_MAX, root), ERR_INVALID);
	ck_assert_int_eq(
	    merkle_inclusion(&nothing, 1, 9, &proof), ERR_NOT_FOUND);
	ck_assert_mem_eq(&proof, &none, sizeof(none));
	ck_assert_int_eq(
	    merkle_consistency(&nothing, 3, 9, &proof), ERR_NOT_FOUND);
	ck_assert_mem_eq(&proof, &none, sizeof(none));
	ck_assert_int_eq(merkle_root_of(&nothing, 9, root), ERR_NOT_FOUND);
	ck_assert_mem_eq(root, zero, sizeof(zero));
}
END_TEST

/* Sizes that no test can fill: the arithmetic of levels, not of hashes. */
static enum err
read_height(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	uint64_t size = *(uint64_t *)arg;

	ck_assert_int_lt(level, MERKLE_LEVELS);
	ck_assert_uint_le(index, (size >> level) - 1);
	memset(out, level + 1, MERKLE_HASH);
	return ERR_OK;
}

START_TEST(largest_trees)
{
	uint64_t size = MERKLE_SIZE_MAX;
	struct merkle_reader r = { read_height, &size };
	struct merkle_proof proof;
	struct merkle_point old = { .size = size - 1 }, now = { .size = size };
	uint8_t leaf[MERKLE_HASH];

	memset(leaf, 1, MERKLE_HASH);
	ck_assert_int_eq(merkle_root_of(&r, size, now.root), ERR_OK);
	ck_assert_int_eq(merkle_inclusion(&r, size - 1, size, &proof), ERR_OK);
	ck_assert(merkle_includes(&proof, size - 1, size, leaf, now.root));
	ck_assert_int_eq(
	    merkle_consistency(&r, size - 1, size, &proof), ERR_OK);
	ck_assert_uint_le(proof.n, MERKLE_PROOF_MAX);
	ck_assert_int_eq(merkle_root_of(&r, old.size, old.root), ERR_OK);
	ck_assert(merkle_extends(&proof, &old, &now));
}
END_TEST

UNIT_MAIN("merkle", UNIT(roots_known), UNIT(roots_to_1025),
    UNIT(proofs_of_small_trees), UNIT_ROWS(proofs_of_larger_trees, sizes),
    UNIT(false_proofs), UNIT(wrong_questions), UNIT(largest_trees))
