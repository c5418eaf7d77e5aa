/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch_db.h"

START_TEST(values_come_back)
{
	static const char sql[] = "INSERT INTO thing (id, name, bytes, size)"
				  " VALUES ($1, $2, $3, $4)";
	struct db *db;
	struct db_rows *rows;
	size_t len;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    db_exec(db, sql,
		DB_ARGS(db_i(INT64_MIN), db_t("é"), db_b("a\0b", 3), db_at(0))),
	    ERR_OK);
	ck_assert_int_eq(
	    db_exec(db, sql,
		DB_ARGS(db_i(INT64_MAX), db_t(NULL), db_b(NULL, 0), db_at(5))),
	    ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	rows = db_query(
	    db, "SELECT id, name, bytes, size FROM thing ORDER BY id", DB_NONE);
	ck_assert_int_eq(db_col_int(rows, 0), 0); /* not on a row yet */
	ck_assert(db_col_is_null(rows, 0));
	ck_assert_ptr_null(db_col_text(rows, 1, arena));
	ck_assert(db_next(rows));
	ck_assert_int_eq(db_col_int(rows, 0), INT64_MIN);
	ck_assert_str_eq(db_col_text(rows, 1, arena), "é");
	ck_assert_mem_eq(db_col_peek(rows, 2, &len), "a\0b", 3);
	ck_assert_uint_eq(len, 3);
	ck_assert(db_col_is_null(rows, 3));
	ck_assert_int_eq(db_col_int(rows, 3), 0);
	ck_assert(db_next(rows));
	ck_assert_int_eq(db_col_int(rows, 0), INT64_MAX);
	ck_assert_ptr_null(db_col_text(rows, 1, arena));
	ck_assert(db_col_is_null(rows, 1));
	ck_assert(!db_col_is_null(rows, 2));
	ck_assert_ptr_nonnull(db_col_peek(rows, 2, &len));
	ck_assert_uint_eq(len, 0);
	ck_assert_int_eq(db_col_int(rows, 3), 5);
	ck_assert(!db_next(rows));
	ck_assert(!db_next(rows)); /* and does not start again */
	ck_assert_int_eq(db_done(rows), ERR_OK);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(one_int)
{
	struct db *db;
	int64_t n = 5;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_one_int(db, "SELECT id FROM thing WHERE id = $1",
			     DB_ARGS(db_i(1)), &n),
	    ERR_NOT_FOUND);
	ck_assert_int_eq(n, 0);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_one_int(db,
			     "INSERT INTO thing (name) VALUES ('a'), ('b')"
			     " RETURNING id + 41",
			     DB_NONE, &n),
	    ERR_OK);
	ck_assert_int_eq(n, 42);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(count(db), 2);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(same_query_within_itself)
{
	static const char sql[] =
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < $1) SELECT i FROM n ORDER BY i";
	struct db *db;
	struct db_rows *outer, *inner;
	int n = 0, m = 0;

	setup();
	db = open_as(NULL);
	for (int round = 0; round < 3; round++) {
		outer = db_query(db, sql, DB_ARGS(db_i(3)));
		while (db_next(outer)) {
			inner = db_query(db, sql, DB_ARGS(db_i(4)));
			while (db_next(inner))
				m += (int)db_col_int(inner, 0);
			ck_assert_int_eq(db_done(inner), ERR_OK);
			n += (int)db_col_int(outer, 0);
		}
		ck_assert_int_eq(db_done(outer), ERR_OK);
	}
	ck_assert_int_eq(n, 18);
	ck_assert_int_eq(m, 90);
	ck_assert(db_settle(db));
	db_free(db);
	teardown();
}
END_TEST

START_TEST(changes)
{
	static const char sql[] = "UPDATE thing SET size = 1 WHERE id <= $1";
	struct db *db;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	for (int i = 1; i <= 3; i++)
		ck_assert_int_eq(add(db, i, NULL), ERR_OK);
	ck_assert_int_eq(db_exec_one(db, sql, DB_ARGS(db_i(1))), ERR_OK);
	ck_assert_int_eq(db_changes(db), 1);
	ck_assert_int_eq(db_exec(db, sql, DB_ARGS(db_i(3))), ERR_OK);
	ck_assert_int_eq(db_changes(db), 3);
	ck_assert_int_eq(db_exec_one(db, sql, DB_ARGS(db_i(0))), ERR_STALE);
	ck_assert_int_eq(db_exec_one(db, sql, DB_ARGS(db_i(3))), ERR_STALE);
	/* Stale is our own word: the transaction may still go on. */
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(count(db), 3);
	db_free(db);
	teardown();
}
END_TEST

static const struct {
	const char *sql;
	enum err rc;
} faults[] = {
	{ "SELEKT 1", ERR_INTERNAL },
	{ "", ERR_INTERNAL },
	{ "SELECT 1; SELECT 2", ERR_INTERNAL },
	{ "SELECT $2, $1", ERR_INTERNAL },
	{ "SELECT ?", ERR_INTERNAL },
	{ "SELECT $1", ERR_INTERNAL }, /* no value given */
	{ "SELECT 1", ERR_INTERNAL },  /* db_exec() of a query */
	{ "INSERT INTO thing (id) VALUES (9) RETURNING id", ERR_INTERNAL },
	{ "INSERT INTO thing (id) VALUES (1)", ERR_EXISTS },
	{ "INSERT INTO thing (name) VALUES ('one')", ERR_EXISTS },
	{ "INSERT INTO thing (size) VALUES (-1)", ERR_INTERNAL },
	{ "INSERT INTO thing (size) VALUES ('x')", ERR_INTERNAL },
	{ "INSERT INTO part (thing) VALUES (99)", ERR_INTERNAL },
	{ "INSERT INTO thing (bytes) VALUES (zeroblob(16777217))",
	    ERR_TOO_LARGE },
	{ "ATTACH ':memory:' AS more", ERR_INTERNAL },
};

START_TEST(an_error_poisons_the_transaction)
{
	struct db *db;
	int64_t n;

	setup();
	db = open_as(NULL);
	run(db, "INSERT INTO thing (id, name) VALUES (1, 'one')");
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(add(db, 2, "two"), ERR_OK);
	ck_assert_int_eq(db_exec(db, faults[_i].sql, DB_NONE), faults[_i].rc);
	ck_assert_int_ne(db_message(db)[0], '\0');
	/* Nothing runs any more, and it cannot be committed. */
	ck_assert_int_eq(add(db, 3, "three"), faults[_i].rc);
	ck_assert_int_eq(
	    db_one_int(db, "SELECT 1", DB_NONE, &n), faults[_i].rc);
	ck_assert_int_eq(db_end(db, ERR_OK), faults[_i].rc);
	ck_assert_int_eq(count(db), 1);
	/* The next one is clean. */
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(add(db, 3, "three"), ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(count(db), 2);
	ck_assert(db_settle(db));
	db_free(db);
	teardown();
}
END_TEST

static const struct {
	const char *sql, *message;
} illiterate[] = {
	{ "SELECT $2 - $1", "not $1 $2 in order" },
	{ "SELECT ? - ?", "not $1 $2 in order" },
	{ "SELECT :a - :b", "not $1 $2 in order" },
	{ "SELECT $1 - $3", "not $1 $2 in order" },
	{ "SELECT $1 - $2; SELECT 1", "not one statement" },
	{ "-- nothing", "not one statement" },
	{ "SELECT $1", "wrong number of values" },
	{ "SELECT $1 + $2 + $3", "wrong number of values" },
};

START_TEST(sql_has_rules)
{
	struct db *db;
	int64_t n;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_one_int(db, "SELECT $1 - $2 + $1",
			     DB_ARGS(db_i(5), db_i(3)), &n),
	    ERR_OK);
	ck_assert_int_eq(n, 7);
	ck_assert_int_eq(
	    db_one_int(db, illiterate[_i].sql, DB_ARGS(db_i(5), db_i(3)), &n),
	    ERR_INTERNAL);
	ck_assert_int_eq(n, 0);
	ck_assert_ptr_nonnull(strstr(db_message(db), illiterate[_i].message));
	ck_assert(db_settle(db));
	db_free(db);
	teardown();
}
END_TEST

START_TEST(a_change_needs_no_step)
{
	struct db *db;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    db_done(db_query(db, insert, DB_ARGS(db_i(1), db_t("a")))), ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(count(db), 1);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(returning_is_checked)
{
	struct db *db;
	int64_t n = 5;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    db_one_int(db, "INSERT INTO part (thing) VALUES (99) RETURNING id",
		DB_NONE, &n),
	    ERR_INTERNAL);
	ck_assert_int_eq(n, 0);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_INTERNAL);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(sql_must_be_a_literal)
{
	char text[100] = "SELECT 1";
	struct db *db;
	int64_t n;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_one_int(db, text, DB_NONE, &n), ERR_OK);
	snprintf(text, sizeof(text), "SELECT 2");
	ck_assert_int_eq(db_one_int(db, text, DB_NONE, &n), ERR_INTERNAL);
	db_free(db);
	teardown();
}
END_TEST

/* More literals than the cache's first size. */
START_TEST(many_statements)
{
	static char texts[500][20];
	struct db *db;
	int64_t n;

	setup();
	db = open_as(NULL);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 500; i++) {
			snprintf(texts[i], sizeof(texts[i]), "SELECT %d", i);
			ck_assert_int_eq(
			    db_one_int(db, texts[i], DB_NONE, &n), ERR_OK);
			ck_assert_int_eq(n, i);
		}
	db_free(db);
	teardown();
}
END_TEST

/* A change of the schema by another connection is seen, not stumbled over. */
START_TEST(prepared_again)
{
	struct db *db;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(count(db), 0);
	raw("ALTER TABLE thing ADD COLUMN more TEXT;"
	    "INSERT INTO thing (id, more) VALUES (1, 'x')");
	ck_assert_int_eq(count(db), 1);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(full_disk)
{
	static char big[100000];
	struct db *db;
	enum err rc = ERR_OK;
	int64_t n;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(
	    db_one_int(db, "PRAGMA max_page_count = 100", DB_NONE, &n), ERR_OK);
	for (int i = 1; i < 100 && rc == ERR_OK; i++) {
		ck_assert_int_eq(db_begin(db), ERR_OK);
		rc = db_end(db,
		    db_exec(db, "INSERT INTO thing (id, bytes) VALUES ($1, $2)",
			DB_ARGS(db_i(i), db_b(big, sizeof(big)))));
	}
	ck_assert_int_eq(rc, ERR_FULL);
	ck_assert(db_settle(db));
	ck_assert_int_gt(count(db), 0);
	run(db, "DELETE FROM thing");
	db_free(db);
	teardown();
}
END_TEST

UNIT_MAIN("statement", UNIT(values_come_back), UNIT(one_int),
    UNIT(same_query_within_itself), UNIT(changes),
    UNIT_ROWS(an_error_poisons_the_transaction, faults),
    UNIT_ROWS(sql_has_rules, illiterate), UNIT(returning_is_checked),
    UNIT(a_change_needs_no_step), UNIT(sql_must_be_a_literal),
    UNIT(many_statements), UNIT(prepared_again), UNIT(full_disk))
