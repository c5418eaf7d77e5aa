/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A multipart body with the boundary "b".  The first byte says how many bytes
 * come at a time; the answer must not depend on it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/upload.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct source {
	const uint8_t *at;
	size_t left, step;
};

static long
source_read(void *from, void *into, size_t size)
{
	struct source *s = from;
	size_t n = s->left < s->step ? s->left : s->step;

	n = n < size ? n : size;
	if (n > 0)
		memcpy(into, s->at, n);
	s->at += n;
	s->left -= n;
	return (long)n;
}

static enum err
sink_open(void *to, const struct upload_part *p)
{
	if (strpbrk(p->filename, "/\\") != NULL ||
	    !text_ok(p->filename, strlen(p->filename), TEXT_LINE) ||
	    !text_ok(p->type, strlen(p->type), TEXT_PROSE))
		abort();
	buf_addf(to, "<%s|%s|%s:", p->name, p->filename, p->type);
	return ERR_OK;
}

static enum err
sink_write(void *to, const void *bytes, size_t len)
{
	buf_add(to, bytes, len);
	return ERR_OK;
}

static enum err
sink_close(void *to)
{
	buf_adds(to, ">");
	return ERR_OK;
}

static enum err
parse(const uint8_t *data, size_t len, size_t step, struct buf *out)
{
	struct arena *arena = arena_new(64 * 1024 * 1024);
	struct source s = { data, len, step };
	const struct body body = { source_read, &s, len };
	const struct upload_sink sink = { out, sink_open, sink_write,
		sink_close };
	struct pair *pairs;
	enum err rc;

	rc = upload_parse(arena, &body, "multipart/form-data; boundary=b", 3000,
	    &sink, &pairs);
	if ((rc == ERR_OK) != (pairs != NULL))
		abort();
	for (; rc == ERR_OK && pairs->name != NULL; pairs++)
		buf_addf(out, "[%s=%s]", pairs->name, pairs->value);
	arena_free(arena);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf a, b;
	enum err rc;

	if (len == 0)
		return 0;
	buf_init(&a, 4 * 1024 * 1024);
	buf_init(&b, 4 * 1024 * 1024);
	rc = parse(data + 1, len - 1, (size_t)data[0] + 1, &a);
	if (parse(data + 1, len - 1, SIZE_MAX, &b) != rc)
		abort();
	if (rc == ERR_OK &&
	    (a.len != b.len ||
		(a.len > 0 && memcmp(a.data, b.data, a.len) != 0)))
		abort();
	buf_free(&a);
	buf_free(&b);
	return 0;
}
