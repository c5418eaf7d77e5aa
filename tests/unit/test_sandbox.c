/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sandbox itself, raised around a forked child that then tries to get
 * out: each row an attempt, and how it must end.  filter.c and sandbox.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/log.h"
#include "scan/sandbox.h"
#include "unit.h"

enum { DONE = 0, NO_SANDBOX = 99 };

/* How a try ends: by this signal, or with this errno (DONE: it worked). */
struct
try {
	const char *name;
	int (*act)(void);
	int signal;
	int error;
	bool in_thin; /* holds without seccomp and limits of memory, too */
};

/* ---- attempts ------------------------------------------------------------- */

static int
result(long rc)
{
	return rc == -1 ? errno : DONE;
}

static int
open_passwd(void)
{
	return result(open("/etc/passwd", O_RDONLY));
}

static int
open_passwd_old_way(void)
{
#ifdef SYS_open
	return result(syscall(SYS_open, "/etc/passwd", O_RDONLY, 0));
#else
	return EACCES;
#endif
}

static int
open_own_memory(void)
{
	return result(open("/proc/self/mem", O_RDWR));
}

static int
write_file(void)
{
	return result(open("/tmp/entente-sandbox", O_WRONLY | O_CREAT, 0600));
}

static int
make_socket(void)
{
	return result(socket(AF_INET, SOCK_STREAM, 0));
}

static int
make_unix_socket(void)
{
	return result(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
make_process(void)
{
	return result(fork());
}

static int
make_process_raw(void)
{
	return result(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static int
execute(void)
{
	execl("/bin/true", "true", NULL);
	return errno;
}

static int
signal_parent(void)
{
	return result(kill(getppid(), 0));
}

static int
signal_parent_thread(void)
{
	return result(syscall(SYS_tgkill, getppid(), getppid(), 0));
}

static int
give_up(void)
{
	abort();
}

static int
trace_parent(void)
{
	return result(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
remove_file(void)
{
	return result(unlink("/tmp/entente-sandbox"));
}

static int
load_module(void)
{
	return result(syscall(SYS_bpf, 0, NULL, 0));
}

static int
make_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : DONE;
}

static int
change_limits(void)
{
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

	return result(setrlimit(RLIMIT_DATA, &none));
}

static int
take_memory(void)
{
	void *p = malloc((size_t)SANDBOX_MEMORY + 1);

	if (p == NULL)
		return errno;
	*(volatile char *)p = 1;
	return DONE;
}

static int
spend_time(void)
{
	for (volatile unsigned long n = 0;; n++)
		;
	return DONE;
}

static int
be_good(void)
{
	char *p = malloc(1024 * 1024);

	if (p == NULL)
		return errno;
	memset(p, 1, 1024 * 1024);
	free(p);
	return DONE;
}

/* ---- the table -------------------------------------------------------------- */

static const struct try reader[] = {
	{ "good", be_good, 0, DONE, true },
	{ "open", open_passwd, 0, EACCES, true },
	{ "open, old", open_passwd_old_way, 0, EACCES, true },
	{ "memory file", open_own_memory, 0, EACCES, true },
	{ "write", write_file, 0, EACCES, true },
	{ "socket", make_socket, SIGSYS, 0, false },
	{ "Unix socket", make_unix_socket, SIGSYS, 0, false },
	{ "fork", make_process, SIGSYS, 0, false },
	{ "clone", make_process_raw, SIGSYS, 0, false },
	{ "execute", execute, SIGSYS, 0, false },
	{ "signal", signal_parent, SIGSYS, 0, false },
	{ "signal, thread", signal_parent_thread, SIGSYS, 0, false },
	{ "abort", give_up, SIGABRT, 0, false },
	{ "trace", trace_parent, SIGSYS, 0, false },
	{ "unlink", remove_file, SIGSYS, 0, false },
	{ "bpf", load_module, SIGSYS, 0, false },
	{ "code", make_code, SIGSYS, 0, false },
	{ "limits", change_limits, SIGSYS, 0, false },
	{ "memory", take_memory, 0, ENOMEM, false },
};

/* It opens what Landlock leaves it, and executes one program. */
static const struct try extractor[] = {
	{ "good", be_good, 0, DONE, true },
	{ "open", open_passwd, 0, EACCES, true },
	{ "memory file", open_own_memory, SIGSYS, 0, false },
	{ "write", write_file, SIGSYS, 0, false },
	{ "socket", make_socket, SIGSYS, 0, false },
	{ "fork", make_process, SIGSYS, 0, false },
	{ "execute", execute, 0, EACCES, true },
	{ "signal", signal_parent, SIGSYS, 0, false },
	{ "signal, thread", signal_parent_thread, SIGSYS, 0, false },
	{ "abort", give_up, SIGABRT, 0, false },
	{ "code", make_code, SIGSYS, 0, false },
	{ "limits", change_limits, SIGSYS, 0, false },
	{ "memory", take_memory, 0, ENOMEM, false },
};

static int
run(const struct try *t, enum sandbox_kind kind)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		log_open("test", LOG_ERROR);
		if (sandbox_enter(kind,
			kind == SANDBOX_EXTRACTOR ? "/usr/bin/pdftotext"
						  : NULL) != ERR_OK)
			_exit(NO_SANDBOX);
		_exit(t->act());
	}
	ck_assert_int_gt(pid, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

static void
check(const struct try *t, enum sandbox_kind kind)
{
	int status;

	if (sandbox_is_thin && !t->in_thin)
		return;
	status = run(t, kind);
	if (t->signal != 0) {
		ck_assert_msg(
		    WIFSIGNALED(status), "%s: status %d", t->name, status);
		ck_assert_int_eq(WTERMSIG(status), t->signal);
		return;
	}
	ck_assert_msg(WIFEXITED(status), "%s: status %d", t->name, status);
	ck_assert_msg(WEXITSTATUS(status) == t->error, "%s: %s", t->name,
	    strerror(WEXITSTATUS(status)));
}

START_TEST(in_reader)
{
	check(&reader[_i], SANDBOX_READER);
}
END_TEST

START_TEST(in_extractor)
{
	check(&extractor[_i], SANDBOX_EXTRACTOR);
}
END_TEST

/* A kernel without it: seccomp alone, and no program where that is not enough. */
START_TEST(without_landlock)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int status;
	pid_t pid;

	ck_assert_ptr_nonnull(filter);
	ck_assert_int_eq(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
			     SCMP_SYS(landlock_create_ruleset), 0),
	    0);
	ck_assert_int_eq(seccomp_load(filter), 0);
	seccomp_release(filter);
	if (!sandbox_is_thin)
		for (size_t i = 0; i < sizeof(reader) / sizeof(reader[0]); i++)
			check(&reader[i], SANDBOX_READER);
	if ((pid = fork()) == 0)
		_exit(
		    sandbox_enter(SANDBOX_EXTRACTOR, "/bin/true") != ERR_STATE);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

/* Without the sandbox the same attempts work: the table can fail. */
START_TEST(outside)
{
	ck_assert_int_eq(open_passwd(), DONE);
	ck_assert_int_eq(make_socket(), DONE);
	ck_assert_int_eq(make_unix_socket(), DONE);
	ck_assert_int_eq(signal_parent(), DONE);
	ck_assert_int_eq(make_code(), DONE);
}
END_TEST

/* The processor's time has an end; the test shortens it before. */
START_TEST(time_is_over)
{
	static const struct try t = { "time", spend_time, SIGXCPU, 0, true };
	struct rlimit second = { 1, 2 };
	int status;

	ck_assert_int_eq(setrlimit(RLIMIT_CPU, &second), 0);
	status = run(&t, SANDBOX_READER);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGXCPU);
}
END_TEST

START_TEST(descriptors)
{
	int fd = open("/dev/null", O_RDONLY), high = dup2(fd, 500);

	ck_assert_int_eq(high, 500);
	sandbox_close_fds(fd + 1);
	ck_assert_int_eq(fcntl(fd, F_GETFD), 0);
	ck_assert_int_eq(fcntl(high, F_GETFD), -1);
	close(fd);
}
END_TEST

UNIT_MAIN("sandbox", UNIT_ROWS(in_reader, reader),
    UNIT_ROWS(in_extractor, extractor), UNIT(without_landlock), UNIT(outside),
    UNIT(time_is_over), UNIT(descriptors))
