/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Landlock (Linux 5.13 and later): a process gives up all files but those
 * below some paths, for ever and for its children.
 */
#ifndef BASE_LANDLOCK_H
#define BASE_LANDLOCK_H

#include <stdbool.h>

#include "base/err.h"

enum landlock_may {
	LANDLOCK_MAY_READ,    /* files and folders below */
	LANDLOCK_MAY_EXECUTE, /* this file; reading it, too */
	LANDLOCK_MAY_REPLACE  /* files in this folder: made, written, renamed */
};

/* A table of these ends with path NULL; what is not there is passed over. */
struct landlock_path {
	const char *path;
	enum landlock_may may;
};

/*
 * All other uses of files end in EACCES from now on; what is open stays.
 * Wants no_new_privs.  ERR_STATE: the kernel has none, or may not be asked
 * (not logged: what that means, the caller knows); ERR_INTERNAL (logged).
 */
enum err landlock_enter(const struct landlock_path *);

/* Whether this kernel has it, and this process may know. */
bool landlock_is_there(void);

#endif
