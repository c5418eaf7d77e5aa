/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The console as its users have it: command lines, what is said, exit
 * statuses; backup and restore; what check and doctor find.  The program is
 * $BUILD/bin/ententectl.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "console.h"

#include "base/file.h"

/* ---- command lines --------------------------------------------------- */

/* Each on its own, before there is any database. */
static const struct step lines[] = {
	{ "", 2, "a command is needed" },
	{ "help", 0, "advisory import" },
	{ "org", 2, "not a command" },
	{ "org lst", 2, "org lst is not a command" },
	{ "org list", 1, "run ententectl migrate" },
	{ "org list --json", 1, "\"error\": \"not_found\"" },
	{ "org add --help", 0, "usage: ententectl" },
	{ "migrate now", 2, "now is one too many" },
	{ "migrate --fast", 2, "--fast is not an option here" },
	{ "backup", 1, "run ententectl migrate" },
	{ "restore", 2, "something is missing" },
	{ "restore nowhere.tar", 1, "No such file" },
	{ "migrate", 0, "portal.db: schema" },
	{ "migrate --json", 0, "\"ok\": true" },
	{ "-c", 2, "-c needs a file" },
};

START_TEST(each_line)
{
	start();
	check_steps(&lines[_i], 1);
	unit_remove(dir);
}
END_TEST

START_TEST(configuration_is_refused)
{
	start();
	unit_file(dir, "entente.conf", "colour blue\n", NULL);
	ck_assert_int_eq(ctl("org list"), 1);
	ck_assert_ptr_nonnull(strstr(output, ":1: "));
	unit_remove(dir);
}
END_TEST

/* ---- organisations and people ---------------------------------------- */

#define ADD "org add Meuse_Grid --kind operator --country BE "

START_TEST(organisations)
{
	static const struct step steps[] = {
		{ "migrate", 0, "" },
		{ ADD "--sectors energy --signed 2026-01-02", 0,
		    "meuse-grid\n" },
		{ ADD "--sectors energy --signed 2026-01-02", 1, "already" },
		{ "org add X2 --kind operator --country BE", 1, "--sectors" },
		{ "org add X2 --kind guild --country BE", 2, "guild is not" },
		{ "org add X2 --country BE", 2, "--kind is needed" },
		{ "org add X2 --kind auditor --country belgium", 1, "capital" },
		{ ADD "--sectors steam", 2, "steam is not a sector" },
		{ ADD "--signed 2026-02-30", 2, "not a day" },
		{ ADD "--signed 2999-01-01", 2, "has not come" },
		{ ADD "--country FR", 2, "--country was given twice" },
		{ "org add X2 --kind", 2, "--kind needs a value" },
		{ "org add Court --kind=auditor --country=LU", 0, "court" },
		{ "org list --json", 0, "\"charter_signed\": \"2026-01-02\"" },
		{ "org add Rail --kind operator --country BE --sectors"
		  " transport --charter fr",
		    0, "rail" },
		{ ADD "--sectors energy --charter de", 2, "de is not" },
		{ ADD "--sectors energy --charter fr --signed 2026-01-02", 2,
		    "give one of them" },
		{ "org suspend meuse-grid", 2, "--why is needed" },
		{ "org suspend meuse-grid --why exercise", 0, "suspended" },
		{ "org suspend meuse-grid --why exercise", 1, "already" },
		{ "org list", 0, "(suspended)" },
		{ "check", 0, "suspended organisations: 1" },
		{ "org reinstate meuse-grid", 0, "grants" },
		{ "org reinstate meuse-grid", 1, "is not suspended" },
		{ "org reinstate nobody", 1, "no organisation nobody" },
		{ "check --json", 0, "\"ok\": true" },
	};

	start();
	STEPS(steps);
	unit_remove(dir);
}
END_TEST

#define INVITE "person invite meuse-grid --name An_Peeters "

START_TEST(people)
{
	static const struct step steps[] = {
		{ "migrate", 0, "" },
		{ ADD "--sectors energy --signed 2026-01-02", 0, "" },
		{ INVITE "--email an@g.example --roles steward,publisher", 0,
		    "http://localhost:1/invitation/" },
		{ INVITE "--email AN@g.example", 1, "known already" },
		{ INVITE "--email an", 1, "not" },
		{ INVITE "--email b@g.example --roles king", 2, "king is not" },
		{ INVITE "--email b@g.example --roles keeper", 1, "role" },
		{ INVITE "--email b@g.example --language de", 1, "language" },
		{ "person invite x --name Xy --email x@g.example", 1,
		    "no organisation x" },
		{ "--version", 0, "ententectl " },
		{ "--version --json", 0, "\"auth\": 2" },
		{ "person list", 0, "an@g.example" },
		{ "person list meuse-grid --json", 0, "\"invited\"" },
		{ "person list nobody", 1, "no organisation nobody" },
		{ "person link an@g.example", 1, "signin_links" },
		{ "person unlock an@g.example", 1, "no password" },
		{ "person reset an@g.example", 0, "/invitation/" },
		{ "person disable an@g.example", 0, "disabled" },
		{ "person disable an@g.example", 1, "already" },
		{ "person reset an@g.example", 1, "disabled" },
		{ "person enable an@g.example", 0, "sign in" },
		{ "person enable an@g.example", 1, "not disabled" },
		{ "person enable nobody@g.example", 1, "nobody with" },
	};

	start();
	STEPS(steps);
	unit_remove(dir);
}
END_TEST

/* ---- modes ----------------------------------------------------------- */

START_TEST(modes)
{
	static const struct {
		const char *path;
		mode_t mode;
	} rows[] = {
		{ "data/portal.db", 0660 },
		{ "data/portal.db.lock", 0660 },
		{ "data/auth", 0700 },
		{ "data/auth/auth.db", 0600 },
		{ "data/auth/auth.db.lock", 0600 },
		{ "data/blobs/00", 0770 },
		{ "data/blobs/ff", 0770 },
		{ "data/blobs/new", 0770 },
	};
	struct stat st;

	start();
	ck_assert_int_eq(ctl("migrate"), 0);
	for (int i = 0; i < UNIT_COUNT(rows); i++) {
		ck_assert_int_eq(stat(in_dir(rows[i].path), &st), 0);
		ck_assert_msg((st.st_mode & 0777) == rows[i].mode, "%s: %o",
		    rows[i].path, (unsigned)st.st_mode & 0777);
	}
	ck_assert_int_eq(chmod(in_dir("data/auth/auth.db"), 0644), 0);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "too many may read it"));
	ck_assert_int_eq(ctl("migrate"), 0);
	ck_assert_int_eq(stat(in_dir("data/auth/auth.db"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(chmod(in_dir("data/auth"), 0770), 0);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "others may look inside"));
	ck_assert_int_eq(ctl("migrate"), 0);
	ck_assert_int_eq(stat(in_dir("data/auth"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	unit_remove(dir);
}
END_TEST

/* A witness, and half of one. */
static const char witnesses[] =
    "# Partners\n"
    "w.example+41aab8ed+BIqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    " https://w.example/w\n"
    "w.example+nothing\n";

START_TEST(witnesses_are_read)
{
	char path[UNIT_PATH];
	FILE *f;

	start();
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "names nobody to cosign"));
	unit_file(dir, "witnesses", witnesses, path);
	f = fopen(in_dir("entente.conf"), "a");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "witness_file %s\n", path);
	fclose(f);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "1 in "));
	ck_assert_ptr_nonnull(strstr(output, "BAD  witnesses: "));
	ck_assert_ptr_nonnull(strstr(output, "/witnesses:3: the line must"));
	unit_remove(dir);
}
END_TEST

START_TEST(witness_key_is_missed)
{
	char line[2 * UNIT_PATH];

	start();
	ck_assert_int_eq(ctl("migrate"), 0);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_null(strstr(output, "witness.key"));
	snprintf(line, sizeof(line), "key make %s --name portal.example/log",
	    in_dir("data/signer"));
	ck_assert_int_eq(ctl(line), 0);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "BAD  signer: "));
	ck_assert_ptr_nonnull(strstr(output, "witness.key is missing"));
	ck_assert_ptr_nonnull(
	    strstr(output, "data/signer --name localhost:1/witness; then"));
	snprintf(line, sizeof(line),
	    "witness make %s --name portal.example/witness",
	    in_dir("data/signer"));
	ck_assert_int_eq(ctl(line), 0);
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_null(strstr(output, "witness.key"));
	unit_remove(dir);
}
END_TEST

/* ---- from the first version ------------------------------------------ */

static void
move(const char *from, const char *to)
{
	char path[2 * UNIT_PATH];

	snprintf(path, sizeof(path), "%s", in_dir(from));
	ck_assert_int_eq(rename(path, in_dir(to)), 0);
}

/* As the first version had it. */
static void
move_back(void)
{
	move("data/auth/auth.db-wal", "data/auth.db-wal");
	move("data/auth/auth.db.lock", "data/auth.db.lock");
	move("data/auth/auth.db", "data/auth.db");
	ck_assert_int_eq(unlink(in_dir("data/auth/auth.db-shm")), 0);
	ck_assert_int_eq(rmdir(in_dir("data/auth")), 0);
}

static void
expect_moved(void)
{
	struct stat st;

	ck_assert_int_eq(ctl("migrate"), 0);
	ck_assert_ptr_nonnull(strstr(output, "auth.db is now"));
	ck_assert_ptr_nonnull(strstr(output, "auth.db has schema"));
	ck_assert_int_eq(stat(in_dir("data/auth.db"), &st), -1);
	ck_assert_int_eq(stat(in_dir("data/auth.db-wal"), &st), -1);
	ck_assert_int_eq(ctl("check"), 0);
}

/* Everything is in its journal: moved without that, it would be empty. */
START_TEST(auth_moves)
{
	int fd;

	start();
	ck_assert_int_eq(ctl("migrate"), 0);
	move_back();
	ck_assert_int_eq(ctl("doctor"), 1);
	ck_assert_ptr_nonnull(strstr(output, "other programs may write"));
	ck_assert_int_eq(ctl("check"), 1);
	ck_assert_ptr_nonnull(strstr(output, "run ententectl migrate"));

	fd = open(in_dir("data/auth.db.lock"), O_RDWR | O_CLOEXEC);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert_int_eq(ctl("migrate"), 1);
	ck_assert_ptr_nonnull(strstr(output, "stop the programs"));
	close(fd);

	expect_moved();
	/* Broken off half-way, it goes on. */
	move_back();
	ck_assert_int_eq(mkdir(in_dir("data/auth"), 0700), 0);
	move("data/auth.db-wal", "data/auth/auth.db-wal");
	expect_moved();

	/* One that somebody put there is not taken for it. */
	fd = open(in_dir("data/auth.db"), O_WRONLY | O_CREAT, 0600);
	close(fd);
	ck_assert_int_eq(ctl("migrate"), 1);
	ck_assert_ptr_nonnull(strstr(output, "both"));
	unit_remove(dir);
}
END_TEST

/* ---- backup and restore ---------------------------------------------- */

static void
backup(const char *name)
{
	char line[2 * UNIT_PATH];

	snprintf(line, sizeof(line), "backup %s/%s", dir, name);
	ck_assert_msg(ctl(line) == 0, "%s", output);
	ck_assert_int_eq(ctl(line), 1);
	ck_assert_ptr_nonnull(strstr(output, "exists"));
}

static void
make_backup(const char *name)
{
	static const struct step steps[] = {
		{ "migrate", 0, "" },
		{ ADD "--sectors energy --signed 2026-01-02", 0, "" },
		/* TLP:CLEAR, so that there is somebody who may read it. */
		{ "advisory import tests/sample/csaf/2026/ncsirt-2026-0003.json"
		  " --as meuse-grid --circles community",
		    0, "1 imported" },
	};

	STEPS(steps);
	backup(name);
}

static int
restore(const char *name)
{
	char line[2 * UNIT_PATH];

	snprintf(line, sizeof(line), "restore %s/%s", dir, name);
	return ctl(line);
}

static const char *const backups[] = { "b.tar", "b.tar.gz" };

START_TEST(comes_back)
{
	start();
	make_backup(backups[_i]);
	ck_assert_int_eq(restore(backups[_i]), 1);
	ck_assert_ptr_nonnull(strstr(output, "not empty"));
	write_conf("again");
	/* The signer's and the sequencer's, as on the machine that it was. */
	ck_assert_int_eq(mkdir(in_dir("again"), 0700), 0);
	ck_assert_int_eq(mkdir(in_dir("again/signer"), 0700), 0);
	ck_assert_int_eq(mkdir(in_dir("again/log"), 0700), 0);
	ck_assert_int_eq(
	    file_put(in_dir("again/signer/state"), "x", 1, 0600), ERR_OK);
	ck_assert_int_eq(
	    file_put(in_dir("again/bundler.lock"), "", 0, 0600), ERR_OK);
	ck_assert_msg(restore(backups[_i]) == 0, "%s", output);
	ck_assert_int_eq(access(in_dir("again/signer/state"), F_OK), 0);
	ck_assert_int_eq(ctl("migrate"), 0);
	ck_assert_ptr_nonnull(strstr(output, "already"));
	ck_assert_int_eq(ctl("check"), 0);
	ck_assert_int_eq(ctl("org list"), 0);
	ck_assert_ptr_nonnull(strstr(output, "Meuse Grid"));
	unit_remove(dir);
}
END_TEST

static long
size_of(const char *path)
{
	struct stat st;

	ck_assert_int_eq(stat(path, &st), 0);
	return (long)st.st_size;
}

/* One byte differs, at so many per mille; or the rest is cut off there. */
static const struct {
	int place;
	bool is_cut;
} damages[] = {
	{ 0, false },
	{ 5, false },
	{ 300, false },
	{ 700, false },
	{ 0, true },
	{ 20, true },
	{ 500, true },
	{ 900, true },
};

START_TEST(damage_is_refused)
{
	char *path, byte;
	long at;
	int fd;

	start();
	make_backup("b.tar");
	backup("whole.tar");
	path = in_dir("b.tar");
	/* Past the first header's unused end, into what counts. */
	at = size_of(path) * damages[_i].place / 1000 / 512 * 512 + 3;
	if (damages[_i].is_cut) {
		ck_assert_int_eq(truncate(path, at), 0);
	} else {
		ck_assert_int_ge(fd = open(path, O_RDWR), 0);
		ck_assert_int_eq(pread(fd, &byte, 1, at), 1);
		byte ^= 0x20;
		ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
		close(fd);
	}
	write_conf("again");
	ck_assert_msg(restore("b.tar") == 1, "%s", output);
	ck_assert_int_ne(access(in_dir("again/portal.db"), F_OK), 0);
	ck_assert_int_eq(ctl("org list"), 1);
	/* As empty as it was: the whole one still goes in. */
	ck_assert_msg(restore("whole.tar") == 0, "%s", output);
	unit_remove(dir);
}
END_TEST

/* ---- what check finds ------------------------------------------------ */

/* One byte more at the end of every document, whatever the folder. */
static int
spoil(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
	FILE *f;

	(void)st;
	(void)walk;
	if (flag != FTW_F)
		return 0;
	ck_assert_ptr_nonnull(f = fopen(path, "a"));
	fputc('x', f);
	return fclose(f);
}

START_TEST(a_changed_document_is_found)
{
	start();
	make_backup("b.tar");
	ck_assert_int_eq(ctl("check"), 0);
	ck_assert_int_eq(nftw(in_dir("data/blobs"), spoil, 8, FTW_PHYS), 0);
	ck_assert_int_eq(ctl("check"), 1);
	ck_assert_ptr_nonnull(strstr(output, "is not what was kept"));
	unit_remove(dir);
}
END_TEST

/* ---- what tidy removes ----------------------------------------------- */

/* A file that was last written so long ago. */
static void
leave(const char *name, int minutes_ago)
{
	const struct timespec at = { .tv_sec = time(NULL) - 60 * minutes_ago };
	FILE *f = fopen(in_dir(name), "w");

	ck_assert_ptr_nonnull(f);
	fputs("left", f);
	fclose(f);
	ck_assert_int_eq(utimensat(AT_FDCWD, in_dir(name),
			     (const struct timespec[]){ at, at }, 0),
	    0);
}

START_TEST(leftovers)
{
	static const struct {
		const char *path;
		int minutes_ago;
		bool stays;
	} files[] = {
		{ "data/blobs/new/upload-old", 61, false },
		{ "data/blobs/new/upload-new", 1, true },
		{ "data/blobs/ab/abcdef", 61, false },
		{ "data/blobs/ab/.new-Ab12Cd", 61, false },
		{ "data/blobs/ff/ffee", 1, true },
	};

	start();
	make_backup("b.tar");
	for (int i = 0; i < UNIT_COUNT(files); i++)
		leave(files[i].path, files[i].minutes_ago);
	ck_assert_int_eq(ctl("check"), 0);
	ck_assert_ptr_nonnull(strstr(output, "no document has: 2"));
	ck_assert_int_eq(ctl("tidy"), 0);
	ck_assert_ptr_nonnull(strstr(output, "no document has, removed: 2, 8"));
	ck_assert_ptr_nonnull(strstr(output, "never taken, removed: 1"));
	for (int i = 0; i < UNIT_COUNT(files); i++)
		ck_assert_msg((access(in_dir(files[i].path), F_OK) == 0) ==
			files[i].stays,
		    "%s", files[i].path);
	ck_assert_int_eq(ctl("check"), 0);
	ck_assert_ptr_nonnull(strstr(output, "no document has: 0"));
	ck_assert_int_eq(ctl("--json tidy"), 0);
	ck_assert_ptr_nonnull(strstr(output, "\"orphans\": 0"));
	unit_remove(dir);
}
END_TEST

UNIT_MAIN("ctl", UNIT_ROWS(each_line, lines), UNIT(configuration_is_refused),
    UNIT(organisations), UNIT(people), UNIT(modes), UNIT(witnesses_are_read),
    UNIT(witness_key_is_missed), UNIT(auth_moves),
    UNIT_ROWS(comes_back, backups), UNIT(leftovers),
    UNIT_ROWS(damage_is_refused, damages), UNIT(a_changed_document_is_found))
