/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asks an antivirus daemon, clamd(8), about a file over its Unix socket:
 * command INSTREAM (clamd(8), COMMANDS).  Where one is configured, only its
 * word "clean" lets a document in.
 */
#ifndef SCAN_CLAMD_H
#define SCAN_CLAMD_H

#include "scan/verdict.h"

enum clamd_answer {
	CLAMD_UNKNOWN, /* could not ask, or it could not tell: refuse */
	CLAMD_CLEAN,
	CLAMD_INFECTED /* with what: `name` */
};

enum { CLAMD_NAME = 128, CLAMD_WAIT_S = 60 };

/*
 * `fd` is a regular file open for reading; its offset stays.  The name is
 * plain text, and "" unless infected.  The reason of CLAMD_UNKNOWN is logged.
 * Each step waits for CLAMD_WAIT_S at most.
 */
enum clamd_answer
clamd_ask(const char *socket_path, int fd, char name[CLAMD_NAME]);

/*
 * The same for a document that was found good: refused in the verdict unless
 * the daemon says that it is clean.  Nothing is asked without a path.
 */
void clamd_judge(const char *socket_path, int fd, struct verdict *);

#endif
