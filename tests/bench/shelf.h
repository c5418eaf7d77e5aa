/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents of the library for the benchmark, the same in every run: as long
 * as real ones (some 3,000 words), half of them French, with words that are
 * frequent and words that are rare.
 */
#ifndef BENCH_SHELF_H
#define BENCH_SHELF_H

#include "domain/ctx.h"
#include "text.h"

/*
 * A word of every second document, in no title and no summary: the tiers
 * before the one that finds it are looked through, too.  And one of every
 * 2,000th.
 */
#define SHELF_COMMON "redundancy"
#define SHELF_RARE "quicksilver"

struct shelf {
	struct ctx *ctx; /* as whom it acts is changed */
	struct chance *chance;
	const struct actor *institutions;
	int institution_count;
};

/*
 * Publishes document number `i`, at ctx->now_at.  It is `narrow`'s too when
 * that is not negative: to the community or to the postal sector.
 */
enum err shelf_add(const struct shelf *, int64_t i, int64_t narrow);

#endif
