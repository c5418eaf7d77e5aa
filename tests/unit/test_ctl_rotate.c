/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ententectl key rotate and witness, beside a portal: what it records, and
 * that nothing changes where the portal cannot.
 */
#include "console.h"

#include "base/buf.h"
#include "base/file.h"

#define FOLDER "DIR/signer"

/* "DIR" in a line is the scratch directory, each time. */
static int
run(const char *line)
{
	char full[4 * UNIT_PATH] = "";
	size_t used = 0;
	const char *at;

	while ((at = strstr(line, "DIR")) != NULL) {
		used += (size_t)snprintf(full + used, sizeof(full) - used,
		    "%.*s%s", (int)(at - line), line, dir);
		line = at + 3;
	}
	snprintf(full + used, sizeof(full) - used, "%s", line);
	return ctl(full);
}

static void
says(const char *text)
{
	ck_assert_msg(
	    strstr(output, text) != NULL, "not \"%s\": %s", text, output);
}

static void
start_keys(void)
{
	start();
	ck_assert_int_eq(ctl("migrate"), 0);
	ck_assert_int_eq(
	    run("key make " FOLDER " --name portal.example/log"), 0);
}

/* As the sequencer does when it starts. */
static void
publish_key(void)
{
	struct buf b;

	ck_assert_int_eq(mkdir(in_dir("data/log"), 0755), 0);
	buf_init(&b, 1024);
	ck_assert_int_eq(file_read(in_dir("signer/log-key.txt"), &b), 0);
	ck_assert_int_eq(
	    file_put(in_dir("data/log/log-key.txt"), b.data, b.len, 0644), 0);
	buf_free(&b);
}

START_TEST(rotated)
{
	start_keys();
	publish_key();
	ck_assert_int_eq(run("key rotate " FOLDER), 0);
	says("The hand-over is recorded.");
	says("give it to everybody who has the old key.");
	ck_assert_int_eq(ctl("--json check"), 0);
	/* The next one goes on from the key that took over. */
	ck_assert_int_eq(run("--json key rotate " FOLDER), 0);
	says("\"ok\": true");
	unit_remove(dir);
}
END_TEST

START_TEST(not_taken)
{
	struct buf before, after;

	start_keys();
	buf_init(&before, 1024);
	buf_init(&after, 1024);
	file_read(in_dir("signer/log-key.txt"), &before);
	ck_assert_int_eq(run("key rotate " FOLDER), 1);
	says("nothing has changed");
	file_read(in_dir("signer/log-key.txt"), &after);
	ck_assert_str_eq(after.data, before.data);
	/* Mended, it goes on with the key that it had made. */
	publish_key();
	ck_assert_int_eq(run("key rotate " FOLDER), 0);
	buf_free(&before);
	buf_free(&after);
	unit_remove(dir);
}
END_TEST

START_TEST(apart)
{
	char name[64], line[128];

	start_keys();
	publish_key();
	ck_assert_int_eq(run("key rotate " FOLDER " --apart"), 0);
	says("ententectl key adopt");
	ck_assert_int_eq(
	    sscanf(strstr(output, "handover-"), "%63[^:]", name), 1);
	snprintf(line, sizeof(line), "key adopt " FOLDER "/%s", name);
	ck_assert_int_eq(run(line), 0);
	says("is recorded");
	ck_assert_int_eq(run(line), 0);
	says("recorded before");
	ck_assert_int_eq(run("key adopt " FOLDER "/log-key.txt"), 1);
	says("no hand-over that both keys have signed");
	ck_assert_int_eq(run("key adopt DIR/none"), 1);
	unit_remove(dir);
}
END_TEST

START_TEST(witness)
{
	char line[4 * UNIT_PATH];
	struct buf key;

	start_keys();
	buf_init(&key, 1024);
	file_read(in_dir("signer/log-key.txt"), &key);
	key.data[strcspn(key.data, "\n")] = '\0';
	ck_assert_int_eq(run("witness add " FOLDER " nothing"), 1);
	says("witness.key: ");
	ck_assert_int_eq(run("witness make " FOLDER " --name with_space"), 2);
	ck_assert_int_eq(
	    run("witness make " FOLDER " --name portal.example/witness"), 0);
	says("portal.example/witness+");
	ck_assert_int_eq(
	    run("witness make " FOLDER " --name portal.example/witness"), 1);
	says("is there already");
	ck_assert_int_eq(run("witness list " FOLDER), 0);
	says("No log is witnessed.");
	ck_assert_int_eq(run("witness add " FOLDER " nothing"), 2);
	says("is no verifier key");
	snprintf(line, sizeof(line), "witness add " FOLDER " %s", key.data);
	ck_assert_int_eq(run(line), 0);
	says("once the signer is started again");
	ck_assert_int_eq(run(line), 1);
	says("witnessed already");
	ck_assert_int_eq(run("witness list " FOLDER), 0);
	says(key.data);
	says("size 0");
	snprintf(line, sizeof(line), "witness remove " FOLDER " %s", key.data);
	ck_assert_int_eq(run(line), 0);
	says("not cosigned any more");
	ck_assert_int_eq(run(line), 1);
	says("is not there");
	ck_assert_int_eq(run("witness list " FOLDER), 0);
	says("No log is witnessed.");
	buf_free(&key);
	unit_remove(dir);
}
END_TEST

UNIT_MAIN(
    "ctl_rotate", UNIT(rotated), UNIT(not_taken), UNIT(apart), UNIT(witness))
