/* SPDX-License-Identifier: Apache-2.0 */
/* A pair of keys, and signatures as minisign makes them. */
#ifndef UNIT_PEN_H
#define UNIT_PEN_H

#include <sodium.h>

#include "domain/signing_key.h"
#include "pact.h"

struct pen {
	uint8_t number[8], public[32], secret[64];
	char pub[MINISIG_KEY_FILE_MAX];
};

static inline void
pen_base64(const uint8_t *bytes, size_t len, char *out, size_t cap)
{
	sodium_bin2base64(out, cap, bytes, len, sodium_base64_VARIANT_ORIGINAL);
}

/* The .pub file of what is there. */
static inline void
pen_write(struct pen *pen)
{
	uint8_t bytes[42] = "Ed";
	char text[64];

	memcpy(bytes + 2, pen->number, 8);
	memcpy(bytes + 10, pen->public, 32);
	pen_base64(bytes, sizeof(bytes), text, sizeof(text));
	snprintf(pen->pub, sizeof(pen->pub),
	    "untrusted comment: minisign public key\n%s\n", text);
}

static inline void
pen_new(struct pen *pen)
{
	crypto_sign_keypair(pen->public, pen->secret);
	randombytes_buf(pen->number, 8);
	pen_write(pen);
}

/* With another byte in its number; twice, it is as before. */
static inline void
pen_renumber(struct pen *pen, int byte)
{
	pen->number[byte] ^= 1;
	pen_write(pen);
}

/* As `minisign -S` does it. */
static inline char *
pen_sign(struct pact *p, const struct pen *pen, const char *bytes, size_t len)
{
	static const char trusted[] = "timestamp:1";
	uint8_t hash[64], first[74] = "ED", both[64 + sizeof(trusted)];
	uint8_t global[64];
	char one[120], two[120];

	crypto_generichash(
	    hash, sizeof(hash), (const uint8_t *)bytes, len, NULL, 0);
	memcpy(first + 2, pen->number, 8);
	crypto_sign_detached(first + 10, NULL, hash, sizeof(hash), pen->secret);
	memcpy(both, first + 10, 64);
	memcpy(both + 64, trusted, sizeof(trusted) - 1);
	crypto_sign_detached(global, NULL, both, sizeof(both) - 1, pen->secret);
	pen_base64(first, sizeof(first), one, sizeof(one));
	pen_base64(global, sizeof(global), two, sizeof(two));
	return arena_printf(p->f.arena,
	    "untrusted comment: x\n%s\ntrusted comment: %s\n%s\n", one, trusted,
	    two);
}

/* Brings the key, with its proof, as who acts now. */
static inline enum err
pen_try_bring(struct pact *p, const struct pen *pen, char **number)
{
	struct signing_key_proof proof = { .key = pen->pub,
		.key_len = strlen(pen->pub) };
	struct signing_key_offer offer;
	struct minisig_fault fault;
	bool is_proof;
	enum err rc;

	*number = NULL;
	rc = signing_key_offer(
	    &p->f.ctx, pen->pub, strlen(pen->pub), &offer, &fault);
	if (rc != ERR_OK)
		return rc;
	proof.minisig = pen_sign(p, pen, offer.text, strlen(offer.text));
	proof.minisig_len = strlen(proof.minisig);
	return signing_key_propose(
	    &p->f.ctx, &proof, number, &is_proof, &fault);
}

#endif
