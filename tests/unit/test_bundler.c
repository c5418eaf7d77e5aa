/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program bundler itself, beside signer and sequencer as they run in a
 * portal: what it makes is accepted, and a kill at any moment loses nothing.
 */
#include <errno.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>

#include "base/file.h"
#include "crypt/key_file.h"
#include "crypt/signer_core.h"
#include "domain/blob.h"
#include "domain/bundle.h"
#include "pact.h"
#include "program.h"

enum { WAIT_S = 120, LOOK_MS = 10, MANY = 10000 };

enum process { SIGNER, SEQUENCER, BUNDLER, PROCESS__MAX };

struct portal {
	struct pact p;
	char folder[UNIT_PATH], conf[UNIT_PATH], sock[UNIT_PATH];
	char log_key[UNIT_PATH], bundle_key[UNIT_PATH], state[UNIT_PATH];
	char log_text[UNIT_PATH], witness_key[UNIT_PATH], said[UNIT_PATH];
	pid_t pid[PROCESS__MAX];
};

static const char *
program(const char *name)
{
	static char path[PROCESS__MAX + 1][UNIT_PATH];
	static int n;
	const char *build = getenv("BUILD");
	char file[64];
	char *to = path[n++ % (PROCESS__MAX + 1)];

	snprintf(file, sizeof(file), "bin/%s", name);
	unit_path(to, build != NULL ? build : "build", file);
	return to;
}

static pid_t
spawn(const char *const *argv)
{
	pid_t pid;

	ck_assert_int_eq(posix_spawn(&pid, argv[0], NULL, NULL,
			     (char **)(uintptr_t)argv, environ),
	    0);
	return pid;
}

#define SPAWN(...) spawn((const char *const[]){ __VA_ARGS__, NULL })

static int
end(struct portal *t, enum process which, int signo)
{
	int status;

	kill(t->pid[which], signo);
	ck_assert_int_eq(waitpid(t->pid[which], &status, 0), t->pid[which]);
	t->pid[which] = 0;
	return status;
}

/* ---- keys and configuration ------------------------------------------------ */

static void
put_bundle_key(struct portal *t, const struct minisig_key *key)
{
	struct buf text;

	buf_init(&text, MINISIG_KEY_FILE_MAX);
	minisig_key_write(&text, key);
	fixture_ok(
	    file_put(arena_printf(t->p.f.arena, "%s/bundle-key.pub", t->folder),
		text.data, text.len, 0644));
	buf_free(&text);
}

static void
make_keys(struct portal *t)
{
	struct key_file *log, *bundle;
	struct signer s = { .file = "state" };
	struct merkle_point nothing = { .size = 0 };
	char text[NOTE_KEY_TEXT];

	ck_assert_int_eq(mkdir(t->folder, 0700), 0);
	fixture_ok(key_file_new(KEY_LOG, "portal.example/log", &log));
	fixture_ok(key_file_new(KEY_BUNDLE, NULL, &bundle));
	fixture_ok(key_file_write(t->log_key, log, NULL));
	fixture_ok(key_file_write(t->bundle_key, bundle, NULL));
	note_key_text(&log->note, text);
	fixture_ok(file_put(t->log_text, text, strlen(text), 0644));
	put_bundle_key(t, &bundle->bundle);
	merkle_empty(nothing.root);
	s.log = log;
	s.bundle = bundle;
	s.folder = open(t->folder, O_RDONLY | O_DIRECTORY);
	fixture_ok(signer_keep(&s, &nothing));
	close(s.folder);
	key_file_free(log);
	key_file_free(bundle);
}

static void
write_conf(struct portal *t)
{
	char *text = arena_printf(t->p.f.arena,
	    "data_dir %s\norigin http://localhost:8080\nsigner_socket %s\n",
	    t->p.f.dir, t->sock);

	fixture_ok(file_put(t->conf, text, strlen(text), 0600));
	ck_assert_int_eq(setenv("ENTENTE_CONF", t->conf, 1), 0);
}

/* With the key of a witness where there is one. */
static void
start_signer(struct portal *t)
{
	const bool is_witness = access(t->witness_key, F_OK) == 0;
	char uid[16];

	snprintf(uid, sizeof(uid), "%u", (unsigned)getuid());
	t->pid[SIGNER] =
	    SPAWN(program("signer"), "--log-key", t->log_key, "--bundle-key",
		t->bundle_key, "--state", t->state, "--peer", uid, "--socket",
		t->sock, is_witness ? "--witness-key" : NULL, t->witness_key);
}

static void
start_bundler(struct portal *t)
{
	t->pid[BUNDLER] = SPAWN(program("bundler"));
}

static void
open_portal(struct portal *t)
{
	memset(t, 0, sizeof(*t));
	pact_open(&t->p);
	unit_path(t->folder, t->p.f.dir, "keys");
	unit_path(t->conf, t->p.f.dir, "entente.conf");
	unit_path(t->sock, t->p.f.dir, "sock");
	unit_path(t->log_key, t->folder, "log.key");
	unit_path(t->bundle_key, t->folder, "bundle.key");
	unit_path(t->state, t->folder, "state");
	unit_path(t->log_text, t->folder, "log-key.txt");
	unit_path(t->witness_key, t->folder, "witness.key");
	unit_path(t->said, t->p.f.dir, "said");
	/* As ententectl migrate does. */
	ck_assert_int_eq(
	    mkdir(arena_printf(t->p.f.arena, "%s/blobs", t->p.f.dir), 0700), 0);
	make_keys(t);
	write_conf(t);
	start_signer(t);
	t->pid[SEQUENCER] = SPAWN(program("sequencer"));
	start_bundler(t);
}

static void
close_portal(struct portal *t)
{
	for (int i = PROCESS__MAX; i-- > 0;)
		if (t->pid[i] > 0)
			ck_assert_int_eq(end(t, (enum process)i, SIGTERM), 0);
	pact_close(&t->p);
}

/* ---- asking and waiting ------------------------------------------------------ */

/* So many records more of who acts. */
static void
add_records(struct portal *t, int n)
{
	fixture_ok(db_begin(t->p.f.ctx.db));
	for (int i = 0; i < n; i++)
		fixture_ok(record_append(&t->p.f.ctx, RECORD_LOG_KEY_ROTATED,
		    "log", json_pack("{s:i}", "number", i)));
	fixture_ok(db_end(t->p.f.ctx.db, ERR_OK));
}

static char *
ask(struct portal *t)
{
	const struct bundle_filter everything = { 0 };
	char *ref;

	fixture_ok(bundle_ask(&t->p.f.ctx, &everything, &ref));
	return ref;
}

static struct bundle *
load(struct portal *t, const char *ref)
{
	struct bundle *b;

	fixture_ok(bundle_load(&t->p.f.ctx, ref, &b));
	return b;
}

static struct bundle *
wait_for(struct portal *t, const char *ref, enum bundle_state state)
{
	const int64_t end_at = clock_steady() + WAIT_S * CLOCK_S;
	struct bundle *b;

	while ((b = load(t, ref))->state < state) {
		ck_assert_int_lt(clock_steady(), end_at);
		poll(NULL, 0, LOOK_MS);
	}
	return b;
}

static char *
tar_of(struct portal *t, const struct bundle *b)
{
	char *path, *type;

	ck_assert_int_eq(b->state, BUNDLE_READY);
	fixture_ok(blob_path(&t->p.f.ctx, b->blob, &path, &type));
	return arena_printf(t->p.f.arena, "%s/blobs/%s", t->p.f.dir, path);
}

static void
expect_accepted(struct portal *t, const struct bundle *b)
{
	ck_assert_int_eq(UNIT_SPAWN(t->said, program("entente-verify"), "--key",
			     t->log_text, tar_of(t, b)),
	    0);
}

START_TEST(made)
{
	struct portal t;
	char *ref, *again;

	open_portal(&t);
	pact_force(&t.p, GRID, 1 << GRID | 1 << CERT);
	ref = ask(&t);
	again = ask(&t);
	expect_accepted(&t, wait_for(&t, ref, BUNDLE_READY));
	expect_accepted(&t, wait_for(&t, again, BUNDLE_READY));
	close_portal(&t);
}
END_TEST

START_TEST(one_at_a_time)
{
	struct portal t;
	char said[UNIT_PATH];

	open_portal(&t);
	expect_accepted(&t, wait_for(&t, ask(&t), BUNDLE_READY));
	unit_path(said, t.p.f.dir, "second");
	ck_assert_int_eq(UNIT_SPAWN(said, program("bundler")), 1);
	close_portal(&t);
}
END_TEST

/* While it is made, again and again; the last one makes it. */
START_TEST(killed)
{
	struct portal t;
	int status;
	char *ref;

	open_portal(&t);
	add_records(&t, MANY);
	ref = ask(&t);
	for (int i = 0; i < 3; i++) {
		wait_for(&t, ref, BUNDLE_MAKING);
		poll(NULL, 0, 40 * i);
		status = end(&t, BUNDLER, SIGKILL);
		ck_assert(WIFSIGNALED(status));
		start_bundler(&t);
	}
	expect_accepted(&t, wait_for(&t, ref, BUNDLE_READY));
	ck_assert_int_eq(load(&t, ref)->records, load(&t, ref)->done);
	close_portal(&t);
}
END_TEST

/* Told to end in the middle, it ends; the next one goes on. */
START_TEST(told_to_end)
{
	struct portal t;
	char *ref;

	open_portal(&t);
	add_records(&t, MANY);
	ref = ask(&t);
	wait_for(&t, ref, BUNDLE_MAKING);
	ck_assert_int_eq(end(&t, BUNDLER, SIGTERM), 0);
	start_bundler(&t);
	expect_accepted(&t, wait_for(&t, ref, BUNDLE_READY));
	close_portal(&t);
}
END_TEST

/* ---- other keys ------------------------------------------------------------- */

static char *
published(struct portal *t, const char *name)
{
	return arena_printf(t->p.f.arena, "%s/log/%s", t->p.f.dir, name);
}

/* The file of that pattern beside the log, once it is there. */
static char *
wait_for_file(struct portal *t, const char *pattern)
{
	const int64_t end_at = clock_steady() + WAIT_S * CLOCK_S;
	glob_t found;
	char *path;

	while (glob(published(t, pattern), 0, NULL, &found) != 0) {
		ck_assert_int_lt(clock_steady(), end_at);
		poll(NULL, 0, LOOK_MS);
	}
	ck_assert_uint_eq(found.gl_pathc, 1);
	path = arena_copy(t->p.f.arena, found.gl_pathv[0]);
	globfree(&found);
	return path;
}

/*
 * While it is asked for the log gets another key: it is made all the same, and
 * whoever has the old one follows the hand-over.
 */
START_TEST(key_rotated)
{
	struct portal t;
	char *ref, *old;

	open_portal(&t);
	pact_force(&t.p, GRID, 1 << GRID | 1 << CERT);
	expect_accepted(&t, wait_for(&t, ask(&t), BUNDLE_READY));
	old = arena_printf(t.p.f.arena, "%s/old-key.txt", t.p.f.dir);
	ck_assert_int_eq(UNIT_SPAWN(t.said, "cp", t.log_text, old), 0);
	ck_assert_int_eq(end(&t, SIGNER, SIGTERM), 0);
	ref = ask(&t);
	ck_assert_int_eq(UNIT_SPAWN(t.said, program("ententectl"), "key",
			     "rotate", t.folder),
	    0);
	start_signer(&t);
	expect_accepted(&t, wait_for(&t, ref, BUNDLE_READY));
	ck_assert_int_eq(UNIT_SPAWN(t.said, program("entente-verify"), "--key",
			     old, tar_of(&t, load(&t, ref))),
	    1);
	ck_assert_int_eq(
	    UNIT_SPAWN(t.said, program("entente-verify"), "--key", old,
		"--handover", wait_for_file(&t, "handover-*.txt"),
		tar_of(&t, load(&t, ref))),
	    0);
	close_portal(&t);
}
END_TEST

/* Nothing is appended, and its key is published all the same. */
START_TEST(becomes_a_witness)
{
	struct portal t;

	open_portal(&t);
	wait_for_file(&t, "bundle-key.pub");
	ck_assert_int_eq(end(&t, SIGNER, SIGTERM), 0);
	ck_assert_int_eq(
	    UNIT_SPAWN(t.said, program("ententectl"), "witness", "make",
		t.folder, "--name", "portal.example/witness"),
	    0);
	start_signer(&t);
	wait_for_file(&t, "witness-key.txt");
	close_portal(&t);
}
END_TEST

UNIT_MAIN("bundler", UNIT(made), UNIT(one_at_a_time), UNIT(killed),
    UNIT(told_to_end), UNIT(key_rotated), UNIT(becomes_a_witness))
