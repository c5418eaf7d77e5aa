/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "scan/reply.h"

static const char where[] = "scan";

struct run {
	const char *program;
	const char *name;
	int document;
	pid_t pid;
	int from;      /* its standard output */
	int64_t until; /* on the steady clock */
	struct buf reply;
	bool is_late;
};

/* ---- start ------------------------------------------------------------ */

/* No signal blocked, none ignored: a worker ignores SIGPIPE. */
static int
set_signals(posix_spawnattr_t *attr)
{
	sigset_t none, all;
	int rc;

	sigemptyset(&none);
	sigfillset(&all);
	sigdelset(&all, SIGKILL);
	sigdelset(&all, SIGSTOP);
	if ((rc = posix_spawnattr_setsigmask(attr, &none)) != 0 ||
	    (rc = posix_spawnattr_setsigdefault(attr, &all)) != 0)
		return rc;
	return posix_spawnattr_setflags(
	    attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* The document as 0, the pipe as 1, our own 2, and nothing else. */
static int
set_files(posix_spawn_file_actions_t *files, int document, int to)
{
	int rc;

	if ((rc = posix_spawn_file_actions_adddup2(files, document, 0)) != 0 ||
	    (rc = posix_spawn_file_actions_adddup2(files, to, 1)) != 0)
		return rc;
	return posix_spawn_file_actions_addclosefrom_np(files, 3);
}

static int
spawn(struct run *r, int to)
{
	static const char *const env[] = { "LC_ALL=C.UTF-8", "TZ=UTC0", NULL };
	const char *const argv[] = { r->program, r->name, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	int rc;

	if ((rc = posix_spawnattr_init(&attr)) != 0)
		return rc;
	if ((rc = posix_spawn_file_actions_init(&files)) != 0) {
		posix_spawnattr_destroy(&attr);
		return rc;
	}
	if ((rc = set_signals(&attr)) == 0 &&
	    (rc = set_files(&files, r->document, to)) == 0)
		rc = posix_spawn(&r->pid, r->program, &files, &attr,
		    (char *const *)(uintptr_t)argv,
		    (char *const *)(uintptr_t)env);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return rc;
}

static enum err
start(struct run *r)
{
	int ends[2];
	int rc;

	if (pipe2(ends, O_CLOEXEC) == -1)
		return file_error(where, "pipe");
	r->from = ends[0];
	rc = spawn(r, ends[1]);
	close(ends[1]);
	if (rc == 0)
		return ERR_OK;
	close(r->from);
	log_line(LOG_ERROR, where, "%s: %s", r->program, strerror(rc));
	return ERR_INTERNAL;
}

/* ---- the answer ------------------------------------------------------- */

/* Waits until there is something, or the time is over: then false. */
static bool
is_ready(struct run *r)
{
	struct pollfd p = { .fd = r->from, .events = POLLIN };
	int64_t left;
	int rc;

	do {
		left = r->until - clock_steady();
		if (left <= 0)
			break;
		rc = poll(&p, 1, (int)(left / 1000) + 1);
		if (rc > 0)
			return true;
	} while (rc == 0 || errno == EINTR);
	r->is_late = true;
	return false;
}

/* To its end; false when there is more than a reply, or no end in time. */
static bool
read_reply(struct run *r)
{
	char block[16 * 1024];
	ssize_t n;

	while (is_ready(r)) {
		n = read(r->from, block, sizeof(block));
		if (n == 0)
			return true;
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return false;
		buf_add(&r->reply, block, (size_t)n);
		if (r->reply.overflow)
			return false;
	}
	return false;
}

/*
 * It may close its output and live on: it has the rest of its time to end.
 * WNOHANG and short sleeps, since a wait knows no limit of time.
 */
static bool
ends_in_time(struct run *r, int *status)
{
	struct timespec nap = { .tv_nsec = 1000 * 1000 };
	pid_t rc;

	while ((rc = waitpid(r->pid, status, WNOHANG)) == 0 ||
	    (rc == -1 && errno == EINTR)) {
		if (clock_steady() >= r->until) {
			r->is_late = true;
			return false;
		}
		nanosleep(&nap, NULL);
	}
	return rc == r->pid;
}

/* Its pid is still its own, since nobody has waited for it. */
static void
end(struct run *r)
{
	kill(r->pid, SIGKILL);
	while (waitpid(r->pid, NULL, 0) == -1 && errno == EINTR)
		;
}

static enum verdict_fault
why(const struct run *r, int status)
{
	if (r->is_late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return VERDICT_LIMIT;
	return VERDICT_UNREADABLE;
}

static void
judge(struct run *r, struct arena *a, struct scan_result *out)
{
	int status = 0;
	bool has_ended = false, is_whole;
	const char *text;

	is_whole = read_reply(r) && (has_ended = ends_in_time(r, &status));
	if (!has_ended)
		end(r);
	if (is_whole && WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
	    reply_read(r->reply.data, r->reply.len, &out->verdict, &text,
		&out->text_len)) {
		out->text = arena_copy_n(a, text, out->text_len);
		return;
	}
	out->verdict = (struct verdict){ .fault = why(r, status) };
	log_line(LOG_WARNING, where, "no answer: %s (status %d)",
	    verdict_faults[out->verdict.fault], status);
}

/* -------------------------------------------------------------------- */

enum err
scan_file_within(struct arena *a, const char *program, int fd, const char *name,
    int wall_ms, struct scan_result *out)
{
	struct run r = {
		.program = program,
		.name = name,
		.document = fd,
		.until = clock_steady() + (int64_t)wall_ms * 1000,
	};
	enum err rc;

	*out = (struct scan_result){ .text = "" };
	out->verdict.fault = VERDICT_UNREADABLE;
	if ((rc = start(&r)) != ERR_OK)
		return rc;
	buf_init(&r.reply, REPLY_MAX);
	judge(&r, a, out);
	buf_free(&r.reply);
	close(r.from);
	return ERR_OK;
}

enum err
scan_file(const char *program, int fd, const char *name, struct arena *a,
    struct scan_result *out)
{
	return scan_file_within(a, program, fd, name, SCAN_WALL_S * 1000, out);
}
