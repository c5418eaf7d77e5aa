/* SPDX-License-Identifier: Apache-2.0 */
#include "page/agreement_start.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"

/* A kind without a text of its own starts empty. */
static bool
has_text(enum agreement_kind kind)
{
	return kind >= 0 && kind < AGREEMENT_OTHER;
}

enum err
agreement_start(struct pages *pages, struct arena *arena, enum lang lang,
    enum agreement_kind kind, struct agreement_start *start)
{
	const char *name, *text, *end;
	enum err rc;

	start->title = start->text = "";
	if (!has_text(kind))
		return ERR_NOT_FOUND;
	name = arena_printf(arena, "agreement/start/%s.%s.md",
	    agreement_kinds[kind], lang_code(lang));
	if ((rc = pages_text(pages, arena, name, &text)) != ERR_OK)
		return rc;
	if (!text_starts(text, "# ") || (end = strchr(text, '\n')) == NULL) {
		log_line(LOG_ERROR, "agreement", "%s has no title", name);
		return ERR_INTERNAL;
	}
	start->title = arena_copy_n(arena, text + 2, (size_t)(end - text - 2));
	start->text = end + strspn(end, "\n");
	return ERR_OK;
}

/* ---- choosing one ------------------------------------------------------ */

enum err
agreement_start_choose(struct visit *v)
{
	const char *other = lang_code(v->lang == LANG_FR ? LANG_EN : LANG_FR);
	struct node *row;

	for (int i = AGREEMENT_EXCHANGE; i < AGREEMENT_KIND__MAX; i++) {
		row = node_row(v->root, "Kinds");
		node_set(row, "Href",
		    arena_printf(v->req->arena, "/agreements/new?kind=%s",
			agreement_kinds[i]));
		if (i != AGREEMENT_OTHER)
			node_set(row, "OtherHref",
			    arena_printf(v->req->arena,
				"/agreements/new?kind=%s&language=%s",
				agreement_kinds[i], other));
		node_set(row, "Label",
		    page_word(v, "Agreement.Kind", agreement_kinds[i]));
		node_set(row, "Text",
		    page_word(v, "Agreement.KindHint", agreement_kinds[i]));
	}
	page_section(v, "agreements");
	return page_send(v, "agreement/new.cs");
}
