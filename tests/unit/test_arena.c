/* SPDX-License-Identifier: Apache-2.0 */
#include <stdalign.h>
#include <stdint.h>

#include "base/arena.h"
#include "unit.h"

/* malloc() shall return NULL under AddressSanitizer too. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

START_TEST(pieces_are_zeroed_aligned_apart)
{
	struct arena *a = arena_new(1 << 20);
	unsigned char *before = NULL;

	for (size_t size = 0; size < 300; size++) {
		unsigned char *p = arena_alloc(a, size);

		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % alignof(max_align_t), 0);
		ck_assert_ptr_ne(p, before);
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(p[i], 0);
		memset(p, 0xff, size);
		before = p;
	}
	arena_free(a);
}
END_TEST

START_TEST(reset_gives_zeroed_memory_again)
{
	struct arena *a = arena_new(1 << 20);
	unsigned char *p = arena_alloc(a, 100), *q;

	memset(p, 0xff, 100);
	arena_alloc(a, 500000);
	ck_assert_uint_ge(arena_used(a), 500100);
	arena_reset(a);
	ck_assert_uint_eq(arena_used(a), 0);
	q = arena_alloc(a, 100);
	ck_assert_ptr_eq(p, q); /* the first block was kept */
	for (int i = 0; i < 100; i++)
		ck_assert_uint_eq(q[i], 0);
	arena_free(a);
}
END_TEST

START_TEST(many_rounds_up_to_the_limit)
{
	struct arena *a = arena_new(1000000);

	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 62; i++)
			memset(arena_alloc(a, 16000), round, 16000);
		ck_assert_uint_eq(arena_used(a), 992000);
		arena_reset(a);
	}
	arena_alloc(a, 1000000);
	arena_free(a);
}
END_TEST

START_TEST(copies)
{
	struct arena *a = arena_new(1 << 20);
	const char bytes[] = { 'a', '\0', 'b' };
	char *p;

	ck_assert_ptr_null(arena_copy(a, NULL));
	ck_assert_ptr_null(arena_copy_n(a, NULL, 0));
	ck_assert_str_eq(arena_copy(a, ""), "");
	ck_assert_str_eq(arena_copy(a, "élan"), "élan");
	p = arena_copy_n(a, bytes, sizeof(bytes));
	ck_assert_mem_eq(p, "a\0b\0", 4);
	ck_assert_str_eq(arena_copy_n(a, "", 0), "");
	ck_assert_str_eq(arena_printf(a, "%s-%d%%", "ENT", 42), "ENT-42%");
	for (int width = 254; width < 259; width++) {
		p = arena_printf(a, "%0*d", width, 7);
		ck_assert_uint_eq(strlen(p), (size_t)width);
		ck_assert_int_eq(p[width - 1], '7');
	}
	p = arena_printf(a, "%0200000d", 7);
	ck_assert_uint_eq(strlen(p), 200000);
	ck_assert_str_eq(arena_printf(a, "%s", ""), "");
	arena_free(a);
}
END_TEST

START_TEST(array)
{
	struct arena *a = arena_new(1 << 20);
	int64_t *p = arena_array(a, 1000, sizeof(*p));

	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(p[i], 0);
	ck_assert_ptr_nonnull(arena_array(a, 0, 8));
	arena_free(a);
}
END_TEST

START_TEST(over_the_limit_ends)
{
	arena_alloc(arena_new(1000), 1001);
}
END_TEST

START_TEST(over_the_limit_in_pieces_ends)
{
	struct arena *a = arena_new(1600);

	for (int i = 0; i < 101; i++)
		arena_alloc(a, 16);
}
END_TEST

START_TEST(size_overflow_ends)
{
	arena_array(arena_new(SIZE_MAX), SIZE_MAX / 2, 3);
}
END_TEST

START_TEST(round_up_overflow_ends)
{
	arena_alloc(arena_new(SIZE_MAX), SIZE_MAX - 3);
}
END_TEST

START_TEST(no_memory_ends)
{
	arena_alloc(arena_new(SIZE_MAX), SIZE_MAX / 2 + 1);
}
END_TEST

START_TEST(free_null)
{
	arena_free(NULL);
}
END_TEST

enum { EXIT_SOFTWARE = 70 };

UNIT_MAIN("arena", UNIT(pieces_are_zeroed_aligned_apart),
    UNIT(reset_gives_zeroed_memory_again), UNIT(many_rounds_up_to_the_limit),
    UNIT(copies), UNIT(array), UNIT_EXIT(over_the_limit_ends, EXIT_SOFTWARE),
    UNIT_EXIT(over_the_limit_in_pieces_ends, EXIT_SOFTWARE),
    UNIT_EXIT(size_overflow_ends, EXIT_SOFTWARE),
    UNIT_EXIT(round_up_overflow_ends, EXIT_SOFTWARE),
    UNIT_EXIT(no_memory_ends, EXIT_SOFTWARE), UNIT(free_null))
