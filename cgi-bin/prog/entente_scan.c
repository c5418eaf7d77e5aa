/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entente-scan: what an uploaded document is, and the text inside; in a
 * process that has no network, no files, little memory and time.
 */
#include <stdio.h>

#include "base/log.h"
#include "scan/child.h"

int
main(int argc, char **argv)
{
	log_open("scan", LOG_INFO);
	if (argc != 2) {
		fputs("usage: entente-scan name < file | reader\n", stderr);
		return 64;
	}
	return child_run(argv[1]);
}
