/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transparency log as static files (C2SP tlog-tiles) below
 * <data_dir>/log: read for proofs, and written by the sequencer alone.  A
 * file, once there, never changes; only `checkpoint` is replaced.
 */
#ifndef DOMAIN_LOG_FILE_H
#define DOMAIN_LOG_FILE_H

#include "base/buf.h"
#include "crypt/tlog_tile_reader.h"
#include "domain/ctx.h"

#define LOG_DIR "log"

/* Makes the folder.  ERR_FULL, ERR_INTERNAL (logged). */
enum err log_file_start(const struct conf *);
/* Is the folder there? */
bool log_file_is_started(const struct conf *);

/* The whole bytes of a tile, atomically, with its folders. */
enum err log_file_put_tile(const struct conf *, const struct tlog_tile *,
    const void *bytes, size_t len);
/* Adds its bytes; ERR_NOT_FOUND. */
enum err
log_file_read_tile(const struct conf *, const struct tlog_tile *, struct buf *);
/* The partial ones of a tile that is full now: nobody needs them. */
void log_file_drop_partial(const struct conf *, const struct tlog_tile *);

enum err
log_file_put_checkpoint(const struct conf *, const void *bytes, size_t len);
/* Adds its bytes; ERR_NOT_FOUND before the first. */
enum err log_file_read_checkpoint(const struct conf *, struct buf *);

/* The public keys, beside the log: whoever verifies starts from them. */
#define LOG_KEY_FILE "log-key.txt"	       /* crypt/note.h */
#define LOG_BUNDLE_KEY_FILE "bundle-key.pub"   /* minisign's */
#define LOG_WITNESS_KEY_FILE "witness-key.txt" /* as the log's */
enum err
log_file_put_key(const struct conf *, const char *name, const struct buf *);
/* Adds its bytes; ERR_NOT_FOUND before the first start. */
enum err log_file_read_key(const struct conf *, const char *name, struct buf *);

/*
 * Hashes for proofs, from the files.  A partial tile that is not there any
 * more is the beginning of the full one.  ERR_NOT_FOUND, ERR_CORRUPT (logged).
 */
struct tlog_tile_source log_file_source(const struct conf *);

#endif
