/* SPDX-License-Identifier: Apache-2.0 */
#include "html.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	char byte;
} entities[] = {
	{ "&amp;", '&' },
	{ "&lt;", '<' },
	{ "&gt;", '>' },
	{ "&quot;", '"' },
	{ "&#39;", '\'' },
};

char *
html_text(const char *from, size_t len)
{
	char *text = malloc(len + 1), *to = text;
	const char *end = from + len;

	ck_assert_ptr_nonnull(text);
	while (from < end) {
		size_t i;

		for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
			const size_t n = strlen(entities[i].name);

			if ((size_t)(end - from) < n ||
			    memcmp(from, entities[i].name, n) != 0)
				continue;
			*to++ = entities[i].byte;
			from += n;
			break;
		}
		if (i == sizeof(entities) / sizeof(entities[0]))
			*to++ = *from++;
	}
	*to = '\0';
	return text;
}

/* The end of a tag: the first '>' outside of quotes. */
static const char *
tag_end(const char *tag)
{
	bool is_quoted = false;

	for (; *tag != '\0'; tag++) {
		if (*tag == '"')
			is_quoted = !is_quoted;
		else if (*tag == '>' && !is_quoted)
			break;
	}
	return tag;
}

/* An attribute of the tag; "" without a value, NULL when it is not there. */
static char *
attribute(const char *tag, const char *name)
{
	const size_t len = strlen(name);
	const char *end = tag_end(tag);
	bool is_quoted = false;

	for (; tag < end; tag++) {
		const char *p = tag + 1 + len;

		if (*tag == '"')
			is_quoted = !is_quoted;
		if (is_quoted || *tag != ' ' || strncmp(tag + 1, name, len))
			continue;
		if (*p == ' ' || *p == '>')
			return strdup("");
		if (p[0] == '=' && p[1] == '"')
			return html_text(p + 2, strcspn(p + 2, "\""));
	}
	return NULL;
}

static bool
tag_is(const char *tag, const char *name)
{
	const size_t len = strlen(name);

	return strncmp(tag, name, len) == 0 && strchr(" >\n", tag[len]);
}

const char *
html_value(const char *page, const char *name)
{
	const char *tag = page;

	while ((tag = strstr(tag, "<input")) != NULL) {
		char *its = attribute(tag, "name");
		const bool is = its != NULL && strcmp(its, name) == 0;

		free(its);
		if (is)
			return attribute(tag, "value");
		tag++;
	}
	return NULL;
}

/* ---- forms ------------------------------------------------------------ */

void
html_add(struct html_form *form, const char *name, const char *value)
{
	ck_assert_uint_lt(form->count, HTML_FIELDS);
	form->field[form->count].name = strdup(name);
	form->field[form->count++].value = strdup(value);
}

void
html_set(struct html_form *form, const char *name, const char *value)
{
	size_t i, to = 0;

	for (i = 0; i < form->count; i++)
		if (strcmp(form->field[i].name, name) != 0)
			form->field[to++] = form->field[i];
	form->count = to;
	if (value != NULL)
		html_add(form, name, value);
}

const char *
html_get(const struct html_form *form, const char *name)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (strcmp(form->field[i].name, name) == 0)
			return form->field[i].value;
	return NULL;
}

bool
html_has(const struct html_form *form, const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (strcmp(form->field[i].name, name) == 0 &&
		    strcmp(form->field[i].value, value) == 0)
			return true;
	return false;
}

static void
take_input(struct html_form *form, const char *tag)
{
	char *type = attribute(tag, "type"), *name = attribute(tag, "name");
	char *value = attribute(tag, "value");
	const bool is_box = type != NULL &&
	    (strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0);

	if (name != NULL && (type == NULL || strcmp(type, "file") != 0) &&
	    (!is_box || attribute(tag, "checked") != NULL))
		html_add(form, name, value != NULL ? value : "");
	free(type);
	free(name);
	free(value);
}

static void
take_textarea(struct html_form *form, const char *tag)
{
	char *name = attribute(tag, "name");
	const char *text = tag_end(tag), *end = strstr(tag, "</textarea>");
	char *value;

	if (name != NULL && *text == '>' && end != NULL) {
		text++;
		text += *text == '\n'; /* the first one does not count */
		value = html_text(text, (size_t)(end - text));
		html_add(form, name, value);
		free(value);
	}
	free(name);
}

/* The selected option, else the first. */
static void
take_select(struct html_form *form, const char *tag)
{
	char *name = attribute(tag, "name"), *value = NULL;
	const char *end = strstr(tag, "</select>");

	while (name != NULL && end != NULL &&
	    (tag = strstr(tag + 1, "<option")) != NULL && tag < end) {
		if (value == NULL || attribute(tag, "selected") != NULL) {
			free(value);
			value = attribute(tag, "value");
		}
	}
	if (value != NULL)
		html_add(form, name, value);
	free(name);
	free(value);
}

struct html_form *
html_form(const struct answer *a, const char *action)
{
	const char *tag = a->body, *end;
	struct html_form *form;

	for (; (tag = strstr(tag, "<form")) != NULL; tag++) {
		char *its = attribute(tag, "action");
		const bool is = its != NULL && strcmp(its, action) == 0;

		free(its);
		if (is)
			break;
	}
	if (tag == NULL || (end = strstr(tag, "</form>")) == NULL)
		return NULL;
	form = calloc(1, sizeof(*form));
	ck_assert_ptr_nonnull(form);
	form->action = strdup(action);
	while ((tag = strchr(tag + 1, '<')) != NULL && tag < end) {
		if (tag_is(tag, "<input"))
			take_input(form, tag);
		else if (tag_is(tag, "<textarea"))
			take_textarea(form, tag);
		else if (tag_is(tag, "<select"))
			take_select(form, tag);
	}
	return form;
}

const struct answer *
html_send(struct client *c, const struct html_form *form)
{
	const char *fields[2 * HTML_FIELDS + 1];
	size_t i, n = 0;

	for (i = 0; i < form->count; i++) {
		fields[n++] = form->field[i].name;
		fields[n++] = form->field[i].value;
	}
	fields[n] = NULL;
	return client_post_raw(c, form->action, fields);
}

/* ---- comparing -------------------------------------------------------- */

static void
hide(char *page, const char *word)
{
	const size_t len = strlen(word);
	char *p = page;

	while (len > 0 && (p = strstr(p, word)) != NULL) {
		*p = '#';
		memmove(p + 1, p + len, strlen(p + len) + 1);
		p++;
	}
}

static void
hide_values(char *page, const char *name)
{
	char mark[64], *p = page;

	snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
	while ((p = strstr(p, mark)) != NULL) {
		size_t len;

		p += strlen(mark);
		len = strcspn(p, "\"");
		memmove(p, p + len, strlen(p + len) + 1);
	}
}

char *
html_plain(const struct answer *a, const char *const *words)
{
	char *page = strdup(a->body);

	ck_assert_ptr_nonnull(page);
	hide_values(page, "csrf");
	hide_values(page, "once");
	for (; words != NULL && *words != NULL; words++)
		hide(page, *words);
	return page;
}
