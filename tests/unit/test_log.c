/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "base/log.h"
#include "unit.h"

static char got[4096];

/* Standard error goes into a pipe while one line is written. */
static void
begin(int ends[2], int *saved)
{
	ck_assert_int_eq(pipe(ends), 0);
	*saved = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
}

static void
end(const int ends[2], int saved)
{
	ssize_t n;

	dup2(saved, STDERR_FILENO);
	n = read(ends[0], got, sizeof(got) - 1);
	ck_assert_int_ge(n, 0);
	got[n] = '\0';
	close(ends[0]);
	close(saved);
}

static void
log_text(enum log_level level, const char *text)
{
	int ends[2], saved;

	begin(ends, &saved);
	log_line(level, "unit", "%s", text);
	end(ends, saved);
}

static const struct {
	const char *text, *expected;
} texts[] = {
	{ "plain", "plain" },
	{ "two\nlines", "two\\x0alines" },
	{ "\r\x1b[31mred\x7f", "\\x0d\\x1b[31mred\\x7f" },
	{ "élan €", "élan €" },
	{ "c1 \xc2\x85 here", "c1 \\xc2\\x85 here" },
	{ "line \xe2\x80\xa8 separator", "line \\xe2\\x80\\xa8 separator" },
	{ "not UTF-8 \xff\x9b.", "not UTF-8 \\xff\\x9b." },
	{ "", "" },
};

START_TEST(text_is_one_harmless_line)
{
	char expected[200];

	log_open("portal", LOG_INFO);
	log_text(LOG_WARNING, texts[_i].text);
	snprintf(expected, sizeof(expected), "<4>portal[%ld] unit: %s\n",
	    (long)getpid(), texts[_i].expected);
	ck_assert_str_eq(got, expected);
}
END_TEST

START_TEST(a_long_line_is_cut)
{
	char text[3000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_text(LOG_ERROR, text);
	ck_assert_uint_eq(strlen(got), 1000);
	ck_assert_int_eq(got[999], '\n');
	/* Four times as long when escaped, and still not longer. */
	memset(text, 1, sizeof(text) - 1);
	log_text(LOG_ERROR, text);
	ck_assert_uint_le(strlen(got), 1000);
	ck_assert_uint_ge(strlen(got), 996);
	ck_assert_int_eq(got[strlen(got) - 1], '\n');
}
END_TEST

START_TEST(levels_filter_and_have_priorities)
{
	log_open("portal", LOG_WARNING);
	log_text(LOG_INFO, "no");
	ck_assert_str_eq(got, "");
	log_text(LOG_ERROR, "yes");
	ck_assert_mem_eq(got, "<3>", 3);
	log_open("portal", LOG_DEBUG);
	log_text(LOG_DEBUG, "yes");
	ck_assert_mem_eq(got, "<7>", 3);
	log_text(LOG_INFO, "yes");
	ck_assert_mem_eq(got, "<6>", 3);
}
END_TEST

START_TEST(errno_stays)
{
	errno = EDOM;
	log_line(LOG_DEBUG, "unit", "hidden");
	ck_assert_int_eq(errno, EDOM);
	close(STDERR_FILENO);
	errno = EDOM;
	log_line(LOG_ERROR, "unit", "nowhere to go");
	ck_assert_int_eq(errno, EDOM);
}
END_TEST

UNIT_MAIN("log", UNIT_ROWS(text_is_one_harmless_line, texts),
    UNIT(a_long_line_is_cut), UNIT(levels_filter_and_have_priorities),
    UNIT(errno_stays))
