/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/image.h"

#include <string.h>

enum {
	PNG_SIGNATURE = 8,
	PNG_CHUNK = 12,	 /* length, type, checksum */
	PNG_HEADER = 13, /* bytes of IHDR */

	JPEG_FRAME = 7 /* precision, height, width, components; with length */
};

static uint32_t
be(const uint8_t *p, int bytes)
{
	uint32_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | p[i];
	return value;
}

static bool
broken(struct verdict *v)
{
	return verdict_refuse(v, VERDICT_BROKEN, VERDICT_WHAT_NONE, NULL);
}

static bool
size_ok(uint32_t width, uint32_t height, struct verdict *v)
{
	if (width == 0 || height == 0)
		return broken(v);
	if (width > IMAGE_SIDE || height > IMAGE_SIDE ||
	    (uint64_t)width * height > IMAGE_PIXELS)
		return verdict_refuse(
		    v, VERDICT_TOO_LARGE, VERDICT_PIXELS, NULL);
	return true;
}

/* ---- PNG ------------------------------------------------------------- */

/* Length of the chunk's data, or -1 when it does not fit. */
static int64_t
chunk(const uint8_t *s, size_t len)
{
	uint32_t data;

	if (len < PNG_CHUNK)
		return -1;
	data = be(s, 4);
	return data <= len - PNG_CHUNK ? (int64_t)data : -1;
}

static bool
is_chunk(const uint8_t *s, const char *type)
{
	return memcmp(s + 4, type, 4) == 0;
}

/* From the chunk behind IHDR to IEND, which ends the file. */
static bool
walk_png(const uint8_t *s, size_t len, struct verdict *v)
{
	bool has_data = false;
	int64_t data;

	while ((data = chunk(s, len)) >= 0) {
		has_data = has_data || is_chunk(s, "IDAT");
		if (is_chunk(s, "IEND"))
			return (has_data && len == PNG_CHUNK) || broken(v);
		s += PNG_CHUNK + data;
		len -= (size_t)(PNG_CHUNK + data);
	}
	return broken(v);
}

bool
image_check_png(const uint8_t *s, size_t len, struct verdict *v)
{
	const size_t head = PNG_SIGNATURE + PNG_CHUNK + PNG_HEADER;

	if (len < head || memcmp(s, "\x89PNG\r\n\x1a\n", PNG_SIGNATURE) != 0 ||
	    chunk(s + PNG_SIGNATURE, len - PNG_SIGNATURE) != PNG_HEADER ||
	    !is_chunk(s + PNG_SIGNATURE, "IHDR"))
		return broken(v);
	return size_ok(be(s + PNG_SIGNATURE + 8, 4),
		   be(s + PNG_SIGNATURE + 12, 4), v) &&
	    walk_png(s + head, len - head, v);
}

/* ---- JPEG ------------------------------------------------------------ */

/* SOF0 to SOF15, without DHT, JPG and DAC. */
static bool
is_frame(uint8_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	    marker != 0xc8 && marker != 0xcc;
}

/* Markers that stand alone, without a length. */
static bool
is_alone(uint8_t marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/* Bytes to the end of the segment whose marker ends before s; 0: none. */
static size_t
segment(const uint8_t *s, size_t len)
{
	size_t n = len >= 2 ? be(s, 2) : 0;

	return n >= 2 && n <= len ? n : 0;
}

/* The marker at s, fill bytes passed over; where its segment starts. */
static size_t
next_marker(const uint8_t *s, size_t len, size_t at, uint8_t *marker)
{
	if (at >= len || s[at] != 0xff)
		return 0;
	while (at < len && s[at] == 0xff)
		at++;
	if (at == len || s[at] == 0x00)
		return 0;
	*marker = s[at];
	return at + 1;
}

/* The end of the image somewhere behind the first scan. */
static bool
has_end(const uint8_t *s, size_t len)
{
	return memmem(s, len, "\xff\xd9", 2) != NULL;
}

bool
image_check_jpeg(const uint8_t *s, size_t len, struct verdict *v)
{
	uint8_t marker = 0;
	size_t at = 0, n;
	bool has_size = false;

	while ((at = next_marker(s, len, at, &marker)) > 0) {
		if (is_alone(marker))
			continue;
		if ((n = segment(s + at, len - at)) == 0)
			break;
		if (is_frame(marker)) {
			if (n < JPEG_FRAME)
				break;
			if (!size_ok(be(s + at + 5, 2), be(s + at + 3, 2), v))
				return false;
			has_size = true;
		}
		at += n;
		if (marker == 0xda) /* the scan begins */
			return (has_size && has_end(s + at, len - at)) ||
			    broken(v);
	}
	return broken(v);
}
