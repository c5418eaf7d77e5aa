/* SPDX-License-Identifier: Apache-2.0 */
#include "web/percent.h"

#include "base/text.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum err
percent_decode(struct arena *arena, const char *text, size_t len, bool is_form,
    char **out, size_t *out_len)
{
	char *to = arena_alloc(arena, len + 1);
	size_t n = 0;

	*out = NULL;
	*out_len = 0;
	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (text[i] == '\0')
			return ERR_MALFORMED;
		if (text[i] != '%') {
			to[n++] = is_form && text[i] == '+' ? ' ' : text[i];
			continue;
		}
		if (len - i < 3 || (high = hex_digit(text[i + 1])) < 0 ||
		    (low = hex_digit(text[i + 2])) < 0 || high + low == 0)
			return ERR_MALFORMED;
		to[n++] = (char)(high << 4 | low);
		i += 2;
	}
	to[n] = '\0';
	*out = to;
	*out_len = n;
	return ERR_OK;
}

char *
percent_encode(struct arena *arena, const char *text)
{
	return text_percent(arena, text, "-._~/");
}
