/* SPDX-License-Identifier: Apache-2.0 */
/* Forms out of a query string or a request's body; see form.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "web/escape.h"
#include "web/form.h"
#include "web/percent.h"
#include "web/upload.h"

static const char where[] = "body";

static enum err
decode(struct arena *arena, const char *text, size_t len, const char **out)
{
	char *decoded;
	size_t n;
	enum err rc = percent_decode(arena, text, len, true, &decoded, &n);

	if (rc == ERR_OK && !escape_is_utf8(decoded, n))
		rc = ERR_MALFORMED;
	*out = decoded;
	return rc;
}

static enum err
split_one(struct arena *arena, const char *text, size_t len, struct pair *out)
{
	const char *equals = memchr(text, '=', len);
	size_t name = equals != NULL ? (size_t)(equals - text) : len;
	enum err rc;

	if ((rc = decode(arena, text, name, &out->name)) != ERR_OK)
		return rc;
	if (equals == NULL) {
		out->value = "";
		return ERR_OK;
	}
	return decode(arena, equals + 1, len - name - 1, &out->value);
}

enum err
form_split(struct arena *arena, const char *text, size_t len, struct pair **out)
{
	const char *end = text + len;
	struct pair *pairs;
	size_t n = 0, count = 1;
	enum err rc;

	*out = NULL;
	for (size_t i = 0; i < len; i++)
		count += text[i] == '&';
	if (count > REQ_FIELDS_MAX)
		return ERR_TOO_LARGE;
	pairs = arena_array(arena, count + 1, sizeof(*pairs));
	while (text < end) {
		const char *stop = memchr(text, '&', (size_t)(end - text));
		size_t part = (size_t)((stop != NULL ? stop : end) - text);

		/* An empty piece is nothing (URL Standard §5.1). */
		if (part > 0 &&
		    (rc = split_one(arena, text, part, &pairs[n++])) != ERR_OK)
			return rc;
		text += part + 1;
	}
	pairs[n].name = NULL;
	*out = pairs;
	return ERR_OK;
}

enum err
form_from_query(struct req *req, const struct field *fields, struct form **out)
{
	struct pair *pairs;
	enum err rc;

	*out = form_new(req->arena, fields);
	rc = form_split(req->arena, req->query, strlen(req->query), &pairs);
	return rc == ERR_OK ? form_fill(*out, pairs) : rc;
}

static enum err
urlencoded(struct req *req, struct form *form)
{
	struct pair *pairs;
	char *text;
	size_t len;
	enum err rc;

	if ((rc = req_body(req, REQ_FORM_MAX, &text, &len)) != ERR_OK ||
	    (rc = form_split(req->arena, text, len, &pairs)) != ERR_OK)
		return rc;
	return form_fill(form, pairs);
}

/* Where uploaded files go: a temporary file each, found by its field. */
struct store {
	struct form *form;
	const char *dir;
	struct value *value; /* of the file that is being written */
	int fd;
};

static enum err
store_open(void *to, const struct upload_part *part)
{
	struct store *s = to;
	struct form *form = s->form;
	char *path;

	s->value = NULL;
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->values[i].field->name, part->name) == 0)
			s->value = &form->values[i];
	if (s->value == NULL || s->value->field->kind != FIELD_FILE ||
	    s->value->is_given)
		return ERR_MALFORMED;
	/* A file field that was left empty comes as a part without a name. */
	if (*part->filename == '\0')
		return ERR_OK;
	path = arena_printf(form->arena, "%s/upload-XXXXXX", s->dir);
	if ((s->fd = mkostemp(path, O_CLOEXEC)) < 0)
		return file_error(where, "no temporary file");
	s->value->text = part->filename;
	s->value->is_given = true;
	s->value->file = path;
	/* Told beside its field: the rest of what was typed stays. */
	if (part->is_name_bad)
		s->value->error = "FileName";
	return ERR_OK;
}

static enum err
store_write(void *to, const void *bytes, size_t len)
{
	struct store *s = to;
	const char *at = bytes;
	ssize_t n;

	if (s->fd < 0)
		return len == 0 ? ERR_OK : ERR_MALFORMED;
	s->value->file_bytes += len;
	/* Too large is the field's error: counted on, but no longer kept. */
	if (s->value->file_bytes >
	    (uint64_t)form_file_max(s->form, s->value->field))
		return ERR_OK;
	for (; len > 0; at += n, len -= (size_t)n) {
		n = write(s->fd, at, len);
		if (n < 0 && errno == EINTR)
			n = 0;
		if (n < 0)
			return file_error(where, "upload");
	}
	return ERR_OK;
}

static enum err
store_close(void *to)
{
	struct store *s = to;
	int fd = s->fd;

	s->fd = -1;
	return fd >= 0 && close(fd) != 0 ? file_error(where, "upload") : ERR_OK;
}

static enum err
multipart(struct req *req, struct form *form, const char *tmp_dir)
{
	struct store store = { form, tmp_dir, NULL, -1 };
	struct upload_sink sink = { &store, store_open, store_write,
		store_close };
	uint64_t files = 0;
	struct pair *pairs;
	enum err rc;

	for (size_t i = 0; i < form->count; i++)
		if (form->values[i].field->kind == FIELD_FILE)
			files += (uint64_t)form_file_max(
			    form, form->values[i].field);
	/* Twice, so that a file somewhat too large is told beside its field. */
	if (req->body.length > 2 * (files + REQ_FORM_MAX))
		return ERR_TOO_LARGE;
	rc = upload_parse(req->arena, &req->body, req->content_type,
	    2 * files + 1, &sink, &pairs);
	store_close(&store);
	return rc == ERR_OK ? form_fill(form, pairs) : rc;
}

static bool
media_is(const char *content_type, const char *media)
{
	size_t len = strlen(media);

	return content_type != NULL &&
	    strncasecmp(content_type, media, len) == 0 &&
	    strchr("; \t", content_type[len]) != NULL;
}

enum err
form_from_body(struct req *req, const struct field *fields, const char *tmp_dir,
    struct form **out)
{
	enum err rc = ERR_MEDIA;

	*out = form_new(req->arena, fields);
	(*out)->is_submitted = true;
	(*out)->file_max = req->file_max;
	if (media_is(req->content_type, "application/x-www-form-urlencoded"))
		rc = urlencoded(req, *out);
	else if (media_is(req->content_type, "multipart/form-data"))
		rc = multipart(req, *out, tmp_dir);
	if (rc != ERR_OK && rc != ERR_INVALID)
		form_settle(*out);
	return rc;
}
