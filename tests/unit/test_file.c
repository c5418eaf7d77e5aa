/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

START_TEST(reads_whole)
{
	char dir[UNIT_PATH], path[UNIT_PATH];
	struct buf out;

	unit_scratch(dir);
	unit_file(dir, "a", "some text", path);
	buf_init(&out, 9);
	ck_assert_int_eq(file_read(path, &out), ERR_OK);
	ck_assert_str_eq(out.data, "some text");
	buf_free(&out);
	buf_init(&out, 8);
	ck_assert_int_eq(file_read(path, &out), ERR_TOO_LARGE);
	buf_free(&out);
	unit_remove(dir);
}
END_TEST

static const struct {
	const char *path;
	enum err rc;
} bad[] = {
	{ "/nowhere/at/all", ERR_NOT_FOUND },
	{ "/etc/passwd/x", ERR_NOT_FOUND },
	{ "/tmp", ERR_INTERNAL }, /* a directory */
};

START_TEST(cannot_read)
{
	struct buf out;

	buf_init(&out, 1000);
	ck_assert_int_eq(file_read(bad[_i].path, &out), bad[_i].rc);
	buf_free(&out);
}
END_TEST

START_TEST(syncs)
{
	char dir[UNIT_PATH], path[UNIT_PATH];

	unit_scratch(dir);
	unit_file(dir, "a", "x", path);
	ck_assert_int_eq(file_sync(path), ERR_OK);
	ck_assert_int_eq(file_sync("/nowhere/x"), ERR_INTERNAL);
	unit_remove(dir);
}
END_TEST

START_TEST(puts_whole)
{
	char dir[UNIT_PATH], path[UNIT_PATH], inside[UNIT_PATH];
	struct stat st;
	struct buf out;

	unit_scratch(dir);
	unit_file(dir, "a", "before", path);
	ck_assert_int_eq(file_put(path, "after", 5, 0644), ERR_OK);
	buf_init(&out, 100);
	ck_assert_int_eq(file_read(path, &out), ERR_OK);
	ck_assert_str_eq(out.data, "after");
	buf_free(&out);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0644);
	/* What cannot be put leaves nothing, and what was there. */
	ck_assert_int_eq(file_put("/nowhere/x", "x", 1, 0644), ERR_INTERNAL);
	snprintf(inside, sizeof(inside), "%.200s/folder", dir);
	ck_assert_int_eq(mkdir(inside, 0700), 0);
	ck_assert_int_eq(file_put(inside, "x", 1, 0644), ERR_INTERNAL);
	ck_assert_int_eq(rmdir(inside), 0);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(dir), 0);
}
END_TEST

UNIT_MAIN("file", UNIT(reads_whole), UNIT_ROWS(cannot_read, bad), UNIT(syncs),
    UNIT(puts_whole))
