/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_witness.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"

_Static_assert(
    (int)TLOG_WITNESS_PROOF <= (int)MERKLE_PROOF_MAX, "a proof has room");

/* ---- writing ---------------------------------------------------------- */

enum err
tlog_witness_request_write(
    const struct tlog_witness_request *r, struct buf *out)
{
	char hash[BASE64_LEN(MERKLE_HASH) + 1];
	const size_t before = out->len;

	if (r->old > MERKLE_SIZE_MAX || r->proof.n > TLOG_WITNESS_PROOF ||
	    r->checkpoint.len == 0)
		return ERR_INVALID;
	buf_addf(out, "old %" PRIu64 "\n", r->old);
	for (size_t i = 0; i < r->proof.n; i++) {
		base64_encode(r->proof.hash[i], MERKLE_HASH, hash);
		buf_addf(out, "%s\n", hash);
	}
	buf_addc(out, '\n');
	buf_add(out, r->checkpoint.at, r->checkpoint.len);
	if (out->overflow || out->len - before > TLOG_WITNESS_BODY_MAX)
		return ERR_TOO_LARGE;
	return ERR_OK;
}

/* ---- reading ---------------------------------------------------------- */

/* The hashes, from line 2 on, and the blank line behind them. */
static bool
read_proof(
    struct span *rest, struct merkle_proof *proof, struct tlog_fault *fault)
{
	struct span line;

	for (int number = 2;; number++) {
		if (!span_line(rest, &line))
			return tlog_fail(fault, TLOG_LINES, number);
		if (line.len == 0)
			return true;
		if (proof->n == TLOG_WITNESS_PROOF)
			return tlog_fail(fault, TLOG_LINES, number);
		if (!base64_decode(
			line.at, line.len, proof->hash[proof->n], MERKLE_HASH))
			return tlog_fail(fault, TLOG_BASE64, number);
		proof->n++;
	}
}

static bool
read_request(
    struct span rest, struct tlog_witness_request *r, struct tlog_fault *fault)
{
	struct span line;

	if (rest.len == 0 || rest.len > TLOG_WITNESS_BODY_MAX)
		return tlog_fail(fault, TLOG_SIZE, 0);
	if (!span_line(&rest, &line))
		return tlog_fail(fault, TLOG_LINES, 1);
	if (!span_skip(&line, "old "))
		return tlog_fail(fault, TLOG_FORMAT, 1);
	if (!span_to_uint(line, MERKLE_SIZE_MAX, &r->old))
		return tlog_fail(fault, TLOG_NUMBER, 1);
	if (!read_proof(&rest, &r->proof, fault))
		return false;
	r->checkpoint = rest;
	return rest.len > 0 ||
	    tlog_fail(fault, TLOG_LINES, (int)r->proof.n + 3);
}

enum err
tlog_witness_request_read(const void *bytes, size_t len,
    struct tlog_witness_request *r, struct tlog_fault *fault)
{
	memset(r, 0, sizeof(*r));
	tlog_fail(fault, TLOG_OK, 0);
	if (!read_request((struct span){ bytes, len }, r, fault))
		memset(r, 0, sizeof(*r));
	return tlog_result(fault, "a request to cosign");
}
