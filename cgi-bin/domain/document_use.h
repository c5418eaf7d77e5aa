/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "We use this": an organisation says of a document of the library that it
 * works with it.  Each change is one transaction with its record.
 */
#ifndef DOMAIN_DOCUMENT_USE_H
#define DOMAIN_DOCUMENT_USE_H

#include "domain/document.h"

struct document_use {
	char *organisation_ref, *organisation_name;
	int64_t used_at;
	bool is_own;
};
/* By name; only members are told, and of what is withdrawn its contributor. */
enum err document_uses(
    struct ctx *, const struct document *, struct document_use **, size_t *n);

/*
 * The actor's organisation uses it, or no longer.  Twice is harmless.
 * ERR_STATE: not published.  ERR_FORBIDDEN: not a member.
 */
enum err document_use_set(struct ctx *, const char *ref, bool is_used);

#endif
