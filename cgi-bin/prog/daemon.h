/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program that works beside the pages until SIGTERM or SIGINT: its
 * configuration, the portal's database under its authorizer, and an arena that
 * it empties after each step.  The sequencer, the bundler and the courier.
 */
#ifndef PROG_DAEMON_H
#define PROG_DAEMON_H

#include <signal.h>
#include <sys/types.h>

#include "domain/ctx.h"

struct daemon_options {
	const char *name; /* of the program; in the log, too */
	const struct db_right *rights;
	size_t arena_bytes;
	mode_t mask; /* of the files that it makes */
};

struct daemon {
	const char *name;
	struct conf *conf;
	struct ctx ctx; /* acts as the console does */
};

/* Set by the signals: to be looked at between steps. */
extern volatile sig_atomic_t daemon_is_over;

/* What is wrong is logged. */
enum err daemon_start(struct daemon *, const struct daemon_options *);

/*
 * After daemon_start(), whatever it said: frees it all, and gives the exit
 * status for what the program's start came to, which it logs.
 */
int daemon_end(struct daemon *, enum err started);

#endif
