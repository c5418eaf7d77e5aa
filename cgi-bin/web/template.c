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

/*
 * What the frame includes in place of a page.  The macros are empty, as are
 * those who call them until template_parser() says what is in them.
 */
static const char own_name[] = "own";
static const char own_text[] =
    "<?cs def:title() ?><?cs /def ?><?cs def:body() ?><?cs /def ?>"
    "<?cs def:outside() ?><?cs /def ?><?cs call:outside() ?>";

static NEOERR *
load_include(void *pages, HDF *hdf, const char *name, char **text)
{
	(void)hdf;
	if (template_load(pages, name, text) != ERR_OK)
		return nerr_raise(NERR_NOT_FOUND, "%s", name);
	return STATUS_OK;
}

/* The same for the frame. */
static NEOERR *
load_for_frame(void *state, HDF *hdf, const char *name, char **text)
{
	struct pages *pages = state;

	if (strcmp(name, own_name) != 0)
		return nerr_pass(load_include(pages, hdf, name, text));
	/* A page sees what the frame has defined up to here. */
	pages->frame.shared = pages->frame.parsed->cs->macros;
	*text = strdup(own_text);
	return *text != NULL ? STATUS_OK : nerr_raise(NERR_NOMEM, "%s", name);
}

/* `shared`: of the frame, which frees its macros itself. */
static void
template_free(struct template *t, CS_MACRO *shared)
{
	CS_MACRO **at;

	if (t == NULL)
		return;
	if (t->cs != NULL) {
		for (at = &t->cs->macros; *at != NULL && *at != shared;)
			at = &(*at)->next;
		*at = NULL;
		cs_destroy(&t->cs);
	}
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

/*
 * The parser makes a node of what stands between each two tags, also where
 * nothing does: a third of all text nodes, to be kept and to be rendered.
 */
static void
drop_empty(CSTREE **at)
{
	CSTREE *node;

	while ((node = *at) != NULL) {
		if (node->cmd == 0 && node->arg1.s != NULL &&
		    node->arg1.s[0] == '\0') {
			*at = node->next;
			free(node);
			continue;
		}
		drop_empty(&node->case_0);
		drop_empty(&node->case_1);
		at = &node->next;
	}
}

/* Reads `file`, and what that includes by `load`. */
static enum err
parse(struct pages *pages, struct template *t, const struct manner *m,
    CSFILELOAD load, const char *file)
{
	char url[] = "url", html[] = "html";
	NEOERR *error;

	if ((error = hdf_init(&t->boot)) == STATUS_OK &&
	    (error = hdf_set_value(t->boot, "Config.VarEscapeMode",
		 m->escape_mode)) == STATUS_OK &&
	    (error = hdf_set_value(t->boot, "Page.Body", own_name)) ==
		STATUS_OK &&
	    (error = cs_init(&t->cs, t->boot)) == STATUS_OK &&
	    (error = cs_register_esc_strfunc(t->cs, url, as_url)) ==
		STATUS_OK &&
	    (error = cs_register_esc_strfunc(t->cs, html, as_html)) ==
		STATUS_OK) {
		if (m->frame != NULL) /* none yet for the frame itself */
			t->cs->macros = pages->frame.shared;
		cs_register_fileload(t->cs, pages, load);
		error = cs_parse_file(t->cs, file);
		if (error == STATUS_OK)
			drop_empty(&t->cs->tree);
		/* From now on data comes with each page only. */
		t->cs->hdf = NULL;
	}
	return template_check(error, t->name);
}

/* One without parameters, of a template's own; logs that there is none. */
static CS_MACRO *
macro_find(const struct template *t, const CS_MACRO *shared, const char *name)
{
	CS_MACRO *m = t->cs->macros;

	while (m != shared && (strcmp(m->name, name) != 0 || m->n_args != 0))
		m = m->next;
	if (m != shared)
		return m;
	log_line(LOG_ERROR, where, "%s: no macro %s()", t->name, name);
	return NULL;
}

static struct template *
template_new(const char *name)
{
	struct template *t = calloc(1, sizeof(*t));

	if (t != NULL && (t->name = strdup(name)) != NULL)
		return t;
	free(t);
	return NULL;
}

/* Once; after a failure it is tried again. */
static enum err
frame_find(struct pages *pages, const struct manner *m)
{
	struct frame *f = &pages->frame;
	enum err rc;

	if (f->parsed != NULL)
		return ERR_OK;
	if ((f->parsed = template_new(m->frame)) == NULL)
		return ERR_MEMORY;
	rc = parse(pages, f->parsed, m, load_for_frame, m->frame);
	if (rc == ERR_OK &&
	    ((f->title = macro_find(f->parsed, f->shared, "title")) == NULL ||
		(f->body = macro_find(f->parsed, f->shared, "body")) == NULL ||
		(f->outside = macro_find(f->parsed, f->shared, "outside")) ==
		    NULL))
		rc = ERR_INTERNAL;
	if (rc != ERR_OK) {
		template_free(f->parsed, NULL);
		memset(f, 0, sizeof(*f));
	}
	return rc;
}

/* A template of a frame, which calls two macros of it. */
static enum err
parse_framed(struct pages *pages, struct template *t, const struct manner *m)
{
	const CS_MACRO *title, *body, *shared;
	enum err rc;

	if ((rc = frame_find(pages, m)) != ERR_OK ||
	    (rc = parse(pages, t, m, load_include, t->name)) != ERR_OK)
		return rc;
	shared = pages->frame.shared;
	if ((title = macro_find(t, shared, "title")) == NULL ||
	    (body = macro_find(t, shared, "body")) == NULL)
		return ERR_INTERNAL;
	t->title = title->tree;
	t->body = body->tree;
	t->outside.case_0 = t->cs->tree; /* as if it stood in a macro */
	return ERR_OK;
}

enum err
template_find(struct pages *pages, const char *name, struct template **out)
{
	const struct manner *m = manner_of(name);
	struct template *t;
	enum err rc;

	for (t = pages->templates; t != NULL; t = t->next) {
		if (strcmp(t->name, name) == 0) {
			*out = t;
			return ERR_OK;
		}
	}
	*out = NULL;
	if ((t = template_new(name)) == NULL)
		return ERR_MEMORY;
	rc = m->frame != NULL ? parse_framed(pages, t, m)
			      : parse(pages, t, m, load_include, name);
	if (rc != ERR_OK) {
		template_free(t, pages->frame.shared);
		return rc;
	}
	t->next = pages->templates;
	pages->templates = t;
	*out = t;
	return ERR_OK;
}

CSPARSE *
template_parser(struct pages *pages, struct template *t)
{
	struct frame *f = &pages->frame;

	if (t->body == NULL)
		return t->cs;
	f->title->tree = t->title;
	f->body->tree = t->body;
	f->outside->tree = &t->outside;
	return f->parsed->cs;
}

void
templates_free(struct pages *pages)
{
	struct template *next;

	for (struct template *t = pages->templates; t != NULL; t = next) {
		next = t->next;
		template_free(t, pages->frame.shared);
	}
	template_free(pages->frame.parsed, NULL);
}
