/* SPDX-License-Identifier: Apache-2.0 */
/* An urlencoded body against a table that has each kind of field. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const words[] = { "red", "amber", "green", NULL };

static const struct field fields[] = {
	{ .name = "l", .kind = FIELD_LINE, .min = 2, .max = 5 },
	{ .name = "p", .kind = FIELD_PROSE, .max = 20 },
	{ .name = "x", .kind = FIELD_EXACT, .min = 3, .max = 8 },
	{ .name = "i", .kind = FIELD_INT, .min = -5, .max = 10 },
	{ .name = "d", .kind = FIELD_DATE },
	{ .name = "c", .kind = FIELD_CHOICE, .choices = words },
	{ .name = "s", .kind = FIELD_SET, .choices = words },
	{ .name = "t", .kind = FIELD_LIST, .max = 3 },
	{ .name = "f", .kind = FIELD_FLAG },
	{ .name = "e", .kind = FIELD_EMAIL },
	{ .name = "u", .kind = FIELD_FILE },
	{ .name = NULL },
};

struct source {
	const uint8_t *at;
	size_t left;
};

static long
source_read(void *from, void *into, size_t size)
{
	struct source *s = from;
	size_t n = s->left < 13 ? s->left : 13;

	n = n < size ? n : size;
	if (n > 0)
		memcpy(into, s->at, n);
	s->at += n;
	s->left -= n;
	return (long)n;
}

/* What came out as right is what the table asked for. */
static void
check(struct form *form)
{
	const char *email = form_text(form, "e");

	if (!form_is_right(form) || form_int(form, "i") < -5 ||
	    form_int(form, "i") > 10 || form_int(form, "c") > 2 ||
	    form_int(form, "s") > 7 || text_length(form_text(form, "l")) > 5 ||
	    (*email != '\0' && strchr(email, '@') == NULL) ||
	    strpbrk(email, " \r\n<>,;\"") != NULL)
		abort();
	for (size_t i = 0; i < form->count; i++)
		if (form->values[i].field->kind != FIELD_SET &&
		    !text_ok(form->values[i].text, strlen(form->values[i].text),
			TEXT_PROSE))
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct source s = { data, len };
	struct req req = { .arena = arena_new(256 * 1024 * 1024),
		.method = METHOD_POST,
		.content_type = "application/x-www-form-urlencoded",
		.body = { source_read, &s, len } };
	struct form *form;

	if (form_from_body(&req, fields, "/nonexistent", &form) == ERR_OK)
		check(form);
	arena_free(req.arena);
	return 0;
}
