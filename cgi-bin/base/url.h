/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses that somebody configures: one strict form, so that whatever reads
 * them later reads the same.  https; http for this machine alone.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>

enum { URL_MAX = 256 }; /* with a NUL */

/*
 * As browsers write an origin (RFC 6454 §6.1), since it is compared byte by
 * byte: "https://host" or "https://host:port", in lower case, no path, no
 * default port, nobody's name before the host.  "http://" is for localhost,
 * 127.0.0.1 and [::1].
 */
bool url_is_origin(const char *);

/*
 * An origin, and a path of "/" and letters, digits, "-._~" that does not end
 * with "/" and has no segment that is empty, "." or "..": something can be
 * put behind it.  Fewer than URL_MAX bytes.
 */
bool url_is_prefix(const char *);

#endif
