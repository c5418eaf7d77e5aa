/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/organisation.h"

#include "domain/role.h"
#include "domain/sector.h"
#include "domain/session.h"
#include "domain/tlp.h"
#include "fixture.h"

enum { ENERGY = 1, TRANSPORT = 2, WATER = 8 };

static int64_t
open_grants(struct fixture *f)
{
	int64_t n = -1;

	fixture_ok(db_one_int(f->ctx.db,
	    "SELECT COUNT(*) FROM access_grant WHERE from_at <= $1"
	    " AND (ended_at IS NULL OR ended_at > $1)",
	    DB_ARGS(db_i(f->ctx.now_at)), &n));
	return n;
}

/* ---- words ----------------------------------------------------------- */

START_TEST(words_round)
{
	enum org_kind kind;
	int64_t sector;
	unsigned role;

	for (int i = 0; i < ROLE_COUNT; i++) {
		ck_assert(role_from_name(role_names[i], &role));
		ck_assert_uint_eq(role, 1u << i);
	}
	for (int i = 0; i < ORG_KIND__MAX; i++) {
		ck_assert(org_kind_from_name(org_kind_names[i], &kind));
		ck_assert_int_eq(kind, i);
	}
	for (int i = 0; i < SECTOR_COUNT; i++) {
		ck_assert(sector_from_word(sector_words[i], &sector));
		ck_assert_int_eq(sector, (int64_t)1 << i);
	}
	ck_assert(!role_from_name("Keeper", &role));
	ck_assert(!role_from_name(NULL, &role));
	ck_assert(!org_kind_from_name("bank", &kind));
	ck_assert(!sector_from_word("", &sector));
	ck_assert(!sector_from_word(NULL, &sector));
}
END_TEST

/* The table and the migration must name the same circles in one order. */
START_TEST(sectors_are_circles)
{
	struct fixture f;
	int64_t bit;

	fixture_open(&f);
	for (int i = 0; i < SECTOR_COUNT; i++) {
		fixture_ok(db_one_int(f.ctx.db,
		    "SELECT sector FROM circle WHERE ref = $1",
		    DB_ARGS(db_t(sector_words[i])), &bit));
		ck_assert_int_eq(bit, (int64_t)1 << i);
	}
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM circle"
			     " WHERE kind = 'sector'"),
	    SECTOR_COUNT);
	fixture_close(&f);
}
END_TEST

static const struct {
	const char *text;
	bool is_label;
	enum tlp label;
} labels[] = {
	{ "TLP:CLEAR", true, TLP_CLEAR },
	{ "TLP:AMBER+STRICT", true, TLP_AMBER_STRICT },
	{ "amber-strict", true, TLP_AMBER_STRICT },
	{ "AMBER", true, TLP_AMBER },
	{ "red", true, TLP_RED },
	{ "WHITE", true, TLP_CLEAR },
	{ "TLP:WHITE", true, TLP_CLEAR },
	{ "TLP: GREEN", false, TLP_RED },
	{ "Green", false, TLP_RED },
	{ "", false, TLP_RED },
	{ NULL, false, TLP_RED },
};

START_TEST(label_texts)
{
	enum tlp label = TLP_GREEN;

	ck_assert_int_eq(
	    tlp_from_text(labels[_i].text, &label), labels[_i].is_label);
	ck_assert_int_eq(label, labels[_i].label);
}
END_TEST

/* ---- admitting ------------------------------------------------------- */

START_TEST(admitted_with_grants)
{
	struct organisation *o;
	struct fixture f;

	fixture_open(&f);
	o = fixture_organisation(
	    &f, "Réseau d'Énergie", ORG_OPERATOR, ENERGY | WATER);
	ck_assert_str_eq(o->ref, "reseau-d-energie");
	ck_assert_str_eq(o->name, "Réseau d'Énergie");
	ck_assert_int_eq(o->kind, ORG_OPERATOR);
	ck_assert_int_eq(o->sectors, ENERGY | WATER);
	ck_assert(!o->is_suspended);
	ck_assert_int_eq(o->admitted_at, f.ctx.now_at);
	ck_assert_int_eq(
	    o->charter_signed_at, clock_day(f.ctx.now_at - CLOCK_DAY));
	ck_assert_str_eq(o->charter_ref, "AGR-2026-0001");
	ck_assert(o->is_charter_on_paper);
	ck_assert_int_eq(o->charter_until_at, 0);
	ck_assert_int_eq(o->people, 0);
	ck_assert_str_eq(fixture_text(&f,
			     "SELECT group_concat(ref) FROM (SELECT c.ref"
			     " FROM access_grant g"
			     " JOIN circle c ON c.id = g.circle"
			     " WHERE g.max_label = 3 AND g.until_at IS NULL"
			     " ORDER BY c.ref)"),
	    "community,energy,water");
	ck_assert_str_eq(fixture_text(&f,
			     "SELECT ref FROM circle"
			     " WHERE kind = 'own'"),
	    "own-reseau-d-energie");
	ck_assert_str_eq(fixture_text(&f, "SELECT kind FROM record"),
	    "organisation.admitted");
	ck_assert_str_eq(fixture_text(&f, "SELECT object FROM record"), o->ref);
	fixture_close(&f);
}
END_TEST

START_TEST(admitted_without_charter)
{
	const enum org_kind kinds[] = { ORG_AUDITOR, ORG_KEEPER };
	struct organisation *o;
	struct fixture f;

	fixture_open(&f);
	o = fixture_organisation(&f, "Somebody", kinds[_i], ENERGY);
	ck_assert_int_eq(o->charter_signed_at, 0);
	ck_assert_ptr_null(o->charter_ref);
	ck_assert_int_eq(
	    fixture_int(&f, "SELECT COUNT(*) FROM access_grant"), 0);
	fixture_close(&f);
}
END_TEST

START_TEST(refs_are_unique)
{
	struct fixture f;

	fixture_open(&f);
	ck_assert_str_eq(
	    fixture_organisation(&f, "Grid", ORG_OPERATOR, 1)->ref, "grid");
	ck_assert_str_eq(
	    fixture_organisation(&f, "Grid!", ORG_OPERATOR, 1)->ref, "grid-2");
	ck_assert_str_eq(
	    fixture_organisation(&f, "Grid?", ORG_OPERATOR, 1)->ref, "grid-3");
	/* /organisations/new is a page. */
	ck_assert_str_eq(
	    fixture_organisation(&f, "New", ORG_OPERATOR, 1)->ref, "new-2");
	ck_assert_str_eq(
	    fixture_organisation(&f, "電力会社", ORG_OPERATOR, 1)->ref,
	    "organisation");
	ck_assert_str_eq(fixture_text(&f, "SELECT MAX(ref) FROM agreement"),
	    "AGR-2026-0005");
	fixture_close(&f);
}
END_TEST

static const struct {
	struct organisation_new new; /* signed_at: days from now */
	enum err rc;
} admissions[] = {
	{ { "Ab", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_OK },
	{ { "Ministry", ORG_INSTITUTION, "EE", 0, -1, NULL }, ERR_OK },
	{ { "Taken", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_EXISTS },
	{ { "TAKEN", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_EXISTS },
	{ { "A", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_INVALID },
	{ { "", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_INVALID },
	{ { NULL, ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_INVALID },
	{ { "Two\nlines", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_INVALID },
	{ { "\xff\xfe", ORG_OPERATOR, "FR", 1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_KIND__MAX, "FR", 1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "fr", 1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "FRA", 1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "", 1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, NULL, 1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "FR", 0, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "FR", 1 << 17, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "FR", -1, -1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "FR", 1, 1, NULL }, ERR_INVALID },
	{ { "Grid", ORG_OPERATOR, "FR", 1, 0, NULL }, ERR_INVALID },
};

START_TEST(admissions_judged)
{
	struct organisation_new new = admissions[_i].new;
	int64_t before;
	struct fixture f;
	char *ref;

	fixture_open(&f);
	fixture_organisation(&f, "Taken", ORG_OPERATOR, 1);
	before = fixture_int(&f, "SELECT COUNT(*) FROM record");
	if (new.charter_signed_at != 0)
		new.charter_signed_at =
		    f.ctx.now_at + new.charter_signed_at *CLOCK_DAY;
	fixture_err(organisation_admit(&f.ctx, &new, &ref), admissions[_i].rc);
	ck_assert_int_eq(ref == NULL, admissions[_i].rc != ERR_OK);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM record"),
	    before + (admissions[_i].rc == ERR_OK ? 1 : 0));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM organisation"),
	    fixture_int(&f,
		"SELECT COUNT(*) FROM circle"
		" WHERE kind = 'own'"));
	fixture_close(&f);
}
END_TEST

START_TEST(listed_like_a_dictionary)
{
	struct organisation *all;
	struct fixture f;
	size_t n;

	fixture_open(&f);
	fixture_ok(organisation_list(&f.ctx, &all, &n));
	ck_assert_uint_eq(n, 0);
	fixture_organisation(&f, "Zone", ORG_OPERATOR, 1);
	fixture_organisation(&f, "Énergie du Nord", ORG_OPERATOR, 1);
	fixture_organisation(&f, "eau de l'Est", ORG_OPERATOR, 8);
	for (int i = 0; i < 40; i++)
		fixture_organisation(
		    &f, arena_printf(f.arena, "Grid %02d", i), ORG_OPERATOR, 1);
	fixture_ok(organisation_list(&f.ctx, &all, &n));
	ck_assert_uint_eq(n, 43);
	ck_assert_str_eq(all[0].name, "eau de l'Est");
	ck_assert_str_eq(all[1].name, "Énergie du Nord");
	ck_assert_str_eq(all[2].name, "Grid 00");
	ck_assert_str_eq(all[41].name, "Grid 39");
	ck_assert_str_eq(all[42].name, "Zone");
	ck_assert_int_eq(all[0].sectors, WATER);
	fixture_close(&f);
}
END_TEST

/* ---- suspending ------------------------------------------------------ */

START_TEST(suspended_at_that_instant)
{
	struct organisation *grid, *other, *o;
	struct person *anna, *ben;
	char token[TOKEN_TEXT];
	struct session s;
	struct fixture f;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, ENERGY);
	other = fixture_organisation(&f, "Rail", ORG_OPERATOR, TRANSPORT);
	anna = fixture_person(&f, grid->ref, "Anna", 0);
	ben = fixture_person(&f, other->ref, "Ben", 0);
	fixture_ok(session_start(&f.ctx, ben->id, 0, "", "", token));
	fixture_ok(
	    session_start(&f.ctx, anna->id, f.ctx.now_at, "", "", token));
	ck_assert_int_eq(open_grants(&f), 4);
	fixture_later(&f, CLOCK_HOUR / 4);
	fixture_ok(organisation_suspend(&f.ctx, grid->ref, "charter ended"));
	ck_assert_int_eq(open_grants(&f), 2);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM session"), 1);
	fixture_err(session_resume(&f.ctx, token, &s), ERR_NOT_FOUND);
	fixture_err(
	    session_start(&f.ctx, anna->id, 0, "", "", token), ERR_NOT_FOUND);
	fixture_ok(organisation_load(&f.ctx, grid->ref, &o));
	ck_assert(o->is_suspended);
	ck_assert_int_eq(o->suspended_at, f.ctx.now_at);
	fixture_console(&f);
	fixture_err(
	    organisation_suspend(&f.ctx, grid->ref, "again"), ERR_STATE);
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind = 'organisation.suspended'"),
	    1);
	fixture_close(&f);
}
END_TEST

START_TEST(reinstated_under_the_same_charter)
{
	struct organisation *grid, *o;
	struct fixture f;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, ENERGY);
	fixture_err(organisation_reinstate(&f.ctx, grid->ref), ERR_STATE);
	fixture_later(&f, CLOCK_DAY);
	fixture_ok(organisation_suspend(&f.ctx, grid->ref, "unpaid"));
	ck_assert_int_eq(open_grants(&f), 0);
	fixture_later(&f, CLOCK_DAY);
	fixture_ok(organisation_reinstate(&f.ctx, grid->ref));
	ck_assert_int_eq(open_grants(&f), 2);
	ck_assert_int_eq(
	    fixture_int(&f, "SELECT COUNT(*) FROM access_grant"), 4);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM agreement"), 1);
	fixture_ok(organisation_load(&f.ctx, grid->ref, &o));
	ck_assert(!o->is_suspended);
	ck_assert_int_eq(o->suspended_at, 0);
	/* Once more, all in one microsecond. */
	fixture_ok(organisation_suspend(&f.ctx, grid->ref, ""));
	ck_assert_int_eq(open_grants(&f), 0);
	fixture_ok(organisation_reinstate(&f.ctx, grid->ref));
	ck_assert_int_eq(open_grants(&f), 2);
	fixture_close(&f);
}
END_TEST

START_TEST(suspending_refused)
{
	struct organisation *keeper, *o;
	struct fixture f;

	fixture_open(&f);
	keeper = fixture_organisation(&f, "Keeper", ORG_KEEPER, 0);
	fixture_as(&f, fixture_person(&f, keeper->ref, "Kim", ROLE_KEEPER));
	fixture_err(
	    organisation_suspend(&f.ctx, keeper->ref, "mistake"), ERR_STATE);
	fixture_err(organisation_suspend(&f.ctx, "nobody", ""), ERR_NOT_FOUND);
	fixture_err(organisation_reinstate(&f.ctx, "nobody"), ERR_NOT_FOUND);
	fixture_err(organisation_load(&f.ctx, "nobody", &o), ERR_NOT_FOUND);
	fixture_err(
	    organisation_suspend(&f.ctx, keeper->ref, "\xff"), ERR_INVALID);
	fixture_ok(organisation_load(&f.ctx, keeper->ref, &o));
	ck_assert(!o->is_suspended);
	fixture_close(&f);
}
END_TEST

static const int two[2];

UNIT_MAIN("organisation", UNIT(words_round), UNIT(sectors_are_circles),
    UNIT_ROWS(label_texts, labels), UNIT(admitted_with_grants),
    UNIT_ROWS(admitted_without_charter, two), UNIT(refs_are_unique),
    UNIT_ROWS(admissions_judged, admissions), UNIT(listed_like_a_dictionary),
    UNIT(suspended_at_that_instant), UNIT(reinstated_under_the_same_charter),
    UNIT(suspending_refused))
