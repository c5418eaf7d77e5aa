/* SPDX-License-Identifier: Apache-2.0 */
#include "base/tar.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* Offsets and lengths of a header's fields. */
enum {
	AT_MODE = 100,
	AT_UID = 108,
	AT_GID = 116,
	AT_SIZE = 124,
	AT_TIME = 136,
	AT_CHECKSUM = 148,
	CHECKSUM_LEN = 8,
	AT_KIND = 156,
	AT_MAGIC = 257,
	AT_MAJOR = 329,
	AT_MINOR = 337,
	NUMBER_LEN = 12,

	/* 1980-01-01: before that, some programs take offence. */
	FIXED_TIME = 315532800
};

const char *const tar_reasons[TAR__MAX + 1] = {
	[TAR_OK] = "ok",
	[TAR_READ] = "read",
	[TAR_CUT] = "cut",
	[TAR_CHECKSUM] = "checksum",
	[TAR_KIND] = "kind",
	[TAR_BAD_NAME] = "bad_name",
	[TAR_ORDER] = "order",
	[TAR_HEADER] = "header",
	[TAR_LARGE] = "large",
	[TAR_PADDING] = "padding",
	[TAR_BEHIND] = "behind",
	[TAR__MAX] = NULL,
};

static bool
may_stand(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

static bool
part_ok(const char *part, size_t len)
{
	if (len == 0 || (len == 1 && part[0] == '.') ||
	    (len == 2 && part[0] == '.' && part[1] == '.'))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!may_stand(part[i]))
			return false;
	return true;
}

bool
tar_name_ok(const char *name)
{
	size_t len;

	if (strnlen(name, TAR_NAME) == TAR_NAME)
		return false;
	for (;; name += len + 1) {
		len = strcspn(name, "/");
		if (!part_ok(name, len))
			return false;
		if (name[len] == '\0')
			return true;
	}
}

/* ---- writing --------------------------------------------------------- */

/* The checksum's own field counts as spaces. */
static unsigned
checksum(const uint8_t block[TAR_BLOCK])
{
	unsigned sum = CHECKSUM_LEN * ' ';

	for (int i = 0; i < TAR_BLOCK; i++)
		if (i < AT_CHECKSUM || i >= AT_CHECKSUM + CHECKSUM_LEN)
			sum += block[i];
	return sum;
}

static void
put(uint8_t *block, int at, const char *text)
{
	memcpy(block + at, text, strlen(text));
}

bool
tar_header(const char *name, uint64_t size, uint8_t out[TAR_BLOCK])
{
	char number[2 * NUMBER_LEN];

	memset(out, 0, TAR_BLOCK);
	if (!tar_name_ok(name) || size > TAR_SIZE_MAX)
		return false;
	put(out, 0, name);
	put(out, AT_MODE, "0000644");
	put(out, AT_UID, "0000000");
	put(out, AT_GID, "0000000");
	snprintf(number, sizeof(number), "%011llo", (unsigned long long)size);
	put(out, AT_SIZE, number);
	snprintf(number, sizeof(number), "%011o", (unsigned)FIXED_TIME);
	put(out, AT_TIME, number);
	put(out, AT_KIND, "0");
	put(out, AT_MAGIC, "ustar");
	put(out, AT_MAGIC + 6, "00");
	put(out, AT_MAJOR, "0000000");
	put(out, AT_MINOR, "0000000");
	snprintf(number, sizeof(number), "%06o", checksum(out));
	put(out, AT_CHECKSUM, number);
	out[AT_CHECKSUM + CHECKSUM_LEN - 1] = ' ';
	return true;
}

size_t
tar_padding(uint64_t size)
{
	return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
}

/* ---- reading --------------------------------------------------------- */

ssize_t
tar_read_fd(void *arg, void *bytes, size_t len)
{
	ssize_t n;

	do
		n = read(*(int *)arg, bytes, len);
	while (n < 0 && errno == EINTR);
	return n;
}

void
tar_start(struct tar *t, const struct tar_source *source,
    const struct tar_limits *limits)
{
	memset(t, 0, offsetof(struct tar, piece));
	t->source = *source;
	t->limits = *limits;
}

static bool
fail(struct tar *t, enum tar_reason reason, uint64_t at)
{
	t->reason = reason;
	t->fault_at = at;
	t->left = 0;
	t->from = t->to = 0;
	return false;
}

/* Some bytes, or none at the end; false: the source fails. */
static bool
refill(struct tar *t)
{
	ssize_t n;

	if (t->from < t->to)
		return true;
	n = t->source.read(t->source.arg, t->piece, TAR_PIECE);
	if (n < 0) {
		file_error("tar", "reading an archive");
		return fail(t, TAR_READ, t->at);
	}
	t->from = 0;
	t->to = (size_t)n;
	return true;
}

/* At most `most` bytes that follow; *len is 0 at the end of the source. */
static bool
take(struct tar *t, uint64_t most, const uint8_t **bytes, size_t *len)
{
	*bytes = NULL;
	*len = 0;
	if (!refill(t))
		return false;
	*bytes = t->piece + t->from;
	*len = t->to - t->from;
	if (*len > most)
		*len = (size_t)most;
	t->from += *len;
	t->at += *len;
	return true;
}

/* A whole block; *got says how much of it was there. */
static bool
take_block(struct tar *t, uint8_t block[TAR_BLOCK], size_t *got)
{
	const uint8_t *bytes;
	size_t len;

	for (*got = 0; *got < TAR_BLOCK; *got += len) {
		if (!take(t, TAR_BLOCK - *got, &bytes, &len))
			return false;
		if (len == 0)
			return true;
		memcpy(block + *got, bytes, len);
	}
	return true;
}

static bool
is_zero(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static bool
octal(const uint8_t *field, int digits, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < digits; i++) {
		if (field[i] < '0' || field[i] > '7')
			return false;
		*out = *out << 3 | (uint64_t)(field[i] - '0');
	}
	return true;
}

/* Another name than those before, in its place. */
static bool
in_order(const struct tar *t, const char *before, const char *name)
{
	int (*order)(const char *, const char *) =
	    t->limits.order != NULL ? t->limits.order : strcmp;

	return before[0] == '\0' || order(before, name) < 0;
}

/* Why this is no header of ours.  It sets name and size. */
static enum tar_reason
read_header(struct tar *t, const uint8_t block[TAR_BLOCK])
{
	char before[TAR_NAME];
	uint8_t same[TAR_BLOCK];
	uint64_t sum;

	if (!octal(block + AT_CHECKSUM, 6, &sum) || sum != checksum(block))
		return TAR_CHECKSUM;
	if (block[AT_KIND] != '0')
		return TAR_KIND;
	memcpy(before, t->name, TAR_NAME);
	memcpy(t->name, block, TAR_NAME);
	if (memchr(block, '\0', TAR_NAME) == NULL || !tar_name_ok(t->name)) {
		memcpy(t->name, before, TAR_NAME);
		return TAR_BAD_NAME;
	}
	if (!octal(block + AT_SIZE, 11, &t->size) ||
	    !tar_header(t->name, t->size, same) ||
	    memcmp(block, same, TAR_BLOCK) != 0)
		return TAR_HEADER;
	if (!in_order(t, before, t->name))
		return TAR_ORDER;
	t->files++;
	if (t->files > t->limits.files || t->size > t->limits.file_bytes ||
	    t->size > t->limits.bytes - t->bytes)
		return TAR_LARGE;
	t->bytes += t->size;
	return TAR_OK;
}

/* The zeros behind the present file. */
static bool
pass_padding(struct tar *t)
{
	uint64_t start = t->at;
	size_t left = tar_padding(t->size), len;
	const uint8_t *bytes;

	for (; left > 0; left -= len) {
		if (!take(t, left, &bytes, &len))
			return false;
		if (len == 0)
			return fail(t, TAR_CUT, t->at);
		if (!is_zero(bytes, len))
			return fail(t, TAR_PADDING, start);
	}
	t->size = 0;
	return true;
}

static bool
pass_file(struct tar *t)
{
	const uint8_t *bytes;
	size_t len;

	do
		if (!tar_data(t, &bytes, &len))
			return false;
	while (len > 0);
	return pass_padding(t);
}

/* The second block of zeros, and nothing. */
static bool
end(struct tar *t)
{
	uint8_t block[TAR_BLOCK];
	uint64_t at = t->at;
	size_t got;

	if (!take_block(t, block, &got))
		return false;
	if (got < TAR_BLOCK)
		return fail(t, TAR_CUT, t->at);
	if (!is_zero(block, TAR_BLOCK))
		return fail(t, TAR_BEHIND, at);
	at = t->at;
	if (!take_block(t, block, &got))
		return false;
	return got == 0 ? false : fail(t, TAR_BEHIND, at);
}

bool
tar_next(struct tar *t)
{
	uint8_t block[TAR_BLOCK];
	enum tar_reason reason;
	uint64_t at;
	size_t got;

	if (t->reason != TAR_OK || !pass_file(t))
		return false;
	at = t->at;
	if (!take_block(t, block, &got))
		return false;
	if (got < TAR_BLOCK)
		return fail(t, TAR_CUT, t->at);
	if (is_zero(block, TAR_BLOCK))
		return end(t);
	if ((reason = read_header(t, block)) != TAR_OK)
		return fail(t, reason, at);
	t->left = t->size;
	return true;
}

bool
tar_data(struct tar *t, const uint8_t **bytes, size_t *len)
{
	*bytes = NULL;
	*len = 0;
	if (t->reason != TAR_OK)
		return false;
	if (t->left == 0)
		return true;
	if (!take(t, t->left, bytes, len))
		return false;
	if (*len == 0)
		return fail(t, TAR_CUT, t->at);
	t->left -= *len;
	return true;
}
