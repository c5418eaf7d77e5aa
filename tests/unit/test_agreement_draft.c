/* SPDX-License-Identifier: Apache-2.0 */
/* Drafting, proposing, withdrawing; and what is refused on the way. */
#include "domain/agreement_draft.h"

#include "pact.h"

enum { BOTH = 1 << GRID | 1 << CERT, THREE = BOTH | 1 << WATER };

static struct agreement_fault fault;

/* ---- what cannot be kept ----------------------------------------------- */

static char long_text[AGREEMENT_TEXT_MAX + 2];

static const char *
of_length(size_t n)
{
	memset(long_text, 'x', n);
	long_text[n] = '\0';
	return long_text;
}

enum field {
	TITLE,
	TEXT,
	CHANGE,
	WHY,
	NAME,
	KIND,
	LABEL,
	SHARING,
	FROM,
	UNTIL,
	NOTICE,
	ORDER,
	SECTORS,
	PARTY,
	CIRCLE,
	AUDITOR,
	LANGUAGE
};

static const struct {
	enum field field;
	const char *text; /* NULL: `number` characters, or the number */
	int64_t number;
	const char *error; /* NULL: it is kept */
} inputs[] = {
	{ TITLE, NULL, AGREEMENT_TITLE_MAX, NULL },
	{ TITLE, NULL, AGREEMENT_TITLE_MAX + 1, "title TooLong" },
	{ TITLE, "two\nlines", 0, "title NotText" },
	{ TITLE, "", 0, NULL },
	{ TEXT, NULL, AGREEMENT_TEXT_MAX, NULL },
	{ TEXT, NULL, AGREEMENT_TEXT_MAX + 1, "text TooLong" },
	{ TEXT, "\xff", 0, "text NotText" },
	{ CHANGE, NULL, AGREEMENT_CHANGE_MAX, NULL },
	{ CHANGE, NULL, AGREEMENT_CHANGE_MAX + 1, "change TooLong" },
	{ WHY, NULL, AGREEMENT_WHY_MAX, NULL },
	{ WHY, NULL, AGREEMENT_WHY_MAX + 1, "why_one_kind TooLong" },
	{ NAME, NULL, AGREEMENT_CIRCLE_NAME_MAX, NULL },
	{ NAME, NULL, AGREEMENT_CIRCLE_NAME_MAX + 1, "circle_name TooLong" },
	{ NAME,
	    "\xe2\x80\xae"
	    "x",
	    0, "circle_name NotText" },
	{ KIND, NULL, AGREEMENT_OTHER, NULL },
	{ KIND, NULL, AGREEMENT_CHARTER, "kind Wrong" },
	{ KIND, NULL, AGREEMENT_KIND__MAX, "kind Wrong" },
	{ LABEL, NULL, TLP_RED, NULL },
	{ LABEL, NULL, TLP__MAX, "max_label Wrong" },
	{ SHARING, NULL, SHARING__MAX, "sharing Wrong" },
	{ FROM, NULL, -1, "from_at Wrong" },
	{ UNTIL, NULL, -1, "until_at Wrong" },
	{ NOTICE, NULL, 0, NULL },
	{ NOTICE, NULL, AGREEMENT_NOTICE_MAX, NULL },
	{ NOTICE, NULL, AGREEMENT_NOTICE_MAX + 1, "notice_days Wrong" },
	{ NOTICE, NULL, -1, "notice_days Wrong" },
	{ ORDER, NULL, ORDER__MAX, "order Wrong" },
	{ SECTORS, NULL, 1 << 16, NULL },
	{ SECTORS, NULL, 1 << 17, "sectors Wrong" },
	{ PARTY, "nobody", 0, "parties Unknown" },
	{ PARTY, "grid", 0, "parties PartyTwice" },
	{ PARTY, "house", 0, NULL }, /* refused when it is proposed */
	{ CIRCLE, "energy", 0, "circle Circle" },
	{ CIRCLE, "agr-2026-9999", 0, "circle Circle" },
	{ CIRCLE, "", 0, NULL },
	{ AUDITOR, "court", 0, NULL },
	{ AUDITOR, "", 0, NULL },
	{ AUDITOR, "cert", 0, "auditor Auditor" },
	{ AUDITOR, "nobody", 0, "auditor Auditor" },
	{ LANGUAGE, "nl", 0, NULL },
	{ LANGUAGE, "", 0, NULL },
	{ LANGUAGE, "tlh", 0, "language Wrong" },
};

static void
spoil(struct agreement_input *in, int row)
{
	const char *text = inputs[row].text;
	int64_t n = inputs[row].number;
	const char **party = (const char **)(uintptr_t)in->parties;

	if (text == NULL && inputs[row].field <= NAME)
		text = of_length((size_t)n);
	switch (inputs[row].field) {
	case TITLE:
		in->title = text;
		break;
	case TEXT:
		in->text = text;
		break;
	case CHANGE:
		in->change = text;
		break;
	case WHY:
		in->why_one_kind = text;
		break;
	case NAME:
		in->circle_name = text;
		break;
	case KIND:
		in->kind = (enum agreement_kind)n;
		break;
	case LABEL:
		in->max_label = (enum tlp)n;
		break;
	case SHARING:
		in->sharing = (enum agreement_sharing)n;
		break;
	case FROM:
		in->from_at = n;
		break;
	case UNTIL:
		in->until_at = n;
		break;
	case NOTICE:
		in->notice_days = (int)n;
		break;
	case ORDER:
		in->order = (enum agreement_order)n;
		break;
	case SECTORS:
		in->sectors = n;
		break;
	case PARTY:
		party[1] = text;
		break;
	case CIRCLE:
		in->circle = text;
		break;
	case AUDITOR:
		in->auditor = text;
		break;
	case LANGUAGE:
		in->language = text;
		break;
	}
}

START_TEST(kept_or_refused)
{
	struct agreement_input in;
	struct pact p;
	char *ref = NULL, said[64];
	enum err rc;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	spoil(&in, _i);
	rc = agreement_create(pact_as(&p, GRID), &in, &ref, &fault);
	ck_assert((rc == ERR_OK) == (ref != NULL));
	if (inputs[_i].error == NULL) {
		fixture_ok(rc);
	} else {
		fixture_err(rc, ERR_INVALID);
		snprintf(said, sizeof(said), "%s %s", fault.field, fault.error);
		ck_assert_str_eq(said, inputs[_i].error);
		ck_assert_int_eq(fixture_int(&p.f,
				     "SELECT COUNT(*) FROM agreement"
				     " WHERE kind <> 'charter'"),
		    0);
	}
	pact_close(&p);
}
END_TEST

/* ---- what cannot be proposed ------------------------------------------- */

static const struct {
	enum field field;
	const char *text;
	int64_t number; /* of times: days from now */
	unsigned members;
	const char *error;
} proposals[] = {
	{ TITLE, "", 0, BOTH, "title Required" },
	{ TEXT, "", 0, BOTH, "text Required" },
	{ NAME, "", 0, BOTH, "circle_name Required" },
	{ NAME, "x", 0, BOTH, "circle_name Required" },
	{ NAME, "xy", 0, BOTH, NULL },
	{ NAME, "Energy", 0, BOTH, "circle_name Taken" },
	{ NAME, "COMMUNITY", 0, BOTH, "circle_name Taken" },
	{ WHY, "", 0, BOTH, NULL },
	{ WHY, "", 0, 1 << GRID | 1 << WATER, "why_one_kind OneKind" },
	{ WHY, "We are two operators.", 0, 1 << GRID | 1 << WATER, NULL },
	{ UNTIL, NULL, -1, BOTH, "until_at Past" },
	{ UNTIL, NULL, 1, BOTH, NULL },
	{ CHANGE, "", 0, 1 << GRID, "parties Parties" },
	{ CHANGE, "", 0, 0, "parties Parties" },
	{ CHANGE, "", 0, 1 << CERT | 1 << WATER, "parties PartyOwn" },
	{ PARTY, "house", 0, BOTH, "parties PartyKind" },
	{ PARTY, "court", 0, BOTH, "parties PartyKind" },
	{ PARTY, "dark", 0, BOTH, "parties PartySuspended" },
	{ SECTORS, NULL, 0, BOTH, NULL },
	{ SHARING, NULL, SHARING_SECTOR, BOTH, NULL },
};

START_TEST(proposed_or_refused)
{
	struct agreement_input in;
	struct pact p;
	char *ref = NULL, said[64];
	enum err rc;

	pact_open(&p);
	fixture_organisation(&p.f, "Dark", ORG_INSTITUTION, 0);
	fixture_console(&p.f);
	fixture_ok(organisation_suspend(&p.f.ctx, "dark", "test"));
	in = pact_input(&p, proposals[_i].members);
	switch (proposals[_i].field) {
	case TITLE:
		in.title = proposals[_i].text;
		break;
	case TEXT:
		in.text = proposals[_i].text;
		break;
	case NAME:
		in.circle_name = proposals[_i].text;
		break;
	case WHY:
		in.why_one_kind = proposals[_i].text;
		break;
	case UNTIL:
		in.until_at = p.f.ctx.now_at + proposals[_i].number * CLOCK_DAY;
		break;
	case PARTY:
		((const char **)(uintptr_t)in.parties)[1] = proposals[_i].text;
		break;
	case SECTORS:
		in.sectors = 0;
		break;
	case SHARING:
		in.sharing = (enum agreement_sharing)proposals[_i].number;
		break;
	case CHANGE:
	case KIND:
	case LABEL:
	case FROM:
	case NOTICE:
	case ORDER:
	case CIRCLE:
	case AUDITOR:
	case LANGUAGE:
		break;
	}
	ref = pact_draft(&p, GRID, &in);
	rc = pact_try(&p, GRID, ref, &fault);
	if (proposals[_i].error == NULL) {
		fixture_ok(rc);
	} else {
		fixture_err(rc, ERR_INVALID);
		snprintf(said, sizeof(said), "%s %s", fault.field, fault.error);
		ck_assert_str_eq(said, proposals[_i].error);
	}
	pact_close(&p);
}
END_TEST

START_TEST(terms_that_contradict)
{
	struct agreement_input in;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.sharing = SHARING_SECTOR;
	in.sectors = 0;
	ref = pact_draft(&p, GRID, &in);
	fixture_err(pact_try(&p, GRID, ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "Sectors");
	in = pact_input(&p, BOTH);
	in.from_at = p.f.ctx.now_at + 10 * CLOCK_DAY;
	in.until_at = in.from_at;
	ref = pact_draft(&p, GRID, &in);
	fixture_err(pact_try(&p, GRID, ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "Until");
	pact_close(&p);
}
END_TEST

/* ---- who writes -------------------------------------------------------- */

START_TEST(who_writes)
{
	struct agreement_input in;
	struct agreement_version *v;
	struct pact p;
	char *ref, *other;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	fixture_err(
	    agreement_create(pact_other(&p, READER), &in, &other, &fault),
	    ERR_FORBIDDEN);
	fixture_err(
	    agreement_create(pact_other(&p, STEWARD), &in, &other, &fault),
	    ERR_FORBIDDEN);
	fixture_err(
	    agreement_create(pact_other(&p, KEEPER), &in, &other, &fault),
	    ERR_FORBIDDEN);
	fixture_err(
	    agreement_create(pact_other(&p, VISITOR), &in, &other, &fault),
	    ERR_FORBIDDEN);
	ref = pact_draft(&p, GRID, &in);
	/* A draft is its own organisation's: its readers see it, too. */
	fixture_ok(agreement_load_draft(pact_other(&p, READER), ref, &v));
	fixture_err(
	    agreement_save(&p.f.ctx, ref, v->edit, &in, &fault), ERR_FORBIDDEN);
	fixture_err(agreement_discard(&p.f.ctx, ref), ERR_FORBIDDEN);
	fixture_err(agreement_propose(&p.f.ctx, ref, v->edit, 0, &fault),
	    ERR_FORBIDDEN);
	fixture_err(
	    agreement_load_draft(pact_as(&p, CERT), ref, &v), ERR_NOT_FOUND);
	fixture_err(
	    agreement_save(&p.f.ctx, ref, 1, &in, &fault), ERR_NOT_FOUND);
	fixture_err(agreement_discard(&p.f.ctx, ref), ERR_NOT_FOUND);
	fixture_err(
	    agreement_propose(&p.f.ctx, ref, 1, 0, &fault), ERR_NOT_FOUND);
	fixture_err(agreement_revise(&p.f.ctx, ref), ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

/* All that is missing at once, of each field the first. */
START_TEST(told_what_is_missing)
{
	static const struct {
		const char *field, *error;
	} missing[] = { { "title", "Required" }, { "text", "Required" },
		{ "circle_name", "Required" }, { "sectors", "Sectors" },
		{ "until_at", "Past" }, { "parties", "PartyOwn" },
		{ "why_one_kind", "OneKind" } };
	const size_t n = sizeof(missing) / sizeof(missing[0]);
	const struct agreement_fault *f = &fault;
	struct agreement_input in;
	struct agreement_version *v;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, 1 << WATER | 1 << BANK);
	in.title = in.text = in.circle_name = in.why_one_kind = "";
	in.sharing = SHARING_SECTOR;
	in.sectors = 0;
	in.until_at = p.f.ctx.now_at - CLOCK_DAY;
	ref = pact_draft(&p, GRID, &in);
	fixture_ok(agreement_load_draft(pact_as(&p, GRID), ref, &v));
	fixture_err(
	    agreement_ready(&p.f.ctx, pact_load(&p, GRID, ref), v, &fault),
	    ERR_INVALID);
	for (size_t i = 0; i < n; i++, f = f->next) {
		ck_assert_ptr_nonnull(f);
		ck_assert_str_eq(f->field, missing[i].field);
		ck_assert_str_eq(f->error, missing[i].error);
	}
	ck_assert_ptr_null(f);
	in = pact_input(&p, BOTH);
	fixture_ok(agreement_save(pact_as(&p, GRID), ref, 1, &in, &fault));
	fixture_ok(agreement_load_draft(&p.f.ctx, ref, &v));
	fixture_ok(
	    agreement_ready(&p.f.ctx, pact_load(&p, GRID, ref), v, &fault));
	pact_close(&p);
}
END_TEST

/* The language goes with the text, from version to version. */
START_TEST(in_a_language)
{
	struct agreement_input in;
	struct agreement_version *v;
	struct agreement_list list;
	struct agreement_filter all = { .kind = -1 };
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	ref = pact_draft(&p, GRID, &in);
	fixture_ok(agreement_load_draft(pact_as(&p, GRID), ref, &v));
	ck_assert_ptr_null(v->language);
	in.language = "fr";
	fixture_ok(agreement_save(&p.f.ctx, ref, 1, &in, &fault));
	fixture_ok(pact_try(&p, GRID, ref, &fault));
	ck_assert_str_eq(pact_load(&p, CERT, ref)->current->language, "fr");
	fixture_ok(agreement_list(&p.f.ctx, &all, &list));
	ck_assert_str_eq(list.rows[0].language, "fr");
	pact_sign(&p, ref, GRID);
	pact_sign(&p, ref, CERT);
	fixture_ok(agreement_amend(pact_as(&p, CERT), ref, &next));
	fixture_ok(agreement_load_draft(&p.f.ctx, next, &v));
	ck_assert_str_eq(v->language, "fr");
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

/* The second of two editors is told, and so is who proposes behind one. */
START_TEST(stale)
{
	struct agreement_input in;
	struct agreement_version *v;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	ref = pact_draft(&p, GRID, &in);
	in.title = "A better one";
	fixture_ok(agreement_save(pact_as(&p, GRID), ref, 1, &in, &fault));
	fixture_err(agreement_save(&p.f.ctx, ref, 1, &in, &fault), ERR_STALE);
	fixture_err(agreement_propose(&p.f.ctx, ref, 1, 0, &fault), ERR_STALE);
	fixture_err(agreement_propose(&p.f.ctx, ref, 2, 1, &fault), ERR_STALE);
	fixture_ok(agreement_propose(&p.f.ctx, ref, 2, 0, &fault));
	fixture_ok(agreement_revise(&p.f.ctx, ref));
	fixture_err(agreement_revise(&p.f.ctx, ref), ERR_STATE);
	pact_revise(&p, CERT, ref);
	fixture_ok(pact_try(&p, CERT, ref, &fault));
	/* Grid's draft was made from version 1. */
	fixture_ok(agreement_load_draft(pact_as(&p, GRID), ref, &v));
	fixture_err(
	    agreement_propose(&p.f.ctx, ref, v->edit, 1, &fault), ERR_STALE);
	fixture_ok(agreement_propose(&p.f.ctx, ref, v->edit, 2, &fault));
	ck_assert_int_eq(pact_load(&p, CERT, ref)->version, 3);
	pact_close(&p);
}
END_TEST

START_TEST(discarded)
{
	struct agreement_input in;
	struct agreement *a;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	ref = pact_draft(&p, GRID, &in);
	fixture_ok(agreement_discard(pact_as(&p, GRID), ref));
	fixture_err(agreement_load(&p.f.ctx, ref, &a), ERR_NOT_FOUND);
	ref = pact_propose_input(&p, GRID, &in);
	fixture_err(agreement_discard(pact_as(&p, GRID), ref), ERR_NOT_FOUND);
	fixture_ok(agreement_revise(&p.f.ctx, ref));
	fixture_ok(agreement_discard(&p.f.ctx, ref));
	ck_assert_int_eq(pact_load(&p, GRID, ref)->version, 1);
	pact_close(&p);
}
END_TEST

START_TEST(withdrawn)
{
	struct agreement *a;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, THREE);
	fixture_err(agreement_withdraw(pact_as(&p, CERT), ref, 1, "why"),
	    ERR_FORBIDDEN);
	fixture_err(agreement_withdraw(pact_as(&p, BANK), ref, 1, "why"),
	    ERR_NOT_FOUND);
	fixture_err(agreement_withdraw(pact_other(&p, READER), ref, 1, "why"),
	    ERR_FORBIDDEN);
	fixture_err(
	    agreement_withdraw(pact_as(&p, GRID), ref, 2, "why"), ERR_STALE);
	fixture_err(
	    agreement_withdraw(pact_as(&p, GRID), ref, 1, ""), ERR_INVALID);
	fixture_err(agreement_withdraw(pact_as(&p, GRID), ref, 1,
			of_length(AGREEMENT_WHY_MAX + 1)),
	    ERR_INVALID);
	fixture_ok(agreement_withdraw(pact_as(&p, GRID), ref, 1, "No money."));
	a = pact_load(&p, WATER, ref);
	ck_assert_int_eq(a->state, AGREEMENT_WITHDRAWN);
	ck_assert_str_eq(a->withdrawn_why, "No money.");
	fixture_err(
	    agreement_withdraw(pact_as(&p, GRID), ref, 1, "why"), ERR_STATE);
	fixture_err(agreement_revise(pact_as(&p, CERT), ref), ERR_STATE);
	fixture_err(
	    agreement_comment(pact_as(&p, CERT), ref, 1, "But"), ERR_STATE);
	pact_close(&p);
}
END_TEST

/* ---- circles ----------------------------------------------------------- */

/* Nobody's items are opened to others without its signature. */
START_TEST(extended_with_all_who_have_it)
{
	struct agreement_input in;
	struct circle *circles;
	struct pact p;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	fixture_ok(agreement_circles(pact_as(&p, GRID), &circles, &n));
	ck_assert_int_eq((int)n, 1);
	ck_assert_str_eq(circles[0].name, "Grid exchange");
	fixture_ok(agreement_circles(pact_as(&p, BANK), &circles, &n));
	ck_assert_int_eq((int)n, 0);
	in = pact_input(&p, 1 << GRID | 1 << BANK);
	in.circle = "agr-2026-0006";
	in.circle_name = "Not this one";
	ref = pact_draft(&p, GRID, &in);
	fixture_err(pact_try(&p, GRID, ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "PartyCircle");
	ck_assert_str_eq(fault.who, "Cert");
	in = pact_input(&p, BOTH | 1 << BANK);
	in.circle = "agr-2026-0006";
	in.max_label = TLP_GREEN;
	ref = pact_force_input(&p, GRID, BOTH | 1 << BANK, &in);
	ck_assert_int_eq(pact_reach(&p, BANK, "agr-2026-0006"), TLP_GREEN);
	ck_assert_int_eq(pact_reach(&p, CERT, "agr-2026-0006"), TLP_AMBER);
	ck_assert_str_eq(pact_load(&p, BANK, ref)->current->terms.circle_name,
	    "Grid exchange");
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

/* A successor opens its predecessor's circle, whatever the form says. */
START_TEST(successor_keeps_the_circle)
{
	struct agreement_input in;
	struct agreement_version *v;
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	ref = pact_force(&p, GRID, THREE);
	fixture_ok(agreement_amend(pact_as(&p, WATER), ref, &next));
	fixture_err(agreement_amend(&p.f.ctx, ref, &next), ERR_STATE);
	next = arena_printf(p.f.arena, "AGR-2026-0007");
	in = pact_input(&p, BOTH);
	in.circle_name = "Another";
	in.kind = AGREEMENT_AUDIT;
	fixture_ok(agreement_load_draft(&p.f.ctx, next, &v));
	ck_assert_int_eq((int)v->party_count, 3);
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit, &in, &fault));
	fixture_err(pact_try(&p, WATER, next, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "PartyOwn");
	in = pact_input(&p, 1 << GRID | 1 << WATER);
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit + 1, &in, &fault));
	fixture_err(pact_try(&p, WATER, next, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "PartyCircle");
	in = pact_input(&p, THREE | 1 << BANK);
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit + 2, &in, &fault));
	fixture_ok(pact_try(&p, WATER, next, &fault));
	ck_assert_int_eq(pact_load(&p, BANK, next)->kind, AGREEMENT_EXCHANGE);
	ck_assert_str_eq(pact_load(&p, BANK, next)->current->terms.circle_ref,
	    "agr-2026-0006");
	/* There is one open now. */
	fixture_err(agreement_renew(pact_as(&p, GRID), ref, &next), ERR_STATE);
	pact_close(&p);
}
END_TEST

START_TEST(renewal_starts_where_the_present_ends)
{
	struct agreement_input in;
	struct agreement_version *v;
	struct pact p;
	char *ref, *next;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.until_at = clock_day(p.f.ctx.now_at + 50 * CLOCK_DAY);
	ref = pact_force_input(&p, GRID, BOTH, &in);
	fixture_ok(agreement_renew(pact_as(&p, CERT), ref, &next));
	fixture_ok(agreement_load_draft(&p.f.ctx, next, &v));
	ck_assert_int_eq(v->terms.from_at, in.until_at);
	ck_assert_int_eq(v->terms.until_at, 0);
	ck_assert_str_eq(v->text, in.text);
	/* Not to end before the present one. */
	in.from_at = 0;
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit, &in, &fault));
	fixture_err(pact_try(&p, CERT, next, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "UntilRenewed");
	in.until_at += CLOCK_DAY;
	fixture_ok(agreement_save(&p.f.ctx, next, v->edit + 1, &in, &fault));
	fixture_ok(pact_try(&p, CERT, next, &fault));
	pact_close(&p);
}
END_TEST

/* ---- how many ---------------------------------------------------------- */

/* Each of the others' as well: a draft of a version, or of a successor. */
START_TEST(drafts_have_an_end)
{
	struct agreement_input in;
	struct pact p;
	char *ref, *forced, *own, *made;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.text = "Short";
	ref = pact_propose(&p, CERT, BOTH);
	forced = pact_force(&p, CERT, BOTH);
	for (int i = 0; i < AGREEMENT_DRAFTS_MAX; i++)
		own = pact_draft(&p, GRID, &in);
	fixture_err(
	    agreement_create(pact_as(&p, GRID), &in, &made, &fault), ERR_QUOTA);
	fixture_err(agreement_may_create(&p.f.ctx), ERR_QUOTA);
	fixture_err(agreement_revise(&p.f.ctx, ref), ERR_QUOTA);
	fixture_err(agreement_amend(&p.f.ctx, forced, &made), ERR_QUOTA);
	fixture_err(agreement_renew(&p.f.ctx, forced, &made), ERR_QUOTA);
	fixture_ok(agreement_create(pact_as(&p, CERT), &in, &made, &fault));
	fixture_ok(agreement_discard(pact_as(&p, GRID), own));
	fixture_ok(agreement_amend(pact_as(&p, GRID), forced, &made));
	pact_close(&p);
}
END_TEST

/* Of what others proposed, and of a next version, there is no such end. */
/* Of circles that one has; those of others are nobody's business. */
START_TEST(a_name_that_is_taken)
{
	struct agreement_input in;
	struct pact p;
	char *ref;

	pact_open(&p);
	pact_force(&p, GRID, BOTH);
	in = pact_input(&p, BOTH);
	in.circle_name = "grid EXCHANGE";
	ref = pact_draft(&p, GRID, &in);
	fixture_err(pact_try(&p, GRID, ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.field, "circle_name");
	ck_assert_str_eq(fault.error, "Taken");
	in = pact_input(&p, 1 << BANK | 1 << AGENCY);
	in.circle_name = "grid EXCHANGE";
	ref = pact_draft(&p, BANK, &in);
	fixture_ok(pact_try(&p, BANK, ref, &fault));
	pact_close(&p);
}
END_TEST

START_TEST(proposals_have_an_end)
{
	struct agreement_input in;
	struct pact p;
	char *ref = NULL, *other;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.text = "Short";
	for (int i = 0; i < AGREEMENT_PROPOSALS_MAX; i++)
		ref = pact_propose_input(&p, GRID, &in);
	other = pact_draft(&p, GRID, &in);
	fixture_err(pact_try(&p, GRID, other, &fault), ERR_QUOTA);
	pact_propose_input(&p, CERT, &in);
	pact_revise(&p, GRID, ref);
	fixture_ok(pact_try(&p, GRID, ref, &fault));
	fixture_ok(agreement_withdraw(pact_as(&p, GRID), ref, 2, "why"));
	fixture_ok(pact_try(&p, GRID, other, &fault));
	pact_close(&p);
}
END_TEST

UNIT_MAIN("agreement draft", UNIT(drafts_have_an_end),
    UNIT(proposals_have_an_end), UNIT(a_name_that_is_taken),
    UNIT_ROWS(kept_or_refused, inputs),
    UNIT_ROWS(proposed_or_refused, proposals), UNIT(told_what_is_missing),
    UNIT(in_a_language), UNIT(terms_that_contradict), UNIT(who_writes),
    UNIT(stale), UNIT(discarded), UNIT(withdrawn),
    UNIT(extended_with_all_who_have_it), UNIT(successor_keeps_the_circle),
    UNIT(renewal_starts_where_the_present_ends))
