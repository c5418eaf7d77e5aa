/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum err
file_error(const char *where, const char *what)
{
	int saved = errno;

	log_line(LOG_ERROR, where, "%s: %s", what, strerror(saved));
	return saved == ENOSPC || saved == EDQUOT ? ERR_FULL : ERR_INTERNAL;
}

static enum err
fail(const char *what, const char *path)
{
	int saved = errno;
	char text[PATH_MAX + 40];

	snprintf(text, sizeof(text), "%s %s", what, path);
	errno = saved;
	return file_error("file", text);
}

static enum err
read_all(int fd, const char *path, struct buf *out)
{
	char block[4096];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail("read", path);
		buf_add(out, block, (size_t)n);
		if (out->overflow)
			return ERR_TOO_LARGE;
	}
	return ERR_OK;
}

enum err
file_read(const char *path, struct buf *out)
{
	enum err rc;
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND
							   : fail("open", path);
	rc = read_all(fd, path, out);
	close(fd);
	return rc;
}

static enum err
sync_one(const char *path, int flags)
{
	enum err rc = ERR_OK;
	int fd;

	if ((fd = open(path, flags | O_CLOEXEC)) == -1)
		return fail("open", path);
	if (fsync(fd) == -1)
		rc = fail("fsync", path);
	close(fd);
	return rc;
}

enum err
file_sync(const char *path)
{
	char *copy;
	enum err rc;

	if ((rc = sync_one(path, O_RDONLY)) != ERR_OK)
		return rc;
	if ((copy = strdup(path)) == NULL)
		return ERR_MEMORY;
	rc = sync_one(dirname(copy), O_RDONLY | O_DIRECTORY);
	free(copy);
	return rc;
}
