/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Merkle tree over the records as RFC 6962 §2.1 defines it, word by word
 * and not as crypt/merkle.c does it: is each checkpoint that was published
 * the root of what the database has?
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "clients.h"

enum { RECORDS_MAX = 200000 };

enum { SQL_DIGESTS, SQL_CHECKPOINTS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_DIGESTS] = "SELECT digest FROM record ORDER BY id",
	[SQL_CHECKPOINTS] =
	    "SELECT size, root FROM log_checkpoint ORDER BY size",
};

static size_t
read_digests(struct ctx *ctx, uint8_t *digests)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_DIGESTS], DB_NONE);
	size_t n = 0, len;
	const char *digest;

	while (db_next(rows)) {
		digest = db_col_peek(rows, 0, &len);
		must(n < RECORDS_MAX && len == DIGEST_BYTES, "a digest");
		memcpy(digests + n++ * DIGEST_BYTES, digest, len);
	}
	must_ok(db_done(rows), "the records");
	return n;
}

static void
root_of(const uint8_t *entries, size_t n, uint8_t out[DIGEST_BYTES])
{
	uint8_t node[1 + 2 * DIGEST_BYTES] = { n > 1 };
	size_t k = 1;

	if (n <= 1) {
		if (n == 1)
			memcpy(node + 1, entries, DIGEST_BYTES);
		digest_sha256(node, n * (1 + DIGEST_BYTES), out);
		return;
	}
	while (2 * k < n)
		k *= 2;
	root_of(entries, k, node + 1);
	root_of(entries + k * DIGEST_BYTES, n - k, node + 1 + DIGEST_BYTES);
	digest_sha256(node, sizeof(node), out);
}

/* Says which checkpoints are wrong, then the size and root of all records. */
int
roots_main(int argc, char **argv)
{
	static uint8_t digests[RECORDS_MAX * DIGEST_BYTES];
	char text[BASE64_LEN(DIGEST_BYTES) + 1];
	uint8_t root[DIGEST_BYTES];
	struct db_rows *rows;
	struct ctx ctx;
	int64_t size;
	size_t n, len;
	const char *kept;
	int status = EXIT_SUCCESS;

	(void)argc;
	(void)argv;
	portal_open(&ctx);
	n = read_digests(&ctx, digests);
	rows = db_query(ctx.db, sql[SQL_CHECKPOINTS], DB_NONE);
	while (db_next(rows)) {
		size = db_col_int(rows, 0);
		kept = db_col_peek(rows, 1, &len);
		must(size >= 0 && (uint64_t)size <= n, "a record is lost");
		root_of(digests, (size_t)size, root);
		if (len == sizeof(root) && memcmp(kept, root, len) == 0)
			continue;
		printf("the checkpoint of %" PRId64 " is another\n", size);
		status = EXIT_FAILURE;
	}
	must_ok(db_done(rows), "the checkpoints");
	root_of(digests, n, root);
	base64_encode(root, sizeof(root), text);
	printf("%zu %s\n", n, text);
	portal_close(&ctx);
	return status;
}
