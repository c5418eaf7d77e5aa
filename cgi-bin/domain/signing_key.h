/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The minisign keys with which an organisation signs agreements.  One person
 * brings the public key, as steward or signatory, with a proof that the
 * organisation has its secret: a signature, by that key, of a text of ours.
 * So nobody takes a key that is another organisation's, public as it is.
 * Another person, of the other of these two roles, compares and confirms it.
 * Either role revokes it: what it has signed stays signed.
 */
#ifndef DOMAIN_SIGNING_KEY_H
#define DOMAIN_SIGNING_KEY_H

#include "crypt/minisig.h"
#include "domain/ctx.h"

enum signing_key_state {
	SIGNING_KEY_PROPOSED,
	SIGNING_KEY_ACTIVE,
	SIGNING_KEY_REVOKED,
	SIGNING_KEY_STATE__MAX
};
/* "proposed" "active" "revoked", NULL. */
extern const char *const signing_key_states[SIGNING_KEY_STATE__MAX + 1];

enum {
	SIGNING_KEYS_MAX = 100,	    /* of one organisation, revoked ones too */
	SIGNING_KEY_PROOF_DAYS = 7, /* a text is good on its day and after */
};

struct signing_key {
	int64_t id;
	char *number;	  /* as minisign shows it: in addresses */
	char *public_key; /* the line of base64, for minisign -P */
	enum signing_key_state state;
	char *proposed_by, *confirmed_by, *revoked_by; /* names, or NULL */
	int64_t proposed_at, confirmed_at, revoked_at;
	bool may_confirm; /* the actor: another person, of the other role */
};

/* A key before it is proven. */
struct signing_key_offer {
	char *number, *public_key; /* as above */
	char *text;		   /* of signing_key_text() */
};

/*
 * The key of a .pub file (or its line of base64), changing nothing.
 * ERR_INVALID fills *fault; ERR_EXISTS: the organisation had a key of this
 * number, or the key is another organisation's; ERR_FORBIDDEN: neither steward
 * nor signatory; ERR_TOO_MANY.
 */
enum err signing_key_offer(struct ctx *, const void *file, size_t len,
    struct signing_key_offer *, struct minisig_fault *);

/*
 * What a key of this number has to sign today, byte for byte: it names the
 * own organisation, the number and the day.  No agreement's bytes begin like
 * it.  ERR_NOT_FOUND: not a number as it is shown; ERR_FORBIDDEN as above.
 */
enum err signing_key_text(struct ctx *, const char *number, char **text);

struct signing_key_proof {
	const void *key; /* as above */
	size_t key_len;
	const void *minisig; /* of the text of one of the last days */
	size_t minisig_len;
};

/*
 * Proposes it.  As above; ERR_INVALID: *is_proof tells whether the fault is
 * in the signature; MINISIG_WRONG there also when its text is too old.
 */
enum err signing_key_propose(struct ctx *, const struct signing_key_proof *,
    char **number, bool *is_proof, struct minisig_fault *);

/*
 * Of the own organisation: ERR_NOT_FOUND.  ERR_STATE: not proposed (revoked)
 * any more; ERR_FORBIDDEN: the same person, or not the other role.
 */
enum err signing_key_confirm(struct ctx *, const char *number);
enum err signing_key_revoke(struct ctx *, const char *number);

/* Of the own organisation, newest first. */
enum err signing_key_list(struct ctx *, struct signing_key **, size_t *n);

/* One in use, by its number, for verifying; ERR_NOT_FOUND. */
enum err signing_key_active(struct ctx *, int64_t organisation,
    const char *number, int64_t *id, struct minisig_key *);

/* How many wait for this actor's confirmation, for "Today". */
enum err signing_key_waiting(struct ctx *, int64_t *n);

#endif
