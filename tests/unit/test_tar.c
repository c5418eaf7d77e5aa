/* SPDX-License-Identifier: Apache-2.0 */
/* Our archives, read by us and by tar; and everything that is none. */
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/tar.h"
#include "program.h"

enum { ALL = 1 << 20 };

struct bytes {
	const uint8_t *at;
	size_t len;
	size_t step; /* at most so many at a time */
};

static ssize_t
read_bytes(void *arg, void *out, size_t len)
{
	struct bytes *b = arg;

	if (len > b->step)
		len = b->step;
	if (len > b->len)
		len = b->len;
	memcpy(out, b->at, len);
	b->at += len;
	b->len -= len;
	return (ssize_t)len;
}

static const struct tar_limits wide = { 100, ALL, ALL, NULL };

static void
add(struct buf *out, const char *name, const void *bytes, size_t len)
{
	static const uint8_t zeros[2 * TAR_BLOCK];
	uint8_t header[TAR_BLOCK];

	ck_assert(tar_header(name, len, header));
	buf_add(out, header, sizeof(header));
	buf_add(out, bytes, len);
	buf_add(out, zeros, tar_padding(len));
}

static void
finish(struct buf *out)
{
	static const uint8_t zeros[2 * TAR_BLOCK];

	buf_add(out, zeros, sizeof(zeros));
	ck_assert(!out->overflow);
}

/* What is in it: "name=size:sum of bytes " for each; the reason why not. */
static const char *
look(const void *bytes, size_t len, size_t step,
    const struct tar_limits *limits, char *said)
{
	struct bytes b = { bytes, len, step };
	struct tar_source source = { read_bytes, &b };
	static struct tar t;
	const uint8_t *piece;
	size_t n;

	said[0] = '\0';
	tar_start(&t, &source, limits);
	while (tar_next(&t)) {
		unsigned long sum = 0, size = 0;

		while (tar_data(&t, &piece, &n) && n > 0)
			for (size_t i = 0; i < n; i++, size++)
				sum = sum * 31 + piece[i];
		snprintf(said + strlen(said), 1024 - strlen(said),
		    "%s=%lu:%lx ", t.name, size, sum & 0xffff);
	}
	return tar_reasons[t.reason];
}

static void
example(struct buf *out)
{
	static char large[1000];

	memset(large, 'l', sizeof(large));
	buf_init(out, ALL);
	add(out, "a", "hello", 5);
	add(out, "b/c", "", 0);
	add(out, "b/d-e_f.g", large, sizeof(large));
	add(out, "z", large, TAR_BLOCK);
	finish(out);
}

START_TEST(there_and_back)
{
	static const size_t steps[] = { 1, 7, 511, 512, 513, 70000 };
	char said[1024], first[1024];
	struct buf b;

	example(&b);
	ck_assert_str_eq(look(b.data, b.len, ALL, &wide, first), "ok");
	ck_assert_ptr_nonnull(strstr(first, "b/c=0:0 b/d-e_f.g=1000:"));
	for (int i = 0; i < UNIT_COUNT(steps); i++) {
		ck_assert_str_eq(
		    look(b.data, b.len, steps[i], &wide, said), "ok");
		ck_assert_str_eq(said, first);
	}
	buf_free(&b);
}
END_TEST

/* tar itself takes it without a word, and makes the same bytes. */
START_TEST(tar_agrees)
{
	char dir[UNIT_PATH], ours[UNIT_PATH], theirs[UNIT_PATH];
	char said[UNIT_PATH];
	struct stat st;
	struct buf b;
	FILE *f;

	unit_scratch(dir);
	unit_path(ours, dir, "ours.tar");
	unit_path(theirs, dir, "theirs.tar");
	unit_path(said, dir, "said");
	example(&b);
	f = fopen(ours, "wb");
	ck_assert_uint_eq(fwrite(b.data, 1, b.len, f), b.len);
	fclose(f);
	ck_assert_int_eq(UNIT_SPAWN(said, "tar", "-xf", ours, "-C", dir), 0);
	ck_assert_int_eq(stat(said, &st), 0);
	ck_assert_int_eq(st.st_size, 0);
	ck_assert_int_eq(
	    UNIT_SPAWN(said, "tar", "-cf", theirs, "--format=ustar",
		"--numeric-owner", "--owner=0", "--group=0", "--mode=0644",
		"--blocking-factor=1", "--mtime=@315532800", "-C", dir, "a",
		"b/c", "b/d-e_f.g", "z"),
	    0);
	ck_assert_int_eq(UNIT_SPAWN(said, "cmp", ours, theirs), 0);
	buf_free(&b);
	unit_remove(dir);
}
END_TEST

/* No byte is without a meaning: but those inside files, which are theirs. */
START_TEST(every_bit_and_every_cut)
{
	char said[1024], first[1024];
	struct buf b;

	log_open("test", LOG_WARNING);
	example(&b);
	look(b.data, b.len, ALL, &wide, first);
	for (size_t i = 0; i < 8 * b.len; i += i % 3 + 1) {
		const char *reason;

		b.data[i / 8] ^= (char)(1 << i % 8);
		reason = look(b.data, b.len, ALL, &wide, said);
		ck_assert_msg(
		    strcmp(reason, "ok") != 0 || strcmp(said, first) != 0,
		    "byte %zu, bit %zu", i / 8, i % 8);
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	for (size_t len = 0; len < b.len; len++)
		ck_assert_str_eq(look(b.data, len, ALL, &wide, said), "cut");
	buf_addc(&b, '\0');
	ck_assert_str_eq(look(b.data, b.len, ALL, &wide, said), "behind");
	buf_free(&b);
}
END_TEST

/* ---- headers --------------------------------------------------------- */

static void
set_checksum(uint8_t h[TAR_BLOCK])
{
	unsigned sum = 0;
	char text[8];

	memset(h + 148, ' ', 8);
	for (int i = 0; i < TAR_BLOCK; i++)
		sum += h[i];
	snprintf(text, sizeof(text), "%06o", sum);
	memcpy(h + 148, text, 7);
}

static const struct {
	int at;
	const char *text;
	size_t len;
	const char *reason;
} headers[] = {
	{ 0, "/a", 2, "bad_name" },
	{ 0, "../a", 4, "bad_name" },
	{ 0, "a/../b", 6, "bad_name" },
	{ 0, "a/..", 4, "bad_name" },
	{ 0, "./a", 3, "bad_name" },
	{ 0, "a//b", 4, "bad_name" },
	{ 0, "a/\0", 3, "bad_name" },
	{ 0, "a b", 3, "bad_name" },
	{ 0, "a\nb", 3, "bad_name" },
	{ 0, "a\xc3\xa9", 3, "bad_name" },
	{ 0, "\0", 1, "bad_name" },
	{ 0, "a\0b", 3, "header" },
	{ 100, "0000755", 7, "header" },
	{ 108, "0001750", 7, "header" },
	{ 124, "0000000000 ", 11, "header" },
	{ 124, "00000000009", 11, "header" },
	{ 124, "\x80\0\0\0\0\0\0\0\0\0\0\1", 12, "header" },
	{ 136, "14000000000", 11, "header" },
	{ 156, "1", 1, "kind" },
	{ 156, "2", 1, "kind" },
	{ 156, "3", 1, "kind" },
	{ 156, "5", 1, "kind" },
	{ 156, "L", 1, "kind" },
	{ 156, "x", 1, "kind" },
	{ 156, "\0", 1, "kind" },
	{ 157, "target", 6, "header" },
	{ 257, "ustar  \0", 8, "header" },
	{ 265, "root", 4, "header" },
	{ 345, "prefix", 6, "header" },
	{ 511, "x", 1, "header" },
};

START_TEST(headers_bad)
{
	uint8_t bytes[3 * TAR_BLOCK] = { 0 };
	char said[1024];

	ck_assert(tar_header("abc", 0, bytes));
	ck_assert_str_eq(look(bytes, sizeof(bytes), ALL, &wide, said), "ok");
	memcpy(bytes + headers[_i].at, headers[_i].text, headers[_i].len);
	ck_assert_str_eq(
	    look(bytes, sizeof(bytes), ALL, &wide, said), "checksum");
	set_checksum(bytes);
	ck_assert_str_eq(
	    look(bytes, sizeof(bytes), ALL, &wide, said), headers[_i].reason);
}
END_TEST

START_TEST(names)
{
	static const char *const good[] = { "a", "a/b", "..a", "a..", "-",
		"A_9", "...", ".a/.b" };
	uint8_t header[TAR_BLOCK];
	char name[TAR_NAME + 1];

	for (int i = 0; i < UNIT_COUNT(good); i++)
		ck_assert(tar_name_ok(good[i]));
	memset(name, 'n', sizeof(name));
	name[TAR_NAME] = '\0';
	ck_assert(!tar_header(name, 0, header));
	name[TAR_NAME - 1] = '\0';
	ck_assert(tar_header(name, TAR_SIZE_MAX, header));
	ck_assert(!tar_header(name, TAR_SIZE_MAX + 1, header));
}
END_TEST

/* ---- limits ---------------------------------------------------------- */

static int
backwards(const char *a, const char *b)
{
	return strcmp(b, a);
}

static const struct {
	struct tar_limits limits;
	const char *reason;
} limits[] = {
	{ { 4, 1517, 1000, NULL }, "ok" },
	{ { 3, 1517, 1000, NULL }, "large" },
	{ { 4, 1516, 1000, NULL }, "large" },
	{ { 4, 1517, 999, NULL }, "large" },
	{ { 4, 1517, 1000, backwards }, "order" },
};

START_TEST(limits_hold)
{
	char said[1024];
	struct buf b;

	example(&b);
	ck_assert_str_eq(look(b.data, b.len, ALL, &limits[_i].limits, said),
	    limits[_i].reason);
	buf_free(&b);
}
END_TEST

START_TEST(nothing_twice)
{
	char said[1024];
	struct buf b;

	buf_init(&b, ALL);
	add(&b, "a", "1", 1);
	add(&b, "a", "2", 1);
	finish(&b);
	ck_assert_str_eq(look(b.data, b.len, ALL, &wide, said), "order");
	buf_free(&b);
}
END_TEST

START_TEST(source_that_fails)
{
	static struct tar t;
	int fd = -1;
	struct tar_source source = { tar_read_fd, &fd };

	log_open("test", LOG_ERROR);
	tar_start(&t, &source, &wide);
	ck_assert(!tar_next(&t));
	ck_assert_int_eq(t.reason, TAR_READ);
	ck_assert(!tar_next(&t));
}
END_TEST

UNIT_MAIN("tar", UNIT(there_and_back), UNIT(tar_agrees),
    UNIT(every_bit_and_every_cut), UNIT_ROWS(headers_bad, headers), UNIT(names),
    UNIT_ROWS(limits_hold, limits), UNIT(nothing_twice),
    UNIT(source_that_fails))
