/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of what makes a record one of the log. */
#include <string.h>

#include "base/base64.h"
#include "base/jcs_read.h"
#include "crypt/cosignature.h"
#include "crypt/tlog_proof.h"
#include "crypt/tlog_verify_state.h"

static struct span
file_of(const struct verifier *v)
{
	return (struct span){ v->file.data, v->file.len };
}

/* ---- the checkpoint -------------------------------------------------- */

static void
check_witnesses(struct verifier *v, const struct note *note)
{
	const struct note_key *k = v->asked->witness;
	enum tlog_reason reason;

	for (size_t i = 0; i < v->asked->witness_count; i++, k++) {
		reason = cosignature_check(note, k, &v->report->cosigned_s[i]);
		if (reason == TLOG_OK)
			v->report->cosigned++;
		else if (reason != TLOG_UNSIGNED)
			tlog_wrong(
			    v, WRONG_WITNESS, NULL, tlog_reasons[reason], 0);
	}
}

void
tlog_check_checkpoint(struct verifier *v)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;

	if (checkpoint_open(file_of(v), v->asked->log, &note, &c, &fault) !=
	    ERR_OK) {
		tlog_wrong(v, WRONG_CHECKPOINT, NULL,
		    tlog_reasons[fault.reason], fault.line);
		return;
	}
	v->report->has_checkpoint = true;
	v->report->tree = c.tree;
	base64_encode(c.tree.root, MERKLE_HASH, v->report->root);
	buf_add(&v->checkpoint, v->file.data, v->file.len);
	merkle_trail_start(&v->trail, &c.tree);
	check_witnesses(v, &note);
}

/* ---- keys ------------------------------------------------------------ */

void
tlog_check_log_key(struct verifier *v)
{
	struct tlog_fault fault;
	struct note_key key;

	if (note_key_parse(v->file.data, v->file.len, &key, &fault) != ERR_OK ||
	    memcmp(&key, v->asked->log, sizeof(key)) != 0)
		tlog_wrong(v, WRONG_LOG_KEY, NULL, tlog_reasons[fault.reason],
		    fault.line);
}

void
tlog_check_bundle_key(struct verifier *v)
{
	const struct minisig_key *own = v->asked->bundle_key;
	struct minisig_fault fault;

	if (minisig_key_parse(
		v->file.data, v->file.len, &v->bundle_key, &fault) != ERR_OK) {
		tlog_wrong(v, WRONG_BUNDLE_KEY, NULL,
		    minisig_reasons[fault.reason], fault.line);
		return;
	}
	v->has_bundle_key = true;
	minisig_key_text(&v->bundle_key, v->report->bundle_key);
	if (own == NULL)
		return;
	if (memcmp(own, &v->bundle_key, sizeof(*own)) == 0)
		v->report->is_bundle_key_known = true;
	else
		tlog_wrong(v, WRONG_BUNDLE_KEY, NULL, NULL, 0);
}

void
tlog_check_witness_keys(struct verifier *v)
{
	struct span rest = file_of(v), line;
	struct tlog_fault fault;
	struct note_key key;
	int number = 0;

	while (rest.len > 0) {
		number++;
		if (!span_line(&rest, &line) ||
		    note_key_parse(line.at, line.len, &key, &fault) != ERR_OK ||
		    key.type != NOTE_COSIGNATURE) {
			tlog_wrong(v, WRONG_WITNESS_KEYS, NULL, NULL, number);
			return;
		}
		v->report->witnesses_listed++;
	}
}

/* ---- records --------------------------------------------------------- */

enum field {
	FIELD_FORMAT,
	FIELD_KIND,
	FIELD_OBJECT,
	FIELD_NUMBER,
	FIELD_KEY,
	FIELD__MAX
};

static const char *const paths[FIELD__MAX] = {
	[FIELD_FORMAT] = "format",
	[FIELD_KIND] = "kind",
	[FIELD_OBJECT] = "object",
	[FIELD_NUMBER] = "what.number",
	[FIELD_KEY] = "what.key",
};

struct record {
	struct verifier *v;
	struct span field[FIELD__MAX];
};

static void
take_value(void *arg, const struct jcs_value *value)
{
	struct record *r = arg;

	if (value->type != JCS_STRING)
		return;
	for (int i = 0; i < FIELD__MAX; i++)
		if (strcmp(paths[i], value->path) == 0)
			r->field[i] = value->text;
	if (value->text.len == DIGEST_TEXT - 1)
		tlog_refer(r->v, value->text);
}

static bool
read_record(struct verifier *v, struct record *r)
{
	*r = (struct record){ .v = v };
	return v->file.len > 0 && v->file.data[0] == '{' &&
	    jcs_read(file_of(v), take_value, r);
}

/* Older records tell the number alone. */
static void
compare_key(struct verifier *v, struct tlog_seen_key *k, struct span told)
{
	struct tlog_name n = { .part = PART_KEY };
	char text[MINISIG_KEY_TEXT], name[TAR_NAME];

	minisig_key_text(&k->key, text);
	k->is_told = span_is(told, text);
	if (k->is_told)
		return;
	memcpy(n.organisation, k->organisation, sizeof(n.organisation));
	memcpy(n.number, k->number, sizeof(n.number));
	tlog_name_write(&n, name);
	tlog_wrong(v, WRONG_KEY, name, NULL, 0);
}

static void
confirm_key(struct verifier *v, const struct record *r)
{
	struct tlog_seen_key *k;

	if (!span_is(r->field[FIELD_KIND], "signing-key.confirmed"))
		return;
	k = tlog_find_key(v, r->field[FIELD_OBJECT], r->field[FIELD_NUMBER]);
	if (k == NULL)
		return;
	k->is_confirmed = true;
	if (r->field[FIELD_KEY].at != NULL)
		compare_key(v, k, r->field[FIELD_KEY]);
}

void
tlog_check_record(struct verifier *v)
{
	struct tlog_seen_record *seen;
	struct record r;

	if (!read_record(v, &r))
		tlog_wrong(v, WRONG_RECORD_FORM, NULL, NULL, 0);
	else if (!span_is(r.field[FIELD_FORMAT], "entente-record/1"))
		tlog_wrong(v, WRONG_RECORD_KIND, NULL, NULL, 0);
	else
		confirm_key(v, &r);
	if (v->report->has_checkpoint && v->name.index >= v->report->tree.size)
		tlog_wrong(v, WRONG_RECORD_INDEX, NULL, NULL, 0);
	if ((seen = tlog_list_add(&v->records)) == NULL) {
		tlog_wrong(v, WRONG_TOO_MUCH, NULL, NULL, 0);
		return;
	}
	seen->index = v->name.index;
	memcpy(seen->digest, v->digest, DIGEST_BYTES);
	v->report->records++;
}

/* ---- proofs ---------------------------------------------------------- */

/* Both stand in the order of their index. */
void
tlog_check_unproved(struct verifier *v, uint64_t before)
{
	const struct tlog_seen_record *r;
	struct tlog_name n = { .part = PART_RECORD };
	char name[TAR_NAME];

	for (; v->proved < v->records.n; v->proved++) {
		r = tlog_list_at(&v->records, v->proved);
		if (r->index >= before)
			return;
		n.index = r->index;
		tlog_name_write(&n, name);
		tlog_wrong(v, WRONG_UNPROVED, name, NULL, 0);
	}
}

static const struct tlog_seen_record *
take_record(struct verifier *v)
{
	const struct tlog_seen_record *r;

	tlog_check_unproved(v, v->name.index);
	if (v->proved == v->records.n)
		return NULL;
	r = tlog_list_at(&v->records, v->proved);
	if (r->index != v->name.index)
		return NULL;
	v->proved++;
	return r;
}

void
tlog_check_proof(struct verifier *v)
{
	const struct tlog_seen_record *r = take_record(v);
	uint8_t leaf[MERKLE_HASH];
	struct tlog_fault fault;
	struct tlog_proof p;

	if (r == NULL)
		tlog_wrong(v, WRONG_PROOF_ALONE, NULL, NULL, 0);
	if (tlog_proof_parse(file_of(v), &p, &fault) != ERR_OK) {
		tlog_wrong(v, WRONG_PROOF_FORM, NULL,
		    tlog_reasons[fault.reason], fault.line);
		return;
	}
	if (p.index != v->name.index)
		tlog_wrong(v, WRONG_PROOF_FORM, NULL, NULL, 0);
	/* Without a checkpoint there is nothing to prove; that was told. */
	if (!v->report->has_checkpoint || r == NULL)
		return;
	if (p.checkpoint.len != v->checkpoint.len ||
	    memcmp(p.checkpoint.at, v->checkpoint.data, p.checkpoint.len) != 0)
		tlog_wrong(v, WRONG_PROOF_OTHER, NULL, NULL, 0);
	merkle_leaf(r->digest, DIGEST_BYTES, leaf);
	if (merkle_trail_includes(&v->trail, &p.path, r->index, leaf))
		v->report->proofs++;
	else
		tlog_wrong(v, WRONG_PROOF, NULL, NULL, 0);
}
