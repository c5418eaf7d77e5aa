/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "base/clock.h"
#include "crypt/totp.h"

/* RFC 6238 appendix B, SHA-1; the last six of its eight digits. */
static const uint8_t secret[] = "12345678901234567890";

static const struct {
	int64_t s;
	const char *code;
} vectors[] = {
	{ 59, "287082" },
	{ 1111111109, "081804" },
	{ 1111111111, "050471" },
	{ 1234567890, "005924" },
	{ 2000000000, "279037" },
	{ 20000000000, "353130" },
};

START_TEST(totp_vectors)
{
	const int64_t now = vectors[_i].s * CLOCK_S, step = vectors[_i].s / 30;
	const char *code = vectors[_i].code;
	int64_t got;

	ck_assert(totp_verify(secret, code, now, -1, &got));
	ck_assert_int_eq(got, step);
	/* One step late, one early, and not two. */
	ck_assert(totp_verify(secret, code, now + 30 * CLOCK_S, -1, &got));
	ck_assert_int_eq(got, step);
	ck_assert(totp_verify(secret, code, now - 30 * CLOCK_S, -1, &got));
	ck_assert(!totp_verify(secret, code, now + 60 * CLOCK_S, -1, &got));
	ck_assert_int_eq(got, 0);
	ck_assert(!totp_verify(secret, code, now - 60 * CLOCK_S, -1, &got));
	/* Once only. */
	ck_assert(!totp_verify(secret, code, now, step, &got));
	ck_assert(totp_verify(secret, code, now, step - 1, &got));
}
END_TEST

static const char *const bad_codes[] = { NULL, "", "28708", "2870822", "287083",
	"287o82", "-87082", "+287082", "287082x", "0x46146",
	"\xd9\xa2\xd9\xa8\xd9\xa7", "000000", "94287082" };

START_TEST(totp_bad)
{
	int64_t step;

	ck_assert(!totp_verify(secret, bad_codes[_i], 59 * CLOCK_S, -1, &step));
}
END_TEST

START_TEST(totp_edges)
{
	int64_t step;

	ck_assert(totp_verify(secret, "287 082", 59 * CLOCK_S, -1, &step));
	/* RFC 4226's first values: counter 0 is the step of second 0. */
	ck_assert(totp_verify(secret, "755224", 0, -1, &step));
	ck_assert_int_eq(step, 0);
	ck_assert(!totp_verify(secret, "755224", -CLOCK_S, -1, &step));
}
END_TEST

START_TEST(totp_texts)
{
	struct arena *arena = arena_new(100000);
	char base32[TOTP_BASE32];
	uint8_t a[TOTP_SECRET], b[TOTP_SECRET];

	totp_base32(secret, base32);
	ck_assert_str_eq(base32, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	ck_assert_str_eq(
	    totp_uri(arena, secret, "Entente & Co", "a@example.org"),
	    "otpauth://totp/Entente%20%26%20Co:a%40example.org"
	    "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	    "&issuer=Entente%20%26%20Co&algorithm=SHA1&digits=6&period=30");
	totp_secret_new(a);
	totp_secret_new(b);
	ck_assert_mem_ne(a, b, sizeof(a));
	arena_free(arena);
}
END_TEST

START_TEST(recovery_codes)
{
	struct arena *arena = arena_new(100000);
	char a[RECOVERY_TEXT], b[RECOVERY_TEXT];

	for (int i = 0; i < 200; i++) {
		recovery_new(a);
		recovery_new(b);
		ck_assert_str_ne(a, b);
		ck_assert_uint_eq(strlen(a), 14);
		ck_assert_int_eq(a[4], '-');
		ck_assert_int_eq(a[9], '-');
		ck_assert_ptr_null(strpbrk(a, "oilu"));
		/* What is shown is what is hashed, dashes apart. */
		ck_assert_uint_eq(strlen(recovery_clean(arena, a)), 12);
		ck_assert_ptr_null(strpbrk(recovery_clean(arena, a), "-"));
	}
	arena_free(arena);
}
END_TEST

static const struct {
	const char *typed, *clean;
} typed[] = {
	{ "abcd-efgh-jkmn", "abcdefghjkmn" },
	{ " ABCD efgh-JKMN ", "abcdefghjkmn" },
	{ "OoIi-Ll", "001111" },
	{ "", "" },
	{ NULL, NULL },
};

START_TEST(recovery_cleans)
{
	struct arena *arena = arena_new(100000);

	ck_assert_pstr_eq(
	    recovery_clean(arena, typed[_i].typed), typed[_i].clean);
	arena_free(arena);
}
END_TEST

UNIT_MAIN("totp", UNIT_ROWS(totp_vectors, vectors),
    UNIT_ROWS(totp_bad, bad_codes), UNIT(totp_edges), UNIT(totp_texts),
    UNIT(recovery_codes), UNIT_ROWS(recovery_cleans, typed))
