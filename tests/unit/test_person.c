/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person.h"

#include "domain/session.h"
#include "fixture.h"

enum { EVERY_ROLE = (1 << ROLE_COUNT) - 1 };

/* A grid with two stewards and a reader, a railway, a post without people, a
   keeper. */
struct people {
	struct fixture f;
	struct organisation *grid, *rail, *post, *keeper;
	struct person *stella, *sven, *rosa, *remy, *kim, *kurt, *kate;
};

static void
people_open(struct people *w)
{
	fixture_open(&w->f);
	w->grid = fixture_organisation(&w->f, "Grid", ORG_OPERATOR, 1);
	w->rail = fixture_organisation(&w->f, "Rail", ORG_OPERATOR, 2);
	w->post = fixture_organisation(&w->f, "Post", ORG_OPERATOR, 1024);
	w->keeper = fixture_organisation(&w->f, "Keeper", ORG_KEEPER, 0);
	w->stella = fixture_person(
	    &w->f, w->grid->ref, "Stella", ROLE_STEWARD | ROLE_PUBLISHER);
	w->sven = fixture_person(&w->f, w->grid->ref, "Sven", ROLE_STEWARD);
	w->rosa = fixture_person(&w->f, w->grid->ref, "Rosa", 0);
	w->remy = fixture_person(&w->f, w->rail->ref, "Rémy", ROLE_STEWARD);
	w->kim = fixture_person(&w->f, w->keeper->ref, "Kim", ROLE_KEEPER);
	w->kurt = fixture_person(&w->f, w->keeper->ref, "Kurt", ROLE_KEEPER);
	w->kate = fixture_person(&w->f, w->keeper->ref, "Kate", ROLE_STEWARD);
}

static void
people_close(struct people *w)
{
	fixture_close(&w->f);
}

/* NULL is the console. */
static void
act_as(struct people *w, const struct person *p)
{
	if (p != NULL)
		fixture_as(&w->f, p);
	else
		fixture_console(&w->f);
}

static struct person *
named(struct people *w, const char *name)
{
	struct person *const all[] = { w->stella, w->sven, w->rosa, w->remy,
		w->kim, w->kurt, w->kate };

	for (int i = 0; i < UNIT_COUNT(all); i++) {
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	}
	return NULL;
}

static struct person *
again(struct people *w, const struct person *p)
{
	struct person *now = NULL;

	fixture_ok(person_by_id(&w->f.ctx, p->id, &now));
	return now;
}

static int64_t
records(struct people *w)
{
	return fixture_int(&w->f, "SELECT COUNT(*) FROM record");
}

static int64_t
sessions(struct people *w)
{
	return fixture_int(&w->f, "SELECT COUNT(*) FROM session");
}

static void
sign_in(struct people *w, const struct person *p)
{
	char token[TOKEN_TEXT];

	fixture_ok(
	    session_start(&w->f.ctx, p->id, w->f.ctx.now_at, "", "", token));
}

/* ---- inviting -------------------------------------------------------- */

START_TEST(invited_and_joined)
{
	struct person_new new = { "Ana.Müller@grid.example", "Ana Müller", "fr",
		ROLE_PUBLISHER };
	char *ref, *token, *body;
	struct people w;
	struct person *p;
	int64_t expires_at;

	people_open(&w);
	act_as(&w, w.stella);
	fixture_ok(person_invite(&w.f.ctx, w.grid->ref, &new, &ref, &token));
	ck_assert_uint_eq(strlen(ref), 16);
	fixture_ok(person_load(&w.f.ctx, ref, &p));
	ck_assert_str_eq(p->email, new.email);
	ck_assert_str_eq(p->name, new.name);
	ck_assert_str_eq(p->language, "fr");
	ck_assert_uint_eq(p->roles, ROLE_READER | ROLE_PUBLISHER);
	ck_assert_int_eq(p->state, PERSON_INVITED);
	ck_assert_int_eq(p->created_at, w.f.ctx.now_at);
	ck_assert_str_eq(p->organisation_ref, "grid");
	ck_assert(!p->is_organisation_suspended);
	body = fixture_text(&w.f,
	    "SELECT CAST(body AS TEXT) FROM record"
	    " ORDER BY id DESC LIMIT 1");
	ck_assert_ptr_null(strstr(body, "@"));
	ck_assert_ptr_nonnull(strstr(body, w.stella->ref));
	ck_assert_ptr_nonnull(
	    strstr(body, "\"roles\":[\"reader\",\"publisher\"]"));
	/* The token is nowhere but in the link. */
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT length(digest) FROM invitation"
			     " ORDER BY id DESC LIMIT 1"),
	    DIGEST_BYTES);
	fixture_nobody(&w.f);
	fixture_ok(invitation_find(&w.f.ctx, token, &p, &expires_at));
	ck_assert_str_eq(p->ref, ref);
	ck_assert_int_eq(expires_at, w.f.ctx.now_at + 7 * CLOCK_DAY);
	fixture_ok(invitation_use(&w.f.ctx, token));
	ck_assert_int_eq(again(&w, p)->state, PERSON_ACTIVE);
	body = fixture_text(&w.f,
	    "SELECT CAST(body AS TEXT) FROM record"
	    " ORDER BY id DESC LIMIT 1");
	ck_assert_ptr_nonnull(strstr(body, "person.joined"));
	ck_assert(text_starts(
	    body, arena_printf(w.f.arena, "{\"actor\":\"%s\"", ref)));
	fixture_err(invitation_use(&w.f.ctx, token), ERR_NOT_FOUND);
	fixture_err(
	    invitation_find(&w.f.ctx, token, &p, &expires_at), ERR_NOT_FOUND);
	people_close(&w);
}
END_TEST

/* Who invites into which organisation with what; "" is the console. */
static const struct {
	const char *who, *organisation;
	unsigned roles;
	enum err rc;
} invitings[] = {
	{ "Stella", "grid", 0, ERR_OK },
	{ "Stella", "grid", ROLE_PUBLISHER | ROLE_STEWARD | ROLE_SIGNATORY,
	    ERR_OK },
	{ "Stella", "grid", ROLE_KEEPER, ERR_INVALID },
	{ "Stella", "grid", ROLE_AUDITOR, ERR_INVALID },
	{ "Stella", "grid", 1 << ROLE_COUNT, ERR_INVALID },
	{ "Stella", "rail", 0, ERR_NOT_FOUND },
	{ "Stella", "nobody", 0, ERR_NOT_FOUND },
	{ "Stella", NULL, 0, ERR_NOT_FOUND },
	{ "Rosa", "grid", 0, ERR_NOT_FOUND },
	{ "Kim", "grid", ROLE_STEWARD, ERR_FORBIDDEN },
	{ "Kim", "grid", 0, ERR_FORBIDDEN },
	{ "Kim", "post", ROLE_STEWARD, ERR_OK }, /* has none so far */
	{ "Kim", "post", ROLE_STEWARD | ROLE_PUBLISHER, ERR_OK },
	{ "Kim", "post", ROLE_PUBLISHER, ERR_INVALID },
	{ "Kim", "nobody", ROLE_STEWARD, ERR_NOT_FOUND },
	{ "Kate", "post", ROLE_STEWARD, ERR_NOT_FOUND },
	{ "", "post", 0, ERR_OK },
	{ "Kim", "grid", ROLE_KEEPER, ERR_INVALID },
	{ "Kim", "keeper", ROLE_KEEPER, ERR_OK },
	{ "Kim", "keeper", ROLE_PUBLISHER, ERR_INVALID },
	{ "Kate", "keeper", ROLE_STEWARD, ERR_OK },
	{ "Kate", "keeper", ROLE_KEEPER, ERR_INVALID },
	{ "", "rail", ROLE_STEWARD, ERR_OK },
	{ "", "keeper", ROLE_KEEPER, ERR_OK },
	{ "", "rail", ROLE_AUDITOR, ERR_INVALID },
	{ "", "nobody", 0, ERR_NOT_FOUND },
};

START_TEST(inviting_by_right)
{
	struct person_new new = { "x@y.example", "X", "en",
		invitings[_i].roles };
	char *ref, *token;
	struct people w;
	int64_t before;

	people_open(&w);
	act_as(&w, named(&w, invitings[_i].who));
	before = records(&w);
	fixture_err(person_invite(&w.f.ctx, invitings[_i].organisation, &new,
			&ref, &token),
	    invitings[_i].rc);
	ck_assert_int_eq(token == NULL, invitings[_i].rc != ERR_OK);
	ck_assert_int_eq(ref == NULL, invitings[_i].rc != ERR_OK);
	ck_assert_int_eq(
	    records(&w), before + (invitings[_i].rc == ERR_OK ? 1 : 0));
	people_close(&w);
}
END_TEST

/* What a page asks before it shows the form. */
START_TEST(may_invite)
{
	struct people w;
	char *token;

	people_open(&w);
	act_as(&w, w.kim);
	fixture_err(person_may_invite(&w.f.ctx, "grid"), ERR_FORBIDDEN);
	fixture_ok(person_may_invite(&w.f.ctx, "keeper"));
	fixture_ok(person_may_invite(&w.f.ctx, "post"));
	/* One who has not joined yet looks after nobody. */
	fixture_invited(&w.f, "post", "Pia", ROLE_STEWARD, &token);
	fixture_ok(person_may_invite(&w.f.ctx, "post"));
	fixture_ok(invitation_use(&w.f.ctx, token));
	fixture_err(person_may_invite(&w.f.ctx, "post"), ERR_FORBIDDEN);
	fixture_ok(person_disable(&w.f.ctx, w.remy->ref));
	fixture_ok(person_may_invite(&w.f.ctx, "rail"));
	fixture_ok(organisation_suspend(&w.f.ctx, "rail", "test"));
	fixture_err(person_may_invite(&w.f.ctx, "rail"), ERR_STATE);
	act_as(&w, w.stella);
	fixture_ok(person_may_invite(&w.f.ctx, "grid"));
	fixture_err(person_may_invite(&w.f.ctx, "post"), ERR_NOT_FOUND);
	people_close(&w);
}
END_TEST

static const struct {
	struct person_new new;
	enum err rc;
} newcomers[] = {
	{ { "x@grid.example", "X", "en", 0 }, ERR_OK },
	{ { "x@grid.example", "Élise d'Arc", "fr", 0 }, ERR_OK },
	{ { "TAKEN@grid.example", "X", "en", 0 }, ERR_EXISTS },
	{ { "", "X", "en", 0 }, ERR_INVALID },
	{ { NULL, "X", "en", 0 }, ERR_INVALID },
	{ { "x", "X", "en", 0 }, ERR_INVALID },
	{ { "@grid.example", "X", "en", 0 }, ERR_INVALID },
	{ { "x@", "X", "en", 0 }, ERR_INVALID },
	{ { "x@y@z", "X", "en", 0 }, ERR_INVALID },
	{ { "x y@z", "X", "en", 0 }, ERR_INVALID },
	{ { "x@y,z@y", "X", "en", 0 }, ERR_INVALID },
	{ { "x@y\r\nBcc:z", "X", "en", 0 }, ERR_INVALID },
	{ { "\xff@y", "X", "en", 0 }, ERR_INVALID },
	{ { "x@grid.example", "", "en", 0 }, ERR_INVALID },
	{ { "x@grid.example", NULL, "en", 0 }, ERR_INVALID },
	{ { "x@grid.example", "X\nY", "en", 0 }, ERR_INVALID },
	{ { "x@grid.example", "X", "de", 0 }, ERR_INVALID },
	{ { "x@grid.example", "X", NULL, 0 }, ERR_INVALID },
};

START_TEST(newcomers_judged)
{
	struct person_new taken = { "taken@grid.example", "T", "en", 0 };
	char *ref, *token;
	struct fixture f;

	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_ok(person_invite(&f.ctx, "grid", &taken, &ref, &token));
	fixture_err(
	    person_invite(&f.ctx, "grid", &newcomers[_i].new, &ref, &token),
	    newcomers[_i].rc);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM person"),
	    newcomers[_i].rc == ERR_OK ? 2 : 1);
	fixture_close(&f);
}
END_TEST

/* ---- loading --------------------------------------------------------- */

START_TEST(loaded_by_right)
{
	struct person_new new = { "x@y.example", "X", "en", 0 };
	char *ref, *token;
	struct person *p;
	struct people w;
	size_t n;

	people_open(&w);
	act_as(&w, w.stella);
	fixture_ok(person_load(&w.f.ctx, w.rosa->ref, &p));
	fixture_err(person_load(&w.f.ctx, w.remy->ref, &p), ERR_NOT_FOUND);
	ck_assert_ptr_null(p);
	fixture_ok(person_list(&w.f.ctx, "grid", &p, &n));
	ck_assert_uint_eq(n, 3);
	fixture_err(person_list(&w.f.ctx, "rail", &p, &n), ERR_NOT_FOUND);
	ck_assert_uint_eq(n, 0);
	act_as(&w, w.kim);
	fixture_ok(person_load(&w.f.ctx, w.remy->ref, &p));
	fixture_ok(person_list(&w.f.ctx, "rail", &p, &n));
	ck_assert_uint_eq(n, 1);
	fixture_nobody(&w.f);
	fixture_err(
	    person_invite(&w.f.ctx, "grid", &new, &ref, &token), ERR_NOT_FOUND);
	fixture_err(person_load(&w.f.ctx, w.remy->ref, &p), ERR_NOT_FOUND);
	fixture_err(person_list(&w.f.ctx, "rail", &p, &n), ERR_NOT_FOUND);
	people_close(&w);
}
END_TEST

START_TEST(listed_like_a_dictionary)
{
	struct fixture f;
	struct person *p;
	size_t n;

	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_ok(person_list(&f.ctx, "grid", &p, &n));
	ck_assert_uint_eq(n, 0);
	fixture_person(&f, "grid", "Zoé", 0);
	fixture_person(&f, "grid", "Élodie", 0);
	fixture_person(&f, "grid", "Fred", 0);
	fixture_person(&f, "grid", "ada", 0);
	fixture_ok(person_list(&f.ctx, "grid", &p, &n));
	ck_assert_uint_eq(n, 4);
	ck_assert_str_eq(p[0].name, "ada");
	ck_assert_str_eq(p[1].name, "Élodie");
	ck_assert_str_eq(p[2].name, "Fred");
	ck_assert_str_eq(p[3].name, "Zoé");
	fixture_close(&f);
}
END_TEST

START_TEST(found_by_email)
{
	struct person_new new = { "Ana@Grid.Example", "Ana", "en", 0 };
	char *ref, *token;
	struct fixture f;
	struct person *p;

	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_ok(person_invite(&f.ctx, "grid", &new, &ref, &token));
	fixture_nobody(&f);
	fixture_ok(person_by_email(&f.ctx, "ana@grid.EXAMPLE", &p));
	ck_assert_str_eq(p->ref, ref);
	fixture_err(person_by_email(&f.ctx, "ana", &p), ERR_NOT_FOUND);
	fixture_err(person_by_email(&f.ctx, "\xff", &p), ERR_NOT_FOUND);
	fixture_err(person_by_id(&f.ctx, 99, &p), ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

/* ---- changing -------------------------------------------------------- */

START_TEST(roles_end_sessions)
{
	struct people w;
	char *body;
	int64_t n;

	people_open(&w);
	sign_in(&w, w.rosa);
	sign_in(&w, w.stella);
	act_as(&w, w.stella);
	fixture_ok(person_set_roles(&w.f.ctx, w.rosa->ref, ROLE_PUBLISHER));
	ck_assert_uint_eq(
	    again(&w, w.rosa)->roles, ROLE_READER | ROLE_PUBLISHER);
	ck_assert_int_eq(sessions(&w), 1);
	body = fixture_text(&w.f,
	    "SELECT CAST(body AS TEXT) FROM record"
	    " ORDER BY id DESC LIMIT 1");
	ck_assert_ptr_nonnull(strstr(body,
	    "{\"after\":[\"reader\",\"publisher\"],\"before\":[\"reader\"]}"));
	/* Nothing changes: nobody is signed out, nothing is recorded. */
	sign_in(&w, w.rosa);
	n = records(&w);
	fixture_ok(person_set_roles(
	    &w.f.ctx, w.rosa->ref, ROLE_READER | ROLE_PUBLISHER));
	ck_assert_int_eq(sessions(&w), 2);
	ck_assert_int_eq(records(&w), n);
	people_close(&w);
}
END_TEST

START_TEST(disabled_and_enabled)
{
	int64_t expires_at;
	struct people w;
	struct person *p, *found;
	char *token;

	people_open(&w);
	sign_in(&w, w.rosa);
	p = fixture_invited(&w.f, "grid", "Ina", 0, &token);
	act_as(&w, w.stella);
	fixture_ok(person_disable(&w.f.ctx, w.rosa->ref));
	ck_assert_int_eq(again(&w, w.rosa)->state, PERSON_DISABLED);
	ck_assert_int_eq(sessions(&w), 0);
	fixture_err(person_disable(&w.f.ctx, w.rosa->ref), ERR_STATE);
	fixture_ok(person_enable(&w.f.ctx, w.rosa->ref));
	ck_assert_int_eq(again(&w, w.rosa)->state, PERSON_ACTIVE);
	fixture_err(person_enable(&w.f.ctx, w.rosa->ref), ERR_STATE);
	/* Who never joined has to be invited again. */
	fixture_ok(person_disable(&w.f.ctx, p->ref));
	fixture_err(person_invite_again(&w.f.ctx, p->ref, &token), ERR_STATE);
	fixture_ok(person_enable(&w.f.ctx, p->ref));
	ck_assert_int_eq(again(&w, p)->state, PERSON_INVITED);
	fixture_err(invitation_find(&w.f.ctx, token, &found, &expires_at),
	    ERR_NOT_FOUND);
	fixture_ok(person_invite_again(&w.f.ctx, p->ref, &token));
	fixture_ok(invitation_use(&w.f.ctx, token));
	people_close(&w);
}
END_TEST

/* Who does what to whom; the console without a name. */
enum act { DISABLE, ENABLE, NO_ROLES, ALL_POSSIBLE };

static const struct {
	const char *who, *whom;
	enum act act;
	enum err rc;
} acts[] = {
	{ "Stella", "Rosa", DISABLE, ERR_OK },
	{ "Stella", "Rosa", NO_ROLES, ERR_OK },
	{ "Stella", "Rosa", ENABLE, ERR_STATE },
	{ "Stella", "Rosa", ALL_POSSIBLE, ERR_OK },
	{ "Stella", "Sven", DISABLE, ERR_OK },
	{ "Stella", "Sven", NO_ROLES, ERR_OK },
	{ "Stella", "Stella", DISABLE, ERR_FORBIDDEN },
	{ "Stella", "Stella", NO_ROLES, ERR_FORBIDDEN },
	{ "Stella", "Rémy", DISABLE, ERR_NOT_FOUND },
	{ "Stella", "Rémy", NO_ROLES, ERR_NOT_FOUND },
	{ "Stella", "Rémy", ENABLE, ERR_NOT_FOUND },
	{ "Rosa", "Sven", DISABLE, ERR_NOT_FOUND },
	{ "Rosa", "Rosa", ALL_POSSIBLE, ERR_NOT_FOUND },
	{ "Kate", "Kim", DISABLE, ERR_FORBIDDEN },
	{ "Kate", "Kim", NO_ROLES, ERR_FORBIDDEN },
	{ "Kate", "Kim", ENABLE, ERR_FORBIDDEN },
	{ "Kim", "Kurt", DISABLE, ERR_OK },
	{ "Kim", "Kurt", NO_ROLES, ERR_OK },
	{ "Kim", "Kim", NO_ROLES, ERR_FORBIDDEN },
	{ "Kim", "Rémy", DISABLE, ERR_OK }, /* their last steward */
	{ "Kim", "Rémy", NO_ROLES, ERR_OK },
	{ "", "Rémy", DISABLE, ERR_OK },
	{ "", "Kim", NO_ROLES, ERR_OK },
};

static enum err
act(struct people *w, const struct person *whom, enum act what)
{
	unsigned possible = roles_possible(whom->organisation_kind);

	switch (what) {
	case DISABLE:
		return person_disable(&w->f.ctx, whom->ref);
	case ENABLE:
		return person_enable(&w->f.ctx, whom->ref);
	case NO_ROLES:
		return person_set_roles(&w->f.ctx, whom->ref, 0);
	case ALL_POSSIBLE:
		return person_set_roles(&w->f.ctx, whom->ref, possible);
	}
	return ERR_INTERNAL;
}

START_TEST(changes_by_right)
{
	const struct person *whom;
	struct people w;
	int64_t before;
	bool changes;

	people_open(&w);
	act_as(&w, named(&w, acts[_i].who));
	whom = named(&w, acts[_i].whom);
	changes = acts[_i].rc == ERR_OK &&
	    !(acts[_i].act == NO_ROLES && whom->roles == ROLE_READER);
	before = records(&w);
	fixture_err(act(&w, whom, acts[_i].act), acts[_i].rc);
	ck_assert_int_eq(records(&w), before + (changes ? 1 : 0));
	people_close(&w);
}
END_TEST

START_TEST(impossible_roles)
{
	struct people w;

	people_open(&w);
	act_as(&w, w.stella);
	fixture_err(
	    person_set_roles(&w.f.ctx, w.rosa->ref, EVERY_ROLE), ERR_INVALID);
	fixture_err(
	    person_set_roles(&w.f.ctx, w.rosa->ref, ROLE_KEEPER), ERR_INVALID);
	act_as(&w, w.kim);
	fixture_err(
	    person_set_roles(&w.f.ctx, w.rosa->ref, ROLE_KEEPER), ERR_INVALID);
	fixture_ok(person_set_roles(&w.f.ctx, w.kate->ref, ROLE_KEEPER));
	act_as(&w, w.remy);
	fixture_err(person_set_roles(&w.f.ctx, w.rosa->ref, 0), ERR_NOT_FOUND);
	ck_assert_uint_eq(again(&w, w.rosa)->roles, ROLE_READER);
	people_close(&w);
}
END_TEST

/* Two who act at once: the second's rights were read before. */
START_TEST(last_one_stays)
{
	struct people w;

	people_open(&w);
	act_as(&w, w.stella);
	fixture_ok(person_disable(&w.f.ctx, w.sven->ref));
	act_as(&w, w.sven);
	fixture_err(person_disable(&w.f.ctx, w.stella->ref), ERR_STATE);
	fixture_err(person_set_roles(&w.f.ctx, w.stella->ref, 0), ERR_STATE);
	/* She remains a steward: this may be done. */
	fixture_ok(person_set_roles(&w.f.ctx, w.stella->ref, ROLE_STEWARD));
	act_as(&w, w.kim);
	fixture_ok(person_disable(&w.f.ctx, w.kurt->ref));
	act_as(&w, w.kurt);
	fixture_err(person_disable(&w.f.ctx, w.kim->ref), ERR_STATE);
	ck_assert_int_eq(again(&w, w.kim)->state, PERSON_ACTIVE);
	people_close(&w);
}
END_TEST

START_TEST(reset_as_if_never_joined)
{
	struct people w;
	char *token;

	people_open(&w);
	sign_in(&w, w.rosa);
	fixture_ok(person_unjoin(&w.f.ctx, w.rosa->id));
	ck_assert_int_eq(again(&w, w.rosa)->state, PERSON_INVITED);
	ck_assert_int_eq(sessions(&w), 0);
	/* Neither does disabling and enabling make her active. */
	fixture_ok(person_disable(&w.f.ctx, w.rosa->ref));
	fixture_ok(person_enable(&w.f.ctx, w.rosa->ref));
	ck_assert_int_eq(again(&w, w.rosa)->state, PERSON_INVITED);
	fixture_ok(person_invite_again(&w.f.ctx, w.rosa->ref, &token));
	fixture_ok(invitation_use(&w.f.ctx, token));
	ck_assert_int_eq(again(&w, w.rosa)->state, PERSON_ACTIVE);
	people_close(&w);
}
END_TEST

START_TEST(language_of_ones_own)
{
	struct people w;

	people_open(&w);
	act_as(&w, w.rosa);
	fixture_ok(person_set_language(&w.f.ctx, "fr"));
	ck_assert_str_eq(again(&w, w.rosa)->language, "fr");
	ck_assert_str_eq(again(&w, w.sven)->language, "en");
	fixture_err(person_set_language(&w.f.ctx, "de"), ERR_INVALID);
	fixture_nobody(&w.f);
	fixture_err(person_set_language(&w.f.ctx, "fr"), ERR_NOT_FOUND);
	people_close(&w);
}
END_TEST

UNIT_MAIN("person", UNIT(invited_and_joined),
    UNIT_ROWS(inviting_by_right, invitings), UNIT(may_invite),
    UNIT_ROWS(newcomers_judged, newcomers), UNIT(loaded_by_right),
    UNIT(listed_like_a_dictionary), UNIT(found_by_email),
    UNIT(roles_end_sessions), UNIT(disabled_and_enabled),
    UNIT_ROWS(changes_by_right, acts), UNIT(impossible_roles),
    UNIT(last_one_stays), UNIT(reset_as_if_never_joined),
    UNIT(language_of_ones_own))
