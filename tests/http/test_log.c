/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the other suites left in the logs: no secret, no address of a person,
 * no fault of ours.  And the databases are whole: ententectl check.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"

static char *
read_log(const char *name)
{
	char *path = textf("%s/log/%s", world.run_dir, name), *text;
	FILE *f = fopen(path, "r");
	size_t len;
	long size;

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
	ck_assert_int_ge(size = ftell(f), 0);
	rewind(f);
	text = malloc((size_t)size + 1);
	ck_assert_ptr_nonnull(text);
	len = fread(text, 1, (size_t)size, f);
	text[len] = '\0';
	fclose(f);
	free(path);
	return text;
}

static const char *const logs[] = { "portal.log", "login.log", "access.log",
	"error.log", "nginx.log", "bundler.log", "courier.log" };

static void
expect_not_logged(const char *log, const char *secret, const char *what)
{
	const char *at = strstr(log, secret);

	ck_assert_msg(at == NULL, "%s is logged: %.80s", what, at);
}

START_TEST(no_secrets)
{
	char *log = read_log(logs[_i]), line[2048], *rest, *field;
	FILE *f = fopen(textf("%s/accounts.txt", world.run_dir), "r");
	int who;

	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		rest = line;
		expect_not_logged(log, field = strsep(&rest, "\t"), "address");
		expect_not_logged(log, field = strsep(&rest, "\t"), "password");
		expect_not_logged(log, field = strsep(&rest, "\t"), "secret");
		rest[strcspn(rest, "\n")] = '\0';
		expect_not_logged(log, strrchr(rest, '/') + 1, "link");
	}
	fclose(f);
	expect_not_logged(log, "kettles", "password");
	expect_not_logged(log, "@invited.example", "address");
	for (who = READER; who < WHO__MAX; who++)
		expect_not_logged(
		    log, client_cookie(world.as[who], "__Host-sid"), "cookie");
	/* Links are cut, searches are left out. */
	expect_not_logged(log, "/invitation/A", "link");
	ck_assert(strstr(log, "q=") == NULL);
}
END_TEST

/* Workers log with a level in front: <3> and below is a fault. */
START_TEST(no_faults)
{
	static const char *const faults[] = { "<0>", "<1>", "<2>", "<3>",
		"no text for", "left open", "AddressSanitizer", "runtime error",
		"Segmentation", "[emerg]", "[alert]", "[crit]" };
	/* What the suite "hostile" makes a worker say on purpose. */
	static const char wanted[] = "<3>portal[";
	static const char by[] = "arena: over the limit";
	char *log = read_log(logs[_i]), *at;
	size_t i;

	while ((at = strstr(log, by)) != NULL) {
		while (at > log && at[-1] != '\n')
			at--;
		ck_assert_msg(
		    strncmp(at, wanted, sizeof(wanted) - 1) == 0, "%.80s", at);
		memset(at, ' ', strcspn(at, "\n"));
	}
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		expect_not_logged(log, faults[i], faults[i]);
}
END_TEST

START_TEST(everything_is_whole)
{
	char *printed;
	const int status =
	    console_run((const char *const[]){ "check", NULL }, &printed);

	ck_assert_msg(status == 0, "ententectl check: %s", printed);
}
END_TEST

const struct suite_test tests_log[] = {
	TEST_ROWS(no_secrets, logs),
	TEST_ROWS(no_faults, logs),
	TEST(everything_is_whole),
	TESTS_END,
};
