/* SPDX-License-Identifier: Apache-2.0 */
#include "page/record_details_view.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/circle.h"
#include "domain/organisation.h"
#include "domain/record_detail.h"
#include "page/agreement_view.h"

/* ---- one value --------------------------------------------------------- */

/* Sets *text, or leaves it as it stands in the record. */
typedef enum err tell(struct visit *, const char *block, const char **text);

/* A word of a block of the catalogue. */
static enum err
tell_word(struct visit *v, const char *block, const char **text)
{
	char *key = arena_printf(v->req->arena, "%s.%s", block, *text);

	for (char *p = key; *p != '\0'; p++)
		if (*p == ' ')
			*p = '_';
	if (lang_has(v->site->pages, v->lang, key))
		*text = lang_text(v->site->pages, v->lang, key);
	return ERR_OK;
}

/* The name of one that an agreement opened is told to whoever has it. */
static enum err
tell_circle(struct visit *v, const char *block, const char **text)
{
	struct circle circle;
	enum err rc = circle_load(&v->ctx, *text, &circle);

	if (rc == ERR_OK && circle.name != NULL) {
		*text = circle.name;
		return ERR_OK;
	}
	if (text_starts(*text, "own-"))
		*text = "own";
	return rc == ERR_OK || rc == ERR_NOT_FOUND ? tell_word(v, block, text)
						   : rc;
}

static enum err
tell_organisation(struct visit *v, const char *block, const char **text)
{
	struct organisation *o;
	enum err rc = organisation_load(&v->ctx, *text, &o);

	(void)block;
	if (rc == ERR_OK)
		*text = o->name;
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err
tell_number(struct visit *v, const char *block, const char **text)
{
	int64_t n;

	(void)block;
	if (text_to_int(*text, 0, INT64_MAX, &n))
		*text = lang_number(v->lang, v->req->arena, n);
	return ERR_OK;
}

static enum err
tell_day(struct visit *v, const char *block, const char **text)
{
	int64_t at;

	(void)block;
	if (clock_parse_date(*text, &at))
		*text = lang_date(v->site->pages, v->lang, v->req->arena, at);
	return ERR_OK;
}

/* A day that begins, or a moment. */
static enum err
tell_from(struct visit *v, const char *block, const char **text)
{
	int64_t at;

	(void)block;
	if (!clock_parse(*text, &at))
		return ERR_OK;
	*text = at % CLOCK_DAY == 0
	    ? lang_date(v->site->pages, v->lang, v->req->arena, at)
	    : lang_time(v->site->pages, v->lang, v->req->arena, at);
	return ERR_OK;
}

/* The midnight behind a day, or a moment. */
static enum err
tell_end(struct visit *v, const char *block, const char **text)
{
	int64_t at;

	(void)block;
	if (clock_parse(*text, &at) && at != 0)
		*text = agreement_view_end(v, at);
	return ERR_OK;
}

/* ---- all of them ------------------------------------------------------- */

static const struct row {
	const char *name;
	tell *tell;
	const char *block;
} rows[] = {
	{ "about", tell_organisation, NULL },
	{ "after", tell_word, "Role" },
	{ "before", tell_word, "Role" },
	{ "circles", tell_circle, "Circle" },
	{ "country", tell_word, "Country" },
	{ "extent", tell_word, "Agreement.Extent" },
	{ "families", tell_word, "Bundle.Family" },
	{ "for_all", tell_word, "Record.Is" },
	{ "from", tell_from, NULL },
	{ "kind", tell_word, "Kind" },
	{ "leaves", tell_end, NULL },
	{ "organisation", tell_organisation, NULL },
	{ "parties", tell_organisation, NULL },
	{ "party", tell_organisation, NULL },
	{ "publication", tell_word, "Agreement.Publication" },
	{ "records", tell_number, NULL },
	{ "roles", tell_word, "Role" },
	{ "sectors", tell_word, "Sector" },
	{ "signed", tell_day, NULL },
	{ "size", tell_number, NULL },
	{ "state", tell_word, "Answer.State" },
	{ "until", tell_end, NULL },
	{ "verdict", tell_word, "Document.Verdict" },
	{ "way", tell_word, "Agreement.WayWord" },
	{ "what", tell_word, "Record.Credential" },
};

static const struct row *
find_row(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static enum err
show(struct visit *v, const struct record_detail *d)
{
	const struct row *row = find_row(d->name);
	const char *all = NULL, *text, *name = d->name;
	struct node *node;
	enum err rc;

	for (size_t i = 0; i < d->count; i++) {
		text = d->values[i];
		if (row != NULL &&
		    (rc = row->tell(v, row->block, &text)) != ERR_OK)
			return rc;
		all = all == NULL
		    ? text
		    : arena_printf(v->req->arena, "%s, %s", all, text);
	}
	tell_word(v, "Record.Detail", &name);
	node = node_row(v->root, "Details");
	node_set(node, "Name", name);
	node_set(node, "Value", all);
	return ERR_OK;
}

enum err
record_details_view(struct visit *v, const struct record *record)
{
	struct record_detail *details;
	size_t n;
	enum err rc = record_details(&v->ctx, record, &details, &n);

	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		rc = show(v, &details[i]);
	return rc;
}
