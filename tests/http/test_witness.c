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

/* One for the shared portal's log; another, for its own: both logs have the
   same name, and a witness knows one history of a name. */
static const char *name = "witness";

static char *
witness_dir(void)
{
	return textf("%s-%s", world.run_dir, name);
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

/* Its keys are made at its first start; it learns of a log before the next. */
static struct client *
open_witness(struct stack *s, const char *key_file)
{
	char text[NOTE_KEY_TEXT];
	struct note_key key;

	stack_open(s, name, settings);
	key = key_of(key_file);
	note_key_text(&key, text);
	if (strstr(witnessed("list", NULL), text) == NULL) {
		stack_close(s);
		witnessed("add", text);
		stack_open(s, name, settings);
	}
	return client_new();
}

static struct client *
open_for_shared(struct stack *s)
{
	return open_witness(s, textf("%s/data/log/log-key.txt", world.run_dir));
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
	    key_of(textf("%s/data/signer/witness-key.txt", witness_dir()));
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

	c = open_for_shared(&s);
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
	stack_open(&s, name, settings);
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
	char *bytes, *root, *signature;

	c = open_for_shared(&s);
	log_wait(records());
	r.checkpoint = checkpoint();
	/* The shared portal itself witnesses nobody. */
	expect_status(post(shared(), &r), 404, "an unknown log");
	r.old = tree_of(r.checkpoint).size + 1;
	expect_status(post(c, &r), 400, "old beyond the size");
	r.old = 0;
	/* Another root than was signed. */
	bytes = textf("%.*s", (int)r.checkpoint.len, r.checkpoint.at);
	root = strchr(strchr(bytes, '\n') + 1, '\n') + 1;
	*root = *root == 'A' ? 'B' : 'A';
	r.checkpoint = span_of(bytes);
	expect_status(post(c, &r), 403, "a signature that does not hold");
	/* In another's name alone: an unknown log is told all the same. */
	signature = strstr(bytes, "\n\n\xe2\x80\x94 ") + 6;
	*signature = *signature == 'x' ? 'y' : 'x';
	expect_status(post(c, &r), 403, "no signature of the log");
	expect_status(post(shared(), &r), 404, "an unknown log, unsigned");
	/* Nobody understands what is signed with it. */
	r.checkpoint = span_of(
	    textf("%.*sextension\n%s", (int)(strstr(bytes, "\n\n") + 1 - bytes),
		bytes, strstr(bytes, "\n\n") + 1));
	expect_status(post(c, &r), 400, "an extension line");
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
	c = open_for_shared(&s);
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

/* ---- what asks it -------------------------------------------------------- */

static bool
has_line(struct client *c)
{
	/* Until the first one is published there is none. */
	return answer_has(client_get(c, "/log/checkpoint"),
	    "\xe2\x80\x94 localhost/witness ");
}

/* The courier of that portal asks, over HTTP, the witness of that portal. */
START_TEST(courier_asks)
{
	struct note_key key;
	char text[NOTE_KEY_TEXT];
	struct client *c;
	struct stack s;
	int tries = 0;
	FILE *f;

	name = "witness-own";
	c = open_witness(
	    &s, textf("%s/data/signer/log-key.txt", witness_dir()));
	key = key_of(textf("%s/data/signer/witness-key.txt", witness_dir()));
	note_key_text(&key, text);
	console("-c", textf("%s/entente.conf", witness_dir()), "org", "add",
	    "Recorded", "--kind", "keeper", "--country", "BE");
	ck_assert(!has_line(c));
	ck_assert(answer_has(
	    client_get(c, "/log"), "No witness has been named so far."));
	f = fopen(textf("%s/witnesses", witness_dir()), "w");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "# ourselves\n%s %s/witness\n", text, s.http);
	ck_assert_int_eq(fclose(f), 0);
	while (!has_line(c)) {
		ck_assert_msg(++tries < 600, "nobody has cosigned");
		usleep(50 * 1000);
	}
	ck_assert(answer_has(client_get(c, "/log"), "cosigned at"));
	ck_assert(
	    answer_has(client_get(c, "/log"), textf("%s/witness", s.http)));
	stack_close(&s);
}
END_TEST

const struct suite_test tests_witness[] = {
	TEST(cosigns),
	TEST(refuses),
	TEST(what_is_no_request),
	TEST(courier_asks),
	TESTS_END,
};
