/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl_intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "page/intake.h"
#include "scan/clamd.h"
#include "scan/scan.h"

enum { PIECE_BYTES = 64 * 1024, MIB = 1024 * 1024 };

static const char where[] = "intake";

/* ---- copying ----------------------------------------------------------- */

static enum err
write_all(int fd, const char *bytes, size_t len)
{
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n)
		if ((n = write(fd, bytes, len)) == -1) {
			if (errno != EINTR)
				return file_error(where, "write");
			n = 0;
		}
	return ERR_OK;
}

static enum err
copy_bytes(int from, int to)
{
	char piece[PIECE_BYTES];
	enum err rc = ERR_OK;
	ssize_t n;

	while (rc == ERR_OK && (n = read(from, piece, sizeof(piece))) != 0) {
		if (n > 0)
			rc = write_all(to, piece, (size_t)n);
		else if (errno != EINTR)
			rc = file_error(where, "read");
	}
	return rc;
}

/* The file may change while it is looked at; its copy does not. */
static enum err
copy(struct ctl *ctl, int from, struct ctl_intake *in)
{
	char *path = arena_printf(ctl->ctx.arena, "%s/console-XXXXXX",
	    ctl_path(ctl, CONF_UPLOAD_DIR));
	enum err rc;
	int to;

	if ((to = mkostemp(path, O_CLOEXEC)) == -1)
		return file_error(where, path);
	in->path = path;
	rc = copy_bytes(from, to);
	if (close(to) == -1 && rc == ERR_OK)
		rc = file_error(where, "close");
	return rc;
}

static enum err
open_file(const char *path, int *fd)
{
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd != -1)
		return ERR_OK;
	if (errno == ENOENT || errno == ENOTDIR)
		return ERR_NOT_FOUND;
	return errno == EACCES ? ERR_FORBIDDEN : file_error(where, path);
}

static enum err
take_copy(struct ctl *ctl, const char *path, struct ctl_intake *in)
{
	const int64_t max = (int64_t)ctl->conf->document_max_mib * MIB;
	struct stat st;
	enum err rc;
	int fd;

	if ((rc = open_file(path, &fd)) != ERR_OK)
		return rc;
	if (fstat(fd, &st) == -1)
		rc = file_error(where, path);
	else if (!S_ISREG(st.st_mode))
		rc = ERR_STATE;
	else if (st.st_size > max)
		rc = ERR_TOO_LARGE;
	else
		rc = copy(ctl, fd, in);
	close(fd);
	return rc;
}

/* ---- looking ------------------------------------------------------------ */

static enum err
say_refusal(
    struct ctl *ctl, const struct verdict *verdict, const char **refusal)
{
	struct pages *pages;
	enum err rc;

	if (verdict->fault == VERDICT_GOOD)
		return ERR_OK;
	if ((rc = pages_new(ctl->conf->template_dir, &pages)) != ERR_OK)
		return rc;
	*refusal = arena_copy(ctl->ctx.arena,
	    intake_reason(pages, LANG_EN, ctl->ctx.arena, verdict));
	pages_free(pages);
	return ERR_INVALID;
}

static enum err
look(struct ctl *ctl, struct ctl_intake *in)
{
	const struct conf *conf = ctl->conf;
	struct document_file *file = &in->file;
	struct scan_result result;
	enum err rc;
	int fd;

	fd = open(in->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		return file_error(where, in->path);
	rc = scan_file(
	    conf->scan_program, fd, file->filename, ctl->ctx.arena, &result);
	if (rc == ERR_OK) {
		clamd_judge(conf->clamd_socket, fd, &result.verdict);
		rc = say_refusal(ctl, &result.verdict, &in->refusal);
		file->format = result.verdict.named;
		file->text = result.text;
		file->is_text_cut = result.verdict.is_cut;
	}
	close(fd);
	return rc;
}

enum err
ctl_intake(struct ctl *ctl, const char *path, struct ctl_intake *in)
{
	const char *slash = strrchr(path, '/');
	enum err rc;

	memset(in, 0, sizeof(*in));
	in->file.filename = slash != NULL ? slash + 1 : path;
	in->file.bytes = &in->bytes;
	if ((rc = take_copy(ctl, path, in)) != ERR_OK ||
	    (rc = look(ctl, in)) != ERR_OK)
		return rc;
	return blob_measure(in->path, &in->bytes);
}

void
ctl_intake_end(struct ctl_intake *in)
{
	if (in->path != NULL)
		unlink(in->path);
	in->path = NULL;
}
