/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSAF documents: whatever the bytes, csaf_parse() says why not or gives
 * clean texts in the limits that csaf.h promises to the pages.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "domain/csaf.h"

enum { ARENA_BYTES = 256 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check_line(const char *s)
{
	must(s != NULL && text_ok(s, strlen(s), TEXT_LINE));
}

static void
check_part(const struct advisory_part *p)
{
	static const char *const kinds[] = { "note", "product", "vulnerability",
		"score", "status", "remediation", "reference",
		"acknowledgement", "history" };
	bool is_known = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		is_known |= strcmp(kinds[i], p->kind) == 0;
	must(is_known && p->depth >= 0 && p->depth <= CSAF_DEPTH_MAX);
	check_line(p->name);
	must(p->title != NULL &&
	    text_ok(p->title, strlen(p->title), TEXT_PROSE));
	must(strcmp(p->kind, "remediation") == 0 ||
	    strchr(p->title, '\n') == NULL);
	check_line(p->url);
	must(p->text != NULL && text_ok(p->text, strlen(p->text), TEXT_PROSE));
	must(*p->url == '\0' || strncasecmp(p->url, "http", 4) == 0);
}

static void
check(const struct csaf *csaf)
{
	const struct advisory_imported *d = &csaf->document;

	check_line(d->draft.title);
	must(*d->draft.title != '\0' && *d->draft.summary != '\0');
	must(text_length(d->draft.title) <= ADVISORY_TITLE_MAX);
	must(text_length(d->draft.summary) <= CSAF_SUMMARY_CHARS);
	must(csaf_version_ok(d->foreign_version));
	must(csaf_version_compare(d->foreign_version, d->foreign_version) == 0);
	must(d->part_count <= CSAF_PARTS_MAX);
	must(csaf->sectors.left_count <= CSAF_SECTOR_NAMES + 1);
	for (size_t i = 0; i < csaf->sectors.left_count; i++)
		check_line(csaf->sectors.left[i].name);
	for (size_t i = 0; i < d->part_count; i++)
		check_part(&d->parts[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct csaf_fault fault;
	struct csaf *csaf;

	if (csaf_parse(a, data, size, &csaf, &fault) == ERR_OK) {
		check(csaf);
	} else {
		must(fault.reason != CSAF_OK);
		check_line(fault.detail);
		check_line(csaf_fault_text(a, &fault));
	}
	arena_free(a);
	return 0;
}
