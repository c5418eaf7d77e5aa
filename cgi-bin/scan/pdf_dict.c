/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/pdf_dict.h"

#include <string.h>

#include "scan/pdf_name.h"

enum { DEPTH = 200 };

enum token {
	TOKEN_END, /* of the file, also within a string */
	TOKEN_NAME,
	TOKEN_WORD, /* numbers, true, R, stream */
	TOKEN_STRING,
	TOKEN_DICT,
	TOKEN_DICT_END,
	TOKEN_ARRAY,
	TOKEN_ARRAY_END,
	TOKEN_STRAY /* what begins nothing */
};

/* How far the value of /Filter was read. */
enum filter {
	FILTER_NONE,
	FILTER_KEY,	/* the key */
	FILTER_ARRAY,	/* its array */
	FILTER_LAST,	/* the one in its array */
	FILTER_DEFLATE, /* FlateDecode and nothing else */
	FILTER_ODD
};

struct dict {
	const uint8_t *s;
	size_t len, at;
	const uint8_t *word; /* the last one */
	size_t word_len;
	char open[DEPTH]; /* '<' and '[' that have no end yet */
	unsigned depth;
	struct pdf_name name;
	bool has_type, has_first, has_n, is_odd;
	enum filter filter;
};

/* ---- tokens (§7.2, §7.3) -------------------------------------------- */

/* White space and comments. */
static void
skip(struct dict *d)
{
	for (; d->at < d->len; d->at++) {
		if (d->s[d->at] == '%')
			while (d->at < d->len && d->s[d->at] != '\n' &&
			    d->s[d->at] != '\r')
				d->at++;
		else if (!pdf_name_is_space(d->s[d->at]))
			break;
	}
}

static enum token
read_name(struct dict *d)
{
	memset(&d->name, 0, sizeof(d->name));
	for (d->at++; d->at < d->len && !pdf_name_is_end(d->s[d->at]); d->at++)
		pdf_name_add(&d->name, d->s[d->at]);
	pdf_name_end(&d->name);
	return TOKEN_NAME;
}

static enum token
read_word(struct dict *d)
{
	d->word = d->s + d->at;
	while (d->at < d->len && !pdf_name_is_end(d->s[d->at]))
		d->at++;
	d->word_len = (size_t)(d->s + d->at - d->word);
	return TOKEN_WORD;
}

/* Parentheses in it are balanced, but for those after '\'. */
static enum token
read_string(struct dict *d)
{
	size_t open = 0;

	for (; d->at < d->len; d->at++) {
		if (d->s[d->at] == '\\')
			d->at++;
		else if (d->s[d->at] == '(')
			open++;
		else if (d->s[d->at] == ')' && --open == 0) {
			d->at++;
			return TOKEN_STRING;
		}
	}
	d->at = d->len;
	return TOKEN_END;
}

static enum token
read_hex_string(struct dict *d)
{
	const uint8_t *end = memchr(d->s + d->at, '>', d->len - d->at);

	d->at = end != NULL ? (size_t)(end - d->s) + 1 : d->len;
	return end != NULL ? TOKEN_STRING : TOKEN_END;
}

static bool
is_double(const struct dict *d)
{
	return d->at + 1 < d->len && d->s[d->at + 1] == d->s[d->at];
}

static enum token
read_bracket(struct dict *d)
{
	uint8_t c = d->s[d->at];
	bool is_dict = (c == '<' || c == '>') && is_double(d);

	if (c == '<' && !is_dict)
		return read_hex_string(d);
	d->at += is_dict ? 2 : 1;
	switch (c) {
	case '<':
		return TOKEN_DICT;
	case '>':
		return is_dict ? TOKEN_DICT_END : TOKEN_STRAY;
	case '[':
		return TOKEN_ARRAY;
	case ']':
		return TOKEN_ARRAY_END;
	default:
		return TOKEN_STRAY;
	}
}

static enum token
next(struct dict *d)
{
	skip(d);
	if (d->at >= d->len)
		return TOKEN_END;
	if (d->s[d->at] == '/')
		return read_name(d);
	if (d->s[d->at] == '(')
		return read_string(d);
	return pdf_name_is_end(d->s[d->at]) ? read_bracket(d) : read_word(d);
}

static bool
word_is(const struct dict *d, const char *word)
{
	return d->word_len == strlen(word) &&
	    memcmp(d->word, word, d->word_len) == 0;
}

/* ---- what they tell ------------------------------------------------- */

/* Whatever the key, and however deep: a name is enough. */
static void
note_name(struct dict *d)
{
	static const char *const odd[] = { "DP", "DecodeParms", "F", "FFilter",
		"Predictor" };

	d->has_type = d->has_type || strcmp(d->name.text, "ObjStm") == 0;
	d->has_first = d->has_first || strcmp(d->name.text, "First") == 0;
	d->has_n = d->has_n || strcmp(d->name.text, "N") == 0;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		d->is_odd = d->is_odd || strcmp(d->name.text, odd[i]) == 0;
}

/* /Filter/FlateDecode or /Filter[/FlateDecode]; a reference is odd, too. */
static void
note_filter(struct dict *d, enum token t)
{
	bool is_name = t == TOKEN_NAME;
	bool is_key = is_name && strcmp(d->name.text, "Filter") == 0;
	bool is_deflate = is_name && strcmp(d->name.text, "FlateDecode") == 0;

	switch (d->filter) {
	case FILTER_NONE:
		if (is_key)
			d->filter = FILTER_KEY;
		break;
	case FILTER_KEY:
		if (t == TOKEN_ARRAY)
			d->filter = FILTER_ARRAY;
		else
			d->filter = is_deflate ? FILTER_DEFLATE : FILTER_ODD;
		break;
	case FILTER_ARRAY:
		d->filter = is_deflate ? FILTER_LAST : FILTER_ODD;
		break;
	case FILTER_LAST:
		d->filter = t == TOKEN_ARRAY_END ? FILTER_DEFLATE : FILTER_ODD;
		break;
	case FILTER_DEFLATE:
		if (is_key)
			d->filter = FILTER_ODD;
		break;
	case FILTER_ODD:
		break;
	}
}

/* False where it is not well-formed. */
static bool
nest(struct dict *d, enum token t)
{
	char open = t == TOKEN_DICT || t == TOKEN_DICT_END ? '<' : '[';

	if (t == TOKEN_STRAY)
		return false;
	if (t == TOKEN_WORD)
		return !word_is(d, "stream") && !word_is(d, "endstream") &&
		    !word_is(d, "obj") && !word_is(d, "endobj");
	if (t == TOKEN_DICT || t == TOKEN_ARRAY) {
		if (d->depth == DEPTH)
			return false;
		d->open[d->depth++] = open;
	}
	if (t == TOKEN_DICT_END || t == TOKEN_ARRAY_END) {
		if (d->depth == 0 || d->open[d->depth - 1] != open)
			return false;
		d->depth--;
	}
	return true;
}

/* The line with the word `stream` ends; spaces alone may stand before. */
static bool
skip_line(struct dict *d)
{
	while (d->at < d->len && d->s[d->at] == ' ')
		d->at++;
	if (d->at < d->len && d->s[d->at] == '\r') {
		d->at++;
		if (d->at < d->len && d->s[d->at] == '\n')
			d->at++;
		return true;
	}
	return d->at < d->len && d->s[d->at++] == '\n';
}

/*
 * Some readers take objects out of whatever has /N and /First, and do not ask
 * for the type.
 */
static enum pdf_dict_is
judge(struct dict *d)
{
	if (!d->has_type && !(d->has_first && d->has_n))
		return PDF_DICT_OTHER;
	if (next(d) != TOKEN_WORD || !word_is(d, "stream"))
		return PDF_DICT_OTHER;
	if (!skip_line(d))
		return PDF_DICT_BROKEN;
	if (d->is_odd ||
	    (d->filter != FILTER_NONE && d->filter != FILTER_DEFLATE))
		return PDF_DICT_ODD;
	return d->filter == FILTER_NONE ? PDF_DICT_PLAIN : PDF_DICT_DEFLATE;
}

static enum pdf_dict_is
read_dict(struct dict *d)
{
	enum token t;

	/* By itself, since any other token may be as long as the file. */
	skip(d);
	if (d->at >= d->len || d->s[d->at] != '<' || !is_double(d))
		return PDF_DICT_OTHER;
	t = next(d);
	do {
		if (t == TOKEN_END)
			return PDF_DICT_OTHER;
		if (!nest(d, t))
			return PDF_DICT_BROKEN;
		if (t == TOKEN_NAME)
			note_name(d);
		note_filter(d, t);
		if (d->depth > 0)
			t = next(d);
	} while (d->depth > 0);
	return judge(d);
}

enum pdf_dict_is
pdf_dict_read(const uint8_t *s, size_t len, size_t *end)
{
	struct dict d = { .s = s, .len = len };
	enum pdf_dict_is is = read_dict(&d);

	*end = d.at;
	return is;
}
