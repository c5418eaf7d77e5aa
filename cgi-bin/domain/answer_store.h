/* SPDX-License-Identifier: Apache-2.0 */
/* What the files about answers share; nothing else includes it. */
#ifndef DOMAIN_ANSWER_STORE_H
#define DOMAIN_ANSWER_STORE_H

#include "domain/answer.h"

/* The item of ACCESS_READERS: the newest published revision of advisory $4. */
#define ANSWER_ITEM                                                   \
	"item(id, piece, organisation, label) AS ("                   \
	" SELECT a.id, v.id, a.organisation, v.label FROM advisory a" \
	" JOIN advisory_revision v ON v.advisory = a.id"              \
	" AND v.number = a.revision WHERE a.id = $4)"

/* The table knows no other word; false is for NULL. */
bool answer_state_from_word(const char *, enum answer_state *);

#endif
