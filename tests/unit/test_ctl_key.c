/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `ententectl key`: the console's command line, and what it leaves in the
 * folder; crypt/key_handover.c, by which one key follows another.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/key_handover_sign.h"
#include "crypt/note_sign.h"
#include "crypt/signer_core.h"
#include "crypt/token.h"
#include "program.h"

static char dir[UNIT_PATH], folder[UNIT_PATH], pass[UNIT_PATH];
static char program[UNIT_PATH], said[UNIT_PATH];

static void
start(void)
{
	const char *build = getenv("BUILD");

	log_open("test", LOG_ERROR);
	ck_assert_int_eq(crypt_start(), ERR_OK);
	unit_scratch(dir);
	unit_path(folder, dir, "signer");
	unit_path(said, dir, "said");
	unit_path(program, build != NULL ? build : "build", "bin/ententectl");
	unit_file(dir, "pass", "correct horse\n", pass);
	chmod(pass, 0600);
}

static const char *
in(const char *name)
{
	static char path[4][UNIT_PATH];
	static int turn;

	turn = (turn + 1) % 4;
	unit_path(path[turn], folder, name);
	return path[turn];
}

static void
read_into(const char *path, struct buf *b)
{
	buf_init(b, 1 << 16);
	ck_assert_int_eq(file_read(path, b), ERR_OK);
}

static bool
says(const char *text)
{
	struct buf b;
	bool is_there;

	read_into(said, &b);
	is_there = b.len > 0 && strstr(b.data, text) != NULL;
	buf_free(&b);
	return is_there;
}

#define CTL(...) UNIT_SPAWN(said, program, "key", __VA_ARGS__)

static struct note_key
public_key(void)
{
	struct tlog_fault fault;
	struct note_key key;
	struct buf b;

	read_into(in("log-key.txt"), &b);
	ck_assert_int_eq(note_key_parse(b.data, b.len, &key, &fault), ERR_OK);
	buf_free(&b);
	return key;
}

/* The state is signed by the key that is there now; its size. */
static int64_t
state_size(void)
{
	struct key_file log = { .kind = KEY_LOG, .note = public_key() };
	struct signer s = { .log = &log,
		.folder = open(folder, O_RDONLY | O_DIRECTORY),
		.file = "state" };
	enum err rc = signer_load(&s);

	close(s.folder);
	return rc == ERR_OK ? (int64_t)s.last.size : -1;
}

static const bool closed[] = { false, true };

START_TEST(made)
{
	struct stat st;
	struct key_file *k;
	struct key_passphrase *p = NULL;

	start();
	ck_assert_int_eq(closed[_i]
		? CTL("make", folder, "--name", "portal.example/log",
		      "--passphrase", pass)
		: CTL("make", folder, "--name", "portal.example/log"),
	    0);
	ck_assert(says("portal.example/log+"));
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(
		    stat(in(i ? "log.key" : "bundle.key"), &st), 0);
		ck_assert_int_eq(st.st_mode & 07777, 0600);
	}
	ck_assert_int_eq(state_size(), 0);
	if (closed[_i]) {
		ck_assert_int_eq(
		    key_file_read(in("log.key"), KEY_LOG, NULL, &k),
		    ERR_REAUTH);
		ck_assert_int_eq(key_passphrase_read(pass, &p), ERR_OK);
	}
	ck_assert_int_eq(key_file_read(in("log.key"), KEY_LOG, p, &k), ERR_OK);
	ck_assert_str_eq(k->note.name, "portal.example/log");
	key_file_free(k);
	key_passphrase_free(p);
	ck_assert_int_eq(CTL("show", folder), 0);
	ck_assert(says("size 0"));
	/* Never over what is there. */
	ck_assert_int_eq(CTL("make", folder, "--name", "other"), 1);
	ck_assert(says("is there already"));
	unit_remove(dir);
}
END_TEST

START_TEST(usage)
{
	start();
	ck_assert_int_eq(CTL("make", folder), 2);
	ck_assert_int_eq(CTL("make", folder, "--name", "with space"), 2);
	ck_assert(says("no name for a log"));
	ck_assert_int_eq(CTL("show", dir), 1);
	ck_assert_int_eq(CTL("rotate", "/no/such/folder"), 1);
	ck_assert_int_eq(CTL("burn", folder), 2);
	unit_remove(dir);
}
END_TEST

/* ---- rotation -------------------------------------------------------- */

static void
read_handover(struct key_handover *h, struct buf *b)
{
	struct note_key now = public_key();
	struct tlog_fault fault;
	char id[9], name[64];

	snprintf(id, sizeof(id), "%02x%02x%02x%02x", now.id[0], now.id[1],
	    now.id[2], now.id[3]);
	snprintf(name, sizeof(name), "handover-%s.txt", id);
	read_into(in(name), b);
	ck_assert_int_eq(
	    key_handover_read((struct span){ b->data, b->len }, h, &fault),
	    ERR_OK);
}

START_TEST(rotated)
{
	struct note_key before, after;
	struct key_handover h;
	struct key_file *k;
	struct buf b;

	start();
	ck_assert_int_eq(CTL("make", folder, "--name", "log.example"), 0);
	before = public_key();
	ck_assert_int_eq(CTL("rotate", folder, "--apart"), 0);
	after = public_key();
	ck_assert_mem_ne(before.key, after.key, NOTE_KEY);
	ck_assert_str_eq(before.name, after.name);
	read_handover(&h, &b);
	ck_assert_mem_eq(&h.old, &before, sizeof(before));
	ck_assert_mem_eq(&h.new, &after, sizeof(after));
	ck_assert_uint_eq(h.last.size, 0);
	ck_assert_int_eq(
	    key_file_read(in("log.key"), KEY_LOG, NULL, &k), ERR_OK);
	ck_assert_mem_eq(&k->note, &after, sizeof(after));
	ck_assert_int_eq(state_size(), 0);
	ck_assert_int_eq(access(in("log.key.next"), F_OK), -1);
	key_file_free(k);
	buf_free(&b);
	unit_remove(dir);
}
END_TEST

/* Broken off after each of its steps, it goes on with the same new key. */
static const char *const broken[] = { "key", "state" };

START_TEST(rotation_goes_on)
{
	struct key_file *old, *next;
	struct signer s;
	struct key_handover h;
	struct note_key now;
	struct buf b;

	start();
	ck_assert_int_eq(CTL("make", folder, "--name", "log.example"), 0);
	ck_assert_int_eq(
	    key_file_read(in("log.key"), KEY_LOG, NULL, &old), ERR_OK);
	ck_assert_int_eq(key_file_new(KEY_LOG, "log.example", &next), ERR_OK);
	ck_assert_int_eq(
	    key_file_write(in("log.key.next"), next, NULL), ERR_OK);
	if (_i == 1) {
		s = (struct signer){ .log = old,
			.folder = open(folder, O_RDONLY | O_DIRECTORY),
			.file = "state" };
		ck_assert_int_eq(signer_load(&s), ERR_OK);
		s.log = next;
		ck_assert_int_eq(signer_keep(&s, &s.last), ERR_OK);
		close(s.folder);
	}
	ck_assert_int_eq(CTL("rotate", folder, "--apart"), 0);
	now = public_key();
	ck_assert_mem_eq(&now, &next->note, sizeof(now));
	ck_assert_int_eq(state_size(), 0);
	read_handover(&h, &b);
	ck_assert_mem_eq(&h.old, &old->note, sizeof(h.old));
	buf_free(&b);
	key_file_free(old);
	key_file_free(next);
	unit_remove(dir);
}
END_TEST

START_TEST(not_beside_a_signer)
{
	int fd;

	start();
	ck_assert_int_eq(CTL("make", folder, "--name", "log.example"), 0);
	fd = open(folder, O_RDONLY | O_DIRECTORY);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert_int_eq(CTL("rotate", folder, "--apart"), 1);
	ck_assert(says("stop it first"));
	ck_assert_int_eq(CTL("show", folder), 0);
	close(fd);
	unit_remove(dir);
}
END_TEST

/* ---- the hand-over --------------------------------------------------- */

START_TEST(handover_every_bit)
{
	struct merkle_point last = { 77, { 1, 2 } };
	struct key_file *old, *new, *other;
	struct tlog_fault fault;
	struct key_handover h;
	struct buf b;

	start();
	key_file_new(KEY_LOG, "log.example", &old);
	key_file_new(KEY_LOG, "log.example", &new);
	key_file_new(KEY_LOG, "log.other", &other);
	buf_init(&b, NOTE_MAX);
	ck_assert_int_eq(key_handover_write(old, old, &last, &b), ERR_INVALID);
	ck_assert_int_eq(
	    key_handover_write(old, other, &last, &b), ERR_INVALID);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_int_eq(key_handover_write(old, new, &last, &b), ERR_OK);
	ck_assert_int_eq(
	    key_handover_read((struct span){ b.data, b.len }, &h, &fault),
	    ERR_OK);
	ck_assert_uint_eq(h.last.size, 77);
	for (size_t i = 0; i < 8 * b.len; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		ck_assert_int_eq(
		    key_handover_read(
			(struct span){ b.data, b.len }, &h, &fault),
		    ERR_INVALID);
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	for (size_t len = 0; len < b.len; len++)
		ck_assert_int_eq(
		    key_handover_read((struct span){ b.data, len }, &h, &fault),
		    ERR_INVALID);
	buf_free(&b);
	key_file_free(old);
	key_file_free(new);
	key_file_free(other);
	unit_remove(dir);
}
END_TEST

/* Both have signed it: of two logs, or from a key to itself, it is none. */
static const char *const not_next[] = { "log.example", "log.other" };

START_TEST(handover_of_others)
{
	struct merkle_point last = { 77, { 1, 2 } };
	uint8_t signature[NOTE_SIGNATURE];
	struct key_file *key[2];
	struct tlog_fault fault;
	struct key_handover h;
	struct span text;
	char copy[1024];
	struct buf b;

	start();
	key_file_new(KEY_LOG, "log.example", &key[0]);
	key_file_new(KEY_LOG, not_next[_i], &key[1]);
	if (_i == 0) {
		key_file_free(key[1]);
		key[1] = key[0];
	}
	buf_init(&b, NOTE_MAX);
	key_handover_text(&b, &key[0]->note, &key[1]->note, &last);
	snprintf(copy, sizeof(copy), "%s", b.data);
	text = span_of(copy);
	buf_addc(&b, '\n');
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(
		    note_sign(text, &key[i]->note, key[i]->secret, signature),
		    ERR_OK);
		note_add_line(&b, &key[i]->note, signature, NOTE_SIGNATURE);
	}
	ck_assert_int_eq(
	    key_handover_read((struct span){ b.data, b.len }, &h, &fault),
	    ERR_INVALID);
	ck_assert_int_eq(fault.reason, TLOG_FORMAT);
	buf_free(&b);
	if (key[1] != key[0])
		key_file_free(key[1]);
	key_file_free(key[0]);
	unit_remove(dir);
}
END_TEST

UNIT_MAIN("ctl_key", UNIT_ROWS(made, closed), UNIT(usage), UNIT(rotated),
    UNIT_ROWS(rotation_goes_on, broken), UNIT(not_beside_a_signer),
    UNIT(handover_every_bit), UNIT_ROWS(handover_of_others, not_next))
