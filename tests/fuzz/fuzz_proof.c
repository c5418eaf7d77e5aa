/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a proof that leaf 2 is in a log of five.  What parses without
 * an extra line is written the same; only the one proof there is holds.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "crypt/tlog_proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check_written(const struct tlog_proof *p, struct span bytes)
{
	struct buf again;

	if (p->has_extra)
		return;
	buf_init(&again, TLOG_PROOF_MAX);
	tlog_proof_write(&again, p);
	must(again.len == bytes.len &&
	    memcmp(again.data, bytes.at, bytes.len) == 0);
	buf_free(&again);
}

static void
check_holds(const struct tlog_proof *p)
{
	uint8_t seed[32], public[32], secret[64], leaf[MERKLE_HASH];
	struct tlog_fault fault;
	struct note_key key;
	int number = 2;

	memset(seed, 1, sizeof(seed));
	crypto_sign_seed_keypair(public, secret, seed);
	must(note_key_make("log.example", NOTE_ED25519, public, &key));
	merkle_leaf(&number, sizeof(number), leaf);
	if (tlog_proof_check(p, &key, leaf, &fault) == ERR_OK)
		must(p->index == 2 && p->path.n == 3);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct span bytes = { (const char *)data, len };
	struct tlog_fault fault;
	struct tlog_proof p;

	log_open("fuzz", LOG_ERROR);
	must(sodium_init() >= 0);
	if (tlog_proof_parse(bytes, &p, &fault) == ERR_OK) {
		check_written(&p, bytes);
		check_holds(&p);
	}
	return 0;
}
