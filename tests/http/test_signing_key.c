/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An organisation's signing keys: two persons of two roles together, what is
 * refused and in which words, and that a secret key is never sent back.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"

enum { NUMBER = 8, RAW = 2 + NUMBER + crypto_sign_PUBLICKEYBYTES, LINE = 80 };

struct key {
	char number[2 * NUMBER + 1]; /* as minisign shows it */
	char line[LINE];
};

/* As minisign -G makes one. */
static struct key
new_key(void)
{
	unsigned char raw[RAW] = { 'E', 'd' };
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	struct key k;

	randombytes_buf(raw + 2, NUMBER);
	crypto_sign_keypair(raw + 2 + NUMBER, secret);
	sodium_bin2base64(k.line, sizeof(k.line), raw, sizeof(raw),
	    sodium_base64_VARIANT_ORIGINAL);
	for (int i = 0; i < NUMBER; i++)
		snprintf(k.number + 2 * i, 3, "%02X", raw[1 + NUMBER - i]);
	return k;
}

static const struct answer *
bring(struct client *c, const char *text)
{
	return client_post(c, "/keys/new", FIELDS("key", text));
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

	a = bring(steward,
	    textf("untrusted comment: minisign public key %s\r\n%s\r\n",
		k.number, k.line));
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
	a = bring(signatory, k.line);
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

	expect_status(bring(c, k.line), 303, "brought");
	expect_status(
	    client_get(world.as[STEWARD_FRESH], path), 404, "another's");
	expect_status(client_post(world.as[STEWARD_FRESH],
			  textf("%s/revoke", path), NO_FIELDS),
	    404, "another's");
	expect_status(
	    bring(world.as[STEWARD_FRESH], k.line), 400, "another's key");
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
	{ "not a key", "Line 1 does not begin" },
	{ "untrusted comment: only", "Line 2 is missing" },
	{ "untrusted comment: x\nRWnothing\n", "Line 2 is not complete." },
	{ "untrusted comment: minisign encrypted secret key\n" SECRET,
	    "This is a secret key." },
};

START_TEST(refused)
{
	const struct answer *a = bring(world.as[STEWARD_FRESH], wrong[_i].text);

	expect_status(a, 400, "%s", wrong[_i].text);
	ck_assert_msg(answer_has(a, wrong[_i].says), "%s", answer_gist(a));
	ck_assert(answer_has(a, "href=\"#key\""));
	ck_assert(!answer_has(a, SECRET));
	expect_discreet(a, "a key");
}
END_TEST

const struct suite_test tests_signing_key[] = {
	TEST(two_persons),
	TEST(of_another),
	TEST_ROWS(refused, wrong),
	TESTS_END,
};
