/* SPDX-License-Identifier: Apache-2.0 */
/* The access rule: a written matrix against every path that reads. */
#include "world.h"

#include "domain/access.h"

static const char letters[READER__MAX + 1] = "ACEWMNPLSTXKUV";

/* Who may read it once it is published.  Anybody else: nowhere. */
static const struct cell {
	enum tlp label;
	const char *circle;
	const char *readers;
	const char *draft; /* who reads the draft */
} matrix[] = {
	{ TLP_CLEAR, NULL, "ACEWMNPLSTXKUV", "AC" },
	{ TLP_CLEAR, "energy", "ACEWMNPLSTXKUV", "AC" },
	{ TLP_CLEAR, "community", "ACEWMNPLSTXKUV", "AC" },
	{ TLP_CLEAR, "pact", "ACEWMNPLSTXKUV", "AC" },
	{ TLP_GREEN, "energy", "ACE", "AC" },
	{ TLP_GREEN, "community", "ACEWMNPL", "AC" },
	{ TLP_GREEN, "pact", "ACNPL", "AC" },
	{ TLP_AMBER, "energy", "ACE", "AC" },
	{ TLP_AMBER, "community", "ACEWMNPL", "AC" },
	{ TLP_AMBER, "pact", "ACNP", "AC" },
	{ TLP_AMBER_STRICT, "energy", "ACE", "AC" },
	{ TLP_AMBER_STRICT, "community", "ACEWMNPL", "AC" },
	{ TLP_AMBER_STRICT, "pact", "ACNP", "AC" },
	{ TLP_RED, "pact", "AN", "A" },
	/* No charter carries TLP:RED: these cannot be published. */
	{ TLP_RED, "energy", NULL, "A" },
	{ TLP_RED, "community", NULL, "A" },
};

enum { CELLS = sizeof(matrix) / sizeof(matrix[0]) };

struct made {
	char *ref;
	enum advisory_state state;
	const char *readers;
};

static struct made made[CELLS * ADVISORY_STATE__MAX];
static int made_count;

static void
make(struct world *w, const struct cell *cell, enum advisory_state state)
{
	struct made *m = &made[made_count];
	struct advisory_draft d =
	    world_draft(w, "Matrix of readers", cell->label, cell->circle);

	if (state != ADVISORY_DRAFT && cell->readers == NULL)
		return;
	made_count++;
	m->state = state;
	m->readers = state == ADVISORY_DRAFT ? cell->draft : cell->readers;
	m->ref = world_create(w, &d);
	if (state != ADVISORY_DRAFT)
		fixture_ok(world_try_publish(w, m->ref));
	else if (cell->readers == NULL)
		fixture_err(world_try_publish(w, m->ref), ERR_AUDIENCE);
	if (state == ADVISORY_WITHDRAWN)
		fixture_ok(advisory_withdraw(&w->f.ctx, m->ref, "Wrong"));
}

static void
matrix_open(struct world *w)
{
	world_open(w);
	made_count = 0;
	for (int i = 0; i < CELLS; i++)
		for (int s = 0; s < ADVISORY_STATE__MAX; s++)
			make(w, &matrix[i], (enum advisory_state)s);
	ck_assert_int_eq(made_count, 14 * 3 + 2);
}

static bool
may(const struct made *m, enum reader r)
{
	return strchr(m->readers, letters[r]) != NULL;
}

/* Each path, one after another, as one kind of reader. */
static void
check_load(struct world *w, const struct made *m, enum reader r)
{
	struct advisory *a = world_load(w, r, m->ref);
	bool is_own = r == AUTHOR || r == COLLEAGUE;

	ck_assert_msg((a != NULL) == may(m, r), "%s %s by %c: load", m->ref,
	    advisory_states[m->state], letters[r]);
	if (a == NULL)
		return;
	ck_assert_int_eq(a->state, m->state);
	ck_assert_int_eq(advisory_is_own(&w->f.ctx, a), is_own);
	if (m->state == ADVISORY_WITHDRAWN && !is_own) {
		ck_assert_str_eq(a->summary, "");
		ck_assert_str_eq(a->happened, "");
		ck_assert_str_eq(a->todo, "");
		ck_assert_str_eq(a->products, "");
		ck_assert_str_eq(a->cves, "");
		ck_assert_str_eq(a->withdrawn_why, "Wrong");
	} else {
		ck_assert_str_eq(a->happened, "What happened here");
	}
	ck_assert_msg(a->named[0] == NULL || is_own, "names are told");
}

static void
check_reason(struct world *w, const struct made *m, enum reader r)
{
	int64_t id;
	struct access_reason why;
	enum err rc;

	fixture_ok(
	    db_one_int(w->f.ctx.db, "SELECT id FROM advisory WHERE ref = $1",
		DB_ARGS(db_t(m->ref)), &id));
	world_as(w, r);
	rc = access_reason(&w->f.ctx, ACCESS_ADVISORY, id, &why);
	ck_assert_msg((rc == ERR_OK) == may(m, r), "%s by %c: reason %s",
	    m->ref, letters[r], err_name(rc));
	if (rc != ERR_OK) {
		fixture_err(rc, ERR_NOT_FOUND);
		return;
	}
	if (r == AUTHOR || r == COLLEAGUE)
		ck_assert_int_eq(why.why, ACCESS_OWN);
	else if (strchr("STXKUV", letters[r]) != NULL)
		ck_assert_int_eq(why.why, ACCESS_PUBLIC);
	if (why.why == ACCESS_GRANT) {
		ck_assert_ptr_nonnull(why.circle_ref);
		ck_assert_str_eq(why.agreement_kind, "charter");
		ck_assert_int_gt(why.signed_at, 0);
	}
}

static void
check_lists(struct world *w, const struct advisory_list *list,
    const struct advisory_list *found, enum reader r)
{
	size_t expected = 0;

	for (int i = 0; i < made_count; i++) {
		const struct made *m = &made[i];
		bool is_listed = may(m, r) && m->state != ADVISORY_DRAFT;

		expected += is_listed;
		ck_assert_msg(world_has(list, m->ref) == is_listed,
		    "%s %s by %c: list", m->ref, advisory_states[m->state],
		    letters[r]);
		ck_assert_msg(world_has(found, m->ref) == is_listed,
		    "%s %s by %c: search", m->ref, advisory_states[m->state],
		    letters[r]);
	}
	ck_assert_uint_eq(list->count, expected);
	ck_assert_uint_eq(found->count, expected);
	(void)w;
}

static void
check_drafts(struct world *w, enum reader r)
{
	struct advisory_filter filter = {
		.label = -1, .is_draft = true, .limit = 100
	};
	struct advisory_list list;

	world_as(w, r);
	world_list(w, &filter, &list);
	for (int i = 0; i < made_count; i++)
		ck_assert_msg(world_has(&list, made[i].ref) ==
			(made[i].state == ADVISORY_DRAFT && may(&made[i], r)),
		    "%s by %c: drafts", made[i].ref, letters[r]);
}

START_TEST(matrix_of_readers)
{
	struct advisory_filter filter = { .label = -1, .limit = 100 };
	struct advisory_list list, found;
	struct world w;

	matrix_open(&w);
	for (int r = 0; r < READER__MAX; r++) {
		for (int i = 0; i < made_count; i++) {
			check_load(&w, &made[i], (enum reader)r);
			check_reason(&w, &made[i], (enum reader)r);
		}
		world_as(&w, (enum reader)r);
		world_list(&w, &filter, &list);
		fixture_ok(
		    advisory_search(&w.f.ctx, "matrix", &filter, &found));
		for (size_t i = 0; i < found.count; i++)
			fixture_ok(
			    advisory_row_texts(&w.f.ctx, &found.rows[i]));
		check_lists(&w, &list, &found, (enum reader)r);
		check_drafts(&w, (enum reader)r);
	}
	world_verify(&w);
	world_close(&w);
}
END_TEST

/*
 * The rule read backwards names the same people: of each organisation as
 * many as there are active people for whom loading works.
 */
static int64_t
loading_people(struct world *w, const char *organisation, const char *ref)
{
	struct person *people;
	struct advisory *a;
	int64_t n = 0;
	size_t count;

	fixture_console(&w->f);
	fixture_ok(person_list(&w->f.ctx, organisation, &people, &count));
	for (size_t i = 0; i < count; i++) {
		if (people[i].state != PERSON_ACTIVE)
			continue;
		fixture_as(&w->f, &people[i]);
		n += advisory_load(&w->f.ctx, ref, &a) == ERR_OK;
		fixture_console(&w->f);
	}
	return n;
}

static int64_t
told_people(const struct audience *audience, const char *organisation)
{
	for (size_t i = 0; i < audience->count; i++)
		if (strcmp(audience->rows[i].organisation_ref, organisation) ==
		    0)
			return audience->rows[i].people;
	return 0;
}

static void
check_audience(struct world *w, const struct made *m)
{
	struct organisation *all;
	struct audience *audience;
	struct advisory *a = world_load(w, AUTHOR, m->ref);
	int64_t loading, others = 0;
	bool is_there;
	size_t n;

	fixture_ok(
	    audience_of(&w->f.ctx, ACCESS_ADVISORY, a->revision_id, &audience));
	fixture_ok(audience_is_there(
	    &w->f.ctx, ACCESS_ADVISORY, a->revision_id, &is_there));
	ck_assert_int_eq(is_there, !audience_is_empty(audience));
	fixture_console(&w->f);
	fixture_ok(organisation_list(&w->f.ctx, &all, &n));
	for (size_t i = 0; i < n; i++) {
		/* Nobody of a suspended one can sign in. */
		loading = all[i].is_suspended
		    ? 0
		    : loading_people(w, all[i].ref, m->ref);
		ck_assert_msg(told_people(audience, all[i].ref) == loading,
		    "%s: %s is told %d, loads %d", m->ref, all[i].ref,
		    (int)told_people(audience, all[i].ref), (int)loading);
		if (all[i].id != w->who[AUTHOR]->organisation)
			others += loading;
	}
	ck_assert_int_eq(audience->people, others);
	ck_assert_int_eq(audience->is_public, a->label == TLP_CLEAR);
	ck_assert(!audience_is_empty(audience));
}

START_TEST(audience_is_who_can_load)
{
	struct world w;
	char *token;

	matrix_open(&w);
	/* They will, once they have a password; and no more. */
	fixture_invited(
	    &w.f, w.who[ENERGY]->organisation_ref, "Invited", 0, &token);
	for (int i = 0; i < made_count; i++)
		if (made[i].state == ADVISORY_PUBLISHED)
			check_audience(&w, &made[i]);
	world_close(&w);
}
END_TEST

/* Access is asked for when somebody reads: nothing has to be copied. */
START_TEST(grants_are_read_now)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Now", TLP_AMBER, "energy");
	ck_assert_ptr_nonnull(world_load(&w, ENERGY, ref));
	ck_assert_ptr_null(world_load(&w, LATER, ref));
	ck_assert_ptr_null(world_load(&w, SUSPENDED, ref));
	fixture_later(&w.f, CLOCK_DAY);
	ck_assert_ptr_nonnull(world_load(&w, LATER, ref));

	fixture_console(&w.f);
	fixture_ok(organisation_suspend(
	    &w.f.ctx, w.who[ENERGY]->organisation_ref, "Left"));
	ck_assert_ptr_null(world_load(&w, ENERGY, ref));
	fixture_console(&w.f);
	fixture_later(&w.f, CLOCK_S);
	fixture_ok(
	    organisation_reinstate(&w.f.ctx, w.who[ENERGY]->organisation_ref));
	ck_assert_ptr_nonnull(world_load(&w, ENERGY, ref));
	world_close(&w);
}
END_TEST

/* A suspended source reads not even its own. */
START_TEST(suspended_source)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Own", TLP_AMBER, "energy");
	fixture_console(&w.f);
	fixture_ok(organisation_suspend(
	    &w.f.ctx, w.who[AUTHOR]->organisation_ref, "Left"));
	ck_assert_ptr_null(world_load(&w, AUTHOR, ref));
	ck_assert_ptr_nonnull(world_load(&w, ENERGY, ref));
	world_close(&w);
}
END_TEST

/* The most particular reason is told. */
START_TEST(strongest_reason)
{
	const char *both[] = { "community", "energy", NULL };
	struct access_reason why;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "Both", TLP_AMBER, NULL);
	d.circles = both;
	ref = world_create(&w, &d);
	fixture_ok(world_try_publish(&w, ref));
	a = world_load(&w, ENERGY, ref);
	fixture_ok(access_reason(&w.f.ctx, ACCESS_ADVISORY, a->id, &why));
	ck_assert_str_eq(why.circle_ref, "energy");
	ck_assert_int_eq(why.max_label, TLP_AMBER_STRICT);
	a = world_load(&w, WATER, ref);
	fixture_ok(access_reason(&w.f.ctx, ACCESS_ADVISORY, a->id, &why));
	ck_assert_str_eq(why.circle_ref, "community");
	ck_assert(!why.is_named);
	ref = world_publish(&w, "Red", TLP_RED, "pact");
	a = world_load(&w, NAMED, ref);
	fixture_ok(access_reason(&w.f.ctx, ACCESS_ADVISORY, a->id, &why));
	ck_assert_str_eq(why.circle_name, "The pact");
	ck_assert(why.is_named);
	world_close(&w);
}
END_TEST

START_TEST(words_of_reach)
{
	struct access_reach reach;
	struct world w;
	const char *words;

	world_open(&w);
	world_as(&w, VISITOR);
	fixture_ok(access_reach(&w.f.ctx, &reach));
	ck_assert_int_eq(reach.own, 0);
	fixture_ok(access_words(w.f.ctx.arena, &reach, &words));
	ck_assert_str_eq(words, "c1l0");
	world_as(&w, MEMBER);
	fixture_ok(access_reach(&w.f.ctx, &reach));
	ck_assert(access_reach_has(&reach, 1, TLP_CLEAR));
	ck_assert(!access_reach_has(&reach, 1, TLP_GREEN));
	ck_assert(access_reach_has(&reach, 2, TLP_AMBER_STRICT));
	ck_assert(!access_reach_has(&reach, 2, TLP_RED));
	ck_assert(!access_reach_has(&reach, 3, TLP_CLEAR));
	ck_assert(access_reach_has(&reach, reach.own, TLP_RED));
	ck_assert(!access_reach_has(&reach, 0, TLP_CLEAR));
	ck_assert(!access_reach_has(&reach, INT64_MAX, TLP_CLEAR));
	fixture_ok(access_words(w.f.ctx.arena, &reach, &words));
	ck_assert_ptr_nonnull(strstr(words, "c1l0 OR c2l3"));
	world_close(&w);
}
END_TEST

static int64_t
newest_in(const struct access_reach *reach, int64_t circle)
{
	for (size_t i = 0; i < reach->count; i++)
		if (reach->circles[i].id == circle)
			return reach->circles[i].newest;
	ck_abort_msg("circle %lld is not there", (long long)circle);
}

/* What lists skip a circle by: nothing that is exactly there is skipped. */
START_TEST(newest_of_reach)
{
	struct advisory_filter f = { .label = -1 };
	struct access_reach reach;
	struct advisory_list list;
	struct world w;

	world_open(&w);
	world_as(&w, MEMBER);
	fixture_ok(access_reach_newest(&w.f.ctx, &reach));
	ck_assert_int_eq(newest_in(&reach, CIRCLE_PUBLIC_ID), 0);
	ck_assert_int_eq(newest_in(&reach, 2), 0);
	world_publish(&w, "For all", TLP_GREEN, "community");
	world_as(&w, MEMBER);
	fixture_ok(access_reach_newest(&w.f.ctx, &reach));
	ck_assert_int_eq(newest_in(&reach, CIRCLE_PUBLIC_ID), 0);
	f.since_at = newest_in(&reach, 2);
	f.reach = &reach;
	fixture_ok(advisory_list(&w.f.ctx, &f, &list));
	ck_assert_int_eq((int)list.count, 1);
	ck_assert_int_eq(list.rows[0].position, f.since_at);
	f.since_at++;
	fixture_ok(advisory_list(&w.f.ctx, &f, &list));
	ck_assert_int_eq((int)list.count, 0);
	world_close(&w);
}
END_TEST

/* An older revision for fewer readers stays with them. */
START_TEST(older_revision)
{
	const char *energy[] = { "energy", NULL };
	struct advisory_revision_row *rows;
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "Secret first", TLP_RED, "pact");
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	d = world_draft(&w, "Now for more", TLP_AMBER, NULL);
	d.circles = energy;
	fixture_ok(advisory_save(&w.f.ctx, ref, a->edit, &d, &fault));
	ck_assert_ptr_null(world_load(&w, ENERGY, ref));
	fixture_ok(world_try_publish(&w, ref));
	a = world_load(&w, ENERGY, ref);
	ck_assert_ptr_nonnull(a);
	ck_assert_str_eq(a->title, "Now for more");
	fixture_err(
	    advisory_load_revision(&w.f.ctx, ref, 1, &a), ERR_NOT_FOUND);
	fixture_ok(advisory_load_revision(&w.f.ctx, ref, 2, &a));
	fixture_ok(advisory_revisions(&w.f.ctx, a->id, &rows, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(rows[0].number, 2);
	/* Who was named has it no more; the author has both. */
	ck_assert_ptr_null(world_load(&w, NAMED, ref));
	fixture_err(
	    advisory_load_revision(&w.f.ctx, ref, 1, &a), ERR_NOT_FOUND);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_load_revision(&w.f.ctx, ref, 1, &a));
	ck_assert_str_eq(a->title, "Secret first");
	fixture_ok(advisory_revisions(&w.f.ctx, a->id, &rows, &n));
	ck_assert_uint_eq(n, 2);
	world_as(&w, COLLEAGUE);
	fixture_err(
	    advisory_load_revision(&w.f.ctx, ref, 1, &a), ERR_NOT_FOUND);
	world_verify(&w);
	world_close(&w);
}
END_TEST

UNIT_MAIN("access", UNIT(matrix_of_readers), UNIT(audience_is_who_can_load),
    UNIT(grants_are_read_now), UNIT(suspended_source), UNIT(strongest_reason),
    UNIT(words_of_reach), UNIT(newest_of_reach), UNIT(older_revision))
