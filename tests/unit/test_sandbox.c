/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sandbox itself, raised around a forked child that then tries to get
 * out: each row an attempt, and how it must end.  filter.c and sandbox.c.
 */
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "scan/sandbox.h"
#include "jail.h"

/* ---- attempts ------------------------------------------------------------- */

static int
open_passwd_old_way(void)
{
#ifdef SYS_open
	return jail_result(syscall(SYS_open, "/etc/passwd", O_RDONLY, 0));
#else
	return EACCES;
#endif
}

static int
open_own_memory(void)
{
	return jail_result(open("/proc/self/mem", O_RDWR));
}

static int
write_file(void)
{
	return jail_result(
	    open("/tmp/entente-sandbox", O_WRONLY | O_CREAT, 0600));
}

static int
make_process_raw(void)
{
	return jail_result(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static int
signal_parent_thread(void)
{
	return jail_result(syscall(SYS_tgkill, getppid(), getppid(), 0));
}

static int
give_up(void)
{
	abort();
}

static int
remove_file(void)
{
	return jail_result(unlink("/tmp/entente-sandbox"));
}

static int
load_module(void)
{
	return jail_result(syscall(SYS_bpf, 0, NULL, 0));
}

static int
make_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : JAIL_DONE;
}

static int
change_limits(void)
{
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

	return jail_result(setrlimit(RLIMIT_DATA, &none));
}

static int
take_memory(void)
{
	void *p = malloc((size_t)SANDBOX_MEMORY + 1);

	if (p == NULL)
		return errno;
	*(volatile char *)p = 1;
	return JAIL_DONE;
}

static int
spend_time(void)
{
	for (volatile unsigned long n = 0;; n++)
		;
	return JAIL_DONE;
}

static int
be_good(void)
{
	char *p = malloc(1024 * 1024);

	if (p == NULL)
		return errno;
	memset(p, 1, 1024 * 1024);
	free(p);
	return JAIL_DONE;
}

/* ---- the table -------------------------------------------------------------- */

static const struct jail_try reader[] = {
	{ "good", be_good, 0, JAIL_DONE, true },
	{ "open", jail_open_passwd, 0, EACCES, true },
	{ "open, old", open_passwd_old_way, 0, EACCES, true },
	{ "memory file", open_own_memory, 0, EACCES, true },
	{ "write", write_file, 0, EACCES, true },
	{ "socket", jail_socket, SIGSYS, 0, false },
	{ "Unix socket", jail_unix_socket, SIGSYS, 0, false },
	{ "fork", jail_fork, SIGSYS, 0, false },
	{ "clone", make_process_raw, SIGSYS, 0, false },
	{ "execute", jail_execute, SIGSYS, 0, false },
	{ "signal", jail_signal_parent, SIGSYS, 0, false },
	{ "signal, thread", signal_parent_thread, SIGSYS, 0, false },
	{ "abort", give_up, SIGABRT, 0, false },
	{ "trace", jail_trace_parent, SIGSYS, 0, false },
	{ "unlink", remove_file, SIGSYS, 0, false },
	{ "bpf", load_module, SIGSYS, 0, false },
	{ "code", make_code, SIGSYS, 0, false },
	{ "limits", change_limits, SIGSYS, 0, false },
	{ "memory", take_memory, 0, ENOMEM, false },
};

/* It opens what Landlock leaves it, and executes one program. */
static const struct jail_try extractor[] = {
	{ "good", be_good, 0, JAIL_DONE, true },
	{ "open", jail_open_passwd, 0, EACCES, true },
	{ "memory file", open_own_memory, SIGSYS, 0, false },
	{ "write", write_file, SIGSYS, 0, false },
	{ "socket", jail_socket, SIGSYS, 0, false },
	{ "fork", jail_fork, SIGSYS, 0, false },
	{ "execute", jail_execute, 0, EACCES, true },
	{ "signal", jail_signal_parent, SIGSYS, 0, false },
	{ "signal, thread", signal_parent_thread, SIGSYS, 0, false },
	{ "abort", give_up, SIGABRT, 0, false },
	{ "code", make_code, SIGSYS, 0, false },
	{ "limits", change_limits, SIGSYS, 0, false },
	{ "memory", take_memory, 0, ENOMEM, false },
};

static bool
enter_reader(void)
{
	return sandbox_enter(SANDBOX_READER, NULL) == ERR_OK;
}

static bool
enter_extractor(void)
{
	return sandbox_enter(SANDBOX_EXTRACTOR, "/usr/bin/pdftotext") == ERR_OK;
}

START_TEST(in_reader)
{
	jail_check(&reader[_i], enter_reader, sandbox_is_thin);
}
END_TEST

START_TEST(in_extractor)
{
	jail_check(&extractor[_i], enter_extractor, sandbox_is_thin);
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
			jail_check(&reader[i], enter_reader, sandbox_is_thin);
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
	ck_assert_int_eq(jail_open_passwd(), JAIL_DONE);
	ck_assert_int_eq(jail_socket(), JAIL_DONE);
	ck_assert_int_eq(jail_unix_socket(), JAIL_DONE);
	ck_assert_int_eq(jail_signal_parent(), JAIL_DONE);
	ck_assert_int_eq(make_code(), JAIL_DONE);
}
END_TEST

/* The processor's time has an end; the test shortens it before. */
START_TEST(time_is_over)
{
	static const struct jail_try t = { "time", spend_time, SIGXCPU, 0,
		true };
	struct rlimit second = { 1, 2 };

	ck_assert_int_eq(setrlimit(RLIMIT_CPU, &second), 0);
	jail_check(&t, enter_reader, sandbox_is_thin);
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
