/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walls around a process that reads hostile bytes.  All of them stay up
 * for ever, also through execve(), and for every child.
 *
 *	limits		no core, no file written, little memory, seconds of
 *			processor time, no new process
 *	Landlock	no file but those of the kind, see below
 *	seccomp		no system call but those of the kind: above all no
 *			socket, no process, no signal to others
 *
 * In builds with AddressSanitizer, memory and system calls are not limited:
 * its shadow alone takes terabytes of address space, and its leak checker
 * reads /proc and traces this process from another one.
 */
#ifndef SCAN_SANDBOX_H
#define SCAN_SANDBOX_H

#include <stdbool.h>

#include "base/err.h"

enum sandbox_kind {
	SANDBOX_READER,	   /* reads and writes what is open; opens nothing */
	SANDBOX_EXTRACTOR, /* executes one program, which may open what is
			      below the system's libraries for reading */
	SANDBOX__MAX
};

enum {
	SANDBOX_MEMORY = 160 * 1024 * 1024, /* private and writable */
	SANDBOX_SPACE = 512 * 1024 * 1024,  /* of addresses, files included */
	SANDBOX_CPU_S = 10,
	SANDBOX_FILES = 16 /* descriptors */
};

/* True where the walls that AddressSanitizer cannot bear are left out. */
extern const bool sandbox_is_thin;

/* Closes all descriptors from this one on. */
void sandbox_close_fds(int from);

/*
 * Raises the walls, seccomp last.  `program` is what an extractor executes,
 * NULL for a reader.  A reader goes on without Landlock where the kernel has
 * none (logged), since seccomp lets it open nothing; an extractor must not:
 * ERR_STATE.  ERR_INTERNAL (logged): the process must end.
 */
enum err sandbox_enter(enum sandbox_kind, const char *program);

#endif
