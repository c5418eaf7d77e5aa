/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of a consequential act: canonical JSON (RFC 8785), appended in
 * the transaction of the act, never changed.  Its keys:
 *
 *	format		"entente-record/1"
 *	kind		record_kind_name()
 *	at		RFC 3339 with microseconds, UTC
 *	actor		a person's ref, or "console"
 *	organisation	the actor's ref, or null
 *	object		ref of what was acted on
 *	what		an object: details by kind
 *	salt		16 random bytes in hex: or a short record could be
 *			guessed from its digest
 */
#ifndef DOMAIN_RECORD_H
#define DOMAIN_RECORD_H

#include <jansson.h>

#include "crypt/token.h"
#include "domain/ctx.h"

enum record_kind {
	RECORD_ORGANISATION_ADMITTED,
	RECORD_ORGANISATION_SUSPENDED,
	RECORD_ORGANISATION_REINSTATED,
	RECORD_PERSON_INVITED,
	RECORD_PERSON_JOINED,
	RECORD_PERSON_ROLES,
	RECORD_PERSON_DISABLED,
	RECORD_PERSON_ENABLED,
	RECORD_PERSON_CREDENTIAL, /* password or factor changed, or reset */
	RECORD_PERSON_EMAIL,	  /* no address in it, as everywhere */
	RECORD_PERSON_NAME,
	RECORD_ADVISORY_PUBLISHED,
	RECORD_ADVISORY_REVISED,
	RECORD_ADVISORY_WITHDRAWN,
	RECORD_ADVISORY_ANSWERED,
	RECORD_DOCUMENT_PUBLISHED,
	RECORD_DOCUMENT_REVISED, /* a later version */
	RECORD_DOCUMENT_WITHDRAWN,
	RECORD_DOCUMENT_USED, /* an organisation says so */
	RECORD_DOCUMENT_UNUSED,
	RECORD_DOCUMENT_REVIEWED,
	RECORD_AGREEMENT_PROPOSED, /* each of its versions */
	RECORD_AGREEMENT_WITHDRAWN,
	RECORD_AGREEMENT_SIGNED,   /* by one party */
	RECORD_AGREEMENT_DECLINED, /* by one party */
	RECORD_AGREEMENT_IN_FORCE, /* by the last signature */
	RECORD_AGREEMENT_REPLACED, /* by a successor */
	RECORD_AGREEMENT_NOTICE,
	RECORD_AGREEMENT_ENDING_AGREED, /* one party's yes */
	RECORD_AGREEMENT_ENDING_TAKEN_BACK,
	RECORD_AGREEMENT_TERMINATED, /* by all */
	RECORD_AGREEMENT_PARTY_SUSPENDED,
	RECORD_AGREEMENT_PARTY_RESUMED,
	RECORD_AGREEMENT_PUBLICATION_ASKED,
	RECORD_AGREEMENT_PUBLICATION_AGREED,
	RECORD_AGREEMENT_PUBLICATION_REFUSED,
	RECORD_AGREEMENT_PUBLISHED, /* with the last yes */
	RECORD_AGREEMENT_UNPUBLISHED,
	RECORD_SIGNING_KEY_PROPOSED,
	RECORD_SIGNING_KEY_CONFIRMED,
	RECORD_SIGNING_KEY_REVOKED,
	RECORD_BUNDLE_ASKED,	  /* an auditor asked for records */
	RECORD_BUNDLE_DOWNLOADED, /* … and took them */
	RECORD_LOG_KEY_ROTATED,
	RECORD__MAX
};

/* "advisory.published" */
const char *record_kind_name(enum record_kind);

/* What a kind is about: the part of its name before the dot. */
enum record_family {
	RECORD_OF_ORGANISATION,
	RECORD_OF_PERSON,
	RECORD_OF_ADVISORY,
	RECORD_OF_DOCUMENT,
	RECORD_OF_AGREEMENT,
	RECORD_OF_KEY,
	RECORD_OF_BUNDLE,
	RECORD_OF_LOG,
	RECORD_FAMILY__MAX
};
/* "organisation" "person" … "signing-key" "bundle" "log", NULL. */
extern const char *const record_families[RECORD_FAMILY__MAX + 1];

/*
 * Must be called inside db_begin(), when what it acts on is as it will be:
 * whom the record concerns is noted with it.
 * `object` is the ref acted on; `what` is
 * a JSON object (consumed, may be NULL) of details: no text of a protected
 * item, only its SHA-256, and no address of a person.  ERR_INTERNAL outside
 * of a transaction, or when nobody acts.
 */
enum err
record_append(struct ctx *, enum record_kind, const char *object, json_t *what);

/*
 * What a record says of content that it does not hold: the SHA-256 of the
 * canonical form of this object (consumed), at most `max` bytes.
 * ERR_INTERNAL (logged) when it has none.
 */
enum err record_content(json_t *, size_t max, char hex[DIGEST_TEXT]);

/* How many there are; the footer of each page says so. */
enum err record_count(struct ctx *, int64_t *);

/*
 * Re-computes every digest and checks that numbers have no gap and columns
 * say what the bodies say: for ententectl check.  *problem is NULL or one
 * sentence about the first bad record, with ERR_OK; *checked counts the good
 * ones before it.
 */
enum err record_verify(struct ctx *, int64_t *checked, char **problem);

#endif
