/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Archives of one strict kind, written and read piece by piece: POSIX ustar
 * (IEEE Std 1003.1, pax, "ustar Interchange Format") with plain files alone,
 * and in each header only its name and size to choose.  The same files give
 * the same bytes, any tar reads them, and the reader takes nothing else: no
 * byte is without a meaning, so a changed one is found.
 *
 * A name is at most 99 of A-Z a-z 0-9 . _ - and /, relative, and no part of it
 * is empty, "." or "..".  Mode is 0644, owner 0 without a name, the time
 * 1980-01-01.  Two blocks of zeros end it, and nothing follows.
 */
#ifndef BASE_TAR_H
#define BASE_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

enum {
	TAR_BLOCK = 512,
	TAR_NAME = 100, /* with a NUL */
	TAR_PIECE = 128 * TAR_BLOCK
};
#define TAR_SIZE_MAX ((UINT64_C(1) << 33) - 1) /* 11 octal digits */

bool tar_name_ok(const char *);

/* ---- writing --------------------------------------------------------- */

/* The header of a file; false when name or size cannot be. */
bool tar_header(const char *name, uint64_t size, uint8_t out[TAR_BLOCK]);

/* How many zeros fill the last block of so many bytes. */
size_t tar_padding(uint64_t size);

/* ---- reading --------------------------------------------------------- */

enum tar_reason {
	TAR_OK,
	TAR_READ,     /* the source failed; errno was logged */
	TAR_CUT,      /* it ends too early */
	TAR_CHECKSUM, /* a header is not what its checksum says, or none */
	TAR_KIND,     /* a link, a folder, a device, or an extension */
	TAR_BAD_NAME, /* absolute, with "..", too long, strange characters */
	TAR_ORDER,    /* twice, or not in order */
	TAR_HEADER,   /* a header that has more to say than name and size */
	TAR_LARGE,    /* a file, their number or their sum is over the limit */
	TAR_PADDING,  /* bytes behind a file that are not zero */
	TAR_BEHIND,   /* bytes behind the end */
	TAR__MAX
};
/* "ok", "read" … "behind"; ends with NULL. */
extern const char *const tar_reasons[TAR__MAX + 1];

struct tar_limits {
	uint64_t files, bytes, file_bytes;
	/* Below zero when a name must stand before another one; NULL: by its
	   bytes.  What is equal is there twice. */
	int (*order)(const char *, const char *);
};

struct tar_source {
	/* As read(2): how many bytes, 0 at the end, -1 with errno. */
	ssize_t (*read)(void *arg, void *, size_t);
	void *arg;
};

/* Some 64 KiB: not for the stack of a deep function. */
struct tar {
	struct tar_source source;
	struct tar_limits limits;
	char name[TAR_NAME]; /* the present file; "" before the first */
	uint64_t size, left; /* of it */
	uint64_t files, bytes;
	uint64_t at;	   /* offset of what is read next */
	uint64_t fault_at; /* … of the block in which something is wrong */
	enum tar_reason reason;
	size_t from, to; /* what of `piece` has not been used */
	uint8_t piece[TAR_PIECE];
};

void
tar_start(struct tar *, const struct tar_source *, const struct tar_limits *);

/*
 * Goes to the next file; what is left of the present one is passed over, and
 * checked.  False at the end (reason TAR_OK) and at a fault, after which
 * nothing more can be read.
 */
bool tar_next(struct tar *);

/*
 * The next bytes of the present file; they are valid until the next call.
 * *len is 0 when there are no more.  False at a fault.
 */
bool tar_data(struct tar *, const uint8_t **, size_t *len);

/* Reads from a descriptor: `arg` points to it. */
ssize_t tar_read_fd(void *arg, void *, size_t);

#endif
