/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/merkle.h"

#include <string.h>

#include <sodium.h>

_Static_assert(MERKLE_HASH == crypto_hash_sha256_BYTES, "SHA-256");

enum { LEAF = 0x00, NODE = 0x01 };

void
merkle_leaf(const void *entry, size_t len, uint8_t out[MERKLE_HASH])
{
	static const uint8_t prefix = LEAF;
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, &prefix, 1);
	crypto_hash_sha256_update(&state, entry, len);
	crypto_hash_sha256_final(&state, out);
}

void
merkle_node(const uint8_t left[MERKLE_HASH], const uint8_t right[MERKLE_HASH],
    uint8_t out[MERKLE_HASH])
{
	uint8_t both[1 + 2 * MERKLE_HASH] = { NODE };

	memcpy(both + 1, left, MERKLE_HASH);
	memcpy(both + 1 + MERKLE_HASH, right, MERKLE_HASH);
	crypto_hash_sha256(out, both, sizeof(both));
}

void
merkle_empty(uint8_t out[MERKLE_HASH])
{
	crypto_hash_sha256(out, (const uint8_t *)"", 0);
}

/* ---- the root of a stream -------------------------------------------- */

void
merkle_start(struct merkle *m)
{
	memset(m, 0, sizeof(*m));
}

int
merkle_height(uint64_t size)
{
	return size == 0 ? 0 : __builtin_ctzll(size);
}

void
merkle_add(struct merkle *m, const uint8_t leaf[MERKLE_HASH])
{
	uint8_t hash[MERKLE_HASH];
	int height = 0;

	if (m->size == MERKLE_SIZE_MAX)
		return;
	memcpy(hash, leaf, MERKLE_HASH);
	for (; m->size >> height & 1; height++)
		merkle_node(m->peak[height], hash, hash);
	memcpy(m->peak[height], hash, MERKLE_HASH);
	m->size++;
}

void
merkle_root(const struct merkle *m, uint8_t out[MERKLE_HASH])
{
	bool is_first = true;

	merkle_empty(out);
	for (int height = 0; height < MERKLE_LEVELS; height++) {
		if ((m->size >> height & 1) == 0)
			continue;
		if (is_first)
			memcpy(out, m->peak[height], MERKLE_HASH);
		else
			merkle_node(m->peak[height], out, out);
		is_first = false;
	}
}

/* ---- proofs from stored hashes --------------------------------------- */

static int
log2_floor(uint64_t n)
{
	return 63 - __builtin_clzll(n);
}

/* The largest power of two smaller than n, which is at least 2. */
static uint64_t
split(uint64_t n)
{
	return UINT64_C(1) << log2_floor(n - 1);
}

/*
 * The hash of leaves from..to-1, where `from` is a multiple of the largest
 * power of two that fits: as all parts of a tree that a proof names are.
 * Their complete subtrees, from the last and smallest to the first.
 */
static enum err
hash_range(const struct merkle_reader *r, uint64_t from, uint64_t to,
    uint8_t out[MERKLE_HASH])
{
	uint8_t left[MERKLE_HASH];
	bool is_first = true;
	enum err rc;

	while (to > from) {
		int height = merkle_height(to - from);
		uint64_t index = (to >> height) - 1;

		rc = r->read(r->arg, height, index, is_first ? out : left);
		if (rc != ERR_OK)
			return rc;
		if (!is_first)
			merkle_node(left, out, out);
		is_first = false;
		to -= UINT64_C(1) << height;
	}
	return ERR_OK;
}

enum err
merkle_root_of(
    const struct merkle_reader *r, uint64_t size, uint8_t out[MERKLE_HASH])
{
	enum err rc;

	memset(out, 0, MERKLE_HASH);
	if (size > MERKLE_SIZE_MAX)
		return ERR_INVALID;
	if (size == 0) {
		merkle_empty(out);
		return ERR_OK;
	}
	if ((rc = hash_range(r, 0, size, out)) != ERR_OK)
		memset(out, 0, MERKLE_HASH);
	return rc;
}

static enum err
put(const struct merkle_reader *r, uint64_t from, uint64_t to,
    struct merkle_proof *proof)
{
	return hash_range(r, from, to, proof->hash[proof->n++]);
}

/* Made from the root down, told from the leaf up. */
static void
reverse(struct merkle_proof *proof)
{
	uint8_t swap[MERKLE_HASH];

	for (size_t i = 0; i < proof->n / 2; i++) {
		size_t j = proof->n - 1 - i;

		memcpy(swap, proof->hash[i], MERKLE_HASH);
		memcpy(proof->hash[i], proof->hash[j], MERKLE_HASH);
		memcpy(proof->hash[j], swap, MERKLE_HASH);
	}
}

static enum err
finish(struct merkle_proof *proof, enum err rc)
{
	if (rc == ERR_OK)
		reverse(proof);
	else
		memset(proof, 0, sizeof(*proof));
	return rc;
}

enum err
merkle_inclusion(const struct merkle_reader *r, uint64_t index, uint64_t size,
    struct merkle_proof *proof)
{
	uint64_t from = 0, to = size;
	enum err rc = ERR_OK;

	memset(proof, 0, sizeof(*proof));
	if (size > MERKLE_SIZE_MAX || index >= size)
		return ERR_INVALID;
	while (rc == ERR_OK && to - from > 1) {
		uint64_t middle = from + split(to - from);

		if (index < middle) {
			rc = put(r, middle, to, proof);
			to = middle;
		} else {
			rc = put(r, from, middle, proof);
			from = middle;
		}
	}
	return finish(proof, rc);
}

/*
 * SUBPROOF of the RFC: down to the part that ends where the old tree ended.
 * That one is named unless it is the whole old tree, whose root is known.
 */
enum err
merkle_consistency(const struct merkle_reader *r, uint64_t old, uint64_t size,
    struct merkle_proof *proof)
{
	uint64_t from = 0, to = size;
	enum err rc = ERR_OK;

	memset(proof, 0, sizeof(*proof));
	if (size > MERKLE_SIZE_MAX || old > size)
		return ERR_INVALID;
	if (old == 0)
		return ERR_OK;
	while (rc == ERR_OK && to != old) {
		uint64_t middle = from + split(to - from);

		if (old <= middle) {
			rc = put(r, middle, to, proof);
			to = middle;
		} else {
			rc = put(r, from, middle, proof);
			from = middle;
		}
	}
	if (rc == ERR_OK && from != 0)
		rc = put(r, from, to, proof);
	return finish(proof, rc);
}

/* ---- proofs checked -------------------------------------------------- */

/*
 * The way up from leaf `at` of a tree whose last leaf is `last`: is the
 * proof's next hash the left one?  Where there is no right sibling, levels
 * without a node of their own are passed over.
 */
static bool
is_left_next(uint64_t *at, uint64_t *last)
{
	bool is_left = (*at & 1) != 0 || *at == *last;

	while (is_left && (*at & 1) == 0 && *at != 0) {
		*at >>= 1;
		*last >>= 1;
	}
	*at >>= 1;
	*last >>= 1;
	return is_left;
}

bool
merkle_includes(const struct merkle_proof *proof, uint64_t index, uint64_t size,
    const uint8_t leaf[MERKLE_HASH], const uint8_t root[MERKLE_HASH])
{
	uint64_t at = index, last = size - 1;
	uint8_t hash[MERKLE_HASH];

	if (size > MERKLE_SIZE_MAX || index >= size ||
	    proof->n > MERKLE_PROOF_MAX)
		return false;
	memcpy(hash, leaf, MERKLE_HASH);
	for (size_t i = 0; i < proof->n; i++) {
		if (last == 0)
			return false;
		if (is_left_next(&at, &last))
			merkle_node(proof->hash[i], hash, hash);
		else
			merkle_node(hash, proof->hash[i], hash);
	}
	return last == 0 && memcmp(hash, root, MERKLE_HASH) == 0;
}

/* Both roots from one path: the old one takes left hashes alone. */
static bool
climb(const struct merkle_proof *proof, const struct merkle_point *old,
    const struct merkle_point *now)
{
	uint64_t at = old->size - 1, last = now->size - 1;
	uint8_t was[MERKLE_HASH], is[MERKLE_HASH];
	size_t i = 0;

	for (; at & 1; at >>= 1)
		last >>= 1;
	/* An old tree that is complete is a part: its root begins the path. */
	memcpy(was, at == 0 ? old->root : proof->hash[i++], MERKLE_HASH);
	memcpy(is, was, MERKLE_HASH);
	for (; i < proof->n; i++) {
		if (last == 0)
			return false;
		if (is_left_next(&at, &last)) {
			merkle_node(proof->hash[i], was, was);
			merkle_node(proof->hash[i], is, is);
		} else {
			merkle_node(is, proof->hash[i], is);
		}
	}
	return last == 0 && memcmp(was, old->root, MERKLE_HASH) == 0 &&
	    memcmp(is, now->root, MERKLE_HASH) == 0;
}

bool
merkle_extends(const struct merkle_proof *proof, const struct merkle_point *old,
    const struct merkle_point *now)
{
	uint8_t empty[MERKLE_HASH];

	if (now->size > MERKLE_SIZE_MAX || old->size > now->size ||
	    proof->n > MERKLE_PROOF_MAX)
		return false;
	if (old->size == now->size)
		return proof->n == 0 &&
		    memcmp(old->root, now->root, MERKLE_HASH) == 0;
	if (old->size == 0) {
		merkle_empty(empty);
		return proof->n == 0 &&
		    memcmp(old->root, empty, MERKLE_HASH) == 0;
	}
	return proof->n > 0 && climb(proof, old, now);
}
