/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"

#include <string.h>

struct span
span_of(const char *text)
{
	return (struct span){ text, strlen(text) };
}

bool
span_until(struct span *rest, char c, struct span *before)
{
	const char *end = NULL;

	*before = (struct span){ rest->at, 0 };
	if (rest->len > 0)
		end = memchr(rest->at, c, rest->len);
	if (end == NULL)
		return false;
	before->len = (size_t)(end - rest->at);
	rest->at += before->len + 1;
	rest->len -= before->len + 1;
	return true;
}

bool
span_line(struct span *rest, struct span *line)
{
	return span_until(rest, '\n', line);
}

bool
span_skip(struct span *s, const char *prefix)
{
	size_t len = strlen(prefix);

	if (s->len < len || memcmp(s->at, prefix, len) != 0)
		return false;
	s->at += len;
	s->len -= len;
	return true;
}

bool
span_is(struct span s, const char *text)
{
	return s.len == strlen(text) &&
	    (s.len == 0 || memcmp(s.at, text, s.len) == 0);
}

bool
span_to_uint(struct span s, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	*out = 0;
	if (s.len == 0 || (s.at[0] == '0' && s.len > 1))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9' ||
		    __builtin_mul_overflow(value, (uint64_t)10, &value) ||
		    __builtin_add_overflow(
			value, (uint64_t)(s.at[i] - '0'), &value) ||
		    value > max)
			return false;
	}
	*out = value;
	return true;
}

bool
span_text(struct span s, char *out, size_t cap)
{
	out[0] = '\0';
	if (s.len >= cap || (s.len > 0 && memchr(s.at, '\0', s.len) != NULL))
		return false;
	if (s.len > 0)
		memcpy(out, s.at, s.len);
	out[s.len] = '\0';
	return true;
}
