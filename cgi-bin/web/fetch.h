/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connections out, for the one program that opens any: POST of a body, and a
 * small answer, several at a time, so that one that hangs keeps no other
 * waiting.  https with a certificate that the system trusts, or http to this
 * machine (base/url.h).  It goes where the address says and nowhere else: no
 * redirection, no proxy (whatever the environment says), no other protocol, no
 * cookies, no passwords.
 */
#ifndef WEB_FETCH_H
#define WEB_FETCH_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

enum {
	FETCH_BODY = 64 * 1024,	   /* of an answer, bytes */
	FETCH_TYPE = 128,	   /* of its Content-Type, with a NUL */
	FETCH_TOTAL_MS = 10 * 1000 /* for all of it; half of it to connect */
};

/* Whatever is under way. */
struct fetch;

struct fetch_answer {
	void *who; /* as it was given */
	/*
	 * ERR_OK: it was answered, whatever the status.  ERR_NOT_FOUND: nobody
	 * there; ERR_FORBIDDEN: somebody whose certificate is not trusted;
	 * ERR_BUSY: not in time; ERR_TOO_LARGE; ERR_MALFORMED: not HTTP;
	 * ERR_MEMORY, ERR_INTERNAL.  Logged as information.
	 */
	enum err rc;
	int status;	       /* 0 unless ERR_OK */
	char type[FETCH_TYPE]; /* "" when there is none, or a longer one */
	struct buf body;       /* the caller frees it */
};

/* `total_ms`: see FETCH_TOTAL_MS.  NULL: no memory. */
struct fetch *fetch_new(int total_ms);
/* What is under way is given up. */
void fetch_free(struct fetch *);

/*
 * Begins.  The body is copied.  ERR_INVALID: the address is no
 * url_is_prefix(); ERR_MEMORY, ERR_INTERNAL (logged).  After an error nothing
 * is under way.
 */
enum err fetch_post(struct fetch *, const char *url, const char *type,
    struct span body, void *who);

/*
 * Moves everything on, and waits for at most so long.  True: one was answered
 * or failed, and there may be more.  False: none so far; something may have
 * moved before the time was over.
 */
bool fetch_next(struct fetch *, int wait_ms, struct fetch_answer *);

#endif
