/* SPDX-License-Identifier: Apache-2.0 */
/* A log over a fixture's records, with a signer of the test's own. */
#ifndef UNIT_LOG_FIXTURE_H
#define UNIT_LOG_FIXTURE_H

#include "fixture.h"

#include "crypt/checkpoint.h"
#include "crypt/note_sign.h"
#include "domain/log_file.h"
#include "domain/log_sequence.h"

#include <sodium.h>

struct log_world {
	struct fixture f;
	struct note_key key;
	uint8_t secret[NOTE_SECRET];
	struct merkle_point last; /* that was signed */
	int signatures;
	enum err fails; /* what signing says; ERR_OK: it works */
	struct log_signer signer;
	struct log_sequencer s;
};

static inline enum err
log_last(void *arg, struct merkle_point *at)
{
	const struct log_world *w = arg;

	*at = w->last;
	return ERR_OK;
}

/* As the real one: what does not extend the last is not signed. */
static inline enum err
log_sign(void *arg, const struct merkle_point *to,
    const struct merkle_proof *proof, uint8_t out[NOTE_SIGNATURE])
{
	struct log_world *w = arg;
	char body[CHECKPOINT_BODY];

	if (w->fails != ERR_OK)
		return w->fails;
	if (!merkle_extends(proof, &w->last, to))
		return ERR_STATE;
	ck_assert(checkpoint_body(w->key.name, to, body));
	w->last = *to;
	w->signatures++;
	return note_sign(span_of(body), &w->key, w->secret, out);
}

static inline void
log_open_world(struct log_world *w)
{
	uint8_t public[NOTE_KEY];

	memset(w, 0, sizeof(*w));
	fixture_open(&w->f);
	ck_assert_int_eq(crypto_sign_keypair(public, w->secret), 0);
	ck_assert(
	    note_key_make("portal.example/log", NOTE_ED25519, public, &w->key));
	merkle_empty(w->last.root);
	w->signer = (struct log_signer){ log_last, log_sign, w };
}

static inline void
log_close_world(struct log_world *w)
{
	fixture_close(&w->f);
}

/* So many records more, of random digests. */
static inline void
log_records(struct log_world *w, int64_t n)
{
	fixture_ok(db_begin(w->f.ctx.db));
	fixture_ok(db_exec(w->f.ctx.db,
	    "WITH RECURSIVE n(i) AS (SELECT COALESCE(MAX(id), 0) + 1"
	    " FROM record UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < (SELECT COALESCE(MAX(id), 0) FROM record) + $1)"
	    " INSERT INTO record (id, recorded_at, kind, object, body, digest)"
	    " SELECT i, 1, 'test', 'x', x'00', randomblob(32) FROM n",
	    DB_ARGS(db_i(n))));
	fixture_ok(db_end(w->f.ctx.db, ERR_OK));
}

static inline enum err
log_start(struct log_world *w)
{
	return log_sequence_start(&w->s, &w->f.ctx, &w->key, &w->signer);
}

/* All that there is. */
static inline void
log_catch_up(struct log_world *w)
{
	uint64_t added;

	do
		fixture_ok(log_sequence_step(&w->s, &added));
	while (added > 0);
}

/* The checkpoint that is published, opened with the key. */
static inline struct merkle_point
log_published(struct log_world *w)
{
	struct checkpoint checkpoint;
	struct tlog_fault fault;
	struct note note;
	struct buf text;

	buf_init(&text, NOTE_MAX);
	fixture_ok(log_file_read_checkpoint(w->f.ctx.conf, &text));
	fixture_ok(checkpoint_open((struct span){ text.data, text.len },
	    &w->key, &note, &checkpoint, &fault));
	buf_free(&text);
	return checkpoint.tree;
}

#endif
