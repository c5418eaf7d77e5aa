/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two versions of a text, to be shown side by side: which lines stayed, went,
 * came, and in a line that was changed, which words.  A paragraph of prose is
 * a line.  Of a block of lines that differ, those that say most of the same
 * stand beside each other as changed; a line that hardly has a word in common
 * with any is deleted or inserted.
 *
 * Texts are any bytes; words are those of UTF-8, and no piece begins within a
 * character or before a combining mark.  White space is text: nothing is
 * folded or trimmed.  The same texts always give the same rows.  The work is
 * bounded: of texts in which too much has moved, whole blocks are deleted and
 * inserted instead, which is right, if not the shortest.
 *
 * Not here: markup, merging, and patches for programs.
 */
#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;

enum {
	DIFF_BYTES_MAX = 64 * 1024, /* of each text */
	DIFF_CONTEXT = 3	    /* usual rows around a change */
};

enum diff_kind {
	DIFF_SAME,
	DIFF_CHANGED, /* of rows: pieces on both sides say what */
	DIFF_DELETED, /* left side only */
	DIFF_INSERTED,
	DIFF__MAX
};

/* "same", "changed", "deleted", "inserted"; ends with NULL. */
extern const char *const diff_kinds[DIFF__MAX + 1];

/*
 * A stretch of one side: same, and on the left deleted, on the right
 * inserted.  The line's "\n" is in its last piece.
 */
struct diff_piece {
	const char *text; /* ends with a NUL that `len` does not count */
	size_t len;
	enum diff_kind kind;
};

struct diff_side {
	size_t line; /* its number from 1; 0: nothing on this side */
	const struct diff_piece *pieces;
	size_t count;
};

struct diff_row {
	enum diff_kind kind;
	struct diff_side left, right;
	/*
	 * From diff_fold(): this row and so many in all, from here on, are
	 * the same on both sides and far from any change.  0 elsewhere, also
	 * in the rest of such a run: show one line instead, and go on behind.
	 */
	size_t folded;
};

struct diff {
	struct diff_row *rows;
	size_t count;
	size_t kinds[DIFF__MAX]; /* rows of each kind */
};

/*
 * The pieces of all rows' left sides, one behind the other, are the left text
 * byte for byte, and those of the right sides the right one.  Lives in the
 * arena (some 12 MiB at the very most, 1 MiB for 64 KiB of prose).
 * ERR_TOO_LARGE (logged), *out then is NULL.
 */
enum err diff_texts(struct arena *, const char *left, size_t left_len,
    const char *right, size_t right_len, struct diff **out);

/*
 * Folds runs of same rows, leaving `context` of them beside each change.  A
 * run of one row stays: a line that says so would take its place.
 */
void diff_fold(struct diff *, size_t context);

#endif
