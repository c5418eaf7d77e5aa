/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/reply.h"
#include "unit.h"

static struct buf
make(void)
{
	struct verdict v = { .fault = VERDICT_FORBIDDEN,
		.what = VERDICT_LINK,
		.named = FORMAT_ZIP,
		.is_cut = true };
	struct buf b;

	verdict_found(&v, "application/zip");
	memcpy(v.where, "a/b", 4);
	buf_init(&b, REPLY_MAX);
	reply_write(&b, &v, "two\nlines", 9);
	ck_assert(!b.overflow);
	return b;
}

START_TEST(round_trip)
{
	struct buf b = make();
	struct verdict v;
	const char *text;
	size_t len;

	ck_assert(reply_read(b.data, b.len, &v, &text, &len));
	ck_assert_int_eq(v.fault, VERDICT_FORBIDDEN);
	ck_assert_int_eq(v.what, VERDICT_LINK);
	ck_assert_int_eq(v.named, FORMAT_ZIP);
	ck_assert(v.is_cut);
	ck_assert_str_eq(v.found, "application/zip");
	ck_assert_str_eq(v.where, "a/b");
	ck_assert_uint_eq(len, 9);
	ck_assert_mem_eq(text, "two\nlines", 9);
	buf_free(&b);
}
END_TEST

START_TEST(largest)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	char *full = malloc(EXTRACT_MAX);
	const char *text;
	struct buf b;
	size_t len;

	ck_assert_ptr_nonnull(full);
	memset(full, 'x', EXTRACT_MAX);
	memset(v.found, 'f', VERDICT_FOUND - 1);
	memset(v.where, 'w', VERDICT_WHERE - 1);
	buf_init(&b, REPLY_MAX);
	reply_write(&b, &v, full, EXTRACT_MAX);
	ck_assert(!b.overflow);
	ck_assert(reply_read(b.data, b.len, &v, &text, &len));
	ck_assert_uint_eq(len, EXTRACT_MAX);
	buf_free(&b);
	free(full);
}
END_TEST

static void
refuse(const char *data, size_t len)
{
	struct verdict v;
	const char *text = NULL;
	size_t n = 1;

	ck_assert(!reply_read(data, len, &v, &text, &n));
	ck_assert_int_eq(v.fault, VERDICT_UNREADABLE);
	ck_assert_uint_eq(n, 0);
	ck_assert_str_eq(text, "");
	ck_assert_str_eq(v.found, "");
	ck_assert_str_eq(v.where, "");
}

/* One byte of a good reply, made another. */
static const struct {
	size_t at;
	int byte;
} wrong[] = {
	{ 0, 'X' },		  /* magic */
	{ 4, 2 },		  /* version */
	{ 5, VERDICT__MAX },	  /* fault */
	{ 6, VERDICT_WHAT__MAX }, /* what */
	{ 7, FORMAT__MAX },	  /* named */
	{ 8, 2 },		  /* cut */
	{ 9, 1 },		  /* a zero */
	{ 10, 1 },		  /* length of found */
	{ 11, 14 },
	{ 13, 4 }, /* of where */
	{ 14, 1 }, /* of the text */
	{ 15, 0x10 },
	{ 17, 10 },
	{ 17, 0 },
	{ 19, 1 },	      /* a zero */
	{ REPLY_HEAD, '\n' }, /* in found */
	{ REPLY_HEAD, 0 },
	{ REPLY_HEAD + 15, 0x1b }, /* in where */
	{ REPLY_HEAD + 18, 0 },	   /* in the text */
	{ REPLY_HEAD + 18, 0xff },
};

START_TEST(one_byte_wrong)
{
	struct buf b = make();

	b.data[wrong[_i].at] = (char)wrong[_i].byte;
	refuse(b.data, b.len);
	buf_free(&b);
}
END_TEST

START_TEST(cut_short_or_long)
{
	struct buf b = make();

	for (size_t len = 0; len < b.len; len++)
		refuse(b.data, len);
	buf_addc(&b, 'x');
	refuse(b.data, b.len);
	buf_free(&b);
}
END_TEST

/* A text that the child's own code would never write. */
START_TEST(bidirectional)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct buf b;

	buf_init(&b, REPLY_MAX);
	reply_write(&b, &v,
	    "a\xe2\x80\xae"
	    "b",
	    5);
	refuse(b.data, b.len);
	buf_free(&b);
}
END_TEST

UNIT_MAIN("reply", UNIT(round_trip), UNIT(largest),
    UNIT_ROWS(one_byte_wrong, wrong), UNIT(cut_short_or_long),
    UNIT(bidirectional))
