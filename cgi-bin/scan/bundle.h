/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ZIP archive of documents: each file in it is inspected like one that was
 * uploaded by itself, but it may be no archive again (an office document may
 * be one).
 */
#ifndef SCAN_BUNDLE_H
#define SCAN_BUNDLE_H

#include "scan/inspect.h"

enum { BUNDLE_FILE = 64 * 1024 * 1024 }; /* bytes, of one file unpacked */

/* VERDICT_EMPTY without any file; else as inspect.h says. */
bool bundle_read(struct inspect *, const uint8_t *, size_t len);

#endif
