/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program bundler itself, beside signer and sequencer as they run in a
 * portal: what it makes is accepted, and a kill at any moment loses nothing.
 */
#include <errno.h>
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
	char log_text[UNIT_PATH];
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

static void
start_bundler(struct portal *t)
{
	t->pid[BUNDLER] = SPAWN(program("bundler"));
}

static void
open_portal(struct portal *t)
{
	char uid[16];

	memset(t, 0, sizeof(*t));
	pact_open(&t->p);
	unit_path(t->folder, t->p.f.dir, "keys");
	unit_path(t->conf, t->p.f.dir, "entente.conf");
	unit_path(t->sock, t->p.f.dir, "sock");
	unit_path(t->log_key, t->folder, "log.key");
	unit_path(t->bundle_key, t->folder, "bundle.key");
	unit_path(t->state, t->folder, "state");
	unit_path(t->log_text, t->folder, "log-key.txt");
	/* As ententectl migrate does. */
	ck_assert_int_eq(
	    mkdir(arena_printf(t->p.f.arena, "%s/blobs", t->p.f.dir), 0700), 0);
	make_keys(t);
	write_conf(t);
	snprintf(uid, sizeof(uid), "%u", (unsigned)getuid());
	t->pid[SIGNER] = SPAWN(program("signer"), "--log-key", t->log_key,
	    "--bundle-key", t->bundle_key, "--state", t->state, "--peer", uid,
	    "--socket", t->sock);
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

static void
expect_accepted(struct portal *t, const struct bundle *b)
{
	char said[UNIT_PATH], *path, *type;

	ck_assert_int_eq(b->state, BUNDLE_READY);
	unit_path(said, t->p.f.dir, "said");
	fixture_ok(blob_path(&t->p.f.ctx, b->blob, &path, &type));
	ck_assert_int_eq(
	    UNIT_SPAWN(said, program("entente-verify"), "--key", t->log_text,
		arena_printf(t->p.f.arena, "%s/blobs/%s", t->p.f.dir, path)),
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

UNIT_MAIN(
    "bundler", UNIT(made), UNIT(one_at_a_time), UNIT(killed), UNIT(told_to_end))
