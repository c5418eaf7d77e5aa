/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_client.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/cosignature.h"

static const char where[] = "signer";

static enum err
fail(enum err rc, const char *what)
{
	log_line(LOG_ERROR, where, "%s", what);
	return rc;
}

/* ---- the connection -------------------------------------------------- */

/* Ready for `events` before `end_at` (steady); else ERR_BUSY. */
static enum err
wait_for(int fd, short events, int64_t end_at)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left;
	int n;

	do {
		left = (end_at - clock_steady()) / 1000;
		n = poll(&p, 1, left > 0 ? (int)left : 0);
	} while (n < 0 && errno == EINTR);
	return n > 0 ? ERR_OK : fail(ERR_BUSY, "no answer in time");
}

static enum err
open_socket(const char *path, int *fd)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	*fd = -1;
	if (strlen(path) >= sizeof(address.sun_path))
		return fail(ERR_INTERNAL, "the path of the socket is too long");
	memcpy(address.sun_path, path, strlen(path) + 1);
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* To a Unix socket it connects at once, or not at all. */
	if (*fd != -1 &&
	    connect(*fd, (const struct sockaddr *)(const void *)&address,
		sizeof(address)) == 0)
		return ERR_OK;
	if (*fd != -1)
		close(*fd);
	*fd = -1;
	return fail(ERR_BUSY, "nobody answers at the socket");
}

static enum err
send_all(int fd, const uint8_t *bytes, size_t len, int64_t end_at)
{
	enum err rc;
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		if ((rc = wait_for(fd, POLLOUT, end_at)) != ERR_OK)
			return rc;
		n = send(fd, bytes, len, MSG_NOSIGNAL);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			n = 0;
		else if (n < 0)
			return fail(
			    ERR_MALFORMED, "the connection was dropped");
	}
	return ERR_OK;
}

static enum err
receive_all(int fd, uint8_t *bytes, size_t len, int64_t end_at)
{
	enum err rc;
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		if ((rc = wait_for(fd, POLLIN, end_at)) != ERR_OK)
			return rc;
		n = recv(fd, bytes, len, 0);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			n = 0;
		else if (n <= 0)
			return fail(
			    ERR_MALFORMED, "the connection was dropped");
	}
	return ERR_OK;
}

enum err
signer_ask(const char *path, int timeout_ms, const struct signer_request *r,
    struct signer_answer *a)
{
	int64_t end_at = clock_steady() + (int64_t)timeout_ms * 1000;
	uint8_t out[SIGNER_REQUEST], in[SIGNER_ANSWER];
	enum err rc;
	int fd;

	memset(a, 0, sizeof(*a));
	signer_request_write(r, out);
	if ((rc = open_socket(path, &fd)) != ERR_OK)
		return rc;
	if ((rc = send_all(fd, out, sizeof(out), end_at)) == ERR_OK &&
	    (rc = receive_all(fd, in, sizeof(in), end_at)) == ERR_OK &&
	    (!signer_answer_read(in, a) || a->kind != r->kind))
		rc = fail(ERR_MALFORMED, "this is no answer of a signer");
	close(fd);
	return rc;
}

/* ---- what is asked --------------------------------------------------- */

enum err
signer_keys(const char *path, struct signer_answer *a)
{
	const struct signer_request r = { .kind = SIGNER_KEYS };

	return signer_ask(path, SIGNER_TIMEOUT_MS, &r, a);
}

static enum err
take_note(const struct note_key *key, const struct merkle_point *tree,
    const uint8_t signature[NOTE_SIGNATURE], struct buf *out)
{
	struct tlog_fault fault;
	char body[CHECKPOINT_BODY];
	struct checkpoint c;
	struct note note;
	size_t start = out->len;

	if (!checkpoint_body(key->name, tree, body))
		return ERR_INVALID;
	buf_addf(out, "%s\n", body);
	note_add_line(out, key, signature, NOTE_SIGNATURE);
	if (out->overflow)
		return ERR_TOO_LARGE;
	if (checkpoint_open(
		(struct span){ out->data + start, out->len - start }, key,
		&note, &c, &fault) == ERR_OK)
		return ERR_OK;
	out->len = start;
	return fail(ERR_CORRUPT, "a signature that does not hold");
}

enum err
signer_checkpoint(const char *path, const struct note_key *key,
    const struct signer_extension *e, struct signer_answer *a, struct buf *note)
{
	const struct signer_request r = {
		.kind = SIGNER_CHECKPOINT, .tree = e->tree, .proof = e->proof
	};
	enum err rc;

	rc = signer_ask(path, SIGNER_TIMEOUT_MS, &r, a);
	if (rc != ERR_OK)
		return rc;
	if (a->status != SIGNER_DONE)
		return fail(ERR_STATE, signer_statuses[a->status]);
	return take_note(key, &e->tree, a->signature, note);
}

enum err
signer_bundle(const char *path, const struct minisig_key *key,
    const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *m)
{
	struct signer_request r = { .kind = SIGNER_BUNDLE };
	struct minisig_fault fault;
	struct signer_answer a;
	enum err rc;

	memset(m, 0, sizeof(*m));
	if (strlen(trusted) >= SIGNER_COMMENT || !minisig_trusted_ok(trusted))
		return ERR_INVALID;
	memcpy(r.comment, trusted, strlen(trusted));
	memcpy(r.prehash, prehash, MINISIG_PREHASH);
	rc = signer_ask(path, SIGNER_TIMEOUT_MS, &r, &a);
	if (rc != ERR_OK)
		return rc;
	if (a.status != SIGNER_DONE)
		return fail(ERR_STATE, signer_statuses[a.status]);
	m->is_prehashed = true;
	m->comment = "";
	m->trusted = trusted;
	memcpy(m->number, key->number, MINISIG_NUMBER);
	memcpy(m->signature, a.signature, MINISIG_SIGNATURE);
	memcpy(m->global, a.global, MINISIG_SIGNATURE);
	if (minisig_verify_prehash(m, key, prehash, &fault) == ERR_OK)
		return ERR_OK;
	memset(m, 0, sizeof(*m));
	return fail(ERR_CORRUPT, "a signature that does not hold");
}

/* ---- witnessing ------------------------------------------------------ */

static bool
cosignature_holds(const struct signer_foreign *f, const struct note_key *key,
    const uint8_t blob[COSIGNATURE_BLOB])
{
	char body[CHECKPOINT_BODY];
	struct tlog_fault fault;
	struct note note;
	int64_t time_s;
	struct buf b;
	bool is_so;

	if (!checkpoint_body(f->origin, &f->tree, body))
		return false;
	buf_init(&b, NOTE_MAX);
	buf_addf(&b, "%s\n", body);
	note_add_line(&b, key, blob, COSIGNATURE_BLOB);
	is_so = note_parse(b.data, b.len, &note, &fault) == ERR_OK &&
	    cosignature_check(&note, key, &time_s) == TLOG_OK;
	buf_free(&b);
	return is_so;
}

static enum err
take_cosignature(const struct signer_foreign *f, const struct signer_answer *a,
    struct buf *line)
{
	uint8_t blob[COSIGNATURE_BLOB];

	for (int i = 0; i < 8; i++)
		blob[i] = (uint8_t)(a->time_s >> (56 - 8 * i));
	memcpy(blob + 8, a->signature, NOTE_SIGNATURE);
	if (!cosignature_holds(f, &a->witness, blob))
		return fail(ERR_CORRUPT, "a cosignature that does not hold");
	note_add_line(line, &a->witness, blob, sizeof(blob));
	return line->overflow ? ERR_TOO_LARGE : ERR_OK;
}

enum err
signer_cosign(const char *path, const struct signer_foreign *f,
    struct signer_answer *a, struct buf *line)
{
	struct signer_request r = { .kind = SIGNER_COSIGN,
		.tree = f->tree,
		.old = f->old,
		.proof = f->proof };
	enum err rc;

	if (strlen(f->origin) >= sizeof(r.origin))
		return ERR_INVALID;
	memcpy(r.origin, f->origin, strlen(f->origin));
	memcpy(r.signature, f->signature, sizeof(r.signature));
	if ((rc = signer_ask(path, SIGNER_TIMEOUT_MS, &r, a)) != ERR_OK)
		return rc;
	return a->status == SIGNER_DONE ? take_cosignature(f, a, line)
					: ERR_STATE;
}
