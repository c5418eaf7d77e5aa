/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"
#include "scan/image.h"

static const struct {
	unsigned width, height;
	enum verdict_fault fault;
} sizes[] = {
	{ 1, 1, VERDICT_GOOD },
	{ 20000, 5000, VERDICT_GOOD },
	{ 10000, 10000, VERDICT_GOOD },
	{ 10001, 10000, VERDICT_TOO_LARGE },
	{ 20001, 1, VERDICT_TOO_LARGE },
	{ 1, 20001, VERDICT_TOO_LARGE },
	{ 65535, 65535, VERDICT_TOO_LARGE },
	{ 0, 1, VERDICT_BROKEN },
	{ 1, 0, VERDICT_BROKEN },
};

static void
check(bool is_right, const struct verdict *v, enum verdict_fault fault)
{
	ck_assert_int_eq(v->fault, fault);
	ck_assert_int_eq(is_right, fault == VERDICT_GOOD);
	ck_assert_int_eq(v->what,
	    fault == VERDICT_TOO_LARGE ? VERDICT_PIXELS : VERDICT_WHAT_NONE);
}

START_TEST(size)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct buf b;
	bool is_right;

	buf_init(&b, 1000);
	png_make(&b, sizes[_i].width, sizes[_i].height);
	is_right = image_check_png((const uint8_t *)b.data, b.len, &v);
	check(is_right, &v, sizes[_i].fault);
	buf_reset(&b);
	v = (struct verdict){ .fault = VERDICT_GOOD };
	jpeg_make(&b, sizes[_i].width, sizes[_i].height);
	is_right = image_check_jpeg((const uint8_t *)b.data, b.len, &v);
	check(is_right, &v, sizes[_i].fault);
	buf_free(&b);
}
END_TEST

START_TEST(png_flood)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct buf b;

	buf_init(&b, 1000);
	png_make(&b, 0xffffffff, 0xffffffff);
	ck_assert(!image_check_png((const uint8_t *)b.data, b.len, &v));
	ck_assert_int_eq(v.what, VERDICT_PIXELS);
	buf_free(&b);
}
END_TEST

/* Every beginning of a good picture is broken, and one with more behind. */
START_TEST(cut_short)
{
	struct buf png, jpeg;

	buf_init(&png, 1000);
	buf_init(&jpeg, 1000);
	png_make(&png, 3, 2);
	jpeg_make(&jpeg, 3, 2);
	for (size_t n = 0; n < png.len; n++) {
		struct verdict v = { .fault = VERDICT_GOOD };

		ck_assert(!image_check_png((uint8_t *)png.data, n, &v));
		ck_assert_int_eq(v.fault, VERDICT_BROKEN);
	}
	for (size_t n = 0; n < jpeg.len; n++) {
		struct verdict v = { .fault = VERDICT_GOOD };

		ck_assert(!image_check_jpeg((uint8_t *)jpeg.data, n, &v));
		ck_assert_int_eq(v.fault, VERDICT_BROKEN);
	}
	buf_addc(&png, 'x');
	struct verdict v = { .fault = VERDICT_GOOD };
	ck_assert(!image_check_png((uint8_t *)png.data, png.len, &v));
	buf_free(&png);
	buf_free(&jpeg);
}
END_TEST

static const struct {
	size_t at;
	int byte;
} png_wrong[] = {
	{ 0, 'x' },   /* signature */
	{ 11, 12 },   /* IHDR's length */
	{ 12, 'X' },  /* its type */
	{ 33, 0xff }, /* IDAT's length */
	{ 37, 'X' },  /* no IDAT */
	{ 49, 'X' },  /* no IEND */
};

START_TEST(png_bad)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct buf b;

	buf_init(&b, 1000);
	png_make(&b, 3, 2);
	b.data[png_wrong[_i].at] = (char)png_wrong[_i].byte;
	ck_assert(!image_check_png((uint8_t *)b.data, b.len, &v));
	ck_assert_int_eq(v.fault, VERDICT_BROKEN);
	buf_free(&b);
}
END_TEST

static const struct {
	const char *bytes;
	size_t len;
} jpeg_wrong[] = {
#define ROW(b)                   \
	{                        \
		b, sizeof(b) - 1 \
	}
	ROW("\xff\xd8\xff\xd9"),		 /* no frame */
	ROW("\xff\xd8\xff\xda\0\2\xff\xd9"),	 /* a scan first */
	ROW("\xff\xd8\xff\xe0\0\1\xff\xd9"),	 /* length 1 */
	ROW("\xff\xd8\xff\xe0\xff\xff\xff\xd9"), /* beyond the end */
	ROW("\xff\xd8\xff\xc0\0\4\1\1\xff\xda\0\2\xff\xd9"), /* short frame */
	ROW("\xff\xd8xx"),
	ROW("\xff\xd8\xff\xff\xff"),
	ROW("\xff\xd8\xff\x00\0\2"),
};

START_TEST(jpeg_bad)
{
	struct verdict v = { .fault = VERDICT_GOOD };

	ck_assert(!image_check_jpeg(
	    (const uint8_t *)jpeg_wrong[_i].bytes, jpeg_wrong[_i].len, &v));
	ck_assert_int_eq(v.fault, VERDICT_BROKEN);
}
END_TEST

UNIT_MAIN("image", UNIT_ROWS(size, sizes), UNIT(png_flood), UNIT(cut_short),
    UNIT_ROWS(png_bad, png_wrong), UNIT_ROWS(jpeg_bad, jpeg_wrong))
