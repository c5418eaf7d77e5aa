/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between our SQL and the engine below it (SQLite now; PostgreSQL
 * is the second driver that this header leaves room for).
 *
 * SQL is always a string literal with $1 $2 … numbered in the order in which
 * they first appear (SQLite numbers by appearance, PostgreSQL by digit).  A
 * statement is prepared once per connection and found again by the literal's
 * address, so never pass text that was put together.
 *
 * Reading: between db_read() and db_read_end(), so that all statements of a
 * page see one moment.  Writing: between db_begin() and db_end().  Write
 * transactions of all processes are serialised by one file lock, taken
 * before BEGIN IMMEDIATE and kept until COMMIT has returned: that precludes
 * the WAL-reset race of SQLite before 3.51.3, and a queue in front of it keeps
 * a busy writer from starving the others.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct db;
struct db_rows;

/*
 * What a program may do to a table.  Whatever is not listed is refused.  To
 * write a table needs DB_SELECT on those it refers to, and mostly on those
 * that refer to it (the engine looks), as do WHERE and RETURNING on the table
 * itself; an upsert needs DB_UPDATE too.
 *
 * A full-text table is listed by its own name, which ends in _fts; what lies
 * behind it follows.  No trigger can write to one (FTS5 of SQLite 3.40 under
 * TRUSTED_SCHEMA=0): the domain does that itself.
 */
enum { DB_SELECT = 1, DB_INSERT = 2, DB_UPDATE = 4, DB_DELETE = 8 };
struct db_right {
	const char *table;
	unsigned may;
};

struct db_options {
	const char *path;	       /* the database file */
	const struct db_right *rights; /* ends with table NULL; NULL is all,
					  for ententectl alone */
	int schema;		       /* version it must have, 0 for any */
	bool create;		       /* ententectl migrate alone */
	int busy_ms;		       /* how long a writer waits; 0 is 5,000 */
};

/*
 * Opens, sets every connection option (see sqlite.c), checks the
 * application id and schema version, then puts the authorizer in place.
 * ERR_NOT_FOUND no such file, ERR_STATE another schema version, ERR_CORRUPT
 * not a database of ours.
 */
enum err db_open(const struct db_options *, struct db **);
void db_free(struct db *);

/* ---- values ---------------------------------------------------------- */

enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

struct db_value {
	enum db_kind kind;
	int64_t number;
	const void *bytes; /* must live until the statement ends */
	size_t len;
};

struct db_value db_i(int64_t);
struct db_value db_t(const char *); /* NULL gives SQL NULL */
struct db_value db_b(const void *, size_t);
struct db_value db_null(void);
/* NULL when it is 0: an open end, nobody, nothing. */
struct db_value db_at(int64_t at);
struct db_value db_id(int64_t id);

/* db_exec(db, sql, DB_ARGS(db_i(1), db_t("x"))) */
#define DB_ARGS(...)                                           \
	(const struct db_value[]){ __VA_ARGS__ },              \
	    sizeof((const struct db_value[]){ __VA_ARGS__ }) / \
	    sizeof(struct db_value)
#define DB_NONE NULL, 0

/* ---- statements ------------------------------------------------------ */

/*
 * Runs a statement that returns no rows.  ERR_EXISTS on a UNIQUE or PRIMARY
 * KEY conflict, ERR_BUSY, ERR_FULL, ERR_CORRUPT, ERR_INTERNAL.
 */
enum err db_exec(struct db *, const char *sql, const struct db_value *, size_t);

/* Rows that the last db_exec() changed. */
int64_t db_changes(struct db *);

/*
 * As db_exec(), and ERR_STALE unless exactly one row was changed: the form
 * of an UPDATE whose WHERE says who owns the row and which revision it has.
 */
enum err
db_exec_one(struct db *, const char *sql, const struct db_value *, size_t);

/*
 * Starts a query.  Every db_query() is followed by db_done(), also after an
 * error; values must outlive it.
 *
 *	struct db_rows *rows = db_query(db, sql, DB_ARGS(db_i(id)));
 *	while (db_next(rows))
 *		name = db_col_text(rows, 0, arena);
 *	rc = db_done(rows);
 *
 * Never NULL: an error is kept and comes out of db_done().
 */
struct db_rows *
db_query(struct db *, const char *sql, const struct db_value *, size_t);
bool db_next(struct db_rows *);
enum err db_done(struct db_rows *);

bool db_col_is_null(struct db_rows *, int column);
int64_t db_col_int(struct db_rows *, int column); /* NULL gives 0 */
/* Copies into the arena; SQL NULL gives NULL. */
char *db_col_text(struct db_rows *, int column, struct arena *);
/* The engine's own bytes, good until the next db_next() or db_done(). */
const char *db_col_peek(struct db_rows *, int column, size_t *len); /* NULL:
						       not asked for */

/*
 * One row, one number: COUNT(*), an id, RETURNING id.  ERR_NOT_FOUND
 * without a row, *out is then 0.
 */
enum err db_one_int(struct db *, const char *sql, const struct db_value *,
    size_t, int64_t *out);

/* ---- transactions ---------------------------------------------------- */

/*
 * Nests: the outermost db_end() commits, or rolls back when its rc or that
 * of any inner db_end() was not ERR_OK, or when the engine refused a statement
 * (ERR_EXISTS too: as in PostgreSQL, nothing runs after that; ERR_STALE of
 * db_exec_one() and ERR_NOT_FOUND of db_one_int() are not such).  db_end()
 * returns rc, or why it could not commit: answer a user only after the
 * outermost one.  A db_begin() that failed has no db_end().
 *
 * No query and no db_read() may be open at the outermost db_begin(): their
 * moment could be older than the lock.  A statement that changes something is
 * refused outside of db_begin() and db_end().
 */
enum err db_begin(struct db *);
enum err db_end(struct db *, enum err rc);
bool db_in_write(const struct db *);

/*
 * One moment for several SELECTs; nests inside either kind.  A db_read() that
 * failed has no db_read_end().
 */
enum err db_read(struct db *);
void db_read_end(struct db *);

/*
 * The end of a request: any query left open is reset, any transaction left
 * open is rolled back and logged as a fault of ours.  True when all was clean.
 */
bool db_settle(struct db *);

/* ---- upkeep, for ententectl ------------------------------------------ */

const char *db_engine(void); /* "SQLite 3.40.1" */
/* Text of the last engine message: for logs and ententectl, never a page. */
const char *db_message(struct db *);
/* An online copy to a new file, fsynced; ERR_EXISTS when there is one. */
enum err db_backup(struct db *, const char *path);
/*
 * "ok", or ERR_CORRUPT and the first lines of what the integrity check says.
 */
enum err db_check(struct db *, struct arena *, char **report);

#endif
