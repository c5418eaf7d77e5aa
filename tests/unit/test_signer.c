/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program signer itself: asked by its client and by raw sockets, killed,
 * and, when it has its keys, unable to do anything else.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/cosignature_sign.h"
#include "crypt/key_file.h"
#include "crypt/signer_client.h"
#include "crypt/signer_core.h"
#include "crypt/token.h"
#include "program.h"
#include "tree.h"

enum { KILLS = 40, WAIT_S = 20 };

static char dir[UNIT_PATH], program[UNIT_PATH], sock[UNIT_PATH];
static char log_path[UNIT_PATH], bundle_path[UNIT_PATH], state[UNIT_PATH];
static struct key_file *log_key, *bundle_key;
static pid_t pid;

static struct signer_extension
extension(uint64_t from, uint64_t size)
{
	struct signer_extension e = { .tree.size = size };

	merkle_root_of(&tree_reader, size, e.tree.root);
	merkle_consistency(&tree_reader, from, size, &e.proof);
	return e;
}

/* ---- the process ----------------------------------------------------- */

static pid_t
spawn(const char *peer)
{
	const char *const argv[] = { program, "--log-key", log_path,
		"--bundle-key", bundle_path, "--state", state, "--peer", peer,
		"--socket", sock, NULL };
	pid_t child;

	ck_assert_int_eq(posix_spawn(&child, program, NULL, NULL,
			     (char **)(uintptr_t)argv, environ),
	    0);
	return child;
}

static struct sockaddr_un
socket_address(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	ck_assert_uint_lt(strlen(sock), sizeof(address.sun_path));
	memcpy(address.sun_path, sock, strlen(sock) + 1);
	return address;
}

static bool
answers(void)
{
	struct sockaddr_un address = socket_address();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool is_there;

	is_there = connect(fd, (const struct sockaddr *)(const void *)&address,
		       sizeof(address)) == 0;
	close(fd);
	return is_there;
}

/* Until it listens; its end before that fails the test. */
static void
run(const char *peer)
{
	int64_t end_at = clock_steady() + WAIT_S * CLOCK_S;
	int status;

	unlink(sock);
	pid = spawn(peer);
	while (!answers()) {
		ck_assert_int_eq(waitpid(pid, &status, WNOHANG), 0);
		ck_assert_int_lt(clock_steady(), end_at);
		poll(NULL, 0, 5);
	}
}

static int
end(int signo)
{
	int status;

	kill(pid, signo);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

static void
own_uid(char out[16])
{
	snprintf(out, 16, "%u", (unsigned)getuid());
}

static void
make_state(uint64_t size)
{
	struct signer s = { .log = log_key,
		.bundle = bundle_key,
		.folder = open(dir, O_RDONLY | O_DIRECTORY),
		.file = "state" };
	struct signer_extension e = extension(size, size);

	ck_assert_int_eq(signer_keep(&s, &e.tree), ERR_OK);
	close(s.folder);
}

static void
prepare(void)
{
	const char *build = getenv("BUILD");

	log_open("test", LOG_ERROR);
	ck_assert_int_eq(crypt_start(), ERR_OK);
	unit_scratch(dir);
	unit_path(program, build != NULL ? build : "build", "bin/signer");
	unit_path(sock, dir, "sock");
	unit_path(log_path, dir, "log.key");
	unit_path(bundle_path, dir, "bundle.key");
	unit_path(state, dir, "state");
	tree_grow();
	key_file_new(KEY_LOG, "log.example", &log_key);
	key_file_new(KEY_BUNDLE, NULL, &bundle_key);
	ck_assert_int_eq(key_file_write(log_path, log_key, NULL), ERR_OK);
	ck_assert_int_eq(key_file_write(bundle_path, bundle_key, NULL), ERR_OK);
	make_state(0);
}

static void
start(void)
{
	char uid[16];

	prepare();
	own_uid(uid);
	run(uid);
}

static void
clean(void)
{
	key_file_free(log_key);
	key_file_free(bundle_key);
	unit_remove(dir);
}

static void
stop(void)
{
	int status = end(SIGTERM);

	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	clean();
}

/* ---- asked by its client --------------------------------------------- */

static enum err
extend(uint64_t from, uint64_t size, struct signer_answer *a, struct buf *note)
{
	struct signer_extension e = extension(from, size);

	buf_init(note, NOTE_MAX);
	return signer_checkpoint(sock, &log_key->note, &e, a, note);
}

START_TEST(signs)
{
	uint8_t prehash[MINISIG_PREHASH] = { 1 };
	struct signer_answer a;
	struct buf first, again;
	struct minisig m;

	start();
	ck_assert_int_eq(signer_keys(sock, &a), ERR_OK);
	ck_assert_mem_eq(&a.log, &log_key->note, sizeof(a.log));
	ck_assert_int_eq(extend(0, 7, &a, &first), ERR_OK);
	ck_assert_int_eq(extend(0, 7, &a, &again), ERR_OK);
	ck_assert_str_eq(first.data, again.data);
	buf_free(&again);
	ck_assert_int_eq(extend(0, 6, &a, &again), ERR_STATE);
	ck_assert_int_eq(a.status, SIGNER_BACK);
	ck_assert_uint_eq(a.last.size, 7);
	ck_assert_int_eq(extend(6, 9, &a, &again), ERR_STATE);
	ck_assert_int_eq(a.status, SIGNER_PROOF);
	tree_leaves[3][3] ^= 1;
	ck_assert_int_eq(extend(7, 7, &a, &again), ERR_STATE);
	ck_assert_int_eq(a.status, SIGNER_FORK);
	tree_leaves[3][3] ^= 1;
	ck_assert_int_eq(signer_bundle(sock, &bundle_key->bundle, prehash,
			     "entente bundle", &m),
	    ERR_OK);
	ck_assert_int_eq(
	    signer_bundle(sock, &bundle_key->bundle, prehash, "two\nlines", &m),
	    ERR_INVALID);
	buf_free(&first);
	buf_free(&again);
	stop();
}
END_TEST

/* A client that has other keys than the signer believes nothing. */
START_TEST(client_believes_nothing)
{
	uint8_t prehash[MINISIG_PREHASH] = { 1 };
	struct signer_extension e;
	struct minisig_key other;
	struct note_key key;
	struct signer_answer a;
	struct minisig m;
	struct buf note;

	start();
	e = extension(0, 5);
	other = bundle_key->bundle;
	other.key[0] ^= 1;
	ck_assert(note_key_make(
	    "log.example", NOTE_ED25519, bundle_key->bundle.key, &key));
	buf_init(&note, NOTE_MAX);
	ck_assert_int_eq(
	    signer_checkpoint(sock, &key, &e, &a, &note), ERR_CORRUPT);
	ck_assert_uint_eq(note.len, 0);
	ck_assert_int_eq(
	    signer_bundle(sock, &other, prehash, "x", &m), ERR_CORRUPT);
	buf_free(&note);
	stop();
}
END_TEST

/* Somebody else at the socket, who gives one answer, whatever is asked. */
static void
answer_once(const struct signer_answer *a)
{
	uint8_t in[SIGNER_REQUEST], out[SIGNER_ANSWER];
	struct sockaddr_un address = socket_address();
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), fd;

	unlink(sock);
	ck_assert_int_eq(
	    bind(listener, (const struct sockaddr *)(const void *)&address,
		sizeof(address)),
	    0);
	ck_assert_int_eq(listen(listener, 1), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		signer_answer_write(a, out);
		fd = accept(listener, NULL, NULL);
		recv(fd, in, sizeof(in), MSG_WAITALL);
		send(fd, out, sizeof(out), MSG_NOSIGNAL);
		_exit(0);
	}
	close(listener);
}

static const struct {
	uint64_t size; /* of the tree that was cosigned; 5 was asked for */
	uint64_t late_s;
	enum signer_kind kind;
	enum err rc;
} cosigners[] = {
	{ 5, 0, SIGNER_COSIGN, ERR_OK },
	{ 5, 1, SIGNER_COSIGN, ERR_CORRUPT },
	{ 6, 0, SIGNER_COSIGN, ERR_CORRUPT },
	{ 5, 0, SIGNER_CHECKPOINT, ERR_MALFORMED },
};

/* Nor does it pass on a cosignature that does not hold. */
START_TEST(cosignature_is_checked)
{
	struct signer_answer a = { .kind = cosigners[_i].kind }, heard;
	struct signer_foreign f = { .origin = "other.example" };
	struct signer_extension e;
	uint8_t blob[COSIGNATURE_BLOB];
	char body[CHECKPOINT_BODY];
	struct key_file *witness;
	struct buf line;

	prepare();
	e = extension(0, cosigners[_i].size);
	f.tree = extension(0, 5).tree;
	key_file_new(KEY_WITNESS, "log.example/witness", &witness);
	ck_assert(checkpoint_body("other.example", &e.tree, body));
	ck_assert_int_eq(cosignature_sign(span_of(body), 1700000000,
			     &witness->note, witness->secret, blob),
	    ERR_OK);
	memcpy(a.signature, blob + 8, NOTE_SIGNATURE);
	a.time_s = 1700000000 + cosigners[_i].late_s;
	a.log = log_key->note;
	a.bundle = bundle_key->bundle;
	a.witness = witness->note;
	answer_once(&a);
	buf_init(&line, NOTE_MAX);
	ck_assert_str_eq(err_name(signer_cosign(sock, &f, &heard, &line)),
	    err_name(cosigners[_i].rc));
	ck_assert_int_eq(line.len > 0, cosigners[_i].rc == ERR_OK);
	buf_free(&line);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	key_file_free(witness);
	clean();
}
END_TEST

START_TEST(nobody_there)
{
	struct signer_answer a;
	struct signer_request r = { .kind = SIGNER_KEYS };
	struct sockaddr_un address;
	int fd;

	prepare();
	address = socket_address();
	ck_assert_int_eq(signer_keys(sock, &a), ERR_BUSY);
	/* Someone who listens, and never answers. */
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(
	    bind(fd, (const struct sockaddr *)(const void *)&address,
		sizeof(address)),
	    0);
	ck_assert_int_eq(listen(fd, 1), 0);
	ck_assert_int_eq(signer_ask(sock, 100, &r, &a), ERR_BUSY);
	close(fd);
	ck_assert_int_eq(signer_keys(sock, &a), ERR_BUSY);
	clean();
}
END_TEST

START_TEST(others_may_not_ask)
{
	struct signer_answer a;

	prepare();
	run("54321");
	ck_assert_int_eq(signer_keys(sock, &a), ERR_MALFORMED);
	stop();
}
END_TEST

/* A peer who may have one thing only is told nothing of the others. */
static const struct {
	const char *what;
	bool may_checkpoint, may_bundle, may_cosign;
} shares[] = {
	{ "checkpoint", true, false, false },
	{ "bundle", false, true, false },
	{ "cosign", false, false, true },
};

START_TEST(each_peer_its_own)
{
	const struct signer_foreign foreign = { .origin = "other.example" };
	const uint8_t prehash[MINISIG_PREHASH] = { 1 };
	struct signer_extension e = extension(0, 3);
	struct signer_answer a;
	struct minisig m;
	struct buf out;
	char peer[64];

	prepare();
	snprintf(
	    peer, sizeof(peer), "%u:%s", (unsigned)getuid(), shares[_i].what);
	run(peer);
	buf_init(&out, NOTE_MAX);
	ck_assert_int_eq(signer_keys(sock, &a), ERR_OK);
	ck_assert_int_eq(signer_checkpoint(sock, &log_key->note, &e, &a, &out),
	    shares[_i].may_checkpoint ? ERR_OK : ERR_MALFORMED);
	ck_assert_int_eq(
	    signer_bundle(sock, &bundle_key->bundle, prehash, "x", &m),
	    shares[_i].may_bundle ? ERR_OK : ERR_MALFORMED);
	/* Nobody's log is witnessed: that is its answer. */
	ck_assert_int_eq(signer_cosign(sock, &foreign, &a, &out),
	    shares[_i].may_cosign ? ERR_STATE : ERR_MALFORMED);
	buf_free(&out);
	stop();
}
END_TEST

static const char *const bad_peers[] = { "nobody-of-that-name", "0:all",
	"0:", "0:checkpoint:x" };

START_TEST(peers_are_checked)
{
	int status;

	prepare();
	pid = spawn(bad_peers[_i]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 64);
	clean();
}
END_TEST

/* ---- raw messages ---------------------------------------------------- */

static int
dial(void)
{
	struct sockaddr_un address = socket_address();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	ck_assert_int_eq(
	    connect(fd, (const struct sockaddr *)(const void *)&address,
		sizeof(address)),
	    0);
	return fd;
}

/* What comes back of so many bytes, after which we say no more. */
static ssize_t
send_raw(const uint8_t *bytes, size_t len)
{
	uint8_t answer[SIGNER_ANSWER + 1];
	int fd = dial();
	ssize_t n = 0, got = 0;

	if (len > 0)
		ck_assert_int_eq(
		    send(fd, bytes, len, MSG_NOSIGNAL), (ssize_t)len);
	shutdown(fd, SHUT_WR);
	while (got < (ssize_t)sizeof(answer) &&
	    (n = recv(fd, answer + got, sizeof(answer) - (size_t)got, 0)) > 0)
		got += n;
	close(fd);
	return got;
}

START_TEST(every_truncated_message)
{
	struct signer_request r = { .kind = SIGNER_CHECKPOINT };
	struct signer_extension e;
	uint8_t bytes[SIGNER_REQUEST + 1] = { 0 };
	struct signer_answer a;

	start();
	e = extension(0, 5);
	r.tree = e.tree;
	r.proof = e.proof;
	signer_request_write(&r, bytes);
	for (size_t len = 0; len < SIGNER_REQUEST; len++)
		ck_assert_int_eq(send_raw(bytes, len), 0);
	ck_assert_int_eq(signer_keys(sock, &a), ERR_OK);
	ck_assert_uint_eq(a.last.size, 0);
	/* One too long, and one that is none. */
	ck_assert_int_le(send_raw(bytes, SIGNER_REQUEST + 1), 0);
	bytes[0] ^= 1;
	ck_assert_int_eq(send_raw(bytes, SIGNER_REQUEST), 0);
	bytes[0] ^= 1;
	ck_assert_int_eq(send_raw(bytes, SIGNER_REQUEST), SIGNER_ANSWER);
	stop();
}
END_TEST

/* Somebody who says nothing does not keep others away for ever. */
START_TEST(silence_ends)
{
	struct signer_answer a;
	int fd;

	start();
	fd = dial();
	ck_assert_int_eq(signer_keys(sock, &a), ERR_OK);
	close(fd);
	stop();
}
END_TEST

/* ---- killed ---------------------------------------------------------- */

/*
 * Killed at any moment while it is asked to go on: what it answered before
 * is never undone, and it starts again from there.
 */
START_TEST(killed)
{
	uint64_t size = 0, promised = 0;
	struct signer_answer a;
	struct buf note;
	char uid[16];

	prepare();
	own_uid(uid);
	run(uid);
	for (int i = 0; i < KILLS; i++) {
		struct signer_request r = { .kind = SIGNER_CHECKPOINT };
		struct signer_extension e = extension(size, size + 3);
		uint8_t bytes[SIGNER_REQUEST];
		int fd;

		ck_assert_int_eq(extend(size, size + 1, &a, &note), ERR_OK);
		buf_free(&note);
		promised = ++size;
		e = extension(size, size + 3);
		r.tree = e.tree;
		r.proof = e.proof;
		signer_request_write(&r, bytes);
		fd = dial();
		send(fd, bytes, sizeof(bytes), MSG_NOSIGNAL);
		if (i % 2 == 0)
			poll(NULL, 0, i % 5);
		end(SIGKILL);
		close(fd);
		run(uid);
		ck_assert_int_eq(signer_keys(sock, &a), ERR_OK);
		/* All of it or nothing of what was not answered. */
		ck_assert(
		    a.last.size == promised || a.last.size == promised + 3);
		size = a.last.size;
		e = extension(size, size);
		ck_assert_mem_eq(a.last.root, e.tree.root, MERKLE_HASH);
	}
	stop();
}
END_TEST

/* ---- what it refuses to start with ----------------------------------- */

static int
status_of(void)
{
	char uid[16];
	int status;

	own_uid(uid);
	pid = spawn(uid);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(does_not_start)
{
	struct key_file *other;

	prepare();
	chmod(log_path, 0644);
	ck_assert_int_eq(status_of(), 78);
	chmod(log_path, 0600);
	unlink(state);
	ck_assert_int_eq(status_of(), 78);
	unit_file(dir, "state", "not a checkpoint\n", NULL);
	ck_assert_int_eq(status_of(), 78);
	make_state(0);
	/* Keys changed for each other. */
	key_file_new(KEY_LOG, "log.example", &other);
	unlink(log_path);
	key_file_write(log_path, other, NULL);
	ck_assert_int_eq(status_of(), 78);
	key_file_free(other);
	clean();
}
END_TEST

/* Two at once could sign two roots for one size. */
START_TEST(only_one)
{
	pid_t first;

	start();
	first = pid;
	ck_assert_int_eq(status_of(), 78);
	pid = first;
	stop();
}
END_TEST

/* ---- the walls ------------------------------------------------------- */

/* The numbers in /proc/PID/status. */
static long
status_line(const char *name)
{
	char path[UNIT_PATH], line[256];
	long value = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtol(line + strlen(name), NULL, 10);
	fclose(f);
	return value;
}

/* Once it answers, it is locked in, and its secrets are in locked memory. */
START_TEST(locked_in)
{
	struct signer_answer a;

	start();
	ck_assert_int_eq(signer_keys(sock, &a), ERR_OK);
	ck_assert_int_eq(status_line("NoNewPrivs:"), 1);
#ifndef __SANITIZE_ADDRESS__
	ck_assert_int_ge(status_line("VmLck:"), 8);
	ck_assert_int_eq(status_line("Seccomp:"), 2);
#endif
	stop();
}
END_TEST

UNIT_MAIN("signer", UNIT(signs), UNIT(client_believes_nothing),
    UNIT_ROWS(cosignature_is_checked, cosigners), UNIT(nobody_there),
    UNIT(others_may_not_ask), UNIT_ROWS(each_peer_its_own, shares),
    UNIT_ROWS(peers_are_checked, bad_peers), UNIT(every_truncated_message),
    UNIT(silence_ends), UNIT(killed), UNIT(does_not_start), UNIT(only_one),
    UNIT(locked_in))
