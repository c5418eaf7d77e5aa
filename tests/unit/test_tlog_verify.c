/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles: made, checked by us and by stock tools, and changed in every way.
 * tlog_bundle.c, tlog_name.c, tlog_verify*.c.
 */
#include <errno.h>

#include "base/log.h"
#include "crypt/tlog_verify.h"
#include "log_bundle.h"
#include "program.h"

enum { SIZE = 11, FLIP_STEP = 97 };

static struct log_bundle world;

struct bytes {
	const char *at;
	size_t len;
};

static ssize_t
read_bytes(void *arg, void *out, size_t len)
{
	struct bytes *b = arg;

	if (len > b->len)
		len = b->len;
	memcpy(out, b->at, len);
	b->at += len;
	b->len -= len;
	return (ssize_t)len;
}

/* What was told: "wrong:name " for each. */
static struct buf said;

static void
take_trouble(void *arg, const struct tlog_trouble *t)
{
	(void)arg;
	ck_assert_ptr_nonnull(tlog_wrong_text(t->wrong));
	buf_addf(&said, "%s:%s ", tlog_wrongs[t->wrong], t->name);
}

static enum err
check(const char *bytes, size_t len, struct tlog_report *r)
{
	const struct tlog_verify asked = { .log = &world.log,
		.witness = &world.witness,
		.witness_count = 1,
		.policy = world.is_witnessed,
		.bundle_key = &world.signer.pub,
		.trouble = take_trouble };
	struct bytes b = { bytes, len };
	struct tar_source source = { read_bytes, &b };

	buf_free(&said);
	buf_init(&said, 1 << 20);
	buf_adds(&said, "");
	return tlog_verify(&asked, &source, r);
}

static void
start(void)
{
	log_open("test", LOG_ERROR);
	log_bundle_start(&world, SIZE, 1, true);
	log_bundle_make(&world);
}

/* ---- true ------------------------------------------------------------ */

START_TEST(all_is_true)
{
	struct tlog_report r;

	start();
	ck_assert_msg(check(world.out.data, world.out.len, &r) == ERR_OK, "%s",
	    said.data);
	ck_assert_str_eq(said.data, "");
	ck_assert(r.has_checkpoint && r.is_sums_signed);
	ck_assert(r.is_bundle_key_known);
	ck_assert_uint_eq(r.tree.size, SIZE);
	ck_assert_uint_eq(r.records, SIZE);
	ck_assert_uint_eq(r.proofs, SIZE);
	ck_assert_uint_eq(r.agreements, 1);
	ck_assert_uint_eq(r.signatures, 2);
	ck_assert_uint_eq(r.contents, 1);
	ck_assert_uint_eq(r.keys, 2);
	ck_assert_uint_eq(r.keys_confirmed, 1);
	ck_assert_uint_eq(r.keys_told, 1);
	ck_assert_uint_eq(r.referred, 2);
	ck_assert_uint_eq(r.included, 2);
	ck_assert_uint_eq(r.cosigned, 1);
	ck_assert_int_eq(r.cosigned_s[0], BUNDLE_COSIGNED_S);
	ck_assert_uint_eq(r.files, 5 + 2 + 2 * SIZE + 4 + 2);
	log_bundle_free(&world);
}
END_TEST

START_TEST(same_records_same_bytes)
{
	struct log_bundle again;

	start();
	log_bundle_start(&again, SIZE, 1, true);
	log_bundle_make(&again);
	ck_assert_uint_eq(again.out.len, world.out.len);
	ck_assert_mem_eq(again.out.data, world.out.data, again.out.len);
	log_bundle_free(&again);
	log_bundle_free(&world);
}
END_TEST

static const struct {
	uint64_t size, step;
} shapes[] = { { 3, 1 }, { 4, 2 }, { 64, 7 }, { 257, 1 }, { 1000, 13 } };

START_TEST(other_shapes)
{
	struct tlog_report r;
	enum err rc;

	log_open("test", LOG_ERROR);
	log_bundle_start(&world, shapes[_i].size, shapes[_i].step, false);
	log_bundle_make(&world);
	rc = check(world.out.data, world.out.len, &r);
	if (shapes[_i].step == 1) {
		ck_assert_msg(rc == ERR_OK, "%s", said.data);
	} else {
		/* The records of agreement and content may not be there. */
		ck_assert_int_eq(r.proofs, r.records);
		ck_assert_ptr_null(strstr(said.data, "proof"));
	}
	ck_assert_uint_eq(r.cosigned, 0);
	log_bundle_free(&world);
}
END_TEST

/* ---- changed --------------------------------------------------------- */

/* The file that holds a byte of the archive, by its headers. */
static const char *
file_at(size_t offset)
{
	static char name[TAR_NAME];
	uint64_t size;

	for (size_t at = 0; at + 1024 < world.out.len;) {
		const char *header = world.out.data + at;

		snprintf(name, sizeof(name), "%s", header);
		size = strtoull(header + 124, NULL, 8);
		at += 512 + (size + 511) / 512 * 512;
		if (offset < at)
			break;
	}
	return name;
}

/* A flipped bit is found, and the file it is in (or behind) is named. */
static void
flip(size_t at, int bit)
{
	struct tlog_report r;
	const char *name;

	world.out.data[at] ^= (char)(1 << bit);
	ck_assert_msg(check(world.out.data, world.out.len, &r) == ERR_INVALID,
	    "byte %zu, bit %d, of %s", at, bit, file_at(at));
	world.out.data[at] ^= (char)(1 << bit);
	name = file_at(at);
	ck_assert_msg(strstr(said.data, name) != NULL ||
		strstr(said.data, "archive:") != NULL ||
		strcmp(name, "SHA256SUMS") == 0,
	    "byte %zu of %s: %s", at, name, said.data);
}

START_TEST(every_97th_byte)
{
	start();
	for (size_t at = (size_t)_i; at < world.out.len; at += FLIP_STEP)
		flip(at, (int)(at % 8));
	log_bundle_free(&world);
}
END_TEST

/* In each file: first byte, one within, last; and its header and padding. */
START_TEST(every_class_of_bytes)
{
	size_t at = 0;

	start();
	while (at + 1024 < world.out.len) {
		size_t size = strtoull(world.out.data + at + 124, NULL, 8);
		size_t end = at + 512 + size;

		for (int i = 0; i < 512; i += 37)
			flip(at + (size_t)i, i % 8);
		for (size_t i = at + 512; i < end; i += 1 + size / 9)
			flip(i, (int)(i % 8));
		if (size > 0)
			flip(end - 1, 0);
		if (size % 512 != 0)
			flip(end, 3);
		at += 512 + (size + 511) / 512 * 512;
	}
	flip(at, 0);
	flip(world.out.len - 1, 7);
	log_bundle_free(&world);
}
END_TEST

START_TEST(every_cut)
{
	struct tlog_report r;

	start();
	for (size_t len = 0; len < world.out.len; len += 61) {
		ck_assert_int_eq(check(world.out.data, len, &r), ERR_INVALID);
		ck_assert_ptr_nonnull(strstr(said.data, "archive:"));
	}
	log_bundle_free(&world);
}
END_TEST

/* ---- made wrong ------------------------------------------------------ */

/* By the SHA-256 of "hello". */
static const char hello[] =
    "contents/"
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

/*
 * A bundle whose files are as the rows say; all else is right, and it is
 * signed again: who makes it has the bundle's key, but not the others'.
 */
struct change {
	const char *name;      /* of this file … */
	const char *from, *to; /* … the first such text becomes that */
	const char *extra, *extra_text; /* a file before it, or NULL */
	bool is_dropped;
	const char *wrong;
};

static const struct change changes[] = {
	{ "records/000000000006.json", "p-00005", "p-00006", NULL, NULL, false,
	    "proof:proofs/000000000006.tlog-proof " },
	{ "records/000000000006.json", "\"at\"", "\"aa\"", NULL, NULL, false,
	    "record_form:records/000000000006.json "
	    "proof:proofs/000000000006.tlog-proof " },
	{ "records/000000000006.json", "record/1", "record/2", NULL, NULL,
	    false,
	    "record_kind:records/000000000006.json "
	    "proof:proofs/000000000006.tlog-proof " },
	{ "records/000000000006.json", NULL, NULL, NULL, NULL, true,
	    "proof_alone:proofs/000000000006.tlog-proof " },
	{ "proofs/000000000006.tlog-proof", NULL, NULL, NULL, NULL, true,
	    "unproved:records/000000000006.json " },
	{ "proofs/000000000011.tlog-proof", NULL, NULL, NULL, NULL, true,
	    "unproved:records/000000000011.json " },
	{ "proofs/000000000006.tlog-proof", "index 5", "index 4", NULL, NULL,
	    false, "proof_form:proofs/000000000006.tlog-proof " },
	{ "proofs/000000000006.tlog-proof", "tlog-proof@v1", "tlog-proof@v9",
	    NULL, NULL, false, "proof_form:proofs/000000000006.tlog-proof " },
	{ "proofs/000000000006.tlog-proof", "\n11\n", "\n12\n", NULL, NULL,
	    false, "proof_other:proofs/000000000006.tlog-proof " },
	{ "proofs/000000000001.tlog-proof", NULL, NULL,
	    "records/000000000012.json", "{}", false,
	    "record_kind:records/000000000012.json "
	    "record_index:records/000000000012.json "
	    "unproved:records/000000000012.json " },
	{ "checkpoint", "\n11\n", "\n12\n", NULL, NULL, false,
	    "checkpoint:checkpoint " },
	{ "checkpoint", NULL, NULL, NULL, NULL, true, "missing:checkpoint " },
	{ "README.txt", NULL, NULL, NULL, NULL, true, "missing:README.txt " },
	{ "README.txt", "RECORDS", "records", NULL, NULL, false, "" },
	{ "log-key.txt", "portal", "Portal", NULL, NULL, false,
	    "log_key:log-key.txt " },
	{ "witness-keys.txt", "witness", "Witness", NULL, NULL, false,
	    "witness_keys:witness-keys.txt " },
	{ "bundle-key.pub", "RW", "RX", NULL, NULL, false,
	    "bundle_key:bundle-key.pub " },
	{ "keys/n-csirt-0505050505050505.pub", NULL, NULL, NULL, NULL, true,
	    "signer_key:agreements/AGR-2026-0001/1-n-csirt.minisig " },
	{ "keys/n-csirt-0505050505050505.pub", "RW", "RX", NULL, NULL, false,
	    "key:keys/n-csirt-0505050505050505.pub "
	    "signer_key:agreements/AGR-2026-0001/1-n-csirt.minisig " },
	{ "agreements/AGR-2026-0001/1.canonical", "help", "harm", NULL, NULL,
	    false,
	    "unknown:agreements/AGR-2026-0001/1.canonical "
	    "signature:agreements/AGR-2026-0001/1-grid-north.minisig "
	    "signature:agreements/AGR-2026-0001/1-n-csirt.minisig " },
	{ "agreements/AGR-2026-0001/1.canonical", NULL, NULL, NULL, NULL, true,
	    "signed:agreements/AGR-2026-0001/1-grid-north.minisig "
	    "signed:agreements/AGR-2026-0001/1-n-csirt.minisig " },
	{ "agreements/AGR-2026-0001/1.canonical", NULL, NULL,
	    "agreements/AGR-2026-0001/1-zzz.minisig", "x", false,
	    "signature:agreements/AGR-2026-0001/1-zzz.minisig " },
	{ "agreements/AGR-2026-0001/1-n-csirt.minisig", "trusted comment: t",
	    "trusted comment: T", NULL, NULL, false,
	    "signature:agreements/AGR-2026-0001/1-n-csirt.minisig " },
	{ "agreements/AGR-2026-0001/1-grid-north.minisig", NULL, NULL,
	    "agreements/AGR-2025-0001/1.canonical", "{}", false,
	    "agreement:agreements/AGR-2025-0001/1.canonical " },
	{ "contents/", NULL, NULL, hello, "hello", false,
	    "unknown:contents/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e"
	    "73043362938b9824 " },
	{ "contents/", NULL, NULL, hello, "hullo", false,
	    "content:contents/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e"
	    "73043362938b9824 " },
};

/* Copies the file at `at` of the world's bundle, changed, to the new one. */
static void
copy_file(struct tlog_bundle *t, size_t at, const struct change *c)
{
	char name[TAR_NAME], text[16384];
	size_t size = strtoull(world.out.data + at + 124, NULL, 8), before;
	char *found;

	snprintf(name, sizeof(name), "%s", world.out.data + at);
	if (strncmp(name, c->name, strlen(c->name)) == 0 && c->extra != NULL)
		bundle_add_text(t, c->extra, c->extra_text);
	if (strncmp(name, "SHA256SUMS", 10) == 0)
		return;
	ck_assert_uint_lt(size, sizeof(text));
	memcpy(text, world.out.data + at + 512, size);
	text[size] = '\0';
	if (strncmp(name, c->name, strlen(c->name)) == 0) {
		if (c->is_dropped)
			return;
		if (c->from != NULL) {
			found = strstr(text, c->from);
			ck_assert_ptr_nonnull(found);
			before = (size_t)(found - text);
			memcpy(text + before, c->to, strlen(c->to));
		}
	}
	ck_assert_int_eq(
	    tlog_bundle_file(t, name, (struct span){ text, size }), ERR_OK);
}

/* The world's bundle with one change, signed again. */
static void
remake(struct log_bundle *other, const struct change *c)
{
	const struct tlog_bundle_out out = { bundle_write, bundle_sign, other };
	struct tlog_bundle t;
	size_t at = 0;

	other->signer = world.signer;
	buf_init(&other->out, 1 << 24);
	tlog_bundle_start(&t, &out);
	while (at + 1024 < world.out.len) {
		copy_file(&t, at, c);
		at += 512 +
		    (strtoull(world.out.data + at + 124, NULL, 8) + 511) / 512 *
			512;
	}
	ck_assert_int_eq(tlog_bundle_finish(&t, "entente bundle"), ERR_OK);
}

START_TEST(made_wrong)
{
	static struct log_bundle other;
	struct tlog_report r;
	enum err rc;

	start();
	remake(&other, &changes[_i]);
	rc = check(other.out.data, other.out.len, &r);
	ck_assert_str_eq(said.data, changes[_i].wrong);
	ck_assert_int_eq(
	    rc, changes[_i].wrong[0] == '\0' ? ERR_OK : ERR_INVALID);
	buf_free(&other.out);
	log_bundle_free(&world);
}
END_TEST

/* A witness has a key that cosigns, not one of a log. */
START_TEST(key_of_no_witness)
{
	static struct log_bundle other;
	struct change c = { "witness-keys.txt", BUNDLE_WITNESS "+", NULL, NULL,
		NULL, false, NULL };
	char text[NOTE_KEY_TEXT];
	struct tlog_report r;
	struct note_key key;

	start();
	ck_assert(note_key_make(
	    BUNDLE_WITNESS, NOTE_ED25519, world.witness.key, &key));
	note_key_text(&key, text);
	c.to = text;
	remake(&other, &c);
	ck_assert_int_eq(check(other.out.data, other.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(said.data, "witness_keys:witness-keys.txt ");
	buf_free(&other.out);
	log_bundle_free(&world);
}
END_TEST

/* Only the record of its confirmation confirms a key. */
START_TEST(confirmed_by_another_record)
{
	static const struct change c = { "records/000000000001.json",
		"signing-key.confirmed", "signing-key.presented", NULL, NULL,
		false, NULL };
	static struct log_bundle other;
	struct tlog_report r;

	start();
	remake(&other, &c);
	ck_assert_int_eq(check(other.out.data, other.out.len, &r), ERR_INVALID);
	ck_assert_uint_eq(r.keys, 2);
	ck_assert_uint_eq(r.keys_confirmed, 0);
	ck_assert_uint_eq(r.keys_told, 0);
	buf_free(&other.out);
	log_bundle_free(&world);
}
END_TEST

/* What stands behind the list is not in it: it signs for all no more. */
START_TEST(file_behind_the_list)
{
	uint8_t header[TAR_BLOCK];
	struct tlog_report r;
	struct buf out;

	start();
	buf_init(&out, 1 << 24);
	buf_add(&out, world.out.data, world.out.len - 2 * (size_t)TAR_BLOCK);
	ck_assert(tar_header("zzz", 0, header));
	buf_add(&out, header, sizeof(header));
	memset(header, 0, sizeof(header));
	buf_add(&out, header, sizeof(header));
	buf_add(&out, header, sizeof(header));
	ck_assert_int_eq(check(out.data, out.len, &r), ERR_INVALID);
	ck_assert_str_eq(said.data, "name:zzz ");
	ck_assert(!r.is_sums_signed);
	buf_free(&out);
	log_bundle_free(&world);
}
END_TEST

/* Files as they are; then more signatures than any agreement has parties. */
static void
make_flood(const char *signature, int count)
{
	const struct tlog_bundle_out out = { bundle_write, bundle_sign,
		&world };
	struct tlog_bundle t;
	char name[TAR_NAME];

	buf_reset(&world.out);
	tlog_bundle_start(&t, &out);
	bundle_add_heads(&world, &t);
	bundle_add_records(&world, &t);
	bundle_add_proofs(&world, &t);
	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "agreements/A/1-%06d.minisig", i);
		bundle_add_text(&t, name, signature);
	}
	bundle_add_agreement(&world, &t);
	ck_assert_int_eq(tlog_bundle_finish(&t, "entente bundle"), ERR_OK);
}

/* Long comments, and a last line that is none: as much as can be kept. */
static void
long_signature(struct buf *out, const char *last)
{
	struct minisig m = { .is_prehashed = true };
	char comment[MINISIG_COMMENT_MAX + 1];
	static char trusted[MINISIG_TRUSTED_MAX + 1];

	memset(comment, 'c', MINISIG_COMMENT_MAX);
	comment[MINISIG_COMMENT_MAX] = '\0';
	memset(trusted, 't', MINISIG_TRUSTED_MAX);
	m.comment = comment;
	m.trusted = trusted;
	buf_init(out, MINISIG_FILE_MAX + 16);
	minisig_write(out, &m);
	buf_adds(out, last);
}

START_TEST(flood_of_signatures)
{
	static const char *const lasts[] = { "", "x\n" };
	struct tlog_report r;
	struct buf one;

	for (int i = 0; i < UNIT_COUNT(lasts); i++) {
		start();
		long_signature(&one, lasts[i]);
		make_flood(one.data, 2000);
		ck_assert_int_eq(
		    check(world.out.data, world.out.len, &r), ERR_INVALID);
		/* What follows is checked all the same. */
		ck_assert_uint_eq(r.signatures, 2);
		ck_assert(r.is_sums_signed);
		ck_assert_ptr_nonnull(strstr(said.data, "too_much:"));
		buf_free(&one);
		log_bundle_free(&world);
	}
}
END_TEST

/* The list was signed, and these files are not what it lists. */
START_TEST(other_files_than_listed)
{
	struct tlog_report r;

	start();
	world.out.data[600] ^= 1; /* of README.txt */
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(said.data, "sums:README.txt ");
	ck_assert(!r.is_sums_signed);
	log_bundle_free(&world);
}
END_TEST

/* minisign's older kind, of the bytes themselves. */
static void
sign_legacy(const struct bundle_signer *by, const char *text, struct buf *out)
{
	uint8_t both[MINISIG_SIGNATURE + 1];
	struct minisig m = { .comment = "c", .trusted = "t" };

	memcpy(m.number, by->pub.number, MINISIG_NUMBER);
	crypto_sign_detached(
	    m.signature, NULL, (const uint8_t *)text, strlen(text), by->secret);
	memcpy(both, m.signature, MINISIG_SIGNATURE);
	both[MINISIG_SIGNATURE] = 't';
	crypto_sign_detached(m.global, NULL, both, sizeof(both), by->secret);
	buf_init(out, MINISIG_FILE_MAX);
	minisig_write(out, &m);
}

START_TEST(legacy_signatures)
{
	static const char name[] = "agreements/AGR-2026-0001/1-grid-north"
				   ".minisig";
	struct change change = {
		.name = name, .extra = name, .is_dropped = true
	};
	static struct log_bundle other;
	struct tlog_report r;
	struct buf file;

	for (int is_false = 0; is_false < 2; is_false++) {
		start();
		sign_legacy(&world.party[0],
		    is_false ? "another text" : world.agreement, &file);
		change.extra_text = file.data;
		remake(&other, &change);
		check(other.out.data, other.out.len, &r);
		ck_assert_uint_eq(r.signatures, is_false ? 1 : 2);
		ck_assert_uint_eq(r.false_count, is_false ? 1 : 0);
		buf_free(&file);
		buf_free(&other.out);
		log_bundle_free(&world);
	}
}
END_TEST

/* ---- other keys ------------------------------------------------------ */

START_TEST(keys_of_others)
{
	struct tlog_report r;
	struct note_key log, witness;
	struct minisig_key key;

	start();
	log = world.log;
	witness = world.witness;
	key = world.signer.pub;
	bundle_note_key(
	    &world.log, world.log_secret, BUNDLE_ORIGIN, NOTE_ED25519, 9);
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(
	    said.data, "checkpoint:checkpoint log_key:log-key.txt ");
	ck_assert_uint_eq(r.proofs, 0);
	world.log = log;
	bundle_note_key(&world.witness, world.witness_secret, BUNDLE_WITNESS,
	    NOTE_COSIGNATURE, 9);
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(said.data, "policy:checkpoint ");
	world.witness = witness;
	bundle_signer_make(&world.signer, 9);
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(said.data, "bundle_key:bundle-key.pub ");
	world.signer.pub = key;
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_OK);
	log_bundle_free(&world);
}
END_TEST

/* A signature that holds, by an organisation that is no party. */
START_TEST(strangers_sign_nothing)
{
	struct tlog_report r;

	start();
	world.party_count = 3;
	log_bundle_make(&world);
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(
	    said.data, "signer:agreements/AGR-2026-0001/1-stranger.minisig ");
	ck_assert_uint_eq(r.signatures, 2);
	log_bundle_free(&world);
}
END_TEST

/*
 * Whoever has the bundle's key makes one of the number that the log tells,
 * and signs in the name of an organisation.
 */
START_TEST(key_of_the_same_number)
{
	struct tlog_report r;

	start();
	crypto_sign_keypair(world.party[0].pub.key, world.party[0].secret);
	log_bundle_make(&world);
	ck_assert_int_eq(check(world.out.data, world.out.len, &r), ERR_INVALID);
	ck_assert_str_eq(
	    said.data, "key:keys/grid-north-0404040404040404.pub ");
	ck_assert_uint_eq(r.keys_told, 0);
	log_bundle_free(&world);
}
END_TEST

static ssize_t
read_nothing(void *arg, void *out, size_t len)
{
	(void)arg, (void)out, (void)len;
	errno = EIO;
	return -1;
}

START_TEST(unreadable)
{
	struct tar_source source = { read_nothing, NULL };
	struct tlog_verify asked = { .log = &world.log };
	struct tlog_report r;

	start();
	log_open("test", LOG_ERROR);
	ck_assert_int_eq(tlog_verify(&asked, &source, &r), ERR_STATE);
	ck_assert_uint_eq(r.open_count, 1);
	ck_assert_uint_eq(r.false_count, 0);
	log_bundle_free(&world);
}
END_TEST

/* ---- the writer ------------------------------------------------------ */

START_TEST(writer_refuses)
{
	static struct log_bundle b;
	const struct tlog_bundle_out out = { bundle_write, bundle_sign, &b };
	static const struct {
		const char *first, *second;
	} wrong[] = {
		{ "checkpoint", "README.txt" },
		{ "checkpoint", "checkpoint" },
		{ "records/000000000002.json", "records/000000000001.json" },
		{ "README.txt", "readme.txt" },
		{ "README.txt", "records/1.json" },
		{ "README.txt", "SHA256SUMS" },
		{ "README.txt", "../x" },
	};
	struct tlog_bundle t;

	log_open("test", LOG_ERROR);
	for (int i = 0; i < UNIT_COUNT(wrong); i++) {
		buf_init(&b.out, 1 << 20);
		tlog_bundle_start(&t, &out);
		bundle_add_text(&t, wrong[i].first, "x");
		ck_assert_int_eq(
		    tlog_bundle_file(&t, wrong[i].second, span_of("y")),
		    ERR_INVALID);
		ck_assert_int_eq(tlog_bundle_finish(&t, ""), ERR_INVALID);
		buf_free(&b.out);
	}
	for (int more = -1; more <= 1; more += 2) {
		buf_init(&b.out, 1 << 20);
		tlog_bundle_start(&t, &out);
		tlog_bundle_begin(&t, "README.txt", 5);
		tlog_bundle_data(&t, "hello!", (size_t)(5 + more));
		ck_assert_int_eq(tlog_bundle_finish(&t, ""), ERR_INVALID);
		buf_free(&b.out);
	}
}
END_TEST

static const char *const names_bad[] = { "", "README", "README.txt/x",
	"records/", "records/1.json", "records/00000000000a.json",
	"records/0000000000001.json", "records/000000000001.jsn",
	"records/000000000000.json", "proofs/000000000000.tlog-proof",
	"proofs/000000000001.json", "keys/x.pub", "keys/-0505050505050505.pub",
	"keys/x-050505050505050a.pub", "agreements/1.canonical",
	"agreements/x/01.canonical", "agreements/x/1-.minisig",
	"agreements/x/1-a/b.minisig", "agreements/x/y/1.canonical",
	"agreements/x/-1.canonical", "contents/abc",
	"contents/2CF24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b"
	"9824",
	"SHA256SUMS.minisig.x", "other" };

START_TEST(names_that_are_none)
{
	struct tlog_name n;

	ck_assert_msg(!tlog_name_read(names_bad[_i], &n), "%s", names_bad[_i]);
}
END_TEST

/* ---- stock tools ----------------------------------------------------- */

START_TEST(stock_tools_agree)
{
	char dir[UNIT_PATH], path[UNIT_PATH], out[UNIT_PATH], sh[2048];
	FILE *f;

	start();
	unit_scratch(dir);
	unit_path(path, dir, "bundle.tar");
	unit_path(out, dir, "said");
	f = fopen(path, "wb");
	fwrite(world.out.data, 1, world.out.len, f);
	fclose(f);
	snprintf(sh, sizeof(sh),
	    "cd %s && mkdir b && tar -C b -xf bundle.tar && cd b &&"
	    " minisign -V -p bundle-key.pub -m SHA256SUMS &&"
	    " sha256sum --quiet --strict -c SHA256SUMS &&"
	    " for o in grid-north n-csirt; do"
	    " minisign -V -p keys/$o-*.pub -m agreements/*/1.canonical"
	    " -x agreements/*/1-$o.minisig || exit 1; done &&"
	    " [ $(find . -type f | wc -l) -eq $(($(wc -l < SHA256SUMS) + 2)) ]",
	    dir);
	ck_assert_int_eq(UNIT_SPAWN(out, "sh", "-c", sh), 0);
	unit_remove(dir);
	log_bundle_free(&world);
}
END_TEST

static const int offsets[FLIP_STEP / 12];

UNIT_MAIN("tlog_verify", UNIT(all_is_true), UNIT(same_records_same_bytes),
    UNIT_ROWS(other_shapes, shapes), UNIT_ROWS(every_97th_byte, offsets),
    UNIT(every_class_of_bytes), UNIT(every_cut), UNIT_ROWS(made_wrong, changes),
    UNIT(flood_of_signatures), UNIT(other_files_than_listed),
    UNIT(legacy_signatures), UNIT(keys_of_others), UNIT(strangers_sign_nothing),
    UNIT(key_of_the_same_number), UNIT(unreadable), UNIT(writer_refuses),
    UNIT_ROWS(names_that_are_none, names_bad), UNIT(stock_tools_agree),
    UNIT(key_of_no_witness), UNIT(confirmed_by_another_record),
    UNIT(file_behind_the_list))
