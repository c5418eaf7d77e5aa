/* SPDX-License-Identifier: Apache-2.0 */
/* Files that a process gives up; each test is a process of its own. */
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/landlock.h"
#include "base/log.h"
#include "unit.h"

static char dir[UNIT_PATH], kept[UNIT_PATH], given_up[UNIT_PATH];

static void
start(void)
{
	unit_scratch(dir);
	unit_file(dir, "kept", "x", kept);
	unit_file(dir, "given_up", "x", given_up);
	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
}

static int
try_open(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd == -1)
		return errno;
	close(fd);
	return 0;
}

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
}

/*
 * In a process that ends without a word: at a usual end AddressSanitizer
 * looks for leaks, with files that are given up here.  The line that failed
 * is the exit status.
 */
#define WANT(x)                                \
	do {                                   \
		if (!(x))                      \
			_exit(__LINE__ & 255); \
	} while (0)

static void
give_up_all_but_a_file(void)
{
	const struct landlock_path paths[] = {
		{ kept, LANDLOCK_MAY_READ },
		{ "/no/such/thing", LANDLOCK_MAY_READ },
		{ NULL, LANDLOCK_MAY_READ },
	};
	char other[UNIT_PATH + 8];

	snprintf(other, sizeof(other), "%s.new", kept);
	WANT(landlock_enter(paths) == ERR_OK);
	WANT(try_open(kept, O_RDONLY) == 0);
	WANT(try_open(kept, O_WRONLY) == EACCES);
	WANT(try_open(given_up, O_RDONLY) == EACCES);
	WANT(try_open("/etc/passwd", O_RDONLY) == EACCES);
	WANT(try_open("/proc/self/maps", O_RDONLY) == EACCES);
	WANT(try_open(other, O_WRONLY | O_CREAT) == EACCES);
	WANT(unlink(given_up) == -1 && errno == EACCES);
	execl("/bin/true", "true", NULL);
	WANT(errno == EACCES);
}

static void
give_up_all_but_a_folder(void)
{
	const struct landlock_path paths[] = {
		{ dir, LANDLOCK_MAY_READ },
		{ NULL, LANDLOCK_MAY_READ },
	};

	WANT(landlock_enter(paths) == ERR_OK);
	WANT(try_open(dir, O_RDONLY | O_DIRECTORY) == 0);
	WANT(try_open(given_up, O_RDONLY) == 0);
	WANT(try_open(given_up, O_WRONLY) == EACCES);
	WANT(try_open("/etc/passwd", O_RDONLY) == EACCES);
}

static void (*const attempts[])(
    void) = { give_up_all_but_a_file, give_up_all_but_a_folder };

START_TEST(entered)
{
	int status;
	pid_t pid;

	start();
	if (has_landlock()) {
		if ((pid = fork()) == 0) {
			attempts[_i]();
			_exit(0);
		}
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert(WIFEXITED(status));
		ck_assert_int_eq(WEXITSTATUS(status), 0);
	}
	unit_remove(dir);
}
END_TEST

/* What a kernel without it answers, and a filter that does not let ask. */
static const int answers[] = { ENOSYS, EOPNOTSUPP, EPERM };

START_TEST(none)
{
	static const struct landlock_path paths[] = {
		{ NULL, LANDLOCK_MAY_READ },
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	start();
	ck_assert_ptr_nonnull(filter);
	ck_assert_int_eq(
	    seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)answers[_i]),
		SCMP_SYS(landlock_create_ruleset), 0),
	    0);
	ck_assert_int_eq(seccomp_load(filter), 0);
	ck_assert(!landlock_is_there());
	ck_assert_int_eq(landlock_enter(paths), ERR_STATE);
	ck_assert_int_eq(try_open(kept, O_RDONLY), 0);
	seccomp_release(filter);
	unit_remove(dir);
}
END_TEST

UNIT_MAIN("landlock", UNIT_ROWS(entered, attempts), UNIT_ROWS(none, answers))
