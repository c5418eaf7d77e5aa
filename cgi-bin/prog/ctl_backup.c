/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "crypt/token.h"
#include "db/migrate.h"
#include "prog/ctl_tar.h"

/* One line of the sums is some 150 bytes: room for 400,000 documents. */
enum { SUMS_BYTES = 64 * 1024 * 1024 };

struct backup {
	struct ctl *ctl;
	const char *target; /* what the user named */
	const char *parts;  /* folder beside it, for the copies */
	const char *file;   /* in parts: becomes the target */
	struct archive *tar;
	struct buf sums;
	int64_t documents;
	int64_t bytes;
};

static enum ctl_exit
fail(struct backup *b, const char *what)
{
	int saved = errno;

	return ctl_fail(b->ctl,
	    saved == ENOSPC || saved == EDQUOT ? ERR_FULL : ERR_INTERNAL,
	    "%s: %s.", what, strerror(saved));
}

static enum ctl_exit
fail_tar(struct backup *b)
{
	const char *why = archive_error_string(b->tar);

	return ctl_fail(b->ctl,
	    archive_errno(b->tar) == ENOSPC ? ERR_FULL : ERR_INTERNAL,
	    "%s cannot be written: %s.", b->target,
	    why != NULL ? why : "no reason is known");
}

/* ---- members --------------------------------------------------------- */

static enum ctl_exit
start_member(struct backup *b, const char *name, int64_t size)
{
	struct archive_entry *entry = archive_entry_new();
	int result;

	if (entry == NULL)
		return ctl_fail(
		    b->ctl, ERR_MEMORY, "%s", ctl_reason(ERR_MEMORY));
	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, size);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0600);
	archive_entry_set_mtime(entry, b->ctl->ctx.now_at / CLOCK_S, 0);
	result = archive_write_header(b->tar, entry);
	archive_entry_free(entry);
	return result == ARCHIVE_OK ? CTL_DONE : fail_tar(b);
}

/* A member that is in memory; its sum is noted unless it is the sums. */
static enum ctl_exit
add_text(struct backup *b, const char *name, const char *text, size_t len)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_TEXT];
	enum ctl_exit rc;

	digest_sha256(text, len, digest);
	digest_hex(digest, hex);
	if (text != b->sums.data)
		buf_addf(&b->sums, "%s  %s\n", hex, name);
	if ((rc = start_member(b, name, (int64_t)len)) != CTL_DONE)
		return rc;
	if (archive_write_data(b->tar, text, len) != (la_ssize_t)len)
		return fail_tar(b);
	return CTL_DONE;
}

/* Of an open file, exactly `size` bytes: more or fewer is an error. */
static enum ctl_exit
add_bytes(struct backup *b, const char *name, int fd, int64_t size)
{
	char piece[TAR_PIECE], hex[DIGEST_TEXT];
	uint8_t digest[DIGEST_BYTES];
	struct digest sum;
	int64_t left = size;
	ssize_t n;

	digest_start(&sum);
	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return fail(b, name);
		if ((left -= n) < 0)
			break;
		digest_feed(&sum, piece, (size_t)n);
		if (archive_write_data(b->tar, piece, (size_t)n) != n)
			return fail_tar(b);
	}
	if (left != 0)
		return ctl_fail(
		    b->ctl, ERR_CORRUPT, "%s changed while it was read.", name);
	digest_finish(&sum, digest);
	digest_hex(digest, hex);
	buf_addf(&b->sums, "%s  %s\n", hex, name);
	b->bytes += size;
	return CTL_DONE;
}

static enum ctl_exit
add_file(struct backup *b, const char *name, const char *path)
{
	enum ctl_exit rc;
	struct stat st;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1 || fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		rc = fail(b, path);
	else if ((rc = start_member(b, name, st.st_size)) == CTL_DONE)
		rc = add_bytes(b, name, fd, st.st_size);
	if (fd != -1)
		close(fd);
	return rc;
}

/* ---- what goes in ---------------------------------------------------- */

static enum ctl_exit
add_about(struct backup *b)
{
	char made[CLOCK_TEXT];
	enum ctl_exit rc;
	json_t *about;
	char *text;

	clock_rfc3339(b->ctl->ctx.now_at, made);
	about = json_pack("{s:i, s:s, s:i, s:i}", "format", TAR_FORMAT, "made",
	    made, "portal", SCHEMA_PORTAL, "auth", SCHEMA_AUTH);
	text = json_dumps(about, JSON_COMPACT);
	json_decref(about);
	if (text == NULL)
		return ctl_fail(
		    b->ctl, ERR_MEMORY, "%s", ctl_reason(ERR_MEMORY));
	rc = add_text(b, TAR_ABOUT, text, strlen(text));
	free(text);
	return rc;
}

static enum ctl_exit
add_database(struct backup *b, struct db *db, const char *name)
{
	const char *copy =
	    arena_printf(b->ctl->ctx.arena, "%s/%s", b->parts, name);
	enum ctl_exit rc;
	enum err code;

	if ((code = db_backup(db, copy)) != ERR_OK)
		return ctl_fail(b->ctl, code, "%s cannot be copied: %s", name,
		    ctl_reason(code));
	rc = add_file(b, name, copy);
	unlink(copy);
	return rc;
}

/*
 * What a row names is never removed or changed, so reading the folder is
 * enough; what ententectl tidy removes meanwhile, none does.
 */
static enum ctl_exit
add_folder(struct backup *b, const char *folder)
{
	const char *name, *path = ctl_path(b->ctl, folder);
	enum ctl_exit rc = CTL_DONE;
	struct dirent *entry;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return errno == ENOENT ? CTL_DONE : fail(b, path);
	while (rc == CTL_DONE && (entry = readdir(dir)) != NULL) {
		name = arena_printf(
		    b->ctl->ctx.arena, "%s/%s", folder, entry->d_name);
		if (!tar_is_blob(name) ||
		    (access(ctl_path(b->ctl, name), F_OK) == -1 &&
			errno == ENOENT))
			continue;
		rc = add_file(b, name, ctl_path(b->ctl, name));
		b->documents++;
	}
	closedir(dir);
	return rc;
}

/*
 * The portal's database first: of a person who joins meanwhile the backup
 * may then have a credential too many, never one too few; and every document
 * that the copy names is there when the folders are read.
 */
static enum ctl_exit
add_all(struct backup *b)
{
	enum ctl_exit rc;

	if ((rc = add_about(b)) != CTL_DONE)
		return rc;
	if ((rc = add_database(b, b->ctl->ctx.db, "portal.db")) != CTL_DONE)
		return rc;
	if ((rc = add_database(b, b->ctl->ctx.auth, "auth.db")) != CTL_DONE)
		return rc;
	for (unsigned i = 0; i < 256 && rc == CTL_DONE; i++)
		rc = add_folder(
		    b, arena_printf(b->ctl->ctx.arena, "blobs/%02x", i));
	if (rc == CTL_DONE && b->sums.overflow)
		rc = ctl_fail(b->ctl, ERR_TOO_LARGE,
		    "there are too many documents for one file.");
	if (rc == CTL_DONE)
		rc = add_text(b, TAR_SUMS, b->sums.data, b->sums.len);
	return rc;
}

/* ---- the file -------------------------------------------------------- */

static enum ctl_exit
open_tar(struct backup *b)
{
	size_t len = strlen(b->target);
	int fd;

	fd = open(b->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return fail(b, b->file);
	close(fd);
	if ((b->tar = archive_write_new()) == NULL)
		return ctl_fail(
		    b->ctl, ERR_MEMORY, "%s", ctl_reason(ERR_MEMORY));
	archive_write_set_format_pax_restricted(b->tar);
	if (len > 3 && strcmp(b->target + len - 3, ".gz") == 0)
		archive_write_add_filter_gzip(b->tar);
	if (archive_write_open_filename(b->tar, b->file) != ARCHIVE_OK)
		return fail_tar(b);
	return CTL_DONE;
}

/* The name appears when all bytes are on the disk, and never over another. */
static enum ctl_exit
publish(struct backup *b)
{
	enum err code;

	if (archive_write_close(b->tar) != ARCHIVE_OK)
		return fail_tar(b);
	if ((code = file_sync(b->file)) != ERR_OK)
		return ctl_fail(b->ctl, code, "%s", ctl_reason(code));
	if (link(b->file, b->target) == -1)
		return fail(b, b->target);
	if ((code = file_sync(b->target)) != ERR_OK)
		return ctl_fail(b->ctl, code, "%s", ctl_reason(code));
	return CTL_DONE;
}

static enum ctl_exit
make_parts(struct backup *b)
{
	char *parts =
	    arena_printf(b->ctl->ctx.arena, "%s.parts-XXXXXX", b->target);

	if (access(b->target, F_OK) == 0)
		return ctl_fail(b->ctl, ERR_EXISTS,
		    "%s exists; name a new file.", b->target);
	if (mkdtemp(parts) == NULL)
		return fail(b, b->target);
	b->parts = parts;
	b->file = arena_printf(b->ctl->ctx.arena, "%s/tar", parts);
	return CTL_DONE;
}

static void
remove_parts(struct backup *b)
{
	static const char *const names[] = { "tar", "portal.db", "auth.db" };

	if (b->parts == NULL)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(arena_printf(
		    b->ctl->ctx.arena, "%s/%s", b->parts, names[i]));
	rmdir(b->parts);
}

enum ctl_exit
ctl_backup(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct backup b = { .ctl = ctl };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	b.target = argv[0];
	buf_init(&b.sums, SUMS_BYTES);
	if ((rc = make_parts(&b)) != CTL_DONE)
		goto out;
	if ((rc = open_tar(&b)) != CTL_DONE)
		goto out;
	if ((rc = add_all(&b)) == CTL_DONE)
		rc = publish(&b);
out:
	if (b.tar != NULL)
		archive_write_free(b.tar);
	remove_parts(&b);
	buf_free(&b.sums);
	if (rc != CTL_DONE)
		return rc;
	ctl_say(ctl,
	    "%s: both databases and %lld documents, %lld bytes. It holds"
	    " password hashes: keep it as closed as the portal itself.",
	    b.target, (long long)b.documents, (long long)b.bytes);
	return ctl_done(ctl,
	    json_pack("{s:s, s:I, s:I}", "file", b.target, "documents",
		(json_int_t)b.documents, "bytes", (json_int_t)b.bytes));
}
