/* SPDX-License-Identifier: Apache-2.0 */
/* The signer as a witness of other logs: its key, and which logs. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "prog/ctl_keys.h"

/* ---- make ------------------------------------------------------------ */

static enum ctl_exit
say_witness(const struct keys *k, const struct note_key *key)
{
	char text[NOTE_KEY_TEXT];

	note_key_text(key, text);
	ctl_say(k->ctl, "witness %s", text);
	return ctl_done(k->ctl, json_pack("{s:s}", "witness", text));
}

enum ctl_exit
ctl_witness_make(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[] = { { .name = "--name", .is_needed = true },
		{ .name = "--passphrase" }, { .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if ((rc = keys_open(&k, o[1].value)) == CTL_DONE &&
	    (rc = keys_make(&k, KEY_WITNESS, o[0].value, KEYS_WITNESS,
		 &k.witness)) == CTL_DONE &&
	    (rc = keys_put_key(&k, KEYS_WITNESS_TEXT, &k.witness->note)) ==
		CTL_DONE)
		rc = say_witness(&k, &k.witness->note);
	keys_close(&k);
	return rc;
}

/* ---- add ------------------------------------------------------------- */

/* The key that the line names, and the logs that are witnessed so far. */
static enum ctl_exit
load(struct keys *k, const struct key_file *witness, const char *text,
    struct note_key *key)
{
	struct signer_witness *w = &k->signer.witness;
	struct tlog_fault fault;
	enum err rc;

	if (note_key_parse(text, strlen(text), key, &fault) != ERR_OK)
		return ctl_usage(k->ctl,
		    "%s is no verifier key: %s; it is in a log's log-key.txt.",
		    text, tlog_reason_text(fault.reason));
	w->key = witness;
	rc = signer_witness_load(w);
	return rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, SIGNER_LOGS_FILE);
}

static enum ctl_exit
add(struct keys *k, const char *text)
{
	struct signer_witness *w = &k->signer.witness;
	struct note_key key;
	enum ctl_exit status = load(k, k->witness, text, &key);
	enum err rc;

	if (status != CTL_DONE)
		return status;
	rc = signer_witness_add(w, &key);
	if (rc == ERR_INVALID)
		return ctl_fail(k->ctl, rc, "That is not the key of a log.");
	if (rc == ERR_EXISTS)
		return ctl_fail(
		    k->ctl, rc, "%s is witnessed already.", key.name);
	if (rc == ERR_TOO_LARGE)
		return ctl_fail(k->ctl, rc,
		    "There are %d keys of logs already, as many as may be.",
		    (int)SIGNER_LOGS);
	if (rc != ERR_OK)
		return keys_fail(k, rc, SIGNER_LOGS_FILE);
	ctl_say(k->ctl, "%s is witnessed once the signer is started again.",
	    key.name);
	return ctl_done(k->ctl, json_pack("{s:s}", "log", key.name));
}

enum ctl_exit
ctl_witness_add(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[] = { { .name = "--passphrase" },
		{ .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 2, 2, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if ((rc = keys_open(&k, o[0].value)) == CTL_DONE &&
	    (rc = keys_read(&k, KEY_WITNESS, KEYS_WITNESS, &k.witness)) ==
		CTL_DONE)
		rc = add(&k, argv[1]);
	keys_close(&k);
	return rc;
}

/* ---- remove ---------------------------------------------------------- */

/* The list is in no way secret: the public key does. */
static enum ctl_exit
remove_key(struct keys *k, const char *text)
{
	struct key_file public = { .kind = KEY_WITNESS };
	enum ctl_exit status;
	struct note_key key;
	enum err rc;

	status = keys_get_key(k, KEYS_WITNESS_TEXT, &public.note);
	if (status == CTL_DONE)
		status = load(k, &public, text, &key);
	if (status != CTL_DONE)
		return status;
	rc = signer_witness_remove(&k->signer.witness, &key);
	if (rc == ERR_NOT_FOUND)
		return ctl_fail(
		    k->ctl, rc, "That key of %s is not there.", key.name);
	if (rc != ERR_OK)
		return keys_fail(k, rc, SIGNER_LOGS_FILE);
	ctl_say(k->ctl, "What that key of %s signs is not cosigned any more.",
	    key.name);
	return ctl_done(k->ctl, json_pack("{s:s}", "log", key.name));
}

enum ctl_exit
ctl_witness_remove(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 2, 2, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if ((rc = keys_open(&k, NULL)) == CTL_DONE)
		rc = remove_key(&k, argv[1]);
	keys_close(&k);
	return rc;
}

/* ---- list ------------------------------------------------------------ */

static enum ctl_exit
list(const struct keys *k)
{
	const struct signer_witness *w = &k->signer.witness;
	json_t *all = json_array();
	char text[NOTE_KEY_TEXT];

	if (w->n == 0)
		ctl_say(k->ctl, "No log is witnessed.");
	for (size_t i = 0; i < w->n; i++) {
		note_key_text(&w->log[i].key, text);
		ctl_say(k->ctl, "%s  size %llu", text,
		    (unsigned long long)w->log[i].last.size);
		json_array_append_new(all,
		    json_pack("{s:s, s:I}", "key", text, "size",
			(json_int_t)w->log[i].last.size));
	}
	return ctl_done(k->ctl, json_pack("{s:o}", "logs", all));
}

/* Public keys do: nobody needs a passphrase, or to stop the signer. */
enum ctl_exit
ctl_witness_list(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct key_file public = { .kind = KEY_WITNESS };
	struct keys k = { .ctl = ctl, .fd = -1 };
	enum ctl_exit rc;
	enum err code;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	rc = keys_get_key(&k, KEYS_WITNESS_TEXT, &public.note);
	if (rc != CTL_DONE)
		return rc;
	k.signer.witness.key = &public;
	k.signer.witness.folder =
	    open(k.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	code = signer_witness_load(&k.signer.witness);
	close(k.signer.witness.folder);
	return code == ERR_OK ? list(&k)
			      : keys_fail(&k, code, SIGNER_LOGS_FILE);
}
