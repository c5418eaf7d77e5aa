/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/submission.h"

#include "fixture.h"

static const char path[] = "/drafts/new";

static void
acted(struct fixture *f, const char *key, const char *location)
{
	char *before;

	fixture_ok(db_begin(f->ctx.db));
	fixture_ok(submission_check(&f->ctx, key, path, &before));
	ck_assert_ptr_null(before);
	fixture_ok(
	    db_end(f->ctx.db, submission_note(&f->ctx, key, path, location)));
}

START_TEST(done_once)
{
	char key[TOKEN_TEXT], other[TOKEN_TEXT], *location;
	struct fixture f;

	fixture_open(&f);
	token_new(key);
	token_new(other);
	acted(&f, key, "/advisories/ENT-2026-0001");
	fixture_err(
	    submission_check(&f.ctx, key, path, &location), ERR_REPEATED);
	ck_assert_str_eq(location, "/advisories/ENT-2026-0001");
	fixture_err(
	    submission_note(&f.ctx, key, path, "/elsewhere"), ERR_EXISTS);
	fixture_ok(submission_check(&f.ctx, other, path, &location));
	ck_assert_ptr_null(location);
	fixture_close(&f);
}
END_TEST

/* Forms of one page share the key, and somebody else's is not ours. */
START_TEST(by_person_and_path)
{
	char key[TOKEN_TEXT], *location;
	struct fixture f;

	fixture_open(&f);
	fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	fixture_as(&f, fixture_person(&f, "grid", "Anna", 0));
	token_new(key);
	acted(&f, key, "/today");
	fixture_ok(submission_check(&f.ctx, key, "/people/new", &location));
	fixture_as(&f, fixture_person(&f, "grid", "Ben", 0));
	fixture_ok(submission_check(&f.ctx, key, path, &location));
	ck_assert_ptr_null(location);
	acted(&f, key, "/circles");
	fixture_close(&f);
}
END_TEST

START_TEST(rolled_back_with_the_act)
{
	char key[TOKEN_TEXT], *location;
	struct fixture f;

	fixture_open(&f);
	token_new(key);
	fixture_ok(db_begin(f.ctx.db));
	fixture_ok(submission_note(&f.ctx, key, path, "/today"));
	fixture_err(
	    submission_check(&f.ctx, key, path, &location), ERR_REPEATED);
	fixture_err(db_end(f.ctx.db, ERR_STALE), ERR_STALE);
	fixture_ok(submission_check(&f.ctx, key, path, &location));
	fixture_close(&f);
}
END_TEST

static const char *const malformed[] = { "", "x", NULL,
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA" };

START_TEST(keys_are_tokens)
{
	struct fixture f;
	char *location;

	fixture_open(&f);
	fixture_err(submission_check(&f.ctx, malformed[_i], path, &location),
	    ERR_MALFORMED);
	fixture_err(
	    submission_note(&f.ctx, malformed[_i], path, "/"), ERR_MALFORMED);
	fixture_close(&f);
}
END_TEST

START_TEST(kept_for_two_days)
{
	char first[TOKEN_TEXT], second[TOKEN_TEXT], third[TOKEN_TEXT];
	struct fixture f;
	char *location;

	fixture_open(&f);
	token_new(first);
	token_new(second);
	token_new(third);
	acted(&f, first, "/1");
	fixture_later(&f, 2 * CLOCK_DAY);
	acted(&f, second, "/2");
	fixture_err(
	    submission_check(&f.ctx, first, path, &location), ERR_REPEATED);
	fixture_later(&f, 1);
	acted(&f, third, "/3");
	fixture_ok(submission_check(&f.ctx, first, path, &location));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM submission"), 2);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("submission", UNIT(done_once), UNIT(by_person_and_path),
    UNIT(rolled_back_with_the_act), UNIT_ROWS(keys_are_tokens, malformed),
    UNIT(kept_for_two_days))
