/* SPDX-License-Identifier: Apache-2.0 */
#include "base/url.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static const char host_bytes[] = LOWER DIGITS ".-[]:";
/* RFC 3986 §2.3, unreserved. */
static const char path_bytes[] =
    LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS "-._~";

bool
url_is_origin(const char *s)
{
	bool is_tls = text_starts(s, "https://");
	const char *name, *port;
	int64_t n;
	size_t len;

	if (!is_tls && !text_starts(s, "http://"))
		return false;
	name = s + (is_tls ? 8 : 7);
	len = name[0] == '[' ? strcspn(name, "]") + 1 : strcspn(name, ":");
	if (len < 1 || len > strlen(name) ||
	    strspn(name, host_bytes) < strlen(name))
		return false;
	port = name + len;
	if (*port != '\0' &&
	    (*port != ':' || !text_to_int(port + 1, 1, 65535, &n) ||
		n == (is_tls ? 443 : 80)))
		return false;
	return is_tls || (len == 9 && text_starts(name, "localhost")) ||
	    (len == 9 && text_starts(name, "127.0.0.1")) ||
	    (len == 5 && text_starts(name, "[::1]"));
}

/* "/a/b", or nothing. */
static bool
is_path(const char *s)
{
	size_t len;

	for (; *s == '/'; s += len) {
		len = strspn(++s, path_bytes);
		if (len == 0 || (len == 1 && s[0] == '.') ||
		    (len == 2 && s[0] == '.' && s[1] == '.'))
			return false;
	}
	return *s == '\0';
}

bool
url_is_prefix(const char *s)
{
	const char *host = strstr(s, "://");
	char origin[URL_MAX];
	size_t len;

	if (host == NULL || strlen(s) >= URL_MAX)
		return false;
	len = (size_t)(host + 3 - s) + strcspn(host + 3, "/");
	memcpy(origin, s, len);
	origin[len] = '\0';
	return url_is_origin(origin) && is_path(s + len);
}
