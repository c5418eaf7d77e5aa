/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's walls, raised around a child that then tries to get out: each
 * row an attempt, and how it must end.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/log.h"
#include "crypt/signer_sandbox.h"
#include "unit.h"

enum { DONE = 0, NO_SANDBOX = 99 };

static char dir[UNIT_PATH], other[UNIT_PATH], key[UNIT_PATH];
static char made[UNIT_PATH], renamed[UNIT_PATH], outside[UNIT_PATH];

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
open_own_memory(void)
{
	return result(open("/proc/self/mem", O_RDONLY));
}

static int
open_key(void)
{
	return result(open(key, O_RDONLY));
}

static int
write_outside(void)
{
	return result(open(outside, O_WRONLY | O_CREAT, 0600));
}

static int
rename_outside(void)
{
	return result(rename(key, outside));
}

static int
replace_state(void)
{
	int fd = open(made, O_WRONLY | O_CREAT | O_EXCL, 0600);

	if (fd == -1 || write(fd, "x", 1) != 1 || fsync(fd) == -1)
		return errno;
	if (renameat(AT_FDCWD, made, AT_FDCWD, renamed) == -1)
		return errno;
	return result(unlinkat(AT_FDCWD, renamed, 0));
}

static int
internet_socket(void)
{
	return result(socket(AF_INET, SOCK_STREAM, 0));
}

static int
unix_socket(void)
{
	return result(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
make_process(void)
{
	return result(fork());
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
trace_parent(void)
{
	return result(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
make_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : DONE;
}

static int
change_mode(void)
{
	return result(chmod(key, 0644));
}

static int
dump_core(void)
{
	struct rlimit now;

	/* Asking is refused, too; the limit was set before. */
	return result(getrlimit(RLIMIT_CORE, &now));
}

/* `holds_thin`: Landlock's, so there also under AddressSanitizer. */
static const struct {
	const char *name;
	int (*act)(void);
	int error, signal;
	bool holds_thin;
} tries[] = {
	{ "open /etc/passwd", open_passwd, EACCES, 0, true },
	{ "open own memory", open_own_memory, EACCES, 0, false },
	{ "read a key beside the state", open_key, EACCES, 0, true },
	{ "write elsewhere", write_outside, EACCES, 0, true },
	{ "rename away", rename_outside, 0, SIGSYS, false },
	{ "replace the state", replace_state, DONE, 0, true },
	{ "internet", internet_socket, 0, SIGSYS, false },
	{ "unix socket", unix_socket, 0, SIGSYS, false },
	{ "fork", make_process, 0, SIGSYS, false },
	{ "execute", execute, 0, SIGSYS, false },
	{ "signal", signal_parent, 0, SIGSYS, false },
	{ "trace", trace_parent, 0, SIGSYS, false },
	{ "code", make_code, 0, SIGSYS, false },
	{ "mode", change_mode, 0, SIGSYS, false },
	{ "limits", dump_core, 0, SIGSYS, false },
};

START_TEST(attempts)
{
	int status;
	pid_t pid;

	log_open("test", LOG_ERROR);
	unit_scratch(dir);
	unit_scratch(other);
	unit_file(dir, "key", "secret", key);
	unit_path(made, dir, "state.new");
	unit_path(renamed, dir, "state");
	unit_path(outside, other, "x");
	if ((pid = fork()) == 0) {
		signal(SIGSYS, SIG_DFL);
		if (signer_sandbox_enter(dir) != ERR_OK)
			_exit(NO_SANDBOX);
		_exit(tries[_i].act());
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (!signer_sandbox_is_thin || tries[_i].holds_thin) {
		if (tries[_i].signal != 0)
			ck_assert_msg(WIFSIGNALED(status) &&
				WTERMSIG(status) == tries[_i].signal,
			    "%s: %x", tries[_i].name, status);
		else
			ck_assert_msg(WIFEXITED(status) &&
				WEXITSTATUS(status) == tries[_i].error,
			    "%s: %x", tries[_i].name, status);
	}
	unit_remove(dir);
	unit_remove(other);
}
END_TEST

UNIT_MAIN("signer_sandbox", UNIT_ROWS(attempts, tries))
