/* SPDX-License-Identifier: Apache-2.0 */
#include "page/draft_view.h"

#include <string.h>

#include "base/text.h"

/* ---- two who write at once ------------------------------------------- */

static const char *
shown(struct visit *v, const struct value *value)
{
	const char *text = "";

	if (value->list == NULL)
		return value->text;
	for (size_t i = 0; value->list[i] != NULL; i++)
		text = arena_printf(v->req->arena, "%s%s%s", text,
		    i == 0 ? "" : ", ", value->list[i]);
	return text;
}

void
draft_view_conflict(struct visit *v, const struct draft_saved *saved,
    struct form *theirs, const char *const *unsaid)
{
	struct node *node = node_at(v->root, "Conflict"), *row;

	node_set(node, "Person",
	    saved->author_name != NULL ? saved->author_name
				       : saved->organisation_name);
	node_time(v->page, node, "Saved", saved->saved_at);
	for (size_t i = 0; i < theirs->count; i++) {
		const struct value *their = &theirs->values[i];
		const char *name = their->field->name;

		if (text_index(unsaid, name) >= 0 ||
		    strcmp(shown(v, their),
			shown(v, form_value(v->form, name))) == 0)
			continue;
		row = node_row(node, "Fields");
		node_set(row, "Label", page_word(v, "Form.Label", name));
		node_set(row, "Theirs", shown(v, their));
	}
	form_put_int(v->form, "edit", saved->edit);
}

/* ---- what is missing ------------------------------------------------- */

enum err
draft_view_missing(struct visit *v, enum err ready, const struct fault *fault)
{
	struct node *node = node_at(v->root, "Draft"), *row;

	node_flag(node, "IsIncomplete", ready == ERR_INVALID);
	if (ready != ERR_INVALID)
		return ready;
	for (; fault != NULL && fault->field != NULL; fault = fault->next) {
		row = node_row(node, "Faults");
		node_set(row, "Field", fault->field);
		node_set(
		    row, "Label", page_word(v, "Form.Label", fault->field));
		node_set(row, "Text", page_word(v, "Form.Error", fault->error));
	}
	return ERR_OK;
}

enum err
draft_view_wanting(struct visit *v, enum err ready, const struct fault *fault)
{
	const enum err rc = page_refuse(v, ready, fault);

	return rc == ERR_INVALID ? ERR_OK : rc;
}
