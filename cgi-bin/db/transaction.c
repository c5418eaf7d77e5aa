/* SPDX-License-Identifier: Apache-2.0 */
#include "db/sqlite.h"

#include <unistd.h>

#include "base/log.h"

static const char begin_write[] = "BEGIN IMMEDIATE";
static const char begin_read[] = "BEGIN";
static const char commit[] = "COMMIT";
static const char rollback[] = "ROLLBACK";

bool
db_in_write(const struct db *db)
{
	return db->write_depth > 0;
}

static enum err
begin_outermost(struct db *db)
{
	enum err rc;

	if (db->pid != getpid())
		return db_fault(db, "went through fork", begin_write);
	/*
	 * A snapshot that is already open may be older than the lock, and then
	 * could not be written from (SQLITE_BUSY_SNAPSHOT).
	 */
	if (db->read_depth > 0 || db->open > 0)
		return db_fault(db, "a read is still open", begin_write);
	if ((rc = db_lock_take(db)) != ERR_OK)
		return rc;
	if ((rc = db_control(db, begin_write)) != ERR_OK) {
		db_lock_release(db);
		return rc;
	}
	db->poison = ERR_OK;
	db->is_aborted = false;
	return ERR_OK;
}

enum err
db_begin(struct db *db)
{
	enum err rc = ERR_OK;

	if (db->write_depth == 0)
		rc = begin_outermost(db);
	if (rc == ERR_OK)
		db->write_depth++;
	return rc;
}

/* The engine rolls back by itself after some errors, a full disk for one. */
static void
undo(struct db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		db_control(db, rollback);
}

/*
 * The automatic checkpoint runs inside COMMIT: the lock goes only after it
 * has returned.
 */
static enum err
end_outermost(struct db *db)
{
	enum err rc = db->poison;

	db->write_depth = 0;
	db->poison = ERR_OK;
	db->is_aborted = false;
	if (rc == ERR_OK)
		rc = db_control(db, commit);
	if (rc != ERR_OK)
		undo(db);
	db_lock_release(db);
	return rc;
}

enum err
db_end(struct db *db, enum err rc)
{
	enum err ended;

	if (db->write_depth == 0)
		return db_fault(db, "db_end() without db_begin()", commit);
	if (rc != ERR_OK && db->poison == ERR_OK)
		db->poison = rc;
	if (db->write_depth > 1) {
		db->write_depth--;
		return rc;
	}
	ended = end_outermost(db);
	return rc != ERR_OK ? rc : ended;
}

enum err
db_read(struct db *db)
{
	enum err rc = ERR_OK;

	if (db->pid != getpid())
		return db_fault(db, "went through fork", begin_read);
	if (db->read_depth == 0 && db->write_depth == 0)
		rc = db_control(db, begin_read);
	if (rc == ERR_OK)
		db->read_depth++;
	return rc;
}

void
db_read_end(struct db *db)
{
	if (db->read_depth == 0) {
		db_fault(db, "db_read_end() without db_read()", commit);
		return;
	}
	if (--db->read_depth > 0 || db->write_depth > 0)
		return;
	if (!sqlite3_get_autocommit(db->handle) &&
	    db_control(db, commit) != ERR_OK)
		undo(db);
}

bool
db_settle(struct db *db)
{
	int left = db_reset_open(db);

	if (left == 0 && db->write_depth == 0 && db->read_depth == 0)
		return true;
	log_line(LOG_ERROR, "db",
	    "left open: %d queries, write depth %d, read depth %d", left,
	    db->write_depth, db->read_depth);
	db->read_depth = 0;
	if (db->write_depth > 0) {
		db->poison = ERR_INTERNAL;
		end_outermost(db);
	} else {
		undo(db);
	}
	return false;
}
