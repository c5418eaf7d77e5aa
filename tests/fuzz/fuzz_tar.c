/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as an archive.  What reads to its end is written again to the
 * same bytes, by the headers alone: there is nothing else in it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/tar.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { SIZE_MAX_HERE = 1 << 20 };

struct bytes {
	const uint8_t *at;
	size_t len;
};

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

/* In pieces of odd sizes. */
static ssize_t
read_bytes(void *arg, void *out, size_t len)
{
	struct bytes *b = arg;

	if (len > b->len)
		len = b->len;
	if (len > 700)
		len = 700;
	memcpy(out, b->at, len);
	b->at += len;
	b->len -= len;
	return (ssize_t)len;
}

static void
copy(struct tar *t, struct buf *out)
{
	static const uint8_t zeros[TAR_BLOCK];
	uint8_t header[TAR_BLOCK];
	const uint8_t *piece;
	size_t len;

	must(tar_name_ok(t->name));
	must(tar_header(t->name, t->size, header));
	buf_add(out, header, sizeof(header));
	while (tar_data(t, &piece, &len) && len > 0)
		buf_add(out, piece, len);
	buf_add(out, zeros, tar_padding(t->size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const uint8_t zeros[2 * TAR_BLOCK];
	struct bytes bytes = { data, len };
	struct tar_source source = { read_bytes, &bytes };
	struct tar_limits limits = { 100, SIZE_MAX_HERE, SIZE_MAX_HERE, NULL };
	static struct tar t;
	struct buf out;

	log_open("fuzz", LOG_ERROR);
	buf_init(&out, 2 * SIZE_MAX_HERE);
	tar_start(&t, &source, &limits);
	while (tar_next(&t))
		copy(&t, &out);
	must(t.files <= limits.files && t.bytes <= SIZE_MAX_HERE);
	buf_add(&out, zeros, sizeof(zeros));
	if (t.reason == TAR_OK)
		must(out.len == len && memcmp(out.data, data, len) == 0);
	buf_free(&out);
	return 0;
}
