/* SPDX-License-Identifier: Apache-2.0 */
/* Resetting somebody, addresses, names: who may, and what it ends. */
#include "domain/session.h"
#include "fixture.h"

/* A grid with two stewards and a reader, a railway, a keeper. */
static struct fixture f;
static struct person *stella, *sven, *rosa, *remy, *kim, *kurt, *kate;

static void
setup(void)
{
	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_organisation(&f, "Rail", ORG_OPERATOR, 2);
	fixture_organisation(&f, "Keeper", ORG_KEEPER, 0);
	stella = fixture_person(&f, "grid", "Stella", ROLE_STEWARD);
	sven = fixture_person(&f, "grid", "Sven", ROLE_STEWARD);
	rosa = fixture_person(&f, "grid", "Rosa", 0);
	remy = fixture_person(&f, "rail", "Remy", ROLE_STEWARD);
	kim = fixture_person(&f, "keeper", "Kim", ROLE_KEEPER);
	kurt = fixture_person(&f, "keeper", "Kurt", ROLE_KEEPER);
	kate = fixture_person(&f, "keeper", "Kate", ROLE_STEWARD);
}

static struct person *
again(const struct person *p)
{
	struct person *now = NULL;

	fixture_ok(person_by_id(&f.ctx, p->id, &now));
	return now;
}

static int64_t
records(void)
{
	return fixture_int(&f, "SELECT COUNT(*) FROM record");
}

static char *
last_record(int back)
{
	return fixture_text(&f,
	    back == 0 ? "SELECT CAST(body AS TEXT) FROM record"
			" ORDER BY id DESC LIMIT 1"
		      : "SELECT CAST(body AS TEXT) FROM record"
			" ORDER BY id DESC LIMIT 1 OFFSET 1");
}

/* Who may reset whom, and give them another address. */
static const struct {
	struct person **who, **whom; /* who NULL: nobody */
	enum err rc;
} rights[] = {
	{ &stella, &rosa, ERR_OK },
	{ &stella, &sven, ERR_OK },
	{ &stella, &stella, ERR_FORBIDDEN },
	{ &stella, &remy, ERR_NOT_FOUND },
	{ &rosa, &sven, ERR_NOT_FOUND },
	{ &rosa, &rosa, ERR_NOT_FOUND },
	{ &kim, &stella, ERR_OK },
	{ &kim, &remy, ERR_OK },
	{ &kim, &rosa, ERR_FORBIDDEN },
	{ &kim, &kurt, ERR_OK },
	{ &kim, &kate, ERR_OK },
	{ &kim, &kim, ERR_FORBIDDEN },
	{ &kate, &kim, ERR_FORBIDDEN },
	{ NULL, &rosa, ERR_NOT_FOUND },
};

static void
act_as(struct person *const *who)
{
	if (who != NULL)
		fixture_as(&f, *who);
	else
		fixture_nobody(&f);
}

START_TEST(reset_by_right)
{
	const bool is_ok = rights[_i].rc == ERR_OK;
	char *token;
	int64_t before;

	setup();
	act_as(rights[_i].who);
	before = records();
	fixture_err(person_reset(&f.ctx, (*rights[_i].whom)->ref, &token),
	    rights[_i].rc);
	ck_assert_int_eq(token != NULL, is_ok);
	ck_assert_int_eq(records(), before + (is_ok ? 2 : 0));
	ck_assert_int_eq(again(*rights[_i].whom)->state,
	    is_ok ? PERSON_INVITED : PERSON_ACTIVE);
	fixture_close(&f);
}
END_TEST

START_TEST(address_by_right)
{
	struct person *whom;
	int64_t before;
	const bool is_ok = rights[_i].rc == ERR_OK;

	setup();
	whom = *rights[_i].whom;
	act_as(rights[_i].who);
	before = records();
	fixture_err(person_set_email(&f.ctx, whom->ref, "New@x.example"),
	    rights[_i].rc);
	ck_assert_int_eq(records(), before + (is_ok ? 1 : 0));
	ck_assert_str_eq(
	    again(whom)->email, is_ok ? "New@x.example" : whom->email);
	fixture_close(&f);
}
END_TEST

START_TEST(link_by_right)
{
	struct person *ina, *uma;
	char *token;

	setup();
	ina = fixture_invited(&f, "grid", "Ina", 0, &token);
	uma = fixture_invited(&f, "rail", "Uma", ROLE_STEWARD, &token);
	fixture_as(&f, kim);
	fixture_err(
	    person_invite_again(&f.ctx, ina->ref, &token), ERR_FORBIDDEN);
	ck_assert_ptr_null(token);
	fixture_ok(person_invite_again(&f.ctx, uma->ref, &token));
	fixture_as(&f, stella);
	fixture_ok(person_invite_again(&f.ctx, ina->ref, &token));
	fixture_err(
	    person_invite_again(&f.ctx, uma->ref, &token), ERR_NOT_FOUND);
	ina = fixture_invited(&f, "keeper", "Kai", ROLE_KEEPER, &token);
	fixture_as(&f, kate);
	fixture_err(
	    person_invite_again(&f.ctx, ina->ref, &token), ERR_FORBIDDEN);
	fixture_close(&f);
}
END_TEST

START_TEST(reset_ends_all)
{
	char session[TOKEN_TEXT], *token;
	struct person *found;
	int64_t expires_at;

	setup();
	fixture_ok(
	    session_start(&f.ctx, rosa->id, f.ctx.now_at, "", "", session));
	fixture_as(&f, stella);
	fixture_ok(person_reset(&f.ctx, rosa->ref, &token));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM session"), 0);
	ck_assert_ptr_nonnull(strstr(last_record(0), "person.invited"));
	ck_assert_ptr_nonnull(strstr(last_record(1), "\"what\":\"reset\""));
	ck_assert_ptr_nonnull(strstr(last_record(1), stella->ref));
	/* The link leads in; disabling and enabling does not. */
	fixture_ok(invitation_find(&f.ctx, token, &found, &expires_at));
	ck_assert_int_eq(found->id, rosa->id);
	fixture_err(person_reset(&f.ctx, rosa->ref, &token), ERR_STATE);
	fixture_ok(person_disable(&f.ctx, rosa->ref));
	fixture_err(person_reset(&f.ctx, rosa->ref, &token), ERR_STATE);
	fixture_ok(person_enable(&f.ctx, rosa->ref));
	ck_assert_int_eq(again(rosa)->state, PERSON_INVITED);
	fixture_close(&f);
}
END_TEST

START_TEST(reset_and_joined)
{
	char *first, *token;
	struct person *ina;

	setup();
	ina = fixture_invited(&f, "grid", "Ina", 0, &first);
	fixture_ok(invitation_use(&f.ctx, first));
	fixture_as(&f, stella);
	fixture_ok(person_reset(&f.ctx, ina->ref, &token));
	/* The link that was used once is no way in again. */
	fixture_err(invitation_use(&f.ctx, first), ERR_NOT_FOUND);
	fixture_ok(invitation_use(&f.ctx, token));
	ck_assert_int_eq(again(ina)->state, PERSON_ACTIVE);
	fixture_close(&f);
}
END_TEST

static const struct {
	const char *email;
	enum err rc;
} addresses[] = {
	{ "rosa.new@grid.example", ERR_OK },
	{ "ROSA@grid.example", ERR_OK },
	{ "taken@GRID.example", ERR_EXISTS },
	{ "", ERR_INVALID },
	{ NULL, ERR_INVALID },
	{ "no address", ERR_INVALID },
	{ "x@y\r\nBcc:z", ERR_INVALID },
	{ "\xff@y", ERR_INVALID },
};

START_TEST(address_judged)
{
	struct person_new taken = { "Taken@grid.example", "T", "en", 0 };
	char *ref, *token;
	int64_t before;
	const bool is_ok = addresses[_i].rc == ERR_OK;

	setup();
	fixture_as(&f, stella);
	fixture_ok(person_invite(&f.ctx, "grid", &taken, &ref, &token));
	before = records();
	fixture_err(person_set_email(&f.ctx, rosa->ref, addresses[_i].email),
	    addresses[_i].rc);
	ck_assert_int_eq(records(), before + (is_ok ? 1 : 0));
	if (is_ok) {
		struct person *p;

		fixture_ok(person_by_email(&f.ctx, addresses[_i].email, &p));
		ck_assert_int_eq(p->id, rosa->id);
		ck_assert_ptr_null(strstr(last_record(0), "@"));
		ck_assert_ptr_nonnull(strstr(last_record(0), "person.email"));
		/* The same once more is nothing. */
		fixture_ok(
		    person_set_email(&f.ctx, rosa->ref, addresses[_i].email));
		ck_assert_int_eq(records(), before + 1);
	}
	fixture_close(&f);
}
END_TEST

/* Whoever has the former address may have the link. */
START_TEST(address_ends_a_link)
{
	struct person *ina, *found;
	int64_t expires_at;
	char *token;

	setup();
	ina = fixture_invited(&f, "grid", "Ina", 0, &token);
	fixture_as(&f, stella);
	fixture_ok(person_set_email(&f.ctx, ina->ref, "ina@x.example"));
	fixture_err(
	    invitation_find(&f.ctx, token, &found, &expires_at), ERR_NOT_FOUND);
	fixture_ok(person_invite_again(&f.ctx, ina->ref, &token));
	fixture_ok(invitation_find(&f.ctx, token, &found, &expires_at));
	fixture_close(&f);
}
END_TEST

static const struct {
	const char *name;
	enum err rc;
} names[] = {
	{ "Rosa Müller", ERR_OK },
	{ "", ERR_INVALID },
	{ NULL, ERR_INVALID },
	{ "A\nB", ERR_INVALID },
	{ "\xff", ERR_INVALID },
};

START_TEST(name_of_ones_own)
{
	int64_t before;
	const bool is_ok = names[_i].rc == ERR_OK;

	setup();
	fixture_as(&f, rosa);
	before = records();
	fixture_err(person_set_name(&f.ctx, names[_i].name), names[_i].rc);
	ck_assert_int_eq(records(), before + (is_ok ? 1 : 0));
	ck_assert_str_eq(again(rosa)->name, is_ok ? names[_i].name : "Rosa");
	ck_assert_str_eq(again(sven)->name, "Sven");
	if (is_ok) {
		ck_assert_ptr_nonnull(strstr(last_record(0), "person.name"));
		fixture_ok(person_set_name(&f.ctx, names[_i].name));
		ck_assert_int_eq(records(), before + 1);
		fixture_nobody(&f);
		fixture_err(
		    person_set_name(&f.ctx, names[_i].name), ERR_NOT_FOUND);
	}
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("person_change", UNIT_ROWS(reset_by_right, rights),
    UNIT_ROWS(address_by_right, rights), UNIT(link_by_right),
    UNIT(reset_ends_all), UNIT(reset_and_joined),
    UNIT_ROWS(address_judged, addresses), UNIT(address_ends_a_link),
    UNIT_ROWS(name_of_ones_own, names))
