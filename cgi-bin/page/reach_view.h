/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The access rule as page data, for any kind of item: why the reader may have
 * it, and who would.  Templates show them by frame/reach.cs.
 */
#ifndef PAGE_REACH_VIEW_H
#define PAGE_REACH_VIEW_H

#include "domain/access.h"
#include "page/visit.h"

/*
 * Why.{Text,Named,AgreementRef,Share}: ERR_NOT_FOUND when there is no reason.
 */
enum err view_why(struct visit *, enum access_item, int64_t id, enum tlp label);

/* Reach.{Sentence,Text,IsPublic,IsEmpty,People,Organisations} */
enum err view_reach_sums(struct visit *, enum access_item, int64_t piece);
/*
 * … and Reach.Rows.N.{Organisation,OrganisationRef,Country,Kind,PeopleText,
 * IsOwn,Why,AgreementRef,Agreement}
 */
enum err view_reach(struct visit *, enum access_item, int64_t piece);

#endif
