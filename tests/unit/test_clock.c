/* SPDX-License-Identifier: Apache-2.0 */
#include <time.h>

#include "base/clock.h"
#include "unit.h"

static const struct {
	const char *text;
	int64_t at;
	const char *written; /* with microseconds */
} good[] = {
	{ "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000000Z" },
	{ "2026-11-22T09:12:00Z", 1795338720000000,
	    "2026-11-22T09:12:00.000000Z" },
	{ "2026-11-22t10:12:00+01:00", 1795338720000000,
	    "2026-11-22T09:12:00.000000Z" },
	{ "2026-11-22T00:42:00-08:30", 1795338720000000,
	    "2026-11-22T09:12:00.000000Z" },
	{ "2026-11-22T09:12:00-00:00", 1795338720000000,
	    "2026-11-22T09:12:00.000000Z" },
	{ "2000-02-29T23:59:59.5z", 951868799500000,
	    "2000-02-29T23:59:59.500000Z" },
	{ "2024-02-29T00:00:00.123456789Z", 1709164800123456,
	    "2024-02-29T00:00:00.123456Z" },
	{ "2038-01-19T03:14:08Z", 2147483648000000,
	    "2038-01-19T03:14:08.000000Z" },
	{ "9999-12-31T23:59:59.999999Z", 253402300799999999,
	    "9999-12-31T23:59:59.999999Z" },
	{ "1970-01-01T01:00:00+01:00", 0, "1970-01-01T00:00:00.000000Z" },
};

START_TEST(parse_and_write)
{
	char out[CLOCK_TEXT];
	int64_t at;

	ck_assert_msg(clock_parse(good[_i].text, &at), "%s", good[_i].text);
	ck_assert_int_eq(at, good[_i].at);
	clock_rfc3339_us(at, out);
	ck_assert_str_eq(out, good[_i].written);
	clock_rfc3339(at, out);
	ck_assert_uint_eq(strlen(out), 20);
	ck_assert_mem_eq(out, good[_i].written, 19);
	ck_assert_int_eq(out[19], 'Z');
}
END_TEST

static const char *const bad[] = {
	"",
	"2026-11-22",
	"2026-11-22T09:12Z",
	"2026-11-22T09:12:00",
	"2026-11-22 09:12:00Z",
	"2026-11-22T09:12:00Z ",
	" 2026-11-22T09:12:00Z",
	"2026-11-22T09:12:00.Z",
	"2026-11-22T09:12:00,5Z",
	"2026-11-22T9:12:00Z",
	"2026-11-22T24:00:00Z",
	"2026-11-22T09:60:00Z",
	"2026-11-22T09:12:60Z",
	"2026-13-01T00:00:00Z",
	"2026-00-01T00:00:00Z",
	"2026-11-00T00:00:00Z",
	"2026-11-31T00:00:00Z",
	"2026-02-29T00:00:00Z",
	"2100-02-29T00:00:00Z",
	"1969-12-31T23:59:59Z",
	"1969-12-31T23:59:59-01:00",
	"1970-01-01T00:00:00+00:01",
	"9999-12-31T23:59:59-00:01",
	"10000-01-01T00:00:00Z",
	"2026-11-22T09:12:00+0100",
	"2026-11-22T09:12:00+24:00",
	"2026-11-22T09:12:00+01:60",
	"2026-11-22T09:12:00+01",
	"2026-11-22T09:12:00ZZ",
	"+026-11-22T09:12:00Z",
	"2026-11-22T09:12:0\xc2\xb2Z",
};

START_TEST(parse_refuses)
{
	int64_t at = 1;

	ck_assert_msg(!clock_parse(bad[_i], &at), "%s", bad[_i]);
	ck_assert_int_eq(at, 0);
}
END_TEST

/* Every day of 400 years against the C library. */
START_TEST(split_agrees_with_gmtime)
{
	struct clock_parts p;
	struct tm tm;
	char text[CLOCK_TEXT];

	for (int64_t day = -80000; day < 150000; day++) {
		int64_t at = day * CLOCK_DAY + (day & 0xffff) * CLOCK_S;
		time_t t = (time_t)(at / CLOCK_S);

		ck_assert_ptr_nonnull(gmtime_r(&t, &tm));
		clock_split(at, &p);
		ck_assert_int_eq(p.year, tm.tm_year + 1900);
		ck_assert_int_eq(p.month, tm.tm_mon + 1);
		ck_assert_int_eq(p.day, tm.tm_mday);
		ck_assert_int_eq(p.hour, tm.tm_hour);
		ck_assert_int_eq(p.minute, tm.tm_min);
		ck_assert_int_eq(p.second, tm.tm_sec);
		ck_assert_int_eq(p.weekday, (tm.tm_wday + 6) % 7);
		if (day >= 0) {
			int64_t back;

			clock_date(at, text);
			ck_assert(clock_parse_date(text, &back));
			ck_assert_int_eq(back, clock_day(at));
		}
	}
}
END_TEST

START_TEST(before_1970)
{
	struct clock_parts p;

	clock_split(-1, &p);
	ck_assert_int_eq(p.year, 1969);
	ck_assert_int_eq(p.hour, 23);
	ck_assert_int_eq(p.second, 59);
	ck_assert_int_eq(p.weekday, 2);
	ck_assert_int_eq(clock_day(-1), -CLOCK_DAY);
	ck_assert_int_eq(clock_day(0), 0);
	ck_assert_int_eq(clock_day(CLOCK_DAY - 1), 0);
}
END_TEST

static const char *const bad_dates[] = { "", "2026-11-2", "2026-11-223",
	"2026-11-22T00:00:00Z", "2026/11/22", "22-11-2026", "2026-02-30",
	"0000-01-01", "2026-1-01" };

START_TEST(date_refuses)
{
	int64_t at = 1;

	ck_assert(!clock_parse_date(bad_dates[_i], &at));
	ck_assert_int_eq(at, 0);
}
END_TEST

START_TEST(the_end_of_time_fits)
{
	char out[CLOCK_TEXT];

	clock_rfc3339_us(INT64_MAX, out);
	ck_assert_str_eq(out, "294247-01-10T04:00:54.775807Z");
	clock_rfc3339_us(INT64_MIN + CLOCK_DAY, out);
}
END_TEST

START_TEST(clocks_run)
{
	int64_t now = clock_now(), steady = clock_steady();

	ck_assert_int_gt(now, 1700000000 * CLOCK_S);
	ck_assert_int_lt(now, 10000000000 * CLOCK_S);
	ck_assert_int_ge(clock_steady(), steady);
}
END_TEST

UNIT_MAIN("clock", UNIT_ROWS(parse_and_write, good),
    UNIT_ROWS(parse_refuses, bad), UNIT(split_agrees_with_gmtime),
    UNIT(before_1970), UNIT_ROWS(date_refuses, bad_dates),
    UNIT(the_end_of_time_fits), UNIT(clocks_run))
