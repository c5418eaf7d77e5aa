/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the bundles that were asked for (domain/bundle.h), the oldest first:
 * crypt/tlog_bundle.h written to a temporary file, piece by piece, signed, and
 * kept as a blob.  One process does this and nothing else does: it takes
 * seconds, in which neither a page nor the log may wait.  What a process that
 * was killed had begun, the next one begins again.
 *
 * Beside the records and their proofs there is in a bundle what they refer to,
 * where who asked may have it:
 *	- versions of agreements, with the parties' .minisig and keys: all that
 *	  a record names for a party; for others what is signed by all, where
 *	  its own terms name them as auditor, or it is published as a whole;
 *	- files of documents and original bytes of advisories: for the
 *	  organisation whose record it is, but no TLP:RED, which is for persons;
 *	  for others what is TLP:CLEAR, and published still.  A mandate is for
 *	  records, and not for what is exchanged: so says every text that
 *	  agreements start from.
 */
#ifndef DOMAIN_BUNDLE_MAKE_H
#define DOMAIN_BUNDLE_MAKE_H

#include <signal.h>

#include "crypt/minisig.h"
#include "crypt/note.h"
#include "domain/ctx.h"

enum { BUNDLE_STEP = 500 }; /* records between two looks at the progress */

struct bundle_maker {
	struct ctx *ctx;	       /* its arena is emptied by the caller */
	const struct note_key *log;    /* the log's key */
	const struct minisig_key *key; /* that of SHA256SUMS.minisig */
	const char *witness_keys;      /* a verifier key a line; "" none */
	size_t witnesses;	       /* how many: waited for, a moment */
	/* Signs as crypt/signer_client.h, or as a test does. */
	enum err (*sign)(void *arg, const uint8_t prehash[MINISIG_PREHASH],
	    const char *trusted, struct minisig *);
	void *arg;
	int64_t (*now)(void); /* when it is ready; NULL: as the context says */
	const volatile sig_atomic_t
	    *is_over; /* looked at between steps; NULL: never */
};

/*
 * Makes one.  ERR_NOT_FOUND: nobody asked for one; ERR_BUSY: the log has not
 * all of its records yet, or no checkpoint by its new key, or the signer did
 * not answer, or it is over: it waits, and is begun again.  ERR_OK: it is
 * ready, or has failed (logged) and says so.  Others: the database could not
 * be written.
 */
enum err bundle_make(const struct bundle_maker *);

/* Is there one to make?  ERR_NOT_FOUND: not now. */
enum err bundle_is_asked(struct ctx *);

#endif
