/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/blob.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "fixture.h"

/* printf 'hello' | sha256sum */
static const char hello_path[] =
    "2c/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

static enum err
keep(struct fixture *f, const void *bytes, size_t len, int64_t *id)
{
	fixture_ok(db_begin(f->ctx.db));
	return db_end(
	    f->ctx.db, blob_keep(&f->ctx, bytes, len, "application/json", id));
}

static const char *
below(struct fixture *f, const char *path)
{
	return arena_printf(f->arena, "%s/blobs/%s", f->dir, path);
}

static void
overwrite(struct fixture *f, const char *text)
{
	FILE *file = fopen(below(f, hello_path), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

/* Entries of a folder, without . and .. */
static int
entries(struct fixture *f, const char *folder)
{
	DIR *dir = opendir(below(f, folder));
	int n = -2;

	if (dir == NULL)
		return 0;
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

START_TEST(kept_by_content)
{
	char *path, *type, text[8] = "";
	struct fixture f;
	struct stat st;
	int64_t id, other;
	FILE *file;

	fixture_open(&f);
	fixture_ok(keep(&f, "hello", 5, &id));
	fixture_ok(blob_path(&f.ctx, id, &path, &type));
	ck_assert_str_eq(path, hello_path);
	ck_assert_str_eq(type, "application/json");
	ck_assert_int_eq(stat(below(&f, path), &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0640);
	file = fopen(below(&f, path), "r");
	ck_assert_uint_eq(fread(text, 1, sizeof(text), file), 5);
	fclose(file);
	ck_assert_str_eq(text, "hello");
	ck_assert_int_eq(fixture_int(&f, "SELECT bytes FROM blob"), 5);
	/* Once more: the same. */
	fixture_ok(keep(&f, "hello", 5, &other));
	ck_assert_int_eq(other, id);
	fixture_ok(keep(&f, "", 0, &other));
	ck_assert_int_ne(other, id);
	fixture_ok(keep(&f, "a\0b", 3, &other));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM blob"), 3);
	ck_assert_int_eq(entries(&f, "2c"), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(only_in_a_transaction)
{
	char *path, *type;
	struct fixture f;
	int64_t id = 7;

	fixture_open(&f);
	fixture_err(blob_keep(&f.ctx, "hello", 5, "x", &id), ERR_INTERNAL);
	ck_assert_int_eq(id, 0);
	ck_assert_int_eq(entries(&f, "2c"), 0);
	fixture_err(blob_path(&f.ctx, 1, &path, &type), ERR_NOT_FOUND);
	ck_assert_ptr_null(path);
	fixture_close(&f);
}
END_TEST

/* What may stand where the file belongs, and is written over. */
static const char *const remains[] = { "", "hell", "hello world" };

START_TEST(other_sizes_are_not_trusted)
{
	int64_t id, checked;
	struct fixture f;
	char *problem;

	fixture_open(&f);
	fixture_ok(keep(&f, "hello", 5, &id));
	overwrite(&f, remains[_i]);
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_nonnull(problem);
	fixture_ok(keep(&f, "hello", 5, &id));
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_null(problem);
	ck_assert_int_eq(checked, 1);
	ck_assert_int_eq(entries(&f, "2c"), 1);
	fixture_close(&f);
}
END_TEST

/* A rolled back act leaves bytes, which the next one may use. */
START_TEST(rolled_back)
{
	int64_t id, checked;
	struct fixture f;
	char *problem;

	fixture_open(&f);
	fixture_ok(db_begin(f.ctx.db));
	fixture_ok(blob_keep(&f.ctx, "hello", 5, "text/plain", &id));
	fixture_err(db_end(f.ctx.db, ERR_STATE), ERR_STATE);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM blob"), 0);
	fixture_ok(keep(&f, "hello", 5, &id));
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_null(problem);
	ck_assert_int_eq(checked, 1);
	fixture_close(&f);
}
END_TEST

/* The disk ends in the middle of a file: no row, no remains. */
START_TEST(no_room)
{
	static char big[64 * 1024];
	struct rlimit limit = { 16 * 1024, 16 * 1024 };
	struct fixture f;
	int64_t id;

	fixture_open(&f);
	fixture_ok(keep(&f, "hello", 5, &id));
	/* Begun before the limit: the database is larger than that. */
	fixture_ok(db_begin(f.ctx.db));
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_ne(
	    blob_keep(&f.ctx, big, sizeof(big), "text/plain", &id), ERR_OK);
	ck_assert_int_eq(id, 0);
	fixture_err(db_end(f.ctx.db, ERR_FULL), ERR_FULL);
	/* Zeros: sha256 de2f256064a0af797747c2b97505dc0b9f3df0de4f489eac… */
	ck_assert_int_eq(entries(&f, "de"), 0);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM blob"), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(damage_is_found)
{
	int64_t id, checked;
	struct fixture f;
	char *problem;

	fixture_open(&f);
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_null(problem);
	ck_assert_int_eq(checked, 0);
	fixture_ok(keep(&f, "other", 5, &id));
	fixture_ok(keep(&f, "hello", 5, &id));
	overwrite(&f, "hellO");
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_nonnull(strstr(problem, "is not what was kept"));
	ck_assert_int_eq(checked, 1);
	ck_assert_int_eq(unlink(below(&f, hello_path)), 0);
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_nonnull(strstr(problem, "is missing"));
	ck_assert_ptr_nonnull(strstr(problem, "2cf24dba"));
	/* A link is not the file, wherever it leads. */
	ck_assert_int_eq(symlink("/etc/passwd", below(&f, hello_path)), 0);
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_nonnull(problem);
	fixture_close(&f);
}
END_TEST

/* An uploaded file of these bytes. */
static const char *
upload(struct fixture *f, const char *text)
{
	char *path = arena_printf(f->arena, "%s/upload-XXXXXX", f->dir);
	int fd = mkstemp(path);
	size_t len = strlen(text);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, len), (ssize_t)len);
	ck_assert_int_eq(close(fd), 0);
	return path;
}

static enum err
keep_file(struct fixture *f, const char *path, int64_t *id)
{
	struct blob_file file;

	fixture_ok(blob_measure(path, &file));
	fixture_ok(db_begin(f->ctx.db));
	return db_end(
	    f->ctx.db, blob_keep_file(&f->ctx, &file, "text/plain", id));
}

/* A file is moved to its place; the same bytes again leave it where it is. */
START_TEST(files_are_moved)
{
	const char *first, *second;
	int64_t one, two, checked;
	struct fixture f;
	struct stat st;
	char *problem;

	fixture_open(&f);
	first = upload(&f, "hello");
	fixture_ok(keep_file(&f, first, &one));
	ck_assert_int_eq(access(first, F_OK), -1);
	ck_assert_int_eq(stat(below(&f, hello_path), &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0640);
	second = upload(&f, "hello");
	fixture_ok(keep_file(&f, second, &two));
	ck_assert_int_eq(one, two);
	ck_assert_int_eq(access(second, F_OK), 0);
	fixture_ok(keep(&f, "hello", 5, &two));
	ck_assert_int_eq(one, two);
	/* What is damaged is written anew. */
	overwrite(&f, "hell");
	fixture_ok(keep_file(&f, second, &two));
	ck_assert_int_eq(one, two);
	fixture_ok(blob_verify(&f.ctx, &checked, &problem));
	ck_assert_ptr_null(problem);
	ck_assert_int_eq(checked, 1);
	fixture_close(&f);
}
END_TEST

START_TEST(only_files_are_measured)
{
	struct blob_file file;
	struct fixture f;
	char *link;

	fixture_open(&f);
	link = arena_printf(f.arena, "%s/link", f.dir);
	ck_assert_int_eq(symlink(upload(&f, "hello"), link), 0);
	fixture_err(blob_measure(link, &file), ERR_INTERNAL);
	fixture_err(blob_measure(f.dir, &file), ERR_INTERNAL);
	fixture_err(blob_measure("/nowhere/at/all", &file), ERR_INTERNAL);
	fixture_ok(blob_measure(upload(&f, ""), &file));
	ck_assert_uint_eq(file.bytes, 0);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("blob", UNIT(kept_by_content), UNIT(only_in_a_transaction),
    UNIT_ROWS(other_sizes_are_not_trusted, remains), UNIT(rolled_back),
    UNIT(no_room), UNIT(damage_is_found), UNIT(files_are_moved),
    UNIT(only_files_are_measured))
