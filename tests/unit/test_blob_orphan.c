/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/blob_orphan.h"

#include <sys/stat.h>

#include "domain/blob.h"
#include "fixture.h"

static const char *
below(struct fixture *f, const char *path)
{
	return arena_printf(f->arena, "%s/blobs/%s", f->dir, path);
}

/* Kept by an act that ends so; the path below blobs/. */
static const char *
keep(struct fixture *f, const char *text, enum err end)
{
	char hex[DIGEST_TEXT];
	uint8_t digest[DIGEST_BYTES];
	int64_t id;

	fixture_ok(db_begin(f->ctx.db));
	fixture_ok(blob_keep(&f->ctx, text, strlen(text), "text/plain", &id));
	fixture_err(db_end(f->ctx.db, end), end);
	digest_sha256(text, strlen(text), digest);
	digest_hex(digest, hex);
	return arena_printf(f->arena, "%.2s/%s", hex, hex);
}

static void
write_file(struct fixture *f, const char *path, const char *text)
{
	FILE *file = fopen(below(f, path), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

static bool
is_there(struct fixture *f, const char *path)
{
	struct stat st;

	return stat(below(f, path), &st) == 0;
}

static void
expect(const struct blob_orphans *o, int64_t count, int64_t bytes)
{
	ck_assert_int_eq(o->count, count);
	ck_assert_int_eq(o->bytes, bytes);
}

START_TEST(of_rolled_back_acts)
{
	const int64_t later_at = clock_now() + CLOCK_MINUTE;
	const char *kept, *orphan;
	struct blob_orphans o;
	struct fixture f;

	fixture_open(&f);
	/* No folder yet. */
	fixture_ok(blob_orphans_find(&f.ctx, later_at, &o));
	expect(&o, 0, 0);
	kept = keep(&f, "kept", ERR_OK);
	orphan = keep(&f, "orphan", ERR_STATE);
	ck_assert(is_there(&f, orphan));
	fixture_ok(blob_orphans_find(&f.ctx, later_at, &o));
	expect(&o, 1, 6);
	ck_assert(is_there(&f, orphan));
	fixture_ok(blob_orphans_remove(&f.ctx, later_at, &o));
	expect(&o, 1, 6);
	ck_assert(!is_there(&f, orphan));
	ck_assert(is_there(&f, kept));
	fixture_ok(blob_orphans_remove(&f.ctx, later_at, &o));
	expect(&o, 0, 0);
	fixture_close(&f);
}
END_TEST

/* What a killed worker was writing; what is no file of ours stays. */
START_TEST(half_written)
{
	const int64_t later_at = clock_now() + CLOCK_MINUTE;
	struct blob_orphans o;
	struct fixture f;

	fixture_open(&f);
	ck_assert_int_eq(mkdir(below(&f, ""), 0700), 0);
	ck_assert_int_eq(mkdir(below(&f, "ab"), 0700), 0);
	ck_assert_int_eq(mkdir(below(&f, "ab/folder"), 0700), 0);
	ck_assert_int_eq(symlink("/etc/passwd", below(&f, "ab/link")), 0);
	write_file(&f, "ab/.new-Xy12Zz", "half");
	write_file(&f, "beside", "not in a folder of ours");
	fixture_ok(blob_orphans_remove(&f.ctx, later_at, &o));
	expect(&o, 1, 4);
	ck_assert(!is_there(&f, "ab/.new-Xy12Zz"));
	ck_assert(is_there(&f, "ab/folder"));
	ck_assert(is_there(&f, "ab/link"));
	ck_assert(is_there(&f, "beside"));
	fixture_close(&f);
}
END_TEST

/* An act may be keeping it this moment. */
START_TEST(young_ones_stay)
{
	struct blob_orphans o;
	struct fixture f;
	const char *orphan;

	fixture_open(&f);
	orphan = keep(&f, "orphan", ERR_STATE);
	fixture_ok(blob_orphans_remove(&f.ctx, clock_now() - CLOCK_MINUTE, &o));
	expect(&o, 0, 0);
	ck_assert(is_there(&f, orphan));
	fixture_close(&f);
}
END_TEST

/* A row that nothing refers to goes, and its file with the next search. */
START_TEST(of_no_use)
{
	const int64_t later_at = clock_now() + CLOCK_MINUTE;
	struct blob_orphans o;
	struct fixture f;
	const char *kept;
	int64_t n;

	fixture_open(&f);
	kept = keep(&f, "kept", ERR_OK);
	fixture_ok(blob_forget_unused(&f.ctx, f.ctx.now_at, &n));
	ck_assert_int_eq(n, 0); /* too young */
	fixture_ok(blob_forget_unused(&f.ctx, f.ctx.now_at + 1, &n));
	ck_assert_int_eq(n, 1);
	fixture_ok(blob_orphans_remove(&f.ctx, later_at, &o));
	expect(&o, 1, 4);
	ck_assert(!is_there(&f, kept));
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("blob_orphan", UNIT(of_no_use), UNIT(of_rolled_back_acts),
    UNIT(half_written), UNIT(young_ones_stay))
