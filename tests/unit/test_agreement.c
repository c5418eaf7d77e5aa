/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/agreement.h"

#include "pact.h"

enum { BOTH = 1 << GRID | 1 << CERT, THREE = BOTH | 1 << WATER };

/* ---- states and acts --------------------------------------------------- */

static const struct {
	const char *state; /* of the database */
	int64_t from, until;
	enum agreement_state is;
} derived[] = {
	{ "draft", 0, 0, AGREEMENT_DRAFT },
	{ "proposed", 0, 0, AGREEMENT_PROPOSED },
	{ "withdrawn", 0, 0, AGREEMENT_WITHDRAWN },
	{ "signed", 100, 0, AGREEMENT_IN_FORCE },
	{ "signed", 101, 0, AGREEMENT_SIGNED },
	{ "signed", 1, 101, AGREEMENT_IN_FORCE },
	{ "signed", 1, 100, AGREEMENT_ENDED },
	{ "signed", 200, 100, AGREEMENT_ENDED },
	{ "nonsense", 0, 0, AGREEMENT_WITHDRAWN },
};

enum agreement_state
agreement_state_of(const char *, int64_t, int64_t, int64_t);

START_TEST(state_follows_from_times)
{
	ck_assert_int_eq(agreement_state_of(derived[_i].state, derived[_i].from,
			     derived[_i].until, 100),
	    derived[_i].is);
}
END_TEST

/* Acts possible by state, as letters: one row a state of the enum. */
static const struct {
	enum agreement_kind kind;
	bool is_on_paper;
	enum agreement_end end;
	const char *acts[AGREEMENT_STATE__MAX];
} may_rows[] = {
	{ AGREEMENT_EXCHANGE, false, END_AGREED,
	    { "EP", "EPCSDW", "", "ARNTUP", "ARNTUP", "RP" } },
	{ AGREEMENT_EXCHANGE, false, END_REPLACED,
	    { "EP", "EPCSDW", "", "NTUP", "NTUP", "P" } },
	{ AGREEMENT_CHARTER, false, END_AGREED,
	    { "", "SDW", "", "NP", "NP", "P" } },
	{ AGREEMENT_CHARTER, true, END_AGREED, { "", "", "", "", "", "" } },
};

START_TEST(acts_by_state)
{
	/* In the order of enum agreement_act. */
	static const char letters[] = "EPCSDWARNTUP";
	struct agreement a = { .kind = may_rows[_i].kind,
		.is_on_paper = may_rows[_i].is_on_paper,
		.end = may_rows[_i].end };
	char got[AGREEMENT_ACT__MAX + 1];
	size_t n;

	for (int s = 0; s < AGREEMENT_STATE__MAX; s++) {
		a.state = (enum agreement_state)s;
		n = 0;
		for (int act = 0; act < AGREEMENT_ACT__MAX; act++)
			if (agreement_may(&a, (enum agreement_act)act))
				got[n++] = letters[act];
		got[n] = '\0';
		ck_assert_str_eq(got, may_rows[_i].acts[s]);
	}
	ck_assert(!agreement_may(&a, AGREEMENT_ACT__MAX));
}
END_TEST

/* ---- who sees it ------------------------------------------------------- */

/* Of the outsiders: BANK, the auditor, the keeper, nobody. */
static void
sights(struct pact *p, const char *ref, const char *expected)
{
	char got[8] = "";
	struct agreement *a;
	struct ctx *ctx;
	enum err rc;

	for (int i = 0; i < 5; i++) {
		ctx = i == 0 ? pact_as(p, CERT)
		    : i == 1 ? pact_as(p, BANK)
			     : pact_other(p, (enum other)(COURT + i - 2));
		rc = agreement_load(ctx, ref, &a);
		ck_assert(rc == ERR_OK || rc == ERR_NOT_FOUND);
		ck_assert((rc == ERR_OK) == (a != NULL));
		got[i] = '-';
		if (a != NULL)
			got[i] = "PAT"[a->sight];
		/* Published terms have no text, published wholes have. */
		if (a != NULL && a->current != NULL && a->current->text == NULL)
			got[i] = 't';
	}
	got[5] = '\0';
	ck_assert_str_eq(got, expected);
}

static void
publish(struct pact *p, const char *ref, enum agreement_publication to,
    enum agreement_extent extent)
{
	bool is_published;

	fixture_ok(agreement_ask_publication(
	    pact_as(p, GRID), ref, to, extent, &is_published));
	ck_assert(!is_published);
	fixture_ok(agreement_agree_publication(
	    pact_as(p, CERT), ref, to, extent, &is_published));
	ck_assert(is_published);
}

START_TEST(seen_by_whom)
{
	struct agreement_input in;
	struct agreement_fault fault;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.auditor = "court";
	ref = pact_draft(&p, GRID, &in);
	sights(&p, ref, "-----");
	fixture_ok(pact_try(&p, GRID, ref, &fault));
	sights(&p, ref, "P----");
	pact_sign(&p, ref, GRID);
	sights(&p, ref, "P----");
	pact_sign(&p, ref, CERT);
	sights(&p, ref, "P-A--");
	publish(&p, ref, PUBLICATION_COMMUNITY, EXTENT_TERMS);
	sights(&p, ref, "PtA--");
	publish(&p, ref, PUBLICATION_COMMUNITY, EXTENT_WHOLE);
	sights(&p, ref, "PTA--");
	publish(&p, ref, PUBLICATION_EVERYBODY, EXTENT_TERMS);
	sights(&p, ref, "PtAtt");
	publish(&p, ref, PUBLICATION_EVERYBODY, EXTENT_WHOLE);
	sights(&p, ref, "PTATT");
	fixture_ok(agreement_unpublish(pact_as(&p, CERT), ref));
	sights(&p, ref, "P-A--");
	pact_close(&p);
}
END_TEST

/* What others see of it tells nothing of the talks and of standing. */
START_TEST(published_without_the_talks)
{
	struct agreement *a;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_suspend(
	    pact_as(&p, GRID), ref, 1, "water", "compromised"));
	a = pact_load(&p, CERT, ref);
	ck_assert_str_eq(a->parties[2].suspended_why, "compromised");
	fixture_run(&p.f,
	    "UPDATE agreement SET publication = 'everybody',"
	    " extent = 'terms', published_at = 1 WHERE kind = 'exchange'");
	fixture_ok(agreement_load(pact_other(&p, VISITOR), ref, &a));
	ck_assert_int_eq(a->sight, SIGHT_PUBLISHED);
	ck_assert_int_eq((int)a->party_count, 3);
	ck_assert_int_eq(a->parties[2].suspended_at, 0);
	ck_assert_ptr_null(a->parties[2].suspended_why);
	ck_assert_ptr_null(a->current->text);
	ck_assert_ptr_null(a->current->why_one_kind);
	ck_assert_ptr_null(a->current->author_name);
	ck_assert_str_eq(a->current->digest, "");
	ck_assert(!a->is_own && !a->is_party);
	pact_close(&p);
}
END_TEST

/* Whoever left keeps what it signed, and no more. */
START_TEST(seen_after_leaving)
{
	int64_t leaves_at;
	bool is_for_all;
	struct agreement *a;
	struct agreement_comment *comments;
	size_t n;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_notice(
	    pact_as(&p, WATER), ref, 1, "enough", &leaves_at, &is_for_all));
	ck_assert_int_eq(pact_load(&p, WATER, ref)->sight, SIGHT_PARTY);
	p.f.ctx.now_at = leaves_at;
	fixture_as(&p.f, p.who[WATER]);
	fixture_ok(agreement_load(&p.f.ctx, ref, &a));
	ck_assert_int_eq(a->sight, SIGHT_AUDITOR);
	ck_assert_ptr_nonnull(a->current->text);
	ck_assert_int_eq(a->parties[2].leaves_at, leaves_at);
	fixture_err(
	    agreement_comments(&p.f.ctx, ref, &comments, &n), ERR_NOT_FOUND);
	fixture_err(agreement_keep(&p.f.ctx, ref, 1), ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

/* A neighbour between others is not told of. */
START_TEST(neighbours)
{
	struct agreement_version *v;
	struct agreement_fault fault;
	struct agreement_input in;
	struct agreement *a;
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(agreement_amend(pact_as(&p, CERT), ref, &next));
	ck_assert_ptr_null(pact_load(&p, GRID, ref)->replaced_by_ref);
	fixture_ok(agreement_load_draft(pact_as(&p, CERT), next, &v));
	in = pact_input(&p, THREE);
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit, &in, &fault));
	fixture_ok(pact_try(&p, CERT, next, &fault));
	a = pact_load(&p, GRID, ref);
	ck_assert_str_eq(a->replaced_by_ref, next);
	a = pact_load(&p, GRID, next);
	ck_assert_str_eq(a->replaces_ref, ref);
	ck_assert_int_eq(a->successor, SUCCESSOR_AMENDMENT);
	ck_assert_ptr_null(pact_load(&p, WATER, next)->replaces_ref);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("agreement", UNIT_ROWS(state_follows_from_times, derived),
    UNIT_ROWS(acts_by_state, may_rows), UNIT(seen_by_whom),
    UNIT(published_without_the_talks), UNIT(seen_after_leaving),
    UNIT(neighbours))
