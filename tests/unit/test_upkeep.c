/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include "scratch_db.h"

static void
scribble(void)
{
	FILE *f = fopen(path, "r+");

	ck_assert_ptr_nonnull(f);
	for (long at = 4096; at < 40960; at += 8) {
		fseek(f, at, SEEK_SET);
		fwrite("\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8", 8, 1, f);
	}
	fclose(f);
}

START_TEST(corrupt_is_corrupt)
{
	struct db *db;
	int64_t n;
	char *report;

	setup();
	raw("PRAGMA wal_checkpoint(TRUNCATE)");
	db = open_as(NULL);
	ck_assert_int_eq(db_check(db, arena, &report), ERR_OK);
	ck_assert_str_eq(report, "ok");
	db_free(db);
	scribble();
	db = open_as(NULL);
	ck_assert_int_eq(
	    db_one_int(
		db, "SELECT COUNT(*) FROM thing WHERE name = 'x'", DB_NONE, &n),
	    ERR_CORRUPT);
	ck_assert_int_eq(db_check(db, arena, &report), ERR_CORRUPT);
	ck_assert_str_ne(report, "ok");
	db_free(db);
	teardown();
}
END_TEST

START_TEST(check_finds_lost_references)
{
	struct db *db;
	char *report;

	setup();
	raw("PRAGMA foreign_keys = OFF; INSERT INTO part (thing) VALUES (5)");
	db = open_as(NULL);
	ck_assert_int_eq(db_check(db, arena, &report), ERR_CORRUPT);
	ck_assert_str_eq(report, "a row that refers to nothing in part\n");
	db_free(db);
	teardown();
}
END_TEST

START_TEST(backup_restores)
{
	char copy[UNIT_PATH];
	struct db *db;
	struct stat st;
	char *report;

	setup();
	unit_path(copy, dir, "copy.db");
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	for (int i = 1; i <= 1000; i++)
		ck_assert_int_eq(add(db, i, NULL), ERR_OK);
	ck_assert_int_eq(db_backup(db, copy), ERR_INTERNAL);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_INTERNAL);
	run(db, "INSERT INTO thing (id) VALUES (1), (2)");
	ck_assert_int_eq(db_backup(db, copy), ERR_OK);
	ck_assert_int_eq(db_backup(db, copy), ERR_EXISTS);
	ck_assert_int_eq(db_backup(db, "/nowhere/x.db"), ERR_INTERNAL);
	run(db, "INSERT INTO thing (id) VALUES (3)");
	db_free(db);
	ck_assert_int_eq(stat(copy, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	memcpy(path, copy, sizeof(path));
	ck_assert_int_eq(try_open((struct db_options){ .schema = 7 }), ERR_OK);
	db = open_as(NULL);
	ck_assert_int_eq(count(db), 2);
	db_free(db);
	db = open_as(NULL);
	ck_assert_int_eq(db_check(db, arena, &report), ERR_OK);
	ck_assert_str_eq(report, "ok");
	db_free(db);
	teardown();
}
END_TEST

UNIT_MAIN("upkeep", UNIT(corrupt_is_corrupt), UNIT(check_finds_lost_references),
    UNIT(backup_restores))
