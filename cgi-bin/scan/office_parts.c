/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/office_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- what elements mean ------------------------------------------------ */

struct meaning {
	const char *element;
	enum markup_act act;
};

/* The five kinds of XML; each ends with NULL. */
static const struct meaning odf[] = {
	{ "body", MARKUP_TEXT },
	{ "p", MARKUP_LINE },
	{ "h", MARKUP_LINE },
	{ "line-break", MARKUP_LINE },
	{ "table-row", MARKUP_LINE },
	{ "tab", MARKUP_SPACE },
	{ "s", MARKUP_SPACE },
	{ "tracked-changes", MARKUP_SKIP }, /* what was deleted */
	{ "binary-data", MARKUP_SKIP },	    /* pictures in base64 */
	{ "scripts", MARKUP_SKIP },
	{ NULL, MARKUP_PASS },
};

static const struct meaning word[] = {
	{ "t", MARKUP_TEXT },
	{ "p", MARKUP_LINE },
	{ "br", MARKUP_LINE },
	{ "cr", MARKUP_LINE },
	{ "tab", MARKUP_SPACE },
	{ "noBreakHyphen", MARKUP_SPACE },
	{ "Fallback", MARKUP_SKIP }, /* the same once more, for old programs */
	{ NULL, MARKUP_PASS },
};

static const struct meaning strings[] = {
	{ "t", MARKUP_TEXT },
	{ "si", MARKUP_LINE },
	{ "rPh", MARKUP_SKIP }, /* how it is spoken */
	{ NULL, MARKUP_PASS },
};

static const struct meaning sheet[] = {
	{ "t", MARKUP_TEXT },
	{ "row", MARKUP_LINE },
	{ "c", MARKUP_SPACE },
	{ "rPh", MARKUP_SKIP },
	{ "f", MARKUP_SKIP }, /* formulas */
	{ NULL, MARKUP_PASS },
};

enum dialect {
	DIALECT_NONE,
	DIALECT_ODF,
	DIALECT_WORD,
	DIALECT_STRINGS,
	DIALECT_SHEET,
	DIALECT__MAX
};

static const struct meaning *const meanings[DIALECT__MAX] = {
	[DIALECT_ODF] = odf,
	[DIALECT_WORD] = word,
	[DIALECT_STRINGS] = strings,
	[DIALECT_SHEET] = sheet,
};

static enum markup_act
look_up(const struct meaning *m, const char *element)
{
	while (m->element != NULL && strcmp(m->element, element) != 0)
		m++;
	return m->act;
}

/*
 * A cell's value is text only where the cell says so (ECMA-376 part 1,
 * §18.18.11): "s" is a row of the shared strings, others are numbers.
 */
static enum markup_act
ask_value(struct office_place *at, const char *element, const char **attributes)
{
	const char *type;

	if (strcmp(element, "c") == 0) {
		type = markup_attribute(attributes, "t");
		at->is_text = type != NULL && strcmp(type, "str") == 0;
	}
	if (strcmp(element, "v") == 0)
		return at->is_text ? MARKUP_TEXT : MARKUP_SKIP;
	return look_up(sheet, element);
}

enum markup_act
office_parts_ask(void *to, const char *element, const char **attributes)
{
	struct office_place *at = to;

	if (at->dialect == DIALECT_SHEET)
		return ask_value(at, element, attributes);
	return look_up(meanings[at->dialect], element);
}

/* ---- what parts are ---------------------------------------------------- */

#define OOXML "application/vnd.openxmlformats-officedocument."

/* A main part says what the whole document is. */
static const struct {
	const char *type;
	enum format main;
	enum dialect dialect;
} types[] = {
	{ OOXML "wordprocessingml.document.main+xml", FORMAT_DOCX,
	    DIALECT_WORD },
	{ OOXML "wordprocessingml.footnotes+xml", FORMAT_NONE, DIALECT_WORD },
	{ OOXML "wordprocessingml.endnotes+xml", FORMAT_NONE, DIALECT_WORD },
	{ OOXML "wordprocessingml.header+xml", FORMAT_NONE, DIALECT_WORD },
	{ OOXML "wordprocessingml.footer+xml", FORMAT_NONE, DIALECT_WORD },
	{ OOXML "spreadsheetml.sheet.main+xml", FORMAT_XLSX, DIALECT_NONE },
	{ OOXML "spreadsheetml.sharedStrings+xml", FORMAT_NONE,
	    DIALECT_STRINGS },
	{ OOXML "spreadsheetml.worksheet+xml", FORMAT_NONE, DIALECT_SHEET },
};

static void
add(struct office_parts *p, const char *name, int dialect, bool is_main)
{
	struct office_part *more;

	if (p->n == OFFICE_PARTS_MAX ||
	    (more = realloc(p->part, (p->n + 1) * sizeof(*more))) == NULL)
		return;
	p->part = more;
	more[p->n] = (struct office_part){
		.name = strdup(name),
		.dialect = dialect,
		.is_main = is_main,
	};
	p->n += more[p->n].name != NULL;
}

/* One row of the list; part names begin with a slash. */
static void
add_type(struct office_parts *p, const char *name, const char *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcasecmp(types[i].type, type) != 0)
			continue;
		if (types[i].main != FORMAT_NONE)
			p->format = types[i].main;
		add(p, name + (name[0] == '/'), (int)types[i].dialect,
		    types[i].main != FORMAT_NONE);
		return;
	}
	/* The main part of another kind: a presentation, a template. */
	if (strstr(type, ".main+xml") != NULL)
		snprintf(p->media, sizeof(p->media), "%s", type);
}

/* Excel's macros of old are sheets: "macrosheet", "intlmacrosheet". */
static bool
type_is_macro(const char *type)
{
	return strcasestr(type, "macroEnabled") != NULL ||
	    strcasestr(type, "vbaProject") != NULL ||
	    strcasestr(type, "macrosheet") != NULL;
}

enum markup_act
office_parts_types(void *to, const char *element, const char **attributes)
{
	struct office_parts *p = to;
	const char *type = markup_attribute(attributes, "ContentType");
	const char *name = markup_attribute(attributes, "PartName");

	(void)element;
	/* In any attribute: not only in the first of that name. */
	for (size_t i = 0; attributes[i] != NULL; i += 2)
		if (markup_is_called(attributes[i], "ContentType") &&
		    type_is_macro(attributes[i + 1]))
			p->has_macros = true;
	if (type == NULL)
		return MARKUP_PASS;
	if (name != NULL)
		add_type(p, name, type);
	return MARKUP_PASS;
}

/*
 * What files of OpenDocument are, as office programs write it; each stands
 * for all types that begin so.  A type with anything else is an object of
 * another program: LibreOffice calls it application/vnd.sun.star.oleobject.
 */
static const char *const own_types[] = {
	"application/binary", /* the layout, kept for the next opening */
	"application/vnd.ms-opentype",
	"application/vnd.oasis.opendocument.",
	"application/vnd.sun.star.media", /* sound and film */
	"application/vnd.sun.xml.ui.configuration",
	"application/x-font-",
	"application/x-openoffice-gdimetafile", /* pictures of objects */
	"application/x-openoffice-wmf",
	"application/xml",
	"audio/",
	"font/",
	"image/",
	"text/xml",
	"video/",
};

static bool
type_is_own(const char *type)
{
	size_t len = strlen(type);

	if (len == 0 || (len >= 4 && strcasecmp(type + len - 4, "+xml") == 0))
		return true;
	for (size_t i = 0; i < sizeof(own_types) / sizeof(own_types[0]); i++)
		if (strncasecmp(type, own_types[i], strlen(own_types[i])) == 0)
			return true;
	return false;
}

static void
judge_file(struct office_parts *p, const char **attributes)
{
	const char *path = markup_attribute(attributes, "full-path");

	for (; attributes[0] != NULL; attributes += 2)
		if (p->object[0] == '\0' &&
		    markup_is_called(attributes[0], "media-type") &&
		    !type_is_own(attributes[1]))
			snprintf(p->object, sizeof(p->object), "%s",
			    path != NULL && path[0] != '\0' ? path
							    : "manifest");
}

/* Any file of it encrypted, and all that tells something is. */
enum markup_act
office_parts_manifest(void *to, const char *element, const char **attributes)
{
	struct office_parts *p = to;

	judge_file(p, attributes);
	if (strcmp(element, "encryption-data") == 0 ||
	    strcmp(element, "encrypted-key") == 0)
		p->is_encrypted = true;
	return MARKUP_PASS;
}

void
office_parts_odf(struct office_parts *p, const char *mimetype)
{
	snprintf(p->media, sizeof(p->media), "%.*s",
	    (int)strcspn(mimetype, "\r\n"), mimetype);
	p->format = format_of_media(p->media);
	if (p->format == FORMAT_ODT || p->format == FORMAT_ODS)
		add(p, "content.xml", DIALECT_ODF, true);
	else
		p->format = FORMAT_NONE;
}

struct office_part *
office_parts_find(struct office_parts *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcasecmp(p->part[i].name, name) == 0)
			return &p->part[i];
	return NULL;
}

bool
office_parts_complete(const struct office_parts *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->part[i].is_main && !p->part[i].is_seen)
			return false;
	return true;
}

void
office_parts_free(struct office_parts *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->part[i].name);
	free(p->part);
	p->part = NULL;
	p->n = 0;
}
