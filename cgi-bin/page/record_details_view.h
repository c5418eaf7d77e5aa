/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a record says besides who, when and of what: with the words, names and
 * days that other pages have for it.  What is not known here (a record of a
 * later portal may be looked at with this one) is shown as it stands.
 */
#ifndef PAGE_RECORD_DETAILS_VIEW_H
#define PAGE_RECORD_DETAILS_VIEW_H

#include "domain/record_list.h"
#include "page/visit.h"

/* Details.N.{Name,Value}.  ERR_CORRUPT: its bytes are no record. */
enum err record_details_view(struct visit *, const struct record *);

#endif
