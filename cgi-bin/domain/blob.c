/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "crypt/token.h"

enum {
	FILE_MODE = 0640, /* the web server's group reads it */
	DIR_MODE = 0750,
	PIECE_BYTES = 64 * 1024
};

static const char where[] = "blob";

enum sql { SQL_BY_DIGEST, SQL_INSERT, SQL_BY_ID, SQL_ALL, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_BY_DIGEST] = "SELECT id FROM blob WHERE sha256 = $1",
	[SQL_INSERT] =
	    "INSERT INTO blob (sha256, bytes, media_type, created_at)"
	    " VALUES ($1, $2, $3, $4) RETURNING id",
	[SQL_BY_ID] = "SELECT sha256, media_type FROM blob WHERE id = $1",
	[SQL_ALL] = "SELECT sha256, bytes FROM blob ORDER BY id",
};

/* ---- names ----------------------------------------------------------- */

static char *
folder_of(struct ctx *ctx, const char *hex)
{
	return arena_printf(
	    ctx->arena, "%s/blobs/%.2s", ctx->conf->data_dir, hex);
}

static char *
file_of(struct ctx *ctx, const char *hex)
{
	return arena_printf(
	    ctx->arena, "%s/blobs/%.2s/%s", ctx->conf->data_dir, hex, hex);
}

/* ---- files ----------------------------------------------------------- */

static enum err
make_folder(const char *path)
{
	if (mkdir(path, DIR_MODE) == -1 && errno != EEXIST)
		return file_error(where, "mkdir");
	return ERR_OK;
}

static enum err
make_folders(struct ctx *ctx, const char *hex)
{
	enum err rc;

	rc = make_folder(
	    arena_printf(ctx->arena, "%s/blobs", ctx->conf->data_dir));
	return rc == ERR_OK ? make_folder(folder_of(ctx, hex)) : rc;
}

static bool
is_there(const char *path, size_t len)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size >= 0 && (uintmax_t)st.st_size == len;
}

/* ---- reading --------------------------------------------------------- */

/* The file's own digest as hex and its length; false: cannot be read. */
static bool
read_back(int fd, char hex[DIGEST_TEXT], int64_t *len)
{
	char piece[PIECE_BYTES];
	uint8_t digest[DIGEST_BYTES];
	struct digest sum;
	ssize_t n;

	*len = 0;
	digest_start(&sum);
	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return false;
		digest_feed(&sum, piece, (size_t)n);
		*len += n;
	}
	digest_finish(&sum, digest);
	digest_hex(digest, hex);
	return true;
}

enum err
blob_measure(const char *path, struct blob_file *file)
{
	int64_t len;
	enum err rc = ERR_OK;
	int fd;

	memset(file, 0, sizeof(*file));
	file->path = path;
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) == -1)
		return file_error(where, "open");
	if (!read_back(fd, file->sha256, &len))
		rc = file_error(where, "read");
	else if (fchmod(fd, FILE_MODE) == -1)
		rc = file_error(where, "fchmod");
	else if (fsync(fd) == -1)
		rc = file_error(where, "fsync");
	file->bytes = (size_t)len;
	close(fd);
	return rc;
}

/* ---- blobs ----------------------------------------------------------- */

/* What is to be kept: bytes in memory, or a file that was measured. */
struct source {
	const char *hex;
	size_t len;
	const void *bytes; /* NULL: … */
	const char *path;  /* … the file, on the disk already */
	const char *media_type;
};

/*
 * Either the old file or the whole new one stands under the name, and the name
 * is on the disk: also of a file that a rolled back transaction left, whose
 * bytes are there, perhaps not yet its name.
 */
static enum err
put_file(struct ctx *ctx, const struct source *from)
{
	const char *file = file_of(ctx, from->hex);
	const bool is_new = !is_there(file, from->len);

	if (is_new && from->bytes != NULL)
		return file_put(file, from->bytes, from->len, FILE_MODE);
	if (is_new && rename(from->path, file) == -1)
		return file_error(where, "rename");
	return file_sync_name(file);
}

/*
 * The name of a folder in blobs/: nobody removes one, so that each is flushed
 * once in the life of a process, which has one data directory.
 */
static enum err
flush_folder(struct ctx *ctx, const char *hex)
{
	static bool is_flushed[256];
	const char pair[3] = { hex[0], hex[1], '\0' };
	bool *is_done = &is_flushed[strtoul(pair, NULL, 16)];
	enum err rc = ERR_OK;

	if (!*is_done)
		rc = file_sync_name(folder_of(ctx, hex));
	*is_done = rc == ERR_OK;
	return rc;
}

/* The row may be committed only when bytes and names are on the disk. */
static enum err
keep_file(struct ctx *ctx, const struct source *from)
{
	enum err rc;

	if ((rc = make_folders(ctx, from->hex)) != ERR_OK ||
	    (rc = put_file(ctx, from)) != ERR_OK)
		return rc;
	return flush_folder(ctx, from->hex);
}

static enum err
keep(struct ctx *ctx, const struct source *from, int64_t *id)
{
	enum err known, rc;

	*id = 0;
	if (!db_in_write(ctx->db)) {
		log_line(LOG_ERROR, where, "outside of a transaction");
		return ERR_INTERNAL;
	}
	known = db_one_int(
	    ctx->db, sql[SQL_BY_DIGEST], DB_ARGS(db_t(from->hex)), id);
	if (known == ERR_OK && is_there(file_of(ctx, from->hex), from->len))
		return ERR_OK;
	if (known != ERR_OK && known != ERR_NOT_FOUND)
		return known;
	if ((rc = keep_file(ctx, from)) != ERR_OK || known == ERR_OK)
		return rc;
	return db_one_int(ctx->db, sql[SQL_INSERT],
	    DB_ARGS(db_t(from->hex), db_i((int64_t)from->len),
		db_t(from->media_type), db_i(ctx->now_at)),
	    id);
}

enum err
blob_keep(struct ctx *ctx, const void *bytes, size_t len,
    const char *media_type, int64_t *id)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_TEXT];
	const struct source from = { hex, len, bytes, NULL, media_type };

	digest_sha256(bytes, len, digest);
	digest_hex(digest, hex);
	return keep(ctx, &from, id);
}

enum err
blob_keep_file(struct ctx *ctx, const struct blob_file *file,
    const char *media_type, int64_t *id)
{
	const struct source from = { file->sha256, file->bytes, NULL,
		file->path, media_type };

	return keep(ctx, &from, id);
}

enum err
blob_path(struct ctx *ctx, int64_t id, char **path, char **media_type)
{
	struct db_rows *rows;
	char *hex;
	enum err rc;

	*path = *media_type = NULL;
	rows = db_query(ctx->db, sql[SQL_BY_ID], DB_ARGS(db_i(id)));
	if (db_next(rows)) {
		hex = db_col_text(rows, 0, ctx->arena);
		*path = arena_printf(ctx->arena, "%.2s/%s", hex, hex);
		*media_type = db_col_text(rows, 1, ctx->arena);
	}
	rc = db_done(rows);
	return rc == ERR_OK && *path == NULL ? ERR_NOT_FOUND : rc;
}

/* ---- checking -------------------------------------------------------- */

static char *
look(struct ctx *ctx, const char *hex, int64_t bytes)
{
	const char *what = "is missing";
	char actual[DIGEST_TEXT];
	int64_t len;
	int fd;

	fd = open(file_of(ctx, hex), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		goto bad;
	what = "cannot be read";
	if (!read_back(fd, actual, &len))
		goto bad;
	what = "is not what was kept";
	if (len != bytes || strcmp(actual, hex) != 0)
		goto bad;
	what = NULL;
bad:
	if (fd != -1)
		close(fd);
	return what == NULL ? NULL
			    : arena_printf(ctx->arena, "blob %s %s", hex, what);
}

enum err
blob_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	struct db_rows *rows;
	const char *hex;

	*checked = 0;
	*problem = NULL;
	rows = db_query(ctx->db, sql[SQL_ALL], DB_NONE);
	while (*problem == NULL && db_next(rows)) {
		hex = db_col_peek(rows, 0, NULL);
		*problem = look(ctx, hex, db_col_int(rows, 1));
		if (*problem == NULL)
			++*checked;
	}
	return db_done(rows);
}
