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

/* Whatever is neither text nor a list of such is shown as it stands. */
static char *
value_of(struct arena *arena, const json_t *value)
{
	char *text = NULL, *raw;
	const json_t *each;
	size_t i;

	if (json_is_string(value))
		return arena_copy(arena, json_string_value(value));
	if (!json_is_array(value)) {
		raw = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
		text = arena_copy(arena, raw != NULL ? raw : "");
		free(raw);
		return text;
	}
	json_array_foreach(value, i, each) text =
	    arena_printf(arena, "%s%s%s", text != NULL ? text : "",
		text != NULL ? ", " : "", value_of(arena, each));
	return text != NULL ? text : arena_copy(arena, "");
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
		all[*n].name = arena_copy(ctx->arena, key);
		all[(*n)++].value = value_of(ctx->arena, value);
	}
	json_decref(body);
	*out = all;
	return ERR_OK;
}
