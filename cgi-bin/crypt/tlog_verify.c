/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "crypt/tlog_verify_state.h"

enum {
	KEYS_MAX = 16384,
	SIGNATURES_MAX = 64, /* of one version: it has fewer parties */
	REFERENCES_MAX = 4000000,
	SUMS_MAX = 256 * 1024 * 1024,
	WITNESS_KEYS_MAX = 64 * 1024,
	ARENA_BYTES = 2 * 1024 * 1024 /* for SIGNATURES_MAX of them */
};

/* ---- growing arrays -------------------------------------------------- */

void *
tlog_list_add(struct tlog_list *l)
{
	size_t cap = l->cap == 0 ? 64 : l->cap + l->cap / 2, bytes;
	uint8_t *data, *last;

	if (l->n == l->max)
		return NULL;
	if (l->n == l->cap) {
		if (__builtin_mul_overflow(cap, l->size, &bytes) ||
		    (data = realloc(l->data, bytes)) == NULL)
			return NULL;
		l->data = data;
		l->cap = cap;
	}
	last = l->data + l->n++ * l->size;
	return memset(last, 0, l->size);
}

void *
tlog_list_at(const struct tlog_list *l, size_t i)
{
	return l->data + i * l->size;
}

void
tlog_list_free(struct tlog_list *l)
{
	free(l->data);
	l->data = NULL;
	l->n = l->cap = 0;
}

/* ---- what is wrong --------------------------------------------------- */

static void
tell(struct verifier *v, const struct tlog_trouble *t)
{
	if (tlog_wrong_is_open(t->wrong))
		v->report->open_count++;
	else
		v->report->false_count++;
	if (v->asked->trouble != NULL)
		v->asked->trouble(v->asked->arg, t);
}

void
tlog_wrong(struct verifier *v, enum tlog_wrong wrong, const char *name,
    const char *detail, int line)
{
	tell(v,
	    &(struct tlog_trouble){ .wrong = wrong,
		.name = name != NULL ? name : v->tar.name,
		.detail = detail,
		.line = line });
}

/* ---- parts ----------------------------------------------------------- */

static const struct part {
	size_t kept; /* so many bytes of it are; 0: it is hashed alone */
	tlog_check *check;
	bool is_needed;
} parts[PART__MAX] = {
	[PART_README] = { 0, NULL, true },
	[PART_CHECKPOINT] = { NOTE_MAX, tlog_check_checkpoint, true },
	[PART_LOG_KEY] = { NOTE_KEY_TEXT, tlog_check_log_key, true },
	[PART_BUNDLE_KEY] = { MINISIG_KEY_FILE_MAX, tlog_check_bundle_key,
	    true },
	[PART_WITNESS_KEYS] = { WITNESS_KEYS_MAX, tlog_check_witness_keys,
	    true },
	[PART_KEY] = { MINISIG_KEY_FILE_MAX, tlog_check_key, false },
	[PART_RECORD] = { TLOG_RECORD_MAX, tlog_check_record, false },
	[PART_PROOF] = { NOTE_MAX + 8192, tlog_check_proof, false },
	[PART_AGREEMENT] = { TLOG_AGREEMENT_MAX, tlog_check_agreement, false },
	[PART_CONTENT] = { 0, tlog_check_content, false },
	[PART_SUMS] = { 0, NULL, true },
	[PART_SUMS_SIGNATURE] = { MINISIG_FILE_MAX, tlog_check_sums_signature,
	    true },
};

/* ---- SHA256SUMS ------------------------------------------------------ */

/* The line that the list must have for the present file. */
static void
expect_sum(struct verifier *v)
{
	char line[DIGEST_TEXT];

	digest_hex(v->digest, line);
	buf_add(&v->sums, line, DIGEST_TEXT - 1);
	buf_add(&v->sums, "  ", 2);
	buf_adds(&v->sums, v->tar.name);
	buf_addc(&v->sums, '\n');
}

/* The name in the line at that place, as it should be. */
static void
wrong_line(struct verifier *v, size_t at)
{
	char name[TAR_NAME] = "";
	struct span rest = { v->sums.data, v->sums.len }, line = { NULL, 0 };
	int number = 0;

	do
		number++;
	while (
	    span_line(&rest, &line) && (size_t)(rest.at - v->sums.data) <= at);
	if (line.len > DIGEST_TEXT)
		span_text((struct span){ line.at + DIGEST_TEXT + 1,
			      line.len - DIGEST_TEXT - 1 },
		    name, sizeof(name));
	tlog_wrong(v, WRONG_SUMS, name[0] != '\0' ? name : NULL, NULL, number);
}

/* The next bytes of the list, beside what they must be. */
static void
compare_sums(struct verifier *v, const uint8_t *bytes, size_t len)
{
	size_t left = v->sums.len - v->sums_at, same = 0;
	const char *expected = v->sums.data + v->sums_at;

	minisig_hash_feed(&v->sums_hash, bytes, len);
	if (!v->is_sums_good)
		return;
	if (len <= left && memcmp(bytes, expected, len) == 0) {
		v->sums_at += len;
		return;
	}
	v->is_sums_good = false;
	while (same < left && same < len && (char)bytes[same] == expected[same])
		same++;
	wrong_line(v, v->sums_at + same);
}

static void
finish_sums(struct verifier *v)
{
	if (v->is_sums_good && v->sums_at < v->sums.len) {
		v->is_sums_good = false;
		wrong_line(v, v->sums_at);
	}
}

/* ---- files ----------------------------------------------------------- */

/* All bytes of the present file; false: the archive breaks off. */
static bool
read_file(struct verifier *v, size_t kept, bool is_sums)
{
	const uint8_t *bytes;
	struct digest digest;
	size_t len;

	buf_reset(&v->file);
	v->file.max = kept;
	v->is_kept = true;
	digest_start(&digest);
	for (;;) {
		if (!tar_data(&v->tar, &bytes, &len))
			return false;
		if (len == 0)
			break;
		digest_feed(&digest, bytes, len);
		if (is_sums)
			compare_sums(v, bytes, len);
		else if (kept > 0)
			buf_add(&v->file, bytes, len);
	}
	v->is_kept = !v->file.overflow;
	digest_finish(&digest, v->digest);
	return true;
}

static bool
check_file(struct verifier *v)
{
	bool is_known = tlog_name_read(v->tar.name, &v->name);
	const struct part *p = &parts[is_known ? v->name.part : PART_README];
	bool is_sums = is_known && v->name.part == PART_SUMS;

	if (is_known)
		v->has_part[v->name.part] = true;
	else
		tlog_wrong(v, WRONG_NAME, NULL, NULL, 0);
	/* It stands behind the list, which cannot have it. */
	v->report->is_sums_signed &= is_known;
	if (!read_file(v, p->kept, is_sums))
		return false;
	v->report->files++;
	if (!is_known || v->name.part < PART_SUMS)
		expect_sum(v);
	if (is_sums)
		finish_sums(v);
	if (!v->is_kept)
		tlog_wrong(v, WRONG_SIZE, NULL, NULL, 0);
	else if (is_known && p->check != NULL)
		p->check(v);
	return !v->sums.overflow;
}

static void
check_missing(struct verifier *v)
{
	struct tlog_name n = { 0 };
	char name[TAR_NAME];

	for (int i = 0; i < PART__MAX; i++) {
		if (!parts[i].is_needed || v->has_part[i])
			continue;
		n.part = (enum tlog_part)i;
		tlog_name_write(&n, name);
		tlog_wrong(v, WRONG_MISSING, name, NULL, 0);
	}
}

/* How the archive ended: what broke, or what was still to come. */
static void
check_end(struct verifier *v)
{
	struct tlog_trouble t = { .wrong = WRONG_ARCHIVE,
		.name = v->tar.name,
		.detail = tar_reasons[v->tar.reason],
		.at = v->tar.fault_at };

	if (v->tar.reason == TAR_READ)
		t.wrong = WRONG_UNREADABLE;
	if (v->tar.reason == TAR_LARGE || v->sums.overflow)
		t.wrong = WRONG_TOO_MUCH;
	if (v->tar.reason != TAR_OK || v->sums.overflow) {
		tell(v, &t);
		return;
	}
	check_missing(v);
	tlog_check_unproved(v, UINT64_MAX);
	tlog_check_unsigned(v);
	if (v->report->has_checkpoint && v->report->cosigned < v->asked->policy)
		tlog_wrong(v, WRONG_POLICY, "checkpoint", NULL, 0);
	tlog_count_references(v);
}

/* ---- beginning and end ----------------------------------------------- */

static struct verifier *
verifier_new(const struct tlog_verify *asked, struct tlog_report *report)
{
	/* libsodium's state in it wants more than malloc's alignment. */
	struct verifier *v =
	    aligned_alloc(_Alignof(struct verifier), sizeof(*v));

	if (v == NULL)
		return NULL;
	memset(v, 0, sizeof(*v));
	v->asked = asked;
	v->report = report;
	v->records =
	    (struct tlog_list){ .size = sizeof(struct tlog_seen_record),
		    .max = TLOG_FILES_MAX };
	v->references =
	    (struct tlog_list){ .size = DIGEST_BYTES, .max = REFERENCES_MAX };
	v->keys = (struct tlog_list){ .size = sizeof(struct tlog_seen_key),
		.max = KEYS_MAX };
	v->signatures =
	    (struct tlog_list){ .size = sizeof(struct tlog_seen_signature),
		    .max = SIGNATURES_MAX };
	v->arena = arena_new(ARENA_BYTES);
	v->is_sums_good = true;
	buf_init(&v->file, 0);
	buf_init(&v->checkpoint, NOTE_MAX);
	buf_init(&v->sums, SUMS_MAX);
	buf_adds(&v->sums, ""); /* its data is never NULL */
	minisig_hash_start(&v->sums_hash);
	return v;
}

static void
verifier_free(struct verifier *v)
{
	tlog_list_free(&v->records);
	tlog_list_free(&v->references);
	tlog_list_free(&v->keys);
	tlog_list_free(&v->signatures);
	arena_free(v->arena);
	buf_free(&v->file);
	buf_free(&v->checkpoint);
	buf_free(&v->sums);
	free(v);
}

enum err
tlog_verify(const struct tlog_verify *asked, const struct tar_source *source,
    struct tlog_report *report)
{
	const struct tar_limits limits = { TLOG_FILES_MAX, UINT64_MAX,
		TAR_SIZE_MAX, tlog_name_order };
	struct verifier *v;

	memset(report, 0, sizeof(*report));
	if ((v = verifier_new(asked, report)) == NULL)
		return ERR_MEMORY;
	tar_start(&v->tar, source, &limits);
	while (tar_next(&v->tar))
		if (!check_file(v))
			break;
	check_end(v);
	verifier_free(v);
	if (report->false_count > 0)
		return ERR_INVALID;
	return report->open_count > 0 ? ERR_STATE : ERR_OK;
}
