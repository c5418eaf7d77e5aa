/* SPDX-License-Identifier: Apache-2.0 */
/* Parts that are kept: found by their whole key, bounded, newest for oldest. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "web/part.h"

static const char *
find(struct parts *parts, uint64_t kind, uint64_t id, uint64_t state)
{
	const struct part_key key = { kind, id, state, 0 };
	const char *markup;
	size_t len;

	markup = parts_find(parts, &key, &len);
	ck_assert_uint_eq(len, markup != NULL ? strlen(markup) : 0);
	return markup;
}

static void
keep(struct parts *parts, uint64_t kind, uint64_t id, uint64_t state,
    const char *markup)
{
	const struct part_key key = { kind, id, state, 0 };

	parts_keep(parts, &key, markup, strlen(markup));
}

START_TEST(by_the_whole_key)
{
	struct parts *parts = parts_new();

	ck_assert_ptr_nonnull(parts);
	ck_assert_ptr_null(find(parts, PART_ROW, 1, 2));
	keep(parts, PART_ROW, 1, 2, "<li>one</li>");
	ck_assert_str_eq(find(parts, PART_ROW, 1, 2), "<li>one</li>");
	ck_assert_ptr_null(find(parts, PART_FRAME, 1, 2));
	ck_assert_ptr_null(find(parts, PART_ROW, 2, 2));
	ck_assert_ptr_null(find(parts, PART_ROW, 1, 3));
	ck_assert_ptr_null(find(parts, PART_ROW, 2, 1));
	ck_assert_ptr_null(parts_find(parts,
	    &(const struct part_key){ PART_ROW, 1, 2, 1 }, &(size_t){ 0 }));
	keep(parts, PART_ROW, 1, 2, "");
	ck_assert_str_eq(find(parts, PART_ROW, 1, 2), "");
	parts_free(parts);
	parts_free(NULL);
}
END_TEST

/* Of many, what was kept is right wherever it still is, and some is. */
START_TEST(many)
{
	struct parts *parts = parts_new();
	const char *markup;
	char text[32];
	int there = 0;

	for (uint64_t i = 0; i < 20000; i++) {
		snprintf(text, sizeof(text), "%llu", (unsigned long long)i);
		keep(parts, PART_ROW, i, i / 3, text);
		ck_assert_str_eq(find(parts, PART_ROW, i, i / 3), text);
	}
	for (uint64_t i = 0; i < 20000; i++) {
		if ((markup = find(parts, PART_ROW, i, i / 3)) == NULL)
			continue;
		ck_assert_uint_eq(strtoull(markup, NULL, 10), i);
		there++;
	}
	ck_assert_int_gt(there, 1000);
	ck_assert_int_lt(there, 4096);
	parts_free(parts);
}
END_TEST

/* Large ones push out others, never beyond the bound; too large ones none. */
START_TEST(bounded)
{
	struct parts *parts = parts_new();
	struct part_key key = { PART_PROSE, 0, 0, 0 };
	char *large = calloc(1, PART_BYTES + 1);
	size_t there = 0, len;

	ck_assert_ptr_nonnull(large);
	memset(large, 'x', PART_BYTES + 1);
	parts_keep(parts, &key, large, PART_BYTES + 1);
	ck_assert_ptr_null(parts_find(parts, &key, &len));
	for (key.id = 1; key.id <= 200; key.id++) {
		parts_keep(parts, &key, large, PART_BYTES);
		ck_assert_ptr_nonnull(parts_find(parts, &key, &len));
		ck_assert_uint_eq(len, PART_BYTES);
	}
	for (key.id = 1; key.id <= 200; key.id++)
		there += parts_find(parts, &key, &len) != NULL;
	ck_assert_uint_le(there, PARTS_BYTES / PART_BYTES);
	ck_assert_uint_ge(there, PARTS_BYTES / PART_BYTES / 2);
	free(large);
	parts_free(parts);
}
END_TEST

UNIT_MAIN("part", UNIT(by_the_whole_key), UNIT(many), UNIT(bounded))
