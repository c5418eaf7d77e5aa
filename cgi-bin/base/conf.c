/* SPDX-License-Identifier: Apache-2.0 */
#include "base/conf.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/url.h"

#define DEFAULT_PATH "/etc/entente/entente.conf"

enum { FILE_BYTES = 64 * 1024, NAME_LENGTH = 80 };

enum kind {
	KIND_PATH,
	KIND_NAME,
	KIND_ORIGIN,
	KIND_YES_NO,
	KIND_SECONDS,
	KIND_MIB
};

struct key {
	const char *name;
	enum kind kind;
	size_t at;	     /* offset in struct conf */
	const char *initial; /* NULL for nothing */
	int64_t min, max;
};

#define AT(member) offsetof(struct conf, member)

static const struct key keys[] = {
	{ "data_dir", KIND_PATH, AT(data_dir), "/var/lib/entente", 0, 0 },
	{ "template_dir", KIND_PATH, AT(template_dir),
	    "/usr/share/entente/templates", 0, 0 },
	{ "schema_dir", KIND_PATH, AT(schema_dir), "/usr/share/entente/schema",
	    0, 0 },
	{ "origin", KIND_ORIGIN, AT(origin), NULL, 0, 0 },
	{ "portal_name", KIND_NAME, AT(portal_name), "Entente", 0, 0 },
	{ "signin_links", KIND_YES_NO, AT(has_signin_links), "no", 0, 0 },
	{ "session_idle_s", KIND_SECONDS, AT(session_idle_s), "1800", 60,
	    86400 },
	{ "session_max_s", KIND_SECONDS, AT(session_max_s), "43200", 300,
	    604800 },
	{ "reauth_s", KIND_SECONDS, AT(reauth_s), "600", 30, 43200 },
	{ "invitation_s", KIND_SECONDS, AT(invitation_s), "604800", 3600,
	    7776000 },
	{ "scan_program", KIND_PATH, AT(scan_program),
	    "/usr/lib/entente/entente-scan", 0, 0 },
	{ "signer_socket", KIND_PATH, AT(signer_socket),
	    "/run/entente/signer.sock", 0, 0 },
	{ "clamd_socket", KIND_PATH, AT(clamd_socket), NULL, 0, 0 },
	{ "document_max_mib", KIND_MIB, AT(document_max_mib), "64", 1, 1024 },
	{ "witness_file", KIND_PATH, AT(witness_file), "/etc/entente/witnesses",
	    0, 0 },
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* Where the reader is, and the sentence when it stops. */
struct reader {
	const char *path;
	int line;
	char *error;
	bool is_set[KEYS];
};

static enum err complain(struct reader *, enum err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum err
complain(struct reader *r, enum err rc, const char *format, ...)
{
	struct buf text;
	char what[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(what, sizeof(what), format, ap);
	va_end(ap);
	buf_init(&text, 8192);
	buf_adds(&text, r->path);
	if (r->line > 0)
		buf_addf(&text, ":%d", r->line);
	buf_addf(&text, ": %s", what);
	free(r->error);
	r->error = text.data;
	return rc;
}

static enum err
set_text(struct reader *r, char **field, const char *value)
{
	char *copy = strdup(value);

	if (copy == NULL)
		return complain(r, ERR_MEMORY, "there is no memory left.");
	free(*field);
	*field = copy;
	return ERR_OK;
}

static enum err
set_path(struct reader *r, const struct key *k, void *field, const char *value)
{
	if (value[0] != '/')
		return complain(r, ERR_INVALID,
		    "%s must be a path that starts with \"/\".", k->name);
	return set_text(r, field, value);
}

static enum err
set_name(struct reader *r, const struct key *k, void *field, const char *value)
{
	if (text_length(value) > NAME_LENGTH)
		return complain(r, ERR_INVALID,
		    "%s must have at most %d characters.", k->name,
		    (int)NAME_LENGTH);
	return set_text(r, field, value);
}

static enum err
set_origin(
    struct reader *r, const struct key *k, char **list, const char *value)
{
	int n = 0;

	if (!url_is_origin(value))
		return complain(r, ERR_INVALID,
		    "%s must be \"https://host\" or \"https://host:port\", in"
		    " lower case, without a path or \":443\"; \"http://\" is"
		    " for localhost alone.",
		    k->name);
	while (n < CONF_ORIGINS && list[n] != NULL)
		n++;
	if (n == CONF_ORIGINS)
		return complain(r, ERR_INVALID,
		    "%s may be given at most %d times.", k->name,
		    (int)CONF_ORIGINS);
	return set_text(r, &list[n], value);
}

static enum err
set_yes_no(
    struct reader *r, const struct key *k, bool *field, const char *value)
{
	*field = strcmp(value, "yes") == 0;
	if (!*field && strcmp(value, "no") != 0)
		return complain(
		    r, ERR_INVALID, "%s must be \"yes\" or \"no\".", k->name);
	return ERR_OK;
}

static enum err
set_number(struct reader *r, const struct key *k, int *field, const char *value)
{
	int64_t n;

	if (!text_to_int(value, k->min, k->max, &n))
		return complain(r, ERR_INVALID,
		    "%s must be a number of %s from %d to %d.", k->name,
		    k->kind == KIND_MIB ? "MiB" : "seconds", (int)k->min,
		    (int)k->max);
	*field = (int)n;
	return ERR_OK;
}

static enum err
set(struct reader *r, struct conf *c, const struct key *k, const char *value)
{
	void *field = (char *)c + k->at;

	switch (k->kind) {
	case KIND_PATH:
		return set_path(r, k, field, value);
	case KIND_NAME:
		return set_name(r, k, field, value);
	case KIND_ORIGIN:
		return set_origin(r, k, field, value);
	case KIND_YES_NO:
		return set_yes_no(r, k, field, value);
	case KIND_SECONDS:
	case KIND_MIB:
		return set_number(r, k, field, value);
	}
	return ERR_INTERNAL;
}

static enum err
set_defaults(struct reader *r, struct conf *c)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < KEYS && rc == ERR_OK; i++)
		if (keys[i].initial != NULL)
			rc = set(r, c, &keys[i], keys[i].initial);
	return rc;
}

static enum err
set_line(struct reader *r, struct conf *c, const char *name, const char *value)
{
	size_t i = 0;

	while (i < KEYS && strcmp(keys[i].name, name) != 0)
		i++;
	if (i == KEYS)
		return complain(r, ERR_INVALID,
		    "\"%.60s\" is not a key: correct or remove the line.",
		    name);
	if (r->is_set[i] && keys[i].kind != KIND_ORIGIN)
		return complain(r, ERR_INVALID,
		    "%s was given before: remove one of the lines.", name);
	r->is_set[i] = true;
	if (*value == '\0')
		return complain(r, ERR_INVALID, "%s has no value.", name);
	return set(r, c, &keys[i], value);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* One line, without its newline; it is cut in place. */
static enum err
read_line(struct reader *r, struct conf *c, char *line)
{
	char *end = line + strlen(line), *value;

	while (end > line && is_blank(end[-1]))
		*--end = '\0';
	while (is_blank(*line))
		line++;
	if (*line == '\0' || *line == '#')
		return ERR_OK;
	value = line + strcspn(line, " \t");
	while (is_blank(*value))
		*value++ = '\0';
	return set_line(r, c, line, value);
}

static enum err
read_lines(struct reader *r, struct conf *c, struct buf *text)
{
	char *line = text->data, *end;
	enum err rc = ERR_OK;

	if (text->len > 0 && !text_ok(text->data, text->len, TEXT_PROSE))
		return complain(r, ERR_INVALID,
		    "the file must be UTF-8 text without control characters.");
	while (rc == ERR_OK && line != NULL) {
		r->line++;
		if ((end = strchr(line, '\n')) != NULL)
			*end++ = '\0';
		rc = read_line(r, c, line);
		line = end;
	}
	return rc;
}

static enum err
read_file(struct reader *r, struct buf *text)
{
	enum err rc = file_read(r->path, text);

	if (rc == ERR_NOT_FOUND)
		return complain(r, rc,
		    "there is no such file; name the right one in ENTENTE_CONF"
		    " or write it.");
	if (rc == ERR_TOO_LARGE)
		return complain(r, rc, "the file is larger than %d bytes.",
		    (int)FILE_BYTES);
	if (rc != ERR_OK)
		return complain(r, rc,
		    "the file cannot be read; check its owner and mode.");
	return ERR_OK;
}

static enum err
check_whole(struct reader *r, const struct conf *c)
{
	r->line = 0;
	if (c->session_idle_s > c->session_max_s)
		return complain(r, ERR_INVALID,
		    "session_idle_s must not be more than session_max_s.");
	return ERR_OK;
}

static const char *
path_of(const char *path)
{
	if (path == NULL)
		path = getenv("ENTENTE_CONF");
	return path != NULL && *path != '\0' ? path : DEFAULT_PATH;
}

enum err
conf_load(const char *path, struct conf **out, char **error)
{
	struct reader r = { .path = path_of(path) };
	struct conf *c = calloc(1, sizeof(*c));
	struct buf text;
	enum err rc;

	*out = NULL;
	*error = NULL;
	buf_init(&text, FILE_BYTES);
	if (c == NULL)
		rc = complain(&r, ERR_MEMORY, "there is no memory left.");
	else if ((rc = set_defaults(&r, c)) == ERR_OK &&
	    (rc = read_file(&r, &text)) == ERR_OK &&
	    (rc = read_lines(&r, c, &text)) == ERR_OK)
		rc = check_whole(&r, c);
	buf_free(&text);
	*error = r.error;
	if (rc == ERR_OK)
		*out = c;
	else
		conf_free(c);
	return rc;
}

void
conf_free(struct conf *c)
{
	if (c == NULL)
		return;
	free(c->data_dir);
	free(c->template_dir);
	free(c->schema_dir);
	free(c->portal_name);
	free(c->scan_program);
	free(c->clamd_socket);
	free(c->signer_socket);
	free(c->witness_file);
	for (int i = 0; i < CONF_ORIGINS; i++)
		free(c->origin[i]);
	free(c);
}

const char *
conf_origin(const struct conf *c, const char *origin)
{
	int i = text_index((const char *const *)c->origin, origin);

	return i >= 0 ? c->origin[i] : NULL;
}
