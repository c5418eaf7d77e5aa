/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person.h"

#include "fixture.h"

/* A grid with a steward and a reader, a steward of a railway. */
struct people {
	struct fixture f;
	struct person *stella, *rosa, *remy;
};

static void
people_open(struct people *w)
{
	fixture_open(&w->f);
	fixture_organisation(&w->f, "Grid", ORG_OPERATOR, 1);
	fixture_organisation(&w->f, "Rail", ORG_OPERATOR, 2);
	w->stella = fixture_person(&w->f, "grid", "Stella", ROLE_STEWARD);
	w->rosa = fixture_person(&w->f, "grid", "Rosa", 0);
	w->remy = fixture_person(&w->f, "rail", "Rémy", ROLE_STEWARD);
}

static void
people_close(struct people *w)
{
	fixture_close(&w->f);
}

START_TEST(not_into_a_suspended_one)
{
	struct person_new new = { "x@y.example", "X", "en", 0 };
	char *ref, *token, *first;
	int64_t expires_at;
	struct people w;
	struct person *p;

	people_open(&w);
	p = fixture_invited(&w.f, "rail", "Ina", 0, &first);
	fixture_ok(organisation_suspend(&w.f.ctx, "rail", ""));
	fixture_err(
	    person_invite(&w.f.ctx, "rail", &new, &ref, &token), ERR_STATE);
	fixture_err(person_invite_again(&w.f.ctx, p->ref, &token), ERR_STATE);
	fixture_err(
	    invitation_find(&w.f.ctx, first, &p, &expires_at), ERR_NOT_FOUND);
	fixture_err(invitation_use(&w.f.ctx, first), ERR_NOT_FOUND);
	fixture_ok(organisation_reinstate(&w.f.ctx, "rail"));
	fixture_ok(invitation_use(&w.f.ctx, first));
	people_close(&w);
}
END_TEST

START_TEST(invited_again)
{
	char *first, *second;
	int64_t expires_at;
	struct people w;
	struct person *p, *found;

	people_open(&w);
	p = fixture_invited(&w.f, "grid", "Ina", 0, &first);
	fixture_later(&w.f, CLOCK_HOUR);
	fixture_as(&w.f, w.remy);
	fixture_err(
	    person_invite_again(&w.f.ctx, p->ref, &second), ERR_NOT_FOUND);
	fixture_as(&w.f, w.rosa);
	fixture_err(
	    person_invite_again(&w.f.ctx, p->ref, &second), ERR_NOT_FOUND);
	fixture_as(&w.f, w.stella);
	fixture_ok(person_invite_again(&w.f.ctx, p->ref, &second));
	fixture_err(invitation_find(&w.f.ctx, first, &found, &expires_at),
	    ERR_NOT_FOUND);
	fixture_ok(invitation_find(&w.f.ctx, second, &found, &expires_at));
	ck_assert_str_eq(found->ref, p->ref);
	fixture_ok(invitation_use(&w.f.ctx, second));
	fixture_err(person_invite_again(&w.f.ctx, p->ref, &second), ERR_STATE);
	people_close(&w);
}
END_TEST

START_TEST(invitation_expires)
{
	char *token;
	int64_t expires_at;
	struct fixture f;
	struct person *p;

	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_invited(&f, "grid", "Ina", 0, &token);
	fixture_later(&f, 7 * CLOCK_DAY - 1);
	fixture_ok(invitation_find(&f.ctx, token, &p, &expires_at));
	fixture_later(&f, 1);
	fixture_err(
	    invitation_find(&f.ctx, token, &p, &expires_at), ERR_NOT_FOUND);
	ck_assert_ptr_null(p);
	fixture_err(invitation_use(&f.ctx, token), ERR_NOT_FOUND);
	fixture_err(invitation_use(&f.ctx, "no token"), ERR_NOT_FOUND);
	fixture_err(invitation_use(&f.ctx, ""), ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

START_TEST(recorded_by_console)
{
	struct fixture f;

	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_person(&f, "grid", "Ina", 0);
	ck_assert_str_eq(fixture_text(&f,
			     "SELECT kind || ' ' || (actor IS NULL)"
			     " FROM record ORDER BY id DESC LIMIT 1"),
	    "person.joined 1");
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM invitation"
			     " WHERE created_by IS NULL"),
	    1);
	fixture_close(&f);
}
END_TEST

START_TEST(ends_with_disabling)
{
	struct person *p, *found;
	int64_t expires_at;
	struct people w;
	char *token;

	people_open(&w);
	p = fixture_invited(&w.f, "grid", "Ina", 0, &token);
	fixture_as(&w.f, w.stella);
	fixture_ok(person_disable(&w.f.ctx, p->ref));
	fixture_nobody(&w.f);
	fixture_err(invitation_find(&w.f.ctx, token, &found, &expires_at),
	    ERR_NOT_FOUND);
	fixture_err(invitation_use(&w.f.ctx, token), ERR_NOT_FOUND);
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT COUNT(*) FROM person"
			     " WHERE state = 'disabled'"),
	    1);
	people_close(&w);
}
END_TEST

START_TEST(used_by_whom)
{
	char *token, *other, *again;
	struct people w;
	struct person *p;
	int64_t who;

	people_open(&w);
	p = fixture_invited(&w.f, "grid", "Ina", 0, &token);
	fixture_invited(&w.f, "grid", "Ulla", 0, &other);
	fixture_err(invitation_used(&w.f.ctx, token, &who), ERR_NOT_FOUND);
	fixture_ok(invitation_use(&w.f.ctx, token));
	fixture_ok(invitation_used(&w.f.ctx, token, &who));
	ck_assert_int_eq(who, p->id);
	fixture_err(invitation_used(&w.f.ctx, other, &who), ERR_NOT_FOUND);
	fixture_err(invitation_used(&w.f.ctx, "x", &who), ERR_NOT_FOUND);
	/* Who is to join again has not joined. */
	fixture_as(&w.f, w.stella);
	fixture_ok(person_reset(&w.f.ctx, p->ref, &again));
	fixture_err(invitation_used(&w.f.ctx, token, &who), ERR_NOT_FOUND);
	people_close(&w);
}
END_TEST

UNIT_MAIN("invitation", UNIT(not_into_a_suspended_one), UNIT(invited_again),
    UNIT(invitation_expires), UNIT(recorded_by_console),
    UNIT(ends_with_disabling), UNIT(used_by_whom))
