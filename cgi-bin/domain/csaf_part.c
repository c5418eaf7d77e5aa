/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/csaf_read.h"

#include <string.h>

#include "base/clock.h"

static const char *const note_categories[] = { "description", "details", "faq",
	"general", "legal_disclaimer", "other", "summary", NULL };

static const char *const reference_categories[] = { "external", "self", NULL };

static void
note(struct csaf_reader *r, const json_t *item, void *to)
{
	const int *depth = to;
	struct advisory_part part = { "note", *depth, "", "", "", "" };

	part.name = csaf_word(r, item, "category", CSAF_MUST, note_categories);
	part.title = csaf_line(r, item, "title", CSAF_MAY);
	part.text = csaf_prose(r, item, "text", CSAF_MUST);
	csaf_part(r, &part);
}

void
csaf_notes_read(struct csaf_reader *r, const json_t *object, int depth)
{
	csaf_each(r, object, "notes", CSAF_MAY, note, &depth);
}

static void
reference(struct csaf_reader *r, const json_t *item, void *to)
{
	const int *depth = to;
	struct advisory_part part = { "reference", *depth, "", "", "", "" };

	part.name =
	    csaf_word(r, item, "category", CSAF_MAY, reference_categories);
	if (*part.name == '\0')
		part.name = "external"; /* as the standard has it */
	part.title = csaf_line(r, item, "summary", CSAF_MUST);
	part.url = csaf_url(r, item, "url", CSAF_MUST, &part.text);
	csaf_part(r, &part);
}

void
csaf_references_read(struct csaf_reader *r, const json_t *object, int depth)
{
	csaf_each(r, object, "references", CSAF_MAY, reference, &depth);
}

static void
acknowledgement(struct csaf_reader *r, const json_t *item, void *to)
{
	const int *depth = to;
	struct advisory_part part = { "acknowledgement", *depth, "", "", "",
		"" };
	char *url;

	part.name = csaf_lines(r, item, "names", ", ");
	part.title = csaf_line(r, item, "organization", CSAF_MAY);
	part.text = csaf_prose(r, item, "summary", CSAF_MAY);
	url = arena_copy(r->arena, csaf_lines(r, item, "urls", "\n"));
	url[strcspn(url, "\n")] = '\0';
	if (csaf_is_link(url))
		part.url = url;
	csaf_part(r, &part);
}

void
csaf_acknowledgements_read(
    struct csaf_reader *r, const json_t *object, int depth)
{
	csaf_each(
	    r, object, "acknowledgments", CSAF_MAY, acknowledgement, &depth);
}

/* ---- revision history ------------------------------------------------- */

struct history {
	const char *version; /* of the document */
	const char *change;  /* what the entry of that version says */
};

static void
entry(struct csaf_reader *r, const json_t *item, void *to)
{
	struct history *h = to;
	struct advisory_part part = { "history", 0, "", "", "", "" };
	char when[CLOCK_TEXT];

	part.name = csaf_line(r, item, "number", CSAF_MUST);
	if (csaf_is_ok(r) && !csaf_version_ok(part.name))
		csaf_refuse(r, CSAF_VALUE, "number", part.name);
	clock_rfc3339(csaf_time(r, item, "date", CSAF_MUST), when);
	part.title = arena_copy(r->arena, when);
	part.text = csaf_prose(r, item, "summary", CSAF_MUST);
	csaf_part(r, &part);
	if (csaf_is_ok(r) && csaf_version_compare(part.name, h->version) == 0)
		h->change = part.text;
}

void
csaf_history_read(struct csaf_reader *r, const json_t *tracking,
    const char *version, const char **change)
{
	struct history h = { version, "" };

	csaf_each(r, tracking, "revision_history", CSAF_MUST, entry, &h);
	*change = h.change;
}
