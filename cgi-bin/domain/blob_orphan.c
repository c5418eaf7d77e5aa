/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/blob_orphan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

enum { FOLDERS = 256 };

static const char where[] = "blob";

enum { SQL_HAS, SQL_FORGET_TEXT, SQL_FORGET, SQL__MAX };

#define UNUSED                                                      \
	"SELECT id FROM blob WHERE created_at < $1 AND id NOT IN (" \
	"SELECT blob FROM document_version WHERE blob IS NOT NULL"  \
	" UNION SELECT source FROM advisory_revision"               \
	" WHERE source IS NOT NULL"                                 \
	" UNION SELECT blob FROM bundle WHERE blob IS NOT NULL)"

static const char *const sql[SQL__MAX] = {
	[SQL_HAS] = "SELECT COUNT(*) FROM blob WHERE sha256 = $1",
	[SQL_FORGET_TEXT] = "DELETE FROM document_text"
			    " WHERE blob IN (" UNUSED ")",
	[SQL_FORGET] = "DELETE FROM blob WHERE id IN (" UNUSED ")",
};

/* What is done with each that is found. */
struct search {
	struct ctx *ctx;
	int64_t before_at;
	bool is_removing;
	struct blob_orphans *found;
};

static enum err
is_orphan(struct ctx *ctx, const char *name, bool *is)
{
	int64_t n = 0;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_HAS], DB_ARGS(db_t(name)), &n);
	*is = rc == ERR_OK && n == 0;
	return rc;
}

/* A file that is gone already is what was wanted. */
static enum err
remove_file(struct ctx *ctx, int folder, const char *name, bool *is)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = is_orphan(ctx, name, is);
	if (rc == ERR_OK && *is && unlinkat(folder, name, 0) == -1 &&
	    errno != ENOENT)
		rc = file_error(where, name);
	return db_end(ctx->db, rc);
}

static bool
is_old_file(int folder, const char *name, int64_t before_at, struct stat *st)
{
	return fstatat(folder, name, st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(st->st_mode) && st->st_mtim.tv_sec < before_at / CLOCK_S;
}

static enum err
look(struct search *s, int folder, const char *name)
{
	struct stat st;
	bool is = false;
	enum err rc;

	if (!is_old_file(folder, name, s->before_at, &st))
		return ERR_OK;
	rc = is_orphan(s->ctx, name, &is);
	if (rc == ERR_OK && is && s->is_removing)
		rc = remove_file(s->ctx, folder, name, &is);
	if (rc == ERR_OK && is) {
		s->found->count++;
		s->found->bytes += st.st_size;
	}
	return rc;
}

static enum err
look_in(struct search *s, const char *path)
{
	const struct dirent *entry;
	DIR *folder = opendir(path);
	enum err rc = ERR_OK;

	if (folder == NULL)
		return errno == ENOENT ? ERR_OK : file_error(where, path);
	while (rc == ERR_OK && (entry = readdir(folder)) != NULL)
		rc = look(s, dirfd(folder), entry->d_name);
	closedir(folder);
	return rc;
}

static enum err
look_in_all(struct search *s)
{
	struct ctx *ctx = s->ctx;
	enum err rc = ERR_OK;

	memset(s->found, 0, sizeof(*s->found));
	for (unsigned i = 0; i < FOLDERS && rc == ERR_OK; i++)
		rc = look_in(s,
		    arena_printf(
			ctx->arena, "%s/blobs/%02x", ctx->conf->data_dir, i));
	return rc;
}

enum err
blob_orphans_find(
    struct ctx *ctx, int64_t before_at, struct blob_orphans *found)
{
	struct search s = { ctx, before_at, false, found };

	return look_in_all(&s);
}

enum err
blob_orphans_remove(
    struct ctx *ctx, int64_t before_at, struct blob_orphans *found)
{
	struct search s = { ctx, before_at, true, found };

	return look_in_all(&s);
}

enum err
blob_forget_unused(struct ctx *ctx, int64_t before_at, int64_t *n)
{
	enum err rc;

	*n = 0;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec(ctx->db, sql[SQL_FORGET_TEXT], DB_ARGS(db_i(before_at)));
	if (rc == ERR_OK)
		rc =
		    db_exec(ctx->db, sql[SQL_FORGET], DB_ARGS(db_i(before_at)));
	if (rc == ERR_OK)
		*n = db_changes(ctx->db);
	return db_end(ctx->db, rc);
}
