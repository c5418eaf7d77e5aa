/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreements for the benchmark, the same in every run: in all states, with
 * texts as long as real ones.
 */
#ifndef BENCH_PACT_H
#define BENCH_PACT_H

#include "domain/ctx.h"
#include "text.h"

struct pact {
	struct ctx *ctx; /* as whom it acts, and when, is changed */
	struct chance *chance;
	const struct actor *signatories; /* one of each organisation … */
	int institutions;		 /* … of which these come first */
	int others;			 /* then these */
	int wide;			 /* a party of every fifth */
};

/* Agreement number `i`, at ctx->now_at. */
enum err pact_add(const struct pact *, int i);

/* One of wide's that is much talked about, and not signed by all. */
enum err pact_add_talks(const struct pact *);

#endif
