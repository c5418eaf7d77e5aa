/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"

static const char where[] = "signer";

enum { FILE_NAME = 256 };

enum err
signer_state_read(int folder, const char *name, struct buf *out)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char block[1024];
	enum err rc = ERR_OK;
	ssize_t n;

	if (fd == -1)
		return errno == ENOENT ? ERR_NOT_FOUND
				       : file_error(where, name);
	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = file_error(where, name);
			break;
		}
		buf_add(out, block, (size_t)n);
	}
	close(fd);
	return rc == ERR_OK && out->overflow ? ERR_CORRUPT : rc;
}

static enum err
write_all(int fd, const char *bytes, size_t len)
{
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return file_error(where, "writing the state");
	}
	return ERR_OK;
}

enum err
signer_state_write(int folder, const char *file, const struct buf *b)
{
	char name[FILE_NAME];
	enum err rc;
	int fd;

	snprintf(name, sizeof(name), "%s.new", file);
	/* A crash may have left one, which the sandbox cannot truncate. */
	if (unlinkat(folder, name, 0) == -1 && errno != ENOENT)
		return file_error(where, name);
	fd = openat(folder, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd == -1)
		return file_error(where, name);
	rc = write_all(fd, b->data, b->len);
	if (rc == ERR_OK && fsync(fd) == -1)
		rc = file_error(where, "flushing the state");
	close(fd);
	if (rc != ERR_OK)
		return rc;
	if (renameat(folder, name, folder, file) == -1)
		return file_error(where, "renaming the state");
	if (fsync(folder) == -1)
		return file_error(where, "flushing the state's folder");
	return ERR_OK;
}
