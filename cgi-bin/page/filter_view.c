/* SPDX-License-Identifier: Apache-2.0 */
#include "page/filter_view.h"

bool
filter_given(struct visit *v, const char *field)
{
	return form_text(v->form, field)[0] != '\0';
}

int
filter_choice(struct visit *v, const char *field)
{
	return filter_given(v, field) ? (int)form_int(v->form, field) : -1;
}

int64_t
filter_bit(struct visit *v, const char *field)
{
	return filter_given(v, field) ? (int64_t)1 << form_int(v->form, field)
				      : 0;
}

/* The choices are the same for everybody who has chosen the same. */
static struct part_key
key_of(struct visit *v, const struct filter *f)
{
	const struct filter_choice *c;
	uint64_t state = (uint64_t)v->lang << 1 | (v->ctx.actor.person != 0);

	for (c = f->choices; c->field != NULL; c++)
		state = state << 8 | (uint64_t)(1 + filter_choice(v, c->field));
	return (struct part_key){ f->part, 0, state, 0 };
}

static enum err
render(struct visit *v, const struct filter *f, struct buf *out)
{
	const struct filter_choice *c;

	for (c = f->choices; c->field != NULL; c++)
		if (!c->is_members || v->ctx.actor.person != 0)
			page_options(v, c->field, c->words);
	buf_reset(out);
	return page_render_part(v->root, f->template_name, out);
}

static enum err
view_choices(struct visit *v, const struct filter *f)
{
	const struct part_key key = key_of(v, f);
	struct buf *out = &v->site->scratch;
	const char *markup;
	size_t len;
	enum err rc;

	markup = parts_find(v->site->parts, &key, &len);
	if (markup == NULL) {
		if ((rc = render(v, f, out)) != ERR_OK)
			return rc;
		parts_keep(v->site->parts, &key, out->data, out->len);
		markup = out->data;
	}
	node_html(v->page, v->root, "Filter", markup);
	return ERR_OK;
}

enum err
filter_view(struct visit *v, const struct filter *f)
{
	const struct filter_choice *c;
	bool has_filter = false;

	for (c = f->choices; c->field != NULL; c++)
		has_filter |= filter_given(v, c->field);
	page_form(v);
	node_set(v->root, "Query",
	    filter_given(v, "q") ? form_text(v->form, "q") : NULL);
	node_flag(v->root, "HasFilter", has_filter);
	node_flag(v->root, "IsSearch", filter_given(v, "q"));
	node_flag(v->root, "IsPaged", filter_given(v, "before"));
	return view_choices(v, f);
}

void
filter_found(struct visit *v, size_t n, bool has_more)
{
	const char *key = filter_given(v, "before") ? "Advisory.FoundFurther"
	    : has_more				    ? "Advisory.FoundFirst"
						    : "Advisory.Found";

	if (n > 0 && filter_given(v, "q"))
		page_count(v, v->root, "FoundText", key, (int64_t)n);
}

const char *
filter_next(
    struct visit *v, const struct filter *f, const char *path, int64_t before)
{
	struct arena *arena = v->req->arena;
	const struct filter_choice *c;
	const char *href;

	href = arena_printf(arena, "%s?before=%lld%s", path, (long long)before,
	    page_kept(v, (const char *const[]){ "q", NULL }));
	for (c = f->choices; c->field != NULL; c++)
		href = arena_printf(arena, "%s%s", href,
		    page_kept(v, (const char *const[]){ c->field, NULL }));
	return href;
}
