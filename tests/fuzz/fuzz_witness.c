/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as what a log asks of a witness.  What is read is written the same,
 * byte for byte; what is refused leaves nothing behind.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "crypt/tlog_witness.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check_written(
    const struct tlog_witness_request *r, const uint8_t *data, size_t len)
{
	struct buf again;

	buf_init(&again, TLOG_WITNESS_BODY_MAX);
	must(tlog_witness_request_write(r, &again) == ERR_OK);
	must(again.len == len && memcmp(again.data, data, len) == 0);
	buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct tlog_witness_request zero;
	struct tlog_witness_request r;
	struct tlog_fault fault;

	log_open("fuzz", LOG_ERROR);
	if (tlog_witness_request_read(data, len, &r, &fault) == ERR_OK) {
		must(fault.reason == TLOG_OK);
		must(r.proof.n <= TLOG_WITNESS_PROOF && r.checkpoint.len > 0);
		check_written(&r, data, len);
	} else {
		must(fault.reason != TLOG_OK);
		must(memcmp(&r, &zero, sizeof(zero)) == 0);
	}
	return 0;
}
