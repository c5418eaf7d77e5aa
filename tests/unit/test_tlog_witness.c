/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_witness.h"
#include "base/log.h"
#include "log_keys.h"

enum { LEAVES = 11, OLD = 6 };

#define HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

static struct tlog_fault fault;

/* ---- read ------------------------------------------------------------- */

static const struct {
	const char *text, *reason;
	int line;
	uint64_t old;
	size_t hashes;
} rows[] = {
	{ "old 0\n\nx", "ok", 0, 0, 0 },
	{ "old 7\n" HASH HASH "\nx\n\ny\n", "ok", 0, 7, 2 },
	{ "old 9223372036854775807\n\nx", "ok", 0, INT64_MAX, 0 },
	/* Whether it extends anything is another question. */
	{ "old 0\n" HASH "\nx", "ok", 0, 0, 1 },
	{ "", "size", 0, 0, 0 },
	{ "old 0", "lines", 1, 0, 0 },
	{ "old\n\nx", "format", 1, 0, 0 },
	{ "old0\n\nx", "format", 1, 0, 0 },
	{ "Old 0\n\nx", "format", 1, 0, 0 },
	{ " old 0\n\nx", "format", 1, 0, 0 },
	{ "\nold 0\n\nx", "format", 1, 0, 0 },
	{ HASH "\nx", "format", 1, 0, 0 },
	{ "old \n\nx", "number", 1, 0, 0 },
	{ "old  0\n\nx", "number", 1, 0, 0 },
	{ "old 00\n\nx", "number", 1, 0, 0 },
	{ "old 07\n\nx", "number", 1, 0, 0 },
	{ "old +7\n\nx", "number", 1, 0, 0 },
	{ "old -7\n\nx", "number", 1, 0, 0 },
	{ "old 7 \n\nx", "number", 1, 0, 0 },
	{ "old 7\r\n\r\nx", "number", 1, 0, 0 },
	{ "old 9223372036854775808\n\nx", "number", 1, 0, 0 },
	{ "old 7\n", "lines", 2, 0, 0 },
	{ "old 7\n\r\nx\n", "base64", 2, 0, 0 },
	{ "old 7\n47DE\n\nx", "base64", 2, 0, 0 },
	{ "old 7\n" HASH " \n\nx", "base64", 3, 0, 0 },
	{ "old 7\n" HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n\nx",
	    "base64", 3, 0, 0 },
	{ "old 7\n" HASH, "lines", 3, 0, 0 },
	{ "old 7\n\n", "lines", 3, 0, 0 },
	{ "old 7\n" HASH "\n", "lines", 4, 0, 0 },
};

START_TEST(by_the_row)
{
	static const struct tlog_witness_request zero;
	struct span text = span_of(rows[_i].text);
	struct tlog_witness_request r;
	enum err rc;

	log_open("test", LOG_WARNING);
	rc = tlog_witness_request_read(text.at, text.len, &r, &fault);
	ck_assert_str_eq(tlog_reasons[fault.reason], rows[_i].reason);
	ck_assert_int_eq(fault.line, rows[_i].line);
	ck_assert_int_eq(rc, fault.reason == TLOG_OK ? ERR_OK : ERR_INVALID);
	if (rc != ERR_OK) {
		ck_assert_mem_eq(&r, &zero, sizeof(zero));
		return;
	}
	ck_assert_uint_eq(r.old, rows[_i].old);
	ck_assert_uint_eq(r.proof.n, rows[_i].hashes);
	ck_assert_int_eq(*r.checkpoint.at, 'x');
	ck_assert_ptr_eq(
	    r.checkpoint.at + r.checkpoint.len, text.at + text.len);
}
END_TEST

/* So many hashes; what is behind them fills the body up to `len` bytes. */
static struct buf
long_request(size_t hashes, size_t len)
{
	struct buf b;

	buf_init(&b, 2 * (size_t)TLOG_WITNESS_BODY_MAX);
	buf_adds(&b, "old 3\n");
	for (size_t i = 0; i < hashes; i++)
		buf_adds(&b, HASH);
	buf_adds(&b, "\nx");
	while (b.len < len)
		buf_addc(&b, 'x');
	return b;
}

static const struct {
	size_t hashes, len;
	const char *reason;
	int line;
} limits[] = {
	{ 63, 0, "ok", 0 },
	{ 64, 0, "lines", 65 },
	{ 65, 0, "lines", 65 },
	{ 0, TLOG_WITNESS_BODY_MAX, "ok", 0 },
	{ 0, TLOG_WITNESS_BODY_MAX + 1, "size", 0 },
};

START_TEST(limits_hold)
{
	struct buf b = long_request(limits[_i].hashes, limits[_i].len);
	struct tlog_witness_request r;

	log_open("test", LOG_WARNING);
	tlog_witness_request_read(b.data, b.len, &r, &fault);
	ck_assert_str_eq(tlog_reasons[fault.reason], limits[_i].reason);
	ck_assert_int_eq(fault.line, limits[_i].line);
	buf_free(&b);
}
END_TEST

/* ---- written ---------------------------------------------------------- */

static enum err
read_leaves(void *arg, int level, uint64_t index, uint8_t out[MERKLE_HASH])
{
	uint8_t leaf[MERKLE_HASH];
	struct merkle m;

	(void)arg;
	merkle_start(&m);
	for (uint64_t i = index << level; i < (index + 1) << level; i++) {
		merkle_leaf(&i, sizeof(i), leaf);
		merkle_add(&m, leaf);
	}
	merkle_root(&m, out);
	return ERR_OK;
}

static const struct merkle_reader reader = { .read = read_leaves };

static struct merkle_point
tree_of(uint64_t size)
{
	struct merkle_point at = { .size = size };

	ck_assert_int_eq(merkle_root_of(&reader, size, at.root), ERR_OK);
	return at;
}

/* What one writes the other reads, and finds that the log has only grown. */
START_TEST(written_and_read)
{
	struct log_key log = log_key("log.example", NOTE_ED25519, 1);
	const struct merkle_point old = tree_of(OLD), now = tree_of(LEAVES);
	struct buf note = log_checkpoint(&now, &log), body;
	struct tlog_witness_request asked = { .old = OLD }, read;
	struct checkpoint c;
	struct note n;

	asked.checkpoint = (struct span){ note.data, note.len };
	ck_assert_int_eq(
	    merkle_consistency(&reader, OLD, LEAVES, &asked.proof), ERR_OK);
	ck_assert_uint_gt(asked.proof.n, 2);
	buf_init(&body, TLOG_WITNESS_BODY_MAX);
	ck_assert_int_eq(tlog_witness_request_write(&asked, &body), ERR_OK);
	ck_assert_int_eq(
	    tlog_witness_request_read(body.data, body.len, &read, &fault),
	    ERR_OK);
	ck_assert_uint_eq(read.old, OLD);
	ck_assert_int_eq(
	    checkpoint_open(read.checkpoint, &log.pub, &n, &c, &fault), ERR_OK);
	ck_assert(merkle_extends(&read.proof, &old, &c.tree));
	buf_free(&body);
	buf_free(&note);
}
END_TEST

/* The standard's own example, byte for byte. */
START_TEST(as_the_standard_has_it)
{
	static const char text[] =
	    "old 20852014\n"
	    "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
	    "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
	    "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
	    "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
	    "\n"
	    "example.com/behind-the-sofa\n"
	    "20852163\n"
	    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
	    "\n"
	    "\xe2\x80\x94 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1My"
	    "q/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8"
	    "=\n";
	struct tlog_witness_request r;
	struct buf again;

	ck_assert_int_eq(
	    tlog_witness_request_read(text, sizeof(text) - 1, &r, &fault),
	    ERR_OK);
	ck_assert_uint_eq(r.old, 20852014);
	ck_assert_uint_eq(r.proof.n, 4);
	buf_init(&again, TLOG_WITNESS_BODY_MAX);
	ck_assert_int_eq(tlog_witness_request_write(&r, &again), ERR_OK);
	ck_assert_str_eq(again.data, text);
	buf_free(&again);
}
END_TEST

static const struct {
	uint64_t old;
	size_t hashes, len;
	enum err rc;
} writes[] = {
	{ 0, 0, 1, ERR_OK },
	{ MERKLE_SIZE_MAX, 63, 1, ERR_OK },
	{ MERKLE_SIZE_MAX + 1, 0, 1, ERR_INVALID },
	{ 1, 64, 1, ERR_INVALID },
	{ 1, 0, 0, ERR_INVALID },
	{ 1, 0, TLOG_WITNESS_BODY_MAX - 7, ERR_OK },
	{ 1, 0, TLOG_WITNESS_BODY_MAX - 6, ERR_TOO_LARGE },
};

START_TEST(what_may_be_written)
{
	static char many[TLOG_WITNESS_BODY_MAX];
	struct tlog_witness_request r = { .old = writes[_i].old,
		.proof.n = writes[_i].hashes,
		.checkpoint = { many, writes[_i].len } };
	struct buf out;

	memset(many, 'x', sizeof(many));
	buf_init(&out, 2 * (size_t)TLOG_WITNESS_BODY_MAX);
	ck_assert_int_eq(tlog_witness_request_write(&r, &out), writes[_i].rc);
	if (writes[_i].rc == ERR_INVALID)
		ck_assert_uint_eq(out.len, 0);
	buf_free(&out);
}
END_TEST

START_TEST(buffer_has_a_limit)
{
	struct tlog_witness_request r = { .checkpoint = { "xyz", 3 } };
	struct buf out;

	buf_init(&out, 9);
	ck_assert_int_eq(tlog_witness_request_write(&r, &out), ERR_TOO_LARGE);
	buf_free(&out);
	buf_init(&out, 10);
	ck_assert_int_eq(tlog_witness_request_write(&r, &out), ERR_OK);
	ck_assert_str_eq(out.data, "old 0\n\nxyz");
	buf_free(&out);
}
END_TEST

UNIT_MAIN("tlog_witness", UNIT_ROWS(by_the_row, rows),
    UNIT_ROWS(limits_hold, limits), UNIT(written_and_read),
    UNIT(as_the_standard_has_it), UNIT_ROWS(what_may_be_written, writes),
    UNIT(buffer_has_a_limit))
