/* SPDX-License-Identifier: Apache-2.0 */
#include "base/jcs.h"
#include "unit.h"

static const struct {
	const char *json, *expected;
} rows[] = {
	{ "{}", "{}" },
	{ "[]", "[]" },
	{ " [ 1 , -2 , 0 ] ", "[1,-2,0]" },
	{ "{\"b\":1,\"a\":[true,false,null]}",
	    "{\"a\":[true,false,null],\"b\":1}" },
	{ "[9007199254740991,-9007199254740991]",
	    "[9007199254740991,-9007199254740991]" },
	/* RFC 8785 §3.2.2.2 */
	{ "[\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"]",
	    "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]" },
	{ "[\"\\b\\t\\n\\f\\r\\u0001\\u001F\\u007f\"]",
	    "[\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\"]" },
	{ "[\"\\u0000\"]", "[\"\\u0000\"]" },
	/* RFC 8785 §3.2.3: by UTF-16 code units */
	{ "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
	  "\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
	  "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\","
	  "\"\\u0080\":\"Control\","
	  "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
	    "{\"\\r\":\"Carriage Return\",\"1\":\"One\","
	    "\"\xc2\x80\":\"Control\","
	    "\"ö\":\"Latin Small Letter O With Diaeresis\","
	    "\"€\":\"Euro Sign\",\"\xf0\x9f\x98\x80\":"
	    "\"Emoji: Grinning Face\","
	    "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}" },
	{ "{\"\\uffff\":1,\"\\ud800\\udc00\":2,\"\\ud7ff\":3,\"\\ue000\":4}",
	    "{\"\xed\x9f\xbf\":3,\"\xf0\x90\x80\x80\":2,"
	    "\"\xee\x80\x80\":4,\"\xef\xbf\xbf\":1}" },
	{ "{\"ab\":1,\"a\":2,\"\":3,\"B\":4}",
	    "{\"\":3,\"B\":4,\"a\":2,\"ab\":1}" },
	{ "{\"\xf0\x90\x80\x81\":1,\"\xf0\x90\x80\x80\":2}",
	    "{\"\xf0\x90\x80\x80\":2,\"\xf0\x90\x80\x81\":1}" },
};

START_TEST(canonical)
{
	json_t *v = json_loads(rows[_i].json, JSON_ALLOW_NUL, NULL);
	struct buf out;

	ck_assert_ptr_nonnull(v);
	buf_init(&out, 10000);
	ck_assert_int_eq(jcs_write(v, &out), ERR_OK);
	ck_assert_str_eq(out.data, rows[_i].expected);
	json_decref(v);
	buf_free(&out);
}
END_TEST

static const char *const bad[] = {
	"[1.0]",
	"[1e3]",
	"[9007199254740992]",
	"[-9007199254740992]",
	"{\"a\":{\"b\":[0.5]}}",
	"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
};

START_TEST(refused)
{
	json_t *v = json_loads(bad[_i], 0, NULL);
	struct buf out;

	ck_assert_ptr_nonnull(v);
	buf_init(&out, 10000);
	ck_assert_int_eq(jcs_write(v, &out), ERR_INTERNAL);
	json_decref(v);
	buf_free(&out);
}
END_TEST

START_TEST(not_utf8)
{
	json_t *v = json_object();
	struct buf out;

	buf_init(&out, 1000);
	json_object_set_new_nocheck(v, "a", json_string_nocheck("\xff"));
	ck_assert_int_eq(jcs_write(v, &out), ERR_INTERNAL);
	json_object_clear(v);
	json_object_set_new_nocheck(v, "\xed\xa0\x80", json_null());
	ck_assert_int_eq(jcs_write(v, &out), ERR_INTERNAL);
	ck_assert_int_eq(jcs_write(NULL, &out), ERR_INTERNAL);
	json_decref(v);
	buf_free(&out);
}
END_TEST

START_TEST(appends_within_the_limit)
{
	json_t *v = json_pack("{s:s}", "key", "value");
	struct buf out;

	buf_init(&out, 16);
	buf_addc(&out, '>');
	ck_assert_int_eq(jcs_write(v, &out), ERR_OK);
	ck_assert_str_eq(out.data, ">{\"key\":\"value\"}");
	ck_assert_int_eq(jcs_write(v, &out), ERR_TOO_LARGE);
	json_decref(v);
	buf_free(&out);
}
END_TEST

START_TEST(many_keys)
{
	json_t *v = json_object();
	struct buf out, expected;
	char key[16];

	buf_init(&out, 1 << 20);
	buf_init(&expected, 1 << 20);
	buf_addc(&expected, '{');
	for (int i = 999; i >= 0; i--) {
		snprintf(key, sizeof(key), "%04d", i);
		json_object_set_new(v, key, json_integer(i));
	}
	for (int i = 0; i < 1000; i++)
		buf_addf(&expected, "%s\"%04d\":%d", i ? "," : "", i, i);
	buf_addc(&expected, '}');
	ck_assert_int_eq(jcs_write(v, &out), ERR_OK);
	ck_assert_str_eq(out.data, expected.data);
	json_decref(v);
	buf_free(&out);
	buf_free(&expected);
}
END_TEST

UNIT_MAIN("jcs", UNIT_ROWS(canonical, rows), UNIT_ROWS(refused, bad),
    UNIT(not_utf8), UNIT(appends_within_the_limit), UNIT(many_keys))
