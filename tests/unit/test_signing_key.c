/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/signing_key.h"

#include "base/file.h"
#include "pen.h"
#include "program.h"

/* One that minisign 0.11 made. */
#define KEY "RWRLw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf"

static struct minisig_fault fault;
static struct pen pen; /* with which most is done */
static char number[MINISIG_NUMBER_TEXT];

static void
start(struct pact *p)
{
	pact_open(p);
	pen_new(&pen);
	minisig_number_text(pen.number, number);
}

static enum err
propose(struct pact *p, const struct pen *with)
{
	char *got;
	enum err rc = pen_try_bring(p, with, &got);

	ck_assert((rc == ERR_OK) == (got != NULL));
	if (rc == ERR_OK)
		ck_assert_str_eq(got, number);
	return rc;
}

static struct person *
person(struct pact *p, const char *name, unsigned roles)
{
	return fixture_person(&p->f, p->org[GRID]->ref, name, roles);
}

/* Who brings it, who confirms it. */
static const struct {
	unsigned first, second;
	enum err proposed, confirmed;
} pairs[] = {
	{ ROLE_STEWARD, ROLE_SIGNATORY, ERR_OK, ERR_OK },
	{ ROLE_SIGNATORY, ROLE_STEWARD, ERR_OK, ERR_OK },
	{ ROLE_STEWARD, ROLE_STEWARD, ERR_OK, ERR_FORBIDDEN },
	{ ROLE_SIGNATORY, ROLE_SIGNATORY, ERR_OK, ERR_FORBIDDEN },
	{ ROLE_STEWARD, ROLE_PUBLISHER, ERR_OK, ERR_FORBIDDEN },
	{ ROLE_STEWARD, 0, ERR_OK, ERR_FORBIDDEN },
	{ ROLE_PUBLISHER, ROLE_STEWARD, ERR_FORBIDDEN, ERR_NOT_FOUND },
	{ 0, ROLE_SIGNATORY, ERR_FORBIDDEN, ERR_NOT_FOUND },
	{ ROLE_STEWARD | ROLE_SIGNATORY, ROLE_STEWARD, ERR_OK, ERR_OK },
	{ ROLE_STEWARD | ROLE_SIGNATORY, ROLE_SIGNATORY, ERR_OK, ERR_OK },
	{ ROLE_STEWARD, ROLE_STEWARD | ROLE_SIGNATORY, ERR_OK, ERR_OK },
};

START_TEST(two_persons)
{
	struct person *first, *second;
	struct minisig_key key;
	struct pact p;
	int64_t waiting, id;

	start(&p);
	first = person(&p, "First", pairs[_i].first);
	second = person(&p, "Second", pairs[_i].second);
	fixture_as(&p.f, first);
	fixture_err(propose(&p, &pen), pairs[_i].proposed);
	/* Never by the same person, whatever the roles. */
	ck_assert_int_ne(signing_key_confirm(&p.f.ctx, number), ERR_OK);
	fixture_as(&p.f, second);
	fixture_ok(signing_key_waiting(&p.f.ctx, &waiting));
	ck_assert_int_eq(waiting, pairs[_i].confirmed == ERR_OK);
	fixture_err(signing_key_confirm(&p.f.ctx, number), pairs[_i].confirmed);
	fixture_err(
	    signing_key_active(&p.f.ctx, p.org[GRID]->id, number, &id, &key),
	    pairs[_i].confirmed == ERR_OK ? ERR_OK : ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

START_TEST(states)
{
	struct signing_key *all;
	struct minisig_key key;
	struct pact p;
	int64_t id;
	size_t n;

	start(&p);
	pact_other(&p, STEWARD);
	fixture_ok(propose(&p, &pen));
	pact_other(&p, STEWARD);
	fixture_err(propose(&p, &pen), ERR_EXISTS);
	fixture_ok(signing_key_list(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq((int)n, 1);
	ck_assert_int_eq(all[0].state, SIGNING_KEY_PROPOSED);
	ck_assert(all[0].may_confirm);
	ck_assert_ptr_nonnull(strstr(pen.pub, all[0].public_key));
	ck_assert_str_eq(all[0].proposed_by, "Stew");
	fixture_ok(signing_key_confirm(&p.f.ctx, number));
	fixture_err(signing_key_confirm(&p.f.ctx, number), ERR_STATE);
	fixture_err(
	    signing_key_revoke(pact_other(&p, READER), number), ERR_FORBIDDEN);
	fixture_ok(signing_key_revoke(pact_as(&p, GRID), number));
	fixture_err(signing_key_revoke(&p.f.ctx, number), ERR_STATE);
	fixture_err(signing_key_confirm(&p.f.ctx, number), ERR_STATE);
	fixture_err(
	    signing_key_active(&p.f.ctx, p.org[GRID]->id, number, &id, &key),
	    ERR_NOT_FOUND);
	/* What was revoked does not come back. */
	pact_other(&p, STEWARD);
	fixture_err(propose(&p, &pen), ERR_EXISTS);
	fixture_ok(signing_key_list(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq(all[0].state, SIGNING_KEY_REVOKED);
	ck_assert_str_eq(all[0].revoked_by, "Grid");
	ck_assert_int_eq(
	    fixture_int(&p.f,
		"SELECT COUNT(*) FROM record WHERE kind LIKE 'signing-key.%'"),
	    3);
	/* Each tells the whole key. */
	ck_assert_int_eq(
	    fixture_int(&p.f,
		"SELECT COUNT(*) FROM record r JOIN signing_key k"
		" WHERE r.kind LIKE 'signing-key.%'"
		" AND instr(r.body, '\"' || k.public_key || '\"') > 0"),
	    3);
	pact_close(&p);
}
END_TEST

START_TEST(of_another_organisation)
{
	struct signing_key *all;
	struct pact p;
	size_t n;

	start(&p);
	pact_as(&p, GRID);
	fixture_ok(propose(&p, &pen));
	pact_as(&p, CERT);
	fixture_err(propose(&p, &pen), ERR_EXISTS);
	fixture_err(signing_key_confirm(&p.f.ctx, number), ERR_NOT_FOUND);
	fixture_err(signing_key_revoke(&p.f.ctx, number), ERR_NOT_FOUND);
	fixture_ok(signing_key_list(&p.f.ctx, &all, &n));
	ck_assert_int_eq((int)n, 0);
	/* With another number, which is free to choose, it is the same key. */
	fixture_as(&p.f, p.who[CERT]);
	pen_renumber(&pen, 0);
	fixture_err(propose(&p, &pen), ERR_EXISTS);
	pen_renumber(&pen, 0);
	pen_renumber(&pen, 7);
	fixture_err(propose(&p, &pen), ERR_EXISTS);
	pen_renumber(&pen, 7);
	/* Free once nobody uses it. */
	fixture_ok(signing_key_revoke(pact_as(&p, GRID), number));
	pact_as(&p, CERT);
	fixture_ok(propose(&p, &pen));
	pact_close(&p);
}
END_TEST

static const char *const wrong[] = { "", "x", "RW", KEY "A", KEY "\n\n" };

START_TEST(not_a_key)
{
	struct signing_key_proof proof = { .key = wrong[_i],
		.key_len = strlen(wrong[_i]),
		.minisig = "",
		.minisig_len = 0 };
	struct signing_key_offer offer;
	struct pact p;
	bool is_proof;
	char *got;

	start(&p);
	fixture_err(signing_key_offer(pact_as(&p, GRID), wrong[_i],
			strlen(wrong[_i]), &offer, &fault),
	    ERR_INVALID);
	ck_assert_int_ne(fault.reason, MINISIG_OK);
	ck_assert_ptr_null(offer.text);
	fixture_err(
	    signing_key_propose(&p.f.ctx, &proof, &got, &is_proof, &fault),
	    ERR_INVALID);
	ck_assert(!is_proof);
	ck_assert_int_ne(fault.reason, MINISIG_OK);
	pact_close(&p);
}
END_TEST

/* ---- the proof --------------------------------------------------------- */

static enum err
prove(struct pact *p, const char *key, const char *sig)
{
	const struct signing_key_proof proof = { .key = key,
		.key_len = strlen(key),
		.minisig = sig,
		.minisig_len = strlen(sig) };
	bool is_proof;
	char *got;
	enum err rc;

	rc = signing_key_propose(&p->f.ctx, &proof, &got, &is_proof, &fault);
	ck_assert(is_proof);
	ck_assert((rc == ERR_OK) == (got != NULL));
	return rc;
}

static char *
text_for(struct pact *p, enum member m, const char *key)
{
	struct signing_key_offer offer;

	fixture_ok(
	    signing_key_offer(pact_as(p, m), key, strlen(key), &offer, &fault));
	return offer.text;
}

START_TEST(says_what_is_signed)
{
	struct pact p;
	char *text;

	start(&p);
	text = text_for(&p, GRID, pen.pub);
	ck_assert_ptr_nonnull(strstr(text, "\nOrganisation: Grid\n"));
	ck_assert_ptr_nonnull(strstr(text, "\nReference: grid\n"));
	ck_assert_ptr_nonnull(
	    strstr(text, arena_printf(p.f.arena, "\nKey: %s\n", number)));
	ck_assert_ptr_nonnull(strstr(text, "\nDate: 2"));
	pact_close(&p);
}
END_TEST

/* Another organisation's key is public; its signatures of this are not. */
START_TEST(of_who_has_the_secret)
{
	struct pen own;
	struct pact p;
	char *text, *grids;

	start(&p);
	pen_new(&own);
	grids = text_for(&p, GRID, pen.pub);
	text = text_for(&p, CERT, pen.pub);
	fixture_err(prove(&p, pen.pub, "nonsense"), ERR_INVALID);
	ck_assert_int_eq(fault.reason, MINISIG_PREFIX);
	fixture_err(prove(&p, pen.pub, pen_sign(&p, &own, text, strlen(text))),
	    ERR_INVALID);
	ck_assert_int_eq(fault.reason, MINISIG_OTHER_KEY);
	memcpy(own.number, pen.number, sizeof(own.number));
	fixture_err(prove(&p, pen.pub, pen_sign(&p, &own, text, strlen(text))),
	    ERR_INVALID);
	ck_assert_int_eq(fault.reason, MINISIG_WRONG);
	fixture_err(
	    prove(&p, pen.pub, pen_sign(&p, &pen, grids, strlen(grids))),
	    ERR_INVALID);
	ck_assert_int_eq(fault.reason, MINISIG_WRONG);
	fixture_err(
	    prove(&p, pen.pub, pen_sign(&p, &pen, text, strlen(text) - 1)),
	    ERR_INVALID);
	ck_assert_int_eq(
	    fixture_int(&p.f, "SELECT COUNT(*) FROM signing_key"), 0);
	fixture_ok(prove(&p, pen.pub, pen_sign(&p, &pen, text, strlen(text))));
	pact_close(&p);
}
END_TEST

/* For some days, as the clock of the portal counts them. */
static const struct {
	int days;
	enum err rc;
} ages[] = { { 0, ERR_OK }, { 1, ERR_OK }, { SIGNING_KEY_PROOF_DAYS, ERR_OK },
	{ SIGNING_KEY_PROOF_DAYS + 1, ERR_INVALID }, { -1, ERR_INVALID } };

START_TEST(of_these_days)
{
	struct pact p;
	char *text;

	start(&p);
	text = text_for(&p, GRID, pen.pub);
	p.f.ctx.now_at += ages[_i].days * CLOCK_DAY;
	fixture_err(prove(&p, pen.pub, pen_sign(&p, &pen, text, strlen(text))),
	    ages[_i].rc);
	pact_close(&p);
}
END_TEST

static char *
contents(struct pact *p, const char *path)
{
	struct buf b;
	char *text;

	buf_init(&b, MINISIG_FILE_MAX);
	fixture_ok(file_read(path, &b));
	text = arena_copy_n(p->f.arena, b.data, b.len);
	buf_free(&b);
	return text;
}

/* As the page says that it is done. */
START_TEST(by_minisign_itself)
{
	char dir[UNIT_PATH], pub[UNIT_PATH], key[UNIT_PATH], said[UNIT_PATH];
	char bytes[UNIT_PATH], sig[UNIT_PATH], *text;
	struct pact p;
	FILE *f;

	start(&p);
	unit_scratch(dir);
	unit_path(pub, dir, "a.pub");
	unit_path(key, dir, "a.key");
	unit_path(said, dir, "said");
	unit_path(bytes, dir, "text");
	unit_path(sig, dir, "text.minisig");
	ck_assert_int_eq(
	    UNIT_SPAWN(said, "minisign", "-G", "-W", "-p", pub, "-s", key), 0);
	text = text_for(&p, GRID, contents(&p, pub));
	f = fopen(bytes, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(
	    UNIT_SPAWN(said, "minisign", "-S", "-s", key, "-m", bytes), 0);
	fixture_ok(prove(&p, contents(&p, pub), contents(&p, sig)));
	unit_remove(dir);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("signing key", UNIT_ROWS(two_persons, pairs), UNIT(states),
    UNIT(of_another_organisation), UNIT_ROWS(not_a_key, wrong),
    UNIT(says_what_is_signed), UNIT(of_who_has_the_secret),
    UNIT_ROWS(of_these_days, ages), UNIT(by_minisign_itself))
