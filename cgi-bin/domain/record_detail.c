/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/record_detail.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/list.h"

enum record_family
record_family_of(const char *kind)
{
	int f = 0;

	while (f < RECORD_FAMILY__MAX &&
	    (!text_starts(kind, record_families[f]) ||
		kind[strlen(record_families[f])] != '.'))
		f++;
	return (enum record_family)f;
}

/* Whatever is no text is shown as it stands; NULL: there is nothing to show. */
static char *
text_of(struct arena *arena, const json_t *value)
{
	char *text, *raw;

	if (json_is_null(value))
		return NULL;
	if (json_is_string(value)) {
		text = arena_copy(arena, json_string_value(value));
	} else {
		raw = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
		text = arena_copy(arena, raw != NULL ? raw : "");
		free(raw);
	}
	return text[0] != '\0' ? text : NULL;
}

static void
add_value(struct arena *arena, const json_t *value, struct record_detail *d)
{
	char *text = text_of(arena, value);

	if (text == NULL)
		return;
	d->values = list_room(arena, d->values, d->count, sizeof(*d->values));
	d->values[d->count++] = text;
}

static void
fill(struct arena *arena, const json_t *value, struct record_detail *d)
{
	const json_t *each;
	size_t i;

	memset(d, 0, sizeof(*d));
	if (!json_is_array(value))
		add_value(arena, value, d);
	else
		json_array_foreach(value, i, each) add_value(arena, each, d);
}

enum err
record_details(struct ctx *ctx, const struct record *r,
    struct record_detail **out, size_t *n)
{
	struct record_detail *all = NULL;
	json_t *body, *what, *value;
	const char *key;

	*out = NULL;
	*n = 0;
	if ((body = json_loadb(r->body, r->body_len, 0, NULL)) == NULL)
		return ERR_CORRUPT;
	what = json_object_get(body, "what");
	json_object_foreach(what, key, value)
	{
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx->arena, value, &all[*n]);
		all[*n].name = arena_copy(ctx->arena, key);
		if (all[*n].count > 0)
			++*n;
	}
	json_decref(body);
	*out = all;
	return ERR_OK;
}
