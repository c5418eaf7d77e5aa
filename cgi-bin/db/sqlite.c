/* SPDX-License-Identifier: Apache-2.0 */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum { BUSY_MS = 5000 };

/* ---- errors ----------------------------------------------------------- */

static bool
is_disk_full(struct db *db)
{
	int e = sqlite3_system_errno(db->handle);

	return e == ENOSPC || e == EDQUOT;
}

static enum err
translate(struct db *db, int result)
{
	switch (result) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return ERR_EXISTS;
	default:
		break;
	}
	switch (result & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return ERR_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_IOERR:
		return is_disk_full(db) ? ERR_FULL : ERR_INTERNAL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_NOMEM:
		return ERR_MEMORY;
	case SQLITE_TOOBIG:
		return ERR_TOO_LARGE;
	default:
		return ERR_INTERNAL;
	}
}

static void
poison(struct db *db, enum err rc)
{
	if (db->write_depth == 0)
		return;
	db->is_aborted = true;
	if (db->poison == ERR_OK)
		db->poison = rc;
}

/* The connection's own text, unless that speaks of another call. */
static const char *
message_of(struct db *db, int result)
{
	if (db->handle != NULL &&
	    sqlite3_extended_errcode(db->handle) == result)
		return sqlite3_errmsg(db->handle);
	return sqlite3_errstr(result);
}

enum err
db_fail(struct db *db, int result, const char *what)
{
	enum err rc = translate(db, result);

	if (rc == ERR_OK)
		return rc;
	snprintf(
	    db->message, sizeof(db->message), "%s", message_of(db, result));
	/* A value that is taken is an answer, not trouble. */
	log_line(rc == ERR_EXISTS ? LOG_DEBUG : LOG_ERROR, "db",
	    "%s (%d): %.300s", db->message, result, what);
	poison(db, rc);
	return rc;
}

enum err
db_fault(struct db *db, const char *why, const char *what)
{
	snprintf(db->message, sizeof(db->message), "%s", why);
	log_line(LOG_ERROR, "db", "%s: %.300s", why, what);
	poison(db, ERR_INTERNAL);
	return ERR_INTERNAL;
}

const char *
db_message(struct db *db)
{
	return db->message;
}

const char *
db_engine(void)
{
	static char text[32];

	snprintf(text, sizeof(text), "SQLite %s", sqlite3_libversion());
	return text;
}

/* ---- open ------------------------------------------------------------- */

struct option {
	int name, value;
};

/*
 * Nothing that a statement, a damaged file or a schema from elsewhere could
 * use against us, and no memory without bound.
 */
static enum err
set_options(struct db *db)
{
	static const struct option options[] = {
		{ SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};
	static const struct option limits[] = {
		{ SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024 },
		{ SQLITE_LIMIT_SQL_LENGTH, 256 * 1024 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 200 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};
	int is_set, result;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		result = sqlite3_db_config(
		    db->handle, options[i].name, options[i].value, &is_set);
		if (result != SQLITE_OK || is_set != options[i].value)
			return db_fault(db, "option refused", "db_config");
	}
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		sqlite3_limit(db->handle, limits[i].name, limits[i].value);
	return db_fail(
	    db, sqlite3_busy_timeout(db->handle, db->busy_ms), "busy timeout");
}

static enum err
set_pragmas(struct db *db)
{
	static const char *const pragmas[] = {
		"PRAGMA synchronous = FULL",
		"PRAGMA cell_size_check = ON",
		"PRAGMA mmap_size = 0",
		"PRAGMA temp_store = MEMORY",
	};
	enum err rc = ERR_OK;

	for (size_t i = 0; i < sizeof(pragmas) / sizeof(pragmas[0]); i++)
		if (rc == ERR_OK)
			rc = db_control(db, pragmas[i]);
	return rc;
}

/* Not through db_query(), for which this PRAGMA is a change. */
static enum err
is_wal(struct db *db, bool *out)
{
	static const char sql[] = "PRAGMA journal_mode";
	sqlite3_stmt *stmt;
	int result;

	*out = false;
	result = sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL);
	if (result == SQLITE_OK && (result = sqlite3_step(stmt)) == SQLITE_ROW)
		*out =
		    sqlite3_stricmp(
			(const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
	sqlite3_finalize(stmt);
	return db_fail(db, result, sql);
}

/* A restored backup may have lost the mode, so it is looked at each time. */
static enum err
set_wal(struct db *db)
{
	bool is_set;
	enum err rc;

	if ((rc = is_wal(db, &is_set)) != ERR_OK || is_set)
		return rc;
	if ((rc = db_lock_take(db)) != ERR_OK)
		return rc;
	rc = db_control(db, "PRAGMA journal_mode = WAL");
	db_lock_release(db);
	if (rc == ERR_OK && (rc = is_wal(db, &is_set)) == ERR_OK && !is_set)
		rc = db_fault(db, "no WAL here", db->path);
	return rc;
}

/* In a transaction of its own, so that only one of two creators does it. */
static enum err
mark_ours(struct db *db)
{
	static const char sql[] = "PRAGMA application_id = 1164866661";
	enum err rc;

	_Static_assert(DB_APPLICATION_ID == 1164866661, "as in the text");
	if ((rc = db_begin(db)) != ERR_OK)
		return rc;
	return db_end(db, db_control(db, sql));
}

/* Whether a file without our mark is one that nobody has written to yet. */
static enum err
is_blank(struct db *db, bool *out)
{
	int64_t objects, version;
	enum err rc;

	*out = false;
	rc = db_one_int(
	    db, "SELECT COUNT(*) FROM sqlite_schema", DB_NONE, &objects);
	if (rc == ERR_OK)
		rc = db_one_int(db, "PRAGMA user_version", DB_NONE, &version);
	if (rc == ERR_OK)
		*out = objects == 0 && version == 0;
	return rc;
}

static enum err
check_ours(struct db *db, const struct db_options *o)
{
	int64_t id, version;
	bool blank = false;
	enum err rc;

	rc = db_one_int(db, "PRAGMA application_id", DB_NONE, &id);
	if (rc == ERR_OK && id == 0 && o->create)
		rc = is_blank(db, &blank);
	if (rc == ERR_OK && blank)
		rc = mark_ours(db);
	else if (rc == ERR_OK && id != DB_APPLICATION_ID) {
		db_fault(db, "not a database of Entente", db->path);
		rc = ERR_CORRUPT;
	}
	if (rc == ERR_OK)
		rc = db_one_int(db, "PRAGMA user_version", DB_NONE, &version);
	if (rc == ERR_OK && o->schema != 0 && version != o->schema) {
		log_line(LOG_ERROR, "db", "%s has schema %d, not %d", db->path,
		    (int)version, o->schema);
		rc = ERR_STATE;
	}
	return rc;
}

enum err
db_create_file(struct db *db, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd == -1 && errno == EEXIST)
		return ERR_EXISTS;
	if (fd == -1)
		return db_fault(db, strerror(errno), path);
	close(fd);
	return ERR_OK;
}

static enum err
open_file(struct db *db, const struct db_options *o)
{
	const int flags =
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	enum err rc;

	if (o->create) {
		rc = db_create_file(db, db->path);
		if (rc != ERR_OK && rc != ERR_EXISTS)
			return rc;
	} else if (access(db->path, F_OK) == -1) {
		log_line(LOG_ERROR, "db", "%s: %s", db->path, strerror(errno));
		return ERR_NOT_FOUND;
	}
	return db_fail(
	    db, sqlite3_open_v2(db->path, &db->handle, flags, NULL), db->path);
}

static enum err
new_db(const struct db_options *o, struct db **out)
{
	struct db *db = calloc(1, sizeof(*db));
	size_t size = strlen(o->path) + sizeof(".lock");

	if ((*out = db) == NULL)
		return ERR_MEMORY;
	db->lock_fd = -1;
	db->pid = getpid();
	db->busy_ms = o->busy_ms > 0 ? o->busy_ms : BUSY_MS;
	db->rights = o->rights;
	db->failed.db = db;
	if ((db->path = strdup(o->path)) == NULL ||
	    (db->lock_path = malloc(size)) == NULL)
		return ERR_MEMORY;
	snprintf(db->lock_path, size, "%s.lock", o->path);
	return ERR_OK;
}

/*
 * A process of ours has one thread that uses the engine, and asks nobody how
 * much memory that takes: so there is nothing to lock.  It is refused, and is
 * no matter, once the engine runs.
 */
static void
set_engine(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum err
db_open(const struct db_options *o, struct db **out)
{
	struct db *db;
	enum err rc;

	*out = NULL;
	set_engine();
	if ((rc = new_db(o, &db)) != ERR_OK)
		goto out;
	if ((rc = open_file(db, o)) != ERR_OK)
		goto out;
	if ((rc = set_options(db)) != ERR_OK)
		goto out;
	if ((rc = db_lock_open(db)) != ERR_OK)
		goto out;
	if ((rc = set_pragmas(db)) != ERR_OK)
		goto out;
	/* Before WAL, so that a file of somebody else stays as it is. */
	if ((rc = check_ours(db, o)) != ERR_OK)
		goto out;
	if ((rc = set_wal(db)) != ERR_OK)
		goto out;
	rc = db_authorize(db);
out:
	if (rc == ERR_OK)
		*out = db;
	else
		db_free(db);
	return rc;
}

static void
close_handle(struct db *db)
{
	if (db->write_depth > 0 || db->read_depth > 0 || db->open > 0)
		db_settle(db);
	db_forget_statements(db);
	if (sqlite3_close(db->handle) != SQLITE_OK)
		log_line(
		    LOG_ERROR, "db", "close: %s", sqlite3_errmsg(db->handle));
}

void
db_free(struct db *db)
{
	if (db == NULL)
		return;
	/*
	 * POSIX locks belong to the process: a child that closed the files
	 * would leave SQLite's own bookkeeping wrong.
	 */
	if (db->pid != getpid()) {
		log_line(LOG_ERROR, "db", "a connection went through fork");
		return;
	}
	close_handle(db);
	db_lock_close(db);
	for (size_t i = 0; db->tables != NULL && db->tables[i] != NULL; i++)
		free(db->tables[i]);
	free(db->tables);
	free(db->cache);
	free(db->path);
	free(db->lock_path);
	free(db);
}
