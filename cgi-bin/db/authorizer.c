/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second wall: SQLite asks, while it compiles a statement, whether each
 * thing that the statement does is allowed.  What no row of rights allows is
 * refused.
 */
#include "db/sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

static const char count_tables[] = "SELECT COUNT(*) FROM sqlite_schema"
				   " WHERE type IN ('table', 'view')";
static const char list_tables[] = "SELECT name FROM sqlite_schema"
				  " WHERE type IN ('table', 'view')";

/* Whether `table` is what FTS5 keeps behind the table `fts`. */
static bool
is_shadow(const char *table, const char *fts)
{
	static const char *const ends[] = { "_data", "_idx", "_content",
		"_docsize", "_config" };
	size_t len = strlen(fts);

	if (len < 4 || strcmp(fts + len - 4, "_fts") != 0 ||
	    !text_starts(table, fts))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcmp(table + len, ends[i]) == 0)
			return true;
	return false;
}

/*
 * A change of an FTS5 table is inserts, updates and deletes behind it, so a
 * right to change it in any way is a right to all of them.
 */
static unsigned
shadow_rights(unsigned may)
{
	const unsigned change = DB_INSERT | DB_UPDATE | DB_DELETE;

	return may & change ? DB_SELECT | change : may & DB_SELECT;
}

static unsigned
rights_to(const struct db *db, const char *table)
{
	for (const struct db_right *r = db->rights; r->table != NULL; r++) {
		if (strcmp(r->table, table) == 0)
			return r->may;
		if (is_shadow(table, r->table))
			return shadow_rights(r->may);
	}
	return 0;
}

static bool
is_table(const struct db *db, const char *name)
{
	for (char **t = db->tables; *t != NULL; t++)
		if (strcmp(*t, name) == 0)
			return true;
	return text_starts(name, "sqlite_") || text_starts(name, "pragma_");
}

/*
 * Connecting an FTS5 table compiles (and throws away) the UPDATE of the schema
 * that a CREATE TABLE ends with, by its ROWID.  A real one is refused by
 * SQLite itself as long as writable_schema is off, which DEFENSIVE sees to;
 * and a real CREATE TABLE starts with an INSERT, for which there is no right.
 */
static bool
is_schema(const char *table)
{
	return strcmp(table, "sqlite_master") == 0;
}

/*
 * A read of no column is COUNT(*).  It is also asked for the name of a CTE,
 * which is nobody's table and so is free.
 */
static bool
may_read(const struct db *db, const char *table, const char *column)
{
	if (rights_to(db, table) & DB_SELECT)
		return true;
	if (is_schema(table) && column != NULL && strcmp(column, "ROWID") == 0)
		return true;
	return column != NULL && *column == '\0' && !is_table(db, table);
}

static bool
is_dangerous_function(const char *name)
{
	return name == NULL || strcmp(name, "load_extension") == 0 ||
	    strcmp(name, "fts3_tokenizer") == 0;
}

static int
decide(void *arg, int action, const char *a, const char *b, const char *schema,
    const char *trigger)
{
	const struct db *db = arg;
	bool ok = false;

	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		ok = !is_dangerous_function(b);
		break;
	case SQLITE_READ:
		ok = may_read(db, a, b);
		break;
	case SQLITE_INSERT:
		ok = rights_to(db, a) & DB_INSERT;
		break;
	case SQLITE_UPDATE:
		ok = rights_to(db, a) & DB_UPDATE || is_schema(a);
		break;
	case SQLITE_DELETE:
		ok = rights_to(db, a) & DB_DELETE;
		break;
	case SQLITE_PRAGMA:
		/* FTS5 reads it to see changes by other processes. */
		ok = b == NULL && strcmp(a, "data_version") == 0;
		break;
	default:
		break;
	}
	/* No schema of a name other than main is ever attached. */
	if (ok && (schema == NULL || strcmp(schema, "main") == 0))
		return SQLITE_OK;
	log_line(LOG_ERROR, "db", "no right to action %d on %s %s", action,
	    a != NULL ? a : "-", b != NULL ? b : "-");
	return SQLITE_DENY;
}

/* For is_table(): the schema of a running program does not change. */
static enum err
remember_tables(struct db *db)
{
	int64_t n;
	size_t i = 0;
	struct db_rows *rows;
	enum err rc;

	if ((rc = db_one_int(db, count_tables, DB_NONE, &n)) != ERR_OK)
		return rc;
	db->tables = calloc((size_t)n + 1, sizeof(*db->tables));
	if (db->tables == NULL)
		return ERR_MEMORY;
	rows = db_query(db, list_tables, DB_NONE);
	for (; i < (size_t)n && db_next(rows); i++)
		if ((db->tables[i] = strdup(db_col_peek(rows, 0, NULL))) ==
		    NULL)
			rc = ERR_MEMORY;
	if (rc == ERR_OK)
		return db_done(rows);
	db_done(rows);
	return rc;
}

enum err
db_authorize(struct db *db)
{
	enum err rc;

	if (db->rights == NULL)
		return ERR_OK;
	if ((rc = remember_tables(db)) != ERR_OK)
		return rc;
	return db_fail(db, sqlite3_set_authorizer(db->handle, decide, db),
	    "set authorizer");
}

static int
decide_script(void *arg, int action, const char *a, const char *b,
    const char *schema, const char *trigger)
{
	(void)arg;
	(void)a;
	(void)b;
	(void)schema;
	(void)trigger;
	switch (action) {
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return SQLITE_DENY;
	default:
		return SQLITE_OK;
	}
}

void
db_authorize_script(struct db *db)
{
	sqlite3_set_authorizer(db->handle, decide_script, NULL);
}

void
db_authorize_all(struct db *db)
{
	sqlite3_set_authorizer(db->handle, NULL, NULL);
}
