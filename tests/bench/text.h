/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts of advisories for the benchmark, the same in every run: as long as
 * real ones, with words that are frequent and words that are rare.
 */
#ifndef BENCH_TEXT_H
#define BENCH_TEXT_H

#include <stdint.h>

#include "base/arena.h"
#include "domain/advisory.h"

/* A word of every second advisory, and one of every 4,000th. */
#define TEXT_COMMON "firmware"
#define TEXT_RARE "quicksilver"

/* xorshift64*: numbers that look random and are the same in every run. */
struct chance {
	uint64_t state;
};
/* 0 … n - 1 */
unsigned chance(struct chance *, unsigned n);

/* Fills all texts and the severity of advisory number `i`. */
void
text_fill(struct arena *, struct chance *, int64_t i, struct advisory_draft *);

#endif
