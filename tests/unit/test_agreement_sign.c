/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>

#include "domain/agreement_sign.h"
#include "domain/signing_key.h"

#include "pact.h"
#include "pen.h"

enum { BOTH = 1 << GRID | 1 << CERT, THREE = BOTH | 1 << WATER };

static struct agreement_fault fault;
static struct agreement_refusal refusal;

static struct agreement_signing
seen_by(struct pact *p, enum member m, const char *ref)
{
	struct agreement *a = pact_load(p, m, ref);

	return (struct agreement_signing){ .version = a->version,
		.digest = a->current->digest };
}

/* ---- in the portal ----------------------------------------------------- */

START_TEST(last_signature_opens)
{
	struct agreement *a;
	struct pact p;
	int64_t records;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, THREE);
	ck_assert(!pact_sign(&p, ref, WATER));
	ck_assert(!pact_sign(&p, ref, GRID));
	ck_assert_int_eq(pact_reach(&p, GRID, "agr-2026-0006"), -1);
	fixture_ok(record_count(&p.f.ctx, &records));
	ck_assert(pact_sign(&p, ref, CERT));
	/* The signature, and the force. */
	ck_assert_int_eq(
	    fixture_int(&p.f, "SELECT MAX(id) FROM record"), records + 2);
	for (int m = 0; m < MEMBER__MAX; m++)
		ck_assert_int_eq(
		    pact_reach(&p, (enum member)m, "agr-2026-0006"),
		    m <= WATER ? TLP_AMBER : -1);
	a = pact_load(&p, GRID, ref);
	ck_assert_int_eq(a->state, AGREEMENT_IN_FORCE);
	ck_assert_int_eq((int)a->circle_count, 1);
	ck_assert_str_eq(a->circles[0].name, "Grid exchange");
	ck_assert_int_eq(a->from_at, a->signed_at);
	ck_assert_int_eq(a->until_at, 0);
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

/* ---- declined ---------------------------------------------------------- */

START_TEST(declined)
{
	struct agreement_waiting *waiting;
	struct agreement_event *events;
	struct agreement *a;
	struct pact p;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_propose(&p, GRID, THREE);
	fixture_err(
	    agreement_decline(pact_as(&p, CERT), ref, 1, ""), ERR_INVALID);
	fixture_err(
	    agreement_decline(pact_as(&p, CERT), ref, 2, "No"), ERR_STALE);
	fixture_err(
	    agreement_decline(pact_as(&p, BANK), ref, 1, "No"), ERR_NOT_FOUND);
	fixture_err(agreement_decline(pact_other(&p, READER), ref, 1, "No"),
	    ERR_FORBIDDEN);
	fixture_ok(agreement_decline(pact_as(&p, CERT), ref, 1, "Not amber."));
	fixture_err(agreement_decline(&p.f.ctx, ref, 1, "No"), ERR_STATE);
	fixture_ok(agreement_awaiting(&p.f.ctx, &waiting, &n));
	ck_assert_int_eq((int)n, 0);
	ck_assert(!pact_sign(&p, ref, GRID));
	ck_assert(!pact_sign(&p, ref, WATER));
	fixture_err(
	    agreement_decline(pact_as(&p, WATER), ref, 1, "No"), ERR_STATE);
	a = pact_load(&p, WATER, ref);
	ck_assert_int_eq(a->state, AGREEMENT_PROPOSED);
	ck_assert_int_ne(a->parties[1].declined_at, 0);
	ck_assert_str_eq(a->parties[1].declined_why, "Not amber.");
	ck_assert_int_eq(a->parties[0].declined_at, 0);
	fixture_ok(agreement_news(&p.f.ctx, 0, &events, &n));
	ck_assert_str_eq(events[1].kind, "agreement.declined");
	ck_assert_str_eq(events[1].organisation_name, "Cert");
	ck_assert_int_eq(events[1].version, 1);
	/* It changes its mind. */
	ck_assert(pact_sign(&p, ref, CERT));
	a = pact_load(&p, WATER, ref);
	ck_assert_int_eq(a->state, AGREEMENT_IN_FORCE);
	ck_assert_int_eq(a->parties[1].declined_at, 0);
	ck_assert_ptr_null(a->parties[1].declined_why);
	fixture_err(
	    agreement_decline(pact_as(&p, CERT), ref, 1, "No"), ERR_STATE);
	pact_close(&p);
}
END_TEST

/* A next version asks everybody again. */
START_TEST(declined_until_the_next)
{
	struct agreement_waiting *waiting;
	struct pact p;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_ok(agreement_decline(pact_as(&p, CERT), ref, 1, "Not amber."));
	pact_revise(&p, GRID, ref);
	fixture_ok(pact_try(&p, GRID, ref, &fault));
	ck_assert_int_eq(pact_load(&p, GRID, ref)->parties[1].declined_at, 0);
	fixture_ok(agreement_awaiting(pact_as(&p, CERT), &waiting, &n));
	ck_assert_int_eq((int)n, 1);
	fixture_ok(agreement_decline(pact_as(&p, CERT), ref, 2, "Still not."));
	pact_close(&p);
}
END_TEST

START_TEST(later_and_over)
{
	struct agreement_input in;
	struct pact p;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.from_at = p.f.ctx.now_at + 10 * CLOCK_DAY;
	in.until_at = p.f.ctx.now_at + 20 * CLOCK_DAY;
	ref = pact_force_input(&p, GRID, BOTH, &in);
	ck_assert_int_eq(pact_load(&p, GRID, ref)->state, AGREEMENT_SIGNED);
	ck_assert_int_eq(pact_reach(&p, CERT, "agr-2026-0006"), -1);
	pact_verify(&p);
	p.f.ctx.now_at = in.from_at - 1;
	ck_assert_int_eq(pact_reach(&p, CERT, "agr-2026-0006"), -1);
	p.f.ctx.now_at = in.from_at;
	ck_assert_int_eq(pact_reach(&p, CERT, "agr-2026-0006"), TLP_AMBER);
	pact_verify(&p);
	p.f.ctx.now_at = in.until_at - 1;
	ck_assert_int_eq(pact_reach(&p, CERT, "agr-2026-0006"), TLP_AMBER);
	p.f.ctx.now_at = in.until_at;
	ck_assert_int_eq(pact_reach(&p, CERT, "agr-2026-0006"), -1);
	ck_assert_int_eq(pact_load(&p, GRID, ref)->state, AGREEMENT_ENDED);
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

START_TEST(who_signs)
{
	struct agreement_signing s;
	struct pact p;
	bool is_last;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	s = seen_by(&p, GRID, ref);
	fixture_err(
	    agreement_sign(pact_other(&p, READER), ref, &s, &is_last, &refusal),
	    ERR_FORBIDDEN);
	fixture_err(agreement_sign(
			pact_other(&p, STEWARD), ref, &s, &is_last, &refusal),
	    ERR_FORBIDDEN);
	fixture_err(
	    agreement_sign(pact_as(&p, BANK), ref, &s, &is_last, &refusal),
	    ERR_NOT_FOUND);
	fixture_err(
	    agreement_sign(pact_other(&p, KEEPER), ref, &s, &is_last, &refusal),
	    ERR_NOT_FOUND);
	fixture_err(agreement_sign(
			pact_other(&p, VISITOR), ref, &s, &is_last, &refusal),
	    ERR_NOT_FOUND);
	pact_sign(&p, ref, GRID);
	fixture_err(pact_try_sign(&p, ref, GRID, &is_last), ERR_REPEATED);
	pact_sign(&p, ref, CERT);
	fixture_err(pact_try_sign(&p, ref, CERT, &is_last), ERR_STATE);
	pact_close(&p);
}
END_TEST

/* What was seen is what is signed. */
START_TEST(another_version_counts)
{
	struct agreement_signature *all;
	struct agreement_signing s, wrong;
	struct agreement_version *v;
	struct agreement_input in;
	struct pact p;
	bool is_last;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	pact_sign(&p, ref, GRID);
	s = seen_by(&p, CERT, ref);
	wrong = s;
	wrong.digest = "00";
	fixture_err(
	    agreement_sign(pact_as(&p, CERT), ref, &wrong, &is_last, &refusal),
	    ERR_STALE);
	in = pact_input(&p, BOTH);
	fixture_ok(agreement_revise(pact_as(&p, GRID), ref));
	fixture_ok(agreement_load_draft(&p.f.ctx, ref, &v));
	in.notice_days = 1;
	fixture_ok(agreement_save(&p.f.ctx, ref, v->edit, &in, &fault));
	fixture_ok(pact_try(&p, GRID, ref, &fault));
	fixture_err(
	    agreement_sign(pact_as(&p, CERT), ref, &s, &is_last, &refusal),
	    ERR_STALE);
	ck_assert(!pact_sign(&p, ref, CERT));
	/* Grid's is kept, and void. */
	fixture_ok(agreement_signatures(pact_as(&p, CERT), ref, &all, &n));
	ck_assert_int_eq((int)n, 2);
	ck_assert_str_eq(all[0].organisation_ref, "grid");
	ck_assert(all[0].is_void && !all[1].is_void);
	ck_assert(pact_sign(&p, ref, GRID));
	pact_close(&p);
}
END_TEST

START_TEST(in_sequence)
{
	struct agreement_input in;
	struct pact p;
	bool is_last;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, THREE);
	in.order = ORDER_SEQUENCE;
	ref = pact_propose_input(&p, CERT, &in);
	fixture_err(pact_try_sign(&p, ref, WATER, &is_last), ERR_FORBIDDEN);
	fixture_err(pact_try_sign(&p, ref, CERT, &is_last), ERR_FORBIDDEN);
	ck_assert(pact_load(&p, WATER, ref)->parties[0].may_sign);
	pact_sign(&p, ref, GRID);
	ck_assert(!pact_load(&p, WATER, ref)->parties[0].may_sign);
	ck_assert(pact_load(&p, WATER, ref)->parties[1].may_sign);
	fixture_err(pact_try_sign(&p, ref, WATER, &is_last), ERR_FORBIDDEN);
	pact_sign(&p, ref, CERT);
	ck_assert(pact_sign(&p, ref, WATER));
	pact_close(&p);
}
END_TEST

/* What was right when it was proposed may have gone since. */
START_TEST(not_right_any_more)
{
	struct agreement_input in, other;
	struct pact p;
	bool is_last;
	char *ref;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.until_at = p.f.ctx.now_at + CLOCK_DAY;
	ref = pact_propose_input(&p, GRID, &in);
	fixture_later(&p.f, CLOCK_DAY);
	fixture_err(pact_try_sign(&p, ref, GRID, &is_last), ERR_INVALID);
	/* Somebody else got the circle between proposal and signature. */
	in = pact_input(&p, BOTH);
	ref = pact_force_input(&p, GRID, BOTH, &in);
	in = pact_input(&p, THREE);
	in.circle = "agr-2026-0007";
	other = pact_input(&p, BOTH | 1 << BANK);
	other.circle = in.circle;
	ref = pact_propose_input(&p, GRID, &in);
	pact_force_input(&p, CERT, BOTH | 1 << BANK, &other);
	fixture_err(pact_try_sign(&p, ref, GRID, &is_last), ERR_INVALID);
	{
		struct agreement_signing s = seen_by(&p, GRID, ref);

		fixture_err(agreement_sign(
				pact_as(&p, GRID), ref, &s, &is_last, &refusal),
		    ERR_INVALID);
		ck_assert_str_eq(refusal.error, "Circle");
		ck_assert_str_eq(refusal.who, "Bank");
	}
	pact_close(&p);
}
END_TEST

/* Suspended between its own signature and the last: nothing opens to it. */
START_TEST(suspended_before_the_last)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, THREE);
	pact_sign(&p, ref, WATER);
	pact_sign(&p, ref, GRID);
	fixture_console(&p.f);
	fixture_ok(organisation_suspend(&p.f.ctx, "water", "test"));
	ck_assert(pact_sign(&p, ref, CERT));
	ck_assert_int_eq(pact_reach(&p, WATER, "agr-2026-0006"), -1);
	ck_assert_int_eq(pact_reach(&p, GRID, "agr-2026-0006"), TLP_AMBER);
	pact_verify(&p);
	fixture_console(&p.f);
	fixture_ok(organisation_reinstate(&p.f.ctx, "water"));
	ck_assert_int_eq(pact_reach(&p, WATER, "agr-2026-0006"), TLP_AMBER);
	pact_verify(&p);
	pact_close(&p);
}
END_TEST

/* ---- minisign ---------------------------------------------------------- */

static char *
register_key(struct pact *p, struct pen *pen)
{
	char *number;

	pen_new(pen);
	pact_other(p, STEWARD);
	fixture_ok(pen_try_bring(p, pen, &number));
	return number;
}

static enum err
sign_with(struct pact *p, const char *ref, const char *file)
{
	struct agreement_signing s = seen_by(p, GRID, ref);
	bool is_last;

	s.minisig = file;
	s.minisig_len = strlen(file);
	return agreement_sign(&p->f.ctx, ref, &s, &is_last, &refusal);
}

START_TEST(with_the_own_key)
{
	struct agreement_signature *all;
	struct agreement_file file;
	char *ref, *bytes, *sig, *number;
	struct pen pen, other;
	struct pact p;
	size_t len, n;

	pact_open(&p);
	number = register_key(&p, &pen);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_ok(
	    agreement_canonical(pact_as(&p, GRID), ref, 1, &bytes, &len));
	sig = pen_sign(&p, &pen, bytes, len);
	/* Not before a second person has confirmed the key. */
	fixture_err(sign_with(&p, ref, sig), ERR_INVALID);
	ck_assert_str_eq(refusal.error, "NoKey");
	fixture_ok(signing_key_confirm(pact_as(&p, GRID), number));
	fixture_err(sign_with(&p, ref, "nonsense"), ERR_INVALID);
	ck_assert_int_ne(refusal.minisig.reason, MINISIG_OK);
	fixture_err(sign_with(&p, ref, pen_sign(&p, &pen, bytes, len - 1)),
	    ERR_INVALID);
	ck_assert_int_eq(refusal.minisig.reason, MINISIG_WRONG);
	pen_new(&other);
	fixture_err(
	    sign_with(&p, ref, pen_sign(&p, &other, bytes, len)), ERR_INVALID);
	ck_assert_str_eq(refusal.error, "NoKey");
	/* The same number does not make another key this one. */
	memcpy(other.number, pen.number, 8);
	fixture_err(
	    sign_with(&p, ref, pen_sign(&p, &other, bytes, len)), ERR_INVALID);
	ck_assert_int_eq(refusal.minisig.reason, MINISIG_WRONG);
	ck_assert_int_eq(
	    fixture_int(&p.f, "SELECT COUNT(*) FROM agreement_signature"), 0);
	fixture_ok(sign_with(&p, ref, sig));
	ck_assert(pact_sign(&p, ref, CERT));
	fixture_ok(agreement_signatures(pact_as(&p, CERT), ref, &all, &n));
	ck_assert_int_eq(all[0].way, WAY_MINISIGN);
	ck_assert_str_eq(all[0].key_number, number);
	ck_assert_int_eq(all[1].way, WAY_PORTAL);
	ck_assert_ptr_null(all[1].key_number);
	fixture_ok(agreement_signature_file(&p.f.ctx, ref, 1, "grid", &file));
	ck_assert_str_eq(file.bytes, sig);
	pact_close(&p);
}
END_TEST

START_TEST(revoked_key)
{
	char *ref, *bytes, *sig, *number;
	struct agreement_signature *all;
	struct pen pen;
	struct pact p;
	size_t len, n;

	pact_open(&p);
	number = register_key(&p, &pen);
	fixture_ok(signing_key_confirm(pact_as(&p, GRID), number));
	ref = pact_propose(&p, GRID, BOTH);
	fixture_ok(
	    agreement_canonical(pact_as(&p, GRID), ref, 1, &bytes, &len));
	sig = pen_sign(&p, &pen, bytes, len);
	fixture_ok(sign_with(&p, ref, sig));
	fixture_ok(signing_key_revoke(pact_other(&p, STEWARD), number));
	/* What it has signed stays signed. */
	ck_assert(pact_sign(&p, ref, CERT));
	fixture_ok(agreement_signatures(pact_as(&p, CERT), ref, &all, &n));
	ck_assert(all[0].is_key_revoked);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_ok(
	    agreement_canonical(pact_as(&p, GRID), ref, 1, &bytes, &len));
	fixture_err(
	    sign_with(&p, ref, pen_sign(&p, &pen, bytes, len)), ERR_INVALID);
	ck_assert_str_eq(refusal.error, "NoKey");
	pact_close(&p);
}
END_TEST

/* ---- what can be downloaded -------------------------------------------- */

START_TEST(record_of_a_signature)
{
	struct agreement_file file;
	struct agreement *a;
	json_t *record;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_force(&p, GRID, BOTH);
	a = pact_load(&p, GRID, ref);
	fixture_ok(
	    agreement_signature_file(pact_as(&p, CERT), ref, 1, "grid", &file));
	ck_assert_int_eq(file.way, WAY_PORTAL);
	record = json_loadb(file.bytes, file.len, 0, NULL);
	ck_assert_ptr_nonnull(record);
	ck_assert_str_eq(json_string_value(json_object_get(record, "kind")),
	    "agreement.signed");
	ck_assert_str_eq(
	    json_string_value(json_object_get(record, "organisation")), "grid");
	ck_assert_str_eq(json_string_value(json_object_get(
			     json_object_get(record, "what"), "sha256")),
	    a->current->digest);
	json_decref(record);
	fixture_err(
	    agreement_signature_file(pact_as(&p, CERT), ref, 1, "bank", &file),
	    ERR_NOT_FOUND);
	fixture_err(
	    agreement_signature_file(pact_as(&p, BANK), ref, 1, "grid", &file),
	    ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("agreement sign", UNIT(last_signature_opens), UNIT(declined),
    UNIT(declined_until_the_next), UNIT(later_and_over), UNIT(who_signs),
    UNIT(another_version_counts), UNIT(in_sequence), UNIT(not_right_any_more),
    UNIT(suspended_before_the_last), UNIT(with_the_own_key), UNIT(revoked_key),
    UNIT(record_of_a_signature))
