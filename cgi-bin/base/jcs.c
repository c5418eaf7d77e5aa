/* SPDX-License-Identifier: Apache-2.0 */
#include "base/jcs.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/log.h"

enum { DEPTH_MAX = 32 };

/* The largest integer that every JSON reader holds exactly (RFC 7493 §2.2). */
static const json_int_t integer_max = ((json_int_t)1 << 53) - 1;

static enum err write_value(const json_t *, struct buf *, int depth);

static enum err
refuse(const char *why)
{
	log_line(LOG_ERROR, "jcs", "refused: %s", why);
	return ERR_INTERNAL;
}

static void
write_escaped(unsigned char c, struct buf *out)
{
	static const char short_form[256] = {
		['"'] = '"',
		['\\'] = '\\',
		['\b'] = 'b',
		['\t'] = 't',
		['\n'] = 'n',
		['\f'] = 'f',
		['\r'] = 'r',
	};

	if (short_form[c] != '\0')
		buf_addf(out, "\\%c", short_form[c]);
	else
		buf_addf(out, "\\u%04x", c);
}

/* How many ASCII characters that stand for themselves come first. */
static size_t
plain(const unsigned char *p, size_t len)
{
	size_t n = 0;

	while (n < len && p[n] >= 0x20 && p[n] < 0x80 && p[n] != '"' &&
	    p[n] != '\\')
		n++;
	return n;
}

static enum err
write_string(const char *s, size_t len, struct buf *out)
{
	const unsigned char *p = (const unsigned char *)s;
	utf8proc_int32_t c;
	size_t n;

	buf_addc(out, '"');
	for (; len > 0; p += n, len -= n) {
		if ((n = plain(p, len)) > 0) {
			buf_add(out, p, n);
			continue;
		}
		utf8proc_ssize_t bytes =
		    utf8proc_iterate(p, (utf8proc_ssize_t)len, &c);

		if (bytes <= 0)
			return refuse("a text that is not UTF-8");
		n = (size_t)bytes;
		if (c < 0x20 || c == '"' || c == '\\')
			write_escaped(*p, out);
		else
			buf_add(out, p, n);
	}
	buf_addc(out, '"');
	return ERR_OK;
}

static enum err
write_integer(const json_t *value, struct buf *out)
{
	json_int_t n = json_integer_value(value);

	if (n > integer_max || n < -integer_max)
		return refuse("an integer beyond 2^53-1");
	buf_addf(out, "%" JSON_INTEGER_FORMAT, n);
	return ERR_OK;
}

static enum err
write_array(const json_t *array, struct buf *out, int depth)
{
	enum err rc = ERR_OK;

	buf_addc(out, '[');
	for (size_t i = 0; rc == ERR_OK && i < json_array_size(array); i++) {
		if (i > 0)
			buf_addc(out, ',');
		rc = write_value(json_array_get(array, i), out, depth);
	}
	buf_addc(out, ']');
	return rc;
}

/*
 * UTF-16 code unit order (RFC 8785 §3.2.3) of UTF-8 texts.  Byte order is code
 * point order, which differs in one thing: characters from U+10000 (lead byte
 * F0 and up) are surrogates in UTF-16, D800 to DFFF, and so come before U+E000
 * to U+FFFF (lead bytes EE and EF).
 */
static int
compare_keys(const void *a, const void *b)
{
	const unsigned char *x = *(const unsigned char *const *)a;
	const unsigned char *y = *(const unsigned char *const *)b;

	while (*x == *y && *x != '\0')
		x++, y++;
	if (*x >= 0xf0 && (*y == 0xee || *y == 0xef))
		return -1;
	if (*y >= 0xf0 && (*x == 0xee || *x == 0xef))
		return 1;
	return (*x > *y) - (*x < *y);
}

static enum err
write_members(const json_t *object, const char *const *keys, size_t n,
    struct buf *out, int depth)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		if (i > 0)
			buf_addc(out, ',');
		rc = write_string(keys[i], strlen(keys[i]), out);
		buf_addc(out, ':');
		if (rc == ERR_OK)
			rc = write_value(
			    json_object_get(object, keys[i]), out, depth);
	}
	return rc;
}

static enum err
write_object(const json_t *object, struct buf *out, int depth)
{
	/* jansson's iterators take no const, though they change nothing. */
	json_t *same = (json_t *)(uintptr_t)object;
	size_t n = 0, size = json_object_size(object);
	const char **keys = calloc(size + 1, sizeof(*keys));
	enum err rc;

	if (keys == NULL)
		return ERR_MEMORY;
	for (void *it = json_object_iter(same); it != NULL && n < size;
	     it = json_object_iter_next(same, it))
		keys[n++] = json_object_iter_key(it);
	qsort(keys, n, sizeof(*keys), compare_keys);
	buf_addc(out, '{');
	rc = write_members(object, keys, n, out, depth);
	buf_addc(out, '}');
	free(keys);
	return rc;
}

static enum err
write_value(const json_t *value, struct buf *out, int depth)
{
	if (value == NULL)
		return refuse("no value");
	if (depth++ >= DEPTH_MAX)
		return refuse("values nested too deep");
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return write_object(value, out, depth);
	case JSON_ARRAY:
		return write_array(value, out, depth);
	case JSON_STRING:
		return write_string(
		    json_string_value(value), json_string_length(value), out);
	case JSON_INTEGER:
		return write_integer(value, out);
	case JSON_REAL:
		return refuse("a real number");
	case JSON_TRUE:
		buf_adds(out, "true");
		return ERR_OK;
	case JSON_FALSE:
		buf_adds(out, "false");
		return ERR_OK;
	case JSON_NULL:
		buf_adds(out, "null");
		return ERR_OK;
	}
	return refuse("an unknown kind of value");
}

enum err
jcs_write(const json_t *value, struct buf *out)
{
	enum err rc = write_value(value, out, 0);

	if (rc == ERR_OK && out->overflow)
		return ERR_TOO_LARGE;
	return rc;
}
