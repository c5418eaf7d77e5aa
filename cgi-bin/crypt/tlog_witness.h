/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a log asks of a witness (C2SP tlog-witness, v1): the body of
 * POST <prefix>/add-checkpoint, written by who asks and read by who is asked.
 * Not here: whether the checkpoint is signed (crypt/checkpoint.h), whether it
 * extends what was cosigned (crypt/merkle.h), and the answer's signature
 * (crypt/cosignature.h).
 *
 *	old <decimal: the size that the witness has cosigned; 0: none>
 *	<base64(hash)>, a line each, at most 63: RFC 6962 §2.1.2
 *	<blank line>
 *	<checkpoint, signed>
 */
#ifndef CRYPT_TLOG_WITNESS_H
#define CRYPT_TLOG_WITNESS_H

#include "base/buf.h"
#include "base/span.h"
#include "crypt/merkle.h"
#include "crypt/tlog_fault.h"

enum { TLOG_WITNESS_PROOF = 63, TLOG_WITNESS_BODY_MAX = 64 * 1024 };

struct tlog_witness_request {
	uint64_t old;
	struct merkle_proof proof;
	struct span checkpoint; /* a signed note */
};

/*
 * Adds the body.  ERR_INVALID: no such request may be made (too many hashes,
 * a size beyond any, no checkpoint), and nothing is added.  ERR_TOO_LARGE:
 * longer than a body may be, or than the buffer; it holds no whole body then.
 */
enum err
tlog_witness_request_write(const struct tlog_witness_request *, struct buf *);

/*
 * ERR_INVALID with the fault (logged as information); the request is all zero
 * then.  Nothing is verified, and the checkpoint, which points into the bytes,
 * is not read: only that there is something.
 */
enum err tlog_witness_request_read(const void *, size_t len,
    struct tlog_witness_request *, struct tlog_fault *);

#endif
