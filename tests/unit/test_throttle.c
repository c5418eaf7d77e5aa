/* SPDX-License-Identifier: Apache-2.0 */
/* Token buckets: burst, refill, what is one key and what is not. */
#include "fixture.h"

#include "domain/throttle.h"

static struct fixture f;

static enum err
take(enum throttle_kind kind, const char *key, int *retry_s)
{
	return throttle_take(&f.ctx, kind, key, retry_s);
}

static void
empty(enum throttle_kind kind, const char *key)
{
	int retry_s;

	for (int i = 0; i < throttle_burst(kind); i++)
		fixture_ok(take(kind, key, &retry_s));
}

static const struct {
	enum throttle_kind kind;
	const char *key;
} keys[] = {
	{ THROTTLE_ACCOUNT, "anna@example.org" },
	{ THROTTLE_ADDRESS, "192.0.2.7" },
	{ THROTTLE_ADDRESS, "2001:db8::7" },
	{ THROTTLE_ADDRESS, "" },
	{ THROTTLE_BROWSER, "7:0123abcd" },
};

START_TEST(burst_then_wait)
{
	const enum throttle_kind kind = keys[_i].kind;
	int refill_s = throttle_refill_s(kind), retry_s;

	fixture_open(&f);
	empty(kind, keys[_i].key);
	fixture_err(take(kind, keys[_i].key, &retry_s), ERR_TOO_MANY);
	ck_assert_int_eq(retry_s, refill_s);

	/* A microsecond too early, then just in time, for one and no more. */
	fixture_later(&f, refill_s * CLOCK_S - 1);
	fixture_err(take(kind, keys[_i].key, &retry_s), ERR_TOO_MANY);
	ck_assert_int_eq(retry_s, 1);
	fixture_later(&f, 1);
	fixture_ok(take(kind, keys[_i].key, &retry_s));
	ck_assert_int_eq(retry_s, 0);
	fixture_err(take(kind, keys[_i].key, &retry_s), ERR_TOO_MANY);
	fixture_close(&f);
}
END_TEST

START_TEST(never_over_the_burst)
{
	const enum throttle_kind kind = keys[_i].kind;
	int retry_s;

	fixture_open(&f);
	empty(kind, keys[_i].key);
	fixture_later(&f, 1000 * CLOCK_DAY);
	empty(kind, keys[_i].key);
	fixture_err(take(kind, keys[_i].key, &retry_s), ERR_TOO_MANY);
	fixture_close(&f);
}
END_TEST

START_TEST(a_refused_try_costs_nothing)
{
	int refill_s = throttle_refill_s(THROTTLE_ACCOUNT), retry_s;

	fixture_open(&f);
	empty(THROTTLE_ACCOUNT, "a");
	for (int i = 0; i < 30; i++) {
		fixture_later(&f, refill_s * CLOCK_S / 40);
		fixture_err(
		    take(THROTTLE_ACCOUNT, "a", &retry_s), ERR_TOO_MANY);
	}
	fixture_later(&f, refill_s * CLOCK_S / 4);
	fixture_ok(take(THROTTLE_ACCOUNT, "a", &retry_s));
	fixture_close(&f);
}
END_TEST

START_TEST(given_back)
{
	int retry_s;

	fixture_open(&f);
	empty(THROTTLE_ACCOUNT, "a");
	fixture_ok(throttle_give(&f.ctx, THROTTLE_ACCOUNT, "a"));
	fixture_ok(take(THROTTLE_ACCOUNT, "a", &retry_s));
	fixture_err(take(THROTTLE_ACCOUNT, "a", &retry_s), ERR_TOO_MANY);

	/* A full one stays as full as it was. */
	fixture_ok(throttle_give(&f.ctx, THROTTLE_ACCOUNT, "b"));
	empty(THROTTLE_ACCOUNT, "b");
	fixture_err(take(THROTTLE_ACCOUNT, "b", &retry_s), ERR_TOO_MANY);
	fixture_close(&f);
}
END_TEST

START_TEST(clock_set_back)
{
	int retry_s;

	fixture_open(&f);
	empty(THROTTLE_ADDRESS, "192.0.2.7");
	fixture_later(&f, -CLOCK_DAY);
	fixture_err(
	    take(THROTTLE_ADDRESS, "192.0.2.7", &retry_s), ERR_TOO_MANY);
	fixture_close(&f);
}
END_TEST

static const struct {
	const char *first, *second;
	bool are_one;
} addresses[] = {
	{ "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true },
	{ "2001:db8:1:2::1", "2001:0DB8:1:2:0:0:0:1", true },
	{ "2001:db8:1:2::1", "2001:db8:1:3::1", false },
	{ "192.0.2.7", "192.0.2.7", true },
	{ "192.0.2.7", "192.0.2.8", false },
	{ "192.0.2.7", "", false },
};

START_TEST(one_network)
{
	int retry_s;

	fixture_open(&f);
	empty(THROTTLE_ADDRESS, addresses[_i].first);
	fixture_err(take(THROTTLE_ADDRESS, addresses[_i].second, &retry_s),
	    addresses[_i].are_one ? ERR_TOO_MANY : ERR_OK);
	fixture_close(&f);
}
END_TEST

START_TEST(kinds_differ)
{
	int retry_s;

	fixture_open(&f);
	empty(THROTTLE_ACCOUNT, "192.0.2.7");
	fixture_ok(take(THROTTLE_ADDRESS, "192.0.2.7", &retry_s));
	fixture_close(&f);
}
END_TEST

START_TEST(full_ones_are_forgotten)
{
	int64_t n = -1;
	int retry_s;

	fixture_open(&f);
	for (int i = 0; i < 50; i++)
		fixture_ok(take(THROTTLE_ACCOUNT,
		    arena_printf(f.arena, "key %d", i), &retry_s));
	fixture_later(&f, CLOCK_DAY);
	fixture_ok(take(THROTTLE_ACCOUNT, "another", &retry_s));
	fixture_ok(db_one_int(
	    f.ctx.auth, "SELECT COUNT(*) FROM throttle", DB_NONE, &n));
	ck_assert_int_eq(n, 1);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("throttle", UNIT_ROWS(burst_then_wait, keys),
    UNIT_ROWS(never_over_the_burst, keys), UNIT(a_refused_try_costs_nothing),
    UNIT(given_back), UNIT(clock_set_back), UNIT_ROWS(one_network, addresses),
    UNIT(kinds_differ), UNIT(full_ones_are_forgotten))
