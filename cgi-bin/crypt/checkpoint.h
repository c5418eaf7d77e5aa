/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkpoints of a transparency log (C2SP tlog-checkpoint, v1): the text of a
 * signed note that says how large the log is, and its root.
 *
 *	<origin: the log's name, which is that of its key>
 *	<size: decimal>
 *	<base64(root)>
 *	[extension lines, none of them empty]
 *
 * Not here: what a log may sign (crypt/signer_core.h), and the hashes.
 */
#ifndef CRYPT_CHECKPOINT_H
#define CRYPT_CHECKPOINT_H

#include "crypt/merkle.h"
#include "crypt/note.h"

/* Of a body without extension lines, with a NUL. */
enum { CHECKPOINT_BODY = NOTE_NAME + 20 + 46 + 1 };

/* Points into the bytes it was read from. */
struct checkpoint {
	struct span origin;
	struct merkle_point tree;
	struct span extension; /* its lines, each with its LF; may be empty */
};

/* The text of a note.  ERR_INVALID with the fault. */
enum err
checkpoint_parse(struct span text, struct checkpoint *, struct tlog_fault *);

/*
 * A signed checkpoint, whole: the note is read, its text too, and it is of
 * the key's log and signed by it.  ERR_INVALID with the fault: TLOG_ORIGIN,
 * TLOG_UNSIGNED, TLOG_WRONG, or what reading says.  `note` and `checkpoint`
 * are zero then.
 */
enum err checkpoint_open(struct span bytes, const struct note_key *,
    struct note *, struct checkpoint *, struct tlog_fault *);

/* The body for a log's name: what is signed.  False when it is no name. */
bool checkpoint_body(
    const char *origin, const struct merkle_point *, char out[CHECKPOINT_BODY]);

#endif
