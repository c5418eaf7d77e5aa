/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "scan/inspect.h"
#include "scan/reply.h"
#include "scan/sandbox.h"

static const char where[] = "child";

struct child {
	struct inspect inspect;
	struct pdf pdf;
	struct buf reply;
	const uint8_t *data; /* the document, mapped; NULL when empty */
	size_t len;
	bool is_too_large;
};

/* When memory runs out, this process is the one that is not missed. */
static void
volunteer(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd == -1)
		return;
	n = write(fd, "1000", 4);
	(void)n; /* without it, it is as before */
	close(fd);
}

/*
 * The file is mapped: its pages are the system's, and are read once.  Whoever
 * shortens it meanwhile ends this process by SIGBUS, and that is told as any
 * other end.
 */
static enum err
map_document(struct child *c)
{
	struct stat st;
	void *at;

	if (fstat(STDIN_FILENO, &st) == -1)
		return file_error(where, "fstat");
	if (!S_ISREG(st.st_mode)) {
		log_line(LOG_ERROR, where, "standard input is no file");
		return ERR_INVALID;
	}
	c->is_too_large = st.st_size > CHILD_DOCUMENT;
	if (st.st_size == 0 || c->is_too_large)
		return ERR_OK;
	c->len = (size_t)st.st_size;
	at = mmap(NULL, c->len, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (at == MAP_FAILED)
		return file_error(where, "mmap");
	c->data = at;
	return ERR_OK;
}

/* Everything that opens something. */
static enum err
prepare(struct child *c, const char *name)
{
	bool may_be_pdf = format_of_name(name) == FORMAT_PDF;
	enum err rc;

	sandbox_close_fds(STDERR_FILENO + 1);
	volunteer();
	if ((rc = map_document(c)) != ERR_OK)
		return rc;
	if (may_be_pdf && (rc = pdf_prepare(&c->pdf, STDIN_FILENO)) != ERR_OK)
		return rc;
	return inspect_init(&c->inspect, may_be_pdf ? &c->pdf : NULL);
}

static enum err
answer(struct child *c)
{
	size_t at = 0;
	ssize_t n;

	reply_write(&c->reply, &c->inspect.verdict, c->inspect.text.text.data,
	    c->inspect.text.text.len);
	if (c->reply.overflow)
		return ERR_MEMORY;
	while (at < c->reply.len) {
		n = write(STDOUT_FILENO, c->reply.data + at, c->reply.len - at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return file_error(where, "write");
		at += (size_t)n;
	}
	return ERR_OK;
}

int
child_run(const char *name)
{
	struct child c = { .len = 0 };
	enum err rc;

	buf_init(&c.reply, REPLY_MAX);
	if ((rc = prepare(&c, name)) != ERR_OK ||
	    (rc = sandbox_enter(SANDBOX_READER, NULL)) != ERR_OK)
		goto out;
	c.inspect.verdict.named = format_of_name(name);
	if (c.is_too_large)
		verdict_refuse(
		    &c.inspect.verdict, VERDICT_TOO_LARGE, VERDICT_BYTES, NULL);
	else
		inspect_document(&c.inspect, name, c.data, c.len);
	rc = answer(&c);
out:
	inspect_free(&c.inspect);
	buf_free(&c.reply);
	return rc == ERR_OK ? 0 : 70;
}
