/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a person wants to hear of on Today: sectors that new documents of the
 * library are for, and measures that they help with.
 */
#ifndef DOMAIN_SUBSCRIPTION_H
#define DOMAIN_SUBSCRIPTION_H

#include "domain/ctx.h"

struct subscription {
	int64_t sectors, measures; /* bit masks; 0: none */
};
/* The actor's; nobody has none. */
enum err subscription_load(struct ctx *, struct subscription *);
/* ERR_INVALID: a bit that no sector or measure has.  ERR_FORBIDDEN: nobody. */
enum err subscription_set(struct ctx *, const struct subscription *);

#endif
