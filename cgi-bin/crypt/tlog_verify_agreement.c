/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of what records refer to, and of organisations' signatures. */
#include <stdlib.h>
#include <string.h>

#include "base/jcs_read.h"
#include "crypt/tlog_verify_state.h"

/* Of one version, that may have signed it: more than any has. */
enum { PARTIES_MAX = 256 };

/* ---- what records name ----------------------------------------------- */

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void
tlog_refer(struct verifier *v, struct span hex)
{
	uint8_t digest[DIGEST_BYTES], *kept;

	for (size_t i = 0; i < DIGEST_BYTES; i++) {
		int high = nibble(hex.at[2 * i]);
		int low = nibble(hex.at[2 * i + 1]);

		if (high < 0 || low < 0)
			return;
		digest[i] = (uint8_t)(high << 4 | low);
	}
	if ((kept = tlog_list_add(&v->references)) != NULL)
		memcpy(kept, digest, DIGEST_BYTES);
	else
		tlog_wrong(v, WRONG_TOO_MUCH, NULL, NULL, 0);
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, DIGEST_BYTES);
}

/* All records come before what they refer to. */
static void
sort(struct verifier *v)
{
	struct tlog_list *l = &v->references;
	size_t n = 0;

	if (v->is_sorted)
		return;
	v->is_sorted = true;
	if (l->n == 0)
		return;
	qsort(l->data, l->n, DIGEST_BYTES, compare);
	for (size_t i = 1; i < l->n; i++)
		if (compare(tlog_list_at(l, n), tlog_list_at(l, i)) != 0)
			memmove(tlog_list_at(l, ++n), tlog_list_at(l, i),
			    DIGEST_BYTES);
	l->n = n + 1;
}

bool
tlog_is_referred(struct verifier *v, const uint8_t digest[DIGEST_BYTES])
{
	sort(v);
	return v->references.n > 0 &&
	    bsearch(digest, v->references.data, v->references.n, DIGEST_BYTES,
		compare) != NULL;
}

void
tlog_count_references(struct verifier *v)
{
	const struct tlog_seen_key *k;

	sort(v);
	v->report->referred = v->references.n;
	v->report->included = v->report->agreements + v->report->contents;
	v->report->keys = v->keys.n;
	for (size_t i = 0; i < v->keys.n; i++) {
		k = tlog_list_at(&v->keys, i);
		v->report->keys_confirmed += k->is_confirmed;
		v->report->keys_told += k->is_told;
	}
}

/* ---- keys of organisations ------------------------------------------- */

struct tlog_seen_key *
tlog_find_key(struct verifier *v, struct span organisation, struct span number)
{
	struct tlog_seen_key *k;

	for (size_t i = 0; i < v->keys.n; i++) {
		k = tlog_list_at(&v->keys, i);
		if (span_is(number, k->number) &&
		    span_is(organisation, k->organisation))
			return k;
	}
	return NULL;
}

void
tlog_check_key(struct verifier *v)
{
	char number[MINISIG_NUMBER_TEXT];
	struct minisig_fault fault;
	struct tlog_seen_key *k;
	struct minisig_key key;

	if (minisig_key_parse(v->file.data, v->file.len, &key, &fault) !=
	    ERR_OK) {
		tlog_wrong(v, WRONG_KEY, NULL, minisig_reasons[fault.reason],
		    fault.line);
		return;
	}
	minisig_number_text(key.number, number);
	if (strcmp(number, v->name.number) != 0) {
		tlog_wrong(v, WRONG_KEY, NULL, NULL, 0);
		return;
	}
	if ((k = tlog_list_add(&v->keys)) == NULL) {
		tlog_wrong(v, WRONG_TOO_MUCH, NULL, NULL, 0);
		return;
	}
	memcpy(k->organisation, v->name.organisation, sizeof(k->organisation));
	memcpy(k->number, number, sizeof(k->number));
	k->key = key;
}

/* ---- agreements ------------------------------------------------------ */

static bool
is_same_version(const struct tlog_name *a, const struct tlog_name *b)
{
	return a->version == b->version && strcmp(a->ref, b->ref) == 0;
}

static void
forget_signatures(struct verifier *v)
{
	v->signatures.n = 0;
	arena_reset(v->arena);
}

void
tlog_check_unsigned(struct verifier *v)
{
	const struct tlog_seen_signature *s;

	for (size_t i = 0; i < v->signatures.n; i++) {
		s = tlog_list_at(&v->signatures, i);
		if (s->minisig != NULL)
			tlog_wrong(v, WRONG_SIGNED, s->name, NULL, 0);
	}
	forget_signatures(v);
}

/*
 * What is none takes its place, too: the arena has room for as many as the
 * list, whatever is in them.
 */
static void
keep_signature(struct verifier *v)
{
	struct tlog_seen_signature *s = tlog_list_add(&v->signatures);
	struct minisig_fault fault;

	if (s == NULL) {
		tlog_wrong(v, WRONG_TOO_MUCH, NULL, NULL, 0);
		return;
	}
	memcpy(s->name, v->tar.name, sizeof(s->name));
	s->of = v->name;
	if (minisig_parse(v->arena, v->file.data, v->file.len, &s->minisig,
		&fault) != ERR_OK)
		tlog_wrong(v, WRONG_SIGNATURE, NULL,
		    minisig_reasons[fault.reason], fault.line);
}

/* What the canonical bytes say of themselves. */
struct terms {
	struct verifier *v;
	struct span ref, number;
	size_t parties;
};

static void
mark_party(struct verifier *v, struct span organisation)
{
	struct tlog_seen_signature *s;

	for (size_t i = 0; i < v->signatures.n; i++) {
		s = tlog_list_at(&v->signatures, i);
		s->is_party |= span_is(organisation, s->of.organisation);
	}
}

static void
take_value(void *arg, const struct jcs_value *value)
{
	struct terms *t = arg;

	if (strcmp(value->path, "ref") == 0 && value->type == JCS_STRING)
		t->ref = value->text;
	else if (strcmp(value->path, "number") == 0 &&
	    value->type == JCS_NUMBER)
		t->number = value->text;
	else if (strcmp(value->path, "parties[].ref") == 0 &&
	    value->type == JCS_STRING && t->parties++ < PARTIES_MAX)
		mark_party(t->v, value->text);
}

/* Once for all of its signatures: they may be many, and it large. */
static bool
read_terms(struct verifier *v)
{
	const struct span bytes = { v->file.data, v->file.len };
	struct terms t = { .v = v };
	uint64_t number;

	return jcs_read(bytes, take_value, &t) && span_is(t.ref, v->name.ref) &&
	    span_to_uint(t.number, INT32_MAX, &number) &&
	    number == (uint64_t)v->name.version;
}

static bool
is_signed_by(const struct verifier *v, const struct minisig *m,
    const struct minisig_key *key, struct minisig_fault *fault)
{
	if (m->is_prehashed)
		return minisig_verify_prehash(m, key, v->prehash, fault) ==
		    ERR_OK;
	return minisig_verify(m, key, v->file.data, v->file.len, fault) ==
	    ERR_OK;
}

static void
check_signature(struct verifier *v, const struct tlog_seen_signature *s)
{
	char number[MINISIG_NUMBER_TEXT];
	struct minisig_fault fault;
	struct tlog_seen_key *k;

	if (s->minisig == NULL)
		return;
	minisig_number_text(s->minisig->number, number);
	k = tlog_find_key(v, span_of(s->of.organisation), span_of(number));
	if (k == NULL)
		tlog_wrong(v, WRONG_SIGNER_KEY, s->name, NULL, 0);
	else if (!is_signed_by(v, s->minisig, &k->key, &fault))
		tlog_wrong(v, WRONG_SIGNATURE, s->name,
		    minisig_reasons[fault.reason], fault.line);
	else if (!s->is_party)
		tlog_wrong(v, WRONG_SIGNER, s->name, NULL, 0);
	else
		v->report->signatures++;
}

static void
check_signatures(struct verifier *v)
{
	struct minisig_hash hash;

	minisig_hash_start(&hash);
	minisig_hash_feed(&hash, v->file.data, v->file.len);
	minisig_hash_finish(&hash, v->prehash);
	for (size_t i = 0; i < v->signatures.n; i++)
		check_signature(v, tlog_list_at(&v->signatures, i));
	forget_signatures(v);
}

/* Its signatures stand before it: '-' is before '.'. */
void
tlog_check_agreement(struct verifier *v)
{
	const struct tlog_seen_signature *s;

	if (v->signatures.n > 0) {
		s = tlog_list_at(&v->signatures, 0);
		if (!is_same_version(&s->of, &v->name))
			tlog_check_unsigned(v);
	}
	if (v->name.is_signature) {
		keep_signature(v);
		return;
	}
	if (!read_terms(v))
		tlog_wrong(v, WRONG_AGREEMENT, NULL, NULL, 0);
	else if (!tlog_is_referred(v, v->digest))
		tlog_wrong(v, WRONG_UNKNOWN, NULL, NULL, 0);
	else
		v->report->agreements++;
	check_signatures(v);
}

/* ---- contents -------------------------------------------------------- */

void
tlog_check_content(struct verifier *v)
{
	char hex[DIGEST_TEXT];

	digest_hex(v->digest, hex);
	if (strcmp(hex, v->name.sha256) != 0)
		tlog_wrong(v, WRONG_CONTENT, NULL, NULL, 0);
	else if (!tlog_is_referred(v, v->digest))
		tlog_wrong(v, WRONG_UNKNOWN, NULL, NULL, 0);
	else
		v->report->contents++;
}

/* ---- the whole ------------------------------------------------------- */

/* What nobody signs, the form of the file, must be what it always is. */
static bool
is_as_written(const struct verifier *v, struct minisig *m)
{
	struct buf again;
	bool is_so;

	m->comment = TLOG_BUNDLE_COMMENT;
	buf_init(&again, MINISIG_FILE_MAX);
	minisig_write(&again, m);
	is_so = again.len == v->file.len &&
	    memcmp(again.data, v->file.data, again.len) == 0;
	buf_free(&again);
	return is_so;
}

static enum minisig_reason
check_sums_signature(struct verifier *v, struct minisig_fault *fault)
{
	uint8_t prehash[MINISIG_PREHASH];
	struct minisig *m;

	if (minisig_parse(v->arena, v->file.data, v->file.len, &m, fault) !=
	    ERR_OK)
		return fault->reason;
	if (!is_as_written(v, m))
		return MINISIG_PREFIX;
	/* Without the key nothing can be said; that was told. */
	if (!v->has_bundle_key)
		return MINISIG_OK;
	minisig_hash_finish(&v->sums_hash, prehash);
	minisig_verify_prehash(m, &v->bundle_key, prehash, fault);
	/* The list that is signed may be another than that of these files. */
	v->report->is_sums_signed = fault->reason == MINISIG_OK &&
	    v->has_part[PART_SUMS] && v->is_sums_good;
	return fault->reason;
}

void
tlog_check_sums_signature(struct verifier *v)
{
	struct minisig_fault fault = { MINISIG_OK, 0 };
	enum minisig_reason reason;

	tlog_check_unsigned(v);
	reason = check_sums_signature(v, &fault);
	if (reason != MINISIG_OK)
		tlog_wrong(v, WRONG_SUMS_SIGNATURE, NULL,
		    minisig_reasons[reason], fault.line);
}
