/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small files read whole, the fsync that makes a new file last, and what an
 * error of the system about a file means to us.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Appends the file's bytes to the buffer, whose limit holds.  ERR_NOT_FOUND
 * no such file, ERR_TOO_LARGE, ERR_INTERNAL (logged).
 */
enum err file_read(const char *path, struct buf *);

/*
 * Flushes a closed file, and its name in its directory, to the disk.
 * ERR_FULL, ERR_INTERNAL (logged).
 */
enum err file_sync(const char *path);
/* The folder alone that has this name: so that the name lasts. */
enum err file_sync_name(const char *path);

/*
 * Either the old file or the whole new one stands under the name, also after
 * a power cut: a temporary file beside it, fsync, rename, fsync of the
 * folder.  The mode is what it says, whatever the umask.  ERR_FULL,
 * ERR_INTERNAL (logged).
 */
enum err
file_put(const char *path, const void *bytes, size_t len, unsigned mode);

/*
 * Logs "<what>: <errno's words>" as the module `where` (a literal).  ERR_FULL
 * when the disk or a quota is full, else ERR_INTERNAL.
 */
enum err file_error(const char *where, const char *what);

#endif
