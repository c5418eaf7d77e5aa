/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_proof.h"
#include "base/log.h"
#include "log_keys.h"

enum { LEAVES = 5 };

#define FIRST "c2sp.org/tlog-proof@v1\n"
#define HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

static struct tlog_fault fault;

static const struct {
	const char *text, *reason;
	int line;
} rows[] = {
	{ FIRST "index 0\n\nx", "ok", 0 },
	{ FIRST "index 0\n" HASH HASH "\nx", "ok", 0 },
	{ FIRST "extra aGVsbG8=\nindex 7\n" HASH "\nx", "ok", 0 },
	{ FIRST "extra \nindex 7\n" HASH "\nx", "ok", 0 },
	{ "", "size", 0 },
	{ "c2sp.org/tlog-proof@v1", "lines", 1 },
	{ "c2sp.org/tlog-proof@v2\nindex 0\n\nx", "format", 1 },
	{ " " FIRST "index 0\n\nx", "format", 1 },
	{ FIRST, "lines", 2 },
	{ FIRST "index 0", "lines", 2 },
	{ FIRST "Index 0\n\nx", "format", 2 },
	{ FIRST "index\n\nx", "format", 2 },
	{ FIRST "index \n\nx", "number", 2 },
	{ FIRST "index 00\n\nx", "number", 2 },
	{ FIRST "index -1\n\nx", "number", 2 },
	{ FIRST "index 9223372036854775807\n\nx", "number", 2 },
	{ FIRST "extra a\nindex 0\n\nx", "base64", 2 },
	{ FIRST "extra aGVsbG8=\nextra aGVsbG8=\nindex 0\n\nx", "format", 3 },
	{ FIRST "extra aGVsbG8=\n", "lines", 3 },
	{ FIRST "index 0\nextra aGVsbG8=\n\nx", "base64", 3 },
	{ FIRST "index 0\n" HASH, "lines", 4 },
	{ FIRST "index 0\n47DE\n\nx", "base64", 3 },
	{ FIRST "index 0\n" HASH "\n", "lines", 5 },
};

START_TEST(by_the_row)
{
	static const struct tlog_proof zero;
	struct tlog_proof p;
	enum err rc;

	log_open("test", LOG_WARNING);
	rc = tlog_proof_parse(span_of(rows[_i].text), &p, &fault);
	ck_assert_str_eq(tlog_reasons[fault.reason], rows[_i].reason);
	ck_assert_int_eq(fault.line, rows[_i].line);
	ck_assert_int_eq(rc, fault.reason == TLOG_OK ? ERR_OK : ERR_INVALID);
	if (rc != ERR_OK)
		ck_assert_mem_eq(&p, &zero, sizeof(zero));
}
END_TEST

START_TEST(path_has_a_limit)
{
	struct tlog_proof p;
	struct buf b;

	log_open("test", LOG_WARNING);
	for (int n = MERKLE_PROOF_MAX; n <= MERKLE_PROOF_MAX + 1; n++) {
		buf_init(&b, TLOG_PROOF_MAX);
		buf_adds(&b, FIRST "index 3\n");
		for (int i = 0; i < n; i++)
			buf_adds(&b, HASH);
		buf_adds(&b, "\nx");
		tlog_proof_parse((struct span){ b.data, b.len }, &p, &fault);
		ck_assert_str_eq(tlog_reasons[fault.reason],
		    n == MERKLE_PROOF_MAX ? "ok" : "lines");
		buf_free(&b);
	}
}
END_TEST

/* ---- checked --------------------------------------------------------- */

static uint8_t leaf[LEAVES][MERKLE_HASH];

static enum err
read_leaves(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	struct merkle m;

	(void)arg;
	merkle_start(&m);
	for (uint64_t i = index << level; i < (index + 1) << level; i++)
		merkle_add(&m, leaf[i]);
	merkle_root(&m, out);
	return ERR_OK;
}

/* The proof of leaf 2 of five, as a file. */
static struct buf
make(const struct log_key *log)
{
	static const struct merkle_reader reader = { .read = read_leaves };
	struct merkle_point tree = { .size = LEAVES };
	struct tlog_proof p = { .index = 2 };
	struct buf checkpoint, out;

	for (int i = 0; i < LEAVES; i++)
		merkle_leaf(&i, sizeof(i), leaf[i]);
	merkle_root_of(&reader, LEAVES, tree.root);
	merkle_inclusion(&reader, 2, LEAVES, &p.path);
	checkpoint = log_checkpoint(&tree, log);
	p.checkpoint = (struct span){ checkpoint.data, checkpoint.len };
	buf_init(&out, TLOG_PROOF_MAX);
	tlog_proof_write(&out, &p);
	buf_free(&checkpoint);
	return out;
}

static const char *
judge(const char *bytes, size_t len, const struct log_key *log,
    const uint8_t hash[MERKLE_HASH])
{
	struct tlog_proof p;

	if (tlog_proof_parse((struct span){ bytes, len }, &p, &fault) == ERR_OK)
		tlog_proof_check(&p, &log->pub, hash, &fault);
	return tlog_reasons[fault.reason];
}

START_TEST(checked)
{
	struct log_key log = log_key("log.example", NOTE_ED25519, 1);
	struct log_key other = log_key("log.example", NOTE_ED25519, 2);
	struct buf b = make(&log);

	log_open("test", LOG_WARNING);
	ck_assert_str_eq(judge(b.data, b.len, &log, leaf[2]), "ok");
	ck_assert_str_eq(judge(b.data, b.len, &log, leaf[3]), "proof");
	ck_assert_str_eq(judge(b.data, b.len, &other, leaf[2]), "unsigned");
	for (size_t i = 0; i < 8 * b.len; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		ck_assert_str_ne(judge(b.data, b.len, &log, leaf[2]), "ok");
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	for (size_t len = 0; len < b.len; len++)
		ck_assert_str_ne(judge(b.data, len, &log, leaf[2]), "ok");
	buf_free(&b);
}
END_TEST

START_TEST(index_beyond_the_tree)
{
	struct log_key log = log_key("log.example", NOTE_ED25519, 1);
	struct buf b = make(&log);
	char *index = strstr(b.data, "index 2");

	log_open("test", LOG_WARNING);
	index[6] = '5';
	ck_assert_str_eq(judge(b.data, b.len, &log, leaf[2]), "index");
	index[6] = '4';
	ck_assert_str_eq(judge(b.data, b.len, &log, leaf[2]), "proof");
	buf_free(&b);
}
END_TEST

UNIT_MAIN("tlog_proof", UNIT_ROWS(by_the_row, rows), UNIT(path_has_a_limit),
    UNIT(checked), UNIT(index_beyond_the_tree))
