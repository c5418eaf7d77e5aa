/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sequencer: takes the records that were appended into the transparency log,
 * at most two seconds after their commit.  A program of its own, so that
 * nothing that takes long (mail, bundles, witnesses) stands before it, and so
 * that what writes the public files has neither a key nor the network.
 */
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "crypt/minisig.h"
#include "crypt/signer_client.h"
#include "domain/log_file.h"
#include "domain/log_handover.h"
#include "domain/log_sequence.h"
#include "prog/daemon.h"

static const char where[] = "sequencer";

enum {
	ARENA_BYTES = 16 * 1024 * 1024,
	KEY_BYTES = 1024,
	IDLE_MS = 250,	  /* between looks */
	TROUBLE_MS = 2000 /* … when the last one failed */
};
#define KEYS_LOOK (5 * CLOCK_S) /* between looks at the signer's keys */

static const struct db_right rights[] = {
	{ "record", DB_SELECT },
	{ "log_checkpoint", DB_SELECT | DB_INSERT | DB_UPDATE },
	{ "log_cosignature", DB_SELECT },
	{ "log_handover", DB_SELECT },
	{ NULL, 0 },
};

enum { SQL_COSIGNED, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_COSIGNED] = "SELECT COUNT(*) FROM log_cosignature WHERE size = $1",
};

struct process {
	struct daemon d;
	struct signer_answer keys; /* the signer's, which are published */
	int64_t looked_at;	   /* whether it has others; steady */
	struct log_signer signer;
	struct log_sequencer s;
	bool is_started;  /* files, database and signer agree */
	int64_t cosigned; /* cosignatures that are published */
	uint64_t of_size; /* … of this checkpoint */
};

/* ---- the signer -------------------------------------------------------- */

static enum err
last_signed(void *arg, struct merkle_point *at)
{
	const struct process *p = arg;
	struct signer_answer answer;
	enum err rc = signer_keys(p->d.conf->signer_socket, &answer);

	if (rc == ERR_OK)
		*at = answer.last;
	return rc;
}

static enum err
sign(void *arg, const struct merkle_point *to, const struct merkle_proof *proof,
    uint8_t out[NOTE_SIGNATURE])
{
	const struct process *p = arg;
	const struct signer_extension extension = { *to, *proof };
	struct signer_answer answer;
	struct buf note;
	enum err rc;

	buf_init(&note, NOTE_MAX);
	rc = signer_checkpoint(
	    p->d.conf->signer_socket, &p->keys.log, &extension, &answer, &note);
	if (rc == ERR_OK)
		memcpy(out, answer.signature, NOTE_SIGNATURE);
	buf_free(&note);
	return rc;
}

static enum err
publish_note_key(
    const struct process *p, const char *file, const struct note_key *key)
{
	char line[NOTE_KEY_TEXT];
	struct buf text;
	enum err rc;

	note_key_text(key, line);
	buf_init(&text, KEY_BYTES);
	buf_addf(&text, "%s\n", line);
	rc = log_file_put_key(p->d.conf, file, &text);
	buf_free(&text);
	return rc;
}

static enum err
publish_bundle_key(const struct process *p, const struct minisig_key *key)
{
	struct buf text;
	enum err rc;

	buf_init(&text, KEY_BYTES);
	minisig_key_write(&text, key);
	rc = log_file_put_key(p->d.conf, LOG_BUNDLE_KEY_FILE, &text);
	buf_free(&text);
	return rc;
}

static enum err
publish_handovers(struct process *p)
{
	struct log_handover *all;
	struct buf text;
	size_t n;
	enum err rc = log_handover_list(&p->d.ctx, &all, &n);

	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		buf_init(&text, NOTE_MAX);
		buf_adds(&text, all[i].note);
		rc = log_file_put_key(p->d.conf, all[i].file, &text);
		buf_free(&text);
	}
	return rc;
}

/* The public keys, beside the log: whoever verifies starts from them. */
static enum err
publish_keys(struct process *p)
{
	const struct signer_answer *keys = &p->keys;
	enum err rc;

	/* Who has the old key finds the way to the new one. */
	rc = publish_handovers(p);
	if (rc == ERR_OK)
		rc = publish_note_key(p, LOG_KEY_FILE, &keys->log);
	if (rc == ERR_OK)
		rc = publish_bundle_key(p, &keys->bundle);
	if (rc == ERR_OK && keys->witness.name[0] != '\0')
		rc = publish_note_key(p, LOG_WITNESS_KEY_FILE, &keys->witness);
	return rc;
}

/* ---- steps ------------------------------------------------------------- */

static enum err
start(struct process *p)
{
	enum err rc;

	if ((rc = signer_keys(p->d.conf->signer_socket, &p->keys)) != ERR_OK)
		return rc;
	p->signer = (struct log_signer){ last_signed, sign, p };
	rc = log_sequence_start(&p->s, &p->d.ctx, &p->keys.log, &p->signer);
	if (rc == ERR_OK)
		rc = publish_keys(p);
	if (rc == ERR_OK)
		log_line(LOG_INFO, where, "goes on from %llu records of %s",
		    (unsigned long long)p->s.size, p->keys.log.name);
	p->is_started = rc == ERR_OK;
	return rc;
}

/* What witnesses said of the newest checkpoint since it was published. */
static enum err
look_for_cosignatures(struct process *p)
{
	int64_t n;
	enum err rc;

	if (p->of_size != p->s.size)
		p->cosigned = 0;
	p->of_size = p->s.size;
	rc = db_one_int(p->d.ctx.db, sql[SQL_COSIGNED],
	    DB_ARGS(db_i((int64_t)p->s.size)), &n);
	if (rc == ERR_OK && n != p->cosigned) {
		rc = log_sequence_cosigned(&p->s);
		p->cosigned = n;
	}
	return rc;
}

/* The signer was started anew, with other keys. */
static bool
has_new_keys(const struct process *p)
{
	const struct signer_answer *old = &p->keys;
	struct signer_answer new;

	return signer_keys(p->d.conf->signer_socket, &new) == ERR_OK &&
	    (memcmp(&new.log, &old->log, sizeof(new.log)) != 0 ||
		memcmp(&new.bundle, &old->bundle, sizeof(new.bundle)) != 0 ||
		memcmp(&new.witness, &old->witness, sizeof(new.witness)) != 0);
}

/* A log to which nothing comes has to be signed by a new key all the same. */
static bool
is_look_due(struct process *p)
{
	const int64_t now = clock_steady();

	if (now - p->looked_at < KEYS_LOOK)
		return false;
	p->looked_at = now;
	return true;
}

/* True when there may be more at once. */
static bool
step(struct process *p, enum err *rc)
{
	uint64_t added = 0;

	p->d.ctx.now_at = clock_now();
	*rc = p->is_started ? ERR_OK : start(p);
	if (*rc == ERR_OK)
		*rc = log_sequence_step(&p->s, &added);
	if (*rc == ERR_OK && added == 0)
		*rc = look_for_cosignatures(p);
	if (p->is_started && (*rc != ERR_OK || is_look_due(p)) &&
	    has_new_keys(p))
		p->is_started = false;
	(void)db_settle(p->d.ctx.db);
	arena_reset(p->d.ctx.arena);
	return added > 0;
}

static void
run(struct process *p)
{
	enum err rc;

	while (!daemon_is_over) {
		if (step(p, &rc))
			continue;
		poll(NULL, 0, rc == ERR_OK ? IDLE_MS : TROUBLE_MS);
	}
}

int
main(void)
{
	static const struct daemon_options options = { where, rights,
		ARENA_BYTES, 0077 };
	struct process p = { .is_started = false };
	enum err rc;

	if ((rc = daemon_start(&p.d, &options)) == ERR_OK)
		run(&p);
	return daemon_end(&p.d, rc);
}
