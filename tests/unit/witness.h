/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A witness of a test's own, which does what C2SP tlog-witness says and has
 * what it cosigned in memory.
 */
#ifndef UNIT_WITNESS_H
#define UNIT_WITNESS_H

#include "crypt/tlog_witness.h"
#include "log_keys.h"

struct witness {
	struct log_key key;
	struct note_key log;	 /* the one that it knows */
	struct merkle_point has; /* what it cosigned last; size 0: nothing */
	int64_t time_s;		 /* what it says it is */
};

static inline void
witness_start(struct witness *w, const char *name, uint8_t seed,
    const struct note_key *log)
{
	memset(w, 0, sizeof(*w));
	w->key = log_key(name, NOTE_COSIGNATURE, seed);
	w->log = *log;
	w->time_s = 1700000000;
	merkle_empty(w->has.root);
}

/* The line alone. */
static inline void
witness_line(
    const struct witness *w, const struct checkpoint *c, struct buf *out)
{
	char body[CHECKPOINT_BODY];
	uint8_t blob[COSIGNATURE_BLOB];

	ck_assert(checkpoint_body(w->log.name, &c->tree, body));
	ck_assert_int_eq(cosignature_sign(span_of(body), (uint64_t)w->time_s,
			     &w->key.pub, w->key.secret, blob),
	    ERR_OK);
	note_add_line(out, &w->key.pub, blob, sizeof(blob));
}

/* Adds the answer's body, and gives its status. */
static inline int
witness_answer(struct witness *w, const void *body, size_t len, struct buf *out)
{
	struct tlog_witness_request r;
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;

	if (tlog_witness_request_read(body, len, &r, &fault) != ERR_OK)
		return 400;
	if (checkpoint_open(r.checkpoint, &w->log, &note, &c, &fault) != ERR_OK)
		return fault.reason == TLOG_ORIGIN ? 404 : 403;
	if (r.old > c.tree.size)
		return 400;
	if (r.old != w->has.size) {
		buf_addf(out, "%llu\n", (unsigned long long)w->has.size);
		return 409;
	}
	if (!merkle_extends(&r.proof, &w->has, &c.tree))
		return 422;
	w->has = c.tree;
	witness_line(w, &c, out);
	return 200;
}

#endif
