/* SPDX-License-Identifier: Apache-2.0 */
/* Roles of a person and kinds of an organisation. */
#ifndef DOMAIN_ROLE_H
#define DOMAIN_ROLE_H

#include <stdbool.h>

enum role {
	ROLE_READER = 1, /* everybody has it */
	ROLE_PUBLISHER = 2,
	ROLE_STEWARD = 4,
	ROLE_SIGNATORY = 8,
	ROLE_AUDITOR = 16,
	ROLE_KEEPER = 32
};
enum { ROLE_COUNT = 6 };

enum org_kind {
	ORG_OPERATOR,
	ORG_INSTITUTION,
	ORG_AUDITOR,
	ORG_KEEPER,
	ORG_KIND__MAX
};

/*
 * Words of the database and the command line: "publisher", "operator".  Both
 * end with NULL; roles are in the order of their bits.
 */
extern const char *const role_names[ROLE_COUNT + 1];
extern const char *const org_kind_names[ORG_KIND__MAX + 1];
bool role_from_name(const char *, unsigned *bit);
bool org_kind_from_name(const char *, enum org_kind *);

/* Roles that a person of such an organisation may have. */
unsigned roles_possible(enum org_kind);

#endif
