/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a request to a signer that has signed three leaves, and as an
 * answer to its client.  A request is said in one way; what it answers says
 * in one way, too; it never signs but what extends what it has signed, and
 * never cosigns what it cannot keep.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "crypt/signer_core.h"
#include "crypt/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static struct signer *
signer_new(void)
{
	static struct key_file *log, *bundle, *witness;
	static struct signer s;
	uint8_t leaf[MERKLE_HASH] = { 7 };
	struct merkle m;

	if (log == NULL) {
		must(crypt_start() == ERR_OK);
		must(key_file_new(KEY_LOG, "log.example", &log) == ERR_OK);
		must(key_file_new(KEY_BUNDLE, NULL, &bundle) == ERR_OK);
		must(key_file_new(KEY_WITNESS, "log.example/witness",
			 &witness) == ERR_OK);
	}
	merkle_start(&m);
	for (int i = 0; i < 3; i++)
		merkle_add(&m, leaf);
	/* Without a folder: what it would sign it cannot keep. */
	s = (struct signer){ .log = log,
		.bundle = bundle,
		.folder = -1,
		.file = "state",
		.last.size = m.size };
	merkle_root(&m, s.last.root);
	/* Of another log it has seen as much. */
	s.witness.key = witness;
	s.witness.folder = -1;
	s.witness.n = 1;
	s.witness.log[0].last = s.last;
	s.witness.log[0].key = log->note;
	memcpy(s.witness.log[0].key.name, "other.example", 14);
	return &s;
}

static void
ask(const uint8_t request[SIGNER_REQUEST])
{
	static const uint8_t zero[NOTE_SIGNATURE];
	uint8_t answer[SIGNER_ANSWER], again[SIGNER_REQUEST];
	struct signer *s = signer_new();
	struct signer_request r;
	struct signer_answer a;
	bool is_signed;

	if (!signer_answer(s, SIGNER_ALL, request, answer))
		return;
	must(signer_request_read(request, &r));
	signer_request_write(&r, again);
	must(memcmp(again, request, SIGNER_REQUEST) == 0);
	must(signer_answer_read(answer, &a) && a.kind == r.kind);
	must(s->last.size == 3 && s->witness.log[0].last.size == 3);
	must(a.last.size == (a.status == SIGNER_UNKNOWN ? 0U : 3U));
	is_signed = memcmp(a.signature, zero, sizeof(zero)) != 0;
	must(!is_signed || a.status == SIGNER_DONE);
	/* What was cosigned could not be kept. */
	must(!is_signed || r.kind != SIGNER_COSIGN);
	if (is_signed && r.kind == SIGNER_CHECKPOINT)
		must(r.tree.size == 3 &&
		    memcmp(r.tree.root, s->last.root, MERKLE_HASH) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t message[SIGNER_REQUEST] = { 0 }, same[SIGNER_ANSWER];
	struct signer_answer a;

	log_open("fuzz", LOG_ERROR);
	memcpy(message, data, len < sizeof(message) ? len : sizeof(message));
	ask(message);
	if (signer_answer_read(message, &a)) {
		signer_answer_write(&a, same);
		must(memcmp(same, message, sizeof(same)) == 0);
	}
	return 0;
}
