/* SPDX-License-Identifier: Apache-2.0 */
/* The portal that ENTENTE_CONF names, for the programs of the benchmark. */
#ifndef BENCH_PORTAL_H
#define BENCH_PORTAL_H

#include "domain/ctx.h"

/* Sets ctx->conf and ctx->db; what went wrong is on standard error. */
enum err portal_open(struct ctx *, struct conf **);
/* Harmless after a portal_open() that failed. */
void portal_close(struct ctx *, struct conf *);

#endif
