/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_core.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "crypt/checkpoint.h"
#include "crypt/minisig_sign.h"
#include "crypt/note_sign.h"

static const char where[] = "signer";

enum { FILE_NAME = 256 };

/* ---- the state ------------------------------------------------------- */

static enum err
read_state(const struct signer *s, struct buf *out)
{
	int fd = openat(s->folder, s->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char block[1024];
	enum err rc = ERR_OK;
	ssize_t n;

	if (fd == -1) {
		rc = errno == ENOENT ? ERR_NOT_FOUND : ERR_INTERNAL;
		file_error(where, s->file);
		return rc;
	}
	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = file_error(where, s->file);
			break;
		}
		buf_add(out, block, (size_t)n);
	}
	close(fd);
	return rc == ERR_OK && out->overflow ? ERR_CORRUPT : rc;
}

enum err
signer_load(struct signer *s)
{
	struct tlog_fault fault;
	struct checkpoint c;
	struct note note;
	struct buf b;
	enum err rc;

	buf_init(&b, NOTE_MAX);
	rc = read_state(s, &b);
	if (rc == ERR_OK &&
	    checkpoint_open((struct span){ b.data, b.len }, &s->log->log, &note,
		&c, &fault) != ERR_OK) {
		log_line(LOG_ERROR, where,
		    "%s is no checkpoint signed by the log's key: %s", s->file,
		    tlog_reasons[fault.reason]);
		rc = ERR_CORRUPT;
	}
	if (rc == ERR_OK)
		s->last = c.tree;
	buf_free(&b);
	return rc;
}

static enum err
write_all(int fd, const char *bytes, size_t len)
{
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return file_error(where, "writing the state");
	}
	return ERR_OK;
}

static enum err
write_state(const struct signer *s, const struct buf *b)
{
	char name[FILE_NAME];
	enum err rc;
	int fd;

	snprintf(name, sizeof(name), "%s.new", s->file);
	/* A crash may have left one, which the sandbox cannot truncate. */
	if (unlinkat(s->folder, name, 0) == -1 && errno != ENOENT)
		return file_error(where, name);
	fd = openat(s->folder, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd == -1)
		return file_error(where, name);
	rc = write_all(fd, b->data, b->len);
	if (rc == ERR_OK && fsync(fd) == -1)
		rc = file_error(where, "flushing the state");
	close(fd);
	if (rc != ERR_OK)
		return rc;
	if (renameat(s->folder, name, s->folder, s->file) == -1)
		return file_error(where, "renaming the state");
	if (fsync(s->folder) == -1)
		return file_error(where, "flushing the state's folder");
	return ERR_OK;
}

/* The note of a point, and its signature. */
static enum err
sign_point(const struct signer *s, const struct merkle_point *tree,
    uint8_t signature[NOTE_SIGNATURE], struct buf *note)
{
	char body[CHECKPOINT_BODY];
	enum err rc;

	if (!checkpoint_body(s->log->log.name, tree, body))
		return ERR_INTERNAL;
	rc = note_sign(span_of(body), &s->log->log, s->log->secret, signature);
	if (rc != ERR_OK)
		return ERR_INTERNAL;
	buf_addf(note, "%s\n", body);
	note_add_line(note, &s->log->log, signature, NOTE_SIGNATURE);
	return note->overflow ? ERR_MEMORY : ERR_OK;
}

static enum err
keep(struct signer *s, const struct merkle_point *tree,
    uint8_t signature[NOTE_SIGNATURE], bool is_new)
{
	struct buf note;
	enum err rc;

	buf_init(&note, NOTE_MAX);
	rc = sign_point(s, tree, signature, &note);
	if (rc == ERR_OK && is_new)
		rc = write_state(s, &note);
	if (rc == ERR_OK)
		s->last = *tree;
	buf_free(&note);
	return rc;
}

enum err
signer_keep(struct signer *s, const struct merkle_point *tree)
{
	uint8_t signature[NOTE_SIGNATURE];

	return keep(s, tree, signature, true);
}

/* ---- answers --------------------------------------------------------- */

static bool
is_same(const struct merkle_point *a, const struct merkle_point *b)
{
	return a->size == b->size && memcmp(a->root, b->root, MERKLE_HASH) == 0;
}

/* May this be signed after what was signed last? */
static enum signer_status
judge(const struct signer *s, const struct signer_request *r)
{
	if (r->tree.size < s->last.size)
		return SIGNER_BACK;
	if (is_same(&r->tree, &s->last))
		return SIGNER_DONE;
	if (r->tree.size == s->last.size)
		return SIGNER_FORK;
	return merkle_extends(&r->proof, &s->last, &r->tree) ? SIGNER_DONE
							     : SIGNER_PROOF;
}

static void
sign_checkpoint(
    struct signer *s, const struct signer_request *r, struct signer_answer *a)
{
	a->status = judge(s, r);
	if (a->status != SIGNER_DONE) {
		log_line(LOG_WARNING, where,
		    "refused to sign size %llu after size %llu: %s",
		    (unsigned long long)r->tree.size,
		    (unsigned long long)s->last.size,
		    signer_statuses[a->status]);
		return;
	}
	if (keep(s, &r->tree, a->signature, !is_same(&r->tree, &s->last)) !=
	    ERR_OK) {
		memset(a->signature, 0, sizeof(a->signature));
		a->status = SIGNER_FAILED;
	}
}

static void
sign_bundle(
    struct signer *s, const struct signer_request *r, struct signer_answer *a)
{
	struct minisig m;

	if (!minisig_trusted_ok(r->comment)) {
		a->status = SIGNER_TEXT;
		return;
	}
	if (minisig_sign(&s->bundle->bundle, s->bundle->secret, r->prehash,
		r->comment, &m) != ERR_OK) {
		a->status = SIGNER_FAILED;
		return;
	}
	memcpy(a->signature, m.signature, sizeof(a->signature));
	memcpy(a->global, m.global, sizeof(a->global));
	log_line(LOG_INFO, where, "signed a bundle: %s", r->comment);
}

static void (*const acts[SIGNER_KIND__MAX])(
    struct signer *, const struct signer_request *, struct signer_answer *) = {
	[SIGNER_KEYS] = NULL,
	[SIGNER_CHECKPOINT] = sign_checkpoint,
	[SIGNER_BUNDLE] = sign_bundle,
};

bool
signer_answer(struct signer *s, const uint8_t request[SIGNER_REQUEST],
    uint8_t answer[SIGNER_ANSWER])
{
	struct signer_request r;
	struct signer_answer a;

	memset(answer, 0, SIGNER_ANSWER);
	if (!signer_request_read(request, &r))
		return false;
	memset(&a, 0, sizeof(a));
	a.kind = r.kind;
	if (acts[r.kind] != NULL)
		acts[r.kind](s, &r, &a);
	a.last = s->last;
	a.log = s->log->log;
	a.bundle = s->bundle->bundle;
	signer_answer_write(&a, answer);
	return true;
}
