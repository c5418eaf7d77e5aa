/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hand-overs from one key of the log to the next (crypt/key_handover.h)
 * that this portal has been told of: who trusts an old key can follow them.
 */
#ifndef DOMAIN_LOG_HANDOVER_H
#define DOMAIN_LOG_HANDOVER_H

#include "base/span.h"
#include "crypt/checkpoint.h"
#include "crypt/key_handover.h"
#include "domain/ctx.h"

enum { LOG_HANDOVER_FILE = 9 + 8 + 4 + 1 /* "handover-<id>.txt" and a NUL */ };

struct log_handover {
	struct key_handover keys;
	char *note; /* whole */
	int64_t kept_at;
	char file[LOG_HANDOVER_FILE]; /* beside the log */
};

/*
 * Keeps one, with its record, in a transaction; *is_new is false when it is
 * kept already.  ERR_INVALID: it is none, or not signed by both (logged);
 * ERR_STATE: its old key is not the one that counts here.
 */
enum err log_handover_keep(struct ctx *, struct span note, bool *is_new);

/* All, the newest first.  ERR_CORRUPT (logged). */
enum err log_handover_list(struct ctx *, struct log_handover **, size_t *n);

/*
 * A signed checkpoint by that key, or by one of those before it, back along
 * the hand-overs; *by is which.  ERR_INVALID with the fault; others as
 * log_handover_list().
 */
enum err log_handover_open(struct ctx *, struct span, const struct note_key *,
    struct note_key *by, struct checkpoint *, struct tlog_fault *);

/* The name of the file in which one is published. */
void log_handover_file(const struct note_key *new, char out[LOG_HANDOVER_FILE]);

#endif
