/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/role.h"

#include <stddef.h>
#include <string.h>

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
	*bit = 0;
	for (int i = 0; name != NULL && i < ROLE_COUNT; i++) {
		if (strcmp(role_names[i], name) == 0)
			*bit = 1u << i;
	}
	return *bit != 0;
}

bool
org_kind_from_name(const char *name, enum org_kind *kind)
{
	*kind = ORG_OPERATOR;
	for (int i = 0; name != NULL && i < ORG_KIND__MAX; i++) {
		if (strcmp(org_kind_names[i], name) == 0) {
			*kind = (enum org_kind)i;
			return true;
		}
	}
	return false;
}

unsigned
roles_possible(enum org_kind kind)
{
	return (unsigned)kind < ORG_KIND__MAX ? possible[kind] : 0;
}
