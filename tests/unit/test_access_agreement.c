/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The access rule over circles of agreements: what each reader sees of items
 * of each label, from force to the end, against a written matrix.  Nothing is
 * done to the items between.
 */
#include "domain/access.h"

#include "domain/advisory.h"
#include "domain/audience.h"
#include "pact.h"

enum {
	BOTH = 1 << GRID | 1 << CERT,
	THREE = BOTH | 1 << WATER,
	FOUR = THREE | 1 << BANK,
	SHORT_DAYS = 40
};

enum reader {
	AUTHOR,	     /* of GRID; always named */
	COLLEAGUE,   /* of GRID, not named */
	ALLY,	     /* of CERT, named */
	DEPUTY,	     /* of CERT, not named */
	WATERMAN,    /* of WATER, named */
	BANKER,	     /* of BANK, named */
	AGENT,	     /* of AGENCY, named */
	OUTSIDER,    /* a member in none of them, named */
	AUDITOR_ITS, /* that the agreements name */
	HOUSE,	     /* the keeper */
	NOBODY,	     /* is signed in */
	READER__MAX
};
static const char letters[READER__MAX + 1] = "AcCdWBYMTKV";
#define ALL "AcCdWBYMTKV"
#define MEMBERS "AcCdWBYM"

/* Circles, by the agreement that opens each. */
enum opened {
	WIDE,  /* GRID, CERT, WATER, BANK: up to TLP:RED */
	LOW,   /* GRID, CERT, WATER: up to TLP:GREEN */
	SHORT, /* GRID, CERT, AGENCY: up to TLP:RED, for forty days */
	OPENED__MAX
};

static const struct item {
	enum tlp label;
	enum opened circle;
	bool is_for_all; /* the community's circle, too */
} items[] = {
	{ TLP_CLEAR, WIDE, false },
	{ TLP_GREEN, WIDE, false },
	{ TLP_AMBER, WIDE, false },
	{ TLP_AMBER_STRICT, WIDE, false },
	{ TLP_RED, WIDE, false },
	{ TLP_GREEN, LOW, false },
	{ TLP_GREEN, SHORT, false },
	{ TLP_RED, SHORT, false },
	{ TLP_AMBER, SHORT, true },
};
enum { ITEMS = sizeof(items) / sizeof(items[0]) };

struct scene {
	struct pact p;
	struct person *who[READER__MAX];
	char *ref[OPENED__MAX];	   /* of the agreement in force */
	char *circle[OPENED__MAX]; /* ref */
	char *item[ITEMS];
};

/* ---- what happens ------------------------------------------------------ */

static void
nothing(struct scene *s)
{
	(void)s;
}

static void
suspend(struct scene *s)
{
	fixture_ok(agreement_suspend(
	    pact_as(&s->p, CERT), s->ref[WIDE], 1, "water", "Stolen"));
}

static void
give_notice(struct scene *s)
{
	bool is_for_all;
	int64_t leaves_at;

	fixture_ok(agreement_notice(pact_as(&s->p, BANK), s->ref[WIDE], 1,
	    "Enough", &leaves_at, &is_for_all));
}

static void
pass_month(struct scene *s)
{
	fixture_later(&s->p.f, 31 * CLOCK_DAY);
}

static void
resume(struct scene *s)
{
	fixture_ok(
	    agreement_resume(pact_as(&s->p, CERT), s->ref[WIDE], 1, "water"));
}

static void
pass_days(struct scene *s)
{
	fixture_later(&s->p.f, 10 * CLOCK_DAY);
}

static void
keeper_suspends(struct scene *s, const char *organisation)
{
	fixture_console(&s->p.f);
	fixture_later(&s->p.f, CLOCK_S);
	fixture_ok(organisation_suspend(&s->p.f.ctx, organisation, "Gone"));
}

static void
keeper_reinstates(struct scene *s, const char *organisation)
{
	fixture_console(&s->p.f);
	fixture_later(&s->p.f, CLOCK_S);
	fixture_ok(organisation_reinstate(&s->p.f.ctx, organisation));
}

/* The keeper's yes is not the other parties'. */
static void
pass_keeper(struct scene *s)
{
	keeper_suspends(s, "water");
	keeper_reinstates(s, "water");
}

static void
suspend_ally(struct scene *s)
{
	keeper_suspends(s, "cert");
}

static void
reinstate_ally(struct scene *s)
{
	keeper_reinstates(s, "cert");
}

/* Another party, a lower label, and not at once. */
static void
amend(struct scene *s)
{
	struct agreement_input in = pact_input(&s->p, THREE | 1 << AGENCY);
	struct agreement_fault fault;
	struct agreement_version *v;
	char *next;

	in.from_at = s->p.f.ctx.now_at + 5 * CLOCK_DAY;
	fixture_ok(agreement_amend(pact_as(&s->p, GRID), s->ref[WIDE], &next));
	fixture_ok(agreement_load_draft(&s->p.f.ctx, next, &v));
	fixture_ok(agreement_save(&s->p.f.ctx, next, v->edit, &in, &fault));
	fixture_ok(pact_try(&s->p, GRID, next, &fault));
	pact_sign(&s->p, next, AGENCY);
	pact_sign(&s->p, next, CERT);
	pact_sign(&s->p, next, GRID);
	ck_assert(pact_sign(&s->p, next, WATER));
	s->ref[WIDE] = next;
}

static void
terminate(struct scene *s)
{
	static const enum member parties[] = { GRID, CERT, WATER, AGENCY };
	bool is_last = false;

	for (size_t i = 0; i < sizeof(parties) / sizeof(parties[0]); i++)
		fixture_ok(agreement_terminate(
		    pact_as(&s->p, parties[i]), s->ref[WIDE], 1, &is_last));
	ck_assert(is_last);
}

/* ---- the matrix -------------------------------------------------------- */

static const struct phase {
	const char *what;
	void (*happens)(struct scene *);
	const char *readers[ITEMS]; /* clear green amber strict red, … */
} phases[] = {
	{ "in force", nothing,
	    { ALL, "AcCdWB", "AcCdWB", "AcCdWB", "ACWB", "AcCdW", "AcCdY",
		"ACY", MEMBERS } },
	{ "one suspended", suspend,
	    { ALL, "AcCdB", "AcCdB", "AcCdB", "ACB", "AcCdW", "AcCdY", "ACY",
		MEMBERS } },
	{ "suspended still", pass_keeper,
	    { ALL, "AcCdB", "AcCdB", "AcCdB", "ACB", "AcCdW", "AcCdY", "ACY",
		MEMBERS } },
	{ "notice given", give_notice,
	    { ALL, "AcCdB", "AcCdB", "AcCdB", "ACB", "AcCdW", "AcCdY", "ACY",
		MEMBERS } },
	{ "one left", pass_month,
	    { ALL, "AcCd", "AcCd", "AcCd", "AC", "AcCdW", "AcCdY", "ACY",
		MEMBERS } },
	{ "resumed", resume,
	    { ALL, "AcCdW", "AcCdW", "AcCdW", "ACW", "AcCdW", "AcCdY", "ACY",
		MEMBERS } },
	{ "the short one ended", pass_days,
	    { ALL, "AcCdW", "AcCdW", "AcCdW", "ACW", "AcCdW", "Ac", "A",
		MEMBERS } },
	{ "suspended by the keeper", suspend_ally,
	    { ALL, "AcW", "AcW", "AcW", "AW", "AcW", "Ac", "A", "AcWBYM" } },
	{ "reinstated", reinstate_ally,
	    { ALL, "AcCdW", "AcCdW", "AcCdW", "ACW", "AcCdW", "Ac", "A",
		MEMBERS } },
	{ "a successor to come", amend,
	    { ALL, "AcCdW", "AcCdW", "AcCdW", "ACW", "AcCdW", "Ac", "A",
		MEMBERS } },
	{ "the successor", pass_days,
	    { ALL, "AcCdWY", "AcCdWY", "Ac", "A", "AcCdW", "Ac", "A",
		MEMBERS } },
	{ "terminated by all", terminate,
	    { ALL, "Ac", "Ac", "Ac", "A", "AcCdW", "Ac", "A", MEMBERS } },
};

static const struct phase *phase;

static bool
may(enum reader r, int i)
{
	return strchr(phase->readers[i], letters[r]) != NULL;
}

/* ---- before ------------------------------------------------------------ */

static void
open_circle(struct scene *s, enum opened which, unsigned members, enum tlp max)
{
	struct agreement_input in = pact_input(&s->p, members);
	struct agreement *a;

	in.max_label = max;
	in.auditor = "court";
	in.circle_name = which == WIDE ? "Wide"
	    : which == LOW	       ? "Low"
				       : "Short";
	if (which == SHORT)
		in.until_at = s->p.f.ctx.now_at + SHORT_DAYS * CLOCK_DAY;
	s->ref[which] = pact_force_input(&s->p, GRID, members, &in);
	a = pact_load(&s->p, GRID, s->ref[which]);
	ck_assert_int_eq((int)a->circle_count, 1);
	s->circle[which] = a->circles[0].ref;
}

static char *
create(struct scene *s, const struct item *item)
{
	const char *circles[3] = { s->circle[item->circle], NULL, NULL };
	const char *named[] = { s->who[ALLY]->email, s->who[WATERMAN]->email,
		s->who[BANKER]->email, s->who[AGENT]->email,
		s->who[OUTSIDER]->email, NULL };
	const char *const none[] = { NULL };
	struct advisory_draft d = {
		.title = "Matrix of readers",
		.summary = "A summary of it",
		.happened = "What happened here",
		.todo = "What to do",
		.products = "Gateway 4.0",
		.cves = "",
		.severity = SEVERITY_HIGH,
		.label = item->label,
		.sectors = 1,
		.change = "",
		.circles = circles,
		.named = item->label == TLP_RED ? named : none,
	};
	struct fault fault;
	char *ref;

	if (item->is_for_all)
		circles[1] = "community";
	fixture_ok(advisory_create(pact_as(&s->p, GRID), &d, &ref, &fault));
	return ref;
}

static enum err
publish(struct scene *s, const char *ref)
{
	struct fault fault;
	struct advisory *a;

	fixture_ok(advisory_load_draft(pact_as(&s->p, GRID), ref, &a));
	return advisory_publish(&s->p.f.ctx, ref, a->edit, &fault);
}

static void
scene_open(struct scene *s)
{
	static const enum member of[] = { [AUTHOR] = GRID,
		[ALLY] = CERT,
		[WATERMAN] = WATER,
		[BANKER] = BANK,
		[AGENT] = AGENCY };
	struct organisation *o;
	struct pact *p = &s->p;

	memset(s, 0, sizeof(*s));
	pact_open(p);
	for (int r = AUTHOR; r <= AGENT; r++)
		s->who[r] = p->who[of[r]];
	s->who[COLLEAGUE] = p->other[READER];
	s->who[DEPUTY] = fixture_person(&p->f, p->org[CERT]->ref, "Deputy", 0);
	o = fixture_organisation(&p->f, "Rail", ORG_OPERATOR, 2);
	s->who[OUTSIDER] = fixture_person(&p->f, o->ref, "Rail", 0);
	s->who[AUDITOR_ITS] = p->other[COURT];
	s->who[HOUSE] = p->other[KEEPER];
	open_circle(s, WIDE, FOUR, TLP_RED);
	open_circle(s, LOW, THREE, TLP_GREEN);
	open_circle(s, SHORT, BOTH | 1 << AGENCY, TLP_RED);
	for (int i = 0; i < ITEMS; i++) {
		s->item[i] = create(s, &items[i]);
		fixture_ok(publish(s, s->item[i]));
	}
}

static void
scene_as(struct scene *s, enum reader r)
{
	if (s->who[r] == NULL)
		fixture_nobody(&s->p.f);
	else
		fixture_as(&s->p.f, s->who[r]);
}

/* ---- each path --------------------------------------------------------- */

static void
check_reason(struct scene *s, int i, enum reader r, int64_t id)
{
	const struct item *item = &items[i];
	struct access_reason why;

	fixture_ok(access_reason(&s->p.f.ctx, ACCESS_ADVISORY, id, &why));
	if (r == AUTHOR || r == COLLEAGUE) {
		ck_assert_int_eq(why.why, ACCESS_OWN);
		return;
	}
	if (why.why != ACCESS_GRANT) {
		ck_assert_int_eq(item->label, TLP_CLEAR);
		return;
	}
	ck_assert_int_ge(why.max_label, item->label);
	ck_assert_int_eq(why.is_named, item->label == TLP_RED);
	if (strcmp(why.circle_ref, "community") == 0) {
		ck_assert(item->is_for_all);
		return;
	}
	ck_assert_str_eq(why.circle_ref, s->circle[item->circle]);
	ck_assert_str_eq(why.agreement_kind, "exchange");
	if (phase->happens != amend)
		ck_assert_str_eq(why.agreement_ref, s->ref[item->circle]);
}

static void
check_load(struct scene *s, enum reader r)
{
	struct access_reason why;
	struct advisory *a;
	int64_t id;
	enum err rc;

	for (int i = 0; i < ITEMS; i++) {
		rc = advisory_load(&s->p.f.ctx, s->item[i], &a);
		ck_assert_msg(rc == (may(r, i) ? ERR_OK : ERR_NOT_FOUND),
		    "%s: item %d by %c: %s", phase->what, i, letters[r],
		    err_name(rc));
		if (rc == ERR_OK) {
			check_reason(s, i, r, a->id);
			continue;
		}
		fixture_ok(db_one_int(s->p.f.ctx.db,
		    "SELECT id FROM advisory WHERE ref = $1",
		    DB_ARGS(db_t(s->item[i])), &id));
		fixture_err(
		    access_reason(&s->p.f.ctx, ACCESS_ADVISORY, id, &why),
		    ERR_NOT_FOUND);
	}
}

static bool
has(const struct advisory_list *list, const char *ref)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->rows[i].ref, ref) == 0)
			return true;
	return false;
}

static void
check_lists(struct scene *s, enum reader r)
{
	const struct advisory_filter f = { .label = -1, .limit = 100 };
	struct ctx *ctx = &s->p.f.ctx;
	struct advisory_list list, found;
	size_t expected = 0;

	fixture_ok(advisory_list(ctx, &f, &list));
	fixture_ok(advisory_search(ctx, "matrix", &f, &found));
	for (size_t i = 0; i < list.count; i++)
		fixture_ok(advisory_row_texts(ctx, &list.rows[i]));
	for (size_t i = 0; i < found.count; i++)
		fixture_ok(advisory_row_texts(ctx, &found.rows[i]));
	for (int i = 0; i < ITEMS; i++) {
		expected += may(r, i);
		ck_assert_msg(has(&list, s->item[i]) == may(r, i),
		    "%s: item %d by %c: list", phase->what, i, letters[r]);
		ck_assert_msg(has(&found, s->item[i]) == may(r, i),
		    "%s: item %d by %c: search", phase->what, i, letters[r]);
	}
	ck_assert_uint_eq(list.count, expected);
	ck_assert_uint_eq(found.count, expected);
}

/* The rule read backwards: the same people, those of the source left out. */
static void
check_audience(struct scene *s, int i)
{
	struct audience *audience;
	struct advisory *a;
	int64_t others = 0;

	/* Of each organisation as many as are in the matrix. */
	for (int r = ALLY; r < AUDITOR_ITS; r++)
		others += may((enum reader)r, i);
	scene_as(s, AUTHOR);
	fixture_ok(advisory_load(&s->p.f.ctx, s->item[i], &a));
	fixture_ok(audience_of(
	    &s->p.f.ctx, ACCESS_ADVISORY, a->revision_id, &audience));
	ck_assert_int_eq(audience->is_public, items[i].label == TLP_CLEAR);
	if (items[i].label != TLP_CLEAR)
		ck_assert_msg(audience->people == others,
		    "%s: item %d is told to reach %d, reaches %d", phase->what,
		    i, (int)audience->people, (int)others);
}

START_TEST(matrix_over_time)
{
	struct scene s;
	char *problem;
	int64_t n;

	scene_open(&s);
	for (int t = 0; t < UNIT_COUNT(phases); t++) {
		phase = &phases[t];
		phase->happens(&s);
		for (int r = 0; r < READER__MAX; r++) {
			scene_as(&s, (enum reader)r);
			check_load(&s, (enum reader)r);
			check_lists(&s, (enum reader)r);
		}
		for (int i = 0; i < ITEMS; i++)
			check_audience(&s, i);
		pact_verify(&s.p);
	}
	fixture_ok(advisory_verify(&s.p.f.ctx, &n, &problem));
	ck_assert_ptr_null(problem);
	pact_close(&s.p);
}
END_TEST

/* A label above what the agreement carries has no readers. */
static const struct item above[] = {
	{ TLP_AMBER, LOW, false },
	{ TLP_AMBER_STRICT, LOW, false },
	{ TLP_RED, LOW, false },
};

START_TEST(above_the_agreement)
{
	struct scene s;

	scene_open(&s);
	fixture_err(publish(&s, create(&s, &above[_i])), ERR_AUDIENCE);
	pact_close(&s.p);
}
END_TEST

/* What has ended is not addressed any more. */
START_TEST(not_addressed_after_the_end)
{
	const struct item item = { TLP_GREEN, SHORT, false };
	struct circle *all;
	struct scene s;
	size_t n;

	scene_open(&s);
	fixture_ok(circle_addressable(pact_as(&s.p, GRID), &all, &n));
	ck_assert_ptr_nonnull(circle_find(all, n, s.circle[SHORT]));
	fixture_ok(circle_addressable(pact_as(&s.p, BANK), &all, &n));
	ck_assert_ptr_null(circle_find(all, n, s.circle[SHORT]));
	s.item[0] = create(&s, &item);
	fixture_later(&s.p.f, SHORT_DAYS * CLOCK_DAY);
	fixture_ok(circle_addressable(pact_as(&s.p, GRID), &all, &n));
	ck_assert_ptr_null(circle_find(all, n, s.circle[SHORT]));
	ck_assert_int_ne(publish(&s, s.item[0]), ERR_OK);
	pact_close(&s.p);
}
END_TEST

UNIT_MAIN("access by agreements", UNIT(matrix_over_time),
    UNIT_ROWS(above_the_agreement, above), UNIT(not_addressed_after_the_end))
