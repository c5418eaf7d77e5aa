/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include <stdint.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a character plus one; zero: it is none. */
#define RANGE10(c, v)                                                  \
	[c] = (v), [(c) + 1] = (v) + 1, [(c) + 2] = (v) + 2,           \
	[(c) + 3] = (v) + 3, [(c) + 4] = (v) + 4, [(c) + 5] = (v) + 5, \
	[(c) + 6] = (v) + 6, [(c) + 7] = (v) + 7, [(c) + 8] = (v) + 8, \
	[(c) + 9] = (v) + 9
#define RANGE26(c, v)                                            \
	RANGE10(c, v), RANGE10((c) + 10, (v) + 10),              \
	    [(c) + 20] = (v) + 20, [(c) + 21] = (v) + 21,        \
		   [(c) + 22] = (v) + 22, [(c) + 23] = (v) + 23, \
		   [(c) + 24] = (v) + 24, [(c) + 25] = (v) + 25

static const uint8_t values[256] = {
	RANGE26('A', 1),
	RANGE26('a', 27),
	RANGE10('0', 53),
	['+'] = 63,
	['/'] = 64,
};

void
base64_encode(const void *bytes, size_t len, char *out)
{
	const uint8_t *p = bytes;
	uint32_t three;

	for (; len > 0; p += 3) {
		size_t n = len < 3 ? len : 3;

		three = (uint32_t)p[0] << 16;
		if (n > 1)
			three |= (uint32_t)p[1] << 8;
		if (n > 2)
			three |= p[2];
		*out++ = letters[three >> 18];
		*out++ = letters[three >> 12 & 63];
		*out++ = n > 1 ? letters[three >> 6 & 63] : '=';
		*out++ = n > 2 ? letters[three & 63] : '=';
		len -= n;
	}
	*out = '\0';
}

/* Four characters, of which `n` bytes come; false: not the only text for it. */
static bool
decode_four(const unsigned char *s, uint8_t *out, size_t n)
{
	uint32_t three = 0;
	uint8_t v;

	for (size_t i = 0; i < 4; i++) {
		if (i > n) {
			if (s[i] != '=')
				return false;
			v = 1;
		} else if ((v = values[s[i]]) == 0) {
			return false;
		}
		three = three << 6 | (uint32_t)(v - 1);
	}
	if ((three & ((UINT32_C(1) << 8 * (3 - n)) - 1)) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(three >> (16 - 8 * i));
	return true;
}

bool
base64_decode(const char *text, size_t len, void *bytes, size_t size)
{
	const unsigned char *s = (const unsigned char *)text;
	uint8_t *out = bytes;

	if (size > len || len != BASE64_LEN(size))
		return false;
	for (; size > 0; s += 4) {
		size_t n = size < 3 ? size : 3;

		if (!decode_four(s, out, n))
			return false;
		out += n;
		size -= n;
	}
	return true;
}

bool
base64_decode_any(
    const char *text, size_t len, void *out, size_t cap, size_t *size)
{
	size_t n;

	*size = 0;
	if (len % 4 != 0)
		return false;
	n = len / 4 * 3;
	for (size_t i = 1; i <= 2 && i < len && text[len - i] == '='; i++)
		n--;
	if (n > cap || !base64_decode(text, len, out, n))
		return false;
	*size = n;
	return true;
}
