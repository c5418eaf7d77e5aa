/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which system calls a sandboxed process may make, by libseccomp: those of a
 * table, and any other ends it.
 */
#ifndef SCAN_FILTER_H
#define SCAN_FILTER_H

#include "base/err.h"
#include "scan/sandbox.h"

/*
 * Loads it for ever.  Where no_new_privs is not set, it needs rights.
 * ERR_INTERNAL (logged).
 */
enum err filter_enter(enum sandbox_kind);

#endif
