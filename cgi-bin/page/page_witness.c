/* SPDX-License-Identifier: Apache-2.0 */
#include "page/page_witness.h"

#include <inttypes.h>
#include <string.h>

#include "crypt/checkpoint.h"
#include "crypt/signer_client.h"
#include "crypt/tlog_witness.h"

/* Two while a log changes its key; what is more is not asked about. */
enum { TRIES = 4, RETRY_S = 2 };

/* What the signer says, to who asked. */
static const struct answer {
	int status;
	const char *sentence;
} answers[SIGNER_STATUS__MAX] = {
	[SIGNER_BACK] = { 400, "The old size is beyond the checkpoint's." },
	[SIGNER_FORK] = { 409, NULL },
	[SIGNER_PROOF] = { 422,
	    "The proof does not lead from the last"
	    " checkpoint to this one." },
	[SIGNER_FAILED] = { 503, "The state cannot be kept now." },
	[SIGNER_UNKNOWN] = { 404, "This log is not witnessed here." },
	[SIGNER_UNSIGNED] = { 403, "No signature of the log holds." },
	[SIGNER_STALE] = { 409, NULL },
};

static void
say(struct resp *resp, int status, const char *sentence)
{
	resp->status = status;
	resp->type = "text/plain; charset=utf-8";
	buf_reset(&resp->body);
	buf_addf(&resp->body, "%s\n", sentence);
	if (status == 503)
		resp->retry_after_s = RETRY_S;
}

/* ---- what was sent ------------------------------------------------------ */

struct asked {
	struct signer_foreign log;
	struct note note;
};

static bool
read_checkpoint(struct req *req, struct span bytes, struct asked *a)
{
	struct tlog_fault fault;
	struct checkpoint c;

	if (note_parse(bytes.at, bytes.len, &a->note, &fault) != ERR_OK ||
	    checkpoint_parse(a->note.text, &c, &fault) != ERR_OK ||
	    c.origin.len >= NOTE_NAME)
		return false;
	/* Nobody here understands what would be signed with it. */
	if (c.extension.len > 0)
		return false;
	a->log.origin = arena_copy_n(req->arena, c.origin.at, c.origin.len);
	a->log.tree = c.tree;
	return true;
}

static enum err
read_asked(struct req *req, struct asked *a)
{
	struct tlog_witness_request r;
	struct tlog_fault fault;
	char *body;
	size_t len;
	enum err rc;

	memset(a, 0, sizeof(*a));
	rc = req_body(req, TLOG_WITNESS_BODY_MAX, &body, &len);
	if (rc != ERR_OK)
		return rc;
	if (tlog_witness_request_read(body, len, &r, &fault) != ERR_OK ||
	    !read_checkpoint(req, r.checkpoint, a))
		return ERR_MALFORMED;
	a->log.old = r.old;
	a->log.proof = r.proof;
	return ERR_OK;
}

/* ---- what is answered --------------------------------------------------- */

/*
 * The note may have several signatures in the log's name: the signer knows
 * the log's keys, and is asked until one of them holds.  Where there is none
 * it is asked with zeros: it alone knows whether such a log is witnessed.
 */
static enum err
ask(const struct conf *conf, struct asked *a, struct signer_answer *answer,
    struct buf *line)
{
	enum err rc = ERR_OK;
	int tries = 0;

	for (size_t i = 0; i < a->note.n && tries < TRIES; i++) {
		const struct note_signature *s = &a->note.signature[i];

		if (!span_is(s->name, a->log.origin) ||
		    s->len != NOTE_SIGNATURE)
			continue;
		memcpy(a->log.signature, s->blob, NOTE_SIGNATURE);
		rc = signer_cosign(conf->signer_socket, &a->log, answer, line);
		tries++;
		if (rc != ERR_STATE || answer->status != SIGNER_UNSIGNED)
			break;
	}
	if (tries == 0)
		rc = signer_cosign(conf->signer_socket, &a->log, answer, line);
	return rc;
}

static void
say_size(struct resp *resp, uint64_t size)
{
	resp->status = 409;
	resp->type = "text/x.tlog.size";
	buf_reset(&resp->body);
	buf_addf(&resp->body, "%" PRIu64 "\n", size);
}

static void
refuse(struct resp *resp, const struct signer_answer *answer)
{
	const struct answer *a = &answers[answer->status];

	if (a->status == 409)
		say_size(resp, answer->last.size);
	else if (a->status == 0)
		say(resp, 503, "The signer gave no answer to this.");
	else
		say(resp, a->status, a->sentence);
}

static void
add_checkpoint(const struct conf *conf, struct req *req, struct resp *resp)
{
	struct signer_answer answer;
	struct asked asked;
	enum err rc;

	rc = read_asked(req, &asked);
	if (rc != ERR_OK) {
		say(resp, rc == ERR_TOO_LARGE ? 413 : 400,
		    "This is no request for a cosignature.");
		return;
	}
	rc = ask(conf, &asked, &answer, &resp->body);
	resp->type = "text/plain; charset=utf-8";
	if (rc == ERR_STATE)
		refuse(resp, &answer);
	else if (rc != ERR_OK)
		say(resp, 503, "The signer does not answer now.");
}

void
page_witness(void *state, struct req *req, enum err parsed, struct resp *resp)
{
	if (parsed != ERR_OK && parsed != ERR_METHOD) {
		say(resp, parsed == ERR_TOO_LARGE ? 413 : 400,
		    "This is no request that is understood.");
	} else if (strcmp(req->path, "/witness/add-checkpoint") != 0) {
		say(resp, 404, "There is nothing here.");
	} else if (parsed == ERR_METHOD || req->method != METHOD_POST) {
		resp->allow = "POST";
		say(resp, 405, "Only POST is taken here.");
	} else {
		add_checkpoint(state, req, resp);
	}
}
