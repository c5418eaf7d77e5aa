/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "domain/role.h"

static const struct {
	const char *name;
	unsigned bit; /* 0: no role */
} names[] = {
	{ "reader", ROLE_READER },
	{ "publisher", ROLE_PUBLISHER },
	{ "steward", ROLE_STEWARD },
	{ "signatory", ROLE_SIGNATORY },
	{ "auditor", ROLE_AUDITOR },
	{ "keeper", ROLE_KEEPER },
	{ "Keeper", 0 },
	{ "", 0 },
	{ NULL, 0 },
};

START_TEST(from_name)
{
	unsigned bit = 99;

	ck_assert(role_from_name(names[_i].name, &bit) == (names[_i].bit != 0));
	ck_assert_uint_eq(bit, names[_i].bit);
}
END_TEST

static const struct {
	const char *name;
	bool is_kind;
	enum org_kind kind;
} kinds[] = {
	{ "operator", true, ORG_OPERATOR },
	{ "institution", true, ORG_INSTITUTION },
	{ "auditor", true, ORG_AUDITOR },
	{ "keeper", true, ORG_KEEPER },
	{ "ministry", false, ORG_OPERATOR },
	{ NULL, false, ORG_OPERATOR },
};

START_TEST(kind_from_name)
{
	enum org_kind kind = ORG_KIND__MAX;

	ck_assert(
	    org_kind_from_name(kinds[_i].name, &kind) == kinds[_i].is_kind);
	ck_assert_int_eq(kind, kinds[_i].kind);
}
END_TEST

/* Who looks after the machine publishes nothing, and nobody else is keeper. */
START_TEST(possible)
{
	ck_assert_uint_eq(
	    roles_possible(ORG_KEEPER) & (ROLE_PUBLISHER | ROLE_AUDITOR), 0);
	ck_assert_uint_ne(roles_possible(ORG_KEEPER) & ROLE_KEEPER, 0);
	for (int k = 0; k < ORG_KIND__MAX; k++) {
		ck_assert_uint_ne(
		    roles_possible((enum org_kind)k) & ROLE_READER, 0);
		if (k != ORG_KEEPER)
			ck_assert_uint_eq(
			    roles_possible((enum org_kind)k) & ROLE_KEEPER, 0);
		if (k != ORG_AUDITOR)
			ck_assert_uint_eq(
			    roles_possible((enum org_kind)k) & ROLE_AUDITOR, 0);
	}
	ck_assert_uint_eq(roles_possible(ORG_KIND__MAX), 0);
}
END_TEST

UNIT_MAIN("role", UNIT_ROWS(from_name, names), UNIT_ROWS(kind_from_name, kinds),
    UNIT(possible))
