/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "base/file.h"
#include "base/landlock.h"
#include "base/log.h"
#include "base/syscalls.h"

static const char where[] = "signer";

#if defined(__SANITIZE_ADDRESS__)
#define THIN true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define THIN true
#endif
#endif
#ifndef THIN
#define THIN false
#endif

const bool signer_sandbox_is_thin = THIN;

enum { ALL = 1 };

static const struct syscalls_way ways[] = {
	/* who asks, and the answer */
	SYSCALLS_WAY(ppoll, ALL),
	SYSCALLS_WAY(poll, ALL),
	SYSCALLS_WAY(accept4, ALL),
	SYSCALLS_ONLY(getsockopt, ALL, 2, ~UINT64_C(0), SO_PEERCRED),
	SYSCALLS_WAY(recvfrom, ALL),
	SYSCALLS_WAY(sendto, ALL),
	SYSCALLS_WAY(read, ALL),
	SYSCALLS_WAY(write, ALL),
	SYSCALLS_WAY(close, ALL),
	SYSCALLS_WAY(shutdown, ALL),

	/* the state: Landlock says where */
	SYSCALLS_WAY(openat, ALL),
	SYSCALLS_WAY(renameat, ALL),
	SYSCALLS_WAY(unlinkat, ALL),
	SYSCALLS_WAY(fsync, ALL),
	SYSCALLS_WAY(fstat, ALL),
	SYSCALLS_WAY(newfstatat, ALL),
	SYSCALLS_FAILS(ioctl, ALL, ENOTTY),

	/* memory: never executable */
	SYSCALLS_WAY(brk, ALL),
	SYSCALLS_WAY(munmap, ALL),
	SYSCALLS_WAY(munlock, ALL),
	SYSCALLS_WAY(mremap, ALL),
	SYSCALLS_WAY(madvise, ALL),
	SYSCALLS_ONLY(mmap, ALL, 2, PROT_EXEC, 0),
	SYSCALLS_ONLY(mprotect, ALL, 2, PROT_EXEC, 0),

	/* itself */
	SYSCALLS_WAY(rt_sigaction, ALL),
	SYSCALLS_WAY(rt_sigprocmask, ALL),
	SYSCALLS_WAY(rt_sigreturn, ALL),
	SYSCALLS_WAY(restart_syscall, ALL),
	SYSCALLS_WAY(getpid, ALL),
	SYSCALLS_WAY(gettid, ALL),
	SYSCALLS_WAY(futex, ALL),
	SYSCALLS_WAY(clock_gettime, ALL),
	SYSCALLS_WAY(getrandom, ALL),
	SYSCALLS_WAY(exit, ALL),
	SYSCALLS_WAY(exit_group, ALL),
};

static enum err
give_up_rights(void)
{
	const struct rlimit none = { 0, 0 };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return file_error(where, "no_new_privs");
	/* Nobody of the same user may look into its memory. */
	if (!THIN && prctl(PR_SET_DUMPABLE, 0) == -1)
		return file_error(where, "dumpable");
	if (setrlimit(RLIMIT_CORE, &none) == -1)
		return file_error(where, "setrlimit");
	return ERR_OK;
}

enum err
signer_sandbox_enter(const char *state_folder)
{
	const struct landlock_path paths[] = {
		{ state_folder, LANDLOCK_MAY_REPLACE },
		{ THIN ? "/proc" : NULL, LANDLOCK_MAY_READ },
		{ NULL, LANDLOCK_MAY_READ },
	};
	enum err rc;

	if ((rc = give_up_rights()) != ERR_OK)
		return rc;
	if ((rc = landlock_enter(paths)) == ERR_STATE) {
		log_line(LOG_WARNING, where,
		    "no Landlock in the kernel, or it must not be used: "
		    "files are not closed to this process");
		rc = ERR_OK;
	}
	if (rc == ERR_OK && !THIN)
		rc = syscalls_enter(ways, sizeof(ways) / sizeof(ways[0]), ALL);
	return rc;
}
