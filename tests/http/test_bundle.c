/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An auditor asks for records, waits, and takes them; programs that trust
 * nobody accept the file as it was sent, and find a byte that was changed.
 */
#include <poll.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suites.h"
#include "trio.h"

enum { LOOKS = 1200, LOOK_MS = 50 };

extern char **environ;

static char folder[] = "/tmp/entente-bundle.XXXXXX";

/* The exit status of a program found by PATH. */
static int
run(const char *const *argv)
{
	int status;
	pid_t pid;

	ck_assert_int_eq(posix_spawnp(&pid, argv[0], NULL, NULL,
			     (char **)(uintptr_t)argv, environ),
	    0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

#define RUN(...) run((const char *const[]){ __VA_ARGS__, NULL })

static char *
write_file(const char *name, const char *bytes, size_t len)
{
	char *path = textf("%s/%s", folder, name);
	FILE *out = fopen(path, "w");

	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(bytes, 1, len, out), len);
	ck_assert_int_eq(fclose(out), 0);
	return path;
}

static int
verify(const char *tar)
{
	return RUN(textf("%s/bin/entente-verify", getenv("BUILD")), "--key",
	    textf("%s/data/signer/log-key.txt", world.run_dir), tar);
}

/* Its path, "/bundles/…". */
static char *
ask(struct client *c, const char *const *fields)
{
	const struct answer *a = client_post(c, "/bundles/new", fields);
	char *path;

	expect_status(a, 303, "asked");
	path = textf("%s", answer_location(a));
	ck_assert_ptr_nonnull(strstr(path, "?done=bundle-asked"));
	*strchr(path, '?') = '\0';
	return path;
}

static void
wait_until_ready(struct client *c, const char *path)
{
	const struct answer *a = NULL;

	for (int i = 0; i < LOOKS; i++) {
		a = client_get(c, path);
		expect_status(a, 200, "%s", path);
		if (answer_has(a, "Download the bundle"))
			return;
		ck_assert_msg(answer_has(a, "<progress"), "%s", answer_gist(a));
		poll(NULL, 0, LOOK_MS);
	}
	ck_abort_msg("%s: %s", path, answer_gist(a));
}

static int64_t
taken(const char *path)
{
	return stored_int("SELECT COUNT(*) FROM record WHERE object = ?"
			  " AND kind = 'bundle.downloaded'",
	    strrchr(path, '/') + 1);
}

static void
check_stock(const char *tar)
{
	const char *command = textf("cd %s && tar -xf %s"
				    " && minisign -V -q -p bundle-key.pub"
				    " -m SHA256SUMS"
				    " && sha256sum --quiet -c SHA256SUMS",
	    folder, tar);

	ck_assert_int_eq(RUN("sh", "-c", command), 0);
}

/* Its first and last byte, and some between. */
static void
check_changes(const struct answer *a)
{
	char *bytes = malloc(a->len);
	char *changed;

	ck_assert_ptr_nonnull(bytes);
	for (int i = 0; i < 9; i++) {
		memcpy(bytes, a->body, a->len);
		bytes[(a->len - 1) * (size_t)i / 8] ^= 4;
		changed = write_file("changed.tar", bytes, a->len);
		ck_assert_int_eq(verify(changed), 1);
	}
	free(bytes);
}

START_TEST(asked_made_taken)
{
	struct client *auditor = world.as[AUDITOR];
	const struct answer *a;
	char *ref, *path, *file, *tar;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ref = trio_in_force();
	path = ask(auditor, FIELDS("object", ref));
	file = textf("%s/file", path);
	wait_until_ready(auditor, path);
	ck_assert_int_eq(taken(path), 0);
	expect_status(client_head(auditor, file), 200, "HEAD");
	ck_assert_int_eq(taken(path), 0);
	a = client_get(auditor, file);
	expect_status(a, 200, "%s", file);
	ck_assert_str_eq(
	    answer_header(a, "Content-Type", 0), "application/x-tar");
	ck_assert_int_eq(taken(path), 1);
	tar = write_file("bundle.tar", a->body, a->len);
	ck_assert_int_eq(verify(tar), 0);
	check_stock(tar);
	/* The agreement itself is in it: all have signed. */
	ck_assert_int_eq(
	    RUN("grep", "-q", "They name a contact",
		textf("%s/agreements/%s/1.canonical", folder, ref)),
	    0);
	check_changes(a);
	ck_assert_int_eq(RUN("rm", "-rf", folder), 0);
}
END_TEST

/* Its parties see who asked and who took, and nobody else does. */
START_TEST(those_concerned_know)
{
	static const char sql[] =
	    "SELECT COUNT(*) FROM record r JOIN record_concern x"
	    " ON x.record = r.id WHERE r.kind LIKE 'bundle.%' AND r.object = ?";
	struct client *auditor = world.as[AUDITOR];
	char *path = ask(auditor, FIELDS("object", trio_in_force()));

	wait_until_ready(auditor, path);
	expect_status(
	    client_get(auditor, textf("%s/file", path)), 200, "taken");
	/* Three parties and the auditor, of each of the two. */
	ck_assert_int_eq(stored_int(sql, strrchr(path, '/') + 1), 8);
}
END_TEST

START_TEST(not_for_others)
{
	static const enum who others[] = { READER, PUBLISHER, SIGNATORY,
		KEEPER };
	struct client *auditor = world.as[AUDITOR], *clerk;
	char *path = ask(auditor, FIELDS("object", trio_in_force()));
	char *file = textf("%s/file", path);
	struct account account;
	const struct answer *a;

	wait_until_ready(auditor, path);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		a = client_get(world.as[others[i]], path);
		expect_status(a, 404, "%s as %s", path, who_names[others[i]]);
		a = client_get(world.as[others[i]], file);
		expect_status(a, 404, "%s as %s", file, who_names[others[i]]);
	}
	expect_status(client_get(world.as[VISITOR], file), 303, "a visitor");
	/* Of the same organisation, without the role. */
	clerk = join("Court of Audit", "steward", &account);
	a = client_get(clerk, path);
	expect_status(a, 200, "a clerk");
	ck_assert(!answer_has(a, "Download the bundle"));
	expect_status(client_get(clerk, file), 403, "a clerk's file");
	ck_assert_int_eq(taken(path), 0);
}
END_TEST

/* A member has its own organisation's. */
START_TEST(own_records)
{
	struct client *reader = world.as[READER];
	char *path = ask(
	    reader, FIELDS("families", "advisory", "families", "agreement"));
	const struct answer *list;

	wait_until_ready(reader, path);
	list = client_get(reader, "/bundles");
	ck_assert(answer_has(list, textf("href=\"%s\"", path)));
	ck_assert(
	    !answer_has(client_get(world.as[PUBLISHER], "/bundles"), path));
}
END_TEST

START_TEST(refused)
{
	static const struct {
		const char *name, *value, *name2, *value2, *says;
	} rows[] = {
		{ "object", "AGR-1999-0001", NULL, NULL,
		    "There is no such record that you may read." },
		{ "organisation", "meuse-grid-operations", NULL, NULL,
		    "There is no such record that you may read." },
		{ "since", "2026-03-02", "through", "2026-03-01",
		    "The last day must not be before the first one." },
		{ "since", "1999-02-30", NULL, NULL,
		    "Type a date that exists" },
	};
	const struct answer *a;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		a = client_post(world.as[READER], "/bundles/new",
		    FIELDS(rows[i].name, rows[i].value, rows[i].name2,
			rows[i].value2));
		expect_status(a, 400, "%s=%s", rows[i].name, rows[i].value);
		ck_assert_msg(
		    answer_has(a, rows[i].says), "%s", answer_gist(a));
	}
}
END_TEST

const struct suite_test tests_bundle[] = {
	TEST(asked_made_taken),
	TEST(those_concerned_know),
	TEST(not_for_others),
	TEST(own_records),
	TEST(refused),
	TESTS_END,
};
