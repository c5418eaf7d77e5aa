/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which versions of a document a member may know what was said of: those that
 * they could read by the version's own label, circles and names, for what is
 * said may quote it.  document_comment.c, document_use.c and document_review.c
 * alone include it.
 */
#ifndef DOMAIN_DOCUMENT_SEEN_H
#define DOMAIN_DOCUMENT_SEEN_H

#include "domain/access.h"

/* clang-format off */

/*
 * CTEs, with the reader as $1 to $3 and the document's id as $4: a statement
 * starts with "WITH " DOCUMENT_SEEN.  Of a withdrawn document only its
 * contributor sees any.
 */
#define DOCUMENT_SEEN \
	ACCESS_REACH \
	", seen(number) AS (SELECT v.number FROM document a" \
	" JOIN document_version v ON v.document = a.id" \
	" AND v.published_at IS NOT NULL" \
	" WHERE a.id = $4 AND (a.state = 'published' OR a.organisation = $2)" \
	" AND " ACCESS_MAY_VERSION ")"

/* clang-format on */

#endif
