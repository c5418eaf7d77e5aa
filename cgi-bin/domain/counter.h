/* SPDX-License-Identifier: Apache-2.0 */
/* References that people read out to each other: ENT-2026-0042. */
#ifndef DOMAIN_COUNTER_H
#define DOMAIN_COUNTER_H

#include "domain/ctx.h"

/*
 * The next reference of a kind ("ENT", "AGR") in the year of ctx->now_at:
 * numbers from 1, of four digits or more.  Inside db_begin(): a number that
 * is rolled back is given again.
 */
enum err counter_next(struct ctx *, const char *kind, char **ref);

#endif
