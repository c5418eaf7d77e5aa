/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "domain/counter.h"

static char *
next(struct fixture *f, const char *kind, enum err end)
{
	char *ref = NULL;

	fixture_ok(db_begin(f->ctx.db));
	fixture_ok(counter_next(&f->ctx, kind, &ref));
	fixture_err(db_end(f->ctx.db, end), end);
	return ref;
}

START_TEST(counts_each_kind)
{
	struct fixture f;

	fixture_open(&f);
	ck_assert_str_eq(next(&f, "ENT", ERR_OK), "ENT-2026-0001");
	ck_assert_str_eq(next(&f, "AGR", ERR_OK), "AGR-2026-0001");
	ck_assert_str_eq(next(&f, "ENT", ERR_OK), "ENT-2026-0002");
	fixture_close(&f);
}
END_TEST

START_TEST(begins_anew_each_year)
{
	struct fixture f;

	fixture_open(&f);
	next(&f, "ENT", ERR_OK);
	f.ctx.now_at += 365 * CLOCK_DAY;
	ck_assert_str_eq(next(&f, "ENT", ERR_OK), "ENT-2027-0001");
	fixture_close(&f);
}
END_TEST

START_TEST(leaves_no_gap)
{
	struct fixture f;

	fixture_open(&f);
	ck_assert_str_eq(next(&f, "ENT", ERR_STATE), "ENT-2026-0001");
	ck_assert_str_eq(next(&f, "ENT", ERR_OK), "ENT-2026-0001");
	fixture_close(&f);
}
END_TEST

START_TEST(goes_beyond_four_digits)
{
	struct fixture f;

	fixture_open(&f);
	fixture_ok(db_begin(f.ctx.db));
	fixture_ok(db_end(f.ctx.db,
	    db_exec(f.ctx.db,
		"INSERT INTO counter (name, year, last)"
		" VALUES ('ENT', 2026, 9999)",
		DB_NONE)));
	ck_assert_str_eq(next(&f, "ENT", ERR_OK), "ENT-2026-10000");
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("counter", UNIT(counts_each_kind), UNIT(begins_anew_each_year),
    UNIT(leaves_no_gap), UNIT(goes_beyond_four_digits))
