/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_sequence.h"

#include <string.h>

#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/token.h"
#include "domain/log_cosignature.h"
#include "domain/log_file.h"
#include "domain/log_handover.h"

static const char where[] = "log";

enum { CHECKPOINT_BYTES = NOTE_MAX };

enum {
	SQL_COUNT,
	SQL_DIGESTS,
	SQL_NOTE,
	SQL_NEWEST,
	SQL_NEWEST_NOTE,
	SQL__MAX
};

static const char *const sql[SQL__MAX] = {
	[SQL_COUNT] = "SELECT COALESCE(MAX(id), 0) FROM record",
	[SQL_DIGESTS] = "SELECT id, digest FROM record"
			" WHERE id > $1 AND id <= $2 ORDER BY id",
	[SQL_NOTE] = "INSERT INTO log_checkpoint (size, root, note, signed_at)"
		     " VALUES ($1, $2, $3, $4) ON CONFLICT (size) DO UPDATE"
		     " SET note = excluded.note",
	[SQL_NEWEST] = "SELECT COALESCE(MAX(size), -1) FROM log_checkpoint",
	[SQL_NEWEST_NOTE] = "SELECT note FROM log_checkpoint"
			    " ORDER BY size DESC LIMIT 1",
};

/* ---- leaves ------------------------------------------------------------- */

/* Entries of leaves [from, to), in order: ERR_CORRUPT when one is not there. */
struct leaves {
	struct db_rows *rows;
	uint64_t next, to;
	enum err rc;
};

static void
leaves_start(struct ctx *ctx, uint64_t from, uint64_t to, struct leaves *l)
{
	l->rows = db_query(ctx->db, sql[SQL_DIGESTS],
	    DB_ARGS(db_i((int64_t)from), db_i((int64_t)to)));
	l->next = from;
	l->to = to;
	l->rc = ERR_OK;
}

static const char *
leaves_next(struct leaves *l)
{
	const char *digest;
	size_t len;

	if (l->next == l->to)
		return NULL;
	if (db_next(l->rows) &&
	    db_col_int(l->rows, 0) == (int64_t)l->next + 1) {
		digest = db_col_peek(l->rows, 1, &len);
		if (digest != NULL && len == DIGEST_BYTES) {
			l->next++;
			return digest;
		}
	}
	log_line(LOG_ERROR, where,
	    "record %llu is not in the database, or not whole; restore the"
	    " newest backup",
	    (unsigned long long)l->next + 1);
	l->rc = ERR_CORRUPT;
	return NULL;
}

static enum err
leaves_end(struct leaves *l)
{
	enum err rc = db_done(l->rows);

	return l->rc != ERR_OK ? l->rc : rc;
}

/* ---- tiles -------------------------------------------------------------- */

/* A new tile's place; one that is full now needs no partial ones. */
static enum err
put_tile(struct log_sequencer *s, const struct tlog_tile *tile,
    const void *bytes, size_t len)
{
	enum err rc = log_file_put_tile(s->ctx->conf, tile, bytes, len);

	if (rc == ERR_OK && tile->width == TLOG_TILE_WIDTH)
		log_file_drop_partial(s->ctx->conf, tile);
	return rc;
}

/*
 * Hashes and entries of the leaves of one tile; those from the tree's size on
 * are added to it.
 */
static enum err
put_leaves(
    struct log_sequencer *s, struct merkle *tree, const struct tlog_tile *tile)
{
	struct tlog_tile entries = *tile;
	uint8_t hashes[TLOG_TILE_BYTES], *at = hashes;
	const uint64_t from = tile->number * TLOG_TILE_WIDTH;
	struct leaves l;
	struct buf text;
	const char *digest;
	enum err rc;

	buf_init(&text, TLOG_TILE_WIDTH * (2 + DIGEST_BYTES));
	leaves_start(s->ctx, from, from + (uint64_t)tile->width, &l);
	for (; (digest = leaves_next(&l)) != NULL; at += MERKLE_HASH) {
		merkle_leaf(digest, DIGEST_BYTES, at);
		tlog_entry_add(&text, digest, DIGEST_BYTES);
		if (l.next > tree->size)
			merkle_add(tree, at);
	}
	entries.level = TLOG_TILE_ENTRIES;
	rc = leaves_end(&l);
	if (rc == ERR_OK && text.overflow)
		rc = ERR_MEMORY;
	if (rc == ERR_OK)
		rc = put_tile(s, tile, hashes, (size_t)(at - hashes));
	if (rc == ERR_OK)
		rc = put_tile(s, &entries, text.data, text.len);
	buf_free(&text);
	return rc;
}

/* The root of a full tile, which is a hash of the level above. */
static enum err
tile_root(struct log_sequencer *s, int level, uint64_t number,
    uint8_t out[MERKLE_HASH])
{
	const struct tlog_tile tile = { level, number, TLOG_TILE_WIDTH };
	const struct tlog_tile_source source = log_file_source(s->ctx->conf);
	uint8_t hashes[TLOG_TILE_BYTES];
	struct merkle tree;
	enum err rc;

	if ((rc = source.read(source.arg, &tile, hashes)) != ERR_OK)
		return rc == ERR_NOT_FOUND ? ERR_CORRUPT : rc;
	merkle_start(&tree);
	for (int i = 0; i < TLOG_TILE_WIDTH; i++)
		merkle_add(&tree, hashes + i * MERKLE_HASH);
	merkle_root(&tree, out);
	return ERR_OK;
}

static enum err
put_hashes(struct log_sequencer *s, const struct tlog_tile *tile)
{
	uint8_t hashes[TLOG_TILE_BYTES];
	enum err rc = ERR_OK;

	for (int i = 0; rc == ERR_OK && i < tile->width; i++)
		rc = tile_root(s, tile->level - 1,
		    tile->number * TLOG_TILE_WIDTH + (uint64_t)i,
		    hashes + i * MERKLE_HASH);
	if (rc != ERR_OK)
		return rc;
	return put_tile(s, tile, hashes, (size_t)tile->width * MERKLE_HASH);
}

/* The tiles of one level that are new in a tree of `to` leaves. */
static enum err
put_level(struct log_sequencer *s, struct merkle *tree, int level, uint64_t to)
{
	uint64_t number = tlog_tile_full(level, s->size);
	struct tlog_tile tile;
	enum err rc = ERR_OK;

	for (; rc == ERR_OK && tlog_tile_at(level, number, to, &tile); number++)
		rc = level == 0 ? put_leaves(s, tree, &tile)
				: put_hashes(s, &tile);
	return rc;
}

static enum err
put_tiles(struct log_sequencer *s, struct merkle *tree, uint64_t to)
{
	enum err rc = ERR_OK;

	for (int level = 0; rc == ERR_OK && level < TLOG_TILE_LEVELS; level++)
		if (to >> (TLOG_TILE_HEIGHT * level) !=
		    s->size >> (TLOG_TILE_HEIGHT * level))
			rc = put_level(s, tree, level, to);
	return rc;
}

/* ---- checkpoints -------------------------------------------------------- */

/* The row comes last: whoever reads it finds the file. */
static enum err
note_row(struct ctx *ctx, const struct merkle_point *at, const char *note)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	return db_end(ctx->db,
	    db_exec(ctx->db, sql[SQL_NOTE],
		DB_ARGS(db_i((int64_t)at->size),
		    db_b(at->root, sizeof(at->root)), db_t(note),
		    db_i(ctx->now_at))));
}

static enum err
publish(struct log_sequencer *s, const struct merkle_point *at,
    const uint8_t signature[NOTE_SIGNATURE])
{
	char body[CHECKPOINT_BODY], *note;
	struct buf text;
	enum err rc;

	if (!checkpoint_body(s->key->name, at, body))
		return ERR_INTERNAL;
	buf_init(&text, CHECKPOINT_BYTES);
	buf_addf(&text, "%s\n", body);
	note_add_line(&text, s->key, signature, NOTE_SIGNATURE);
	note = arena_copy_n(s->ctx->arena, text.data, text.len);
	rc = log_cosignature_lines(s->ctx, at->size, &text);
	if (rc == ERR_OK && text.overflow)
		rc = ERR_TOO_LARGE;
	if (rc == ERR_OK)
		rc = log_file_put_checkpoint(s->ctx->conf, text.data, text.len);
	if (rc == ERR_OK)
		rc = note_row(s->ctx, at, note);
	buf_free(&text);
	if (rc == ERR_OK)
		s->size = at->size;
	return rc;
}

static enum err
prove(struct log_sequencer *s, const struct merkle_point *from,
    const struct merkle_point *to, struct merkle_proof *proof)
{
	const struct tlog_tile_source source = log_file_source(s->ctx->conf);
	struct merkle_reader hashes;

	tlog_tile_reader_start(&s->reader, &source, to->size);
	hashes = tlog_tile_merkle(&s->reader);
	return merkle_consistency(&hashes, from->size, to->size, proof);
}

static enum err
sign_and_publish(struct log_sequencer *s, const struct merkle_point *to)
{
	uint8_t signature[NOTE_SIGNATURE];
	struct merkle_proof proof;
	struct merkle_point last;
	enum err rc;

	rc = s->signer->last(s->signer->arg, &last);
	if (rc == ERR_OK)
		rc = prove(s, &last, to, &proof);
	if (rc == ERR_OK)
		rc = s->signer->sign(s->signer->arg, to, &proof, signature);
	return rc == ERR_OK ? publish(s, to, signature) : rc;
}

/* ---- steps -------------------------------------------------------------- */

enum err
log_sequence_step(struct log_sequencer *s, uint64_t *added)
{
	struct merkle tree = s->tree;
	struct merkle_point to;
	int64_t count;
	enum err rc;

	*added = 0;
	rc = db_one_int(s->ctx->db, sql[SQL_COUNT], DB_NONE, &count);
	if (rc != ERR_OK || (uint64_t)count == s->size)
		return rc;
	to.size = (uint64_t)count - s->size > LOG_STEP ? s->size + LOG_STEP
						       : (uint64_t)count;
	if ((rc = put_tiles(s, &tree, to.size)) != ERR_OK)
		return rc;
	merkle_root(&tree, to.root);
	*added = to.size - s->size;
	if ((rc = sign_and_publish(s, &to)) != ERR_OK) {
		*added = 0;
		return rc;
	}
	s->tree = tree;
	return ERR_OK;
}

enum err
log_sequence_cosigned(struct log_sequencer *s)
{
	struct db_rows *rows;
	struct buf text;
	enum err rc;

	buf_init(&text, CHECKPOINT_BYTES);
	rows = db_query(s->ctx->db, sql[SQL_NEWEST_NOTE], DB_NONE);
	if (db_next(rows))
		buf_adds(&text, db_col_peek(rows, 0, NULL));
	rc = db_done(rows);
	if (rc == ERR_OK && text.len > 0)
		rc = log_cosignature_lines(s->ctx, s->size, &text);
	if (rc == ERR_OK && text.overflow)
		rc = ERR_TOO_LARGE;
	if (rc == ERR_OK && text.len > 0)
		rc = log_file_put_checkpoint(s->ctx->conf, text.data, text.len);
	buf_free(&text);
	return rc;
}

/* ---- starting ----------------------------------------------------------- */

/* The checkpoint that the file has, if it has one. */
struct published {
	struct merkle_point tree; /* size 0 before the first */
	bool is_there;
	bool is_by_older; /* by a key that has handed over to the log's */
};

static enum err
open_published(struct log_sequencer *s, struct span text, struct published *p)
{
	struct checkpoint checkpoint;
	struct tlog_fault fault;
	struct note_key by;
	enum err rc;

	rc = log_handover_open(s->ctx, text, s->key, &by, &checkpoint, &fault);
	p->is_by_older = rc == ERR_OK && memcmp(&by, s->key, sizeof(by)) != 0;
	if (rc == ERR_OK)
		p->tree = checkpoint.tree;
	if (rc != ERR_INVALID)
		return rc;
	log_line(LOG_ERROR, where,
	    "the checkpoint that is published cannot be taken: %s; after a"
	    " change of keys see ententectl key adopt",
	    tlog_reason_text(fault.reason));
	return ERR_CORRUPT;
}

static enum err
read_published(struct log_sequencer *s, struct published *p)
{
	struct buf text;
	enum err rc;

	memset(p, 0, sizeof(*p));
	merkle_empty(p->tree.root);
	buf_init(&text, CHECKPOINT_BYTES);
	rc = log_file_read_checkpoint(s->ctx->conf, &text);
	p->is_there = rc == ERR_OK;
	if (rc == ERR_OK)
		rc = open_published(s, (struct span){ text.data, text.len }, p);
	buf_free(&text);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

/* The tree goes on to a point, and must have its root there. */
static enum err
go_to_point(
    struct log_sequencer *s, const struct merkle_point *to, const char *who)
{
	uint8_t hash[MERKLE_HASH];
	struct leaves l;
	const char *digest;
	enum err rc;

	leaves_start(s->ctx, s->tree.size, to->size, &l);
	while ((digest = leaves_next(&l)) != NULL) {
		merkle_leaf(digest, DIGEST_BYTES, hash);
		merkle_add(&s->tree, hash);
	}
	if ((rc = leaves_end(&l)) != ERR_OK)
		return rc;
	merkle_root(&s->tree, hash);
	if (memcmp(hash, to->root, MERKLE_HASH) == 0)
		return ERR_OK;
	log_line(LOG_ERROR, where,
	    "the first %llu records are not those that %s: restore the newest"
	    " backup",
	    (unsigned long long)to->size, who);
	return ERR_CORRUPT;
}

static enum err
compare(struct log_sequencer *s, const struct merkle_point *file,
    const struct merkle_point *last)
{
	const bool is_ahead = last->size > file->size;
	enum err rc;

	rc = is_ahead ? go_to_point(s, file, "were published")
		      : go_to_point(s, last, "were signed");
	if (rc == ERR_OK)
		rc = is_ahead ? go_to_point(s, last, "were signed")
			      : go_to_point(s, file, "were published");
	return rc;
}

/* Signed and not published, or published and not noted, or nothing yet. */
static enum err
finish(struct log_sequencer *s, const struct published *p,
    const struct merkle_point *last)
{
	const bool is_ahead = last->size > p->tree.size;
	int64_t noted;
	enum err rc;

	s->size = p->tree.size;
	if (!p->is_there || p->is_by_older || is_ahead) {
		rc = put_tiles(s, &s->tree, last->size);
		return rc == ERR_OK ? sign_and_publish(s, last) : rc;
	}
	rc = db_one_int(s->ctx->db, sql[SQL_NEWEST], DB_NONE, &noted);
	if (rc != ERR_OK || noted >= (int64_t)p->tree.size)
		return rc;
	return sign_and_publish(s, &p->tree);
}

enum err
log_sequence_start(struct log_sequencer *s, struct ctx *ctx,
    const struct note_key *key, const struct log_signer *signer)
{
	struct merkle_point last;
	struct published p;
	enum err rc;

	memset(s, 0, sizeof(*s));
	s->ctx = ctx;
	s->key = key;
	s->signer = signer;
	merkle_start(&s->tree);
	if ((rc = log_file_start(ctx->conf)) != ERR_OK ||
	    (rc = read_published(s, &p)) != ERR_OK ||
	    (rc = signer->last(signer->arg, &last)) != ERR_OK ||
	    (rc = compare(s, &p.tree, &last)) != ERR_OK)
		return rc;
	return finish(s, &p, &last);
}
