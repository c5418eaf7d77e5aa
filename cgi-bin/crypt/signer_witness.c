/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_witness.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/checkpoint.h"
#include "crypt/cosignature_sign.h"
#include "crypt/signer_state.h"

static const char where[] = "witness";

enum { LIST_BYTES = SIGNER_LOGS * (NOTE_KEY_TEXT + 1) };

/* ---- what is remembered ------------------------------------------------ */

/* A name may have any characters, a file's may not. */
void
signer_witness_file(const char *origin, char out[SIGNER_LOG_FILE])
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char hex[2 * 8 + 1];

	crypto_hash_sha256(hash, (const uint8_t *)origin, strlen(origin));
	text_hex(hash, 8, hex);
	snprintf(out, SIGNER_LOG_FILE, "witnessed-%s", hex);
}

/* A cosigned checkpoint of that log. */
static enum err
read_note(const struct signer_witness *w, const struct buf *b,
    const char *origin, struct merkle_point *last)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	int64_t time_s;

	if (note_parse(b->data, b->len, &note, &fault) != ERR_OK ||
	    checkpoint_parse(note.text, &c, &fault) != ERR_OK ||
	    !span_is(c.origin, origin) ||
	    cosignature_check(&note, &w->key->note, &time_s) != TLOG_OK)
		return ERR_CORRUPT;
	*last = c.tree;
	return ERR_OK;
}

/* ERR_NOT_FOUND: nothing is remembered, which may be as it should. */
static enum err
recall(const struct signer_witness *w, const char *origin,
    struct merkle_point *last)
{
	char file[SIGNER_LOG_FILE];
	struct buf b;
	enum err rc;

	signer_witness_file(origin, file);
	buf_init(&b, NOTE_MAX);
	rc = signer_state_read(w->folder, file, &b);
	if (rc == ERR_OK)
		rc = read_note(w, &b, origin, last);
	if (rc == ERR_CORRUPT)
		log_line(LOG_ERROR, where,
		    "%s is no checkpoint of %s that this witness has cosigned",
		    file, origin);
	buf_free(&b);
	return rc;
}

/*
 * Cosigns a point now; it is in the file before the signature is given away.
 * A note is remembered with our own signature alone: the log's is of no more
 * use, and size 0 has none.
 */
static enum err
remember(const struct signer_witness *w, const char *origin,
    const struct merkle_point *tree, uint64_t time_s,
    uint8_t blob[COSIGNATURE_BLOB])
{
	char body[CHECKPOINT_BODY], file[SIGNER_LOG_FILE];
	struct buf note;
	enum err rc;

	if (!checkpoint_body(origin, tree, body))
		return ERR_INVALID;
	rc = cosignature_sign(
	    span_of(body), time_s, &w->key->note, w->key->secret, blob);
	if (rc != ERR_OK)
		return rc;
	signer_witness_file(origin, file);
	buf_init(&note, NOTE_MAX);
	buf_addf(&note, "%s\n", body);
	note_add_line(&note, &w->key->note, blob, COSIGNATURE_BLOB);
	rc = note.overflow ? ERR_MEMORY
			   : signer_state_write(w->folder, file, &note);
	buf_free(&note);
	return rc;
}

/* ---- the list ---------------------------------------------------------- */

static enum err
take_line(struct signer_witness *w, struct span line)
{
	struct signer_log *log = &w->log[w->n];
	struct tlog_fault fault;
	enum err rc;

	if (w->n == SIGNER_LOGS) {
		log_line(LOG_ERROR, where, "%s: more than %d logs",
		    SIGNER_LOGS_FILE, (int)SIGNER_LOGS);
		return ERR_INVALID;
	}
	if (note_key_parse(line.at, line.len, &log->key, &fault) != ERR_OK ||
	    log->key.type != NOTE_ED25519) {
		log_line(LOG_ERROR, where,
		    "%s, line %zu: not the verifier key of a log",
		    SIGNER_LOGS_FILE, w->n + 1);
		return ERR_INVALID;
	}
	rc = recall(w, log->key.name, &log->last);
	if (rc == ERR_OK)
		w->n++;
	if (rc == ERR_NOT_FOUND)
		log_line(LOG_ERROR, where,
		    "%s, line %zu: of this log nothing is remembered",
		    SIGNER_LOGS_FILE, w->n + 1);
	return rc;
}

enum err
signer_witness_load(struct signer_witness *w)
{
	struct span rest, line;
	struct buf list;
	enum err rc;

	w->n = 0;
	if (w->key == NULL)
		return ERR_OK;
	buf_init(&list, LIST_BYTES);
	rc = signer_state_read(w->folder, SIGNER_LOGS_FILE, &list);
	if (rc == ERR_NOT_FOUND) /* the list; nothing is read from it then */
		rc = ERR_OK;
	rest = (struct span){ list.data, list.len };
	while (rc == ERR_OK && rest.len > 0) {
		/* Without its LF it may have been cut off: it is none. */
		if (!span_line(&rest, &line))
			line = rest = (struct span){ "", 0 };
		rc = take_line(w, line);
	}
	buf_free(&list);
	return rc;
}

static enum err
write_list(const struct signer_witness *w)
{
	char text[NOTE_KEY_TEXT];
	struct buf list;
	enum err rc;

	buf_init(&list, LIST_BYTES);
	for (size_t i = 0; i < w->n; i++) {
		note_key_text(&w->log[i].key, text);
		buf_addf(&list, "%s\n", text);
	}
	rc = list.overflow
	    ? ERR_MEMORY
	    : signer_state_write(w->folder, SIGNER_LOGS_FILE, &list);
	buf_free(&list);
	return rc;
}

static const struct signer_log *
find(const struct signer_witness *w, const char *origin)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->log[i].key.name, origin) == 0)
			return &w->log[i];
	return NULL;
}

static bool
has_key(const struct signer_witness *w, const struct note_key *key)
{
	for (size_t i = 0; i < w->n; i++)
		if (memcmp(&w->log[i].key, key, sizeof(*key)) == 0)
			return true;
	return false;
}

/*
 * A log that was taken off the list, or whose line a crash kept from it, goes
 * on from what is remembered: from size 0 we would cosign a second history.
 */
static enum err
begin(const struct signer_witness *w, const char *origin,
    struct merkle_point *last)
{
	const struct signer_log *same = find(w, origin);
	uint8_t blob[COSIGNATURE_BLOB];
	enum err rc;

	if (same != NULL) {
		*last = same->last;
		return ERR_OK;
	}
	if ((rc = recall(w, origin, last)) != ERR_NOT_FOUND)
		return rc;
	last->size = 0;
	merkle_empty(last->root);
	return remember(
	    w, origin, last, (uint64_t)(clock_now() / CLOCK_S), blob);
}

enum err
signer_witness_add(struct signer_witness *w, const struct note_key *key)
{
	struct signer_log *log = &w->log[w->n];
	enum err rc;

	if (key->type != NOTE_ED25519)
		return ERR_INVALID;
	if (has_key(w, key))
		return ERR_EXISTS;
	if (w->n == SIGNER_LOGS)
		return ERR_TOO_LARGE;
	if ((rc = begin(w, key->name, &log->last)) != ERR_OK)
		return rc;
	log->key = *key;
	w->n++;
	if ((rc = write_list(w)) != ERR_OK)
		w->n--;
	return rc;
}

enum err
signer_witness_remove(struct signer_witness *w, const struct note_key *key)
{
	const struct signer_witness before = *w;
	size_t at = 0;
	enum err rc;

	while (at < w->n && memcmp(&w->log[at].key, key, sizeof(*key)) != 0)
		at++;
	if (at == w->n)
		return ERR_NOT_FOUND;
	w->n--;
	memmove(&w->log[at], &w->log[at + 1], (w->n - at) * sizeof(w->log[0]));
	if ((rc = write_list(w)) != ERR_OK)
		*w = before;
	return rc;
}

/* ---- answers ----------------------------------------------------------- */

static bool
is_signed(const struct signer_witness *w, const struct signer_request *r)
{
	char body[CHECKPOINT_BODY];

	if (!checkpoint_body(r->origin, &r->tree, body))
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->log[i].key.name, r->origin) == 0 &&
		    crypto_sign_verify_detached(r->signature,
			(const uint8_t *)body, strlen(body),
			w->log[i].key.key) == 0)
			return true;
	return false;
}

/* In the order in which the protocol has them. */
static enum signer_status
judge(const struct signer_witness *w, const struct signer_log *log,
    const struct signer_request *r)
{
	if (!is_signed(w, r))
		return SIGNER_UNSIGNED;
	if (r->old > r->tree.size)
		return SIGNER_BACK;
	if (r->old != log->last.size)
		return SIGNER_STALE;
	if (r->tree.size == log->last.size)
		return memcmp(r->tree.root, log->last.root, MERKLE_HASH) != 0
		    ? SIGNER_FORK
		    : r->proof.n == 0 ? SIGNER_DONE
				      : SIGNER_PROOF;
	return merkle_extends(&r->proof, &log->last, &r->tree) ? SIGNER_DONE
							       : SIGNER_PROOF;
}

static void
advance(struct signer_witness *w, const char *origin,
    const struct merkle_point *tree)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->log[i].key.name, origin) == 0)
			w->log[i].last = *tree;
}

static void
cosign(struct signer_witness *w, const struct signer_request *r,
    struct signer_answer *a)
{
	uint8_t blob[COSIGNATURE_BLOB];

	a->time_s = (uint64_t)(clock_now() / CLOCK_S);
	if (remember(w, r->origin, &r->tree, a->time_s, blob) != ERR_OK) {
		a->time_s = 0;
		a->status = SIGNER_FAILED;
		return;
	}
	memcpy(a->signature, blob + 8, NOTE_SIGNATURE);
	advance(w, r->origin, &r->tree);
	a->last = r->tree;
}

void
signer_witness_answer(struct signer_witness *w, const struct signer_request *r,
    struct signer_answer *a)
{
	const struct signer_log *log = find(w, r->origin);

	memset(&a->last, 0, sizeof(a->last));
	if (log == NULL) {
		a->status = SIGNER_UNKNOWN;
		return;
	}
	a->last = log->last;
	a->status = judge(w, log, r);
	if (a->status == SIGNER_DONE)
		cosign(w, r, a);
	else if (a->status != SIGNER_STALE)
		log_line(LOG_WARNING, where,
		    "did not cosign size %llu of %s after size %llu: %s",
		    (unsigned long long)r->tree.size, log->key.name,
		    (unsigned long long)log->last.size,
		    signer_statuses[a->status]);
}
