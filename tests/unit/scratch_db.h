/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A scratch database with a few tables, for the tests of the floor db.  A test
 * starts with setup() and ends with teardown().
 */
#ifndef UNIT_SCRATCH_DB_H
#define UNIT_SCRATCH_DB_H

#include <sqlite3.h>

#include "base/arena.h"
#include "base/clock.h"
#include "db/db.h"
#include "unit.h"

static char dir[UNIT_PATH], path[UNIT_PATH];
static struct arena *arena;

static inline struct db *
open_as(const struct db_right *rights)
{
	struct db *db;
	struct db_options o = {
		.path = path, .rights = rights, .create = true
	};

	ck_assert_int_eq(db_open(&o, &db), ERR_OK);
	return db;
}

static inline void
run(struct db *db, const char *sql)
{
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(db_end(db, db_exec(db, sql, DB_NONE)), ERR_OK);
}

/* SQL of a test may be text that was put together: only here. */
static inline void
raw(const char *sql)
{
	sqlite3 *handle;
	char *message = NULL;

	ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
	sqlite3_exec(handle, sql, NULL, NULL, &message);
	ck_assert_msg(message == NULL, "%s", message);
	sqlite3_db_config(
	    handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
	sqlite3_close(handle);
}

static inline int64_t
count(struct db *db)
{
	int64_t n;

	ck_assert_int_eq(
	    db_one_int(db, "SELECT COUNT(*) FROM thing", DB_NONE, &n), ERR_OK);
	return n;
}

static const char insert[] = "INSERT INTO thing (id, name) VALUES ($1, $2)";

static inline enum err
add(struct db *db, int64_t id, const char *name)
{
	return db_exec(db, insert, DB_ARGS(db_i(id), db_t(name)));
}

static inline void
setup(void)
{
	struct db *db;

	unit_scratch(dir);
	unit_path(path, dir, "portal.db");
	arena = arena_new(1 << 24);
	db = open_as(NULL);
	run(db,
	    "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE,"
	    " bytes BLOB, size INTEGER CHECK (size >= 0)) STRICT");
	run(db, "CREATE TABLE secret (id INTEGER PRIMARY KEY, word TEXT)");
	run(db,
	    "CREATE TABLE part (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL"
	    " REFERENCES thing (id)) STRICT");
	run(db,
	    "CREATE VIRTUAL TABLE thing_fts USING fts5 (name,"
	    " content='thing', content_rowid='id')");
	run(db, "PRAGMA user_version = 7");
	db_free(db);
}

static inline void
teardown(void)
{
	arena_free(arena);
	unit_remove(dir);
}

static inline enum err
try_open(struct db_options o)
{
	struct db *db;
	enum err rc;

	o.path = path;
	rc = db_open(&o, &db);
	ck_assert((rc == ERR_OK) == (db != NULL));
	db_free(db);
	return rc;
}

#endif
