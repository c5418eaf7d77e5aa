/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "domain/csaf_read.h"

struct scan {
	const char *at, *end;
};

/* From an opening quotation mark to behind the closing one. */
static void
skip_string(struct scan *s)
{
	for (s->at++; s->at < s->end && *s->at != '"'; s->at++)
		if (*s->at == '\\' && s->at + 1 < s->end)
			s->at++;
	if (s->at < s->end)
		s->at++;
}

static void
count_lines(const char *bytes, const char *at, struct csaf_fault *fault)
{
	const char *line = bytes, *p = bytes;

	fault->line = 1;
	while ((p = memchr(p, '\n', (size_t)(at - p))) != NULL) {
		line = ++p;
		fault->line++;
	}
	fault->column = (int)(at - line) + 1;
}

static bool
too_much(const char *bytes, const char *at, enum csaf_reason reason,
    struct csaf_fault *fault)
{
	count_lines(bytes, at, fault);
	fault->reason = reason;
	return false;
}

bool
csaf_scan(const char *bytes, size_t len, struct csaf_fault *fault)
{
	struct scan s = { bytes, bytes + len };
	int depth = 0, values = 0;

	while (s.at < s.end) {
		if (*s.at == '"') {
			skip_string(&s);
			continue;
		}
		if (*s.at == '{' || *s.at == '[')
			depth++;
		else if ((*s.at == '}' || *s.at == ']') && depth > 0)
			depth--;
		/* Each value but the first of a list follows one of these. */
		values += *s.at == '{' || *s.at == '[' || *s.at == ',';
		if (depth > CSAF_DEPTH_MAX)
			return too_much(bytes, s.at, CSAF_DEPTH, fault);
		if (values > CSAF_VALUES_MAX)
			return too_much(bytes, s.at, CSAF_VALUES, fault);
		s.at++;
	}
	return true;
}

/* ---- a pointer's line and column -------------------------------------- */

static void
skip_space(struct scan *s)
{
	while (s->at < s->end && strchr(" \t\r\n,:", *s->at) != NULL &&
	    *s->at != '\0')
		s->at++;
}

static void
skip_value(struct scan *s)
{
	int depth = 0;

	do {
		skip_space(s);
		if (s->at >= s->end)
			return;
		if (*s->at == '"') {
			skip_string(s);
		} else if (*s->at == '{' || *s->at == '[') {
			depth++;
			s->at++;
		} else if (*s->at == '}' || *s->at == ']') {
			depth--;
			s->at++;
		} else {
			s->at += strcspn(s->at, " \t\r\n,:{}[]\"");
		}
		skip_space(s);
	} while (depth > 0);
}

/* From the opening bracket of an object to the value of a key. */
static bool
go_key(struct scan *s, const char *key, size_t len)
{
	const char *name;

	for (s->at++, skip_space(s); s->at < s->end && *s->at == '"';) {
		name = s->at + 1;
		skip_string(s);
		skip_space(s);
		if ((size_t)(s->at - name) > len && name[len] == '"' &&
		    memcmp(name, key, len) == 0)
			return true;
		skip_value(s);
	}
	return false;
}

static bool
go_index(struct scan *s, long index)
{
	for (s->at++, skip_space(s); index > 0; index--) {
		if (s->at >= s->end || *s->at == ']')
			return false;
		skip_value(s);
	}
	return s->at < s->end && *s->at != ']';
}

/* No key that faults name has one of the characters that a pointer escapes. */
void
csaf_locate(const char *bytes, size_t len, struct csaf_fault *fault)
{
	struct scan s = { bytes, bytes + len };
	const char *key = fault->place, *found;
	size_t key_len;
	bool is_there = true;

	skip_space(&s);
	found = s.at;
	while (is_there && *key == '/') {
		key_len = strcspn(++key, "/");
		if (s.at < s.end && *s.at == '{')
			is_there = go_key(&s, key, key_len);
		else if (s.at < s.end && *s.at == '[')
			is_there = go_index(&s, strtol(key, NULL, 10));
		else
			is_there = false;
		found = is_there ? s.at : found;
		key += key_len;
	}
	count_lines(bytes, found, fault);
}
