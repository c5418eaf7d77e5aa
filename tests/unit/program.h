/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another program, run to its end: without a shell, with nothing to read, and
 * what it prints on both outputs kept in a file.
 */
#ifndef UNIT_PROGRAM_H
#define UNIT_PROGRAM_H

#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>

#include "unit.h"

extern char **environ;

/*
 * Found by PATH unless argv[0] has a slash; argv ends with NULL.  The exit
 * status; that it cannot be run, or is killed, fails the test.
 */
static inline int
unit_spawn(const char *const *argv, const char *output_path)
{
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(
	    &actions, 1, output_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	ck_assert_msg(posix_spawnp(&pid, argv[0], &actions, NULL,
			  (char **)(uintptr_t)argv, environ) == 0,
	    "%s cannot be run", argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The words after the program: UNIT_SPAWN(out, "minisign", "-v") */
#define UNIT_SPAWN(output_path, ...) \
	unit_spawn((const char *const[]){ __VA_ARGS__, NULL }, output_path)

#endif
