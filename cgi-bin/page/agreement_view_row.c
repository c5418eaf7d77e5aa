/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of lists of agreements, own and published: made once, then kept. */
#include <string.h>

#include "page/agreement_view.h"
#include "web/part.h"

enum { NAMES_SHOWN = 3 };

/* "A, B, C and 2 more" */
static const char *
names_text(struct visit *v, char *const *names, size_t count)
{
	const char *text = "";
	size_t i, shown = count > NAMES_SHOWN + 1 ? NAMES_SHOWN : count;

	for (i = 0; i < shown; i++)
		text = arena_printf(v->req->arena, "%s%s%s", text,
		    i == 0 ? "" : ", ", names[i]);
	if (shown == count)
		return text;
	const struct say say[] = {
		{ "n", NULL, (int64_t)(count - shown) },
		{ "names", text, 0 },
		{ NULL, NULL, 0 },
	};
	return lang_say(v->site->pages, v->lang, v->req->arena,
	    "Agreement.PartiesMore", say);
}

/* Of the own ones: the talks, the circle, the end. */
static void
view_own(struct visit *v, struct node *row, const struct agreement_row *a)
{
	const struct say circle[] = {
		{ "circle", a->terms.circle_name, 0 },
		{ NULL, NULL, 0 },
	};
	const struct say of[] = {
		{ "n", NULL, a->signatures },
		{ "all", NULL, (int64_t)a->party_count },
		{ NULL, NULL, 0 },
	};

	if (!a->is_on_paper) {
		page_tlp(v, row, (int)a->terms.max_label);
		if (a->terms.circle_name != NULL &&
		    a->terms.circle_name[0] != '\0')
			node_say(v->page, row, "CircleText",
			    "Agreement.CircleText", circle);
	}
	node_flag(row, "IsFirstDraft", a->state == AGREEMENT_DRAFT);
	node_flag(row, "IsOwn", a->is_own);
	node_flag(row, "HasSigned", a->has_signed);
	node_flag(row, "HasDraft", a->has_draft);
	if (a->state == AGREEMENT_PROPOSED)
		node_say(v->page, row, "SignedText", "Agreement.SignedOf", of);
	node_set(row, "UntilText", agreement_view_end(v, a->until_at));
}

static void
view_published(struct visit *v, struct node *row, const struct agreement_row *a)
{
	page_sectors(v, row, "Sectors", a->terms.sectors);
	node_time(v->page, row, "Published", a->published_at);
	node_set(row, "Publication", agreement_publications[a->publication]);
	node_set(row, "Extent", agreement_extents[a->extent]);
}

static void
view_row(struct visit *v, struct node *row, const struct agreement_row *a)
{
	node_set(row, "Ref", a->ref);
	node_set(row, "Title", agreement_view_title(v, a->kind, a->title));
	if (a->title[0] != '\0')
		node_set(row, "TitleLang", a->language);
	node_set(row, "KindWord",
	    page_word(v, "Agreement.Kind", agreement_kinds[a->kind]));
	node_set(row, "State", agreement_states[a->state]);
	node_set(row, "StateWord",
	    page_word(v, "Agreement.State", agreement_states[a->state]));
	node_set(row, "Parties", names_text(v, a->parties, a->party_count));
	if (a->is_register)
		view_published(v, row, a);
	else
		view_own(v, row, a);
}

/*
 * All that view_row() goes by, beside the texts of a version that never
 * changes: drafts, and names of those who signed on paper, do.
 */
static bool
is_kept(const struct agreement_row *a)
{
	return a->version > 0 && !a->is_on_paper;
}

static struct part_key
row_key(const struct visit *v, const struct agreement_row *a)
{
	uint64_t state = (uint64_t)a->version;

	state = state << 3 | (uint64_t)a->state;
	state = state << 2 | (uint64_t)v->lang;
	if (a->is_register) {
		state = state << 2 | (uint64_t)a->publication;
		state = state << 1 | (uint64_t)a->extent;
		return (struct part_key){ PART_REGISTER, (uint64_t)a->id, state,
			(uint64_t)a->published_at };
	}
	state = state << 1 | a->is_own;
	state = state << 1 | a->has_draft;
	state = state << 1 | a->has_signed;
	state = state << 8 | (uint64_t)a->signatures;
	return (struct part_key){ PART_AGREEMENT, (uint64_t)a->id, state,
		(uint64_t)a->until_at };
}

static enum err
make_row(struct visit *v, struct agreement_row *a, struct buf *out)
{
	struct node *part;
	enum err rc;

	if ((rc = agreement_row_texts(&v->ctx, a)) != ERR_OK)
		return rc;
	part = page_part(v->page);
	view_row(v, part, a);
	return page_render_part(part,
	    a->is_register ? "part/register_row.cs" : "part/agreement_row.cs",
	    out);
}

static enum err
add_row(struct visit *v, struct agreement_row *a, struct buf *out)
{
	/* The texts tell more of what is signed, which no row shows. */
	const struct part_key key = row_key(v, a);
	struct buf *made = &v->site->scratch;
	const char *markup = NULL;
	size_t len;
	enum err rc;

	if (is_kept(a))
		markup = parts_find(v->site->parts, &key, &len);
	if (markup == NULL) {
		buf_reset(made);
		if ((rc = make_row(v, a, made)) != ERR_OK)
			return rc;
		markup = made->data;
		len = made->len;
		if (is_kept(a))
			parts_keep(v->site->parts, &key, markup, len);
	}
	buf_add(out, markup, len);
	return ERR_OK;
}

enum err
agreement_view_rows(
    struct visit *v, const char *name, struct agreement_list *list)
{
	struct buf *out = &v->site->rows;
	enum err rc = ERR_OK;

	buf_reset(out);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = add_row(v, &list->rows[i], out);
	if (rc == ERR_OK && list->count > 0)
		node_html(v->page, v->root, name, out->data);
	return rc;
}
