/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What bytes are, by libmagic.  Its database is opened before the sandbox
 * closes; after that it opens nothing.
 */
#ifndef SCAN_SNIFF_H
#define SCAN_SNIFF_H

#include <stddef.h>

#include "base/err.h"

struct sniff;

/* ERR_MEMORY, ERR_INTERNAL (no database; logged). */
enum err sniff_new(struct sniff **);
void sniff_free(struct sniff *); /* NULL is harmless */

/*
 * The media type without parameters, e.g. "application/pdf"; by the first
 * megabyte.  "application/octet-stream" where nothing is known.  Valid until
 * the next call.
 */
const char *sniff_media(struct sniff *, const void *, size_t len);

#endif
