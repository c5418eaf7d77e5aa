/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names of an auditor's bundle's files (crypt/tlog_bundle.h), what they
 * say, and their order.  Records and proofs are named by the number that people
 * know a record by, on the portal as here: its leaf in the log is one less.
 */
#ifndef CRYPT_TLOG_NAME_H
#define CRYPT_TLOG_NAME_H

#include "base/tar.h"
#include "crypt/minisig.h"

/* The untrusted comment of SHA256SUMS.minisig, which nobody signs. */
#define TLOG_BUNDLE_COMMENT "signature of the list of a bundle's files"

enum tlog_part {
	PART_README,
	PART_CHECKPOINT,
	PART_LOG_KEY,
	PART_BUNDLE_KEY,
	PART_WITNESS_KEYS,
	PART_KEY,
	PART_RECORD,
	PART_PROOF,
	PART_AGREEMENT, /* its signatures stand before it */
	PART_CONTENT,
	PART_SUMS,
	PART_SUMS_SIGNATURE,
	PART__MAX
};

/* What a name says; fields that its part does not have are zero. */
struct tlog_name {
	enum tlog_part part;
	uint64_t index; /* the leaf of a record or proof: its number - 1 */
	char organisation[TAR_NAME], ref[TAR_NAME];
	char number[MINISIG_NUMBER_TEXT]; /* of a key */
	int version;			  /* of an agreement */
	bool is_signature;		  /* of it, by `organisation` */
	char sha256[65];		  /* of a content */
};

/* False: a bundle has no file of that name. */
bool tlog_name_read(const char *, struct tlog_name *);

/* The other way; false when a field cannot stand in a name. */
bool tlog_name_write(const struct tlog_name *, char out[TAR_NAME]);

/* The order of files, for struct tar_limits.  Unknown names come last. */
int tlog_name_order(const char *, const char *);

#endif
