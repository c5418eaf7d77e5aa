/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/circle.h"

#include "fixture.h"

/* Refs of the circles, joined by spaces. */
static const char *
addressable(struct fixture *f)
{
	struct circle *all;
	char *text = arena_copy(f->arena, "");
	size_t n;

	fixture_ok(circle_addressable(&f->ctx, &all, &n));
	for (size_t i = 0; i < n; i++)
		text = arena_printf(
		    f->arena, "%s%s%s", text, i > 0 ? " " : "", all[i].ref);
	return text;
}

static const char *
granted(struct fixture *f)
{
	struct circle_grant *all;
	char *text = arena_copy(f->arena, "");
	size_t n;

	fixture_ok(circle_granted(&f->ctx, &all, &n));
	for (size_t i = 0; i < n; i++)
		text = arena_printf(f->arena, "%s%s%s:%d:%d", text,
		    i > 0 ? " " : "", all[i].circle.ref, (int)all[i].max_label,
		    (int)all[i].organisations);
	return text;
}

START_TEST(grants_with_their_agreement)
{
	struct organisation *grid;
	struct circle_grant *all;
	struct fixture f;
	size_t n;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1 | 8);
	fixture_organisation(&f, "Rail", ORG_OPERATOR, 2);
	fixture_organisation(&f, "Wind", ORG_OPERATOR, 1);
	fixture_as(&f, fixture_person(&f, grid->ref, "Anna", 0));
	ck_assert_str_eq(granted(&f), "community:3:3 energy:3:2 water:3:1");
	fixture_ok(circle_granted(&f.ctx, &all, &n));
	ck_assert_int_eq(all[0].circle.kind, CIRCLE_COMMUNITY);
	ck_assert_int_eq(all[1].circle.kind, CIRCLE_SECTOR);
	ck_assert_ptr_null(all[1].circle.name);
	ck_assert_str_eq(all[1].agreement_ref, grid->charter_ref);
	ck_assert_str_eq(all[1].agreement_kind, "charter");
	ck_assert_int_eq(all[1].signed_at, grid->charter_signed_at);
	ck_assert_int_eq(all[1].from_at, f.ctx.now_at);
	ck_assert_int_eq(all[1].until_at, 0);
	fixture_close(&f);
}
END_TEST

/* What a change of a grant row, or of the hour, does to a member's list. */
static const struct {
	const char *change;
	int64_t later;
	const char *granted;
} moments[] = {
	{ "SELECT 1", 0, "community:3:1 energy:3:1" },
	{ "SELECT 1", -1, "" },
	{ "UPDATE access_grant SET until_at = from_at + 10 WHERE circle = 2", 9,
	    "community:3:1 energy:3:1" },
	{ "UPDATE access_grant SET until_at = from_at + 10 WHERE circle = 2",
	    10, "energy:3:1" },
	{ "UPDATE access_grant SET ended_at = from_at + 5 WHERE circle <> 2", 4,
	    "community:3:1 energy:3:1" },
	{ "UPDATE access_grant SET ended_at = from_at + 5 WHERE circle <> 2", 5,
	    "community:3:1" },
	{ "UPDATE access_grant SET max_label = 1 WHERE circle <> 2", 0,
	    "community:3:1 energy:1:1" },
};

START_TEST(grants_by_the_moment)
{
	struct organisation *grid;
	struct fixture f;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_as(&f, fixture_person(&f, grid->ref, "Anna", 0));
	if (moments[_i].change[0] == 'U')
		fixture_run(&f, moments[_i].change);
	fixture_later(&f, moments[_i].later);
	ck_assert_str_eq(granted(&f), moments[_i].granted);
	fixture_close(&f);
}
END_TEST

START_TEST(addressable_by_kind)
{
	struct organisation *grid, *csirt, *audit;
	struct fixture f;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	csirt = fixture_organisation(&f, "CSIRT", ORG_INSTITUTION, 0);
	audit = fixture_organisation(&f, "Audit", ORG_AUDITOR, 0);
	fixture_organisation(&f, "Water", ORG_OPERATOR, 8);
	ck_assert_str_eq(addressable(&f), "");
	fixture_as(&f, fixture_person(&f, grid->ref, "Anna", 0));
	ck_assert_str_eq(addressable(&f), "community energy");
	fixture_as(&f, fixture_person(&f, audit->ref, "Axel", 0));
	ck_assert_str_eq(addressable(&f), "");
	fixture_as(&f, fixture_person(&f, csirt->ref, "Cora", 0));
	ck_assert_str_eq(addressable(&f), "community energy water");
	/* Nobody is left in a sector: nobody to write to. */
	fixture_ok(organisation_suspend(&f.ctx, "water", ""));
	ck_assert_str_eq(addressable(&f), "community energy");
	fixture_nobody(&f);
	ck_assert_str_eq(addressable(&f), "");
	fixture_close(&f);
}
END_TEST

/* An agreement's circle is its parties' business alone. */
START_TEST(addressable_of_an_agreement)
{
	struct organisation *grid, *csirt;
	struct fixture f;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	csirt = fixture_organisation(&f, "CSIRT", ORG_INSTITUTION, 0);
	fixture_run(&f,
	    "INSERT INTO circle (ref, kind, name)"
	    " VALUES ('agr-7', 'agreement', 'Pilot')");
	fixture_ok(fixture_exec(&f,
	    "INSERT INTO access_grant (agreement, organisation, circle,"
	    " max_label, from_at) SELECT a.id, a.organisation, c.id, 2, $1"
	    " FROM agreement a JOIN circle c ON c.ref = 'agr-7'"
	    " WHERE a.organisation = $2",
	    DB_ARGS(db_i(f.ctx.now_at), db_i(grid->id))));
	fixture_as(&f, fixture_person(&f, csirt->ref, "Cora", 0));
	ck_assert_str_eq(addressable(&f), "community energy");
	fixture_as(&f, fixture_person(&f, grid->ref, "Anna", 0));
	ck_assert_str_eq(addressable(&f), "community energy agr-7");
	ck_assert_str_eq(granted(&f), "community:3:2 energy:3:1 agr-7:2:1");
	fixture_close(&f);
}
END_TEST

START_TEST(found_among)
{
	static char energy[] = "energy", water[] = "water";
	const struct circle all[] = { { .id = 3, .ref = energy },
		{ .id = 6, .ref = water } };

	ck_assert_ptr_eq(circle_find(all, 2, "energy"), &all[0]);
	ck_assert_ptr_eq(circle_find(all, 2, "water"), &all[1]);
	ck_assert_ptr_null(circle_find(all, 1, "water"));
	ck_assert_ptr_null(circle_find(all, 2, "Water"));
	ck_assert_ptr_null(circle_find(NULL, 0, "water"));
}
END_TEST

UNIT_MAIN("circle", UNIT(grants_with_their_agreement),
    UNIT_ROWS(grants_by_the_moment, moments), UNIT(addressable_by_kind),
    UNIT(addressable_of_an_agreement), UNIT(found_among))
