/* SPDX-License-Identifier: Apache-2.0 */
#include "page/intake.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "scan/clamd.h"
#include "scan/scan.h"

static const char where[] = "intake";

enum { MIB = 1024 * 1024 };

int64_t
intake_max(const struct visit *v)
{
	return (int64_t)v->ctx.conf->document_max_mib * MIB;
}

/* What it is, and the text inside. */
static enum err
look_at(struct visit *v, const char *path, const char *name)
{
	struct intake *in = v->intake;
	struct scan_result result;
	enum err rc;
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) == -1)
		return file_error(where, "open");
	rc = scan_file(
	    v->ctx.conf->scan_program, fd, name, v->req->arena, &result);
	if (rc == ERR_OK) {
		in->verdict = result.verdict;
		if (in->verdict.fault == VERDICT_GOOD)
			clamd_judge(
			    v->ctx.conf->clamd_socket, fd, &in->verdict);
		in->file.format = result.verdict.named;
		in->file.text = result.text;
		in->file.is_text_cut = result.verdict.is_cut;
	}
	close(fd);
	return rc;
}

enum err
intake_take(struct visit *v)
{
	struct intake *in = arena_alloc(v->req->arena, sizeof(*in));
	const struct value *file = form_value(v->form, "file");
	enum err rc;

	v->intake = in;
	if (!file->is_given || file->file == NULL)
		return ERR_OK;
	if ((rc = look_at(v, file->file, file->text)) != ERR_OK)
		return rc;
	if (in->verdict.fault != VERDICT_GOOD) {
		log_line(LOG_INFO, where, "refused: %s, %s",
		    verdict_faults[in->verdict.fault],
		    verdict_whats[in->verdict.what]);
		form_refuse(v->form, "file", "Refused");
		return ERR_INVALID;
	}
	if ((rc = blob_measure(file->file, &in->bytes)) != ERR_OK)
		return rc;
	in->file.bytes = &in->bytes;
	in->file.filename = file->text;
	in->is_taken = true;
	return ERR_OK;
}
