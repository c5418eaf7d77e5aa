/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the signer remembers, as files of one folder that stays open: each is
 * a signed note, replaced whole.  What is in them, others know.
 */
#ifndef CRYPT_SIGNER_STATE_H
#define CRYPT_SIGNER_STATE_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Adds a file's bytes.  ERR_NOT_FOUND (not logged: it may be meant);
 * ERR_CORRUPT: more than the buffer takes; ERR_INTERNAL (logged).
 */
enum err signer_state_read(int folder, const char *file, struct buf *);

/*
 * Makes "<file>.new", flushes it, renames it, and flushes the folder.
 * ERR_FULL, ERR_INTERNAL (logged): the file is as it was.
 */
enum err signer_state_write(int folder, const char *file, const struct buf *);

#endif
