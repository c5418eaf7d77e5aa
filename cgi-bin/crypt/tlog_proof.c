/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_proof.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"

static const char first_line[] = "c2sp.org/tlog-proof@v1";

/* A text taken line by line; `number` is that of the present one. */
struct reader {
	struct span rest;
	struct span line;
	int number;
	struct tlog_fault *fault;
};

static bool
fail(struct reader *r, enum tlog_reason reason)
{
	return tlog_fail(r->fault, reason, r->number);
}

static bool
next_line(struct reader *r)
{
	r->number++;
	return span_line(&r->rest, &r->line) || fail(r, TLOG_LINES);
}

static bool
read_extra(struct reader *r, struct tlog_proof *p)
{
	uint8_t bytes[TLOG_PROOF_EXTRA_MAX];
	struct span text = r->line;
	size_t len;

	if (!span_skip(&text, "extra "))
		return true;
	if (text.len > TLOG_PROOF_EXTRA_MAX ||
	    !base64_decode_any(text.at, text.len, bytes, sizeof(bytes), &len))
		return fail(r, TLOG_BASE64);
	p->has_extra = true;
	p->extra = text;
	return next_line(r);
}

static bool
read_index(struct reader *r, struct tlog_proof *p)
{
	struct span number = r->line;

	if (!span_skip(&number, "index "))
		return fail(r, TLOG_FORMAT);
	return span_to_uint(number, MERKLE_SIZE_MAX - 1, &p->index) ||
	    fail(r, TLOG_NUMBER);
}

static bool
read_path(struct reader *r, struct merkle_proof *path)
{
	for (;;) {
		if (!next_line(r))
			return false;
		if (r->line.len == 0)
			return true;
		if (path->n == MERKLE_PROOF_MAX)
			return fail(r, TLOG_LINES);
		if (!base64_decode(r->line.at, r->line.len, path->hash[path->n],
			MERKLE_HASH))
			return fail(r, TLOG_BASE64);
		path->n++;
	}
}

static bool
read_proof(struct reader *r, struct tlog_proof *p)
{
	if (r->rest.len == 0 || r->rest.len > TLOG_PROOF_MAX)
		return fail(r, TLOG_SIZE);
	if (!next_line(r))
		return false;
	if (!span_is(r->line, first_line))
		return fail(r, TLOG_FORMAT);
	if (!next_line(r) || !read_extra(r, p) || !read_index(r, p) ||
	    !read_path(r, &p->path))
		return false;
	p->checkpoint = r->rest;
	r->number++;
	return r->rest.len > 0 || fail(r, TLOG_LINES);
}

enum err
tlog_proof_parse(
    struct span bytes, struct tlog_proof *p, struct tlog_fault *fault)
{
	struct reader r = { .rest = bytes, .fault = fault };

	memset(p, 0, sizeof(*p));
	tlog_fail(fault, TLOG_OK, 0);
	if (!read_proof(&r, p))
		memset(p, 0, sizeof(*p));
	return tlog_result(fault, "a proof");
}

enum err
tlog_proof_check(const struct tlog_proof *p, const struct note_key *key,
    const uint8_t leaf[MERKLE_HASH], struct tlog_fault *fault)
{
	struct checkpoint c;
	struct note note;

	if (checkpoint_open(p->checkpoint, key, &note, &c, fault) != ERR_OK)
		return ERR_INVALID;
	if (p->index >= c.tree.size)
		tlog_fail(fault, TLOG_INDEX, 0);
	else if (!merkle_includes(
		     &p->path, p->index, c.tree.size, leaf, c.tree.root))
		tlog_fail(fault, TLOG_PROOF, 0);
	return tlog_result(fault, "a proof");
}

void
tlog_proof_write(struct buf *out, const struct tlog_proof *p)
{
	char hash[BASE64_LEN(MERKLE_HASH) + 2];

	buf_addf(out, "%s\nindex %" PRIu64 "\n", first_line, p->index);
	for (size_t i = 0; i < p->path.n; i++) {
		base64_encode(p->path.hash[i], MERKLE_HASH, hash);
		memcpy(hash + BASE64_LEN(MERKLE_HASH), "\n", 2);
		buf_adds(out, hash);
	}
	buf_addc(out, '\n');
	buf_add(out, p->checkpoint.at, p->checkpoint.len);
}
