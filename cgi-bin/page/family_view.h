/* SPDX-License-Identifier: Apache-2.0 */
/* What families of records are called: for bundles and agreements' terms. */
#ifndef PAGE_FAMILY_VIEW_H
#define PAGE_FAMILY_VIEW_H

#include "page/visit.h"

/* "Advisories, Documents"; NULL of 0, which stands for all. */
const char *family_titles(struct visit *, int64_t families);

#endif
