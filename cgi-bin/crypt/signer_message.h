/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said to the signer and what it answers: one request and one answer
 * a connection, each of a fixed size, in a closed set.  Numbers are
 * big-endian; what a kind does not use is zero; anything else is no message,
 * and the connection is dropped without an answer.
 */
#ifndef CRYPT_SIGNER_MESSAGE_H
#define CRYPT_SIGNER_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "crypt/merkle.h"
#include "crypt/minisig.h"
#include "crypt/note.h"

enum {
	SIGNER_REQUEST = 2760,
	SIGNER_ANSWER = 800,
	SIGNER_COMMENT = 256 /* a trusted comment, with a NUL */
};

enum signer_kind {
	SIGNER_KEYS = 1,   /* what are the public keys? */
	SIGNER_CHECKPOINT, /* sign this size and root */
	SIGNER_BUNDLE,	   /* sign this prehash and trusted comment */
	SIGNER_COSIGN,	   /* witness this checkpoint of another log */
	SIGNER_KIND__MAX
};

struct signer_request {
	enum signer_kind kind;
	struct merkle_point tree;  /* SIGNER_CHECKPOINT, SIGNER_COSIGN */
	struct merkle_proof proof; /* … that it extends the last one signed */
	uint8_t prehash[MINISIG_PREHASH]; /* SIGNER_BUNDLE */
	char comment[SIGNER_COMMENT];
	uint64_t old; /* SIGNER_COSIGN: the size from which the proof goes on */
	char origin[NOTE_NAME];		   /* … the log's name */
	uint8_t signature[NOTE_SIGNATURE]; /* … the log's own */
};

enum signer_status {
	SIGNER_DONE,
	SIGNER_BACK,	 /* smaller than what was signed before */
	SIGNER_FORK,	 /* of the same size, with another root */
	SIGNER_PROOF,	 /* not shown to extend what was signed before */
	SIGNER_TEXT,	 /* not a trusted comment */
	SIGNER_FAILED,	 /* the state cannot be kept, or a fault of its own */
	SIGNER_UNKNOWN,	 /* a log that is not witnessed here */
	SIGNER_UNSIGNED, /* not signed by that log */
	SIGNER_STALE,	 /* `old` is not what was cosigned last */
	SIGNER_STATUS__MAX
};
/* "done", "back" …; ends with NULL. */
extern const char *const signer_statuses[SIGNER_STATUS__MAX + 1];

/*
 * With every status, the keys and the last point signed: of this log, or for
 * SIGNER_COSIGN of the one that is witnessed (zero when it is unknown).
 */
struct signer_answer {
	enum signer_kind kind;
	enum signer_status status;
	struct merkle_point last;
	uint8_t signature[NOTE_SIGNATURE]; /* of the note, or minisign's */
	uint8_t global[MINISIG_SIGNATURE]; /* SIGNER_BUNDLE */
	uint64_t time_s;		   /* SIGNER_COSIGN: Unix seconds */
	struct note_key log;
	struct minisig_key bundle;
	struct note_key witness; /* all zero: there is none */
};

void signer_request_write(
    const struct signer_request *, uint8_t out[SIGNER_REQUEST]);
bool
signer_request_read(const uint8_t in[SIGNER_REQUEST], struct signer_request *);
void
signer_answer_write(const struct signer_answer *, uint8_t out[SIGNER_ANSWER]);
bool
signer_answer_read(const uint8_t in[SIGNER_ANSWER], struct signer_answer *);

#endif
