/* SPDX-License-Identifier: Apache-2.0 */
/* Answers: giving them, the source's table, sums that tell of nobody. */
#include "world.h"

#include "domain/sector.h"

static void
give(struct world *w, const struct person *p, const char *ref,
    enum answer_state state)
{
	struct advisory *a;

	fixture_as(&w->f, p);
	fixture_ok(advisory_load(&w->f.ctx, ref, &a));
	fixture_ok(answer_give(&w->f.ctx, a, state, "", 0));
}

START_TEST(give_and_change)
{
	struct answer *own, *history;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "Asks", TLP_AMBER, "energy");
	a = world_load(&w, ENERGY, ref);
	fixture_ok(answer_own(&w.f.ctx, a, &own));
	ck_assert_ptr_null(own);
	fixture_ok(answer_give(&w.f.ctx, a, ANSWER_MITIGATING, " Next\r\nweek ",
	    w.f.ctx.now_at + CLOCK_DAY));
	fixture_later(&w.f, CLOCK_HOUR);
	fixture_ok(answer_give(&w.f.ctx, a, ANSWER_MITIGATED, NULL, 0));
	fixture_ok(answer_own(&w.f.ctx, a, &own));
	ck_assert_int_eq(own->state, ANSWER_MITIGATED);
	ck_assert_str_eq(own->comment, "");
	ck_assert_int_eq(own->done_by_at, 0);
	ck_assert_int_eq(own->revision, 1);
	ck_assert_int_eq(own->answered_at, w.f.ctx.now_at);
	ck_assert_str_eq(own->person_name, w.who[ENERGY]->name);
	fixture_ok(answer_history(&w.f.ctx, a, &history, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(history[0].state, ANSWER_MITIGATED);
	ck_assert_int_eq(history[1].state, ANSWER_MITIGATING);
	ck_assert_str_eq(history[1].comment, "Next\nweek");
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind = 'advisory.answered'"),
	    2);
	/* It is the organisation's own business. */
	world_as(&w, AUTHOR);
	fixture_ok(answer_own(&w.f.ctx, a, &own));
	ck_assert_ptr_null(own);
	world_close(&w);
}
END_TEST

START_TEST(refusals)
{
	char text[ANSWER_COMMENT_MAX + 2];
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Asks", TLP_CLEAR, "energy");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	a = world_load(&w, ENERGY, ref);
	fixture_err(
	    answer_give(&w.f.ctx, a, ANSWER_MITIGATED, text, 0), ERR_INVALID);
	fixture_err(answer_give(&w.f.ctx, a, ANSWER__MAX, "", 0), ERR_INVALID);
	fixture_err(
	    answer_give(&w.f.ctx, a, ANSWER_MITIGATED, "\x01", 0), ERR_INVALID);
	a = world_load(&w, AUTHOR, ref);
	fixture_err(
	    answer_give(&w.f.ctx, a, ANSWER_MITIGATED, "", 0), ERR_STATE);
	a = world_load(&w, VISITOR, ref);
	fixture_err(
	    answer_give(&w.f.ctx, a, ANSWER_MITIGATED, "", 0), ERR_FORBIDDEN);
	/* What was loaded then need not be readable now. */
	ref = world_publish(&w, "Asks, too", TLP_AMBER, "energy");
	a = world_load(&w, ENERGY, ref);
	fixture_console(&w.f);
	fixture_ok(organisation_suspend(
	    &w.f.ctx, w.who[ENERGY]->organisation_ref, "Left"));
	world_as(&w, ENERGY);
	fixture_err(
	    answer_give(&w.f.ctx, a, ANSWER_MITIGATED, "", 0), ERR_NOT_FOUND);
	fixture_console(&w.f);
	fixture_later(&w.f, CLOCK_S);
	fixture_ok(
	    organisation_reinstate(&w.f.ctx, w.who[ENERGY]->organisation_ref));
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Wrong"));
	world_as(&w, ENERGY);
	fixture_err(
	    answer_give(&w.f.ctx, a, ANSWER_MITIGATED, "", 0), ERR_STATE);
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM answer"), 0);
	world_close(&w);
}
END_TEST

/* ---- the source's table ----------------------------------------------- */

static const struct answer_row *
row_of(const struct answer_row *rows, size_t n, const struct person *p)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].organisation_ref, p->organisation_ref) == 0)
			return &rows[i];
	return NULL;
}

START_TEST(table)
{
	const struct answer_row *row;
	struct answer_row *rows;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "Asks", TLP_AMBER, "energy");
	a = world_load(&w, ENERGY, ref);
	fixture_err(answer_table(&w.f.ctx, a, &rows, &n), ERR_NOT_FOUND);
	fixture_ok(advisory_note(&w.f.ctx, a));
	a = world_load(&w, COLLEAGUE, ref);
	fixture_ok(answer_table(&w.f.ctx, a, &rows, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_ptr_null(rows[0].answer);
	ck_assert_int_eq(rows[0].readers, 1);
	ck_assert_int_eq(rows[0].first_at, w.f.ctx.now_at);
	ck_assert(rows[0].is_present);
	ck_assert(rows[0].may_read);
	ck_assert_int_eq(rows[0].sectors, 1);
	/* Who answered stays in the table, also without access. */
	give(&w, w.who[ENERGY], ref, ANSWER_MITIGATED);
	fixture_console(&w.f);
	fixture_ok(organisation_suspend(
	    &w.f.ctx, w.who[ENERGY]->organisation_ref, "Left"));
	world_as(&w, COLLEAGUE);
	fixture_ok(answer_table(&w.f.ctx, a, &rows, &n));
	row = row_of(rows, n, w.who[ENERGY]);
	ck_assert_ptr_nonnull(row);
	ck_assert(!row->may_read);
	ck_assert_int_eq(row->answer->state, ANSWER_MITIGATED);
	ck_assert_str_eq(row->answer->person_name, w.who[ENERGY]->name);
	world_close(&w);
}
END_TEST

/* Of TLP:CLEAR: those addressed, and of the world whoever opened it. */
START_TEST(table_of_clear)
{
	struct answer_row *rows;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "Asks", TLP_CLEAR, "energy");
	a = world_load(&w, WATER, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	a = world_load(&w, AUTHOR, ref);
	fixture_ok(answer_table(&w.f.ctx, a, &rows, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_ptr_nonnull(row_of(rows, n, w.who[ENERGY]));
	ck_assert(row_of(rows, n, w.who[WATER])->may_read);
	/* Red: a party without a named person is not in it. */
	ref = world_publish(&w, "Red", TLP_RED, "pact");
	a = world_load(&w, AUTHOR, ref);
	fixture_ok(answer_table(&w.f.ctx, a, &rows, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_ptr_nonnull(row_of(rows, n, w.who[NAMED]));
	world_close(&w);
}
END_TEST

/* ---- sums ------------------------------------------------------------- */

enum { MANY = 12 };

/* Organisations with these sectors; the answer of each in `answered`. */
static void
populate(struct world *w, const int64_t sectors[MANY], struct person *who[MANY])
{
	for (int i = 0; i < MANY && sectors[i] != 0; i++)
		who[i] =
		    world_person(w, arena_printf(w->f.arena, "Member %d", i),
			ORG_OPERATOR, sectors[i], 0);
}

/*
 * A world of its own for each row: the sectors of its operators (bits 256,
 * 512, 1024: P, S, M), and the sums that may be told.
 */
#define P 256
#define S 512
#define M 1024
static const struct sums {
	int64_t sectors[MANY];
	const char *told; /* letters of sectors, and * for the whole */
} sums[] = {
	{ { P, P, P, P }, "" },
	{ { P, P, P, P, P }, "P*" },
	/* Five and five: each, and together. */
	{ { P, P, P, P, P, S, S, S, S, S }, "PS*" },
	/* The whole less P would tell of the two of S. */
	{ { P, P, P, P, P, S, S }, "P" },
	/* Three sectors of two: only together. */
	{ { P, P, S, S, M, M }, "*" },
	/* Two sectors left out, but five in them. */
	{ { P, P, P, P, P, S, S, M, M, M }, "P*" },
	/* S is P without one: the one would be told. */
	{ { P | S, P | S, P | S, P | S, P | S, P }, "P*" },
	/* The same organisations twice tell nothing more. */
	{ { P | S, P | S, P | S, P | S, P | S }, "PS*" },
};

/* The circles of all sectors that there is somebody in. */
static void
address_all(const int64_t sectors[MANY], const char *circles[])
{
	int64_t all_sectors = 0;
	size_t n = 0;

	for (int i = 0; i < MANY; i++)
		all_sectors |= sectors[i];
	for (int i = 0; i < SECTOR_COUNT; i++)
		if ((all_sectors >> i & 1) != 0)
			circles[n++] = sector_words[i];
}

static bool
is_told(const struct answer_totals *totals, size_t n, int sector)
{
	for (size_t i = 0; i < n; i++)
		if (totals[i].sector == sector)
			return true;
	return false;
}

START_TEST(sums_by_sector)
{
	const char *circles[SECTOR_COUNT + 1] = { NULL };
	const struct sums *s = &sums[_i];
	struct person *who[MANY] = { NULL };
	struct answer_totals *totals;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	populate(&w, s->sectors, who);
	d = world_draft(&w, "Asks", TLP_AMBER, NULL);
	address_all(s->sectors, circles);
	d.circles = circles;
	ref = world_create(&w, &d);
	fixture_ok(world_try_publish(&w, ref));
	give(&w, who[0], ref, ANSWER_MITIGATED);
	give(&w, who[1], ref, ANSWER_EXAMINING);
	fixture_ok(advisory_load(&w.f.ctx, ref, &a));
	fixture_ok(answer_totals(&w.f.ctx, a, &totals, &n));
	ck_assert_uint_eq(n, strlen(s->told));
	ck_assert(is_told(totals, n, 8) == (strchr(s->told, 'P') != NULL));
	ck_assert(is_told(totals, n, 9) == (strchr(s->told, 'S') != NULL));
	ck_assert(is_told(totals, n, 10) == (strchr(s->told, 'M') != NULL));
	ck_assert(is_told(totals, n, -1) == (strchr(s->told, '*') != NULL));
	for (size_t i = 0; i < n; i++) {
		ck_assert_int_ge(totals[i].organisations, ANSWER_TOTALS_FROM);
		ck_assert_int_eq(totals[i].count[ANSWER_MITIGATED] +
			totals[i].count[ANSWER_EXAMINING] + totals[i].silent,
		    totals[i].organisations);
	}
	world_close(&w);
}
END_TEST

/* Who has lost access is not counted, and can make five into four. */
START_TEST(sums_without_the_gone)
{
	static const int64_t sectors[MANY] = { P, P, P, P, P };
	struct person *who[MANY] = { NULL };
	struct answer_totals *totals;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	populate(&w, sectors, who);
	ref = world_publish(&w, "Asks", TLP_AMBER, "public-administration");
	give(&w, who[0], ref, ANSWER_MITIGATED);
	give(&w, who[1], ref, ANSWER_UNAFFECTED);
	fixture_ok(advisory_load(&w.f.ctx, ref, &a));
	fixture_ok(answer_totals(&w.f.ctx, a, &totals, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(totals[0].count[ANSWER_MITIGATED], 1);
	ck_assert_int_eq(totals[0].count[ANSWER_UNAFFECTED], 1);
	ck_assert_int_eq(totals[0].silent, 3);
	fixture_console(&w.f);
	fixture_ok(
	    organisation_suspend(&w.f.ctx, who[0]->organisation_ref, "Left"));
	fixture_as(&w.f, who[1]);
	fixture_ok(answer_totals(&w.f.ctx, a, &totals, &n));
	ck_assert_uint_eq(n, 0);
	world_close(&w);
}
END_TEST

START_TEST(no_sums_of_red)
{
	struct answer_totals *totals;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "Red", TLP_RED, "pact");
	a = world_load(&w, NAMED, ref);
	fixture_ok(answer_totals(&w.f.ctx, a, &totals, &n));
	ck_assert_uint_eq(n, 0);
	world_close(&w);
}
END_TEST

/* ---- the picture of a sector ------------------------------------------ */

static char *
asked(struct world *w, enum tlp label)
{
	struct advisory_draft d =
	    world_draft(w, "Asks", label, "public-administration");
	char *ref;

	d.answer_by_at = w->f.ctx.now_at + CLOCK_DAY;
	ref = world_create(w, &d);
	fixture_ok(world_try_publish(w, ref));
	return ref;
}

START_TEST(picture)
{
	static const int64_t sectors[MANY] = { P, P, P, P, P };
	struct person *who[MANY] = { NULL };
	struct sector_picture p;
	struct world w;
	int64_t since;
	char *ref;

	world_open(&w);
	populate(&w, sectors, who);
	world_publish(&w, "Before", TLP_GREEN, "public-administration");
	fixture_later(&w.f, CLOCK_DAY);
	since = w.f.ctx.now_at;
	ref = asked(&w, TLP_AMBER);
	asked(&w, TLP_GREEN);
	world_publish(&w, "Not asked", TLP_GREEN, "public-administration");
	fixture_ok(advisory_withdraw(&w.f.ctx, asked(&w, TLP_GREEN), "Wrong"));
	give(&w, who[0], ref, ANSWER_MITIGATED);
	give(&w, who[1], ref, ANSWER_UNAFFECTED);
	give(&w, who[2], ref, ANSWER_MITIGATING);
	fixture_ok(sector_picture(&w.f.ctx, 8, since, &p));
	ck_assert_int_eq(p.sector, 8);
	ck_assert_int_eq(p.advisories, 3);
	ck_assert_int_eq(p.organisations, 5);
	ck_assert(p.has_totals);
	ck_assert_int_eq(p.done, 2);
	ck_assert_int_eq(p.going, 1);
	ck_assert_int_eq(p.silent, 2 * 5 - 3);
	fixture_console(&w.f);
	fixture_ok(
	    organisation_suspend(&w.f.ctx, who[0]->organisation_ref, "Left"));
	fixture_ok(sector_picture(&w.f.ctx, 8, since, &p));
	ck_assert_int_eq(p.organisations, 4);
	ck_assert(!p.has_totals);
	ck_assert_int_eq(p.done + p.going + p.silent, 0);
	fixture_err(
	    sector_picture(&w.f.ctx, SECTOR_COUNT, 0, &p), ERR_NOT_FOUND);
	fixture_err(sector_picture(&w.f.ctx, -1, 0, &p), ERR_NOT_FOUND);
	world_close(&w);
}
END_TEST

UNIT_MAIN("answer", UNIT(give_and_change), UNIT(refusals), UNIT(table),
    UNIT(table_of_clear), UNIT_ROWS(sums_by_sector, sums),
    UNIT(sums_without_the_gone), UNIT(no_sums_of_red), UNIT(picture))
