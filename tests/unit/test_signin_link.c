/* SPDX-License-Identifier: Apache-2.0 */
/* One-time links: once, in time, for somebody who may sign in. */
#include "fixture.h"

#include "domain/signin_link.h"

static struct fixture f;
static struct organisation *grid;
static struct person *anna;
static char token[TOKEN_TEXT];

static void
setup(void)
{
	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	anna = fixture_person(&f, grid->ref, "Anna", ROLE_PUBLISHER);
	fixture_ok(
	    signin_link_new(&f.ctx, anna->id, f.ctx.now_at + CLOCK_DAY, token));
}

static void
expect(enum err rc)
{
	struct person *p;

	fixture_err(signin_link_find(&f.ctx, token, &p), rc);
	ck_assert((p != NULL) == (rc == ERR_OK));
	if (rc != ERR_OK)
		fixture_err(signin_link_use(&f.ctx, token, &p), rc);
}

START_TEST(works_once)
{
	struct person *p;

	setup();
	expect(ERR_OK);
	expect(ERR_OK); /* looking does not use it up */
	fixture_ok(signin_link_use(&f.ctx, token, &p));
	ck_assert_int_eq(p->id, anna->id);
	expect(ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

START_TEST(works_in_time)
{
	setup();
	fixture_later(&f, CLOCK_DAY - 1);
	expect(ERR_OK);
	fixture_later(&f, 1);
	expect(ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

START_TEST(not_for_the_disabled)
{
	setup();
	fixture_ok(person_disable(&f.ctx, anna->ref));
	expect(ERR_NOT_FOUND);
	fixture_ok(person_enable(&f.ctx, anna->ref));
	expect(ERR_OK);
	fixture_close(&f);
}
END_TEST

START_TEST(not_for_the_suspended)
{
	setup();
	fixture_ok(organisation_suspend(&f.ctx, grid->ref, "test"));
	expect(ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

static const char *const no_tokens[] = { "", "x", "' OR 1=1 --",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

START_TEST(no_token)
{
	struct person *p;

	setup();
	fixture_err(signin_link_find(&f.ctx, no_tokens[_i], &p), ERR_NOT_FOUND);
	fixture_err(signin_link_use(&f.ctx, no_tokens[_i], &p), ERR_NOT_FOUND);
	expect(ERR_OK);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("signin_link", UNIT(works_once), UNIT(works_in_time),
    UNIT(not_for_the_disabled), UNIT(not_for_the_suspended),
    UNIT_ROWS(no_token, no_tokens))
