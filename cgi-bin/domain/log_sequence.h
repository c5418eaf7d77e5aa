/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sequencer: takes the records that are in the database and not yet in
 * the log, writes their tiles, has the checkpoint signed, publishes it.
 * Record n is leaf n - 1; its entry is the 32 bytes of its SHA-256, so that
 * nothing of it is public.
 *
 * One process does this, and nothing else writes the files.  A crash at any
 * moment leaves what the next start finishes:
 *	tiles, not yet a checkpoint	are written again, with the same bytes
 *	signed, not yet published	the signer answers the same once more
 *	published, not yet noted	is signed once more, and noted
 *	published by an older key	is signed and published by this one
 */
#ifndef DOMAIN_LOG_SEQUENCE_H
#define DOMAIN_LOG_SEQUENCE_H

#include "crypt/merkle.h"
#include "crypt/note.h"
#include "crypt/tlog_tile_reader.h"
#include "domain/ctx.h"

/* Who signs: the process `signer`, or a test. */
struct log_signer {
	/* What it signed last; size 0 before the first. */
	enum err (*last)(void *arg, struct merkle_point *);
	/* The checkpoint of `to`, which extends the last one by the proof. */
	enum err (*sign)(void *arg, const struct merkle_point *to,
	    const struct merkle_proof *, uint8_t out[NOTE_SIGNATURE]);
	void *arg;
};

struct log_sequencer {
	struct ctx *ctx;
	const struct note_key *key; /* the log's; its name is the origin */
	const struct log_signer *signer;
	struct merkle tree; /* of all leaves so far */
	uint64_t size;	    /* of the checkpoint that is published */
	struct tlog_tile_reader reader; /* of one step */
};

/*
 * Compares files, database and signer, and finishes what was interrupted.
 * ERR_CORRUPT (logged, with what to do): the database is not what was
 * published, for example an older one that was restored; nothing is signed
 * then.  Others as the database, the disk and the signer say.
 */
enum err log_sequence_start(struct log_sequencer *, struct ctx *,
    const struct note_key *, const struct log_signer *);

/*
 * One step: up to LOG_STEP records.  *added is how many; 0: there were none,
 * and nothing was done.  On an error the next step tries again.
 */
enum { LOG_STEP = 16384 };
enum err log_sequence_step(struct log_sequencer *, uint64_t *added);

/*
 * Publishes the newest checkpoint anew, with the cosignatures that are kept
 * of it by now.
 */
enum err log_sequence_cosigned(struct log_sequencer *);

#endif
