/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Too many tries to sign in: nginx's limit by address, and the portal's own
 * buckets by account and by address; what they say, and whom they spare.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/throttle.h"
#include "suites.h"

static const struct answer *
try_password(struct client *c, const char *email)
{
	return client_post(c, "/sign-in",
	    FIELDS("email", email, "password", "not the right one"));
}

/*
 * An address that nobody has fills its bucket like one that somebody has:
 * the count of tries tells nothing.
 */
static int
tries_until_too_many(const char *email)
{
	const struct answer *a = NULL;
	int n;

	for (n = 0; n < 3 * throttle_burst(THROTTLE_ACCOUNT); n++) {
		/* From anywhere: the bucket is the account's. */
		struct client *c = client_new();

		a = try_password(c, email);
		client_free(c);
		if (a->status == 429)
			break;
		expect_status(a, 400, "try %d", n);
	}
	ck_assert_ptr_nonnull(a);
	expect_too_many(a);
	return n;
}

START_TEST(an_account_has_a_bucket)
{
	char email[WORLD_TEXT];
	struct account account;
	int known, unknown;

	client_free(join(ENERGY, "reader", &account));
	known = tries_until_too_many(account.email);
	unknown =
	    tries_until_too_many(textf("%s@flood.example", unique("nobody")));
	/* A token may have come back meanwhile. */
	ck_assert_int_ge(known, throttle_burst(THROTTLE_ACCOUNT));
	ck_assert_int_ge(unknown, throttle_burst(THROTTLE_ACCOUNT));
	ck_assert_int_le(abs(known - unknown), 1);
	/* The right password is not judged either, and others still are. */
	expect_too_many(client_post(client_new(), "/sign-in",
	    FIELDS("email", account.email, "password", account.password)));
	free(invite(ENERGY, "reader", email));
	expect_status(try_password(client_new(), email), 400, "another");
}
END_TEST

/* One address, many accounts: its bucket has two tokens left. */
START_TEST(an_address_has_a_bucket)
{
	struct client *c = client_new();
	const struct answer *a = NULL;
	int n;

	expect_status(try_password(c, "nobody0@flood.example"), 400, "first");
	store_auth("UPDATE throttle SET tokens = 2000 WHERE filled_at ="
		   " (SELECT MAX(filled_at) FROM throttle)",
	    NULL);
	for (n = 1; n < 20; n++) {
		a = try_password(c, textf("nobody%d@flood.example", n));
		if (a->status == 429)
			break;
		expect_status(a, 400, "try %d", n);
	}
	/* One token comes back each second. */
	ck_assert_int_ge(n, 3);
	ck_assert_ptr_nonnull(a);
	expect_too_many(a);
	/* Neighbours sign in, and those who are in read on. */
	expect_status(try_password(client_new(), "somebody@flood.example"), 400,
	    "another address");
	expect_status(client_get(world.as[READER], "/today"), 200, "inside");
}
END_TEST

/* nginx stops what does not even have a token: nothing is hashed for it. */
START_TEST(nginx_limits_posts)
{
	struct client *c = client_new();
	const struct answer *a = NULL;
	int n;

	for (n = 0; n < 200; n++) {
		a = client_post_raw(c, "/sign-in", FIELDS("email", "x"));
		if (a->status == 429)
			break;
		expect_status(a, 403, "try %d", n);
	}
	ck_assert_int_ge(n, 50); /* an office behind one address signs in */
	expect_too_many_for(a, "60");
	/* Looking is free, and so is every other page. */
	expect_status(client_get(c, "/sign-in"), 200, "the form");
	expect_status(client_get(c, "/advisories"), 200, "a page");
	expect_status(
	    client_post_raw(client_new(), "/sign-in", FIELDS("email", "x")),
	    403, "another address");
}
END_TEST

const struct suite_test tests_flood[] = {
	TEST(an_account_has_a_bucket),
	TEST(an_address_has_a_bucket),
	TEST(nginx_limits_posts),
	TESTS_END,
};
