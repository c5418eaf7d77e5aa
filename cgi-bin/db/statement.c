/* SPDX-License-Identifier: Apache-2.0 */
#include "db/sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

enum { CACHE_FIRST = 64 };

/* ---- values ----------------------------------------------------------- */

struct db_value
db_i(int64_t number)
{
	return (struct db_value){ .kind = DB_INT, .number = number };
}

struct db_value
db_t(const char *text)
{
	if (text == NULL)
		return db_null();
	return (struct db_value){
		.kind = DB_TEXT, .bytes = text, .len = strlen(text)
	};
}

struct db_value
db_b(const void *bytes, size_t len)
{
	/* SQLite takes a blob without an address for NULL. */
	return (struct db_value){
		.kind = DB_BLOB, .bytes = bytes != NULL ? bytes : "", .len = len
	};
}

struct db_value
db_null(void)
{
	return (struct db_value){ .kind = DB_NULL };
}

struct db_value
db_at(int64_t at)
{
	return at == 0 ? db_null() : db_i(at);
}

struct db_value
db_id(int64_t id)
{
	return id == 0 ? db_null() : db_i(id);
}

static int
bind_one(sqlite3_stmt *stmt, int i, const struct db_value *v)
{
	switch (v->kind) {
	case DB_NULL:
		return sqlite3_bind_null(stmt, i);
	case DB_INT:
		return sqlite3_bind_int64(stmt, i, v->number);
	case DB_TEXT:
		return sqlite3_bind_text64(
		    stmt, i, v->bytes, v->len, SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(
		    stmt, i, v->bytes, v->len, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/* ---- the cache -------------------------------------------------------- */

/*
 * PostgreSQL numbers placeholders by their digits and SQLite by their first
 * appearance: a literal where the two differ is refused, or it would mean two
 * things.
 */
static bool
is_numbered(sqlite3_stmt *stmt)
{
	char expected[16];
	const char *name;
	int n = sqlite3_bind_parameter_count(stmt);

	for (int i = 1; i <= n; i++) {
		snprintf(expected, sizeof(expected), "$%d", i);
		name = sqlite3_bind_parameter_name(stmt, i);
		if (name == NULL || strcmp(name, expected) != 0)
			return false;
	}
	return true;
}

static enum err
prepare(struct db *db, const char *sql, struct db_rows **out)
{
	struct db_rows *rows = NULL;
	sqlite3_stmt *stmt = NULL;
	const char *tail = "";
	enum err rc;

	rc = db_fail(db,
	    sqlite3_prepare_v3(
		db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail),
	    sql);
	if (rc == ERR_OK && (stmt == NULL || *tail != '\0'))
		rc = db_fault(db, "not one statement", sql);
	if (rc == ERR_OK && !is_numbered(stmt))
		rc = db_fault(db, "placeholders not $1 $2 in order", sql);
	if (rc == ERR_OK && (rows = calloc(1, sizeof(*rows))) == NULL)
		rc = db_fail(db, SQLITE_NOMEM, sql);
	if (rc != ERR_OK) {
		sqlite3_finalize(stmt);
		return rc;
	}
	rows->db = db;
	rows->sql = sql;
	rows->stmt = stmt;
	rows->is_write = !sqlite3_stmt_readonly(stmt);
	*out = rows;
	return ERR_OK;
}

/* The slot of the literal, or the empty one where it would go. */
static struct db_rows **
slot_of(struct db_rows **cache, size_t size, const char *sql)
{
	/* Fibonacci hashing: literals lie side by side in memory. */
	size_t i =
	    (size_t)((uint64_t)(uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15) >>
		32);

	for (i &= size - 1; cache[i] != NULL; i = (i + 1) & (size - 1))
		if (cache[i]->sql == sql)
			break;
	return &cache[i];
}

/* At most half full. */
static enum err
make_room(struct db *db)
{
	size_t size = db->cache_size * 2;
	struct db_rows **cache;

	if (db->cache_used * 2 < db->cache_size)
		return ERR_OK;
	if (size == 0)
		size = CACHE_FIRST;
	if ((cache = calloc(size, sizeof(struct db_rows *))) == NULL)
		return db_fail(db, SQLITE_NOMEM, "statement cache");
	for (size_t i = 0; i < db->cache_size; i++)
		if (db->cache[i] != NULL)
			*slot_of(cache, size, db->cache[i]->sql) = db->cache[i];
	free(db->cache);
	db->cache = cache;
	db->cache_size = size;
	return ERR_OK;
}

/* A second statement for a literal that is in use already. */
static enum err
prepare_temporary(struct db *db, const char *sql, struct db_rows **out)
{
	enum err rc;

	if ((rc = prepare(db, sql, out)) != ERR_OK)
		return rc;
	(*out)->is_temporary = true;
	(*out)->next = db->temporary;
	db->temporary = *out;
	return ERR_OK;
}

static enum err
find(struct db *db, const char *sql, struct db_rows **out)
{
	struct db_rows **slot;
	enum err rc;

	if ((rc = make_room(db)) != ERR_OK)
		return rc;
	slot = slot_of(db->cache, db->cache_size, sql);
	if (*slot == NULL) {
		if ((rc = prepare(db, sql, slot)) == ERR_OK)
			db->cache_used++;
	} else if (strcmp(sqlite3_sql((*slot)->stmt), sql) != 0) {
		/* The address is the key: another text there is no literal. */
		rc = db_fault(db, "SQL that is not a literal", sql);
	} else if ((*slot)->is_open) {
		return prepare_temporary(db, sql, out);
	}
	*out = *slot;
	return rc;
}

static void
drop_temporary(struct db_rows *rows)
{
	struct db_rows **link = &rows->db->temporary;

	while (*link != rows)
		link = &(*link)->next;
	*link = rows->next;
	sqlite3_finalize(rows->stmt);
	free(rows);
}

void
db_forget_statements(struct db *db)
{
	while (db->temporary != NULL)
		drop_temporary(db->temporary);
	for (size_t i = 0; i < db->cache_size; i++) {
		if (db->cache[i] == NULL)
			continue;
		sqlite3_finalize(db->cache[i]->stmt);
		free(db->cache[i]);
		db->cache[i] = NULL;
	}
	db->cache_used = 0;
	db->open = 0;
}

/* ---- rows ------------------------------------------------------------- */

static enum err
bind_all(struct db_rows *rows, const struct db_value *values, size_t n)
{
	int result = SQLITE_OK;

	if ((size_t)sqlite3_bind_parameter_count(rows->stmt) != n)
		return db_fault(rows->db, "wrong number of values", rows->sql);
	for (size_t i = 0; i < n && result == SQLITE_OK; i++)
		result = bind_one(rows->stmt, (int)i + 1, &values[i]);
	return db_fail(rows->db, result, rows->sql);
}

/*
 * No change outside a write transaction, which holds the writer lock; none
 * inside one that can only be rolled back.
 */
static enum err
may_run(struct db *db, const struct db_rows *rows)
{
	if (db->is_aborted)
		return db->poison;
	if (!rows->is_write)
		return ERR_OK;
	if (db->write_depth == 0)
		return db_fault(db, "change outside db_begin()", rows->sql);
	return db->poison;
}

static enum err
start(struct db *db, const char *sql, const struct db_value *values, size_t n,
    struct db_rows **out)
{
	struct db_rows *rows;
	enum err rc;

	if ((rc = find(db, sql, &rows)) != ERR_OK)
		return rc;
	rows->err = ERR_OK;
	rows->is_open = true;
	rows->has_row = false;
	rows->is_over = false;
	db->open++;
	*out = rows;
	return bind_all(rows, values, n);
}

struct db_rows *
db_query(
    struct db *db, const char *sql, const struct db_value *values, size_t n)
{
	struct db_rows *rows = NULL;
	enum err rc;

	if ((rc = start(db, sql, values, n, &rows)) == ERR_OK)
		rc = may_run(db, rows);
	if (rows == NULL)
		rows = &db->failed;
	if (rc != ERR_OK) {
		rows->err = rc;
		rows->is_over = true;
	}
	return rows;
}

bool
db_next(struct db_rows *rows)
{
	enum err rc;
	int result;

	rows->has_row = false;
	if (rows->is_over)
		return false;
	result = sqlite3_step(rows->stmt);
	rows->has_row = result == SQLITE_ROW;
	rows->is_over = !rows->has_row;
	rc = db_fail(rows->db, result, rows->sql);
	if (rows->err == ERR_OK)
		rows->err = rc;
	return rows->has_row;
}

static void
put_back(struct db_rows *rows)
{
	sqlite3_reset(rows->stmt);
	sqlite3_clear_bindings(rows->stmt);
	rows->is_open = false;
	rows->is_over = true;
	rows->has_row = false;
	rows->db->open--;
	if (rows->is_temporary)
		drop_temporary(rows);
}

enum err
db_done(struct db_rows *rows)
{
	enum err rc;

	/* A change that nobody stepped through still happens, whole. */
	while (rows->is_write && db_next(rows))
		;
	rc = rows->err;
	if (rows->stmt != NULL)
		put_back(rows);
	return rc;
}

int
db_reset_open(struct db *db)
{
	int left = db->open;

	if (left == 0)
		return 0;
	while (db->temporary != NULL)
		put_back(db->temporary);
	for (size_t i = 0; i < db->cache_size; i++)
		if (db->cache[i] != NULL && db->cache[i]->is_open)
			put_back(db->cache[i]);
	return left;
}

enum err
db_control(struct db *db, const char *sql)
{
	struct db_rows *rows = NULL;
	enum err rc = start(db, sql, DB_NONE, &rows);

	if (rows == NULL)
		return rc;
	if (rc != ERR_OK)
		rows->is_over = true;
	while (db_next(rows))
		;
	if (rc == ERR_OK)
		rc = rows->err;
	put_back(rows);
	return rc;
}

enum err
db_exec(struct db *db, const char *sql, const struct db_value *values, size_t n)
{
	struct db_rows *rows = db_query(db, sql, values, n);
	bool has_row = db_next(rows);
	bool is_write = rows->is_write;
	enum err rc;

	/* One that returns rows would be left in the middle. */
	if (has_row)
		rows->err = db_fault(db, "db_exec() of a query", sql);
	rc = db_done(rows);
	db->changes =
	    rc == ERR_OK && is_write ? sqlite3_changes64(db->handle) : 0;
	return rc;
}

int64_t
db_changes(struct db *db)
{
	return db->changes;
}

enum err
db_exec_one(
    struct db *db, const char *sql, const struct db_value *values, size_t n)
{
	enum err rc = db_exec(db, sql, values, n);

	return rc == ERR_OK && db->changes != 1 ? ERR_STALE : rc;
}

enum err
db_one_int(struct db *db, const char *sql, const struct db_value *values,
    size_t n, int64_t *out)
{
	struct db_rows *rows = db_query(db, sql, values, n);
	bool has_row = db_next(rows);
	enum err rc;

	*out = db_col_int(rows, 0);
	if ((rc = db_done(rows)) != ERR_OK)
		*out = 0;
	return rc == ERR_OK && !has_row ? ERR_NOT_FOUND : rc;
}

/* ---- columns ---------------------------------------------------------- */

bool
db_col_is_null(struct db_rows *rows, int column)
{
	return !rows->has_row ||
	    sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

int64_t
db_col_int(struct db_rows *rows, int column)
{
	return rows->has_row ? sqlite3_column_int64(rows->stmt, column) : 0;
}

const char *
db_col_peek(struct db_rows *rows, int column, size_t *len)
{
	const char *bytes;
	size_t n;
	int kind;

	if (len != NULL)
		*len = 0;
	if (!rows->has_row)
		return NULL;
	kind = sqlite3_column_type(rows->stmt, column);
	if (kind == SQLITE_NULL)
		return NULL;
	if (kind == SQLITE_BLOB)
		bytes = sqlite3_column_blob(rows->stmt, column);
	else
		bytes = (const char *)sqlite3_column_text(rows->stmt, column);
	n = (size_t)sqlite3_column_bytes(rows->stmt, column);
	if (len != NULL)
		*len = n;
	if (bytes == NULL && n > 0) {
		rows->err = db_fail(rows->db, SQLITE_NOMEM, rows->sql);
		rows->is_over = true;
	}
	return bytes != NULL ? bytes : "";
}

char *
db_col_text(struct db_rows *rows, int column, struct arena *arena)
{
	size_t len;
	const char *bytes = db_col_peek(rows, column, &len);

	return arena_copy_n(arena, bytes, len);
}
