/* SPDX-License-Identifier: Apache-2.0 */
/* What Today says of the library. */
#include "library.h"

#include "domain/document_review.h"
#include "domain/document_today.h"
#include "domain/subscription.h"

enum { ENERGY_BIT = 1, WATER_BIT = 8, MEASURE_A = 1, MEASURE_C = 4 };

static void
subscribe(struct world *w, enum reader r, int64_t sectors, int64_t measures)
{
	world_as(w, r);
	fixture_ok(subscription_set(
	    &w->f.ctx, &(struct subscription){ sectors, measures }));
}

static char *
publish(struct world *w, const char *title, const char *circle, int64_t sectors,
    int64_t measures)
{
	struct document_draft d = library_draft(w, title, TLP_GREEN, circle);
	char *ref;

	d.sectors = sectors;
	d.measures = measures;
	ref = library_create(w, &d, library_file(w, "a.txt", title));
	fixture_ok(library_try_publish(w, ref));
	return ref;
}

/* Titles, newest first, "+" where there are more. */
static const char *
news(struct world *w, enum reader r, int limit)
{
	struct document_list list;
	const char *out = "";

	world_as(w, r);
	fixture_ok(document_news(&w->f.ctx, limit, &list));
	for (size_t i = 0; i < list.count; i++)
		out =
		    arena_printf(w->f.arena, "%s%s|", out, list.rows[i].title);
	return arena_printf(w->f.arena, "%s%s", out, list.next ? "+" : "");
}

/* What it is for, what it helps with; what somebody wants to hear of. */
static const struct match {
	int64_t sectors, measures;
	int64_t want_sectors, want_measures;
	bool is_news;
} matches[] = {
	{ ENERGY_BIT, 0, ENERGY_BIT, 0, true },
	{ ENERGY_BIT | WATER_BIT, 0, ENERGY_BIT, 0, true },
	{ WATER_BIT, 0, ENERGY_BIT, 0, false },
	/* For all sectors is for each. */
	{ 0, 0, ENERGY_BIT, 0, true },
	{ 0, MEASURE_A, 0, MEASURE_A, true },
	{ 0, MEASURE_A, 0, MEASURE_C, false },
	{ 0, 0, 0, MEASURE_C, false },
	/* Either will do. */
	{ WATER_BIT, MEASURE_A, ENERGY_BIT, MEASURE_A, true },
	{ ENERGY_BIT, MEASURE_A, ENERGY_BIT, MEASURE_C, true },
	{ WATER_BIT, MEASURE_A, ENERGY_BIT, MEASURE_C, false },
	{ ENERGY_BIT, MEASURE_A, 0, 0, false },
};

START_TEST(what_is_wanted)
{
	const struct match *m = &matches[_i];
	struct world w;

	world_open(&w);
	publish(&w, "New", "community", m->sectors, m->measures);
	subscribe(&w, ENERGY, m->want_sectors, m->want_measures);
	ck_assert_str_eq(news(&w, ENERGY, 5), m->is_news ? "New|" : "");
	world_close(&w);
}
END_TEST

/* Until it is opened, for a month; not the own ones; by the access rule. */
START_TEST(until_it_is_opened)
{
	struct document *d;
	struct world w;
	char *ref;

	world_open(&w);
	ref = publish(&w, "Ours", "community", ENERGY_BIT, 0);
	publish(&w, "Theirs", "pact", ENERGY_BIT, 0);
	for (int r = 0; r < VISITOR; r++)
		subscribe(&w, (enum reader)r, ENERGY_BIT, 0);
	ck_assert_str_eq(news(&w, ENERGY, 5), "Ours|");
	ck_assert_str_eq(news(&w, NAMED, 5), "Theirs|Ours|");
	ck_assert_str_eq(news(&w, NAMED, 1), "Theirs|+");
	ck_assert_str_eq(news(&w, LATER, 5), "");
	ck_assert_str_eq(news(&w, SUSPENDED, 5), "");
	ck_assert_str_eq(news(&w, AUDITOR, 5), "");
	ck_assert_str_eq(news(&w, AUTHOR, 5), "");
	ck_assert_str_eq(news(&w, COLLEAGUE, 5), "");
	ck_assert_str_eq(news(&w, VISITOR, 5), "");
	d = library_load(&w, ENERGY, ref);
	fixture_ok(document_note(&w.f.ctx, d, false));
	ck_assert_str_eq(news(&w, ENERGY, 5), "");
	ck_assert_str_eq(news(&w, WATER, 5), "Ours|");
	fixture_later(&w.f, DOCUMENT_NEWS_DAYS * CLOCK_DAY - CLOCK_HOUR);
	ck_assert_str_eq(news(&w, WATER, 5), "Ours|");
	fixture_later(&w.f, 2 * CLOCK_HOUR);
	ck_assert_str_eq(news(&w, WATER, 5), "");
	world_close(&w);
}
END_TEST

START_TEST(a_new_version_is_news)
{
	struct document_draft draft;
	struct fault fault;
	struct document *d;
	struct world w;
	char *ref;

	world_open(&w);
	ref = publish(&w, "First", "community", ENERGY_BIT, 0);
	subscribe(&w, ENERGY, ENERGY_BIT, 0);
	d = library_load(&w, ENERGY, ref);
	fixture_ok(document_note(&w.f.ctx, d, false));
	draft = library_draft(&w, "Second", TLP_GREEN, "community");
	world_as(&w, AUTHOR);
	fixture_ok(document_revise(&w.f.ctx, ref));
	fixture_ok(document_load_draft(&w.f.ctx, ref, &d));
	fixture_ok(document_save(&w.f.ctx, ref, d->edit, &draft, NULL, &fault));
	ck_assert_str_eq(news(&w, ENERGY, 5), "");
	fixture_ok(library_try_publish(&w, ref));
	ck_assert_str_eq(news(&w, ENERGY, 5), "Second|");
	world_as(&w, AUTHOR);
	fixture_ok(document_withdraw(&w.f.ctx, ref, "Wrong"));
	ck_assert_str_eq(news(&w, ENERGY, 5), "");
	world_close(&w);
}
END_TEST

/* ---- due ------------------------------------------------------------------- */

/* "title review|title changes Grid|" */
static const char *
dues(struct world *w, enum reader r)
{
	struct document_due_row *rows;
	const char *out = "";
	size_t n;

	world_as(w, r);
	fixture_ok(document_dues(&w->f.ctx, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].why == DOCUMENT_DUE_REVIEW)
			out = arena_printf(w->f.arena, "%s%s by %d|", out,
			    rows[i].title,
			    (int)((rows[i].review_by_at - w->f.ctx.now_at) /
				CLOCK_DAY));
		else
			out = arena_printf(w->f.arena, "%s%s: %s|", out,
			    rows[i].title, rows[i].organisation_name);
	return out;
}

static char *
publish_until(struct world *w, const char *title, enum tlp label, int days)
{
	struct document_draft d = library_draft(
	    w, title, label, label == TLP_RED ? "pact" : "energy");
	const char *const named[] = { w->who[AUTHOR]->email,
		w->who[NAMED]->email, NULL };
	char *ref;

	if (label == TLP_RED)
		d.named = named;
	if (days > 0)
		d.review_by_at =
		    w->f.ctx.now_at + days * CLOCK_DAY + CLOCK_HOUR;
	ref = library_create(w, &d, library_file(w, "a.txt", title));
	fixture_ok(library_try_publish(w, ref));
	return ref;
}

START_TEST(near_its_date)
{
	struct world w;
	char *soon;

	world_open(&w);
	publish_until(&w, "Later", TLP_GREEN, 60);
	soon = publish_until(&w, "Soon", TLP_GREEN, 29);
	publish_until(&w, "Sooner", TLP_GREEN, 3);
	publish_until(&w, "Never", TLP_GREEN, 0);
	publish_until(&w, "Red", TLP_RED, 10);
	ck_assert_str_eq(dues(&w, AUTHOR), "Sooner by 3|Red by 10|Soon by 29|");
	/* Of TLP:RED who is not named is not told. */
	ck_assert_str_eq(dues(&w, COLLEAGUE), "Sooner by 3|Soon by 29|");
	ck_assert_str_eq(dues(&w, ENERGY), "");
	ck_assert_str_eq(dues(&w, VISITOR), "");
	fixture_later(&w.f, 5 * CLOCK_DAY);
	ck_assert_str_eq(dues(&w, COLLEAGUE), "Sooner by -1|Soon by 24|");
	world_as(&w, AUTHOR);
	fixture_ok(document_withdraw(&w.f.ctx, soon, "Old"));
	ck_assert_str_eq(dues(&w, COLLEAGUE), "Sooner by -1|");
	world_close(&w);
}
END_TEST

static void
review(struct world *w, enum reader r, const char *ref, enum verdict_word v)
{
	struct document *d = library_load(w, r, ref);

	fixture_later(&w->f, CLOCK_S);
	fixture_ok(
	    document_review_give(&w->f.ctx, ref, d->version, v, "Because"));
}

START_TEST(changes_are_asked_for)
{
	struct document_draft draft;
	struct fault fault;
	struct document *d;
	struct world w;
	char *one, *other;

	world_open(&w);
	one = publish(&w, "One", "community", 0, 0);
	other = publish(&w, "Other", "community", 0, 0);
	review(&w, ENERGY, one, REVIEW_CHANGES);
	review(&w, WATER, one, REVIEW_CHANGES);
	review(&w, WATER, other, REVIEW_RESERVATIONS);
	review(&w, MEMBER, other, REVIEW_CHANGES);
	ck_assert_str_eq(
	    dues(&w, AUTHOR), "Other: Ministry|One: Waterworks|One: Grid|");
	ck_assert_str_eq(dues(&w, ENERGY), "");
	/* Its newest verdict counts. */
	review(&w, WATER, one, REVIEW_REVIEWED);
	ck_assert_str_eq(dues(&w, AUTHOR), "Other: Ministry|One: Grid|");
	review(&w, WATER, one, REVIEW_CHANGES);
	ck_assert_str_eq(
	    dues(&w, AUTHOR), "One: Waterworks|Other: Ministry|One: Grid|");
	/* A new version is what was asked for. */
	draft = library_draft(&w, "One, better", TLP_GREEN, "community");
	fixture_ok(document_revise(&w.f.ctx, one));
	fixture_ok(document_load_draft(&w.f.ctx, one, &d));
	fixture_ok(document_save(&w.f.ctx, one, d->edit, &draft, NULL, &fault));
	fixture_ok(library_try_publish(&w, one));
	ck_assert_str_eq(dues(&w, AUTHOR), "Other: Ministry|");
	world_close(&w);
}
END_TEST

UNIT_MAIN("document_today", UNIT_ROWS(what_is_wanted, matches),
    UNIT(until_it_is_opened), UNIT(a_new_version_is_news), UNIT(near_its_date),
    UNIT(changes_are_asked_for))
