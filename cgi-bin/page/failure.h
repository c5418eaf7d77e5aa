/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ONE table from error codes to HTTP statuses and error pages.
 */
#ifndef PAGE_FAILURE_H
#define PAGE_FAILURE_H

#include "page/visit.h"

/* The status of a code: 404, 403, … */
int failure_status(enum err);

/*
 * Fills the response: a redirection to sign-in or re-authentication with the
 * way back, or an error page in the visitor's language.  Never fails: when
 * even the page cannot be made, a plain sentence goes out.
 */
void failure_send(struct visit *, enum err);

#endif
