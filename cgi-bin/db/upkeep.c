/* SPDX-License-Identifier: Apache-2.0 */
#include "db/sqlite.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

enum { REPORT_BYTES = 4000 };

/* All pages in one step: the copy then shows one moment. */
static enum err
copy_to(struct db *db, sqlite3 *target, const char *path)
{
	sqlite3_backup *backup;
	int result, finished;

	backup = sqlite3_backup_init(target, "main", db->handle, "main");
	if (backup == NULL)
		return db_fail(db, sqlite3_errcode(target), path);
	result = sqlite3_backup_step(backup, -1);
	finished = sqlite3_backup_finish(backup);
	if (result == SQLITE_DONE)
		result = finished;
	return db_fail(db, result, path);
}

enum err
db_backup(struct db *db, const char *path)
{
	sqlite3 *target = NULL;
	enum err rc;

	/* A write that is not committed yet must not be in the copy. */
	if (db->write_depth > 0)
		return db_fault(db, "backup inside db_begin()", path);
	if ((rc = db_create_file(db, path)) != ERR_OK)
		return rc;
	rc = db_fail(db,
	    sqlite3_open_v2(path, &target,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_EXRESCODE,
		NULL),
	    path);
	if (rc == ERR_OK)
		rc = copy_to(db, target, path);
	sqlite3_close(target);
	if (rc == ERR_OK)
		rc = file_sync(path);
	if (rc != ERR_OK)
		unlink(path);
	return rc;
}

/* The first column of each row, a line each. */
static enum err
list(struct db *db, const char *sql, const char *title, struct buf *report)
{
	struct db_rows *rows = db_query(db, sql, DB_NONE);
	const char *text;

	while (db_next(rows))
		if ((text = db_col_peek(rows, 0, NULL)) != NULL)
			buf_addf(report, "%s%s\n", title, text);
	return db_done(rows);
}

enum err
db_check(struct db *db, struct arena *arena, char **report)
{
	struct buf text;
	enum err rc;

	*report = NULL;
	buf_init(&text, REPORT_BYTES);
	rc = list(db,
	    "SELECT integrity_check FROM pragma_integrity_check(20)"
	    " WHERE integrity_check <> 'ok'",
	    "", &text);
	if (rc == ERR_OK)
		rc = list(db, "SELECT \"table\" FROM pragma_foreign_key_check",
		    "a row that refers to nothing in ", &text);
	if (rc == ERR_OK && text.len > 0)
		rc = ERR_CORRUPT;
	*report = arena_copy(arena, text.len > 0 ? text.data : "ok");
	if (rc != ERR_OK && text.len == 0)
		*report = arena_copy(arena, db_message(db));
	buf_free(&text);
	return rc;
}
