/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a bundle has, and that those who trust nobody accept it: the program
 * entente-verify, and stock minisign and sha256sum.
 */
#include "domain/bundle_make.h"

#include <dirent.h>

#include "base/file.h"
#include "crypt/checkpoint.h"
#include "crypt/minisig_sign.h"
#include "crypt/note_sign.h"
#include "document_file.h"
#include "domain/blob.h"
#include "domain/blob_orphan.h"
#include "domain/bundle.h"
#include "domain/log_file.h"
#include "domain/log_sequence.h"
#include "log_keys.h"
#include "pen.h"
#include "program.h"

enum { BOTH = 1 << GRID | 1 << CERT };

/* A partnership, its log, and who makes its bundles. */
struct shop {
	struct pact p;
	struct note_key log;
	uint8_t log_secret[NOTE_SECRET];
	struct merkle_point last;
	struct log_signer log_signer;
	struct log_sequencer s;
	struct minisig_key key;
	uint8_t secret[MINISIG_SECRET_KEY];
	enum err fails; /* what the signer says of bundles */
	volatile sig_atomic_t is_over;
	struct bundle_maker maker;
	char said[UNIT_PATH];
};

static enum err
log_last(void *arg, struct merkle_point *at)
{
	*at = ((struct shop *)arg)->last;
	return ERR_OK;
}

static enum err
log_sign(void *arg, const struct merkle_point *to,
    const struct merkle_proof *proof, uint8_t out[NOTE_SIGNATURE])
{
	struct shop *s = arg;
	char body[CHECKPOINT_BODY];

	ck_assert(merkle_extends(proof, &s->last, to));
	ck_assert(checkpoint_body(s->log.name, to, body));
	s->last = *to;
	return note_sign(span_of(body), &s->log, s->log_secret, out);
}

static enum err
sign(void *arg, const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *out)
{
	struct shop *s = arg;

	if (s->fails != ERR_OK)
		return s->fails;
	return minisig_sign(&s->key, s->secret, prehash, trusted, out);
}

/* A bundle takes a minute to make. */
static const struct ctx *begun;

static int64_t
made_at(void)
{
	return begun->now_at + CLOCK_MINUTE;
}

static void
open_shop(struct shop *s)
{
	uint8_t public[NOTE_KEY];

	memset(s, 0, sizeof(*s));
	pact_open(&s->p);
	crypto_sign_keypair(public, s->log_secret);
	ck_assert(
	    note_key_make("portal.example/log", NOTE_ED25519, public, &s->log));
	merkle_empty(s->last.root);
	crypto_sign_keypair(s->key.key, s->secret);
	memset(s->key.number, 7, sizeof(s->key.number));
	s->log_signer = (struct log_signer){ log_last, log_sign, s };
	fixture_ok(
	    log_sequence_start(&s->s, &s->p.f.ctx, &s->log, &s->log_signer));
	s->maker = (struct bundle_maker){ &s->p.f.ctx, &s->log, &s->key, "", 0,
		sign, s, made_at, &s->is_over };
	begun = &s->p.f.ctx;
	unit_path(s->said, s->p.f.dir, "said");
}

static void
close_shop(struct shop *s)
{
	pact_close(&s->p);
}

static void
catch_up(struct shop *s)
{
	uint64_t added;

	do
		fixture_ok(log_sequence_step(&s->s, &added));
	while (added > 0);
}

static char *
path_of(struct shop *s, const char *name)
{
	return arena_printf(s->p.f.arena, "%s/%s", s->p.f.dir, name);
}

static void
write_file(const char *path, const void *bytes, size_t len)
{
	FILE *out = fopen(path, "w");

	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(bytes, 1, len, out), len);
	ck_assert_int_eq(fclose(out), 0);
}

static char *
publish_to(struct shop *s, const char *circle, enum tlp label, const char *text)
{
	const char *circles[] = { circle, NULL };
	const char *named[] = { s->p.who[CERT]->email, s->p.who[WATER]->email,
		NULL };
	struct document_draft d = { .title = "Instruction",
		.summary = "In short",
		.language = "en",
		.label = label,
		.circles = circles,
		.named = label == TLP_RED ? named : NULL };
	struct fault why;
	char *ref;

	fixture_ok(document_create(pact_as(&s->p, CERT), &d,
	    document_file_of(&s->p.f, "a.txt", text), &ref, &why));
	fixture_ok(document_publish(&s->p.f.ctx, ref, 1, &why));
	return ref;
}

static char *
publish(struct shop *s, enum tlp label, const char *text)
{
	return publish_to(s, "community", label, text);
}

/* To persons of CERT and WATER, whose agreement carries it. */
static void
publish_red(struct shop *s, const char *text)
{
	struct agreement_input in = pact_input(&s->p, 1 << CERT | 1 << WATER);
	struct agreement *a;

	in.max_label = TLP_RED;
	a = pact_load(&s->p, CERT,
	    pact_force_input(&s->p, CERT, 1 << CERT | 1 << WATER, &in));
	publish_to(s, a->circles[0].ref, TLP_RED, text);
}

/* ---- an agreement that GRID signs with a key of its own ------------------ */

static void
bring_key(struct shop *s, struct pen *pen)
{
	char *number;

	pen_new(pen);
	pact_other(&s->p, STEWARD);
	fixture_ok(pen_try_bring(&s->p, pen, &number));
	fixture_ok(signing_key_confirm(pact_as(&s->p, GRID), number));
}

static void
sign_with(struct shop *s, const char *ref, const struct pen *pen)
{
	struct agreement *a = pact_load(&s->p, GRID, ref);
	struct agreement_signing given = { .version = a->version,
		.digest = a->current->digest };
	struct agreement_refusal refusal;
	char *bytes;
	bool is_last;
	size_t len;

	fixture_ok(
	    agreement_canonical(&s->p.f.ctx, ref, a->version, &bytes, &len));
	given.minisig = pen_sign(&s->p, pen, bytes, len);
	given.minisig_len = strlen(given.minisig);
	fixture_ok(
	    agreement_sign(&s->p.f.ctx, ref, &given, &is_last, &refusal));
}

/* In force between GRID and CERT; the court may look, up to GREEN. */
static char *
mandate(struct shop *s)
{
	struct agreement_input in = pact_input(&s->p, BOTH);
	struct pen pen;
	char *ref;

	bring_key(s, &pen);
	in.kind = AGREEMENT_AUDIT;
	in.auditor = s->p.other[COURT]->organisation_ref;
	in.max_label = TLP_GREEN;
	ref = pact_propose_input(&s->p, GRID, &in);
	sign_with(s, ref, &pen);
	ck_assert(pact_sign(&s->p, ref, CERT));
	return ref;
}

/* ---- asking, making, looking --------------------------------------------- */

static struct bundle *
load(struct shop *s, const char *ref)
{
	struct bundle *b;

	fixture_ok(bundle_load(&s->p.f.ctx, ref, &b));
	return b;
}

static char *
ask(struct shop *s)
{
	const struct bundle_filter everything = { 0 };
	char *ref;

	fixture_ok(bundle_ask(&s->p.f.ctx, &everything, &ref));
	return ref;
}

static struct bundle *
make(struct shop *s)
{
	char *ref = ask(s);
	struct bundle *b;

	catch_up(s);
	fixture_ok(bundle_make(&s->maker));
	b = load(s, ref);
	ck_assert_str_eq(b->trouble, "");
	ck_assert_int_eq(b->state, BUNDLE_READY);
	ck_assert_int_eq(b->done, b->records);
	ck_assert_int_ge(b->ready_at, b->asked_at + CLOCK_MINUTE);
	return b;
}

static char *
tar_of(struct shop *s, const struct bundle *b)
{
	char *path, *type;

	fixture_ok(blob_path(&s->p.f.ctx, b->blob, &path, &type));
	ck_assert_str_eq(type, "application/x-tar");
	return arena_printf(s->p.f.arena, "%s/blobs/%s", s->p.f.dir, path);
}

static int
verify(struct shop *s, const char *tar)
{
	const char *build = getenv("BUILD");
	char program[UNIT_PATH], text[NOTE_KEY_TEXT];
	char *key = path_of(s, "log-key.txt");

	note_key_text(&s->log, text);
	write_file(key, text, strlen(text));
	unit_path(
	    program, build != NULL ? build : "build", "bin/entente-verify");
	return UNIT_SPAWN(s->said, program, "--key", key, tar);
}

static int
shell(struct shop *s, const char *command, const char *tar)
{
	return UNIT_SPAWN(s->said, "sh", "-c",
	    arena_printf(s->p.f.arena,
		"cd '%s' && rm -rf x && mkdir x && tar -xf '%s' -C x"
		" && cd x && %s",
		s->p.f.dir, tar, command));
}

/* ---- tests ---------------------------------------------------------------- */

START_TEST(nobody_asked)
{
	struct shop s;

	open_shop(&s);
	fixture_err(bundle_make(&s.maker), ERR_NOT_FOUND);
	close_shop(&s);
}
END_TEST

START_TEST(accepted)
{
	struct bundle *b;
	struct shop s;
	char *tar, *ref;

	open_shop(&s);
	ref = mandate(&s);
	publish(&s, TLP_CLEAR, "For everybody");
	publish(&s, TLP_AMBER, "Not for the auditor");
	pact_other(&s.p, COURT);
	b = make(&s);
	tar = tar_of(&s, b);
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(shell(&s,
			     "minisign -V -q -p bundle-key.pub -m SHA256SUMS"
			     " && sha256sum --quiet -c SHA256SUMS",
			     tar),
	    0);
	/* The agreement, its signature, its key. */
	ck_assert_int_eq(
	    shell(&s,
		arena_printf(s.p.f.arena,
		    "minisign -V -q -p keys/*.pub -m agreements/%s/1.canonical"
		    " -x agreements/%s/1-*.minisig",
		    ref, ref),
		tar),
	    0);
	/* Its mandate is for records: of GREEN it has no more. */
	ck_assert_int_eq(
	    shell(&s, "grep -q 'For everybody' contents/*", tar), 0);
	ck_assert_int_eq(shell(&s, "! grep -rq 'For members' .", tar), 0);
	ck_assert_int_eq(
	    shell(&s, "grep -q 'TLP:GREEN' records/*.json", tar), 0);
	ck_assert_int_eq(shell(&s,
			     arena_printf(s.p.f.arena,
				 "test $(ls records | wc -l) = %lld &&"
				 " test $(ls proofs | wc -l) = %lld",
				 (long long)b->records, (long long)b->records),
			     tar),
	    0);
	close_shop(&s);
}
END_TEST

/* Every so many bytes one is changed: it is found. */
enum { FLIPS = 40 };

START_TEST(changed_byte_is_found)
{
	struct bundle *b;
	struct shop s;
	struct buf bytes;
	char *path;

	open_shop(&s);
	mandate(&s);
	publish(&s, TLP_CLEAR, "For everybody");
	pact_other(&s.p, COURT);
	b = make(&s);
	buf_init(&bytes, 1 << 24);
	fixture_ok(file_read(tar_of(&s, b), &bytes));
	path = path_of(&s, "changed.tar");
	for (size_t i = 0; i < FLIPS; i++) {
		size_t at = i * (bytes.len - 1) / (FLIPS - 1);

		bytes.data[at] ^= 1;
		write_file(path, bytes.data, bytes.len);
		ck_assert_msg(verify(&s, path) == 1, "byte %zu", at);
		bytes.data[at] ^= 1;
	}
	write_file(path, bytes.data, bytes.len);
	ck_assert_int_eq(verify(&s, path), 0);
	buf_free(&bytes);
	close_shop(&s);
}
END_TEST

/* What is negotiated is for its parties; TLP:RED is for no bundle. */
START_TEST(what_it_may_have)
{
	struct agreement_input in;
	struct bundle *b;
	struct shop s;
	char *tar;

	open_shop(&s);
	mandate(&s);
	in = pact_input(&s.p, 1 << CERT | 1 << WATER);
	in.text = "# Purpose\n\nStill negotiated.";
	pact_propose_input(&s.p, CERT, &in);
	publish_red(&s, "Named persons alone");
	publish(&s, TLP_AMBER, "For members");
	pact_other(&s.p, COURT);
	b = make(&s);
	tar = tar_of(&s, b);
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(shell(&s, "! grep -rq 'Still negotiated' .", tar), 0);
	pact_as(&s.p, CERT);
	b = make(&s);
	tar = tar_of(&s, b);
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(shell(&s, "grep -rq 'Still negotiated' .", tar), 0);
	ck_assert_int_eq(shell(&s, "grep -q 'For members' contents/*", tar), 0);
	ck_assert_int_eq(
	    shell(&s, "! grep -rq 'Named persons alone' .", tar), 0);
	ck_assert_int_eq(shell(&s, "grep -q 'TLP:RED' records/*.json", tar), 0);
	close_shop(&s);
}
END_TEST

/* Whoever of the two named no auditor has shown it to none. */
START_TEST(agreements_of_others)
{
	struct agreement_input in;
	struct bundle *b;
	struct shop s;
	char *tar;

	open_shop(&s);
	mandate(&s);
	in = pact_input(&s.p, 1 << GRID | 1 << WATER);
	in.text = "# Purpose\n\nBetween two alone.";
	in.max_label = TLP_GREEN;
	pact_force_input(&s.p, GRID, 1 << GRID | 1 << WATER, &in);
	publish(&s, TLP_CLEAR, "For everybody");
	pact_other(&s.p, COURT);
	b = make(&s);
	tar = tar_of(&s, b);
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(shell(&s, "test -d agreements", tar), 0);
	ck_assert_int_eq(shell(&s, "! grep -rq 'Between two' .", tar), 0);
	pact_as(&s.p, GRID);
	b = make(&s);
	tar = tar_of(&s, b);
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(
	    shell(&s, "grep -rq 'Between two' agreements", tar), 0);
	/* What they publish is everybody's, if it is all of it. */
	fixture_run(&s.p.f,
	    "UPDATE agreement SET publication = 'everybody', extent = 'terms',"
	    " published_at = id WHERE version > 0");
	pact_other(&s.p, COURT);
	tar = tar_of(&s, make(&s));
	ck_assert_int_eq(shell(&s, "! grep -rq 'Between two' .", tar), 0);
	fixture_run(
	    &s.p.f, "UPDATE agreement SET extent = 'whole' WHERE version > 0");
	pact_other(&s.p, COURT);
	tar = tar_of(&s, make(&s));
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(
	    shell(&s, "grep -rq 'Between two' agreements", tar), 0);
	close_shop(&s);
}
END_TEST

/*
 * What was only proposed is for who is a party still: neither for the auditor
 * that the signed version names, nor for one that has left.
 */
START_TEST(versions_before)
{
	const unsigned parties = 1 << GRID | 1 << CERT | 1 << WATER;
	struct agreement_fault fault;
	struct agreement_version *v;
	struct agreement_input in;
	struct shop s;
	char *ref, *tar;

	open_shop(&s);
	publish(&s, TLP_GREEN, "There is a folder for blobs");
	in = pact_input(&s.p, parties);
	in.kind = AGREEMENT_AUDIT;
	in.auditor = s.p.other[COURT]->organisation_ref;
	in.text = "# Purpose\n\nOnly proposed.";
	ref = pact_propose_input(&s.p, GRID, &in);
	in.text = "# Purpose\n\nAnd signed.";
	in.change = "It says less.";
	fixture_ok(agreement_revise(pact_as(&s.p, CERT), ref));
	fixture_ok(agreement_load_draft(&s.p.f.ctx, ref, &v));
	fixture_ok(agreement_save(&s.p.f.ctx, ref, v->edit, &in, &fault));
	fixture_ok(pact_try(&s.p, CERT, ref, &fault));
	pact_sign(&s.p, ref, GRID);
	pact_sign(&s.p, ref, CERT);
	ck_assert(pact_sign(&s.p, ref, WATER));
	fixture_run(&s.p.f,
	    "UPDATE agreement_party SET leaves_at = 1 WHERE organisation ="
	    " (SELECT id FROM organisation WHERE ref = 'water')");
	pact_as(&s.p, GRID);
	tar = tar_of(&s, make(&s));
	ck_assert_int_eq(
	    shell(&s, "grep -rq 'Only proposed' agreements", tar), 0);
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			pact_as(&s.p, WATER);
		else
			pact_other(&s.p, COURT);
		tar = tar_of(&s, make(&s));
		ck_assert_int_eq(verify(&s, tar), 0);
		ck_assert_int_eq(
		    shell(&s, "grep -rq 'And signed' agreements", tar), 0);
		ck_assert_int_eq(
		    shell(&s, "! grep -rq 'Only proposed' .", tar), 0);
	}
	close_shop(&s);
}
END_TEST

/* With another file, where there is a text. */
static void
relabel(struct shop *s, const char *ref, enum tlp label, const char *text)
{
	const char *circles[] = { "community", NULL };
	struct document_draft d = { .title = "Instruction",
		.summary = "In short",
		.note = "Not for everybody",
		.language = "en",
		.label = label,
		.circles = circles };
	struct document *now;
	struct fault why;

	fixture_ok(document_revise(pact_as(&s->p, CERT), ref));
	fixture_ok(document_load_draft(&s->p.f.ctx, ref, &now));
	fixture_ok(document_save(&s->p.f.ctx, ref, now->edit, &d,
	    text == NULL ? NULL : document_file_of(&s->p.f, "b.txt", text),
	    &why));
	fixture_ok(document_load_draft(&s->p.f.ctx, ref, &now));
	fixture_ok(document_publish(&s->p.f.ctx, ref, now->edit, &why));
}

/* What was everybody's once, and is no more. */
START_TEST(no_longer_public)
{
	struct bundle *b;
	struct shop s;
	char *tar;

	open_shop(&s);
	mandate(&s);
	publish(&s, TLP_CLEAR, "For everybody");
	relabel(&s, publish(&s, TLP_CLEAR, "Too much said"), TLP_AMBER, NULL);
	/* It is public now; what was written for few is not. */
	relabel(&s, publish(&s, TLP_GREEN, "At first for few"), TLP_CLEAR,
	    "Now for all");
	fixture_ok(document_withdraw(pact_as(&s.p, CERT),
	    publish(&s, TLP_CLEAR, "By mistake"), "It was wrong."));
	pact_other(&s.p, COURT);
	b = make(&s);
	tar = tar_of(&s, b);
	ck_assert_int_eq(verify(&s, tar), 0);
	ck_assert_int_eq(shell(&s, "grep -q 'For every' contents/*", tar), 0);
	ck_assert_int_eq(shell(&s, "! grep -rq 'Too much' .", tar), 0);
	ck_assert_int_eq(shell(&s, "! grep -rq 'At first' .", tar), 0);
	ck_assert_int_eq(shell(&s, "grep -q 'Now for' contents/*", tar), 0);
	ck_assert_int_eq(shell(&s, "! grep -rq 'By mistake' .", tar), 0);
	close_shop(&s);
}
END_TEST

START_TEST(same_records_same_bytes)
{
	struct bundle *one, *two;
	struct shop s;
	char *first, *second;

	open_shop(&s);
	publish(&s, TLP_GREEN, "At length");
	pact_as(&s.p, CERT);
	first = ask(&s);
	/* It concerns who asked: of the second one it would be a record. */
	fixture_run(&s.p.f, "DELETE FROM record_concern WHERE family = 6");
	second = ask(&s);
	catch_up(&s);
	fixture_ok(bundle_make(&s.maker));
	fixture_ok(bundle_make(&s.maker));
	one = load(&s, first);
	two = load(&s, second);
	ck_assert_int_eq(two->state, BUNDLE_READY);
	ck_assert_int_eq(one->blob, two->blob);
	close_shop(&s);
}
END_TEST

static bool
is_left(struct shop *s)
{
	DIR *dir = opendir(path_of(s, CONF_UPLOAD_DIR));
	struct dirent *entry;
	bool is_left = false;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		is_left |= entry->d_name[0] != '.';
	if (dir != NULL)
		closedir(dir);
	return is_left;
}

/* The log has not its records; it is told to end; nobody signs. */
START_TEST(waits)
{
	struct shop s;
	char *ref;

	open_shop(&s);
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	fixture_err(bundle_make(&s.maker), ERR_BUSY);
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_ASKED);
	catch_up(&s);
	s.is_over = 1;
	fixture_err(bundle_make(&s.maker), ERR_BUSY);
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_MAKING);
	s.is_over = 0;
	s.fails = ERR_BUSY;
	fixture_err(bundle_make(&s.maker), ERR_BUSY);
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_MAKING);
	s.fails = ERR_OK;
	ck_assert(!is_left(&s));
	/* What a process that was killed had left. */
	write_file(path_of(&s,
		       arena_printf(
			   s.p.f.arena, CONF_UPLOAD_DIR "/bundle-%s.tar", ref)),
	    "half", 4);
	fixture_ok(bundle_make(&s.maker));
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_READY);
	ck_assert_int_eq(verify(&s, tar_of(&s, load(&s, ref))), 0);
	ck_assert(!is_left(&s));
	close_shop(&s);
}
END_TEST

/*
 * The signer has another key by now, and the published checkpoint is still by
 * the one before: the sequencer has not come to it yet.
 */
START_TEST(waits_for_the_new_key)
{
	struct note_key next;
	uint8_t public[NOTE_KEY], secret[NOTE_SECRET];
	struct shop s;
	char *ref;

	open_shop(&s);
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	catch_up(&s);
	crypto_sign_keypair(public, secret);
	ck_assert(note_key_make(s.log.name, NOTE_ED25519, public, &next));
	s.maker.log = &next;
	fixture_err(bundle_make(&s.maker), ERR_BUSY);
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_ASKED);
	/* One that is false is no matter of waiting. */
	memset(s.log.key, 1, sizeof(s.log.key));
	s.maker.log = &s.log;
	fixture_ok(bundle_make(&s.maker));
	ck_assert_str_eq(load(&s, ref)->trouble, "corrupt");
	close_shop(&s);
}
END_TEST

/* It says so, and the next one is made all the same. */
START_TEST(fails)
{
	struct bundle *b;
	struct shop s;
	char *ref, *next;

	open_shop(&s);
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	next = ask(&s);
	catch_up(&s);
	s.fails = ERR_CORRUPT;
	fixture_ok(bundle_make(&s.maker));
	s.fails = ERR_OK;
	b = load(&s, ref);
	ck_assert_int_eq(b->state, BUNDLE_FAILED);
	ck_assert_str_eq(b->trouble, "corrupt");
	ck_assert(!is_left(&s));
	fixture_ok(bundle_make(&s.maker));
	ck_assert_int_eq(load(&s, next)->state, BUNDLE_READY);
	close_shop(&s);
}
END_TEST

/* As the courier keeps it: what a witness says of the checkpoint of `size`. */
static void
cosign(struct shop *s, uint64_t size, const struct log_key *witness)
{
	char body[CHECKPOINT_BODY], *note;
	uint8_t blob[COSIGNATURE_BLOB];
	struct merkle_point at = { .size = size };
	struct db_rows *rows = db_query(s->p.f.ctx.db,
	    "SELECT root FROM log_checkpoint WHERE size = $1",
	    DB_ARGS(db_i((int64_t)size)));
	struct buf line;

	ck_assert(db_next(rows));
	memcpy(at.root, db_col_peek(rows, 0, NULL), MERKLE_HASH);
	fixture_ok(db_done(rows));
	ck_assert(checkpoint_body(s->log.name, &at, body));
	fixture_ok(cosignature_sign(
	    span_of(body), 1700000000, &witness->pub, witness->secret, blob));
	buf_init(&line, NOTE_MAX);
	note_add_line(&line, &witness->pub, blob, sizeof(blob));
	note = arena_copy_n(s->p.f.arena, line.data, line.len);
	buf_free(&line);
	fixture_ok(db_begin(s->p.f.ctx.db));
	fixture_ok(db_exec(s->p.f.ctx.db,
	    "INSERT INTO log_cosignature (size, witness, line, cosigned_at)"
	    " VALUES ($1, $2, $3, 1)",
	    DB_ARGS(db_i((int64_t)size), db_t(witness->pub.name), db_t(note))));
	fixture_ok(db_end(s->p.f.ctx.db, ERR_OK));
}

static bool
has_line_of(struct shop *s, const struct bundle *b, const char *witness)
{
	return shell(s,
		   arena_printf(
		       s->p.f.arena, "grep -q '^. %s ' checkpoint", witness),
		   tar_of(s, b)) == 0;
}

/* The newest checkpoint has no cosignature yet: the one before is better. */
START_TEST(cosigned)
{
	struct log_key one, two;
	struct bundle *b;
	struct shop s;
	uint64_t size;
	char *ref;

	open_shop(&s);
	one = log_key("one.example", NOTE_COSIGNATURE, 1);
	two = log_key("two.example", NOTE_COSIGNATURE, 2);
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	catch_up(&s);
	size = s.s.size;
	cosign(&s, size, &one);
	cosign(&s, size, &two);
	/* Later ones, of which one witness or nobody has said anything. */
	publish(&s, TLP_GREEN, "Later");
	catch_up(&s);
	cosign(&s, s.s.size, &one);
	publish(&s, TLP_GREEN, "Last");
	catch_up(&s);
	s.maker.witnesses = 2;
	fixture_ok(bundle_make(&s.maker));
	b = load(&s, ref);
	ck_assert_int_eq(b->state, BUNDLE_READY);
	ck_assert(has_line_of(&s, b, "one.example"));
	ck_assert(has_line_of(&s, b, "two.example"));
	ck_assert_int_eq(verify(&s, tar_of(&s, b)), 0);
	/* One that must have the last record has no choice. */
	ref = ask(&s);
	fixture_later(&s.p.f, CLOCK_MINUTE);
	catch_up(&s);
	fixture_ok(bundle_make(&s.maker));
	b = load(&s, ref);
	ck_assert_int_eq(b->state, BUNDLE_READY);
	ck_assert(!has_line_of(&s, b, "one.example"));
	ck_assert_int_eq(verify(&s, tar_of(&s, b)), 0);
	close_shop(&s);
}
END_TEST

/* The cosigned one is by a key that the log no longer has. */
START_TEST(cosigned_by_an_older_key)
{
	struct log_key one;
	struct bundle *b;
	struct shop s;
	char *ref;

	open_shop(&s);
	one = log_key("one.example", NOTE_COSIGNATURE, 1);
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	catch_up(&s);
	cosign(&s, s.s.size, &one);
	fixture_run(&s.p.f,
	    "UPDATE log_checkpoint SET note = replace(note, ' portal.example',"
	    " ' Portal.example')");
	publish(&s, TLP_GREEN, "Later");
	catch_up(&s);
	fixture_ok(bundle_make(&s.maker));
	b = load(&s, ref);
	ck_assert_int_eq(b->state, BUNDLE_READY);
	ck_assert(!has_line_of(&s, b, "one.example"));
	ck_assert_int_eq(verify(&s, tar_of(&s, b)), 0);
	close_shop(&s);
}
END_TEST

/* More witnesses than a note has room for, since the list was changed. */
START_TEST(too_many_cosigned)
{
	struct log_key witness;
	struct bundle *b;
	struct shop s;
	char name[32], *ref;

	open_shop(&s);
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	catch_up(&s);
	for (int i = 0; i < NOTE_SIGNATURES + 3; i++) {
		snprintf(name, sizeof(name), "w%02d.example", i);
		witness = log_key(name, NOTE_COSIGNATURE, (uint8_t)(i + 1));
		cosign(&s, s.s.size, &witness);
	}
	fixture_ok(bundle_make(&s.maker));
	b = load(&s, ref);
	ck_assert_int_eq(b->state, BUNDLE_READY);
	ck_assert_int_eq(
	    shell(&s, "test $(grep -c ^. checkpoint) = $((3 + 16))",
		tar_of(&s, b)),
	    0);
	ck_assert_int_eq(verify(&s, tar_of(&s, b)), 0);
	/* What is published then is read again by the next start. */
	fixture_ok(log_sequence_cosigned(&s.s));
	fixture_ok(log_sequence_start(&s.s, &s.p.f.ctx, &s.log, &s.log_signer));
	close_shop(&s);
}
END_TEST

/* For witnesses that are named it waits a moment, and no longer. */
START_TEST(waits_for_witnesses)
{
	struct log_key one;
	struct shop s;
	char *ref;

	open_shop(&s);
	one = log_key("one.example", NOTE_COSIGNATURE, 1);
	s.maker.witnesses = 1;
	publish(&s, TLP_GREEN, "At length");
	ref = ask(&s);
	catch_up(&s);
	fixture_err(bundle_make(&s.maker), ERR_BUSY);
	cosign(&s, s.s.size, &one);
	fixture_ok(bundle_make(&s.maker));
	ck_assert(has_line_of(&s, load(&s, ref), "one.example"));
	publish(&s, TLP_GREEN, "Later");
	ref = ask(&s);
	catch_up(&s);
	fixture_err(bundle_make(&s.maker), ERR_BUSY);
	fixture_later(&s.p.f, CLOCK_MINUTE);
	fixture_ok(bundle_make(&s.maker));
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_READY);
	close_shop(&s);
}
END_TEST

/* After a month the file goes, and what it was stays in the list. */
START_TEST(expires)
{
	struct bundle *b;
	struct shop s;
	char *ref, *path;
	int64_t n;

	open_shop(&s);
	publish(&s, TLP_GREEN, "At length");
	b = make(&s);
	ref = b->ref;
	path = tar_of(&s, b);
	fixture_later(&s.p.f, (BUNDLE_KEPT_DAYS - 1) * CLOCK_DAY);
	fixture_ok(bundle_expire(&s.p.f.ctx, &n));
	ck_assert_int_eq(n, 0);
	ck_assert_int_eq(load(&s, ref)->state, BUNDLE_READY);
	fixture_later(&s.p.f, 2 * CLOCK_DAY);
	fixture_ok(bundle_expire(&s.p.f.ctx, &n));
	ck_assert_int_eq(n, 1);
	b = load(&s, ref);
	ck_assert_int_eq(b->state, BUNDLE_EXPIRED);
	fixture_err(bundle_note_taken(&s.p.f.ctx, b), ERR_STATE);
	fixture_ok(bundle_expire(&s.p.f.ctx, &n));
	ck_assert_int_eq(n, 0);
	/* As ententectl tidy goes on: nothing refers to it now. */
	ck_assert_int_eq(access(path, F_OK), 0);
	fixture_ok(blob_forget_unused(&s.p.f.ctx, INT64_MAX, &n));
	ck_assert_int_gt(n, 0);
	fixture_ok(blob_orphans_remove(
	    &s.p.f.ctx, INT64_MAX, &(struct blob_orphans){ .count = 0 }));
	ck_assert_int_eq(access(path, F_OK), -1);
	close_shop(&s);
}
END_TEST

UNIT_MAIN("bundle_make", UNIT(nobody_asked), UNIT(accepted),
    UNIT(changed_byte_is_found), UNIT(what_it_may_have),
    UNIT(agreements_of_others), UNIT(versions_before), UNIT(no_longer_public),
    UNIT(same_records_same_bytes), UNIT(waits), UNIT(fails), UNIT(cosigned),
    UNIT(waits_for_witnesses), UNIT(expires), UNIT(waits_for_the_new_key),
    UNIT(too_many_cosigned), UNIT(cosigned_by_an_older_key))
