/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts to get out of a sandbox that was raised around a forked child, and
 * how each must end.  Those that only one sandbox is asked stand with its
 * tests.
 */
#ifndef UNIT_JAIL_H
#define UNIT_JAIL_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/log.h"
#include "unit.h"

enum { JAIL_DONE = 0, JAIL_NONE = 99 };

/* How a try ends: by this signal, or with this errno (JAIL_DONE: it worked). */
struct jail_try {
	const char *name;
	int (*act)(void);
	int signal;
	int error;
	bool in_thin; /* holds without seccomp and limits of memory, too */
};

static inline int
jail_result(long rc)
{
	return rc == -1 ? errno : JAIL_DONE;
}

static inline int
jail_open_passwd(void)
{
	return jail_result(open("/etc/passwd", O_RDONLY));
}

static inline int
jail_socket(void)
{
	return jail_result(socket(AF_INET, SOCK_STREAM, 0));
}

static inline int
jail_unix_socket(void)
{
	return jail_result(socket(AF_UNIX, SOCK_STREAM, 0));
}

static inline int
jail_fork(void)
{
	return jail_result(fork());
}

static inline int
jail_execute(void)
{
	execl("/bin/true", "true", NULL);
	return errno;
}

static inline int
jail_signal_parent(void)
{
	return jail_result(kill(getppid(), 0));
}

static inline int
jail_trace_parent(void)
{
	return jail_result(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

/*
 * Forks a child that raises its walls (`enter` says whether they stand), tries
 * to get out, and must end as the row says.
 */
static inline void
jail_check(const struct jail_try *t, bool (*enter)(void), bool is_thin)
{
	int status;
	pid_t pid;

	if (is_thin && !t->in_thin)
		return;
	if ((pid = fork()) == 0) {
		log_open("test", LOG_ERROR);
		signal(SIGSYS, SIG_DFL);
		_exit(enter() ? t->act() : JAIL_NONE);
	}
	ck_assert_int_gt(pid, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (t->signal != 0)
		ck_assert_msg(
		    WIFSIGNALED(status) && WTERMSIG(status) == t->signal,
		    "%s: status %x", t->name, status);
	else
		ck_assert_msg(
		    WIFEXITED(status) && WEXITSTATUS(status) == t->error,
		    "%s: status %x, %s", t->name, status,
		    strerror(WEXITSTATUS(status)));
}

#endif
