/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "crypt/checkpoint.h"
#include "crypt/token.h"
#include "domain/log_file.h"
#include "domain/log_handover.h"
#include "domain/log_key.h"

enum { ENTRIES = TLOG_TILE_WIDTH * (2 + DIGEST_BYTES) };

enum { SQL_DIGESTS, SQL_CHECKPOINTS, SQL_NEWEST, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_DIGESTS] =
	    "SELECT id, digest FROM record WHERE id <= $1 ORDER BY id",
	[SQL_CHECKPOINTS] = "SELECT size, root FROM log_checkpoint"
			    " WHERE size <= $1 ORDER BY size",
	[SQL_NEWEST] = "SELECT COALESCE(MAX(size), 0) FROM log_checkpoint",
};

/* The log as it must be, tile by tile while records go by. */
struct again {
	struct ctx *ctx;
	struct merkle_point published;
	struct merkle tree;
	struct {
		uint64_t number; /* of the tile that is being filled */
		int width;
		uint8_t hash[TLOG_TILE_BYTES];
	} level[TLOG_TILE_LEVELS];
	struct buf entries; /* of the lowest one */
	bool has_files;
	char *problem; /* the first */
};

static void say(struct again *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
say(struct again *a, const char *format, ...)
{
	char text[512];
	va_list ap;

	if (a->problem != NULL)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	a->problem = arena_copy(a->ctx->arena, text);
}

/* ---- tiles ------------------------------------------------------------- */

/* A partial one that is gone is the beginning of the full one. */
static enum err
read_tile(struct again *a, const struct tlog_tile *tile, struct buf *bytes,
    bool *is_longer)
{
	struct tlog_tile full = *tile;
	enum err rc = log_file_read_tile(a->ctx->conf, tile, bytes);

	*is_longer = rc == ERR_NOT_FOUND && tile->width < TLOG_TILE_WIDTH;
	if (!*is_longer)
		return rc;
	full.width = TLOG_TILE_WIDTH;
	return log_file_read_tile(a->ctx->conf, &full, bytes);
}

static void
compare(
    struct again *a, const struct tlog_tile *tile, const void *want, size_t len)
{
	char name[TLOG_TILE_PATH];
	struct buf bytes;
	bool is_longer;
	enum err rc;

	if (!a->has_files)
		return;
	tlog_tile_path(tile, name);
	buf_init(&bytes, TLOG_TILE_WIDTH * (2 + TLOG_ENTRY_MAX));
	rc = read_tile(a, tile, &bytes, &is_longer);
	if (rc == ERR_NOT_FOUND)
		say(a, "%s is not there", name);
	else if (rc != ERR_OK)
		say(a, "%s cannot be read", name);
	else if (bytes.len < len || (bytes.len > len && !is_longer) ||
	    memcmp(bytes.data, want, len) != 0)
		say(a, "%s is not what the records give", name);
	buf_free(&bytes);
}

/* The tile that is being filled, as far as it is. */
static void
compare_level(struct again *a, int level)
{
	struct tlog_tile tile = { level, a->level[level].number,
		a->level[level].width };

	compare(
	    a, &tile, a->level[level].hash, (size_t)tile.width * MERKLE_HASH);
	if (level != 0)
		return;
	tile.level = TLOG_TILE_ENTRIES;
	compare(a, &tile, a->entries.data, a->entries.len);
	buf_reset(&a->entries);
}

static void
root_of_level(const struct again *a, int level, uint8_t out[MERKLE_HASH])
{
	struct merkle tree;

	merkle_start(&tree);
	for (int i = 0; i < TLOG_TILE_WIDTH; i++)
		merkle_add(&tree, a->level[level].hash + i * MERKLE_HASH);
	merkle_root(&tree, out);
}

/* A full tile is compared, and its root goes one level up. */
static void
add_hash(struct again *a, const uint8_t hash[MERKLE_HASH])
{
	uint8_t up[MERKLE_HASH];

	memcpy(up, hash, sizeof(up));
	for (int level = 0; level < TLOG_TILE_LEVELS; level++) {
		memcpy(
		    a->level[level].hash + a->level[level].width * MERKLE_HASH,
		    up, sizeof(up));
		if (++a->level[level].width < TLOG_TILE_WIDTH)
			return;
		compare_level(a, level);
		root_of_level(a, level, up);
		a->level[level].number++;
		a->level[level].width = 0;
	}
}

/* ---- records and checkpoints --------------------------------------------- */

/* What was noted of this size says the tree's root. */
static void
look_at_noted(struct again *a, struct db_rows *noted, bool *is_more)
{
	uint8_t root[MERKLE_HASH];
	const char *kept;
	size_t len;

	while (*is_more && (uint64_t)db_col_int(noted, 0) <= a->tree.size) {
		merkle_root(&a->tree, root);
		kept = db_col_peek(noted, 1, &len);
		if (kept == NULL || len != sizeof(root) ||
		    memcmp(kept, root, len) != 0)
			say(a,
			    "the checkpoint of %llu records has another root",
			    (unsigned long long)a->tree.size);
		*is_more = db_next(noted);
	}
}

static void
add_record(struct again *a, struct db_rows *rows)
{
	uint8_t leaf[MERKLE_HASH];
	const char *digest;
	size_t len;

	digest = db_col_peek(rows, 1, &len);
	if (digest == NULL || len != DIGEST_BYTES ||
	    (uint64_t)db_col_int(rows, 0) != a->tree.size + 1) {
		say(a, "record %llu is not in the database, or not whole",
		    (unsigned long long)a->tree.size + 1);
		return;
	}
	merkle_leaf(digest, len, leaf);
	merkle_add(&a->tree, leaf);
	tlog_entry_add(&a->entries, digest, len);
	add_hash(a, leaf);
}

static enum err
go_through(struct again *a)
{
	const struct db_value size = db_i((int64_t)a->published.size);
	struct db_rows *noted =
	    db_query(a->ctx->db, sql[SQL_CHECKPOINTS], DB_ARGS(size));
	struct db_rows *rows =
	    db_query(a->ctx->db, sql[SQL_DIGESTS], DB_ARGS(size));
	bool is_more = db_next(noted);
	enum err rc, other;

	look_at_noted(a, noted, &is_more);
	while (a->problem == NULL && db_next(rows)) {
		add_record(a, rows);
		look_at_noted(a, noted, &is_more);
	}
	rc = db_done(rows);
	other = db_done(noted);
	return rc != ERR_OK ? rc : other;
}

/* The last tiles, and the root over all. */
static void
end(struct again *a)
{
	uint8_t root[MERKLE_HASH];

	if (a->problem == NULL && a->tree.size != a->published.size)
		say(a, "it has %llu records, and the database %llu",
		    (unsigned long long)a->published.size,
		    (unsigned long long)a->tree.size);
	for (int i = 0; i < TLOG_TILE_LEVELS; i++)
		if (a->problem == NULL && a->level[i].width > 0)
			compare_level(a, i);
	merkle_root(&a->tree, root);
	if (memcmp(root, a->published.root, sizeof(root)) != 0)
		say(a, "the root is not what the records give");
}

/* ---- the published checkpoint -------------------------------------------- */

/*
 * The key beside the secret one, which is not the web server's to change;
 * where the console may not look there, the one that is published.
 */
static enum err
find_key(const struct conf *conf, struct note_key *key)
{
	enum err rc = log_key_read(conf, LOG_KEY_SIGNER, key);

	if (rc == ERR_NOT_FOUND || rc == ERR_FORBIDDEN)
		rc = log_key_read(conf, LOG_KEY_PUBLISHED, key);
	return rc;
}

/* After a change of keys it is by the one before, until the sequencer runs. */
static enum err
open_checkpoint(struct again *a, const struct buf *text)
{
	struct checkpoint checkpoint;
	struct tlog_fault fault;
	struct note_key key, by;
	enum err rc;

	if (find_key(a->ctx->conf, &key) != ERR_OK) {
		say(a, "there is no key to check its checkpoint with");
		return ERR_OK;
	}
	rc = log_handover_open(a->ctx, (struct span){ text->data, text->len },
	    &key, &by, &checkpoint, &fault);
	if (rc == ERR_OK)
		a->published = checkpoint.tree;
	if (rc == ERR_INVALID)
		say(a, "its checkpoint: %s", tlog_reason_text(fault.reason));
	return rc == ERR_INVALID ? ERR_OK : rc;
}

/*
 * Before the first checkpoint nothing was published.  A restored backup has no
 * files of the log until its sequencer starts: its records must still give the
 * roots that were noted.
 */
static enum err
look_at_noted_alone(struct again *a)
{
	int64_t size;
	enum err rc;

	rc = db_one_int(a->ctx->db, sql[SQL_NEWEST], DB_NONE, &size);
	if (rc != ERR_OK || size == 0)
		return rc;
	if (log_file_is_started(a->ctx->conf)) {
		say(a, "its checkpoint is not there");
		return ERR_OK;
	}
	a->published.size = (uint64_t)size;
	rc = go_through(a);
	if (rc == ERR_OK && a->tree.size != a->published.size)
		say(a, "it had %llu records, and the database has %llu",
		    (unsigned long long)a->published.size,
		    (unsigned long long)a->tree.size);
	return rc;
}

enum err
log_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	struct again *a = arena_alloc(ctx->arena, sizeof(*a));
	struct buf text;
	enum err rc;

	a->ctx = ctx;
	merkle_start(&a->tree);
	buf_init(&a->entries, ENTRIES);
	buf_init(&text, NOTE_MAX);
	rc = log_file_read_checkpoint(ctx->conf, &text);
	if (rc == ERR_NOT_FOUND) {
		rc = look_at_noted_alone(a);
	} else if (rc == ERR_OK) {
		a->has_files = true;
		rc = open_checkpoint(a, &text);
		if (a->problem == NULL && rc == ERR_OK)
			rc = go_through(a);
		if (a->problem == NULL && rc == ERR_OK)
			end(a);
	}
	buf_free(&text);
	buf_free(&a->entries);
	*checked = (int64_t)a->tree.size;
	*problem = a->problem;
	return rc;
}
