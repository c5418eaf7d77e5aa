/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_core.h"

#include <string.h>

#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/minisig_sign.h"
#include "crypt/note_sign.h"
#include "crypt/signer_state.h"

static const char where[] = "signer";

/* ---- the state ------------------------------------------------------- */

enum err
signer_load(struct signer *s)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	struct buf b;
	enum err rc;

	buf_init(&b, NOTE_MAX);
	rc = signer_state_read(s->folder, s->file, &b);
	if (rc == ERR_NOT_FOUND)
		log_line(LOG_ERROR, where, "%s is missing", s->file);
	if (rc == ERR_OK &&
	    checkpoint_open((struct span){ b.data, b.len }, &s->log->note,
		&note, &c, &fault) != ERR_OK) {
		log_line(LOG_ERROR, where,
		    "%s is no checkpoint signed by the log's key: %s", s->file,
		    tlog_reasons[fault.reason]);
		rc = ERR_CORRUPT;
	}
	if (rc == ERR_OK)
		s->last = c.tree;
	buf_free(&b);
	return rc;
}

/* The note of a point, and its signature. */
static enum err
sign_point(const struct signer *s, const struct merkle_point *tree,
    uint8_t signature[NOTE_SIGNATURE], struct buf *note)
{
	char body[CHECKPOINT_BODY];
	enum err rc;

	if (!checkpoint_body(s->log->note.name, tree, body))
		return ERR_INTERNAL;
	rc = note_sign(span_of(body), &s->log->note, s->log->secret, signature);
	if (rc != ERR_OK)
		return ERR_INTERNAL;
	buf_addf(note, "%s\n", body);
	note_add_line(note, &s->log->note, signature, NOTE_SIGNATURE);
	return note->overflow ? ERR_MEMORY : ERR_OK;
}

static enum err
keep(struct signer *s, const struct merkle_point *tree,
    uint8_t signature[NOTE_SIGNATURE], bool is_new)
{
	struct buf note;
	enum err rc;

	buf_init(&note, NOTE_MAX);
	rc = sign_point(s, tree, signature, &note);
	if (rc == ERR_OK && is_new)
		rc = signer_state_write(s->folder, s->file, &note);
	if (rc == ERR_OK)
		s->last = *tree;
	buf_free(&note);
	return rc;
}

enum err
signer_keep(struct signer *s, const struct merkle_point *tree)
{
	uint8_t signature[NOTE_SIGNATURE];

	return keep(s, tree, signature, true);
}

/* ---- answers --------------------------------------------------------- */

static bool
is_same(const struct merkle_point *a, const struct merkle_point *b)
{
	return a->size == b->size && memcmp(a->root, b->root, MERKLE_HASH) == 0;
}

/* May this be signed after what was signed last? */
static enum signer_status
judge(const struct signer *s, const struct signer_request *r)
{
	if (r->tree.size < s->last.size)
		return SIGNER_BACK;
	if (is_same(&r->tree, &s->last))
		return SIGNER_DONE;
	if (r->tree.size == s->last.size)
		return SIGNER_FORK;
	return merkle_extends(&r->proof, &s->last, &r->tree) ? SIGNER_DONE
							     : SIGNER_PROOF;
}

static void
sign_checkpoint(
    struct signer *s, const struct signer_request *r, struct signer_answer *a)
{
	a->status = judge(s, r);
	if (a->status != SIGNER_DONE) {
		log_line(LOG_WARNING, where,
		    "refused to sign size %llu after size %llu: %s",
		    (unsigned long long)r->tree.size,
		    (unsigned long long)s->last.size,
		    signer_statuses[a->status]);
		return;
	}
	if (keep(s, &r->tree, a->signature, !is_same(&r->tree, &s->last)) !=
	    ERR_OK) {
		memset(a->signature, 0, sizeof(a->signature));
		a->status = SIGNER_FAILED;
	}
	a->last = s->last;
}

static void
sign_bundle(
    struct signer *s, const struct signer_request *r, struct signer_answer *a)
{
	struct minisig m;

	if (!minisig_trusted_ok(r->comment)) {
		a->status = SIGNER_TEXT;
		return;
	}
	if (minisig_sign(&s->bundle->bundle, s->bundle->secret, r->prehash,
		r->comment, &m) != ERR_OK) {
		a->status = SIGNER_FAILED;
		return;
	}
	memcpy(a->signature, m.signature, sizeof(a->signature));
	memcpy(a->global, m.global, sizeof(a->global));
	log_line(LOG_INFO, where, "signed a bundle: %s", r->comment);
}

static void
sign_for_another(
    struct signer *s, const struct signer_request *r, struct signer_answer *a)
{
	signer_witness_answer(&s->witness, r, a);
}

static void (*const acts[SIGNER_KIND__MAX])(
    struct signer *, const struct signer_request *, struct signer_answer *) = {
	[SIGNER_KEYS] = NULL,
	[SIGNER_CHECKPOINT] = sign_checkpoint,
	[SIGNER_BUNDLE] = sign_bundle,
	[SIGNER_COSIGN] = sign_for_another,
};

bool
signer_answer(struct signer *s, unsigned kinds,
    const uint8_t request[SIGNER_REQUEST], uint8_t answer[SIGNER_ANSWER])
{
	struct signer_request r;
	struct signer_answer a;

	memset(answer, 0, SIGNER_ANSWER);
	if (!signer_request_read(request, &r) || (kinds & 1U << r.kind) == 0)
		return false;
	memset(&a, 0, sizeof(a));
	a.kind = r.kind;
	a.last = s->last;
	a.log = s->log->note;
	a.bundle = s->bundle->bundle;
	if (s->witness.key != NULL)
		a.witness = s->witness.key->note;
	if (acts[r.kind] != NULL)
		acts[r.kind](s, &r, &a);
	signer_answer_write(&a, answer);
	return true;
}
