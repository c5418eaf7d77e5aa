/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch_db.h"

static const struct {
	enum err inner, outer, result;
	int rows;
} nests[] = {
	{ ERR_OK, ERR_OK, ERR_OK, 2 },
	{ ERR_STALE, ERR_OK, ERR_STALE, 0 },
	{ ERR_OK, ERR_STATE, ERR_STATE, 0 },
	{ ERR_STALE, ERR_STATE, ERR_STATE, 0 },
};

START_TEST(nested)
{
	struct db *db, *other;

	setup();
	db = open_as(NULL);
	other = open_as(NULL);
	ck_assert(!db_in_write(db));
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert(db_in_write(db));
	ck_assert_int_eq(add(db, 1, "a"), ERR_OK);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(add(db, 2, "b"), ERR_OK);
	ck_assert_int_eq(db_end(db, nests[_i].inner), nests[_i].inner);
	ck_assert(db_in_write(db));
	ck_assert_int_eq(count(db), 2);
	ck_assert_int_eq(count(other), 0);
	/* After an inner failure nothing more is written. */
	if (nests[_i].inner != ERR_OK)
		ck_assert_int_eq(add(db, 3, "c"), nests[_i].inner);
	ck_assert_int_eq(db_end(db, nests[_i].outer), nests[_i].result);
	ck_assert(!db_in_write(db));
	ck_assert_int_eq(count(db), nests[_i].rows);
	ck_assert_int_eq(count(other), nests[_i].rows);
	db_free(db);
	db_free(other);
	teardown();
}
END_TEST

START_TEST(read_is_one_moment)
{
	struct db *reader, *writer;

	setup();
	reader = open_as(NULL);
	writer = open_as(NULL);
	ck_assert_int_eq(db_read(reader), ERR_OK);
	ck_assert_int_eq(db_read(reader), ERR_OK);
	ck_assert_int_eq(count(reader), 0);
	run(writer, "INSERT INTO thing (id) VALUES (1)");
	ck_assert_int_eq(count(writer), 1);
	db_read_end(reader);
	ck_assert_int_eq(count(reader), 0);
	db_read_end(reader);
	ck_assert_int_eq(count(reader), 1);
	ck_assert(db_settle(reader));
	db_free(reader);
	db_free(writer);
	teardown();
}
END_TEST

START_TEST(read_nests_in_write)
{
	struct db *db;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_read(db), ERR_OK);
	ck_assert_int_eq(add(db, 1, "a"), ERR_OK);
	ck_assert_int_eq(count(db), 1);
	db_read_end(db);
	ck_assert(db_in_write(db));
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(count(db), 1);
	ck_assert(db_settle(db));
	db_free(db);
	teardown();
}
END_TEST

START_TEST(change_outside_is_refused)
{
	struct db *db;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(add(db, 1, "a"), ERR_INTERNAL);
	ck_assert_int_eq(db_read(db), ERR_OK);
	ck_assert_int_eq(add(db, 1, "a"), ERR_INTERNAL);
	ck_assert_int_eq(db_begin(db), ERR_INTERNAL);
	db_read_end(db);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_INTERNAL);
	db_read_end(db);
	ck_assert_int_eq(count(db), 0);
	ck_assert(db_settle(db));
	db_free(db);
	teardown();
}
END_TEST

START_TEST(begin_within_a_query_is_refused)
{
	struct db *db;
	struct db_rows *rows;

	setup();
	db = open_as(NULL);
	rows = db_query(db, "SELECT 1", DB_NONE);
	ck_assert(db_next(rows));
	ck_assert_int_eq(db_begin(db), ERR_INTERNAL);
	ck_assert_int_eq(db_done(rows), ERR_OK);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(settle_cleans_up)
{
	struct db *db, *other;
	struct db_rows *rows;

	setup();
	db = open_as(NULL);
	other = open_as(NULL);
	ck_assert(db_settle(db));
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_read(db), ERR_OK);
	ck_assert_int_eq(add(db, 1, "a"), ERR_OK);
	for (int i = 0; i < 2; i++) {
		rows = db_query(db, "SELECT id FROM thing", DB_NONE);
		ck_assert(db_next(rows));
	}
	ck_assert(!db_settle(db));
	ck_assert(!db_in_write(db));
	ck_assert(db_settle(db));
	/* The lock is free again. */
	run(other, "INSERT INTO thing (id) VALUES (2)");
	ck_assert_int_eq(db_read(db), ERR_OK);
	ck_assert_int_eq(count(db), 1);
	ck_assert(!db_settle(db));
	run(db, "INSERT INTO thing (id) VALUES (3)");
	db_free(db);
	db_free(other);
	teardown();
}
END_TEST

START_TEST(deferred_constraint_fails_the_commit)
{
	struct db *db;

	setup();
	db = open_as(NULL);
	run(db,
	    "CREATE TABLE late (id INTEGER PRIMARY KEY, thing INTEGER"
	    " REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)");
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    db_exec(db, "INSERT INTO late (thing) VALUES (7)", DB_NONE),
	    ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_INTERNAL);
	ck_assert(!db_in_write(db));
	ck_assert(db_settle(db));
	run(db, "INSERT INTO thing (id) VALUES (1)");
	db_free(db);
	teardown();
}
END_TEST

/* Against a tool that knows nothing of our lock. */
START_TEST(begin_is_immediate)
{
	sqlite3 *tool;
	struct db *db;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(sqlite3_open(path, &tool), SQLITE_OK);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    sqlite3_exec(tool, "BEGIN IMMEDIATE", NULL, NULL, NULL),
	    SQLITE_BUSY);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(
	    sqlite3_exec(tool, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(tool);
	db_free(db);
	teardown();
}
END_TEST

UNIT_MAIN("transaction", UNIT_ROWS(nested, nests), UNIT(read_is_one_moment),
    UNIT(begin_is_immediate), UNIT(read_nests_in_write),
    UNIT(change_outside_is_refused), UNIT(begin_within_a_query_is_refused),
    UNIT(settle_cleans_up), UNIT(deferred_constraint_fails_the_commit))
