/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time is microseconds UTC since 1970 in an int64_t, named *_at.  It is asked
 * for once a request and carried in the context, so that tests set it.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLOCK_S ((int64_t)1000000)
#define CLOCK_MINUTE (60 * CLOCK_S)
#define CLOCK_HOUR (60 * CLOCK_MINUTE)
#define CLOCK_DAY (24 * CLOCK_HOUR)

/*
 * The last moment that canonical JSON can hold (RFC 8785 takes integers up to
 * 2^53 - 1), in June 2255: what somebody types is not later.
 */
#define CLOCK_LAST ((INT64_C(1) << 53) - 1)

struct clock_parts {
	int year, month, day; /* month 1 to 12 */
	int hour, minute, second;
	int weekday; /* 0 is Monday */
};

int64_t clock_now(void);

/* Steady time in microseconds, for durations only. */
int64_t clock_steady(void);

void clock_split(int64_t at, struct clock_parts *);

/* Midnight UTC at the start of the day of `at`. */
int64_t clock_day(int64_t at);

/* RFC 3339 in UTC: "2026-11-22T09:12:00Z"; buffer of CLOCK_TEXT bytes. */
#define CLOCK_TEXT 40
void clock_rfc3339(int64_t at, char out[CLOCK_TEXT]);

/* With six digits of fraction, as records have it. */
void clock_rfc3339_us(int64_t at, char out[CLOCK_TEXT]);

/*
 * RFC 3339 date-time with any offset and fraction, years 1970 to 9999; false
 * on anything else, also on a day that does not exist.
 */
bool clock_parse(const char *, int64_t *at);

/* "YYYY-MM-DD", midnight UTC. */
bool clock_parse_date(const char *, int64_t *at);
void clock_date(int64_t at, char out[CLOCK_TEXT]);

#endif
