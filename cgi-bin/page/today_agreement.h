/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of "Today" that is about agreements: what waits for the
 * organisation's signature or yes, which keys wait to be compared, what ends
 * soon, what happened.  For those whose matter it is: readers have none of it.
 */
#ifndef PAGE_TODAY_AGREEMENT_H
#define PAGE_TODAY_AGREEMENT_H

#include "page/visit.h"

/*
 * Pending.N {.Ref .Title .Text (sentence) .Since .IsSignature}, the oldest,
 * PendingMore (there are others), KeysText (how many keys wait), Ending.N {.Ref
 * .Title .Text .Ends .IsUrgent .Successor}, News.N as
 * agreement_view_events().
 */
enum err today_agreements(struct visit *);

#endif
