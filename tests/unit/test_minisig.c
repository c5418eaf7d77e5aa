/* SPDX-License-Identifier: Apache-2.0 */
/*
 * minisign's formats: files that minisign 0.11 made, rows of wrong ones, and
 * minisign itself beside us; and what we sign, which it must accept.
 */
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "crypt/minisig_sign.h"
#include "program.h"

#define U "untrusted comment: "
#define T "trusted comment: "

/* ---- what minisign made of "hello\n" -------------------------------- */

#define NUMBER "E0F75A152DC9C34B"
#define KEY "RWRLw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf"
#define PUB U "minisign public key " NUMBER "\n" KEY "\n"
#define SIG                                                         \
	"RURLw8ktFVr34PW1kTCf8I71PQjHXnLwGeWgtbZ9Y0b3hxaEkocYdRP3c" \
	"3zyDZSwU9sNbTDdjmjpynY8yIZUPVldWe7vvZX27gM="
#define GLOBAL                                                      \
	"5ZhlU+89Bq5QikmFSGMZXo0RPpbFcDXljyAXm5Zt6GUp6WXbsLJUOTrsv" \
	"+wu0USkowt7i71CxBiZPuAhtaPpAA=="
#define L1 U "signature from minisign secret key\n"
#define L2 SIG "\n"
#define L3 T "tab\there é\n"
#define L4 GLOBAL "\n"
#define LEGACY                                                       \
	L1 "RWRLw8ktFVr34Pg78z+WvMeQ1ERwVPa/DBWfMbwbB38wS/gN3ler95"  \
	   "xow9zSLUvjijD2mHY7FhXRar6B2GVw3zM6cAdEhjnkFwU=\n" T      \
	   "timestamp:1795400440\tfile:f\n"                          \
	   "FWXviMEIkaI3MIxHo7LZzEyX85PasTJj8PF4TW0MDOi9UqLghJS41Lm" \
	   "E9CmWD2kxr80YLFgaiP2t8790maNEAA==\n"

static const char hello[] = "hello\n";

enum { ARENA = 1 << 20, FILE_MAX = 2 * MINISIG_FILE_MAX };

static struct minisig_fault fault;

static const char *
reason(void)
{
	return minisig_reasons[fault.reason];
}

static struct minisig_key
key_of(const char *text)
{
	struct minisig_key key;

	log_open("test", LOG_WARNING);
	ck_assert_msg(
	    minisig_key_parse(text, strlen(text), &key, &fault) == ERR_OK,
	    "%s, line %d", reason(), fault.line);
	return key;
}

/* Reads and verifies: the reason why not. */
static enum minisig_reason
judge_n(const char *text, size_t text_len, const struct minisig_key *key,
    const void *bytes, size_t len)
{
	struct arena *a = arena_new(ARENA);
	struct minisig *m;
	enum err rc;

	rc = minisig_parse(a, text, text_len, &m, &fault);
	ck_assert_int_eq(rc == ERR_OK, m != NULL);
	if (rc == ERR_OK)
		rc = minisig_verify(m, key, bytes, len, &fault);
	ck_assert_int_eq(rc, fault.reason == MINISIG_OK ? ERR_OK : ERR_INVALID);
	arena_free(a);
	return fault.reason;
}

static enum minisig_reason
judge(const char *text, const struct minisig_key *key)
{
	return judge_n(text, strlen(text), key, hello, strlen(hello));
}

/* ---- public keys ---------------------------------------------------- */

static const char *const keys[] = {
	PUB,
	U "minisign public key\r\n" KEY "\r\n",
	U "\n" KEY,
	KEY,
	KEY "\n",
	KEY "\r\n",
};

START_TEST(keys_good)
{
	struct minisig_key key = key_of(keys[_i]), again;
	char text[MINISIG_KEY_TEXT], number[MINISIG_NUMBER_TEXT];

	minisig_key_text(&key, text);
	ck_assert_str_eq(text, KEY);
	minisig_number_text(key.number, number);
	ck_assert_str_eq(number, NUMBER);
	again = key_of(text);
	ck_assert_mem_eq(&again, &key, sizeof(key));
	ck_assert_int_eq(fault.line, 0);
}
END_TEST

#define SECRET                                                           \
	"RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" \
	"AAAAAAAAAAAAAAAAAAS8PJLRVa9+A"
#define ENCRYPTED "RWRTY0IyVGhpcyBpcyBub3QgYSBzZWNyZXQga2V5IG9mIGFueWJvZHkhISEh"

static const struct {
	const char *text;
	enum minisig_reason reason;
	int line;
} bad_keys[] = {
	{ "", MINISIG_SIZE, 0 },
	{ "\n", MINISIG_PREFIX, 1 },
	{ " " KEY, MINISIG_PREFIX, 1 },
	{ "\xef\xbb\xbf" PUB, MINISIG_PREFIX, 1 },
	{ "comment: x\n" KEY "\n", MINISIG_PREFIX, 1 },
	{ "untrusted comment:\n" KEY "\n", MINISIG_PREFIX, 1 },
	{ U "no more", MINISIG_LINES, 2 },
	{ U "no more\n", MINISIG_LINES, 2 },
	{ PUB "\n", MINISIG_LINES, 3 },
	{ PUB PUB, MINISIG_LINES, 3 },
	{ KEY "\n" KEY "\n", MINISIG_LINES, 2 },
	{ U "\x1b[2J\n" KEY "\n", MINISIG_CHARACTERS, 1 },
	{ U "\xff\n" KEY "\n", MINISIG_CHARACTERS, 1 },
	{ U "a\rb\n" KEY "\n", MINISIG_CHARACTERS, 1 },
	{ U "\xe2\x80\xae\n" KEY "\n", MINISIG_CHARACTERS, 1 },
	{ U "\n\n" KEY "\n", MINISIG_BASE64, 2 },
	{ U "\n" KEY " \n", MINISIG_BASE64, 2 },
	{ U "\n" SIG "\n", MINISIG_BASE64, 2 },
	{ "RW", MINISIG_BASE64, 1 },
	{ KEY "=", MINISIG_BASE64, 1 },
	{ "RWRLw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH__n2lG2nxV-Gf",
	    MINISIG_BASE64, 1 },
	{ U "\nRURLw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf",
	    MINISIG_ALGORITHM, 2 },
	{ U "minisign encrypted secret key\n" SECRET "\n", MINISIG_SECRET, 2 },
	{ U "minisign encrypted secret key\n" ENCRYPTED, MINISIG_SECRET, 2 },
	{ SECRET, MINISIG_SECRET, 1 },
	/* The neutral point, one of order 8, one that is not on the curve. */
	{ "RWRLw8ktFVr34AEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    MINISIG_POINT, 1 },
	{ "RWRLw8ktFVr34MdRVlTSIpE1pgGnIP6h4hf1nhFAPF1TBgYOJqPvN3oP",
	    MINISIG_POINT, 1 },
	{ "RWRLw8ktFVr34AIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    MINISIG_POINT, 1 },
};

START_TEST(keys_bad)
{
	static const struct minisig_key zero;
	struct minisig_key key;
	const char *text = bad_keys[_i].text;

	log_open("test", LOG_WARNING);
	ck_assert_int_eq(
	    minisig_key_parse(text, strlen(text), &key, &fault), ERR_INVALID);
	ck_assert_str_eq(reason(), minisig_reasons[bad_keys[_i].reason]);
	ck_assert_int_eq(fault.line, bad_keys[_i].line);
	ck_assert_mem_eq(&key, &zero, sizeof(key));
}
END_TEST

START_TEST(key_comment_has_a_limit)
{
	struct minisig_key key;
	struct buf text;

	for (int over = 0; over < 2; over++) {
		buf_init(&text, FILE_MAX);
		buf_addf(&text, U "%0*d\r\n" KEY "\r\n",
		    MINISIG_COMMENT_MAX + over, 7);
		ck_assert_uint_le(text.len, MINISIG_KEY_FILE_MAX);
		minisig_key_parse(text.data, text.len, &key, &fault);
		ck_assert_str_eq(reason(), over ? "long" : "ok");
		buf_free(&text);
	}
}
END_TEST

/* A NUL, in a text that goes on behind it. */
START_TEST(nul_is_no_end)
{
	static const char nul[] = U "a\0b\n" KEY "\n",
			  sig[] = L1 L2 T "a\0b\n" L4;
	struct minisig_key key;

	minisig_key_parse(nul, sizeof(nul) - 1, &key, &fault);
	ck_assert_str_eq(reason(), "characters");
	key = key_of(KEY);
	judge_n(sig, sizeof(sig) - 1, &key, hello, strlen(hello));
	ck_assert_str_eq(reason(), "characters");
	ck_assert_int_eq(fault.line, 3);
}
END_TEST

START_TEST(number_has_its_zeros)
{
	char text[MINISIG_NUMBER_TEXT];

	minisig_number_text(
	    (const uint8_t[]){ 1, 2, 3, 0xab, 5, 6, 7, 0 }, text);
	ck_assert_str_eq(text, "00070605AB030201");
}
END_TEST

/* ---- signatures ----------------------------------------------------- */

static const struct {
	const char *text;
	bool is_prehashed;
	const char *trusted;
} sigs[] = {
	{ L1 L2 L3 L4, true, "tab\there é" },
	{ LEGACY, false, "timestamp:1795400440\tfile:f" },
	{ L1 L2 L3 GLOBAL, true, "tab\there é" },
	{ U "\n" L2 L3 L4, true, "tab\there é" },
	{ U "x\r\n" SIG "\r\n" T "tab\there é\r\n" GLOBAL "\r\n", true,
	    "tab\there é" },
};

START_TEST(signatures_good)
{
	struct minisig_key key = key_of(KEY);
	struct arena *a = arena_new(ARENA);
	struct minisig *m;

	ck_assert_int_eq(
	    minisig_parse(a, sigs[_i].text, strlen(sigs[_i].text), &m, &fault),
	    ERR_OK);
	ck_assert_int_eq(m->is_prehashed, sigs[_i].is_prehashed);
	ck_assert_str_eq(m->trusted, sigs[_i].trusted);
	ck_assert_mem_eq(m->number, key.number, MINISIG_NUMBER);
	arena_free(a);
	ck_assert_int_eq(judge(sigs[_i].text, &key), MINISIG_OK);
	judge_n(sigs[_i].text, strlen(sigs[_i].text), &key, "hello", 5);
	ck_assert_str_eq(reason(), "wrong");
}
END_TEST

static const struct {
	const char *text;
	enum minisig_reason reason;
	int line;
} bad_sigs[] = {
	{ "", MINISIG_SIZE, 0 },
	{ "\n", MINISIG_PREFIX, 1 },
	{ L2 L3 L4, MINISIG_PREFIX, 1 },
	{ "Untrusted comment: x\n" L2 L3 L4, MINISIG_PREFIX, 1 },
	{ T "x\n" L2 L3 L4, MINISIG_PREFIX, 1 },
	{ L1, MINISIG_LINES, 2 },
	{ L1 L2, MINISIG_LINES, 3 },
	{ L1 L2 L3, MINISIG_LINES, 4 },
	{ PUB, MINISIG_BASE64, 2 },
	{ L1 L2 L3 L4 "\n", MINISIG_LINES, 5 },
	{ L1 L2 L3 L4 L1, MINISIG_LINES, 5 },
	{ L1 L2 U "x\n" L4, MINISIG_PREFIX, 3 },
	{ L1 L2 "\n" L3 L4, MINISIG_PREFIX, 3 },
	{ L1 "\n" L3 L4, MINISIG_BASE64, 2 },
	{ L1 " " L2 L3 L4, MINISIG_BASE64, 2 },
	{ L1 SIG "=\n" L3 L4, MINISIG_BASE64, 2 },
	{ L1 SIG "\r\r\n" L3 L4, MINISIG_BASE64, 2 },
	{ L1 GLOBAL "\n" L3 L4, MINISIG_BASE64, 2 },
	{ L1 L2 L3 SIG, MINISIG_BASE64, 4 },
	{ L1 L2 L3 GLOBAL "AA", MINISIG_BASE64, 4 },
	{ L1 "Q" L2 L3 L4, MINISIG_BASE64, 2 },
	{ L1 SECRET "\n" L3 L4, MINISIG_SECRET, 2 },
	{ U "a\x7f\n" L2 L3 L4, MINISIG_CHARACTERS, 1 },
	{ L1 L2 T "a\r\r\n" L4, MINISIG_CHARACTERS, 3 },
	{ L1 L2 T "\xc3\n" L4, MINISIG_CHARACTERS, 3 },
	{ L1 L2 T "\xc2\x85\n" L4, MINISIG_CHARACTERS, 3 },
	{ L1 L2 T "\n" L4, MINISIG_COMMENT, 0 },
	{ L1 L2 T "tab here é\n" L4, MINISIG_COMMENT, 0 },
	{ L1 L2 T "tab\there é \n" L4, MINISIG_COMMENT, 0 },
	{ L1 L2 T "tab\there e\xcc\x81\n" L4, MINISIG_COMMENT, 0 },
};

START_TEST(signatures_bad)
{
	struct minisig_key key = key_of(KEY);

	judge(bad_sigs[_i].text, &key);
	ck_assert_str_eq(reason(), minisig_reasons[bad_sigs[_i].reason]);
	ck_assert_int_eq(fault.line, bad_sigs[_i].line);
}
END_TEST

START_TEST(size_has_a_limit)
{
	struct minisig_key key = key_of(KEY);
	static char much[MINISIG_FILE_MAX + 1];

	memset(much, 'u', sizeof(much));
	judge_n(much, sizeof(much), &key, hello, strlen(hello));
	ck_assert_str_eq(reason(), "size");
	judge_n(much, sizeof(much) - 1, &key, hello, strlen(hello));
	ck_assert_str_eq(reason(), "prefix");
	minisig_key_parse(much, MINISIG_KEY_FILE_MAX + 1, &key, &fault);
	ck_assert_str_eq(reason(), "size");
}
END_TEST

/*
 * Any byte of the file changed in any bit: refused, but where nobody signed
 * it, in the untrusted comment.
 */
START_TEST(every_byte_counts)
{
	static const char *const files[] = { L1 L2 L3 L4, LEGACY };
	struct minisig_key key = key_of(KEY);
	char text[1024];

	for (size_t i = 0; i < 8 * strlen(files[_i]); i++) {
		size_t at = i / 8;

		snprintf(text, sizeof(text), "%s", files[_i]);
		text[at] = (char)(text[at] ^ (1 << i % 8));
		judge_n(text, strlen(files[_i]), &key, hello, strlen(hello));
		if (at < strlen(U) || at >= strlen(L1) - 1)
			ck_assert_msg(fault.reason != MINISIG_OK,
			    "byte %zu, bit %zu", at, i % 8);
		else
			ck_assert_msg(fault.reason == MINISIG_OK ||
				(fault.line >= 1 && fault.line <= 2),
			    "byte %zu, bit %zu: %s", at, i % 8, reason());
	}
}
END_TEST

START_TEST(every_signed_byte_counts)
{
	static const char *const files[] = { L1 L2 L3 L4, LEGACY };
	struct minisig_key key = key_of(KEY);
	char bytes[sizeof(hello)];

	for (size_t i = 0; i < 8 * strlen(hello); i++) {
		memcpy(bytes, hello, sizeof(hello));
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
		judge_n(
		    files[_i], strlen(files[_i]), &key, bytes, strlen(hello));
		ck_assert_str_eq(reason(), "wrong");
	}
}
END_TEST

/* ---- minisign beside us --------------------------------------------- */

/* What is flipped, before the line is base64 again. */
static const struct {
	const char *name;
	int line;      /* of the file, from 0; -1: none */
	int byte;      /* of what the base64 stands for, or of the comment */
	uint8_t flip;  /* 0: nothing */
	bool is_other; /* verified with another key of the same number */
	enum minisig_reason reason;
} classes[] = {
	{ "nothing", -1, 0, 0, false, MINISIG_OK },
	{ "untrusted comment", 0, 3, 1, false, MINISIG_OK },
	{ "algorithm, to the other", 1, 1, 'd' ^ 'D', false, MINISIG_WRONG },
	{ "algorithm, to none", 1, 0, 1, false, MINISIG_ALGORITHM },
	{ "key number, first byte", 1, 2, 1, false, MINISIG_OTHER_KEY },
	{ "key number, last byte", 1, 9, 0x80, false, MINISIG_OTHER_KEY },
	{ "signature, first byte", 1, 10, 1, false, MINISIG_WRONG },
	{ "signature, its scalar", 1, 42, 1, false, MINISIG_WRONG },
	{ "signature, above the order", 1, 73, 0x80, false, MINISIG_WRONG },
	{ "trusted comment", 2, 0, 1, false, MINISIG_COMMENT },
	{ "global signature, first byte", 3, 0, 1, false, MINISIG_COMMENT },
	{ "global signature, last byte", 3, 63, 0x20, false, MINISIG_COMMENT },
	{ "another key", -1, 0, 0, true, MINISIG_WRONG },
};

static char dir[UNIT_PATH];

struct paths {
	char bytes[UNIT_PATH], sig[UNIT_PATH], changed[UNIT_PATH];
	char pub[UNIT_PATH], secret[UNIT_PATH], said[UNIT_PATH];
};
static struct paths path;

static void
stock_start(void)
{
	unit_scratch(dir);
	unit_path(path.bytes, dir, "f");
	unit_path(path.sig, dir, "f.minisig");
	unit_path(path.changed, dir, "changed.minisig");
	unit_path(path.pub, dir, "k.pub");
	unit_path(path.secret, dir, "k.key");
	unit_path(path.said, dir, "said");
	ck_assert_int_eq(UNIT_SPAWN(path.said, "minisign", "-G", "-W", "-p",
			     path.pub, "-s", path.secret),
	    0);
}

static void
write_file(const char *to, const void *bytes, size_t len)
{
	FILE *f = fopen(to, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, len, f), len);
	ck_assert_int_eq(fclose(f), 0);
}

static void
read_file(const char *from, struct buf *b)
{
	buf_init(b, FILE_MAX);
	ck_assert_int_eq(file_read(from, b), ERR_OK);
}

static bool
stock_accepts(const char *sig, const char *key_text)
{
	return UNIT_SPAWN(path.said, "minisign", "-V", "-q", "-P", key_text,
		   "-x", sig, "-m", path.bytes) == 0;
}

static void
flip_base64(char *line, int byte, uint8_t flip)
{
	uint8_t bytes[128];
	char out[256];
	size_t len, text_len = strlen(line);

	ck_assert_int_eq(sodium_base642bin(bytes, sizeof(bytes), line, text_len,
			     NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	bytes[byte] ^= flip;
	sodium_bin2base64(
	    out, sizeof(out), bytes, len, sodium_base64_VARIANT_ORIGINAL);
	memcpy(line, out, text_len);
}

/* The four lines with one thing changed, as a file. */
static void
change(const struct buf *sig, int i)
{
	char *copy = strdup(sig->data), *rest = copy, *line;
	struct buf out;

	buf_init(&out, FILE_MAX);
	for (int n = 0; n < 4; n++) {
		line = strsep(&rest, "\n");
		if (n == classes[i].line && n % 2 == 1)
			flip_base64(line, classes[i].byte, classes[i].flip);
		else if (n == classes[i].line)
			line[strlen(n == 0 ? U : T) +
			    (size_t)classes[i].byte] ^= (char)classes[i].flip;
		buf_addf(&out, "%s\n", line);
	}
	write_file(path.changed, out.data, out.len);
	buf_free(&out);
	free(copy);
}

/* A key of somebody else that has the number of ours. */
static struct minisig_key
impostor(const struct minisig_key *key)
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];
	struct minisig_key other = *key;

	crypto_sign_keypair(other.key, secret);
	return other;
}

static void
compare(const struct minisig_key *ours, const void *bytes, size_t len)
{
	struct minisig_key key;
	struct buf sig, changed;
	char text[MINISIG_KEY_TEXT];

	read_file(path.sig, &sig);
	for (int i = 0; i < UNIT_COUNT(classes); i++) {
		key = classes[i].is_other ? impostor(ours) : *ours;
		minisig_key_text(&key, text);
		change(&sig, i);
		read_file(path.changed, &changed);
		judge_n(changed.data, changed.len, &key, bytes, len);
		ck_assert_msg(fault.reason == classes[i].reason, "%s: %s",
		    classes[i].name, reason());
		ck_assert_msg(stock_accepts(path.changed, text) ==
			(fault.reason == MINISIG_OK),
		    "%s: minisign thinks otherwise", classes[i].name);
		buf_free(&changed);
	}
	buf_free(&sig);
}

static const size_t sizes[] = { 0, 1, 6, 65536 };

/* Of each size, by each algorithm, with minisign's own comments. */
START_TEST(minisign_agrees)
{
	static uint8_t bytes[65536];
	size_t len = sizes[_i / 2];
	const char *how = _i % 2 ? "-Sl" : "-S";
	struct minisig_key key;
	struct buf pub;

	stock_start();
	randombytes_buf(bytes, sizeof(bytes));
	write_file(path.bytes, bytes, len);
	ck_assert_int_eq(UNIT_SPAWN(path.said, "minisign", how, "-W", "-s",
			     path.secret, "-x", path.sig, "-m", path.bytes),
	    0);
	read_file(path.pub, &pub);
	key = key_of(pub.data);
	compare(&key, bytes, len);
	buf_free(&pub);
	unit_remove(dir);
}
END_TEST

/* minisign prints the number in what it says of a key. */
START_TEST(minisign_has_that_number)
{
	char number[MINISIG_NUMBER_TEXT], *shown = number;
	struct minisig_key key;
	struct buf pub;

	stock_start();
	read_file(path.pub, &pub);
	key = key_of(pub.data);
	minisig_number_text(key.number, number);
	while (*shown == '0')
		shown++;
	ck_assert_msg(strstr(pub.data, shown) != NULL, "%s is not in %s", shown,
	    pub.data);
	buf_free(&pub);
	/* It would be a pity to take this one for anything else. */
	read_file(path.secret, &pub);
	minisig_key_parse(pub.data, pub.len, &key, &fault);
	ck_assert_str_eq(reason(), "secret");
	buf_free(&pub);
	unit_remove(dir);
}
END_TEST

/* ---- the longest comments ------------------------------------------- */

/* A signature of "hello\n" with CRLF, and comments of these lengths. */
static void
sign(struct buf *out, struct minisig_key *key, int comment_len, int trusted_len)
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES], line[74] = "Ed", global[64];
	uint8_t both[64 + 2 * MINISIG_TRUSTED_MAX];
	char text[2][128];

	memset(key->number, 0xa5, MINISIG_NUMBER);
	crypto_sign_keypair(key->key, secret);
	memcpy(line + 2, key->number, MINISIG_NUMBER);
	crypto_sign_detached(
	    line + 10, NULL, (const uint8_t *)hello, strlen(hello), secret);
	memcpy(both, line + 10, 64);
	memset(both + 64, 't', (size_t)trusted_len);
	crypto_sign_detached(
	    global, NULL, both, 64 + (size_t)trusted_len, secret);
	sodium_bin2base64(text[0], sizeof(text[0]), line, sizeof(line),
	    sodium_base64_VARIANT_ORIGINAL);
	sodium_bin2base64(text[1], sizeof(text[1]), global, sizeof(global),
	    sodium_base64_VARIANT_ORIGINAL);
	buf_init(out, FILE_MAX);
	buf_addf(out, U "%0*d\r\n%s\r\n" T "%.*s\r\n%s\r\n", comment_len, 7,
	    text[0], trusted_len, (const char *)both + 64, text[1]);
	ck_assert(!out->overflow);
}

static const struct {
	int comment_len, trusted_len;
	enum minisig_reason reason;
	int line;
} longest[] = {
	{ 1, 0, MINISIG_OK, 0 },
	{ MINISIG_COMMENT_MAX, MINISIG_TRUSTED_MAX, MINISIG_OK, 0 },
	{ MINISIG_COMMENT_MAX + 1, 1, MINISIG_LONG, 1 },
	{ 1, MINISIG_TRUSTED_MAX + 1, MINISIG_LONG, 3 },
};

/* Ours are the limits of minisign's own buffers. */
START_TEST(comments_have_limits)
{
	char text[MINISIG_KEY_TEXT];
	struct minisig_key key;
	struct buf sig;

	stock_start();
	sign(&sig, &key, longest[_i].comment_len, longest[_i].trusted_len);
	judge_n(sig.data, sig.len, &key, hello, strlen(hello));
	ck_assert_str_eq(reason(), minisig_reasons[longest[_i].reason]);
	ck_assert_int_eq(fault.line, longest[_i].line);
	ck_assert_uint_le(
	    sig.len, fault.reason == MINISIG_OK ? MINISIG_FILE_MAX : FILE_MAX);
	write_file(path.bytes, hello, strlen(hello));
	write_file(path.sig, sig.data, sig.len);
	minisig_key_text(&key, text);
	ck_assert_int_eq(
	    stock_accepts(path.sig, text), fault.reason == MINISIG_OK);
	buf_free(&sig);
	unit_remove(dir);
}
END_TEST

/* ---- signing --------------------------------------------------------- */

static void
make_key(struct minisig_key *key, uint8_t secret[MINISIG_SECRET_KEY])
{
	randombytes_buf(key->number, MINISIG_NUMBER);
	crypto_sign_keypair(key->key, secret);
}

static void
prehash_of(const char *text, uint8_t prehash[MINISIG_PREHASH])
{
	struct minisig_hash h;

	minisig_hash_start(&h);
	for (; *text != '\0'; text++)
		minisig_hash_feed(&h, text, 1);
	minisig_hash_finish(&h, prehash);
}

/* By the bytes, by the prehash, and by minisign. */
START_TEST(minisign_takes_ours)
{
	uint8_t secret[MINISIG_SECRET_KEY], prehash[MINISIG_PREHASH];
	struct minisig_key key;
	struct minisig made;
	struct buf file, pub;
	struct arena *a = arena_new(ARENA);
	struct minisig *read;

	stock_start();
	make_key(&key, secret);
	prehash_of(hello, prehash);
	ck_assert_int_eq(
	    minisig_sign(&key, secret, prehash, "timestamp:1\tbundle é", &made),
	    ERR_OK);
	made.comment = "entente";
	buf_init(&file, FILE_MAX);
	buf_init(&pub, FILE_MAX);
	minisig_write(&file, &made);
	minisig_key_write(&pub, &key);
	ck_assert_int_eq(
	    judge_n(file.data, file.len, &key, hello, strlen(hello)),
	    MINISIG_OK);
	minisig_parse(a, file.data, file.len, &read, &fault);
	ck_assert_str_eq(read->trusted, "timestamp:1\tbundle é");
	ck_assert_int_eq(
	    minisig_verify_prehash(read, &key, prehash, &fault), ERR_OK);
	prehash[5] ^= 1;
	minisig_verify_prehash(read, &key, prehash, &fault);
	ck_assert_str_eq(reason(), "wrong");
	write_file(path.bytes, hello, strlen(hello));
	write_file(path.sig, file.data, file.len);
	write_file(path.pub, pub.data, pub.len);
	ck_assert_int_eq(UNIT_SPAWN(path.said, "minisign", "-V", "-p", path.pub,
			     "-x", path.sig, "-m", path.bytes),
	    0);
	buf_free(&file);
	buf_free(&pub);
	arena_free(a);
	unit_remove(dir);
}
END_TEST

START_TEST(signs_no_nonsense)
{
	uint8_t secret[MINISIG_SECRET_KEY], prehash[MINISIG_PREHASH] = { 0 };
	static const struct minisig zero;
	struct minisig_key key, other;
	struct minisig m;
	char *text = calloc(1, MINISIG_TRUSTED_MAX + 2);

	log_open("test", LOG_ERROR);
	make_key(&other, secret);
	make_key(&key, secret);
	ck_assert_int_eq(
	    minisig_sign(&key, secret, prehash, "a\nb", &m), ERR_INVALID);
	ck_assert_int_eq(
	    minisig_sign(&key, secret, prehash, "\xff", &m), ERR_INVALID);
	ck_assert_int_eq(
	    minisig_sign(&other, secret, prehash, "a", &m), ERR_INVALID);
	ck_assert_mem_eq(&m, &zero, sizeof(zero));
	memset(text, 't', MINISIG_TRUSTED_MAX + 1);
	ck_assert_int_eq(
	    minisig_sign(&key, secret, prehash, text, &m), ERR_INVALID);
	text[MINISIG_TRUSTED_MAX] = '\0';
	ck_assert_int_eq(minisig_sign(&key, secret, prehash, text, &m), ERR_OK);
	free(text);
}
END_TEST

/* A legacy signature is of bytes that a prehash does not have. */
START_TEST(prehash_of_a_legacy_one)
{
	struct minisig_key key = key_of(KEY);
	uint8_t prehash[MINISIG_PREHASH];
	struct arena *a = arena_new(ARENA);
	struct minisig *m;

	prehash_of(hello, prehash);
	minisig_parse(a, LEGACY, strlen(LEGACY), &m, &fault);
	ck_assert_int_eq(
	    minisig_verify_prehash(m, &key, prehash, &fault), ERR_INVALID);
	ck_assert_str_eq(reason(), "algorithm");
	arena_free(a);
}
END_TEST

static const int twice[] = { 0, 1 };
static const int size_and_algorithm[2 * sizeof(sizes) / sizeof(sizes[0])];

UNIT_MAIN("minisig", UNIT_ROWS(keys_good, keys), UNIT_ROWS(keys_bad, bad_keys),
    UNIT(key_comment_has_a_limit), UNIT(nul_is_no_end),
    UNIT(number_has_its_zeros), UNIT_ROWS(signatures_good, sigs),
    UNIT_ROWS(signatures_bad, bad_sigs), UNIT(size_has_a_limit),
    UNIT_ROWS(every_byte_counts, twice),
    UNIT_ROWS(every_signed_byte_counts, twice),
    UNIT_ROWS(minisign_agrees, size_and_algorithm),
    UNIT(minisign_has_that_number), UNIT_ROWS(comments_have_limits, longest),
    UNIT(minisign_takes_ours), UNIT(signs_no_nonsense),
    UNIT(prehash_of_a_legacy_one))
