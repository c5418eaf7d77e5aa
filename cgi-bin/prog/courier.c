/* SPDX-License-Identifier: Apache-2.0 */
/*
 * courier: the only program that opens connections out.  It asks witnesses to
 * cosign the newest checkpoint of the transparency log.  A program of its own,
 * so that whoever answers from outside meets a process without keys, without
 * documents, and with no table but these.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/log.h"
#include "crypt/tlog_witness.h"
#include "domain/log_witness.h"
#include "prog/daemon.h"
#include "web/fetch.h"

static const char where[] = "courier";

enum {
	ARENA_BYTES = 16 * 1024 * 1024,
	IDLE_MS = 250,	  /* between looks */
	TROUBLE_MS = 2000 /* … when the last one failed */
};

static const struct db_right rights[] = {
	{ "log_checkpoint", DB_SELECT },
	{ "log_cosignature", DB_SELECT | DB_INSERT | DB_UPDATE },
	{ "log_witness", DB_SELECT | DB_INSERT | DB_UPDATE | DB_DELETE },
	{ NULL, 0 },
};

struct process {
	struct daemon d;
	struct fetch *fetch;
	struct stat seen; /* the file of the list, as it was read */
	struct log_witness_list list;
	struct log_witnesses witnesses;
	bool is_started; /* what the database has of them is read */
};

/* ---- asking and hearing ----------------------------------------------- */

static enum err
hear(struct process *p, const struct fetch_answer *a)
{
	const struct log_witness_answer answer = { a->rc, a->status, a->type,
		{ a->body.data, a->body.len } };

	p->d.ctx.now_at = clock_now();
	return log_witness_answered(&p->witnesses, a->who, &answer);
}

static enum err
ask(struct process *p, struct log_witness_peer *peer)
{
	struct fetch_answer none = { .who = peer };
	struct buf body;
	enum err rc;

	buf_init(&body, TLOG_WITNESS_BODY_MAX);
	rc = log_witness_ask(&p->witnesses, peer, &body);
	if (rc == ERR_OK) {
		none.rc = fetch_post(p->fetch, peer->place->url,
		    "text/plain; charset=utf-8",
		    (struct span){ body.data, body.len }, peer);
		if (none.rc != ERR_OK)
			rc = hear(p, &none);
	}
	buf_free(&body);
	return rc;
}

/* One that cannot be asked keeps no other from it. */
static enum err
ask_all(struct process *p)
{
	struct log_witnesses *w = &p->witnesses;
	enum err rc = ERR_OK, one;

	for (size_t i = 0; i < w->n; i++) {
		if (!log_witness_is_due(w, &w->peer[i]))
			continue;
		one = ask(p, &w->peer[i]);
		if (rc == ERR_OK)
			rc = one;
	}
	return rc;
}

/* Whatever is there by then. */
static void
hear_all(struct process *p, int wait_ms)
{
	struct fetch_answer a;

	while (fetch_next(p->fetch, wait_ms, &a)) {
		(void)hear(p, &a);
		buf_free(&a.body);
		wait_ms = 0;
	}
}

/* ---- steps ------------------------------------------------------------ */

static void
say_wrong(void *arg, const char *sentence)
{
	(void)arg;
	log_line(LOG_WARNING, where, "%s", sentence);
}

/* All zero where there is none. */
static void
look_at_list(const struct process *p, struct stat *st)
{
	if (stat(p->d.conf->witness_file, st) == -1)
		memset(st, 0, sizeof(*st));
}

static enum err
read_list(struct process *p)
{
	const struct log_witness_listener listener = { say_wrong, NULL };

	look_at_list(p, &p->seen);
	p->is_started = false;
	return log_witness_list_read(
	    p->d.conf->witness_file, p->d.ctx.arena, &listener, &p->list);
}

/* Not while somebody of the old one is asked: the answer points into it. */
static bool
is_list_new(const struct process *p)
{
	struct stat now;

	for (size_t i = 0; i < p->witnesses.n; i++)
		if (p->witnesses.peer[i].asked != 0)
			return false;
	look_at_list(p, &now);
	return now.st_ino != p->seen.st_ino || now.st_size != p->seen.st_size ||
	    now.st_mtim.tv_sec != p->seen.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != p->seen.st_mtim.tv_nsec;
}

static enum err
start(struct process *p)
{
	enum err rc = log_witness_start(&p->witnesses, &p->d.ctx, &p->list);

	if (rc == ERR_OK)
		log_line(LOG_INFO, where, "asks %zu witnesses", p->list.n);
	p->is_started = rc == ERR_OK;
	return rc;
}

static void
step(struct process *p)
{
	enum err rc;

	p->d.ctx.now_at = clock_now();
	rc = is_list_new(p) ? read_list(p) : ERR_OK;
	if (rc == ERR_OK && !p->is_started)
		rc = start(p);
	if (rc == ERR_OK && p->witnesses.n > 0)
		rc = log_witness_look(&p->witnesses);
	if (rc == ERR_OK)
		rc = ask_all(p);
	hear_all(p, rc == ERR_OK ? IDLE_MS : TROUBLE_MS);
	(void)db_settle(p->d.ctx.db);
	arena_reset(p->d.ctx.arena);
}

static enum err
get_ready(struct process *p)
{
	p->fetch = fetch_new(FETCH_TOTAL_MS);
	return p->fetch != NULL ? read_list(p) : ERR_MEMORY;
}

int
main(void)
{
	static const struct daemon_options options = { where, rights,
		ARENA_BYTES, 0077 };
	struct process p = { .is_started = false };
	enum err rc;

	if ((rc = daemon_start(&p.d, &options)) == ERR_OK &&
	    (rc = get_ready(&p)) == ERR_OK)
		while (!daemon_is_over)
			step(&p);
	fetch_free(p.fetch);
	return daemon_end(&p.d, rc);
}
