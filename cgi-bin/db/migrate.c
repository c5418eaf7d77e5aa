/* SPDX-License-Identifier: Apache-2.0 */
#include "db/migrate.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "db/sqlite.h"

enum {
	NUMBER_DIGITS = 4,
	FILES_MAX = 9999,
	SCRIPT_BYTES = 1024 * 1024,
	SHA256 = crypto_hash_sha256_BYTES
};

enum sql { SQL_TABLE, SQL_DONE, SQL_NOTE, SQL_VERSION, SQL_ORPHAN, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_TABLE] = "CREATE TABLE IF NOT EXISTS migration ("
		      " -- The files that made this schema.\n"
		      " number INTEGER PRIMARY KEY, -- of the file, from 1\n"
		      " name TEXT NOT NULL UNIQUE, -- of the file\n"
		      " sha256 BLOB NOT NULL, -- of its bytes when it ran\n"
		      " applied_at INTEGER NOT NULL -- µs UTC\n"
		      ") STRICT",
	[SQL_DONE] = "SELECT number, name, sha256 FROM migration"
		     " ORDER BY number",
	[SQL_NOTE] = "INSERT INTO migration (number, name, sha256, applied_at)"
		     " VALUES ($1, $2, $3, $4)",
	[SQL_VERSION] = "PRAGMA user_version",
	[SQL_ORPHAN] = "SELECT COUNT(*) FROM pragma_foreign_key_check",
};

struct file {
	char *name;
	char *text;
	unsigned char sha256[SHA256];
};

struct migration {
	struct db *db;
	struct arena *arena;
	const char *dir;
	char **problem;
	struct file *file; /* file[0] is number 1 */
	int files;
};

/* ---- the files -------------------------------------------------------- */

static int
is_script(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot != NULL &&
	    strcmp(dot, ".sql") == 0;
}

/* "0012_name.sql" as the twelfth file. */
static bool
has_number(const char *name, int number)
{
	char prefix[16];

	snprintf(prefix, sizeof(prefix), "%0*d_", (int)NUMBER_DIGITS, number);
	return text_starts(name, prefix) &&
	    strlen(name) > strlen(prefix) + strlen(".sql");
}

static enum err
read_script(struct migration *m, struct file *f)
{
	char *path = arena_printf(m->arena, "%s/%s", m->dir, f->name);
	struct buf text;
	enum err rc;

	buf_init(&text, SCRIPT_BYTES);
	if ((rc = file_read(path, &text)) != ERR_OK) {
		*m->problem = arena_printf(
		    m->arena, "%s cannot be read (%s).", path, err_name(rc));
	} else if (text.len == 0 || !text_ok(text.data, text.len, TEXT_PROSE)) {
		*m->problem = arena_printf(
		    m->arena, "%s is empty or not UTF-8 text.", path);
		rc = ERR_INVALID;
	} else {
		crypto_hash_sha256(
		    f->sha256, (unsigned char *)text.data, text.len);
		f->text = arena_copy_n(m->arena, text.data, text.len);
	}
	buf_free(&text);
	return rc;
}

static enum err
read_scripts(struct migration *m, struct dirent **entries)
{
	enum err rc = ERR_OK;

	m->file = arena_array(m->arena, (size_t)m->files, sizeof(*m->file));
	for (int i = 0; i < m->files && rc == ERR_OK; i++) {
		m->file[i].name = arena_copy(m->arena, entries[i]->d_name);
		if (has_number(m->file[i].name, i + 1)) {
			rc = read_script(m, &m->file[i]);
			continue;
		}
		*m->problem = arena_printf(m->arena,
		    "%s/%s should be named %04d_name.sql: numbers have no"
		    " gaps and are used once.",
		    m->dir, m->file[i].name, i + 1);
		rc = ERR_INVALID;
	}
	return rc;
}

static enum err
list_scripts(struct migration *m)
{
	struct dirent **entries = NULL;
	enum err rc;

	m->files = scandir(m->dir, &entries, is_script, alphasort);
	if (m->files <= 0 || m->files > FILES_MAX) {
		*m->problem = arena_printf(m->arena,
		    "%s holds no migrations (NNNN_name.sql).", m->dir);
		rc = ERR_NOT_FOUND;
	} else {
		rc = read_scripts(m, entries);
	}
	for (int i = 0; i < m->files; i++)
		free(entries[i]);
	free(entries);
	return rc;
}

/* ---- what ran already ------------------------------------------------- */

static enum err
compare_one(struct migration *m, struct db_rows *rows, int i)
{
	const struct file *f = &m->file[i];
	size_t len;
	const char *name = db_col_peek(rows, 1, NULL);
	const char *hash = db_col_peek(rows, 2, &len);

	if (db_col_int(rows, 0) == i + 1 && strcmp(name, f->name) == 0 &&
	    len == SHA256 && memcmp(hash, f->sha256, SHA256) == 0)
		return ERR_OK;
	*m->problem = arena_printf(m->arena,
	    "%s/%s is not the file that ran as number %d; put the old one"
	    " back and write a new migration.",
	    m->dir, f->name, i + 1);
	return ERR_STATE;
}

static enum err
compare_done(struct migration *m, int from)
{
	struct db_rows *rows;
	enum err rc = ERR_OK, query;
	int n = 0;

	if (from == 0)
		return ERR_OK;
	rows = db_query(m->db, sql[SQL_DONE], DB_NONE);
	while (rc == ERR_OK && n < from && db_next(rows))
		rc = compare_one(m, rows, n++);
	query = db_done(rows);
	if (rc == ERR_OK)
		rc = query;
	if (rc == ERR_OK && n != from) {
		*m->problem = arena_printf(m->arena,
		    "The database says schema %d, but its table migration"
		    " has %d rows.",
		    from, n);
		rc = ERR_CORRUPT;
	}
	return rc;
}

static enum err
check_history(struct migration *m, int *from)
{
	int64_t version;
	enum err rc;

	rc = db_one_int(m->db, sql[SQL_VERSION], DB_NONE, &version);
	if (rc != ERR_OK)
		return rc;
	*from = (int)version;
	if (version < 0 || version > m->files) {
		*m->problem = arena_printf(m->arena,
		    "The database has schema %d, newer than the %d files in"
		    " %s.",
		    *from, m->files, m->dir);
		return ERR_STATE;
	}
	return compare_done(m, *from);
}

/* ---- running ---------------------------------------------------------- */

/*
 * A script may not end the transaction that it runs in, or half of it would
 * stay when the other half fails.
 */
static enum err
run_script(struct migration *m, const struct file *f)
{
	int result;

	db_authorize_script(m->db);
	result = sqlite3_exec(m->db->handle, f->text, NULL, NULL, NULL);
	db_authorize_all(m->db);
	return db_fail(m->db, result, f->name);
}

/* PRAGMA takes no placeholder; the number is ours, not text from outside. */
static enum err
set_version(struct migration *m, int number)
{
	char text[40];

	snprintf(text, sizeof(text), "PRAGMA user_version = %d", number);
	return db_fail(m->db,
	    sqlite3_exec(m->db->handle, text, NULL, NULL, NULL),
	    "set user_version");
}

/* Nobody else may have migrated since we looked. */
static enum err
check_turn(struct migration *m, int number)
{
	int64_t version;
	enum err rc;

	rc = db_one_int(m->db, sql[SQL_VERSION], DB_NONE, &version);
	if (rc == ERR_OK && version != number - 1) {
		*m->problem = arena_copy(
		    m->arena, "Another ententectl is migrating this database.");
		rc = ERR_STATE;
	}
	return rc;
}

static enum err
check_references(struct migration *m)
{
	int64_t orphans;
	enum err rc = db_one_int(m->db, sql[SQL_ORPHAN], DB_NONE, &orphans);

	if (rc == ERR_OK && orphans > 0) {
		*m->problem = arena_printf(m->arena,
		    "It would leave %d rows that refer to nothing.",
		    (int)orphans);
		rc = ERR_STATE;
	}
	return rc;
}

static enum err
apply(struct migration *m, int number)
{
	const struct file *f = &m->file[number - 1];
	enum err rc;

	if ((rc = db_begin(m->db)) != ERR_OK)
		return rc;
	if ((rc = check_turn(m, number)) != ERR_OK)
		goto out;
	if ((rc = db_exec(m->db, sql[SQL_TABLE], DB_NONE)) != ERR_OK)
		goto out;
	if ((rc = run_script(m, f)) != ERR_OK)
		goto out;
	if ((rc = check_references(m)) != ERR_OK)
		goto out;
	rc = db_exec(m->db, sql[SQL_NOTE],
	    DB_ARGS(db_i(number), db_t(f->name), db_b(f->sha256, SHA256),
		db_i(clock_now())));
	if (rc != ERR_OK)
		goto out;
	rc = set_version(m, number);
out:
	if (rc != ERR_OK && *m->problem == NULL)
		*m->problem = arena_printf(m->arena,
		    "%s/%s failed and was rolled back: %s.", m->dir, f->name,
		    db_message(m->db));
	return db_end(m->db, rc);
}

static enum err
backup(struct migration *m, const char *path)
{
	enum err rc = db_backup(m->db, path);

	if (rc == ERR_EXISTS)
		*m->problem = arena_printf(
		    m->arena, "%s exists: move the older backup away.", path);
	return rc;
}

enum err
migrate(struct db *db, const char *dir, const char *backup_path,
    struct arena *arena, struct migration_result *result, char **problem)
{
	struct migration m = {
		.db = db, .arena = arena, .dir = dir, .problem = problem
	};
	enum err rc;

	*problem = NULL;
	*result = (struct migration_result){ 0, 0 };
	/* Running a script takes the authorizer off. */
	if (db->rights != NULL)
		rc = db_fault(db, "migration with limited rights", dir);
	else if ((rc = list_scripts(&m)) == ERR_OK)
		rc = check_history(&m, &result->from);
	result->to = result->from;
	if (rc == ERR_OK && result->from > 0 && result->from < m.files &&
	    backup_path != NULL)
		rc = backup(&m, backup_path);
	while (rc == ERR_OK && result->to < m.files)
		if ((rc = apply(&m, result->to + 1)) == ERR_OK)
			result->to++;
	if (rc != ERR_OK && *problem == NULL)
		*problem = arena_printf(arena, "The database says: %s (%s).",
		    db_message(db), err_name(rc));
	return rc;
}
