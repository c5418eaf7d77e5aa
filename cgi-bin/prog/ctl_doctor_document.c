/* SPDX-License-Identifier: Apache-2.0 */
/* Whether documents can be taken in on this machine. */
#include "prog/ctl_doctor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scan/clamd.h"
#include "base/landlock.h"
#include "scan/pdf.h"
#include "scan/scan.h"

static const char probe[] = "Is anybody there?";

/* A document that has no name on any disk; its descriptor. */
static int
make_probe(void)
{
	const ssize_t len = sizeof(probe) - 1;
	int fd;

	if ((fd = memfd_create("probe", MFD_CLOEXEC)) == -1)
		return -1;
	if (write(fd, probe, (size_t)len) == len)
		return fd;
	close(fd);
	return -1;
}

/* As a worker asks about an upload. */
static void
ask(struct doctor *d, const char *program, int fd)
{
	struct scan_result result;
	enum err rc;

	rc = scan_file(program, fd, "probe.txt", d->ctl->ctx.arena, &result);
	if (rc == ERR_OK && result.verdict.fault == VERDICT_GOOD &&
	    strstr(result.text, probe) != NULL)
		doctor_tell(d, DOCTOR_OK,
		    SAY(d, "%s reads a document.", program), NULL);
	else
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s does not read a document: %s.", program,
			rc == ERR_OK ? verdict_faults[result.verdict.fault]
				     : err_name(rc)),
		    "No document is taken in without it.  The line above says"
		    " what it misses: seccomp, most likely.");
}

static void
look_at_scan(struct doctor *d)
{
	const char *program = d->ctl->conf->scan_program;
	int fd = -1;

	d->subject = "entente-scan";
	if (access(program, X_OK) == -1)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s.", program, strerror(errno)),
		    "Correct scan_program in the configuration, or install"
		    " again (make install).");
	else if ((fd = make_probe()) == -1)
		doctor_tell(d, DOCTOR_WARN,
		    SAY(d, "it cannot be asked: %s.", strerror(errno)), NULL);
	else
		ask(d, program, fd);
	if (fd != -1)
		close(fd);
}

static void
look_at_pdf(struct doctor *d)
{
	d->subject = "pdftotext";
	if (access(PDF_PROGRAM, X_OK) == -1)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s; no PDF is taken in.", PDF_PROGRAM,
			strerror(errno)),
		    "Run: apt-get install poppler-utils");
	else if (!landlock_is_there())
		doctor_tell(d, DOCTOR_WARN,
		    "this kernel has no Landlock to lock it in: a PDF is found"
		    " by its title and summary alone.",
		    "Run a kernel of 5.13 or later with landlock in"
		    " /sys/kernel/security/lsm.");
	else
		doctor_tell(d, DOCTOR_OK,
		    SAY(d, "%s is there, and can be locked in.", PDF_PROGRAM),
		    NULL);
}

static void
look_at_clamd(struct doctor *d)
{
	const char *path = d->ctl->conf->clamd_socket;
	struct verdict verdict = { .fault = VERDICT_GOOD };
	int fd;

	d->subject = "antivirus";
	if (path == NULL) {
		doctor_tell(d, DOCTOR_OK, "no daemon is asked.", NULL);
		return;
	}
	if ((fd = make_probe()) == -1)
		return;
	clamd_judge(path, fd, &verdict);
	close(fd);
	if (verdict.fault == VERDICT_GOOD)
		doctor_tell(
		    d, DOCTOR_OK, SAY(d, "clamd answers at %s.", path), NULL);
	else
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d,
			"clamd does not answer at %s: no document is taken"
			" in.",
			path),
		    "Start clamav-daemon, and let the portal's user reach its"
		    " socket; or remove clamd_socket.");
}

static void
look_at_uploads(struct doctor *d)
{
	const char *path = ctl_path(d->ctl, CONF_UPLOAD_DIR);

	d->subject = "uploads";
	if (access(path, R_OK | W_OK | X_OK) == -1)
		doctor_tell(d, DOCTOR_BAD,
		    SAY(d, "%s: %s.", path, strerror(errno)),
		    errno == ENOENT ? "Run: ententectl migrate"
				    : "Run: ententectl migrate, as root; then"
				      " systemd-tmpfiles --create");
	else
		doctor_tell(d, DOCTOR_OK,
		    SAY(d, "documents of up to %d MiB are taken in.",
			d->ctl->conf->document_max_mib),
		    NULL);
}

void
doctor_documents(struct doctor *d)
{
	look_at_uploads(d);
	look_at_scan(d);
	look_at_pdf(d);
	look_at_clamd(d);
}
