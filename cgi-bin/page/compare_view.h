/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two texts side by side as page data, with the words that went and came:
 * .Rows.N{.Kind (same changed deleted inserted) .FoldedText (stands for rows
 * that are the same) .Left.Has .Left.Pieces.N{.Text .IsOut} .Right.Has
 * .Right.Pieces.N{.Text .IsNew}} .IsCut (too much differs: the rest of the
 * rows is left out).  Templates show them by frame/compare.cs.
 */
#ifndef PAGE_COMPARE_VIEW_H
#define PAGE_COMPARE_VIEW_H

#include "page/visit.h"

/* ERR_TOO_LARGE: longer texts than can be compared (base/diff.h). */
enum err view_compare(
    struct visit *, struct node *, const char *left, const char *right);

#endif
