/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/csaf_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"

enum { DETAIL_CHARS = 80 };

bool
csaf_is_ok(const struct csaf_reader *r)
{
	return r->fault->reason == CSAF_OK;
}

/* ---- the place -------------------------------------------------------- */

static void place_add(struct csaf_reader *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/* A place too long to be told is cut: the tree's depth bounds it anyway. */
static void
place_add(struct csaf_reader *r, const char *format, ...)
{
	size_t room = sizeof(r->place) - r->place_len;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(r->place + r->place_len, room, format, args);
	va_end(args);
	if (n > 0)
		r->place_len += (size_t)n < room ? (size_t)n : room - 1;
}

size_t
csaf_enter(struct csaf_reader *r, const char *key)
{
	size_t was = r->place_len;

	place_add(r, "/%s", key);
	return was;
}

void
csaf_leave(struct csaf_reader *r, size_t was)
{
	r->place_len = was;
	r->place[was] = '\0';
}

void
csaf_refuse(struct csaf_reader *r, enum csaf_reason reason, const char *key,
    const char *detail)
{
	size_t was = r->place_len;

	if (!csaf_is_ok(r))
		return;
	if (key != NULL)
		csaf_enter(r, key);
	r->fault->reason = reason;
	r->fault->place = arena_copy(r->arena, r->place);
	if (detail == NULL || !text_ok(detail, strlen(detail), TEXT_PROSE))
		detail = "";
	r->fault->detail = text_excerpt(r->arena, detail, DETAIL_CHARS);
	csaf_leave(r, was);
}

/* ---- values ----------------------------------------------------------- */

/* NULL when it is not there, also when that or its type is a fault. */
static const json_t *
value(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need, json_type type)
{
	static const char *const types[] = {
		[JSON_OBJECT] = "object",
		[JSON_ARRAY] = "array",
		[JSON_STRING] = "string",
	};
	const json_t *v = json_object_get(object, key);

	if (!csaf_is_ok(r))
		return NULL;
	if (v == NULL) {
		if (need == CSAF_MUST)
			csaf_refuse(r, CSAF_MISSING, key, NULL);
		return NULL;
	}
	if (json_typeof(v) != type) {
		csaf_refuse(r, CSAF_TYPE, key, types[type]);
		return NULL;
	}
	return v;
}

const json_t *
csaf_object(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need)
{
	return value(r, object, key, need, JSON_OBJECT);
}

/*
 * A title that was broken over lines is still a title: what separates words
 * becomes a space.  Other control characters stay, and are refused.
 */
static char *
one_line(struct csaf_reader *r, const char *s, size_t len)
{
	char *line = arena_copy_n(r->arena, s, len);

	for (size_t i = 0; i < len; i++)
		if (line[i] == '\n' || line[i] == '\r' || line[i] == '\t')
			line[i] = ' ';
	return text_clean(r->arena, line, len, TEXT_LINE);
}

static const char *
string(struct csaf_reader *r, const json_t *v, const char *key,
    enum csaf_need need, enum text_kind kind)
{
	size_t max = kind == TEXT_LINE ? CSAF_LINE_BYTES : CSAF_PROSE_BYTES;
	const char *s = json_string_value(v), *clean;
	size_t len = json_string_length(v);

	if (len > max) {
		csaf_refuse(
		    r, CSAF_LONG, key, kind == TEXT_LINE ? "4096" : "65536");
		return "";
	}
	clean = kind == TEXT_LINE ? one_line(r, s, len)
				  : text_clean(r->arena, s, len, kind);
	if (clean == NULL)
		csaf_refuse(r, CSAF_TEXT, key, NULL);
	else if (*clean == '\0' && need == CSAF_MUST)
		csaf_refuse(r, CSAF_MISSING, key, NULL);
	return clean == NULL ? "" : clean;
}

const char *
csaf_line(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need)
{
	const json_t *v = value(r, object, key, need, JSON_STRING);

	return v == NULL ? "" : string(r, v, key, need, TEXT_LINE);
}

const char *
csaf_prose(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need)
{
	const json_t *v = value(r, object, key, need, JSON_STRING);

	return v == NULL ? "" : string(r, v, key, need, TEXT_PROSE);
}

/*
 * Links go out to a page: of all schemes only these two can neither run a
 * script nor open a program.
 */
bool
csaf_is_link(const char *url)
{
	return strncasecmp(url, "https://", 8) == 0 ||
	    strncasecmp(url, "http://", 7) == 0;
}

const char *
csaf_url(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need, const char **other)
{
	const char *url = csaf_line(r, object, key, need);

	*other = csaf_is_link(url) ? "" : url;
	return csaf_is_link(url) ? url : "";
}

const char *
csaf_word(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need, const char *const *words)
{
	const char *word = csaf_line(r, object, key, need);

	int row = text_index(words, word);

	if (*word == '\0')
		return "";
	if (row >= 0)
		return words[row];
	csaf_refuse(r, CSAF_VALUE, key, word);
	return "";
}

int64_t
csaf_time(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need)
{
	const char *text = csaf_line(r, object, key, need);
	int64_t at = 0;

	if (*text != '\0' && !clock_parse(text, &at))
		csaf_refuse(r, CSAF_TIME, key, text);
	return at;
}

/* ---- lists ------------------------------------------------------------ */

void
csaf_each(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need, csaf_item *item, void *to)
{
	const json_t *list = value(r, object, key, need, JSON_ARRAY);
	size_t n = json_array_size(list), was;

	if (list != NULL && n == 0 && need == CSAF_MUST)
		csaf_refuse(r, CSAF_MISSING, key, NULL);
	for (size_t i = 0; i < n && csaf_is_ok(r); i++) {
		was = r->place_len;
		place_add(r, "/%s/%zu", key, i);
		if (json_is_object(json_array_get(list, i)))
			item(r, json_array_get(list, i), to);
		else
			csaf_refuse(r, CSAF_TYPE, NULL, "object");
		csaf_leave(r, was);
	}
}

const char *
csaf_lines(struct csaf_reader *r, const json_t *object, const char *key,
    const char *between)
{
	const json_t *list = value(r, object, key, CSAF_MAY, JSON_ARRAY), *v;
	size_t n = json_array_size(list), was;
	struct buf b;
	const char *all;

	buf_init(&b, CSAF_PROSE_BYTES);
	for (size_t i = 0; i < n && csaf_is_ok(r); i++) {
		was = r->place_len;
		place_add(r, "/%s/%zu", key, i);
		v = json_array_get(list, i);
		buf_adds(&b, i > 0 ? between : "");
		if (json_is_string(v))
			buf_adds(&b, string(r, v, NULL, CSAF_MUST, TEXT_LINE));
		else
			csaf_refuse(r, CSAF_TYPE, NULL, "string");
		csaf_leave(r, was);
	}
	if (b.overflow)
		csaf_refuse(r, CSAF_LONG, key, "65536");
	all = arena_copy_n(r->arena, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
	return all;
}

/* ---- parts ------------------------------------------------------------ */

static size_t
part_bytes(const struct advisory_part *p)
{
	return strlen(p->name) + strlen(p->title) + strlen(p->text) +
	    strlen(p->url);
}

static void
grow(struct csaf_reader *r)
{
	size_t cap = r->part_cap > 0 ? 2 * r->part_cap : 64;
	struct advisory_part *more;

	more = arena_array(r->arena, cap, sizeof(*more));
	if (r->part_count > 0)
		memcpy(more, r->parts, r->part_count * sizeof(*more));
	r->parts = more;
	r->part_cap = cap;
}

void
csaf_part(struct csaf_reader *r, const struct advisory_part *part)
{
	size_t bytes;

	if (!csaf_is_ok(r))
		return;
	bytes = part_bytes(part);
	if (bytes > r->text_left || r->part_count >= CSAF_PARTS_MAX) {
		csaf_refuse(r, CSAF_MUCH, NULL, NULL);
		return;
	}
	r->text_left -= bytes;
	if (r->part_count == r->part_cap)
		grow(r);
	r->parts[r->part_count++] = *part;
}
