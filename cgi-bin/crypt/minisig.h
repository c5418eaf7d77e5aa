/* SPDX-License-Identifier: Apache-2.0 */
/*
 * minisign's public keys and signatures: what a person brings as a file is
 * read, and a signature is checked over bytes at hand, with the same answer
 * as minisign 0.11.  Refuses rather than repairs, and says in one reason, at
 * one line, what is wrong.
 *
 * Not here: making signatures (crypt/minisig_sign.h).  No program that links
 * this alone can sign by it.
 *
 * A public key is its .pub file (a comment line, a line of base64) or that
 * line of base64 alone, "RW…".  A signature is four lines:
 *
 *	untrusted comment: signature from minisign secret key
 *	base64(algorithm[2] ‖ key number[8] ‖ signature[64])
 *	trusted comment: timestamp:1767225600	file:v3.txt	hashed
 *	base64(signature[64] of (the signature above ‖ the trusted comment))
 *
 * Algorithm "ED" signs BLAKE2b-512 of the bytes, "Ed" (minisign -l) the bytes
 * themselves.  Lines end in LF or CRLF, the last may have no end; nothing may
 * follow it.  Comments are UTF-8 without control characters but the tab, and
 * without what text_ok() refuses.  Give the bytes as they came: text_clean()
 * may change a comment, which is signed.
 */
#ifndef CRYPT_MINISIG_H
#define CRYPT_MINISIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct arena;

enum {
	MINISIG_NUMBER = 8,
	MINISIG_NUMBER_TEXT = 17, /* hex and a NUL */
	MINISIG_KEY = 32,
	MINISIG_KEY_TEXT = 57, /* base64 and a NUL */
	MINISIG_SIGNATURE = 64,
	MINISIG_PREHASH = 64, /* BLAKE2b-512 */

	/*
	 * Bytes behind the prefix: what minisign's own buffers of 1,024 and
	 * 8,192 have room for, beside the prefix, CRLF and a NUL.
	 */
	MINISIG_COMMENT_MAX = 1002,
	MINISIG_TRUSTED_MAX = 8172,

	/* Of a whole file; limits for forms and columns. */
	MINISIG_KEY_FILE_MAX = 1200,
	MINISIG_FILE_MAX = 9472
};

struct minisig_key {
	uint8_t number[MINISIG_NUMBER]; /* as in the file */
	uint8_t key[MINISIG_KEY];	/* Ed25519, a point that can verify */
};

struct minisig {
	bool is_prehashed; /* "ED" */
	uint8_t number[MINISIG_NUMBER];
	uint8_t signature[MINISIG_SIGNATURE];
	uint8_t global[MINISIG_SIGNATURE];
	const char *comment; /* not signed by anybody: never show as true */
	const char *trusted; /* true once minisig_verify() says so */
};

enum minisig_reason {
	MINISIG_OK,
	MINISIG_SIZE,	    /* empty, or longer than any can be */
	MINISIG_LINES,	    /* `line` is missing, or is one too many */
	MINISIG_PREFIX,	    /* `line` does not begin as it must */
	MINISIG_LONG,	    /* the comment in `line` is too long */
	MINISIG_CHARACTERS, /* … is not UTF-8, or holds control characters */
	MINISIG_BASE64,	    /* `line` is not base64 of that many bytes */
	MINISIG_ALGORITHM,  /* `line`: neither Ed nor ED */
	MINISIG_SECRET,	    /* this is a secret key: its owner must be told */
	MINISIG_POINT,	    /* the public key is none that can verify */
	MINISIG_OTHER_KEY,  /* made with another key than this one */
	MINISIG_WRONG,	    /* not a signature of these bytes by this key */
	MINISIG_COMMENT,    /* the trusted comment is not the signed one */
	MINISIG__MAX
};

struct minisig_fault {
	enum minisig_reason reason;
	int line; /* from 1; 0 where no line is meant */
};

/* "ok", "size" … "comment", for keys of a catalogue; ends with NULL. */
extern const char *const minisig_reasons[MINISIG__MAX + 1];

/*
 * All below: ERR_OK with the fault MINISIG_OK at line 0, or ERR_INVALID with
 * the reason (logged as information, without the content).  The out-parameter
 * is zero, or NULL, unless all is right.
 */

/* The .pub file, or its line of base64. */
enum err minisig_key_parse(
    const void *, size_t len, struct minisig_key *, struct minisig_fault *);

/* The line of base64, as `minisign -P` takes it; parses to the same key. */
void minisig_key_text(const struct minisig_key *, char out[MINISIG_KEY_TEXT]);

/*
 * A key number as people see it: 16 upper-case hex digits, the last byte
 * first.  minisign itself drops leading zeros.
 */
void minisig_number_text(
    const uint8_t number[MINISIG_NUMBER], char out[MINISIG_NUMBER_TEXT]);

/* A .minisig file.  Nothing in it is verified; it lives in the arena. */
enum err minisig_parse(struct arena *, const void *, size_t len,
    struct minisig **, struct minisig_fault *);

/*
 * Is this a signature of those bytes by that key, and its trusted comment the
 * one that was signed?  MINISIG_OTHER_KEY, MINISIG_WRONG, MINISIG_COMMENT.
 * All of its input is public, so time tells no secret.
 */
enum err minisig_verify(const struct minisig *, const struct minisig_key *,
    const void *, size_t len, struct minisig_fault *);

/*
 * The same where only the prehash is at hand.  A legacy "Ed" signature, which
 * is of the bytes themselves, is MINISIG_ALGORITHM here.
 */
enum err
minisig_verify_prehash(const struct minisig *, const struct minisig_key *,
    const uint8_t prehash[MINISIG_PREHASH], struct minisig_fault *);

/* BLAKE2b-512, fed piece by piece. */
struct minisig_hash {
	_Alignas(64) uint8_t state[384]; /* libsodium's */
};
void minisig_hash_start(struct minisig_hash *);
void minisig_hash_feed(struct minisig_hash *, const void *, size_t);
void
minisig_hash_finish(struct minisig_hash *, uint8_t prehash[MINISIG_PREHASH]);

/* One line that can stand behind "trusted comment: ". */
bool minisig_trusted_ok(const char *);

/* Adds the four lines of a signature; of a public key its two. */
void minisig_write(struct buf *, const struct minisig *);
void minisig_key_write(struct buf *, const struct minisig_key *);

#endif
