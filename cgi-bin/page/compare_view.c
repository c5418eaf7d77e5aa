/* SPDX-License-Identifier: Apache-2.0 */
#include "page/compare_view.h"

#include <string.h>

#include "base/diff.h"

/*
 * Rows and their pieces, as many as two texts of thousands of lines that all
 * differ: beyond, a page would take all memory that there is for one.
 */
enum { SHOWN_MAX = 20000 };

static void
show_side(struct visit *v, struct node *node, const struct diff_side *side,
    const char *mark)
{
	struct node *row;

	node_flag(node, "Has", side->line != 0);
	for (size_t i = 0; i < side->count; i++) {
		const struct diff_piece *piece = &side->pieces[i];

		row = node_row(node, "Pieces");
		node_set(row, "Text",
		    arena_copy_n(v->req->arena, piece->text, piece->len));
		node_flag(row, mark, piece->kind != DIFF_SAME);
	}
}

static void
show_row(struct visit *v, struct node *node, const struct diff_row *from)
{
	struct node *row = node_row(node, "Rows");

	if (from->folded != 0) {
		page_count(v, row, "FoldedText", "Agreement.Folded",
		    (int64_t)from->folded);
		return;
	}
	node_set(row, "Kind", diff_kinds[from->kind]);
	show_side(v, node_at(row, "Left"), &from->left, "IsOut");
	show_side(v, node_at(row, "Right"), &from->right, "IsNew");
}

/* Blank lines between paragraphs say nothing by themselves. */
static bool
is_blank(const struct diff_row *row)
{
	const struct diff_side *sides[] = { &row->left, &row->right };

	if (row->kind == DIFF_CHANGED)
		return false;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < sides[i]->count; j++)
			if (sides[i]->pieces[j].len > 1 ||
			    sides[i]->pieces[j].text[0] != '\n')
				return false;
	return true;
}

/* Rows until there are too many, which is said. */
static void
show_rows(struct visit *v, struct node *node, const struct diff *diff)
{
	size_t shown = 0;

	for (size_t i = 0; i < diff->count;) {
		const struct diff_row *row = &diff->rows[i];

		shown += 1 + row->left.count + row->right.count;
		if (shown > SHOWN_MAX) {
			node_flag(node, "IsCut", true);
			return;
		}
		if (row->folded != 0 || !is_blank(row))
			show_row(v, node, row);
		i += row->folded != 0 ? row->folded : 1;
	}
}

enum err
view_compare(
    struct visit *v, struct node *node, const char *left, const char *right)
{
	struct diff *diff;
	enum err rc;

	/* Texts end without a newline: their last line is as any other. */
	left = arena_printf(v->req->arena, "%s\n", left);
	right = arena_printf(v->req->arena, "%s\n", right);
	rc = diff_texts(
	    v->req->arena, left, strlen(left), right, strlen(right), &diff);
	if (rc != ERR_OK)
		return rc;
	diff_fold(diff, DIFF_CONTEXT);
	show_rows(v, node, diff);
	return ERR_OK;
}
