/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions: a random token in a cookie, of which only a digest is kept;
 * idle and absolute limits; ended at once by signing out, disabling,
 * a change of roles, or suspension.
 */
#ifndef DOMAIN_SESSION_H
#define DOMAIN_SESSION_H

#include "crypt/token.h"
#include "domain/ctx.h"

#define SESSION_COOKIE "__Host-sid"

struct session {
	int64_t id;
	int64_t created_at, seen_at, proved_at, expires_at;
	char *address, *user_agent;
	bool is_this; /* the one that asks */
};

/*
 * proved_at 0: signed in by a link, never fresh enough for what needs it.
 * ERR_NOT_FOUND unless person and organisation are in order now.
 */
enum err session_start(struct ctx *, int64_t person, int64_t proved_at,
    const char *address, const char *user_agent, char token[TOKEN_TEXT]);

/*
 * Fills ctx->actor from a cookie's token, when the session, the person and
 * the organisation are in order now; else ERR_NOT_FOUND and an actor of all
 * zero.  Changes nothing, so that a page and who asks for it are read in one
 * transaction.  Of *session the texts are NULL: pages need them not.
 */
enum err session_resume(struct ctx *, const char *token, struct session *);

/*
 * Moves seen_at of a resumed session, at most once a minute, in a transaction
 * of its own: not inside db_read().  Nothing fails for this: when the writers
 * are busy, or the disk is full, the next request asks again.
 */
void session_seen(struct ctx *, struct session *);

/*
 * The actor proved who they are again: a new token (rotation).  Own ones
 * only, here and below: else ERR_NOT_FOUND.
 */
enum err session_prove(struct ctx *, int64_t session, char token[TOKEN_TEXT]);

enum err session_end(struct ctx *, int64_t session);
/* Of anybody: the caller has the right.  `but` is kept, 0 keeps none. */
enum err session_end_all(struct ctx *, int64_t person, int64_t but);
/* Those that would be let in now, the last seen first; `but` is_this. */
enum err session_list(struct ctx *, int64_t but, struct session **, size_t *n);

#endif
