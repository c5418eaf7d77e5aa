/* SPDX-License-Identifier: Apache-2.0 */
/* What is half done: found by its token alone, for minutes, for five tries. */
#include "fixture.h"

#include "domain/pending.h"

static struct fixture f;

static void
keep(enum pending_kind kind, char token[TOKEN_TEXT])
{
	struct pending p = { .kind = kind, .person = 42 };

	if (kind == PENDING_ENROL)
		snprintf(p.password, sizeof(p.password), "$argon2id$of-42");
	if (kind != PENDING_CODE)
		memset(p.totp, 0xa5, sizeof(p.totp));
	fixture_ok(pending_new(&f.ctx, &p, token));
}

START_TEST(kept_as_it_was)
{
	const enum pending_kind kind = (enum pending_kind)_i;
	char token[TOKEN_TEXT];
	struct pending p;

	fixture_open(&f);
	keep(kind, token);
	fixture_ok(pending_find(&f.ctx, kind, token, &p));
	ck_assert_int_eq(p.person, 42);
	ck_assert_str_eq(
	    p.password, kind == PENDING_ENROL ? "$argon2id$of-42" : "");
	ck_assert_int_eq(p.totp[0], kind == PENDING_CODE ? 0 : 0xa5);
	ck_assert_int_eq(
	    p.totp[TOTP_SECRET - 1], kind == PENDING_CODE ? 0 : 0xa5);
	fixture_close(&f);
}
END_TEST

START_TEST(no_other_kind)
{
	char token[TOKEN_TEXT];
	struct pending p;

	fixture_open(&f);
	keep((enum pending_kind)_i, token);
	for (enum pending_kind k = 0; k < PENDING__MAX; k++)
		if (k != (enum pending_kind)_i)
			fixture_err(
			    pending_find(&f.ctx, k, token, &p), ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

START_TEST(expires)
{
	const enum pending_kind kind = (enum pending_kind)_i;
	char token[TOKEN_TEXT];
	struct pending p;

	fixture_open(&f);
	keep(kind, token);
	fixture_later(&f, pending_s(kind) * CLOCK_S - 1);
	fixture_ok(pending_find(&f.ctx, kind, token, &p));
	fixture_later(&f, 1);
	fixture_err(pending_find(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	fixture_err(pending_try(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

START_TEST(five_tries)
{
	const enum pending_kind kind = (enum pending_kind)_i;
	char token[TOKEN_TEXT];
	struct pending p;

	fixture_open(&f);
	keep(kind, token);
	for (int i = 0; i < PENDING_TRIES; i++) {
		fixture_ok(pending_find(&f.ctx, kind, token, &p));
		fixture_ok(pending_try(&f.ctx, kind, token, &p));
		ck_assert_int_eq(p.person, 42);
	}
	fixture_err(pending_try(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	fixture_err(pending_find(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	ck_assert_int_eq(p.person, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(ends)
{
	const enum pending_kind kind = (enum pending_kind)_i;
	char token[TOKEN_TEXT];
	struct pending p;

	fixture_open(&f);
	keep(kind, token);
	fixture_ok(pending_end(&f.ctx, kind, token));
	fixture_ok(pending_end(&f.ctx, kind, token));
	fixture_err(pending_find(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

/* Whose it was is all that is left of it. */
START_TEST(done)
{
	const enum pending_kind kind = (enum pending_kind)_i;
	char token[TOKEN_TEXT], other[TOKEN_TEXT];
	struct pending p;
	int64_t person, left = -1;

	fixture_open(&f);
	keep(kind, token);
	keep(kind, other);
	fixture_ok(pending_done(&f.ctx, kind, token));
	fixture_err(pending_find(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	fixture_err(pending_try(&f.ctx, kind, token, &p), ERR_NOT_FOUND);
	fixture_ok(pending_whose(&f.ctx, kind, token, &person));
	ck_assert_int_eq(person, 42);
	fixture_ok(pending_find(&f.ctx, kind, other, &p));
	fixture_ok(pending_end(&f.ctx, kind, other));
	fixture_ok(db_one_int(f.ctx.auth,
	    "SELECT COUNT(*) FROM pending WHERE password IS NOT NULL"
	    " OR totp IS NOT NULL",
	    DB_NONE, &left));
	ck_assert_int_eq(left, 0);
	fixture_err(pending_whose(&f.ctx, kind, other, &person), ERR_NOT_FOUND);
	fixture_err(pending_whose(&f.ctx, kind, NULL, &person), ERR_NOT_FOUND);
	fixture_later(&f, pending_s(kind) * CLOCK_S);
	fixture_err(pending_whose(&f.ctx, kind, token, &person), ERR_NOT_FOUND);
	fixture_ok(pending_done(&f.ctx, kind, NULL));
	fixture_close(&f);
}
END_TEST

static const char *const no_tokens[] = { NULL, "", "x",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"' OR 1=1 --" };

START_TEST(no_token)
{
	struct pending p;
	char token[TOKEN_TEXT];

	fixture_open(&f);
	keep(PENDING_CODE, token);
	fixture_err(pending_find(&f.ctx, PENDING_CODE, no_tokens[_i], &p),
	    ERR_NOT_FOUND);
	fixture_err(pending_try(&f.ctx, PENDING_CODE, no_tokens[_i], &p),
	    ERR_NOT_FOUND);
	fixture_ok(pending_end(&f.ctx, PENDING_CODE, no_tokens[_i]));
	fixture_close(&f);
}
END_TEST

START_TEST(one_factor_a_session)
{
	char session[TOKEN_TEXT], another[TOKEN_TEXT];
	struct pending first, again, other;

	fixture_open(&f);
	token_new(session);
	token_new(another);
	fixture_ok(pending_factor(&f.ctx, session, 42, &first));
	fixture_ok(pending_factor(&f.ctx, session, 42, &again));
	ck_assert_mem_eq(first.totp, again.totp, TOTP_SECRET);
	fixture_ok(pending_factor(&f.ctx, another, 42, &other));
	ck_assert_mem_ne(first.totp, other.totp, TOTP_SECRET);

	/* Tried too often, the secret is another one. */
	for (int i = 0; i < PENDING_TRIES; i++)
		fixture_ok(
		    pending_try(&f.ctx, PENDING_FACTOR, session, &again));
	fixture_ok(pending_factor(&f.ctx, session, 42, &again));
	ck_assert_mem_ne(first.totp, again.totp, TOTP_SECRET);
	fixture_ok(pending_try(&f.ctx, PENDING_FACTOR, session, &again));
	fixture_err(
	    pending_factor(&f.ctx, "no token", 42, &other), ERR_NOT_FOUND);
	fixture_close(&f);
}
END_TEST

START_TEST(old_ones_are_forgotten)
{
	char token[TOKEN_TEXT];
	int64_t n = -1;

	fixture_open(&f);
	for (int i = 0; i < 20; i++)
		keep(PENDING_CODE, token);
	fixture_later(&f, CLOCK_DAY);
	keep(PENDING_CODE, token);
	fixture_ok(db_one_int(
	    f.ctx.auth, "SELECT COUNT(*) FROM pending", DB_NONE, &n));
	ck_assert_int_eq(n, 1);
	fixture_close(&f);
}
END_TEST

static const int kinds[PENDING__MAX];

UNIT_MAIN("pending", UNIT_ROWS(kept_as_it_was, kinds),
    UNIT_ROWS(no_other_kind, kinds), UNIT_ROWS(expires, kinds),
    UNIT_ROWS(five_tries, kinds), UNIT_ROWS(ends, kinds),
    UNIT_ROWS(done, kinds), UNIT_ROWS(no_token, no_tokens),
    UNIT(one_factor_a_session), UNIT(old_ones_are_forgotten))
