/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "web/form.h"

enum {
	TEXT_DEFAULT = 200,
	EMAIL_MAX = 254,
	FILE_DEFAULT = 16 * 1024 * 1024,
	SET_LAST = 62 /* bit of a FIELD_SET's last choice */
};

int64_t
form_file_max(const struct form *form, const struct field *f)
{
	const int64_t max = form_max(f);

	return form->file_max > 0 && form->file_max < max ? form->file_max
							  : max;
}

struct form *
form_new(struct arena *arena, const struct field *fields)
{
	struct form *form = arena_alloc(arena, sizeof(*form));

	form->arena = arena;
	while (fields != NULL && fields[form->count].name != NULL)
		form->count++;
	form->values =
	    arena_array(arena, form->count + 1, sizeof(struct value));
	for (size_t i = 0; i < form->count; i++) {
		form->values[i].field = &fields[i];
		form->values[i].text = "";
	}
	return form;
}

static struct value *
find(struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->values[i].field->name, name) == 0)
			return &form->values[i];
	return NULL;
}

static void
wrong(struct value *v, const char *error, int64_t limit)
{
	v->error = error;
	v->limit = limit;
}

int64_t
form_max(const struct field *f)
{
	if (f->max != 0)
		return f->max;
	switch (f->kind) {
	case FIELD_INT:
	case FIELD_DATE:
		return INT64_MAX;
	case FIELD_EMAIL:
		return EMAIL_MAX;
	case FIELD_FILE:
		return FILE_DEFAULT;
	case FIELD_LINE:
	case FIELD_PROSE:
	case FIELD_EXACT:
	case FIELD_CHOICE:
	case FIELD_SET:
	case FIELD_LIST:
	case FIELD_FLAG:
	case FIELD__MAX:
		break;
	}
	return TEXT_DEFAULT;
}

static void
check_length(struct value *v)
{
	const int64_t max = form_max(v->field);
	const int64_t n = (int64_t)text_length(v->text);

	if (n > max)
		wrong(v, "TooLong", max);
	else if (n < v->field->min)
		wrong(v, "TooShort", v->field->min);
}

/* Cleans the text when it is one; false, and the error, when not. */
static bool
clean(struct form *form, struct value *v, enum text_kind kind)
{
	char *text = text_clean(form->arena, v->text, strlen(v->text), kind);

	if (text == NULL) {
		wrong(v, "Characters", 0);
		return false;
	}
	v->text = text;
	v->is_given = *text != '\0';
	return v->is_given;
}

static void
check_line(struct form *form, struct value *v)
{
	if (clean(form, v, TEXT_LINE))
		check_length(v);
}

static void
check_prose(struct form *form, struct value *v)
{
	if (clean(form, v, TEXT_PROSE))
		check_length(v);
}

static void
check_exact(struct form *form, struct value *v)
{
	(void)form;
	if (!text_ok(v->text, strlen(v->text), TEXT_LINE))
		wrong(v, "Characters", 0);
	else
		check_length(v);
}

static void
check_int(struct form *form, struct value *v)
{
	const int64_t min = v->field->min, max = form_max(v->field);

	if (!clean(form, v, TEXT_LINE))
		return;
	if (!text_to_int(v->text, INT64_MIN, INT64_MAX, &v->number))
		wrong(v, "Number", 0);
	else if (v->number < min)
		wrong(v, "TooSmall", min);
	else if (v->number > max)
		wrong(v, "TooLarge", max);
}

static void
check_date(struct form *form, struct value *v)
{
	/* The end of the day, too. */
	if (clean(form, v, TEXT_LINE) &&
	    (!clock_parse_date(v->text, &v->number) ||
		v->number > CLOCK_LAST - CLOCK_DAY))
		wrong(v, "Date", 0);
}

static int
choice_index(const struct field *f, const char *text)
{
	assert(f->choices != NULL);
	return text_index(f->choices, text);
}

static void
check_choice(struct form *form, struct value *v)
{
	(void)form;
	v->number = choice_index(v->field, v->text);
	if (v->number < 0) {
		v->number = 0;
		wrong(v, "Choice", 0);
	}
}

static void
check_count(struct value *v, int64_t n)
{
	if (n > form_max(v->field))
		wrong(v, "TooMany", form_max(v->field));
	else if (n < v->field->min)
		wrong(v, "TooFew", v->field->min);
}

static void
check_set(struct form *form, struct value *v)
{
	int64_t n = 0;

	(void)form;
	for (; v->list[n] != NULL; n++) {
		int i = choice_index(v->field, v->list[n]);

		if (i < 0 || i > SET_LAST) {
			wrong(v, "Choice", 0);
			return;
		}
		v->number |= (int64_t)1 << i;
	}
	check_count(v, n);
}

static void
check_list(struct form *form, struct value *v)
{
	const char **clean_list;
	int64_t n = 0;

	while (v->list[n] != NULL)
		n++;
	clean_list =
	    arena_array(form->arena, (size_t)n + 1, sizeof(*clean_list));
	for (int64_t i = 0; i < n; i++) {
		clean_list[i] = text_clean(
		    form->arena, v->list[i], strlen(v->list[i]), TEXT_LINE);
		if (clean_list[i] == NULL) {
			wrong(v, "Characters", 0);
			return;
		}
		if (text_length(clean_list[i]) > TEXT_DEFAULT) {
			wrong(v, "TooLong", TEXT_DEFAULT);
			return;
		}
	}
	v->list = clean_list;
	check_count(v, n);
}

static void
check_flag(struct form *form, struct value *v)
{
	(void)form;
	v->number = strcmp(v->text, "1") == 0;
	if (v->number == 0)
		wrong(v, "Choice", 0);
}

/* Dot-separated runs of the characters; `max` bytes a run. */
static bool
dotted(const char *text, size_t len, const char *others, size_t max)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '.') {
			if (run == 0)
				return false;
			run = 0;
			continue;
		}
		if (c >= 0x80 || (!isalnum(c) && strchr(others, c) == NULL) ||
		    ++run > max)
			return false;
	}
	return run > 0;
}

/* RFC 5321 §4.1.2: Dot-string "@" Domain, with a dot in the domain. */
static bool
is_email(const char *text)
{
	const char *at = strchr(text, '@');
	const char *domain;
	size_t local;

	if (at == NULL || (local = (size_t)(at - text)) > 64)
		return false;
	domain = at + 1;
	return dotted(text, local, "!#$%&'*+-/=?^_`{|}~", 64) &&
	    dotted(domain, strlen(domain), "-", 63) &&
	    strchr(domain, '.') != NULL && domain[0] != '-' &&
	    strstr(domain, "-.") == NULL && strstr(domain, ".-") == NULL &&
	    domain[strlen(domain) - 1] != '-';
}

static void
check_email(struct form *form, struct value *v)
{
	if (!clean(form, v, TEXT_LINE))
		return;
	check_length(v);
	if (v->error == NULL && !is_email(v->text))
		wrong(v, "Email", 0);
}

/* The file itself came by the body's reader; here is its size judged. */
static void
check_file(struct form *form, struct value *v)
{
	const int64_t max = form_file_max(form, v->field);

	if (v->error != NULL)
		return; /* its name is */
	if (v->file_bytes == 0)
		wrong(v, "FileEmpty", 0);
	else if (v->file_bytes > (uint64_t)max)
		wrong(v, "FileTooLarge", max);
}

static void (*const checks[FIELD__MAX])(struct form *, struct value *) = {
	[FIELD_LINE] = check_line,
	[FIELD_PROSE] = check_prose,
	[FIELD_EXACT] = check_exact,
	[FIELD_INT] = check_int,
	[FIELD_DATE] = check_date,
	[FIELD_CHOICE] = check_choice,
	[FIELD_SET] = check_set,
	[FIELD_LIST] = check_list,
	[FIELD_FLAG] = check_flag,
	[FIELD_EMAIL] = check_email,
	[FIELD_FILE] = check_file,
};

static bool
is_repeated(const struct field *f)
{
	return f->kind == FIELD_SET || f->kind == FIELD_LIST;
}

/* What is said where nothing was given. */
static const char *
nothing_given(enum field_kind kind)
{
	static const char *const words[FIELD__MAX] = {
		[FIELD_CHOICE] = "ChooseOne",
		[FIELD_SET] = "ChooseSome",
		[FIELD_LIST] = "ChooseSome",
		[FIELD_FILE] = "ChooseFile",
	};

	return words[kind] != NULL ? words[kind] : "Required";
}

static void
check_value(struct form *form, struct value *v)
{
	if (v->is_given)
		checks[v->field->kind](form, v);
	if (!v->is_given && v->error == NULL && v->field->required)
		wrong(v, nothing_given(v->field->kind), 0);
}

/* What no table has: false for any other name. */
static bool
take_own(struct form *form, const struct pair *p, enum err *rc)
{
	const struct {
		const char *name;
		const char **slot;
	} own[] = { { "csrf", &form->csrf }, { "once", &form->once },
		{ "done", &form->done } };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if (strcmp(p->name, own[i].name) != 0)
			continue;
		if (*own[i].slot != NULL)
			*rc = ERR_MALFORMED;
		*own[i].slot = p->value;
		return true;
	}
	return false;
}

static enum err
take_pair(struct form *form, const struct pair *p, bool *seen)
{
	enum err rc = ERR_OK;
	struct value *v;
	size_t n = 0;

	if (take_own(form, p, &rc))
		return rc;
	v = find(form, p->name);
	if (v == NULL || v->field->kind == FIELD_FILE)
		return ERR_MALFORMED;
	if (is_repeated(v->field)) {
		const char **list;

		if (*p->value == '\0')
			return ERR_OK;
		while (v->list != NULL && v->list[n] != NULL)
			n++;
		list = arena_array(form->arena, n + 2, sizeof(*list));
		if (n > 0)
			memcpy(list, v->list, n * sizeof(*list));
		list[n] = p->value;
		v->list = list;
	} else if (seen[v - form->values]) {
		return ERR_MALFORMED;
	}
	seen[v - form->values] = true;
	v->text = p->value;
	v->is_given = *p->value != '\0';
	return ERR_OK;
}

enum err
form_fill(struct form *form, const struct pair *pairs)
{
	bool *seen = arena_array(form->arena, form->count + 1, sizeof(bool));
	enum err rc = ERR_OK;

	for (; pairs->name != NULL && rc == ERR_OK; pairs++)
		rc = take_pair(form, pairs, seen);
	if (rc != ERR_OK)
		return rc;
	for (size_t i = 0; i < form->count; i++)
		check_value(form, &form->values[i]);
	return form_is_right(form) ? ERR_OK : ERR_INVALID;
}

void
form_settle(struct form *form)
{
	if (form == NULL)
		return;
	for (size_t i = 0; i < form->count; i++) {
		if (form->values[i].file == NULL)
			continue;
		unlink(form->values[i].file);
		form->values[i].file = NULL;
	}
}

struct value *
form_value(struct form *form, const char *name)
{
	struct value *v = find(form, name);

	assert(v != NULL);
	return v;
}

const char *
form_text(struct form *form, const char *name)
{
	return form_value(form, name)->text;
}

int64_t
form_int(struct form *form, const char *name)
{
	return form_value(form, name)->number;
}

bool
form_flag(struct form *form, const char *name)
{
	return form_value(form, name)->number != 0;
}

const char *const *
form_list(struct form *form, const char *name)
{
	static const char *const none[] = { NULL };
	const struct value *v = form_value(form, name);

	return v->list != NULL ? v->list : none;
}

void
form_refuse(struct form *form, const char *name, const char *error)
{
	wrong(form_value(form, name), error, 0);
}

bool
form_is_right(const struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->values[i].error != NULL)
			return false;
	return true;
}

void
form_put(struct form *form, const char *name, const char *text)
{
	struct value *v = form_value(form, name);
	int i;

	v->text = text != NULL ? arena_copy(form->arena, text) : "";
	v->is_given = *v->text != '\0';
	if (v->field->kind == FIELD_CHOICE &&
	    (i = choice_index(v->field, v->text)) >= 0)
		v->number = i;
	if (v->field->kind == FIELD_FLAG)
		v->number = strcmp(v->text, "1") == 0;
}

void
form_put_int(struct form *form, const char *name, int64_t number)
{
	struct value *v = form_value(form, name);
	char date[CLOCK_TEXT];

	v->number = number;
	v->is_given = true;
	if (v->field->kind == FIELD_DATE) {
		clock_date(number, date);
		v->text = arena_copy(form->arena, date);
	} else {
		v->text = arena_printf(form->arena, "%lld", (long long)number);
	}
}

void
form_put_set(struct form *form, const char *name, int64_t mask)
{
	const char *const *choices = form_value(form, name)->field->choices;
	const char *list[64];
	size_t n = 0;

	for (int i = 0; i <= SET_LAST && choices[i] != NULL; i++)
		if ((mask >> i & 1) != 0)
			list[n++] = choices[i];
	list[n] = NULL;
	form_put_list(form, name, list);
}

void
form_put_list(struct form *form, const char *name, const char *const *list)
{
	struct value *v = form_value(form, name);
	const char **copy;
	size_t n = 0;
	int bit;

	while (list[n] != NULL)
		n++;
	copy = arena_array(form->arena, n + 1, sizeof(*copy));
	v->number = 0;
	for (size_t i = 0; i < n; i++) {
		copy[i] = arena_copy(form->arena, list[i]);
		if (v->field->kind == FIELD_SET &&
		    (bit = choice_index(v->field, copy[i])) >= 0 &&
		    bit <= SET_LAST)
			v->number |= (int64_t)1 << bit;
	}
	v->list = copy;
	v->is_given = n > 0;
}
