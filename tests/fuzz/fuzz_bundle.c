/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a list of files of a bundle, so that a fuzzer need not find
 * checksums of headers: a name to the first LF, a length in two bytes, and so
 * many bytes; made an archive and checked.  Nothing that a fuzzer makes is
 * wholly true: it has no key.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/span.h"
#include "crypt/tlog_verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static ssize_t
read_bytes(void *arg, void *out, size_t len)
{
	struct span *b = arg;

	if (len > b->len)
		len = b->len;
	memcpy(out, b->at, len);
	b->at += len;
	b->len -= len;
	return (ssize_t)len;
}

static void
add(struct buf *out, const char *name, struct span bytes)
{
	static const uint8_t zeros[TAR_BLOCK];
	uint8_t header[TAR_BLOCK];

	if (!tar_header(name, bytes.len, header))
		return;
	buf_add(out, header, sizeof(header));
	buf_add(out, bytes.at, bytes.len);
	buf_add(out, zeros, tar_padding(bytes.len));
}

static void
make(struct span rest, struct buf *out)
{
	static const uint8_t zeros[2 * TAR_BLOCK];
	char text[TAR_NAME];
	struct span name;

	while (span_line(&rest, &name) && rest.len >= 2) {
		const uint8_t *size = (const uint8_t *)rest.at;
		size_t len = (size_t)size[0] << 8 | size[1];

		rest.at += 2;
		rest.len -= 2;
		if (len > rest.len)
			len = rest.len;
		if (span_text(name, text, sizeof(text)))
			add(out, text, (struct span){ rest.at, len });
		rest.at += len;
		rest.len -= len;
	}
	buf_add(out, zeros, sizeof(zeros));
}

static void
take_trouble(void *arg, const struct tlog_trouble *t)
{
	++*(uint64_t *)arg;
	must(t->wrong < WRONG__MAX && tlog_wrong_text(t->wrong) != NULL);
	must(t->name != NULL && (t->name[0] == '\0' || tar_name_ok(t->name)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t seed[32] = { 77 }, public[32], secret[64];
	struct note_key log, witness;
	struct tlog_report r;
	struct buf archive;
	struct span bytes;
	struct tar_source source = { read_bytes, &bytes };
	uint64_t troubles = 0;
	struct tlog_verify asked = { .log = &log,
		.witness = &witness,
		.witness_count = 1,
		.trouble = take_trouble,
		.arg = &troubles };

	log_open("fuzz", LOG_ERROR);
	must(sodium_init() >= 0);
	crypto_sign_seed_keypair(public, secret, seed);
	must(note_key_make("portal.example/log", NOTE_ED25519, public, &log));
	must(note_key_make("w", NOTE_COSIGNATURE, public, &witness));
	buf_init(&archive, 1 << 24);
	make((struct span){ (const char *)data, len }, &archive);
	bytes = (struct span){ archive.data, archive.len };
	must(tlog_verify(&asked, &source, &r) == ERR_INVALID);
	must(troubles == r.false_count + r.open_count && troubles > 0);
	buf_free(&archive);
	return 0;
}
