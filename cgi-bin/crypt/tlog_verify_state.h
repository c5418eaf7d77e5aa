/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the checks of a bundle share while they run: for crypt/tlog_verify*.c
 * alone.
 */
#ifndef CRYPT_TLOG_VERIFY_STATE_H
#define CRYPT_TLOG_VERIFY_STATE_H

#include "base/arena.h"
#include "crypt/merkle_trail.h"
#include "crypt/tlog_verify.h"
#include "crypt/token.h"

/* Growing arrays of fixed-size things, with a limit. */
struct tlog_list {
	uint8_t *data;
	size_t n, cap, size, max; /* size: of one, in bytes */
};

/* A new one, zeroed; NULL: no more may be, or there is no memory. */
void *tlog_list_add(struct tlog_list *);
void *tlog_list_at(const struct tlog_list *, size_t);
void tlog_list_free(struct tlog_list *);

struct tlog_seen_record {
	uint64_t index;
	uint8_t digest[DIGEST_BYTES];
};

struct tlog_seen_key {
	char organisation[TAR_NAME];
	char number[MINISIG_NUMBER_TEXT];
	struct minisig_key key;
	bool is_confirmed; /* by a record: its number */
	bool is_told;	   /* … the whole key */
};

/* A signature whose agreement has not come yet. */
struct tlog_seen_signature {
	char name[TAR_NAME];
	struct tlog_name of;
	struct minisig *minisig; /* in the arena; NULL: it is none */
	bool is_party;		 /* who signed is one */
};

struct verifier {
	const struct tlog_verify *asked;
	struct tlog_report *report;
	struct tar tar;
	bool has_part[PART__MAX];

	/* The present file. */
	struct tlog_name name;
	struct buf file; /* its bytes, where its part keeps them */
	bool is_kept;	 /* all of them */
	uint8_t digest[DIGEST_BYTES];

	struct buf checkpoint; /* the bundle's, as it came */
	struct merkle_trail trail;
	struct tlog_list records;    /* tlog_seen_record, by index */
	size_t proved;		     /* so many of them had their turn */
	struct tlog_list references; /* digests that records name */
	bool is_sorted;		     /* the references are */
	struct tlog_list keys;	     /* tlog_seen_key */
	struct tlog_list signatures; /* tlog_seen_signature, of one version */
	struct arena *arena;	     /* theirs */
	uint8_t prehash[MINISIG_PREHASH]; /* of what they sign */
	bool has_bundle_key;
	struct minisig_key bundle_key;

	struct buf sums; /* SHA256SUMS as it should be */
	size_t sums_at;	 /* so much of it was seen */
	bool is_sums_good;
	struct minisig_hash sums_hash;
};

/* Tells, and counts.  `name` NULL is the present file. */
void tlog_wrong(struct verifier *, enum tlog_wrong, const char *name,
    const char *detail, int line);

/* The check of a file that was read; the table of them is by part. */
typedef void tlog_check(struct verifier *);

/* tlog_verify_log.c */
tlog_check tlog_check_checkpoint, tlog_check_log_key, tlog_check_bundle_key,
    tlog_check_witness_keys, tlog_check_record, tlog_check_proof;
/* Records behind the last proof. */
void tlog_check_unproved(struct verifier *, uint64_t before);

/* tlog_verify_agreement.c */
tlog_check tlog_check_key, tlog_check_agreement, tlog_check_content,
    tlog_check_sums_signature;
/* Signatures whose agreement did not come. */
void tlog_check_unsigned(struct verifier *);
/* What is known of keys and references when all was read. */
void tlog_count_references(struct verifier *);

/* A SHA-256 that a record names: 64 hex digits; others are passed over. */
void tlog_refer(struct verifier *, struct span);
bool tlog_is_referred(struct verifier *, const uint8_t digest[DIGEST_BYTES]);

/* That organisation's key of that number, or NULL. */
struct tlog_seen_key *
tlog_find_key(struct verifier *, struct span organisation, struct span number);

#endif
