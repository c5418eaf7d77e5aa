/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's secret keys as files: made, kept, and read once into guarded
 * memory.  Of all programs, signer and `ententectl key` alone link this.
 *
 *	entente-key/1
 *	kind log | bundle | witness
 *	name <the log's or witness's> | <minisign's key number, 16 hex digits>
 *	public <base64 of 32 bytes>
 *	secret <base64 of the seed's 32 bytes>
 *
 * or, where a passphrase closes it, in place of the last line
 *
 *	argon2id <operations> <bytes of memory> <base64 of the salt's 16>
 *	secretbox <base64 of nonce[24] ‖ box[48]>
 */
#ifndef CRYPT_KEY_FILE_H
#define CRYPT_KEY_FILE_H

#include "base/buf.h"
#include "base/span.h"
#include "crypt/minisig.h"
#include "crypt/note.h"

enum key_kind { KEY_LOG, KEY_BUNDLE, KEY_WITNESS, KEY__MAX };

enum { KEY_FILE_MAX = 1024, KEY_PASSPHRASE_MAX = 1024 };

/* What a secret key is and can; the secret is in memory of its own. */
struct key_file {
	enum key_kind kind;
	struct note_key note;	   /* of KEY_LOG and KEY_WITNESS */
	struct minisig_key bundle; /* of KEY_BUNDLE */
	uint8_t *secret; /* 64 bytes, locked, read-only, wiped when freed */
};

/* A passphrase in guarded memory; NULL stands for none. */
struct key_passphrase {
	size_t len;
	char text[KEY_PASSPHRASE_MAX];
};

/*
 * A new key; `name` is the log's or the witness's, NULL for a bundle's.
 * ERR_INVALID: that is no name; ERR_MEMORY.  key_file_free(NULL) is harmless.
 */
enum err key_file_new(enum key_kind, const char *name, struct key_file **);
void key_file_free(struct key_file *);

/*
 * Reads a file, which must be a regular one that only its owner can read (or
 * root's, with a group that may read it: so are systemd's credentials).
 * ERR_NOT_FOUND; ERR_FORBIDDEN: others can read it; ERR_INVALID: not a key of
 * that kind; ERR_REAUTH: the passphrase is missing or wrong; ERR_MEMORY,
 * ERR_INTERNAL.  All logged, without a word of what is inside.
 */
enum err key_file_read(const char *path, enum key_kind,
    const struct key_passphrase *, struct key_file **);

/*
 * Makes the file, mode 0600, and flushes it and its folder.  ERR_EXISTS: it
 * is there; it is never overwritten.  ERR_MEMORY: too little for Argon2id.
 */
enum err key_file_write(
    const char *path, const struct key_file *, const struct key_passphrase *);

/*
 * The first line of a file, under the same rules as a key; up to
 * KEY_PASSPHRASE_MAX bytes and not empty (ERR_INVALID).
 */
enum err key_passphrase_read(const char *path, struct key_passphrase **);
void key_passphrase_free(struct key_passphrase *);

#endif
