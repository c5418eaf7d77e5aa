/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking the signer, from the programs that may.  Every call is one
 * connection, within SIGNER_TIMEOUT_MS; no signature that it answers is given
 * on before it is verified, with the key that the caller has (signer_cosign():
 * with the one in the answer, since whoever asked knows whose it should be).
 *
 * All: ERR_BUSY: there is nobody at the socket, or no answer in time;
 * ERR_MALFORMED: no answer of a signer (or it dropped the connection: this
 * user may not ask); ERR_CORRUPT: a signature that does not hold; logged.
 */
#ifndef CRYPT_SIGNER_CLIENT_H
#define CRYPT_SIGNER_CLIENT_H

#include "base/buf.h"
#include "crypt/signer_message.h"

enum { SIGNER_TIMEOUT_MS = 5000 };

/* One request, one answer, as they are; `timeout_ms` for all of it. */
enum err signer_ask(const char *socket_path, int timeout_ms,
    const struct signer_request *, struct signer_answer *);

/* The public keys and the last point signed. */
enum err signer_keys(const char *socket_path, struct signer_answer *);

/*
 * A signed checkpoint of that tree, whole, added to the buffer; `proof` shows
 * that it extends the last one.  `key` is the log's.  ERR_STATE: refused;
 * answer->status says why, and answer->last what was signed last.
 */
struct signer_extension {
	struct merkle_point tree;
	struct merkle_proof proof;
};
enum err signer_checkpoint(const char *socket_path, const struct note_key *,
    const struct signer_extension *, struct signer_answer *, struct buf *note);

/*
 * minisign's signature of a prehash; `trusted` lives as long as the result
 * is used.  ERR_INVALID: it is no trusted comment, or longer than
 * SIGNER_COMMENT.
 */
enum err signer_bundle(const char *socket_path, const struct minisig_key *,
    const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *);

/*
 * Another log's checkpoint, as a witness is asked for it; the answer says
 * all.  Where the signature holds *line gets the cosignature's line.
 * ERR_STATE: not cosigned; answer->status says why, and answer->last what was
 * cosigned last (size 0, when that log is unknown).
 */
struct signer_foreign {
	const char *origin;
	struct merkle_point tree;
	uint64_t old; /* from which the proof goes on */
	struct merkle_proof proof;
	uint8_t signature[NOTE_SIGNATURE]; /* the log's */
};
enum err signer_cosign(const char *socket_path, const struct signer_foreign *,
    struct signer_answer *, struct buf *line);

#endif
