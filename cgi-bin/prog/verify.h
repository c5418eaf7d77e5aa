/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entente-verify: what auditors run, away from the portal.  A command is a
 * row of the table in verify.c; it adds what it found to a verdict, which is
 * said at the end, in words or as JSON.  Built from base and crypt, with
 * libsodium alone.
 */
#ifndef PROG_VERIFY_H
#define PROG_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crypt/key_handover.h"
#include "crypt/minisig.h"
#include "crypt/note.h"
#include "crypt/tlog_verify.h"

/* Exit statuses. */
enum verify_exit {
	VERIFY_TRUE = 0,
	VERIFY_FALSE = 1, /* something is, and was named */
	VERIFY_OPEN = 2	  /* could not be checked, or wrong usage */
};

/* Hand-overs on the command line; one more is the command's own file. */
enum { VERIFY_HANDOVERS = 16 };

struct verify_command;

struct verify {
	const struct verify_command *command;
	struct arena *arena;
	bool is_json;
	struct note_key log; /* the auditor's, or the one that it led to */
	struct key_handover handover[VERIFY_HANDOVERS + 1]; /* the way there */
	size_t handover_count;
	struct note_key witness[TLOG_WITNESSES];
	size_t witness_count, policy;
	bool has_bundle_key;
	struct minisig_key bundle_key;
	const char *tiles, *hashes; /* paths, or NULL */
	char **file;		    /* operands */
	struct verdict *verdict;
};

/* ---- what was found (verify_say.c) ----------------------------------- */

enum verdict_kind {
	VERDICT_PROVED,
	VERDICT_NOT,   /* is not proved by this, and what would be */
	VERDICT_FALSE, /* named */
	VERDICT_OPEN,  /* could not be checked */
	VERDICT__MAX
};

struct verdict *verdict_new(struct arena *);

/* `code` is a word for programs, NULL for none; `name` a file's, or NULL. */
void verdict_add(struct verdict *, enum verdict_kind, const char *code,
    const char *name, const char *sentence);

/* Prints it; the status that it means. */
enum verify_exit verdict_say(const struct verdict *, bool is_json);

/* 1234567 as "1,234,567", in the arena. */
char *verify_number(struct arena *, uint64_t);

/* Unix seconds as a date and time in UTC, in the arena. */
char *verify_time(struct arena *, int64_t);

/* ---- commands -------------------------------------------------------- */

/* A file of at most `max` bytes; false: what is wrong has been added. */
bool verify_read(struct verify *, const char *path, size_t max, struct buf *);

/* Something could not be done with that file. */
void verify_open(struct verify *, const char *path, const char *why);

/* A file of one format is not what it should be. */
void verify_false(struct verify *, const char *code, const char *path,
    const struct tlog_fault *);

/*
 * Takes the next key from a hand-over of the present one; false: it is none,
 * or cannot be read, and that has been added.  (verify_handover.c)
 */
bool verify_follow(struct verify *, const char *path);

/*
 * What the log's key has signed must not be less than the key before it had,
 * when it handed over: adds what is wrong.
 */
void
verify_goes_on(struct verify *, const char *path, const struct merkle_point *);

/* What of the witnesses is proved, and what is not. */
void verify_witnesses(struct verify *, const int64_t *cosigned_s);

void verify_bundle(struct verify *);	 /* verify_bundle.c */
void verify_checkpoint(struct verify *); /* verify_file.c */
void verify_proof(struct verify *);
void verify_consistency(struct verify *);
void verify_handover(struct verify *); /* verify_handover.c */

#endif
