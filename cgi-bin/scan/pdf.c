/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "scan/sandbox.h"

enum exits {
	EXIT_GOOD = 0,
	EXIT_NO_LANDLOCK = 69, /* EX_UNAVAILABLE */
	EXIT_NO_PROGRAM = 71   /* EX_OSERR */
};

static const char where[] = "pdf";

/* ---- the process that waits --------------------------------------------- */

static void
run(int document, int go, int out)
{
	static const char *const argv[] = { PDF_PROGRAM, "-q", "-enc", "UTF-8",
		"-", "-", NULL };
	static const char *const env[] = { "LC_ALL=C.UTF-8", "TZ=UTC0", NULL };
	int null = open("/dev/null", O_RDWR);
	enum err rc;
	char byte;

	if (null == -1 || read(go, &byte, 1) != 1)
		_exit(EXIT_NO_PROGRAM);
	/* Above all that is going to be closed or copied over. */
	document = fcntl(document, F_DUPFD, 20);
	out = fcntl(out, F_DUPFD, 20);
	if (document == -1 || out == -1 || dup2(document, 0) == -1 ||
	    dup2(out, 1) == -1 || dup2(null, 2) == -1 ||
	    lseek(0, 0, SEEK_SET) == -1)
		_exit(EXIT_NO_PROGRAM);
	sandbox_close_fds(3);
	if ((rc = sandbox_enter(SANDBOX_EXTRACTOR, PDF_PROGRAM)) != ERR_OK)
		_exit(rc == ERR_STATE ? EXIT_NO_LANDLOCK : EXIT_NO_PROGRAM);
	execve(PDF_PROGRAM, (char *const *)(uintptr_t)argv,
	    (char *const *)(uintptr_t)env);
	_exit(EXIT_NO_PROGRAM);
}

static void
wait_and_run(pid_t parent, int document, int go, int out)
{
	/* When the parent's text is enough, its end is ours. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != parent)
		_exit(EXIT_NO_PROGRAM);
	signal(SIGPIPE, SIG_DFL);
	run(document, go, out);
}

enum err
pdf_prepare(struct pdf *p, int document)
{
	pid_t parent = getpid();
	int go[2], out[2];

	if (pipe2(go, O_CLOEXEC) == -1)
		return file_error(where, "pipe");
	if (pipe2(out, O_CLOEXEC) == -1) {
		close(go[0]);
		close(go[1]);
		return file_error(where, "pipe");
	}
	p->go = go[1];
	p->out = out[0];
	if ((p->pid = fork()) == 0) {
		close(go[1]);
		close(out[0]);
		wait_and_run(parent, document, go[0], out[1]);
	}
	close(go[0]);
	close(out[1]);
	return p->pid == -1 ? file_error(where, "fork") : ERR_OK;
}

/* ---- the process that judges -------------------------------------------- */

/* Everything it prints, up to the limit: then what it prints is of no use. */
static void
collect(int out, struct buf *text)
{
	char block[16 * 1024];
	ssize_t n;

	while (!text->overflow && (n = read(out, block, sizeof(block))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			break;
		buf_add(text, block, (size_t)n);
	}
}

static bool
refuse(struct verdict *v, enum verdict_fault fault)
{
	return verdict_refuse(v, fault, VERDICT_WHAT_NONE, NULL);
}

/* The trailer is never compressed (ISO 32000-1 §7.5.8). */
bool
pdf_is_encrypted(const uint8_t *s, size_t len)
{
	return memmem(s, len, "/Encrypt", 8) != NULL;
}

static bool
judge(int status, bool is_encrypted, struct extract *e, struct verdict *v)
{
	if (!WIFEXITED(status)) {
		log_line(LOG_WARNING, where, "pdftotext ended by signal %d",
		    WTERMSIG(status));
		return refuse(v, VERDICT_LIMIT);
	}
	switch (WEXITSTATUS(status)) {
	case EXIT_GOOD:
		return true;
	case EXIT_NO_LANDLOCK:
		log_line(LOG_WARNING, where,
		    "no text of PDF without Landlock in the kernel");
		e->is_cut = true;
		return true;
	case EXIT_NO_PROGRAM:
		log_line(LOG_ERROR, where, PDF_PROGRAM " cannot be run");
		return refuse(v, VERDICT_UNREADABLE);
	default:
		return refuse(
		    v, is_encrypted ? VERDICT_ENCRYPTED : VERDICT_BROKEN);
	}
}

bool
pdf_read(struct pdf *p, const uint8_t *s, size_t len, struct extract *e,
    struct verdict *v)
{
	struct buf text;
	int status = 0;
	bool is_right = true;

	if (write(p->go, "", 1) != 1)
		return refuse(v, VERDICT_UNREADABLE);
	buf_init(&text, PDF_TEXT);
	collect(p->out, &text);
	close(p->out);
	/* With text enough nobody waits for it: it ends with this process. */
	if (!text.overflow) {
		if (waitpid(p->pid, &status, 0) != p->pid)
			is_right = refuse(v, VERDICT_UNREADABLE);
		else
			is_right =
			    judge(status, pdf_is_encrypted(s, len), e, v);
	}
	if (is_right && text.len > 0)
		extract_add(e, text.data, text.len);
	e->is_cut = e->is_cut || text.overflow;
	buf_free(&text);
	return is_right;
}
