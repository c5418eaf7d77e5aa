/* SPDX-License-Identifier: Apache-2.0 */
#include "page/row_view.h"

#include <string.h>

/* Signs that no text has (see web/req.h), where a search's texts will be. */
#define TITLE_SIGN "\x02"
#define TEXT_SIGN "\x03"

static enum err
make(struct visit *v, const struct row_view *row, struct buf *out)
{
	struct node *part = page_part(v->page);
	enum err rc;

	if ((rc = row->fill(v, part, row->item)) != ERR_OK)
		return rc;
	if (row->is_found) {
		node_set(part, "Title", TITLE_SIGN);
		node_set(part, "Summary", TEXT_SIGN);
	}
	return page_render_part(part, row->template_name, out);
}

/* The markup of a row, or of its frame: kept, or made in the scratch. */
static enum err
find(struct visit *v, const struct row_view *row, const char **markup)
{
	const bool is_kept = row->key.kind != 0;
	struct buf *out = &v->site->scratch;
	size_t len;
	enum err rc;

	*markup = is_kept ? parts_find(v->site->parts, &row->key, &len) : NULL;
	if (*markup != NULL)
		return ERR_OK;
	buf_reset(out);
	if ((rc = make(v, row, out)) != ERR_OK)
		return rc;
	if (is_kept)
		parts_keep(v->site->parts, &row->key, out->data, out->len);
	*markup = out->data;
	return ERR_OK;
}

/* Pieces of a text, cut at the marks that search puts around its hits. */
static enum err
add_hit(struct visit *v, const char *text, struct buf *out)
{
	struct node *part = page_part(v->page), *piece;
	bool is_hit = false;
	size_t n;

	while (*text != '\0') {
		n = strcspn(text, "\x02\x03");
		if (n > 0) {
			piece = node_row(part, "Pieces");
			node_set(piece, "Text",
			    arena_copy_n(v->req->arena, text, n));
			node_flag(piece, "IsHit", is_hit);
		}
		text += n;
		if (*text == '\0')
			break;
		is_hit = *text++ == '\x02';
	}
	return page_render_part(part, "part/hit.cs", out);
}

/* The frame, with the texts that were found in place of the signs. */
static enum err
add_found(struct visit *v, const struct row_view *row, const char *frame)
{
	struct buf *out = &v->site->rows;
	size_t n;
	enum err rc;

	n = strcspn(frame, TITLE_SIGN);
	buf_add(out, frame, n);
	if ((rc = add_hit(v, row->title, out)) != ERR_OK)
		return rc;
	frame += n + (frame[n] != '\0');
	n = strcspn(frame, TEXT_SIGN);
	buf_add(out, frame, n);
	if ((rc = add_hit(v, row->summary, out)) != ERR_OK)
		return rc;
	frame += n + (frame[n] != '\0');
	buf_adds(out, frame);
	return ERR_OK;
}

enum err
row_view(struct visit *v, const struct row_view *row)
{
	const char *markup;
	enum err rc;

	if ((rc = find(v, row, &markup)) != ERR_OK)
		return rc;
	if (row->is_found)
		return add_found(v, row, markup);
	buf_adds(&v->site->rows, markup);
	return ERR_OK;
}

void
row_view_start(struct visit *v)
{
	buf_reset(&v->site->rows);
}

void
row_view_end(struct visit *v, const char *name)
{
	if (v->site->rows.len > 0)
		node_html(v->page, v->root, name, v->site->rows.data);
}
