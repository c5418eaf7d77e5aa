/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bundler: makes the bundles of records that people ask for.  A program of its
 * own, because making one takes seconds: in a page's worker somebody else
 * would wait for them, and in the sequencer the log would.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "crypt/signer_client.h"
#include "domain/bundle_make.h"
#include "domain/log_witness_list.h"
#include "prog/daemon.h"

static const char where[] = "bundler";

enum {
	ARENA_BYTES = 256 * 1024 * 1024, /* of one bundle; few take 1 */
	WITNESS_BYTES = 64 * 1024,
	IDLE_MS = 500,	  /* between looks */
	TROUBLE_MS = 1000 /* … when it must wait for another process */
};

#define READ DB_SELECT

static const struct db_right rights[] = {
	{ "bundle", DB_SELECT | DB_UPDATE },
	{ "bundle_record", READ },
	{ "blob", DB_SELECT | DB_INSERT },
	{ "record", READ },
	{ "record_concern", READ },
	{ "log_checkpoint", READ },
	{ "log_cosignature", READ },
	{ "organisation", READ },
	{ "person", READ },
	{ "circle", READ },
	{ "agreement", READ },
	{ "agreement_party", READ },
	{ "agreement_version", READ },
	{ "agreement_version_party", READ },
	{ "agreement_signature", READ },
	{ "signing_key", READ },
	/* What is public now, and who reads the community's register. */
	{ "advisory", READ },
	{ "advisory_circle", READ },
	{ "document", READ },
	{ "document_circle", READ },
	{ "access_grant", READ },
	/* Those that refer to a blob: the engine looks. */
	{ "advisory_revision", READ },
	{ "document_version", READ },
	{ "document_text", READ },
	{ NULL, 0 },
};

struct process {
	struct daemon d;
	int lock;
	struct buf witness_keys; /* a line each */
	size_t witnesses;
	struct signer_answer keys;
};

/* ---- making ------------------------------------------------------------ */

static enum err
sign(void *arg, const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *out)
{
	const struct process *p = arg;

	return signer_bundle(
	    p->d.conf->signer_socket, &p->keys.bundle, prehash, trusted, out);
}

/* Keys may have been handed over since the last one. */
static enum err
ask_keys(struct process *p)
{
	return signer_keys(p->d.conf->signer_socket, &p->keys);
}

/* A wrong line is the courier's to tell. */
static void
wrong_line(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

/* Those whom the courier asks, as their file has them now. */
static enum err
read_witnesses(struct process *p)
{
	const struct log_witness_listener listener = { wrong_line, NULL };
	struct log_witness_list list;
	char key[NOTE_KEY_TEXT];
	enum err rc;

	rc = log_witness_list_read(
	    p->d.conf->witness_file, p->d.ctx.arena, &listener, &list);
	buf_reset(&p->witness_keys);
	p->witnesses = rc == ERR_OK ? list.n : 0;
	for (size_t i = 0; i < p->witnesses; i++) {
		note_key_text(&list.place[i].key, key);
		buf_addf(&p->witness_keys, "%s\n", key);
	}
	return rc;
}

static enum err
make(struct process *p)
{
	const struct bundle_maker maker = { .ctx = &p->d.ctx,
		.log = &p->keys.log,
		.key = &p->keys.bundle,
		.witness_keys =
		    p->witness_keys.len > 0 ? p->witness_keys.data : "",
		.witnesses = p->witnesses,
		.sign = sign,
		.arg = p,
		.now = clock_now,
		.is_over = &daemon_is_over };

	return bundle_make(&maker);
}

static enum err
step(struct process *p)
{
	enum err rc;

	p->d.ctx.now_at = clock_now();
	if ((rc = bundle_is_asked(&p->d.ctx)) == ERR_OK &&
	    (rc = ask_keys(p)) == ERR_OK && (rc = read_witnesses(p)) == ERR_OK)
		rc = make(p);
	(void)db_settle(p->d.ctx.db);
	arena_reset(p->d.ctx.arena);
	return rc;
}

static void
run(struct process *p)
{
	enum err rc;

	while (!daemon_is_over)
		if ((rc = step(p)) != ERR_OK)
			poll(NULL, 0,
			    rc == ERR_NOT_FOUND ? IDLE_MS : TROUBLE_MS);
}

/* Two would take the same one, and write over each other's file. */
static enum err
take_lock(struct process *p)
{
	p->lock = open(arena_printf(p->d.ctx.arena, "%s/bundler.lock",
			   p->d.conf->data_dir),
	    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (p->lock == -1)
		return file_error(where, "bundler.lock");
	if (flock(p->lock, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	log_line(LOG_ERROR, where, "another one runs");
	return ERR_BUSY;
}

int
main(void)
{
	static const struct daemon_options options = { where, rights,
		ARENA_BYTES, 0007 };
	struct process p = { .lock = -1 };
	enum err rc;

	buf_init(&p.witness_keys, WITNESS_BYTES);
	if ((rc = daemon_start(&p.d, &options)) == ERR_OK &&
	    (rc = take_lock(&p)) == ERR_OK)
		run(&p);
	buf_free(&p.witness_keys);
	return daemon_end(&p.d, rc);
}
