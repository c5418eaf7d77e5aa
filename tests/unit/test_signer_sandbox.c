/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's walls, raised around a child that then tries to get out: each
 * row an attempt, and how it must end.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "crypt/signer_sandbox.h"
#include "jail.h"

static char dir[UNIT_PATH], other[UNIT_PATH], key[UNIT_PATH];
static char made[UNIT_PATH], renamed[UNIT_PATH], outside[UNIT_PATH];

static int
open_own_memory(void)
{
	return jail_result(open("/proc/self/mem", O_RDONLY));
}

static int
open_key(void)
{
	return jail_result(open(key, O_RDONLY));
}

static int
write_outside(void)
{
	return jail_result(open(outside, O_WRONLY | O_CREAT, 0600));
}

static int
rename_outside(void)
{
	return jail_result(rename(key, outside));
}

static int
replace_state(void)
{
	int fd = open(made, O_WRONLY | O_CREAT | O_EXCL, 0600);

	if (fd == -1 || write(fd, "x", 1) != 1 || fsync(fd) == -1)
		return errno;
	if (renameat(AT_FDCWD, made, AT_FDCWD, renamed) == -1)
		return errno;
	return jail_result(unlinkat(AT_FDCWD, renamed, 0));
}

static int
make_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : JAIL_DONE;
}

static int
change_mode(void)
{
	return jail_result(chmod(key, 0644));
}

static int
dump_core(void)
{
	struct rlimit now;

	/* Asking is refused, too; the limit was set before. */
	return jail_result(getrlimit(RLIMIT_CORE, &now));
}

/* Landlock's hold in a thin one, under AddressSanitizer. */
static const struct jail_try tries[] = {
	{ "open /etc/passwd", jail_open_passwd, 0, EACCES, true },
	{ "open own memory", open_own_memory, 0, EACCES, false },
	{ "read a key beside the state", open_key, 0, EACCES, true },
	{ "write elsewhere", write_outside, 0, EACCES, true },
	{ "rename away", rename_outside, SIGSYS, 0, false },
	{ "replace the state", replace_state, 0, JAIL_DONE, true },
	{ "internet", jail_socket, SIGSYS, 0, false },
	{ "unix socket", jail_unix_socket, SIGSYS, 0, false },
	{ "fork", jail_fork, SIGSYS, 0, false },
	{ "execute", jail_execute, SIGSYS, 0, false },
	{ "signal", jail_signal_parent, SIGSYS, 0, false },
	{ "trace", jail_trace_parent, SIGSYS, 0, false },
	{ "code", make_code, SIGSYS, 0, false },
	{ "mode", change_mode, SIGSYS, 0, false },
	{ "limits", dump_core, SIGSYS, 0, false },
};

static bool
enter(void)
{
	return signer_sandbox_enter(dir) == ERR_OK;
}

START_TEST(attempts)
{
	unit_scratch(dir);
	unit_scratch(other);
	unit_file(dir, "key", "secret", key);
	unit_path(made, dir, "state.new");
	unit_path(renamed, dir, "state");
	unit_path(outside, other, "x");
	jail_check(&tries[_i], enter, signer_sandbox_is_thin);
	unit_remove(dir);
	unit_remove(other);
}
END_TEST

UNIT_MAIN("signer_sandbox", UNIT_ROWS(attempts, tries))
