/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/migrate.h"

/*
 * The portal's database is shared by the users of several programs through
 * their group; what proves who people are is login.fcgi's alone.
 */
static const struct schema {
	const char *file;
	const char *folder; /* below schema_dir */
	const char *name;   /* of the JSON member */
	int version;
	mode_t mode;
} schemas[] = {
	{ "portal.db", "portal", "portal", SCHEMA_PORTAL, 0660 },
	{ CONF_AUTH_DB, "auth", "auth", SCHEMA_AUTH, 0600 },
};

/* What stands beside a database; itself last. */
static const char *const suffixes[] = { "-wal", "-shm", ".lock", "" };

/*
 * Of a database, and of what SQLite and the writer lock keep beside it; these
 * may be another program's, made with the right mode already.
 */
static enum ctl_exit
set_modes(struct ctl *ctl, const struct schema *s)
{
	const char *path;
	struct stat st;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		path = arena_printf(ctl->ctx.arena, "%s%s",
		    ctl_path(ctl, s->file), suffixes[i]);
		if (stat(path, &st) == -1 || (st.st_mode & 0777) == s->mode)
			continue;
		if (chmod(path, s->mode) == -1)
			return ctl_fail(ctl, ERR_INTERNAL,
			    "the mode of %s cannot be set: %s.", path,
			    strerror(errno));
	}
	return CTL_DONE;
}

/* The one folder that is closed to the group. */
static enum ctl_exit
make_auth(struct ctl *ctl)
{
	const char *path = ctl_path(ctl, CONF_AUTH_DIR);
	struct stat st;

	if ((mkdir(path, 0700) == -1 && errno != EEXIST) ||
	    stat(path, &st) == -1 ||
	    ((st.st_mode & 0777) != 0700 && chmod(path, 0700) == -1))
		return ctl_fail(ctl, ERR_INTERNAL,
		    "the folder %s cannot be made, or closed to others: %s.",
		    path, strerror(errno));
	return CTL_DONE;
}

static enum ctl_exit
make_folder(struct ctl *ctl, const char *name)
{
	const char *path = ctl_path(ctl, name);

	if (mkdir(path, 0770) == -1 && errno != EEXIST)
		return ctl_fail(ctl, ERR_INTERNAL,
		    "the folder %s cannot be made: %s.", path, strerror(errno));
	return CTL_DONE;
}

/*
 * All 256 folders of documents and that of uploads, with the group's rights:
 * what a worker makes later is closed to the web server and to the other
 * programs.
 */
enum ctl_exit
ctl_make_folders(struct ctl *ctl)
{
	enum ctl_exit rc;

	if ((rc = make_auth(ctl)) != CTL_DONE ||
	    (rc = make_folder(ctl, "blobs")) != CTL_DONE ||
	    (rc = make_folder(ctl, CONF_UPLOAD_DIR)) != CTL_DONE)
		return rc;
	for (unsigned i = 0; i < 256 && rc == CTL_DONE; i++)
		rc = make_folder(
		    ctl, arena_printf(ctl->ctx.arena, "blobs/%02x", i));
	return rc;
}

enum ctl_exit
ctl_set_modes(struct ctl *ctl)
{
	enum ctl_exit rc = CTL_DONE;

	for (size_t i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++)
		if (rc == CTL_DONE)
			rc = set_modes(ctl, &schemas[i]);
	return rc;
}

/* ---- from where it was in the first version -------------------------- */

/* Nobody may be writing: whoever waits for this lock finds the file gone. */
static enum ctl_exit
hold_old_lock(struct ctl *ctl, const char *old, int *fd)
{
	const char *path = arena_printf(ctl->ctx.arena, "%s.lock", old);

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd != -1 && flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return CTL_DONE;
	return ctl_fail(ctl, ERR_BUSY,
	    "%s is in use (%s); stop the programs, then migrate.", old,
	    strerror(errno));
}

/*
 * The database itself goes last: broken off before that, the next migration
 * goes on, and what was committed is never apart from it.
 */
static enum ctl_exit
move_files(struct ctl *ctl, const char *old, const char *new)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		const char *from =
		    arena_printf(ctl->ctx.arena, "%s%s", old, suffixes[i]);
		const char *to =
		    arena_printf(ctl->ctx.arena, "%s%s", new, suffixes[i]);

		if (rename(from, to) == -1 &&
		    (errno != ENOENT || suffixes[i][0] == '\0'))
			return ctl_fail(ctl, ERR_INTERNAL,
			    "%s cannot be moved to %s: %s.", from, to,
			    strerror(errno));
	}
	sync();
	ctl_say(ctl, "%s is now %s.", old, new);
	return CTL_DONE;
}

static enum ctl_exit
move_auth(struct ctl *ctl)
{
	const char *old = ctl_path(ctl, "auth.db");
	const char *new = ctl_path(ctl, CONF_AUTH_DB);
	enum ctl_exit rc;
	int fd;

	if (access(old, F_OK) == -1)
		return CTL_DONE;
	if (access(new, F_OK) == 0)
		return ctl_fail(ctl, ERR_EXISTS,
		    "both %s and %s are there; move the one away that is not"
		    " the portal's.",
		    old, new);
	if ((rc = hold_old_lock(ctl, old, &fd)) == CTL_DONE)
		rc = move_files(ctl, old, new);
	if (fd != -1)
		close(fd);
	return rc;
}

/* ---- the schema ------------------------------------------------------ */

/* A name that no earlier backup has: "portal.db.before-20261122T091200Z". */
static const char *
backup_path(struct ctl *ctl, const struct schema *s)
{
	struct clock_parts t;

	clock_split(ctl->ctx.now_at, &t);
	return arena_printf(ctl->ctx.arena,
	    "%s.before-%04d%02d%02dT%02d%02d%02dZ", ctl_path(ctl, s->file),
	    t.year, t.month, t.day, t.hour, t.minute, t.second);
}

static enum ctl_exit
run_scripts(struct ctl *ctl, const struct schema *s, struct db *db,
    struct migration_result *result)
{
	const char *folder = arena_printf(
	    ctl->ctx.arena, "%s/%s", ctl->conf->schema_dir, s->folder);
	const char *backup = backup_path(ctl, s);
	char *problem = NULL;
	enum err rc;

	rc = migrate(db, folder, backup, ctl->ctx.arena, result, &problem);
	if (rc != ERR_OK)
		return ctl_fail(
		    ctl, rc, "%s", problem != NULL ? problem : ctl_reason(rc));
	if (result->to != s->version)
		return ctl_fail(ctl, ERR_STATE,
		    "%s brings %s to schema %d, but this version needs %d;"
		    " schema_dir must be of the same version as the programs.",
		    folder, s->file, result->to, s->version);
	if (result->from == result->to)
		ctl_say(ctl, "%s has schema %d already.", s->file, result->to);
	else
		ctl_say(ctl, "%s: schema %d, from %d.", s->file, result->to,
		    result->from);
	if (result->from > 0 && result->from < result->to)
		ctl_say(ctl, "What it was before is in %s.", backup);
	return CTL_DONE;
}

static enum ctl_exit
migrate_one(struct ctl *ctl, const struct schema *s, json_t *report)
{
	struct db_options o = { .path = ctl_path(ctl, s->file),
		.create = true };
	struct migration_result result;
	struct db *db;
	enum ctl_exit rc;
	enum err code;

	if ((code = db_open(&o, &db)) != ERR_OK)
		return ctl_fail(ctl, code, "%s cannot be opened: %s", o.path,
		    ctl_reason(code));
	if ((rc = run_scripts(ctl, s, db, &result)) == CTL_DONE)
		rc = set_modes(ctl, s);
	db_free(db);
	if (rc == CTL_DONE)
		json_object_set_new(report, s->name,
		    json_pack(
			"{s:i, s:i}", "from", result.from, "to", result.to));
	return rc;
}

enum ctl_exit
ctl_migrate(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	const char *dir = ctl->conf->data_dir;
	enum ctl_exit rc;
	json_t *report;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (rc != CTL_DONE)
		return rc;
	if (mkdir(dir, 0700) == -1 && errno != EEXIST)
		return ctl_fail(ctl, ERR_INTERNAL,
		    "the data directory %s cannot be made: %s.", dir,
		    strerror(errno));
	if ((rc = ctl_make_folders(ctl)) != CTL_DONE ||
	    (rc = move_auth(ctl)) != CTL_DONE)
		return rc;
	report = json_object();
	for (size_t i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++)
		if (rc == CTL_DONE)
			rc = migrate_one(ctl, &schemas[i], report);
	if (rc == CTL_DONE)
		return ctl_done(ctl, report);
	json_decref(report);
	return rc;
}
