/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl_doctor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "db/migrate.h"

void
doctor_tell(
    struct doctor *d, enum doctor_word v, const char *text, const char *mend)
{
	static const char *const words[DOCTOR__MAX] = { "ok", "warn", "bad" };
	json_t *row = json_pack("{s:s, s:s, s:s}", "subject", d->subject,
	    "verdict", words[v], "text", text);

	ctl_say(d->ctl, "%-4s %s: %s", v == DOCTOR_BAD ? "BAD" : words[v],
	    d->subject, text);
	if (mend != NULL) {
		ctl_say(d->ctl, "       %s", mend);
		json_object_set_new(row, "mend", json_string(mend));
	}
	json_array_append_new(d->list, row);
	if (v == DOCTOR_BAD)
		d->is_well = false;
}

static void
well(struct doctor *d, const char *text)
{
	doctor_tell(d, DOCTOR_OK, text, NULL);
}

/* ---- configuration --------------------------------------------------- */

static bool
look_at_conf(struct doctor *d)
{
	char *problem = NULL;
	enum err rc;

	d->subject = "configuration";
	rc = conf_load(d->ctl->conf_path, &d->ctl->conf, &problem);
	if (rc == ERR_OK)
		well(d, "read without a complaint.");
	else
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s", problem != NULL ? problem : ctl_reason(rc)),
		    "entente.conf(5) tells all keys; -c or ENTENTE_CONF names"
		    " another file.");
	free(problem);
	return rc == ERR_OK;
}

static void
look_at_origins(struct doctor *d)
{
	const struct conf *c = d->ctl->conf;
	bool is_open = false;

	d->subject = "origins";
	if (c->origin[0] == NULL) {
		doctor_tell(d, DOCTOR_BAD,
		    "there is none: every form is"
		    " refused, and no link can be made.",
		    "Add \"origin https://your.name\" to the configuration.");
		return;
	}
	for (int i = 0; c->origin[i] != NULL; i++)
		is_open = is_open || text_starts(c->origin[i], "https://");
	well(d, SAY(d, "people reach the portal at %s.", c->origin[0]));
	if (!is_open)
		doctor_tell(d, DOCTOR_WARN, "none of them is https.",
		    "For more than this machine, serve TLS and add the https"
		    " origin.");
	if (c->has_signin_links && strstr(c->origin[0], "://localhost") == NULL)
		doctor_tell(d, DOCTOR_BAD,
		    "one-time sign-in links are taken, outside of localhost.",
		    "Remove \"signin_links yes\": it is for demonstrations.");
}

static void
look_at_file(struct doctor *d, const char *dir, const char *file)
{
	const char *path = SAY(d, "%s/%s", dir, file);

	if (access(path, R_OK) == 0)
		well(d, SAY(d, "%s is readable.", path));
	else
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s.", path, strerror(errno)),
		    "Correct the path in the configuration, or install again"
		    " (make install).");
}

static void
look_at_files(struct doctor *d)
{
	const struct conf *c = d->ctl->conf;

	d->subject = "templates";
	look_at_file(d, c->template_dir, "frame/page.cs");
	look_at_file(d, c->template_dir, "lang/en.hdf");
	look_at_file(d, c->template_dir, "lang/fr.hdf");
	d->subject = "schema";
	look_at_file(d, c->schema_dir, "portal/0001_portal.sql");
	look_at_file(d, c->schema_dir, "auth/0001_auth.sql");
}

/* ---- the data directory ---------------------------------------------- */

/* False when nothing below it is worth looking at. */
static bool
look_at_data(struct doctor *d)
{
	const char *dir = d->ctl->conf->data_dir;
	struct stat st;

	d->subject = "data directory";
	if (stat(dir, &st) == -1) {
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s.", dir, strerror(errno)),
		    errno == ENOENT ? "Run: ententectl migrate"
				    : "Run this as root or as its owner.");
		return false;
	}
	if ((st.st_mode & 0006) != 0)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "everybody on this machine can read %s.", dir),
		    SAY(d, "Run: chmod o-rw %s", dir));
	else if (access(dir, R_OK | W_OK | X_OK) == -1)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "we may not write in %s.", dir),
		    SAY(d, "Run this as root or as user %u, its owner.",
			(unsigned)st.st_uid));
	else
		well(d, SAY(d, "%s is ours and closed to others.", dir));
	return true;
}

/* Closed to all but its owner, who must be the data directory's. */
static void
look_at_auth(struct doctor *d)
{
	const char *dir = ctl_path(d->ctl, CONF_AUTH_DIR);
	const char *old = ctl_path(d->ctl, "auth.db");
	struct stat st, data;

	d->subject = CONF_AUTH_DIR;
	if (access(old, F_OK) == 0)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s lies where other programs may write.", old),
		    "Stop the programs and run: ententectl migrate");
	if (stat(dir, &st) == -1 || stat(d->ctl->conf->data_dir, &data) == -1) {
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s.", dir, strerror(errno)),
		    errno == ENOENT ? "Run: ententectl migrate"
				    : "Run this as root or as its owner.");
		return;
	}
	if ((st.st_mode & 0077) != 0)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s has mode %03o: others may look inside.", dir,
			(unsigned)st.st_mode & 0777),
		    SAY(d, "Run: chmod 0700 %s", dir));
	else if (st.st_uid != data.st_uid)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s is not of the user of login.fcgi.", dir),
		    SAY(d, "Run: chown --reference=%s %s",
			d->ctl->conf->data_dir, dir));
	else
		well(d, SAY(d, "%s is closed to all but its owner.", dir));
}

/* What stands beside a database must be its owner's, or workers fail. */
static void
look_beside(struct doctor *d, const char *path, const struct stat *db)
{
	static const char *const suffixes[] = { "-wal", "-shm", ".lock" };
	struct stat st;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		const char *file = SAY(d, "%s%s", path, suffixes[i]);

		if (stat(file, &st) == -1)
			continue;
		if (st.st_uid != db->st_uid && st.st_uid == 0)
			doctor_tell(d, DOCTOR_BAD,
			    SAY(d, "%s belongs to root.", file),
			    SAY(d, "Run: chown --reference=%s %s", path, file));
		if ((st.st_mode & 0666) != (db->st_mode & 0666))
			doctor_tell(d, DOCTOR_BAD,
			    SAY(d, "%s has mode %03o, the database %03o.", file,
				(unsigned)st.st_mode & 0777,
				(unsigned)db->st_mode & 0777),
			    SAY(d, "Run: chmod --reference=%s %s", path, file));
	}
}

static void
look_at_schema(struct doctor *d, const char *file, const char *path, int schema)
{
	struct db_options o = { .path = path, .schema = schema };
	struct db *db;
	enum err rc = db_open(&o, &db);

	if (rc == ERR_OK)
		well(
		    d, SAY(d, "%s has schema %d, as it should.", path, schema));
	else if (rc == ERR_STATE)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s has not schema %d.", path, schema),
		    "Run: ententectl migrate");
	else
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s cannot be opened: %s", file, ctl_reason(rc)),
		    "Restore a backup into an empty data directory:"
		    " ententectl restore FILE");
	db_free(db);
}

static void
look_at_database(struct doctor *d, const char *file, int schema, mode_t closed)
{
	const char *path = ctl_path(d->ctl, file);
	struct stat st;

	d->subject = file;
	if (stat(path, &st) == -1) {
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s.", path, strerror(errno)),
		    errno == ENOENT ? "Run: ententectl migrate"
				    : "Run this as root or as its owner.");
		return;
	}
	if ((st.st_mode & closed) != 0)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s has mode %03o: too many may read it.", path,
			(unsigned)st.st_mode & 0777),
		    "Run: ententectl migrate (it sets the modes)");
	look_beside(d, path, &st);
	/* Root would leave files of root behind. */
	if (geteuid() == st.st_uid || geteuid() != 0)
		look_at_schema(d, file, path, schema);
	else
		well(d,
		    SAY(d,
			"%s is there; run this as its owner to look"
			" inside.",
			path));
}

static void
look_at_engine(struct doctor *d)
{
	d->subject = "engine";
	well(d,
	    SAY(d, "%s; one lock of ours holds all writers apart.",
		db_engine()));
}

/* ---- all ------------------------------------------------------------- */

static void
look_around(struct doctor *d)
{
	look_at_origins(d);
	look_at_files(d);
	look_at_engine(d);
	doctor_witnesses(d);
	if (look_at_data(d)) {
		look_at_database(d, "portal.db", SCHEMA_PORTAL, 0007);
		look_at_auth(d);
		look_at_database(d, CONF_AUTH_DB, SCHEMA_AUTH, 0077);
		doctor_documents(d);
		doctor_disk(d);
		doctor_witness_key(d);
		doctor_sockets(d);
	}
	doctor_ports(d);
}

enum ctl_exit
ctl_doctor(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct doctor d = { .ctl = ctl, .is_well = true };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (rc != CTL_DONE)
		return rc;
	d.list = json_array();
	if (look_at_conf(&d))
		look_around(&d);
	doctor_memory(&d);
	doctor_clock(&d);
	doctor_nginx(&d);
	ctl_say(ctl,
	    d.is_well ? "Nothing is wrong."
		      : "Mend what is BAD, then ask again.");
	return ctl_found(ctl, json_pack("{s:o}", "checks", d.list), d.is_well);
}
