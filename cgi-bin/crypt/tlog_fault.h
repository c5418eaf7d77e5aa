/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a note, a checkpoint, a key or a proof of a transparency log was not
 * taken: one closed set for all of these formats, and the line.
 */
#ifndef CRYPT_TLOG_FAULT_H
#define CRYPT_TLOG_FAULT_H

#include <stdbool.h>

#include "base/err.h"

enum tlog_reason {
	TLOG_OK,
	TLOG_SIZE,	 /* empty, or longer than any may be */
	TLOG_CHARACTERS, /* not UTF-8, or control characters */
	TLOG_LINES,	 /* `line` is missing, or is one too many */
	TLOG_FORMAT,	 /* `line` is not what the format has there */
	TLOG_SIGNATURES, /* no signature, or `line` is none */
	TLOG_MANY,	 /* more signatures than are read */
	TLOG_NAME,	 /* `line`: not the name of a key or of a log */
	TLOG_BASE64,	 /* `line` is not base64 of that many bytes */
	TLOG_NUMBER,	 /* `line` is not a number, or one too large */
	TLOG_KEY,	 /* a key's text has not its three parts */
	TLOG_KEY_ID,	 /* … and the id is not that of the rest */
	TLOG_KEY_TYPE,	 /* … and the key is of no kind that is known */
	TLOG_POINT,	 /* … and it is none that can verify */
	TLOG_UNSIGNED,	 /* not signed by that key */
	TLOG_WRONG,	 /* a signature of that key that does not hold */
	TLOG_ORIGIN,	 /* of another log than the key's */
	TLOG_TIME,	 /* signed for a time that cannot be */
	TLOG_INDEX,	 /* of a leaf beyond the size of the tree */
	TLOG_PROOF,	 /* the hashes do not lead to the root */
	TLOG__MAX
};

struct tlog_fault {
	enum tlog_reason reason;
	int line; /* from 1; 0 where no line is meant */
};

/* "ok", "size" … "proof", for keys of a catalogue; ends with NULL. */
extern const char *const tlog_reasons[TLOG__MAX + 1];

/* A sentence's end in English, for the console: "… is not base64." */
const char *tlog_reason_text(enum tlog_reason);

/* Fills it, and is false. */
bool tlog_fail(struct tlog_fault *, enum tlog_reason, int line);

/* ERR_OK for TLOG_OK; else ERR_INVALID (logged as information). */
enum err tlog_result(const struct tlog_fault *, const char *what);

#endif
