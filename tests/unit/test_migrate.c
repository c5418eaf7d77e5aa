/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include "base/arena.h"
#include "db/db.h"
#include "db/migrate.h"
#include "unit.h"

static char dir[UNIT_PATH], scripts[UNIT_PATH];
static char path[UNIT_PATH], copy[UNIT_PATH];
static struct arena *arena;
static struct db *db;
static char *problem;

static struct migration_result result;

static void
reopen(void)
{
	struct db_options o = { .path = path, .create = true };

	db_free(db);
	ck_assert_int_eq(db_open(&o, &db), ERR_OK);
}

static void
setup(void)
{
	unit_scratch(dir);
	unit_path(scripts, dir, "schema");
	unit_path(path, dir, "portal.db");
	unit_path(copy, dir, "before.db");
	ck_assert_int_eq(mkdir(scripts, 0700), 0);
	arena = arena_new(1 << 24);
	unit_file(scripts, "README.md", "not a migration", NULL);
	unit_file(scripts, "0001_first.sql",
	    "-- The first.\nCREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;\n"
	    "INSERT INTO a VALUES (1);\n",
	    NULL);
	unit_file(scripts, "0002_second.sql",
	    "CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT;\n"
	    "CREATE VIRTUAL TABLE a_fts USING fts5 (x);\n",
	    NULL);
	reopen();
}

static void
teardown(void)
{
	db_free(db);
	arena_free(arena);
	unit_remove(dir);
}

static enum err
go(void)
{
	enum err rc = migrate(db, scripts, copy, arena, &result, &problem);

	ck_assert((rc == ERR_OK) == (problem == NULL));
	ck_assert(db_settle(db));
	return rc;
}

static int64_t
number(const char *sql)
{
	int64_t n;

	ck_assert_int_eq(db_one_int(db, sql, DB_NONE, &n), ERR_OK);
	return n;
}

START_TEST(from_nothing)
{
	struct db_options o = { .path = path, .schema = 2 };
	struct db *worker;
	struct stat st;

	setup();
	ck_assert_int_eq(go(), ERR_OK);
	ck_assert_int_eq(result.from, 0);
	ck_assert_int_eq(result.to, 2);
	ck_assert_int_eq(number("PRAGMA user_version"), 2);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM migration"), 2);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM migration WHERE number"
				" = 1 AND name = '0001_first.sql' AND"
				" length(sha256) = 32 AND applied_at > 0"),
	    1);
	ck_assert_int_ne(stat(copy, &st), 0); /* nothing to copy */
	ck_assert_int_eq(db_open(&o, &worker), ERR_OK);
	db_free(worker);
	/* Again: nothing to do. */
	ck_assert_int_eq(go(), ERR_OK);
	ck_assert_int_eq(result.from, 2);
	ck_assert_int_eq(result.to, 2);
	ck_assert_int_ne(stat(copy, &st), 0);
	teardown();
}
END_TEST

START_TEST(the_next_with_a_backup)
{
	struct stat st;

	setup();
	ck_assert_int_eq(go(), ERR_OK);
	unit_file(scripts, "0003_third.sql", "INSERT INTO a VALUES (3);", NULL);
	ck_assert_int_eq(go(), ERR_OK);
	ck_assert_int_eq(result.from, 2);
	ck_assert_int_eq(result.to, 3);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM a"), 2);
	ck_assert_int_eq(stat(copy, &st), 0);
	/* The next one finds that copy in its way. */
	unit_file(
	    scripts, "0004_fourth.sql", "INSERT INTO a VALUES (4);", NULL);
	ck_assert_int_eq(go(), ERR_EXISTS);
	ck_assert_ptr_nonnull(strstr(problem, "before.db exists"));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM a"), 2);
	memcpy(path, copy, sizeof(path));
	reopen();
	ck_assert_int_eq(number("PRAGMA user_version"), 2);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM a"), 1);
	teardown();
}
END_TEST

START_TEST(a_changed_file_is_refused)
{
	setup();
	ck_assert_int_eq(go(), ERR_OK);
	unit_file(scripts, "0001_first.sql",
	    "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;\n", NULL);
	unit_file(scripts, "0003_third.sql", "INSERT INTO a VALUES (3);", NULL);
	ck_assert_int_eq(go(), ERR_STATE);
	ck_assert_ptr_nonnull(strstr(problem, "0001_first.sql is not"));
	ck_assert_int_eq(number("PRAGMA user_version"), 2);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM a"), 1);
	teardown();
}
END_TEST

START_TEST(a_renamed_file_is_refused)
{
	char from[UNIT_PATH + 8], to[UNIT_PATH + 8];

	setup();
	ck_assert_int_eq(go(), ERR_OK);
	unit_path(from, scripts, "0002_second.sql");
	unit_path(to, scripts, "0002_other.sql");
	ck_assert_int_eq(rename(from, to), 0);
	ck_assert_int_eq(go(), ERR_STATE);
	teardown();
}
END_TEST

START_TEST(a_newer_database_is_refused)
{
	char name[UNIT_PATH + 8];

	setup();
	ck_assert_int_eq(go(), ERR_OK);
	unit_path(name, scripts, "0002_second.sql");
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(go(), ERR_STATE);
	ck_assert_ptr_nonnull(strstr(problem, "newer than the 1 files"));
	teardown();
}
END_TEST

static const struct {
	const char *sql, *problem;
} bad[] = {
	{ "INSERT INTO a VALUES (3); INSERT INTO nowhere VALUES (1);",
	    "no such table: nowhere" },
	{ "INSERT INTO a VALUES (3); SELEKT;", "syntax error" },
	{ "INSERT INTO a VALUES (3); INSERT INTO a VALUES (3);",
	    "UNIQUE constraint" },
	{ "INSERT INTO a VALUES (3); COMMIT; INSERT INTO nowhere VALUES (1);",
	    "not authorized" },
	{ "INSERT INTO a VALUES (3); ROLLBACK;", "not authorized" },
	{ "INSERT INTO a VALUES (3); ATTACH ':memory:' AS x;",
	    "not authorized" },
	{ "INSERT INTO a VALUES (3); PRAGMA defer_foreign_keys = ON;"
	  "INSERT INTO b VALUES (77);",
	    "It would leave 1 rows that refer to nothing." },
	{ "", "is empty or not UTF-8" },
	{ "\xff", "is empty or not UTF-8" },
};

START_TEST(a_failed_one_leaves_nothing)
{
	setup();
	ck_assert_int_eq(go(), ERR_OK);
	unit_file(scripts, "0003_third.sql", bad[_i].sql, NULL);
	ck_assert_int_ne(go(), ERR_OK);
	ck_assert_msg(strstr(problem, bad[_i].problem) != NULL, "%s", problem);
	ck_assert_int_eq(number("PRAGMA user_version"), 2);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM migration"), 2);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM a"), 1);
	/* Corrected, it runs. */
	unlink(copy);
	unit_file(scripts, "0003_third.sql", "INSERT INTO a VALUES (3);", NULL);
	ck_assert_int_eq(go(), ERR_OK);
	ck_assert_int_eq(result.to, 3);
	teardown();
}
END_TEST

static const char *const names[] = { "0004_gap.sql", "0002_twice.sql",
	"3_short.sql", "0003.sql", "0003_.sql", "nothing.sql", "0000_zero.sql",
	"00030_long.sql" };

START_TEST(wrong_names)
{
	setup();
	unit_file(scripts, names[_i], "CREATE TABLE c (id);", NULL);
	ck_assert_int_eq(go(), ERR_INVALID);
	ck_assert_ptr_nonnull(strstr(problem, "should be named"));
	ck_assert_int_eq(number("PRAGMA user_version"), 0);
	teardown();
}
END_TEST

START_TEST(no_files)
{
	setup();
	ck_assert_int_eq(
	    migrate(db, "/nowhere", NULL, arena, &result, &problem),
	    ERR_NOT_FOUND);
	ck_assert_ptr_nonnull(problem);
	ck_assert_int_eq(
	    migrate(db, dir, NULL, arena, &result, &problem), ERR_NOT_FOUND);
	teardown();
}
END_TEST

START_TEST(not_for_workers)
{
	static const struct db_right rights[] = { { "a", DB_SELECT },
		{ NULL, 0 } };
	struct db_options o = { .path = path, .rights = rights };

	setup();
	db_free(db);
	ck_assert_int_eq(db_open(&o, &db), ERR_OK);
	ck_assert_int_eq(go(), ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(problem, "limited rights"));
	teardown();
}
END_TEST

UNIT_MAIN("migrate", UNIT(from_nothing), UNIT(the_next_with_a_backup),
    UNIT(a_changed_file_is_refused), UNIT(a_renamed_file_is_refused),
    UNIT(a_newer_database_is_refused),
    UNIT_ROWS(a_failed_one_leaves_nothing, bad), UNIT_ROWS(wrong_names, names),
    UNIT(no_files), UNIT(not_for_workers))
