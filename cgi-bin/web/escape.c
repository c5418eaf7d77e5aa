/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "web/escape.h"

struct entity {
	const char *text;
	uint8_t len;
};

static const struct entity entities[256] = {
	['&'] = { "&amp;", 5 },
	['<'] = { "&lt;", 4 },
	['>'] = { "&gt;", 4 },
	['"'] = { "&quot;", 6 },
	['\''] = { "&#39;", 5 },
};

size_t
escape_html_length(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		uint8_t len = entities[(uint8_t)*text].len;

		n += len != 0 ? len : 1;
	}
	return n;
}

char *
escape_html(const char *text, char *out)
{
	for (; *text != '\0'; text++) {
		const struct entity *e = &entities[(uint8_t)*text];

		if (e->len == 0) {
			*out++ = *text;
			continue;
		}
		memcpy(out, e->text, e->len);
		out += e->len;
	}
	*out = '\0';
	return out;
}

bool
escape_url_fits(const char *url)
{
	static const char *const schemes[] = { "http:", "https:", "mailto:" };
	size_t n = strcspn(url, ":/?#");

	/*
	 * A browser drops tabs and newlines inside of a scheme and blanks
	 * before it; such a spelling is none of the three, so it is refused.
	 */
	if (url[n] != ':')
		return true;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strlen(schemes[i]) == n + 1 &&
		    strncasecmp(url, schemes[i], n + 1) == 0)
			return true;
	return false;
}

bool
escape_is_utf8(const char *text, size_t len)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	while (len > 0) {
		if (*at < 0x80) {
			at++, len--;
			continue;
		}
		n = utf8proc_iterate(at, (utf8proc_ssize_t)len, &c);
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}
