/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { YEAR_MIN = 1970, YEAR_MAX = 9999 };

static int64_t
read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * CLOCK_S + ts.tv_nsec / 1000;
}

int64_t
clock_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
clock_steady(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/* Rounds down, also before 1970, where C's division rounds towards 1970. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Days since 1970 of a Gregorian date and back: Howard Hinnant's
 * days_from_civil and civil_from_days.  A year starts in March there, so that
 * the leap day is its last one; an era is 400 years or 146,097 days.
 */
static int64_t
days_of(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year - 719468;
}

static void
date_of(int64_t days, struct clock_parts *parts)
{
	int64_t z = days + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t m = (5 * doy + 2) / 153;

	parts->day = (int)(doy - (153 * m + 2) / 5 + 1);
	parts->month = (int)(m < 10 ? m + 3 : m - 9);
	parts->year = (int)(yoe + era * 400 + (parts->month <= 2));
}

void
clock_split(int64_t at, struct clock_parts *parts)
{
	int64_t days = floor_div(at, CLOCK_DAY);
	int64_t rest = at - days * CLOCK_DAY;

	date_of(days, parts);
	parts->hour = (int)(rest / CLOCK_HOUR);
	parts->minute = (int)(rest / CLOCK_MINUTE % 60);
	parts->second = (int)(rest / CLOCK_S % 60);
	/* Day 0, 1 January 1970, was a Thursday. */
	parts->weekday = (int)(days + 3 - floor_div(days + 3, 7) * 7);
}

int64_t
clock_day(int64_t at)
{
	return floor_div(at, CLOCK_DAY) * CLOCK_DAY;
}

/* So many digits, and what stands after them; printf takes ten times longer. */
static char *
put(char *out, int number, int digits, char after)
{
	for (int i = digits; i-- > 0; number /= 10)
		out[i] = (char)('0' + number % 10);
	out[digits] = after;
	return out + digits + 1;
}

static char *
put_day(char *out, const struct clock_parts *p, char after)
{
	/* Whatever fits into an int64_t ends in the year 294,247. */
	out = put(out, p->year, p->year < 10000 ? 4 : 6, '-');
	out = put(out, p->month, 2, '-');
	return put(out, p->day, 2, after);
}

static char *
put_second(char *out, const struct clock_parts *p, char after)
{
	out = put_day(out, p, 'T');
	out = put(out, p->hour, 2, ':');
	out = put(out, p->minute, 2, ':');
	return put(out, p->second, 2, after);
}

void
clock_rfc3339(int64_t at, char out[CLOCK_TEXT])
{
	struct clock_parts p;

	clock_split(at, &p);
	*put_second(out, &p, 'Z') = '\0';
}

void
clock_rfc3339_us(int64_t at, char out[CLOCK_TEXT])
{
	struct clock_parts p;
	int us = (int)(at - floor_div(at, CLOCK_S) * CLOCK_S);

	clock_split(at, &p);
	*put(put_second(out, &p, '.'), us, 6, 'Z') = '\0';
}

void
clock_date(int64_t at, char out[CLOCK_TEXT])
{
	struct clock_parts p;

	clock_split(at, &p);
	put_day(out, &p, '\0');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Exactly `width` digits at *p, which moves on. */
static bool
digits(const char **p, int width, int min, int max, int *out)
{
	int value = 0;

	for (int i = 0; i < width; i++, (*p)++) {
		if (!is_digit(**p))
			return false;
		value = value * 10 + (**p - '0');
	}
	*out = value;
	return value >= min && value <= max;
}

static bool
one_of(const char **p, char a, char b)
{
	if (**p != a && **p != b)
		return false;
	(*p)++;
	return true;
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && is_leap);
}

static bool
parse_date(const char **p, int64_t *at)
{
	int year, month, day;

	if (!digits(p, 4, YEAR_MIN, YEAR_MAX, &year) || !one_of(p, '-', '-') ||
	    !digits(p, 2, 1, 12, &month) || !one_of(p, '-', '-') ||
	    !digits(p, 2, 1, month_days(year, month), &day))
		return false;
	*at = days_of(year, month, day) * CLOCK_DAY;
	return true;
}

/* ".25": digits after the sixth are read and left. */
static bool
parse_fraction(const char **p, int64_t *us)
{
	int64_t unit = CLOCK_S / 10;

	*us = 0;
	if (**p != '.')
		return true;
	(*p)++;
	if (!is_digit(**p))
		return false;
	for (; is_digit(**p); (*p)++, unit /= 10)
		*us += (**p - '0') * unit;
	return true;
}

/* A leap second (":60") is refused: our time does not count them. */
static bool
parse_time(const char **p, int64_t *us)
{
	int hour, minute, second;
	int64_t fraction;

	if (!digits(p, 2, 0, 23, &hour) || !one_of(p, ':', ':') ||
	    !digits(p, 2, 0, 59, &minute) || !one_of(p, ':', ':') ||
	    !digits(p, 2, 0, 59, &second) || !parse_fraction(p, &fraction))
		return false;
	*us = hour * CLOCK_HOUR + minute * CLOCK_MINUTE + second * CLOCK_S +
	    fraction;
	return true;
}

static bool
parse_offset(const char **p, int64_t *us)
{
	int hour, minute;
	int sign = **p == '-' ? -1 : 1;

	*us = 0;
	if (one_of(p, 'Z', 'z'))
		return true;
	if (!one_of(p, '+', '-') || !digits(p, 2, 0, 23, &hour) ||
	    !one_of(p, ':', ':') || !digits(p, 2, 0, 59, &minute))
		return false;
	*us = sign * (hour * CLOCK_HOUR + minute * CLOCK_MINUTE);
	return true;
}

bool
clock_parse(const char *s, int64_t *at)
{
	int64_t day, time, offset, result;
	struct clock_parts parts;

	*at = 0;
	if (!parse_date(&s, &day) || !one_of(&s, 'T', 't') ||
	    !parse_time(&s, &time) || !parse_offset(&s, &offset) || *s != '\0')
		return false;
	/* The offset can lead out of the years that have four digits. */
	result = day + time - offset;
	clock_split(result, &parts);
	if (parts.year < YEAR_MIN || parts.year > YEAR_MAX)
		return false;
	*at = result;
	return true;
}

bool
clock_parse_date(const char *s, int64_t *at)
{
	int64_t day;

	*at = 0;
	if (!parse_date(&s, &day) || *s != '\0')
		return false;
	*at = day;
	return true;
}
