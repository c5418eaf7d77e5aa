/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

static const char where[] = "log";

enum { PATH = 1024, FILE_MODE = 0644, DIR_MODE = 0755 };

/* "<data_dir>/log/<name>" */
static enum err
path_of(const struct conf *conf, const char *name, char out[PATH])
{
	int n = snprintf(out, PATH, "%s/" LOG_DIR "/%s", conf->data_dir, name);

	return n < 0 || n >= PATH ? ERR_INTERNAL : ERR_OK;
}

static enum err
tile_path(const struct conf *conf, const struct tlog_tile *tile, char out[PATH])
{
	char name[TLOG_TILE_PATH];

	tlog_tile_path(tile, name);
	return path_of(conf, name, out);
}

/* Whatever the umask: the web server reads here. */
static enum err
make_folder(const char *path)
{
	if (mkdir(path, DIR_MODE) == -1)
		return errno == EEXIST ? ERR_OK : file_error(where, "mkdir");
	return chmod(path, DIR_MODE) == -1 ? file_error(where, "chmod")
					   : ERR_OK;
}

/* Every folder between the log's own and the file. */
static enum err
make_folders(const struct conf *conf, char *path)
{
	char *at = path + strlen(conf->data_dir) + sizeof("/" LOG_DIR);
	enum err rc = ERR_OK;

	while (rc == ERR_OK && (at = strchr(at, '/')) != NULL) {
		*at = '\0';
		rc = make_folder(path);
		*at++ = '/';
	}
	return rc;
}

enum err
log_file_start(const struct conf *conf)
{
	char path[PATH];
	enum err rc;

	if ((rc = path_of(conf, "", path)) != ERR_OK)
		return rc;
	path[strlen(path) - 1] = '\0';
	return make_folder(path);
}

bool
log_file_is_started(const struct conf *conf)
{
	char path[PATH];

	return path_of(conf, "", path) == ERR_OK && access(path, F_OK) == 0;
}

/* ---- tiles ------------------------------------------------------- */

enum err
log_file_put_tile(const struct conf *conf, const struct tlog_tile *tile,
    const void *bytes, size_t len)
{
	char path[PATH];
	enum err rc;

	if ((rc = tile_path(conf, tile, path)) != ERR_OK ||
	    (rc = make_folders(conf, path)) != ERR_OK)
		return rc;
	return file_put(path, bytes, len, FILE_MODE);
}

enum err
log_file_read_tile(
    const struct conf *conf, const struct tlog_tile *tile, struct buf *out)
{
	char path[PATH];
	enum err rc = tile_path(conf, tile, path);

	return rc == ERR_OK ? file_read(path, out) : rc;
}

/* The folder "<N>.p", with what is in it. */
static void
drop_folder(const char *path)
{
	char name[PATH + 256];
	struct dirent *entry;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		unlink(name);
	}
	closedir(dir);
	rmdir(path);
}

void
log_file_drop_partial(const struct conf *conf, const struct tlog_tile *tile)
{
	const struct tlog_tile full = { tile->level, tile->number,
		TLOG_TILE_WIDTH };
	char path[PATH];

	if (tile_path(conf, &full, path) != ERR_OK ||
	    strlen(path) + sizeof(".p") > PATH)
		return;
	strncat(path, ".p", PATH - strlen(path) - 1);
	drop_folder(path);
}

/* ---- the checkpoint ---------------------------------------------- */

enum err
log_file_put_checkpoint(const struct conf *conf, const void *bytes, size_t len)
{
	char path[PATH];
	enum err rc = path_of(conf, "checkpoint", path);

	return rc == ERR_OK ? file_put(path, bytes, len, FILE_MODE) : rc;
}

enum err
log_file_put_key(
    const struct conf *conf, const char *name, const struct buf *text)
{
	char path[PATH];
	enum err rc = path_of(conf, name, path);

	if (rc == ERR_OK && text->overflow)
		rc = ERR_TOO_LARGE;
	return rc == ERR_OK ? file_put(path, text->data, text->len, FILE_MODE)
			    : rc;
}

enum err
log_file_read_key(const struct conf *conf, const char *name, struct buf *out)
{
	char path[PATH];
	enum err rc = path_of(conf, name, path);

	return rc == ERR_OK ? file_read(path, out) : rc;
}

enum err
log_file_read_checkpoint(const struct conf *conf, struct buf *out)
{
	char path[PATH];
	enum err rc = path_of(conf, "checkpoint", path);

	return rc == ERR_OK ? file_read(path, out) : rc;
}

/* ---- hashes ------------------------------------------------------ */

static enum err
read_hashes(void *arg, const struct tlog_tile *tile, uint8_t *out)
{
	const struct conf *conf = arg;
	const size_t want = (size_t)tile->width * MERKLE_HASH;
	struct tlog_tile full = *tile;
	struct buf bytes;
	enum err rc;

	full.width = TLOG_TILE_WIDTH;
	buf_init(&bytes, TLOG_TILE_BYTES);
	rc = log_file_read_tile(conf, tile, &bytes);
	if (rc == ERR_NOT_FOUND)
		rc = log_file_read_tile(conf, &full, &bytes);
	if (rc == ERR_OK && bytes.len < want) {
		log_line(LOG_ERROR, where, "tile %d/%llu is too short",
		    tile->level, (unsigned long long)tile->number);
		rc = ERR_CORRUPT;
	}
	if (rc == ERR_OK)
		memcpy(out, bytes.data, want);
	buf_free(&bytes);
	return rc;
}

struct tlog_tile_source
log_file_source(const struct conf *conf)
{
	union {
		const struct conf *in;
		void *out;
	} arg = { conf };

	return (struct tlog_tile_source){ read_hashes, arg.out };
}
