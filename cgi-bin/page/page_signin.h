/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the pages of login.fcgi share: page_signin.c, page_invitation.c and
 * page_account.c.
 */
#ifndef PAGE_PAGE_SIGNIN_H
#define PAGE_PAGE_SIGNIN_H

#include "domain/person.h"
#include "page/visit.h"

/* The form's field "to" when it is a path of ours, else `otherwise`. */
const char *page_signin_to(struct visit *, const char *otherwise);

/*
 * A new session, in place of the one that the browser may have: its cookie,
 * and this visit goes on as that person's.  Opens a transaction or nests.
 */
enum err page_signin_start(struct visit *, int64_t person, int64_t proved_at);
/* The session has a new token after a proof: the same for the cookie. */
enum err page_signin_renew(struct visit *);
/*
 * A whole proof was given in this browser: it knows the person from now on,
 * by a new cookie.
 */
enum err page_signin_remember(struct visit *, int64_t person);
/* Signs the browser out, and goes to the front page. */
enum err page_signin_leave(struct visit *);

/*
 * An error of a domain call, for the handler to return: with ERR_INVALID the
 * field gets the message, with ERR_TOO_MANY the response the seconds.
 */
enum err page_signin_refuse(struct visit *, enum err, int retry_s,
    const char *field, const char *error);

/* ERR_OK, or ERR_INVALID with the message beside the field "password". */
enum err page_signin_judge(struct visit *, const struct person *);

/* Svg (QR code) and Secret (in groups of four) of a factor to enrol. */
enum err
page_signin_factor(struct visit *, const struct person *, const uint8_t totp[]);

/* Codes.N.Code: shown once; wipes them. */
struct credential_codes;
void page_signin_codes(struct visit *, struct credential_codes *);

#endif
