/* SPDX-License-Identifier: Apache-2.0 */
/* Origins one by one are in test_conf.c, which names what is wrong with them. */
#include "base/url.h"
#include "unit.h"

static const char *const good[] = { "https://witness.example",
	"https://witness.example:8443", "https://witness.example/w1",
	"https://witness.example/a/b-c_d.e~f/0",
	"https://witness.example/.well", "https://witness.example/a..b",
	"https://192.0.2.1/w", "https://[2001:db8::1]:8443/w",
	"http://localhost/w", "http://localhost:8080/w",
	"http://127.0.0.1:8080", "http://[::1]:1/w" };

static const char *const bad[] = { "", "witness.example", "//witness.example",
	"https://", "https:///w", "https://witness.example/",
	"https://witness.example/w/", "https://witness.example//w",
	"https://witness.example/./w", "https://witness.example/../w",
	"https://witness.example/w/..", "https://witness.example/w?x=1",
	"https://witness.example/w#x", "https://witness.example/w x",
	"https://witness.example/%2e%2e", "https://witness.example?x",
	"https://witness.example\\w", "https://Witness.example/w",
	"https://witness.example:443/w", "https://me@witness.example/w",
	"https://me:pw@witness.example/w", "http://witness.example/w",
	"http://localhost@witness.example/w", "http://localhost.example/w",
	"http://127.0.0.1.example/w", "http://127.0.0.2/w",
	"http://[::1].example/w", "http://[::2]/w", "ftp://localhost/w",
	"file:///etc/passwd", "gopher://localhost/w",
	" https://witness.example/w", "https://witness.example/w\n",
	"x://https://witness.example" };

START_TEST(prefix_taken)
{
	ck_assert_msg(url_is_prefix(good[_i]), "%s", good[_i]);
}
END_TEST

START_TEST(prefix_refused)
{
	ck_assert_msg(!url_is_prefix(bad[_i]), "%s", bad[_i]);
}
END_TEST

START_TEST(an_origin_has_no_path)
{
	ck_assert(url_is_origin("https://witness.example"));
	ck_assert(!url_is_origin("https://witness.example/w"));
	ck_assert(!url_is_origin("https://witness.example/"));
}
END_TEST

START_TEST(length_has_a_limit)
{
	char url[URL_MAX + 1] = "https://witness.example/";
	const size_t start = strlen(url);

	memset(url + start, 'x', URL_MAX - start);
	ck_assert(!url_is_prefix(url));
	url[URL_MAX - 1] = '\0';
	ck_assert(url_is_prefix(url));
}
END_TEST

UNIT_MAIN("url", UNIT_ROWS(prefix_taken, good), UNIT_ROWS(prefix_refused, bad),
    UNIT(an_origin_has_no_path), UNIT(length_has_a_limit))
