/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's process: its arguments and its socket.  What it signs,
 * crypt/signer_core.h decides; what else it may do, crypt/signer_sandbox.h.
 */
#ifndef PROG_SIGNER_H
#define PROG_SIGNER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "crypt/signer_core.h"

enum {
	SIGNER_PEERS = 16,
	SIGNER_READ_MS = 2000 /* for a whole request */
};

/* Who may ask, and which kinds: bits 1 << enum signer_kind. */
struct signer_peers {
	uid_t uid[SIGNER_PEERS];
	unsigned kinds[SIGNER_PEERS];
	size_t n;
};

/*
 * Takes one connection and answers it (signer_serve.c): peers other than
 * those named, and what is no request, get no answer.  False once `*is_over`
 * or the socket fails.
 */
bool signer_serve(struct signer *, int listener, const struct signer_peers *,
    const volatile sig_atomic_t *is_over);

#endif
