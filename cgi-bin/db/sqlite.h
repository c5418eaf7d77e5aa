/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the SQLite driver share; nothing above this floor
 * includes it.
 *
 *	sqlite.c	a connection: open, options, errors, close
 *	authorizer.c	what a program may do to which table
 *	lock.c		the one writer lock of all processes
 *	statement.c	values, the statement cache, rows
 *	transaction.c	begin, end, read, settle
 *	upkeep.c	backup and check
 */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>
#include <sys/types.h>

#include "db/db.h"

enum {
	DB_APPLICATION_ID = 0x456e7465, /* "Ente" in the file's header */
	DB_MESSAGE_BYTES = 256
};

/*
 * A prepared statement and where a reader stands in it.  It stays in the
 * cache for the next use; one that is wanted again while in use is prepared a
 * second time, kept in db->temporary, and freed by db_done().
 */
struct db_rows {
	struct db *db;
	const char *sql;    /* the literal: its address is the key */
	sqlite3_stmt *stmt; /* NULL in db->failed alone */
	enum err err;
	bool is_open; /* between db_query() and db_done() */
	bool has_row;
	bool is_over; /* one more step would start it again */
	bool is_write;
	bool is_temporary;
	struct db_rows *next; /* in db->temporary */
};

struct db {
	sqlite3 *handle;
	char *path;
	char *lock_path;
	int lock_fd;
	int busy_ms;
	pid_t pid; /* that opened it: none other may use it */

	const struct db_right *rights;
	char **tables; /* all of the schema, NULL ends */

	int write_depth;
	int read_depth;
	/* Why the open write transaction can only be rolled back. */
	enum err poison;
	/* The engine said so: even reads are refused, as PostgreSQL does. */
	bool is_aborted;

	int64_t changes;
	int open;		/* queries between db_query and db_done */
	struct db_rows **cache; /* open addressing, a power of two */
	size_t cache_size;
	size_t cache_used;
	struct db_rows *temporary;
	struct db_rows failed; /* stands in when nothing could start */
	char message[DB_MESSAGE_BYTES];
};

/*
 * Turns an engine's result into ours, keeps its message, logs it with `what`
 * (a literal: the SQL or an act), and poisons an open write transaction.
 */
enum err db_fail(struct db *, int result, const char *what);

/* The same for a fault of ours that the engine did not see. */
enum err db_fault(struct db *, const char *why, const char *what);

/* Runs one literal outside the rules of transactions: BEGIN, PRAGMA. */
enum err db_control(struct db *, const char *sql);

/* Finalizes all statements. */
void db_forget_statements(struct db *);

/* Resets every query that was left open; the number of them. */
int db_reset_open(struct db *);

enum err db_lock_open(struct db *);
enum err db_lock_take(struct db *); /* ERR_BUSY after busy_ms */
void db_lock_release(struct db *);
void db_lock_close(struct db *);

/* Puts the authorizer of db->rights in place. */
enum err db_authorize(struct db *);

/*
 * For a migration's script, which may do all but end the transaction that it
 * runs in or attach another database.
 */
void db_authorize_script(struct db *);
void db_authorize_all(struct db *);

/* A new, empty file of mode 0600; ERR_EXISTS when there is one. */
enum err db_create_file(struct db *, const char *path);

#endif
