/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch_db.h"

static const struct db_right rights[] = {
	{ "thing", DB_SELECT | DB_INSERT },
	{ "part", DB_SELECT | DB_INSERT | DB_UPDATE },
	{ "thing_fts", DB_SELECT | DB_INSERT | DB_DELETE },
	{ NULL, 0 },
};

static const struct db_right read_only[] = {
	{ "thing", DB_SELECT },
	{ "thing_fts", DB_SELECT },
	{ NULL, 0 },
};

static const struct {
	const char *sql;
	bool ok;
} acts[] = {
	{ "SELECT id, upper(name) FROM thing", true },
	{ "SELECT COUNT(*) FROM thing", true },
	{ "WITH c AS (SELECT id FROM thing) SELECT id FROM c", true },
	{ "WITH c AS (SELECT id FROM thing) SELECT COUNT(*) FROM c", true },
	{ "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	  " WHERE i < 9) SELECT COUNT(*), MAX(i) FROM n",
	    true },
	{ "SELECT x.id FROM (SELECT id FROM thing) x", true },
	{ "SELECT COUNT(*) FROM (SELECT id FROM thing)", true },
	{ "SELECT rank() OVER (ORDER BY id) FROM thing", true },
	{ "INSERT INTO thing (id, name) VALUES (20, 'b')", true },
	{ "INSERT INTO thing (name) VALUES ('c') ON CONFLICT DO NOTHING",
	    true },
	{ "INSERT INTO part (thing) VALUES (1)", true },
	{ "UPDATE part SET thing = 1 WHERE id = 1", true },
	{ "SAVEPOINT a", true },
	/* and no more than that */
	{ "SELECT id FROM secret", false },
	{ "SELECT COUNT(*) FROM secret", false },
	{ "SELECT 1 FROM secret", false },
	{ "SELECT id FROM thing WHERE id IN (SELECT id FROM secret)", false },
	{ "INSERT INTO thing (id) SELECT id FROM secret", false },
	{ "INSERT INTO secret (id) VALUES (1)", false },
	{ "UPDATE thing SET name = 'x'", false },
	{ "INSERT INTO thing (id, name) VALUES (1, 'x') ON CONFLICT (id)"
	  " DO UPDATE SET name = 'x'",
	    false },
	{ "REPLACE INTO thing (id) VALUES (1)", true }, /* see below */
	{ "DELETE FROM thing", false },
	{ "DELETE FROM part WHERE id = 1", false },
	{ "SELECT name FROM sqlite_schema", false },
	{ "SELECT COUNT(*) FROM sqlite_schema", false },
	{ "SELECT COUNT(*) FROM sqlite_master", false },
	{ "SELECT sql FROM sqlite_master WHERE rowid = 1", false },
	{ "SELECT name FROM pragma_table_info('secret')", false },
	{ "SELECT COUNT(*) FROM pragma_table_info('secret')", false },
	{ "UPDATE sqlite_schema SET type = 'x'", false },
	{ "DELETE FROM sqlite_schema", false },
	{ "INSERT INTO sqlite_schema (type) VALUES ('x')", false },
	{ "PRAGMA writable_schema = ON", false },
	{ "PRAGMA table_info(secret)", false },
	{ "PRAGMA user_version = 8", false },
	{ "PRAGMA journal_mode = DELETE", false },
	{ "PRAGMA wal_checkpoint", false },
	{ "PRAGMA foreign_keys = OFF", false },
	{ "PRAGMA data_version = 1", false },
	{ "ATTACH ':memory:' AS more", false }, { "DETACH main", false },
	{ "CREATE TABLE more (id)", false },
	{ "CREATE TEMP TABLE more (id)", false },
	{ "CREATE INDEX i ON thing (name)", false },
	{ "CREATE TRIGGER t AFTER INSERT ON thing BEGIN SELECT 1; END", false },
	{ "CREATE TEMP VIEW v AS SELECT 1", false },
	{ "CREATE VIRTUAL TABLE v USING fts5 (x)", false },
	{ "DROP TABLE thing", false },
	{ "ALTER TABLE thing ADD COLUMN x", false }, { "ANALYZE", false },
	{ "REINDEX", false }, { "VACUUM", false },
	{ "SELECT load_extension('x')", false },
	{ "SELECT id FROM thing_fts_data", true }, /* follows thing_fts */
	{ "DELETE FROM thing_fts_data", false },   /* DEFENSIVE */
};

START_TEST(authorizer)
{
	struct db *db;
	enum err rc;

	setup();
	db = open_as(rights);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(add(db, 1, "a"), ERR_OK);
	/* db_query() with no step takes both kinds; it compiles. */
	rc = db_done(db_query(db, acts[_i].sql, DB_NONE));
	ck_assert_msg((rc == ERR_OK) == acts[_i].ok, "%s: %s", acts[_i].sql,
	    err_name(rc));
	ck_assert_int_eq(db_end(db, ERR_OK), rc);
	db_free(db);
	teardown();
}
END_TEST

static const char *const fts[] = {
	"INSERT INTO thing_fts (rowid, name) VALUES (1, 'first words here')",
	"INSERT INTO thing_fts (rowid, name) VALUES (2, 'second words')",
	"INSERT INTO thing_fts (thing_fts, rowid, name)"
	" VALUES ('delete', 2, 'second words')",
	"INSERT INTO thing_fts (thing_fts) VALUES ('optimize')",
};

static const char fts_search[] =
    "SELECT snippet(thing_fts, 0, '[', ']', '…', 5), bm25(thing_fts)"
    " FROM thing_fts JOIN thing ON thing.id = thing_fts.rowid"
    " WHERE thing_fts MATCH $1 ORDER BY rank";

static void
fill_fts(struct db *db)
{
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(add(db, 1, "first words here"), ERR_OK);
	ck_assert_int_eq(add(db, 2, "second words"), ERR_OK);
	for (int i = 0; i < UNIT_COUNT(fts); i++)
		ck_assert_int_eq(db_exec(db, fts[i], DB_NONE), ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
}

static void
search(struct db *db)
{
	struct db_rows *rows;

	rows = db_query(db, fts_search, DB_ARGS(db_t("\"words\"")));
	ck_assert(db_next(rows));
	ck_assert_str_eq(db_col_text(rows, 0, arena), "first [words] here");
	ck_assert(!db_next(rows));
	ck_assert_int_eq(db_done(rows), ERR_OK);
}

START_TEST(full_text_under_the_authorizer)
{
	struct db *db, *reader;

	setup();
	db = open_as(rights);
	reader = open_as(read_only);
	fill_fts(db);
	search(db);
	search(reader);
	/* Another process changes the index behind the reader. */
	run(db, "INSERT INTO thing_fts (rowid, name) VALUES (2, 'second one')");
	search(reader);
	ck_assert_int_eq(db_begin(reader), ERR_OK);
	ck_assert_int_eq(
	    db_end(reader, db_exec(reader, fts[1], DB_NONE)), ERR_INTERNAL);
	db_free(reader);
	db_free(db);
	teardown();
}
END_TEST

/* A trigger has no more rights than the program that sets it off. */
START_TEST(trigger)
{
	static const struct db_right both[] = {
		{ "thing", DB_SELECT | DB_INSERT },
		{ "secret", DB_SELECT | DB_INSERT },
		{ "part", DB_SELECT },
		{ NULL, 0 },
	};
	struct db *db;

	setup();
	raw("CREATE TRIGGER thing_ai AFTER INSERT ON thing BEGIN"
	    " INSERT INTO secret (id, word) VALUES (new.id, new.name); END");
	db = open_as(both);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_end(db, add(db, 1, "a")), ERR_OK);
	db_free(db);
	db = open_as(rights);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_end(db, add(db, 2, "b")), ERR_INTERNAL);
	db_free(db);
	teardown();
}
END_TEST

/*
 * FTS5 of SQLite 3.40 is not marked innocuous, so with TRUSTED_SCHEMA off no
 * trigger may write to it: programs do that themselves.
 */
START_TEST(no_full_text_by_trigger)
{
	struct db *db;

	setup();
	raw("CREATE TRIGGER thing_ai AFTER INSERT ON thing BEGIN"
	    " INSERT INTO thing_fts (rowid, name) VALUES (new.id, new.name);"
	    " END");
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_end(db, add(db, 1, "a")), ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(db_message(db), "unsafe use"));
	db_free(db);
	teardown();
}
END_TEST

/* The engine looks at what a new row refers to. */
START_TEST(reference_needs_select)
{
	static const struct db_right child[] = { { "part", DB_INSERT },
		{ NULL, 0 } };
	struct db *db;

	setup();
	db = open_as(child);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(
	    db_end(db,
		db_exec(
		    db, "INSERT INTO part (id, thing) VALUES (1, 1)", DB_NONE)),
	    ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(db_message(db), "prohibited"));
	db_free(db);
	teardown();
}
END_TEST

UNIT_MAIN("authorizer", UNIT_ROWS(authorizer, acts),
    UNIT(full_text_under_the_authorizer), UNIT(trigger),
    UNIT(no_full_text_by_trigger), UNIT(reference_needs_select))
