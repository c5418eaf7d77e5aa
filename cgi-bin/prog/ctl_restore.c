/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "crypt/token.h"
#include "domain/blob.h"
#include "domain/record.h"
#include "prog/ctl_tar.h"

enum { ABOUT_BYTES = 4096, SUMS_BYTES = 64 * 1024 * 1024 };

/*
 * The file is judged like any other from outside: known names only, each
 * once, every byte covered by a sum.
 */
struct restore {
	struct ctl *ctl;
	const char *source;
	struct archive *tar;
	struct buf seen; /* the sums of what was unpacked, in order */
	struct buf sums; /* what the file says they should be */
	bool is_open;	 /* the data directory holds something of ours */
	int64_t documents;
};

static enum ctl_exit
fail(struct restore *r, const char *what)
{
	int saved = errno;

	return ctl_fail(r->ctl,
	    saved == ENOSPC || saved == EDQUOT ? ERR_FULL : ERR_INTERNAL,
	    "%s: %s.", what, strerror(saved));
}

static enum ctl_exit
refuse(struct restore *r, const char *name, const char *why)
{
	return ctl_fail(r->ctl, ERR_MALFORMED,
	    "%s is not a backup that can be used: %.100s %s.", r->source, name,
	    why);
}

static enum ctl_exit
fail_tar(struct restore *r)
{
	const char *why = archive_error_string(r->tar);

	return ctl_fail(r->ctl, ERR_MALFORMED, "%s cannot be read: %s.",
	    r->source, why != NULL ? why : "no reason is known");
}

/* ---- unpacking ------------------------------------------------------- */

static void
note_sum(struct restore *r, const char *name, struct digest *sum)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_TEXT];

	digest_finish(sum, digest);
	digest_hex(digest, hex);
	buf_addf(&r->seen, "%s  %s\n", hex, name);
}

static enum ctl_exit
write_all(struct restore *r, int fd, const char *bytes, size_t len)
{
	ssize_t n;

	while (len > 0) {
		if ((n = write(fd, bytes, len)) == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return fail(r, "writing");
		bytes += n;
		len -= (size_t)n;
	}
	return CTL_DONE;
}

static enum ctl_exit
copy_member(struct restore *r, const char *name, int fd)
{
	char piece[TAR_PIECE];
	struct digest sum;
	enum ctl_exit rc;
	la_ssize_t n;

	digest_start(&sum);
	while ((n = archive_read_data(r->tar, piece, sizeof(piece))) > 0) {
		digest_feed(&sum, piece, (size_t)n);
		rc = write_all(r, fd, piece, (size_t)n);
		if (rc != CTL_DONE)
			return rc;
	}
	if (n < 0)
		return fail_tar(r);
	note_sum(r, name, &sum);
	return CTL_DONE;
}

/* Where a member belongs; in the file it is plain "auth.db". */
static const char *
place_of(const char *name)
{
	return strcmp(name, "auth.db") == 0 ? CONF_AUTH_DB : name;
}

/* A document's content is its name, whatever the sums say. */
static enum ctl_exit
unpack_file(struct restore *r, const char *name)
{
	const char *path = ctl_path(r->ctl, place_of(name));
	enum ctl_exit rc;
	int fd;

	fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd == -1 && errno == EEXIST)
		return refuse(r, name, "is in it twice");
	if (fd == -1)
		return fail(r, path);
	rc = copy_member(r, name, fd);
	if (close(fd) == -1 && rc == CTL_DONE)
		rc = fail(r, path);
	if (tar_is_blob(name))
		r->documents++;
	return rc;
}

/* A member that is read into memory. */
static enum ctl_exit
read_text(struct restore *r, const char *name, struct buf *out)
{
	char piece[TAR_PIECE];
	la_ssize_t n;

	while ((n = archive_read_data(r->tar, piece, sizeof(piece))) > 0)
		buf_add(out, piece, (size_t)n);
	if (n < 0)
		return fail_tar(r);
	return out->overflow ? refuse(r, name, "is too large") : CTL_DONE;
}

static enum ctl_exit
read_about(struct restore *r)
{
	struct digest sum;
	enum ctl_exit rc;
	struct buf text;
	json_t *about;

	buf_init(&text, ABOUT_BYTES);
	if ((rc = read_text(r, TAR_ABOUT, &text)) == CTL_DONE) {
		about = json_loadb(
		    text.data, text.len, JSON_REJECT_DUPLICATES, NULL);
		if (json_integer_value(json_object_get(about, "format")) !=
		    TAR_FORMAT)
			rc = refuse(r, TAR_ABOUT, "names another format");
		json_decref(about);
		digest_start(&sum);
		digest_feed(&sum, text.data, text.len);
		note_sum(r, TAR_ABOUT, &sum);
	}
	buf_free(&text);
	return rc;
}

static enum ctl_exit
unpack_member(struct restore *r, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (name == NULL || archive_entry_filetype(entry) != AE_IFREG ||
	    archive_entry_hardlink(entry) != NULL)
		return refuse(
		    r, name == NULL ? "a name" : name, "is not a plain file");
	if (r->sums.len > 0)
		return refuse(r, name, "stands after the sums");
	if (strcmp(name, TAR_SUMS) == 0)
		return read_text(r, name, &r->sums);
	if ((r->seen.len == 0) != (strcmp(name, TAR_ABOUT) == 0))
		return refuse(r, name, "stands in the wrong place");
	if (strcmp(name, TAR_ABOUT) == 0)
		return read_about(r);
	if (!tar_is_content(name))
		return refuse(r, name, "does not belong in it");
	return unpack_file(r, name);
}

static enum ctl_exit
unpack(struct restore *r)
{
	enum ctl_exit rc = CTL_DONE;
	struct archive_entry *entry;
	int result = ARCHIVE_OK;

	if ((r->tar = archive_read_new()) == NULL)
		return ctl_fail(
		    r->ctl, ERR_MEMORY, "%s", ctl_reason(ERR_MEMORY));
	archive_read_support_format_tar(r->tar);
	archive_read_support_filter_gzip(r->tar);
	if (archive_read_open_filename(r->tar, r->source, TAR_PIECE) !=
	    ARCHIVE_OK)
		return fail_tar(r);
	while (rc == CTL_DONE &&
	    (result = archive_read_next_header(r->tar, &entry)) == ARCHIVE_OK)
		rc = unpack_member(r, entry);
	if (rc == CTL_DONE && result != ARCHIVE_EOF)
		return fail_tar(r);
	return rc;
}

/* ---- judging --------------------------------------------------------- */

static enum ctl_exit
compare_sums(struct restore *r)
{
	if (r->sums.len == 0)
		return refuse(r, TAR_SUMS, "is missing: it is cut short");
	if (r->seen.overflow || r->seen.len != r->sums.len ||
	    memcmp(r->seen.data, r->sums.data, r->sums.len) != 0)
		return refuse(r, "what it holds", "is not what its sums say");
	return CTL_DONE;
}

static enum ctl_exit
check_database(struct restore *r, const char *name, struct db **db)
{
	enum ctl_exit rc;
	char *report;
	enum err code;

	/* Any schema: migrate comes next when it is an older one. */
	if ((rc = ctl_open(r->ctl, place_of(name), 0, db)) != CTL_DONE)
		return rc;
	code = db_check(*db, r->ctl->ctx.arena, &report);
	if (code != ERR_OK)
		return ctl_fail(
		    r->ctl, code, "%s is damaged: %s", name, report);
	return CTL_DONE;
}

static enum ctl_exit
check_contents(struct restore *r)
{
	struct ctx *ctx = &r->ctl->ctx;
	char *problem = NULL;
	enum ctl_exit rc;
	int64_t checked;
	enum err code;

	if ((rc = check_database(r, "portal.db", &ctx->db)) != CTL_DONE)
		return rc;
	if ((rc = check_database(r, "auth.db", &ctx->auth)) != CTL_DONE)
		return rc;
	code = blob_verify(ctx, &checked, &problem);
	if (code == ERR_OK && problem == NULL)
		code = record_verify(ctx, &checked, &problem);
	if (problem != NULL)
		return refuse(r, problem, "in it");
	if (code != ERR_OK)
		return ctl_fail(r->ctl, code, "%s", ctl_reason(code));
	return ctl_set_modes(r->ctl);
}

/* ---- the data directory ---------------------------------------------- */

/*
 * May stand in an "empty" directory, by depth: auth/, blobs/, and the folders
 * of blobs/, of documents and of uploads.
 */
static bool
may_stay(const char *name, int depth)
{
	if (depth == 0)
		return strcmp(name, "blobs") == 0 ||
		    strcmp(name, CONF_AUTH_DIR) == 0;
	if (depth == 1 && strcmp(name, "new") == 0)
		return true;
	return depth == 1 && strlen(name) == 2 &&
	    strspn(name, "0123456789abcdef") == 2;
}

/*
 * Of another program, and in no backup: the signer's keys and state, without
 * which the log cannot go on; the published log, which the sequencer compares
 * when it starts; the bundler's lock.
 */
static bool
is_others(const char *name, int depth)
{
	static const char *const names[] = { "signer", "log", "bundler.lock",
		NULL };

	return depth == 0 && text_index(names, name) >= 0;
}

static bool
is_empty(struct ctl *ctl, const char *path, int depth)
{
	struct dirent *entry;
	bool is_free = true;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return errno == ENOENT;
	while (is_free && (entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
		    !is_others(name, depth))
			is_free = may_stay(name, depth) &&
			    is_empty(ctl,
				arena_printf(
				    ctl->ctx.arena, "%s/%s", path, name),
				depth + 1);
	}
	closedir(dir);
	return is_free;
}

static void
remove_blobs(struct restore *r, const char *folder)
{
	struct dirent *entry;
	const char *name;
	DIR *dir = opendir(ctl_path(r->ctl, folder));

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		name = arena_printf(
		    r->ctl->ctx.arena, "%s/%s", folder, entry->d_name);
		if (tar_is_blob(name))
			unlink(ctl_path(r->ctl, name));
	}
	closedir(dir);
}

/* A backup that was refused leaves the directory as empty as it was. */
static void
clear(struct restore *r)
{
	static const char *const names[] = { "portal.db", "portal.db-wal",
		"portal.db-shm", "portal.db.lock", CONF_AUTH_DB,
		CONF_AUTH_DB "-wal", CONF_AUTH_DB "-shm",
		CONF_AUTH_DB ".lock" };

	db_free(r->ctl->ctx.db);
	db_free(r->ctl->ctx.auth);
	r->ctl->ctx.db = r->ctl->ctx.auth = NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(ctl_path(r->ctl, names[i]));
	for (unsigned i = 0; i < 256; i++)
		remove_blobs(
		    r, arena_printf(r->ctl->ctx.arena, "blobs/%02x", i));
}

static enum ctl_exit
flush(struct restore *r)
{
	int fd =
	    open(r->ctl->conf->data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum ctl_exit rc = CTL_DONE;

	if (fd == -1 || syncfs(fd) == -1)
		rc = fail(r, r->ctl->conf->data_dir);
	if (fd != -1)
		close(fd);
	return rc;
}

static enum ctl_exit
prepare(struct restore *r)
{
	const char *dir = r->ctl->conf->data_dir;

	if (access(r->source, R_OK) == -1)
		return fail(r, r->source);
	if (!is_empty(r->ctl, dir, 0))
		return ctl_fail(r->ctl, ERR_EXISTS,
		    "%s is not empty; move what is there away, or name another"
		    " data_dir.",
		    dir);
	if (mkdir(dir, 0700) == -1 && errno != EEXIST)
		return fail(r, dir);
	r->is_open = true;
	return ctl_make_folders(r->ctl);
}

enum ctl_exit
ctl_restore(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct restore r = { .ctl = ctl };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	r.source = argv[0];
	buf_init(&r.seen, SUMS_BYTES);
	buf_init(&r.sums, SUMS_BYTES);
	if ((rc = prepare(&r)) != CTL_DONE)
		goto out;
	if ((rc = unpack(&r)) != CTL_DONE)
		goto out;
	if ((rc = compare_sums(&r)) != CTL_DONE)
		goto out;
	if ((rc = check_contents(&r)) == CTL_DONE)
		rc = flush(&r);
out:
	if (rc != CTL_DONE && r.is_open)
		clear(&r);
	if (r.tar != NULL)
		archive_read_free(r.tar);
	buf_free(&r.seen);
	buf_free(&r.sums);
	if (rc != CTL_DONE)
		return rc;
	ctl_say(ctl,
	    "%s holds what the backup held, %lld documents among it; run"
	    " ententectl migrate, then start the programs.",
	    ctl->conf->data_dir, (long long)r.documents);
	return ctl_done(
	    ctl, json_pack("{s:I}", "documents", (json_int_t)r.documents));
}
