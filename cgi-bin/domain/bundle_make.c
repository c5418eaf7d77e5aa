/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/bundle_make.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/tlog_bundle.h"
#include "crypt/tlog_proof.h"
#include "domain/blob.h"
#include "domain/bundle_part.h"
#include "domain/log_cosignature.h"
#include "domain/log_file.h"

static const char where[] = "bundle";

enum {
	OUT_BYTES = 256 * 1024,
	COMMENT = 128,
	FOLDER_MODE = 0770,
	COSIGNATURES = 256 /* looked through for the best checkpoint */
};
/* For witnesses that have been named: they answer in less, or not at all. */
#define COSIGNATURE_WAIT (3 * CLOCK_S)

enum {
	SQL_IS_ASKED,
	SQL_NEXT,
	SQL_COSIGNED,
	SQL_NOTE,
	SQL_BEGIN,
	SQL_DONE,
	SQL_READY,
	SQL_FAILED,
	SQL_BODIES,
	SQL_IDS,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_IS_ASKED] =
	    "SELECT COUNT(*) FROM bundle WHERE state IN ('asked', 'making')",
	[SQL_NEXT] =
	    "SELECT id, ref, organisation, records, asked_at,"
	    " (SELECT MAX(k.record) FROM bundle_record k"
	    " WHERE k.bundle = bundle.id) FROM bundle"
	    " WHERE state IN ('asked', 'making') ORDER BY id LIMIT 1",
	/* Of the newest: those that most witnesses have cosigned. */
	[SQL_COSIGNED] =
	    "SELECT size, COUNT(*) FROM (SELECT size FROM log_cosignature"
	    " WHERE size >= $1 ORDER BY size DESC LIMIT $2)"
	    " GROUP BY size ORDER BY COUNT(*) DESC, size DESC LIMIT 1",
	[SQL_NOTE] = "SELECT note FROM log_checkpoint WHERE size = $1",
	[SQL_BEGIN] =
	    "UPDATE bundle SET state = 'making', done = 0, size = $1"
	    " WHERE id = $2 AND state IN ('asked', 'making')",
	[SQL_DONE] =
	    "UPDATE bundle SET done = $1 WHERE id = $2 AND state = 'making'",
	[SQL_READY] =
	    "UPDATE bundle SET state = 'ready', done = records, blob = $1,"
	    " ready_at = $2 WHERE id = $3 AND state = 'making'",
	[SQL_FAILED] =
	    "UPDATE bundle SET state = 'failed', trouble = $1, ready_at = $2"
	    " WHERE id = $3 AND state IN ('asked', 'making')",
	[SQL_BODIES] =
	    "SELECT k.record, r.body FROM bundle_record k"
	    " CROSS JOIN record r ON r.id = k.record"
	    " WHERE k.bundle = $1 AND k.record > $2"
	    " ORDER BY k.record LIMIT $3",
	[SQL_IDS] =
	    "SELECT record FROM bundle_record WHERE bundle = $1"
	    " AND record > $2 ORDER BY record LIMIT $3",
};
/* clang-format on */

/* What the page says of a failure: words below Bundle.Trouble. */
static const char *const troubles[ERR__MAX] = {
	[ERR_FULL] = "full",
	[ERR_CORRUPT] = "corrupt",
	[ERR_TOO_LARGE] = "large",
};

struct making {
	const struct bundle_maker *maker;
	struct ctx *ctx;
	int64_t id, organisation, records, newest, asked_at;
	char *ref, *path;
	struct merkle_point tree;
	struct buf checkpoint, out;
	int fd;
	int64_t steps; /* records and proofs written */
	struct tlog_bundle archive;
	struct bundle_parts parts;
};

/* ---- the file ---------------------------------------------------------- */

static enum err
write_fd(struct making *m, const char *at, size_t left)
{
	ssize_t n;

	while (left > 0) {
		n = write(m->fd, at, left);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return file_error(where, "write");
		at += n;
		left -= (size_t)n;
	}
	return ERR_OK;
}

static enum err
flush(struct making *m)
{
	enum err rc = write_fd(m, m->out.data, m->out.len);

	buf_reset(&m->out);
	return rc;
}

/* Gathered, unless it is much at once: a list, an agreement. */
static enum err
write_out(void *arg, const void *bytes, size_t len)
{
	struct making *m = arg;
	enum err rc = ERR_OK;

	if (m->out.len + len > OUT_BYTES)
		rc = flush(m);
	if (rc == ERR_OK && len > OUT_BYTES)
		return write_fd(m, bytes, len);
	buf_add(&m->out, bytes, len);
	return rc == ERR_OK && m->out.overflow ? ERR_MEMORY : rc;
}

static enum err
sign(void *arg, const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *out)
{
	const struct making *m = arg;

	return m->maker->sign(m->maker->arg, prehash, trusted, out);
}

/* Under the bundle's own name: what was begun before is written over. */
static enum err
open_file(struct making *m)
{
	const struct tlog_bundle_out out = { write_out, sign, m };
	const char *folder = arena_printf(
	    m->ctx->arena, "%s/" CONF_UPLOAD_DIR, m->ctx->conf->data_dir);

	if (mkdir(folder, FOLDER_MODE) == -1 && errno != EEXIST)
		return file_error(where, folder);
	m->path =
	    arena_printf(m->ctx->arena, "%s/bundle-%s.tar", folder, m->ref);
	m->fd = open(m->path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (m->fd == -1)
		return file_error(where, m->path);
	tlog_bundle_start(&m->archive, &out);
	return ERR_OK;
}

/* ---- progress ---------------------------------------------------------- */

static enum err
change(struct making *m, int which, const struct db_value *values, size_t n)
{
	enum err rc = db_begin(m->ctx->db);

	if (rc != ERR_OK)
		return rc;
	return db_end(
	    m->ctx->db, db_exec_one(m->ctx->db, sql[which], values, n));
}

/* Of each record there are two files. */
static enum err
tell(struct making *m)
{
	if (m->maker->is_over != NULL && *m->maker->is_over)
		return ERR_BUSY;
	return change(m, SQL_DONE, DB_ARGS(db_i(m->steps / 2), db_i(m->id)));
}

/* ---- what is in it ----------------------------------------------------- */

static enum err
write_text(struct making *m, const char *name, const char *text)
{
	return tlog_bundle_file(&m->archive, name, span_of(text));
}

static enum err
write_heads(struct making *m)
{
	char key[NOTE_KEY_TEXT + 1];
	struct buf file;
	enum err rc;

	note_key_text(m->maker->log, key);
	strncat(key, "\n", 2);
	write_text(m, "README.txt", tlog_bundle_readme);
	write_text(m, "checkpoint", m->checkpoint.data);
	write_text(m, "log-key.txt", key);
	buf_init(&file, MINISIG_KEY_FILE_MAX);
	minisig_key_write(&file, m->maker->key);
	write_text(m, "bundle-key.pub", file.data);
	buf_free(&file);
	/* After an error all give the same one. */
	rc = write_text(m, "witness-keys.txt", m->maker->witness_keys);
	return rc;
}

static enum err
write_record(struct making *m, struct db_rows *rows)
{
	struct tlog_name n = { .part = PART_RECORD,
		.index = (uint64_t)db_col_int(rows, 0) - 1 };
	char name[TAR_NAME];
	struct span body;

	body.at = db_col_peek(rows, 1, &body.len);
	if (body.at == NULL || !tlog_name_write(&n, name))
		return ERR_CORRUPT;
	return tlog_bundle_file(&m->archive, name, body);
}

/* One step of a walk over the records: *last is the last one's number. */
static enum err
write_records(struct making *m, int64_t *last, int *n)
{
	struct db_rows *rows = db_query(m->ctx->db, sql[SQL_BODIES],
	    DB_ARGS(db_i(m->id), db_i(*last), db_i(BUNDLE_STEP)));
	enum err rc = ERR_OK, done;

	for (*n = 0; rc == ERR_OK && db_next(rows); ++*n) {
		rc = write_record(m, rows);
		*last = db_col_int(rows, 0);
	}
	done = db_done(rows);
	return rc != ERR_OK ? rc : done;
}

static enum err
write_all_records(struct making *m)
{
	int64_t last = 0;
	int n = BUNDLE_STEP;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && n == BUNDLE_STEP) {
		rc = write_records(m, &last, &n);
		m->steps += n;
		if (rc == ERR_OK)
			rc = tell(m);
	}
	return rc;
}

static enum err
write_proof(struct making *m, const struct merkle_reader *hashes,
    int64_t record, struct buf *file)
{
	struct tlog_proof proof = { .index = (uint64_t)record - 1,
		.checkpoint = { m->checkpoint.data, m->checkpoint.len } };
	struct tlog_name n = { .part = PART_PROOF, .index = proof.index };
	char name[TAR_NAME];
	enum err rc;

	rc = merkle_inclusion(hashes, proof.index, m->tree.size, &proof.path);
	if (rc != ERR_OK)
		return rc == ERR_NOT_FOUND ? ERR_CORRUPT : rc;
	buf_reset(file);
	tlog_proof_write(file, &proof);
	if (file->overflow || !tlog_name_write(&n, name))
		return ERR_TOO_LARGE;
	return tlog_bundle_file(
	    &m->archive, name, (struct span){ file->data, file->len });
}

static enum err
write_proofs(
    struct making *m, const struct merkle_reader *hashes, int64_t *last, int *n)
{
	struct db_rows *rows = db_query(m->ctx->db, sql[SQL_IDS],
	    DB_ARGS(db_i(m->id), db_i(*last), db_i(BUNDLE_STEP)));
	enum err rc = ERR_OK, done;
	struct buf file;

	buf_init(&file, TLOG_PROOF_MAX);
	for (*n = 0; rc == ERR_OK && db_next(rows); ++*n) {
		*last = db_col_int(rows, 0);
		rc = write_proof(m, hashes, *last, &file);
	}
	buf_free(&file);
	done = db_done(rows);
	return rc != ERR_OK ? rc : done;
}

static enum err
write_all_proofs(struct making *m)
{
	const struct tlog_tile_source tiles = log_file_source(m->ctx->conf);
	struct tlog_tile_reader *reader =
	    arena_alloc(m->ctx->arena, sizeof(*reader));
	struct merkle_reader hashes;
	int64_t last = 0;
	int n = BUNDLE_STEP;
	enum err rc = ERR_OK;

	tlog_tile_reader_start(reader, &tiles, m->tree.size);
	hashes = tlog_tile_merkle(reader);
	while (rc == ERR_OK && n == BUNDLE_STEP) {
		rc = write_proofs(m, &hashes, &last, &n);
		m->steps += n;
		if (rc == ERR_OK)
			rc = tell(m);
	}
	return rc;
}

/* Keys stand before the records, what they signed behind. */
static enum err
write_parts(struct making *m, bool are_keys)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < m->parts.n; i++)
		if ((m->parts.rows[i].kind == BUNDLE_KEY) == are_keys)
			rc = bundle_part_write(
			    m->ctx, &m->parts.rows[i], &m->archive);
	return rc;
}

/* No time and no name in it: the same records give the same bytes. */
static enum err
finish(struct making *m)
{
	char trusted[COMMENT];
	enum err rc;

	snprintf(trusted, sizeof(trusted),
	    "entente bundle: %lld of %llu records", (long long)m->records,
	    (unsigned long long)m->tree.size);
	rc = tlog_bundle_finish(&m->archive, trusted);
	return rc == ERR_OK ? flush(m) : rc;
}

static enum err
write_all(struct making *m)
{
	enum err rc;

	rc = bundle_parts_find(m->ctx, m->id, m->organisation, &m->parts);
	if (rc == ERR_OK && (rc = write_heads(m)) == ERR_OK &&
	    (rc = write_parts(m, true)) == ERR_OK &&
	    (rc = write_all_records(m)) == ERR_OK &&
	    (rc = write_all_proofs(m)) == ERR_OK)
		rc = write_parts(m, false);
	if (rc == ERR_OK)
		return finish(m);
	/* Frees what the archive holds. */
	m->archive.rc = rc;
	tlog_bundle_finish(&m->archive, "");
	return rc;
}

/* ---- from asked to ready ----------------------------------------------- */

static enum err
find_next(struct making *m)
{
	struct db_rows *rows = db_query(m->ctx->db, sql[SQL_NEXT], DB_NONE);
	bool is_found = db_next(rows);
	enum err rc;

	if (is_found) {
		m->id = db_col_int(rows, 0);
		m->ref = db_col_text(rows, 1, m->ctx->arena);
		m->organisation = db_col_int(rows, 2);
		m->records = db_col_int(rows, 3);
		m->asked_at = db_col_int(rows, 4);
		m->newest = db_col_int(rows, 5);
	}
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

enum err
bundle_is_asked(struct ctx *ctx)
{
	int64_t n;
	enum err rc = db_one_int(ctx->db, sql[SQL_IS_ASKED], DB_NONE, &n);

	return rc == ERR_OK && n == 0 ? ERR_NOT_FOUND : rc;
}

/* ---- the checkpoint ---------------------------------------------------- */

static bool
open_checkpoint(struct making *m, struct tlog_fault *fault)
{
	struct checkpoint checkpoint = { .tree = { 0 } };
	struct note note;

	if (checkpoint_open(
		(struct span){ m->checkpoint.data, m->checkpoint.len },
		m->maker->log, &note, &checkpoint, fault) != ERR_OK)
		return false;
	m->tree = checkpoint.tree;
	return true;
}

/*
 * The log's newest, which has all of the records: else ERR_BUSY.  So it is
 * where the signer has a new key already, and the checkpoint still the
 * signature of the one before: the sequencer has it signed again.
 */
static enum err
read_newest(struct making *m)
{
	struct tlog_fault fault = { TLOG_OK, 0 };
	enum err rc;

	buf_reset(&m->checkpoint);
	rc = log_file_read_checkpoint(m->ctx->conf, &m->checkpoint);
	if (rc != ERR_OK)
		return rc == ERR_NOT_FOUND ? ERR_BUSY : rc;
	if (!open_checkpoint(m, &fault)) {
		if (fault.reason == TLOG_UNSIGNED)
			return ERR_BUSY;
		log_line(LOG_ERROR, where, "the log's checkpoint: %s",
		    tlog_reason_text(fault.reason));
		return ERR_CORRUPT;
	}
	return m->tree.size < (uint64_t)m->newest ? ERR_BUSY : ERR_OK;
}

/* The best cosigned one that has all of the records; *n: by how many. */
static enum err
find_cosigned(struct making *m, int64_t *size, int64_t *n)
{
	struct db_rows *rows = db_query(m->ctx->db, sql[SQL_COSIGNED],
	    DB_ARGS(db_i(m->newest), db_i(COSIGNATURES)));

	*n = 0;
	if (db_next(rows)) {
		*size = db_col_int(rows, 0);
		*n = db_col_int(rows, 1);
	}
	return db_done(rows);
}

static enum err
add_note(struct making *m, int64_t size)
{
	struct db_rows *rows =
	    db_query(m->ctx->db, sql[SQL_NOTE], DB_ARGS(db_i(size)));

	while (db_next(rows))
		buf_adds(&m->checkpoint, db_col_peek(rows, 0, NULL));
	return db_done(rows);
}

/*
 * What witnesses say of a checkpoint comes a moment after it, and on a busy
 * log the newest has nothing of it yet: an auditor is better served by the one
 * before.  Where nobody has cosigned, or the log's key is another by now, it
 * is the newest.
 */
static enum err
read_checkpoint(struct making *m)
{
	struct tlog_fault fault;
	int64_t size, n;
	enum err rc;

	if ((rc = find_cosigned(m, &size, &n)) != ERR_OK)
		return rc;
	if (n < (int64_t)m->maker->witnesses &&
	    m->ctx->now_at - m->asked_at < COSIGNATURE_WAIT)
		return ERR_BUSY;
	if (n == 0)
		return read_newest(m);
	if ((rc = add_note(m, size)) != ERR_OK ||
	    (rc = log_cosignature_lines(
		 m->ctx, (uint64_t)size, &m->checkpoint)) != ERR_OK)
		return rc;
	return open_checkpoint(m, &fault) ? ERR_OK : read_newest(m);
}

/* ---- the result -------------------------------------------------------- */

/* The bytes are on the disk before the row says that they are. */
static enum err
keep(struct making *m)
{
	struct blob_file file;
	int64_t blob;
	enum err rc;

	if (m->maker->now != NULL)
		m->ctx->now_at = m->maker->now();
	if ((rc = blob_measure(m->path, &file)) != ERR_OK ||
	    (rc = db_begin(m->ctx->db)) != ERR_OK)
		return rc;
	rc = blob_keep_file(m->ctx, &file, "application/x-tar", &blob);
	if (rc == ERR_OK)
		rc = db_exec_one(m->ctx->db, sql[SQL_READY],
		    DB_ARGS(db_i(blob), db_i(m->ctx->now_at), db_i(m->id)));
	return db_end(m->ctx->db, rc);
}

static enum err
make(struct making *m)
{
	enum err rc;

	if ((rc = read_checkpoint(m)) != ERR_OK ||
	    (rc = change(m, SQL_BEGIN,
		 DB_ARGS(db_i((int64_t)m->tree.size), db_i(m->id)))) !=
		ERR_OK ||
	    (rc = open_file(m)) != ERR_OK)
		return rc;
	rc = write_all(m);
	close(m->fd);
	if (rc == ERR_OK)
		rc = keep(m);
	/* Moved away, or of no use. */
	unlink(m->path);
	return rc;
}

static enum err
fail(struct making *m, enum err rc)
{
	const char *trouble = troubles[rc] != NULL ? troubles[rc] : "internal";

	log_line(
	    LOG_ERROR, where, "%s cannot be made: %s", m->ref, err_name(rc));
	return change(m, SQL_FAILED,
	    DB_ARGS(db_t(trouble), db_i(m->ctx->now_at), db_i(m->id)));
}

enum err
bundle_make(const struct bundle_maker *maker)
{
	struct making m = { .maker = maker, .ctx = maker->ctx, .fd = -1 };
	enum err rc;

	if ((rc = find_next(&m)) != ERR_OK)
		return rc;
	buf_init(&m.checkpoint, NOTE_MAX);
	buf_init(&m.out, OUT_BYTES);
	rc = make(&m);
	buf_free(&m.checkpoint);
	buf_free(&m.out);
	if (rc == ERR_OK)
		log_line(LOG_INFO, where, "%s is ready: %lld records", m.ref,
		    (long long)m.records);
	return rc == ERR_OK || rc == ERR_BUSY ? rc : fail(&m, rc);
}
