/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_witness.h"

#include <string.h>

#include "base/log.h"
#include "crypt/cosignature.h"
#include "crypt/tlog_witness.h"
#include "domain/list.h"
#include "domain/log_file.h"

static const char where[] = "witness";

/* The media type of a size, and the only one (C2SP tlog-witness). */
static const char type_of_size[] = "text/x.tlog.size";

enum {
	SQL_NEWEST,
	SQL_NOTE,
	SQL_KNOWN,
	SQL_NAMES,
	SQL_FORGET,
	SQL_COSIGNED,
	SQL_ASKED,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_NEWEST] = "SELECT COALESCE(MAX(size), 0) FROM log_checkpoint",
	[SQL_NOTE] = "SELECT note FROM log_checkpoint WHERE size = $1",
	[SQL_KNOWN] = "SELECT COALESCE(MAX(size), 0) FROM log_cosignature"
	    " WHERE witness = $1",
	[SQL_NAMES] = "SELECT witness FROM log_witness",
	[SQL_FORGET] = "DELETE FROM log_witness WHERE witness = $1",
	[SQL_COSIGNED] = "INSERT INTO log_cosignature"
	    " (size, witness, line, cosigned_at) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (size, witness) DO UPDATE"
	    " SET line = excluded.line, cosigned_at = excluded.cosigned_at",
	[SQL_ASKED] = "INSERT INTO log_witness"
	    " (witness, size, asked_at, trouble) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (witness) DO UPDATE SET size = excluded.size,"
	    " asked_at = excluded.asked_at, trouble = excluded.trouble",
};
/* clang-format on */

/* ---- troubles --------------------------------------------------------- */

const char *const log_witness_troubles[LOG_WITNESS__MAX + 1] = {
	[LOG_WITNESS_FINE] = "",
	[LOG_WITNESS_UNREACHABLE] = "unreachable",
	[LOG_WITNESS_CERTIFICATE] = "certificate",
	[LOG_WITNESS_TIMEOUT] = "timeout",
	[LOG_WITNESS_LOG] = "log",
	[LOG_WITNESS_KEY] = "key",
	[LOG_WITNESS_REQUEST] = "request",
	[LOG_WITNESS_PROOF] = "proof",
	[LOG_WITNESS_AHEAD] = "ahead",
	[LOG_WITNESS_CONFLICT] = "conflict",
	[LOG_WITNESS_BUSY] = "busy",
	[LOG_WITNESS_FAILED] = "failed",
	[LOG_WITNESS_ANSWER] = "answer",
	[LOG_WITNESS_UNSIGNED] = "unsigned",
	[LOG_WITNESS_FALSE] = "false",
	[LOG_WITNESS__MAX] = NULL,
};

/* What the keeper reads.  An error is what two histories would look like. */
static const struct {
	enum log_level level;
	const char *text;
} texts[LOG_WITNESS__MAX] = {
	[LOG_WITNESS_FINE] = { LOG_INFO, "cosigns again" },
	[LOG_WITNESS_UNREACHABLE] = { LOG_WARNING, "cannot be reached" },
	[LOG_WITNESS_CERTIFICATE] = { LOG_WARNING,
	    "has a certificate that this machine does not trust" },
	[LOG_WITNESS_TIMEOUT] = { LOG_WARNING, "does not answer in time" },
	[LOG_WITNESS_LOG] = { LOG_WARNING,
	    "does not know this log: give its operator log-key.txt" },
	[LOG_WITNESS_KEY] = { LOG_WARNING,
	    "does not know the log's key: give its operator log-key.txt" },
	[LOG_WITNESS_REQUEST] = { LOG_WARNING, "does not understand us" },
	[LOG_WITNESS_PROOF] = { LOG_ERROR,
	    "has cosigned a log that this one does not extend" },
	[LOG_WITNESS_AHEAD] = { LOG_ERROR,
	    "has cosigned more records than there are: was an older backup"
	    " restored?" },
	[LOG_WITNESS_CONFLICT] = { LOG_ERROR,
	    "refuses to go on from the size that it has cosigned" },
	[LOG_WITNESS_BUSY] = { LOG_WARNING, "is asked too often" },
	[LOG_WITNESS_FAILED] = { LOG_WARNING, "answers with another status" },
	[LOG_WITNESS_ANSWER] = { LOG_WARNING, "answers what is no answer" },
	[LOG_WITNESS_UNSIGNED] = { LOG_WARNING,
	    "answers without a signature of its key" },
	[LOG_WITNESS_FALSE] = { LOG_ERROR, "answers with a false cosignature" },
};

static const struct {
	enum err rc;
	enum log_witness_trouble trouble;
} by_error[] = {
	{ ERR_NOT_FOUND, LOG_WITNESS_UNREACHABLE },
	{ ERR_FORBIDDEN, LOG_WITNESS_CERTIFICATE },
	{ ERR_BUSY, LOG_WITNESS_TIMEOUT },
	{ ERR_TOO_LARGE, LOG_WITNESS_ANSWER },
	{ ERR_MALFORMED, LOG_WITNESS_ANSWER },
};

static const struct {
	int status;
	enum log_witness_trouble trouble;
} by_status[] = {
	{ 200, LOG_WITNESS_FINE },
	{ 400, LOG_WITNESS_REQUEST },
	{ 403, LOG_WITNESS_KEY },
	{ 404, LOG_WITNESS_LOG },
	{ 409, LOG_WITNESS_CONFLICT },
	{ 422, LOG_WITNESS_PROOF },
	{ 429, LOG_WITNESS_BUSY },
};

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/* Before anybody has looked at what stands in the answer. */
static enum log_witness_trouble
first_look(const struct log_witness_answer *a)
{
	if (a->rc != ERR_OK) {
		for (size_t i = 0; i < ROWS(by_error); i++)
			if (by_error[i].rc == a->rc)
				return by_error[i].trouble;
		return LOG_WITNESS_UNREACHABLE;
	}
	for (size_t i = 0; i < ROWS(by_status); i++)
		if (by_status[i].status == a->status)
			return by_status[i].trouble;
	return LOG_WITNESS_FAILED;
}

/* ---- what is stored --------------------------------------------------- */

/* Adds the note of that size; *text_len is how much of it is signed. */
static enum err
load_note(struct ctx *ctx, uint64_t size, struct buf *out, size_t *text_len)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_NOTE], DB_ARGS(db_i((int64_t)size)));
	struct tlog_fault fault;
	struct note note;
	enum err rc;

	if (db_next(rows))
		buf_adds(out, db_col_peek(rows, 0, NULL));
	if ((rc = db_done(rows)) != ERR_OK)
		return rc;
	if (note_parse(out->data, out->len, &note, &fault) != ERR_OK) {
		log_line(LOG_ERROR, where, "checkpoint %llu is not whole",
		    (unsigned long long)size);
		return ERR_CORRUPT;
	}
	*text_len = note.text.len;
	return ERR_OK;
}

/* What becomes of an answer. */
struct outcome {
	uint64_t size; /* of the checkpoint that was asked for */
	enum log_witness_trouble trouble;
	struct buf line;     /* the signature line */
	int64_t cosigned_at; /* the time in it */
};

static enum err
write_outcome(struct ctx *ctx, const struct log_witness_peer *peer,
    const struct outcome *o)
{
	const bool is_fine = o->trouble == LOG_WITNESS_FINE;
	const char *name = peer->place->key.name;
	const uint64_t cosigned = is_fine ? o->size : peer->cosigned;
	enum err rc = ERR_OK;

	if (is_fine)
		rc = db_exec(ctx->db, sql[SQL_COSIGNED],
		    DB_ARGS(db_i((int64_t)o->size), db_t(name),
			db_t(o->line.data), db_i(o->cosigned_at)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->db, sql[SQL_ASKED],
		    DB_ARGS(db_t(name), db_i((int64_t)cosigned),
			db_i(ctx->now_at),
			db_t(log_witness_troubles[o->trouble])));
	return rc;
}

static enum err
keep(struct ctx *ctx, const struct log_witness_peer *peer,
    const struct outcome *o)
{
	enum err rc = db_begin(ctx->db);

	if (rc != ERR_OK)
		return rc;
	return db_end(ctx->db, write_outcome(ctx, peer, o));
}

/* ---- starting --------------------------------------------------------- */

static bool
is_named(const struct log_witness_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->place[i].key.name, name) == 0)
			return true;
	return false;
}

/* In the transaction of the caller. */
static enum err
forget_others(struct ctx *ctx, const struct log_witness_list *list)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_NAMES], DB_NONE);
	char **names = NULL;
	size_t n = 0;
	enum err rc;

	while (db_next(rows)) {
		names = list_room(ctx->arena, names, n, sizeof(*names));
		names[n++] = db_col_text(rows, 0, ctx->arena);
	}
	rc = db_done(rows);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		if (!is_named(list, names[i]))
			rc = db_exec(
			    ctx->db, sql[SQL_FORGET], DB_ARGS(db_t(names[i])));
	return rc;
}

static enum err
add_peer(struct log_witnesses *w, const struct log_witness_place *place)
{
	struct log_witness_peer *peer = &w->peer[w->n++];
	int64_t known;
	enum err rc;

	rc = db_one_int(
	    w->ctx->db, sql[SQL_KNOWN], DB_ARGS(db_t(place->key.name)), &known);
	peer->place = place;
	peer->cosigned = (uint64_t)known;
	peer->old = peer->cosigned;
	return rc;
}

enum err
log_witness_start(struct log_witnesses *w, struct ctx *ctx,
    const struct log_witness_list *list)
{
	enum err rc;

	memset(w, 0, sizeof(*w));
	w->ctx = ctx;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_end(ctx->db, forget_others(ctx, list));
	for (size_t i = 0; rc == ERR_OK && i < list->n; i++)
		rc = add_peer(w, &list->place[i]);
	return rc;
}

/* ---- asking ----------------------------------------------------------- */

enum err
log_witness_look(struct log_witnesses *w)
{
	int64_t newest;
	enum err rc = db_one_int(w->ctx->db, sql[SQL_NEWEST], DB_NONE, &newest);

	if (rc == ERR_OK)
		w->newest = (uint64_t)newest;
	return rc;
}

bool
log_witness_is_due(
    const struct log_witnesses *w, const struct log_witness_peer *peer)
{
	const int64_t left = peer->next_at - w->ctx->now_at;

	/* A clock that was set back does not make anybody wait for years. */
	return peer->asked == 0 && w->newest > peer->cosigned &&
	    (left <= 0 || left > LOG_WITNESS_WAIT_MAX);
}

static void
postpone(struct log_witness_peer *peer, int64_t now_at)
{
	peer->wait = peer->wait == 0 ? LOG_WITNESS_WAIT : 2 * peer->wait;
	if (peer->wait > LOG_WITNESS_WAIT_MAX)
		peer->wait = LOG_WITNESS_WAIT_MAX;
	peer->next_at = now_at + peer->wait;
	peer->is_corrected = false;
}

static enum err
prove(struct ctx *ctx, uint64_t old, uint64_t size, struct merkle_proof *proof)
{
	const struct tlog_tile_source source = log_file_source(ctx->conf);
	struct tlog_tile_reader *reader =
	    arena_alloc(ctx->arena, sizeof(*reader));
	struct merkle_reader hashes;

	tlog_tile_reader_start(reader, &source, size);
	hashes = tlog_tile_merkle(reader);
	return merkle_consistency(&hashes, old, size, proof);
}

enum err
log_witness_ask(
    struct log_witnesses *w, struct log_witness_peer *peer, struct buf *body)
{
	struct tlog_witness_request request = { .old = peer->old };
	struct buf note;
	size_t text_len;
	enum err rc;

	buf_init(&note, NOTE_MAX);
	rc = load_note(w->ctx, w->newest, &note, &text_len);
	if (rc == ERR_OK)
		rc = prove(w->ctx, peer->old, w->newest, &request.proof);
	request.checkpoint = (struct span){ note.data, note.len };
	if (rc == ERR_OK)
		rc = tlog_witness_request_write(&request, body);
	buf_free(&note);
	if (rc == ERR_OK) {
		peer->asked = w->newest;
		return ERR_OK;
	}
	log_line(LOG_ERROR, where, "%s cannot be asked: %s",
	    peer->place->key.name, err_name(rc));
	postpone(peer, w->ctx->now_at);
	return rc;
}

/* ---- a size in the answer --------------------------------------------- */

/* "<decimal>\n", and nothing else. */
static bool
read_size(const struct log_witness_answer *a, uint64_t *size)
{
	struct span rest = a->body, line;

	return strcmp(a->type, type_of_size) == 0 && span_line(&rest, &line) &&
	    rest.len == 0 && span_to_uint(line, MERKLE_SIZE_MAX, size);
}

/*
 * It holds another size than we knew: most likely it cosigned, and we ended
 * before we heard so.  FINE: it is asked again from there, once, since one that
 * says another size each time would be asked for ever.
 */
static enum log_witness_trouble
hear_size(const struct log_witnesses *w, struct log_witness_peer *peer,
    const struct log_witness_answer *a)
{
	uint64_t size;

	if (!read_size(a, &size))
		return peer->is_corrected ? LOG_WITNESS_CONFLICT
					  : LOG_WITNESS_ANSWER;
	if (size > w->newest)
		return LOG_WITNESS_AHEAD;
	if (size == peer->old || peer->is_corrected)
		return LOG_WITNESS_CONFLICT;
	peer->old = size;
	peer->is_corrected = true;
	return LOG_WITNESS_FINE;
}

/* ---- a cosignature in the answer -------------------------------------- */

/* The latest of those by that key, all of which hold. */
static void
add_latest(
    const struct note *note, const struct note_key *key, struct buf *line)
{
	const struct note_signature *latest = NULL;

	for (size_t i = 0; i < note->n; i++) {
		const struct note_signature *s = &note->signature[i];

		/* The time comes first, big-endian. */
		if (note_is_by(s, key) &&
		    (latest == NULL || memcmp(s->blob, latest->blob, 8) > 0))
			latest = s;
	}
	if (latest != NULL)
		note_add_line(line, key, latest->blob, latest->len);
}

/*
 * `text` is our note with the answer's lines behind it.  They must not move
 * the place where it is split: what is signed would be another text.
 */
static enum log_witness_trouble
read_lines(const struct buf *text, size_t text_len, const struct note_key *key,
    struct outcome *o)
{
	struct tlog_fault fault;
	enum tlog_reason reason;
	struct note note;
	int64_t time_s;

	if (text->overflow ||
	    note_parse(text->data, text->len, &note, &fault) != ERR_OK ||
	    note.text.len != text_len)
		return LOG_WITNESS_ANSWER;
	reason = cosignature_check(&note, key, &time_s);
	if (reason != TLOG_OK)
		return reason == TLOG_UNSIGNED ? LOG_WITNESS_UNSIGNED
					       : LOG_WITNESS_FALSE;
	/* Later than that no column takes. */
	if (time_s > CLOCK_LAST / CLOCK_S)
		return LOG_WITNESS_FALSE;
	o->cosigned_at = time_s * CLOCK_S;
	add_latest(&note, key, &o->line);
	return o->line.overflow ? LOG_WITNESS_ANSWER : LOG_WITNESS_FINE;
}

static enum err
read_cosignature(struct ctx *ctx, const struct log_witness_peer *peer,
    struct span lines, struct outcome *o)
{
	struct buf text;
	size_t text_len;
	enum err rc;

	buf_init(&text, NOTE_MAX);
	rc = load_note(ctx, o->size, &text, &text_len);
	if (rc == ERR_OK) {
		buf_add(&text, lines.at, lines.len);
		o->trouble = read_lines(&text, text_len, &peer->place->key, o);
	}
	buf_free(&text);
	return rc;
}

/* ---- the answer ------------------------------------------------------- */

static void
tell(const struct log_witness_peer *peer, const struct outcome *o)
{
	log_line(texts[o->trouble].level, where, "%s, asked for %llu, %s",
	    peer->place->key.name, (unsigned long long)o->size,
	    texts[o->trouble].text);
}

/* What was kept is now so. */
static void
go_on(struct log_witness_peer *peer, const struct outcome *o, int64_t now_at)
{
	if (o->trouble != LOG_WITNESS_FINE) {
		tell(peer, o);
		postpone(peer, now_at);
		return;
	}
	if (peer->wait > 0)
		tell(peer, o);
	peer->cosigned = o->size;
	peer->old = o->size;
	peer->is_corrected = false;
	peer->wait = 0;
	peer->next_at = 0;
}

enum err
log_witness_answered(struct log_witnesses *w, struct log_witness_peer *peer,
    const struct log_witness_answer *a)
{
	struct outcome o = { .size = peer->asked, .trouble = first_look(a) };
	enum err rc = ERR_OK;

	peer->asked = 0;
	buf_init(&o.line, NOTE_MAX);
	if (o.trouble == LOG_WITNESS_FINE) {
		rc = read_cosignature(w->ctx, peer, a->body, &o);
	} else if (o.trouble == LOG_WITNESS_CONFLICT) {
		o.trouble = hear_size(w, peer, a);
		if (o.trouble == LOG_WITNESS_FINE)
			return ERR_OK;
	}
	if (rc == ERR_OK)
		rc = keep(w->ctx, peer, &o);
	if (rc == ERR_OK)
		go_on(peer, &o, w->ctx->now_at);
	else
		postpone(peer, w->ctx->now_at);
	buf_free(&o.line);
	return rc;
}
