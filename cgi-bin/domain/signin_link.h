/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One-time links that sign in, made by ententectl for demonstrations, so that
 * a newcomer is inside with one click.  Whether they are taken at all is
 * conf->has_signin_links: for the caller to look at.
 */
#ifndef DOMAIN_SIGNIN_LINK_H
#define DOMAIN_SIGNIN_LINK_H

#include "crypt/token.h"
#include "domain/ctx.h"
#include "domain/person.h"

/* The token is for /sign-in/link/{token} and is nowhere else. */
enum err signin_link_new(
    struct ctx *, int64_t person, int64_t expires_at, char token[TOKEN_TEXT]);

/*
 * Whom it lets in, a person who may sign in now; else ERR_NOT_FOUND.
 * _use() uses it up: of two at once, one gets ERR_NOT_FOUND.
 */
enum err signin_link_find(struct ctx *, const char *token, struct person **);
enum err signin_link_use(struct ctx *, const char *token, struct person **);

#endif
