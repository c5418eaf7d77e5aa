/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A second portal that witnesses the log of the one all tests share: what it
 * cosigns, and each answer of the protocol (C2SP tlog-witness).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypt/checkpoint.h"
#include "crypt/cosignature.h"
#include "crypt/tlog_witness.h"
#include "log.h"
#include "stack.h"
#include "suites.h"

#define PATH "/witness/add-checkpoint"

static const char *const settings[] = { "PORTAL_WORKERS=1", NULL };

/* ---- the two portals ---------------------------------------------------- */

static char *
witness_dir(void)
{
	return textf("%s-witness", world.run_dir);
}

static struct note_key
key_of(const char *path)
{
	char text[NOTE_KEY_TEXT + 2];
	struct tlog_fault fault;
	struct note_key key;
	FILE *f = fopen(path, "r");

	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), f));
	fclose(f);
	ck_assert_int_eq(
	    note_key_parse(text, strlen(text), &key, &fault), ERR_OK);
	return key;
}

/* Of the witness's folder of keys. */
static char *
witnessed(const char *verb, const char *key)
{
	char *folder = textf("%s/data/signer", witness_dir()), *printed;

	console_run((const char *const[]){ "witness", verb, folder, key, NULL },
	    &printed);
	return printed;
}

/* Its keys are made at its first start; it learns of our log before the next. */
static struct client *
open_witness(struct stack *s)
{
	struct note_key key =
	    key_of(textf("%s/data/log/log-key.txt", world.run_dir));
	char text[NOTE_KEY_TEXT];

	note_key_text(&key, text);
	stack_open(s, "witness", settings);
	if (strstr(witnessed("list", NULL), text) == NULL) {
		stack_close(s);
		witnessed("add", text);
		stack_open(s, "witness", settings);
	}
	return client_new();
}

/* A visitor of the portal that all tests share. */
static struct client *
shared(void)
{
	struct client *c = client_new();

	c->base = world.http;
	return c;
}

static struct span
checkpoint(void)
{
	const struct answer *a = client_get(shared(), "/log/checkpoint");

	expect_status(a, 200, "the checkpoint");
	return (struct span){ a->body, a->len };
}

static struct merkle_point
tree_of(struct span bytes)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;

	ck_assert_int_eq(
	    note_parse(bytes.at, bytes.len, &note, &fault), ERR_OK);
	ck_assert_int_eq(checkpoint_parse(note.text, &c, &fault), ERR_OK);
	return c.tree;
}

static const struct answer *
post(struct client *c, const struct tlog_witness_request *r)
{
	const struct answer *a;
	struct buf body;

	buf_init(&body, TLOG_WITNESS_BODY_MAX);
	ck_assert_int_eq(tlog_witness_request_write(r, &body), ERR_OK);
	a = client_send(
	    c, "POST", PATH, "text/plain; charset=utf-8", body.data, body.len);
	buf_free(&body);
	return a;
}

/* The answer's line, under the checkpoint: it holds. */
static void
expect_cosigned(const struct answer *a, struct span bytes)
{
	struct note_key key =
	    key_of(textf("%s/data/log/witness-key.txt", witness_dir()));
	struct tlog_fault fault;
	struct note note;
	int64_t time_s;
	struct buf b;

	expect_status(a, 200, "a cosignature: %s", a->body);
	ck_assert_str_eq(
	    answer_header(a, "Content-Type", 0), "text/plain; charset=utf-8");
	buf_init(&b, NOTE_MAX);
	buf_add(&b, bytes.at, bytes.len);
	buf_add(&b, a->body, a->len);
	ck_assert_int_eq(note_parse(b.data, b.len, &note, &fault), ERR_OK);
	ck_assert_int_eq(cosignature_check(&note, &key, &time_s), TLOG_OK);
	ck_assert_int_gt(time_s, 0);
	buf_free(&b);
}

static void
expect_size(const struct answer *a, uint64_t size)
{
	expect_status(a, 409, "another size");
	ck_assert_str_eq(
	    answer_header(a, "Content-Type", 0), "text/x.tlog.size");
	ck_assert_str_eq(a->body, textf("%llu\n", (unsigned long long)size));
}

/* ---- what it answers ---------------------------------------------------- */

START_TEST(cosigns)
{
	struct tlog_witness_request r = { .old = 0 };
	struct span first, bytes;
	struct client *c;
	struct stack s;

	c = open_witness(&s);
	log_wait(records());
	first = r.checkpoint = checkpoint();
	expect_cosigned(post(c, &r), first);
	/* Not from nothing again: it says what it knows. */
	expect_size(post(c, &r), tree_of(first).size);
	/* The same once more, from there. */
	r.old = tree_of(first).size;
	expect_cosigned(post(c, &r), first);
	/* A larger one whose proof is none. */
	make_published(unique("Witnessed"), "green", "community");
	log_wait(records());
	bytes = r.checkpoint = checkpoint();
	ck_assert_uint_gt(tree_of(bytes).size, r.old);
	r.proof.n = 1;
	expect_status(post(c, &r), 422, "a false proof");
	/* After a restart it still knows. */
	stack_close(&s);
	stack_open(&s, "witness", settings);
	c = client_new();
	r.proof.n = 0;
	r.old = 0;
	expect_size(post(c, &r), tree_of(first).size);
	stack_close(&s);
}
END_TEST

START_TEST(refuses)
{
	struct tlog_witness_request r = { .old = 0 };
	struct client *c;
	struct stack s;
	char *bytes;

	c = open_witness(&s);
	log_wait(records());
	r.checkpoint = checkpoint();
	/* The shared portal itself witnesses nobody. */
	expect_status(post(shared(), &r), 404, "an unknown log");
	r.old = tree_of(r.checkpoint).size + 1;
	expect_status(post(c, &r), 400, "old beyond the size");
	r.old = 0;
	/* Another root than was signed. */
	bytes = textf("%.*s", (int)r.checkpoint.len, r.checkpoint.at);
	bytes[strcspn(bytes, "\n") + 1] ^= 1;
	r.checkpoint = span_of(bytes);
	expect_status(post(c, &r), 403, "a signature that does not hold");
	stack_close(&s);
}
END_TEST

START_TEST(what_is_no_request)
{
	static const char *const bodies[] = { "", "old 0", "old x\n\nz\n",
		"old 0\n\nno note", "old 00\n\nx\n" };
	char *large = calloc(1, 70 * 1024);
	struct client *c;
	struct stack s;

	memset(large, 'a', 70 * 1024 - 1);
	c = open_witness(&s);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		expect_status(client_send(c, "POST", PATH, "text/plain",
				  bodies[i], strlen(bodies[i])),
		    400, "%s", bodies[i]);
	expect_status(
	    client_send(c, "POST", PATH, "text/plain", large, strlen(large)),
	    413, "a large one");
	expect_status(client_get(c, PATH), 405, "GET");
	expect_status(client_get(c, "/log/witness-key.txt"), 200, "its key");
	stack_close(&s);
	free(large);
}
END_TEST

const struct suite_test tests_witness[] = {
	TEST(cosigns),
	TEST(refuses),
	TEST(what_is_no_request),
	TESTS_END,
};
