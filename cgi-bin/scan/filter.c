/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "base/syscalls.h"

enum { READER = 1 << SANDBOX_READER, EXTRACTOR = 1 << SANDBOX_EXTRACTOR };
enum { BOTH = READER | EXTRACTOR };

static const struct syscalls_way ways[] = {
	/* what is open */
	SYSCALLS_WAY(read, BOTH),
	SYSCALLS_WAY(write, BOTH),
	SYSCALLS_WAY(close, BOTH),
	SYSCALLS_WAY(lseek, BOTH),
	SYSCALLS_WAY(fstat, BOTH),
	SYSCALLS_WAY(newfstatat, BOTH),
	SYSCALLS_WAY(poll, BOTH),
	SYSCALLS_WAY(ppoll, BOTH),
	SYSCALLS_WAY(pread64, EXTRACTOR),
	SYSCALLS_WAY(readv, EXTRACTOR),
	SYSCALLS_WAY(writev, EXTRACTOR),
	SYSCALLS_WAY(getdents64, EXTRACTOR),
	SYSCALLS_WAY(fadvise64, EXTRACTOR),
	SYSCALLS_ONLY(fcntl, BOTH, 1, ~UINT64_C(0), F_GETFL),
	SYSCALLS_ONLY(fcntl, BOTH, 1, ~UINT64_C(0), F_GETFD),
	SYSCALLS_FAILS(ioctl, BOTH, ENOTTY),

	/* what is not: Landlock says which, for reading alone */
	SYSCALLS_FAILS(openat, READER, EACCES),
	SYSCALLS_FAILS(open, READER, EACCES),
	SYSCALLS_ONLY(
	    openat, EXTRACTOR, 2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY),
	SYSCALLS_FAILS(access, BOTH, EACCES),
	SYSCALLS_FAILS(faccessat, BOTH, EACCES),
	SYSCALLS_FAILS(faccessat2, BOTH, EACCES),
	SYSCALLS_FAILS(readlink, BOTH, EACCES),
	SYSCALLS_FAILS(readlinkat, BOTH, EACCES),

	/* memory: writable or executable, never both */
	SYSCALLS_WAY(brk, BOTH),
	SYSCALLS_WAY(munmap, BOTH),
	SYSCALLS_WAY(mremap, BOTH),
	SYSCALLS_WAY(madvise, BOTH),
	SYSCALLS_ONLY(mmap, BOTH, 2, PROT_EXEC, 0),
	SYSCALLS_ONLY(mprotect, BOTH, 2, PROT_EXEC, 0),
	SYSCALLS_ONLY(mmap, EXTRACTOR, 2, PROT_WRITE | PROT_EXEC, PROT_EXEC),
	SYSCALLS_ONLY(
	    mprotect, EXTRACTOR, 2, PROT_WRITE | PROT_EXEC, PROT_EXEC),

	/* itself */
	SYSCALLS_WAY(execve, EXTRACTOR),
	SYSCALLS_WAY(arch_prctl, EXTRACTOR),
	SYSCALLS_WAY(set_tid_address, EXTRACTOR),
	SYSCALLS_WAY(set_robust_list, EXTRACTOR),
	SYSCALLS_WAY(rseq, EXTRACTOR),
	SYSCALLS_ONLY(
	    prlimit64, EXTRACTOR, 2, ~UINT64_C(0), 0), /* asks, sets none */
	SYSCALLS_WAY(rt_sigaction, BOTH),
	SYSCALLS_WAY(rt_sigprocmask, BOTH),
	SYSCALLS_WAY(rt_sigreturn, BOTH),
	SYSCALLS_WAY(getpid, BOTH),
	SYSCALLS_WAY(gettid, BOTH),
	SYSCALLS_WAY(futex, BOTH),
	SYSCALLS_WAY(sched_yield, BOTH),
	SYSCALLS_WAY(sysinfo, BOTH),
	SYSCALLS_WAY(uname, BOTH),
	SYSCALLS_WAY(clock_gettime, BOTH),
	SYSCALLS_WAY(gettimeofday, BOTH),
	SYSCALLS_WAY(time, BOTH),
	SYSCALLS_WAY(getrandom, BOTH),
	SYSCALLS_WAY(wait4, READER), /* for the extractor */
	SYSCALLS_WAY(exit, BOTH),
	SYSCALLS_WAY(exit_group, BOTH),
};

enum err
filter_enter(enum sandbox_kind kind)
{
	return syscalls_enter(ways, sizeof(ways) / sizeof(ways[0]), 1 << kind);
}
