/* SPDX-License-Identifier: Apache-2.0 */
#include "base/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"

static const char where[] = "landlock";

/* How many kinds of access each version of the interface knows. */
static const int kinds[] = { 0, 13, 14, 15, 15, 16 };

enum { VERSIONS = sizeof(kinds) / sizeof(kinds[0]) };

static uint64_t
all_kinds(long version)
{
	if (version >= VERSIONS)
		version = VERSIONS - 1;
	return (UINT64_C(1) << kinds[version]) - 1;
}

/* -1 when there is none, or this process may not know. */
static long
ask_version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
}

bool
landlock_is_there(void)
{
	return ask_version() >= 1;
}

static uint64_t
kinds_of(enum landlock_may may, int fd)
{
	if (may == LANDLOCK_MAY_EXECUTE)
		return LANDLOCK_ACCESS_FS_EXECUTE |
		    LANDLOCK_ACCESS_FS_READ_FILE;
	if (may == LANDLOCK_MAY_REPLACE)
		return LANDLOCK_ACCESS_FS_WRITE_FILE |
		    LANDLOCK_ACCESS_FS_MAKE_REG |
		    LANDLOCK_ACCESS_FS_REMOVE_FILE |
		    LANDLOCK_ACCESS_FS_READ_DIR;
	/* A single file has no folder to be read. */
	if (faccessat(fd, ".", F_OK, 0) == -1)
		return LANDLOCK_ACCESS_FS_READ_FILE;
	return LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
}

static enum err
allow(int rules, const struct landlock_path *p)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = -1 };
	enum err rc = ERR_OK;

	if ((rule.parent_fd = open(p->path, O_PATH | O_CLOEXEC)) == -1)
		return errno == ENOENT ? ERR_OK : file_error(where, p->path);
	rule.allowed_access = kinds_of(p->may, rule.parent_fd);
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0) == -1)
		rc = file_error(where, "a rule");
	close(rule.parent_fd);
	return rc;
}

enum err
landlock_enter(const struct landlock_path *paths)
{
	struct landlock_ruleset_attr all = { 0 };
	long version = ask_version();
	enum err rc = ERR_OK;
	int rules;

	if (version < 1)
		return ERR_STATE;
	all.handled_access_fs = all_kinds(version);
	rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (rules == -1)
		return file_error(where, "the rules");
	for (; rc == ERR_OK && paths->path != NULL; paths++)
		rc = allow(rules, paths);
	if (rc == ERR_OK && syscall(SYS_landlock_restrict_self, rules, 0) == -1)
		rc = file_error(where, "restrict");
	close(rules);
	return rc;
}
