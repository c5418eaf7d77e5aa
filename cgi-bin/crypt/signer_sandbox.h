/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the signer may still do once it has its keys: take connections on the
 * socket that is open, and replace its state.  No other file, no program, no
 * process, no socket of its own, no core, no signal to others; for ever.
 * Landlock keeps files away, seccomp the rest: another system call ends it.
 *
 * In builds with AddressSanitizer system calls are not limited.
 */
#ifndef CRYPT_SIGNER_SANDBOX_H
#define CRYPT_SIGNER_SANDBOX_H

#include <stdbool.h>

#include "base/err.h"

extern const bool signer_sandbox_is_thin;

/*
 * `state_folder` is where files may be made and renamed; none can be read.  A
 * kernel without Landlock is logged: seccomp alone then keeps programs and
 * sockets away.  ERR_INTERNAL (logged): the process must end.
 */
enum err signer_sandbox_enter(const char *state_folder);

#endif
