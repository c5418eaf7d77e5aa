/* SPDX-License-Identifier: Apache-2.0 */
/* Beside libsodium's, which judges alike but for the eighth bit. */
#include <sodium.h>
#include <stdint.h>

#include "base/base64.h"
#include "unit.h"

enum { MOST = 100 };

START_TEST(there_and_back)
{
	char ours[BASE64_LEN(MOST) + 1], theirs[BASE64_LEN(MOST) + 1];
	uint8_t in[MOST], out[MOST];
	size_t size;

	for (size_t n = 0; n <= MOST; n++) {
		randombytes_buf(in, sizeof(in));
		base64_encode(in, n, ours);
		sodium_bin2base64(theirs, sizeof(theirs), in, n,
		    sodium_base64_VARIANT_ORIGINAL);
		ck_assert_str_eq(ours, theirs);
		ck_assert(base64_decode(ours, strlen(ours), out, n));
		ck_assert_mem_eq(out, in, n);
		ck_assert(base64_decode_any(
		    ours, strlen(ours), out, sizeof(out), &size));
		ck_assert_uint_eq(size, n);
		ck_assert(n == 0 ||
		    !base64_decode_any(ours, strlen(ours), out, n - 1, &size));
		ck_assert(!base64_decode(ours, strlen(ours), out, n + 3));
	}
}
END_TEST

/* Every byte in every place of two groups of four. */
START_TEST(one_text_for_each_bytes)
{
	static const char *const good[] = {
		"AAAAQQ==", "AAAAQUI=", "AAAAQUJD"
	};
	uint8_t out[8], theirs[8];
	char text[9];
	size_t size, their_size;

	for (int i = 0; i < 8 * 256; i++) {
		bool ok, is_theirs;

		memcpy(text, good[_i], sizeof(text));
		text[i / 256] = (char)i;
		ok = base64_decode_any(text, 8, out, sizeof(out), &size);
		is_theirs = (i & 0x80) == 0 &&
		    sodium_base642bin(theirs, sizeof(theirs), text, 8, NULL,
			&their_size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
		ck_assert_msg(ok == is_theirs, "%s", text);
		if (ok) {
			ck_assert_uint_eq(size, their_size);
			ck_assert_mem_eq(out, theirs, size);
		}
	}
}
END_TEST

static const char *const bad[] = { "A", "AA", "AAA", "AAAAA",
	"====", "A===", "AA=A", "AAAA====", "AA==AAAA", "AB==", "AAB=", " AAA",
	"AAA\n", "AA-_" };

START_TEST(refused)
{
	uint8_t out[16];
	size_t size;

	ck_assert(!base64_decode_any(
	    bad[_i], strlen(bad[_i]), out, sizeof(out), &size));
	ck_assert_uint_eq(size, 0);
}
END_TEST

static const int thrice[3];

UNIT_MAIN("base64", UNIT(there_and_back),
    UNIT_ROWS(one_text_for_each_bytes, thrice), UNIT_ROWS(refused, bad))
