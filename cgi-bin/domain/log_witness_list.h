/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is asked to cosign the log: a file that the keeper writes
 * (conf.witness_file), a line each:
 *
 *	<verifier key of type 0x04> <address of the witness, https>
 *
 * and '#' starts a comment line.  Not here: how they are asked
 * (domain/log_witness.h).
 */
#ifndef DOMAIN_LOG_WITNESS_LIST_H
#define DOMAIN_LOG_WITNESS_LIST_H

#include "base/arena.h"
#include "base/url.h"
#include "crypt/note.h"

/* All their lines, and the log's own, must be in one note. */
enum { LOG_WITNESSES = NOTE_SIGNATURES - 1 };

struct log_witness_place {
	struct note_key key;
	char url[URL_MAX]; /* of its add-checkpoint (C2SP tlog-witness) */
};

struct log_witness_list {
	size_t n;
	struct log_witness_place place[LOG_WITNESSES];
};

/* Who is told what is wrong: "<file>:<line>: <sentence>", in the arena. */
struct log_witness_listener {
	void (*wrong)(void *arg, const char *sentence);
	void *arg;
};

/*
 * A line that is wrong is told, and left out; the others hold.  ERR_OK also
 * where there is no such file: nobody is named.  ERR_TOO_LARGE, ERR_INTERNAL
 * (told): it cannot be read; the list is empty then.
 */
enum err log_witness_list_read(const char *path, struct arena *,
    const struct log_witness_listener *, struct log_witness_list *);

#endif
