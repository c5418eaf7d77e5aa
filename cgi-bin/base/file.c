/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/span.h"

static const char module[] = "file";

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
	return file_error(module, text);
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

static enum err
write_all(int fd, const char *bytes, size_t len)
{
	ssize_t n;

	while (len > 0) {
		if ((n = write(fd, bytes, len)) == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return file_error(module, "write");
		bytes += n;
		len -= (size_t)n;
	}
	return ERR_OK;
}

static enum err
fill_file(int fd, const void *bytes, size_t len, unsigned mode)
{
	enum err rc;

	if ((rc = write_all(fd, bytes, len)) != ERR_OK)
		return rc;
	if (fchmod(fd, (mode_t)mode) == -1)
		return file_error(module, "fchmod");
	return fsync(fd) == -1 ? file_error(module, "fsync") : ERR_OK;
}

enum err
file_sync_name(const char *path)
{
	char *copy = strdup(path);
	enum err rc;

	if (copy == NULL)
		return ERR_MEMORY;
	rc = sync_one(dirname(copy), O_RDONLY | O_DIRECTORY);
	free(copy);
	return rc;
}

/* `temporary` ends in XXXXXX. */
static enum err
put(const char *path, char *temporary, struct span bytes, unsigned mode)
{
	enum err rc;
	int fd;

	if ((fd = mkostemp(temporary, O_CLOEXEC)) == -1)
		return file_error(module, "mkostemp");
	rc = fill_file(fd, bytes.at, bytes.len, mode);
	if (close(fd) == -1 && rc == ERR_OK)
		rc = file_error(module, "close");
	if (rc == ERR_OK && rename(temporary, path) == -1)
		rc = file_error(module, "rename");
	if (rc != ERR_OK)
		unlink(temporary);
	return rc == ERR_OK ? file_sync_name(path) : rc;
}

enum err
file_put(const char *path, const void *bytes, size_t len, unsigned mode)
{
	static const char end[] = ".new-XXXXXX";
	char *temporary = malloc(strlen(path) + sizeof(end));
	enum err rc;

	if (temporary == NULL)
		return ERR_MEMORY;
	memcpy(temporary, path, strlen(path));
	memcpy(temporary + strlen(path), end, sizeof(end));
	rc = put(path, temporary, (struct span){ bytes, len }, mode);
	free(temporary);
	return rc;
}

enum err
file_sync(const char *path)
{
	enum err rc;

	if ((rc = sync_one(path, O_RDONLY)) != ERR_OK)
		return rc;
	return file_sync_name(path);
}
