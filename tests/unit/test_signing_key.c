/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/signing_key.h"

#include "pact.h"

/* Two that minisign 0.11 made. */
#define NUMBER "E0F75A152DC9C34B"
#define KEY "RWRLw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf"

/* The first, and with another first and last byte of its number. */
#define RENUMBERED "RWQBw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf"
#define RENUMBERED_END \
	"RWRLw8ktFVr3AehvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf"

static struct minisig_fault fault;

static enum err
propose(struct ctx *ctx, const char *file)
{
	char *number;
	enum err rc;

	rc = signing_key_propose(ctx, file, strlen(file), &number, &fault);
	ck_assert((rc == ERR_OK) == (number != NULL));
	if (rc == ERR_OK)
		ck_assert_str_eq(number, NUMBER);
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

	pact_open(&p);
	first = person(&p, "First", pairs[_i].first);
	second = person(&p, "Second", pairs[_i].second);
	fixture_as(&p.f, first);
	fixture_err(propose(&p.f.ctx, KEY), pairs[_i].proposed);
	/* Never by the same person, whatever the roles. */
	ck_assert_int_ne(signing_key_confirm(&p.f.ctx, NUMBER), ERR_OK);
	fixture_as(&p.f, second);
	fixture_ok(signing_key_waiting(&p.f.ctx, &waiting));
	ck_assert_int_eq(waiting, pairs[_i].confirmed == ERR_OK);
	fixture_err(signing_key_confirm(&p.f.ctx, NUMBER), pairs[_i].confirmed);
	fixture_err(
	    signing_key_active(&p.f.ctx, p.org[GRID]->id, NUMBER, &id, &key),
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

	pact_open(&p);
	fixture_ok(propose(pact_other(&p, STEWARD), KEY));
	fixture_err(propose(pact_other(&p, STEWARD), KEY), ERR_EXISTS);
	fixture_ok(signing_key_list(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq((int)n, 1);
	ck_assert_int_eq(all[0].state, SIGNING_KEY_PROPOSED);
	ck_assert(all[0].may_confirm);
	ck_assert_str_eq(all[0].public_key, KEY);
	ck_assert_str_eq(all[0].proposed_by, "Stew");
	fixture_ok(signing_key_confirm(&p.f.ctx, NUMBER));
	fixture_err(signing_key_confirm(&p.f.ctx, NUMBER), ERR_STATE);
	fixture_err(
	    signing_key_revoke(pact_other(&p, READER), NUMBER), ERR_FORBIDDEN);
	fixture_ok(signing_key_revoke(pact_as(&p, GRID), NUMBER));
	fixture_err(signing_key_revoke(&p.f.ctx, NUMBER), ERR_STATE);
	fixture_err(signing_key_confirm(&p.f.ctx, NUMBER), ERR_STATE);
	fixture_err(
	    signing_key_active(&p.f.ctx, p.org[GRID]->id, NUMBER, &id, &key),
	    ERR_NOT_FOUND);
	/* What was revoked does not come back. */
	fixture_err(propose(pact_other(&p, STEWARD), KEY), ERR_EXISTS);
	fixture_ok(signing_key_list(pact_as(&p, GRID), &all, &n));
	ck_assert_int_eq(all[0].state, SIGNING_KEY_REVOKED);
	ck_assert_str_eq(all[0].revoked_by, "Grid");
	ck_assert_int_eq(
	    fixture_int(&p.f,
		"SELECT COUNT(*) FROM record WHERE kind LIKE 'signing-key.%'"),
	    3);
	pact_close(&p);
}
END_TEST

START_TEST(of_another_organisation)
{
	struct signing_key *all;
	struct pact p;
	size_t n;

	pact_open(&p);
	fixture_ok(propose(pact_as(&p, GRID), KEY));
	fixture_err(propose(pact_as(&p, CERT), KEY), ERR_EXISTS);
	fixture_err(signing_key_confirm(&p.f.ctx, NUMBER), ERR_NOT_FOUND);
	fixture_err(signing_key_revoke(&p.f.ctx, NUMBER), ERR_NOT_FOUND);
	fixture_ok(signing_key_list(&p.f.ctx, &all, &n));
	ck_assert_int_eq((int)n, 0);
	/* With a number that begins with another byte, it is the same key. */
	fixture_err(propose(&p.f.ctx, RENUMBERED), ERR_EXISTS);
	fixture_err(propose(&p.f.ctx, RENUMBERED_END), ERR_EXISTS);
	/* Free once nobody uses it. */
	fixture_ok(signing_key_revoke(pact_as(&p, GRID), NUMBER));
	fixture_ok(propose(pact_as(&p, CERT), KEY));
	pact_close(&p);
}
END_TEST

static const char *const wrong[] = { "", "x", "RW", KEY "A", KEY "\n\n" };

START_TEST(not_a_key)
{
	struct pact p;

	pact_open(&p);
	fixture_err(propose(pact_as(&p, GRID), wrong[_i]), ERR_INVALID);
	ck_assert_int_ne(fault.reason, MINISIG_OK);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("signing key", UNIT_ROWS(two_persons, pairs), UNIT(states),
    UNIT(of_another_organisation), UNIT_ROWS(not_a_key, wrong))
