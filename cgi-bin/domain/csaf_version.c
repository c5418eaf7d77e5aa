/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "domain/csaf.h"

enum { VERSION_BYTES = 200 };

#define DIGITS "0123456789"
#define WORD DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-"

/* A number without leading zeros: its length, or 0. */
static size_t
number(const char *s)
{
	size_t n = strspn(s, DIGITS);

	return n > 1 && *s == '0' ? 0 : n;
}

/*
 * Words joined by dots from *s on, moving it behind them; a word of digits
 * alone has no leading zero where that counts (semver.org 2.0.0, item 9).
 */
static bool
words(const char **s, bool is_release)
{
	size_t n;

	for (;; (*s)++) {
		if ((n = strspn(*s, WORD)) == 0)
			return false;
		if (is_release && strspn(*s, DIGITS) == n && number(*s) == 0)
			return false;
		*s += n;
		if (**s != '.')
			return true;
	}
}

bool
csaf_version_ok(const char *s)
{
	size_t n;

	if (strlen(s) > VERSION_BYTES || (n = number(s)) == 0)
		return false;
	if (s[n] == '\0')
		return true;
	for (int i = 0; i < 2; i++) {
		if (s[n] != '.')
			return false;
		s += n + 1;
		if ((n = number(s)) == 0)
			return false;
	}
	s += n;
	if (*s == '-' && (s++, !words(&s, true)))
		return false;
	if (*s == '+' && (s++, !words(&s, false)))
		return false;
	return *s == '\0';
}

/* Numbers of any length: the longer one is the greater. */
static int
compare_numbers(const char *a, size_t a_len, const char *b, size_t b_len)
{
	if (a_len != b_len)
		return a_len < b_len ? -1 : 1;
	return memcmp(a, b, a_len);
}

/* One word of what follows the '-': digits before letters (item 11). */
static int
compare_words(const char *a, size_t a_len, const char *b, size_t b_len)
{
	bool a_number = strspn(a, DIGITS) >= a_len;
	bool b_number = strspn(b, DIGITS) >= b_len;
	int order;

	if (a_number && b_number)
		return compare_numbers(a, a_len, b, b_len);
	if (a_number != b_number)
		return a_number ? -1 : 1;
	order = memcmp(a, b, a_len < b_len ? a_len : b_len);
	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_releases(const char *a, const char *b)
{
	size_t a_len, b_len;
	int order;

	if (*a != '-' || *b != '-') /* a release comes after what precedes it */
		return (*b == '-') - (*a == '-');
	do {
		a++, b++;
		a_len = strcspn(a, ".+");
		b_len = strcspn(b, ".+");
		if ((order = compare_words(a, a_len, b, b_len)) != 0)
			return order;
		a += a_len, b += b_len;
	} while (*a == '.' && *b == '.');
	return (*a == '.') - (*b == '.');
}

int
csaf_version_compare(const char *a, const char *b)
{
	size_t a_len, b_len;
	int order;

	for (int i = 0; i < 3; i++) {
		a_len = strspn(a, DIGITS);
		b_len = strspn(b, DIGITS);
		order =
		    compare_numbers(a_len > 0 ? a : "0", a_len > 0 ? a_len : 1,
			b_len > 0 ? b : "0", b_len > 0 ? b_len : 1);
		if (order != 0)
			return order;
		a += a_len, b += b_len;
		a += *a == '.', b += *b == '.';
	}
	return compare_releases(a, b);
}
