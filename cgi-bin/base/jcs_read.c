/* SPDX-License-Identifier: Apache-2.0 */
#include "base/jcs_read.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static const uint64_t number_max = (UINT64_C(1) << 53) - 1;

struct reader {
	struct span rest;
	void (*visit)(void *, const struct jcs_value *);
	void *arg;
	int depth;
	size_t path_len;
	char path[JCS_PATH];
};

static bool read_value(struct reader *);

static bool
skip(struct reader *r, char c)
{
	if (r->rest.len == 0 || r->rest.at[0] != c)
		return false;
	r->rest.at++;
	r->rest.len--;
	return true;
}

/* ---- strings --------------------------------------------------------- */

/* The control characters that have a letter. */
static const struct {
	char letter;
	int32_t c;
} letters[] = {
	{ 'b', '\b' },
	{ 't', '\t' },
	{ 'n', '\n' },
	{ 'f', '\f' },
	{ 'r', '\r' },
	{ '"', '"' },
	{ '\\', '\\' },
};

enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \u00xx: a control character that has no letter. */
static bool
take_code(struct span *s, int32_t *c)
{
	int high, low;

	if (!span_skip(s, "u00") || s->len < 2)
		return false;
	high = hex_digit(s->at[0]);
	low = hex_digit(s->at[1]);
	if (high < 0 || high > 1 || low < 0)
		return false;
	*c = high << 4 | low;
	for (int i = 0; i < LETTERS; i++)
		if (letters[i].c == *c)
			return false;
	s->at += 2;
	s->len -= 2;
	return true;
}

static bool
take_escape(struct span *s, int32_t *c)
{
	for (int i = 0; s->len > 0 && i < LETTERS; i++) {
		if (s->at[0] != letters[i].letter)
			continue;
		*c = letters[i].c;
		s->at++;
		s->len--;
		return true;
	}
	return take_code(s, c);
}

/* The next character of a string, by the one way to write it. */
static bool
take_character(struct span *s, int32_t *c)
{
	int n = utf8_decode(s->at, s->len, c);

	if (n < 0 || *c < 0x20 || *c == '"')
		return false;
	s->at += n;
	s->len -= (size_t)n;
	return *c != '\\' || take_escape(s, c);
}

static bool
read_string(struct reader *r, struct span *text)
{
	int32_t c;

	if (!skip(r, '"'))
		return false;
	*text = (struct span){ r->rest.at, 0 };
	while (r->rest.len > 0 && r->rest.at[0] != '"')
		if (!take_character(&r->rest, &c))
			return false;
	text->len = (size_t)(r->rest.at - text->at);
	return skip(r, '"');
}

/* The first UTF-16 code unit of a character (RFC 8785 §3.2.3). */
static int32_t
first_unit(int32_t c)
{
	return c < 0x10000 ? c : 0xd800 + ((c - 0x10000) >> 10);
}

/* Both are strings that were read.  Is a before b, in UTF-16 code units? */
static bool
is_before(struct span a, struct span b)
{
	int32_t c = 0, d = 0;

	while (a.len > 0 && b.len > 0) {
		take_character(&a, &c);
		take_character(&b, &d);
		if (c == d)
			continue;
		if (first_unit(c) != first_unit(d))
			return first_unit(c) < first_unit(d);
		return c < d;
	}
	return a.len == 0 && b.len > 0;
}

/* ---- the path -------------------------------------------------------- */

static bool
go_in(struct reader *r, const char *before, struct span name)
{
	size_t len = strlen(before);

	if (r->path_len == 0 && before[0] == '.')
		len = 0;
	if (r->path_len + len + name.len >= JCS_PATH)
		return false;
	memcpy(r->path + r->path_len, before, len);
	if (name.len > 0)
		memcpy(r->path + r->path_len + len, name.at, name.len);
	r->path_len += len + name.len;
	r->path[r->path_len] = '\0';
	return true;
}

static void
go_out(struct reader *r, size_t path_len)
{
	r->path_len = path_len;
	r->path[path_len] = '\0';
}

/* ---- values ---------------------------------------------------------- */

static bool
tell(struct reader *r, enum jcs_type type, struct span text)
{
	const struct jcs_value v = { r->path, type, text };

	if (r->visit != NULL)
		r->visit(r->arg, &v);
	return true;
}

static bool
read_member(struct reader *r, struct span *name, bool is_first)
{
	struct span before = *name;
	size_t path_len = r->path_len;
	bool is_good;

	if (!read_string(r, name) || (!is_first && !is_before(before, *name)) ||
	    !skip(r, ':') || !go_in(r, ".", *name))
		return false;
	is_good = read_value(r);
	go_out(r, path_len);
	return is_good;
}

static bool
read_object(struct reader *r)
{
	struct span name = { "", 0 };

	if (skip(r, '}'))
		return true;
	if (!read_member(r, &name, true))
		return false;
	while (skip(r, ','))
		if (!read_member(r, &name, false))
			return false;
	return skip(r, '}');
}

static bool
read_array(struct reader *r)
{
	size_t path_len = r->path_len;
	bool is_good;

	if (skip(r, ']'))
		return true;
	if (!go_in(r, "[]", (struct span){ "", 0 }))
		return false;
	do
		is_good = read_value(r);
	while (is_good && skip(r, ','));
	go_out(r, path_len);
	return is_good && skip(r, ']');
}

static bool
read_number(struct reader *r)
{
	struct span text = r->rest, digits;
	bool is_negative = skip(r, '-');
	uint64_t value;

	digits = (struct span){ r->rest.at, 0 };
	while (
	    r->rest.len > 0 && r->rest.at[0] >= '0' && r->rest.at[0] <= '9') {
		r->rest.at++;
		r->rest.len--;
		digits.len++;
	}
	text.len -= r->rest.len;
	return span_to_uint(digits, number_max, &value) &&
	    (value > 0 || !is_negative) && tell(r, JCS_NUMBER, text);
}

static const struct {
	const char *word;
	enum jcs_type type;
} words[] = {
	{ "true", JCS_TRUE },
	{ "false", JCS_FALSE },
	{ "null", JCS_NULL },
};

static bool
read_word(struct reader *r)
{
	struct span text = r->rest;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!span_skip(&r->rest, words[i].word))
			continue;
		text.len -= r->rest.len;
		return tell(r, words[i].type, text);
	}
	return read_number(r);
}

static bool
read_nested(struct reader *r, bool (*read)(struct reader *))
{
	bool is_good;

	if (r->depth == JCS_DEPTH)
		return false;
	r->depth++;
	is_good = read(r);
	r->depth--;
	return is_good;
}

static bool
read_value(struct reader *r)
{
	struct span text;

	if (skip(r, '{'))
		return read_nested(r, read_object);
	if (skip(r, '['))
		return read_nested(r, read_array);
	if (r->rest.len > 0 && r->rest.at[0] == '"')
		return read_string(r, &text) && tell(r, JCS_STRING, text);
	return read_word(r);
}

bool
jcs_read(struct span text, void (*visit)(void *arg, const struct jcs_value *),
    void *arg)
{
	struct reader r = { .rest = text, .visit = visit, .arg = arg };

	return read_value(&r) && r.rest.len == 0;
}
