/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes a file of this machine in as a document, as an upload is: copied to
 * where it can be kept, looked at by entente-scan and, where one is
 * configured, by the antivirus daemon, measured.
 */
#ifndef PROG_CTL_INTAKE_H
#define PROG_CTL_INTAKE_H

#include "domain/blob.h"
#include "domain/document.h"
#include "prog/ctl.h"

struct ctl_intake {
	struct document_file file; /* its bytes are `bytes` */
	struct blob_file bytes;
	const char *refusal; /* a sentence, in English; NULL: none */
	char *path;	     /* of the copy; NULL: none */
};

/*
 * ERR_INVALID with a refusal.  ERR_NOT_FOUND no such file, ERR_FORBIDDEN it
 * may not be read, ERR_STATE it is no file, ERR_FULL, ERR_INTERNAL (logged):
 * entente-scan cannot be run, above all.  ctl_intake_end() follows in any case.
 */
enum err ctl_intake(struct ctl *, const char *path, struct ctl_intake *);
/* The copy goes, unless it was kept. */
void ctl_intake_end(struct ctl_intake *);

#endif
