/* SPDX-License-Identifier: Apache-2.0 */
/* The log's key hands over: it is kept, recorded, and the log goes on. */
#include "log_fixture.h"

#include "crypt/key_handover_sign.h"
#include "domain/log_handover.h"
#include "domain/log_verify.h"

/* A key of this log, with its secret. */
struct pair {
	struct note_key note;
	uint8_t secret[NOTE_SECRET];
};

static struct pair
new_pair(void)
{
	uint8_t public[NOTE_KEY];
	struct pair p;

	ck_assert_int_eq(crypto_sign_keypair(public, p.secret), 0);
	ck_assert(
	    note_key_make("portal.example/log", NOTE_ED25519, public, &p.note));
	return p;
}

static struct pair
current(const struct log_world *w)
{
	struct pair p = { .note = w->key };

	memcpy(p.secret, w->secret, sizeof(p.secret));
	return p;
}

static struct buf
handover(struct pair *old, struct pair *new, const struct merkle_point *last)
{
	const struct key_file a = { .note = old->note, .secret = old->secret };
	const struct key_file b = { .note = new->note, .secret = new->secret };
	struct buf note;

	buf_init(&note, NOTE_MAX);
	fixture_ok(key_handover_write(&a, &b, last, &note));
	return note;
}

static enum err
keep(struct log_world *w, struct pair *old, struct pair *new, bool *is_new)
{
	struct buf note = handover(old, new, &w->last);
	enum err rc = log_handover_keep(
	    &w->f.ctx, (struct span){ note.data, note.len }, is_new);

	buf_free(&note);
	return rc;
}

/* As the sequencer publishes it. */
static void
publish_key(struct log_world *w, const struct note_key *key)
{
	char text[NOTE_KEY_TEXT];
	struct buf b;

	note_key_text(key, text);
	buf_init(&b, NOTE_KEY_TEXT);
	buf_addf(&b, "%s\n", text);
	fixture_ok(log_file_put_key(w->f.ctx.conf, LOG_KEY_FILE, &b));
	buf_free(&b);
}

/* The signer is another one now: the same log, the next key. */
static void
take_over(struct log_world *w, const struct pair *p)
{
	w->key = p->note;
	memcpy(w->secret, p->secret, sizeof(w->secret));
}

static void
open_world(struct log_world *w)
{
	log_open_world(w);
	w->f.ctx.actor.is_console = true;
	fixture_ok(log_start(w));
	publish_key(w, &w->key);
	log_records(w, 5);
	log_catch_up(w);
}

static int64_t
records(struct log_world *w)
{
	return fixture_int(&w->f,
	    "SELECT COUNT(*) FROM record WHERE kind = 'log.key-rotated'");
}

START_TEST(kept)
{
	struct log_handover *all;
	struct pair old, new = new_pair();
	struct log_world w;
	bool is_new;
	size_t n;

	open_world(&w);
	old = current(&w);
	fixture_ok(keep(&w, &old, &new, &is_new));
	ck_assert(is_new);
	ck_assert_int_eq(records(&w), 1);
	/* Again is harmless. */
	fixture_ok(keep(&w, &old, &new, &is_new));
	ck_assert(!is_new);
	ck_assert_int_eq(records(&w), 1);
	fixture_ok(log_handover_list(&w.f.ctx, &all, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_mem_eq(&all[0].keys.old, &old.note, sizeof(old.note));
	ck_assert_mem_eq(&all[0].keys.new, &new.note, sizeof(new.note));
	ck_assert_uint_eq(all[0].keys.last.size, 5);
	ck_assert_int_eq(strncmp(all[0].file, "handover-", 9), 0);
	log_close_world(&w);
}
END_TEST

/* What the record says can be checked with sha256sum. */
START_TEST(recorded)
{
	char hex[DIGEST_TEXT], old_text[NOTE_KEY_TEXT];
	struct pair old, new = new_pair();
	uint8_t digest[DIGEST_BYTES];
	struct log_world w;
	bool is_new;
	char *body;
	struct buf note;

	open_world(&w);
	old = current(&w);
	note = handover(&old, &new, &w.last);
	fixture_ok(keep(&w, &old, &new, &is_new));
	body = fixture_text(
	    &w.f, "SELECT body FROM record WHERE kind = 'log.key-rotated'");
	digest_sha256(note.data, note.len, digest);
	text_hex(digest, sizeof(digest), hex);
	note_key_text(&old.note, old_text);
	ck_assert_ptr_nonnull(strstr(body, hex));
	ck_assert_ptr_nonnull(strstr(body, old_text));
	buf_free(&note);
	log_close_world(&w);
}
END_TEST

START_TEST(refused)
{
	struct pair old, new = new_pair(), other = new_pair();
	struct log_world w;
	struct buf note;
	bool is_new;

	open_world(&w);
	old = current(&w);
	/* From a key that never was this log's. */
	fixture_err(keep(&w, &other, &new, &is_new), ERR_STATE);
	/* Changed behind the signatures. */
	note = handover(&old, &new, &w.last);
	note.data[note.len / 2] ^= 1;
	fixture_err(log_handover_keep(&w.f.ctx,
			(struct span){ note.data, note.len }, &is_new),
	    ERR_INVALID);
	buf_free(&note);
	/* A second one from a key that has handed over already. */
	fixture_ok(keep(&w, &old, &new, &is_new));
	fixture_err(keep(&w, &old, &other, &is_new), ERR_STATE);
	ck_assert(!is_new);
	ck_assert_int_eq(records(&w), 1);
	log_close_world(&w);
}
END_TEST

/* Another log was begun: what the first one's keys did does not bind it. */
START_TEST(another_log)
{
	struct pair old, new = new_pair();
	struct log_world w;
	bool is_new;

	open_world(&w);
	old = current(&w);
	fixture_ok(keep(&w, &old, &new, &is_new));
	new = new_pair();
	ck_assert(note_key_make(
	    "portal.example/log2", NOTE_ED25519, new.note.key, &w.key));
	memcpy(w.secret, new.secret, sizeof(w.secret));
	publish_key(&w, &w.key);
	old = current(&w);
	new = new_pair();
	ck_assert(note_key_make(
	    "portal.example/log2", NOTE_ED25519, new.secret + 32, &new.note));
	fixture_ok(keep(&w, &old, &new, &is_new));
	ck_assert(is_new);
	log_close_world(&w);
}
END_TEST

/* Before anything is published, there is no key to hand over from. */
START_TEST(nothing_published)
{
	struct pair old, new = new_pair();
	struct log_world w;
	bool is_new;

	log_open_world(&w);
	w.f.ctx.actor.is_console = true;
	old = current(&w);
	fixture_err(keep(&w, &old, &new, &is_new), ERR_STATE);
	ck_assert_int_eq(records(&w), 0);
	log_close_world(&w);
}
END_TEST

/* The newest checkpoint that witnesses and bundles are given. */
static void
expect_noted(struct log_world *w)
{
	const char *text = fixture_text(&w->f,
	    "SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1");
	struct checkpoint checkpoint;
	struct tlog_fault fault;
	struct note note;

	fixture_ok(checkpoint_open(
	    span_of(text), &w->key, &note, &checkpoint, &fault));
}

/* One or more changes of key between two starts of the sequencer. */
static const int changes[] = { 1, 2, 5 };

START_TEST(log_goes_on)
{
	struct pair old, new;
	struct log_world w;
	bool is_new;

	open_world(&w);
	for (int i = 0; i < changes[_i]; i++) {
		old = current(&w);
		new = new_pair();
		fixture_ok(keep(&w, &old, &new, &is_new));
		take_over(&w, &new);
	}
	fixture_ok(log_start(&w));
	/* Published anew by the new key at once, the same size. */
	ck_assert_uint_eq(log_published(&w).size, 5);
	expect_noted(&w);
	log_catch_up(&w);
	ck_assert_uint_eq(log_published(&w).size, 5 + (uint64_t)changes[_i]);
	fixture_ok(log_start(&w));
	log_close_world(&w);
}
END_TEST

START_TEST(log_stops_without_it)
{
	struct pair new = new_pair();
	struct log_world w;

	open_world(&w);
	take_over(&w, &new);
	fixture_err(log_start(&w), ERR_CORRUPT);
	log_close_world(&w);
}
END_TEST

/* What `ententectl check` says, with that key beside the log. */
static bool
is_sound(struct log_world *w, const struct note_key *key)
{
	int64_t checked;
	char *problem;

	publish_key(w, key);
	fixture_ok(log_verify(&w->f.ctx, &checked, &problem));
	return problem == NULL;
}

/* Between the hand-over and the sequencer's next step nothing is wrong. */
START_TEST(checked_in_between)
{
	struct pair old, new = new_pair(), stranger = new_pair();
	struct log_world w;
	bool is_new;

	open_world(&w);
	old = current(&w);
	ck_assert(is_sound(&w, &old.note));
	fixture_ok(keep(&w, &old, &new, &is_new));
	ck_assert(is_sound(&w, &new.note));
	ck_assert(!is_sound(&w, &stranger.note));
	take_over(&w, &new);
	fixture_ok(log_start(&w));
	ck_assert(is_sound(&w, &new.note));
	ck_assert(!is_sound(&w, &old.note));
	log_close_world(&w);
}
END_TEST

/* A hand-over is kept, and it is not to the key that signs now. */
START_TEST(log_stops_for_a_stranger)
{
	struct pair old, new = new_pair(), stranger = new_pair();
	struct log_world w;
	bool is_new;

	open_world(&w);
	old = current(&w);
	fixture_ok(keep(&w, &old, &new, &is_new));
	take_over(&w, &stranger);
	fixture_err(log_start(&w), ERR_CORRUPT);
	take_over(&w, &new);
	fixture_ok(log_start(&w));
	log_close_world(&w);
}
END_TEST

UNIT_MAIN("log_handover", UNIT(kept), UNIT(recorded), UNIT(refused),
    UNIT(another_log), UNIT(nothing_published), UNIT_ROWS(log_goes_on, changes),
    UNIT(log_stops_without_it), UNIT(log_stops_for_a_stranger),
    UNIT(checked_in_between))
