/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a PDF that may act, and as objects packed in one.  Whatever
 * they are, a name that acts and stands behind them is found, unless they
 * were refused before.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "scan/pdf_active.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { LEFT = 4 * 1024 * 1024, ROOM = 1024 * 1024 };

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static struct verdict
check(const void *s, size_t len)
{
	uint64_t left = LEFT;
	struct verdict v = { .fault = VERDICT_GOOD };
	bool is_right = pdf_active_check(s, len, &left, &v);

	must(is_right == (v.fault == VERDICT_GOOD) && left <= LEFT);
	must(v.fault == VERDICT_GOOD || v.fault == VERDICT_FORBIDDEN ||
	    v.fault == VERDICT_LIMIT || v.fault == VERDICT_BROKEN ||
	    v.fault == VERDICT_ENCRYPTED);
	must((v.what == VERDICT_ACTIVE) == (v.fault == VERDICT_FORBIDDEN));
	must((v.where[0] != '\0') == (v.fault == VERDICT_FORBIDDEN));
	must(text_ok(v.where, strlen(v.where), TEXT_LINE));
	return v;
}

static void
check_packed(const struct buf *plain)
{
	uLongf n = compressBound(plain->len);
	uint8_t *packed = malloc(n);
	struct buf b;

	must(packed != NULL);
	must(compress(packed, &n, (const Bytef *)plain->data, plain->len) ==
	    Z_OK);
	buf_init(&b, ROOM);
	buf_adds(&b, "1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n");
	buf_add(&b, packed, n);
	must(check(b.data, b.len).fault == VERDICT_FORBIDDEN);
	buf_free(&b);
	free(packed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf b;

	check(data, len);
	buf_init(&b, ROOM);
	buf_add(&b, data, len);
	buf_adds(&b, " /Launch ");
	if (!b.overflow) {
		must(check(b.data, b.len).what == VERDICT_ACTIVE);
		check_packed(&b);
	}
	buf_free(&b);
	return 0;
}
