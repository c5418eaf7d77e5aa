/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auditor's bundle: one tar (base/tar.h) of records, the proofs that they
 * are in the log, what they refer to, and all that it takes to check them
 * without the portal.  Here: what is in it, and writing it.  Checking it is
 * crypt/tlog_verify.h, which links nothing of the writing.
 *
 *	README.txt			how to check it, in both languages
 *	checkpoint			the log's, signed; with cosignatures
 *	log-key.txt			the log's verifier key (crypt/note.h)
 *	bundle-key.pub			minisign's, of SHA256SUMS.minisig
 *	witness-keys.txt		a verifier key a line; may be empty
 *	keys/<org>-<number>.pub		minisign's keys of organisations
 *	records/<number>.json		a record's exact bytes; 12 digits
 *	proofs/<number>.tlog-proof	one for each record; its checkpoint is
 *					that of the bundle, to the byte
 *	agreements/<ref>/<version>-<org>.minisig
 *	agreements/<ref>/<version>.canonical	the bytes that were signed
 *	contents/<sha256>		what records refer to by its SHA-256
 *	SHA256SUMS			of all files above, as sha256sum has it
 *	SHA256SUMS.minisig
 *
 * They stand in this order, and inside a folder by the bytes of their names.
 * The leaf of a record is merkle_leaf() of its SHA-256's 32 bytes.  The same
 * files give the same bytes: there is no time in it, and Ed25519 has no
 * chance.
 */
#ifndef CRYPT_TLOG_BUNDLE_H
#define CRYPT_TLOG_BUNDLE_H

#include "base/buf.h"
#include "base/span.h"
#include "base/tar.h"
#include "crypt/minisig.h"
#include "crypt/tlog_name.h"

/* README.txt, in both languages. */
extern const char tlog_bundle_readme[];

struct tlog_bundle_out {
	enum err (*write)(void *arg, const void *, size_t len);
	/* Signs SHA256SUMS: BLAKE2b-512, and the trusted comment. */
	enum err (*sign)(void *arg, const uint8_t prehash[MINISIG_PREHASH],
	    const char *trusted, struct minisig *);
	void *arg;
};

struct tlog_bundle {
	struct tlog_bundle_out out;
	struct buf sums;
	char name[TAR_NAME];
	uint64_t size, left; /* of the present file */
	enum err rc;	     /* the first failure; nothing is written after */
	uint64_t digest[16]; /* struct digest */
};

void tlog_bundle_start(struct tlog_bundle *, const struct tlog_bundle_out *);

/*
 * A whole file, in its place.  ERR_INVALID: no name of a bundle, or out of
 * order (logged); ERR_TOO_LARGE; else what the writer says.  After an error
 * all calls give the same one.
 */
enum err
tlog_bundle_file(struct tlog_bundle *, const char *name, struct span bytes);

/* A file of `size` bytes, piece by piece: exactly that many. */
enum err
tlog_bundle_begin(struct tlog_bundle *, const char *name, uint64_t size);
enum err tlog_bundle_data(struct tlog_bundle *, const void *, size_t len);

/*
 * SHA256SUMS, its signature with that trusted comment, and the end.  Frees
 * what the bundle holds, also after an error.
 */
enum err tlog_bundle_finish(struct tlog_bundle *, const char *trusted);

#endif
