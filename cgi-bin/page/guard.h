/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may pass: the ONE place where a route row's demand is compared with
 * who asks.  Default: deny; a row with no bits lets nobody in.
 */
#ifndef PAGE_GUARD_H
#define PAGE_GUARD_H

#include "page/visit.h"

enum who {
	WHO_ANYONE = 1,
	WHO_MEMBER = 2,	   /* signed in */
	WHO_PUBLISHER = 4, /* …and with this role (any of several) */
	WHO_STEWARD = 8,
	WHO_SIGNATORY = 16,
	WHO_AUDITOR = 32,
	WHO_KEEPER = 64,
	/* What else the row says: */
	WHO_FRESH = 256,   /* password and code given within conf->reauth_s */
	WHO_OWN_TX = 512,  /* the handler opens its transactions itself */
	WHO_UPLOAD = 1024, /* multipart bodies are taken */
	WHO_SCAN = 2048	   /* its file is looked at before: page/intake.h */
};

/*
 * ERR_OK, ERR_SIGN_IN (nobody is signed in), ERR_FORBIDDEN (not the role),
 * ERR_REAUTH (proof too old).
 */
enum err guard_role(const struct visit *, unsigned who);

/*
 * For a POST: Sec-Fetch-Site and Origin are our own, and the form's csrf
 * token is the session's (or, before sign-in, the visitor cookie's).
 * ERR_TOKEN.
 */
enum err guard_post(const struct visit *, const struct form *);
/* The first half of it. */
enum err guard_origin(const struct visit *);

#endif
