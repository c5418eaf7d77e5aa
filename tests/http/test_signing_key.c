/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An organisation's signing keys: two persons of two roles together, what is
 * refused and in which words, and that a secret key is never sent back.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "crypt/minisig_sign.h"
#include "suites.h"

enum { FILE_BYTES = 1000 };

struct key {
	struct minisig_key open;
	unsigned char secret[MINISIG_SECRET_KEY];
	char number[MINISIG_NUMBER_TEXT]; /* as minisign shows it */
	char line[MINISIG_KEY_TEXT];
};

/* As minisign -G makes one. */
static struct key
new_key(void)
{
	struct key k;

	randombytes_buf(k.open.number, sizeof(k.open.number));
	crypto_sign_keypair(k.open.key, k.secret);
	minisig_number_text(k.open.number, k.number);
	minisig_key_text(&k.open, k.line);
	return k;
}

/* As minisign -S signs. */
static char *
sign(const struct key *k, const char *bytes, size_t len)
{
	uint8_t prehash[MINISIG_PREHASH];
	struct minisig_hash hash;
	struct minisig sig;
	struct buf file;

	minisig_hash_start(&hash);
	minisig_hash_feed(&hash, bytes, len);
	minisig_hash_finish(&hash, prehash);
	ck_assert_int_eq(
	    minisig_sign(&k->open, k->secret, prehash, "timestamp:1", &sig),
	    ERR_OK);
	sig.comment = "ours";
	buf_init(&file, FILE_BYTES);
	minisig_write(&file, &sig);
	return file.data;
}

static const struct answer *
ask(struct client *c, const char *text)
{
	return client_post(c, "/keys/new", FIELDS("key", text));
}

/* The text that the page for this key gives. */
static char *
text_for(struct client *c, const struct key *k)
{
	const struct answer *a = ask(c, k->line);
	char *page;

	expect_status(a, 303, "a proof is asked for");
	page = strdup(answer_location(a));
	ck_assert_msg(strncmp(page, "/keys/new?key=", 14) == 0, "%s", page);
	a = client_get(c, page);
	expect_status(a, 200, "what to sign");
	ck_assert(answer_has(a, k->number));
	ck_assert(answer_has(a, textf("href=\"/keys/%s/text\"", k->number)));
	a = client_get(c, textf("/keys/%s/text", k->number));
	expect_status(a, 200, "the text");
	ck_assert_str_eq(
	    answer_header(a, "Content-Type", 0), "text/plain; charset=utf-8");
	ck_assert_ptr_nonnull(strstr(a->body, k->number));
	return strdup(a->body);
}

static const struct answer *
prove(struct client *c, const struct key *k, const char *file)
{
	return client_upload(c, "/keys/new",
	    FIELDS("key", k->line, "proves", "1", "pasted", ""),
	    file == NULL ? NULL : "text.minisig", file,
	    file == NULL ? 0 : strlen(file));
}

static const struct answer *
bring(struct client *c, const struct key *k)
{
	char *text = text_for(c, k);

	return prove(c, k, sign(k, text, strlen(text)));
}

static int64_t
count(const char *state, const char *number)
{
	return stored_int(
	    textf("SELECT COUNT(*) FROM signing_key WHERE number = ? AND %s",
		state),
	    number);
}

START_TEST(two_persons)
{
	struct account account;
	struct client *steward = world.as[STEWARD_FRESH];
	struct client *signatory = join(WATER, "signatory", &account);
	struct key k = new_key();
	char *path = textf("/keys/%s", k.number);
	const int64_t before = records();
	const struct answer *a;

	a = ask(steward,
	    textf("untrusted comment: minisign public key %s\r\n%s\r\n",
		k.number, k.line));
	expect_status(a, 303, "both lines");
	a = bring(steward, &k);
	expect_status(a, 303, "brought");
	ck_assert_str_eq(
	    answer_location(a), textf("%s?done=key-proposed", path));
	ck_assert(answer_has(client_get(steward, path), k.line));
	ck_assert_ptr_null(
	    html_form(client_get(steward, path), textf("%s/confirm", path)));
	ck_assert(answer_has(
	    client_get(steward, path), "This key is not in use yet."));
	expect_status(
	    client_post(steward, textf("%s/confirm", path), NO_FIELDS), 403,
	    "the same person");
	ck_assert_int_eq(count("confirmed_at IS NULL", k.number), 1);
	/* The other one sees that it waits, and the number to compare. */
	ck_assert(answer_has(
	    client_get(signatory, "/today"), "for you to compare and confirm"));
	a = client_get(signatory, path);
	ck_assert(answer_has(a, k.number));
	ck_assert_ptr_nonnull(html_form(a, textf("%s/confirm", path)));
	expect_status(
	    client_post(signatory, textf("%s/confirm", path), NO_FIELDS), 303,
	    "confirmed");
	expect_status(
	    client_post(signatory, textf("%s/confirm", path), NO_FIELDS), 409,
	    "twice");
	ck_assert_int_eq(count("confirmed_at IS NOT NULL", k.number), 1);
	ck_assert(answer_has(client_get(signatory, "/keys"), "in use"));
	/* Revoked by one; for ever. */
	expect_status(
	    client_get(steward, textf("%s/revoke", path)), 200, "ask");
	expect_status(client_post(steward, textf("%s/revoke", path), NO_FIELDS),
	    303, "revoked");
	expect_status(client_post(steward, textf("%s/revoke", path), NO_FIELDS),
	    409, "twice");
	ck_assert_str_eq(
	    answer_location(client_get(steward, textf("%s/revoke", path))),
	    path);
	a = ask(signatory, k.line);
	expect_status(a, 400, "again");
	ck_assert(answer_has(a, "This key is here already"));
	ck_assert_int_eq(records(), before + 3);
}
END_TEST

/* Another organisation's key; a number that is its own at two. */
START_TEST(of_another)
{
	struct account account;
	struct client *c = join(ENERGY, "signatory", &account);
	struct key k = new_key();
	char *path = textf("/keys/%s", k.number);

	expect_status(bring(c, &k), 303, "brought");
	expect_status(
	    client_get(world.as[STEWARD_FRESH], path), 404, "another's");
	expect_status(client_post(world.as[STEWARD_FRESH],
			  textf("%s/revoke", path), NO_FIELDS),
	    404, "another's");
	expect_status(
	    ask(world.as[STEWARD_FRESH], k.line), 400, "another's key");
	ck_assert_int_eq(count("revoked_at IS NULL", k.number), 1);
}
END_TEST

#define SECRET                                                             \
	"RWRTY0IyzDk1oGuWv5h5Lsm2uXKSgYMlUcXpiLzr3UPkLTEBEHgAAAACAAAAAAAA" \
	"AEAAAAAAb7vA6FMQQ1Xd9Z2SZl7dJlF5aBoQGMhr2bRZQGzvYb2K9y3kQb1zQ0wJ" \
	"cQ6jv0A5p1k8uKp7D2fGm3eW4b1uXq5yqLrP3d0kqkq2x7Z2l8wq6u8Z8k6v2m1A" \
	"AAAAAAAAAAA="

static const struct {
	const char *text, *says;
} wrong[] = {
	{ "", "Fill in this field." },
	{ "not a key", "line 1 does not begin" },
	{ "untrusted comment: only", "line 2 is missing" },
	{ "untrusted comment: x\nRWnothing\n", "Line 2 is not complete," },
	{ "untrusted comment: minisign encrypted secret key\n" SECRET,
	    "This is a secret key." },
};

START_TEST(refused)
{
	const struct answer *a = ask(world.as[STEWARD_FRESH], wrong[_i].text);

	expect_status(a, 400, "%s", wrong[_i].text);
	ck_assert_msg(answer_has(a, wrong[_i].says), "%s", answer_gist(a));
	ck_assert(answer_has(a, "href=\"#key\""));
	ck_assert(!answer_has(a, SECRET));
	expect_discreet(a, "a key");
}
END_TEST

/* A public key is public: without its secret nobody brings it. */
START_TEST(unproven)
{
	struct client *c = world.as[STEWARD_FRESH];
	struct key k = new_key(), own = new_key();
	const int64_t before = records();
	char *text = text_for(c, &k);
	const struct answer *a;

	a = prove(c, &k, NULL);
	expect_status(a, 400, "none");
	ck_assert(answer_has(a, "Choose the .minisig file"));
	ck_assert(answer_has(a, k.number));
	a = prove(c, &k, sign(&own, text, strlen(text)));
	expect_status(a, 400, "with another key");
	ck_assert(answer_has(a, "The signature was made with another key."));
	a = prove(c, &k, sign(&k, text, strlen(text) - 1));
	expect_status(a, 400, "of other bytes");
	ck_assert(answer_has(a, "This is not a signature of these bytes"));
	ck_assert_int_eq(count("1 = 1", k.number), 0);
	ck_assert_int_eq(records(), before);
	expect_status(client_get(c, "/keys/nothing/text"), 404, "no key");
	expect_status(prove(c, &k, sign(&k, text, strlen(text))), 303, "all");
}
END_TEST

const struct suite_test tests_signing_key[] = {
	TEST(unproven),
	TEST(two_persons),
	TEST(of_another),
	TEST_ROWS(refused, wrong),
	TESTS_END,
};
