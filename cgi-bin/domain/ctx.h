/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every act needs: where the data is, what time it is, and who acts.
 * Everything hangs on it; there is no other state.
 */
#ifndef DOMAIN_CTX_H
#define DOMAIN_CTX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/conf.h"
#include "base/err.h"
#include "db/db.h"
#include "domain/role.h"

/* Who acts.  All zero is nobody: somebody who is not signed in. */
struct actor {
	int64_t person;
	int64_t organisation;
	unsigned roles; /* bits of enum role */
	const char *name;
	const char *ref; /* person.ref */
	const char *organisation_ref;
	const char *organisation_name;
	enum org_kind organisation_kind;
	int64_t sectors;      /* of the organisation */
	const char *language; /* "en", "fr" */
	bool is_console;      /* ententectl: recorded as such */
};

struct ctx {
	struct arena *arena; /* of the request or command */
	struct db *db;	     /* portal.db */
	struct db *auth;     /* auth.db: NULL in portal.fcgi */
	const struct conf *conf;
	/* Kept from one request to the next for domain/log_proof.h; or NULL. */
	struct log_tiles *tiles;
	int64_t now_at;
	struct actor actor;
};

#endif
