/* SPDX-License-Identifier: Apache-2.0 */
/* What must not be in an archive, entry by entry, and bombs. */
#include <locale.h>

#include "documents.h"
#include "scan/unpack.h"

struct seen {
	char names[4096];
	size_t bytes;
	int files;
	int stop_after; /* files; 0 for never */
	bool is_blind;	/* wants no file */
};

static bool
open_file(void *to, const char *name, bool *is_wanted)
{
	struct seen *seen = to;
	size_t len = strlen(seen->names);

	*is_wanted = !seen->is_blind;
	seen->files++;
	snprintf(seen->names + len, sizeof(seen->names) - len, "%s;", name);
	return seen->stop_after == 0 || seen->files < seen->stop_after;
}

static bool
take_data(void *to, const uint8_t *s, size_t len)
{
	(void)s;
	((struct seen *)to)->bytes += len;
	return true;
}

static bool
close_file(void *to, const char *name)
{
	(void)to;
	(void)name;
	return true;
}

static bool
unpack(struct zip *z, struct unpack_budget *budget, struct seen *seen,
    struct verdict *v)
{
	const struct unpack_visitor visitor = {
		.to = seen,
		.open = open_file,
		.data = take_data,
		.close = close_file,
		.reads_all = true,
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	*v = (struct verdict){ .fault = VERDICT_GOOD };
	zip_end(z);
	return unpack_all(
	    (const uint8_t *)z->out.data, z->out.len, budget, &visitor, v);
}

START_TEST(good)
{
	const struct zip_odd deflated = { .is_deflated = true };
	const struct zip_odd folder = { .mode = 0040755 };
	const struct zip_odd utf8 = { .flags = 0x800 };
	/* libarchive: a Java library marks plain files so. */
	const struct zip_odd pipe = { .mode = 0010666 };
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;

	zip_init(&z);
	zip_add(&z, "a.txt", "hello");
	zip_add_odd(&z, "folder/", "", 0, &folder);
	zip_add_odd(&z, "folder/b..txt", "hello, hello", 12, &deflated);
	zip_add_odd(&z, "pipe", "", 0, &pipe);
	zip_add_odd(&z, "r\xc3\xa9sum\xc3\xa9.txt", "x", 1, &utf8);
	zip_add(&z, "r\x82sum\x82.txt", "x"); /* code page 850 */
	ck_assert(unpack(&z, &budget, &seen, &v));
	ck_assert_int_eq(v.fault, VERDICT_GOOD);
	ck_assert_str_eq(seen.names,
	    "a.txt;folder/"
	    "b..txt;pipe;r\xc3\xa9sum\xc3\xa9.txt;r\x82sum\x82.txt;");
	ck_assert_uint_eq(seen.bytes, 19);
	ck_assert_uint_eq(budget.bytes, UNPACK_BYTES - 19);
	ck_assert_uint_eq(budget.entries, UNPACK_ENTRIES - 6);
	ck_assert(unpack_is_zip((uint8_t *)z.out.data, z.out.len));
	ck_assert(!unpack_is_zip((uint8_t *)z.out.data, 3));
	zip_free(&z);
}
END_TEST

#define UTF8 .flags = 0x800

static const struct {
	const char *name;
	struct zip_odd odd;
	enum verdict_fault fault;
	enum verdict_what what;
} bad[] = {
	{ "../a", { 0 }, VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "a/../../b", { 0 }, VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "a/..", { 0 }, VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "..", { 0 }, VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "a\\..\\b", { 0 }, VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "..\\b", { 0 }, VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "/etc/passwd", { 0 }, VERDICT_FORBIDDEN, VERDICT_ABSOLUTE },
	{ "\\\\host\\a", { 0 }, VERDICT_FORBIDDEN, VERDICT_ABSOLUTE },
	{ "C:\\a", { 0 }, VERDICT_FORBIDDEN, VERDICT_ABSOLUTE },
	{ "c:a", { 0 }, VERDICT_FORBIDDEN, VERDICT_ABSOLUTE },
	{ "link", { .mode = 0120777 }, VERDICT_FORBIDDEN, VERDICT_LINK },
	{ "tty", { .mode = 0020666 }, VERDICT_FORBIDDEN, VERDICT_DEVICE },
	{ "disk", { .mode = 0060666 }, VERDICT_FORBIDDEN, VERDICT_DEVICE },
	{ "socket", { .mode = 0140666 }, VERDICT_FORBIDDEN, VERDICT_DEVICE },
	{ "a\nb", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "a\x1b[2J", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "a\x7f", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "\x82\n", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "a\xe2\x80\xaegnp.exe", { UTF8 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "a\xe2\x80\xaegnp.exe", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "a\xe2\x81\xa6", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "\xc3\x28.txt", { UTF8 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "", { 0 }, VERDICT_FORBIDDEN, VERDICT_NAME },
	{ "secret", { .flags = 1 }, VERDICT_ENCRYPTED, VERDICT_WHAT_NONE },
	{ "crc", { .crc_xor = 1 }, VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "crc", { .crc_xor = 1, .is_deflated = true }, VERDICT_BROKEN,
	    VERDICT_WHAT_NONE },
	{ "more", { .more = 9, .is_deflated = true }, VERDICT_BROKEN,
	    VERDICT_WHAT_NONE },
};

/* A good entry before and one behind: the bad one is told. */
START_TEST(refused)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;

	zip_init(&z);
	zip_add(&z, "before", "x");
	zip_add_odd(&z, bad[_i].name, "hello", 5, &bad[_i].odd);
	zip_add(&z, "behind", "x");
	ck_assert(!unpack(&z, &budget, &seen, &v));
	ck_assert_int_eq(v.fault, bad[_i].fault);
	ck_assert_int_eq(v.what, bad[_i].what);
	ck_assert_ptr_null(strstr(seen.names, "behind"));
	zip_free(&z);
}
END_TEST

/* The name that a program shows, and the one that another unpacks. */
START_TEST(name_behind_another)
{
	const struct zip_odd odd = { .other = "nice.txt" };
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;

	zip_init(&z);
	zip_add_odd(&z, "../evil", "x", 1, &odd);
	if (unpack(&z, &budget, &seen, &v))
		ck_assert_str_eq(seen.names, "nice.txt;");
	else
		ck_assert_int_ne(v.fault, VERDICT_GOOD);
	zip_free(&z);
}
END_TEST

START_TEST(not_an_archive)
{
	static const struct unpack_visitor visitor = { .open = open_file };
	struct unpack_budget budget = UNPACK_BUDGET;
	struct verdict v = { .fault = VERDICT_GOOD };

	ck_assert(!unpack_all(
	    (const uint8_t *)"PK\3\4 and no more", 16, &budget, &visitor, &v));
	ck_assert_int_eq(v.fault, VERDICT_BROKEN);
}
END_TEST

START_TEST(too_many_entries)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;
	char name[20];

	zip_init(&z);
	for (int i = 0; i <= UNPACK_ENTRIES; i++) {
		snprintf(name, sizeof(name), "%d", i);
		zip_add(&z, name, "");
	}
	ck_assert(!unpack(&z, &budget, &seen, &v));
	ck_assert_int_eq(v.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(v.what, VERDICT_ENTRIES);
	ck_assert_int_eq(seen.files, UNPACK_ENTRIES);
	zip_free(&z);
}
END_TEST

static void
add_zeros(struct zip *z, const char *name, size_t len)
{
	const struct zip_odd deflated = { .is_deflated = true };
	char *zeros = calloc(1, len);

	ck_assert_ptr_nonnull(zeros);
	zip_add_odd(z, name, zeros, len, &deflated);
	free(zeros);
}

/* 1:1029, in one entry and in many; it stops long before the end. */
static const struct {
	int entries;
	size_t each;
} bombs[] = {
	{ 1, 64 * 1024 * 1024 },
	{ 1, 2 * 1024 * 1024 },
	{ 1000, 64 * 1024 },
};

START_TEST(bomb)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .is_blind = _i == 2 };
	struct verdict v;
	struct zip z;
	char name[20];

	zip_init(&z);
	for (int i = 0; i < bombs[_i].entries; i++) {
		snprintf(name, sizeof(name), "%d", i);
		add_zeros(&z, name, bombs[_i].each);
	}
	ck_assert(!unpack(&z, &budget, &seen, &v));
	ck_assert_int_eq(v.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(v.what, VERDICT_RATIO);
	ck_assert_uint_ge(budget.bytes,
	    UNPACK_BYTES - UNPACK_RATIO * z.out.len - UNPACK_RATIO_FROM);
	zip_free(&z);
}
END_TEST

/* What is small in all is none, though it is packed as well. */
START_TEST(no_bomb)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;

	zip_init(&z);
	add_zeros(&z, "a", UNPACK_RATIO_FROM);
	ck_assert(unpack(&z, &budget, &seen, &v));
	zip_free(&z);
}
END_TEST

/* The sum of archives inside one another: what is left is what counts. */
START_TEST(too_many_bytes)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;

	budget.bytes = 9;
	zip_init(&z);
	zip_add(&z, "a", "hello");
	zip_add(&z, "b", "hello");
	ck_assert(!unpack(&z, &budget, &seen, &v));
	ck_assert_int_eq(v.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(v.what, VERDICT_BYTES);
	ck_assert_str_eq(v.where, "b");
	zip_free(&z);
}
END_TEST

static const struct {
	unsigned depth;
	bool is_right;
} depths[] = { { 1, true }, { 0, false } };

START_TEST(archive_inside)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .files = 0 };
	struct verdict v;
	struct zip z;

	budget.depth = depths[_i].depth;
	zip_init(&z);
	zip_add(&z, "inner", "PK\3\4 …");
	ck_assert(unpack(&z, &budget, &seen, &v) == depths[_i].is_right);
	if (!depths[_i].is_right)
		ck_assert_int_eq(v.what, VERDICT_ARCHIVE);
	zip_free(&z);
}
END_TEST

START_TEST(visitor_stops)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	struct seen seen = { .stop_after = 2 };
	struct verdict v;
	struct zip z;

	zip_init(&z);
	zip_add(&z, "a", "x");
	zip_add(&z, "b", "x");
	zip_add(&z, "c", "x");
	ck_assert(!unpack(&z, &budget, &seen, &v));
	ck_assert_int_eq(v.fault, VERDICT_GOOD);
	ck_assert_str_eq(seen.names, "a;b;");
	zip_free(&z);
}
END_TEST

UNIT_MAIN("unpack", UNIT(good), UNIT_ROWS(refused, bad),
    UNIT(name_behind_another), UNIT(not_an_archive), UNIT(too_many_entries),
    UNIT_ROWS(bomb, bombs), UNIT(no_bomb), UNIT(too_many_bytes),
    UNIT_ROWS(archive_inside, depths), UNIT(visitor_stops))
