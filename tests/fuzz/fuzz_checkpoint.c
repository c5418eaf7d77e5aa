/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a checkpoint's text, and as a signed one: what parses is
 * written the same, and the signed one verifies by the log's key and the
 * witness's only if it is the one that they have signed.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/cosignature.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { LOG_SEED = 1, WITNESS_SEED = 3 };

/* What the keys of tests/unit/log_keys.h have signed in the corpus. */
static const char signed_text[] =
    "log.example/a\n12345\nAQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static struct note_key
key_of(const char *name, enum note_type type, uint8_t seed_byte)
{
	uint8_t seed[32], public[32], secret[64];
	struct note_key key;

	memset(seed, seed_byte, sizeof(seed));
	crypto_sign_seed_keypair(public, secret, seed);
	must(note_key_make(name, type, public, &key));
	return key;
}

static void
check_body(struct span text)
{
	struct tlog_fault fault;
	struct checkpoint c;
	char name[NOTE_NAME], body[CHECKPOINT_BODY];
	enum err rc = checkpoint_parse(text, &c, &fault);

	must((rc == ERR_OK) == (fault.reason == TLOG_OK));
	if (rc != ERR_OK)
		return;
	must(span_text(c.origin, name, sizeof(name)));
	must(checkpoint_body(name, &c.tree, body));
	must(strlen(body) + c.extension.len == text.len);
	must(memcmp(body, text.at, strlen(body)) == 0);
}

static void
check_signed(struct span bytes)
{
	struct note_key log = key_of("log.example/a", NOTE_ED25519, LOG_SEED);
	struct note_key witness =
	    key_of("witness.example", NOTE_COSIGNATURE, WITNESS_SEED);
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	int64_t time_s;

	if (checkpoint_open(bytes, &log, &note, &c, &fault) != ERR_OK)
		return;
	must(span_is(note.text, signed_text));
	if (cosignature_check(&note, &witness, &time_s) == TLOG_OK)
		must(time_s == 1700000000);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct span bytes = { (const char *)data, len };

	log_open("fuzz", LOG_ERROR);
	must(sodium_init() >= 0);
	check_body(bytes);
	check_signed(bytes);
	return 0;
}
