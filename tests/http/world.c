/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "html.h"

const char *const who_names[WHO__MAX + 1] = {
	[VISITOR] = "visitor",
	[READER] = "reader",
	[PUBLISHER] = "publisher",
	[STEWARD] = "steward",
	[SIGNATORY] = "signatory",
	[AUDITOR] = "auditor",
	[KEEPER] = "keeper",
	[KEEPER_FRESH] = "keeper-fresh",
	[STEWARD_FRESH] = "steward-fresh",
	[DISABLED] = "disabled",
	[SUSPENDED] = "suspended",
};

struct world world;

/* ---- the console ------------------------------------------------------ */

static char *
read_all(int fd)
{
	char *text = NULL;
	size_t len = 0;
	ssize_t n;

	do {
		ck_assert_ptr_nonnull(text = realloc(text, len + 4097));
		n = read(fd, text + len, 4096);
		len += n > 0 ? (size_t)n : 0;
	} while (n > 0 || (n == -1 && errno == EINTR));
	text[len] = '\0';
	return text;
}

int
console_run(const char *const *words, char **printed)
{
	const char *argv[24] = { world.ententectl };
	int out[2], n = 1, status;
	pid_t pid;

	while (*words != NULL && n < 23)
		argv[n++] = *words++;
	ck_assert_int_eq(pipe2(out, O_CLOEXEC), 0);
	pid = fork();
	ck_assert_int_ne(pid, -1);
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(out[1]);
	*printed = read_all(out[0]);
	close(out[0]);
	while (waitpid(pid, &status, 0) == -1)
		ck_assert_int_eq(errno, EINTR);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

char *
console_line(const char *const *words)
{
	char *printed;
	const int status = console_run(words, &printed);

	ck_assert_msg(status == 0, "ententectl %s %s: %d %s", words[0],
	    words[1], status, printed);
	printed[strcspn(printed, "\n")] = '\0';
	return printed;
}

/* ---- what is stored ---------------------------------------------------- */

/* One statement with one text: the first column of its first row, or NULL. */
static char *
run_sql(const char *name, const char *sql, const char *arg, int flags)
{
	char *path = textf("%s/data/%s", world.run_dir, name), *text = NULL;
	sqlite3_stmt *statement;
	sqlite3 *db;
	int rc;

	rc = sqlite3_open_v2(path, &db, flags, NULL);
	ck_assert_int_eq(rc, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
	if (arg != NULL)
		sqlite3_bind_text(statement, 1, arg, -1, SQLITE_STATIC);
	rc = sqlite3_step(statement);
	ck_assert_msg(rc == SQLITE_ROW || rc == SQLITE_DONE, "%s: %s", sql,
	    sqlite3_errmsg(db));
	if (rc == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL)
		text = strdup((const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	free(path);
	return text;
}

static char *
stored(const char *sql, const char *arg)
{
	return run_sql("portal.db", sql, arg, SQLITE_OPEN_READONLY);
}

int
writer_lock(const char *name)
{
	int fd = open(
	    textf("%s/data/%s.lock", world.run_dir, name), O_RDWR | O_CLOEXEC);

	ck_assert_int_ne(fd, -1);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	return fd;
}

/* The portal has it open: closing ours is never the last, no checkpoint. */
static void
store_in(const char *name, const char *sql, const char *arg)
{
	const int fd = writer_lock(name);

	free(run_sql(name, sql, arg, SQLITE_OPEN_READWRITE));
	close(fd);
}

void
store(const char *sql, const char *arg)
{
	store_in("portal.db", sql, arg);
}

void
store_auth(const char *sql, const char *arg)
{
	store_in("auth/auth.db", sql, arg);
}

char *
stored_text(const char *sql, const char *arg)
{
	char *text = stored(sql, arg);

	ck_assert_msg(
	    text != NULL, "nothing stored: %s %s", sql, arg != NULL ? arg : "");
	return text;
}

int64_t
stored_int(const char *sql, const char *arg)
{
	char *text = stored(sql, arg);
	const int64_t n = text != NULL ? strtoll(text, NULL, 10) : -1;

	free(text);
	return n;
}

char *
organisation_ref(const char *name)
{
	return stored_text("SELECT ref FROM organisation WHERE name = ?", name);
}

int64_t
records(void)
{
	return stored_int("SELECT COUNT(*) FROM record", NULL);
}

char *
stored_state(void)
{
	return stored_text(
	    "SELECT printf('records %d advisories %d.%d.%d revisions %d.%d"
	    " answers %d.%d organisations %d.%d people %d.%d.%d sessions %d"
	    " invitations %d.%d blobs %d agreements %d.%d.%d.%d.%d.%d"
	    " forms %d',"
	    " (SELECT COUNT(*) FROM record),"
	    " (SELECT COUNT(*) FROM advisory),"
	    " (SELECT COUNT(*) FROM advisory WHERE state = 'published'),"
	    " (SELECT COUNT(*) FROM advisory WHERE state = 'withdrawn'),"
	    " (SELECT COUNT(*) FROM advisory_revision),"
	    " (SELECT SUM(edit) FROM advisory_revision),"
	    " (SELECT COUNT(*) FROM answer_history),"
	    " (SELECT SUM(length(comment)) FROM answer),"
	    " (SELECT COUNT(*) FROM organisation),"
	    " (SELECT COUNT(*) FROM organisation WHERE state = 'suspended'),"
	    " (SELECT COUNT(*) FROM person),"
	    " (SELECT COUNT(*) FROM person WHERE state = 'disabled'),"
	    " (SELECT SUM(roles) FROM person),"
	    " (SELECT COUNT(*) FROM session),"
	    " (SELECT COUNT(*) FROM invitation),"
	    " (SELECT COUNT(*) FROM invitation WHERE used_at IS NULL),"
	    /* Bundles are made beside the pages, whenever. */
	    " (SELECT COUNT(*) FROM blob WHERE id NOT IN ("
	    "SELECT blob FROM bundle WHERE blob IS NOT NULL)),"
	    " (SELECT COUNT(*) FROM agreement),"
	    " (SELECT COUNT(*) FROM agreement_version),"
	    " (SELECT TOTAL(edit) FROM agreement_version),"
	    " (SELECT COUNT(*) FROM agreement_comment),"
	    " (SELECT COUNT(*) FROM agreement_signature),"
	    " (SELECT COUNT(*) FROM access_grant),"
	    " (SELECT COUNT(*) FROM submission))",
	    NULL);
}

/* ---- things to act on -------------------------------------------------- */

char *
unique(const char *prefix)
{
	static int n;

	return textf("%s-%d-%d", prefix, (int)getpid(), n++);
}

/* "/drafts/ENT-2026-0042/preview?done=saved": the second segment. */
static char *
ref_of(const struct answer *a)
{
	const char *location = answer_location(a), *ref;

	ck_assert_msg(a->status == 303, "no 303: %s", answer_gist(a));
	ck_assert_int_eq(location[0], '/');
	ref = strchr(location + 1, '/');
	ck_assert_ptr_nonnull(ref);
	return strndup(ref + 1, strcspn(ref + 1, "/?"));
}

char *
make_draft(const char *title, const char *label, const char *circle)
{
	return ref_of(client_post(world.as[PUBLISHER], "/drafts/new",
	    FIELDS("title", title, "summary", "A summary of it.", "happened",
		"Something happened.", "todo", "Do this.", "severity", "high",
		"label", label, "circles", circle)));
}

void
publish(struct client *c, const char *ref)
{
	char *path = textf("/drafts/%s/publish", ref), *edit;
	const struct answer *a;

	edit = stored_text(
	    "SELECT v.edit FROM advisory a JOIN advisory_revision v"
	    " ON v.advisory = a.id AND v.number = a.draft WHERE a.ref = ?",
	    ref);
	a = client_post(c, path, FIELDS("edit", edit));
	ck_assert_msg(a->status == 303, "%s: %s", path, answer_gist(a));
}

char *
make_published(const char *title, const char *label, const char *circle)
{
	char *ref = make_draft(title, label, circle);

	publish(world.as[PUBLISHER], ref);
	return ref;
}

#define CSAF                                                                   \
	"{ \"document\": { \"category\": \"csaf_base\", \"csaf_version\": "    \
	"\"2.0\","                                                             \
	" \"notes\": [ { \"category\": \"summary\", \"text\": \"%s\" } ],"     \
	" \"publisher\": { \"category\": \"coordinator\", \"name\": "          \
	"\"Example\","                                                         \
	" \"namespace\": \"https://example.net\" }, \"title\": \"%s\","        \
	" \"tracking\": { \"current_release_date\": \"2026-01-02T00:00:00Z\"," \
	" \"id\": \"%s\", \"initial_release_date\": \"2026-01-02T00:00:00Z\"," \
	" \"revision_history\": [ { \"date\": \"2026-01-02T00:00:00Z\","       \
	" \"number\": \"1\", \"summary\": \"First.\" } ],"                     \
	" \"status\": \"final\", \"version\": \"1\" } } }"

char *
csaf_document(const char *id, const char *title, const char *text)
{
	return textf(CSAF, text, title, id);
}

char *
make_imported(
    const char *id, const char *title, const char *label, const char *circle)
{
	char *document = csaf_document(id, title, "A text of it.");
	const struct answer *a;

	a = client_upload(world.as[PUBLISHER], "/drafts/import",
	    FIELDS("label", label, "circles", circle), "document.json",
	    document, strlen(document));
	free(document);
	return ref_of(a);
}

char *
make_organisation(const char *sector)
{
	char *name = unique("Organisation");

	console("org", "add", name, "--kind", "operator", "--country", "BE",
	    "--sectors", sector, "--signed", "2026-01-05");
	return name;
}
