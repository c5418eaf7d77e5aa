/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program courier itself: over the network to witnesses of the test's own,
 * beside one that hangs and one that nobody runs; and killed in between.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>

#include "base/file.h"
#include "base/log.h"
#include "http_server.h"
#include "log_fixture.h"
#include "program.h"
#include "witness.h"

enum { WAIT_S = 40, LOOK_MS = 10 };

struct town {
	struct log_world l;
	struct witness witness;
	struct http_server server, hanging;
	char conf[UNIT_PATH], names[UNIT_PATH];
	pid_t courier;
};

/* ---- witnesses -------------------------------------------------------- */

static void
cosign(
    void *arg, const char *head, const char *body, size_t len, struct buf *out)
{
	struct witness *w = arg;
	struct buf text;
	int status = 404;

	buf_init(&text, NOTE_MAX);
	if (text_starts(head, "POST /w/add-checkpoint HTTP/1.1\r\n"))
		status = witness_answer(w, body, len, &text);
	buf_addf(out,
	    "HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n",
	    status, status == 409 ? "text/x.tlog.size" : "text/plain",
	    text.len);
	buf_add(out, text.data, text.len);
	buf_free(&text);
}

static void
hang(void *arg, const char *head, const char *body, size_t len, struct buf *out)
{
	(void)arg;
	(void)head;
	(void)body;
	(void)len;
	(void)out;
	pause();
}

/* ---- the town --------------------------------------------------------- */

static void
add_line(struct buf *out, const char *name, uint8_t seed, int port)
{
	struct log_key k = log_key(name, NOTE_COSIGNATURE, seed);
	char text[NOTE_KEY_TEXT];

	note_key_text(&k.pub, text);
	buf_addf(out, "%s http://127.0.0.1:%d/w\n", text, port);
}

static void
write_files(struct town *t)
{
	char *conf = arena_printf(t->l.f.arena,
	    "data_dir %s\norigin http://localhost:8080\nwitness_file %s\n",
	    t->l.f.dir, t->names);
	struct buf lines;
	int nobody;

	close(http_listen(&nobody));
	buf_init(&lines, 4096);
	add_line(&lines, "w.example/nobody", 3, nobody);
	add_line(&lines, "w.example/hangs", 2, t->hanging.port);
	buf_adds(&lines, "this is no line of a witness\n");
	add_line(&lines, "w.example/a", 1, t->server.port);
	fixture_ok(file_put(t->names, lines.data, lines.len, 0600));
	fixture_ok(file_put(t->conf, conf, strlen(conf), 0600));
	ck_assert_int_eq(setenv("ENTENTE_CONF", t->conf, 1), 0);
	buf_free(&lines);
}

static void
start_courier(struct town *t)
{
	const char *build = getenv("BUILD");
	char path[UNIT_PATH];
	char *argv[] = { path, NULL };

	unit_path(path, build != NULL ? build : "build", "bin/courier");
	ck_assert_int_eq(
	    posix_spawn(&t->courier, path, NULL, NULL, argv, environ), 0);
}

static int
end_courier(struct town *t, int signo)
{
	int status;

	ck_assert_int_eq(kill(t->courier, signo), 0);
	ck_assert_int_eq(waitpid(t->courier, &status, 0), t->courier);
	return status;
}

static void
open_town(struct town *t)
{
	memset(t, 0, sizeof(*t));
	log_open_world(&t->l);
	fixture_ok(log_start(&t->l));
	witness_start(&t->witness, "w.example/a", 1, &t->l.key);
	unit_path(t->conf, t->l.f.dir, "entente.conf");
	unit_path(t->names, t->l.f.dir, "witnesses");
	http_start(&t->server, cosign, &t->witness);
	http_start(&t->hanging, hang, NULL);
	write_files(t);
	start_courier(t);
}

static void
close_town(struct town *t)
{
	const int status = end_courier(t, SIGTERM);

	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	http_end(&t->server);
	http_end(&t->hanging);
	log_close_world(&t->l);
}

static void
grow(struct town *t, int64_t n)
{
	log_records(&t->l, n);
	log_catch_up(&t->l);
}

static void
wait_for(struct town *t, const char *sql, int64_t number)
{
	const int64_t end_at = clock_steady() + WAIT_S * CLOCK_S;

	while (fixture_int(&t->l.f, sql) != number) {
		ck_assert_msg(clock_steady() < end_at, "%s is not %lld", sql,
		    (long long)number);
		poll(NULL, 0, LOOK_MS);
	}
}

/* Until the newest checkpoint has a cosignature that holds. */
static void
wait_for_cosignature(struct town *t)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	struct buf text;
	int64_t time_s;

	wait_for(t,
	    "SELECT COUNT(*) FROM log_cosignature"
	    " WHERE size = (SELECT MAX(size) FROM log_checkpoint)",
	    1);
	fixture_ok(log_sequence_cosigned(&t->l.s));
	buf_init(&text, NOTE_MAX);
	fixture_ok(log_file_read_checkpoint(t->l.f.ctx.conf, &text));
	fixture_ok(checkpoint_open((struct span){ text.data, text.len },
	    &t->l.key, &note, &c, &fault));
	ck_assert_int_eq(
	    cosignature_check(&note, &t->witness.key.pub, &time_s), TLOG_OK);
	ck_assert_uint_eq(c.tree.size, t->l.s.size);
	buf_free(&text);
}

/* One that hangs keeps nobody waiting, nor does one that is not there. */
START_TEST(cosigned)
{
	struct town t;
	int64_t start_at;

	open_town(&t);
	grow(&t, 3);
	wait_for_cosignature(&t);
	start_at = clock_steady();
	grow(&t, 300);
	wait_for_cosignature(&t);
	grow(&t, 1);
	wait_for_cosignature(&t);
	ck_assert_int_lt(clock_steady() - start_at, 8 * CLOCK_S);
	wait_for(&t,
	    "SELECT COUNT(*) FROM log_witness"
	    " WHERE witness = 'w.example/nobody' AND trouble = 'unreachable'",
	    1);
	wait_for(&t,
	    "SELECT COUNT(*) FROM log_witness"
	    " WHERE witness = 'w.example/hangs' AND trouble = 'timeout'",
	    1);
	wait_for(&t, "SELECT COUNT(*) FROM log_witness", 3);
	close_town(&t);
}
END_TEST

/* At any moment; the next one goes on. */
START_TEST(killed)
{
	struct town t;
	int status;

	open_town(&t);
	for (int i = 0; i < 8; i++) {
		grow(&t, 3);
		poll(NULL, 0, 40 * i);
		status = end_courier(&t, SIGKILL);
		ck_assert(WIFSIGNALED(status));
		start_courier(&t);
	}
	grow(&t, 1);
	wait_for_cosignature(&t);
	close_town(&t);
}
END_TEST

/* Nobody is named: it runs, and nothing of former witnesses is shown. */
START_TEST(nobody)
{
	struct town t;

	open_town(&t);
	grow(&t, 3);
	wait_for_cosignature(&t);
	end_courier(&t, SIGTERM);
	ck_assert_int_eq(unlink(t.names), 0);
	start_courier(&t);
	wait_for(&t, "SELECT COUNT(*) FROM log_witness", 0);
	ck_assert_int_eq(
	    fixture_int(&t.l.f, "SELECT COUNT(*) FROM log_cosignature"), 1);
	close_town(&t);
}
END_TEST

UNIT_MAIN("courier", UNIT(cosigned), UNIT(killed), UNIT(nobody))
