/* SPDX-License-Identifier: Apache-2.0 */
/* The signer's rules, without its process. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/signer_core.h"
#include "crypt/token.h"
#include "tree.h"
#include "unit.h"

static char dir[UNIT_PATH], state[UNIT_PATH];
static struct key_file *log_key, *bundle_key;
static struct signer s;
static void
start(uint64_t size)
{
	struct merkle_point first;

	log_open("test", LOG_ERROR);
	ck_assert_int_eq(crypt_start(), ERR_OK);
	unit_scratch(dir);
	unit_path(state, dir, "state");
	tree_grow();
	ck_assert_int_eq(
	    key_file_new(KEY_LOG, "log.example", &log_key), ERR_OK);
	ck_assert_int_eq(key_file_new(KEY_BUNDLE, NULL, &bundle_key), ERR_OK);
	s = (struct signer){ .log = log_key,
		.bundle = bundle_key,
		.folder = open(dir, O_RDONLY | O_DIRECTORY),
		.file = "state" };
	first = tree_at(size);
	ck_assert_int_eq(signer_keep(&s, &first), ERR_OK);
}

static void
stop(void)
{
	close(s.folder);
	key_file_free(log_key);
	key_file_free(bundle_key);
	unit_remove(dir);
}

static struct signer_answer
ask(const struct signer_request *r)
{
	uint8_t request[SIGNER_REQUEST], answer[SIGNER_ANSWER];
	struct signer_answer a;

	signer_request_write(r, request);
	ck_assert(signer_answer(&s, SIGNER_ALL, request, answer));
	ck_assert(signer_answer_read(answer, &a));
	ck_assert_int_eq(a.kind, r->kind);
	ck_assert_str_eq(a.log.name, "log.example");
	return a;
}

static struct signer_request
extension(uint64_t from, uint64_t size)
{
	struct signer_request r = { .kind = SIGNER_CHECKPOINT,
		.tree = tree_at(size) };

	merkle_consistency(&tree_reader, from, size, &r.proof);
	return r;
}

static const char *
status(const struct signer_request *r)
{
	return signer_statuses[ask(r).status];
}

/* What the file says: the size, -1 when it is none of ours. */
static int64_t
kept(void)
{
	struct signer other = s;

	return signer_load(&other) == ERR_OK ? (int64_t)other.last.size : -1;
}

static void
signature_holds(const struct signer_answer *a, const struct merkle_point *tree)
{
	char body[CHECKPOINT_BODY];
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	struct buf b;

	checkpoint_body("log.example", tree, body);
	buf_init(&b, NOTE_MAX);
	buf_addf(&b, "%s\n", body);
	note_add_line(&b, &log_key->note, a->signature, NOTE_SIGNATURE);
	ck_assert_int_eq(checkpoint_open((struct span){ b.data, b.len },
			     &log_key->note, &note, &c, &fault),
	    ERR_OK);
	buf_free(&b);
}

/* ---- what it signs --------------------------------------------------- */

START_TEST(grows)
{
	struct signer_request r;
	struct signer_answer a, again;
	uint64_t size = 0;

	start(0);
	for (uint64_t next = 0; next < TREE_MOST; next = next * 2 + 3) {
		r = extension(size, next);
		a = ask(&r);
		ck_assert_int_eq(a.status, SIGNER_DONE);
		signature_holds(&a, &r.tree);
		ck_assert_int_eq(kept(), (int64_t)next);
		ck_assert_uint_eq(a.last.size, next);
		/* The same again, with or without a proof: the same answer. */
		again = ask(&r);
		ck_assert_mem_eq(&again, &a, sizeof(a));
		r.proof.n = 0;
		memset(r.proof.hash, 0, sizeof(r.proof.hash));
		again = ask(&r);
		ck_assert_mem_eq(&again, &a, sizeof(a));
		size = next;
	}
	stop();
}
END_TEST

START_TEST(keys)
{
	const struct signer_request r = { .kind = SIGNER_KEYS };
	struct signer_answer a;

	start(5);
	a = ask(&r);
	ck_assert_int_eq(a.status, SIGNER_DONE);
	ck_assert_mem_eq(&a.log, &log_key->note, sizeof(a.log));
	ck_assert_mem_eq(&a.bundle, &bundle_key->bundle, sizeof(a.bundle));
	ck_assert_uint_eq(a.last.size, 5);
	stop();
}
END_TEST

START_TEST(bundles)
{
	struct signer_request r = { .kind = SIGNER_BUNDLE,
		.prehash = { 1, 2, 3 },
		.comment = "entente bundle" };
	struct signer_answer a;
	struct minisig_fault fault;
	struct minisig m = {
		.is_prehashed = true, .comment = "", .trusted = "entente bundle"
	};

	start(5);
	a = ask(&r);
	ck_assert_int_eq(a.status, SIGNER_DONE);
	memcpy(m.number, bundle_key->bundle.number, MINISIG_NUMBER);
	memcpy(m.signature, a.signature, MINISIG_SIGNATURE);
	memcpy(m.global, a.global, MINISIG_SIGNATURE);
	ck_assert_int_eq(
	    minisig_verify_prehash(&m, &bundle_key->bundle, r.prehash, &fault),
	    ERR_OK);
	snprintf(r.comment, sizeof(r.comment), "two\nlines");
	ck_assert_str_eq(status(&r), "text");
	snprintf(r.comment, sizeof(r.comment), "\xff");
	ck_assert_str_eq(status(&r), "text");
	ck_assert_int_eq(kept(), 5);
	stop();
}
END_TEST

/* ---- what it refuses ------------------------------------------------- */

static void
refuses(const struct signer_request *r, const char *why)
{
	static const uint8_t zero[NOTE_SIGNATURE];
	struct signer_answer a = ask(r);

	ck_assert_str_eq(signer_statuses[a.status], why);
	ck_assert_mem_eq(a.signature, zero, sizeof(zero));
	ck_assert_int_eq(kept(), (int64_t)s.last.size);
}

START_TEST(back)
{
	struct signer_request r;

	start(20);
	for (uint64_t size = 0; size < 20; size++) {
		r = extension(0, size);
		refuses(&r, "back");
	}
	stop();
}
END_TEST

START_TEST(forks)
{
	struct signer_request r;

	for (uint64_t size = 0; size < 20; size += 9) {
		start(size);
		r = extension(size, size);
		for (int bit = 0; bit < 256; bit += 17) {
			r.tree.root[bit / 8] ^= (uint8_t)(1 << bit % 8);
			refuses(&r, "fork");
			r.tree.root[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		stop();
	}
}
END_TEST

START_TEST(false_proofs)
{
	struct signer_request r, bad;

	start(11);
	r = extension(11, 29);
	for (size_t bit = 0; bit < r.proof.n * 256; bit += 3) {
		bad = r;
		bad.proof.hash[bit / 256][bit / 8 % 32] ^=
		    (uint8_t)(1 << bit % 8);
		refuses(&bad, "proof");
	}
	for (size_t n = 0; n < r.proof.n; n++) {
		bad = r;
		bad.proof.n = n;
		memset(
		    bad.proof.hash[n], 0, (MERKLE_PROOF_MAX - n) * MERKLE_HASH);
		refuses(&bad, "proof");
	}
	bad = r;
	bad.tree.root[0] ^= 1;
	refuses(&bad, "proof");
	bad = extension(10, 29);
	refuses(&bad, "proof");
	/* A proof between other leaves. */
	tree_leaves[3][0] ^= 1;
	bad = extension(11, 29);
	refuses(&bad, "proof");
	ck_assert_str_eq(status(&r), "done");
	stop();
}
END_TEST

/* A state that says nothing: more leaves than there were at size 0. */
START_TEST(from_nothing)
{
	struct signer_request r;

	start(0);
	r = extension(0, 7);
	r.proof.n = 1;
	refuses(&r, "proof");
	r.proof.n = 0;
	ck_assert_str_eq(status(&r), "done");
	stop();
}
END_TEST

START_TEST(no_message)
{
	uint8_t request[SIGNER_REQUEST] = { 0 }, answer[SIGNER_ANSWER];
	struct signer_request r;

	start(3);
	ck_assert(!signer_answer(&s, SIGNER_ALL, request, answer));
	r = extension(3, 9);
	signer_request_write(&r, request);
	request[7] = 1;
	ck_assert(!signer_answer(&s, SIGNER_ALL, request, answer));
	ck_assert_int_eq(kept(), 3);
	stop();
}
END_TEST

/* ---- the state ------------------------------------------------------- */

START_TEST(state_is_its_own)
{
	struct key_file *other;
	struct buf b;
	FILE *f;

	start(9);
	ck_assert_int_eq(kept(), 9);
	log_open("test", LOG_ERROR);
	buf_init(&b, NOTE_MAX);
	file_read(state, &b);
	for (size_t i = 0; i < 8 * b.len; i++) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		f = fopen(state, "wb");
		fwrite(b.data, 1, b.len, f);
		fclose(f);
		ck_assert_int_eq(signer_load(&s), ERR_CORRUPT);
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	unlink(state);
	ck_assert_int_eq(signer_load(&s), ERR_NOT_FOUND);
	/* Of another key. */
	key_file_new(KEY_LOG, "log.example", &other);
	s.log = other;
	signer_keep(&s, &s.last);
	s.log = log_key;
	ck_assert_int_eq(signer_load(&s), ERR_CORRUPT);
	key_file_free(other);
	buf_free(&b);
	stop();
}
END_TEST

/* When it cannot keep it, it does not sign, and goes on from where it was. */
START_TEST(state_cannot_be_kept)
{
	struct signer_request r;
	char name[UNIT_PATH];
	int folder;

	start(9);
	r = extension(9, 12);
	folder = s.folder;
	s.folder = open("/proc", O_RDONLY | O_DIRECTORY);
	log_open("test", LOG_ERROR);
	{
		static const uint8_t zero[NOTE_SIGNATURE];
		struct signer_answer a = ask(&r);

		ck_assert_str_eq(signer_statuses[a.status], "failed");
		ck_assert_mem_eq(a.signature, zero, sizeof(zero));
		ck_assert_uint_eq(a.last.size, 9);
	}
	close(s.folder);
	s.folder = folder;
	ck_assert_int_eq(kept(), 9);
	ck_assert_str_eq(status(&r), "done");
	/* What a crash left behind does not disturb. */
	unit_file(dir, "state.new", "half of", name);
	r = extension(12, 13);
	ck_assert_str_eq(status(&r), "done");
	ck_assert_int_eq(kept(), 13);
	stop();
}
END_TEST

UNIT_MAIN("signer_core", UNIT(grows), UNIT(keys), UNIT(bundles), UNIT(back),
    UNIT(forks), UNIT(false_proofs), UNIT(from_nothing), UNIT(no_message),
    UNIT(state_is_its_own), UNIT(state_cannot_be_kept))
