/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The folder of the signer's keys, for the commands `key` and `witness`:
 *
 *	log.key, bundle.key	secret (crypt/key_file.h)
 *	log.key.next		the log's, while it takes over
 *	witness.key		secret, of a portal that witnesses others
 *	log-key.txt		the log's verifier key, for everybody
 *	bundle-key.pub		minisign's public key, for everybody
 *	witness-key.txt		the witness's verifier key, for everybody
 *	state			the last checkpoint that was signed
 *	witnessed		the logs that are witnessed, by their keys
 *	witnessed-<hash>	… the last checkpoint of one of them
 *	handover-<id>.txt	by the old key and the new one, of that id
 */
#ifndef PROG_CTL_KEYS_H
#define PROG_CTL_KEYS_H

#include "crypt/signer_core.h"
#include "prog/ctl.h"

#define KEYS_LOG "log.key"
#define KEYS_NEXT "log.key.next"
#define KEYS_BUNDLE "bundle.key"
#define KEYS_WITNESS "witness.key"
#define KEYS_LOG_TEXT "log-key.txt"
#define KEYS_BUNDLE_TEXT "bundle-key.pub"
#define KEYS_WITNESS_TEXT "witness-key.txt"
#define KEYS_STATE "state"

struct keys {
	struct ctl *ctl;
	const char *folder;
	int fd; /* -1 until it is open */
	struct key_passphrase *passphrase;
	struct key_file *log, *next, *bundle, *witness;
	struct signer signer;
};

/*
 * Opens the folder, locked: not while a signer has it; root becomes its
 * owner, until keys_close().  `passphrase` is a file or NULL.  What went wrong
 * has been said, as by all of these.
 */
enum ctl_exit keys_open(struct keys *, const char *passphrase);
void keys_close(struct keys *);

/* A file of the folder: its path, in the arena; what is wrong with it. */
char *keys_path(const struct keys *, const char *name);
enum ctl_exit keys_fail(const struct keys *, enum err, const char *name);

/* A new secret key, in its file, closed by the passphrase if there is one. */
enum ctl_exit keys_make(struct keys *, enum key_kind, const char *name,
    const char *file, struct key_file **);
enum ctl_exit
keys_read(struct keys *, enum key_kind, const char *file, struct key_file **);

/* A file that everybody may read, in place of what was there (file_put()). */
enum ctl_exit
keys_put_text(const struct keys *, const char *name, const struct buf *);
enum ctl_exit
keys_put_key(const struct keys *, const char *name, const struct note_key *);
/* The buffer is started here, and is to be freed, also after a failure. */
enum ctl_exit
keys_get_text(const struct keys *, const char *name, struct buf *);
enum ctl_exit
keys_get_key(const struct keys *, const char *name, struct note_key *);

#endif
