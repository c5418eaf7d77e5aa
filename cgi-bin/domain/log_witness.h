/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking witnesses to cosign the log (C2SP tlog-witness): what is to be asked
 * of whom and when, and what becomes of the answer.  Without the network: who
 * carries requests and answers is prog/courier.c, so that a test can.
 *
 * Each witness is asked for the newest checkpoint that is published, and for
 * one at a time: what was passed over meanwhile needs no cosignature, since
 * the newest extends it.  What is known of a witness is in the database; only
 * what it says that it holds (409) is not: it says so again when it is asked.
 */
#ifndef DOMAIN_LOG_WITNESS_H
#define DOMAIN_LOG_WITNESS_H

#include "base/clock.h"
#include "domain/ctx.h"
#include "domain/log_witness_list.h"

/* After trouble: twice as long each time. */
#define LOG_WITNESS_WAIT (2 * CLOCK_S)
#define LOG_WITNESS_WAIT_MAX (5 * CLOCK_MINUTE)

/* Why it did not cosign. */
enum log_witness_trouble {
	LOG_WITNESS_FINE,	 /* it did */
	LOG_WITNESS_UNREACHABLE, /* nobody is there */
	LOG_WITNESS_CERTIFICATE, /* somebody whom we cannot trust */
	LOG_WITNESS_TIMEOUT,	 /* no answer in time */
	LOG_WITNESS_LOG,	 /* 404: it does not know this log */
	LOG_WITNESS_KEY,	 /* 403: … or not by this key */
	LOG_WITNESS_REQUEST,	 /* 400: it does not understand us */
	LOG_WITNESS_PROOF,	 /* 422: ours does not extend what it holds */
	LOG_WITNESS_AHEAD,	 /* 409: it has cosigned more than there is */
	LOG_WITNESS_CONFLICT,	 /* 409: of the same size, another root */
	LOG_WITNESS_BUSY,	 /* 429 */
	LOG_WITNESS_FAILED,	 /* any other status */
	LOG_WITNESS_ANSWER,	 /* 200 or 409, and what follows is none */
	LOG_WITNESS_UNSIGNED,	 /* 200, and nothing that its key has signed */
	LOG_WITNESS_FALSE,	 /* 200, and a false cosignature, or time */
	LOG_WITNESS__MAX
};

/* For log_witness.trouble: "" for FINE, "unreachable" …; ends with NULL. */
extern const char *const log_witness_troubles[LOG_WITNESS__MAX + 1];

/* One of them. */
struct log_witness_peer {
	const struct log_witness_place *place;
	uint64_t cosigned; /* the largest of which we have its cosignature */
	uint64_t old;	   /* what it has cosigned, as far as we know */
	uint64_t asked;	   /* the size that is under way; 0: none is */
	bool is_corrected; /* `old` is its own word, of this very round */
	int64_t wait;	   /* after the last trouble, µs; 0: there is none */
	int64_t next_at;   /* not before */
};

struct log_witnesses {
	struct ctx *ctx;
	uint64_t newest; /* checkpoint; 0: nothing to cosign so far */
	size_t n;
	struct log_witness_peer peer[LOG_WITNESSES];
};

/* What came back.  Where rc is not ERR_OK the rest is not looked at. */
struct log_witness_answer {
	enum err rc; /* as web/fetch.h has it */
	int status;
	const char *type;
	struct span body;
};

/*
 * The list must live on.  What the page shows of those who are not named any
 * more is removed; what they have cosigned stays.  Errors of the database.
 */
enum err log_witness_start(
    struct log_witnesses *, struct ctx *, const struct log_witness_list *);

/* Is there a new checkpoint?  Errors of the database. */
enum err log_witness_look(struct log_witnesses *);

/* Is it to be asked now (ctx->now_at)? */
bool log_witness_is_due(
    const struct log_witnesses *, const struct log_witness_peer *);

/*
 * Adds the body of the request for the newest checkpoint; from now on it is
 * under way, and log_witness_answered() must follow.  After an error (logged:
 * the database, or the log's files) nothing is under way, and it is due again
 * later.
 */
enum err log_witness_ask(
    struct log_witnesses *, struct log_witness_peer *, struct buf *body);

/*
 * Keeps the cosignature, or that there was trouble, in one transaction.  When
 * the witness holds another size than we knew, it is due again at once.
 * Errors of the database: nothing is kept, and it is due again later.
 */
enum err log_witness_answered(struct log_witnesses *, struct log_witness_peer *,
    const struct log_witness_answer *);

#endif
