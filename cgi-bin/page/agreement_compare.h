/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two versions of an agreement side by side, as page data: the text with the
 * words that went and came, the terms that differ in a table.
 *
 * Compare: .IsSame .IsTextSame .Left .Right (numbers; absent: the draft)
 * .LeftLang .RightLang (of title and text; absent: nobody said)
 * .TitleLeft .TitleRight (absent: the same)
 * .Terms.N{.Name .Left .Right}
 * .IsCut .Rows.N (page/compare_view.h)
 */
#ifndef PAGE_AGREEMENT_COMPARE_H
#define PAGE_AGREEMENT_COMPARE_H

#include "domain/agreement.h"
#include "page/visit.h"

/* ERR_TOO_LARGE: longer texts than can be compared. */
enum err agreement_compare(struct visit *, const struct agreement_version *left,
    const struct agreement_version *right);

#endif
