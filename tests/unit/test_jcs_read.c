/* SPDX-License-Identifier: Apache-2.0 */
/* Beside jansson and jcs_write(): the canonical texts and no others. */
#include <jansson.h>

#include "base/jcs.h"
#include "base/jcs_read.h"
#include "unit.h"

/* Would it be written like that? */
static bool
is_canonical(const char *text, size_t len)
{
	json_t *value = json_loadb(
	    text, len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	struct buf out;
	bool is_so;

	if (value == NULL)
		return false;
	buf_init(&out, 1 << 20);
	is_so = jcs_write(value, &out) == ERR_OK && out.len == len &&
	    memcmp(out.data, text, len) == 0;
	buf_free(&out);
	json_decref(value);
	return is_so;
}

static const struct {
	const char *text;
	bool is_good;
} rows[] = {
	{ "{}", true },
	{ "[]", true },
	{ "\"\"", true },
	{ "0", true },
	{ "-1", true },
	{ "9007199254740991", true },
	{ "-9007199254740991", true },
	{ "true", true },
	{ "false", true },
	{ "null", true },
	{ "{\"a\":1,\"b\":[{\"c\":null},\"d\",[]]}", true },
	{ "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f/\x7f\"", false },
	{ "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u001f/\x7f\"", true },
	{ "\"\xc3\xa9\xf0\x9f\x94\x92\"", true },
	/* U+1F512 is D83D DD12: before U+FB33, behind U+20AC. */
	{ "{\"\xe2\x82\xac\":1,\"\xf0\x9f\x94\x92\":2,\"\xef\xac\xb3\":3}",
	    true },
	{ "{\"\xef\xac\xb3\":3,\"\xf0\x9f\x94\x92\":2}", false },
	{ "{\"\\n\":1,\"a\":2}", true },
	{ "{\"!\":1,\"\\n\":2}", false },
	{ "{\"\":1,\"a\":2,\"aa\":3,\"b\":4}", true },
	{ "", false },
	{ " {}", false },
	{ "{} ", false },
	{ "{}{}", false },
	{ "{\"a\": 1}", false },
	{ "{\"a\":1,}", false },
	{ "{\"a\":1\"b\":2}", false },
	{ "{\"a\"}", false },
	{ "{\"b\":1,\"a\":2}", false },
	{ "{\"a\":1,\"a\":2}", false },
	{ "{a:1}", false },
	{ "[1,]", false },
	{ "[,1]", false },
	{ "[", false },
	{ "[1", false },
	{ "]", false },
	{ "01", false },
	{ "-0", false },
	{ "+1", false },
	{ "-", false },
	{ "1.0", false },
	{ "1e3", false },
	{ "9007199254740992", false },
	{ "99999999999999999999999", false },
	{ "True", false },
	{ "nul", false },
	{ "\"", false },
	{ "\"a", false },
	{ "\"\\", false },
	{ "\"\\/\"", false },
	{ "\"\\u0041\"", false },
	{ "\"\\u000a\"", false },
	{ "\"\\u001F\"", false },
	{ "\"\\u00e9\"", false },
	{ "\"\\u00\"", false },
	{ "\"\n\"", false },
	{ "\"\xff\"", false },
	{ "\"\xed\xa0\x80\"", false },
};

START_TEST(by_the_row)
{
	const char *text = rows[_i].text;
	bool is_nul = strstr(text, "\\u0000") != NULL;

	/* jansson takes no NUL in texts unless asked; nothing of ours has. */
	if (!is_nul)
		ck_assert_int_eq(
		    is_canonical(text, strlen(text)), rows[_i].is_good);
	ck_assert_int_eq(jcs_read(span_of(text), NULL, NULL),
	    is_nul ? true : rows[_i].is_good);
}
END_TEST

static void
tell(void *arg, const struct jcs_value *v)
{
	struct buf *out = arg;

	buf_addf(out, "%s %d ", v->path, (int)v->type);
	buf_add(out, v->text.at, v->text.len);
	buf_addc(out, '\n');
}

START_TEST(what_is_visited)
{
	struct buf out;

	buf_init(&out, 4096);
	ck_assert(jcs_read(
	    span_of("{\"a\":{\"b\":\"x\\n\",\"c\":[1,[true],{\"d\":null}]},"
		    "\"e\":[]}"),
	    tell, &out));
	ck_assert_str_eq(out.data,
	    "a.b 0 x\\n\na.c[] 1 1\na.c[][] 2 true\na.c[].d 4 null\n");
	buf_free(&out);
}
END_TEST

/* A record, and each change of a bit: the same as the other two say. */
START_TEST(every_bit)
{
	static const char record[] =
	    "{\"actor\":\"console\",\"at\":\"2026-01-01T00:00:00.000001Z\","
	    "\"format\":\"entente-record/1\",\"kind\":\"a.b\",\"object\":\"\xc3"
	    "\xa9\\n\",\"what\":{\"list\":[1,-2,true,false,null],\"n\":17}}";
	char text[sizeof(record)];

	ck_assert(jcs_read(span_of(record), NULL, NULL));
	for (size_t i = 0; i < 8 * strlen(record); i++) {
		memcpy(text, record, sizeof(record));
		text[i / 8] = (char)(text[i / 8] ^ (1 << i % 8));
		ck_assert_msg(is_canonical(text, strlen(record)) ==
			jcs_read(
			    (struct span){ text, strlen(record) }, NULL, NULL),
		    "%s", text);
	}
	for (size_t len = 0; len < strlen(record); len++)
		ck_assert(!jcs_read((struct span){ record, len }, NULL, NULL));
}
END_TEST

START_TEST(depth_and_path_have_limits)
{
	char text[2 * JCS_DEPTH + 8], name[JCS_PATH + 16];

	for (int over = 0; over < 2; over++) {
		int n = JCS_DEPTH + over;

		memset(text, '[', (size_t)n);
		memset(text + n, ']', (size_t)n);
		ck_assert_int_eq(
		    jcs_read((struct span){ text, 2 * (size_t)n }, NULL, NULL),
		    !over);
		snprintf(
		    name, sizeof(name), "{\"%0*d\":1}", JCS_PATH - 1 + over, 0);
		ck_assert_int_eq(jcs_read(span_of(name), NULL, NULL), !over);
	}
}
END_TEST

UNIT_MAIN("jcs_read", UNIT_ROWS(by_the_row, rows), UNIT(what_is_visited),
    UNIT(every_bit), UNIT(depth_and_path_have_limits))
