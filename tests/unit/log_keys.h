/* SPDX-License-Identifier: Apache-2.0 */
/* Keys for the tests of logs, and what is signed with them. */
#ifndef UNIT_LOG_KEYS_H
#define UNIT_LOG_KEYS_H

#include <sodium.h>

#include "crypt/checkpoint.h"
#include "crypt/cosignature_sign.h"
#include "crypt/note_sign.h"
#include "unit.h"

struct log_key {
	struct note_key pub;
	uint8_t secret[NOTE_SECRET];
};

/* The same key each time, by a byte of the seed. */
static inline struct log_key
log_key(const char *name, enum note_type type, uint8_t seed_byte)
{
	uint8_t seed[crypto_sign_SEEDBYTES], public[NOTE_KEY];
	struct log_key k;

	memset(seed, seed_byte, sizeof(seed));
	crypto_sign_seed_keypair(public, k.secret, seed);
	ck_assert(note_key_make(name, type, public, &k.pub));
	return k;
}

/* A note of that text by that key; to be freed. */
static inline struct buf
log_note(const char *text, const struct log_key *k)
{
	uint8_t signature[NOTE_SIGNATURE];
	struct buf out;

	buf_init(&out, NOTE_MAX);
	ck_assert_int_eq(
	    note_sign(span_of(text), &k->pub, k->secret, signature), ERR_OK);
	buf_addf(&out, "%s\n", text);
	note_add_line(&out, &k->pub, signature, sizeof(signature));
	return out;
}

static inline struct buf
log_checkpoint(const struct merkle_point *tree, const struct log_key *k)
{
	char body[CHECKPOINT_BODY];

	ck_assert(checkpoint_body(k->pub.name, tree, body));
	return log_note(body, k);
}

/* Adds a witness's line to a signed checkpoint. */
static inline void
log_cosign(struct buf *note, const struct log_key *witness, uint64_t time_s)
{
	uint8_t blob[COSIGNATURE_BLOB];
	struct tlog_fault fault;
	struct note n;

	ck_assert_int_eq(note_parse(note->data, note->len, &n, &fault), ERR_OK);
	ck_assert_int_eq(cosignature_sign(n.text, time_s, &witness->pub,
			     witness->secret, blob),
	    ERR_OK);
	note_add_line(note, &witness->pub, blob, sizeof(blob));
}

#endif
