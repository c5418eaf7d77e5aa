/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints and what witnesses sign of them. */
#include "base/log.h"
#include "crypt/cosignature.h"
#include "log_keys.h"

#define ROOT "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static struct tlog_fault fault;
static struct merkle_point tree = { .size = 12345, .root = { 1, 2, 3 } };

static const struct {
	const char *text, *reason;
	int line;
} bodies[] = {
	{ "log.example\n0\n" ROOT "\n", "ok", 0 },
	{ "log.example\n9223372036854775807\n" ROOT "\n", "ok", 0 },
	{ "log.example\n1\n" ROOT "\nextension\nand one\n", "ok", 0 },
	{ "", "lines", 1 },
	{ "log.example", "lines", 1 },
	{ "\n1\n" ROOT "\n", "name", 1 },
	{ "log example\n1\n" ROOT "\n", "name", 1 },
	{ "log+example\n1\n" ROOT "\n", "name", 1 },
	{ "log.example\n", "lines", 2 },
	{ "log.example\n1", "lines", 2 },
	{ "log.example\n\n" ROOT "\n", "number", 2 },
	{ "log.example\n01\n" ROOT "\n", "number", 2 },
	{ "log.example\n-1\n" ROOT "\n", "number", 2 },
	{ "log.example\n+1\n" ROOT "\n", "number", 2 },
	{ "log.example\n1 \n" ROOT "\n", "number", 2 },
	{ "log.example\n0x1\n" ROOT "\n", "number", 2 },
	{ "log.example\n9223372036854775808\n" ROOT "\n", "number", 2 },
	{ "log.example\n99999999999999999999999\n" ROOT "\n", "number", 2 },
	{ "log.example\n1\n", "lines", 3 },
	{ "log.example\n1\n" ROOT, "lines", 3 },
	{ "log.example\n1\n" ROOT "=\n", "base64", 3 },
	{ "log.example\n1\n47DE\n", "base64", 3 },
	{ "log.example\n1\n" ROOT "\n\n", "lines", 4 },
	{ "log.example\n1\n" ROOT "\na\n\nb\n", "lines", 5 },
	{ "log.example\n1\n" ROOT "\na", "lines", 4 },
};

START_TEST(bodies_by_the_row)
{
	static const struct checkpoint zero;
	struct checkpoint c;
	enum err rc;

	log_open("test", LOG_WARNING);
	rc = checkpoint_parse(span_of(bodies[_i].text), &c, &fault);
	ck_assert_str_eq(tlog_reasons[fault.reason], bodies[_i].reason);
	ck_assert_int_eq(fault.line, bodies[_i].line);
	ck_assert_int_eq(rc, fault.reason == TLOG_OK ? ERR_OK : ERR_INVALID);
	if (rc != ERR_OK)
		ck_assert_mem_eq(&c, &zero, sizeof(zero));
}
END_TEST

START_TEST(parts)
{
	struct checkpoint c;
	char body[CHECKPOINT_BODY];

	ck_assert_int_eq(
	    checkpoint_parse(
		span_of("log.example\n7\n" ROOT "\nmore\n"), &c, &fault),
	    ERR_OK);
	ck_assert(span_is(c.origin, "log.example"));
	ck_assert_uint_eq(c.tree.size, 7);
	ck_assert_uint_eq(c.tree.root[0], 0xe3);
	ck_assert(span_is(c.extension, "more\n"));
	ck_assert(checkpoint_body("log.example", &c.tree, body));
	ck_assert_str_eq(body, "log.example\n7\n" ROOT "\n");
	ck_assert(!checkpoint_body("log example", &c.tree, body));
	c.tree.size = MERKLE_SIZE_MAX + 1;
	ck_assert(!checkpoint_body("log.example", &c.tree, body));
}
END_TEST

/* ---- signed ---------------------------------------------------------- */

static const char *
judge(const void *bytes, size_t len, const struct note_key *key)
{
	struct checkpoint c;
	struct note note;

	checkpoint_open((struct span){ bytes, len }, key, &note, &c, &fault);
	return tlog_reasons[fault.reason];
}

START_TEST(signed_ones)
{
	struct log_key log = log_key("log.example/a", NOTE_ED25519, 1);
	struct log_key other = log_key("log.example/a", NOTE_ED25519, 2);
	struct log_key name = log_key("log.example/b", NOTE_ED25519, 1);
	struct log_key witness = log_key("log.example/a", NOTE_COSIGNATURE, 1);
	struct buf b = log_checkpoint(&tree, &log), foreign;
	char body[CHECKPOINT_BODY];

	log_open("test", LOG_WARNING);
	ck_assert_str_eq(judge(b.data, b.len, &log.pub), "ok");
	ck_assert_str_eq(judge(b.data, b.len, &other.pub), "unsigned");
	ck_assert_str_eq(judge(b.data, b.len, &name.pub), "origin");
	ck_assert_str_eq(judge(b.data, b.len, &witness.pub), "key_type");
	/* Signed by a key that the log is not named after. */
	checkpoint_body("log.example/a", &tree, body);
	foreign = log_note(body, &name);
	ck_assert_str_eq(judge(foreign.data, foreign.len, &name.pub), "origin");
	ck_assert_str_eq(
	    judge(foreign.data, foreign.len, &log.pub), "unsigned");
	buf_free(&foreign);
	buf_free(&b);
}
END_TEST

START_TEST(every_bit_and_every_cut)
{
	struct log_key log = log_key("log.example/a", NOTE_ED25519, 1);
	struct buf b = log_checkpoint(&tree, &log);

	log_open("test", LOG_WARNING);
	for (size_t i = 0; i < 8 * b.len; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		ck_assert_str_ne(judge(b.data, b.len, &log.pub), "ok");
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	for (size_t len = 0; len < b.len; len++)
		ck_assert_str_ne(judge(b.data, len, &log.pub), "ok");
	buf_free(&b);
}
END_TEST

/* ---- cosigned -------------------------------------------------------- */

static const char *
witnessed(const struct buf *b, const struct note_key *key, int64_t *time_s)
{
	struct note note;

	*time_s = -1;
	if (note_parse(b->data, b->len, &note, &fault) == ERR_OK)
		fault.reason = cosignature_check(&note, key, time_s);
	return tlog_reasons[fault.reason];
}

START_TEST(cosigned)
{
	struct log_key log = log_key("log.example/a", NOTE_ED25519, 1);
	struct log_key w = log_key("witness.example", NOTE_COSIGNATURE, 3);
	struct log_key v = log_key("witness.example", NOTE_COSIGNATURE, 4);
	struct log_key plain = log_key("witness.example", NOTE_ED25519, 3);
	struct buf b = log_checkpoint(&tree, &log);
	int64_t time_s;

	log_open("test", LOG_WARNING);
	ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "unsigned");
	log_cosign(&b, &w, 1700000000);
	ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "ok");
	ck_assert_int_eq(time_s, 1700000000);
	log_cosign(&b, &w, 1800000000);
	log_cosign(&b, &w, 1600000000);
	ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "ok");
	ck_assert_int_eq(time_s, 1800000000);
	ck_assert_str_eq(witnessed(&b, &v.pub, &time_s), "unsigned");
	/* The log's own signature still holds, and a cosignature is none. */
	ck_assert_str_eq(judge(b.data, b.len, &log.pub), "ok");
	ck_assert_str_eq(witnessed(&b, &plain.pub, &time_s), "key_type");
	log_cosign(&b, &w, UINT64_MAX);
	ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "time");
	ck_assert_int_eq(time_s, 0);
	buf_free(&b);
	/* No time is not "it did not". */
	b = log_checkpoint(&tree, &log);
	log_cosign(&b, &w, 0);
	ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "time");
	buf_free(&b);
}
END_TEST

/* Of the line: its time and its signature both count. */
START_TEST(cosignature_every_byte)
{
	struct log_key log = log_key("log.example/a", NOTE_ED25519, 1);
	struct log_key w = log_key("witness.example", NOTE_COSIGNATURE, 3);
	struct buf b = log_checkpoint(&tree, &log);
	int64_t time_s;
	size_t from = b.len;

	log_open("test", LOG_WARNING);
	log_cosign(&b, &w, 1700000000);
	for (size_t i = 8 * from; i < 8 * b.len; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		ck_assert_str_ne(witnessed(&b, &w.pub, &time_s), "ok");
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	buf_free(&b);
}
END_TEST

/* A cosignature cut to the length of a plain one, and the other way. */
START_TEST(cosignature_of_wrong_length)
{
	struct log_key log = log_key("log.example/a", NOTE_ED25519, 1);
	struct log_key w = log_key("witness.example", NOTE_COSIGNATURE, 3);
	uint8_t blob[COSIGNATURE_BLOB] = { 0 };
	int64_t time_s;

	log_open("test", LOG_WARNING);
	for (size_t len = 1; len <= COSIGNATURE_BLOB; len++) {
		struct buf b = log_checkpoint(&tree, &log);

		note_add_line(&b, &w.pub, blob, len);
		ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "wrong");
		buf_free(&b);
	}
}
END_TEST

/* A line that holds, with a byte more behind its signature. */
static void
lengthen(struct buf *b)
{
	char *line = strrchr(b->data, ' ') + 1, text[256];
	uint8_t blob[128];
	size_t len;

	ck_assert_int_eq(
	    sodium_base642bin(blob, sizeof(blob), line, strlen(line), "\n",
		&len, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	blob[len++] = 0;
	sodium_bin2base64(
	    text, sizeof(text), blob, len, sodium_base64_VARIANT_ORIGINAL);
	b->len = (size_t)(line - b->data);
	buf_addf(b, "%s\n", text);
}

START_TEST(signatures_that_are_too_long)
{
	struct log_key log = log_key("log.example/a", NOTE_ED25519, 1);
	struct log_key w = log_key("witness.example", NOTE_COSIGNATURE, 3);
	struct buf b = log_checkpoint(&tree, &log);
	int64_t time_s;

	log_open("test", LOG_WARNING);
	log_cosign(&b, &w, 1700000000);
	lengthen(&b);
	ck_assert_str_eq(witnessed(&b, &w.pub, &time_s), "wrong");
	buf_free(&b);
	b = log_checkpoint(&tree, &log);
	lengthen(&b);
	ck_assert_str_eq(judge(b.data, b.len, &log.pub), "wrong");
	buf_free(&b);
}
END_TEST

UNIT_MAIN("checkpoint", UNIT_ROWS(bodies_by_the_row, bodies), UNIT(parts),
    UNIT(signed_ones), UNIT(every_bit_and_every_cut), UNIT(cosigned),
    UNIT(cosignature_every_byte), UNIT(cosignature_of_wrong_length),
    UNIT(signatures_that_are_too_long))
