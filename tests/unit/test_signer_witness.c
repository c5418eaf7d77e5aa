/* SPDX-License-Identifier: Apache-2.0 */
/* The signer as a witness of other logs, without its process. */
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/cosignature.h"
#include "crypt/note_sign.h"
#include "crypt/signer_core.h"
#include "crypt/token.h"
#include "tree.h"
#include "unit.h"

static char dir[UNIT_PATH];
static struct key_file *own, *bundle, *witness, *other;
static struct signer s;
static void
start(void)
{
	struct merkle_point nothing = { .size = 0 };

	log_open("test", LOG_ERROR);
	ck_assert_int_eq(crypt_start(), ERR_OK);
	unit_scratch(dir);
	tree_grow();
	ck_assert_int_eq(key_file_new(KEY_LOG, "own.example", &own), ERR_OK);
	ck_assert_int_eq(key_file_new(KEY_BUNDLE, NULL, &bundle), ERR_OK);
	ck_assert_int_eq(
	    key_file_new(KEY_WITNESS, "own.example/witness", &witness), ERR_OK);
	ck_assert_int_eq(
	    key_file_new(KEY_LOG, "other.example", &other), ERR_OK);
	s = (struct signer){ .log = own,
		.bundle = bundle,
		.folder = open(dir, O_RDONLY | O_DIRECTORY),
		.file = "state" };
	s.witness.key = witness;
	s.witness.folder = s.folder;
	merkle_empty(nothing.root);
	ck_assert_int_eq(signer_keep(&s, &nothing), ERR_OK);
}

static void
stop(void)
{
	close(s.folder);
	key_file_free(own);
	key_file_free(bundle);
	key_file_free(witness);
	key_file_free(other);
	unit_remove(dir);
}

static void
trust_other(void)
{
	ck_assert_int_eq(signer_witness_add(&s.witness, &other->note), ERR_OK);
}

/* As the other log asks: its checkpoint of `size`, from `old` on. */
static struct signer_request
request(uint64_t old, uint64_t size)
{
	struct signer_request r = { .kind = SIGNER_COSIGN,
		.tree.size = size,
		.old = old,
		.origin = "other.example" };
	char body[CHECKPOINT_BODY];

	merkle_root_of(&tree_reader, size, r.tree.root);
	if (old <= size)
		merkle_consistency(&tree_reader, old, size, &r.proof);
	checkpoint_body("other.example", &r.tree, body);
	ck_assert_int_eq(
	    note_sign(span_of(body), &other->note, other->secret, r.signature),
	    ERR_OK);
	return r;
}

static struct signer_answer
ask(const struct signer_request *r)
{
	uint8_t in[SIGNER_REQUEST], out[SIGNER_ANSWER];
	struct signer_answer a;

	signer_request_write(r, in);
	ck_assert(signer_answer(&s, SIGNER_ALL, in, out));
	ck_assert(signer_answer_read(out, &a));
	ck_assert_mem_eq(&a.witness, &witness->note, sizeof(a.witness));
	return a;
}

/* The answer's signature as a line of the note, checked by the reader. */
static void
cosignature_holds(const struct signer_answer *a, const struct signer_request *r)
{
	const int64_t now_s = clock_now() / CLOCK_S;
	uint8_t blob[COSIGNATURE_BLOB];
	char body[CHECKPOINT_BODY];
	struct tlog_fault fault;
	struct note note;
	int64_t time_s;
	struct buf b;

	for (int i = 0; i < 8; i++)
		blob[i] = (uint8_t)(a->time_s >> (56 - 8 * i));
	memcpy(blob + 8, a->signature, NOTE_SIGNATURE);
	checkpoint_body(r->origin, &r->tree, body);
	buf_init(&b, NOTE_MAX);
	buf_addf(&b, "%s\n", body);
	note_add_line(&b, &witness->note, blob, sizeof(blob));
	ck_assert_int_eq(note_parse(b.data, b.len, &note, &fault), ERR_OK);
	ck_assert_int_eq(
	    cosignature_check(&note, &witness->note, &time_s), TLOG_OK);
	ck_assert_int_le(time_s, now_s);
	ck_assert_int_gt(time_s, now_s - 60);
	buf_free(&b);
}

/* What the files say, as the next start reads them; -1: they are refused. */
static int64_t
kept(void)
{
	struct signer_witness w = { .key = witness, .folder = s.folder };

	return signer_witness_load(&w) == ERR_OK && w.n > 0
	    ? (int64_t)w.log[0].last.size
	    : -1;
}

static void
refuses(const struct signer_request *r, const char *why)
{
	static const uint8_t zero[NOTE_SIGNATURE];
	const int64_t before = kept();
	struct signer_answer a = ask(r);

	ck_assert_str_eq(signer_statuses[a.status], why);
	ck_assert_mem_eq(a.signature, zero, sizeof(zero));
	ck_assert_uint_eq(a.time_s, 0);
	ck_assert_int_eq(kept(), before);
}

/* ---- what it cosigns --------------------------------------------------- */

START_TEST(grows)
{
	struct signer_request r;
	struct signer_answer a;
	uint64_t old = 0;

	start();
	trust_other();
	ck_assert_int_eq(kept(), 0);
	for (uint64_t size = 0; size < TREE_MOST; size = size * 2 + 3) {
		r = request(old, size);
		a = ask(&r);
		ck_assert_int_eq(a.status, SIGNER_DONE);
		cosignature_holds(&a, &r);
		ck_assert_int_eq(kept(), (int64_t)size);
		ck_assert_uint_eq(a.last.size, size);
		/* The same once more, from where it is now: a new time. */
		r = request(size, size);
		a = ask(&r);
		ck_assert_int_eq(a.status, SIGNER_DONE);
		cosignature_holds(&a, &r);
		old = size;
	}
	/* Its own log has nothing to do with it. */
	ck_assert_uint_eq(s.last.size, 0);
	stop();
}
END_TEST

/* ---- what it refuses --------------------------------------------------- */

START_TEST(unknown)
{
	struct signer_request r;

	start();
	r = request(0, 5);
	refuses(&r, "unknown");
	trust_other();
	strcpy(r.origin, "third.example");
	refuses(&r, "unknown");
	strcpy(r.origin, "own.example");
	refuses(&r, "unknown");
	stop();
}
END_TEST

START_TEST(not_a_witness)
{
	uint8_t in[SIGNER_REQUEST], out[SIGNER_ANSWER];
	struct signer_request r;
	struct signer_answer a;

	start();
	s.witness.key = NULL;
	r = request(0, 5);
	signer_request_write(&r, in);
	ck_assert(signer_answer(&s, SIGNER_ALL, in, out));
	ck_assert(signer_answer_read(out, &a));
	ck_assert_str_eq(signer_statuses[a.status], "unknown");
	ck_assert_str_eq(a.witness.name, "");
	stop();
}
END_TEST

START_TEST(not_signed_by_the_log)
{
	struct signer_request r, bad;
	char body[CHECKPOINT_BODY];

	start();
	trust_other();
	r = request(0, 7);
	for (int bit = 0; bit < 512; bit += 7) {
		bad = r;
		bad.signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
		refuses(&bad, "unsigned");
	}
	/* By another key of that name. */
	bad = r;
	checkpoint_body("other.example", &r.tree, body);
	note_sign(span_of(body), &own->note, own->secret, bad.signature);
	refuses(&bad, "unsigned");
	/* Of another size than was signed. */
	bad = r;
	bad.tree.size = 8;
	refuses(&bad, "unsigned");
	ck_assert_str_eq(signer_statuses[ask(&r).status], "done");
	stop();
}
END_TEST

START_TEST(not_from_there)
{
	struct signer_request r;
	struct signer_answer a;

	start();
	trust_other();
	r = request(0, 20);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	for (uint64_t old = 0; old < 30; old++) {
		if (old == 20)
			continue;
		r = request(old, 40);
		refuses(&r, "stale");
		a = ask(&r);
		ck_assert_uint_eq(a.last.size, 20);
	}
	r = request(41, 40);
	refuses(&r, "back");
	r = request(20, 19);
	refuses(&r, "back");
	r = request(10, 19);
	refuses(&r, "stale");
	stop();
}
END_TEST

START_TEST(forks)
{
	struct signer_request r, bad;

	start();
	trust_other();
	r = request(0, 20);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	/* Another history of the log, which it signs too. */
	tree_leaves[3][0] ^= 1;
	bad = request(20, 20);
	refuses(&bad, "fork");
	bad = request(20, 33);
	refuses(&bad, "proof");
	tree_leaves[3][0] ^= 1;
	bad = request(20, 20);
	bad.proof.n = 1;
	refuses(&bad, "proof");
	bad = request(20, 33);
	for (size_t bit = 0; bit < bad.proof.n * 256; bit += 5) {
		r = bad;
		r.proof.hash[bit / 256][bit / 8 % 32] ^=
		    (uint8_t)(1 << bit % 8);
		refuses(&r, "proof");
	}
	ck_assert_str_eq(signer_statuses[ask(&bad).status], "done");
	stop();
}
END_TEST

/* What cannot be kept is not given away. */
START_TEST(cannot_be_kept)
{
	struct signer_request r;
	int folder;

	start();
	trust_other();
	r = request(0, 9);
	folder = s.witness.folder;
	s.witness.folder = open("/proc", O_RDONLY | O_DIRECTORY);
	{
		static const uint8_t zero[NOTE_SIGNATURE];
		struct signer_answer a = ask(&r);

		ck_assert_str_eq(signer_statuses[a.status], "failed");
		ck_assert_mem_eq(a.signature, zero, sizeof(zero));
		ck_assert_uint_eq(a.time_s, 0);
		ck_assert_uint_eq(a.last.size, 0);
	}
	close(s.witness.folder);
	s.witness.folder = folder;
	ck_assert_int_eq(kept(), 0);
	ck_assert_str_eq(signer_statuses[ask(&r).status], "done");
	stop();
}
END_TEST

/* ---- the list ---------------------------------------------------------- */

START_TEST(added)
{
	struct note_key bad = { .type = NOTE_COSIGNATURE };

	start();
	trust_other();
	ck_assert_int_eq(
	    signer_witness_add(&s.witness, &other->note), ERR_EXISTS);
	ck_assert_int_eq(signer_witness_add(&s.witness, &bad), ERR_INVALID);
	ck_assert_uint_eq(s.witness.n, 1);
	stop();
}
END_TEST

/* While a log changes its key, both are known, and share what was seen. */
START_TEST(two_keys_of_one_log)
{
	struct key_file *old = NULL;
	struct signer_request r;

	start();
	trust_other();
	r = request(0, 9);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	old = other;
	ck_assert_int_eq(
	    key_file_new(KEY_LOG, "other.example", &other), ERR_OK);
	r = request(9, 12);
	refuses(&r, "unsigned");
	trust_other();
	ck_assert_int_eq(kept(), 9);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	key_file_free(other);
	other = old;
	r = request(9, 11);
	refuses(&r, "stale");
	r = request(12, 15);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	stop();
}
END_TEST

/* Its old key is let go: what that signs is nothing here. */
START_TEST(removed)
{
	struct key_file *old, *new;
	struct signer_request r;

	start();
	trust_other();
	r = request(0, 9);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	old = other;
	ck_assert_int_eq(key_file_new(KEY_LOG, "other.example", &new), ERR_OK);
	other = new;
	trust_other();
	ck_assert_int_eq(signer_witness_remove(&s.witness, &old->note), ERR_OK);
	ck_assert_int_eq(
	    signer_witness_remove(&s.witness, &old->note), ERR_NOT_FOUND);
	ck_assert_uint_eq(s.witness.n, 1);
	ck_assert_int_eq(kept(), 9);
	r = request(9, 12);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	other = old;
	r = request(12, 15);
	refuses(&r, "unsigned");
	key_file_free(new);
	stop();
}
END_TEST

START_TEST(many)
{
	struct key_file *k;
	char name[32];

	start();
	for (int i = 0; i <= SIGNER_LOGS; i++) {
		snprintf(name, sizeof(name), "log%d.example", i);
		ck_assert_int_eq(key_file_new(KEY_LOG, name, &k), ERR_OK);
		ck_assert_int_eq(signer_witness_add(&s.witness, &k->note),
		    i < SIGNER_LOGS ? ERR_OK : ERR_TOO_LARGE);
		key_file_free(k);
	}
	ck_assert_int_eq(kept(), 0);
	stop();
}
END_TEST

/* A witness that has forgotten must not start from nothing. */
START_TEST(state_is_its_own)
{
	struct signer_witness w = { .folder = -1 };
	struct signer_request r;
	char file[SIGNER_LOG_FILE], path[UNIT_PATH];
	struct buf b;
	FILE *f;

	start();
	trust_other();
	r = request(0, 9);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	signer_witness_file("other.example", file);
	unit_path(path, dir, file);
	buf_init(&b, NOTE_MAX);
	ck_assert_int_eq(file_read(path, &b), ERR_OK);
	for (size_t i = 0; i < 8 * b.len; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		f = fopen(path, "wb");
		fwrite(b.data, 1, b.len, f);
		fclose(f);
		ck_assert_int_eq(kept(), -1);
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	unlink(path);
	w.key = witness;
	w.folder = s.folder;
	ck_assert_int_eq(signer_witness_load(&w), ERR_NOT_FOUND);
	buf_free(&b);
	stop();
}
END_TEST

/* What was cosigned for one log is not remembered of another. */
START_TEST(state_is_of_its_log)
{
	char one[SIGNER_LOG_FILE], two[SIGNER_LOG_FILE];
	struct key_file *third;

	start();
	trust_other();
	ck_assert_int_eq(
	    key_file_new(KEY_LOG, "third.example", &third), ERR_OK);
	ck_assert_int_eq(signer_witness_add(&s.witness, &third->note), ERR_OK);
	ck_assert_int_eq(kept(), 0);
	signer_witness_file("other.example", one);
	signer_witness_file("third.example", two);
	ck_assert_int_eq(unlinkat(s.folder, one, 0), 0);
	ck_assert_int_eq(linkat(s.folder, two, s.folder, one, 0), 0);
	ck_assert_int_eq(kept(), -1);
	key_file_free(third);
	stop();
}
END_TEST

/* The list is not written: it is not witnessed, and can be once more. */
START_TEST(list_cannot_be_kept)
{
	char path[UNIT_PATH];

	start();
	unit_path(path, dir, SIGNER_LOGS_FILE ".new");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(
	    signer_witness_add(&s.witness, &other->note), ERR_INTERNAL);
	ck_assert_uint_eq(s.witness.n, 0);
	ck_assert_int_eq(rmdir(path), 0);
	trust_other();
	ck_assert_int_eq(kept(), 0);
	stop();
}
END_TEST

/* A log that was taken off the list, or that a crash kept from it. */
START_TEST(added_again)
{
	struct signer_request r;
	char file[SIGNER_LOG_FILE], path[UNIT_PATH];

	start();
	trust_other();
	r = request(0, 9);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	unit_path(path, dir, SIGNER_LOGS_FILE);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(signer_witness_load(&s.witness), ERR_OK);
	ck_assert_uint_eq(s.witness.n, 0);
	trust_other();
	ck_assert_int_eq(kept(), 9);
	refuses(&r, "stale");
	r = request(9, 12);
	ck_assert_int_eq(ask(&r).status, SIGNER_DONE);
	/* What cannot be read is not taken for nothing. */
	unlink(path);
	signer_witness_file("other.example", file);
	unit_file(dir, file, "not a note\n", path);
	ck_assert_int_eq(signer_witness_load(&s.witness), ERR_OK);
	ck_assert_int_eq(
	    signer_witness_add(&s.witness, &other->note), ERR_CORRUPT);
	ck_assert_uint_eq(s.witness.n, 0);
	stop();
}
END_TEST

static const char *const bad_lists[] = { "no key\n", "\n", "x" };

START_TEST(list_is_checked)
{
	struct signer_witness w = { .folder = -1 };
	char path[UNIT_PATH];

	start();
	unit_file(dir, SIGNER_LOGS_FILE, bad_lists[_i], path);
	w.key = witness;
	w.folder = s.folder;
	ck_assert_int_eq(signer_witness_load(&w), ERR_INVALID);
	stop();
}
END_TEST

static void
expect_bad_list(const struct note_key *key, int lines)
{
	struct signer_witness w = { .key = witness, .folder = s.folder };
	char text[NOTE_KEY_TEXT], path[UNIT_PATH];
	struct buf list;

	note_key_text(key, text);
	buf_init(&list, NOTE_MAX);
	for (int i = 0; i < lines; i++)
		buf_addf(&list, "%s\n", text);
	unit_file(dir, SIGNER_LOGS_FILE, list.data, path);
	ck_assert_int_eq(signer_witness_load(&w), ERR_INVALID);
	buf_free(&list);
}

/* Another witness's key is no log's; and there may be too many. */
START_TEST(list_of_others)
{
	struct note_key key;

	start();
	trust_other();
	expect_bad_list(&other->note, SIGNER_LOGS + 1);
	ck_assert(note_key_make(
	    "other.example", NOTE_COSIGNATURE, other->note.key, &key));
	expect_bad_list(&key, 1);
	stop();
}
END_TEST

UNIT_MAIN("signer_witness", UNIT(grows), UNIT(unknown), UNIT(not_a_witness),
    UNIT(not_signed_by_the_log), UNIT(not_from_there), UNIT(forks),
    UNIT(cannot_be_kept), UNIT(added), UNIT(two_keys_of_one_log), UNIT(removed),
    UNIT(many), UNIT(state_is_its_own), UNIT(state_is_of_its_log),
    UNIT(list_cannot_be_kept), UNIT(added_again), UNIT(list_of_others),
    UNIT_ROWS(list_is_checked, bad_lists))
