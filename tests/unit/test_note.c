/* SPDX-License-Identifier: Apache-2.0 */
/* Signed notes and their keys: the specification's own, and ours broken. */
#include "base/log.h"
#include "log_keys.h"

#define KEY            \
	"example.com/" \
	"foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define TEXT "This is an example message.\n"
#define LINE                                                            \
	"\xe2\x80\x94 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq" \
	"6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
#define OTHER "\xe2\x80\x94 other AAAAAAA=\n"

static struct tlog_fault fault;

static struct note_key
key_of(const char *text)
{
	struct note_key key;

	log_open("test", LOG_WARNING);
	ck_assert_msg(
	    note_key_parse(text, strlen(text), &key, &fault) == ERR_OK, "%s",
	    tlog_reasons[fault.reason]);
	return key;
}

/* Reads and verifies: the reason why not. */
static const char *
judge(const char *bytes, size_t len, const struct note_key *key)
{
	static const struct note zero;
	struct note note;
	enum err rc = note_parse(bytes, len, &note, &fault);

	ck_assert_int_eq(rc, fault.reason == TLOG_OK ? ERR_OK : ERR_INVALID);
	if (rc != ERR_OK)
		ck_assert_mem_eq(&note, &zero, sizeof(zero));
	else
		fault.reason = note_check(&note, key);
	return tlog_reasons[fault.reason];
}

/* ---- the vector ------------------------------------------------------ */

START_TEST(vector)
{
	struct note_key key = key_of(KEY);
	char text[NOTE_KEY_TEXT];
	struct note note;

	ck_assert_str_eq(key.name, "example.com/foo");
	ck_assert_int_eq(key.type, NOTE_ED25519);
	note_key_text(&key, text);
	ck_assert_str_eq(text, KEY);
	key = key_of(KEY "\n");
	ck_assert_int_eq(
	    note_parse(TEXT "\n" LINE, strlen(TEXT "\n" LINE), &note, &fault),
	    ERR_OK);
	ck_assert(span_is(note.text, TEXT));
	ck_assert_uint_eq(note.n, 1);
	ck_assert_int_eq(note_check(&note, &key), TLOG_OK);
}
END_TEST

/* Ed25519 signs the same each time: our writing must give those bytes. */
START_TEST(written_as_read)
{
	struct log_key k = log_key("log.example/entente", NOTE_ED25519, 7);
	struct buf out = log_note("one\n\ntwo\n", &k);
	struct note note;

	ck_assert_int_eq(note_parse(out.data, out.len, &note, &fault), ERR_OK);
	ck_assert(span_is(note.text, "one\n\ntwo\n"));
	ck_assert_int_eq(note_check(&note, &k.pub), TLOG_OK);
	buf_free(&out);
}
END_TEST

START_TEST(signs_no_nonsense)
{
	struct log_key k = log_key("a", NOTE_ED25519, 1);
	struct log_key other = log_key("a", NOTE_ED25519, 2);
	uint8_t signature[NOTE_SIGNATURE];
	static const uint8_t zero[NOTE_SIGNATURE];

	ck_assert_int_eq(
	    note_sign(span_of(""), &k.pub, k.secret, signature), ERR_INVALID);
	ck_assert_int_eq(
	    note_sign(span_of("x"), &k.pub, k.secret, signature), ERR_INVALID);
	/* A key that is not the secret's: nothing false is given away. */
	ck_assert_int_eq(
	    note_sign(span_of("x\n"), &other.pub, k.secret, signature),
	    ERR_INVALID);
	ck_assert_mem_eq(signature, zero, sizeof(zero));
}
END_TEST

/* ---- keys ------------------------------------------------------------ */

#define K "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

static const struct {
	const char *text, *reason;
} bad_keys[] = {
	{ "", "size" },
	{ "\n", "key" },
	{ "example.com/foo", "key" },
	{ "example.com/foo+530d903a", "key" },
	{ "+530d903a+" K, "name" },
	{ "a b+530d903a+" K, "name" },
	{ "a\xc2\xa0"
	  "b+530d903a+" K,
	    "name" },
	{ "a\xff+530d903a+" K, "name" },
	{ "example.com/foo+530D903A+" K, "key_id" },
	{ "example.com/foo+530d903+" K, "key_id" },
	{ "example.com/foo+530d903b+" K, "key_id" },
	{ "example.com/fop+530d903a+" K, "key_id" },
	{ "example.com/foo++" K, "key_id" },
	{ KEY "\n\n", "base64" },
	{ KEY "=", "base64" },
	{ KEY " ", "base64" },
	{ "example.com/foo+530d903a+" K "\r\n", "base64" },
	{ "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv"
	  "3U2k",
	    "key_type" },
};

START_TEST(keys_bad)
{
	static const struct note_key zero;
	const char *text = bad_keys[_i].text, *reason = bad_keys[_i].reason;
	struct note_key key;

	log_open("test", LOG_WARNING);
	ck_assert_int_eq(
	    note_key_parse(text, strlen(text), &key, &fault), ERR_INVALID);
	ck_assert_str_eq(tlog_reasons[fault.reason], reason);
	ck_assert_mem_eq(&key, &zero, sizeof(zero));
}
END_TEST

/* The neutral point takes any signature for its own. */
START_TEST(key_that_verifies_nothing)
{
	static const uint8_t neutral[NOTE_KEY] = { 1 };
	char text[NOTE_KEY_TEXT];
	struct note_key key;

	log_open("test", LOG_WARNING);
	ck_assert(note_key_make("a", NOTE_ED25519, neutral, &key));
	note_key_text(&key, text);
	ck_assert_int_eq(
	    note_key_parse(text, strlen(text), &key, &fault), ERR_INVALID);
	ck_assert_str_eq(tlog_reasons[fault.reason], "point");
}
END_TEST

START_TEST(key_every_bit)
{
	struct note_key key;
	char text[sizeof(KEY)];

	log_open("test", LOG_WARNING);
	for (size_t i = 0; i < 8 * strlen(KEY); i++) {
		memcpy(text, KEY, sizeof(KEY));
		text[i / 8] = (char)(text[i / 8] ^ (1 << i % 8));
		ck_assert_msg(note_key_parse(text, strlen(KEY), &key, &fault) ==
			ERR_INVALID,
		    "%s", text);
	}
	for (size_t len = 0; len < strlen(KEY); len++)
		ck_assert_int_eq(
		    note_key_parse(KEY, len, &key, &fault), ERR_INVALID);
}
END_TEST

START_TEST(longest_name)
{
	char name[NOTE_NAME + 1], text[NOTE_KEY_TEXT];
	struct note_key key;
	uint8_t public[NOTE_KEY];

	memcpy(public, key_of(KEY).key, sizeof(public));
	memset(name, 'n', sizeof(name));
	name[NOTE_NAME] = '\0';
	ck_assert(!note_key_make(name, NOTE_ED25519, public, &key));
	name[NOTE_NAME - 1] = '\0';
	ck_assert(note_key_make(name, NOTE_ED25519, public, &key));
	note_key_text(&key, text);
	ck_assert_str_eq(key_of(text).name, name);
}
END_TEST

/* ---- notes ----------------------------------------------------------- */

static const struct {
	const char *bytes, *reason;
	int line;
} notes[] = {
	{ TEXT "\n" LINE, "ok", 0 },
	{ TEXT "\n" OTHER LINE, "ok", 0 },
	{ TEXT "\n" LINE LINE, "ok", 0 },
	{ TEXT "\n" OTHER, "unsigned", 0 },
	{ "a\n" TEXT "\n" LINE, "wrong", 0 },
	{ "\n\n" LINE, "wrong", 0 },
	{ "", "size", 0 },
	{ TEXT, "signatures", 0 },
	{ TEXT "\n", "signatures", 0 },
	{ "\n" LINE, "signatures", 0 },
	{ TEXT LINE, "signatures", 0 },
	{ TEXT "\n" LINE "\n", "signatures", 0 },
	{ TEXT "\n" LINE "\nx", "lines", 5 },
	{ TEXT "\n" LINE "x\n", "signatures", 4 },
	{ TEXT "\n- example.com/foo AAAAAAA=\n", "signatures", 3 },
	{ TEXT "\n\xe2\x80\x94  AAAAAAA=\n", "name", 3 },
	{ TEXT "\n\xe2\x80\x94 a+b AAAAAAA=\n", "name", 3 },
	{ TEXT "\n\xe2\x80\x94 a\n", "signatures", 3 },
	{ TEXT "\n\xe2\x80\x94 a \n", "base64", 3 },
	{ TEXT "\n\xe2\x80\x94 a AAAAAA==\n", "base64", 3 },
	{ TEXT "\n\xe2\x80\x94 a AAAAAAA= \n", "base64", 3 },
	{ TEXT "\n\xe2\x80\x94 a AAAAAAA\n", "base64", 3 },
	{ "a\tb\n\n" LINE, "characters", 1 },
	{ "a\n\rb\n\n" LINE, "characters", 2 },
	{ "a\xff\n\n" LINE, "characters", 1 },
};

START_TEST(notes_by_the_row)
{
	struct note_key key = key_of(KEY);

	ck_assert_str_eq(judge(notes[_i].bytes, strlen(notes[_i].bytes), &key),
	    notes[_i].reason);
	ck_assert_int_eq(fault.line, notes[_i].line);
}
END_TEST

/* A known key that fails rejects the note, beside one that holds. */
START_TEST(one_false_is_enough)
{
	static const char bad[] =
	    TEXT "\n" LINE "\xe2\x80\x94 example.com/foo Uw2QOgAAAAA=\n";
	struct note_key key = key_of(KEY);

	ck_assert_str_eq(judge(bad, strlen(bad), &key), "wrong");
}
END_TEST

START_TEST(every_bit_and_every_cut)
{
	static const char good[] = TEXT "\n" LINE;
	struct note_key key = key_of(KEY);
	char bytes[sizeof(good)];

	for (size_t i = 0; i < 8 * strlen(good); i++) {
		memcpy(bytes, good, sizeof(good));
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
		ck_assert_str_ne(judge(bytes, strlen(good), &key), "ok");
	}
	for (size_t len = 0; len < strlen(good); len++)
		ck_assert_str_ne(judge(good, len, &key), "ok");
}
END_TEST

START_TEST(signatures_have_a_limit)
{
	struct note_key key = key_of(KEY);
	struct buf b;

	for (int n = NOTE_SIGNATURES; n <= NOTE_SIGNATURES + 1; n++) {
		buf_init(&b, NOTE_MAX);
		buf_adds(&b, TEXT "\n" LINE);
		for (int i = 1; i < n; i++)
			buf_adds(&b, OTHER);
		ck_assert_str_eq(judge(b.data, b.len, &key),
		    n == NOTE_SIGNATURES ? "ok" : "many");
		buf_free(&b);
	}
}
END_TEST

/* A signature of another kind may be long: it is passed over. */
START_TEST(long_signatures_of_others)
{
	struct note_key key = key_of(KEY);
	struct buf b;

	for (int over = 0; over < 2; over++) {
		buf_init(&b, NOTE_MAX);
		buf_adds(&b, TEXT "\n\xe2\x80\x94 large ");
		for (int i = 0; i < NOTE_BLOB_MAX / 3 + over; i++)
			buf_adds(&b, "AAAA");
		buf_adds(&b, over ? "AAAA\n" LINE : "\n" LINE);
		ck_assert_str_eq(
		    judge(b.data, b.len, &key), over ? "base64" : "ok");
		buf_free(&b);
	}
}
END_TEST

START_TEST(size_has_a_limit)
{
	struct note_key key = key_of(KEY);
	static char much[NOTE_MAX + 1];

	memset(much, 'a', sizeof(much));
	ck_assert_str_eq(judge(much, sizeof(much), &key), "size");
	ck_assert_str_eq(judge(much, sizeof(much) - 1, &key), "signatures");
}
END_TEST

START_TEST(a_nul_is_refused)
{
	static const char bytes[] = "a\0b\n\n" LINE;
	struct note_key key = key_of(KEY);

	ck_assert_str_eq(judge(bytes, sizeof(bytes) - 1, &key), "characters");
}
END_TEST

UNIT_MAIN("note", UNIT(vector), UNIT(written_as_read), UNIT(signs_no_nonsense),
    UNIT_ROWS(keys_bad, bad_keys), UNIT(key_that_verifies_nothing),
    UNIT(key_every_bit), UNIT(longest_name), UNIT_ROWS(notes_by_the_row, notes),
    UNIT(one_false_is_enough), UNIT(every_bit_and_every_cut),
    UNIT(signatures_have_a_limit), UNIT(long_signatures_of_others),
    UNIT(size_has_a_limit), UNIT(a_nul_is_refused))
