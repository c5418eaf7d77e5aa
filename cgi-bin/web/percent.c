/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "web/req.h"

char *
percent_encode(struct arena *arena, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_array(arena, strlen(text) + 1, 3);
	char *p = out;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL) {
			*p++ = (char)c;
			continue;
		}
		*p++ = '%';
		*p++ = hex[c >> 4];
		*p++ = hex[c & 15];
	}
	*p = '\0';
	return out;
}
