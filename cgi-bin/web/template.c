/* SPDX-License-Identifier: Apache-2.0 */
/* Template files: found, parsed once, escaping as their folder asks. */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "crypt/token.h"
#include "web/escape.h"
#include "web/pages.h"

enum { TEMPLATE_MAX = 1024 * 1024, NAME_MAX_BYTES = 200 };

static const char where[] = "template";

/* How a template is read, by its folder; the last row takes all the rest. */
static const struct manner {
	const char *folder;
	const char *escape_mode;
	const char *frame; /* NULL: the template stands alone */
} manners[] = {
	{ "mail/", "none", NULL },
	{ "feed/", "html", NULL }, /* as XML is escaped, too */
	{ "part/", "html", NULL },
	{ "", "html", "frame/page.cs" },
};

enum err
template_check(NEOERR *error, const char *what)
{
	STRING text;

	if (error == STATUS_OK)
		return ERR_OK;
	string_init(&text);
	nerr_error_string(error, &text);
	log_line(LOG_ERROR, where, "%s: %s", what,
	    text.buf != NULL ? text.buf : "?");
	string_clear(&text);
	nerr_ignore(&error);
	return ERR_INTERNAL;
}

/*
 * One constant of the process.  It begins with a control character, which no
 * text that came by a form holds, and is random for all other text.
 */
const char *
template_marker(void)
{
	static const char start[] = "\001markup:";
	static char marker[MARKER_BYTES + 1];
	unsigned char random[16];

	if (marker[0] != '\0')
		return marker;
	_Static_assert(sizeof(start) - 1 + 2 * sizeof(random) == MARKER_BYTES,
	    "the marker's length");
	random_bytes(random, sizeof(random));
	memcpy(marker, start, sizeof(start) - 1);
	text_hex(random, sizeof(random), marker + sizeof(start) - 1);
	return marker;
}

static NEOERR *
escaped(const char *text, char **out)
{
	*out = malloc(escape_html_length(text) + 1);
	if (*out == NULL)
		return nerr_raise(NERR_NOMEM, "escape");
	escape_html(text, *out);
	return STATUS_OK;
}

static NEOERR *
as_url(const char *text, char **out)
{
	return escaped(escape_url_fits(text) ? text : "#", out);
}

static NEOERR *
as_html(const char *text, char **out)
{
	if (strncmp(text, template_marker(), MARKER_BYTES) != 0)
		return escaped(text, out);
	*out = strdup(text + MARKER_BYTES);
	return *out != NULL ? STATUS_OK : nerr_raise(NERR_NOMEM, "html");
}

/* Relative, of the characters our file names have, and never upwards. */
static bool
name_fits(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= NAME_MAX_BYTES && name[0] != '/' &&
	    strstr(name, "..") == NULL &&
	    strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-./") == len;
}

static enum err
read_whole(int fd, const char *path, char **text)
{
	struct stat st;
	ssize_t n;
	size_t size, got = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_size > TEMPLATE_MAX) {
		log_line(LOG_ERROR, where, "%s is not a file of ours", path);
		return ERR_INTERNAL;
	}
	size = (size_t)st.st_size;
	if ((*text = malloc(size + 1)) == NULL)
		return ERR_MEMORY;
	while (got < size && (n = read(fd, *text + got, size - got)) > 0)
		got += (size_t)n;
	(*text)[got] = '\0';
	if (got == size && strlen(*text) == size)
		return ERR_OK;
	log_line(LOG_ERROR, where, "%s cannot be read whole", path);
	free(*text);
	*text = NULL;
	return ERR_INTERNAL;
}

enum err
template_load(struct pages *pages, const char *name, char **text)
{
	char path[PATH_MAX];
	enum err rc;
	int fd, len;

	*text = NULL;
	if (!name_fits(name)) {
		log_line(LOG_ERROR, where, "%s: not a template's name", name);
		return ERR_INTERNAL;
	}
	len = snprintf(path, sizeof(path), "%s/%s", pages->dir, name);
	if (len < 0 || (size_t)len >= sizeof(path) ||
	    (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
		log_line(LOG_ERROR, where, "%s cannot be opened", name);
		return ERR_INTERNAL;
	}
	rc = read_whole(fd, path, text);
	close(fd);
	return rc;
}

static NEOERR *
load_include(void *pages, HDF *hdf, const char *name, char **text)
{
	(void)hdf;
	if (template_load(pages, name, text) != ERR_OK)
		return nerr_raise(NERR_NOT_FOUND, "%s", name);
	return STATUS_OK;
}

void
template_free(struct template *t)
{
	if (t == NULL)
		return;
	if (t->cs != NULL)
		cs_destroy(&t->cs);
	if (t->boot != NULL)
		hdf_destroy(&t->boot);
	free(t->name);
	free(t);
}

static const struct manner *
manner_of(const char *name)
{
	const struct manner *m = manners;

	while (!text_starts(name, m->folder))
		m++;
	return m;
}

static NEOERR *
parse(struct pages *pages, struct template *t, const struct manner *m)
{
	char url[] = "url", html[] = "html";
	NEOERR *error;

	if ((error = hdf_init(&t->boot)) != STATUS_OK ||
	    (error = hdf_set_value(t->boot, "Config.VarEscapeMode",
		 m->escape_mode)) != STATUS_OK ||
	    (error = hdf_set_value(t->boot, "Page.Body", t->name)) !=
		STATUS_OK ||
	    (error = cs_init(&t->cs, t->boot)) != STATUS_OK ||
	    (error = cs_register_esc_strfunc(t->cs, url, as_url)) !=
		STATUS_OK ||
	    (error = cs_register_esc_strfunc(t->cs, html, as_html)) !=
		STATUS_OK)
		return nerr_pass(error);
	cs_register_fileload(t->cs, pages, load_include);
	return nerr_pass(
	    cs_parse_file(t->cs, m->frame != NULL ? m->frame : t->name));
}

enum err
template_find(struct pages *pages, const char *name, struct template **out)
{
	struct template *t;
	enum err rc;

	for (t = pages->templates; t != NULL; t = t->next) {
		if (strcmp(t->name, name) == 0) {
			*out = t;
			return ERR_OK;
		}
	}
	*out = NULL;
	if ((t = calloc(1, sizeof(*t))) == NULL ||
	    (t->name = strdup(name)) == NULL) {
		template_free(t);
		return ERR_MEMORY;
	}
	rc = template_check(parse(pages, t, manner_of(name)), name);
	if (rc != ERR_OK) {
		template_free(t);
		return rc;
	}
	/* From now on data comes with each page only. */
	t->cs->hdf = NULL;
	t->next = pages->templates;
	pages->templates = t;
	*out = t;
	return ERR_OK;
}
