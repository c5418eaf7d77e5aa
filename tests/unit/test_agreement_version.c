/* SPDX-License-Identifier: Apache-2.0 */
/* Versions: numbered, the same for every party, signed by their bytes. */
#include <jansson.h>

#include "domain/agreement_store.h"

#include "pact.h"

enum { BOTH = 1 << GRID | 1 << CERT, THREE = BOTH | 1 << WATER };

static struct agreement_fault fault;

/* Another version by a member. */
static void
revise(struct pact *p, enum member m, const char *ref,
    const struct agreement_input *in)
{
	struct agreement_version *v;

	fixture_ok(agreement_revise(pact_as(p, m), ref));
	fixture_ok(agreement_load_draft(&p->f.ctx, ref, &v));
	fixture_ok(agreement_save(&p->f.ctx, ref, v->edit, in, &fault));
	fixture_ok(pact_try(p, m, ref, &fault));
}

START_TEST(the_same_history_for_all)
{
	struct agreement_version_row *rows;
	struct agreement_version *v;
	struct agreement_input in;
	struct pact p;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	in = pact_input(&p, BOTH);
	in.text = "Another text.";
	in.change = "Shorter.";
	revise(&p, CERT, ref, &in);
	in = pact_input(&p, THREE);
	revise(&p, GRID, ref, &in);
	for (int m = GRID; m <= WATER; m++) {
		fixture_ok(agreement_versions(
		    pact_as(&p, (enum member)m), ref, &rows, &n));
		ck_assert_int_eq((int)n, 3);
		ck_assert_int_eq(rows[0].number, 3);
		ck_assert(rows[0].is_current && !rows[1].is_current);
		ck_assert_str_eq(rows[1].change, "Shorter.");
		ck_assert_str_eq(rows[1].organisation_name, "Cert");
		ck_assert_str_eq(rows[1].author_name, "Cert");
		fixture_ok(agreement_load_version(&p.f.ctx, ref, 2, &v));
		ck_assert_str_eq(v->text, "Another text.");
		ck_assert_int_eq((int)v->party_count, 2);
	}
	fixture_err(
	    agreement_load_version(&p.f.ctx, ref, 4, &v), ERR_NOT_FOUND);
	fixture_err(
	    agreement_load_version(&p.f.ctx, ref, 0, &v), ERR_NOT_FOUND);
	fixture_err(
	    agreement_load_version(&p.f.ctx, ref, -1, &v), ERR_NOT_FOUND);
	fixture_err(agreement_versions(pact_as(&p, BANK), ref, &rows, &n),
	    ERR_NOT_FOUND);
	fixture_err(
	    agreement_load_version(&p.f.ctx, ref, 1, &v), ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

/* Who was a party of an earlier version, and is none of this one. */
START_TEST(dropped_party)
{
	struct agreement_input in;
	struct agreement *a;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, THREE);
	in = pact_input(&p, BOTH);
	revise(&p, CERT, ref, &in);
	fixture_err(agreement_load(pact_as(&p, WATER), ref, &a), ERR_NOT_FOUND);
	/* Who proposed it is always one. */
	fixture_ok(agreement_revise(pact_as(&p, CERT), ref));
	in = pact_input(&p, 1 << CERT | 1 << WATER);
	fixture_ok(agreement_save(&p.f.ctx, ref, 1, &in, &fault));
	fixture_err(pact_try(&p, CERT, ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "PartyProposer");
	pact_close(&p);
}
END_TEST

/* ---- canonical bytes --------------------------------------------------- */

static const char expected[] =
    "{\"format\":\"entente-agreement/1\",\"kind\":\"exchange\",\"number\":1,"
    "\"parties\":[{\"name\":\"Grid\",\"ref\":\"grid\"},"
    "{\"name\":\"Cert\",\"ref\":\"cert\"}],\"ref\":\"AGR-2026-0006\","
    "\"replaces\":null,\"terms\":{\"auditor\":{\"name\":\"Court\","
    "\"ref\":\"court\"},\"circle\":{\"name\":\"Grid exchange\","
    "\"ref\":null},\"from\":null,\"label\":\"TLP:AMBER\","
    "\"notice_days\":30,\"order\":\"sequence\",\"sectors\":[\"energy\","
    "\"water\"],\"sharing\":\"permission\","
    "\"until\":\"2027-01-31T00:00:00Z\"},\"text\":\"# Purpose\\n\\nWe "
    "tell each other.\",\"title\":\"Exchange on the grid\"}";

START_TEST(canonical)
{
	uint8_t hash[DIGEST_BYTES];
	char digest[DIGEST_TEXT], *ref, *bytes;
	struct agreement_input in;
	struct agreement *a;
	struct pact p;
	size_t len;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.auditor = "court";
	in.order = ORDER_SEQUENCE;
	in.sectors = 1 | 8;
	ck_assert(clock_parse_date("2027-01-31", &in.until_at));
	ref = pact_propose_input(&p, GRID, &in);
	fixture_ok(
	    agreement_canonical(pact_as(&p, CERT), ref, 1, &bytes, &len));
	ck_assert_str_eq(bytes, expected);
	ck_assert_int_eq((int)len, (int)strlen(expected));
	digest_sha256(expected, strlen(expected), hash);
	digest_hex(hash, digest);
	a = pact_load(&p, GRID, ref);
	ck_assert_str_eq(a->current->digest, digest);
	fixture_err(
	    agreement_canonical(pact_as(&p, BANK), ref, 1, &bytes, &len),
	    ERR_NOT_FOUND);
	/* A new name does not change what was proposed. */
	fixture_run(&p.f,
	    "UPDATE organisation SET name = 'New Grid'"
	    " WHERE ref = 'grid'");
	fixture_ok(
	    agreement_canonical(pact_as(&p, CERT), ref, 1, &bytes, &len));
	ck_assert_str_eq(bytes, expected);
	pact_close(&p);
}
END_TEST

/* What an auditor may read is signed, too, where it is said. */
START_TEST(canonical_audit)
{
	struct agreement_input in;
	struct agreement_version *v;
	struct pact p;
	char *ref, *next, *bytes;
	size_t len;

	pact_open(&p);
	in = pact_input(&p, BOTH);
	in.auditor = "court";
	in.audit_families = 1 << RECORD_OF_ADVISORY | 1 << RECORD_OF_KEY;
	ck_assert(clock_parse_date("2025-03-01", &in.audit_from_at));
	ref = pact_force_input(&p, GRID, BOTH, &in);
	fixture_ok(
	    agreement_canonical(pact_as(&p, CERT), ref, 1, &bytes, &len));
	ck_assert_ptr_nonnull(strstr(bytes,
	    "\"terms\":{\"audit_families\":[\"advisory\",\"signing-key\"],"
	    "\"audit_from\":\"2025-03-01T00:00:00Z\",\"auditor\":"));
	pact_verify(&p);
	/* What follows it starts with the same. */
	fixture_ok(agreement_amend(pact_as(&p, GRID), ref, &next));
	fixture_ok(agreement_load_draft(&p.f.ctx, next, &v));
	ck_assert_int_eq(v->terms.audit_families, in.audit_families);
	ck_assert_int_eq(v->terms.audit_from_at, in.audit_from_at);
	/* Of nobody who audits there is nothing to say. */
	in.auditor = NULL;
	ref = pact_propose_input(&p, GRID, &in);
	fixture_ok(agreement_canonical(&p.f.ctx, ref, 1, &bytes, &len));
	ck_assert_ptr_null(strstr(bytes, "audit_"));
	pact_close(&p);
}
END_TEST

/* Whoever changes a row behind the portal's back is found. */
static const char *const tampered[] = {
	"UPDATE agreement_version SET text = 'x'",
	"UPDATE agreement_version SET title = 'x'",
	"UPDATE agreement_version SET max_label = 3",
	"UPDATE agreement_version SET sectors = 2",
	"UPDATE agreement_version SET sharing = 'never'",
	"UPDATE agreement_version SET notice_days = 1",
	"UPDATE agreement_version SET audit_families = 1",
	"UPDATE agreement_version SET audit_from_at = 1",
	"UPDATE agreement_version SET until_at = 1",
	"UPDATE agreement_version SET from_at = 1",
	"UPDATE agreement_version SET signing_order = 'sequence'",
	"UPDATE agreement_version SET circle_name = 'x'",
	"UPDATE agreement_version_party SET name = 'x' WHERE position = 1",
	"UPDATE agreement_version_party SET organisation = 4"
	" WHERE position = 2",
	"UPDATE agreement SET kind = 'other' WHERE version = 1",
	"UPDATE agreement SET ref = 'AGR-2026-0099' WHERE version = 1",
	"UPDATE agreement_version SET digest = zeroblob(32)",
};

START_TEST(tampering_is_found)
{
	char *ref, *bytes, *problem;
	struct pact p;
	int64_t n;
	size_t len;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	pact_verify(&p);
	fixture_run(&p.f, "DROP TRIGGER agreement_version_is_never_changed");
	fixture_run(
	    &p.f, "DROP TRIGGER agreement_version_party_is_never_changed");
	fixture_run(&p.f, tampered[_i]);
	if (strstr(tampered[_i], "SET ref") == NULL)
		fixture_err(agreement_canonical(
				pact_as(&p, GRID), ref, 1, &bytes, &len),
		    ERR_CORRUPT);
	fixture_ok(agreement_verify(&p.f.ctx, &n, &problem));
	ck_assert_ptr_nonnull(problem);
	ck_assert_ptr_nonnull(strstr(problem, "digest"));
	pact_close(&p);
}
END_TEST

/* Rows that no act leaves behind. */
static const struct {
	const char *sql, *problem;
} broken[] = {
	{ "UPDATE agreement SET state = 'proposed', signed_at = NULL,"
	  " from_at = NULL WHERE kind = 'exchange'",
	    "should not be open" },
	{ "DELETE FROM access_grant WHERE circle > 19 AND organisation = 1",
	    "grants are missing" },
	{ "UPDATE access_grant SET max_label = 4 WHERE organisation = 2",
	    "are missing" },
	{ "UPDATE access_grant SET ended_at = from_at WHERE organisation = 2",
	    "grants are missing" },
	{ "DROP TRIGGER agreement_signature_is_never_removed;"
	  "DELETE FROM agreement_signature WHERE organisation = 2",
	    "signatures are missing" },
	{ "DELETE FROM access_grant WHERE agreement IN"
	  " (SELECT id FROM agreement WHERE kind = 'exchange');"
	  "UPDATE agreement SET state = 'proposed', signed_at = NULL,"
	  " from_at = NULL WHERE kind = 'exchange'",
	    "signed by all to no effect" },
};

START_TEST(half_done_is_found)
{
	char text[512], *rest = text, *one, *problem;
	struct pact p;
	int64_t n;

	pact_open(&p);
	pact_force(&p, GRID, BOTH);
	pact_verify(&p);
	snprintf(text, sizeof(text), "%s", broken[_i].sql);
	while ((one = strsep(&rest, ";")) != NULL)
		fixture_run(&p.f, one);
	fixture_ok(agreement_verify(&p.f.ctx, &n, &problem));
	ck_assert_msg(
	    problem != NULL && strstr(problem, broken[_i].problem) != NULL,
	    "%s: %s", broken[_i].sql, problem != NULL ? problem : "sound");
	pact_close(&p);
}
END_TEST

/* ---- differences ------------------------------------------------------- */

static unsigned
differs(struct pact *p, const char *ref, int from, int to)
{
	struct agreement_version *a, *b;

	fixture_ok(agreement_load_version(&p->f.ctx, ref, from, &a));
	fixture_ok(agreement_load_version(&p->f.ctx, ref, to, &b));
	return agreement_differs(a, b);
}

START_TEST(differences)
{
	static const char *reversed[] = { "cert", "grid", NULL };
	struct agreement_input in;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	in = pact_input(&p, BOTH);
	/* Nothing is new, so it would only make signatures void. */
	fixture_ok(agreement_revise(pact_as(&p, CERT), ref));
	fixture_err(pact_try(&p, CERT, ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "Same");
	fixture_ok(agreement_discard(pact_as(&p, CERT), ref));
	in.title = "T";
	in.text = "t";
	in.parties = reversed;
	in.circle_name = "Name";
	in.sectors = 2;
	in.max_label = TLP_GREEN;
	in.sharing = SHARING_NEVER;
	in.from_at = p.f.ctx.now_at;
	in.until_at = p.f.ctx.now_at + CLOCK_DAY;
	in.notice_days = 1;
	in.auditor = "court";
	in.audit_families = 1;
	in.audit_from_at = CLOCK_DAY;
	in.order = ORDER_SEQUENCE;
	revise(&p, CERT, ref, &in);
	ck_assert_int_eq((int)differs(&p, ref, 1, 2), 16383);
	in = pact_input(&p, BOTH);
	in.max_label = TLP_CLEAR;
	revise(&p, CERT, ref, &in);
	ck_assert_int_eq((int)differs(&p, ref, 1, 3), DIFFERS_LABEL);
	pact_close(&p);
}
END_TEST

/* ---- comments ---------------------------------------------------------- */

START_TEST(comments)
{
	struct agreement_comment *all;
	struct agreement_input in;
	struct pact p;
	char *ref;
	size_t n;

	pact_open(&p);
	ref = pact_propose(&p, GRID, BOTH);
	fixture_ok(
	    agreement_comment(pact_as(&p, CERT), ref, 1, "Why 30 days?"));
	/* Also somebody who may not sign. */
	fixture_ok(
	    agreement_comment(pact_other(&p, READER), ref, 1, "Ask Stew."));
	fixture_err(agreement_comment(&p.f.ctx, ref, 2, "x"), ERR_STALE);
	fixture_err(agreement_comment(&p.f.ctx, ref, 1, ""), ERR_INVALID);
	fixture_err(agreement_comment(&p.f.ctx, ref, 1, NULL), ERR_INVALID);
	fixture_err(agreement_comment(&p.f.ctx, ref, 1, "\x01"), ERR_INVALID);
	fixture_err(
	    agreement_comment(pact_as(&p, BANK), ref, 1, "x"), ERR_NOT_FOUND);
	fixture_err(agreement_comment(pact_other(&p, KEEPER), ref, 1, "x"),
	    ERR_NOT_FOUND);
	in = pact_input(&p, BOTH);
	in.notice_days = 60;
	revise(&p, GRID, ref, &in);
	fixture_err(
	    agreement_comment(pact_as(&p, CERT), ref, 1, "x"), ERR_STALE);
	fixture_ok(agreement_comment(pact_as(&p, CERT), ref, 2, "Good."));
	fixture_ok(agreement_comments(pact_as(&p, CERT), ref, &all, &n));
	ck_assert_int_eq((int)n, 3);
	ck_assert_str_eq(all[0].text, "Why 30 days?");
	ck_assert(all[0].is_own && !all[1].is_own);
	ck_assert_str_eq(all[1].person_name, "Rea");
	ck_assert_int_eq(all[2].version, 2);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("agreement version", UNIT(the_same_history_for_all),
    UNIT(dropped_party), UNIT(canonical), UNIT(canonical_audit),
    UNIT_ROWS(tampering_is_found, tampered),
    UNIT_ROWS(half_done_is_found, broken), UNIT(differences), UNIT(comments))
