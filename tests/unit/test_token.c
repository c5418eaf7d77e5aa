/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "crypt/token.h"

static const char token_text[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

START_TEST(token_new_differs)
{
	char a[TOKEN_TEXT], b[TOKEN_TEXT];
	uint8_t d[DIGEST_BYTES];

	ck_assert_int_eq(crypt_start(), ERR_OK);
	token_new(a);
	token_new(b);
	ck_assert_uint_eq(strlen(a), TOKEN_TEXT - 1);
	ck_assert_str_ne(a, b);
	ck_assert_int_eq(token_digest(a, "session", d), ERR_OK);
}
END_TEST

START_TEST(token_purposes)
{
	uint8_t a[DIGEST_BYTES], b[DIGEST_BYTES], again[DIGEST_BYTES];
	char long_purpose[200];

	memset(long_purpose, 'p', sizeof(long_purpose) - 1);
	long_purpose[sizeof(long_purpose) - 1] = '\0';
	ck_assert_int_eq(token_digest(token_text, "session", a), ERR_OK);
	ck_assert_int_eq(token_digest(token_text, "invitation", b), ERR_OK);
	ck_assert_int_eq(token_digest(token_text, "session", again), ERR_OK);
	ck_assert_mem_ne(a, b, sizeof(a));
	ck_assert_mem_eq(a, again, sizeof(a));
	ck_assert_int_eq(token_digest(token_text, long_purpose, b), ERR_OK);
	ck_assert_mem_ne(a, b, sizeof(a));
}
END_TEST

static const char *const bad_tokens[] = {
	NULL,
	"",
	"AAEC",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9", /* spare bits set */
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh/",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh ",
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh\xc3\xa9",
};

START_TEST(token_bad)
{
	uint8_t digest[DIGEST_BYTES], zero[DIGEST_BYTES] = { 0 };
	char csrf[TOKEN_TEXT];

	ck_assert_int_eq(
	    token_digest(bad_tokens[_i], "session", digest), ERR_MALFORMED);
	ck_assert_mem_eq(digest, zero, sizeof(zero));
	ck_assert_int_eq(csrf_token(bad_tokens[_i], csrf), ERR_MALFORMED);
	ck_assert_str_eq(csrf, "");
}
END_TEST

START_TEST(csrf_derives)
{
	char a[TOKEN_TEXT], b[TOKEN_TEXT], other[TOKEN_TEXT];

	ck_assert_int_eq(csrf_token(token_text, a), ERR_OK);
	ck_assert_int_eq(csrf_token(token_text, b), ERR_OK);
	ck_assert_str_eq(a, b);
	ck_assert_str_ne(a, token_text);
	ck_assert_uint_eq(strlen(a), TOKEN_TEXT - 1);
	token_new(other);
	ck_assert_int_eq(csrf_token(other, b), ERR_OK);
	ck_assert_str_ne(a, b);
}
END_TEST

static const struct {
	const char *a, *b;
	bool is_equal;
} pairs[] = {
	{ "", "", true },
	{ "a", "a", true },
	{ "abc", "abd", false },
	{ "abc", "abcd", false },
	{ "abc", "", false },
	{ NULL, "", false },
	{ "", NULL, false },
	{ NULL, NULL, false },
};

START_TEST(secrets_equal)
{
	ck_assert_int_eq(
	    secret_equal_text(pairs[_i].a, pairs[_i].b), pairs[_i].is_equal);
}
END_TEST

START_TEST(secrets_wipe)
{
	char secret[] = "secret", zero[sizeof(secret)] = { 0 };

	secret_wipe(secret, sizeof(secret));
	ck_assert_mem_eq(secret, zero, sizeof(zero));
}
END_TEST

/* FIPS 180-4's example. */
static const char abc_hex[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

START_TEST(digests)
{
	struct digest d;
	uint8_t whole[DIGEST_BYTES], pieces[DIGEST_BYTES];
	char hex[DIGEST_TEXT];

	digest_sha256("abc", 3, whole);
	digest_hex(whole, hex);
	ck_assert_str_eq(hex, abc_hex);
	digest_start(&d);
	digest_feed(&d, "a", 1);
	digest_feed(&d, "", 0);
	digest_feed(&d, "bc", 2);
	digest_finish(&d, pieces);
	ck_assert_mem_eq(whole, pieces, sizeof(whole));
}
END_TEST

static const struct {
	const char *text;
	size_t cap;
	int len; /* -1 is refused */
} base64[] = {
	{ "", 4, 0 },
	{ "AQ", 4, 1 },
	{ "AQID", 4, 3 },
	{ "-_-_", 4, 3 },
	{ "AQIDBA", 4, 4 },
	{ "AQIDBAU", 4, -1 },
	{ "AQ==", 4, -1 },
	{ "AR", 4, -1 },
	{ "A", 4, -1 },
	{ "+/+/", 4, -1 },
	{ "AQ ID", 4, -1 },
	{ NULL, 4, -1 },
};

START_TEST(base64url)
{
	uint8_t out[8];
	size_t len;
	bool is_right =
	    base64url_decode(base64[_i].text, out, base64[_i].cap, &len);

	ck_assert_int_eq(is_right, base64[_i].len >= 0);
	if (is_right)
		ck_assert_int_eq((int)len, base64[_i].len);
}
END_TEST

static const int places[] = { 0, 1, 2, 3 };

/* Each byte in each of the four places: the alphabet's alone are taken. */
START_TEST(base64url_alphabet)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz"
				       "0123456789-_";
	char text[] = "AAAA";
	uint8_t out[3];
	size_t len;

	for (int byte = 1; byte < 256; byte++) {
		text[places[_i]] = (char)byte;
		ck_assert_msg(base64url_decode(text, out, sizeof(out), &len) ==
			(strchr(alphabet, byte) != NULL),
		    "byte %#x at %d", (unsigned)byte, places[_i]);
	}
}
END_TEST

UNIT_MAIN("token", UNIT(token_new_differs), UNIT(token_purposes),
    UNIT_ROWS(token_bad, bad_tokens), UNIT(csrf_derives),
    UNIT_ROWS(secrets_equal, pairs), UNIT(secrets_wipe), UNIT(digests),
    UNIT_ROWS(base64url, base64), UNIT_ROWS(base64url_alphabet, places))
