/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

enum { READER = 1 << SANDBOX_READER, EXTRACTOR = 1 << SANDBOX_EXTRACTOR };
enum { BOTH = READER | EXTRACTOR, ALWAYS = -1 };

/*
 * One way in which a call may be made: always, or with the bits `mask` of
 * argument `at` equal to `value`.  `error` 0 lets it through, else the call
 * fails so: libraries try some things and do without.
 */
struct way {
	int call;
	int kinds;
	int error;
	int at;
	uint64_t mask, value;
};

#define WAY(name, kinds)                               \
	{                                              \
		SCMP_SYS(name), kinds, 0, ALWAYS, 0, 0 \
	}
#define FAILS(name, kinds, error)                          \
	{                                                  \
		SCMP_SYS(name), kinds, error, ALWAYS, 0, 0 \
	}
#define ONLY(name, kinds, at, mask, value)                \
	{                                                 \
		SCMP_SYS(name), kinds, 0, at, mask, value \
	}

static const struct way ways[] = {
	/* what is open */
	WAY(read, BOTH),
	WAY(write, BOTH),
	WAY(close, BOTH),
	WAY(lseek, BOTH),
	WAY(fstat, BOTH),
	WAY(newfstatat, BOTH),
	WAY(poll, BOTH),
	WAY(ppoll, BOTH),
	WAY(pread64, EXTRACTOR),
	WAY(readv, EXTRACTOR),
	WAY(writev, EXTRACTOR),
	WAY(getdents64, EXTRACTOR),
	WAY(fadvise64, EXTRACTOR),
	ONLY(fcntl, BOTH, 1, ~UINT64_C(0), F_GETFL),
	ONLY(fcntl, BOTH, 1, ~UINT64_C(0), F_GETFD),
	FAILS(ioctl, BOTH, ENOTTY),

	/* what is not: Landlock says which, for reading alone */
	FAILS(openat, READER, EACCES),
	FAILS(open, READER, EACCES),
	ONLY(openat, EXTRACTOR, 2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY),
	FAILS(access, BOTH, EACCES),
	FAILS(faccessat, BOTH, EACCES),
	FAILS(faccessat2, BOTH, EACCES),
	FAILS(readlink, BOTH, EACCES),
	FAILS(readlinkat, BOTH, EACCES),

	/* memory: writable or executable, never both */
	WAY(brk, BOTH),
	WAY(munmap, BOTH),
	WAY(mremap, BOTH),
	WAY(madvise, BOTH),
	ONLY(mmap, BOTH, 2, PROT_EXEC, 0),
	ONLY(mprotect, BOTH, 2, PROT_EXEC, 0),
	ONLY(mmap, EXTRACTOR, 2, PROT_WRITE | PROT_EXEC, PROT_EXEC),
	ONLY(mprotect, EXTRACTOR, 2, PROT_WRITE | PROT_EXEC, PROT_EXEC),

	/* itself */
	WAY(execve, EXTRACTOR),
	WAY(arch_prctl, EXTRACTOR),
	WAY(set_tid_address, EXTRACTOR),
	WAY(set_robust_list, EXTRACTOR),
	WAY(rseq, EXTRACTOR),
	ONLY(prlimit64, EXTRACTOR, 2, ~UINT64_C(0), 0), /* asks, sets none */
	WAY(rt_sigaction, BOTH),
	WAY(rt_sigprocmask, BOTH),
	WAY(rt_sigreturn, BOTH),
	WAY(getpid, BOTH),
	WAY(gettid, BOTH),
	WAY(futex, BOTH),
	WAY(sched_yield, BOTH),
	WAY(sysinfo, BOTH),
	WAY(uname, BOTH),
	WAY(clock_gettime, BOTH),
	WAY(gettimeofday, BOTH),
	WAY(time, BOTH),
	WAY(getrandom, BOTH),
	WAY(wait4, READER), /* for the extractor */
	WAY(exit, BOTH),
	WAY(exit_group, BOTH),
};

static int
add(scmp_filter_ctx filter, const struct way *w)
{
	uint32_t action =
	    w->error == 0 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO((uint16_t)w->error);
	struct scmp_arg_cmp compare = {
		.arg = (unsigned)w->at,
		.op = SCMP_CMP_MASKED_EQ,
		.datum_a = w->mask,
		.datum_b = w->value,
	};

	/* Below zero: this processor's Linux has no such call. */
	if (w->call < 0)
		return 0;
	if (w->at == ALWAYS)
		return seccomp_rule_add(filter, action, w->call, 0);
	return seccomp_rule_add_array(filter, action, w->call, 1, &compare);
}

static int
fill(scmp_filter_ctx filter, enum sandbox_kind kind)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(ways) / sizeof(ways[0]); i++)
		if (ways[i].kinds & 1 << kind)
			rc = add(filter, &ways[i]);
	return rc;
}

/* abort(), where memory is over: a signal to itself, and to nobody else. */
static int
add_abort(scmp_filter_ctx filter)
{
	const struct way w = {
		.call = SCMP_SYS(tgkill),
		.at = 0,
		.mask = UINT32_MAX,
		.value = (uint64_t)getpid(),
	};

	return add(filter, &w);
}

enum err
filter_enter(enum sandbox_kind kind)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc = -ENOMEM;

	if (filter != NULL &&
	    (rc = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
		 SCMP_ACT_KILL_PROCESS)) == 0 &&
	    (rc = fill(filter, kind)) == 0 && (rc = add_abort(filter)) == 0)
		rc = seccomp_load(filter);
	if (filter != NULL)
		seccomp_release(filter);
	if (rc == 0)
		return ERR_OK;
	log_line(LOG_ERROR, "filter", "cannot be loaded: %s", strerror(-rc));
	return ERR_INTERNAL;
}
