/* SPDX-License-Identifier: Apache-2.0 */
/* A form's values, messages and choices as page data. */
#include <string.h>

#include "domain/circle.h"
#include "domain/fault.h"
#include "page/visit.h"
#include "web/percent.h"

static struct node *
field_node(struct visit *v, const char *field)
{
	return node_at(node_at(v->root, "Form"), field);
}

/* Where the page calls it otherwise than other pages do, else NULL. */
static const char *
label_of(struct visit *v, const char *name)
{
	const struct field *field;

	for (size_t i = 0; i < v->form->count; i++) {
		field = v->form->values[i].field;
		if (strcmp(field->name, name) == 0)
			return field->label == NULL
			    ? NULL
			    : page_word(v, "Form.Label", field->label);
	}
	return NULL;
}

void
page_error(struct visit *v, const char *field, const char *text)
{
	struct node *row;

	if (text == NULL)
		return;
	node_set(field_node(v, field), "Error", text);
	row = node_row(node_at(v->root, "Form"), "Errors");
	node_set(row, "Field", field);
	node_set(row, "Text", text);
	node_set(row, "Label", label_of(v, field));
}

static void
show_error(struct visit *v, const struct value *value)
{
	const struct say say[] = {
		{ "n", NULL, value->limit },
		{ NULL, NULL, 0 },
	};
	const char *text;

	/* What was found in a file, intake_sentence() says. */
	if (strcmp(value->error, "Refused") == 0)
		return;
	text = lang_say(v->site->pages, v->lang, v->req->arena,
	    arena_printf(v->req->arena, "Form.Error.%s", value->error), say);
	page_error(v, value->field->name, text);
}

void
page_form(struct visit *v)
{
	size_t i;

	for (i = 0; i < v->form->count; i++) {
		const struct value *value = &v->form->values[i];
		const struct field *field = value->field;
		struct node *node = field_node(v, field->name);

		node_flag(node, "IsOptional", !field->required);
		if (field->kind == FIELD_PROSE)
			node_int(node, "Max", field->max);
		/* A password or code is never sent back. */
		if (field->kind != FIELD_EXACT)
			node_set(node, "Value", value->text);
		if (value->error != NULL)
			show_error(v, value);
	}
}

void
page_focus(struct visit *v, const char *field)
{
	/* After a refusal, what is wrong comes first. */
	if (!v->form->is_submitted)
		node_set(v->root, "Page.Focus", field);
}

static bool
is_chosen(const struct value *value, const char *choice)
{
	const char *const *p;

	if (value->text != NULL && strcmp(value->text, choice) == 0)
		return true;
	for (p = value->list; p != NULL && *p != NULL; p++)
		if (strcmp(*p, choice) == 0)
			return true;
	return false;
}

void
page_option(
    struct visit *v, const char *field, const char *value, const char *label)
{
	struct node *row = node_row(field_node(v, field), "Options");

	node_set(row, "Value", value);
	node_set(row, "Label", label);
	node_flag(row, "Checked", is_chosen(form_value(v->form, field), value));
}

void
page_options(struct visit *v, const char *field, const char *label_key)
{
	const struct value *value = form_value(v->form, field);
	const char *const *choice;

	for (choice = value->field->choices; *choice != NULL; choice++)
		page_option(
		    v, field, *choice, page_word(v, label_key, *choice));
}

enum err
page_circles(struct visit *v)
{
	struct circle *circles;
	size_t n;
	enum err rc;

	if ((rc = circle_addressable(&v->ctx, &circles, &n)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		page_option(v, "circles", circles[i].ref,
		    circle_title(v, circles[i].ref, circles[i].name));
	return ERR_OK;
}

bool
page_form_start(struct visit *v, const struct field *fields)
{
	if (v->form->is_submitted)
		return false;
	v->form = form_new(v->req->arena, fields);
	return true;
}

/* ---- faults ---------------------------------------------------------- */

enum err
page_refuse(struct visit *v, enum err rc, const struct fault *fault)
{
	if (rc != ERR_INVALID)
		return rc;
	for (; fault != NULL && fault->field != NULL; fault = fault->next)
		if (form_value(v->form, fault->field)->error == NULL)
			form_refuse(v->form, fault->field, fault->error);
	return rc;
}

/* ---- lines, queries -------------------------------------------------- */

const char *const *
page_form_lines(struct visit *v, const char *field)
{
	struct arena *arena = v->req->arena;
	const char *text = form_text(v->form, field), *p;
	const char **lines;
	size_t n = 2, i = 0, len;

	for (p = text; *p != '\0'; p++)
		n += *p == '\n';
	lines = arena_array(arena, n, sizeof(*lines));
	while (*text != '\0') {
		len = strcspn(text, "\n");
		while (len > 0 && text[0] == ' ')
			text++, len--;
		if (len > 0)
			lines[i++] = arena_copy_n(arena, text, len);
		text += len + (text[len] != '\0');
	}
	return lines;
}

void
page_form_put_lines(struct form *form, const char *field, char *const *lines)
{
	const char *text = "";

	for (; lines != NULL && *lines != NULL; lines++)
		text = arena_printf(form->arena, "%s%s%s", text,
		    text[0] == '\0' ? "" : "\n", *lines);
	form_put(form, field, text);
}

const char *
page_kept(struct visit *v, const char *const *fields)
{
	const char *query = "", *value;

	for (; *fields != NULL; fields++) {
		value = form_text(v->form, *fields);
		if (value[0] != '\0')
			query = arena_printf(v->req->arena, "%s&%s=%s", query,
			    *fields, percent_encode(v->req->arena, value));
	}
	return query;
}
