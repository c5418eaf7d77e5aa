/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/escape.h"
#include "web/upload.h"

enum {
	PARTS_MAX = 64,
	HEADERS_MAX = 2048,
	BOUNDARY_MAX = 70, /* RFC 2046 §5.1.1 */
	FILENAME_MAX_BYTES = 255,
	WINDOW = 32 * 1024
};

/*
 * The body goes through a window: [start, end) is read and not yet used.
 * `delimiter` is CRLF "--" boundary, and the body is read as if a CRLF stood
 * before it, so that the first delimiter is like the others.
 */
struct reader {
	struct arena *arena;
	const struct body *body;
	uint64_t left; /* of the body, not yet in the window */
	size_t start, end;
	char *window;
	char delimiter[BOUNDARY_MAX + 5];
	size_t delimiter_len;
};

struct limits {
	uint64_t file_max;
	const struct upload_sink *sink;
	struct buf field; /* the value that is being read */
	size_t fields_left;
};

/* Reads on, at least a byte; ERR_MALFORMED at the end of the body. */
static enum err
more(struct reader *r)
{
	size_t room;
	long n;

	if (r->start > 0) {
		memmove(r->window, r->window + r->start, r->end - r->start);
		r->end -= r->start;
		r->start = 0;
	}
	room = WINDOW - r->end;
	if (room > r->left)
		room = (size_t)r->left;
	if (room == 0)
		return ERR_MALFORMED;
	n = r->body->read(r->body->from, r->window + r->end, room);
	if (n <= 0)
		return ERR_MALFORMED;
	r->end += (size_t)n;
	r->left -= (uint64_t)n;
	return ERR_OK;
}

static enum err
need(struct reader *r, size_t len)
{
	enum err rc = ERR_OK;

	while (rc == ERR_OK && r->end - r->start < len)
		rc = more(r);
	return rc;
}

/* RFC 2046 §5.1.1 bchars, without the space. */
static size_t
boundary_length(const char *text)
{
	return strspn(text,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "'()+_,-./:=?");
}

static enum err
read_boundary(struct reader *r, const char *content_type)
{
	static const char media[] = "multipart/form-data";
	const char *at = content_type + sizeof(media) - 1;
	bool is_quoted;
	size_t len;

	if (strncasecmp(content_type, media, sizeof(media) - 1) != 0)
		return ERR_MEDIA;
	at += strspn(at, " \t");
	if (*at++ != ';')
		return ERR_MALFORMED;
	at += strspn(at, " \t");
	if (strncasecmp(at, "boundary=", 9) != 0)
		return ERR_MALFORMED;
	at += 9;
	is_quoted = *at == '"';
	at += is_quoted;
	len = boundary_length(at);
	if (len == 0 || len > BOUNDARY_MAX ||
	    strcmp(at + len, is_quoted ? "\"" : "") != 0)
		return ERR_MALFORMED;
	memcpy(r->delimiter, "\r\n--", 4);
	memcpy(r->delimiter + 4, at, len);
	r->delimiter_len = 4 + len;
	return ERR_OK;
}

/* A quoted string as browsers write it: no escapes but %22 for the quote. */
static const char *
quoted(struct arena *arena, const char *at, const char **value)
{
	size_t len;

	if (*at++ != '"')
		return NULL;
	len = strcspn(at, "\"");
	if (at[len] != '"')
		return NULL;
	*value = arena_copy_n(arena, at, len);
	return at + len + 1;
}

/* form-data; name="x"; filename="y" in any order, each once. */
static enum err
read_disposition(struct arena *arena, const char *at, struct upload_part *p)
{
	if (strncasecmp(at, "form-data", 9) != 0 || p->name != NULL)
		return ERR_MALFORMED;
	at += 9;
	while (*at != '\0') {
		const char **slot;

		at += strspn(at, " \t");
		if (*at++ != ';')
			return ERR_MALFORMED;
		at += strspn(at, " \t");
		if (strncasecmp(at, "name=", 5) == 0) {
			slot = &p->name;
			at += 5;
		} else if (strncasecmp(at, "filename=", 9) == 0) {
			slot = &p->filename;
			at += 9;
		} else {
			return ERR_MALFORMED;
		}
		if (*slot != NULL || (at = quoted(arena, at, slot)) == NULL)
			return ERR_MALFORMED;
	}
	return p->name != NULL ? ERR_OK : ERR_MALFORMED;
}

/* What a browser or an old client sends may hold a path: the last name. */
static void
clean_filename(struct arena *arena, struct upload_part *p)
{
	const char *name = p->filename;

	for (const char *c = p->filename; *c != '\0'; c++)
		if (*c == '/' || *c == '\\')
			name = c + 1;
	p->filename = text_clean(arena, name, strlen(name), TEXT_LINE);
	p->is_name_bad = p->filename == NULL ||
	    strlen(p->filename) > FILENAME_MAX_BYTES ||
	    strcmp(p->filename, ".") == 0 || strcmp(p->filename, "..") == 0;
	if (p->is_name_bad)
		p->filename = "?";
}

static enum err
read_header(struct arena *arena, const char *line, struct upload_part *p)
{
	static const char disposition[] = "Content-Disposition:";
	static const char type[] = "Content-Type:";

	if (strncasecmp(line, disposition, sizeof(disposition) - 1) == 0) {
		line += sizeof(disposition) - 1;
		line += strspn(line, " \t");
		return read_disposition(arena, line, p);
	}
	if (strncasecmp(line, type, sizeof(type) - 1) == 0) {
		line += sizeof(type) - 1;
		p->type = line + strspn(line, " \t");
		return ERR_OK;
	}
	/* Others mean nothing here (RFC 7578 §4.8). */
	return strchr(line, ':') != NULL ? ERR_OK : ERR_MALFORMED;
}

/* A line without its CRLF, in the arena; of `left` bytes at most. */
static enum err
read_line(struct reader *r, size_t *left, const char **line)
{
	size_t n = 0;
	enum err rc;

	for (;; n++) {
		if (n + 2 > *left)
			return ERR_TOO_LARGE;
		if ((rc = need(r, n + 2)) != ERR_OK)
			return rc;
		if (memcmp(r->window + r->start + n, "\r\n", 2) == 0)
			break;
	}
	/* What is in a file's name, its field tells: here, only text. */
	if (memchr(r->window + r->start, '\0', n) != NULL ||
	    !escape_is_utf8(r->window + r->start, n))
		return ERR_MALFORMED;
	*line = arena_copy_n(r->arena, r->window + r->start, n);
	r->start += n + 2;
	*left -= n + 2;
	/* A lone CR or LF is no end of a line, and nothing else either. */
	return strpbrk(*line, "\r\n") == NULL ? ERR_OK : ERR_MALFORMED;
}

static enum err
read_headers(struct reader *r, struct upload_part *p)
{
	size_t left = HEADERS_MAX;
	const char *line;
	enum err rc;

	memset(p, 0, sizeof(*p));
	p->type = "";
	for (;;) {
		if ((rc = read_line(r, &left, &line)) != ERR_OK)
			return rc;
		if (*line == '\0')
			break;
		if ((rc = read_header(r->arena, line, p)) != ERR_OK)
			return rc;
	}
	if (p->name == NULL || !text_ok(p->name, strlen(p->name), TEXT_LINE) ||
	    !text_ok(p->type, strlen(p->type), TEXT_LINE))
		return ERR_MALFORMED;
	if (p->filename != NULL)
		clean_filename(r->arena, p);
	return ERR_OK;
}

static enum err
field_bytes(void *to, const void *bytes, size_t len)
{
	struct limits *l = to;

	if (len > l->fields_left)
		return ERR_TOO_LARGE;
	l->fields_left -= len;
	buf_add(&l->field, bytes, len);
	return l->field.overflow ? ERR_MEMORY : ERR_OK;
}

static enum err
file_bytes(void *to, const void *bytes, size_t len)
{
	struct limits *l = to;

	if (len > l->file_max)
		return ERR_TOO_LARGE;
	l->file_max -= len;
	return l->sink->write(l->sink->to, bytes, len);
}

/* Hands on what stands before the delimiter, and goes past that. */
static enum err
read_data(struct reader *r, enum err (*take)(void *, const void *, size_t),
    struct limits *to)
{
	enum err rc = ERR_OK;

	while (rc == ERR_OK) {
		char *at = r->window + r->start;
		size_t have = r->end - r->start, use;
		char *found = memmem(at, have, r->delimiter, r->delimiter_len);

		use = found != NULL	       ? (size_t)(found - at)
		    : have >= r->delimiter_len ? have - r->delimiter_len + 1
					       : 0;
		if (use > 0 && (rc = take(to, at, use)) != ERR_OK)
			return rc;
		r->start += use;
		if (found != NULL) {
			r->start += r->delimiter_len;
			return ERR_OK;
		}
		rc = more(r);
	}
	return rc;
}

static enum err
read_field(struct reader *r, struct limits *l, struct pair *out)
{
	enum err rc;

	buf_reset(&l->field);
	if ((rc = read_data(r, field_bytes, l)) != ERR_OK)
		return rc;
	if (l->field.len > 0 &&
	    (memchr(l->field.data, '\0', l->field.len) != NULL ||
		!escape_is_utf8(l->field.data, l->field.len)))
		return ERR_MALFORMED;
	out->value = l->field.len > 0
	    ? arena_copy_n(r->arena, l->field.data, l->field.len)
	    : "";
	return ERR_OK;
}

static enum err
read_file(struct reader *r, const struct limits *l, const struct upload_part *p)
{
	struct limits one = *l; /* the limit is a file's, not of all */
	enum err rc;

	if (l->sink == NULL)
		return ERR_MALFORMED;
	if ((rc = l->sink->open(l->sink->to, p)) != ERR_OK ||
	    (rc = read_data(r, file_bytes, &one)) != ERR_OK)
		return rc;
	return l->sink->close(l->sink->to);
}

/* After a delimiter: CRLF and a part, or "--" and the end of the body. */
static enum err
read_tail(struct reader *r, bool *is_last)
{
	enum err rc;

	if ((rc = need(r, 2)) != ERR_OK)
		return rc;
	*is_last = memcmp(r->window + r->start, "--", 2) == 0;
	if (!*is_last && memcmp(r->window + r->start, "\r\n", 2) != 0)
		return ERR_MALFORMED;
	r->start += 2;
	if (!*is_last)
		return ERR_OK;
	while (r->left > 0 && r->end - r->start <= 2)
		if ((rc = more(r)) != ERR_OK)
			return rc;
	if (r->left > 0 || r->end - r->start > 2 ||
	    memcmp(r->window + r->start, "\r\n", r->end - r->start) != 0)
		return ERR_MALFORMED;
	return ERR_OK;
}

static enum err
read_parts(struct reader *r, struct limits *l, struct pair *pairs)
{
	struct upload_part p;
	size_t n = 0;
	bool is_last;
	enum err rc;

	if ((rc = need(r, r->delimiter_len)) != ERR_OK)
		return rc;
	if (memcmp(r->window, r->delimiter, r->delimiter_len) != 0)
		return ERR_MALFORMED;
	r->start = r->delimiter_len;
	for (int parts = 0;; parts++) {
		if ((rc = read_tail(r, &is_last)) != ERR_OK || is_last)
			return rc;
		if (parts == PARTS_MAX)
			return ERR_TOO_LARGE;
		if ((rc = read_headers(r, &p)) != ERR_OK)
			return rc;
		if (p.filename != NULL) {
			rc = read_file(r, l, &p);
		} else {
			pairs[n].name = p.name;
			rc = read_field(r, l, &pairs[n++]);
		}
		if (rc != ERR_OK)
			return rc;
	}
}

enum err
upload_parse(struct arena *arena, const struct body *body,
    const char *content_type, uint64_t max_file_bytes,
    const struct upload_sink *sink, struct pair **fields)
{
	struct reader r = { .arena = arena, .body = body };
	struct limits l = { .file_max = max_file_bytes,
		.sink = sink,
		.fields_left = REQ_FORM_MAX };
	struct pair *pairs;
	enum err rc;

	*fields = NULL;
	if ((rc = read_boundary(&r, content_type)) != ERR_OK)
		return rc;
	r.left = body->length;
	r.window = arena_alloc(arena, WINDOW);
	memcpy(r.window, "\r\n", 2);
	r.end = 2;
	pairs = arena_array(arena, PARTS_MAX + 1, sizeof(*pairs));
	buf_init(&l.field, REQ_FORM_MAX);
	rc = read_parts(&r, &l, pairs);
	buf_free(&l.field);
	if (rc == ERR_OK)
		*fields = pairs;
	return rc;
}
