/* SPDX-License-Identifier: Apache-2.0 */
/* Lists: order, pages, filters, what awaits whom, and how they are sought. */
#include "world.h"

static struct advisory_list list;

static size_t
listed(struct world *w, enum reader r, const struct advisory_filter *f)
{
	world_as(w, r);
	world_list(w, f, &list);
	return list.count;
}

START_TEST(newest_first_by_pages)
{
	struct advisory_filter f = { .label = -1, .limit = 4 };
	struct world w;
	int64_t last = INT64_MAX;
	size_t rows = 0;

	world_open(&w);
	for (int i = 0; i < 5; i++) {
		/* In two circles of the reader's, and of nobody's. */
		world_publish(&w, "One", TLP_CLEAR, "energy");
		world_publish(&w, "Two", TLP_GREEN, "community");
		world_publish(&w, "Three", TLP_GREEN, "water");
	}
	do {
		listed(&w, ENERGY, &f);
		for (size_t i = 0; i < list.count; i++) {
			ck_assert_int_lt(list.rows[i].position, last);
			last = list.rows[i].position;
			ck_assert_str_ne(list.rows[i].title, "Three");
		}
		rows += list.count;
		f.before = list.next;
	} while (list.next != 0);
	ck_assert_uint_eq(rows, 10);
	world_close(&w);
}
END_TEST

/* Limits that are asked for, and rows that come of 30. */
static const struct {
	int limit, rows;
} limits[] = { { 0, 25 }, { -1, 25 }, { 1, 1 }, { 30, 30 }, { 31, 30 },
	{ 1000, 30 } };

START_TEST(limit)
{
	struct advisory_filter f = { .label = -1, .limit = limits[_i].limit };
	struct world w;

	world_open(&w);
	for (int i = 0; i < 30; i++)
		world_publish(&w, "Row", TLP_GREEN, "energy");
	ck_assert_int_eq((int)listed(&w, ENERGY, &f), limits[_i].rows);
	ck_assert_int_eq(list.next != 0, limits[_i].rows < 30);
	world_close(&w);
}
END_TEST

START_TEST(columns)
{
	struct advisory_filter f = { .label = -1 };
	const struct advisory_row *row;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "Title", TLP_AMBER, "energy");
	d.answer_by_at = w.f.ctx.now_at + CLOCK_DAY;
	ref = world_create(&w, &d);
	fixture_ok(world_try_publish(&w, ref));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	row = &list.rows[0];
	ck_assert_str_eq(row->ref, ref);
	ck_assert_str_eq(row->title, "Title");
	ck_assert_str_eq(row->summary, "A summary of it");
	ck_assert_str_eq(
	    row->organisation_name, w.who[AUTHOR]->organisation_name);
	ck_assert_int_eq(row->state, ADVISORY_PUBLISHED);
	ck_assert_int_eq(row->revision, 1);
	ck_assert_int_eq(row->label, TLP_AMBER);
	ck_assert_int_eq(row->severity, SEVERITY_HIGH);
	ck_assert_int_eq(row->sectors, 1);
	ck_assert_int_eq(row->published_at, w.f.ctx.now_at);
	ck_assert_int_eq(row->answer_by_at, d.answer_by_at);
	ck_assert(row->is_unread);
	ck_assert(!row->is_own);
	ck_assert_ptr_null(row->answer);

	a = world_load(&w, ENERGY, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	fixture_ok(answer_give(&w.f.ctx, a, ANSWER_MITIGATING, "", 0));
	listed(&w, ENERGY, &f);
	ck_assert(!list.rows[0].is_unread);
	ck_assert_str_eq(list.rows[0].answer, "mitigating");
	listed(&w, AUTHOR, &f);
	ck_assert(list.rows[0].is_own);
	ck_assert(!list.rows[0].is_unread);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Wrong"));
	listed(&w, ENERGY, &f);
	ck_assert_str_eq(list.rows[0].summary, "");
	ck_assert_int_eq(list.rows[0].state, ADVISORY_WITHDRAWN);
	listed(&w, AUTHOR, &f);
	ck_assert_str_eq(list.rows[0].summary, "A summary of it");
	world_close(&w);
}
END_TEST

/* Filters on three advisories: A (energy), B (water sector), C (red-free). */
static const struct filtered {
	struct advisory_filter f;
	const char *titles; /* of those found, newest first */
} filters[] = {
	{ { .label = -1 }, "CBA" },
	{ { .label = TLP_AMBER }, "B" },
	{ { .label = TLP_RED }, "" },
	{ { .label = -1, .severity = SEVERITY_HIGH }, "CA" },
	{ { .label = -1, .severity = SEVERITY_CRITICAL }, "C" },
	{ { .label = -1, .sectors = 8 }, "B" },
	{ { .label = -1, .sectors = 1 | 8 }, "CBA" },
	{ { .label = -1, .sectors = 4 }, "" },
	{ { .label = -1, .is_own = true }, "" },
	{ { .label = TLP_GREEN, .severity = SEVERITY_CRITICAL, .sectors = 1 },
	    "C" },
};

START_TEST(filter)
{
	struct advisory_draft d;
	struct world w;

	world_open(&w);
	d = world_draft(&w, "A", TLP_GREEN, "energy");
	fixture_ok(world_try_publish(&w, world_create(&w, &d)));
	d = world_draft(&w, "B", TLP_AMBER, "energy");
	d.sectors = 8;
	d.severity = SEVERITY_LOW;
	fixture_ok(world_try_publish(&w, world_create(&w, &d)));
	d = world_draft(&w, "C", TLP_GREEN, "energy");
	d.severity = SEVERITY_CRITICAL;
	fixture_ok(world_try_publish(&w, world_create(&w, &d)));
	ck_assert_uint_eq(
	    listed(&w, ENERGY, &filters[_i].f), strlen(filters[_i].titles));
	for (size_t i = 0; i < list.count; i++)
		ck_assert_int_eq(list.rows[i].title[0], filters[_i].titles[i]);
	world_close(&w);
}
END_TEST

START_TEST(since_and_own)
{
	struct advisory_filter f = { .label = -1 };
	struct world w;

	world_open(&w);
	world_publish(&w, "Old", TLP_GREEN, "energy");
	fixture_later(&w.f, CLOCK_DAY);
	f.since_at = w.f.ctx.now_at;
	world_publish(&w, "New", TLP_GREEN, "energy");
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	ck_assert_str_eq(list.rows[0].title, "New");
	f = (struct advisory_filter){ .label = -1, .is_own = true };
	ck_assert_uint_eq(listed(&w, COLLEAGUE, &f), 2);
	ck_assert_uint_eq(listed(&w, VISITOR, &f), 0);
	world_close(&w);
}
END_TEST

/* ---- unread ----------------------------------------------------------- */

START_TEST(unread)
{
	struct advisory_filter f = { .label = -1, .is_unread = true };
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Read me", TLP_CLEAR, "energy");
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	ck_assert_uint_eq(listed(&w, COLLEAGUE, &f), 1);
	ck_assert_uint_eq(listed(&w, AUTHOR, &f), 0);
	ck_assert_uint_eq(listed(&w, VISITOR, &f), 0);
	a = world_load(&w, ENERGY, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	/* A revision is unread again, and an older one does not change it. */
	world_as(&w, AUTHOR);
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_run(&w.f,
	    "UPDATE advisory_revision SET change = 'More'"
	    " WHERE number = 2");
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	fixture_ok(world_try_publish(&w, ref));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	fixture_ok(advisory_load_revision(&w.f.ctx, ref, 1, &a));
	fixture_ok(advisory_note(&w.f.ctx, a));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	fixture_ok(advisory_note(&w.f.ctx, world_load(&w, ENERGY, ref)));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Wrong"));
	ck_assert_uint_eq(listed(&w, COLLEAGUE, &f), 0);
	world_close(&w);
}
END_TEST

/* Once, however often it is opened; red ones each time. */
START_TEST(reading_is_noted_once)
{
	struct reading_row *rows;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "Amber", TLP_AMBER, "energy");
	a = world_load(&w, ENERGY, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	fixture_later(&w.f, CLOCK_HOUR);
	fixture_ok(advisory_note(&w.f.ctx, a));
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM reading"), 2);
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM red_view"), 0);
	fixture_err(advisory_readings(&w.f.ctx, a, &rows, &n), ERR_NOT_FOUND);
	fixture_err(advisory_red_views(&w.f.ctx, a, &rows, &n), ERR_NOT_FOUND);
	a = world_load(&w, COLLEAGUE, ref);
	fixture_ok(advisory_readings(&w.f.ctx, a, &rows, &n));
	ck_assert_uint_eq(n, 2);
	/* The own person by name, the other organisation's not. */
	ck_assert_ptr_nonnull(rows[0].person_name);
	ck_assert_ptr_null(rows[1].person_name);
	ck_assert_int_eq(rows[1].people, 1);

	ref = world_publish(&w, "Red", TLP_RED, "pact");
	a = world_load(&w, NAMED, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	fixture_ok(advisory_note(&w.f.ctx, a));
	a = world_load(&w, AUTHOR, ref);
	fixture_ok(advisory_red_views(&w.f.ctx, a, &rows, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(rows[0].person_name, w.who[NAMED]->name);
	fixture_ok(advisory_readings(&w.f.ctx, a, &rows, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(rows[0].person_name, w.who[NAMED]->name);
	/* Nobody's reading is nobody's business. */
	ref = world_publish(&w, "Clear", TLP_CLEAR, NULL);
	fixture_ok(advisory_note(&w.f.ctx, world_load(&w, VISITOR, ref)));
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM reading"), 5);
	world_close(&w);
}
END_TEST

/* What cannot be noted is not shown: the error comes back. */
START_TEST(red_view_fails_closed)
{
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Red", TLP_RED, "pact");
	a = world_load(&w, NAMED, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	w.f.ctx.actor.person = 4711;
	ck_assert(advisory_note(&w.f.ctx, a) != ERR_OK);
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM red_view"), 1);
	world_close(&w);
}
END_TEST

/* ---- awaiting --------------------------------------------------------- */

static char *
ask(struct world *w, enum tlp label, const char *circle)
{
	struct advisory_draft d = world_draft(w, "Asks", label, circle);
	char *ref;

	d.answer_by_at = w->f.ctx.now_at + CLOCK_DAY;
	ref = world_create(w, &d);
	fixture_ok(world_try_publish(w, ref));
	return ref;
}

START_TEST(awaiting)
{
	struct advisory_filter f = { .label = -1, .is_awaiting = true };
	struct advisory_filter late = { .label = -1, .is_overdue = true };
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	world_publish(&w, "Asks nothing", TLP_CLEAR, "energy");
	ref = ask(&w, TLP_CLEAR, "energy");
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	ck_assert_str_eq(list.rows[0].ref, ref);
	ck_assert_uint_eq(listed(&w, ENERGY, &late), 0);
	/* The world may read it, but is not asked; nor is the source. */
	ck_assert_uint_eq(listed(&w, WATER, &f), 0);
	ck_assert_uint_eq(listed(&w, AUDITOR, &f), 0);
	ck_assert_uint_eq(listed(&w, VISITOR, &f), 0);
	ck_assert_uint_eq(listed(&w, AUTHOR, &f), 0);
	f.is_own = true;
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	f.is_own = false;
	fixture_later(&w.f, 2 * CLOCK_DAY);
	ck_assert_uint_eq(listed(&w, ENERGY, &late), 1);
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	f.is_unread = true;
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	a = world_load(&w, ENERGY, ref);
	fixture_ok(advisory_note(&w.f.ctx, a));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	f.is_unread = false;
	fixture_ok(answer_give(&w.f.ctx, a, ANSWER_EXAMINING, "", 0));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	ck_assert_uint_eq(listed(&w, ENERGY, &late), 0);
	ref = ask(&w, TLP_AMBER, "energy");
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 1);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Wrong"));
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	world_close(&w);
}
END_TEST

/* Who joins later is asked what is still open, as everybody in the circle. */
START_TEST(awaiting_who_joins)
{
	struct advisory_filter f = { .label = -1, .is_awaiting = true };
	struct person *p;
	struct world w;

	world_open(&w);
	ask(&w, TLP_AMBER, "energy");
	ask(&w, TLP_AMBER, "water");
	fixture_later(&w.f, CLOCK_HOUR);
	p = world_person(&w, "New Grid", ORG_OPERATOR, 1, 0);
	w.who[LATER] = p;
	ck_assert_uint_eq(listed(&w, LATER, &f), 1);
	world_verify(&w);
	/* A grant that ended asks nothing; one that begins again does. */
	fixture_console(&w.f);
	fixture_ok(organisation_suspend(&w.f.ctx, p->organisation_ref, "Test"));
	ck_assert_uint_eq(listed(&w, LATER, &f), 0);
	fixture_later(&w.f, CLOCK_HOUR);
	fixture_console(&w.f);
	fixture_ok(organisation_reinstate(&w.f.ctx, p->organisation_ref));
	ck_assert_uint_eq(listed(&w, LATER, &f), 1);
	world_verify(&w);
	world_close(&w);
}
END_TEST

/* ---- drafts ----------------------------------------------------------- */

START_TEST(drafts)
{
	struct advisory_filter f = { .label = -1, .is_draft = true };
	struct fault fault;
	struct advisory_draft d;
	struct world w;
	char *ref, *revised;

	world_open(&w);
	revised = world_publish(&w, "Revised", TLP_AMBER, "energy");
	ck_assert_uint_eq(listed(&w, AUTHOR, &f), 0);
	d = world_draft(&w, "Draft", TLP_AMBER, "energy");
	ref = world_create(&w, &d);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_revise(&w.f.ctx, revised));
	d.title = "The next one";
	fixture_ok(advisory_save(&w.f.ctx, revised, 1, &d, &fault));
	ck_assert_uint_eq(listed(&w, COLLEAGUE, &f), 2);
	ck_assert_str_eq(list.rows[0].ref, ref);
	ck_assert_int_eq(list.rows[0].state, ADVISORY_DRAFT);
	ck_assert_int_eq(list.rows[0].published_at, 0);
	ck_assert(!list.rows[0].is_unread);
	ck_assert_str_eq(list.rows[1].title, "The next one");
	ck_assert_uint_eq(listed(&w, ENERGY, &f), 0);
	ck_assert_uint_eq(listed(&w, VISITOR, &f), 0);
	/* In other lists there is what readers see. */
	f.is_draft = false;
	ck_assert_uint_eq(listed(&w, COLLEAGUE, &f), 1);
	ck_assert_str_eq(list.rows[0].title, "Revised");
	world_close(&w);
}
END_TEST

UNIT_MAIN("advisory_list", UNIT(newest_first_by_pages),
    UNIT_ROWS(limit, limits), UNIT(columns), UNIT_ROWS(filter, filters),
    UNIT(since_and_own), UNIT(unread), UNIT(reading_is_noted_once),
    UNIT(red_view_fails_closed), UNIT(awaiting), UNIT(awaiting_who_joins),
    UNIT(drafts))
