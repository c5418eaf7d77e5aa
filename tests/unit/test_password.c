/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "crypt/common.h"
#include "crypt/password.h"
#include "crypt/token.h"

START_TEST(password_round)
{
	char hash[PASSWORD_HASH], other[PASSWORD_HASH];
	bool is_right;

	ck_assert_int_eq(crypt_start(), ERR_OK);
	ck_assert_int_eq(password_hash("l'été à Zürich", hash), ERR_OK);
	ck_assert_int_eq(password_hash("l'été à Zürich", other), ERR_OK);
	ck_assert_str_ne(hash, other);
	ck_assert_ptr_eq(strstr(hash, "$argon2id$v=19$m=65536,t=2"), hash);
	ck_assert_int_eq(
	    password_verify(hash, "l'été à Zürich", &is_right), ERR_OK);
	ck_assert(is_right);
	ck_assert_int_eq(
	    password_verify(hash, "l'ete à Zürich", &is_right), ERR_OK);
	ck_assert(!is_right);
	ck_assert_int_eq(password_verify(hash, "", &is_right), ERR_OK);
	ck_assert(!is_right);
	ck_assert(!password_needs_rehash(hash));
}
END_TEST

START_TEST(password_nobody)
{
	bool is_right = true;

	ck_assert_int_eq(crypt_start(), ERR_OK);
	ck_assert_int_eq(password_verify(NULL, "anything", &is_right), ERR_OK);
	ck_assert(!is_right);
	/* The hash that nobody has is of the size of all others. */
	ck_assert(
	    password_needs_rehash("$argon2id$v=19$m=8192,t=2,p=1$"
				  "64m3g6oGzcMnJK6sKwDuRw$nzpyt/"
				  "+JWhfKI85vk9k5r/GmtvC3dntU8Tz1qeCZ4K8"));
}
END_TEST

START_TEST(password_broken_hash)
{
	bool is_right = true;
	enum err rc;

	ck_assert_int_eq(crypt_start(), ERR_OK);
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
	rc = password_verify(
	    "$argon2id$v=19$m=65536,t=2,p=1$x$y", "a", &is_right);
	ck_assert(rc == ERR_CORRUPT || rc == ERR_OK);
	ck_assert(!is_right);
	ck_assert_int_eq(password_verify("", "a", &is_right), ERR_OK);
	ck_assert(!is_right);
	ck_assert(password_needs_rehash("nonsense"));
}
END_TEST

START_TEST(password_long)
{
	char text[PASSWORD_MAX + 2], hash[PASSWORD_HASH];
	bool is_right;

	memset(text, 'x', sizeof(text));
	text[PASSWORD_MAX + 1] = '\0';
	ck_assert_int_eq(password_hash(text, hash), ERR_TOO_LARGE);
	ck_assert_str_eq(hash, "");
	ck_assert_int_eq(password_verify(NULL, text, &is_right), ERR_OK);
	ck_assert(!is_right);
}
END_TEST

static const char *const context[] = { "Aurélie Martin",
	"a.martin@reseau-nord.example", "Réseau Nord Électricité", "Entente",
	NULL };

static const struct {
	const char *password;
	const char *why; /* NULL: taken */
} judged[] = {
	{ "", "TooShort" },
	{ "kV9#qd2!Lxw", "TooShort" },
	{ "ééééééééééé", "TooShort" }, /* 11 characters, 22 bytes */
	{ "kV9#qd2!Lxwt", NULL },
	{ "le chat gris dort sur la bibliothèque", NULL },
	{ "mauve paddles every tuesday evening", NULL },
	{ "Ωμέγα κρυφό σύνθημα", NULL },
	{ "correct horse battery staple", "Common" },
	{ "password1234", "Common" },
	{ "P@ssw0rd2024!", "Common" },
	{ "passwordpassword", "Common" },
	{ "motdepasse123", "Common" },
	{ "MotDePasse!!!!", "Common" },
	{ "Azertyuiop123", "Common" },
	{ "azerty-azerty-azerty", "Common" },
	{ "soleil soleil", "Common" },
	{ "Bienvenue2025", "Common" },
	{ "123456789012", "Common" },
	{ "210987654321", "Common" },
	{ "aaaaaaaaaaaaaaaaaaa", "Common" },
	{ "abababababab", "Common" },
	{ "xk7xk7xk7xk7", "Common" },
	{ "abcdefghijklmnop", "Common" },
	{ "qwertyuiopasdf", "Common" },
	{ "Décembre2024", "Common" },
	{ "aurelie.martin", "Context" },
	{ "AurélieMartin1", "Context" },
	{ "reseau-nord-2024", "Context" },
	{ "3nt3nt3 3nt3nt3", "Common" },
	{ "martin-nord-aurelie", "Context" },
	{ "martin plays an oboe at dusk", NULL },
};

START_TEST(password_judged)
{
	const char *why;
	enum err rc = password_judge(judged[_i].password, context, &why);

	ck_assert_pstr_eq(why, judged[_i].why);
	ck_assert_int_eq(rc, why == NULL ? ERR_OK : ERR_INVALID);
}
END_TEST

START_TEST(password_judged_edges)
{
	char text[PASSWORD_MAX + 2];
	const char *why;

	for (size_t i = 0; i < PASSWORD_MAX + 1; i++)
		text[i] = (char)('a' + (i * i * 7 + i / 3) % 26);
	text[PASSWORD_MAX + 1] = '\0';
	ck_assert_int_eq(password_judge(text, NULL, &why), ERR_INVALID);
	ck_assert_str_eq(why, "TooLong");
	text[PASSWORD_MAX] = '\0';
	ck_assert_int_eq(password_judge(text, NULL, &why), ERR_OK);
}
END_TEST

START_TEST(common_sorted)
{
	const char *word, *before = "";
	size_t n;

	for (n = 0; (word = common_word(n)) != NULL; n++) {
		ck_assert_int_lt(strcmp(before, word), 0);
		ck_assert_uint_eq(
		    strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789"),
		    strlen(word));
		ck_assert_uint_eq(
		    common_prefix(word, strlen(word)), strlen(word));
		before = word;
	}
	ck_assert_uint_gt(n, 300);
	ck_assert_uint_eq(common_prefix("", 0), 0);
	ck_assert_uint_eq(common_prefix("zzzzzz", 6), 0);
	ck_assert_uint_eq(common_prefix("soleilxq", 8), 6);
	ck_assert_uint_eq(common_prefix("soleil", 5), 0);
}
END_TEST

UNIT_MAIN("password", UNIT(password_round), UNIT(password_nobody),
    UNIT(password_broken_hash), UNIT(password_long),
    UNIT_ROWS(password_judged, judged), UNIT(password_judged_edges),
    UNIT(common_sorted))
