/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of "Today" that is about records: for an auditor, whose they are
 * and by which agreement.  For others nothing.
 */
#ifndef PAGE_TODAY_RECORD_H
#define PAGE_TODAY_RECORD_H

#include "page/visit.h"

/* Mandates.N.{Ref,Title,Organisations}, an agreement each. */
enum err today_records(struct visit *);

#endif
