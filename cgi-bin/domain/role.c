/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/role.h"

#include <stddef.h>

#include "base/text.h"

const char *const role_names[ROLE_COUNT + 1] = { "reader", "publisher",
	"steward", "signatory", "auditor", "keeper", NULL };

const char *const org_kind_names[ORG_KIND__MAX + 1] = {
	[ORG_OPERATOR] = "operator",
	[ORG_INSTITUTION] = "institution",
	[ORG_AUDITOR] = "auditor",
	[ORG_KEEPER] = "keeper",
};

static const unsigned possible[ORG_KIND__MAX] = {
	[ORG_OPERATOR] =
	    ROLE_READER | ROLE_PUBLISHER | ROLE_STEWARD | ROLE_SIGNATORY,
	[ORG_INSTITUTION] =
	    ROLE_READER | ROLE_PUBLISHER | ROLE_STEWARD | ROLE_SIGNATORY,
	[ORG_AUDITOR] = ROLE_READER | ROLE_STEWARD | ROLE_AUDITOR,
	[ORG_KEEPER] = ROLE_READER | ROLE_STEWARD | ROLE_KEEPER,
};

bool
role_from_name(const char *name, unsigned *bit)
{
	int row = text_index(role_names, name);

	*bit = row >= 0 ? 1u << row : 0;
	return row >= 0;
}

bool
org_kind_from_name(const char *name, enum org_kind *kind)
{
	int row = text_index(org_kind_names, name);

	*kind = row >= 0 ? (enum org_kind)row : ORG_OPERATOR;
	return row >= 0;
}

unsigned
roles_possible(enum org_kind kind)
{
	return (unsigned)kind < ORG_KIND__MAX ? possible[kind] : 0;
}
