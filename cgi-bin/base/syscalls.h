/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which system calls a process may make from now on, as a table, by libseccomp:
 * those of the table, and any other ends it.  Each program that locks itself
 * in has a table of its own.  Who links this links libseccomp.
 */
#ifndef BASE_SYSCALLS_H
#define BASE_SYSCALLS_H

#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { SYSCALLS_ALWAYS = -1 };

/*
 * One way in which a call may be made: always, or with the bits `mask` of
 * argument `at` equal to `value`.  `error` 0 lets it through, else the call
 * fails so: libraries try some things and do without.  `kinds` are bits: a
 * table may serve several kinds of process.
 */
struct syscalls_way {
	int call;
	int kinds;
	int error;
	int at;
	uint64_t mask, value;
};

/* Rows: let through; let through as the arguments say; made to fail. */
#define SYSCALLS_WAY(name, kinds)                               \
	{                                                       \
		SCMP_SYS(name), kinds, 0, SYSCALLS_ALWAYS, 0, 0 \
	}
#define SYSCALLS_FAILS(name, kinds, error)                          \
	{                                                           \
		SCMP_SYS(name), kinds, error, SYSCALLS_ALWAYS, 0, 0 \
	}
#define SYSCALLS_ONLY(name, kinds, at, mask, value)       \
	{                                                 \
		SCMP_SYS(name), kinds, 0, at, mask, value \
	}

/*
 * Loads the rows that have one of the bits of `kind`, for ever; and lets a
 * process send a signal to itself, for abort().  Where no_new_privs is not
 * set, it needs rights.  ERR_INTERNAL (logged).
 */
enum err syscalls_enter(const struct syscalls_way *, size_t n, int kind);

#endif
