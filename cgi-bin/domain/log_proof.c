/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_proof.h"

#include <stdlib.h>

#include "base/log.h"
#include "crypt/tlog_proof.h"
#include "crypt/token.h"
#include "domain/log_file.h"

static const char where[] = "log";

enum { SQL_DIGEST, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_DIGEST] = "SELECT digest FROM record WHERE id = $1",
};

enum err
log_proof_tree_of(const struct buf *text, struct merkle_point *tree)
{
	struct tlog_fault fault = { TLOG_OK, 0 };
	struct checkpoint checkpoint;
	struct note note;
	enum err rc;

	rc = note_parse(text->data, text->len, &note, &fault);
	if (rc == ERR_OK)
		rc = checkpoint_parse(note.text, &checkpoint, &fault);
	if (rc == ERR_OK) {
		*tree = checkpoint.tree;
		return ERR_OK;
	}
	log_line(LOG_ERROR, where, "the published checkpoint: %s",
	    tlog_reason_text(fault.reason));
	return ERR_CORRUPT;
}

enum err
log_proof_size(struct ctx *ctx, int64_t *size)
{
	struct merkle_point tree;
	struct buf text;
	enum err rc;

	*size = 0;
	buf_init(&text, NOTE_MAX);
	rc = log_file_read_checkpoint(ctx->conf, &text);
	if (rc == ERR_OK)
		rc = log_proof_tree_of(&text, &tree);
	if (rc == ERR_OK)
		*size = (int64_t)tree.size;
	buf_free(&text);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err
leaf_of(struct ctx *ctx, int64_t record, uint8_t leaf[MERKLE_HASH])
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_DIGEST], DB_ARGS(db_i(record)));
	const char *digest;
	bool is_found = false;
	size_t len;
	enum err rc;

	if (db_next(rows)) {
		digest = db_col_peek(rows, 0, &len);
		is_found = digest != NULL && len == DIGEST_BYTES;
		if (is_found)
			merkle_leaf(digest, len, leaf);
	}
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

/* ---- what is kept ------------------------------------------------------ */

struct log_tiles {
	struct tlog_tile_reader reader;
	struct tlog_tile_crown crowns[TLOG_CROWNS];
};

static void
forget(struct log_tiles *tiles, const struct conf *conf)
{
	const struct tlog_tile_source source = log_file_source(conf);

	tlog_tile_reader_start(&tiles->reader, &source, 0);
	tlog_tile_reader_crown(&tiles->reader, tiles->crowns);
}

struct log_tiles *
log_tiles_new(const struct conf *conf)
{
	struct log_tiles *tiles = calloc(1, sizeof(*tiles));

	if (tiles != NULL)
		forget(tiles, conf);
	return tiles;
}

void
log_tiles_free(struct log_tiles *tiles)
{
	free(tiles);
}

/* ---- receipts ---------------------------------------------------------- */

/* A receipt that does not hold would be worse than none. */
static enum err
prove_from(struct log_tiles *tiles, const struct merkle_point *tree,
    const uint8_t leaf[MERKLE_HASH], struct tlog_proof *proof)
{
	const struct merkle_reader hashes = tlog_tile_merkle(&tiles->reader);
	enum err rc;

	tiles->reader.size = tree->size;
	rc = merkle_inclusion(&hashes, proof->index, tree->size, &proof->path);
	if (rc != ERR_OK)
		return rc;
	return merkle_includes(
		   &proof->path, proof->index, tree->size, leaf, tree->root)
	    ? ERR_OK
	    : ERR_CORRUPT;
}

/* What was kept may be of a log before a restored one. */
static enum err
prove(struct ctx *ctx, const struct merkle_point *tree, int64_t record,
    struct tlog_proof *proof)
{
	struct log_tiles *tiles = ctx->tiles;
	uint8_t leaf[MERKLE_HASH];
	enum err rc;

	proof->index = (uint64_t)record - 1;
	if ((rc = leaf_of(ctx, record, leaf)) != ERR_OK)
		return rc;
	if (tiles != NULL && prove_from(tiles, tree, leaf, proof) == ERR_OK)
		return ERR_OK;
	if (tiles == NULL)
		tiles = arena_alloc(ctx->arena, sizeof(*tiles));
	forget(tiles, ctx->conf);
	if ((rc = prove_from(tiles, tree, leaf, proof)) == ERR_OK)
		return ERR_OK;
	log_line(LOG_ERROR, where,
	    "record %lld: the published log does not prove it (%s); run:"
	    " ententectl check",
	    (long long)record, err_name(rc));
	return rc == ERR_NOT_FOUND ? ERR_CORRUPT : rc;
}

enum err
log_proof(struct ctx *ctx, int64_t record, struct buf *out)
{
	struct tlog_proof *proof = arena_alloc(ctx->arena, sizeof(*proof));
	struct merkle_point tree;
	struct buf text;
	enum err rc;

	buf_init(&text, NOTE_MAX);
	rc = log_file_read_checkpoint(ctx->conf, &text);
	if (rc == ERR_OK)
		rc = log_proof_tree_of(&text, &tree);
	if (rc == ERR_OK && (record < 1 || (uint64_t)record > tree.size))
		rc = ERR_NOT_FOUND;
	if (rc == ERR_OK)
		rc = prove(ctx, &tree, record, proof);
	if (rc == ERR_OK) {
		proof->checkpoint = (struct span){ text.data, text.len };
		tlog_proof_write(out, proof);
		rc = out->overflow ? ERR_TOO_LARGE : ERR_OK;
	}
	buf_free(&text);
	return rc;
}
