/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life of entente-scan: opens what it will need, raises the sandbox,
 * inspects the one document that is its standard input, answers, ends.
 */
#ifndef SCAN_CHILD_H
#define SCAN_CHILD_H

enum { CHILD_DOCUMENT = 64 * 1024 * 1024 }; /* bytes; larger is refused */

/*
 * Standard input is the open file, wherever its offset stands, and standard
 * output a pipe (the sandbox lets no file grow).  The exit status: 0 with a
 * whole reply written, else 70 (EX_SOFTWARE).
 */
int child_run(const char *name);

#endif
