/* SPDX-License-Identifier: Apache-2.0 */
/* Single files: a checkpoint, a proof, and whether one log extends another. */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/file.h"
#include "crypt/cosignature.h"
#include "crypt/key_handover.h"
#include "crypt/tlog_proof.h"
#include "crypt/tlog_tile.h"
#include "crypt/token.h"
#include "prog/verify.h"

enum { RECORD_FILE_MAX = 16 * 1024 * 1024, HASHES_MAX = 64 * 1024 };

static void
is_false(struct verify *v, const char *code, const char *path,
    const struct tlog_fault *fault)
{
	char line[32] = "";

	if (fault->line > 0)
		snprintf(line, sizeof(line), ", line %d", fault->line);
	verdict_add(v->verdict, VERDICT_FALSE, code, path,
	    arena_printf(
		v->arena, "%s%s.", tlog_reason_text(fault->reason), line));
}

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
			is_false(v, "witness", path, &fault);
	}
	verify_witnesses(v, cosigned_s);
	if (cosigned < v->policy)
		verdict_add(v->verdict, VERDICT_FALSE, "policy", path,
		    "Fewer of your witnesses signed it than you ask for.");
}

/* A signed checkpoint that is true; and what witnesses say, where asked. */
static bool
read_checkpoint(struct verify *v, const char *path, struct merkle_point *tree,
    bool with_witnesses)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	struct buf b;
	bool is_true;

	if (!verify_read(v, path, NOTE_MAX, &b))
		return false;
	is_true = checkpoint_open((struct span){ b.data, b.len }, &v->log,
		      &note, &c, &fault) == ERR_OK;
	*tree = c.tree;
	if (is_true) {
		prove_checkpoint(v, tree);
		if (with_witnesses)
			check_witnesses(v, path, &note);
	} else {
		is_false(v, "checkpoint", path, &fault);
	}
	buf_free(&b);
	return is_true;
}

void
verify_checkpoint(struct verify *v)
{
	struct merkle_point tree;

	read_checkpoint(v, v->file[0], &tree, true);
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
		is_false(v, "proof", v->file[0], &fault);
		return;
	}
	prove_checkpoint(v, &c.tree);
	verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
	    arena_printf(v->arena,
		"%s is record number %s of that log, unchanged.", v->file[1],
		verify_number(v->arena, p.index)));
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

	if (!read_checkpoint(v, v->file[0], &old, false) ||
	    !read_checkpoint(v, v->file[1], &now, true) ||
	    !find_proof(v, &old, &now, &proof))
		return;
	if (merkle_extends(&proof, &old, &now)) {
		verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
		    "The newer log has all records of the older one, in the "
		    "same places, unchanged.");
		return;
	}
	if (old.size == now.size || old.size > now.size)
		verdict_add(v->verdict, VERDICT_FALSE, "fork", v->file[1],
		    "These two cannot be of one log that only grows: keep "
		    "both files.");
	else
		is_false(v, "consistency", v->file[1], &fault);
}

/* ---- a hand-over ----------------------------------------------------- */

static void
prove_handover(struct verify *v, const struct key_handover *h)
{
	char key[NOTE_KEY_TEXT];

	note_key_text(&h->new, key);
	verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
	    arena_printf(v->arena,
		"Your key of the log %s handed over to this one, after it had "
		"signed %s records: %s",
		v->log.name, verify_number(v->arena, h->last.size), key));
	verdict_add(v->verdict, VERDICT_NOT, NULL, NULL,
	    "Whether that was done by those who should have the key: ask the "
	    "keeper by another way, and keep both keys.");
}

void
verify_handover(struct verify *v)
{
	struct tlog_fault fault;
	struct key_handover h;
	struct buf b;
	bool is_true;

	if (!verify_read(v, v->file[0], NOTE_MAX, &b))
		return;
	is_true = key_handover_read(
		      (struct span){ b.data, b.len }, &h, &fault) == ERR_OK;
	buf_free(&b);
	if (is_true && memcmp(&h.old, &v->log, sizeof(v->log)) == 0) {
		prove_handover(v, &h);
		return;
	}
	if (is_true)
		fault = (struct tlog_fault){ TLOG_UNSIGNED, 0 };
	is_false(v, "handover", v->file[0], &fault);
}
