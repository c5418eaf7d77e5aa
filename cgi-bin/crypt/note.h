/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signed notes (C2SP signed-note, v1): a text, a blank line, and signature
 * lines by Ed25519 keys that have names.  Read strictly and verified; signing
 * is crypt/note_sign.h, so that a verifier links none of it.
 *
 *	<text, its last byte LF>
 *	<blank line>
 *	— <key name> <base64(key id[4] ‖ signature)>
 *
 * The signed bytes are the text with its final LF, without the blank line; it
 * is split at the last blank line.  UTF-8 without control characters below
 * 0x20 but LF.  A verifier key is "<name>+<hex of id>+<base64(type ‖ key)>".
 * key id = SHA-256(name ‖ LF ‖ type ‖ key)[:4].
 */
#ifndef CRYPT_NOTE_H
#define CRYPT_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "crypt/tlog_fault.h"

enum {
	NOTE_NAME = 256, /* with a NUL */
	NOTE_KEY = 32,
	NOTE_KEY_ID = 4,
	NOTE_KEY_TEXT = NOTE_NAME + 1 + 8 + 1 + 44 + 1,
	NOTE_SIGNATURE = 64,
	NOTE_BLOB = 72,	      /* kept of a signature; ours are not longer */
	NOTE_BLOB_MAX = 4096, /* others' may be */
	NOTE_SIGNATURES = 16,
	NOTE_MAX = 64 * 1024
};

enum note_type {
	NOTE_ED25519 = 0x01,
	NOTE_COSIGNATURE = 0x04 /* crypt/cosignature.h */
};

struct note_key {
	char name[NOTE_NAME];
	uint8_t id[NOTE_KEY_ID];
	uint8_t type; /* enum note_type */
	uint8_t key[NOTE_KEY];
};

struct note_signature {
	struct span name;
	uint8_t id[NOTE_KEY_ID];
	size_t len; /* behind the id; may be more than is kept */
	uint8_t blob[NOTE_BLOB];
};

/* Points into the bytes it was read from. */
struct note {
	struct span text;
	size_t n;
	struct note_signature signature[NOTE_SIGNATURES];
};

/* Not empty, UTF-8, no white space (Unicode's), no control, no '+'. */
bool note_name_ok(struct span);

/*
 * A verifier key's text, with or without a LF behind it.  ERR_INVALID with
 * the fault; the key is all zero then.
 */
enum err note_key_parse(
    const void *, size_t len, struct note_key *, struct tlog_fault *);

void note_key_text(const struct note_key *, char out[NOTE_KEY_TEXT]);

/* A key from its parts; false when the name is none. */
bool note_key_make(const char *name, enum note_type,
    const uint8_t key[NOTE_KEY], struct note_key *);

/* ERR_INVALID with the fault.  Nothing is verified. */
enum err
note_parse(const void *, size_t len, struct note *, struct tlog_fault *);

/* Same name and same id: this signature claims to be by that key. */
bool note_is_by(const struct note_signature *, const struct note_key *);

/*
 * Is it signed by that Ed25519 key?  TLOG_UNSIGNED: no signature claims to be
 * by it; TLOG_WRONG: one does (any of them), and does not hold.  The latter
 * must make a caller reject the whole note.
 */
enum tlog_reason note_check(const struct note *, const struct note_key *);

/* Adds a signature line. */
void note_add_line(
    struct buf *, const struct note_key *, const void *blob, size_t len);

#endif
