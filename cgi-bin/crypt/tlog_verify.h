/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An auditor's bundle (crypt/tlog_bundle.h) checked from its first byte to
 * its last, in one pass, with the keys that the auditor trusts.  No network,
 * no database, no code that signs.  Each thing that is false is told with its
 * name; what was checked and found true is counted in the report, so that
 * nobody takes for proved what was not there to prove.
 *
 * Memory: some 250 bytes a record, and what one file of a bundle may have.
 */
#ifndef CRYPT_TLOG_VERIFY_H
#define CRYPT_TLOG_VERIFY_H

#include "base/tar.h"
#include "crypt/checkpoint.h"
#include "crypt/minisig.h"
#include "crypt/tlog_name.h"

enum {
	TLOG_WITNESSES = 16,
	TLOG_FILES_MAX = 1000000, /* in a bundle */
	TLOG_RECORD_MAX = 64 * 1024,
	TLOG_AGREEMENT_MAX = 4 * 1024 * 1024
};

/* What can be wrong. */
enum tlog_wrong {
	WRONG_ARCHIVE,	    /* the tar; detail and offset say */
	WRONG_UNREADABLE,   /* … could not be read */
	WRONG_TOO_MUCH,	    /* more than this program takes */
	WRONG_NAME,	    /* no file of a bundle */
	WRONG_MISSING,	    /* this one should be there */
	WRONG_SIZE,	    /* larger than such a file can be */
	WRONG_CHECKPOINT,   /* not a checkpoint signed by the log's key */
	WRONG_LOG_KEY,	    /* not the key that the auditor has */
	WRONG_BUNDLE_KEY,   /* not a key, or not the one the auditor has */
	WRONG_WITNESS_KEYS, /* not a list of keys */
	WRONG_WITNESS,	    /* a cosignature that does not hold */
	WRONG_POLICY,	    /* fewer cosignatures than asked for */
	WRONG_KEY,	    /* not the key that its name, or a record, says */
	WRONG_RECORD_FORM,  /* not one canonical JSON object */
	WRONG_RECORD_KIND,  /* of a format that is not known */
	WRONG_RECORD_INDEX, /* beyond the size of the log */
	WRONG_UNPROVED,	    /* a record without a proof */
	WRONG_PROOF_ALONE,  /* a proof without its record */
	WRONG_PROOF_FORM,   /* not a proof, or of another index */
	WRONG_PROOF_OTHER,  /* by another checkpoint than the bundle's */
	WRONG_PROOF,	    /* it does not lead from the record to the root */
	WRONG_AGREEMENT,    /* not the agreement and version of its name */
	WRONG_UNKNOWN,	    /* no record in the bundle refers to it */
	WRONG_SIGNATURE,    /* it does not hold; detail says why */
	WRONG_SIGNER,	    /* by an organisation that is no party */
	WRONG_SIGNER_KEY,   /* its key is not in the bundle */
	WRONG_SIGNED,	    /* what was signed is not in the bundle */
	WRONG_CONTENT,	    /* it has not the SHA-256 of its name */
	WRONG_SUMS,	    /* the list says otherwise about this file */
	WRONG_SUMS_SIGNATURE,
	WRONG__MAX
};

/* "archive" …, ends with NULL; and a sentence's end in English. */
extern const char *const tlog_wrongs[WRONG__MAX + 1];
const char *tlog_wrong_text(enum tlog_wrong);

/* It is not false, but could not be checked. */
bool tlog_wrong_is_open(enum tlog_wrong);

struct tlog_trouble {
	enum tlog_wrong wrong;
	const char *name;   /* of the file, or of the one before it */
	const char *detail; /* a reason's word; NULL */
	int line;	    /* in the file; 0: none is meant */
	uint64_t at;	    /* offset in the archive: WRONG_ARCHIVE alone */
};

struct tlog_report {
	bool has_checkpoint; /* signed by the log's key */
	struct merkle_point tree;
	char root[46]; /* base64 */
	bool is_sums_signed;
	char bundle_key[MINISIG_KEY_TEXT];  /* in the bundle; "" */
	bool is_bundle_key_known;	    /* it is the auditor's */
	size_t cosigned;		    /* of the witnesses given */
	int64_t cosigned_s[TLOG_WITNESSES]; /* by each, Unix; 0: it did not */
	size_t witnesses_listed;	    /* in the bundle */
	uint64_t files, records, proofs, agreements, signatures, contents;
	/* Of organisations; by a record of the bundle the number of, and all
	   of. */
	uint64_t keys, keys_confirmed, keys_told;
	uint64_t referred, included; /* SHA-256 named in records; of these
					  in the bundle */
	uint64_t false_count, open_count;
};

struct tlog_verify {
	const struct note_key *log;
	const struct note_key *witness;
	size_t witness_count, policy;	      /* at least `policy` of them */
	const struct minisig_key *bundle_key; /* NULL: the auditor has none */
	void (*trouble)(void *arg, const struct tlog_trouble *);
	void *arg;
};

/*
 * ERR_OK: all is true.  ERR_INVALID: something is false.  ERR_STATE: nothing
 * is false, but something could not be checked.
 */
enum err tlog_verify(const struct tlog_verify *, const struct tar_source *,
    struct tlog_report *);

#endif
