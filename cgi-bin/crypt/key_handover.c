/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/key_handover.h"

#include <inttypes.h>
#include <string.h>

#include "base/base64.h"

static const char format[] = "entente-key-handover/1";

bool
key_handover_ok(const struct note_key *old, const struct note_key *new)
{
	return strcmp(old->name, new->name) == 0 &&
	    memcmp(old->key, new->key, NOTE_KEY) != 0;
}

void
key_handover_text(struct buf *out, const struct note_key *old,
    const struct note_key *new, const struct merkle_point *last)
{
	char was[NOTE_KEY_TEXT], is[NOTE_KEY_TEXT];
	char root[BASE64_LEN(MERKLE_HASH) + 1];

	note_key_text(old, was);
	note_key_text(new, is);
	base64_encode(last->root, MERKLE_HASH, root);
	buf_addf(out, "%s\nold %s\nnew %s\nsize %" PRIu64 "\nroot %s\n", format,
	    was, is, last->size, root);
}

/* ---- reading --------------------------------------------------------- */

struct reader {
	struct span rest, value;
	int number;
	struct tlog_fault *fault;
};

static bool
take(struct reader *r, const char *word)
{
	r->number++;
	if (!span_line(&r->rest, &r->value))
		return tlog_fail(r->fault, TLOG_LINES, r->number);
	return span_skip(&r->value, word) ||
	    tlog_fail(r->fault, TLOG_FORMAT, r->number);
}

static bool
take_key(struct reader *r, const char *word, struct note_key *key)
{
	if (!take(r, word))
		return false;
	if (note_key_parse(r->value.at, r->value.len, key, r->fault) != ERR_OK)
		return tlog_fail(r->fault, r->fault->reason, r->number);
	return key->type == NOTE_ED25519 ||
	    tlog_fail(r->fault, TLOG_KEY_TYPE, r->number);
}

static bool
read_text(struct reader *r, struct key_handover *h)
{
	if (!take(r, format) || !take_key(r, "old ", &h->old) ||
	    !take_key(r, "new ", &h->new) || !take(r, "size "))
		return false;
	if (!span_to_uint(r->value, MERKLE_SIZE_MAX, &h->last.size))
		return tlog_fail(r->fault, TLOG_NUMBER, r->number);
	if (!take(r, "root "))
		return false;
	if (!base64_decode(
		r->value.at, r->value.len, h->last.root, MERKLE_HASH))
		return tlog_fail(r->fault, TLOG_BASE64, r->number);
	return r->rest.len == 0 ||
	    tlog_fail(r->fault, TLOG_LINES, r->number + 1);
}

/* It says what it must, to the byte, and both have signed it. */
static bool
check(const struct note *note, const struct key_handover *h,
    struct tlog_fault *fault)
{
	enum tlog_reason reason;
	struct buf same;
	bool is_same;

	buf_init(&same, NOTE_MAX);
	key_handover_text(&same, &h->old, &h->new, &h->last);
	is_same = same.len == note->text.len &&
	    memcmp(same.data, note->text.at, same.len) == 0;
	buf_free(&same);
	if (!is_same || !key_handover_ok(&h->old, &h->new))
		return tlog_fail(fault, TLOG_FORMAT, 0);
	if ((reason = note_check(note, &h->old)) != TLOG_OK)
		return tlog_fail(fault, reason, 0);
	return tlog_fail(fault, note_check(note, &h->new), 0);
}

enum err
key_handover_read(
    struct span bytes, struct key_handover *h, struct tlog_fault *fault)
{
	struct reader r = { .fault = fault };
	struct note note;

	memset(h, 0, sizeof(*h));
	if (note_parse(bytes.at, bytes.len, &note, fault) != ERR_OK)
		return ERR_INVALID;
	r.rest = note.text;
	if (!read_text(&r, h) || !check(&note, h, fault))
		memset(h, 0, sizeof(*h));
	return tlog_result(fault, "a hand-over");
}
