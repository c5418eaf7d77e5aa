/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 256 };

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_free(struct buf *b)
{
	free(b->data);
	buf_init(b, b->max);
}

void
buf_reset(struct buf *b)
{
	b->len = 0;
	b->overflow = false;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void
buf_rest(struct buf *b, size_t kept)
{
	if (b->cap > kept)
		buf_free(b);
	else
		buf_reset(b);
}

/* Room for `more` bytes and the NUL, or false and overflow. */
static bool
reserve(struct buf *b, size_t more)
{
	size_t need, cap;
	char *data;

	if (b->overflow || more > b->max - b->len ||
	    __builtin_add_overflow(b->len + 1, more, &need)) {
		b->overflow = true;
		return false;
	}
	if (need <= b->cap)
		return true;
	cap = b->cap > SIZE_MAX / 2 ? need : b->cap * 2;
	if (cap < FIRST_BYTES)
		cap = FIRST_BYTES;
	if (cap < need)
		cap = need;
	if ((data = realloc(b->data, cap)) == NULL) {
		b->overflow = true;
		return false;
	}
	b->data = data;
	b->cap = cap;
	return true;
}

void
buf_add(struct buf *b, const void *bytes, size_t len)
{
	if (!reserve(b, len))
		return;
	if (len > 0)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void
buf_addc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addf(struct buf *b, const char *format, ...)
{
	va_list ap;
	int len;

	va_start(ap, format);
	len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (len < 0) {
		b->overflow = true;
		return;
	}
	if (!reserve(b, (size_t)len))
		return;
	va_start(ap, format);
	vsnprintf(b->data + b->len, (size_t)len + 1, format, ap);
	va_end(ap);
	b->len += (size_t)len;
}
