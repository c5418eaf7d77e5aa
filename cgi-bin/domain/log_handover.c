/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_handover.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "domain/list.h"
#include "domain/log_key.h"
#include "domain/record.h"

static const char where[] = "log";

enum { SQL_IS_KEPT, SQL_NEWEST, SQL_ADD, SQL_LIST, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_IS_KEPT] = "SELECT COUNT(*) FROM log_handover WHERE key = $1",
	[SQL_NEWEST] =
	    "SELECT key FROM log_handover ORDER BY id DESC LIMIT 1",
	[SQL_ADD] =
	    "INSERT INTO log_handover (key, note, kept_at)"
	    " VALUES ($1, $2, $3)",
	[SQL_LIST] =
	    "SELECT note, kept_at FROM log_handover ORDER BY id DESC",
};
/* clang-format on */

void
log_handover_file(const struct note_key *new, char out[LOG_HANDOVER_FILE])
{
	char id[2 * NOTE_KEY_ID + 1];

	text_hex(new->id, NOTE_KEY_ID, id);
	snprintf(out, LOG_HANDOVER_FILE, "handover-%s.txt", id);
}

/* ---- keeping ----------------------------------------------------------- */

/* The last that took over; false: none, or it was of a log before this one. */
static bool
newest_key(
    struct ctx *ctx, const char *log, char out[NOTE_KEY_TEXT], enum err *rc)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_NEWEST], DB_NONE);
	bool is_there = db_next(rows);
	const size_t len = strlen(log);

	if (is_there)
		snprintf(out, NOTE_KEY_TEXT, "%s", db_col_peek(rows, 0, NULL));
	*rc = db_done(rows);
	return is_there && strncmp(out, log, len) == 0 && out[len] == '+';
}

/* The key that counts: the last that took over, else the published one. */
static enum err
current_key(struct ctx *ctx, const char *log, char out[NOTE_KEY_TEXT])
{
	struct note_key key;
	enum err rc;

	if (newest_key(ctx, log, out, &rc) || rc != ERR_OK)
		return rc;
	rc = log_key_read(ctx->conf, LOG_KEY_PUBLISHED, &key);
	if (rc == ERR_OK)
		note_key_text(&key, out);
	return rc == ERR_NOT_FOUND ? ERR_STATE : rc;
}

static json_t *
details(const struct key_handover *h, struct span note)
{
	char old[NOTE_KEY_TEXT], new[NOTE_KEY_TEXT], hex[DIGEST_TEXT];
	uint8_t digest[DIGEST_BYTES];

	note_key_text(&h->old, old);
	note_key_text(&h->new, new);
	digest_sha256(note.at, note.len, digest);
	text_hex(digest, sizeof(digest), hex);
	return json_pack("{s:s, s:s, s:I, s:s}", "old", old, "new", new, "size",
	    (json_int_t)h->last.size, "handover_sha256", hex);
}

static enum err
add(struct ctx *ctx, const struct key_handover *h, struct span note)
{
	char current[NOTE_KEY_TEXT], old[NOTE_KEY_TEXT], new[NOTE_KEY_TEXT];
	enum err rc;

	if ((rc = current_key(ctx, h->old.name, current)) != ERR_OK)
		return rc;
	note_key_text(&h->old, old);
	note_key_text(&h->new, new);
	if (strcmp(old, current) != 0)
		return ERR_STATE;
	rc = db_exec(ctx->db, sql[SQL_ADD],
	    DB_ARGS(db_t(new),
		db_t(arena_copy_n(ctx->arena, note.at, note.len)),
		db_i(ctx->now_at)));
	return rc == ERR_OK ? record_append(ctx, RECORD_LOG_KEY_ROTATED,
				  h->old.name, details(h, note))
			    : rc;
}

enum err
log_handover_keep(struct ctx *ctx, struct span note, bool *is_new)
{
	struct tlog_fault fault;
	struct key_handover h;
	char key[NOTE_KEY_TEXT];
	int64_t kept;
	enum err rc;

	*is_new = false;
	if (key_handover_read(note, &h, &fault) != ERR_OK)
		return ERR_INVALID;
	note_key_text(&h.new, key);
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_one_int(ctx->db, sql[SQL_IS_KEPT], DB_ARGS(db_t(key)), &kept);
	if (rc == ERR_OK && kept == 0)
		rc = add(ctx, &h, note);
	rc = db_end(ctx->db, rc);
	*is_new = rc == ERR_OK && kept == 0;
	return rc;
}

/* ---- reading ----------------------------------------------------------- */

static enum err
take(struct ctx *ctx, struct db_rows *rows, struct log_handover *h)
{
	struct tlog_fault fault;

	h->note = db_col_text(rows, 0, ctx->arena);
	h->kept_at = db_col_int(rows, 1);
	if (key_handover_read(span_of(h->note), &h->keys, &fault) != ERR_OK) {
		log_line(LOG_ERROR, where, "a hand-over that is kept: %s",
		    tlog_reason_text(fault.reason));
		return ERR_CORRUPT;
	}
	log_handover_file(&h->keys.new, h->file);
	return ERR_OK;
}

enum err
log_handover_list(struct ctx *ctx, struct log_handover **out, size_t *n)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_LIST], DB_NONE);
	struct log_handover *all = NULL;
	enum err rc = ERR_OK, done;

	for (*n = 0; rc == ERR_OK && db_next(rows); ++*n) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		rc = take(ctx, rows, &all[*n]);
	}
	*out = all;
	done = db_done(rows);
	return rc != ERR_OK ? rc : done;
}

enum err
log_handover_open(struct ctx *ctx, struct span text, const struct note_key *key,
    struct note_key *by, struct checkpoint *checkpoint,
    struct tlog_fault *fault)
{
	struct log_handover *all;
	struct note note;
	size_t n;
	enum err rc;

	*by = *key;
	if (checkpoint_open(text, by, &note, checkpoint, fault) == ERR_OK)
		return ERR_OK;
	if ((rc = log_handover_list(ctx, &all, &n)) != ERR_OK)
		return rc;
	for (size_t i = 0; fault->reason == TLOG_UNSIGNED && i < n; i++) {
		if (memcmp(&all[i].keys.new, by, sizeof(*by)) != 0)
			continue;
		*by = all[i].keys.old;
		checkpoint_open(text, by, &note, checkpoint, fault);
	}
	return fault->reason == TLOG_OK ? ERR_OK : ERR_INVALID;
}
