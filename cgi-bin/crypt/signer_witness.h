/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer as a witness of other logs (C2SP tlog-witness): it cosigns a
 * checkpoint that the log has signed and that extends the last one which it
 * cosigned for that log.  Rules alone: HTTP is page/page_witness.h.
 *
 * Of each log it remembers the last checkpoint, a note with its own
 * cosignature, in "witnessed-<hash of the name>"; which logs there are, and
 * their keys, "witnessed" says: verifier keys, one a line.  A log may have
 * two while it changes its key: they share what is remembered.
 *
 * Not taken: checkpoints with extension lines, which would be signed without
 * having been understood.
 */
#ifndef CRYPT_SIGNER_WITNESS_H
#define CRYPT_SIGNER_WITNESS_H

#include "crypt/key_file.h"
#include "crypt/signer_message.h"

enum {
	SIGNER_LOGS = 64,
	SIGNER_LOG_FILE = 10 + 16 + 1 /* "witnessed-", hex, with a NUL */
};
#define SIGNER_LOGS_FILE "witnessed"

struct signer_log {
	struct note_key key;
	struct merkle_point last;
};

struct signer_witness {
	const struct key_file *key; /* KEY_WITNESS; NULL: no witness */
	int folder;		    /* where the state lies, open */
	size_t n;
	struct signer_log log[SIGNER_LOGS];
};

/*
 * The list, and what is remembered of each: ERR_INVALID: a line that is no
 * verifier key of a log, or too many; ERR_CORRUPT, ERR_NOT_FOUND: of a log
 * nothing is remembered that this key has cosigned.  All logged.  Without a
 * list there is no log.
 */
enum err signer_witness_load(struct signer_witness *);

/*
 * From now on that log is witnessed, from size 0 on, or from what is
 * remembered of its name, on the list or not.  The state is written before the
 * list.  ERR_EXISTS; ERR_INVALID: no key of a log; ERR_TOO_LARGE: there are
 * SIGNER_LOGS; ERR_CORRUPT (logged): what is remembered is nothing that this
 * key has cosigned; others as signer_state_read() and signer_state_write().
 */
enum err signer_witness_add(struct signer_witness *, const struct note_key *);

/*
 * Nothing that key has signed is cosigned any more.  What is remembered of the
 * log stays.  ERR_NOT_FOUND; others as signer_state_write().
 */
enum err
signer_witness_remove(struct signer_witness *, const struct note_key *);

/* The name of the file in which a log is remembered. */
void signer_witness_file(const char *origin, char out[SIGNER_LOG_FILE]);

/* Answers a SIGNER_COSIGN; what is cosigned is kept before. */
void signer_witness_answer(struct signer_witness *,
    const struct signer_request *, struct signer_answer *);

#endif
