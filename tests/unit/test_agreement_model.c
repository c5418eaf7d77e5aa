/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ten thousand acts by chance, in twenty partnerships: after each, every
 * organisation reaches what the model says, and an act was possible when the
 * model says so.  AGREEMENT_SEED is added to the seeds; AGREEMENT_ACTS is how
 * many acts a run has, AGREEMENT_TELL says what came of it.
 */
#include "domain/access.h"
#include "domain/advisory.h"
#include "domain/agreement_store.h"

#include "agreement_model.h"
#include "pact.h"

enum { ACTS = 500, ITEMS = 400, NEWCOMER = MEMBER__MAX, DONE = 1 };

static const unsigned seeds[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20 };

struct item {
	char ref[24];
	int org, circle, label;
};

struct run {
	struct pact p;
	struct model m;
	struct arena *scratch; /* of one act */
	struct person *who[MODEL_ORGS];
	char org[MODEL_ORGS][24];
	char circle[MODEL_CIRCLES][24];
	int64_t circle_id[MODEL_CIRCLES];
	int circles, names;
	struct item item[ITEMS];
	int items;
	uint64_t random;
	unsigned seed;
	int step;
	const char *act; /* what was done last */
};

#define SURE(r, sure, ...)                                                     \
	ck_assert_msg((sure), "seed %u step %d, %s: %s", (r)->seed, (r)->step, \
	    (r)->act, arena_printf((r)->scratch, __VA_ARGS__))

/* ---- chance ------------------------------------------------------------ */

/* xorshift64*: the same on every machine. */
static int
pick(struct run *r, int n)
{
	r->random ^= r->random >> 12;
	r->random ^= r->random << 25;
	r->random ^= r->random >> 27;
	return (int)((r->random * UINT64_C(2685821657736338717) >> 33) %
	    (uint64_t)n);
}

static int
pick_org(struct run *r)
{
	int org;

	do
		org = pick(r, MODEL_ORGS);
	while (r->m.is_suspended[org]);
	return org;
}

/* A party of it mostly, or little would be possible. */
static int
pick_actor(struct run *r, const struct model_agreement *a)
{
	int org;

	if (a->n == 0 || pick(r, 5) == 0)
		return pick_org(r);
	org = a->party[pick(r, a->n)].org;
	return r->m.is_suspended[org] ? pick_org(r) : org;
}

/* Late ones more often: they are under way. */
static struct model_agreement *
pick_agreement(struct run *r)
{
	int n = r->m.count - MEMBER__MAX, back;

	back = pick(r, 3) == 0 ? pick(r, n) : pick(r, n < 12 ? n : 12);
	return &r->m.a[r->m.count - 1 - back];
}

/* One that something signed will follow later, if there is: that is rare. */
static struct model_agreement *
pick_followed(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);

	if (pick(r, 2) == 0)
		return a;
	for (int i = r->m.count - 1; i >= MEMBER__MAX; i--)
		if (r->m.a[i].replaces != MODEL_NONE &&
		    r->m.a[i].state == MODEL_SIGNED &&
		    r->m.a[i].from > r->m.now)
			return &r->m.a[r->m.a[i].replaces];
	return a;
}

static void
terms(struct run *r, int org, struct model_terms *t)
{
	memset(t, 0, sizeof(*t));
	t->label = pick(r, 5);
	t->circle = MODEL_NONE;
	t->notice_days = pick(r, 20);
	t->is_sequence = pick(r, 3) == 0;
	if (pick(r, 4) == 0)
		t->from = r->m.now + pick(r, 20) * MODEL_DAY;
	if (pick(r, 3) != 0)
		t->until = r->m.now + (pick(r, 90) + 15) * MODEL_DAY;
	if (pick(r, 20) == 0)
		t->until = r->m.now + (pick(r, 10) - 5) * MODEL_DAY;
	for (int i = 0; i < MODEL_ORGS; i++)
		if ((i == org && pick(r, 20) != 0) ||
		    (pick(r, 2) == 0 &&
			(!r->m.is_suspended[i] || pick(r, 20) == 0)))
			t->orgs[t->n++] = i;
}

static struct agreement_input
input(struct run *r, const struct model_terms *t)
{
	struct agreement_input in = pact_input(&r->p, 0);
	const char **refs =
	    arena_array(r->scratch, MODEL_ORGS + 1, sizeof(*refs));

	for (int i = 0; i < t->n; i++)
		refs[i] = r->org[t->orgs[i]];
	in.parties = refs;
	in.max_label = (enum tlp)t->label;
	in.from_at = t->from;
	in.until_at = t->until;
	in.notice_days = t->notice_days;
	in.order = t->is_sequence ? ORDER_SEQUENCE : ORDER_FREE;
	if (t->circle != MODEL_NONE)
		in.circle = r->circle[t->circle];
	else
		in.circle_name =
		    arena_printf(r->p.f.ctx.arena, "Circle %d", ++r->names);
	return in;
}

/* ---- who acts ---------------------------------------------------------- */

static struct ctx *
as(struct run *r, int org)
{
	fixture_as(&r->p.f, r->who[org]);
	r->p.f.ctx.now_at = r->m.now;
	return &r->p.f.ctx;
}

static struct ctx *
console(struct run *r)
{
	fixture_console(&r->p.f);
	r->p.f.ctx.now_at = r->m.now;
	return &r->p.f.ctx;
}

static void
expect(struct run *r, enum err rc, bool may)
{
	SURE(r, (rc == ERR_OK) == may, "%s, but the model says %s",
	    err_name(rc), may ? "possible" : "impossible");
}

/* ---- the acts: each does it and notes it ------------------------------- */

static void
act_clock(struct run *r)
{
	static const int64_t steps[] = { 1, CLOCK_S, CLOCK_HOUR, CLOCK_DAY,
		3 * CLOCK_DAY, 10 * CLOCK_DAY };

	r->act = "the clock moves";
	r->m.now += steps[pick(r, UNIT_COUNT(steps))];
}

static struct model_agreement *
add(struct run *r, const char *ref, int proposer)
{
	struct model_agreement *a = &r->m.a[r->m.count++];

	SURE(r, r->m.count <= MODEL_AGREEMENTS, "too many agreements");
	memset(a, 0, sizeof(*a));
	snprintf(a->ref, sizeof(a->ref), "%s", ref);
	a->proposer = proposer;
	a->replaces = MODEL_NONE;
	return a;
}

/* The own draft of `a` is proposed, or else thrown away. */
static enum err
try_propose(struct run *r, struct ctx *ctx, struct model_agreement *a,
    const struct model_terms *t, int org)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_version *v;
	bool may;
	enum err rc;

	fixture_ok(agreement_load_draft(ctx, a->ref, &v));
	may = model_may_propose(&r->m, a, t, org);
	rc = agreement_propose(ctx, a->ref, v->edit, a->version, &fault);
	SURE(r, (rc == ERR_OK) == may, "proposing %s: %s (%s %s)", a->ref,
	    err_name(rc), fault.field != NULL ? fault.field : "-",
	    fault.error != NULL ? fault.error : "-");
	if (rc == ERR_OK)
		model_version(a, t);
	else
		fixture_ok(agreement_discard(ctx, a->ref));
	return rc;
}

/* One of the agreements' circles that it has now, or none. */
static int
pick_circle(struct run *r, int org)
{
	int c;

	if (r->circles == 0 || pick(r, 3) != 0)
		return MODEL_NONE;
	c = pick(r, r->circles);
	return r->circle[c][0] == 'a' && model_reach(&r->m, org, c) >= 0
	    ? c
	    : MODEL_NONE;
}

static void
act_propose(struct run *r)
{
	int org = pick_org(r);
	struct agreement_fault fault;
	struct agreement_input in;
	struct model_agreement *a;
	struct model_terms t;
	struct ctx *ctx = as(r, org);
	char *ref;
	enum err rc;

	r->act = "a proposal";
	terms(r, org, &t);
	/* Mostly with all who have the circle. */
	t.circle = pick_circle(r, org);
	for (int i = 0; t.circle != MODEL_NONE && i < MODEL_ORGS; i++)
		if (!model_names(&t, i) && pick(r, 5) != 0 &&
		    model_reach(&r->m, i, t.circle) >= 0)
			t.orgs[t.n++] = i;
	in = input(r, &t);
	rc = agreement_create(ctx, &in, &ref, &fault);
	expect(r, rc, model_is_member(&r->m, org));
	if (rc != ERR_OK)
		return;
	a = add(r, ref, org);
	if (try_propose(r, ctx, a, &t, org) != ERR_OK)
		r->m.count--;
}

static void
act_revise(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);
	struct agreement_fault fault;
	struct agreement_version *v;
	struct agreement_input in;
	struct model_terms t;
	int org = pick_actor(r, a);
	struct ctx *ctx = as(r, org);
	enum err rc;

	r->act = "a new version";
	rc = agreement_revise(ctx, a->ref);
	expect(r, rc,
	    a->state == MODEL_PROPOSED && !a->is_charter &&
		model_party(a, org) != NULL && model_is_member(&r->m, org));
	if (rc != ERR_OK)
		return;
	terms(r, org, &t);
	t.circle = a->terms.circle;
	in = input(r, &t);
	fixture_ok(agreement_load_draft(ctx, a->ref, &v));
	fixture_ok(agreement_save(ctx, a->ref, v->edit, &in, &fault));
	try_propose(r, ctx, a, &t, org);
}

static void
act_follow(struct run *r)
{
	struct model_agreement *a = pick_agreement(r), *next;
	int org = pick_actor(r, a), which = (int)(a - r->m.a);
	bool is_renewal = pick(r, 2) == 0, may;
	struct agreement_fault fault;
	struct agreement_version *v;
	struct agreement_input in;
	struct ctx *ctx = as(r, org);
	struct model_terms t;
	char *ref;
	enum err rc;

	r->act = is_renewal ? "a renewal" : "an amendment";
	may = !a->is_charter && !model_has_successor(&r->m, which) &&
	    a->state == MODEL_SIGNED &&
	    model_stays(&r->m, a, model_party(a, org)) &&
	    (is_renewal || model_is_open(&r->m, a)) &&
	    model_is_member(&r->m, org);
	rc = is_renewal ? agreement_renew(ctx, a->ref, &ref)
			: agreement_amend(ctx, a->ref, &ref);
	expect(r, rc, may);
	if (rc != ERR_OK)
		return;
	terms(r, org, &t);
	/* Mostly with all who must sign. */
	if (pick(r, 4) != 0)
		for (int i = 0; i < a->n; i++)
			if (!model_names(&t, a->party[i].org))
				t.orgs[t.n++] = a->party[i].org;
	in = input(r, &t);
	t.circle = a->circles[0];
	fixture_ok(agreement_load_draft(ctx, ref, &v));
	fixture_ok(agreement_save(ctx, ref, v->edit, &in, &fault));
	next = add(r, ref, org);
	next->replaces = which;
	next->is_renewal = is_renewal;
	if (try_propose(r, ctx, next, &t, org) != ERR_OK)
		r->m.count--;
}

/* The circle of an agreement that has just been signed by all. */
static void
note_circle(struct run *r, struct ctx *ctx, struct model_agreement *a)
{
	struct agreement *loaded;

	if (a->is_charter)
		return;
	a->circle_count = 1;
	if ((a->circles[0] = a->terms.circle) != MODEL_NONE)
		return;
	fixture_ok(agreement_load(ctx, a->ref, &loaded));
	ck_assert_int_eq((int)loaded->circle_count, 1);
	a->circles[0] = r->circles;
	snprintf(r->circle[r->circles], sizeof(r->circle[0]), "%s",
	    loaded->circles[0].ref);
	r->circle_id[r->circles++] = loaded->circles[0].id;
}

static void
act_sign(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);
	struct agreement_refusal refusal;
	struct agreement_signing s = { .version = a->version };
	int org = pick_actor(r, a);
	struct ctx *ctx = as(r, org);
	struct agreement *seen;
	bool may = model_may_sign(&r->m, a, org), is_last = false;
	enum err rc;

	r->act = "a signature";
	rc = agreement_load(ctx, a->ref, &seen);
	if (rc == ERR_OK && seen->current != NULL) {
		s.digest = seen->current->digest;
		rc = agreement_sign(ctx, a->ref, &s, &is_last, &refusal);
	}
	expect(r, rc, may);
	if (rc != ERR_OK)
		return;
	SURE(r, is_last == model_sign(&r->m, a, org), "the last of %s", a->ref);
	if (is_last)
		note_circle(r, ctx, a);
}

/* All who are asked sign, one after the other: or little would be in force. */
static void
act_sign_all(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);
	struct agreement_refusal refusal;
	struct agreement_signing s = { .version = a->version };
	struct agreement *seen;
	struct ctx *ctx;
	bool is_last;

	r->act = "all signatures";
	for (int i = 0; i < a->n; i++) {
		int org = a->party[i].org;

		if (r->m.is_suspended[org] || !model_may_sign(&r->m, a, org))
			continue;
		ctx = as(r, org);
		fixture_ok(agreement_load(ctx, a->ref, &seen));
		s.digest = seen->current->digest;
		expect(r, agreement_sign(ctx, a->ref, &s, &is_last, &refusal),
		    true);
		SURE(r, is_last == model_sign(&r->m, a, org), "the last");
		if (is_last)
			note_circle(r, ctx, a);
	}
}

static void
act_notice(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);
	int org = pick_actor(r, a);
	struct model_party *p = model_party(a, org);
	int64_t leaves_at;
	bool is_for_all;
	enum err rc;

	r->act = "notice";
	rc = agreement_notice(
	    as(r, org), a->ref, a->version, "enough", &leaves_at, &is_for_all);
	expect(r, rc, model_may_act(&r->m, a, org) && !p->has_notice);
	if (rc != ERR_OK)
		return;
	model_notice(&r->m, a, org);
	SURE(r, leaves_at == p->leaves, "leaves at another time");
}

static void
act_terminate(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);
	int org = pick_actor(r, a);
	struct model_party *p = model_party(a, org);
	bool is_last, may = model_may_act(&r->m, a, org) && !a->is_charter;
	enum err rc;

	if (may && p->is_ending) {
		r->act = "keeping";
		expect(r, agreement_keep(as(r, org), a->ref, a->version), true);
		p->is_ending = false;
		return;
	}
	r->act = "ending at once";
	rc = agreement_terminate(as(r, org), a->ref, a->version, &is_last);
	expect(r, rc, may);
	if (rc == ERR_OK)
		model_agree_to_end(&r->m, a, org);
	SURE(r, rc != ERR_OK || is_last == !model_is_open(&r->m, a),
	    "the last of %s", a->ref);
}

static void
act_standing(struct run *r)
{
	struct model_agreement *a = pick_followed(r);
	int org = pick_actor(r, a);
	int on = pick(r, 5) != 0 && a->n > 0 ? a->party[pick(r, a->n)].org
					     : pick(r, MODEL_ORGS);
	struct model_party *p = model_party(a, on);
	bool is_resume = p != NULL && p->is_suspended && pick(r, 4) != 0;
	bool may = model_may_act(&r->m, a, org) && !a->is_charter &&
	    p != NULL && (p->leaves == 0 || p->leaves > r->m.now) &&
	    (org == on || !model_party(a, org)->is_suspended);
	enum err rc;

	if (is_resume) {
		r->act = "resuming a party";
		rc = agreement_resume(
		    as(r, org), a->ref, a->version, r->org[on]);
		expect(r, rc, may && (org != on || p->suspended_by == org));
	} else {
		r->act = "suspending a party";
		rc = agreement_suspend(
		    as(r, org), a->ref, a->version, r->org[on], "careful");
		expect(r, rc, may && model_may_suspend(p, org));
	}
	if (rc == ERR_OK)
		model_stand_on(&r->m, a, org, on, !is_resume);
}

static void
act_withdraw(struct run *r)
{
	struct model_agreement *a = pick_agreement(r);
	int org = pick_org(r);
	enum err rc;

	r->act = "a withdrawal";
	rc = agreement_withdraw(as(r, org), a->ref, a->version, "no more");
	expect(r, rc,
	    a->state == MODEL_PROPOSED && a->proposer == org && !a->is_charter);
	if (rc == ERR_OK)
		a->state = MODEL_WITHDRAWN;
}

/* Three stay, so that somebody can act. */
static void
act_keeper(struct run *r)
{
	int org = pick(r, MODEL_ORGS), suspended = 0;

	r->act = "the keeper";
	for (int i = 0; i < MODEL_ORGS; i++)
		suspended += r->m.is_suspended[i];
	if (r->m.is_suspended[org])
		fixture_ok(organisation_reinstate(console(r), r->org[org]));
	else if (suspended < MODEL_ORGS - 3)
		fixture_ok(
		    organisation_suspend(console(r), r->org[org], "why"));
	else
		return;
	r->m.is_suspended[org] = !r->m.is_suspended[org];
}

/* The newcomer is offered a charter whenever it has none. */
static void
act_charter(struct run *r)
{
	static const struct agreement_charter charter = { "Charter", "We join.",
		NULL, 3 };
	struct model_terms t = { .label = TLP_AMBER_STRICT,
		.circle = MODEL_NONE,
		.notice_days = 3,
		.orgs = { NEWCOMER },
		.n = 1 };
	bool may = !r->m.is_suspended[NEWCOMER];
	struct model_agreement *a;
	char *ref;
	enum err rc;

	r->act = "a charter is offered";
	for (int i = 0; i < r->m.count; i++) {
		a = &r->m.a[i];
		if (a->is_charter && !a->is_paper &&
		    (a->state == MODEL_PROPOSED || model_is_open(&r->m, a)))
			may = false;
	}
	rc = agreement_offer_charter(
	    console(r), r->org[NEWCOMER], &charter, &ref);
	expect(r, rc, may);
	if (rc != ERR_OK)
		return;
	a = add(r, ref, NEWCOMER);
	a->is_charter = true;
	a->circles[0] = 0;
	a->circles[1] = 1; /* energy */
	a->circle_count = 2;
	model_version(a, &t);
}

static void
act_advise(struct run *r)
{
	int org = pick_org(r), circle = pick(r, r->circles);
	const char *const circles[] = { r->circle[circle], NULL };
	const char *const nobody[] = { NULL };
	struct advisory_draft d = { .title = "It happened",
		.summary = "In short",
		.happened = "At length",
		.todo = "Do this",
		.label = (enum tlp)pick(r, TLP_RED),
		.sectors = 1,
		.answer_by_at = clock_day(r->m.now + 100 * CLOCK_DAY),
		.circles = circles,
		.named = nobody };
	struct ctx *ctx = as(r, org);
	struct fault fault;
	struct item *item;
	char *ref;

	r->act = "an advisory";
	if (r->items == ITEMS ||
	    advisory_create(ctx, &d, &ref, &fault) != ERR_OK)
		return;
	/* Where nobody would read it, it is refused. */
	if (advisory_publish(ctx, ref, 1, &fault) != ERR_OK)
		return;
	item = &r->item[r->items++];
	snprintf(item->ref, sizeof(item->ref), "%s", ref);
	item->org = org;
	item->circle = circle;
	item->label = (int)d.label;
}

static void (*const acts[])(struct run *) = { act_clock, act_clock, act_propose,
	act_propose, act_propose, act_revise, act_follow, act_follow, act_sign,
	act_sign, act_sign_all, act_sign_all, act_sign_all, act_sign_all,
	act_notice, act_terminate, act_terminate, act_standing, act_standing,
	act_withdraw, act_keeper, act_charter, act_advise, act_advise };

/* ---- comparing --------------------------------------------------------- */

/* What the access rule gives, against what the model says. */
static void
compare_reach(struct run *r, int org)
{
	struct access_reach reach;
	int said, is, open = 0;

	fixture_ok(access_reach(as(r, org), &reach));
	for (int c = 0; c < r->circles; c++) {
		said = model_reach(&r->m, org, c);
		open += said >= 0;
		is = -1;
		while (is < TLP_RED &&
		    access_reach_has(
			&reach, r->circle_id[c], (enum tlp)(is + 1)))
			is++;
		SURE(r, is == said, "%s has %s up to %d, the model says %d",
		    r->org[org], r->circle[c], is, said);
	}
	/* And nothing else but the public circle, and its own. */
	SURE(r, (int)reach.count == open + 1 + !r->m.is_suspended[org],
	    "%s has %d circles, the model says %d", r->org[org],
	    (int)reach.count, open);
}

static void
compare_item(struct run *r, const struct item *item, int org)
{
	bool may = item->label == TLP_CLEAR ||
	    model_reach(&r->m, org, item->circle) >= item->label;
	struct advisory *a;
	enum err rc;

	if (item->org == org && !r->m.is_suspended[org])
		may = true;
	rc = advisory_load(as(r, org), item->ref, &a);
	SURE(r, (rc == ERR_OK) == may, "%s reads %s: %s", r->org[org],
	    item->ref, err_name(rc));
}

/* Each act moves its agreement: "Today" looks for news no further down. */
static void
compare_places(struct run *r)
{
	const int64_t late = fixture_int(&r->p.f,
	    "SELECT COUNT(*) FROM agreement a JOIN record r"
	    " ON r.object = a.ref WHERE r.recorded_at > a.position");

	SURE(r, late == 0, "%d acts are later than their agreement's place",
	    (int)late);
}

static void
compare(struct run *r)
{
	compare_places(r);
	for (int org = 0; org < MODEL_ORGS; org++) {
		compare_reach(r, org);
		if (r->items > 0)
			compare_item(r, &r->item[pick(r, r->items)], org);
	}
}

/* ---- a run ------------------------------------------------------------- */

static void
add_circle(struct run *r, const char *ref)
{
	int64_t id;

	fixture_ok(db_one_int(r->p.f.ctx.db,
	    "SELECT id FROM circle WHERE ref = $1", DB_ARGS(db_t(ref)), &id));
	snprintf(r->circle[r->circles], sizeof(r->circle[0]), "%s", ref);
	r->circle_id[r->circles++] = id;
}

/* Five have their charter on paper; the newcomer waits for one. */
static void
people(struct run *r)
{
	static const struct agreement_charter charter = { "Charter", "We join.",
		NULL, 3 };
	static const int sector[MEMBER__MAX] = { 1, -1, 2, 3, -1 };
	struct organisation_new new = { .name = "Newcomer",
		.kind = ORG_OPERATOR,
		.country = "FR",
		.sectors = 1,
		.charter = &charter };
	struct model_agreement *a;
	char *ref;

	for (int m = 0; m < MEMBER__MAX; m++) {
		r->who[m] = r->p.who[m];
		snprintf(r->org[m], sizeof(r->org[m]), "%s", r->p.org[m]->ref);
		a = add(r, r->p.org[m]->charter_ref, m);
		a->state = MODEL_SIGNED;
		a->is_charter = a->is_paper = true;
		a->terms.label = TLP_AMBER_STRICT;
		a->n = 1;
		a->party[0].org = m;
		a->from = r->p.org[m]->admitted_at;
		a->circles[a->circle_count++] = 0;
		if (sector[m] >= 0)
			a->circles[a->circle_count++] = sector[m];
	}
	fixture_console(&r->p.f);
	fixture_ok(organisation_admit(&r->p.f.ctx, &new, &ref));
	snprintf(r->org[NEWCOMER], sizeof(r->org[0]), "%s", ref);
	r->who[NEWCOMER] = fixture_person(
	    &r->p.f, ref, "Newcomer", ROLE_PUBLISHER | ROLE_SIGNATORY);
	fixture_ok(db_begin(r->p.f.ctx.db));
	fixture_ok(db_end(r->p.f.ctx.db, ERR_OK));
}

/* The offer that came with the admission. */
static void
first_offer(struct run *r)
{
	struct model_terms t = { .label = TLP_AMBER_STRICT,
		.circle = MODEL_NONE,
		.notice_days = 3,
		.orgs = { NEWCOMER },
		.n = 1 };
	struct organisation *o;
	struct model_agreement *a;

	fixture_ok(organisation_load(&r->p.f.ctx, r->org[NEWCOMER], &o));
	a = add(r, o->charter_ref, NEWCOMER);
	a->is_charter = true;
	a->circles[0] = 0;
	a->circles[1] = 1;
	a->circle_count = 2;
	model_version(a, &t);
}

static void
start(struct run *r, unsigned seed)
{
	pact_open(&r->p);
	r->seed = seed;
	r->random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	r->act = "the start";
	r->scratch = arena_new(FIXTURE_ARENA);
	add_circle(r, "community");
	add_circle(r, "energy");
	add_circle(r, "water");
	add_circle(r, "banking");
	people(r);
	first_offer(r);
	r->m.now = r->p.f.ctx.now_at;
	r->p.f.ctx.arena = r->scratch;
}

static void
verify(struct run *r)
{
	char *problem;
	int64_t n;

	fixture_ok(agreement_verify(console(r), &n, &problem));
	SURE(r, problem == NULL, "%s", problem);
	fixture_ok(advisory_verify(console(r), &n, &problem));
	SURE(r, problem == NULL, "%s", problem);
	fixture_ok(record_verify(console(r), &n, &problem));
	SURE(r, problem == NULL, "%s", problem);
}

static int
from_environment(const char *name, int otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? (int)strtol(text, NULL, 10) : otherwise;
}

START_TEST(as_the_model_says)
{
	static struct run r;
	int n = from_environment("AGREEMENT_ACTS", ACTS);

	memset(&r, 0, sizeof(r));
	start(&r, seeds[_i] + (unsigned)from_environment("AGREEMENT_SEED", 0));
	for (r.step = 1; r.step <= n; r.step++) {
		acts[pick(&r, UNIT_COUNT(acts))](&r);
		compare(&r);
		if (r.step % 100 == 0)
			verify(&r);
		arena_reset(r.scratch);
	}
	verify(&r);
	if (getenv("AGREEMENT_TELL") != NULL)
		printf("seed %u: %d agreements, %d circles, %d items\n", r.seed,
		    r.m.count, r.circles, r.items);
	r.p.f.ctx.arena = r.p.f.arena;
	arena_free(r.scratch);
	pact_close(&r.p);
}
END_TEST

UNIT_MAIN("agreement model", UNIT_ROWS(as_the_model_says, seeds))
