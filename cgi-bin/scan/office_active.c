/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/office_active.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

void
office_active_free(struct office_active *a)
{
	markup_free(a->markup);
	a->markup = NULL;
}

static void
found(struct office_active *a, const char *name)
{
	if (a->found[0] == '\0')
		snprintf(a->found, sizeof(a->found), "%s", name);
}

/* ---- names ---------------------------------------------------------- */

static bool
ends(const char *name, const char *end)
{
	size_t n = strlen(name), len = strlen(end);

	return n >= len && strcasecmp(name + n - len, end) == 0;
}

bool
office_active_below(const char *name, const char *folder)
{
	size_t len = strlen(folder), step;

	/* Some programs write names with '\', and some take them so. */
	for (; name[step = strcspn(name, "/\\")] != '\0'; name += step + 1)
		if (step == len && strncasecmp(name, folder, len) == 0)
			return true;
	return false;
}

/*
 * A chart holds the table that it was drawn from, as a document of its own;
 * office.c looks into it.
 */
enum format
office_active_table(const char *name)
{
	enum format f = format_of_name(name);

	return f == FORMAT_XLSX || f == FORMAT_DOCX ? f : FORMAT_NONE;
}

static bool
name_acts(const char *name)
{
	return office_active_below(name, "activeX") ||
	    (office_active_below(name, "embeddings") &&
		office_active_table(name) == FORMAT_NONE);
}

/* ---- first bytes ---------------------------------------------------- */

/*
 * Under any name: what has these is an object or a program.  A font that
 * Word has garbled begins with "MZ" once in 65,536 times.
 */
static const struct {
	const char *bytes;
	size_t len;
} heads[] = {
	{ "\xd0\xcf\x11\xe0", 4 }, /* OLE */
	{ "MZ", 2 },		   /* a program for Windows */
	{ "\x7f"
	  "ELF",
	    4 },
};

static bool
head_acts(const struct office_active *a)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (a->head_len >= heads[i].len &&
		    memcmp(a->head, heads[i].bytes, heads[i].len) == 0)
			return true;
	return false;
}

static void
add_head(struct office_active *a, const uint8_t *s, size_t len)
{
	size_t n = sizeof(a->head) - a->head_len;

	n = len < n ? len : n;
	memcpy(a->head + a->head_len, s, n);
	a->head_len += n;
}

/* ---- relationships -------------------------------------------------- */

/*
 * What a relationship is for is the last step of its type; the steps before
 * differ between editions.  These act wherever their part lies, which may
 * have any name.
 */
static const char *const acting[] = {
	"activeXControlBinary",
	"aFChunk", /* a text of another format, RTF or HTML, to be taken in */
	"control",
	"oleObject",
	"vbaProject",
	"webextension", /* an add-in, from its maker's site */
	"webextensiontaskpanes",
	"xlIntlMacrosheet",
	"xlMacrosheet",
};

static bool
type_acts(const char *purpose)
{
	for (size_t i = 0; i < sizeof(acting) / sizeof(acting[0]); i++)
		if (strcasecmp(acting[i], purpose) == 0)
			return true;
	return false;
}

struct relation {
	bool is_external;
	bool has_type;
	bool is_link; /* … of none but those that somebody has to follow */
	bool is_template; /* … of none but what a text was begun with */
	bool is_on_disk;  /* the target is on a drive of who reads it */
	bool is_package;  /* a document inside */
	bool is_table;	  /* … by the name of its target */
	bool acts;
};

static void
read_type(struct relation *r, const char *type)
{
	const char *purpose = strrchr(type, '/');

	purpose = purpose != NULL ? purpose + 1 : type;
	r->has_type = true;
	r->acts = r->acts || type_acts(purpose);
	r->is_link = r->is_link && strcasecmp(purpose, "hyperlink") == 0;
	r->is_template =
	    r->is_template && strcasecmp(purpose, "attachedTemplate") == 0;
	r->is_package = r->is_package || strcasecmp(purpose, "package") == 0;
}

/* "file:///C:\Users\…", and no server's name. */
static bool
is_on_disk(const char *target)
{
	static const char scheme[] = "file:///";

	if (strncasecmp(target, scheme, sizeof(scheme) - 1) != 0)
		return false;
	target += sizeof(scheme) - 1;
	return ((*target >= 'A' && *target <= 'Z') ||
		   (*target >= 'a' && *target <= 'z')) &&
	    target[1] == ':';
}

/*
 * Attributes of another namespace that are called the same count as well:
 * whichever of them a program believes, none may be wrong.
 */
static void
read_attribute(struct relation *r, const char *name, const char *value)
{
	if (markup_is_called(name, "TargetMode"))
		r->is_external =
		    r->is_external || strcasecmp(value, "Internal") != 0;
	else if (markup_is_called(name, "Target")) {
		r->is_table =
		    r->is_table && office_active_table(value) != FORMAT_NONE;
		r->is_on_disk = r->is_on_disk && is_on_disk(value);
	} else if (markup_is_called(name, "Type"))
		read_type(r, value);
}

/* Word notes where the template was that most letters of an office have. */
static bool
may_lead_out(const struct relation *r)
{
	return r->has_type && (r->is_link || (r->is_template && r->is_on_disk));
}

static enum markup_act
ask_relation(void *to, const char *element, const char **attributes)
{
	struct office_active *a = to;
	struct relation r = { .is_link = true,
		.is_template = true,
		.is_on_disk = true,
		.is_table = true };

	(void)element;
	for (; attributes[0] != NULL; attributes += 2)
		read_attribute(&r, attributes[0], attributes[1]);
	if (r.acts || (r.is_external && !may_lead_out(&r)) ||
	    (r.is_package && !r.is_table))
		found(a, a->name);
	return MARKUP_PASS;
}

static bool
start_relations(struct office_active *a)
{
	const struct markup_options options = {
		.ask = ask_relation,
		.to = a,
		.text = a->text,
		.verdict = a->verdict,
		.where = a->name,
	};

	a->markup = markup_new(&options);
	return a->markup != NULL ||
	    verdict_refuse(
		a->verdict, VERDICT_LIMIT, VERDICT_WHAT_NONE, a->name);
}

static bool
feed_relations(struct office_active *a, const uint8_t *s, size_t len)
{
	a->relations += len;
	if (a->relations > OFFICE_ACTIVE_RELATIONS)
		return verdict_refuse(
		    a->verdict, VERDICT_TOO_LARGE, VERDICT_BYTES, a->name);
	return markup_feed(a->markup, s, len);
}

/* ------------------------------------------------------------------------- */

bool
office_active_open(struct office_active *a, const char *name)
{
	office_active_free(a);
	snprintf(a->name, sizeof(a->name), "%s", name);
	a->head_len = 0;
	if (name_acts(name))
		found(a, name);
	return !ends(name, ".rels") || start_relations(a);
}

bool
office_active_data(struct office_active *a, const uint8_t *s, size_t len)
{
	add_head(a, s, len);
	return a->markup == NULL || feed_relations(a, s, len);
}

bool
office_active_close(struct office_active *a)
{
	bool is_right = a->markup == NULL || markup_end(a->markup);

	if (head_acts(a))
		found(a, a->name);
	office_active_free(a);
	return is_right;
}
