/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A log of made-up records and an auditor's bundle of some of them: with an
 * agreement that two organisations signed with their own keys, and a content.
 * Needs no Check: benchmarks make large ones with it.
 */
#ifndef UNIT_LOG_BUNDLE_H
#define UNIT_LOG_BUNDLE_H

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/checkpoint.h"
#include "crypt/cosignature_sign.h"
#include "crypt/minisig_sign.h"
#include "crypt/note_sign.h"
#include "crypt/tlog_bundle.h"
#include "crypt/tlog_proof.h"
#include "crypt/token.h"

#define BUNDLE_ORIGIN "portal.example/log"
#define BUNDLE_WITNESS "witness.example"

/* The first records are of the agreement and the content. */
enum {
	RECORD_AT_KEY,
	RECORD_AT_SIGNED,
	RECORD_AT_CONTENT,
	BUNDLE_LEVELS = 32,
	BUNDLE_COSIGNED_S = 1767225600
};

struct bundle_signer {
	struct minisig_key pub;
	uint8_t secret[MINISIG_SECRET_KEY];
};

struct log_bundle {
	uint64_t size; /* of the log */
	uint64_t step; /* each step-th record is in the bundle */
	bool is_witnessed;
	int party_count; /* who sign; the third is no party */
	struct note_key log, witness;
	uint8_t log_secret[NOTE_SECRET], witness_secret[NOTE_SECRET];
	struct bundle_signer signer, party[3];
	struct minisig_key told; /* by the record, of the first party */
	char agreement[1024], content[64];
	uint8_t *level[BUNDLE_LEVELS]; /* hashes of complete subtrees */
	struct merkle_point tree;
	struct buf checkpoint, out;
};

static inline void
bundle_must(bool is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "cannot make a bundle: %s\n", what);
	abort();
}

static inline void
bundle_note_key(struct note_key *pub, uint8_t secret[NOTE_SECRET],
    const char *name, enum note_type type, int seed_byte)
{
	uint8_t seed[crypto_sign_SEEDBYTES], public[NOTE_KEY];

	memset(seed, seed_byte, sizeof(seed));
	crypto_sign_seed_keypair(public, secret, seed);
	bundle_must(note_key_make(name, type, public, pub), "a key");
}

static inline void
bundle_signer_make(struct bundle_signer *s, int seed_byte)
{
	uint8_t seed[crypto_sign_SEEDBYTES];

	memset(seed, seed_byte, sizeof(seed));
	memset(s->pub.number, seed_byte, MINISIG_NUMBER);
	crypto_sign_seed_keypair(s->pub.key, s->secret, seed);
}

static inline void
bundle_prehash(const void *bytes, size_t len, uint8_t out[MINISIG_PREHASH])
{
	struct minisig_hash h;

	minisig_hash_start(&h);
	minisig_hash_feed(&h, bytes, len);
	minisig_hash_finish(&h, out);
}

static inline void
bundle_hex(const char *text, char out[DIGEST_TEXT])
{
	uint8_t digest[DIGEST_BYTES];

	digest_sha256(text, strlen(text), digest);
	digest_hex(digest, out);
}

/* ---- records --------------------------------------------------------- */

static inline size_t
bundle_record(const struct log_bundle *b, uint64_t index, char *out, size_t cap)
{
	char number[MINISIG_NUMBER_TEXT], hex[DIGEST_TEXT], what[256] = "{}";
	char key[MINISIG_KEY_TEXT];
	const char *kind = "advisory.answered", *object = "ENT-2026-0042";
	int len;

	if (index == RECORD_AT_KEY) {
		minisig_number_text(b->told.number, number);
		minisig_key_text(&b->told, key);
		snprintf(what, sizeof(what),
		    "{\"key\":\"%s\",\"number\":\"%s\"}", key, number);
		kind = "signing-key.confirmed";
		object = "grid-north";
	} else if (index == RECORD_AT_SIGNED) {
		bundle_hex(b->agreement, hex);
		snprintf(what, sizeof(what),
		    "{\"sha256\":\"%s\",\"version\":1,\"way\":\"minisign\"}",
		    hex);
		kind = "agreement.signed";
		object = "AGR-2026-0001";
	} else if (index == RECORD_AT_CONTENT) {
		bundle_hex(b->content, hex);
		snprintf(what, sizeof(what),
		    "{\"circles\":[\"community\"],\"label\":\"TLP:CLEAR\","
		    "\"revision\":1,\"sha256\":\"%s\"}",
		    hex);
		kind = "advisory.published";
	}
	len = snprintf(out, cap,
	    "{\"actor\":\"p-%05" PRIu64 "\",\"at\":\"2026-01-01T00:00:00.%06"
	    "uZ\",\"format\":\"entente-record/1\",\"kind\":\"%s\",\"object\":"
	    "\"%s\",\"organisation\":\"grid-north\",\"salt\":\"%032" PRIx64
	    "\",\"what\":%s}",
	    index % 100000, (unsigned)(index % 1000000), kind, object, index,
	    what);
	bundle_must(len > 0 && (size_t)len < cap, "a record");
	return (size_t)len;
}

static inline void
bundle_leaf(
    const struct log_bundle *b, uint64_t index, uint8_t out[MERKLE_HASH])
{
	uint8_t digest[DIGEST_BYTES];
	char text[2048];
	size_t len = bundle_record(b, index, text, sizeof(text));

	digest_sha256(text, len, digest);
	merkle_leaf(digest, sizeof(digest), out);
}

static inline void
bundle_hash_all(struct log_bundle *b)
{
	for (uint64_t n = b->size, l = 0; n > 0; n /= 2, l++) {
		b->level[l] = calloc(n, MERKLE_HASH);
		bundle_must(b->level[l] != NULL, "memory");
		for (uint64_t i = 0; i < n; i++) {
			uint8_t *at = b->level[l] + i * MERKLE_HASH;
			const uint8_t *under;

			if (l == 0) {
				bundle_leaf(b, i, at);
				continue;
			}
			under = b->level[l - 1] + 2 * i * MERKLE_HASH;
			merkle_node(under, under + MERKLE_HASH, at);
		}
	}
}

static inline enum err
bundle_read_hash(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	const struct log_bundle *b = arg;

	memcpy(out, b->level[level] + index * MERKLE_HASH, MERKLE_HASH);
	return ERR_OK;
}

/* ---- the log --------------------------------------------------------- */

static inline void
bundle_sign_checkpoint(struct log_bundle *b)
{
	uint8_t blob[COSIGNATURE_BLOB];
	char body[CHECKPOINT_BODY];
	struct span text;

	bundle_must(checkpoint_body(BUNDLE_ORIGIN, &b->tree, body), "a body");
	text = span_of(body);
	bundle_must(note_sign(text, &b->log, b->log_secret, blob) == ERR_OK,
	    "a signature");
	buf_addf(&b->checkpoint, "%s\n", body);
	note_add_line(&b->checkpoint, &b->log, blob, NOTE_SIGNATURE);
	if (!b->is_witnessed)
		return;
	bundle_must(cosignature_sign(text, BUNDLE_COSIGNED_S, &b->witness,
			b->witness_secret, blob) == ERR_OK,
	    "a cosignature");
	note_add_line(&b->checkpoint, &b->witness, blob, sizeof(blob));
}

static inline void
log_bundle_start(
    struct log_bundle *b, uint64_t size, uint64_t step, bool is_witnessed)
{
	struct merkle_reader reader = { bundle_read_hash, b };

	memset(b, 0, sizeof(*b));
	b->size = b->tree.size = size;
	b->step = step;
	b->is_witnessed = is_witnessed;
	bundle_note_key(&b->log, b->log_secret, BUNDLE_ORIGIN, NOTE_ED25519, 1);
	bundle_note_key(&b->witness, b->witness_secret, BUNDLE_WITNESS,
	    NOTE_COSIGNATURE, 2);
	bundle_signer_make(&b->signer, 3);
	bundle_signer_make(&b->party[0], 4);
	bundle_signer_make(&b->party[1], 5);
	bundle_signer_make(&b->party[2], 6);
	b->told = b->party[0].pub;
	b->party_count = 2;
	snprintf(b->agreement, sizeof(b->agreement),
	    "{\"format\":\"entente-agreement/1\",\"kind\":\"bilateral\","
	    "\"number\":1,\"parties\":[{\"name\":\"Grid North\",\"ref\":"
	    "\"grid-north\"},{\"name\":\"N-CSIRT\",\"ref\":\"n-csirt\"}],"
	    "\"ref\":\"AGR-2026-0001\",\"text\":\"We help each other.\"}");
	snprintf(b->content, sizeof(b->content), "An advisory, as published.");
	buf_init(&b->checkpoint, NOTE_MAX);
	buf_init(&b->out, SIZE_MAX / 2);
	bundle_hash_all(b);
	merkle_root_of(&reader, size, b->tree.root);
	bundle_sign_checkpoint(b);
}

static inline void
log_bundle_free(struct log_bundle *b)
{
	for (int i = 0; i < BUNDLE_LEVELS; i++)
		free(b->level[i]);
	buf_free(&b->checkpoint);
	buf_free(&b->out);
}

/* ---- the bundle ------------------------------------------------------ */

static inline enum err
bundle_write(void *arg, const void *bytes, size_t len)
{
	struct log_bundle *b = arg;

	buf_add(&b->out, bytes, len);
	return b->out.overflow ? ERR_MEMORY : ERR_OK;
}

static inline enum err
bundle_sign(void *arg, const uint8_t prehash[MINISIG_PREHASH],
    const char *trusted, struct minisig *m)
{
	struct log_bundle *b = arg;

	return minisig_sign(
	    &b->signer.pub, b->signer.secret, prehash, trusted, m);
}

static inline void
bundle_add_text(struct tlog_bundle *t, const char *name, const char *text)
{
	bundle_must(tlog_bundle_file(t, name, span_of(text)) == ERR_OK, name);
}

static inline void
bundle_add_key(
    struct tlog_bundle *t, const char *name, const struct minisig_key *key)
{
	struct buf file;

	buf_init(&file, MINISIG_KEY_FILE_MAX);
	minisig_key_write(&file, key);
	bundle_add_text(t, name, file.data);
	buf_free(&file);
}

static const char *const bundle_parties[3] = { "grid-north", "n-csirt",
	"stranger" };

static inline void
bundle_add_heads(struct log_bundle *b, struct tlog_bundle *t)
{
	struct tlog_name n = { .part = PART_KEY };
	char text[NOTE_KEY_TEXT + 1], name[TAR_NAME];

	bundle_add_text(t, "README.txt", tlog_bundle_readme);
	bundle_add_text(t, "checkpoint", b->checkpoint.data);
	note_key_text(&b->log, text);
	strncat(text, "\n", 2);
	bundle_add_text(t, "log-key.txt", text);
	bundle_add_key(t, "bundle-key.pub", &b->signer.pub);
	note_key_text(&b->witness, text);
	strncat(text, "\n", 2);
	bundle_add_text(t, "witness-keys.txt", b->is_witnessed ? text : "");
	for (int i = 0; i < b->party_count; i++) {
		snprintf(n.organisation, sizeof(n.organisation), "%s",
		    bundle_parties[i]);
		minisig_number_text(b->party[i].pub.number, n.number);
		bundle_must(tlog_name_write(&n, name), "a name");
		bundle_add_key(t, name, &b->party[i].pub);
	}
}

static inline void
bundle_add_records(struct log_bundle *b, struct tlog_bundle *t)
{
	struct tlog_name n = { .part = PART_RECORD };
	char text[2048], name[TAR_NAME];
	size_t len;

	for (n.index = 0; n.index < b->size; n.index += b->step) {
		len = bundle_record(b, n.index, text, sizeof(text));
		tlog_name_write(&n, name);
		bundle_must(tlog_bundle_file(
				t, name, (struct span){ text, len }) == ERR_OK,
		    name);
	}
}

static inline void
bundle_add_proofs(struct log_bundle *b, struct tlog_bundle *t)
{
	struct tlog_proof p = { .checkpoint = {
				    b->checkpoint.data, b->checkpoint.len } };
	struct merkle_reader reader = { bundle_read_hash, b };
	struct tlog_name n = { .part = PART_PROOF };
	char name[TAR_NAME];
	struct buf file;

	buf_init(&file, TLOG_PROOF_MAX);
	for (n.index = 0; n.index < b->size; n.index += b->step) {
		p.index = n.index;
		merkle_inclusion(&reader, n.index, b->size, &p.path);
		buf_reset(&file);
		tlog_proof_write(&file, &p);
		tlog_name_write(&n, name);
		bundle_must(tlog_bundle_file(t, name,
				(struct span){ file.data, file.len }) == ERR_OK,
		    name);
	}
	buf_free(&file);
}

static inline void
bundle_add_agreement(struct log_bundle *b, struct tlog_bundle *t)
{
	uint8_t prehash[MINISIG_PREHASH];
	char name[TAR_NAME], hex[DIGEST_TEXT];
	struct minisig m;
	struct buf file;

	buf_init(&file, MINISIG_FILE_MAX);
	bundle_prehash(b->agreement, strlen(b->agreement), prehash);
	for (int i = 0; i < b->party_count; i++) {
		bundle_must(minisig_sign(&b->party[i].pub, b->party[i].secret,
				prehash, "timestamp:1767225600", &m) == ERR_OK,
		    "a party's signature");
		m.comment = "signature from minisign secret key";
		buf_reset(&file);
		minisig_write(&file, &m);
		snprintf(name, sizeof(name),
		    "agreements/AGR-2026-0001/1-%s.minisig", bundle_parties[i]);
		bundle_add_text(t, name, file.data);
	}
	bundle_add_text(
	    t, "agreements/AGR-2026-0001/1.canonical", b->agreement);
	bundle_hex(b->content, hex);
	snprintf(name, sizeof(name), "contents/%s", hex);
	bundle_add_text(t, name, b->content);
	buf_free(&file);
}

/* The whole bundle, in b->out. */
static inline void
log_bundle_make(struct log_bundle *b)
{
	const struct tlog_bundle_out out = { bundle_write, bundle_sign, b };
	struct tlog_bundle t;

	buf_reset(&b->out);
	tlog_bundle_start(&t, &out);
	bundle_add_heads(b, &t);
	bundle_add_records(b, &t);
	bundle_add_proofs(b, &t);
	bundle_add_agreement(b, &t);
	bundle_must(tlog_bundle_finish(&t, "entente bundle") == ERR_OK, "end");
}

#endif
