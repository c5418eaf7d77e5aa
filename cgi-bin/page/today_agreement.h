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
 * Markup Pending (part/today_pending.cs), Ending (part/today_ending.cs), News
 * (part/today_news.cs), each absent when there is none; KeysText (how many
 * keys wait).
 */
enum err today_agreements(struct visit *);

#endif
