/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bundler: makes the bundles of records that people ask for.  A program of its
 * own, because making one takes seconds: in a page's worker somebody else
 * would wait for them, and in the sequencer the log would.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "crypt/signer_client.h"
#include "crypt/token.h"
#include "db/migrate.h"
#include "domain/bundle_make.h"
#include "domain/log_witness_list.h"

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
	struct conf *conf;
	struct ctx ctx;
	int lock;
	struct buf witness_keys; /* a line each */
	size_t witnesses;
	struct signer_answer keys;
};

static volatile sig_atomic_t is_over;

static void
end(int signo)
{
	(void)signo;
	is_over = 1;
}

/* ---- making ------------------------------------------------------------ */

static enum err
sign(void *arg, const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *out)
{
	const struct process *p = arg;

	return signer_bundle(
	    p->conf->signer_socket, &p->keys.bundle, prehash, trusted, out);
}

/* Keys may have been handed over since the last one. */
static enum err
ask_keys(struct process *p)
{
	return signer_keys(p->conf->signer_socket, &p->keys);
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
	    p->conf->witness_file, p->ctx.arena, &listener, &list);
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
	const struct bundle_maker maker = { .ctx = &p->ctx,
		.log = &p->keys.log,
		.key = &p->keys.bundle,
		.witness_keys =
		    p->witness_keys.len > 0 ? p->witness_keys.data : "",
		.witnesses = p->witnesses,
		.sign = sign,
		.arg = p,
		.now = clock_now,
		.is_over = &is_over };

	return bundle_make(&maker);
}

static enum err
step(struct process *p)
{
	enum err rc;

	p->ctx.now_at = clock_now();
	if ((rc = bundle_is_asked(&p->ctx)) == ERR_OK &&
	    (rc = ask_keys(p)) == ERR_OK && (rc = read_witnesses(p)) == ERR_OK)
		rc = make(p);
	(void)db_settle(p->ctx.db);
	arena_reset(p->ctx.arena);
	return rc;
}

static void
run(struct process *p)
{
	enum err rc;

	while (!is_over)
		if ((rc = step(p)) != ERR_OK)
			poll(NULL, 0,
			    rc == ERR_NOT_FOUND ? IDLE_MS : TROUBLE_MS);
}

/* ---- what it needs ----------------------------------------------------- */

static void
catch_signals(void)
{
	struct sigaction act = { .sa_handler = end };

	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* Two would take the same one, and write over each other's file. */
static enum err
take_lock(struct process *p)
{
	p->lock = open(
	    arena_printf(p->ctx.arena, "%s/bundler.lock", p->conf->data_dir),
	    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (p->lock == -1)
		return file_error(where, "bundler.lock");
	if (flock(p->lock, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	log_line(LOG_ERROR, where, "another one runs");
	return ERR_BUSY;
}

static enum err
read_conf(struct process *p)
{
	char *problem = NULL;
	enum err rc = conf_load(NULL, &p->conf, &problem);

	if (rc != ERR_OK)
		log_line(LOG_ERROR, where, "%s",
		    problem != NULL ? problem : err_name(rc));
	free(problem);
	return rc;
}

static enum err
get_ready(struct process *p)
{
	struct db_options options = { .rights = rights,
		.schema = SCHEMA_PORTAL };
	enum err rc;

	umask(0007);
	catch_signals();
	if ((rc = crypt_start()) != ERR_OK || (rc = read_conf(p)) != ERR_OK)
		return rc;
	p->ctx.arena = arena_new(ARENA_BYTES);
	p->ctx.conf = p->conf;
	p->ctx.actor.is_console = true;
	if ((rc = take_lock(p)) != ERR_OK)
		return rc;
	options.path =
	    arena_printf(p->ctx.arena, "%s/portal.db", p->conf->data_dir);
	return db_open(&options, &p->ctx.db);
}

int
main(void)
{
	struct process p = { .lock = -1 };
	enum err rc;

	log_open("bundler", LOG_INFO);
	buf_init(&p.witness_keys, WITNESS_BYTES);
	if ((rc = get_ready(&p)) == ERR_OK)
		run(&p);
	else
		log_line(LOG_ERROR, where, "does not start: %s", err_name(rc));
	db_free(p.ctx.db);
	buf_free(&p.witness_keys);
	arena_free(p.ctx.arena);
	conf_free(p.conf);
	return rc == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
