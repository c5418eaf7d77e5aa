/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a PDF, by pdftotext (poppler-utils), the one program that runs
 * inside the sandbox.  It runs in a process of its own, started before the
 * sandbox closes and waiting there: the process that judges may then neither
 * fork, nor execute, nor open a file, and pdftotext may open its libraries
 * and character maps alone (sandbox.h).
 */
#ifndef SCAN_PDF_H
#define SCAN_PDF_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "scan/extract.h"
#include "scan/verdict.h"

#define PDF_PROGRAM "/usr/bin/pdftotext"

enum { PDF_TEXT = 4 * EXTRACT_MAX }; /* what pdftotext may print */

struct pdf {
	pid_t pid;
	int go;	 /* a byte starts it, the end without one ends it */
	int out; /* what it prints */
};

/*
 * Starts the process that waits; it dies with this one.  `document` is the
 * open file, read from its start whatever its offset.  ERR_INTERNAL (logged).
 */
enum err pdf_prepare(struct pdf *, int document);

/*
 * The text goes to the collector; the same document's bytes tell encrypted
 * ones.  False with VERDICT_ENCRYPTED, VERDICT_BROKEN, VERDICT_LIMIT (time or
 * memory), or VERDICT_UNREADABLE (pdftotext cannot be run; logged).  Where
 * the kernel has no Landlock, pdftotext is not run, and the text is cut.
 */
bool pdf_read(struct pdf *, const uint8_t *, size_t len, struct extract *,
    struct verdict *);

/*
 * Every encrypted file is; others may have the bytes by chance.  It only names
 * the fault of one that could not be read.
 */
bool pdf_is_encrypted(const uint8_t *, size_t len);

#endif
