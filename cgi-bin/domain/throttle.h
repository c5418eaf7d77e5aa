/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Token buckets in auth.db, shared by all login workers: how often a key may
 * still try before a password is hashed for it.  A bucket starts full; a try
 * takes one token, a success gives it back, time refills.  Keys that nobody
 * has (an e-mail address that is not known) have buckets like any other.
 *
 * It is not the lock of an account: that is credential.h's count of failures.
 */
#ifndef DOMAIN_THROTTLE_H
#define DOMAIN_THROTTLE_H

#include "domain/ctx.h"

enum throttle_kind {
	THROTTLE_ACCOUNT, /* key: the e-mail address, folded */
	THROTTLE_ADDRESS, /* key: an IP address; of IPv6 its /64 counts */
	THROTTLE_BROWSER, /* key: a browser that knows a person, and whom */
	THROTTLE__MAX
};

/* How many tries at once, and how long until one more. */
int throttle_burst(enum throttle_kind);
int throttle_refill_s(enum throttle_kind);

/*
 * ERR_OK took a token; ERR_TOO_MANY there is none, and *retry_s (at least 1)
 * says when there will be one.  Nests in a transaction of auth.db.
 */
enum err
throttle_take(struct ctx *, enum throttle_kind, const char *key, int *retry_s);

/* Gives one token back, never over the burst. */
enum err throttle_give(struct ctx *, enum throttle_kind, const char *key);

#endif
