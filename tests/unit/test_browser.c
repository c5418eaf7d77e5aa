/* SPDX-License-Identifier: Apache-2.0 */
/* Browsers that know a person: for how long, how many, and whom else. */
#include "fixture.h"

#include "domain/browser.h"

static struct fixture f;
static struct person *anna, *paul;

static void
setup(void)
{
	struct organisation *grid;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	anna = fixture_person(&f, grid->ref, "Anna", ROLE_READER);
	paul = fixture_person(&f, grid->ref, "Paul", ROLE_READER);
	fixture_ok(db_begin(f.ctx.auth));
	for (int64_t id = anna->id; id <= paul->id; id++)
		fixture_ok(db_exec(f.ctx.auth,
		    "INSERT INTO credential (person, password, totp_step,"
		    " failures, changed_at) VALUES ($1, 'none', 0, 0, 0)",
		    DB_ARGS(db_i(id))));
	fixture_ok(db_end(f.ctx.auth, ERR_OK));
}

static bool
knows(const char *token, const struct person *p)
{
	struct browser b;

	fixture_ok(browser_find(&f.ctx, token, p != NULL ? p->id : 0, &b));
	return b.is_known;
}

static int64_t
rows(void)
{
	int64_t n = -1;

	fixture_ok(db_one_int(
	    f.ctx.auth, "SELECT COUNT(*) FROM browser", DB_NONE, &n));
	return n;
}

START_TEST(known_from_then_on)
{
	char token[TOKEN_TEXT], other[TOKEN_TEXT];

	setup();
	token_new(other);
	fixture_ok(browser_remember(&f.ctx, NULL, anna->id, token));
	ck_assert(knows(token, anna));
	ck_assert(!knows(token, paul));
	ck_assert(!knows(token, NULL));
	ck_assert(!knows(other, anna));
	ck_assert(!knows(NULL, anna));
	fixture_close(&f);
}
END_TEST

static const char *const no_tokens[] = { "", "x", "AAAA",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1 --" };

/* What a cookie may hold; the old one is replaced all the same. */
START_TEST(no_token)
{
	char token[TOKEN_TEXT];

	setup();
	ck_assert(!knows(no_tokens[_i], anna));
	fixture_ok(browser_remember(&f.ctx, no_tokens[_i], anna->id, token));
	ck_assert(knows(token, anna));
	ck_assert(!knows(no_tokens[_i], anna));
	ck_assert_int_eq(rows(), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(stored_as_digest)
{
	char token[TOKEN_TEXT];
	int64_t n = -1;

	setup();
	fixture_ok(browser_remember(&f.ctx, NULL, anna->id, token));
	fixture_ok(db_one_int(f.ctx.auth,
	    "SELECT COUNT(*) FROM browser WHERE length(digest) = 32"
	    " AND digest <> CAST($1 AS BLOB)",
	    DB_ARGS(db_t(token)), &n));
	ck_assert_int_eq(n, 1);
	fixture_close(&f);
}
END_TEST

/* Two people at one browser; its token is another after each sign-in. */
START_TEST(shared)
{
	char first[TOKEN_TEXT], second[TOKEN_TEXT], third[TOKEN_TEXT];

	setup();
	fixture_ok(browser_remember(&f.ctx, NULL, anna->id, first));
	fixture_ok(browser_remember(&f.ctx, first, paul->id, second));
	ck_assert(knows(second, anna));
	ck_assert(knows(second, paul));
	ck_assert(!knows(first, anna));
	fixture_ok(browser_remember(&f.ctx, second, anna->id, third));
	ck_assert(knows(third, anna));
	ck_assert(knows(third, paul));
	ck_assert_int_eq(rows(), 2);
	fixture_ok(browser_forget(&f.ctx, anna->id));
	ck_assert(!knows(third, anna));
	ck_assert(knows(third, paul));
	fixture_close(&f);
}
END_TEST

START_TEST(the_oldest_goes)
{
	char token[BROWSER_MOST + 1][TOKEN_TEXT];

	setup();
	fixture_ok(browser_remember(&f.ctx, NULL, paul->id, token[0]));
	for (int i = 0; i <= BROWSER_MOST; i++) {
		fixture_later(&f, CLOCK_DAY);
		fixture_ok(browser_remember(&f.ctx, NULL, anna->id, token[i]));
	}
	ck_assert_int_eq(rows(), BROWSER_MOST + 1); /* Paul's too */
	ck_assert(!knows(token[0], anna));
	for (int i = 1; i <= BROWSER_MOST; i++)
		ck_assert(knows(token[i], anna));
	fixture_close(&f);
}
END_TEST

START_TEST(forgotten_in_time)
{
	char token[TOKEN_TEXT], other[TOKEN_TEXT];

	setup();
	fixture_ok(browser_remember(&f.ctx, NULL, anna->id, token));
	fixture_later(&f, BROWSER_DAYS * CLOCK_DAY - 1);
	ck_assert(knows(token, anna));
	fixture_later(&f, 1);
	ck_assert(!knows(token, anna));
	fixture_ok(browser_remember(&f.ctx, NULL, paul->id, other));
	ck_assert_int_eq(rows(), 1);
	fixture_close(&f);
}
END_TEST

static enum err
try_once(const struct browser *b)
{
	fixture_ok(db_begin(f.ctx.auth));
	return db_end(f.ctx.auth, browser_try(&f.ctx, b));
}

START_TEST(a_stranger_after_failures)
{
	char token[TOKEN_TEXT], again[TOKEN_TEXT];
	struct browser b;

	setup();
	fixture_ok(browser_remember(&f.ctx, NULL, anna->id, token));
	fixture_ok(browser_find(&f.ctx, token, anna->id, &b));
	for (int i = 0; i < BROWSER_FAILURES; i++) {
		ck_assert(knows(token, anna));
		fixture_ok(try_once(&b));
	}
	ck_assert(!knows(token, anna));
	/* Whoever signs in there all the same is known again. */
	fixture_ok(browser_remember(&f.ctx, token, anna->id, again));
	ck_assert(knows(again, anna));
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("browser", UNIT(known_from_then_on), UNIT_ROWS(no_token, no_tokens),
    UNIT(stored_as_digest), UNIT(shared), UNIT(the_oldest_goes),
    UNIT(forgotten_in_time), UNIT(a_stranger_after_failures))
