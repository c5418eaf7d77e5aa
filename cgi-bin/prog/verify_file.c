/* SPDX-License-Identifier: Apache-2.0 */
/* Single files: a checkpoint, a proof, and whether one log extends another. */
#include <string.h>

#include "base/base64.h"
#include "base/file.h"
#include "crypt/cosignature.h"
#include "crypt/tlog_proof.h"
#include "crypt/tlog_tile_reader.h"
#include "crypt/token.h"
#include "prog/verify.h"

enum { RECORD_FILE_MAX = 16 * 1024 * 1024, HASHES_MAX = 64 * 1024 };

static void
prove_checkpoint(struct verify *v, const struct merkle_point *tree)
{
	char root[BASE64_LEN(MERKLE_HASH) + 1];

	base64_encode(tree->root, MERKLE_HASH, root);
	verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
	    arena_printf(v->arena,
		"The log %s signed that it had %s records, and the root %s.",
		v->log.name, verify_number(v->arena, tree->size), root));
}

static void
check_witnesses(struct verify *v, const char *path, const struct note *note)
{
	int64_t cosigned_s[TLOG_WITNESSES] = { 0 };
	struct tlog_fault fault = { TLOG_OK, 0 };
	size_t cosigned = 0;

	for (size_t i = 0; i < v->witness_count; i++) {
		fault.reason =
		    cosignature_check(note, &v->witness[i], &cosigned_s[i]);
		cosigned += fault.reason == TLOG_OK;
		if (fault.reason != TLOG_OK && fault.reason != TLOG_UNSIGNED)
			verify_false(v, "witness", path, &fault);
	}
	verify_witnesses(v, cosigned_s);
	if (cosigned < v->policy)
		verdict_add(v->verdict, VERDICT_FALSE, "policy", path,
		    "Fewer of your witnesses signed it than you ask for.");
}

struct signed_tree {
	struct note note;
	struct checkpoint checkpoint;
	struct tlog_fault fault;
};

/* By the log's key; what is older may be by one that has handed over since. */
static bool
open_checkpoint(const struct verify *v, bool is_old, struct span bytes,
    struct signed_tree *t)
{
	size_t i = is_old ? v->handover_count : 0;

	checkpoint_open(bytes, &v->log, &t->note, &t->checkpoint, &t->fault);
	while (i-- > 0 && t->fault.reason == TLOG_UNSIGNED)
		checkpoint_open(bytes, &v->handover[i].old, &t->note,
		    &t->checkpoint, &t->fault);
	return t->fault.reason == TLOG_OK;
}

/*
 * A signed checkpoint that is true: the older one of two, or one that goes on
 * from all hand-overs, with what witnesses say of it.
 */
static bool
read_checkpoint(
    struct verify *v, const char *path, struct merkle_point *tree, bool is_old)
{
	struct signed_tree t;
	struct buf b;
	bool is_true;

	if (!verify_read(v, path, NOTE_MAX, &b))
		return false;
	is_true =
	    open_checkpoint(v, is_old, (struct span){ b.data, b.len }, &t);
	*tree = t.checkpoint.tree;
	if (is_true)
		prove_checkpoint(v, tree);
	else
		verify_false(v, "checkpoint", path, &t.fault);
	if (is_true && !is_old) {
		verify_goes_on(v, path, tree);
		check_witnesses(v, path, &t.note);
	}
	buf_free(&b);
	return is_true;
}

void
verify_checkpoint(struct verify *v)
{
	struct merkle_point tree;

	read_checkpoint(v, v->file[0], &tree, false);
}

/* ---- a proof --------------------------------------------------------- */

static void
check_proof(struct verify *v, struct span proof, struct span record)
{
	uint8_t digest[DIGEST_BYTES], leaf[MERKLE_HASH];
	struct tlog_fault fault;
	struct checkpoint c;
	struct tlog_proof p;
	struct note note;

	digest_sha256(record.at, record.len, digest);
	merkle_leaf(digest, sizeof(digest), leaf);
	if (tlog_proof_parse(proof, &p, &fault) != ERR_OK ||
	    tlog_proof_check(&p, &v->log, leaf, &fault) != ERR_OK ||
	    checkpoint_open(p.checkpoint, &v->log, &note, &c, &fault) !=
		ERR_OK) {
		verify_false(v, "proof", v->file[0], &fault);
		return;
	}
	prove_checkpoint(v, &c.tree);
	verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
	    arena_printf(v->arena,
		"%s is record number %s of that log (leaf %s), unchanged.",
		v->file[1], verify_number(v->arena, p.index + 1),
		verify_number(v->arena, p.index)));
	verify_goes_on(v, v->file[0], &c.tree);
	check_witnesses(v, v->file[0], &note);
}

void
verify_proof(struct verify *v)
{
	struct buf proof, record;

	if (!verify_read(v, v->file[0], TLOG_PROOF_MAX, &proof))
		return;
	if (verify_read(v, v->file[1], RECORD_FILE_MAX, &record)) {
		check_proof(v, (struct span){ proof.data, proof.len },
		    (struct span){ record.data, record.len });
		buf_free(&record);
	}
	buf_free(&proof);
}

/* ---- consistency ----------------------------------------------------- */

static enum err
read_tile(void *arg, const struct tlog_tile *tile, uint8_t *out)
{
	const struct verify *v = arg;
	size_t size = (size_t)tile->width * MERKLE_HASH;
	char path[TLOG_TILE_PATH];
	struct buf b;
	enum err rc;

	tlog_tile_path(tile, path);
	buf_init(&b, TLOG_TILE_BYTES);
	rc = file_read(arena_printf(v->arena, "%s/%s", v->tiles, path), &b);
	if (rc == ERR_OK && b.len != size)
		rc = ERR_CORRUPT;
	if (rc == ERR_OK)
		memcpy(out, b.data, size);
	buf_free(&b);
	return rc;
}

static bool
proof_from_tiles(
    struct verify *v, uint64_t old, uint64_t size, struct merkle_proof *proof)
{
	const struct tlog_tile_source source = { read_tile, v };
	struct tlog_tile_reader *r = arena_alloc(v->arena, sizeof(*r));
	struct merkle_reader m;

	tlog_tile_reader_start(r, &source, size);
	m = tlog_tile_merkle(r);
	if (merkle_consistency(&m, old, size, proof) == ERR_OK)
		return true;
	verify_open(
	    v, v->tiles, "These are not all tiles of the log that are needed.");
	return false;
}

static bool
read_hashes(struct span rest, struct merkle_proof *proof)
{
	struct span line;

	for (; rest.len > 0; proof->n++)
		if (proof->n == MERKLE_PROOF_MAX || !span_line(&rest, &line) ||
		    !base64_decode(
			line.at, line.len, proof->hash[proof->n], MERKLE_HASH))
			return false;
	return true;
}

static bool
proof_from_file(struct verify *v, struct merkle_proof *proof)
{
	struct buf b;
	bool is_good;

	if (!verify_read(v, v->hashes, HASHES_MAX, &b))
		return false;
	is_good = read_hashes((struct span){ b.data, b.len }, proof);
	buf_free(&b);
	if (!is_good)
		verify_open(
		    v, v->hashes, "This is not a list of hashes in base64.");
	return is_good;
}

/* None is needed where the sizes say all. */
static bool
find_proof(struct verify *v, const struct merkle_point *old,
    const struct merkle_point *now, struct merkle_proof *proof)
{
	memset(proof, 0, sizeof(*proof));
	if (old->size == 0 || old->size >= now->size)
		return true;
	if (v->tiles != NULL)
		return proof_from_tiles(v, old->size, now->size, proof);
	if (v->hashes != NULL)
		return proof_from_file(v, proof);
	verify_open(v, v->file[1],
	    "To see whether it extends the other one, the log's tiles "
	    "(--tiles) or hashes (--hashes) are needed.");
	return false;
}

void
verify_consistency(struct verify *v)
{
	struct tlog_fault fault = { TLOG_PROOF, 0 };
	struct merkle_point old, now;
	struct merkle_proof proof;

	if (!read_checkpoint(v, v->file[0], &old, true) ||
	    !read_checkpoint(v, v->file[1], &now, false) ||
	    !find_proof(v, &old, &now, &proof))
		return;
	if (merkle_extends(&proof, &old, &now)) {
		verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
		    "The newer log has all records of the older one, in the "
		    "same places, unchanged.");
		return;
	}
	if (old.size > now.size)
		verdict_add(v->verdict, VERDICT_FALSE, "fork", v->file[1],
		    "It is of a smaller log than the other one.  If it is the "
		    "newer of the two, records were taken away: keep both "
		    "files.  If it is the older, name it first.");
	else if (old.size == now.size)
		verdict_add(v->verdict, VERDICT_FALSE, "fork", v->file[1],
		    "These two cannot be of one log that only grows: keep "
		    "both files.");
	else
		verify_false(v, "consistency", v->file[1], &fault);
}
