/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing an agreement: who has signed, in which way, and what happens with
 * the last signature.
 */
#ifndef DOMAIN_AGREEMENT_SIGN_H
#define DOMAIN_AGREEMENT_SIGN_H

#include "crypt/minisig.h"
#include "domain/agreement.h"

enum agreement_way {
	WAY_PORTAL,   /* by a click, after a fresh proof of who it is */
	WAY_MINISIGN, /* with the organisation's own key */
	WAY_PASSKEY,  /* not yet */
	WAY_PAPER,    /* outside: never among the rows of a version */
	WAY__MAX
};
/* "portal" "minisign" "passkey" "paper", NULL. */
extern const char *const agreement_ways[WAY__MAX + 1];

struct agreement_signing {
	int version;	     /* the number that the signatory saw … */
	const char *digest;  /* … and its digest in hex */
	const void *minisig; /* the file's bytes; NULL: signed in the portal */
	size_t minisig_len;
};

/* Why a signature was not taken, with ERR_INVALID. */
struct agreement_refusal {
	/* Where the file is wrong; reason MINISIG_OK: it is not the file. */
	struct minisig_fault minisig;
	/* Else a catalogue key below Agreement.Refusal: NoKey (the organisation
	   has no key of that number in use), Circle (somebody got the circle
	   since, and is no party), Replaced (another successor was signed
	   first, or the predecessor lost or won a party), Past (its end has
	   come already), Charter (it would be the last one, and a party's
	   charter is not in force any more); NULL. */
	const char *error;
	const char *who; /* Circle, Charter: a name */
};

/*
 * Signs the version that counts for the actor's organisation, as its
 * signatory.  With the last signature, in the same transaction: the agreement
 * is signed, its circle is there, every party has its grant, the one that it
 * replaces ends, records are appended.
 *
 * *is_last tells so.  ERR_STALE: another version or digest counts now.
 * ERR_STATE: nothing to sign.  ERR_REPEATED: it has signed this version
 * already.  ERR_FORBIDDEN: no signatory, or not its turn.  ERR_CHARTER.
 * ERR_INVALID fills *refusal.
 */
enum err
agreement_sign(struct ctx *, const char *ref, const struct agreement_signing *,
    bool *is_last, struct agreement_refusal *);

/*
 * Says no to the version that counts, for a signatory of a party that has not
 * signed it.  `why` is told to the other parties: ERR_INVALID as at
 * agreement_end.h.  ERR_STATE: nothing to sign, signed or declined already.
 * Recorded.
 *
 * Decided here: the proposal stays.  Fewer than all may not end the talks of
 * all: a next version, without that party or with what it misses, asks
 * everybody again, and who proposed it may withdraw it.  Until then the
 * version cannot come into force, as the signature is missing; who changes its
 * mind signs after all, which takes the no back.
 */
enum err
agreement_decline(struct ctx *, const char *ref, int version, const char *why);

struct agreement_signature {
	int version;
	int64_t organisation;
	char *organisation_ref, *organisation_name; /* as in the version */
	char *person_name; /* NULL in what is published, and on paper */
	enum agreement_way way;
	char *key_number; /* minisign's; NULL */
	char *public_key; /* its line of base64; NULL */
	bool is_key_revoked;
	int64_t signed_at;
	bool is_void; /* of an earlier version */
};

/* In the order of signing: a party all, others those of what was signed. */
enum err agreement_signatures(
    struct ctx *, const char *ref, struct agreement_signature **, size_t *n);

struct agreement_file {
	enum agreement_way way;
	char *bytes;
	size_t len;
};

/*
 * What can be downloaded of one: of minisign's way the .minisig file over the
 * version's canonical bytes; of the portal's the record of the act (canonical
 * JSON that holds the digest of those bytes), for parties and the auditor.
 */
enum err agreement_signature_file(struct ctx *, const char *ref, int version,
    const char *organisation, struct agreement_file *);

#endif
