/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <sys/stat.h>

#include "scratch_db.h"

START_TEST(open_checks)
{
	setup();
	ck_assert_int_eq(try_open((struct db_options){ .schema = 7 }), ERR_OK);
	ck_assert_int_eq(
	    try_open((struct db_options){ .schema = 6 }), ERR_STATE);
	ck_assert_int_eq(
	    try_open((struct db_options){ .schema = 8, .create = true }),
	    ERR_STATE);
	unit_path(path, dir, "other.db");
	ck_assert_int_eq(try_open((struct db_options){ 0 }), ERR_NOT_FOUND);
	unit_file(dir, "other.db", "", NULL);
	ck_assert_int_eq(try_open((struct db_options){ 0 }), ERR_CORRUPT);
	ck_assert_int_eq(
	    try_open((struct db_options){ .create = true }), ERR_OK);
	ck_assert_int_eq(try_open((struct db_options){ 0 }), ERR_OK);
	unit_path(path, dir, "nowhere/x.db");
	ck_assert_int_eq(
	    try_open((struct db_options){ .create = true }), ERR_INTERNAL);
	teardown();
}
END_TEST

START_TEST(open_refuses_what_is_not_ours)
{
	char text[5000];

	setup();
	unit_path(path, dir, "foreign.db");
	raw("CREATE TABLE theirs (x)");
	ck_assert_int_eq(
	    try_open((struct db_options){ .create = true }), ERR_CORRUPT);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	unit_file(dir, "text.db", text, NULL);
	unit_path(path, dir, "text.db");
	ck_assert_int_eq(
	    try_open((struct db_options){ .create = true }), ERR_CORRUPT);
	teardown();
}
END_TEST

START_TEST(open_sets_every_option)
{
	static const struct {
		const char *sql;
		int64_t expected;
	} options[] = {
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA cell_size_check", 1 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA busy_timeout", 5000 },
		{ "PRAGMA application_id", 0x456e7465 },
	};
	struct db *db;
	struct stat st;
	char head[20];
	FILE *f;
	int64_t n;

	setup();
	db = open_as(NULL);
	for (int i = 0; i < UNIT_COUNT(options); i++) {
		ck_assert_int_eq(
		    db_one_int(db, options[i].sql, DB_NONE, &n), ERR_OK);
		ck_assert_msg(n == options[i].expected, "%s = %d",
		    options[i].sql, (int)n);
	}
	/* File format §1.3.3: read and write version 2 are WAL. */
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fread(head, 1, sizeof(head), f), sizeof(head));
	ck_assert_mem_eq(head + 18, "\2\2", 2);
	fclose(f);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	/* No double-quoted text, no write behind SQLite's back. */
	ck_assert_int_eq(
	    db_one_int(db, "SELECT \"nothing\"", DB_NONE, &n), ERR_INTERNAL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    db_end(db, db_exec(db, "DELETE FROM thing_fts_data", DB_NONE)),
	    ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(db_message(db), "may not be modified"));
	ck_assert_mem_eq(db_engine(), "SQLite 3.", 9);
	db_free(db);
	db_free(NULL);
	teardown();
}
END_TEST

START_TEST(close_leaves_the_wal)
{
	char wal[UNIT_PATH + 8];
	struct stat st;
	struct db *db;

	setup();
	snprintf(wal, sizeof(wal), "%s-wal", path);
	db = open_as(NULL);
	run(db, "INSERT INTO thing (id) VALUES (1)");
	db_free(db);
	ck_assert_int_eq(stat(wal, &st), 0);
	ck_assert_int_gt(st.st_size, 0);
	teardown();
}
END_TEST

UNIT_MAIN("sqlite", UNIT(open_checks), UNIT(open_refuses_what_is_not_ours),
    UNIT(open_sets_every_option), UNIT(close_leaves_the_wal))
