/* SPDX-License-Identifier: Apache-2.0 */
/* Requests and answers of the signer: one way to say each, and no other. */
#include <sodium.h>

#include "crypt/signer_message.h"
#include "unit.h"

static struct signer_request
example(enum signer_kind kind)
{
	struct signer_request r = { .kind = kind };

	if (kind == SIGNER_CHECKPOINT || kind == SIGNER_COSIGN) {
		r.tree.size = UINT64_C(0x0102030405060708);
		memset(r.tree.root, 7, MERKLE_HASH);
		r.proof.n = 3;
		memset(r.proof.hash, 8, 3 * MERKLE_HASH);
	} else if (kind == SIGNER_BUNDLE) {
		memset(r.prehash, 9, MINISIG_PREHASH);
		strcpy(r.comment, "entente bundle");
	}
	if (kind == SIGNER_COSIGN) {
		r.old = 5;
		strcpy(r.origin, "other.example/log");
		memset(r.signature, 10, NOTE_SIGNATURE);
	}
	return r;
}

static const enum signer_kind kinds[] = { SIGNER_KEYS, SIGNER_CHECKPOINT,
	SIGNER_BUNDLE, SIGNER_COSIGN };

START_TEST(requests_both_ways)
{
	struct signer_request r = example(kinds[_i]), again;
	uint8_t bytes[SIGNER_REQUEST];

	signer_request_write(&r, bytes);
	ck_assert(signer_request_read(bytes, &again));
	ck_assert_int_eq(again.kind, r.kind);
	ck_assert_uint_eq(again.tree.size, r.tree.size);
	ck_assert_mem_eq(&again.tree.root, &r.tree.root, MERKLE_HASH);
	ck_assert_uint_eq(again.proof.n, r.proof.n);
	ck_assert_mem_eq(
	    &again.proof.hash, &r.proof.hash, sizeof(r.proof.hash));
	ck_assert_mem_eq(again.prehash, r.prehash, MINISIG_PREHASH);
	ck_assert_str_eq(again.comment, r.comment);
	ck_assert_uint_eq(again.old, r.old);
	ck_assert_str_eq(again.origin, r.origin);
	ck_assert_mem_eq(again.signature, r.signature, NOTE_SIGNATURE);
}
END_TEST

/* A changed bit gives another request, or none: never the same. */
START_TEST(every_bit)
{
	struct signer_request r = example(kinds[_i]), other;
	uint8_t bytes[SIGNER_REQUEST], again[SIGNER_REQUEST];

	signer_request_write(&r, bytes);
	for (size_t i = 0; i < 8 * sizeof(bytes); i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		if (signer_request_read(bytes, &other)) {
			signer_request_write(&other, again);
			ck_assert_mem_eq(again, bytes, sizeof(bytes));
		}
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}
END_TEST

static const struct {
	int kind; /* of the example */
	int at;
	uint8_t value;
} bad[] = {
	{ SIGNER_KEYS, 0, 'e' },
	{ SIGNER_KEYS, 4, 1 },
	{ SIGNER_KEYS, 5, 0 },
	{ SIGNER_KEYS, 5, SIGNER_KIND__MAX },
	{ SIGNER_KEYS, 6, 1 },
	{ SIGNER_KEYS, 15, 1 },	    /* a size */
	{ SIGNER_KEYS, 16, 1 },	    /* a root */
	{ SIGNER_KEYS, 2112, 1 },   /* a prehash */
	{ SIGNER_KEYS, 2176, 'x' }, /* a comment */
	{ SIGNER_CHECKPOINT, 8, 0x80 },
	{ SIGNER_CHECKPOINT, 49, 65 },
	{ SIGNER_CHECKPOINT, 49, 2 }, /* a hash beyond */
	{ SIGNER_CHECKPOINT, 50, 1 },
	{ SIGNER_CHECKPOINT, 2112, 1 },
	{ SIGNER_BUNDLE, 15, 1 },
	{ SIGNER_BUNDLE, 49, 1 },
	{ SIGNER_BUNDLE, 2200, 'x' },	  /* behind the comment's end */
	{ SIGNER_CHECKPOINT, 2439, 1 },	  /* an old size */
	{ SIGNER_CHECKPOINT, 2440, 'x' }, /* an origin */
	{ SIGNER_CHECKPOINT, 2696, 1 },	  /* a log's signature */
	{ SIGNER_COSIGN, 2432, 0x80 },
	{ SIGNER_COSIGN, 2600, 'x' },
	{ SIGNER_COSIGN, 2112, 1 },
	{ SIGNER_COSIGN, 2176, 'x' },
};

START_TEST(bad_requests)
{
	struct signer_request r = example((enum signer_kind)bad[_i].kind);
	uint8_t bytes[SIGNER_REQUEST];

	signer_request_write(&r, bytes);
	bytes[bad[_i].at] = bad[_i].value;
	ck_assert(!signer_request_read(bytes, &r));
}
END_TEST

START_TEST(comment_without_end)
{
	struct signer_request r = example(SIGNER_BUNDLE);
	uint8_t bytes[SIGNER_REQUEST];

	signer_request_write(&r, bytes);
	memset(bytes + 2176, 'x', SIGNER_COMMENT);
	ck_assert(!signer_request_read(bytes, &r));
	bytes[2176 + SIGNER_COMMENT - 1] = 0;
	ck_assert(signer_request_read(bytes, &r));
	ck_assert_uint_eq(strlen(r.comment), SIGNER_COMMENT - 1);
}
END_TEST

START_TEST(answers_both_ways)
{
	struct signer_answer a = { .kind = SIGNER_BUNDLE,
		.status = SIGNER_FORK,
		.last = { 17, { 1 } } };
	struct signer_answer again;
	uint8_t bytes[SIGNER_ANSWER], key[NOTE_KEY] = { 5 };

	memset(a.signature, 2, sizeof(a.signature));
	memset(a.global, 3, sizeof(a.global));
	memset(&a.bundle, 4, sizeof(a.bundle));
	ck_assert(note_key_make("log.example", NOTE_ED25519, key, &a.log));
	ck_assert(note_key_make(
	    "log.example/witness", NOTE_COSIGNATURE, key, &a.witness));
	a.time_s = 1700000000;
	signer_answer_write(&a, bytes);
	ck_assert(signer_answer_read(bytes, &again));
	ck_assert_mem_eq(&again, &a, sizeof(a));
	for (int at = 0; at < SIGNER_ANSWER; at++) {
		bytes[at] ^= 0x80;
		if (signer_answer_read(bytes, &again))
			ck_assert_mem_ne(&again, &a, sizeof(a));
		bytes[at] ^= 0x80;
	}
	bytes[6] = SIGNER_STATUS__MAX;
	ck_assert(!signer_answer_read(bytes, &again));
}
END_TEST

UNIT_MAIN("signer_message", UNIT_ROWS(requests_both_ways, kinds),
    UNIT_ROWS(every_bit, kinds), UNIT_ROWS(bad_requests, bad),
    UNIT(comment_without_end), UNIT(answers_both_ways))
