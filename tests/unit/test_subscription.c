/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/subscription.h"

#include "fixture.h"

static const struct {
	int64_t sectors, measures;
	enum err rc;
} rows[] = {
	{ 0, 0, ERR_OK },
	{ 1, 0, ERR_OK },
	{ 0, 0x3ff, ERR_OK },
	{ 0x1ffff, 1 << 9, ERR_OK },
	{ 1 << 17, 0, ERR_INVALID },
	{ 0, 1 << 10, ERR_INVALID },
	{ -1, 0, ERR_INVALID },
	{ 0, INT64_MIN, ERR_INVALID },
};

START_TEST(kept_or_refused)
{
	const struct subscription to = { rows[_i].sectors, rows[_i].measures };
	struct subscription s;
	struct organisation *o;
	struct fixture f;

	fixture_open(&f);
	o = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_as(&f, fixture_person(&f, o->ref, "Anna", 0));
	fixture_ok(
	    subscription_set(&f.ctx, &(struct subscription){ .sectors = 4 }));
	fixture_err(subscription_set(&f.ctx, &to), rows[_i].rc);
	fixture_ok(subscription_load(&f.ctx, &s));
	if (rows[_i].rc == ERR_OK) {
		ck_assert_int_eq(s.sectors, to.sectors);
		ck_assert_int_eq(s.measures, to.measures);
	} else {
		ck_assert_int_eq(s.sectors, 4);
		ck_assert_int_eq(s.measures, 0);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(of_each_person)
{
	struct person *anna, *bo;
	struct subscription s;
	struct organisation *o;
	struct fixture f;

	fixture_open(&f);
	o = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	anna = fixture_person(&f, o->ref, "Anna", 0);
	bo = fixture_person(&f, o->ref, "Bo", 0);
	fixture_as(&f, anna);
	fixture_ok(subscription_load(&f.ctx, &s));
	ck_assert_int_eq(s.sectors | s.measures, 0);
	fixture_ok(subscription_set(&f.ctx, &(struct subscription){ 1, 2 }));
	fixture_as(&f, bo);
	fixture_ok(subscription_load(&f.ctx, &s));
	ck_assert_int_eq(s.sectors | s.measures, 0);
	fixture_nobody(&f);
	fixture_ok(subscription_load(&f.ctx, &s));
	ck_assert_int_eq(s.sectors | s.measures, 0);
	fixture_err(subscription_set(&f.ctx, &(struct subscription){ 1, 2 }),
	    ERR_FORBIDDEN);
	fixture_as(&f, anna);
	fixture_ok(subscription_load(&f.ctx, &s));
	ck_assert_int_eq(s.sectors, 1);
	ck_assert_int_eq(s.measures, 2);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN(
    "subscription", UNIT_ROWS(kept_or_refused, rows), UNIT(of_each_person))
