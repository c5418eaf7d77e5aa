/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of "Today" that is about the library: new documents of what the
 * person has subscribed to; and for publishers, which of their own have to be
 * looked at again, or ought to be changed.
 */
#ifndef PAGE_TODAY_DOCUMENT_H
#define PAGE_TODAY_DOCUMENT_H

#include "page/visit.h"

/*
 * Shelf (markup of part/document_row.cs, or absent) and ShelfMore; Dues.N
 * {.Ref .Title .Text (sentence) .At .IsUrgent} and DuesMore.
 */
enum err today_documents(struct visit *);

#endif
