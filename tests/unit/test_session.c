/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/session.h"

#include "fixture.h"

/* One operator, one person of it, signed in. */
struct signed_in {
	struct fixture f;
	struct organisation *grid;
	struct person *anna;
	char token[TOKEN_TEXT];
};

static void
setup(struct signed_in *w)
{
	fixture_open(&w->f);
	w->grid = fixture_organisation(&w->f, "Grid", ORG_OPERATOR, 1 | 8);
	w->anna = fixture_person(&w->f, "grid", "Anna", ROLE_PUBLISHER);
	fixture_nobody(&w->f);
	fixture_ok(session_start(&w->f.ctx, w->anna->id, w->f.ctx.now_at,
	    "192.0.2.7", "Firefox", w->token));
}

static enum err
resume(struct signed_in *w, struct session *s)
{
	enum err rc = session_resume(&w->f.ctx, w->token, s);

	session_seen(&w->f.ctx, s);
	return rc;
}

START_TEST(resumed_as_the_person)
{
	struct signed_in w;
	struct session s;
	struct actor *a;

	setup(&w);
	ck_assert_uint_eq(strlen(w.token), TOKEN_TEXT - 1);
	fixture_ok(resume(&w, &s));
	a = &w.f.ctx.actor;
	ck_assert_int_eq(a->person, w.anna->id);
	ck_assert_str_eq(a->ref, w.anna->ref);
	ck_assert_str_eq(a->name, "Anna");
	ck_assert_uint_eq(a->roles, ROLE_READER | ROLE_PUBLISHER);
	ck_assert_str_eq(a->language, "en");
	ck_assert_int_eq(a->organisation, w.grid->id);
	ck_assert_str_eq(a->organisation_ref, "grid");
	ck_assert_str_eq(a->organisation_name, "Grid");
	ck_assert_int_eq(a->organisation_kind, ORG_OPERATOR);
	ck_assert_int_eq(a->sectors, 1 | 8);
	ck_assert(!a->is_console);
	ck_assert_int_eq(s.created_at, w.f.ctx.now_at);
	ck_assert_int_eq(s.proved_at, w.f.ctx.now_at);
	ck_assert_int_eq(s.expires_at, w.f.ctx.now_at + 12 * CLOCK_HOUR);
	ck_assert(s.is_this);
	/* Sign-in is what people see of one another. */
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT seen_at FROM person"), w.f.ctx.now_at);
	/* The token itself is kept nowhere. */
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT length(digest) FROM session"),
	    DIGEST_BYTES);
	fixture_close(&w.f);
}
END_TEST

/* A minute of a visitor who comes back every `step`, for `steps` times. */
static const struct {
	int64_t step;
	int steps;
	enum err rc;
} visits[] = {
	{ 0, 1, ERR_OK }, { 1800 * CLOCK_S - 1, 1, ERR_OK },
	{ 1800 * CLOCK_S, 1, ERR_NOT_FOUND }, /* idle */
	{ 20 * CLOCK_MINUTE, 35, ERR_OK },
	{ 20 * CLOCK_MINUTE, 36, ERR_NOT_FOUND }, /* twelve hours */
};

START_TEST(limits_of_time)
{
	struct signed_in w;
	struct session s;
	enum err rc = ERR_OK;

	setup(&w);
	for (int i = 0; i < visits[_i].steps; i++) {
		fixture_ok(rc);
		fixture_later(&w.f, visits[_i].step);
		rc = resume(&w, &s);
	}
	fixture_err(rc, visits[_i].rc);
	ck_assert_int_eq(s.id != 0, visits[_i].rc == ERR_OK);
	ck_assert_int_eq(w.f.ctx.actor.person != 0, visits[_i].rc == ERR_OK);
	fixture_close(&w.f);
}
END_TEST

/* What ends a session at once. */
static const char *const ends[] = {
	"UPDATE person SET state = 'disabled'",
	"UPDATE person SET state = 'invited'",
	"UPDATE organisation SET state = 'suspended'",
	"DELETE FROM session",
	"UPDATE session SET digest = randomblob(32)",
};

START_TEST(ended_at_once)
{
	struct signed_in w;
	struct session s;

	setup(&w);
	fixture_ok(resume(&w, &s));
	fixture_run(&w.f, ends[_i]);
	fixture_err(resume(&w, &s), ERR_NOT_FOUND);
	ck_assert_int_eq(w.f.ctx.actor.person, 0);
	ck_assert_ptr_null(w.f.ctx.actor.name);
	ck_assert_uint_eq(w.f.ctx.actor.roles, 0);
	fixture_close(&w.f);
}
END_TEST

static const char *const strangers[] = { "", "x",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --" };

START_TEST(strangers_stay_out)
{
	struct signed_in w;
	struct session s;

	setup(&w);
	fixture_console(&w.f);
	fixture_err(session_resume(&w.f.ctx, strangers[_i], &s), ERR_NOT_FOUND);
	/* Nobody is left of whoever acted before. */
	ck_assert(!w.f.ctx.actor.is_console);
	ck_assert_int_eq(s.id, 0);
	fixture_close(&w.f);
}
END_TEST

START_TEST(seen_once_a_minute)
{
	struct signed_in w;
	struct session s;
	int64_t start_at;

	setup(&w);
	start_at = w.f.ctx.now_at;
	fixture_later(&w.f, CLOCK_MINUTE - 1);
	fixture_ok(resume(&w, &s));
	ck_assert_int_eq(s.seen_at, start_at);
	fixture_later(&w.f, 1);
	fixture_ok(resume(&w, &s));
	ck_assert_int_eq(s.seen_at, w.f.ctx.now_at);
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT seen_at FROM session"), w.f.ctx.now_at);
	fixture_close(&w.f);
}
END_TEST

/* A page is made although nobody can write at present. */
START_TEST(seen_when_writers_are_busy)
{
	char path[2 * UNIT_PATH];
	struct db_options options = { .path = path, .busy_ms = 20 };
	struct db *other;
	struct signed_in w;
	struct session s;

	setup(&w);
	snprintf(path, sizeof(path), "%s/portal.db", w.f.dir);
	fixture_ok(db_open(&options, &other));
	fixture_ok(db_begin(w.f.ctx.db));
	struct ctx ctx = w.f.ctx;
	ctx.db = other;
	ctx.now_at += CLOCK_MINUTE;
	fixture_ok(session_resume(&ctx, w.token, &s));
	session_seen(&ctx, &s);
	ck_assert_int_eq(ctx.actor.person, w.anna->id);
	ck_assert_int_eq(s.seen_at, w.f.ctx.now_at);
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	session_seen(&ctx, &s);
	ck_assert_int_eq(s.seen_at, ctx.now_at);
	fixture_ok(session_resume(&ctx, w.token, &s));
	ck_assert_int_eq(s.seen_at, ctx.now_at);
	db_free(other);
	fixture_close(&w.f);
}
END_TEST

START_TEST(started_by_those_in_order)
{
	char token[TOKEN_TEXT], *link;
	struct signed_in w;
	struct person *ina;

	setup(&w);
	ina = fixture_invited(&w.f, "grid", "Ina", 0, &link);
	fixture_err(
	    session_start(&w.f.ctx, ina->id, 0, "", "", token), ERR_NOT_FOUND);
	ck_assert_str_eq(token, "");
	fixture_err(
	    session_start(&w.f.ctx, 99, 0, "", "", token), ERR_NOT_FOUND);
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM session"), 1);
	fixture_close(&w.f);
}
END_TEST

START_TEST(old_ones_are_removed)
{
	char token[TOKEN_TEXT];
	struct signed_in w;

	setup(&w);
	fixture_later(&w.f, CLOCK_HOUR);
	fixture_ok(session_start(&w.f.ctx, w.anna->id, 0, "", "", token));
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM session"), 1);
	fixture_close(&w.f);
}
END_TEST

START_TEST(proved_with_a_new_token)
{
	char old[TOKEN_TEXT];
	struct signed_in w;
	struct session s;

	setup(&w);
	fixture_later(&w.f, 10 * CLOCK_MINUTE);
	fixture_ok(resume(&w, &s));
	memcpy(old, w.token, sizeof(old));
	fixture_ok(session_prove(&w.f.ctx, s.id, w.token));
	ck_assert_str_ne(old, w.token);
	fixture_ok(resume(&w, &s));
	ck_assert_int_eq(s.proved_at, w.f.ctx.now_at);
	fixture_err(session_resume(&w.f.ctx, old, &s), ERR_NOT_FOUND);
	/* The actor of nobody owns no session. */
	fixture_err(session_prove(&w.f.ctx, 1, old), ERR_NOT_FOUND);
	ck_assert_str_eq(old, "");
	fixture_close(&w.f);
}
END_TEST

START_TEST(own_ones_alone)
{
	char bens[TOKEN_TEXT], text[TOKEN_TEXT];
	struct session s, *all;
	struct signed_in w;
	struct person *ben;
	int64_t annas;
	size_t n;

	setup(&w);
	ben = fixture_person(&w.f, "grid", "Ben", ROLE_STEWARD);
	fixture_ok(session_start(&w.f.ctx, ben->id, 0, "", "", bens));
	fixture_ok(resume(&w, &s));
	annas = s.id;
	fixture_ok(session_resume(&w.f.ctx, bens, &s));
	fixture_err(session_end(&w.f.ctx, annas), ERR_NOT_FOUND);
	fixture_err(session_prove(&w.f.ctx, annas, text), ERR_NOT_FOUND);
	fixture_ok(session_list(&w.f.ctx, s.id, &all, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(all[0].id, s.id);
	fixture_ok(session_end(&w.f.ctx, s.id));
	fixture_err(session_resume(&w.f.ctx, bens, &s), ERR_NOT_FOUND);
	fixture_ok(resume(&w, &s));
	fixture_close(&w.f);
}
END_TEST

START_TEST(listed_and_ended)
{
	static const char bad_agent[] = "bad\033[31m";
	char token[TOKEN_TEXT], agent[400];
	struct session s, *all;
	struct signed_in w;
	size_t n;

	setup(&w);
	memset(agent, 'a', sizeof(agent) - 1);
	agent[sizeof(agent) - 1] = '\0';
	fixture_later(&w.f, CLOCK_S);
	fixture_ok(session_start(
	    &w.f.ctx, w.anna->id, 0, "2001:db8::1", agent, token));
	fixture_later(&w.f, CLOCK_S);
	fixture_ok(
	    session_start(&w.f.ctx, w.anna->id, 0, NULL, bad_agent, token));
	fixture_ok(resume(&w, &s));
	fixture_ok(session_list(&w.f.ctx, s.id, &all, &n));
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(all[0].user_agent, "");
	ck_assert_str_eq(all[0].address, "");
	ck_assert_str_eq(all[1].address, "2001:db8::1");
	ck_assert_uint_le(text_length(all[1].user_agent), 200);
	ck_assert_str_eq(all[2].user_agent, "Firefox");
	ck_assert_str_eq(all[2].address, "192.0.2.7");
	ck_assert(all[2].is_this && !all[0].is_this && !all[1].is_this);
	ck_assert_int_eq(all[0].proved_at, 0);
	fixture_ok(session_end_all(&w.f.ctx, w.anna->id, s.id));
	fixture_ok(session_list(&w.f.ctx, s.id, &all, &n));
	ck_assert_uint_eq(n, 1);
	fixture_ok(session_end_all(&w.f.ctx, w.anna->id, 0));
	fixture_err(resume(&w, &s), ERR_NOT_FOUND);
	fixture_close(&w.f);
}
END_TEST

/* Every page begins with it: one index, and keys. */
START_TEST(resumed_by_indices)
{
	struct signed_in w;
	struct db_rows *rows;
	const char *step;
	size_t len;
	int n = 0;

	setup(&w);
	rows = db_query(w.f.ctx.db,
	    "EXPLAIN QUERY PLAN SELECT s.id FROM session s"
	    " JOIN person p ON p.id = s.person"
	    " JOIN organisation o ON o.id = p.organisation"
	    " WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3"
	    " AND p.state = 'active' AND o.state = 'admitted'",
	    DB_ARGS(db_b("", 0), db_i(0), db_i(0)));
	while (db_next(rows)) {
		step = db_col_peek(rows, 3, &len);
		ck_assert_msg(text_starts(step, "SEARCH "), "%s", step);
		n++;
	}
	fixture_ok(db_done(rows));
	ck_assert_int_eq(n, 3);
	fixture_close(&w.f);
}
END_TEST

UNIT_MAIN("session", UNIT(resumed_as_the_person),
    UNIT_ROWS(limits_of_time, visits), UNIT_ROWS(ended_at_once, ends),
    UNIT_ROWS(strangers_stay_out, strangers), UNIT(seen_once_a_minute),
    UNIT(seen_when_writers_are_busy), UNIT(started_by_those_in_order),
    UNIT(old_ones_are_removed), UNIT(proved_with_a_new_token),
    UNIT(own_ones_alone), UNIT(listed_and_ended), UNIT(resumed_by_indices))
